"""Tallies: terms added up by group inside each part of a corpus, so that no document leaves its part.

They hold what `Grouped` says of groups in sums and maxima, which add up over parts. What hangs on single documents is
asked of the parts again, once the sums are known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow.compute as pc
import scipy.sparse as sp
from numpy.typing import NDArray

from discourse.tokens import Encoded, Tokens

from .design import Kinds, kinds_of, moved_kinds, united_kinds
from .frequencies import term_counts
from .groups import Grouped, added
from .mapped import Mapped, mapped
from .selection import By, Index, Mask, Where, conditions, labels, layers_of, names_of
from .spellings import strings, united
from .store import Counts

# Pairs of items and groups that a table has room for: so many a hit, and these in any case.
ROOM, SMALL = 8, 1 << 20


# ── groups ───────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, eq=False)
class Groups:
    """The groups of some parts of a corpus.

    Attributes:
        keys: one row per group, as strings; without columns there is one group.
        numeric: for each column of the keys, whether its values are numbers.
        totals: words per group.
        n_documents: documents with words per group.
        smallest: words of the smallest of these; 0 where there is none.
        kinds: which authors, topics and dates they have, see `kinds_of`.
        columns: of the table of documents.
    """

    keys: pd.DataFrame
    numeric: tuple[bool, ...]
    totals: Index
    n_documents: Index
    smallest: Index
    kinds: Kinds
    columns: tuple[str, ...]

    def order(self) -> Index:
        """The groups by their values, numbers as numbers."""
        pairs = [(self.keys[name], numeric) for name, numeric in zip(self.keys, self.numeric, strict=True)]
        columns = [pd.to_numeric(key, errors="coerce").fillna(-np.inf) if numeric else key for key, numeric in pairs]
        return np.lexsort([np.asarray(column) for column in reversed(columns)]) if pairs else np.arange(len(self.keys))

    def grouped(self, items: pd.Index, matrices: Sequence[sp.csr_array]) -> Grouped:
        """The groups with what was counted in them, as tables take them.

        Its units are no documents: one a group has of each item what a document of the group has at most.

        Args:
            items: what was counted.
            matrices: groups × items: hits, documents with any, and the most that one document has.
        """
        names = pd.Index(np.arange(len(self.keys)).astype(str))
        matrix, documents, top = matrices
        return Grouped(
            keys=self.keys,
            items=items,
            units=top,
            unit_group=np.arange(len(names)),
            unit_document=names,
            unit_totals=np.zeros(len(names), np.int64),
            matrix=matrix,
            documents=documents,
            totals=self.totals,
            n_documents=self.n_documents,
            about=pd.DataFrame({name: "" for name in self.columns if name in self.keys}, names),
            known=self.kinds,
        )


def groups_of(counts: Counts, by: Sequence[str]) -> tuple[Index, Groups]:
    """Tell the groups of cells of which each is all that one document has in one group.

    Args:
        counts: of one part.
        by: document columns, `doc_id`, and all layers that were counted by.

    Returns:
        The group of each cell, and the groups.

    >>> frame = pd.DataFrame({"term": "war", "side": ["B", "A", "B"], "count": [1, 2, 4]})
    >>> group, groups = groups_of(Counts.from_frame(frame, by="side"), ["side"])
    >>> group.tolist(), groups.keys["side"].tolist(), groups.totals.tolist()
    ([0, 1], ['A', 'B'], [2, 5])
    """
    values = [_values(counts, name) for name in by]
    named = {name: labels(value) for name, value in zip(by, values, strict=True)}
    table = pd.DataFrame(named, index=range(len(counts.cells))).astype("str")
    (group,), keys = numbered_rows([table])
    keys = keys if by else pd.DataFrame(index=range(1))  # without columns there is one group, also of no cells
    filled = counts.totals > 0
    groups = Groups(
        keys,
        tuple(pd.api.types.is_numeric_dtype(value) for value in values),
        added(group, counts.totals, len(keys)),
        added(group, filled, len(keys)),
        _least(group[filled], counts.totals[filled], len(keys)),
        kinds_of(group, filled, counts.documents.reindex(counts.cells["doc_id"])),
        tuple(map(str, counts.documents.columns)),
    )
    return group, groups


def _values(counts: Counts, name: str) -> pd.Series:
    """The value of a column in each cell."""
    return counts.cells[name] if name in counts.cells else counts.documents[name].reindex(counts.cells["doc_id"])


def _least(code: Index, values: Index, size: int) -> Index:
    """The smallest of the values with the same code; 0 where there is none."""
    least = np.full(size, np.iinfo(np.int64).max)
    np.minimum.at(least, code, values)
    least[np.bincount(code, minlength=size) == 0] = 0
    return least


def numbered_rows(tables: Sequence[pd.DataFrame]) -> tuple[list[Index], pd.DataFrame]:
    """Number the distinct rows of several tables as they come.

    Returns:
        The numbers of the rows of each table, and the distinct rows.

    >>> numbers, rows = numbered_rows([pd.DataFrame({"side": ["B", "A"]}), pd.DataFrame({"side": ["A", "C"]})])
    >>> [number.tolist() for number in numbers], rows["side"].tolist()
    ([[0, 1], [1, 2]], ['B', 'A', 'C'])
    """
    every = pd.concat(tables, ignore_index=True)
    names = list(every.columns)
    number = every.groupby(names, sort=False).ngroup().to_numpy(np.int64) if names else np.zeros(len(every), np.int64)
    rows = every[~every.duplicated()] if names else every.iloc[:1]
    return np.split(number, np.cumsum([len(table) for table in tables])[:-1]), rows.reset_index(drop=True)


def united_groups(several: Sequence[Groups]) -> tuple[list[Index], Groups]:
    """The groups of several parts as those of one.

    Returns:
        For each part where its groups are among all, and all of them.
    """
    places, keys = numbered_rows([groups.keys for groups in several])
    place, size = np.concatenate(places), len(keys)
    smallest = np.concatenate([groups.smallest for groups in several])
    whole = Groups(
        keys,
        tuple(map(all, zip(*(groups.numeric for groups in several), strict=True))),
        added(place, np.concatenate([groups.totals for groups in several]), size),
        added(place, np.concatenate([groups.n_documents for groups in several]), size),
        _least(place[smallest > 0], smallest[smallest > 0], size),
        united_kinds([groups.kinds for groups in several], places),
        several[0].columns,
    )
    return places, whole


# ── terms ────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, eq=False)
class Tally:
    """Terms of some parts of a corpus, added up by group.

    Attributes:
        groups: those there are.
        items: the terms, sorted.
        item, group: the pairs that occur, by item, then group.
        numbers: int64, 4 × pairs: hits, documents of the group with any, the most that one of them has, and the words
            of them all.
    """

    groups: Groups
    items: pd.Index
    item: Index
    group: Index
    numbers: NDArray[np.int64]

    def grouped(self) -> Grouped:
        """As tables take it, see `Groups.grouped`."""
        shape = (len(self.groups.keys), len(self.items))
        return self.groups.grouped(
            self.items, [sp.coo_array((own, (self.group, self.item)), shape).tocsr() for own in self.numbers[:3]]
        )


class Pairs(NamedTuple):
    """The pairs of an item and a group that some hits have, and maybe some that none has.

    Attributes:
        code: the pair of each hit.
        item, group: of each pair, by item, then group.
    """

    code: Index
    item: Index
    group: Index

    def times(self) -> Index:
        """How many hits each pair has."""
        return np.bincount(self.code, minlength=len(self.item))

    def added(self, values: NDArray[Any]) -> Index:
        """The sum of the values of the hits of each pair."""
        return added(self.code, values, len(self.item))

    def largest(self, values: NDArray[Any]) -> Index:
        """The largest of the values, none negative, of the hits of each pair."""
        largest = np.zeros(len(self.item), np.int64)
        np.maximum.at(largest, self.code, values.astype(np.int64, copy=False))  # quick where types agree
        return largest


def paired(item: NDArray[Any], group: NDArray[Any], n_items: int, n_groups: int) -> Pairs:
    """Find the pairs of an item and a group that hits have.

    >>> pairs = paired(np.array([0, 1, 0, 1]), np.array([1, 0, 1, 0]), 2, 2)
    >>> pairs.item.tolist(), pairs.group.tolist(), pairs.added(np.array([1, 2, 3, 4])).tolist()
    ([0, 0, 1, 1], [0, 1, 0, 1], [0, 4, 6, 0])
    """
    key = item.astype(np.int64)
    key *= n_groups
    key += group
    if n_items * n_groups > ROOM * len(key) + SMALL:
        found, key = np.unique(key, return_inverse=True)
    else:
        # A table of all pairs there could be is many times as fast as sorting those there are.
        found = np.arange(n_items * n_groups)
    return Pairs(key, *np.divmod(found, max(n_groups, 1)))


@dataclass(frozen=True, eq=False)
class Hits:
    """What a part says of its terms: small enough to be kept, so that it can be asked twice.

    Attributes:
        groups: those there are.
        group: of each document within a group.
        totals: its words.
        items: the terms, sorted.
        bounds, item, count: the hits of each: `item[bounds[i]:bounds[i + 1]]`, so many times.
    """

    groups: Groups
    group: NDArray[np.int32]
    totals: NDArray[np.int32]
    items: pd.Index
    bounds: Index
    item: NDArray[np.int32]
    count: NDArray[np.integer]

    @property
    def nbytes(self) -> int:
        """About how much memory it takes."""
        arrays = (self.group, self.totals, self.bounds, self.item, self.count)
        return sum(array.nbytes for array in arrays) + int(self.items.nbytes)

    def pairs(self) -> Pairs:
        """The pairs of items and groups that the hits have."""
        return paired(self.item, self.each(self.group), len(self.items), len(self.groups.keys))

    def each(self, values: NDArray[Any]) -> NDArray[Any]:
        """For each hit the value of its document."""
        return np.repeat(values, np.diff(self.bounds))


class Terms(NamedTuple):
    """The terms of a corpus by group.

    Attributes:
        tally: all of it.
        hits: what its parts say, to be asked again.
    """

    tally: Tally
    hits: Mapped[Hits]


def term_tally(encoded: Encoded, *, by: By = None, ngram: int = 1, where: Where | None = None) -> Terms:
    """Count terms per group; answers hold groups and terms, however many documents there are.

    Args:
        encoded: the corpus.
        by, ngram, where: see `term_counts`.

    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tally, _ = term_tally(tokenize(Corpus.from_frame(pd.DataFrame({"text": ["War and war.", "War."]}))))
    >>> tally.items.tolist(), tally.numbers.tolist()
    (['and', 'war'], [[1, 3], [1, 2], [1, 2], [3, 4]])
    """
    layers_of(encoded, by)
    asked = partial(_hits, by=names_of(by), ngram=ngram, where=conditions(encoded, where))
    hits = mapped(encoded, asked)
    tally: Tally = hits.reduce(_tallied, united_tallies)
    order = tally.groups.order()
    rank = np.argsort(order)[tally.group]
    by_item = np.lexsort([rank, tally.item])
    group, numbers = rank[by_item], tally.numbers[:, by_item]
    return Terms(Tally(_taken(tally.groups, order), tally.items, tally.item[by_item], group, numbers), hits)


def _taken(groups: Groups, order: Index) -> Groups:
    return replace(
        groups,
        keys=groups.keys.iloc[order].reset_index(drop=True),
        totals=groups.totals[order],
        n_documents=groups.n_documents[order],
        smallest=groups.smallest[order],
        kinds=moved_kinds(groups.kinds, np.argsort(order)),
    )


def _hits(tokens: Tokens, *, by: tuple[str, ...], ngram: int, where: Where) -> Hits:
    counts = term_counts(tokens, by=by, ngram=ngram, where=where)
    group, groups = groups_of(counts, by)
    bounds, item = np.asarray(counts.matrix.indptr, np.int64), counts.matrix.indices.astype(np.int32, copy=False)
    most = int(np.max(counts.matrix.data, initial=0))
    count = counts.matrix.data.astype(np.min_scalar_type(most))
    return Hits(groups, group.astype(np.int32), counts.totals.astype(np.int32), counts.items, bounds, item, count)


def _tallied(hits: Hits) -> Tally:
    pairs = hits.pairs()
    numbers = [pairs.added(hits.count), pairs.times(), pairs.largest(hits.count), pairs.added(hits.each(hits.totals))]
    return _of_pairs(hits.groups, hits.items, pairs, numbers)


def _of_pairs(groups: Groups, items: pd.Index, pairs: Pairs, numbers: Sequence[Index]) -> Tally:
    """A tally of the pairs with hits."""
    some = np.flatnonzero(numbers[0])
    return Tally(groups, items, pairs.item[some], pairs.group[some], np.stack([own[some] for own in numbers]))


def united_tallies(several: Sequence[Tally]) -> Tally:
    """One tally of several."""
    if len(several) == 1:
        return several[0]
    places, groups = united_groups([tally.groups for tally in several])
    items, columns = united([tally.items for tally in several])
    item = np.concatenate([column[tally.item] for tally, column in zip(several, columns, strict=True)])
    group = np.concatenate([place[tally.group] for tally, place in zip(several, places, strict=True)])
    pairs = paired(item, group, len(items), len(groups.keys))
    hits, documents, top, words = np.concatenate([tally.numbers for tally in several], axis=1)
    numbers = [pairs.added(hits), pairs.added(documents), pairs.largest(top), pairs.added(words)]
    return _of_pairs(groups, items, pairs, numbers)


# ── spread over documents ────────────────────────────────────────────────────────────────────────────────────────


class Sums(NamedTuple):
    """What single documents are compared with.

    Attributes:
        keys: of the groups.
        totals: words per group.
        items: sorted.
        pair: item and group in one number, ascending: the item times the number of groups, and the group.
        hits: of each pair.
    """

    keys: pd.DataFrame
    totals: Index
    items: pd.Index
    pair: Index
    hits: Index


class Excess(NamedTuple):
    """Documents that hold more of a term's hits than of their group's words, added up.

    Attributes:
        place: which pair is meant, ascending.
        numbers: int64, 2 × places: hits in such documents, and words in them.
    """

    place: Index
    numbers: NDArray[np.int64]


def term_excess(terms: Terms) -> NDArray[np.int64]:
    """Ask the parts again, now that the sums are known, how unevenly terms are spread over documents.

    The deviation of proportions (Gries 2008) of a term is the share of its hits that lies in documents with more of it
    than of the words, less the share of the words that these documents have.

    Returns:
        int64, 2 × pairs of the tally: hits in such documents, and words in them.

    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["War and war.", "War."]})))
    >>> term_excess(term_tally(tokens)).tolist()
    [[1, 1], [3, 1]]
    """
    tally = terms.tally
    hits, documents, _, words = tally.numbers
    # What one document has alone it has too much of, unless it is the only one of its group.
    numbers = np.where(words < tally.groups.totals[tally.group], [hits, words], 0)
    several = np.flatnonzero(documents > 1)
    if len(several):
        found: Excess = terms.hits.reduce(partial(_exceeding, sums=_sums(tally, several)), _all_exceeding)
        numbers[:, several] = 0
        numbers[:, several[found.place]] = found.numbers
    return numbers


def _sums(tally: Tally, pairs: Index) -> Sums:
    """What is needed to compare documents by some pairs, as small as it can be."""
    used, item = np.unique(tally.item[pairs], return_inverse=True)
    pair = item * len(tally.groups.keys) + tally.group[pairs]
    return Sums(tally.groups.keys, tally.groups.totals, tally.items.take(used), pair, tally.numbers[0, pairs])


def _exceeding(hits: Hits, *, sums: Sums) -> Excess:
    pairs = hits.pairs()
    wanted, place = _places(sums, hits, pairs)
    all_hits = np.full(len(pairs.item), np.inf)  # of what is not asked for no document has too much
    all_hits[wanted] = sums.hits[place]
    totals = sums.totals[_group_places(sums, hits)[hits.group]]
    share = np.divide(hits.totals, totals, out=np.zeros(len(totals)), where=totals > 0)
    more = np.flatnonzero(hits.count / all_hits[pairs.code] > hits.each(share))
    found = [added(pairs.code[more], own[more], len(all_hits)) for own in (hits.count, hits.each(hits.totals))]
    order = np.argsort(place)
    return Excess(place[order], np.stack(found)[:, wanted[order]])


def _group_places(sums: Sums, hits: Hits) -> Index:
    """Which of all groups each group of a part is."""
    return numbered_rows([sums.keys, hits.groups.keys])[0][1]


def _places(sums: Sums, hits: Hits, pairs: Pairs) -> tuple[Index, Index]:
    """The pairs of a part that are among those of all, and where they are there."""
    mine, theirs = _among(hits.items, sums.items), _among(sums.items, hits.items)
    item = np.full(len(mine), -1)
    item[mine] = np.flatnonzero(theirs)  # both are sorted: the first of the one is the first of the other
    known = np.flatnonzero(item[pairs.item] >= 0)
    key = item[pairs.item[known]] * len(sums.keys) + _group_places(sums, hits)[pairs.group[known]]
    place = np.searchsorted(sums.pair, key)
    same = np.append(sums.pair, -1)[place] == key
    return known[same], place[same]


def _among(items: pd.Index, others: pd.Index) -> Mask:
    found: Mask = pc.is_in(strings(items), value_set=strings(others)).to_numpy(zero_copy_only=False)
    return found


def _all_exceeding(several: Sequence[Excess]) -> Excess:
    place = np.concatenate([found.place for found in several])
    distinct, code = np.unique(place, return_inverse=True)
    numbers = np.concatenate([found.numbers for found in several], axis=1)
    return Excess(distinct, np.stack([added(code, own, len(distinct)) for own in numbers]))
