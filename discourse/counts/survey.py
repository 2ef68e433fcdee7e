"""Survey: what must be known of all parts together before one of them is trusted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse.tokens.saved import ShardEntry, other_columns

from .parts import Part

MOST_NAMED = 100  # ids looked up at most when some occur twice


class Survey(NamedTuple):
    """What is known of some parts.

    Attributes:
        name: of the first part.
        columns: of its table of documents; all others have the same.
        hashes: of all ids, sorted: eight bytes a document.
        twice: hashes that occur more than once.
        shards: what was written, by the number of the part.
    """

    name: str
    columns: tuple[str, ...]
    hashes: NDArray[np.uint64]
    twice: NDArray[np.uint64]
    shards: Mapping[int, ShardEntry]


def surveyed(part: Part) -> Survey:
    """The survey of one part."""
    return survey_of(part.name, part.documents(), {})


def survey_of(name: str, documents: pd.DataFrame, shards: Mapping[int, ShardEntry]) -> Survey:
    """The survey of one part with these documents."""
    hashes = np.sort(id_hashes(documents.index))
    return Survey(name, tuple(map(str, documents.columns)), hashes, hashes[:0], shards)


def id_hashes(ids: pd.Index) -> NDArray[np.uint64]:
    """A number of 64 bits for the id of each document, the same wherever it is met.

    >>> id_hashes(pd.Index(["a", "b"])).tolist()
    [13950350942979735504, 12688059582079114975]
    """
    return np.asarray(pd.util.hash_array(ids.to_numpy(object), categorize=False), np.uint64)


def all_surveyed(surveys: Sequence[Survey]) -> Survey:
    """One survey of several.

    Raises:
        StudyError: parts have other columns than others.
    """
    first = surveys[0]
    for other in surveys[1:]:
        if other.columns != first.columns:
            raise other_columns(other.name, other.columns, first.name, first.columns)
    hashes = np.concatenate([survey.hashes for survey in surveys])
    hashes.sort(kind="stable")  # quick where stretches are sorted already
    twice = np.concatenate([hashes[1:][hashes[1:] == hashes[:-1]], *(survey.twice for survey in surveys)])
    shards = {number: entry for survey in surveys for number, entry in survey.shards.items()}
    return Survey(first.name, first.columns, hashes, np.unique(twice), shards)


def without_hashes(survey: Survey) -> Survey:
    """What travels: the hashes have done their work."""
    return survey._replace(hashes=survey.hashes[:0])


def documents_with(part: Part, *, hashes: NDArray[np.uint64]) -> pd.DataFrame:
    """The documents of a part whose ids have one of the hashes: `doc_id, name` of the part."""
    ids = part.documents().index
    own = ids[np.isin(id_hashes(ids), hashes)]
    return pd.DataFrame({"doc_id": own.to_numpy(object), "name": part.name})


def refuse_twice(documents: pd.DataFrame) -> None:
    """Refuse documents of which two have the same id, and not only the same hash.

    >>> refuse_twice(pd.DataFrame({"doc_id": ["a", "b", "a"], "name": ["one.csv", "two.csv", "two.csv"]}))
    Traceback (most recent call last):
    ValueError: one.csv and two.csv both have a document 'a'. Give every document an id of its own.
    """
    twice = documents[documents["doc_id"].duplicated(keep=False)].sort_values("doc_id", kind="stable")
    if len(twice):
        first, second = twice["name"].iloc[:2]
        raise ValueError(
            f"{first} and {second} both have a document {twice['doc_id'].iloc[0]!r}. "
            "Give every document an id of its own."
        )
