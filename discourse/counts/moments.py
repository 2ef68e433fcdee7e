"""Moments: how terms vary over what could have come out otherwise, as sums that add up over the parts of a corpus."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
import scipy.sparse as sp
from numpy.typing import NDArray

from .design import unit_codes, unit_numbers
from .excess import Sums, group_places, places, sums_of
from .groups import Grouped, Units, added
from .selection import Index, Mask
from .tallies import Hits, Tally


def unit_moments(grouped: Grouped, asked: Mask) -> NDArray[np.int64]:
    """Sums over the documents, or authors where they wrote several, of the groups asked for.

    Args:
        grouped: the groups, with their documents.
        asked: whether each group is.

    Returns:
        5 × pairs of a group and an item that occurs there, by group, then item: hits, words, their squares and
        products, in the order of `measures.ratio_moments`; 0 where the group is not asked for.

    >>> from discourse.counts import Counts
    >>> grouped = Counts.from_matrix([[2], [1]], ["war"], pd.DataFrame(index=["a", "b"]), totals=[10, 20]).grouped()
    >>> unit_moments(grouped, np.array([True]))[:, 0].tolist()
    [3, 30, 5, 40, 500]
    """
    group = np.repeat(np.arange(len(asked)), np.diff(grouped.matrix.indptr))
    pairs = np.flatnonzero(asked[group])
    sums = np.zeros((5, len(group)), np.int64)
    if not len(pairs):
        return sums
    units, place = grouped.sampled(), np.empty(len(grouped.items), np.int64)
    rows = np.flatnonzero(asked[units.unit_group])
    sizes = units.unit_totals[rows]
    order = np.argsort(units.unit_group, kind="stable")
    ends = np.searchsorted(units.unit_group[order], np.arange(len(asked) + 1))
    for number in np.flatnonzero(asked):
        own = slice(*grouped.matrix.indptr[number : number + 2])
        of_group = order[ends[number] : ends[number + 1]]
        sums[2:4, own] = _squares_and_products(units, of_group, grouped.matrix.indices[own], place)
    sums[0, pairs] = grouped.matrix.data[pairs]
    for at, values in ((1, sizes), (4, _product(sizes, sizes))):
        sums[at, pairs] = added(units.unit_group[rows], values, len(asked))[group[pairs]]
    return sums


def _squares_and_products(
    units: Units, rows: Index, items: NDArray[np.integer], place: Index
) -> NDArray[np.int64]:
    """Sums over some units, of items they have no others than: hits², hits × words. `place` has room for all items."""
    place[items] = np.arange(len(items))
    hits = units.units if len(rows) == len(units.unit_group) else units.units[rows]
    words, code = np.repeat(units.unit_totals[rows], np.diff(hits.indptr)), place.take(hits.indices)
    return np.stack([added(code, _product(hits.data, other), len(items)) for other in (hits.data, words)])


# ── the same from many parts ─────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, eq=False)
class Varying:
    """What the parts of a corpus are asked for.

    Attributes:
        sums: of the pairs whose moments are asked for.
        asked: whether each group is.
        together: whether the documents of an author count as one in each group.
        authors: of these groups: `group, value, documents`.
    """

    sums: Sums
    asked: Mask
    together: Mask
    authors: pd.DataFrame


class Moments(NamedTuple):
    """What some parts say. An author who wrote in several parts stays open until all of them are put together.

    Attributes:
        place: which pairs are meant, ascending.
        numbers: 2 × places: squares of hits, products of hits and words.
        squares: of the words, a group.
        words: authors, and words of theirs.
        hits: authors, pairs, and hits of theirs.
    """

    place: Index
    numbers: NDArray[np.int64]
    squares: Index
    words: NDArray[np.int64]
    hits: NDArray[np.int64]


def varying(tally: Tally, few: int) -> Varying | None:
    """What is to be asked of the parts; nothing where all groups have fewer documents, or authors, than `few`."""
    numbers = unit_numbers(tally.groups.kinds, tally.groups.n_documents)
    asked = numbers >= few
    if not asked.any():
        return None
    together = asked & (numbers < tally.groups.n_documents)
    known = tally.groups.kinds.get("author", pd.DataFrame(columns=["group", "value", "documents"]))
    authors = known[together[known["group"].to_numpy(np.int64)] & (known["value"] != "")].reset_index(drop=True)
    return Varying(sums_of(tally, np.flatnonzero(asked[tally.group])), asked, together, authors)


def moments_in(hits: Hits, asked: Varying) -> Moments:
    """What one part says of the pairs asked for."""
    row_group = group_places(asked.sums, hits)[hits.group]
    names = hits.authors.to_numpy(object)[hits.author]
    unit = unit_codes(row_group, names, together=asked.together)
    first = np.unique(unit, return_index=True)[1]
    group, words = row_group[first], added(unit, hits.totals, len(first))
    author = _open(asked, group, names[first], added(unit, hits.totals > 0, len(first)))
    closed = asked.asked[group] & (author < 0)
    some, place, cells = _cells(hits, asked, unit, len(first))
    rows = np.repeat(np.arange(len(first)), np.diff(cells.indptr))
    own, left = np.flatnonzero(closed[rows]), np.flatnonzero(author[rows] >= 0)
    number, item = cells.data[own], cells.indices[own]
    size = words[rows[own]]
    numbers = [added(item, _product(number, other), len(some)) for other in (number, size)]
    squares = added(group, np.where(closed, _product(words, words), 0), len(asked.asked))
    still = np.flatnonzero(author >= 0)
    return Moments(
        place,
        np.stack(numbers),
        squares,
        np.stack([author[still], words[still]]),
        np.stack([author[rows[left]], place[cells.indices[left]], cells.data[left]]),
    )


def _open(asked: Varying, group: Index, names: NDArray[np.object_], documents: Index) -> Index:
    """The author of each unit who wrote in other parts too, as a row of the table of authors; -1 for other units."""
    author = np.full(len(group), -1)
    if len(asked.authors):
        known = np.flatnonzero(asked.together[group] & (names != ""))
        every = pd.MultiIndex.from_frame(asked.authors[["group", "value"]])
        author[known] = every.get_indexer(pd.MultiIndex.from_arrays([group[known], names[known]]))
        author[known[asked.authors["documents"].to_numpy()[author[known]] == documents[known]]] = -1
    return author


def _cells(hits: Hits, asked: Varying, unit: Index, size: int) -> tuple[Index, Index, sp.csr_array]:
    """The pairs of a part that are asked for, their places among all, and what units have of them."""
    pairs = hits.pairs()
    some, place = places(asked.sums, hits, pairs)
    order = np.argsort(place)
    some, place = some[order], place[order]
    column = np.full(len(pairs.item), -1)
    column[some] = np.arange(len(some))
    code = column[pairs.code]
    kept = np.flatnonzero(code >= 0)
    where = (hits.each(unit)[kept], code[kept])
    return some, place, sp.coo_array((hits.count[kept].astype(np.int64), where), (size, len(some))).tocsr()


def united_moments(several: Sequence[Moments]) -> Moments:
    """What several parts say together."""
    place, code = np.unique(np.concatenate([found.place for found in several]), return_inverse=True)
    numbers = np.concatenate([found.numbers for found in several], axis=1)
    return Moments(
        place,
        np.stack([added(code, own, len(place)) for own in numbers]),
        np.sum([found.squares for found in several], axis=0),
        np.concatenate([found.words for found in several], axis=1),
        np.concatenate([found.hits for found in several], axis=1),
    )


def all_moments(tally: Tally, asked: Varying, found: Moments) -> NDArray[np.int64]:
    """As `unit_moments`, from what all parts say."""
    sums = np.zeros((5, len(tally.item)), np.int64)
    rows = np.flatnonzero(asked.asked[tally.group])
    sums[:2, rows] = tally.numbers[0, rows], tally.groups.totals[tally.group[rows]]
    numbers, squares = np.zeros((2, len(rows)), np.int64), found.squares.copy()
    numbers[:, found.place] = found.numbers
    size, (author, pair, hits) = len(asked.authors), found.hits
    words = added(found.words[0], found.words[1], size)
    squares += added(asked.authors["group"].to_numpy(np.int64), _product(words, words), len(squares))
    cells = sp.coo_array((hits, (author, pair)), (size, len(rows))).tocsr()
    own = np.repeat(words, np.diff(cells.indptr))
    numbers += [added(cells.indices, _product(cells.data, other), len(rows)) for other in (cells.data, own)]
    sums[2:4, rows] = numbers
    sums[4, rows] = squares[tally.group[rows]]
    return sums[:, np.argsort(tally.group, kind="stable")]


def _product(one: Index, two: Index) -> NDArray[np.float64]:
    """Products in floats: of authors with billions of words those of integers would wrap around unseen."""
    return np.multiply(one, two, dtype=np.float64)
