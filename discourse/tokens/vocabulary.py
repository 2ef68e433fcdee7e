"""The vocabulary in the order of the alphabet: which types a word with wildcards stands for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .types import trim

Index = NDArray[np.int64]


class Spellings:
    """Strings in alphabetical order, each with the types it stands for."""

    def __init__(self, spellings: Iterable[str], owners: Iterable[int]) -> None:
        grouped: dict[str, list[int]] = {}
        for spelling, owner in zip(spellings, owners, strict=True):
            grouped.setdefault(spelling, []).append(owner)
        self._owners = grouped
        self._sorted = sorted(grouped)

    def match(self, glob: str) -> set[int]:
        """The types that a word with `*` (any characters, also none) stands for."""
        if "*" not in glob:
            return set(self._owners.get(glob, ()))
        pieces = glob.split("*")
        first = bisect_left(self._sorted, pieces[0])
        last = bisect_left(self._sorted, pieces[0] + chr(0x10FFFF)) if pieces[0] else len(self._sorted)
        found: set[int] = set()
        for spelling in self._sorted[first:last]:
            if fits(spelling, pieces):
                found.update(self._owners[spelling])
        return found


def fits(text: str, pieces: list[str]) -> bool:
    """Whether a text consists of the pieces with anything in between; linear in the length of the text.

    >>> fits("encirclement", ["", "circle", ""]), fits("circle", ["circle", "e"])
    (True, False)
    """
    head, *middle, tail = pieces
    if len(text) < len(head) + len(tail) or not (text.startswith(head) and text.endswith(tail)):
        return False
    at, end = len(head), len(text) - len(tail)
    for piece in middle:
        at = text.find(piece, at, end)
        if at < 0:
            return False
        at += len(piece)
    return True


class Vocabulary:
    """All types of a corpus by their spellings.

    >>> from discourse.tokens.types import type_table
    >>> vocabulary = Vocabulary(type_table(["Russia’s", "Russian", "Turkish-Russian", "russian"]))
    >>> vocabulary.match("russia*").tolist(), vocabulary.match("russian", parts=True).tolist()
    ([0, 1, 3], [1, 2, 3])
    >>> vocabulary.match("Russian", cased=True).tolist()
    [1]
    """

    def __init__(self, types: pd.DataFrame) -> None:
        self._terms = _Spelled(types["term"].tolist())
        self._cased = _Spelled([trim(token) for token in types["token"]])

    def match(self, glob: str, *, parts: bool = False, cased: bool = False) -> Index:
        """The types, as sorted ids, that a word with wildcards stands for.

        Args:
            glob: a folded word (or one in its own capitals, if `cased`); `*` = any characters.
            parts: also types of which a whole part between hyphens fits.
            cased: compare capitals too.
        """
        spelled = self._cased if cased else self._terms
        found = spelled.whole.match(glob)
        if parts:
            found = found | spelled.parts.match(glob)
        return np.array(sorted(found), np.int64)


class _Spelled:
    """Whole spellings, and the parts of those with hyphens."""

    def __init__(self, spellings: list[str]) -> None:
        self.whole = Spellings(spellings, range(len(spellings)))
        pairs = [(part, owner) for owner, s in enumerate(spellings) if "-" in s for part in s.split("-") if part]
        self.parts = Spellings([part for part, _ in pairs], [owner for _, owner in pairs])
