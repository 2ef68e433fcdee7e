"""Pieces of a scan put together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from discourse._threads import in_order

from .blocks import Piece, Text, Types, spelled

MOST_TOKENS = 2**31 - 1
_PARTS = ("first", "size")
_STEP = 1 << 16  # ids renumbered at once: numpy makes each an index of eight bytes first


def assembled(text: Text, pieces: Iterator[Piece], sizes: Sequence[int], threads: int = 1) -> Piece:
    """Pieces put together, with types numbered in the order in which they are met.

    Args:
        text: documents.
        pieces: what was found in one stretch of the text after the other.
        sizes: bytes of each stretch.
        threads: how many may put them together.

    Raises:
        ValueError: there are more tokens than one part of a corpus can hold.
    """
    if len(sizes) == 1:
        return next(pieces)
    whole = _Assembly(sum(sizes))
    for size, piece in zip(sizes, pieces, strict=True):
        whole.add(piece, size)
    return whole.piece(text, threads)


class _Assembly:
    """Tokens of one stretch of text after the other, in arrays that grow in place.

    A list of pieces, joined at the end, would need the memory twice.
    """

    def __init__(self, size: int) -> None:
        self._size, self._done = size, 0
        self._ids, self._starts = np.empty(0, np.int32), np.empty(0, np.uint32)
        self._bounds: list[NDArray[np.int64]] = []
        self._types: list[Types] = []
        self._edges = [0]

    def add(self, piece: Piece, size: int) -> None:
        before, after = self._edges[-1], self._edges[-1] + len(piece.ids)
        if after > MOST_TOKENS:
            raise ValueError(
                f"One part of a corpus holds at most {MOST_TOKENS:,} tokens; these texts have more. "
                "Encode them as shards (`encode`), which are as many parts as needed."
            )
        self._done += size
        if after > len(self._ids):
            self._make_room(after)
        self._ids[before:after], self._starts[before:after] = piece.ids, piece.starts
        self._bounds.append(piece.bounds + before)
        self._types.append(piece.types)
        self._edges.append(after)

    def _make_room(self, tokens: int) -> None:
        """Room for what is to come, if it is like what came, and a tenth more: what is not written to costs nothing."""
        room = tokens + int(tokens * (self._size / max(self._done, 1) - 1) * 1.1)
        self._ids, self._starts = resized(self._ids, room), resized(self._starts, room)

    def piece(self, text: Text, threads: int) -> Piece:
        tokens, bounds = self._edges[-1], np.concatenate([np.empty(0, np.int64), *self._bounds])
        self._ids, self._starts = resized(self._ids, tokens), resized(self._starts, tokens)
        return Piece(self._ids, self._starts, bounds, self._unified(text, threads))

    def _unified(self, text: Text, threads: int) -> Types:
        """Number the types of all pieces as if one had met them all."""
        each = list(dict.fromkeys(self._types))
        numbers, types = unified(text, each)
        number_of = dict(zip(each, numbers, strict=True))

        def renumber(nth: int) -> None:
            new, (first, last) = number_of[self._types[nth]], self._edges[nth : nth + 2]
            for i in range(first, last, _STEP):
                some = self._ids[i : min(i + _STEP, last)]
                np.take(new, some, out=some, mode="clip")

        if len(each) > 1:
            for _ in in_order(renumber, range(len(self._types)), threads):
                pass
        return types


def resized(array: NDArray[Any], size: int) -> NDArray[Any]:
    """An array with more room or less, in place; a new one if it was empty. What is not written to takes no memory."""
    if not len(array):
        return np.empty(size, array.dtype)
    array.resize(size, refcheck=False)
    return array


def unified(text: Text, each: Sequence[Types]) -> tuple[list[NDArray[np.int32]], Types]:
    """One numbering for many, in the order in which types are met, and the new numbers of the types of each.

    >>> text = Text.of(pa.array(["to be or to"], pa.large_string()))
    >>> one, other = (Types(np.array(first), np.array([2, 2])) for first in ([0, 3], [6, 9]))
    >>> numbers, types = unified(text, [one, other])
    >>> [n.tolist() for n in numbers], types.first.tolist()
    ([[0, 1], [2, 0]], [0, 3, 6])
    """
    if len(each) == 1:
        return [np.arange(len(each[0].first), dtype=np.int32)], each[0]
    first, size = (np.concatenate([np.empty(0, np.int64), *(getattr(own, k) for own in each)]) for k in _PARTS)
    # Threads meet types side by side; they are numbered as the text has them.
    order = np.argsort(first, kind="stable")
    first, size, new = first[order], size[order], np.empty(len(order), np.int32)
    # The default pool of Arrow would take 10 MB for itself and keep them.
    encoded = pc.dictionary_encode(spelled(text.data, first, size), memory_pool=pa.system_memory_pool())
    codes = new[order] = encoded.indices.to_numpy()
    example = np.empty(len(encoded.dictionary), np.int64)
    example[codes[::-1]] = np.arange(len(codes))[::-1]
    ends = np.cumsum([len(own.first) for own in each], dtype=np.int64)
    return np.split(new, ends[:-1])[: len(ends)], Types(first[example], size[example])
