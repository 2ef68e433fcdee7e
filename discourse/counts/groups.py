"""Groups: counts added up, with the documents behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
import scipy.sparse as sp
from numpy.typing import NDArray

from discourse._threads import WORTH, both

from .design import Kinds, kinds_of, unit_codes, unit_numbers
from .selection import Index, Labels, labels

ROOM = 2  # pairs of groups and items that a table has room for, for each of those that documents have


@dataclass(frozen=True, eq=False)
class Units:
    """Counts of documents within groups: what groups are made of.

    Attributes:
        keys: one row per group, sorted.
        items: what is counted.
        units: documents within groups × items; `unit_group`, `unit_document`, `unit_totals` say which they are.
        about: the table of documents.
    """

    keys: pd.DataFrame
    items: pd.Index
    units: sp.csr_array
    unit_group: Index
    unit_document: pd.Index
    unit_totals: Index
    about: pd.DataFrame

    def grouped(self) -> Grouped:
        """The groups, added up."""
        filled, size = self.unit_totals > 0, len(self.keys)
        matrix, documents, top = self._added()
        return Grouped(
            **{field.name: getattr(self, field.name) for field in fields(self)},
            matrix=matrix,
            documents=documents,
            totals=added(self.unit_group, self.unit_totals, size),
            n_documents=added(self.unit_group, filled, size),
            largest=top,
        )

    @cached_property
    def kinds(self) -> Kinds:
        """Which authors, topics and dates the documents of each group have, see `kinds_of`."""
        return kinds_of(self.unit_group, self.unit_totals > 0, self.about.reindex(self.unit_document))

    @cached_property
    def n_units(self) -> Index:
        """How many documents of each group could have come out otherwise, those of an author counted as one."""
        return unit_numbers(self.kinds, self._filled())

    def drawn_together(self) -> tuple[Index, Index]:
        """Documents with words, and for each a number: the same where they could only have come out together."""
        filled = np.flatnonzero(self.unit_totals > 0)
        group, ids = self.unit_group[filled], self.unit_document.take(filled)
        author = labels(self.about["author"].reindex(ids)) if "author" in self.about else np.full(len(ids), "", object)
        return filled, unit_codes(group, author, together=self.n_units < self._filled())

    def sampled(self) -> Units:
        """What could have come out otherwise: documents with words, those of an author added up (see `n_units`)."""
        filled, code = self.drawn_together()
        first = np.unique(code, return_index=True)[1]
        if len(first) == len(self.unit_group):
            return self
        units = canonical(adder(code, len(first)) @ self.units[filled])
        totals, kept = added(code, self.unit_totals[filled], len(first)), filled[first]
        return Units(
            self.keys, self.items, units, self.unit_group[kept], self.unit_document.take(kept), totals, self.about
        )

    def _filled(self) -> Index:
        """Documents with words per group."""
        return added(self.unit_group, self.unit_totals > 0, len(self.keys))

    def _added(self) -> tuple[sp.csr_array, sp.csr_array, sp.csr_array]:
        """Hits, documents with any, and the most that one document has: groups × items."""
        if len(self.keys) * len(self.items) <= ROOM * len(self.units.data):
            return self._added_in_a_table()
        # Columns one after the other, and in each the units of a group side by side: runs of one group and item.
        order = np.argsort(self.unit_group, kind="stable")
        hits = self.units[order].tocsc()
        item, group = np.repeat(np.arange(hits.shape[1]), np.diff(hits.indptr)), self.unit_group[order][hits.indices]
        begins = np.ones(len(item), bool)
        begins[1:] = (np.diff(item) != 0) | (np.diff(group) != 0)
        first = np.flatnonzero(begins)
        shape = (len(self.keys), hits.shape[1])
        place = sp.coo_array((np.arange(len(first)), (group[first], item[first])), shape).tocsr()
        documents = np.diff(first, append=len(item))
        sums, tops = (ufunc.reduceat(hits.data, first) if len(first) else hits.data for ufunc in (np.add, np.maximum))
        return tuple(_with_data(place, values[place.data]) for values in (sums, documents, tops))

    def _added_in_a_table(self) -> tuple[sp.csr_array, sp.csr_array, sp.csr_array]:
        """The same where a table of all pairs of groups and items is no larger than what it is made of."""
        size, hits = len(self.items), self.units.data
        pair = np.repeat(self.unit_group * size, np.diff(self.units.indptr))
        pair += self.units.indices
        documents, largest = np.bincount(pair), np.zeros(len(self.keys) * size, np.int64)
        np.maximum.at(largest, pair, hits)
        some = np.flatnonzero(documents)
        sums = added(pair, hits, len(documents)).take(some)
        sizes = np.diff(np.searchsorted(some, np.arange(len(self.keys) + 1) * size))
        place = in_rows(sizes, some % max(size, 1), sums, (len(self.keys), size))
        return place, _with_data(place, documents.take(some)), _with_data(place, largest.take(some))


def _with_data(place: sp.csr_array, data: Index) -> sp.csr_array:
    matrix = sp.csr_array((data, place.indices, place.indptr), place.shape)
    matrix.has_canonical_format = True
    return matrix


@dataclass(frozen=True, eq=False)
class Grouped(Units):
    """Counts added up by group, with the documents behind them.

    Attributes:
        matrix: groups × items.
        documents: how many documents of a group have the item.
        totals: words per group.
        n_documents: documents with words per group.
        largest: the largest count of any one document, if it is known.
        known: what `kinds` says, where units are no documents.
    """

    matrix: sp.csr_array
    documents: sp.csr_array
    totals: Index
    n_documents: Index
    largest: sp.csr_array | None = None
    known: Kinds | None = None

    @cached_property
    def top_document(self) -> sp.csr_array:
        """The largest count of any one document: groups × items, as sparse as `matrix`."""
        return self._added()[2] if self.largest is None else self.largest

    @cached_property
    def kinds(self) -> Kinds:
        """Which authors, topics and dates the documents of each group have, see `kinds_of`."""
        return super().kinds if self.known is None else self.known

    def _filled(self) -> Index:
        return self.n_documents

    def at(self, group: Index, item: Index, place: Index | None = None) -> pd.DataFrame:
        """Chosen pairs of a group and an item, one row each: `count, total, documents, n_documents, top_document`.

        Where they all have hits, `place` may say where these stand in `matrix`, so that they need not be looked for.

        >>> from discourse.counts import Counts
        >>> grouped = Counts.from_matrix([[3], [1]], ["war"], pd.DataFrame(index=["a", "b"])).grouped()
        >>> grouped.at(np.array([0]), np.array([0])).to_dict("list")
        {'count': [4], 'total': [4], 'documents': [2], 'n_documents': [2], 'top_document': [3]}
        """
        count, documents, top = cells_alike([self.matrix, self.documents, self.top_document], group, item, place)
        return pd.DataFrame(
            {
                "count": count,
                "total": self.totals[group],
                "documents": documents,
                "n_documents": self.n_documents[group],
                "top_document": top,
            }
        )


def crossed(columns: Sequence[tuple[Index, Labels]]) -> tuple[Index, list[Labels]]:
    """Number the different rows of columns, in the order of their values.

    Args:
        columns: one or more, each with the place of every row's value among its values, and these; some may not occur.

    Returns:
        The number of each row, and the values of the numbers in each column.

    >>> sides, years = (np.array([1, 0, 1]), np.array(["A", "B"])), (np.array([0, 0, 0]), np.array(["2025"]))
    >>> crossed([sides, years])
    (array([1, 0, 1]), [array(['A', 'B'], dtype='<U1'), array(['2025', '2025'], dtype='<U4')])
    """
    code = np.zeros(len(columns[0][0]), np.int64)
    keys: list[Labels] = []
    for place, names in columns:
        code, found = pd.factorize(code * max(len(names), 1) + place, sort=True)
        before, last = np.divmod(found, max(len(names), 1))
        keys = [*(key[before] for key in keys), names[last]]
    return np.asarray(code, np.int64), keys


def canonical(matrix: Any) -> sp.csr_array:
    """A matrix as sorted rows without zeros: single cells are then found by bisection. What is given stays as it is.

    >>> canonical(sp.coo_array(([1, 2, 0], ([0, 0, 1], [1, 1, 0])), (2, 2))).data.tolist()
    [3]
    """
    rows = matrix if isinstance(matrix, sp.csr_array) else sp.csr_array(matrix)  # which knows of itself what it is
    if not rows.has_canonical_format or not rows.data.all():
        rows = rows.copy()
        rows.sum_duplicates()
        rows.eliminate_zeros()
    return rows


def cells_at(matrix: sp.csr_array, row: Index, column: Index) -> Index:
    """Single cells of a matrix of counts.

    >>> cells_at(sp.csr_array([[0, 2], [3, 0]]), np.array([0, 1]), np.array([1, 1])).tolist()
    [2, 0]
    """
    # scipy answers an empty choice with a sparse array.
    return np.asarray(matrix[row, column]) if len(row) else np.empty(0, np.int64)


def cells_alike(
    matrices: Sequence[sp.csr_array], row: Index, column: Index, place: Index | None = None
) -> list[Index]:
    """Single cells of several matrices of counts: looked for once, where all have them in the same places.

    Args:
        matrices: of one shape.
        row, column: of each cell.
        place: of each cell in the data of the first matrix, if it is known.

    >>> matrix = sp.csr_array([[0, 2], [3, 0]])
    >>> [cells.tolist() for cells in cells_alike([matrix, 2 * matrix], np.array([0, 1]), np.array([1, 1]))]
    [[2, 0], [4, 0]]
    """
    first = matrices[0]
    if not all(_alike(own, first) for own in matrices[1:]):
        return [cells_at(own, row, column) for own in matrices]
    if place is not None:
        return [own.data.take(place) for own in matrices]
    place = cells_at(_with_data(first, np.arange(1, first.nnz + 1)), row, column)
    return [np.append(0, own.data).take(place) for own in matrices]


def _alike(one: sp.csr_array, other: sp.csr_array) -> bool:
    return np.array_equal(one.indptr, other.indptr) and np.array_equal(one.indices, other.indices)


def tallied(row: Index, column: Index, shape: tuple[int, int]) -> sp.csr_array:
    """How often each row and column occur together, as sorted rows.

    >>> tallied(np.array([1, 0, 0]), np.array([0, 1, 1]), (2, 2)).data.tolist()
    [2, 1]
    """
    rows, columns, times = tally(row, column, shape)
    return in_rows(np.bincount(rows, minlength=shape[0]), columns, times, shape)


def tally(row: NDArray[Any], column: NDArray[Any], shape: tuple[int, int]) -> tuple[Index, Index, Index]:
    """How often each row and column occur together, by row and column; what stands after the last column is left out.

    >>> [values.tolist() for values in tally(np.array([1, 0, 0, 0]), np.array([0, 1, 2, 1]), (2, 2))]
    [[0, 1], [1, 0], [2, 1]]
    """
    width = shape[1] + 1
    # Sorting one small integer a pair beats every sort by index, and 32 bits beat 64.
    small = np.int32 if shape[0] * width < 2**31 else np.int64
    packed: NDArray[Any] = row.astype(small)
    np.multiply(packed, small(width), out=packed)
    np.add(packed, column.astype(small, copy=False), out=packed)
    packed.sort()
    pairs, times = run_lengths(packed)
    rows, columns = np.divmod(pairs, small(width))
    inside = columns < shape[1]
    return rows[inside], columns[inside], times[inside]


def sort_large(values: Index) -> None:
    """Sort in place: the lower values, and the others of which many are alike, each in a thread where they are many.

    >>> values = np.array([3, 1, 2])
    >>> sort_large(values)
    >>> values.tolist()
    [1, 2, 3]
    """
    if len(values) < WORTH:
        values.sort()
        return
    lower = 2 * len(values) // 5
    values.partition(lower)
    both(values[:lower].sort, values[lower:].sort, len(values))


def run_lengths(values: NDArray[Any]) -> tuple[NDArray[Any], Index]:
    """The distinct values among sorted ones, and how often each occurs.

    >>> [part.tolist() for part in run_lengths(np.array([3, 3, 5]))]
    [[3, 5], [2, 1]]
    """
    new = np.ones(len(values), bool)
    np.not_equal(values[1:], values[:-1], out=new[1:])
    first = np.flatnonzero(new)
    times = np.empty_like(first)
    np.subtract(first[1:], first[:-1], out=times[:-1])
    times[-1:] = len(values) - first[-1:]
    return values.take(first), times


def in_rows(sizes: Index, column: NDArray[Any], count: Index, shape: tuple[int, int]) -> sp.csr_array:
    """A matrix of cells that are sorted by row and column, each once; `sizes` are the cells of each row.

    >>> in_rows(np.array([1, 0, 1]), np.array([1, 0]), np.array([5, 6]), (3, 2)).toarray().tolist()
    [[0, 5], [0, 0], [6, 0]]
    """
    small = np.int32 if max(len(column), *shape) < 2**31 else np.int64
    starts = np.concatenate([[0], np.cumsum(sizes)]).astype(small)
    matrix = sp.csr_array((count, column.astype(small, copy=False), starts), shape)
    matrix.has_canonical_format = True
    return matrix


def adder(code: Index, size: int) -> sp.csr_array:
    """A matrix that adds the rows with the same code when it stands in front of another.

    >>> (adder(np.array([1, 0, 1]), 2) @ np.array([5, 6, 7])).tolist()
    [6, 12]
    """
    return sp.csr_array((np.ones(len(code), np.int64), (code, np.arange(len(code)))), (size, len(code)))


def added(code: Index, values: Any, size: int) -> Index:
    """The sum of the values with the same code.

    >>> added(np.array([1, 0, 1]), np.array([5, 6, 7]), 3).tolist()
    [6, 12, 0]
    """
    # Sums of whole numbers in floats are exact up to 2^53.
    return np.bincount(code, values, size).astype(np.int64)
