"""Flips: whether leaving out some one document turns the sign of a difference between two sides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from .flags import Index, Mask
from .pairs import NEVER, Pairs, over, pairs_of
from .sides import REFERENCE, TARGET, Sides, held

SLACK = 1e-3  # hits, so that rounding hides nothing that may turn
FEW = 16  # items of so many are sought one by one
Floats = NDArray[np.float64]
Bars = tuple[Index, Index]  # of each pair, for each side: hits that a document must have more of


def sign_flips(sides: Sides, pairs: Pairs | None = None) -> Mask:
    """Whether leaving out some one document turns the sign of the difference between the rates.

    Args:
        sides: target and reference.
        pairs: the items that are looked at, with their hits; by default all.

    Returns:
        One value for each of these items.
    """
    whole = Difference.of(sides, pairs_of(sides) if pairs is None else pairs)
    bars, likely = _bars(whole)
    flips = np.zeros(len(whole.pairs.items), bool)
    if len(sides.both):
        flips[_on_both(whole)] = True
    else:
        sure, bars = _by_largest(whole, bars)
        flips |= _largest_over(whole, sure, TARGET) | _largest_over(whole, sure, REFERENCE)
    for side in (TARGET, REFERENCE):
        for at in _with_hits(whole, bars, side, flips):
            flips[at] = True
    for at in _without_hits(whole, likely, np.flatnonzero(likely.take(whole.pairs.code) & ~flips)):
        flips[at] = True
    return flips


@dataclass(frozen=True, eq=False)
class Difference:
    """The difference between the rates of items, in floats: products of whole numbers would overflow.

    Attributes:
        sides: what is compared.
        pairs: the items, with their hits.
        hits: of each pair, for each side.
        rates: of each pair, times the words of both sides; rounding keeps the order of such products.
        left: for each side, words without each of its documents.
        sign: of the difference, for each pair.
    """

    sides: Sides
    pairs: Pairs
    hits: tuple[Floats, Floats]
    rates: tuple[Floats, Floats]
    left: tuple[Floats, Floats]
    sign: Floats

    @classmethod
    def of(cls, sides: Sides, pairs: Pairs) -> Difference:
        """That of all documents."""
        target, total_target, reference, total_reference = pairs.four
        hits = target.astype(np.float64), reference.astype(np.float64)
        rates = hits[TARGET] * float(total_reference), hits[REFERENCE] * float(total_target)
        words = sides.words[TARGET].astype(np.float64), sides.words[REFERENCE].astype(np.float64)
        left = float(total_target) - words[TARGET], float(total_reference) - words[REFERENCE]
        return cls(sides, pairs, hits, rates, left, np.sign(rates[TARGET] - rates[REFERENCE]))

    def turned(self, at: Index, document: Index | int, target: Index | int, reference: Index | int) -> Mask:
        """Whether the sign is another one without a document that has so many hits on each side.

        Args:
            at: which of the items, as places among them.
            document: one for each of these, or for all.
            target, reference: its hits.
        """
        return self.turned_pairs(self.pairs.code.take(at), document, target, reference)

    def turned_pairs(self, pair: Index, document: Index | int, target: Index | int, reference: Index | int) -> Mask:
        """The same of pairs."""
        own = (self.hits[TARGET].take(pair) - target) * self.left[REFERENCE][document]
        other = (self.hits[REFERENCE].take(pair) - reference) * self.left[TARGET][document]
        turned: Mask = (own - other) * self.sign.take(pair) < 0
        return turned


def _bars(whole: Difference) -> tuple[Bars, Mask]:
    """How many hits a document must take away from each side, more than these, to turn the items of a pair; and
    whether they can be turned by one that takes none.

    The side that uses an item more must lose hits; the other one loses at most the words of its longest document.
    """
    words = [float(own) for own in whole.sides.four[1::2]]
    left = [float(np.min(own, initial=total)) for own, total in zip(whole.left, words, strict=True)]
    bars, turned = [], []
    for side, other in ((TARGET, REFERENCE), (REFERENCE, TARGET)):
        own, others = whole.rates[side], whole.rates[other]
        bars.append(_bar((own - others) / max(words[other], 1) - SLACK, (own > others) & (others > 0)))
        turned.append((own > others) & (whole.hits[side] * left[other] < others))
    by_words = turned[TARGET] | turned[REFERENCE]
    return (np.where(turned[REFERENCE], 0, bars[TARGET]), np.where(turned[TARGET], 0, bars[REFERENCE])), by_words


def _bar(hits: Floats, possible: Mask) -> Index:
    """A bar in whole hits, which no document reaches where nothing is possible."""
    bar: Index = np.where(possible, np.floor(np.where(possible, hits, 0)), NEVER).astype(np.int64)
    return bar


def _by_largest(whole: Difference, bars: Bars) -> tuple[Bars, Bars]:
    """With more than how many hits a document turns a pair for sure, whatever its words, on the side that has more;
    and with more than how many it may.

    Only where no document is on both sides.
    """
    sides, sure, possible = whole.sides, [], []
    for side, sign in ((TARGET, 1), (REFERENCE, -1)):
        words, other = sides.words[side], 1 - side
        total, own_total = float(sides.four[2 * other + 1]), float(sides.four[2 * side + 1])
        # Taking many words away as well, a document moves the rate least; taking few, most.
        fewest = np.min(words, where=words > 0, initial=words.sum())
        own = (whole.sign == sign) & (bars[side] < NEVER)
        most, least = (
            whole.hits[side] - whole.hits[other] * (own_total - float(size)) / max(total, 1)
            for size in (words.max(initial=0), fewest)
        )
        sure.append(_bar(most + SLACK, own))
        possible.append(np.where(own, np.maximum(bars[side], _bar(least - SLACK, own)), bars[side]))
    return (sure[TARGET], sure[REFERENCE]), (possible[TARGET], possible[REFERENCE])


def _largest_over(whole: Difference, bars: Bars, side: int) -> Mask:
    """Whether the most hits that one document of a side has are more than the bar, for each item."""
    return over(whole.pairs, bars[side], whole.sides.sums[2, side])


def _with_hits(whole: Difference, bars: Bars, side: int, flips: Mask) -> Iterator[Index]:
    """The items that are turned by a document with hits, and with words on one side only.

    Args:
        whole: what is turned.
        bars: which hits may turn it.
        side: of the documents.
        flips: the items that need not be looked at, also while it goes on.
    """
    sides, pairs = whole.sides, whole.pairs
    possible = np.flatnonzero(_largest_over(whole, bars, side) & ~flips)
    items = pairs.items.take(possible)
    bar, place = np.full(sides.size, NEVER), np.empty(sides.size, np.int64)
    bar[items], place[items] = bars[side].take(pairs.code.take(possible)), possible
    for found in sides.blocks(side) if len(possible) else ():
        if len(found.sizes) == 1 and FEW * len(possible) < len(found.item):
            own, there = held(found.item, items)
            own = own[there]
            some = own[found.hits.take(own) > bar.take(items[there])]
        else:
            some = np.flatnonzero(found.hits > bar.take(found.item))
        at = place.take(found.item.take(some))
        left = np.flatnonzero(~flips.take(at))
        at, some = at.take(left), some.take(left)
        hits = found.hits.take(some)
        document = found.document.take(np.searchsorted(np.cumsum(found.sizes), some, side="right"))
        turned = whole.turned(at, document, *((hits, 0) if side == TARGET else (0, hits)))
        if len(sides.both):
            turned &= ~np.isin(document, sides.both)
        yield at[turned]


def _on_both(whole: Difference) -> Index:
    """The items that are turned by a document with hits, and with words on both sides."""
    sides, pairs = whole.sides, whole.pairs
    # Both sides in one number: hits of the target as real part, those of the reference as imaginary one.
    hits = sp.csr_array(sides.of_both[TARGET] + 1j * sides.of_both[REFERENCE])[:, pairs.items]
    document = np.repeat(sides.both, np.diff(hits.indptr))
    at: Index = hits.indices
    return at[whole.turned(at, document, hits.data.real, hits.data.imag)]


def _without_hits(whole: Difference, likely: Mask, at: Index) -> Iterator[Index]:
    """For each side, the items that are turned by the one with most words of the documents without any hit of theirs.

    A document without a hit only takes away words; the one that takes most away from a side moves the rate furthest.
    """
    sides, items, pairs = whole.sides, whole.pairs.items, whole.pairs.code
    for side, within in enumerate(sides.sums[1]):
        longest = np.argsort(-sides.words[side], kind="stable")[: np.count_nonzero(sides.words[side])]
        reach = _reach(whole, longest, likely)
        # An item that all documents have is turned by none without it.
        left = at[within.take(items.take(at)) < len(longest)]
        for number, document in enumerate(longest.tolist()):
            left = left[reach.take(pairs.take(left)) > number]
            if not len(left):
                break
            has = sides.has(document, items.take(left))
            lacking, left = left[~has], left[has]
            yield lacking[whole.turned(lacking, document, 0, 0)]


def _reach(whole: Difference, longest: Index, likely: Mask) -> Index:
    """How many of the documents of a side, the longest first, may turn each pair without any hit of its items."""
    low = np.zeros(len(likely), np.int64)
    high = len(longest) * likely
    if len(whole.sides.both):  # words of both sides go away at once
        return high
    # What a document turns, a longer one does: half of those that are left are looked at again and again.
    while len(some := np.flatnonzero(low < high)):
        middle = (low[some] + high[some]) // 2
        turned = whole.turned_pairs(some, longest[middle], 0, 0)
        low[some] = np.where(turned, middle + 1, low[some])
        high[some] = np.where(turned, high[some], middle)
    return low
