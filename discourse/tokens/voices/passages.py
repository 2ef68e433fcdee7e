"""A passage in quotation marks with what stands around it, and what a rule says of it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from .coinages import capitalised
from .cues import words_in
from .names import Names
from .quotations import SOMETHING, Quotation
from .signs import BRACKET, CAPITALISED, COMMA, PARAGRAPH, SENTENCE, TO, hints_in, signs_of

_BEGINS = re.compile(r"\W*[A-Z]")
_SENTENCE_WORDS = 3  # fewer words are no sentence, whatever mark they end with
_ECHOES = 1000  # quotations with one word that are looked through
_DIALOGUE = re.compile(
    r"[”\"’]\s(?:[\w.]+\s){0,3}?(?:cried|exclaimed|whispered|murmured|muttered|shouted|sighed|rejoined|replied)\b"
)
# What reports tell and novels next to never.
_REPORT = re.compile(
    r"\b(?:told\s(?:reporters|journalists|lawmakers)|spokes(?:woman|person)|per\s?cent|in an? (?:interview|statement))"
    r"\b|\d%|[$€]\d|[a-z],\s\d\d,\s|\b(?:in|since|from|of|by|until|between)\s20\d\d\b"
)
_ANSWERED = re.compile(r"[?!][”\"’»]\s*\n\s*[“\"‘«„]")
_NAMED_LEAD = 100  # characters before a name in marks that belong to the lead of the passage behind it
TAIL = 200  # characters after a passage that are looked at


class Judgement(NamedTuple):
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
    words: set[str] = field(default_factory=set)  # of the first of them
    own: list[list[str]] = field(default_factory=list)  # the words of each, for the first of them
    holding: dict[str, list[int]] = field(default_factory=dict)  # which of these have a word
    heard: tuple[int, Judgement] | None = None  # the last quotation, and where it stands
    looked: int = 0  # how many gave their words to the set
    coined: frozenset[str] = frozenset()  # capitalised words that are no names

    def learn(self, passage: Passage, said: Judgement) -> None:
        """Take in one more judgement."""
        self.judged.append(said)
        if said.voice == "quoted":
            self.quoted.append((passage.parts, said))
            self.heard = passage.at, said
        if said.speaker:
            self.names.heard(said.speaker)

    def sharing(self, words: list[str]) -> Iterator[tuple[list[str], Judgement]]:
        """Yield the quotations that may have four in five of some words, latest first.

        They have at least one of any two in five of the words: of the rarest.
        """
        self._look()
        if sum(word in self.words for word in words) < 0.8 * len(words):
            return
        self._look_into()
        every = sorted((self.holding.get(word, []) for word in words), key=len)
        some = every[: len(words) // 5 + 1]
        for index in sorted({index for own in some for index in own[-_ECHOES:]}, reverse=True):
            yield self.own[index], self.quoted[index][1]

    def _look(self) -> None:
        """Note which words the quotations have."""
        for words, _ in self.quoted[self.looked :]:
            self.words.update(lowered(words))
        self.looked = len(self.quoted)

    def _look_into(self) -> None:
        """Note which quotation has which words."""
        for words, _ in self.quoted[len(self.own) :]:
            own = lowered(words)
            for word in set(own):
                self.holding.setdefault(word, []).append(len(self.own))
            self.own.append(own)


@dataclass(eq=False, slots=True)  # to freeze thousands of them takes longer than to look at them
class Passage:
    """A quotation with what the rules look at.

    Attributes:
        words: what stands in the marks.
        parts: its words, one by one.
        at: the character of the opening mark.
        lead: its sentence up to the opening mark, from the quotation before; after a colon, the sentence before.
        tail: the paragraph after the closing mark.
        hints: the words of the lead that give signs.
        signs: what is seen of it at a glance.
        earlier: what the passages so far have told.
        sentence: the judgement before this one, if it stands in the same sentence.
        paragraph: the same, if it stands in the same paragraph.
    """

    words: str
    parts: list[str]
    at: int
    lead: str
    tail: str
    hints: frozenset[str]
    signs: int
    earlier: Earlier
    sentence: Judgement | None
    paragraph: Judgement | None
    _places: Places
    _pair: Quotation
    _first: int  # where its sentence begins
    _after: int  # the character behind the quotation before

    @property
    def capitalised(self) -> bool:
        """Whether its words look like a name or title."""
        return self.signs & CAPITALISED != 0

    @property
    def sentence_like(self) -> bool:
        """Whether it looks like a sentence: a capital, a verb’s room, and a mark that ends or breaks it off."""
        words, last = self.words, self.words[-1]
        begins = last in ".!?;,—…’'" and _BEGINS.match(words) is not None
        return begins and (last in ".!?" or len(self.parts) >= _SENTENCE_WORDS)

    @property
    def whole(self) -> bool:
        """Whether it begins a sentence of the text and has the room of one, whatever mark it ends with."""
        return self.heads and len(self.parts) > _SENTENCE_WORDS and not self.capitalised and self.parts[0][0].isupper()

    @property
    def alone(self) -> bool:
        """Whether nothing else stands in its paragraphs."""
        text, pair = self._places.text, self._pair
        if SOMETHING.search(text, self._places.paragraph(pair.mark)[0], pair.mark):
            return False
        return not SOMETHING.search(text, pair.after, self._places.paragraph(pair.end)[1])

    @property
    def heads(self) -> bool:
        """Whether nothing of its sentence stands before it."""
        return self._after <= self._first and not self._places.text[self._first : self.at].strip(" \t\n-–—•*")

    @property
    def heard(self) -> Judgement | None:
        """The last quotation of its paragraph before it, whatever name or term in marks stands between."""
        last = self.earlier.heard
        return last[1] if last and last[0] >= self._places.paragraph(self.at)[0] else None

    @property
    def behind(self) -> str:
        """The sentence before, up to its end; empty if a quotation is nearer, or was said there: *“…?” Ek said.*"""
        if not self._first:
            return ""
        first, text = self._places.sentence(self._first - 1)[0], self._places.text
        asked = self.follows and text[max(self._after - 2, 0) : first].rstrip("”\"’»' \n").endswith(("?", "!"))
        return text[first : self._first] if self._after <= first and not asked else ""

    @property
    def above(self) -> str:
        """The paragraph before."""
        first = self._places.paragraph(self.at)[0]
        return self._places.text[self._places.paragraph(first - 1)[0] : first] if first else ""

    @property
    def follows(self) -> bool:
        """Whether the quotation before stands in the paragraph before."""
        first = self._places.paragraph(self.at)[0]
        return self._after > (self._places.paragraph(first - 1)[0] if first else 0)

    @property
    def in_dialogue(self) -> bool:
        """Whether people talk to each other in this document."""
        return self._places.has_dialogue

    @property
    def in_report(self) -> bool:
        """Whether this document has what reports have and novels have not: *percent*, *told reporters*, *in 2026*."""
        return self._places.is_report

    @property
    def continues(self) -> bool:
        """Whether its lead goes on with the sentence of a quotation before: *it was “over”, adding: “…”*."""
        if not self.earlier.judged or self.earlier.judged[-1].voice != "quoted":
            return False
        begins = self._places.text.startswith(self.lead, self._after)
        return begins and self._places.sentence(self._after)[0] < self._after

    @property
    def between(self) -> str:
        """What stands between the quotation before and this one."""
        return self._places.text[self._after : self.at]


@dataclass(frozen=True)
class Places:
    """A text and where its sentences and paragraphs begin."""

    text: str
    sentences: list[int]
    paragraphs: list[int]

    @cached_property
    def has_dialogue(self) -> bool:
        """Whether people talk to each other in the text, as in a novel: *“…,” she cried*."""
        return _DIALOGUE.search(self.text) is not None

    @cached_property
    def is_report(self) -> bool:
        """Whether the text gives figures and sources as the news do, and nobody in it is answered."""
        return _REPORT.search(self.text) is not None and _ANSWERED.search(self.text) is None

    def sentence(self, at: int) -> tuple[int, int]:
        """Where the sentence at a character begins and ends."""
        return self._bounds(self.sentences, at)

    def paragraph(self, at: int) -> tuple[int, int]:
        """Where the paragraph at a character begins and ends."""
        return self._bounds(self.paragraphs, at)

    def _bounds(self, starts: list[int], at: int) -> tuple[int, int]:
        after = bisect_right(starts, at)
        return starts[after - 1], starts[after] if after < len(starts) else len(self.text)

    def passages(self, pairs: list[Quotation], earlier: Earlier) -> Iterator[Passage]:
        """Yield the passages in order; each must be judged before the next one is asked for."""
        previous = Quotation(-1, -1, "", -1, 0)
        for pair in pairs:
            yield self._passage(pair, previous, earlier)
            previous = pair

    def _passage(self, pair: Quotation, previous: Quotation, earlier: Earlier) -> Passage:
        text, mark, after = self.text, pair.mark, previous.after
        first = self.sentences[bisect_right(self.sentences, mark) - 1]
        last = earlier.judged[-1] if earlier.judged else None
        sentence = last if previous.start >= first else None
        paragraph = last if previous.start >= self.paragraphs[bisect_right(self.paragraphs, mark) - 1] else None
        if last is not None and last.marking == "name" and previous.mark >= first:
            lead = self._named_lead(pair, previous, first)
        else:
            lead = self._lead(mark, first, after)
        words, tail = text[pair.start : pair.end], text[pair.after : pair.after + TAIL].partition("\n")[0]
        parts, hints = words_in(words), hints_in(lead)
        seen = CAPITALISED * capitalised(parts) | TO * words.startswith("To ")
        seen |= COMMA * tail.startswith(",") | BRACKET * ("(" in tail)
        seen |= SENTENCE * bool(sentence) | PARAGRAPH * bool(paragraph) | signs_of(hints)
        before = sentence, paragraph
        return Passage(words, parts, mark, lead, tail, hints, seen, earlier, *before, self, pair, first, after)

    def _lead(self, mark: int, sentence: int, after: int) -> str:
        """The sentence up to a mark, without the words of a quotation before; after a colon, the sentence before."""
        if after > sentence:
            return self.text[after:mark]
        lead = self.text[sentence:mark]
        if sentence and not lead.strip():
            before = self.text[max(self.sentence(sentence - 1)[0], after) : sentence]
            return before if before.rstrip().endswith((":", ":—", ":–", ",")) else lead
        return lead

    def _named_lead(self, pair: Quotation, previous: Quotation, sentence: int) -> str:
        """The sentence up to a mark, with a name in marks before it: *“Kommersant” wrote that*."""
        text = self.text
        before = text[max(sentence, previous.mark - _NAMED_LEAD) : previous.mark]
        own = re.split(r"[“”„«»\"]", before)[-1]
        return f"{own}{text[previous.start : previous.end]}{text[previous.after : pair.mark]}"


def words_of(text: str) -> list[str]:
    """The words of a text in lower case.

    >>> words_of("It’s so.")
    ['it’s', 'so']
    """
    return lowered(words_in(text))


def lowered(words: list[str]) -> list[str]:
    return " ".join(words).lower().split()
