"""Sides: target and reference of a comparison over the same documents, and how much hangs on one of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
import scipy.sparse as sp

from discourse.counts import Grouped, adder, cells_at, labels

from .flags import Index, Mask, drives


@dataclass(frozen=True, eq=False)
class Sides:
    """Target and reference over the same documents; a document may have words on both (by voice, say).

    Attributes:
        units: for each side, hits, documents × items.
        words: for each side, words per document.
        about: the table of documents, in the order of the rows.
    """

    units: tuple[sp.csr_array, sp.csr_array]
    words: tuple[Index, Index]
    about: pd.DataFrame

    @cached_property
    def four(self) -> tuple[Index, int, Index, int]:
        """Hits per item and words, of the target and of the reference."""
        count = [np.asarray(units.sum(axis=0), np.int64) for units in self.units]
        total = [int(words.sum()) for words in self.words]
        return count[0], total[0], count[1], total[1]

    @cached_property
    def documents(self) -> list[Index]:
        """For target, reference and both together: how many documents have each item."""
        every = [*self.units, self.units[0] + self.units[1]]
        return [np.asarray((units > 0).sum(axis=0), np.int64) for units in every]

    def only(self, items: Index) -> Sides:
        """The sides with some of the items."""
        target, reference = (units[:, items] for units in self.units)
        return Sides((target, reference), self.words, self.about)

    def values_of(self, column: str) -> list[set[str]]:
        """The values that each side's documents have in a column; unknown is one of them."""
        values = labels(self.about[column])
        return [set(values[words > 0]) for words in self.words]


def sides_of(grouped: Grouped, target: str, reference: Sequence[str]) -> Sides:
    """The documents of both sides that have words, each once; the groups are those of one column.

    >>> from discourse.counts import Counts
    >>> frame = pd.DataFrame({"term": ["war", "war", "peace"], "side": ["A", "B", "B"], "count": [8, 1, 7]})
    >>> sides_of(Counts.from_frame(frame, by="side").grouped(), "B", ["A"]).four
    (array([7, 1]), 8, array([0, 8]), 8)
    """
    group = grouped.keys.iloc[:, 0].to_numpy(object)[grouped.unit_group]
    filled = grouped.unit_totals > 0
    target_rows, reference_rows = (np.flatnonzero(filled & np.isin(group, own)) for own in ([target], list(reference)))
    rows = np.concatenate([target_rows, reference_rows])
    code, documents = pd.factorize(grouped.unit_document[rows])
    units, words = [], []
    for own in (slice(len(target_rows)), slice(len(target_rows), None)):
        add = adder(code[own].astype(np.int64), len(documents))
        units.append(sp.csr_array(add @ grouped.units[rows[own]]))
        words.append(add @ grouped.unit_totals[rows[own]])
    return Sides((units[0], units[1]), (words[0], words[1]), grouped.about.reindex(documents))


def driven(sides: Sides) -> Mask:
    """Whether one document holds most of the hits of the side that uses the item more."""
    target, total_target, reference, total_reference = sides.four
    tops = [units.max(axis=0).toarray() for units in sides.units]
    n = [np.asarray((words > 0).sum()) for words in sides.words]
    more = target * total_reference >= reference * total_target
    return np.where(more, drives(target, tops[0], n[0]), drives(reference, tops[1], n[1]))


def sign_flips(sides: Sides) -> Mask:
    """Whether leaving out some one document turns the sign of the difference between the rates."""
    target, total_target, reference, total_reference = sides.four
    sign = np.sign(target * total_reference - reference * total_target)
    flips = np.zeros(len(sign), bool)
    for document, item in _worth_leaving_out(sides):
        (a, b), (words_a, words_b) = [cells_at(units, document, item) for units in sides.units], sides.words
        left_a, left_b = total_target - words_a[document], total_reference - words_b[document]
        without = np.sign((target[item] - a) * left_b - (reference[item] - b) * left_a)
        flips[item[(without == -sign[item]) & (sign[item] != 0)]] = True
    return flips


def _worth_leaving_out(sides: Sides) -> Iterator[tuple[Index, Index]]:
    """Documents and items to try: every document with a hit, and of those without any the one with most words.

    A document without a hit only takes away words; the one that takes most away from a side moves the rate furthest.
    """
    present = sp.csc_array(sides.units[0] + sides.units[1])
    document, item = present.nonzero()
    yield document, item
    for words in sides.words:
        order = np.argsort(-words, kind="stable")
        ranked = sp.csc_array(sp.csr_array(present)[order])
        ranked.sort_indices()
        column = np.repeat(np.arange(ranked.shape[1]), np.diff(ranked.indptr))
        place = np.arange(len(column)) - ranked.indptr[column]
        # While the k-th document with a hit is the k-th largest, no larger one is without.
        absent = np.bincount(column[ranked.indices == place], minlength=ranked.shape[1])
        some = np.flatnonzero(absent < len(words))
        yield order[absent[some]], some
