"""What the data cannot carry: machine-readable warnings, one column in every table.

Each flag is a fact about the rows it stands on, not an opinion: thresholds are constants below, with their reasons.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse.counts import Grouped
from discourse.counts.design import Kinds

Mask = NDArray[np.bool_]
Index = NDArray[np.int64]

# From this many documents (or authors, where they wrote several) on, limits over documents contain the truth in at
# least 90 % of cases in every setting of ordinary items that was simulated (docs/uncertainty.md). Under it a group
# describes its own texts and stands for no others.
FEW_DOCUMENTS = 15
# One document holding more than half of a group's hits is the group's result.
DRIVES_SHARE = 0.5
# A share of very few hits is always large: below this many hits nothing is said about what drives them.
DRIVES_COUNT = 3
# Cochran's rule: below 5 expected hits, chi-squared approximations to G2 are unsafe.
LOW_EXPECTED = 5
# Of 20 that were read without an error, up to 17 % may be wrong (Clopper and Pearson, 95 %): fewer say little.
FEW_READ = 20

FLAGS: Mapping[str, str] = {
    "aliased": "The group is one author who writes in no other group: what looks like the group may be the author.",
    "descriptive": "The numbers describe these texts only; no conclusion about other texts follows.",
    "few_documents": f"Fewer than {FEW_DOCUMENTS} documents (or authors, where they wrote several): intervals are "
    "counting intervals of these texts, and p values are withheld.",
    "few_read": f"Of some stratum fewer than {FEW_READ} sentences were read: one code more or less moves the estimate.",
    "low_expected": f"Fewer than {LOW_EXPECTED} hits are expected on one side: measures that take "
    "hits for many (G2, chi-squared, z) are approximate.",
    "no_variation": "A side never has it, or its documents do not differ: limits over documents and their p are "
    "undefined, and counting limits stand in their place.",
    "not_read": "No sentence of some stratum was read: what depends on it is withheld.",
    "one_document_drives": "More than half of the hits come from one document.",
    "one_factor": "The rates of several groups were put right by one factor: where a codebook is right in one group "
    "and wrong in another, they and their limits are wrong.",
    "period_differs": "The groups do not share a period, or its dates are unknown: a difference may be chronology.",
    "sign_flips_without": "Leaving out one document turns the sign of the difference from the other "
    "groups together, or from the reference.",
    "single_author": "All documents of the group have one author.",
    "single_document": "The group is one document: there is no variation between documents to judge it by, and "
    "dispersion over them (DP, DPnorm) says nothing.",
    "topic_differs": "The groups write about different topics: a difference may be the topic's.",
}


def flag_column(masks: Mapping[str, Mask], size: int) -> NDArray[np.object_]:
    """One string per row: the names of the flags whose mask is set, sorted, blank-separated.

    >>> flag_column({"b": np.array([True, False]), "a": np.array([True, False])}, 2).tolist()
    ['a b', '']
    """
    codes, texts = flag_codes(masks, size)
    return np.array(texts, object)[codes]


def flag_codes(masks: Mapping[str, Mask | bool], size: int) -> tuple[Index, list[str]]:
    """The flags of each row as an index into the texts that occur, see `flag_column`; some may hold for all rows.

    >>> codes, texts = flag_codes({"b": np.array([True, False]), "a": True}, 2)
    >>> codes.tolist(), texts
    ([1, 0], ['a', 'a b'])
    """
    names, packed = sorted(masks), np.zeros(size, np.uint32)
    for bit, name in enumerate(names):
        packed |= np.asarray(masks[name]).astype(np.uint32) << bit
    code = packed.astype(np.int64)  # by which is looked up at once
    here = np.zeros(1 << len(names), np.int64)
    here[code] = 1
    texts = [" ".join(name for bit, name in enumerate(names) if value >> bit & 1) for value in np.flatnonzero(here)]
    return (np.cumsum(here) - 1).take(code), texts


class Design(Protocol):
    """Groups of documents, of one column or several, or target and reference."""

    @property
    def keys(self) -> pd.DataFrame:
        """One row per group."""

    @property
    def about(self) -> pd.DataFrame:
        """The table of documents."""

    @property
    def kinds(self) -> Kinds:
        """Which authors, topics and dates the documents of each group have."""

    @property
    def n_documents(self) -> Index:
        """Documents with words of each group."""

    @property
    def n_units(self) -> Index:
        """How many of them could have come out otherwise."""


def group_masks(grouped: Design) -> dict[str, Mask]:
    """What holds for a whole group, one value a group: few documents, one document, one author; other topics, dates."""
    masks = {"few_documents": grouped.n_units < FEW_DOCUMENTS, "single_document": grouped.n_documents == 1}
    columns = [str(name) for name in grouped.keys.columns if name in grouped.about.columns]
    size = len(grouped.keys)
    homes = np.arange(size)
    if len(columns) < len(grouped.keys.columns):  # all of them tell all groups apart
        homes = np.asarray(grouped.keys.groupby(columns).ngroup() if columns else np.zeros(size), np.int64)
    several = len(np.unique(homes)) > 1
    compared = {"topic": ("topic_differs", _topics_differ), "date": ("period_differs", _periods_differ)}
    for name, (flag, differ) in compared.items():
        if name in grouped.kinds and several:
            pairs = grouped.kinds[name]
            masks[flag] = differ(homes[pairs["group"]], pairs["value"], int(homes.max()) + 1)[homes]
    return masks | (_author_masks(grouped, homes, columns) if "author" in grouped.kinds else {})


def _author_masks(grouped: Design, homes: Index, columns: list[str]) -> dict[str, Mask]:
    pairs = grouped.kinds["author"]
    group = pairs["group"].to_numpy(np.int64)
    single = np.bincount(group, minlength=len(grouped.keys)) == 1
    # An author who is not known may be anybody.
    single[group[pairs["value"] == ""]] = False
    if not columns or "author" in columns:
        return {"single_author": single}
    places = pairs.assign(home=homes[group]).groupby("value")["home"].nunique()
    abroad = group[pairs["value"].map(places) > 1]
    return {"single_author": single, "aliased": single & ~np.isin(np.arange(len(single)), abroad)}


def _topics_differ(group: Index, values: pd.Series, size: int) -> Mask:
    """Whether each group's values are not those of all others together."""
    pairs = pd.DataFrame({"group": group, "value": values}).drop_duplicates()
    groups_with = pairs["value"].map(pairs["value"].value_counts())
    alone = np.bincount(pairs["group"], groups_with == 1, minlength=size) > 0
    differ: Mask = alone | (np.bincount(pairs["group"], minlength=size) < pairs["value"].nunique())
    return differ


