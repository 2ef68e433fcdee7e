"""Drawing units from strata: a sample that hangs on the seed and on the documents, not on how a corpus is cut."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse.corpus.documents import order_of
from discourse.counts import By, labels
from discourse.counts.selection import Index, names_of
from discourse.tokens import Encoded


@dataclass(frozen=True)
class Drawn:
    """What is drawn of one or more parts.

    Attributes:
        units: the units with the smallest random numbers of each stratum.
        population: how many units each stratum has.
    """

    units: pd.DataFrame
    population: pd.Series


def together(parts: Sequence[Drawn], *, most: Mapping[str, int]) -> Drawn:
    """What is drawn of all parts.

    Args:
        parts: what is drawn of each.
        most: how many units of each stratum may be drawn.
    """
    units = pd.concat([part.units for part in parts], ignore_index=True)
    population = pd.concat([part.population for part in parts])
    ordered = units.sort_values(["random", "doc_id", "start"], kind="stable", ignore_index=True)
    nth = ordered.groupby(strata_of(ordered), sort=False).cumcount()
    first = ordered[nth < ordered["stratum"].map(most)].reset_index(drop=True)
    return Drawn(first, population.groupby(level=list(range(population.index.nlevels))).sum())


def strata_of(units: pd.DataFrame) -> list[str]:
    """The columns that tell strata apart."""
    return [name for name in units.columns if name.startswith("by:") or name in ("frame", "stratum", "pattern")]


def check_groups(tokens: Encoded, by: By, taken: Sequence[str]) -> None:
    """Check that groups can be sampled one by one.

    Raises:
        ValueError: `by` names no document column, or one that a sheet has itself.
    """
    for name in names_of(by):
        if name not in tokens.documents.columns:
            raise ValueError(f"by must name document columns; got {name!r}. Choose from the table of documents.")
        if name in taken:
            raise ValueError(f"by must not name a column that the sheet has itself; got {name!r}. Rename yours.")


def groups_of(columns: Mapping[str, NDArray[np.object_]], size: int) -> tuple[Index, pd.DataFrame]:
    """The group of each document, and what the groups are."""
    if not columns:
        return np.zeros(size, np.int64), pd.DataFrame(index=range(1))
    numbers: Index = np.asarray(pd.DataFrame(columns).groupby(list(columns), sort=True).ngroup(), np.int64)
    return numbers, pd.DataFrame(columns).drop_duplicates().sort_values(list(columns), ignore_index=True)


def first_of_each(cell: Index, random: NDArray[np.uint64], most: Index) -> Index:
    """The rows with the smallest random numbers of each cell, so many as may be.

    Args:
        cell: one a row, from 0.
        random: one a row.
        most: one a cell.

    >>> first_of_each(np.array([1, 0, 1, 1]), np.array([9, 7, 5, 8], np.uint64), np.array([1, 2])).tolist()
    [1, 2, 3]
    """
    size = np.bincount(cell, minlength=len(most))
    # Of many rows only those are put in order that are likely to be drawn; where too few were likely, all are.
    likely = np.minimum((4.0 * most + 60) / np.maximum(size, 1), 1.0) * float(2**63)
    row = np.flatnonzero((random >> np.uint64(1)).astype(np.float64) <= likely[cell])
    if (np.bincount(cell[row], minlength=len(most)) < np.minimum(most, size)).any():
        row = np.arange(len(cell))
    row = row[np.lexsort([random[row], cell[row]])]
    begin = np.searchsorted(cell[row], cell[row])
    return row[np.arange(len(row)) - begin < most[cell[row]]]


def hashed(texts: NDArray[np.object_], seed: int) -> NDArray[np.uint64]:
    """A number for each text that hangs on the seed."""
    if not len(texts):
        return np.empty(0, np.uint64)
    hashed = pd.util.hash_array(np.asarray(texts, object), categorize=True)
    return mixed(np.asarray(hashed, np.uint64), np.array([seed], np.int64).astype(np.uint64))


def mixed(numbers: NDArray[np.uint64], salt: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Numbers that look random: the finalizer of SplitMix64 (Steele, Lea and Flood 2014)."""
    x = (numbers + salt * np.uint64(0x9E3779B97F4A7C15)) + np.uint64(0x9E3779B97F4A7C15)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


def with_orders(sheet: pd.DataFrame, documents: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """A sheet whose groups keep the order of ordered categories that documents give them."""
    orders = {name: dict.fromkeys(["", *order]) for name in by if (order := order_of(documents[name]))}
    return sheet.astype({name: pd.CategoricalDtype(list(order), ordered=True) for name, order in orders.items()})


def in_order(sheet: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """The rows of a sheet group by group, named and ordered as tables do: ordered categories, numbers, or letters.

    >>> in_order(pd.DataFrame({"year": ["10", "9"], "unit": ["u1", "u2"]}), ["year"])["unit"].tolist()
    ['u2', 'u1']
    """
    if not by:
        return sheet
    order = np.lexsort([_places(sheet[name]) for name in reversed(by)])
    return sheet.assign(**{name: labels(sheet[name]) for name in by}).iloc[order]


def _places(values: pd.Series) -> NDArray[np.generic]:
    """What sorts as the groups do; a sheet that was saved as CSV has numbers, or text, in the place of names."""
    names = labels(values)
    if order := order_of(values):
        return pd.Index(dict.fromkeys(["", *order])).get_indexer(pd.Index(names))
    numbers = pd.to_numeric(pd.Series(names, dtype="str"), errors="coerce").to_numpy(np.float64, na_value=-np.inf)
    return numbers if (np.isfinite(numbers) | (names == "")).all() else np.asarray(names, str)
