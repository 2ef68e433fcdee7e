"""Pieces of a scan put together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from .blocks import Piece

MOST_TOKENS = 2**31 - 1
_STEP = 1 << 16  # ids renumbered at once: numpy makes each an index of eight bytes first


def assembled(pieces: Iterator[Piece], sizes: Sequence[int]) -> Piece:
    """Pieces put together, with types numbered in the order in which they are met.

    Args:
        pieces: what was found in one stretch of text after the other.
        sizes: bytes of each stretch.

    Raises:
        ValueError: there are more tokens than one part of a corpus can hold.
    """
    if len(sizes) == 1:
        return next(pieces)
    whole = _Assembly(sum(sizes))
    for size in sizes:
        whole.add(next(pieces), size)
    return whole.piece()


class _Assembly:
    """Tokens of one stretch of text after the other, in arrays that grow in place.

    A list of pieces, joined at the end, would need the memory twice.
    """

    def __init__(self, size: int) -> None:
        self._size, self._done = size, 0
        self._ids, self._starts = np.empty(0, np.int32), np.empty(0, np.uint32)
        self._bounds: list[NDArray[np.int64]] = []
        self._types: list[pa.LargeStringArray] = []
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

    def piece(self) -> Piece:
        tokens = self._edges[-1]
        numbers, types = unified(self._types)
        for (a, b), number in zip(pairwise(self._edges), numbers, strict=True):
            for i in range(a, b, _STEP):
                some = self._ids[i : min(i + _STEP, b)]
                np.take(number, some, out=some, mode="clip")
        bounds = np.concatenate([np.empty(0, np.int64), *self._bounds])
        return Piece(resized(self._ids, tokens), resized(self._starts, tokens), bounds, types)


def resized(array: NDArray[Any], size: int) -> NDArray[Any]:
    """An array with more room or less, in place; a new one if it was empty. What is not written to takes no memory."""
    if not len(array):
        return np.empty(size, array.dtype)
    array.resize(size, refcheck=False)
    return array


def unified(vocabularies: Sequence[pa.LargeStringArray]) -> tuple[list[NDArray[np.int32]], pa.LargeStringArray]:
    """One vocabulary for many, in the order in which types are met, and the new numbers of the types of each.

    >>> numbers, types = unified([pa.array(["to", "be"], pa.large_string()), pa.array(["or", "to"], pa.large_string())])
    >>> [n.tolist() for n in numbers], types.to_pylist()
    ([[0, 1], [2, 0]], ['to', 'be', 'or'])
    """
    whole = pa.chunked_array(vocabularies, pa.large_string()).combine_chunks()
    # The default pool of Arrow would take 10 MB for itself and keep them.
    encoded = pc.dictionary_encode(whole, memory_pool=pa.system_memory_pool())
    ends = np.cumsum([len(vocabulary) for vocabulary in vocabularies], dtype=np.int64)
    return np.split(encoded.indices.to_numpy(), ends[:-1])[: len(ends)], encoded.dictionary
