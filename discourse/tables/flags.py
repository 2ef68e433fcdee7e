"""What the data cannot carry: machine-readable warnings, one column in every table.

Each flag is a fact about the rows it stands on, not an opinion: thresholds are constants below, with their reasons.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse.counts import Grouped, labels

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


def flag_column(masks: Mapping[str, Mask], size: int) -> NDArray[np.object_]:
    """One string per row: the names of the flags whose mask is set, sorted, blank-separated.

    >>> flag_column({"b": np.array([True, False]), "a": np.array([True, False])}, 2).tolist()
    ['a b', '']
    """
    codes, texts = flag_codes(masks, size)
    return np.array(texts, object)[codes]


def flag_codes(masks: Mapping[str, Mask], size: int) -> tuple[Index, list[str]]:
    """The flags of each row as an index into the texts that occur, see `flag_column`.

    >>> codes, texts = flag_codes({"b": np.array([True, False]), "a": np.array([True, False])}, 2)
    >>> codes.tolist(), texts
    ([1, 0], ['', 'a b'])
    """
    names = sorted(masks)
    packed = np.zeros(size, np.int64)
    for bit, name in enumerate(names):
        packed |= masks[name].astype(np.int64) << bit
    found = np.flatnonzero(np.bincount(packed, minlength=1))
    texts = [" ".join(name for bit, name in enumerate(names) if value >> bit & 1) for value in found.tolist()]
    return np.searchsorted(found, packed), texts


def group_masks(grouped: Grouped) -> dict[str, Mask]:
    """What holds for a whole group, one value a group: few documents, one document, one author."""
    masks = {"few_documents": grouped.n_documents < FEW_DOCUMENTS, "single_document": grouped.n_documents == 1}
    return masks | (_author_masks(grouped) if "author" in grouped.about.columns else {})


def _author_masks(grouped: Grouped) -> dict[str, Mask]:
    authors = labels(grouped.about["author"].reindex(grouped.unit_document))
    pairs = pd.DataFrame({"group": grouped.unit_group, "author": authors})
    pairs = pairs[grouped.unit_totals > 0].drop_duplicates()
    single = np.bincount(pairs["group"], minlength=len(grouped.keys)) == 1
    # An author who is not known may be anybody.
    single[pairs["group"][pairs["author"] == ""]] = False
    columns = [str(name) for name in grouped.keys.columns if name in grouped.about.columns]
    if not columns or "author" in columns:
        return {"single_author": single}
    group = grouped.keys.groupby(columns).ngroup().to_numpy()
    homes = pairs.assign(home=group[pairs["group"]]).groupby("author")["home"].nunique()
    abroad = pairs["group"][pairs["author"].map(homes) > 1]
    return {"single_author": single, "aliased": single & ~np.isin(np.arange(len(single)), abroad)}


def drives(count: Index, top: Index, n_documents: Index) -> Mask:
    """Whether one of several documents holds most of the hits.

    >>> drives(np.array([4, 4, 2]), np.array([3, 2, 2]), np.array([5, 5, 5])).tolist()
    [True, False, False]
    """
    driven: Mask = (count >= DRIVES_COUNT) & (n_documents > 1) & (top > DRIVES_SHARE * count)
    return driven


def row_flags(grouped: Grouped, group: Index, count: Index, top: Index) -> NDArray[np.object_]:
    """The flags of rows that describe one group each.

    Args:
        grouped: the groups.
        group: the group of each row.
        count: hits of each row.
        top: how many of them are in the one document that has most.
    """
    masks = {name: mask[group] for name, mask in group_masks(grouped).items()}
    masks["descriptive"] = masks["few_documents"]
    masks["one_document_drives"] = drives(count, top, grouped.n_documents[group])
    return flag_column(masks, len(group))


def period_differs(ours: AbstractSet[str], theirs: AbstractSet[str]) -> bool:
    """Whether the dates of two sides do not overlap, or are unknown on one of them.

    >>> period_differs({"2024", "2026"}, {"2025-03"}), period_differs({"2024"}, {""})
    (False, True)
    """
    if not ours or not theirs or "" in ours | theirs:
        return True
    return min(ours) > max(theirs) or min(theirs) > max(ours)
