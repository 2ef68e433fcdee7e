"""Limits of rates and shares: over documents where a group has enough of them, else by counting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import scipy.sparse as sp
from numpy.typing import NDArray

from discourse import measures
from discourse.counts import Grouped
from discourse.counts.groups import Units
from discourse.counts.selection import among

from .flags import FEW_DOCUMENTS, Index, Mask
from .flips import sign_flips
from .sides import Four, sides_of

GARWOOD = "Garwood counting interval, 95 %"
WILSON = "Wilson counting interval, 95 %"
NONE = f"none: fewer than {FEW_DOCUMENTS} documents, or they do not differ"
SCALES = {"log": "log scale", "logit": "log odds scale"}
# A comparison of more groups than these, each with all others, is none that anybody reads; it would take minutes.
MOST_GROUPS = 100
SIDES = pd.DataFrame({"side": ["target", "reference"]})

Limits = tuple[Any, Any]
Names = tuple[NDArray[np.object_], Index]  # how the limits of each group are called, and the group of each row
Whole = tuple[Any, sp.csr_array, Index]  # items, what documents have of them, and what that is a share of


def with_limits(
    table: pd.DataFrame, limits: NDArray[np.float64], names: Names, counting: Limits, label: str
) -> pd.DataFrame:
    """Add `low, high, interval` to rows: limits over documents, and where they are undefined counting limits.

    Args:
        table: one row per group and item.
        limits: 2 × rows, over documents.
        names: how the limits of each group are called, and the group of each row.
        counting: low and high limit of each row by counting.
        label: how those are called.
    """
    known = ~np.isnan(limits[0])
    low, high = (np.where(known, own, np.asarray(other)) for own, other in zip(limits, counting, strict=True))
    every = pd.array([label, *names[0]], dtype="str")
    interval = every.take(np.where(known, names[1] + 1, 0))
    return table.assign(low=low, high=high, interval=interval)


def over_documents(grouped: Grouped, parts: list[Index], scale: str) -> NDArray[np.float64]:
    """Limits over what could have come out otherwise: 2 × groups × items, `nan` in groups that have few of it.

    Args:
        grouped: the groups.
        parts: which items make up a whole (the names of a referent), whose shares are asked for; none for rates and
            shares of all words.
        scale: `log` or `logit`.

    >>> from discourse.counts import Counts
    >>> counts = Counts.from_matrix([[2, 0], [1, 3]] * 10, ["war", "peace"], pd.DataFrame(index=range(20)))
    >>> over_documents(counts.grouped(), [], "log")[:, 0, 1].round(2).tolist()
    [0.36, 0.69]
    """
    limits = np.full((2, len(grouped.keys), len(grouped.items)), np.nan)
    enough = np.flatnonzero(grouped.n_units >= FEW_DOCUMENTS)
    if len(enough):
        sampled = grouped.sampled()
        for number in enough:
            rows = np.flatnonzero(sampled.unit_group == number)
            for items, hits, sizes in _wholes(sampled.units[rows], sampled.unit_totals[rows], parts):
                limits[:, number, items] = measures.ratio_interval(measures.ratio_moments(hits, sizes), scale=scale)
    return limits


def limit_names(grouped: Grouped, scale: str) -> NDArray[np.object_]:
    """How limits over documents, or authors, of each group are called."""
    unit = np.where(grouped.n_units < grouped.n_documents, "authors", "documents")
    return np.array([limit_name(name, scale) for name in unit], object)


def limit_name(unit: str, scale: str) -> str:
    """How limits over documents, or authors, are called.

    >>> limit_name("authors", "log")
    't over authors, log scale, 95 %'
    """
    return f"t over {unit}, {SCALES[scale]}, 95 %"


def _wholes(units: sp.csr_array, totals: Index, parts: list[Index]) -> list[Whole]:
    """Items that belong together, with their hits and what they are a share of: documents × items, documents."""
    if not parts:
        return [(slice(None), units, totals)]
    columns = units.tocsc()
    wholes: list[Whole] = []
    for items in parts:
        hits = columns[:, items]
        wholes.append((items, hits, np.asarray(hits.sum(axis=1), np.int64)))
    return wholes


def turned_by_one(units: Units, parts: list[Index], whole: Grouped | None = None) -> Mask:
    """Whether leaving out one document turns the sign of a group's difference from all other groups: groups × items.

    Args:
        units: documents within groups.
        parts: see `over_documents`.
        whole: all groups, where these are but some of their documents; the items are no parts then.

    >>> from discourse.counts import Counts
    >>> about = pd.DataFrame({"side": ["A", "A", "B", "B"]})
    >>> counts = Counts.from_matrix([[9], [0], [1], [1]], ["war"], about, totals=[10] * 4)
    >>> turned_by_one(counts.units("side"), [])[:, 0].tolist()
    [True, True]
    """
    return turned_shares(units, _wholes(units.units, units.unit_totals, parts), len(units.items), whole)


def turned_shares(units: Units, wholes: list[Whole], size: int, sums: Grouped | None = None) -> Mask:
    """The same of items that are counted among others than words: groups × items.

    Args:
        units: documents within groups.
        wholes: some of the items, what the documents have of them, and what that is a share of.
        size: how many items there are.
        sums: see `turned_by_one`.
    """
    found = np.zeros((len(units.keys), size), bool)
    if not 1 < len(units.keys) <= MOST_GROUPS:
        return found
    for items, hits, sizes in wholes:
        rows = sp.csr_array(hits)
        for number in np.arange(len(found)) if sums is not None else np.unique(units.unit_group[sizes > 0]):
            side = (units.unit_group != number).astype(np.int64)
            pair = replace(units, keys=SIDES, units=rows, unit_group=side, unit_totals=sizes)
            sides = sides_of(pair, "target", ["reference"])
            if sums is not None:
                sides = replace(sides, whole=_against_others(sums, number))
            found[number, items] = sign_flips(sides)
    return found


def _against_others(grouped: Grouped, number: int) -> Four:
    """Hits and words of a group and of all others."""
    hits = np.asarray(grouped.matrix[[number]].toarray()[0], np.int64)
    words, every = int(grouped.totals[number]), np.asarray(grouped.matrix.sum(axis=0), np.int64)
    return hits, words, every - hits, int(grouped.totals.sum()) - words


def pair_of(units: Units, target: str, reference: Sequence[str]) -> Units:
    """The documents with words of target and reference, as two groups in this order.

    >>> from discourse.counts import Counts
    >>> counts = Counts.from_matrix([[9], [1], [2]], ["war"], pd.DataFrame({"side": list("ABC")}))
    >>> pair_of(counts.units("side"), "B", ["A", "C"]).grouped().matrix.toarray().tolist()
    [[1], [11]]
    """
    names = units.keys.iloc[:, 0].to_numpy(object)
    rows = np.flatnonzero((units.unit_totals > 0) & among(names, [target, *reference])[units.unit_group])
    keys = pd.DataFrame({units.keys.columns[0]: ["target", "reference"]})
    group = (names != target)[units.unit_group[rows]].astype(np.int64)
    ids, totals = units.unit_document.take(rows), units.unit_totals[rows]
    return Units(keys, units.items, units.units[rows], group, ids, totals, units.about)