def _periods_differ(group: Index, values: pd.Series, size: int) -> Mask:
    """Whether each group's dates do not overlap those of all others together, or are unknown on a side."""
    first, last = _spans(group, values, size)
    if (first < 0).any():
        return np.ones(size, bool)
    # The first of all others is the first of all, but for the group that has it, for which it is the next.
    return (first > -_others(-last)) | (_others(first) > last)


def is_date(values: pd.Series) -> pd.Series:
    """Whether texts are dates with the year in front, which are in the order of time as they stand.

    >>> is_date(pd.Series(["2025-03-31", "2025-03", "2025", "31 March 2025", ""])).tolist()
    [True, True, True, False, False]
    """
    return values.astype("str").str.fullmatch(r"\d{4}(?:-\d\d(?:-\d\d(?:\D.*)?)?)?")


def _spans(group: Index, values: pd.Series, size: int) -> tuple[Index, Index]:
    """The first and the last date of each group as numbers in their order; -1 where one is unknown."""
    values = values.where(is_date(values), "")
    code, names = pd.factorize(values.to_numpy(object), sort=True)
    first, last = np.full(size, len(names)), np.full(size, -1)
    np.minimum.at(first, group, code)
    np.maximum.at(last, group, code)
    unknown = last < 0
    unknown[group[(values == "").to_numpy()]] = True
    return np.where(unknown, -1, first), np.where(unknown, -1, last)


def _others(values: Index) -> Index:
    """The smallest value of all other groups, for each of two groups or more."""
    order = np.argsort(values, kind="stable")
    smallest = np.full(len(values), values[order[0]])
    smallest[order[0]] = values[order[1]]
    return smallest


def pair_masks(grouped: Design, a: Index, b: Index) -> dict[str, Mask]:
    """What holds for pairs of groups: for one of the two, or between them.

    Args:
        grouped: the groups.
        a, b: the groups of each pair.
    """
    own = group_masks(grouped)
    masks = {name: mask[a] | mask[b] for name, mask in own.items() if name not in ("topic_differs", "period_differs")}
    size = len(grouped.keys)
    if "topic" in grouped.kinds:
        topics = grouped.kinds["topic"]
        table = np.zeros((size, topics["value"].nunique()), bool)
        table[topics["group"], pd.factorize(topics["value"])[0]] = True
        alike = np.unique(table, axis=0, return_inverse=True)[1].ravel()
        masks["topic_differs"] = alike[a] != alike[b]
    if "date" in grouped.kinds:
        dates = grouped.kinds["date"]
        first, last = _spans(dates["group"].to_numpy(np.int64), dates["value"], size)
        masks["period_differs"] = (first[a] < 0) | (first[b] < 0) | (first[a] > last[b]) | (first[b] > last[a])
    return masks


def drives(count: Index, top: Index, n_documents: Index | int) -> Mask:
    """Whether one of several documents holds most of the hits.

    >>> drives(np.array([4, 4, 2]), np.array([3, 2, 2]), np.array([5, 5, 5])).tolist()
    [True, False, False]
    """
    driven: Mask = could_drive(count, n_documents) & (top > DRIVES_SHARE * count)
    return driven


def could_drive(count: Index, n_documents: Index | int) -> Mask:
    """Whether there are hits enough, and several documents, so that one of them may hold most."""
    could: Mask = (count >= DRIVES_COUNT) & (n_documents > 1)
    return could


def row_flags(
    grouped: Grouped, group: Index, count: Index, top: Index, *, compared: Mapping[str, Mask] | None = None
) -> Any:
    """The flags of rows that describe one group each, as a column of strings.

    Args:
        grouped: the groups.
        group: the group of each row.
        count: hits of each row.
        top: how many of them are in the one document that has most.
        compared: flags of each row against all other groups.
    """
    masks = {name: mask[group] for name, mask in group_masks(grouped).items()} | dict(compared or {})
    masks["descriptive"] = masks["few_documents"]
    masks["one_document_drives"] = drives(count, top, grouped.n_documents[group])
    codes, texts = flag_codes(masks, len(group))
    return pd.array(texts, dtype="str").take(codes)


def low_expected(total: Index, all_count: Index, all_total: Index) -> Mask:
    """Whether a group, or all others together, would have few hits if all had one rate; not where there are no others.

    >>> low_expected(np.array([100, 50, 10]), np.array([10, 10, 20]), np.array([200, 50, 100])).tolist()
    [False, False, True]
    """
    rest = all_total - total
    expected = all_count * np.minimum(total, rest) / np.maximum(all_total, 1)
    low: Mask = (rest > 0) & (total > 0) & (expected < LOW_EXPECTED)
    return low
