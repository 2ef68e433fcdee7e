"""Counts: how often each item occurs in each cell, in a form that adds up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np
import pandas as pd
import pyarrow.compute as pc
import scipy.sparse as sp
from numpy.typing import NDArray

from discourse._errors import choose, listed
from discourse.corpus.documents import order_of

from .groups import Grouped, Units, added, adder, canonical, crossed
from .origins import Origin, check_same
from .selection import By, Index, Labels, labels, names_of
from .spellings import stacked, strings, united
from .weights import Weighed, of_weight_one, one_after_the_other

NULLS = "Words such as 'null' are read as missing by pandas: read the file with keep_default_na=False."


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
        weighed: the hits by their weights, if patterns of the codebook have some.
        origin: how they were made; None where that is not known, as of a frequency list.

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
    weighed: Weighed | None = None
    origin: Origin | None = None

    def __repr__(self) -> str:
        what, hits = f"{len(self.items):,} {self.items.name}s", int(self.matrix.sum())
        return f"Counts({len(self.cells):,} cells × {what}, {hits:,} hits)"

    @property
    def layers(self) -> list[str]:
        """The layers that tell cells of one document apart."""
        return [str(name) for name in self.cells.columns if name != "doc_id"]

    @classmethod
    def from_matrix(
        cls, matrix: Any, items: Any, documents: pd.DataFrame, *, item: str = "term", totals: Any = None
    ) -> Self:
        """Make counts of a document × item matrix, such as the result of a `CountVectorizer`.

        Args:
            matrix: whole numbers, documents × items, sparse or dense.
            items: the names of the columns.
            documents: one row per row of the matrix; the index names the documents.
            item: what the items are.
            totals: words per document; by default the row sums.

        Raises:
            ValueError: sizes that do not fit, a name that repeats or is missing, or a number that is no count.

        >>> Counts.from_matrix([[1, 0], [2, 5]], ["war", "peace"], pd.DataFrame({"outlet": ["A", "B"]}))
        Counts(2 cells × 2 terms, 8 hits)
        """
        table, names, ids = _table(matrix), _names(items), _ids(documents)
        words = np.asarray(table.sum(axis=1) if totals is None else totals)
        _check_sizes(table, names, ids)
        _check_counts(table, words)
        order = pc.sort_indices(strings(names)).to_numpy()
        return cls(
            canonical(table[:, order].astype(np.int64)),
            pd.DataFrame({"doc_id": ids.to_numpy(object)}),
            names[order].rename(item),
            words.astype(np.int64),
            documents.set_axis(ids.rename("doc_id"), axis=0),
        )

    @classmethod
    def from_frame(cls, frame: pd.DataFrame, *, item: str = "term", by: str | None = None) -> Self:
        """Make counts of a frequency list: one row per group and item with its `count`; each group is one cell.

        The words of a group are in its column `total`, where the list has one, else they are what its counts add up to:
        of a list without its rare words give the `total`.

        Raises:
            ValueError: a column or an item is missing, a number is no count, or a group has several totals.

        >>> frame = pd.DataFrame({"term": ["war", "peace"], "count": [3, 1], "total": [900, 900]})
        >>> counts = Counts.from_frame(frame)
        >>> counts, counts.totals.tolist()
        (Counts(1 cells × 2 terms, 4 hits), [900])
        """
        for name in (item, "count", *([by] if by else [])):
            choose("a column of the list", name, list(frame.columns))
        _check_list(frame, item)
        groups = labels(frame[by]) if by else np.full(len(frame), "all", object)
        order = order_of(frame[by]) if by else []
        rows, names = pd.factorize(groups, sort=True)
        columns, items = pd.factorize(labels(frame[item]), sort=True)
        matrix = sp.coo_array((frame["count"].to_numpy(), (rows, columns)), (len(names), len(items)))
        values = pd.Categorical(names, list(dict.fromkeys(["", *order])), ordered=True) if order else names
        documents = pd.DataFrame({by or "group": values}, index=pd.Index(names, name="doc_id"))
        made = cls.from_matrix(matrix, items, documents, item=item, totals=_list_totals(frame, rows, names))
        return replace(made, by=(by,) if by else ())

    def __add__(self, other: Counts) -> Counts:
        """The counts of both: equal cells are added, items and documents joined.

        Raises:
            ValueError: the two count different things (also words and pairs, different voices, by different
                codebooks), have different layers, or tell different things of a document.
        """
        return merged([self, other]) if isinstance(other, Counts) else NotImplemented

    def __radd__(self, other: Any) -> Counts:
        """Begin with nothing, as `sum` does."""
        return self if isinstance(other, int) and other == 0 else NotImplemented

    def grouped(self, by: By = None) -> Grouped:
        """Add the cells of each group.

        Args:
            by: document columns, `doc_id`, or layers that were counted by; by default those the counts were made with.

        Returns:
            The groups in the order of their values, numbers as numbers, ordered categories as they are ordered; their
            names are strings, empty where the value is missing.

        Raises:
            ValueError: an unknown column, or a layer that was not counted by.
        """
        return self.units(by).grouped()

    def weighted(self, by: By = None) -> NDArray[np.float64] | None:
        """What the weights of the hits add up to: groups × items, as `grouped` has them; None without weights."""
        if self.weighed is None:
            return None
        matrix = replace(self, matrix=self.weighed.matrix, items=self.weighed.kinds).grouped(by).matrix
        weighted: NDArray[np.float64] = (matrix @ self.weighed.weights(self.items)).toarray()
        return weighted

    def units(self, by: By = None) -> Units:
        """The documents of each group, not yet added up; see `grouped`."""
        names = self.by if by is None else names_of(by)
        known = list(dict.fromkeys(["doc_id", *self.documents.columns, *self.layers]))
        for name in names:
            choose("by", name, known)
        if not names:
            return self._collapse(np.zeros(len(self.cells), np.int64), pd.DataFrame(index=range(1)))
        code, keys = crossed([self._values(name) for name in names])
        table = {name: pd.array(key, dtype="str") for name, key in zip(names, keys, strict=True)}
        return self._collapse(code, pd.DataFrame(table))

    def _values(self, name: str) -> tuple[Index, Labels]:
        """For each cell the place of its value of a column among all values, and these in their order."""
        values = self.cells[name] if name in self.cells else self.documents[name].reindex(self.cells["doc_id"])
        own = labels(values)
        if order := order_of(values):
            order = ["", *order]
        elif pd.api.types.is_numeric_dtype(values):
            order = list(labels(values.drop_duplicates().sort_values(na_position="first")))
        names = np.array(list(dict.fromkeys(order or sorted(set(own)))), object)
        return pd.Index(names).get_indexer(pd.Index(own)), names

    def _collapse(self, code: Index, keys: pd.DataFrame) -> Units:
        document, names = pd.factorize(self.cells["doc_id"])
        ids, about = pd.Index(names), self.documents
        if len(ids) == len(self.cells):
            return Units(keys, self.items, canonical(self.matrix), code, ids, self.totals, about)
        # Cells of one group and one document are added: documents are then counted by their non-zero rows.
        unit, where = np.unique(code * max(len(ids), 1) + document, return_inverse=True)
        group, own = np.divmod(unit, max(len(ids), 1))
        units = canonical(adder(where, len(unit)) @ self.matrix)
        totals = added(where, self.totals, len(unit))
        return Units(keys, self.items, units, group, ids.take(own), totals, about)

    def to_sparse(self) -> sp.csr_array:
        """The matrix, cells × items, as a copy.

        >>> Counts.from_matrix([[1, 0]], ["b", "a"], pd.DataFrame(index=["d"])).to_sparse().toarray().tolist()
        [[0, 1]]
        """
        return self.matrix.copy()

    def to_frame(self) -> pd.DataFrame:
        """The groups × items matrix as a plain table, one column an item; by document where no group was asked for.

        >>> Counts.from_matrix([[1, 0]], ["b", "a"], pd.DataFrame(index=["d"])).to_frame().loc["d"].to_dict()
        {'a': 0, 'b': 1}
        """
        grouped = self.grouped(self.by or "doc_id")
        several = len(grouped.keys.columns) > 1
        index = pd.MultiIndex.from_frame(grouped.keys) if several else pd.Index(grouped.keys.iloc[:, 0])
        return pd.DataFrame(grouped.matrix.toarray(), index=index, columns=self.items)


def merged(several: Sequence[Counts]) -> Counts:
    """The counts of several put together: vocabularies are made one, equal cells added, documents joined.

    Args:
        several: one or more, by the same layers.

    Raises:
        ValueError: two count different things, have different layers, or tell different things of a document.

    >>> one, two = (Counts.from_frame(pd.DataFrame({"term": [term], "count": [2]})) for term in ("war", "peace"))
    >>> merged([one, two, one]).to_frame().to_dict("list")
    {'peace': [2], 'war': [4]}
    """
    first = several[0]
    if len(several) == 1:
        return first
    for other in several[1:]:
        _check_alike(first, other)
    origins = [counts.origin for counts in several if counts.origin]
    for origin in origins[1:]:
        check_same(origins[0], origin)
    items, places = united([counts.items for counts in several])
    matrix = stacked([counts.matrix for counts in several], places, len(items))
    weighed = _weighed(several)
    cells = pd.concat([counts.cells for counts in several], ignore_index=True)
    totals = np.concatenate([counts.totals for counts in several])
    if cells.duplicated().any():
        row = np.asarray(cells.groupby(list(cells.columns), sort=False, dropna=False).ngroup(), np.int64)
        cells = cells.drop_duplicates(ignore_index=True)
        matrix, totals = canonical(adder(row, len(cells)) @ matrix), added(row, totals, len(cells))
        weighed = weighed and weighed.added(row, len(cells))
    documents = pd.concat([counts.documents for counts in several])
    if (again := documents.index.duplicated()).any():
        _check_same(documents[documents.index.duplicated(keep=False)])
    return Counts(matrix, cells, items, totals, documents[~again], first.by, weighed, next(iter(origins), None))


def _weighed(several: Sequence[Counts]) -> Weighed | None:
    """The weights of all cells, one after the other; where only some have weights, the hits of the others weigh 1."""
    if all(counts.weighed is None for counts in several):
        return None
    return one_after_the_other([counts.weighed or of_weight_one(counts.matrix, counts.items) for counts in several])


def _check_alike(one: Counts, other: Counts) -> None:
    if one.layers != other.layers or one.items.name != other.items.name:
        raise ValueError(
            f"Counts can be added when they count the same thing by the same layers; got {one.items.name} by "
            f"{one.layers} and {other.items.name} by {other.layers}. Count both with the same arguments."
        )


def _check_same(documents: pd.DataFrame) -> None:
    """Refuse documents of one id of which different things are known: most likely they are not the same."""
    for name in documents.columns:
        told = pd.DataFrame({"doc_id": documents.index, "value": labels(documents[name])})
        told = told[told["value"] != ""].drop_duplicates()
        twice = told["doc_id"].duplicated()
        if twice.any():
            doc_id = told["doc_id"][twice].iloc[0]
            raise ValueError(
                f"Counts of different documents cannot be added under one id; {doc_id!r} has {name} "
                f"{listed(told['value'][told['doc_id'] == doc_id])}. Give every document an id of its own."
            )


def _table(matrix: Any) -> sp.csr_array:
    try:
        return sp.csr_array(matrix)
    except (TypeError, ValueError):
        raise ValueError(
            f"matrix must hold numbers, documents × items; got {type(matrix).__name__} of something else. "
            "Give raw counts."
        ) from None


def _names(items: Any) -> pd.Index:
    if isinstance(items, str) or not pd.api.types.is_list_like(items):
        raise ValueError(f"items must name the columns of the matrix; got {items!r}. Give a list of names.")
    names: pd.Index = pd.Index(items, dtype="str")
    if names.hasnans:
        raise ValueError(f"items must all have names; column {int(np.argmax(names.isna()))} has none. {NULLS}")
    return names


def _ids(documents: pd.DataFrame) -> pd.Index:
    if not isinstance(documents, pd.DataFrame):
        raise ValueError(
            f"documents must be a table with one row per row of the matrix; got a {type(documents).__name__}. "
            "Give pandas.DataFrame(index=ids) where nothing is known of them."
        )
    return documents.index.astype(str)


def _check_list(frame: pd.DataFrame, item: str) -> None:
    missing = frame[item].isna().to_numpy()
    if missing.any():
        raise ValueError(f"Every row of the list must have a {item}; row {int(np.argmax(missing))} has none. {NULLS}")
    if len(frame) and not pd.api.types.is_numeric_dtype(frame["count"]):
        raise ValueError(
            f"count must hold numbers; got {frame['count'].iloc[0]!r} in a column of {frame['count'].dtype}. "
            "Convert it with pandas.to_numeric."
        )


def _list_totals(frame: pd.DataFrame, rows: Index, names: NDArray[Any]) -> Any:
    """The words of each group of a list, if it tells them."""
    if "total" not in frame:
        return None
    words = pd.Series(frame["total"].to_numpy()).groupby(rows).agg(["min", "max"])
    if (several := (words["min"] != words["max"]).to_numpy()).any():
        raise ValueError(
            f"total must be the words of a group, the same in all its rows; {names[int(np.argmax(several))]!r} has "
            "several. Correct the column, or drop it."
        )
    return words["max"].to_numpy()


def _check_sizes(table: sp.csr_array, items: pd.Index, ids: pd.Index) -> None:
    if table.shape != (len(ids), len(items)):
        raise ValueError(
            f"matrix must have one row a document and one column an item; got {table.shape} for "
            f"{len(ids)} documents and {len(items)} items. Transpose or correct it."
        )
    for what, names in (("items", items), ("documents", ids)):
        if not names.is_unique:
            twice = names[names.duplicated()][0]
            raise ValueError(f"{what} must have names of their own; {twice!r} occurs more than once. Add them first.")


def _check_counts(table: sp.csr_array, words: Any) -> None:
    for what, numbers in (("matrix", table.data), ("totals", words)):
        if len(numbers) and (np.min(numbers) < 0 or (numbers != np.round(numbers)).any()):
            raise ValueError(f"{what} must hold counts: whole numbers, none negative. Give raw counts.")
    if words.shape != (table.shape[0],):
        raise ValueError(f"totals must be one number a document; got {words.shape} for {table.shape[0]} documents.")
    most = table.max(axis=1).toarray() if table.shape[1] else np.zeros(len(words), np.int64)
    if (more := most > words).any():
        row = int(np.argmax(more))
        raise ValueError(
            f"totals must be the words of each document, not less than it has of any item; row {row} has {most[row]} "
            f"of one in {words[row]} words. Correct them, or leave them out."
        )
