"""Sides: target and reference of a comparison over the same documents, and how much hangs on one of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
import scipy.sparse as sp
from numpy.typing import NDArray

from discourse.counts import adder, labels
from discourse.counts.groups import Units

from .flags import Index, Mask, drives


def summed(values: NDArray[Any]) -> Index:
    """The sums of whole numbers up to each, and of all at the end.

    >>> summed(np.array([True, False, True])).tolist()
    [0, 1, 1, 2]
    """
    sums = np.zeros(len(values) + 1, np.int64)
    np.cumsum(values, out=sums[1:])
    return sums


@dataclass(frozen=True, eq=False)
class Sides:
    """Target and reference over the same documents; a document may have words on both (by voice, say).

    Attributes:
        starts: where the entries of each item begin, and the number of all; an entry is a document that has the item.
        document: the document of each entry.
        hits: of each entry, for each side.
        words: for each side, words per document.
        about: the table of documents.
    """

    starts: Index
    document: Index
    hits: tuple[Index, Index]
    words: tuple[Index, Index]
    about: pd.DataFrame

    def sums(self, values: NDArray[Any]) -> Index:
        """The sum of whole numbers, or how often something holds, over the entries of each item."""
        return np.diff(summed(values).take(self.starts))

    def largest(self, values: Index) -> Index:
        """The largest value over the entries of each item; 0 where it has none."""
        out = np.zeros(len(self.starts) - 1, np.int64)
        some = np.flatnonzero(np.diff(self.starts))
        if len(some):
            out[some] = np.maximum.reduceat(values, self.starts[some])
        return out

    def each(self, values: NDArray[Any]) -> NDArray[Any]:
        """The value of its item for each entry."""
        return np.repeat(values, np.diff(self.starts))

    @cached_property
    def four(self) -> tuple[Index, int, Index, int]:
        """Hits per item and words, of the target and of the reference."""
        target, reference = (self.sums(hits) for hits in self.hits)
        total_target, total_reference = (int(words.sum()) for words in self.words)
        return target, total_target, reference, total_reference

    @cached_property
    def documents(self) -> tuple[Index, Index, Index]:
        """For target, reference and both together: how many documents have each item."""
        target, reference = (self.sums(hits > 0) for hits in self.hits)
        return target, reference, np.diff(self.starts)

    def only(self, items: Index) -> Sides:
        """The sides with some of the items."""
        if len(items) == len(self.starts) - 1:
            return self
        starts, entries = entries_of(self.starts, items)
        hits = self.hits[0].take(entries), self.hits[1].take(entries)
        return Sides(starts, self.document.take(entries), hits, self.words, self.about)

    def values_of(self, column: str) -> list[set[str]]:
        """The values that each side's documents have in a column; unknown is one of them."""
        values = labels(self.about[column])
        return [set(values[words > 0]) for words in self.words]


def entries_of(starts: Index, items: Index) -> tuple[Index, Index]:
    """Where the entries of some items begin, and which of all entries they are.

    >>> [part.tolist() for part in entries_of(np.array([0, 2, 3, 6]), np.array([0, 2]))]
    [[0, 2, 5], [0, 1, 3, 4, 5]]
    """
    sizes = np.diff(starts)[items]
    begins = np.concatenate([[0], np.cumsum(sizes)])
    return begins, np.repeat(starts[items] - begins[:-1], sizes) + np.arange(begins[-1])


def sides_of(units: Units, columns: sp.csc_array, target: str, reference: Sequence[str]) -> Sides:
    """The documents of both sides that have words, each once; the groups are those of one column.

    Args:
        units: documents within groups.
        columns: units × items, the items to compare by.
        target, reference: names of groups.

    >>> from discourse.counts import Counts
    >>> frame = pd.DataFrame({"term": ["war", "war", "peace"], "side": ["A", "B", "B"], "count": [8, 1, 7]})
    >>> units = Counts.from_frame(frame, by="side").units()
    >>> sides_of(units, units.units.tocsc(), "B", ["A"]).four
    (array([7, 1]), 8, array([0, 8]), 8)
    """
    group = units.keys.iloc[:, 0].to_numpy(object)[units.unit_group]
    filled = units.unit_totals > 0
    rows = [np.flatnonzero(filled & np.isin(group, own)) for own in ([target], list(reference))]
    code, documents = pd.factorize(units.unit_document[np.concatenate(rows)])
    own = code[: len(rows[0])], code[len(rows[0]) :]
    words = [adder(codes, len(documents)) @ units.unit_totals[row] for codes, row in zip(own, rows, strict=True)]
    hits = _entries(columns, rows, own)
    once = hits if len(documents) == len(code) else _each_once(hits, len(documents))
    return Sides(*once, (words[0], words[1]), units.about.reindex(documents))


