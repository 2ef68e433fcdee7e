"""Who is speaking: whose words the passages in quotation marks are.

Takes text, gives spans; it never sees tokens. What is in no span is the author's own voice. Rules, no model: each
span keeps the rule that made it.

- `quoted`: somebody else's words with a source or a speech cue (*warned that “…”*), even a fragment.
- `marked`: words held at arm's length without a source; `marking` says how: `echo` (an earlier quotation taken up),
  `term` (*so-called*, *known as*), `scare` (all others).
- `author` with the marking `name` or `title`: names and titles are the author's words.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import pandas as pd

from .cues import (
    CAPITALS,
    CUE_AFTER,
    CUE_BEFORE,
    NAMED,
    NOUN_CUE,
    OFFICES,
    OWN_CLAUSE,
    PRONOUN,
    SMALL,
    TITLE_OF,
    TITLED,
    WORD,
)
from .quotations import Quotation, quotations
from .sentences.rules import containing, paragraph_starts, sentence_starts
from .types import STOP_WORDS

_LEAD_WORDS = 16  # a cue before a quotation stands within so many words
_TAIL_WORDS = 6  # a cue after it, within so many


Starts = Callable[[], list[int]]

COLUMNS = ["start", "end", "voice", "marking", "speaker", "cue", "rule", "lost"]


@dataclass(frozen=True)
class Judgement:
    """What a rule says of a passage."""

    voice: str
    marking: str = ""
    speaker: str = ""
    cue: str = ""
    rule: str = ""


@dataclass(frozen=True)
class _Passage:
    """A quotation with what the rules look at."""

    words: str
    lead: str  # its sentence up to the opening mark, from the quotation before; after a colon, the sentence before
    tail: str  # the paragraph after the closing mark
    earlier: _Earlier
    sentence: Judgement | None  # the passage before this one, if it stands in the same sentence
    paragraph: Judgement | None  # the same, if it stands in the same paragraph


@dataclass
class _Earlier:
    """What the passages so far have told."""

    judged: list[Judgement] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)  # last name → full name of the speakers, latest last
    quoted: list[tuple[list[str], Judgement]] = field(default_factory=list)  # words of quotations, and whose

    def learn(self, words: str, said: Judgement) -> None:
        """Take in one more judgement."""
        self.judged.append(said)
        if said.voice == "quoted":
            self.quoted.append((_words(words), said))
        if said.speaker:
            last = said.speaker.split()[-1]
            self.names[last] = self.names.pop(last, said.speaker)


def voice_spans(text: str) -> pd.DataFrame:
    """The quoted and marked passages of a text.

    Args:
        text: the source text of one document.

    Returns:
        One row per passage, in order, never overlapping: `start, end` (characters, without the marks), `voice`
        (quoted, marked, author), `marking`, `speaker` (empty where the text names none), `cue`, `rule`, and which
        mark was `lost`.

    >>> voice_spans('Sergey Lavrov warned that “this is so”. A supposed "stabilizer" came.')[
    ...     ["voice", "marking", "speaker", "cue"]].values.tolist()
    [['quoted', '', 'Sergey Lavrov', 'warned'], ['marked', 'scare', '', '']]
    """
    rows = voice_rows(text, partial(sentence_starts, text), partial(paragraph_starts, text))
    return pd.DataFrame(rows, columns=COLUMNS).astype({"start": "int64", "end": "int64"})


def voice_rows(text: str, sentences: Starts, paragraphs: Starts) -> list[tuple[int, int, str, str, str, str, str, str]]:
    """The rows of `voice_spans`.

    Args:
        text: the source text of one document.
        sentences: tells at which characters its sentences begin; asked only where there are passages.
        paragraphs: tells at which its paragraphs do.
    """
    pairs = quotations(text)
    judged = _judge_all(text, pairs, sentences(), paragraphs()) if pairs else []
    return [
        (pair.start, pair.end, said.voice, said.marking, said.speaker, said.cue, said.rule, pair.lost)
        for pair, said in zip(pairs, judged, strict=True)
    ]


def _judge_all(text: str, pairs: list[Quotation], sentences: list[int], paragraphs: list[int]) -> list[Judgement]:
    """Judge the passages in the order of the text; later ones may lean on earlier ones."""
    earlier, previous = _Earlier(), Quotation(-1, -1)
    for pair in pairs:
        mark = max(pair.start - 1, 0)
        last = earlier.judged[-1] if earlier.judged else None
        passage = _Passage(
            words=text[pair.start : pair.end],
            lead=_lead(text, mark, sentences, previous.end + 1),
            tail=text[pair.end + 1 : pair.end + 200].partition("\n")[0],
            earlier=earlier,
            sentence=last if previous.start >= sentences[containing(sentences, mark)] else None,
            paragraph=last if previous.start >= paragraphs[containing(paragraphs, mark)] else None,
        )
        earlier.learn(passage.words, next(said for rule in _RULES if (said := rule(passage)) is not None))
        previous = pair
    return earlier.judged


def _lead(text: str, mark: int, sentences: list[int], after: int) -> str:
    """The sentence up to a mark, without the words of a quotation before; after a colon, the sentence before."""
    index = containing(sentences, mark)
    if after > sentences[index]:
        return text[after:mark]
    lead = text[sentences[index] : mark]
    if not lead.strip() and index:
        before = text[sentences[index - 1] : sentences[index]]
        return before if before.rstrip().endswith(":") else lead
    return lead


# ── the rules, in the order in which they are tried ──────────────────────────────────────────────────────────────


def _title_of_work(passage: _Passage) -> Judgement | None:
    """*piece on “…”*, or *“…” list*."""
    found = TITLED.search(passage.lead) or TITLE_OF.match(passage.tail)
    if found and _capitalised(passage.words):
        return Judgement("author", "title", cue=found["cue"], rule="title of a work")
    return None


def _called(passage: _Passage) -> Judgement | None:
    """*so-called “…”*: nobody in particular is quoted."""
    found = NAMED.search(passage.lead)
    return Judgement("marked", "term", cue=found["cue"], rule="what it is called") if found else None


def _cue_before(passage: _Passage) -> Judgement | None:
    """*Lavrov warned that “…”*, *according to Lavrov, “…”*."""
    cues = list(CUE_BEFORE.finditer(passage.lead))
    if not cues or len(_words(passage.lead[cues[-1].end() :])) > _LEAD_WORDS:
        return None
    if len(cues) == 1 and passage.sentence is not None and passage.sentence.rule == "cue after":
        return None  # “…,” he said, “…”: the one cue between belongs to the part before, see _same_sentence
    cue = cues[-1].group().lower()
    if cue == "according to":
        speaker = _full(_sources(passage.lead[cues[-1].end() :])[:1], passage)
    else:
        speaker = _subject(passage.lead[: cues[-1].start()], passage)
    return Judgement("quoted", speaker=speaker, cue=cue, rule="cue before")


def _cue_after(passage: _Passage) -> Judgement | None:
    """*“…,” Lavrov said*, *“…,” said Lavrov*."""
    if passage.words[-1] not in ",?!" and not passage.tail.startswith(","):
        return None
    cue = CUE_AFTER.search(passage.tail)
    if cue is None or OWN_CLAUSE.match(passage.tail):
        return None
    before, after = passage.tail[: cue.start(cue.lastgroup or 0)], passage.tail[cue.end() :]
    if len(_words(before)) > _TAIL_WORDS:
        return None
    behind = re.match(rf"\s+(?P<source>{CAPITALS.pattern})", after)
    speaker = _subject(before, passage) or (_full([behind["source"]], passage) if behind else "")
    return Judgement("quoted", speaker=speaker, cue=cue[cue.lastgroup or 0].lower(), rule="cue after")


def _cue_noun(passage: _Passage) -> Judgement | None:
    """*Russia’s rhetoric about “…”*."""
    found = NOUN_CUE.search(passage.lead)
    if found is None:
        return None
    return Judgement("quoted", speaker=_full([found["source"]], passage), cue=found["cue"], rule="cue noun")


def _same_sentence(passage: _Passage) -> Judgement | None:
    """The second quotation of a sentence is by the speaker of the first."""
    before = passage.sentence
    if before is None or before.voice != "quoted":
        return None
    return Judgement("quoted", speaker=before.speaker, cue=before.cue, rule="same sentence")


def _carried_on(passage: _Passage) -> Judgement | None:
    """*These include … “…”* after a quotation in the same paragraph goes on with it."""
    before = passage.paragraph
    if before is None or before.voice != "quoted" or not re.match(r"(?:These|This|Those|That)\b", passage.lead):
        return None
    return Judgement("quoted", speaker=before.speaker, rule="quotation carried on")


def _echo(passage: _Passage) -> Judgement | None:
    """Words of an earlier quotation, also with a word put in brackets."""
    words = _words(re.sub(r"\[.*?\]", "", passage.words))
    for earlier, said in reversed(passage.earlier.quoted):
        together = f" {' '.join(words)} " in f" {' '.join(earlier)} "
        if together or (len(words) > 3 and sum(word in earlier for word in words) >= 0.8 * len(words)):
            return Judgement("marked", "echo", speaker=said.speaker, rule="earlier quotation taken up")
    return None


def _name(passage: _Passage) -> Judgement | None:
    return Judgement("author", "name", rule="capitalised name") if _capitalised(passage.words) else None


def _scare(passage: _Passage) -> Judgement | None:
    return Judgement("marked", "scare", rule="no source")


_RULES: tuple[Callable[[_Passage], Judgement | None], ...] = (
    _title_of_work,
    _called,
    _cue_before,
    _cue_after,
    _cue_noun,
    _same_sentence,
    _carried_on,
    _echo,
    _name,
    _scare,
)


# ── words and names ──────────────────────────────────────────────────────────────────────────────────────────────


def _words(text: str) -> list[str]:
    return [word.lower() for word in WORD.findall(text)]


def _capitalised(words: str) -> bool:
    """Whether every word but the small ones begins with a capital or a digit, as in a name or title."""
    content = [word for word in WORD.findall(words) if word.lower() not in SMALL]
    return bool(content) and all(word[0].isupper() or word[0].isdigit() for word in content)


def _subject(text: str, passage: _Passage) -> str:
    """Who the text before a cue names; a pronoun or an impersonal passive leans on the speaker before."""
    if PRONOUN.search(text) and passage.earlier.names:
        return next(reversed(passage.earlier.names.values()))
    sources = _sources(text[text.rfind(":") + 1 :])  # what stands before a colon is a label
    if sources:
        return _full(sources[-1:], passage)
    return passage.paragraph.speaker if passage.paragraph else ""


def _sources(text: str) -> list[str]:
    """Runs of capitalised words that are not just the first word of a sentence."""
    runs = [run.group() for run in CAPITALS.finditer(text)]
    return [run for run in runs if run.lower() not in STOP_WORDS and not run.isdigit()]


def _full(sources: list[str], passage: _Passage) -> str:
    """The name without offices, in full if the text gave it in full before."""
    words = sources[0].split() if sources else []
    kept = words[-3:] if len(words) > 2 and words[-2].endswith(".") else words[-2:]
    while kept and kept[0] in OFFICES:
        kept = kept[1:]
    return passage.earlier.names.get(kept[-1], " ".join(kept)) if kept else ""
