"""How a referent is introduced, how steadily it is named, how far groups are apart, and which hits are in doubt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.spatial.distance import jensenshannon

from discourse import measures
from discourse.codebook import Codebook, Entry, known, search
from discourse.counts import By, Grouped, Where, conditions, hits, labels, name_counts
from discourse.counts.rows import names_beside
from discourse.counts.selection import Conditions, names_of
from discourse.counts.spans import qualifying
from discourse.tokens import Encoded, Tokens, check_encoded

from .flags import flag_column, group_masks, pair_masks
from .rows import order_by, refuse_clash
from .sampling import WILSON

_COLUMNS = ["name", "first", "total", "share", "low", "high", "interval", "several", "consistency"]
_DISTANCES = ["referent", "a", "b", "count_a", "count_b", "distance", "flags"]
SEVERAL = 2  # mentions from which on a document can be inconsistent


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
        none)`, flags` (of the group).

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
    check_encoded(tokens)
    groups = names_of(by)
    refuse_clash(groups, [*_COLUMNS, "count", "flags"])
    documents = tokens.documents.assign(doc_id=tokens.documents.index)
    for name in groups:
        if name not in documents:
            raise ValueError(f"by must name document columns; got {name!r}. A habit is that of a whole document.")
    grouped = name_counts(tokens, codebook, by=by, where=where).grouped(by)
    part = partial(_mentions, codebook=known(codebook), where=conditions(tokens, where))
    found = tokens.reduce(part, _one_after_the_other)
    about = documents.loc[found["doc_id"]]
    found = found.assign(**{name: labels(about[name]) for name in groups})
    table = _habits(found, [*groups, "referent"], codebook.names)
    place = _places_of_groups(grouped, table[list(groups)])
    table["flags"] = _flags_of_groups(grouped, place)
    order = order_by(place, table["referent"], -table["first"].astype("int64"), table["name"])
    return table.iloc[order].reset_index(drop=True)


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


def _habits(found: pd.DataFrame, keys: list[str], names: Mapping[str, Mapping[str, Entry]]) -> pd.DataFrame:
    """One row per group, referent that it mentions and name, not yet in order."""
    cell = _numbers(found, keys)
    cells = found[keys].iloc[np.unique(cell, return_index=True)[1]].astype("str")
    ways = [list(names[referent]) for referent in cells["referent"]]
    row = np.repeat(np.arange(len(cells)), [len(own) for own in ways])
    table = cells.iloc[row].reset_index(drop=True)
    table["name"] = pd.Series([name for own in ways for name in own], dtype="str")
    first = _first_mentions(found, cell, table["name"], row)
    total, several, consistency = (values[row] for values in _steadiness(found, cell, len(cells)))
    low, high = measures.wilson(first, total)
    numbers = (first, total, first / total, low, high, WILSON, several, consistency)
    return table.assign(**dict(zip(_COLUMNS[1:], numbers, strict=True)))


def _numbers(found: pd.DataFrame, columns: list[str]) -> NDArray[np.int64]:
    return np.asarray(found.groupby(columns).ngroup(), np.int64)


def _first_mentions(
    found: pd.DataFrame, cell: NDArray[np.int64], name: pd.Series, row: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Of each row, a name in a cell, how many documents mention it first."""
    place = {own: i for i, own in enumerate(dict.fromkeys(name))}
    at = row * len(place) + name.map(place).to_numpy(np.int64)
    counted = cell * len(place) + found["name"].map(place).to_numpy(np.int64)
    documents = np.bincount(counted, found["first"], minlength=int(at.max(initial=-1)) + 1)
    return np.asarray(documents[at], np.int64)


def _steadiness(
    found: pd.DataFrame, cell: NDArray[np.int64], cells: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Of each cell the documents, those with several mentions, and how steady these are on average."""
    # In the order of the documents' ids, so that the sum of shares does not hang on the parts of the corpus.
    document = _numbers(found, ["referent", "doc_id"])
    count = found["count"].to_numpy(np.int64)
    mentions = np.bincount(document, count).astype(np.int64)
    most, owner = np.zeros((2, len(mentions)), np.int64)
    np.maximum.at(most, document, count)
    owner[document] = cell
    often = mentions >= SEVERAL
    several = np.bincount(owner[often], minlength=cells)
    shares = np.bincount(owner[often], most[often] / mentions[often], minlength=cells)
    mean = np.divide(shares, several, out=np.full(cells, np.nan), where=several > 0)
    return np.bincount(owner, minlength=cells), several, mean


def _places_of_groups(grouped: Grouped, groups: pd.DataFrame) -> NDArray[np.int64]:
    """The number of the group of each row."""
    places = {tuple(key): i for i, key in enumerate(grouped.keys.to_numpy(object))}
    return np.array([places[tuple(key)] for key in groups.to_numpy(object)], np.int64)


def _flags_of_groups(grouped: Grouped, place: NDArray[np.int64]) -> list[str]:
    """The flags of the group of each row."""
    masks = group_masks(grouped)
    flags = flag_column(masks | {"descriptive": masks["few_documents"]}, len(grouped.keys))
    return [str(flags[i]) for i in place]


def naming_distance(tokens: Encoded, codebook: Codebook, *, by: By, where: Where | None = None) -> pd.DataFrame:
    """How far apart groups are in the names that they choose for a referent.

    Args:
        tokens: the corpus.
        codebook: its `names`.
        by: document columns or layers.
        where: which tokens count.

    Returns:
        One row per referent and pair of groups, by referent, then the groups: `referent, a, b` (several columns in
        `by` are joined by a dot in the middle)`, count_a, count_b` (mentions)`, distance, flags` (of either group, and
        of the two).
        `distance`: Jensen and Shannon's, the root of the divergence to base 2: 0 = the same shares, 1 = no name in
        common; `nan` where a group never mentions the referent. Of few mentions it is large by chance.

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
    grouped = name_counts(tokens, codebook, by=by, where=where).grouped(by)
    label = grouped.keys.astype("str").agg(" · ".join, axis=1) if len(grouped.keys) else pd.Series(dtype="str")
    pairs = np.array(list(combinations(range(len(label)), 2)), np.int64).reshape(-1, 2)
    flags = np.array(_flags_of_pairs(grouped, pairs), object)
    counts = np.asarray(grouped.matrix.toarray(), np.int64)
    a, b = (label.to_numpy(object)[pairs[:, side]] for side in (0, 1))
    tables = [
        pd.DataFrame({"referent": referent, "a": a, "b": b} | _apart(counts[:, items], pairs) | {"flags": flags})
        for referent, items in _referents(grouped.items)
    ]
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=_DISTANCES)


