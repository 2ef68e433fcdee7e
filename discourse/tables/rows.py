"""Rows: what every table of counts per group begins and ends with."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from discourse.counts import By, Counts, Grouped, Where, term_counts
from discourse.counts.matches import COLUMNS
from discourse.tokens import LAYERS, Encoded

from .flags import Index, Mask, low_expected, row_flags

PER = 1000  # rates are hits per so many words
ONE_COLUMN = "Compare one column at a time; for one voice, count with where={'voice': 'author'}."
OF_HITS = frozenset(COLUMNS).difference(LAYERS, ["doc_id"])  # such a column of documents is not in the hits
OWN = ("per_1k", "share", "low", "high", "interval", "rank", "dp", "dp_norm", "flags")


def counts_of_terms(tokens: Encoded | Counts, *, by: By, ngram: int, where: Where | None) -> Counts:
    """Terms counted, or the counts as they are given.

    Raises:
        ValueError: counts with an argument that would have had to be given where they were made.
    """
    if isinstance(tokens, Counts):
        refuse_with_counts(ngram=(ngram, 1), where=(where, None))
        return tokens
    return term_counts(tokens, by=by, ngram=ngram, where=where)


def refuse_with_counts(**given: tuple[object, object]) -> None:
    """Refuse arguments that counts were made with: given again they would be ignored.

    >>> refuse_with_counts(ngram=(2, 1))
    Traceback (most recent call last):
    ValueError: ngram has no effect on counts made before; got 2. Give it where you count.
    """
    for name, (value, default) in given.items():
        if value is not default and value != default:
            raise ValueError(f"{name} has no effect on counts made before; got {value!r}. Give it where you count.")


def every_pair(grouped: Grouped) -> tuple[Index, Index]:
    """Each group with each item, also where there is no hit."""
    group, item = np.indices(grouped.matrix.shape)
    return group.ravel(), item.ravel()


def counted_rows(
    grouped: Grouped,
    group: Index,
    item: Index,
    *,
    compared: Mapping[str, Mask] | None = None,
    place: Index | None = None,
) -> pd.DataFrame:
    """Rows for pairs of a group and an item.

    Args:
        grouped: the groups.
        group, item: of each row.
        compared: flags of each row against all other groups; by default whether it has few expected hits.
        place: of each row among the hits of the groups, if it is known.

    Returns:
        `[by…], <item>, count, total` (words of the group)`, documents, n_documents, flags`.

    Raises:
        ValueError: a group column has the name of a column that tables have themselves.

    >>> counts = Counts.from_frame(pd.DataFrame({"term": ["war"], "side": ["A"], "count": [2]}), by="side")
    >>> counted_rows(counts.grouped(), np.array([0]), np.array([0]))[["side", "term", "count"]].values.tolist()
    [['A', 'war', 2]]
    """
    numbers = grouped.at(group, item, place)
    refuse_clash(grouped.keys, [str(grouped.items.name), *numbers, *OWN])
    table = grouped.keys.iloc[group].reset_index(drop=True)
    table[str(grouped.items.name)] = grouped.items.take(item).array
    top = numbers.pop("top_document").to_numpy()
    masks = {"low_expected": _low(grouped, group, item)} | dict(compared or {})
    flags = row_flags(grouped, group, numbers["count"].to_numpy(), top, compared=masks)
    return table.join(numbers).assign(flags=flags)


def _low(grouped: Grouped, group: Index, item: Index) -> Mask:
    """Whether few hits are expected on a side of a group and all others, by words."""
    every = np.asarray(grouped.matrix.sum(axis=0), np.int64)[item]
    words = np.full(len(item), grouped.totals.sum())
    return low_expected(grouped.totals[group], every, words)


def order_by(*keys: ArrayLike) -> Index:
    """The order of rows by several keys, the first one first.

    >>> order_by([1, 0, 0], ["a", "c", "b"]).tolist()
    [2, 1, 0]
    """
    return np.lexsort([np.asarray(key) for key in reversed(keys)])


def distinct(owner: NDArray[np.integer], value: NDArray[np.integer], size: int) -> Index:
    """How many distinct values each of so many owners has.

    >>> distinct(np.array([0, 0, 0, 2]), np.array([7, 7, 8, 7]), 3).tolist()
    [2, 0, 1]
    """
    width = int(np.max(value, initial=0)) + 1
    return np.bincount(np.unique(owner.astype(np.int64) * width + value) // width, minlength=size)


def refuse_clash(groups: Iterable[Hashable], columns: Sequence[str]) -> None:
    """Refuse groups by a column that has the name of one of the table's own, or of the hits behind it.

    >>> refuse_clash(["name"], ["frame"])
    Traceback (most recent call last):
    ValueError: by must not name a column that hits have themselves; got 'name'. Rename yours.
    """
    for name in groups:
        remedy = "Leave it out" if name in LAYERS else "Rename yours"
        if name in columns:
            raise ValueError(f"by must not name a column that the table has itself; got {name!r}. {remedy}.")
        if name in OF_HITS:
            raise ValueError(f"by must not name a column that hits have themselves; got {name!r}. {remedy}.")


def per_1k(count: pd.Series, total: pd.Series) -> pd.Series:
    """Hits per 1,000 words; `nan` where there are no words."""
    return PER * count / total.where(total > 0)
