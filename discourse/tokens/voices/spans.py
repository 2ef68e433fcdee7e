"""Who is speaking: whose words the passages of a text are.

Takes text, gives spans; it never sees tokens. What is in no span is the author's own voice. Rules, no model: each
span keeps the rule that made it.

- `quoted`: somebody else's words with a source or a speech cue (*warned that “…”*), even a fragment.
- `reported`: the clause after a verb of speech or *according to*, in no quotation marks.
- `marked`: words held at arm's length without a source; `marking` says how: `echo` (an earlier quotation taken up),
  `term` (*so-called*, *known as*), `scare` (all others).
- `author` with the marking `name` or `title`: names and titles are the author's words.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from operator import itemgetter

import pandas as pd

from ..sentences.rules import paragraph_starts, sentence_starts
from . import mentions
from .coinages import coinages
from .direct import judged
from .indirect import Told, indirect, inside, outside
from .inner import inner
from .names import Names
from .passages import Earlier, Judgement, Places
from .places import PLACES
from .quotations import Quotation, Starts, quotations
from .titles import NO_PERSONS

Row = tuple[int, int, str, str, str, str, str, str, str, int]

VOICES = ("author", "quoted", "reported", "marked")
COLUMNS = ["start", "end", "voice", "marking", "speaker", "source", "cue", "rule", "lost", "depth"]
_NO_FIRST_NAME = NO_PERSONS | {"Jr", "Jr.", "Sr", "Sr."}  # behind such a word the first one is no person's
_PLACE = itemgetter(0, -1)  # where a row begins, and in how many others it stands
NUMBERS = {"start": "int64", "end": "int64", "depth": "int64"}


def voice_spans(text: str) -> pd.DataFrame:
    """The quoted, reported and marked passages of a text.

    Args:
        text: the source text of one document.

    Returns:
        One row per passage, in order: `start, end` (characters, without the marks), `voice` (quoted, reported, marked,
        author), `marking`, `speaker` (the name, empty where the text names none or leaves open which), `source` (who
        is said to speak, as it stands in the text: *critics*, *he*), `cue`, `rule`, which mark was `lost`, and `depth`
        (in how many other quotations it stands: 0, or 1 and more for a row behind the one around it). Passages of the
        same depth never overlap.

    >>> text = 'Sergey Lavrov warned that “this is so”. A supposed "stabilizer" came. Critics say that it left early.'
    >>> voice_spans(text)[["voice", "marking", "speaker", "source", "cue"]].values.tolist()
    [['quoted', '', 'Sergey Lavrov', 'Sergey Lavrov', 'warned'], ['marked', 'scare', '', '', ''], \
['reported', '', '', 'Critics', 'say']]
    """
    rows = voice_rows(text, partial(sentence_starts, text), partial(paragraph_starts, text))
    return pd.DataFrame(rows, columns=COLUMNS).astype(NUMBERS)


def voice_rows(text: str, sentences: Starts, paragraphs: Starts) -> list[Row]:
    """The rows of `voice_spans`.

    Args:
        text: the source text of one document.
        sentences: tells at which characters its sentences begin.
        paragraphs: tells at which its paragraphs do.
    """
    pairs = quotations(text, sentences, paragraphs)
    names = Names(text, pairs=pairs)
    places = Places(text, sentences(), paragraphs())
    earlier = Earlier(names, coined=coinages(text, pairs))
    for passage in places.passages(pairs, earlier):
        earlier.learn(passage, judged(passage))
    named = frozenset(pair.mark for pair, said in zip(pairs, earlier.judged, strict=True) if said.marking == "name")
    told = indirect(places, pairs, names, named)
    rows: list[Row] = [(start, end, *said, "", 0) for start, end, said in outside(text, told, pairs)]
    for pair, said in zip(pairs, _within(text, told, pairs, earlier.judged), strict=True):
        rows.append((pair.start, pair.end, *said, pair.lost, 0))
        rows += [(own.pair.start, own.pair.end, *own.said, "", own.depth) for own in inner(text, pair, said, names)]
    return sorted(_in_full(rows), key=_PLACE)


def _in_full(rows: list[Row]) -> list[Row]:
    """The rows with the whole name where a speaker has the first name of the one other whose name begins so."""
    full: dict[str, set[str]] = {}
    speakers = {row[4] for row in rows}
    for name in speakers:
        first, *others = name.split(" ")
        if others and first in speakers and first not in PLACES and _NO_FIRST_NAME.isdisjoint(others):
            full.setdefault(first, set()).add(name)
    one = {first: names.pop() for first, names in full.items() if len(names) == 1}
    return [(*row[:4], one.get(row[4], row[4]), *row[5:]) for row in rows] if one else rows


def _within(text: str, told: list[Told], pairs: list[Quotation], judged: list[Judgement]) -> Iterator[Judgement]:
    """Yield the judgements, but words without a source of their own are whose indirect speech they stand in.

    Where the text tells what somebody says, part of a sentence in marks is somebody's words too; a text that quotes
    nobody alludes.
    """
    tells = bool(told) or any(said.voice == "quoted" and said.cue for said in judged)
    for pair, said in zip(pairs, judged, strict=True):
        unheard = said.rule == "no source"
        around = inside(told, pair) if unheard or (said.voice == "quoted" and not said.speaker) else None
        if around:
            yield around._replace(voice="quoted", rule="in indirect speech") if unheard else _told_by(said, around)
        elif tells and unheard and mentions.is_part(text[pair.start : pair.end]):
            yield Judgement("quoted", rule="part of a sentence")
        else:
            yield said


def _told_by(said: Judgement, around: Judgement) -> Judgement:
    """A quotation whose own source has no name is the words of who tells it: *Lind said the port had called it “…”*."""
    return said._replace(speaker=around.speaker)
