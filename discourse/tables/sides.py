"""Sides: target and reference of a comparison over the same documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import NamedTuple

import numpy as np
import pandas as pd
import scipy.sparse as sp
from numpy.typing import NDArray

from discourse._threads import both
from discourse.counts import adder, labels
from discourse.counts.design import Kinds, kinds_of, unit_numbers
from discourse.counts.groups import Units, canonical, in_rows
from discourse.counts.selection import among

from .flags import Index, Mask

TARGET, REFERENCE = 0, 1
BLOCK = 1 << 16  # entries that are worked on at once
STEP = 1 << 14  # of which so many are compared at once
Labels = NDArray[np.object_]
Four = tuple[Index, int, Index, int]  # hits of each item and words, of the target and of the reference


class Entries(NamedTuple):
    """What some documents have on one side.

    Attributes:
        item, hits: of each entry, by row.
        sizes: entries of each row.
        document: of each row.
    """

    item: NDArray[np.integer]
    hits: Index
    sizes: Index
    document: Index


@dataclass(frozen=True, eq=False)
class Sides:
    """Target and reference over the same documents; a document may have words on both (by voice, say).

    Attributes:
        rows: what documents have of each item: rows × items.
        row: those rows that are compared.
        side: of each of these, 0 for the target and 1 for the reference, which stands after it.
        document: of each of these.
        words: for each side, words per document.
        about: the table of documents.
        keys: target and reference, a row each, in a column with the name of what tells them apart.
        whole: hits and words of both sides where these documents are a part of them.
    """

    rows: sp.csr_array
    row: Index
    side: Index
    document: Index
    words: tuple[Index, Index]
    about: pd.DataFrame
    keys: pd.DataFrame
    whole: Four | None = None

    @cached_property
    def size(self) -> int:
        """How many items there are."""
        items: int = self.rows.shape[1]
        return items

    def blocks(self, side: int) -> Iterator[Entries]:
        """Entries of one side, of whole rows, about so many at once as stay in the processor's cache."""
        chosen = np.flatnonzero(self.side == side)
        rows, document = self.row[chosen], self.document[chosen]
        ends = np.cumsum(np.diff(self.rows.indptr)[rows])
        first = before = 0
        while first < len(rows):
            after = max(int(np.searchsorted(ends, before + BLOCK, side="right")), first + 1)
            yield Entries(*self._between(rows[first:after]), document[first:after])
            first, before = after, int(ends[after - 1])

    def _between(self, rows: Index) -> tuple[NDArray[np.integer], Index, Index]:
        """Items and hits of some rows, and how many each has; not copied if they stand one after the other."""
        starts = self.rows.indptr
        if rows[-1] - rows[0] < len(rows):
            own = slice(starts[rows[0]], starts[rows[-1] + 1])
            return self.rows.indices[own], self.rows.data[own], np.diff(starts[rows[0] : rows[-1] + 2])
        some = self.rows[rows]
        return some.indices, some.data, np.diff(some.indptr)

    def of(self, rows: Index) -> sp.csr_array:
        """What some of the rows that are compared, one at least, have of each item: rows × items."""
        items, hits, sizes = self._between(self.row[rows])
        return in_rows(sizes, items, hits, (len(rows), self.size))

    @cached_property
    def sums(self) -> Index:
        """3 × sides × items: hits, documents with any, the most that one document has."""
        sums = np.zeros((3, 2, self.size), np.int64)
        both(partial(self._add, sums[:2]), partial(self._raise, sums[2]), len(self.rows.data))
        return sums

    def _add(self, sums: Index) -> None:
        """Write hits, and documents with any."""
        data, rows = self.rows.data, self.rows.shape[0]
        sums[0] = self._added(data, rows * int(np.max(data, initial=0)))
        sums[1] = self._added(np.ones(len(data), np.int32), rows)

    def _raise(self, largest: Index) -> None:
        """Write the most that one document has."""
        for side in (TARGET, REFERENCE):
            for found in self.blocks(side):
                for first in range(0, len(found.item), STEP):
                    some = slice(first, first + STEP)
                    # Indices of another type than int64 are several times as slow here.
                    np.maximum.at(largest[side], found.item[some].astype(np.int64), found.hits[some])

    def _added(self, values: NDArray[np.integer], most: int) -> NDArray[np.integer]:
        """Values of entries, added for each side: sides × items; no sum is larger than `most`."""
        rows = sp.csr_array((values, self.rows.indices, self.rows.indptr), self.rows.shape)
        weights = np.zeros((2, rows.shape[0]), values.dtype)
        weights[self.side, self.row] = 1
        half = 4 * values.itemsize - 1
        if most >> half:
            apart: NDArray[np.integer] = weights @ rows
            return apart
        packed = (weights[TARGET] + (weights[REFERENCE] << half)) @ rows  # in one number: entries are gone over once
        return np.stack([packed & ((1 << half) - 1), packed >> half])

    @cached_property
    def four(self) -> Four:
        """Hits per item and words, of the target and of the reference."""
        if self.whole is not None:
            return self.whole
        total_target, total_reference = (int(words.sum()) for words in self.words)
        return self.sums[0, TARGET], total_target, self.sums[0, REFERENCE], total_reference

    @cached_property
    def documents(self) -> tuple[Index, Index, Index]:
        """For target, reference and both together: how many documents have each item."""
        target, reference = self.sums[1]
        both = target + reference
        if len(self.both):
            twice = self.of_both[TARGET].multiply(self.of_both[REFERENCE])
            both -= np.bincount(twice.indices, minlength=self.size)
        return target, reference, both

    @cached_property
    def both(self) -> Index:
        """The documents with words on both sides."""
        return np.flatnonzero(np.bincount(self.document, minlength=len(self.words[0])) > 1)

    @cached_property
    def of_both(self) -> tuple[sp.csr_array, sp.csr_array]:
        """What these documents have on either side: documents × items."""
        row = np.zeros((2, len(self.words[0])), np.int64)
        row[self.side, self.document] = np.arange(len(self.side))
        return self.rows[self.row[row[TARGET, self.both]]], self.rows[self.row[row[REFERENCE, self.both]]]

    @cached_property
    def _by_document(self) -> tuple[Index, Index]:
        order = np.argsort(self.document, kind="stable")
        return order, np.searchsorted(self.document[order], np.arange(len(self.words[0]) + 1))

    def has(self, document: int, items: Index) -> Mask:
        """Which of some items a document has, on either side."""
        (order, bounds), found = self._by_document, np.zeros(len(items), bool)
        for row in self.row[order[bounds[document] : bounds[document + 1]]]:
            own = self.rows.indices[self.rows.indptr[row] : self.rows.indptr[row + 1]]
            found |= held(own, items)[1]
        return found

    @cached_property
    def kinds(self) -> Kinds:
        """Which authors, topics and dates the documents of each side have, see `kinds_of`."""
        return kinds_of(self.side, np.ones(len(self.side), bool), self.about.iloc[self.document])

    @cached_property
    def n_documents(self) -> Index:
        """Documents with words of each side."""
        return np.bincount(self.side, minlength=2)

    @cached_property
    def n_units(self) -> Index:
        """How many of them could have come out otherwise, those of an author counted as one, see `unit_numbers`."""
        return unit_numbers(self.kinds, self.n_documents)

    @cached_property
    def authors(self) -> Labels:
        """The author of each document; empty where it is not known."""
        if "author" not in self.about:
            return np.full(len(self.about), "", object)
        return labels(self.about["author"])

    @cached_property
    def one_author(self) -> Mask:
        """Whether all documents of each side have one author."""
        several = [set(self.authors[words > 0]) for words in self.words]
        return np.array([len(names) == 1 and "" not in names for names in several])


