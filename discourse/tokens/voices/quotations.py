"""Which quotation marks of a text belong together, also where one is missing.

Double marks of every kind and single ones, which are told from apostrophes. A quotation may run over paragraphs; inside
one, other marks are part of its words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property, partial
from itertools import groupby, pairwise
from typing import NamedTuple

from ..sentences.rules import containing, paragraph_starts, sentence_starts
from .cues import RUN, SAYS

# Which marks may close a quotation, by the mark that opens it. » and ” open in some languages (»so«, ”so”).
_CLOSERS = {"“": '”"', "„": '“”"', "«": "»", "»": "«", '"': '"”', "”": "”", "``": "''\"", "''": "''"}
_ALIKE = ('"', "''")  # the same opens and closes
_EITHER_WAY = frozenset([*_ALIKE, "»", "”"])  # whether they open is told by what stands beside them
_ELISIONS = r"\d\ds?\b|(?i:em|tis|twas|til|cause|n|s|t|re|ve|ll|d|m)\b"  # ‘70s, rock 'n' roll, Russia 's
_BRACKETS = r"\(\[{—–/“\"\-"
# Each way begins with one mark and no set of them, so that the search skips to marks.
# A single mark opens before a word, but not where letters or digits are left out; a straight one after a blank only.
_MARK = re.compile(
    rf"“|”|„|«|»|\"|``|''|‚(?<!\w.)(?=\w)|‹(?<!\w.)(?=\w)|‘(?<![\w’]‘)(?=[\w“\[])(?!{_ELISIONS})|'(?<![^\s{_BRACKETS}]')(?=[\w“\[])(?!{_ELISIONS})"
)
_CLOSING = {
    "‘": re.compile(r"’(?!\w)"),
    "‚": re.compile(r"[‘’](?!\w)"),
    "‹": re.compile("›"),
    "'": re.compile(r"(?<!\s)(?<!['’]n)'(?!\w)"),
}
_BEFORE_OPENING = "([{—–-/“‘"
_GOES_ON = re.compile(r"[ \u00a0][a-z‘“\"]|,")
_REACH = 60  # characters after a closing mark in which a verb of speech says that the words were spoken
_SAID = re.compile(rf" (?:(?:[Hh]e|[Ss]he|{RUN.pattern}) )?{SAYS}")
_TWO_WORDS = re.compile(r"\s*\S+\s+\S")
Starts = Callable[[], list[int]]

SOMETHING = re.compile(r"\S")
_MARKED = re.compile(r"“[^“”]*”|\"[^\"\n]*\"|«[^«»]*»")
_ENDS_INSIDE = re.compile(r"[.!?]\W\s+\W?[A-Z]")
_APART = re.compile(r"“([^“”]{3,80}?)[.,]?”")


class Quotation(NamedTuple):
    """Words in quotation marks.

    Attributes:
        start: the first character of the words.
        end: the character after the last one.
        lost: which mark the text lost, `opening` or `closing`, if any.
        mark: the character of the opening mark, or the first of the words.
        after: the character after the closing mark, or after the words.
    """

    start: int
    end: int
    lost: str = ""
    mark: int = -1
    after: int = -1


def quotations(text: str, sentences: Starts | None = None, paragraphs: Starts | None = None) -> list[Quotation]:
    """The passages in quotation marks, in order, never overlapping.

    Args:
        text: of a document, or a part of one.
        sentences: tells at which characters its sentences begin, if that is known.
        paragraphs: tells at which its paragraphs do.

    >>> text = "He said “yes”, not 'no’."
    >>> [text[q.start : q.end] for q in quotations(text)]
    ['yes']
    """
    known = sentences or partial(sentence_starts, text), paragraphs or partial(paragraph_starts, text)
    return _Pairing(text, *known).pairs()


class _Pairing:
    """One walk over the marks of a text."""

    def __init__(self, text: str, sentences: Starts, paragraphs: Starts) -> None:
        self.text = text
        self._starts = sentences, paragraphs
        self.found: list[Quotation] = []
        self._ahead: dict[str, tuple[int, re.Match[str] | None]] = {}

    # Few texts lose a mark, so few need these.

    @cached_property
    def paragraphs(self) -> list[int]:
        return self._starts[1]()

    @cached_property
    def sentences(self) -> list[int]:
        return self._starts[0]()

    def pairs(self) -> list[Quotation]:
        opening: re.Match[str] | None = None
        closers = ""
        for mark in _MARK.finditer(self.text):
            kind = mark.group()
            if opening is None:
                if self._outside(mark, kind):
                    opening, closers = mark, _CLOSERS[kind]
            elif kind in closers and not (kind in _ALIKE and self._stands_open(mark)):
                self._add(opening, mark.start(), mark.end())
                opening = None
            elif self._opens(mark) and not self._stands_inside(opening, mark):
                self._unclosed(opening, mark.start())
                opening, closers = mark, _CLOSERS[kind]
        if opening is not None:
            self._unclosed(opening, len(self.text))
        return self.found

    def _add(self, opening: re.Match[str], end: int, after: int, lost: str = "") -> None:
        """Note a quotation; blanks inside the marks are none of its words."""
        mark, start = opening.span()
        words = self.text[start:end].lstrip()
        if words:
            start = end - len(words)
            self.found.append(Quotation(start, start + len(words.rstrip()), lost, mark, after))

    def _outside(self, mark: re.Match[str], kind: str) -> bool:
        """Handle a mark met outside any quotation; whether it opens one."""
        if self.found and mark.start() < self.found[-1].after:
            return False
        if self._opens(mark):
            return True
        if kind in _CLOSING:
            self._single(mark)
        elif kind in "”»":
            self._unopened(mark.start())
        return False

    def _opens(self, mark: re.Match[str]) -> bool:
        kind = mark.group()
        return self._stands_open(mark) if kind in _EITHER_WAY else kind in _CLOSERS

    def _stands_open(self, mark: re.Match[str]) -> bool:
        """Whether the mark stands before a word and not after one."""
        before, after = self.text[max(mark.start() - 1, 0) : mark.start()], self.text[mark.end() : mark.end() + 1]
        if mark.group() == "»" and after in " \u00a0\u202f":  # « so »: this one closes
            return False
        return bool(after.strip()) and (not before.strip() or before in _BEFORE_OPENING)

    def _stands_inside(self, opening: re.Match[str], mark: re.Match[str]) -> bool:
        """Whether an opening mark is part of the words of the quotation in which it stands."""
        return self._goes_on(opening.end(), mark.start()) or self._is_of_others(opening, mark)

    def _is_of_others(self, opening: re.Match[str], mark: re.Match[str]) -> bool:
        """Whether a mark is a guillemet among other marks, or the other way round, and those around it close later."""
        if (opening.group() in "«»") == (mark.group() in "«»"):
            return False
        nearest = self._nearest(opening.group(), mark.end())
        if nearest is None or nearest.start() >= self._next(self.paragraphs, mark.end()):
            return False
        return nearest.group() in _CLOSERS[opening.group()]

    def _nearest(self, kind: str, at: int) -> re.Match[str] | None:
        """The next mark that opens or closes as a mark does; looked for once as long as it lies ahead."""
        seen, nearest = self._ahead.get(kind, (at + 1, None))
        if at < seen or (nearest is not None and nearest.start() < at):
            later = _MARK.finditer(self.text, at)
            nearest = next((mark for mark in later if mark.group() == kind or mark.group() in _CLOSERS[kind]), None)
            self._ahead[kind] = at, nearest
        return nearest

    def _goes_on(self, begin: int, mark: int) -> bool:
        """Whether an opening mark only repeats, at the head of a paragraph, that the quotation goes on."""
        head = self.paragraphs[containing(self.paragraphs, mark)]
        return head > begin and not SOMETHING.search(self.text, head, mark)

    def _single(self, opening: re.Match[str]) -> None:
        """‘Single’ marks: the closing one is the first of the paragraph that is no plural possessive."""
        begin, closing = opening.end(), None
        while closing is None:
            limit = self._next(self.paragraphs, begin)
            others = _MARK.finditer(self.text, begin, limit)
            stop = next((mark.start() for mark in others if mark.group() == opening.group()), limit)
            closing = self._closing([*_CLOSING[opening.group()].finditer(self.text, begin, stop)])
            again = self.text[limit : limit + 1] == opening.group() and stop == limit
            begin = limit + 1
            if closing is None and not again:  # a paragraph that opens again goes on
                return
        self._add(opening, closing.start(), closing.end())

    def _closing(self, marks: list[re.Match[str]]) -> re.Match[str] | None:
        """The mark that closes: the first that is no possessive; the first of all where every one may be."""
        for mark, later in pairwise([*marks, None]):
            if mark and (later is None or not self._possessive(mark, later)):
                return marks[0] if later is None and self._may_be_plural(mark) else mark
        return None

    def _possessive(self, mark: re.Match[str], later: re.Match[str]) -> bool:
        """Whether a mark may be an apostrophe (*the ministers’ offices*) and a later one of the sentence may close."""
        return self._may_be_plural(mark) and not self._ends_between(mark.end(), later.start())

    def _may_be_plural(self, mark: re.Match[str]) -> bool:
        return self.text[mark.start() - 1] in "sS" and _GOES_ON.match(self.text, mark.end()) is not None

    def _ends_between(self, first: int, last: int) -> bool:
        """Whether a sentence ends between two places."""
        return re.search(r"[.!?]\s", self.text[first:last]) is not None

    def _unclosed(self, opening: re.Match[str], limit: int) -> None:
        """A quotation whose closing mark is lost ends with its sentence, or its paragraph if it heads it."""
        head = self.paragraphs[containing(self.paragraphs, opening.start())]
        heads = not SOMETHING.search(self.text, head, opening.start())
        end = min(self._next(self.paragraphs if heads else self.sentences, opening.end()), limit)
        end = opening.end() + len(self.text[opening.end() : end].rstrip())
        self._add(opening, end, end, "closing")

    def _unopened(self, mark: int) -> None:
        """A quotation whose opening mark is lost begins where the same words begin in marks elsewhere."""
        end = self.found[-1].after if self.found else 0
        first = max(end, self.sentences[containing(self.sentences, mark)])
        same = (mark - width for width in self._apart if mark - width >= first)
        start = next((place for place in same if self.text[place:mark] in self._apart[mark - place]), -1)
        if start < 0 and self._is_spoken(first, mark):
            start = mark - len(self.text[first:mark].lstrip())
        if start >= 0:
            self.found.append(Quotation(start, mark, "opening", start, mark + 1))

    @cached_property
    def _apart(self) -> dict[int, set[str]]:
        """The words that stand in marks, by their number of characters, longest first."""
        longest_first = sorted(set(_APART.findall(self.text)), key=len, reverse=True)
        return {width: set(words) for width, words in groupby(longest_first, key=len)}

    def _is_spoken(self, first: int, mark: int) -> bool:
        """Whether a sentence that stands before a closing mark alone is what somebody says: *We left,” said Lind.*"""
        if self.text[mark - 1] not in ",!?" or not _SAID.match(self.text, mark + 1, mark + _REACH):
            return False
        return _TWO_WORDS.match(self.text, first, mark) is not None

    def _next(self, starts: list[int], position: int) -> int:
        later = containing(starts, position) + 1
        return starts[later] if later < len(starts) else len(self.text)


def blanked(text: str, pairs: Sequence[Quotation] | None = None) -> str:
    """A text with blanks in place of what stands in quotation marks; what ends a sentence there still does.

    >>> blanked("“So.” He left.")
    '   .  He left.'
    """
    places = [found.span() for found in _MARKED.finditer(text)]
    if pairs is not None:
        places = [(max(pair.mark, 0), pair.after) for pair in pairs]
    parts, at = [], 0
    for first, after in places:
        parts += [text[at:first], _blanks(text, first, after)]
        at = after
    return "".join([*parts, text[at:]])


def _blanks(text: str, first: int, after: int) -> str:
    """As many blanks as characters, but for what ends a sentence before the next: *“We left.” Lind stayed.*"""
    end = _ENDS_INSIDE.match(text, after - 2) if after - first > 1 else None
    return " " * (after - first - 2) + f"{text[after - 2]} " if end else " " * (after - first)
