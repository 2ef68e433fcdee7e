"""Strata: the groups of parts of a corpus, as sums and maxima that add up over parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import scipy.sparse as sp
from numpy.typing import NDArray

from discourse.corpus.documents import order_of

from .design import Kinds, kinds_of, united_kinds
from .groups import Grouped, added
from .selection import Index, labels
from .store import Counts


@dataclass(frozen=True, eq=False)
class Groups:
    """The groups of some parts of a corpus.

    Attributes:
        keys: one row per group, as strings; without columns there is one group.
        numeric: for each column of the keys, whether its values are numbers.
        orders: for each the order of its values, empty where they are no ordered categories. Parts whose categories
            differ, as of files of which each has its own, have none: their groups stand by letters.
        totals: words per group.
        n_documents: documents with words per group.
        smallest: words of the smallest of these; 0 where there is none.
        kinds: which authors, topics and dates they have, see `kinds_of`.
        columns: of the table of documents.
    """

    keys: pd.DataFrame
    numeric: tuple[bool, ...]
    orders: tuple[tuple[str, ...], ...]
    totals: Index
    n_documents: Index
    smallest: Index
    kinds: Kinds
    columns: tuple[str, ...]

    def order(self) -> Index:
        """The groups by their values, numbers as numbers, ordered categories as they are ordered."""
        about = zip(self.keys, self.numeric, self.orders, strict=True)
        columns = [_sortable(self.keys[name], numeric, order) for name, numeric, order in about]
        return np.lexsort(columns[::-1]) if columns else np.arange(len(self.keys))

    def grouped(self, items: pd.Index, matrices: Sequence[sp.csr_array]) -> Grouped:
        """The groups with what was counted in them, as tables take them.

        Its units are no documents: one a group has of each item what a document of the group has at most.

        Args:
            items: what was counted.
            matrices: groups × items: hits, documents with any, and the most that one document has.
        """
        names = pd.Index(np.arange(len(self.keys)).astype(str))
        matrix, documents, top = matrices
        return Grouped(
            keys=self.keys,
            items=items,
            units=top,
            unit_group=np.arange(len(names)),
            unit_document=names,
            unit_totals=np.zeros(len(names), np.int64),
            matrix=matrix,
            documents=documents,
            totals=self.totals,
            n_documents=self.n_documents,
            about=pd.DataFrame({name: "" for name in self.columns if name in self.keys}, names),
            known=self.kinds,
        )


def _sortable(key: pd.Series, numeric: bool, order: Sequence[str]) -> NDArray[Any]:
    """What sorts as the values of a column do."""
    if order:
        return pd.Index(dict.fromkeys(["", *order])).get_indexer(pd.Index(key))
    return np.asarray(pd.to_numeric(key, errors="coerce").fillna(-np.inf) if numeric else key)


def groups_of(counts: Counts, by: Sequence[str]) -> tuple[Index, Groups]:
    """Tell the groups of cells of which each is all that one document has in one group.

    Args:
        counts: of one part.
        by: document columns, `doc_id`, and all layers that were counted by.

    Returns:
        The group of each cell, and the groups.

    >>> frame = pd.DataFrame({"term": "war", "side": ["B", "A", "B"], "count": [1, 2, 4]})
    >>> group, groups = groups_of(Counts.from_frame(frame, by="side"), ["side"])
    >>> group.tolist(), groups.keys["side"].tolist(), groups.totals.tolist()
    ([0, 1], ['A', 'B'], [2, 5])
    """
    values = [_values(counts, name) for name in by]
    named = {name: labels(value) for name, value in zip(by, values, strict=True)}
    table = pd.DataFrame(named, index=range(len(counts.cells))).astype("str")
    (group,), keys = numbered_rows([table])
    keys = keys if by else pd.DataFrame(index=range(1))  # without columns there is one group, also of no cells
    filled = counts.totals > 0
    groups = Groups(
        keys,
        tuple(map(_of_numbers, values)),
        tuple(tuple(order_of(value)) for value in values),
        added(group, counts.totals, len(keys)),
        added(group, filled, len(keys)),
        _least(group[filled], counts.totals[filled], len(keys)),
        kinds_of(group, filled, counts.documents.reindex(counts.cells["doc_id"])),
        tuple(map(str, counts.documents.columns)),
    )
    return group, groups


def _values(counts: Counts, name: str) -> pd.Series:
    """The value of a column in each cell."""
    return counts.cells[name] if name in counts.cells else counts.documents[name].reindex(counts.cells["doc_id"])


def _of_numbers(values: pd.Series) -> bool:
    """Whether a column holds numbers; True and False are names, as 1 and 0 are not."""
    return pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values)


def _least(code: Index, values: Index, size: int) -> Index:
    """The smallest of the values with the same code; 0 where there is none."""
    least = np.full(size, np.iinfo(np.int64).max)
    np.minimum.at(least, code, values)
    least[np.bincount(code, minlength=size) == 0] = 0
    return least


def numbered_rows(tables: Sequence[pd.DataFrame]) -> tuple[list[Index], pd.DataFrame]:
    """Number the distinct rows of several tables as they come.

    Returns:
        The numbers of the rows of each table, and the distinct rows.

    >>> numbers, rows = numbered_rows([pd.DataFrame({"side": ["B", "A"]}), pd.DataFrame({"side": ["A", "C"]})])
    >>> [number.tolist() for number in numbers], rows["side"].tolist()
    ([[0, 1], [1, 2]], ['B', 'A', 'C'])
    """
    every = pd.concat(tables, ignore_index=True)
    names = list(every.columns)
    number = every.groupby(names, sort=False).ngroup().to_numpy(np.int64) if names else np.zeros(len(every), np.int64)
    rows = every[~every.duplicated()] if names else every.iloc[:1]
    return np.split(number, np.cumsum([len(table) for table in tables])[:-1]), rows.reset_index(drop=True)


def _same(orders: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The order that all have, or none."""
    return orders[0] if len(set(orders)) == 1 else ()


def united_groups(several: Sequence[Groups]) -> tuple[list[Index], Groups]:
    """The groups of several parts as those of one.

    Returns:
        For each part where its groups are among all, and all of them.
    """
    places, keys = numbered_rows([groups.keys for groups in several])
    place, size = np.concatenate(places), len(keys)
    smallest = np.concatenate([groups.smallest for groups in several])
    whole = Groups(
        keys,
        tuple(map(all, zip(*(groups.numeric for groups in several), strict=True))),
        tuple(map(_same, zip(*(groups.orders for groups in several), strict=True))),
        added(place, np.concatenate([groups.totals for groups in several]), size),
        added(place, np.concatenate([groups.n_documents for groups in several]), size),
        _least(place[smallest > 0], smallest[smallest > 0], size),
        united_kinds([groups.kinds for groups in several], places),
        several[0].columns,
    )
    return places, whole
