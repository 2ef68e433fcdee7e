"""How a referent is introduced, how steadily it is named, how far groups are apart, and which hits are in doubt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import combinations
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.spatial.distance import jensenshannon

from discourse import measures
from discourse.codebook import Codebook, Entry, search
from discourse.counts import By, Where, conditions, hits, labels
from discourse.counts.selection import Conditions, names_of
from discourse.counts.spans import qualifying
from discourse.tokens import Encoded, Tokens

from .names import name_shares
from .sampling import WILSON

SEVERAL = 2  # mentions from which on a document can be inconsistent
_OF_GROUPS = ("aliased", "descriptive", "few_documents", "single_author", "single_document")


def name_habits(tokens: Encoded, codebook: Codebook, *, by: By = None, where: Where | None = None) -> pd.DataFrame:
    """By which name documents introduce a referent, and how steadily they go on to use one name.

    Args:
        tokens: the corpus.
        codebook: its `names`.
        by: document columns.
        where: which tokens count.

    Returns:
        One row per group with a mention, referent and name, by group, referent, `first` (descending) and name: `[by…],
        referent, name, first` (documents whose first mention has this name)`, total` (documents that mention the
        referent)`, share, low, high, interval` (Wilson limits of the share)`, several` (documents that mention it twice
        or more)`, consistency` (the mean share that a document's most used name has in these; `nan` where there are
        none)`.

    Raises:
        ValueError: `by` names no document column.

    >>> from discourse.codebook import parse_pattern
    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> names = {"war": {n: Entry("name", "war", (parse_pattern(n),), n) for n in ("war", "operation")}}
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["The operation, the war, the war.", "The war."]})))
    >>> table = name_habits(tokens, Codebook(names=names))
    >>> table[["name", "first", "total", "share", "consistency"]].round(2).values.tolist()
    [['operation', 1, 2, 0.5, 0.67], ['war', 1, 2, 0.5, 0.67]]
    """
    groups = names_of(by)
    for name in groups:
        if name not in tokens.documents.columns:
            raise ValueError(f"by must name document columns; got {name!r}. A habit is that of a whole document.")
    part = partial(_mentions, codebook=codebook, where=conditions(tokens, where))
    found = tokens.reduce(part, _one_after_the_other)
    about = tokens.documents.loc[found["doc_id"]]
    found = found.assign(**{name: labels(about[name]) for name in groups})
    keys = [*groups, "referent"]
    rows = [
        dict(zip(keys, key, strict=True)) | row
        for key, own in found.groupby(keys)
        for row in _habits(own, codebook.names[str(key[-1])])
    ]
    columns = ["name", "first", "total", "share", "low", "high", "interval", "several", "consistency"]
    table = pd.DataFrame(rows, columns=[*keys, *columns])
    order = table.assign(first=-table["first"].astype("int64")).sort_values([*keys, "first", "name"]).index
    return table.loc[order].reset_index(drop=True)


def _mentions(tokens: Tokens, *, codebook: Codebook, where: Conditions) -> pd.DataFrame:
    """One row per document, referent and name: how often, and whether it comes first."""
    found = search(tokens, codebook, kinds=("name",))
    kept = qualifying(tokens, found.spans.first, found.spans.last, where)
    entries = codebook.entries
    referent = np.array([entry.key for entry in entries], object)[found.entry[kept]]
    name = np.array([entry.name for entry in entries], object)[found.entry[kept]]
    ids = tokens.documents.index.to_numpy(object)[tokens.documents_of(found.spans.first[kept])]
    table = pd.DataFrame({"doc_id": ids, "referent": referent, "name": name}, dtype="object")
    table["first"] = (~table.duplicated(["doc_id", "referent"])).astype("int64")
    keys = ["doc_id", "referent", "name"]
    return table.groupby(keys, as_index=False, sort=False).agg(count=("first", "size"), first=("first", "max"))


def _one_after_the_other(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat(parts, ignore_index=True)


def _habits(own: pd.DataFrame, names: Mapping[str, Entry]) -> list[dict[str, object]]:
    """The rows of one referent in one group."""
    total = own["doc_id"].nunique()
    mentions = own.groupby("doc_id")["count"].agg(["sum", "max"])
    several = mentions[mentions["sum"] >= SEVERAL]
    shared = {
        "total": total,
        "interval": WILSON,
        "several": len(several),
        "consistency": float((several["max"] / several["sum"]).mean()) if len(several) else np.nan,
    }
    first = own.groupby("name")["first"].sum()
    rows: list[dict[str, object]] = []
    for name in names:
        count = int(first.get(name, 0))
        low, high = measures.wilson(count, total)
        rows.append({"name": name, "first": count, "share": count / total, "low": low, "high": high} | shared)
    return rows


def naming_distance(tokens: Encoded, codebook: Codebook, *, by: By, where: Where | None = None) -> pd.DataFrame:
    """How far apart groups are in the names that they choose for a referent.

    Args:
        tokens: the corpus.
        codebook: its `names`.
        by: document columns or layers.
        where: which tokens count.

    Returns:
        One row per referent and pair of groups, by referent, then the groups: `referent, a, b` (with several columns in
        `by` joined by a comma)`, count_a, count_b` (mentions)`, distance, flags` (of either group)`. `distance`: Jensen
        and Shannon's, the root of the divergence to base 2: 0 = the same shares, 1 = no name in common; `nan` where a
        group never mentions the referent. Of few mentions it is large by chance.

    Raises:
        ValueError: `by` names nothing, or an unknown column.

    Source: Lin (1991), IEEE Transactions on Information Theory 37(1); Endres and Schindelin (2003), 49(7).

    >>> from discourse.codebook import parse_pattern
    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> names = {"war": {n: Entry("name", "war", (parse_pattern(n),), n) for n in ("war", "operation")}}
    >>> texts = pd.DataFrame({"text": ["War, war.", "An operation."], "side": ["x", "y"]})
    >>> table = naming_distance(tokenize(Corpus.from_frame(texts)), Codebook(names=names), by="side")
    >>> table[["referent", "a", "b", "count_a", "count_b", "distance"]].values.tolist()
    [['war', 'x', 'y', 2, 1, 1.0]]
    """
    groups = list(names_of(by))
    if not groups:
        raise ValueError("by must name the groups that are compared; got none. Name a document column or a layer.")
    shares = name_shares(tokens, codebook, by=by, where=where)
    shares["group"] = shares[groups].agg(", ".join, axis=1) if len(shares) else pd.Series(dtype="str")
    rows = []
    for referent, own in shares.groupby("referent", sort=True):
        profiles = {str(group): part.set_index("name") for group, part in own.groupby("group", sort=True)}
        rows += [_apart(str(referent), pair, profiles) for pair in combinations(profiles, 2)]
    return pd.DataFrame(rows, columns=["referent", "a", "b", "count_a", "count_b", "distance", "flags"])


def _apart(referent: str, pair: tuple[str, ...], profiles: Mapping[str, pd.DataFrame]) -> tuple[object, ...]:
    one, other = (profiles[group] for group in pair)
    counts = [int(side["count"].sum()) for side in (one, other)]
    names = one.index
    distance = np.nan
    if all(counts):
        # Equal shares are nearly, not quite, 0 apart in floating point.
        raw = float(jensenshannon(one["share"].astype(float), other.loc[names, "share"].astype(float), base=2))
        distance = 0.0 if np.isnan(raw) or raw < 1e-9 else min(raw, 1.0)
    said = {flag for side in (one, other) for flag in " ".join(side["flags"]).split() if flag in _OF_GROUPS}
    return referent, *pair, *counts, distance, " ".join(sorted(said))


def ambiguous_names(tokens: Encoded, codebook: Codebook, *, where: Where | None = None) -> pd.DataFrame:
    """Hits of names that somebody should look at: claimed by two referents, or left out by the codebook.

    Args:
        tokens: the corpus.
        codebook: its `names`.
        where: which tokens count.

    Returns:
        The columns of `hits`, with `reason` and `other` behind, in the order of the text. `reason`: `two_referents`
        (the words overlap those of another referent's hit, whose referent and name are in `other`) or `excluded` (a
        pattern matches, but `exclude`, `near` or `not_near` keep it from counting).

    >>> from discourse.codebook import parse_pattern
    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> war, other = parse_pattern("war"), parse_pattern("war of attrition")
    >>> named = Entry("name", "war in Ukraine", (war,), "war", exclude=(other,))
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["The war. A war of attrition with the West."]})))
    >>> found = ambiguous_names(tokens, Codebook(names={"war in Ukraine": {"war": named}}))
    >>> found[["text", "start", "reason"]].values.tolist()
    [['war', 11, 'excluded']]
    """
    book = replace(codebook, frames={}, actors={})
    counted = hits(tokens, book, where=where)
    twice = counted.assign(reason="two_referents", other=_others(counted))
    free = replace(book, names={key: {n: _free(way) for n, way in ways.items()} for key, ways in book.names.items()})
    every = hits(tokens, free, where=where)
    out = every[~_touch(every, counted)].assign(reason="excluded", other="")
    found = pd.concat([twice[twice["other"] != ""], out], ignore_index=True)
    place = {doc_id: i for i, doc_id in enumerate(tokens.documents.index)}
    order = found.assign(place=found["doc_id"].map(place)).sort_values(["place", "start", "end", "hit_id"]).index
    return found.loc[order].reset_index(drop=True)


def _free(entry: Entry) -> Entry:
    """An entry whose every match is a hit."""
    return replace(entry, exclude=(), conditions=(), include=tuple(replace(p, conditions=()) for p in entry.include))


class _Hit(NamedTuple):
    doc_id: str
    start: int
    end: int
    referent: str
    name: str


def _rows(found: pd.DataFrame) -> list[_Hit]:
    columns = [found[name].tolist() for name in _Hit._fields]
    return [_Hit(*row) for row in zip(*columns, strict=True)]


def _others(found: pd.DataFrame) -> list[str]:
    """For each hit, in the order of the text, the referents and names of other referents' hits that it overlaps."""
    rows = _rows(found)
    told: list[list[str]] = [[] for _ in rows]
    for i, own in enumerate(rows):
        for j in range(i + 1, len(rows)):
            other = rows[j]
            if other.doc_id != own.doc_id or other.start >= own.end:
                break
            if other.referent != own.referent:
                told[i].append(f"{other.referent}: {other.name}")
                told[j].append(f"{own.referent}: {own.name}")
    return ["; ".join(sorted(set(names))) for names in told]


def _touch(some: pd.DataFrame, others: pd.DataFrame) -> NDArray[np.bool_]:
    """Which hits share characters with a counted hit of the same referent."""
    taken: dict[tuple[str, str], list[_Hit]] = {}
    for hit in _rows(others):
        taken.setdefault((hit.doc_id, hit.referent), []).append(hit)
    touched = [
        any(other.start < hit.end and hit.start < other.end for other in taken.get((hit.doc_id, hit.referent), ()))
        for hit in _rows(some)
    ]
    return np.array(touched, np.bool_)