def _referents(items: pd.Index) -> list[tuple[str, list[int]]]:
    """The referents, sorted, and which items are names of each."""
    found: dict[str, list[int]] = {}
    for number, item in enumerate(items):
        found.setdefault(item.split("\t")[0], []).append(number)
    return sorted(found.items())


def _flags_of_pairs(grouped: Grouped, pairs: NDArray[np.int64]) -> list[str]:
    masks = pair_masks(grouped, pairs[:, 0], pairs[:, 1])
    return [str(text) for text in flag_column(masks | {"descriptive": masks["few_documents"]}, len(pairs))]


def _apart(counts: NDArray[np.int64], pairs: NDArray[np.int64]) -> dict[str, NDArray[np.number]]:
    """The mentions of the two groups of each pair, and how far apart the shares of their names are."""
    one, other = counts[pairs[:, 0]], counts[pairs[:, 1]]
    mentions = one.sum(axis=1), other.sum(axis=1)
    told = (mentions[0] > 0) & (mentions[1] > 0)
    raw = np.asarray(jensenshannon(one[told], other[told], base=2, axis=1))
    distance = np.full(len(pairs), np.nan)
    # Equal shares are nearly, not quite, 0 apart in floating point.
    distance[told] = np.where(np.isnan(raw) | (raw < 1e-9), 0.0, np.minimum(raw, 1.0))
    return {"count_a": mentions[0], "count_b": mentions[1], "distance": distance}


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
    book = replace(known(codebook), frames={}, actors={})
    counted = _with_room(hits(tokens, book, where=where))
    twice = counted.assign(reason="two_referents", other=_others(counted))
    free = replace(book, names={key: {n: _free(way) for n, way in ways.items()} for key, ways in book.names.items()})
    every = _with_room(hits(tokens, free, where=where))
    out = every[~_touch(every, counted)].assign(reason="excluded", other="")
    found = pd.concat([twice[twice["other"] != ""], out], ignore_index=True)
    place = {doc_id: i for i, doc_id in enumerate(tokens.documents.index)}
    order = found.assign(place=found["doc_id"].map(place)).sort_values(["place", "start", "end", "hit_id"]).index
    return found.loc[order].reset_index(drop=True)


def _with_room(found: pd.DataFrame) -> pd.DataFrame:
    """Hits to which reasons can be added, also where documents have columns of these names."""
    return found.rename(columns=names_beside(found, ["reason", "other"]))


def _free(entry: Entry) -> Entry:
    """An entry whose every match is a hit."""
    return replace(entry, exclude=(), conditions=(), include=tuple(replace(p, conditions=()) for p in entry.include))


def _others(found: pd.DataFrame) -> list[str]:
    """For each hit, in the order of the text, the referents and names of other referents' hits that it overlaps."""
    place, size = _places(found)
    start, end = (place * size + found[edge].to_numpy(np.int64) for edge in ("start", "end"))
    # Of each hit, how many of those behind it begin before it ends.
    many = np.searchsorted(start, end) - np.arange(len(found)) - 1
    one = np.repeat(np.arange(len(found)), many)
    other = one + 1 + np.arange(len(one)) - np.repeat(np.cumsum(many) - many, many)
    referent, name = (found[column].to_numpy(object) for column in ("referent", "name"))
    apart = referent[one] != referent[other]
    told: list[set[str]] = [set() for _ in range(len(found))]
    for i, j in zip(one[apart].tolist(), other[apart].tolist(), strict=True):
        told[i].add(f"{referent[j]}: {name[j]}")
        told[j].add(f"{referent[i]}: {name[i]}")
    return ["; ".join(sorted(names)) for names in told]


def _touch(some: pd.DataFrame, others: pd.DataFrame) -> NDArray[np.bool_]:
    """Which hits share characters with a counted hit of the same referent."""
    place, size = _places(pd.concat([some, others]), "referent")
    own, theirs = np.split(place * size, [len(some)])
    order = np.lexsort((others["start"].to_numpy(), theirs))
    starts = (theirs + others["start"].to_numpy(np.int64))[order]
    reach = np.maximum.accumulate((theirs + others["end"].to_numpy(np.int64))[order])
    before = np.searchsorted(starts, own + some["end"].to_numpy(np.int64))
    # How far those reach that begin before the end; what reaches from another document or referent is too small.
    touched: NDArray[np.bool_] = np.append(-1, reach)[before] > own + some["start"].to_numpy(np.int64)
    return touched


def _places(found: pd.DataFrame, *more: str) -> tuple[NDArray[np.int64], int]:
    """The number of each hit's document, and of more columns with it, and a number above every character."""
    number = np.asarray(found.groupby(["doc_id", *more], sort=False).ngroup(), np.int64)
    return number, int(found["end"].max()) + 1 if len(found) else 1