Entries = tuple[Index, Index, tuple[Index, Index]]  # starts, documents and hits, see `Sides`


def _entries(columns: sp.csc_array, rows: Sequence[Index], codes: Sequence[Index]) -> Entries:
    """The entries in the rows of target and reference, which belong to documents with these codes."""
    code, on_target = np.full(columns.shape[0], -1), np.zeros(columns.shape[0], bool)
    for row, own in zip(rows, codes, strict=True):
        code[row] = own
    on_target[rows[0]] = True
    starts, row, hits = columns.indptr, columns.indices, columns.data
    if (code < 0).any():
        inside = (code >= 0).take(row)
        kept = np.flatnonzero(inside)
        starts, row, hits = summed(inside).take(starts), row.take(kept), hits.take(kept)
    target = hits * on_target.take(row)
    return starts, code.take(row), (target, hits - target)


def _each_once(entries: Entries, size: int) -> Entries:
    """Entries of one document and item added up; there are so many documents."""
    starts, document, (target, reference) = entries
    # Both sides in one number: hits of the target as real part, those of the reference as imaginary one. The starts
    # are those of all comparisons, and are changed when duplicates are added up.
    hits = sp.csc_array((target + 1j * reference, document, starts.copy()), (size, len(starts) - 1))
    hits.sum_duplicates()
    return hits.indptr, hits.indices, (hits.data.real.astype(np.int64), hits.data.imag.astype(np.int64))


def driven(sides: Sides) -> Mask:
    """Whether one document holds most of the hits of the side that uses the item more."""
    target, total_target, reference, total_reference = sides.four
    more = target * float(total_reference) >= reference * float(total_target)
    top = sides.largest(np.where(sides.each(more), *sides.hits))
    n_target, n_reference = (np.count_nonzero(words) for words in sides.words)
    return drives(np.where(more, target, reference), top, np.where(more, n_target, n_reference))


def sign_flips(sides: Sides) -> Mask:
    """Whether leaving out some one document turns the sign of the difference between the rates."""
    target, total_target, reference, total_reference = sides.four
    # Floats: products of whole numbers would overflow. Rounding keeps their order, so no sign is turned by it.
    left = float(total_target) - sides.words[0], float(total_reference) - sides.words[1]
    sign = np.sign(target * float(total_reference) - reference * float(total_target))
    turned = _without(sides, target, 0) * left[1].take(sides.document)
    turned -= _without(sides, reference, 1) * left[0].take(sides.document)
    turned *= sides.each(sign)
    flips = sides.sums(turned < 0) > 0
    for document, item in _largest_without(sides):
        without = target[item] * left[1][document] - reference[item] * left[0][document]
        flips[item[without * sign[item] < 0]] = True
    return flips


def _without(sides: Sides, count: Index, side: int) -> NDArray[np.float64]:
    """The hits that an item has on a side without each of its documents."""
    left = sides.each(count.astype(np.float64))
    left -= sides.hits[side]
    return left


def _largest_without(sides: Sides) -> Iterator[tuple[Index, Index]]:
    """For each side, items, and of the documents without any hit of theirs the one with most words.

    A document without a hit only takes away words; the one that takes most away from a side moves the rate furthest.
    """
    items = np.arange(len(sides.starts) - 1, dtype=np.int32)
    for words in sides.words:
        order = np.argsort(-words, kind="stable")
        rank = np.argsort(order)
        own = np.flatnonzero((words > 0).take(sides.document))
        leading = _leading(sides.each(items).take(own), rank.take(sides.document.take(own)), len(items))
        some = np.flatnonzero(leading < np.count_nonzero(words))
        yield order[leading[some]], some


def _leading(item: Index, rank: Index, size: int) -> Index:
    """How many of the ranks 0, 1, 2, … each of so many items has before the first that is missing.

    >>> _leading(np.array([0, 0, 0, 1, 2]), np.array([3, 0, 1, 2, 0]), 4).tolist()
    [2, 0, 1, 0]
    """
    room = int(np.max(rank, initial=0)).bit_length()
    small = np.int32 if size << room < 2**31 else np.int64
    packed: NDArray[Any] = np.left_shift(item.astype(small), room)
    packed |= rank.astype(small)
    packed.sort()
    begins = summed(np.bincount(item, minlength=size))
    # While the k-th rank is k, none before it is missing.
    unbroken = packed & ((1 << room) - 1) == np.arange(len(packed)) - np.repeat(begins[:-1], np.diff(begins))
    return np.diff(summed(unbroken).take(begins))
