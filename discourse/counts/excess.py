"""Excess: how unevenly terms are spread over documents, asked of the parts once the sums of all are known.

The deviation of proportions (Gries 2008) of a term is the share of its hits that lies in documents with more of it than
of the words, less the share of the words that these documents have.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow.compute as pc
from numpy.typing import NDArray

from .groups import added
from .selection import Index, Mask
from .spellings import strings
from .strata import numbered_rows
from .tallies import Hits, Pairs, Tally


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


def several_documents(tally: Tally) -> Sums:
    """What the parts are asked: the terms that several documents of a group have. What one has alone is known."""
    return sums_of(tally, np.flatnonzero(tally.numbers[1] > 1))


def excess_numbers(tally: Tally, found: Excess | None) -> NDArray[np.int64]:
    """Hits in documents with too much of a term, and words in them, from what the parts say: 2 × pairs of the tally."""
    hits, documents, _, words = tally.numbers
    # What one document has alone it has too much of, unless it is the only one of its group.
    numbers = np.where(words < tally.groups.totals[tally.group], [hits, words], 0)
    several = np.flatnonzero(documents > 1)
    numbers[:, several] = 0
    if found is not None:
        numbers[:, several[found.place]] = found.numbers
    return numbers


def sums_of(tally: Tally, pairs: Index) -> Sums:
    """What is needed to compare documents by some pairs, as small as it can be."""
    used, item = np.unique(tally.item[pairs], return_inverse=True)
    pair = item * len(tally.groups.keys) + tally.group[pairs]
    return Sums(tally.groups.keys, tally.groups.totals, tally.items.take(used), pair, tally.numbers[0, pairs])


def exceeding(hits: Hits, *, sums: Sums) -> Excess:
    """What one part has too much of, in the documents that hold more of a term's hits than of their group's words."""
    pairs = hits.pairs()
    wanted, place = places(sums, hits, pairs)
    all_hits = np.full(len(pairs.item), np.inf)  # of what is not asked for no document has too much
    all_hits[wanted] = sums.hits[place]
    totals = sums.totals[group_places(sums, hits)[hits.group]]
    share = np.divide(hits.totals, totals, out=np.zeros(len(totals)), where=totals > 0)
    more = np.flatnonzero(hits.count / all_hits[pairs.code] > hits.each(share))
    found = [added(pairs.code[more], own[more], len(all_hits)) for own in (hits.count, hits.each(hits.totals))]
    order = np.argsort(place)
    return Excess(place[order], np.stack(found)[:, wanted[order]])


def group_places(sums: Sums, hits: Hits) -> Index:
    """Which of all groups each group of a part is."""
    return numbered_rows([sums.keys, hits.groups.keys])[0][1]


def places(sums: Sums, hits: Hits, pairs: Pairs) -> tuple[Index, Index]:
    """The pairs of a part that are among those of all, and where they are there."""
    mine, theirs = among(hits.items, sums.items), among(sums.items, hits.items)
    item = np.full(len(mine), -1)
    item[mine] = np.flatnonzero(theirs)  # both are sorted: the first of the one is the first of the other
    known = np.flatnonzero(item[pairs.item] >= 0)
    key = item[pairs.item[known]] * len(sums.keys) + group_places(sums, hits)[pairs.group[known]]
    place = np.searchsorted(sums.pair, key)
    same = np.append(sums.pair, -1)[place] == key
    return known[same], place[same]


def among(items: pd.Index, others: pd.Index) -> Mask:
    """Which of some items are among others."""
    found: Mask = pc.is_in(strings(items), value_set=strings(others)).to_numpy(zero_copy_only=False)
    return found


def all_exceeding(several: Sequence[Excess]) -> Excess:
    """What several parts say together."""
    place = np.concatenate([found.place for found in several])
    distinct, code = np.unique(place, return_inverse=True)
    numbers = np.concatenate([found.numbers for found in several], axis=1)
    return Excess(distinct, np.stack([added(code, own, len(distinct)) for own in numbers]))
