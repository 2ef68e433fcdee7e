"""Sides: target and reference of a comparison over the same documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
import scipy.sparse as sp
from numpy.typing import NDArray

from discourse.counts import adder, labels
from discourse.counts.design import Kinds, kinds_of, unit_numbers
from discourse.counts.groups import Units, canonical

from .flags import Index, Mask, drives

TARGET, REFERENCE = 0, 1
BLOCK = 1 << 16  # entries that are worked on at once
Labels = NDArray[np.object_]
Four = tuple[Index, int, Index, int]  # hits of each item and words, of the target and of the reference


@dataclass(frozen=True, eq=False)
class Sides:
    """Target and reference over the same documents; a document may have words on both (by voice, say).

    Attributes:
        rows: what a document has of each item on one side: rows × items.
        side: of each row, 0 for the target and 1 for the reference, which stands after it.
        document: of each row.
        words: for each side, words per document.
        about: the table of documents.
        keys: target and reference, a row each, in a column with the name of what tells them apart.
        whole: hits and words of both sides where these documents are a part of them.
    """

    rows: sp.csr_array
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

    def blocks(self, side: int) -> Iterator[tuple[slice, slice]]:
        """Rows of one side, and where their entries are, about so many at once as stay in the processor's cache."""
        starts, (on_target, on_reference) = self.rows.indptr, np.bincount(self.side, minlength=2).tolist()
        first, last = (0, on_target) if side == TARGET else (on_target, on_target + on_reference)
        while first < last:
            after = int(np.searchsorted(starts, starts[first] + BLOCK, side="right")) - 1
            after = min(max(after, first + 1), last)
            yield slice(first, after), slice(starts[first], starts[after])
            first = after

    @cached_property
    def sums(self) -> Index:
        """3 × sides × items: hits, documents with any, the most that one document has."""
        sums = np.zeros((3, 2, self.size), np.int64)
        for side in (TARGET, REFERENCE):
            hits, documents, largest = sums[:, side]
            for _, entries in self.blocks(side):
                # Indices of another type than int64 are several times as slow here.
                item, own = self.rows.indices[entries].astype(np.int64), self.rows.data[entries]
                np.add.at(hits, item, own)
                np.add.at(documents, item, 1)
                np.maximum.at(largest, item, own)
        return sums

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
        return self.rows[row[TARGET, self.both]], self.rows[row[REFERENCE, self.both]]

    @cached_property
    def _by_document(self) -> tuple[Index, Index]:
        order = np.argsort(self.document, kind="stable")
        return order, np.searchsorted(self.document[order], np.arange(len(self.words[0]) + 1))

    def has(self, document: int, items: Index) -> Mask:
        """Which of some items a document has, on either side."""
        (order, bounds), found = self._by_document, np.zeros(len(items), bool)
        for row in order[bounds[document] : bounds[document + 1]]:
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
    there: Mask = np.append(row, -1).take(place) == items
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
    group = units.keys.iloc[:, 0].to_numpy(object)[units.unit_group]
    filled = units.unit_totals > 0
    chosen = [np.flatnonzero(filled & np.isin(group, own)) for own in ([target], list(reference))]
    every, side = np.concatenate(chosen), np.repeat([TARGET, REFERENCE], [len(own) for own in chosen])
    code, documents = pd.factorize(units.unit_document[every])
    words = np.zeros((2, len(documents)), np.int64)
    np.add.at(words, (side, code), units.unit_totals[every])
    rows, pair = units.units[every], side * len(documents) + code
    if len(once := np.unique(pair)) < len(pair):  # documents with words in several groups of the reference
        rows = canonical(adder(np.searchsorted(once, pair), len(once)) @ rows)
        side, code = np.divmod(once, len(documents))
    keys = pd.DataFrame({units.keys.columns[0]: ["target", "reference"]})
    return Sides(rows, side, code, (words[TARGET], words[REFERENCE]), units.about.reindex(documents), keys)


def driven(sides: Sides) -> Mask:
    """Whether one document holds most of the hits of the side that uses the item more."""
    target, total_target, reference, total_reference = sides.four
    more = target * float(total_reference) >= reference * float(total_target)
    of_each = [
        drives(hits, largest, int(np.count_nonzero(words)))
        for hits, largest, words in zip((target, reference), sides.sums[2], sides.words, strict=True)
    ]
    return (more & of_each[TARGET]) | (~more & of_each[REFERENCE])
