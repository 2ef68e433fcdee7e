"""Design: who wrote the documents of each group, on what and when, and how many could have come out otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .selection import Index, Mask, labels

KNOWN = ("author", "topic", "date")  # columns of documents that flags ask for
Kinds = Mapping[str, pd.DataFrame]


def kinds_of(group: Index, filled: Mask, about: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Which authors, topics and dates the documents of each group have, of the columns that there are.

    Args:
        group: of each document within a group.
        filled: whether it has words.
        about: what is known of it, in the same order.

    Returns:
        By column: `group, value` (empty where it is not known)`, documents`, each pair once.

    >>> kinds = kinds_of(np.array([0, 0, 1]), np.array([True, True, False]), pd.DataFrame({"author": ["x", "x", "y"]}))
    >>> kinds["author"].to_numpy().tolist()
    [[0, 'x', 2]]
    """
    return {name: _pairs(group[filled], labels(about[name])[filled]) for name in KNOWN if name in about}


def _pairs(group: Index, values: NDArray[np.object_]) -> pd.DataFrame:
    code, names = pd.factorize(values)
    packed, documents = np.unique(group * max(len(names), 1) + code, return_counts=True)
    own, value = np.divmod(packed, max(len(names), 1))
    return _table(own, np.asarray(names, object)[value], documents)


def _table(group: Any, value: Any, documents: Any) -> pd.DataFrame:
    return pd.DataFrame({"group": group, "value": value, "documents": documents})


def united_kinds(several: Sequence[Kinds], places: Sequence[Index]) -> dict[str, pd.DataFrame]:
    """The same of several parts, whose groups are at these places among all."""
    moved = [moved_kinds(own, place) for own, place in zip(several, places, strict=True)]
    return {name: _added([own[name] for own in moved]) for name in several[0]}


def _added(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    every = pd.concat(tables, ignore_index=True)
    added: pd.DataFrame = every.groupby(["group", "value"], as_index=False).agg(documents=("documents", "sum"))
    return added


def moved_kinds(kinds: Kinds, places: Index) -> dict[str, pd.DataFrame]:
    """The same where group 0 has become group `places[0]`, and so on."""
    return {name: own.assign(group=places[own["group"]]) for name, own in kinds.items()}


def unit_numbers(kinds: Kinds, n_documents: Index) -> Index:
    """How many documents of each group could have come out otherwise, those of an author counted as one.

    A document whose author is not known counts for itself. Where a group has one author, its documents are counted:
    what is said then is said of that author.

    >>> kinds = {"author": pd.DataFrame({"group": [0, 0, 1], "value": ["x", "y", "x"], "documents": [3, 2, 4]})}
    >>> unit_numbers(kinds, np.array([5, 4])).tolist()
    [2, 4]
    """
    if "author" not in kinds:
        return n_documents
    pairs = kinds["author"]
    unknown = (pairs["value"] == "").to_numpy()
    group, size = pairs["group"].to_numpy(np.int64), len(n_documents)
    known = np.bincount(group[~unknown], minlength=size)
    nobody = np.bincount(group[unknown], pairs["documents"].to_numpy()[unknown], minlength=size).astype(np.int64)
    return np.where((known == 1) & (nobody == 0), n_documents, known + nobody)


def unit_codes(group: Index, author: NDArray[np.object_], *, together: Mask) -> Index:
    """Number the units: documents of one author within a group have one number.

    Args:
        group: of each document within a group.
        author: of each, empty where it is not known.
        together: for each group whether its authors' documents count as one.

    >>> unit_codes(np.array([0, 0, 0, 1]), np.array(["x", "x", "", "x"], object), together=np.array([True, True]))
    array([0, 0, 1, 2])
    """
    own, row = together[group] & (author != ""), np.arange(len(group))
    code, names = pd.factorize(author)
    first = np.where(own, group * len(names) + code, len(together) * len(names) + row)
    return np.asarray(pd.factorize(first)[0], np.int64)
