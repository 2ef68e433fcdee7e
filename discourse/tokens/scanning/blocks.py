"""Texts as bytes, cut where no token is: what the kernels work on.

A cut in front of white space, or of a sign that stands for itself, changes no token: nothing that joins a word looks
across one. So a document of any size is worked through in blocks of a bounded one.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from .characters import BY_BYTE, OTHER, Bytes, classes

Index = NDArray[np.int64]

LINE_FEED = 10  # stands between documents, so that no token runs over into the next
PAD = 16  # separators around a block: a kernel may look that far from any token

_NEAR, _FAR = 64, 4096
_SMALL = 512  # bytes: if documents are smaller, an object for each takes longer than to move every byte by itself
_PLAIN = np.array([kind <= OTHER for kind in BY_BYTE], bool)
_PLAIN[128:] = False


@dataclass(eq=False)
class Types:
    """The types that somebody numbers, who may yet meet more.

    Attributes:
        first: by number, where in the data each was met first.
        size: how many bytes it has.
    """

    first: Index
    size: Index


class Piece(NamedTuple):
    """What was found in a stretch of text.

    Attributes:
        ids: int32, one a token; an index into `types`.
        starts: uint32, one a token; byte offset in its document.
        bounds: int64, one a document that begins here: how many tokens come before it.
        types: the distinct tokens; other pieces may have the same.
    """

    ids: NDArray[np.int32]
    starts: NDArray[np.uint32]
    bounds: Index
    types: Types


class Text(NamedTuple):
    """Documents that lie one behind the other.

    Attributes:
        data: their bytes, UTF-8.
        offsets: int64, one more than documents: where each begins in `data`, and where the last one ends.
    """

    data: Bytes
    offsets: Index

    @classmethod
    def of(cls, texts: pa.LargeStringArray) -> Text:
        """The buffers of an Arrow array, not copied."""
        if not len(texts):
            return cls(np.empty(0, np.uint8), np.zeros(1, np.int64))
        _, offsets, data = texts.buffers()
        text = np.frombuffer(data or b"", np.uint8)
        whole = np.frombuffer(offsets, np.int64)[texts.offset : texts.offset + len(texts) + 1]
        # Nobody writes to them; and a kernel is compiled once more for arrays that could be written to.
        text.flags.writeable = whole.flags.writeable = False
        return cls(text, whole)

    def documents(self, first: int, last: int) -> slice:
        """The documents that begin in a stretch of bytes."""
        return slice(*np.searchsorted(self.offsets[:-1], [first, last]).tolist())


def cuts(text: Text, first: int, last: int, size: int) -> Index:
    """Where a stretch of bytes is cut into blocks: the edges, the first and the last included.

    A block ends up to `size` bytes after the one before did, or later where no cut is possible.

    >>> text = Text.of(pa.array(["one two three"], pa.large_string()))
    >>> cuts(text, 0, 13, 6).tolist()
    [0, 3, 7, 13]
    """
    wanted = np.arange(first + size, last, size)
    if not len(wanted):
        return np.array([first, last] if first < last else [first])
    # Most places have white space or a sign just before them.
    near = np.maximum(wanted[:, None] - np.arange(_NEAR), first)
    plain = _PLAIN[text.data[near]]
    found = wanted - plain.argmax(1)
    for i in np.flatnonzero(~plain.any(1)).tolist():
        found[i] = _cut_before(text, max(int(wanted[i]) - size, first), int(wanted[i]))
    return np.unique(np.concatenate([[first], np.maximum(found, first), [last]]))


def _cut_before(text: Text, low: int, high: int) -> int:
    """The last place for a cut after `low` and not after `high`, or 0."""
    for begin in (max(high - _FAR, low), low):
        window = np.append(text.data[begin : high + 4], np.zeros(4, np.uint8))
        lead = (window & 0xC0) != 0x80
        places = begin + np.flatnonzero(lead & (classes(window) <= OTHER))
        document = text.offsets[np.searchsorted(text.offsets, high, side="right") - 1]
        best: int = max(int(document), *places[places <= high][-1:].tolist(), begin)
        if best > begin:
            return best
    return 0


def joined(text: Text, first: int, last: int) -> tuple[Bytes, Index]:
    """A block with a separator in front of each document that begins in it, and where those documents begin."""
    begins = text.offsets[text.documents(first, last)] - first
    page = np.full(last - first + len(begins) + 2 * PAD, LINE_FEED, np.uint8)
    page[PAD:-PAD] = _separated(text.data[first:last], begins)
    return page, begins + np.arange(1, len(begins) + 1) + PAD


def _separated(data: Bytes, begins: Index) -> Bytes:
    """Bytes with a separator at some places."""
    if len(begins) * _SMALL > len(data):
        return np.insert(data, begins, LINE_FEED)
    pieces = [data[a:b].data for a, b in pairwise([0, *begins.tolist(), len(data)])]
    return np.frombuffer(bytes([LINE_FEED]).join(pieces), np.uint8)


def spelled(data: Bytes, first: Index, size: Index) -> pa.LargeStringArray:
    """Words of a text as an array of strings.

    Args:
        data: the text.
        first: where each word begins, in rising order; no two overlap.
        size: bytes of each.

    >>> spelled(np.frombuffer(b"to be or not", np.uint8), np.array([0, 6]), np.array([2, 2])).to_pylist()
    ['to', 'or']
    """
    if not len(first):
        return pa.array([], pa.large_string())
    # Words and what lies between them are strings one behind the other; every second one is a word.
    edges = np.stack([first, first + size], axis=1).ravel()
    every = pa.LargeStringArray.from_buffers(len(edges) - 1, pa.py_buffer(edges), pa.py_buffer(data))
    # Arrow makes room for strings as long as those between; its default pool would keep that room.
    return pc.take(every, pa.array(np.arange(0, len(edges), 2)), memory_pool=pa.system_memory_pool())
