"""A passage in quotation marks with what stands around it, and what a rule says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from ..sentences.rules import containing
from .coinages import capitalised
from .cues import WORD, apart
from .names import Names
from .quotations import SOMETHING, Quotation

_BEGINS = re.compile(r"\W*[A-Z]")
_SENTENCE_WORDS = 3  # fewer words are no sentence, whatever mark they end with
_ECHOES = 1000  # quotations with one word that are looked through
_NAMED_LEAD = 100  # characters before a name in marks that belong to the lead of the passage behind it
TAIL = 200  # characters after a passage that are looked at


@dataclass(frozen=True)
class Judgement:
    """What a rule says of a passage."""

    voice: str
    marking: str = ""
    speaker: str = ""
    source: str = ""
    cue: str = ""
    rule: str = ""


@dataclass
class Earlier:
    """What the passages so far have told."""

    names: Names
    judged: list[Judgement] = field(default_factory=list)
    quoted: list[tuple[list[str], Judgement]] = field(default_factory=list)  # words of quotations, and whose
    holding: dict[str, list[int]] = field(default_factory=dict)  # which of them have a word
    coined: frozenset[str] = frozenset()  # capitalised words that are no names

    def learn(self, passage: Passage, said: Judgement) -> None:
        """Take in one more judgement."""
        self.judged.append(said)
        if said.voice == "quoted":
            own = passage.own
            for word in set(own):
                self.holding.setdefault(word, []).append(len(self.quoted))
            self.quoted.append((own, said))
        if said.speaker:
            self.names.heard(said.speaker)


    def sharing(self, words: list[str]) -> Iterator[tuple[list[str], Judgement]]:
        """Yield the quotations that may have four in five of some words, latest first.

        They have at least one of any two in five of the words: of the rarest.
        """
        every = sorted((self.holding.get(word, []) for word in words), key=len)
        some = every[: len(words) // 5 + 1]
        for index in sorted({index for own in some for index in own[-_ECHOES:]}, reverse=True):
            yield self.quoted[index]


@dataclass(eq=False)  # to freeze thousands of them takes longer than to look at them
class Passage:
    """A quotation with what the rules look at.

    Attributes:
        words: what stands in the marks.
        at: the character of the opening mark.
        lead: its sentence up to the opening mark, from the quotation before; after a colon, the sentence before.
        behind: the sentence before, up to its end; empty if another quotation is nearer.
        tail: the paragraph after the closing mark.
        alone: whether nothing else stands in its paragraphs.
        heads: whether nothing of its sentence stands before it.
        earlier: what the passages so far have told.
        sentence: the judgement before this one, if it stands in the same sentence.
        paragraph: the same, if it stands in the same paragraph.
        between: what stands between the two.
        own: `words`, one by one in lower case.
        before: the words of `lead`, apart at every mark and in lower case.
        capitalised: whether `words` look like a name or title.
    """

    words: str
    at: int
    lead: str
    behind: str
    tail: str
    alone: bool
    heads: bool
    earlier: Earlier
    sentence: Judgement | None
    paragraph: Judgement | None
    between: str
    own: list[str]
    before: frozenset[str]
    capitalised: bool

    @cached_property
    def sentence_like(self) -> bool:
        """Whether it looks like a sentence: a capital, a verb’s room, and a mark that ends or breaks it off."""
        words, last = self.words, self.words[-1]
        begins = last in ".!?;,—…’'" and _BEGINS.match(words) is not None
        return begins and (last in ".!?" or len(self.own) >= _SENTENCE_WORDS)

    def hints(self, words: frozenset[str]) -> bool:
        """Whether any of some words stands in the lead: most leads have none, and need not be searched."""
        return not words.isdisjoint(self.before)


@dataclass(frozen=True)
class Places:
    """A text and where its sentences and paragraphs begin."""

    text: str
    sentences: list[int]
    paragraphs: list[int]

    def sentence(self, at: int) -> tuple[int, int]:
        """Where the sentence at a character begins and ends."""
        return self._bounds(self.sentences, at)

    def paragraph(self, at: int) -> tuple[int, int]:
        """Where the paragraph at a character begins and ends."""
        return self._bounds(self.paragraphs, at)

    def _bounds(self, starts: list[int], at: int) -> tuple[int, int]:
        index = containing(starts, at)
        return starts[index], starts[index + 1] if index + 1 < len(starts) else len(self.text)

    def passages(self, pairs: list[Quotation], earlier: Earlier) -> Iterator[Passage]:
        """Yield the passages in order; each must be judged before the next one is asked for."""
        previous = Quotation(-1, -1)
        for pair in pairs:
            yield self._passage(pair, previous, earlier)
            previous = pair

    def _passage(self, pair: Quotation, previous: Quotation, earlier: Earlier) -> Passage:
        text, mark = self.text, pair.mark
        sentence, paragraph = self.sentence(mark)[0], self.paragraph(mark)[0]
        last = earlier.judged[-1] if earlier.judged else None
        after = previous.after if previous.end >= 0 else 0
        named = last is not None and last.marking == "name" and previous.mark >= sentence
        end = self.paragraph(pair.end)[1]
        before = text[max(sentence, min(after, mark)) : mark]
        words = text[pair.start : pair.end]
        lead = self._named_lead(pair, previous, sentence) if named else self._lead(mark, sentence, after)
        return Passage(
            words=words,
            at=mark,
            lead=lead,
            behind=self._behind(sentence, after),
            tail=text[pair.after : pair.after + TAIL].partition("\n")[0],
            alone=not (SOMETHING.search(text, paragraph, mark) or SOMETHING.search(text, pair.after, end)),
            heads=not before.strip(" \t\n-–—•*") and after <= sentence,
            earlier=earlier,
            sentence=last if previous.start >= sentence else None,
            paragraph=last if previous.start >= paragraph else None,
            between=text[after:mark] if last else "",
            own=words_of(words),
            before=apart(lead),
            capitalised=capitalised(words),
        )

    def _lead(self, mark: int, sentence: int, after: int) -> str:
        """The sentence up to a mark, without the words of a quotation before; after a colon, the sentence before."""
        if after > sentence:
            return self.text[after:mark]
        lead = self.text[sentence:mark]
        if not lead.strip() and sentence:
            before = self.text[max(self.sentence(sentence - 1)[0], after) : sentence]
            return before if before.rstrip().endswith((":", ":—", ":–", ",")) else lead
        return lead

    def _named_lead(self, pair: Quotation, previous: Quotation, sentence: int) -> str:
        """The sentence up to a mark, with a name in marks before it: *“Kommersant” wrote that*."""
        text = self.text
        before = text[max(sentence, previous.mark - _NAMED_LEAD) : previous.mark]
        own = re.split(r"[“”„«»\"]", before)[-1]
        return f"{own}{text[previous.start : previous.end]}{text[previous.after : pair.mark]}"

    def _behind(self, sentence: int, after: int) -> str:
        """The sentence before, if no other quotation is nearer."""
        if not sentence:
            return ""
        first = self.sentence(sentence - 1)[0]
        return self.text[first:sentence] if after <= first else ""


def words_of(text: str) -> list[str]:
    """The words of a text in lower case.

    >>> words_of("It’s so.")
    ['it’s', 'so']
    """
    return [word.lower() for word in WORD.findall(text)]
