"""Counts: how often each item occurs in each cell, in a form that adds up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Self

import numpy as np
import pandas as pd
import scipy.sparse as sp
from numpy.typing import NDArray

from discourse._errors import choose

from .selection import By, names_of

Index = NDArray[np.int64]


@dataclass(frozen=True, eq=False, repr=False)
class Counts:
    """Items counted in cells. A cell is a document, or the part of it with one value of each layer counted by.

    Cells collapse into groups by addition, and counts of parts add up to the counts of the whole.

    Attributes:
        matrix: int64 sparse array, cells × items.
        cells: one row per cell: `doc_id` and the layers counted by.
        items: what is counted, sorted; its name says what it is (term, frame).
        totals: int64, words per cell.
        documents: the table of documents, for groups by their columns.
        by: the columns the counts were asked for by.

    >>> frame = pd.DataFrame({"term": ["war", "peace"], "outlet": ["A", "B"], "count": [3, 1]})
    >>> counts = Counts.from_frame(frame, item="term", by="outlet")
    >>> (counts + counts).grouped("outlet").matrix.toarray().tolist()
    [[0, 6], [2, 0]]
    """

    matrix: sp.csr_array
    cells: pd.DataFrame
    items: pd.Index
    totals: Index
    documents: pd.DataFrame
    by: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Counts({len(self.cells):,} cells × {len(self.items):,} {self.items.name}s, {int(self.matrix.sum()):,} hits)"

    @property
    def layers(self) -> list[str]:
        """The layers that tell cells of one document apart."""
        return [name for name in self.cells.columns if name != "doc_id"]

    @classmethod
    def from_matrix(cls, matrix: Any, items: Any, documents: pd.DataFrame, *, item: str = "term", totals: Any = None) -> Self:
        """Make counts of a document × item matrix, such as the result of a `CountVectorizer`.

        Args:
            matrix: integers, documents × items, sparse or dense.
            items: the names of the columns.
            documents: one row per row of the matrix; the index names the documents.
            item: what the items are.
            totals: words per document; by default the row sums.

        >>> Counts.from_matrix([[1, 0], [2, 5]], ["war", "peace"], pd.DataFrame({"outlet": ["A", "B"]}))
        Counts(2 cells × 2 terms, 8 hits)
        """
        table = sp.csr_array(matrix)
        if table.shape != (len(documents), len(items)):
            raise ValueError(
                f"matrix must have one row a document and one column an item; got {table.shape} for "
                f"{len(documents)} documents and {len(items)} items. Transpose or correct it."
            )
        names = pd.Index(np.asarray(items, object), name=item)
        order = np.argsort(names.to_numpy(), kind="stable")
        ids = documents.index.astype(str)
        return cls(
            sp.csr_array(table[:, order]).astype(np.int64),
            pd.DataFrame({"doc_id": ids.to_numpy(object)}),
            names[order],
            np.asarray(table.sum(axis=1) if totals is None else totals, np.int64),
            documents.set_axis(ids.rename("doc_id"), axis=0),
        )

    @classmethod
    def from_frame(cls, frame: pd.DataFrame, *, item: str = "term", by: str | None = None) -> Self:
        """Make counts of a frequency list: one row per group and item with its `count`; each group is one cell."""
        for name in (item, "count", *([by] if by else [])):
            choose("a column of the list", name, list(frame.columns))
        groups = frame[by].astype(str) if by else pd.Series("all", index=frame.index)
        rows, names = pd.factorize(groups, sort=True)
        columns, items = pd.factorize(frame[item].astype(str), sort=True)
        matrix = sp.coo_array((frame["count"].astype(np.int64), (rows, columns)), (len(names), len(items))).tocsr()
        documents = pd.DataFrame({by or "group": np.asarray(names, object)}, index=pd.Index(names, name="doc_id"))
        made = cls.from_matrix(matrix, items, documents, item=item)
        return replace(made, by=(by,) if by else ())

    def __add__(self, other: Counts) -> Counts:
        """The counts of both: equal cells are added, items and documents joined.

        Raises:
            ValueError: the two count different things or have different layers.
        """
        if self.layers != other.layers or self.items.name != other.items.name:
            raise ValueError(
                f"Counts can be added when they count the same thing by the same layers; got {self.items.name} by "
                f"{self.layers} and {other.items.name} by {other.layers}. Count both with the same arguments."
            )
        items = pd.Index(np.union1d(self.items.to_numpy(object), other.items.to_numpy(object)), name=self.items.name)
        both = pd.concat([self.cells, other.cells], ignore_index=True)
        keys = pd.MultiIndex.from_frame(both.astype(str))
        row, _ = pd.factorize(keys)
        cells = both.loc[~keys.duplicated()].reset_index(drop=True)
        parts = [(counts.matrix.tocoo(), items.get_indexer(counts.items)) for counts in (self, other)]
        rows = np.concatenate([row[p.coords[0] + i * len(self.cells)] for i, (p, _) in enumerate(parts)])
        columns = np.concatenate([column[p.coords[1]] for p, column in parts])
        values = np.concatenate([p.data for p, _ in parts])
        totals = np.zeros(len(cells), np.int64)
        np.add.at(totals, row, np.concatenate([self.totals, other.totals]))
        documents = pd.concat([self.documents, other.documents])
        return Counts(
            sp.coo_array((values, (rows, columns)), (len(cells), len(items))).tocsr(),
            cells,
            items,
            totals,
            documents[~documents.index.duplicated()],
            self.by,
        )

    def grouped(self, by: By = None) -> Grouped:
        """Add the cells of each group.

        Args:
            by: document columns, `doc_id`, or layers that were counted by; by default those the counts were made with.

        Raises:
            ValueError: an unknown column, or a layer that was not counted by.
        """
        names = self.by if by is None else names_of(by)
        known = ["doc_id", *self.documents.columns, *self.layers]
        columns = {name: self._column(choose("by", name, known)) for name in names}
        keys = pd.DataFrame(columns, index=self.cells.index)
        if not names:
            return self._collapse(np.zeros(len(self.cells), np.int64), pd.DataFrame(index=range(1)))
        groups = keys.groupby(list(names), sort=True)
        return self._collapse(groups.ngroup().to_numpy(), groups.size().index.to_frame(index=False))

    def _column(self, name: str) -> NDArray:
        if name in self.cells:
            return self.cells[name].to_numpy()
        values = self.documents[name].reindex(self.cells["doc_id"])
        return values.map(lambda value: "" if pd.isna(value) else str(value)).to_numpy(object)

    def _collapse(self, code: Index, keys: pd.DataFrame) -> Grouped:
        document, _ = pd.factorize(self.cells["doc_id"])
        n_groups, n_documents = len(keys), int(document.max(initial=-1)) + 1
        # Cells of one group and one document are added first: documents are then counted by their non-zero rows.
        pair, where = np.unique(code * max(n_documents, 1) + document, return_inverse=True)
        by_document = _adder(where, len(pair)) @ self.matrix
        of_pair = pair // max(n_documents, 1)
        add = _adder(of_pair, n_groups)
        totals = np.bincount(where, self.totals, len(pair)).astype(np.int64)
        return Grouped(
            keys=keys,
            items=self.items,
            units=sp.csr_array(by_document),
            unit_group=of_pair,
            unit_document=pd.Index(self.cells["doc_id"].unique())[pair % max(n_documents, 1)],
            unit_totals=totals,
            matrix=sp.csr_array(add @ by_document),
            documents=sp.csr_array(add @ (by_document > 0).astype(np.int64)),
            totals=np.bincount(of_pair, totals, n_groups).astype(np.int64),
            n_documents=np.bincount(of_pair, totals > 0, n_groups).astype(np.int64),
            about=self.documents,
        )

    def to_sparse(self) -> sp.csr_array:
        """The matrix, cells × items, as a copy."""
        return self.matrix.copy()

    def to_frame(self) -> pd.DataFrame:
        """The groups × items matrix as a plain table, one column an item."""
        grouped = self.grouped(self.by or "doc_id")
        index = pd.MultiIndex.from_frame(grouped.keys) if len(grouped.keys.columns) > 1 else pd.Index(
            grouped.keys.iloc[:, 0]
        )
        return pd.DataFrame(grouped.matrix.toarray(), index=index, columns=self.items)


@dataclass(frozen=True, eq=False)
class Grouped:
    """Counts added up by group, with the documents behind them.

    Attributes:
        keys: one row per group, sorted.
        items: what is counted.
        units: documents within groups × items; `unit_group`, `unit_document`, `unit_totals` say which they are.
        matrix: groups × items.
        documents: how many documents of a group have the item.
        totals: words per group.
        n_documents: documents with words per group.
        about: the table of documents.
    """

    keys: pd.DataFrame
    items: pd.Index
    units: sp.csr_array
    unit_group: Index
    unit_document: pd.Index
    unit_totals: Index
    matrix: sp.csr_array
    documents: sp.csr_array
    totals: Index
    n_documents: Index
    about: pd.DataFrame

    @cached_property
    def top_document(self) -> sp.csr_array:
        """The largest count of any one document: groups × items, as sparse as `matrix`."""
        units = self.units.tocoo()
        key = self.unit_group[units.coords[0]] * len(self.items) + units.coords[1]
        order = np.argsort(key, kind="stable")
        unique, first = np.unique(key[order], return_index=True)
        top = np.maximum.reduceat(units.data[order], first) if len(first) else units.data
        where = (unique // max(len(self.items), 1), unique % max(len(self.items), 1))
        return sp.csr_array(sp.coo_array((top, where), self.matrix.shape))


def _adder(code: Index, size: int) -> sp.csr_array:
    """A matrix that adds the rows with the same code."""
    return sp.csr_array(sp.coo_array((np.ones(len(code), np.int64), (code, np.arange(len(code)))), (size, len(code))))