def held(row: NDArray[np.integer], items: Index) -> tuple[Index, Mask]:
    """Where in a row, whose items ascend, some items are or would be, and whether they are there."""
    place = np.searchsorted(row, items.astype(row.dtype))
    if not len(row):
        return place, np.zeros(len(items), bool)
    there: Mask = row.take(place, mode="clip") == items
    return place, there


def sides_of(units: Units, target: str, reference: Sequence[str]) -> Sides:
    """The documents of both sides that have words, each once a side; the groups are those of one column.

    Args:
        units: documents within groups.
        target, reference: names of groups.

    >>> from discourse.counts import Counts
    >>> frame = pd.DataFrame({"term": ["war", "war", "peace"], "side": ["A", "B", "B"], "count": [8, 1, 7]})
    >>> sides_of(Counts.from_frame(frame, by="side").units(), "B", ["A"]).four
    (array([7, 1]), 8, array([0, 8]), 8)
    """
    names, filled = units.keys.iloc[:, 0].to_numpy(object), units.unit_totals > 0
    chosen = [np.flatnonzero(filled & among(names, own)[units.unit_group]) for own in ([target], reference)]
    every, side = np.concatenate(chosen), np.repeat([TARGET, REFERENCE], [len(own) for own in chosen])
    code, documents = pd.factorize(units.unit_document[every])
    words = np.zeros((2, len(documents)), np.int64)
    np.add.at(words, (side, code), units.unit_totals[every])
    rows, row, pair = units.units, every, side * len(documents) + code
    if len(every) < len(filled):
        rows, row = rows[every], np.arange(len(every))
    if len(once := np.unique(pair)) < len(pair):  # documents with words in several groups of the reference
        rows = canonical(adder(np.searchsorted(once, pair), len(once)) @ rows[row])
        row, (side, code) = np.arange(len(once)), np.divmod(once, len(documents))
    keys = pd.DataFrame({units.keys.columns[0]: ["target", "reference"]})
    return Sides(rows, row, side, code, (words[TARGET], words[REFERENCE]), units.about.reindex(documents), keys)
