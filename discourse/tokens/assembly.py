"""Pieces of a scan put together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from .blocks import Piece

MOST_TOKENS = 2**31 - 1


class Assembly:
    """Tokens of one stretch of text after the other, in arrays that grow in place.

    A list of pieces, joined at the end, would need the memory twice.
    """

    def __init__(self, size: int) -> None:
        """Begin.

        Args:
            size: bytes of all the text to come.
        """
        self._size, self._done = size, 0
        self._ids, self._starts = np.empty(0, np.int32), np.empty(0, np.uint32)
        self._bounds: list[NDArray[np.int64]] = []
        self._types: list[pa.LargeStringArray] = []
        self._edges = [0]

    def add(self, piece: Piece, size: int) -> None:
        """Append what was found in the next `size` bytes.

        Raises:
            ValueError: there are more tokens than one part of a corpus can hold.
        """
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
        self._ids, self._starts = _resized(self._ids, room), _resized(self._starts, room)

    def piece(self) -> Piece:
        """All of it as one piece, types numbered in the order in which they are met."""
        tokens = self._edges[-1]
        numbers, types = unified(self._types)
        for (a, b), number in zip(pairwise(self._edges), numbers, strict=True):
            np.take(number, self._ids[a:b], out=self._ids[a:b], mode="clip")
        bounds = np.concatenate([np.empty(0, np.int64), *self._bounds])
        return Piece(_resized(self._ids, tokens), _resized(self._starts, tokens), bounds, types)


def _resized(array: NDArray[Any], size: int) -> NDArray[Any]:
    """The array with more room or less. A new one is not touched before it is written to."""
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
    encoded = pa.chunked_array(vocabularies, pa.large_string()).combine_chunks().dictionary_encode()
    ends = np.cumsum([len(vocabulary) for vocabulary in vocabularies], dtype=np.int64)
    return np.split(encoded.indices.to_numpy(), ends[:-1])[: len(ends)], encoded.dictionary
