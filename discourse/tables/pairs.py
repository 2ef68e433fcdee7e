"""Pairs: the hits of an item on both sides of a comparison. What follows from them alone is computed once a pair."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from .flags import DRIVES_SHARE, Index, Mask, could_drive
from .sides import Four, Sides

MOST_LOOKED_UP = 1 << 21  # numbers in a table that the processor still looks up faster than it hashes
NEVER = 1 << 62  # hits that no document has


class Pairs(NamedTuple):
    """The different pairs of hits of some items: far fewer than there are items.

    Attributes:
        items: which items.
        four: hits of each pair and words, of the target and of the reference.
        code: the pair of each item.
    """

    items: Index
    four: Four
    code: Index


def pairs_of(sides: Sides, items: Index | None = None) -> Pairs:
    """The pairs of some items, by default of all.

    >>> from discourse.counts import Counts
    >>> from .sides import sides_of
    >>> counts = Counts.from_matrix([[2, 1, 2], [0, 3, 0]], list("abc"), pd.DataFrame({"side": ["A", "B"]}))
    >>> pairs_of(sides_of(counts.units("side"), "A", ["B"])).code.tolist()
    [1, 0, 1]
    """
    target, total_target, reference, total_reference = sides.four
    if items is None:
        items = np.arange(sides.size)
    if len(items) < sides.size:
        target, reference = target.take(items), reference.take(items)
    code, target = _different(target)
    other, reference = _different(reference)
    code *= len(reference)
    code += other
    code, found = _different(code)
    first, second = np.divmod(found, max(len(reference), 1))
    return Pairs(items, (target.take(first), total_target, reference.take(second), total_reference), code)


def _different(values: Index) -> tuple[Index, Index]:
    """Which one of the different values each is, and these. Counts are small: a table of them all is soon looked up."""
    size = int(np.max(values, initial=-1)) + 1
    if size > MOST_LOOKED_UP:
        code, found = pd.factorize(values)
        return np.asarray(code, np.int64), found
    here = np.zeros(size, bool)
    here[values] = True
    found = np.flatnonzero(here)
    place = np.empty(size, np.int64)
    place[found] = np.arange(len(found))
    return place.take(values), found


def over(pairs: Pairs, bars: Index, largest: Index) -> Mask:
    """Which items have more hits than the bar of their pair."""
    own = largest if len(pairs.items) == len(largest) else largest.take(pairs.items)
    found: Mask = own > bars.take(pairs.code)
    return found


def driven(sides: Sides, pairs: Pairs) -> Mask:
    """Whether one document holds most of the hits of the side that uses the item more, for each item of the pairs."""
    target, total_target, reference, total_reference = pairs.four
    more = target * float(total_reference) >= reference * float(total_target)
    found = np.zeros(len(pairs.items), bool)
    for hits, uses, largest, words in zip((target, reference), (more, ~more), sides.sums[2], sides.words, strict=True):
        could = uses & could_drive(hits, int(np.count_nonzero(words)))
        most = np.floor(DRIVES_SHARE * hits).astype(np.int64)
        found |= over(pairs, np.where(could, most, NEVER), largest)
    return found
