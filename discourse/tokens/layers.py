"""Layers: what holds for a stretch of tokens, kept as runs and never as one value per token."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Index = NDArray[np.int64]

MANY = 16  # times as many tokens as runs: to look them up in a table pays
_TOKENS = 1 << 12  # of short documents looked at together


@dataclass(frozen=True, eq=False)
class Layer:
    """Runs of tokens that share a value.

    Attributes:
        starts: int64 (int32 in a saved corpus); the first token of each run, strictly increasing, the first run at
            token 0.
        codes: int32; the value of each run as an index into `values`, or the value itself if `values` is None.
        values: the distinct values, sorted; None where values are numbers (sentence, paragraph).
        size: how many tokens there are in all.

    >>> layer = Layer(np.array([0, 3]), np.array([1, 0], np.int32), ("body", "title"), 5)
    >>> layer.at(np.array([2, 3])).tolist(), layer.expand().tolist()
    (['title', 'body'], [1, 1, 1, 0, 0])
    """

    starts: Index
    codes: NDArray[np.int32]
    values: tuple[str, ...] | None
    size: int

    def runs(self, positions: Index) -> Index:
        """The run in which each token lies."""
        # Of one type: numpy would copy all starts to make them one.
        own = np.asarray(positions).astype(self.starts.dtype, copy=False)
        return np.searchsorted(self.starts, own, side="right") - 1

    def codes_at(self, positions: Index) -> NDArray[np.int32]:
        """The code at each token."""
        return self.codes[self.runs(positions)]

    def at(self, positions: Index) -> NDArray[Any]:
        """The value at each token."""
        return self.decode(self.codes_at(positions))

    def decode(self, codes: NDArray[np.int32]) -> NDArray[Any]:
        """The values that codes stand for."""
        return codes if self.values is None else np.array(self.values, object)[codes]

    def lengths(self) -> Index:
        """How many tokens each run has."""
        return np.diff(np.append(self.starts, self.size))

    def edges(self, positions: Index) -> tuple[Index, Index]:
        """The first and the last token of the run in which each token lies.

        >>> layer = Layer(np.array([0, 3]), np.array([1, 0], np.int32), ("body", "title"), 5)
        >>> [edge.tolist() for edge in layer.edges(np.array([1, 4]))]
        [[0, 3], [2, 4]]
        """
        return around(self.starts, self.runs(positions), self.size)

    def ends(self) -> Index:
        """The token after the last of each run."""
        return np.append(self.starts[1:], self.size).astype(np.int64)

    def expand(self) -> NDArray[np.int32]:
        """The code of every token."""
        return np.repeat(self.codes, self.lengths())


def located(starts: Index, positions: Index) -> Index:
    """The run in which each token lies; fast also for very many tokens in any order.

    Args:
        starts: the first token of each run, ascending; the last may be the number of tokens.
        positions: the tokens.

    >>> located(np.array([0, 3, 5]), np.array([2, 3, 0])).tolist()
    [0, 1, 0]
    """
    if len(positions) < MANY * len(starts):
        return np.searchsorted(starts, positions, side="right") - 1
    # Most tokens lie in blocks that are of one run: it is read from a table of blocks.
    shift = max((int(starts[-1]) // (MANY * len(starts))).bit_length() - 1, 0)
    block = positions >> shift
    edges = np.arange(int(block.max()) + 2) << shift
    first = (np.searchsorted(starts, edges, side="right") - 1).astype(np.int32)
    run: Index = first.take(block).astype(np.int64)
    block += 1
    unsure = np.flatnonzero(first.take(block) != run)
    run[unsure] = np.searchsorted(starts, positions[unsure], side="right") - 1
    return run


def around(starts: Any, runs: Index, size: int) -> tuple[Index, Index]:
    """The first and the last token of some runs.

    Args:
        starts: the first token of each run: an array, or anything that gives one for an array of places.
        runs: which runs.
        size: how many tokens there are in all.

    >>> [edge.tolist() for edge in around(np.array([0, 3]), np.array([1, 0]), 5)]
    [[3, 0], [4, 2]]
    """
    after = runs + 1
    inside = after < len(starts)
    last = np.full(len(runs), size - 1, np.int64)
    last[inside] = starts[after[inside]] - 1
    return starts[runs].astype(np.int64), last


def first_tokens(at: Index, texts: Index, starts: NDArray[np.uint32], doc_offsets: Index) -> Index:
    """The first token at or after each of some bytes of all texts.

    Args:
        at: the bytes, ascending, counted as if the texts stood one behind the other.
        texts: where each text begins, and where the last one ends.
        starts: one a token: byte offset in its document.
        doc_offsets: the tokens of document i are `doc_offsets[i]:doc_offsets[i + 1]`.

    >>> first_tokens(np.array([0, 3, 4]), np.array([0, 4, 6]), np.array([0, 2, 1], np.uint32), np.array([0, 2, 3]))
    array([0, 2, 2])
    """
    found, i = [np.empty(0, np.int64)], 0
    edges = np.searchsorted(at, texts)
    while i < len(texts) - 1:
        # A long document is searched as it is; of short ones so many at once as have so many tokens.
        j = max(int(np.searchsorted(doc_offsets, doc_offsets[i] + _TOKENS, side="right")) - 1, i + 1)
        low, some = doc_offsets[i], at[edges[i] : edges[j]] - texts[i]
        place = starts[low : doc_offsets[j]]
        if j > i + 1:
            place = place + np.repeat(texts[i:j] - texts[i], np.diff(doc_offsets[i : j + 1]))
        found.append(low + np.searchsorted(place, some.astype(place.dtype)))
        i = j
    beyond = len(at) - np.searchsorted(at, texts[-1])
    return np.concatenate([*found, np.full(beyond, doc_offsets[-1])])


def layer_of(first: Index, values: NDArray[Any] | pd.Series, size: int) -> Layer:
    """Make a layer from where stretches begin (token indices, sorted) and what they are.

    Of stretches that begin at the same token the last one holds: the others have no token.

    >>> layer_of(np.array([0, 2, 2]), np.array(["a", "b", "c"], object), 4).at(np.arange(4)).tolist()
    ['a', 'a', 'c', 'c']
    """
    kept = np.append(first[1:] != first[:-1], True) & (first < size) if len(first) else np.zeros(0, bool)
    codes, names = pd.factorize(np.asarray(values, object), sort=True)
    return Layer(first[kept], codes[kept].astype(np.int32), tuple(names), size)


def numbered(first: Index, doc_offsets: Index) -> Layer:
    """Make a layer of stretches that are numbered from 0 within each document.

    >>> numbered(np.array([0, 2, 2, 4]), np.array([0, 4, 6])).codes.tolist()
    [0, 1, 0]
    """
    size = int(doc_offsets[-1])
    first = np.concatenate([first, doc_offsets[:-1]])
    first.sort(kind="stable")  # two ascending parts: nothing but a merge
    first = first[np.append(first[1:] != first[:-1], True)[: len(first)] & (first < size)]
    begins = np.searchsorted(first, doc_offsets[:-1][np.diff(doc_offsets) > 0])
    codes = np.arange(len(first)) - np.repeat(begins, np.diff(np.append(begins, len(first))))
    return Layer(first, codes.astype(np.int32), None, size)
