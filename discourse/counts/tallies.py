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
import scipy.sparse as sp
from numpy.typing import NDArray

from discourse.tokens import Encoded, Tokens

from .design import moved_kinds
from .frequencies import term_counts
from .groups import Grouped, added
from .mapped import Mapped, mapped
from .selection import By, Index, Where, conditions, labels, layers_of, names_of
from .spellings import united
from .store import Counts
from .strata import Groups, groups_of, united_groups

# Pairs of items and groups that a table has room for: so many a hit, and these in any case.
ROOM, SMALL = 8, 1 << 20


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
        document: which document that is, as a number within the part.
        totals: its words.
        author: of each, as an index into `authors`.
        authors: their names; empty where it is not known.
        items: the terms, sorted.
        bounds, item, count: the hits of each: `item[bounds[i]:bounds[i + 1]]`, so many times.
    """

    groups: Groups
    group: NDArray[np.int32]
    document: NDArray[np.int32]
    totals: NDArray[np.int32]
    author: NDArray[np.int32]
    authors: pd.Index
    items: pd.Index
    bounds: Index
    item: NDArray[np.int32]
    count: NDArray[np.integer]

    @property
    def nbytes(self) -> int:
        """About how much memory it takes."""
        arrays = (self.group, self.document, self.totals, self.author, self.bounds, self.item, self.count)
        return sum(array.nbytes for array in arrays) + int(self.items.nbytes + self.authors.nbytes)

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
    author, authors = _authors(counts)
    document = pd.factorize(counts.cells["doc_id"])[0]
    rows = [own.astype(np.int32) for own in (group, document, counts.totals, author)]
    return Hits(groups, rows[0], rows[1], rows[2], rows[3], authors, counts.items, bounds, item, count)


def _authors(counts: Counts) -> tuple[NDArray[np.integer], pd.Index]:
    """The author of each cell as a number, and the names."""
    if "author" not in counts.documents:
        return np.zeros(len(counts.cells), np.int64), pd.Index([""], dtype="str")
    code, names = pd.factorize(labels(counts.documents["author"].reindex(counts.cells["doc_id"])))
    return code, pd.Index(names, dtype="str")


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
