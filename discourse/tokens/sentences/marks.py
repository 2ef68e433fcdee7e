"""Runs of the marks that may end a sentence."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .kinds import Bytes, Index, Mask

DOT, LAST_OF_ELLIPSIS = ord("."), 0xA6
MARK_BYTES = (DOT, ord("!"), ord("?"), LAST_OF_ELLIPSIS)


class Marks(NamedTuple):
    """Runs of marks: where each begins and ends, and where its document does, in bytes."""

    first: Index
    last: Index
    begin: Index
    stop: Index

    def of(self, chosen: Mask | Index | slice) -> Marks:
        """Some of them."""
        return Marks(*(part[chosen] for part in self))


def runs_of_marks(text: Bytes, at: Index, begin: Index, stop: Index) -> Marks:
    """Put the marks together that stand side by side.

    Args:
        text: bytes, UTF-8.
        at: all places of `MARK_BYTES` in some documents, ascending.
        begin: where the document of each begins.
        stop: where it ends.

    >>> text = np.frombuffer("So…? No.".encode(), np.uint8)
    >>> marks = runs_of_marks(text, np.array([4, 5, 9]), np.zeros(3, np.int64), np.full(3, 10))
    >>> marks.first.tolist(), marks.last.tolist()
    ([2, 9], [6, 10])
    """
    wide = text[at] == LAST_OF_ELLIPSIS
    if wide.any():
        real = ~wide | ((text[at - 1] == 0x80) & (text[at - 2] == 0xE2))
        at, wide, begin, stop = at[real] - 2 * wide[real], wide[real], begin[real], stop[real]
    after = at + 1 + 2 * wide
    opens = np.append(True, (at[1:] != after[:-1]) | (at[1:] == begin[1:]))[: len(at)]
    closes = np.append(opens[1:], True)[: len(at)]
    return Marks(at[opens], after[closes], begin[opens], stop[opens])
