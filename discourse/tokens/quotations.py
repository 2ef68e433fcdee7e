"""Which quotation marks of a text belong together, also where one is missing.

Double marks of every kind and single typographic ones. A quotation may run over paragraphs; inside one, other marks
are part of its words.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import NamedTuple

from .sentences.rules import containing, paragraph_starts, sentence_starts

# Which marks may close a quotation, by the mark that opens it. » and ” open in some languages (»so«, ”so”).
_CLOSERS = {"“": '”"', "„": '“”"', "«": "»", "»": "«", '"': '"”', "”": "”", "``": "''\""}
_EITHER_WAY = frozenset('"»”')  # whether they open is told by what stands beside them
# A single mark opens before a word, but not in ‘70s or ‘em.
_MARK = re.compile(r"[“”„«»\"]|``|''|(?<![\w’])‘(?=\w)(?!\d\ds\b|(?:em|tis|twas|til)\b)")
_BEFORE_OPENING = "([{—–-/“‘"
_APART = re.compile(r"“([^“”]{3,80}?)[.,]?”")


class Quotation(NamedTuple):
    """Words in quotation marks: character offsets without the marks, and which mark the text lost, if any."""

    start: int
    end: int
    lost: str = ""


def quotations(text: str) -> list[Quotation]:
    """The passages in quotation marks, in order, never overlapping.

    >>> text = "He said “yes”, not 'no’."
    >>> [text[q.start : q.end] for q in quotations(text)]
    ['yes']
    """
    return _Pairing(text).pairs()


class _Pairing:
    """One walk over the marks of a text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[Quotation] = []

    # Few texts lose a mark, so few need these.

    @cached_property
    def paragraphs(self) -> list[int]:
        return paragraph_starts(self.text)

    @cached_property
    def sentences(self) -> list[int]:
        return sentence_starts(self.text)

    def pairs(self) -> list[Quotation]:
        begin, closers = None, ""
        for mark in _MARK.finditer(self.text):
            kind = mark.group()
            if begin is None:
                begin, closers = self._outside(mark), _CLOSERS.get(kind, "")
            elif kind in closers and not (kind == '"' and self._stands_open(mark)):
                self.found.append(Quotation(begin, mark.start()))
                begin = None
            elif self._opens(mark) and not self._goes_on(begin, mark.start()):
                self.found.append(self._unclosed(begin, mark.start()))
                begin, closers = mark.end(), _CLOSERS[kind]
        if begin is not None:
            self.found.append(self._unclosed(begin, len(self.text)))
        return [pair for pair in self.found if self.text[pair.start : pair.end].strip()]

    def _outside(self, mark: re.Match[str]) -> int | None:
        """Handle a mark met outside any quotation; return where one begins, if it opens one."""
        if self.found and mark.start() < self.found[-1].end:
            return None
        if self._opens(mark):
            return mark.end()
        if mark.group() == "‘":
            self.found += self._single(mark.end())
        elif mark.group() in "”»":
            self.found += self._unopened(mark.start())
        return None

    def _opens(self, mark: re.Match[str]) -> bool:
        kind = mark.group()
        return self._stands_open(mark) if kind in _EITHER_WAY else kind in _CLOSERS

    def _stands_open(self, mark: re.Match[str]) -> bool:
        """Whether the mark stands before a word and not after one."""
        before, after = self.text[max(mark.start() - 1, 0) : mark.start()], self.text[mark.end() : mark.end() + 1]
        return bool(after.strip()) and (not before.strip() or before in _BEFORE_OPENING)

    def _goes_on(self, begin: int, mark: int) -> bool:
        """Whether an opening mark only repeats, at the head of a paragraph, that the quotation goes on."""
        head = self.paragraphs[containing(self.paragraphs, mark)]
        return head > begin and not self.text[head:mark].strip()

    def _single(self, begin: int) -> list[Quotation]:
        """‘Single’ marks: the closing one is the first ’ of the paragraph that is no apostrophe."""
        limit = self._next(self.paragraphs, begin)
        closing = re.compile(r"’(?!\w)").search(self.text, begin, limit)
        return [Quotation(begin, closing.start())] if closing else []

    def _unclosed(self, begin: int, limit: int) -> Quotation:
        """A quotation whose closing mark is lost ends with its sentence."""
        end = min(self._next(self.sentences, begin), limit)
        return Quotation(begin, begin + len(self.text[begin:end].rstrip()), "closing")

    def _unopened(self, mark: int) -> list[Quotation]:
        """A quotation whose opening mark is lost begins where the same words begin in marks elsewhere."""
        end = self.found[-1].end if self.found else 0
        before = self.text[max(end, self.sentences[containing(self.sentences, mark)]) : mark]
        same = [words for words in _APART.findall(self.text) if before.endswith(words)]
        return [Quotation(mark - max(map(len, same)), mark, "opening")] if same else []

    def _next(self, starts: list[int], position: int) -> int:
        later = containing(starts, position) + 1
        return starts[later] if later < len(starts) else len(self.text)
