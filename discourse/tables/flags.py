"""What the data cannot carry: machine-readable warnings, one column in every table.

Each flag is a fact about the rows it stands on, not an opinion: thresholds are constants below, with their reasons.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse.counts import Grouped

Mask = NDArray[np.bool_]

# In simulations of over-dispersed counts, intervals by resampling documents cover the truth in less than 90 % of
# cases below this many documents. Under it a group describes its own texts and stands for no others.
FEW_DOCUMENTS = 30
# One document holding more than half of a group's hits is the group's result.
DRIVES_SHARE = 0.5
# A share of very few hits is always large: below this many hits nothing is said about what drives them.
DRIVES_COUNT = 3
# Cochran's rule: below 5 expected hits, chi-squared approximations to G2 are unsafe.
LOW_EXPECTED = 5

FLAGS: Mapping[str, str] = {
    "aliased": "The group is one author who writes in no other group: what looks like the group may be the author.",
    "descriptive": "The numbers describe these texts only; no conclusion about other texts follows.",
    "few_documents": f"Fewer than {FEW_DOCUMENTS} documents: intervals are counting intervals of these texts, and p "
    "values are withheld.",
    "low_expected": f"Fewer than {LOW_EXPECTED} hits are expected on one side: G2 and its p are approximate.",
    "one_document_drives": "More than half of the hits come from one document.",
    "period_differs": "The groups do not share a period, or its dates are unknown: a difference may be chronology.",
    "sign_flips_without": "Leaving out one document turns the sign of the difference.",
    "single_author": "All documents of the group have one author.",
    "single_document": "The group is one document: there is no variation between documents to judge it by.",
    "topic_differs": "The groups write about different topics: a difference may be the topic's.",
}


def flag_column(masks: Mapping[str, Mask], size: int) -> pd.Series:
    """One string per row: the names of the flags whose mask is set, sorted, blank-separated.

    >>> flag_column({"b": np.array([True, False]), "a": np.array([True, False])}, 2).tolist()
    ['a b', '']
    """
    names = sorted(masks)
    packed = np.zeros(size, np.int64)
    for bit, name in enumerate(names):
        packed |= np.asarray(masks[name], bool).astype(np.int64) << bit
    unique, inverse = np.unique(packed, return_inverse=True)
    texts = [" ".join(name for bit, name in enumerate(names) if value >> bit & 1) for value in unique.tolist()]
    return pd.Series(np.array(texts, object)[inverse] if size else [], dtype="str")


def group_masks(grouped: Grouped, by: tuple[str, ...]) -> dict[str, Mask]:
    """What holds for a whole group, one value a group: few documents, one author, one document."""
    masks = {
        "few_documents": grouped.n_documents < FEW_DOCUMENTS,
        "single_document": grouped.n_documents == 1,
    }
    if "author" in grouped.about.columns and len(grouped.keys):
        masks |= _author_masks(grouped, by)
    return masks


def _author_masks(grouped: Grouped, by: tuple[str, ...]) -> dict[str, Mask]:
    authors = grouped.about["author"].reindex(grouped.unit_document).fillna("").astype(str).to_numpy()
    known = (authors != "") & (grouped.unit_totals > 0)
    pairs = pd.DataFrame({"group": grouped.unit_group[known], "author": authors[known]}).drop_duplicates()
    number = pairs.groupby("group").size().reindex(range(len(grouped.keys)), fill_value=0).to_numpy()
    single = number == 1
    masks = {"single_author": single}
    columns = [name for name in by if name in grouped.about.columns]
    if columns and "author" not in by:
        groups = pd.factorize(pd.MultiIndex.from_frame(grouped.keys[columns]))[0]
        homes = pairs.assign(group=groups[pairs["group"]]).drop_duplicates().groupby("author").size()
        at_home = pairs["author"].map(homes).eq(1).groupby(pairs["group"]).all()
        masks["aliased"] = single & at_home.reindex(range(len(grouped.keys)), fill_value=False).to_numpy()
    return masks


def drives(count: NDArray, top: NDArray, n_documents: NDArray) -> Mask:
    """Whether one of several documents holds most of the hits."""
    return np.asarray((count >= DRIVES_COUNT) & (n_documents > 1) & (top > DRIVES_SHARE * count))


def row_flags(
    grouped: Grouped, by: tuple[str, ...], group: NDArray, count: NDArray | pd.Series, top: NDArray | pd.Series
) -> NDArray:
    """The flags of rows that describe one group each.

    Args:
        grouped: the groups.
        by: the columns that make them.
        group: the group of each row.
        count: hits of each row, `top` of them in the one document that has most.
    """
    masks = {name: mask[group] for name, mask in group_masks(grouped, by).items()}
    masks["descriptive"] = masks["few_documents"]
    masks["one_document_drives"] = drives(np.asarray(count), np.asarray(top), grouped.n_documents[group])
    return flag_column(masks, len(group)).to_numpy()


def differs(grouped: Grouped, column: str, target: int, reference: NDArray) -> bool:
    """Whether two sides do not have the same values of a document column (topic), as sets; unknown counts as one."""
    if column not in grouped.about.columns:
        return False
    values = grouped.about[column].reindex(grouped.unit_document).fillna("").astype(str).to_numpy()
    return set(values[grouped.unit_group == target]) != set(values[np.isin(grouped.unit_group, reference)])


def apart(grouped: Grouped, target: int, reference: NDArray) -> bool:
    """Whether the dates of two sides do not overlap, or are unknown on one of them."""
    if "date" not in grouped.about.columns:
        return False
    dates = grouped.about["date"].reindex(grouped.unit_document).fillna("").astype(str).to_numpy()
    ours, theirs = dates[grouped.unit_group == target], dates[np.isin(grouped.unit_group, reference)]
    if (ours == "").any() or (theirs == "").any() or not len(ours) or not len(theirs):
        return True
    return bool(min(ours) > max(theirs) or min(theirs) > max(ours))
