"""Flips: whether leaving out some one document turns the sign of a difference between two sides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from .flags import Index, Mask
from .sides import BLOCK, REFERENCE, TARGET, Sides, held

SLACK = 1e-3  # hits, so that rounding hides nothing that may turn
NEVER = 1e300  # hits that no document has; infinity could not be multiplied by nothing
FEW = 16  # items of so many are sought one by one
Floats = NDArray[np.float64]
Pair = tuple[Floats, Floats]  # a value of each item for each side


def sign_flips(sides: Sides, shown: Mask | None = None) -> Mask:
    """Whether leaving out some one document turns the sign of the difference between the rates.

    Args:
        sides: of n items.
        shown: the items that are looked at, shape (n,); by default all.
    """
    if shown is None:
        shown = np.ones(sides.size, bool)
    whole, flips = Difference.of(sides), np.zeros(sides.size, bool)
    bars, likely = _bars(whole, shown)
    for items in (*_on_both(whole), *_by_largest(whole, bars), *_with_hits(whole, bars)):
        flips[items] = True
    for items in _without_hits(whole, np.flatnonzero(likely & ~flips)):
        flips[items] = True
    return flips & shown


@dataclass(frozen=True, eq=False)
class Difference:
    """The difference between the rates of items, in floats: products of whole numbers would overflow.

    Attributes:
        sides: what is compared.
        hits: of each item, for each side.
        rates: of each item, times the words of both sides; rounding keeps the order of such products.
        left: for each side, words without each of its documents.
        sign: of the difference.
    """

    sides: Sides
    hits: Pair
    rates: Pair
    left: Pair
    sign: Floats

    @classmethod
    def of(cls, sides: Sides) -> Difference:
        """That of all documents."""
        target, total_target, reference, total_reference = sides.four
        hits = target.astype(np.float64), reference.astype(np.float64)
        rates = hits[TARGET] * float(total_reference), hits[REFERENCE] * float(total_target)
        words = sides.words[TARGET].astype(np.float64), sides.words[REFERENCE].astype(np.float64)
        left = float(total_target) - words[TARGET], float(total_reference) - words[REFERENCE]
        return cls(sides, hits, rates, left, np.sign(rates[TARGET] - rates[REFERENCE]))

    def blocks(self) -> Iterator[slice]:
        """So many items at once as stay in the processor's cache."""
        return (slice(first, first + BLOCK) for first in range(0, self.sides.size, BLOCK))

    def turned(self, item: Index, document: Index | int, target: Index | int, reference: Index | int) -> Mask:
        """Whether the sign is another one without a document that has so many hits of an item on each side."""
        without = self.hits[TARGET].take(item)
        without -= target
        without *= self.left[REFERENCE][document]
        other = self.hits[REFERENCE].take(item)
        other -= reference
        other *= self.left[TARGET][document]
        without -= other
        without *= self.sign.take(item)
        turned: Mask = without < 0
        return turned


def _bars(whole: Difference, shown: Mask) -> tuple[Pair, Mask]:
    """How many hits, at least, a document takes away from each side to turn an item, and the items that can be turned
    by one that takes none.

    The side that uses an item more must lose hits; the other one loses at most the words of its longest document.
    """
    words = [float(own) for own in whole.sides.four[1::2]]
    left = [float(np.min(own, initial=total)) for own, total in zip(whole.left, words, strict=True)]
    bars, likely = (np.empty(len(shown)), np.empty(len(shown))), np.zeros(len(shown), bool)
    for some in whole.blocks():
        turned = []
        for side, other in ((TARGET, REFERENCE), (REFERENCE, TARGET)):
            own, others = whole.rates[side][some], whole.rates[other][some]
            more = shown[some] & (own > others)
            bars[side][some] = _at_least((own - others) / max(words[other], 1) - SLACK, ~more | (others <= 0))
            turned.append(more & (whole.hits[side][some] * left[other] < others))
        for side, by_words in zip((REFERENCE, TARGET), turned, strict=True):
            bars[side][some][by_words] = 0
            likely[some] |= by_words
    return bars, likely


def _at_least(bars: Floats, never: Mask) -> Floats:
    """Bars, those that no document reaches raised: by arithmetic, for choosing by a mask is many times as slow."""
    raised: Floats = np.maximum(bars, NEVER * never)
    return raised


def _by_largest(whole: Difference, bars: Pair) -> Iterator[Index]:
    """The items that are turned by the most hits of any one document, on the side that has more, whatever its words.

    Only where no document is on both sides. What no document with hits there can turn is not looked at again.
    """
    sides = whole.sides
    for side, sign in () if len(sides.both) else ((TARGET, 1), (REFERENCE, -1)):
        words, other = sides.words[side], 1 - side
        total, own_total = float(sides.four[2 * other + 1]), float(sides.four[2 * side + 1])
        # Taking many words away as well, a document moves the rate least; taking few, most.
        fewest = np.min(words, where=words > 0, initial=words.sum())
        most, least = own_total - float(words.max(initial=0)), own_total - float(fewest)
        for some in whole.blocks():
            without = (whole.hits[side][some] - sides.sums[2, side, some]) * total
            others, bar = whole.hits[other][some], bars[side][some]
            own = whole.sign[some] == sign
            turned = own & (without < others * most) & (bar < NEVER)
            bar[:] = _at_least(bar, turned | (own & (without >= others * least)))
            bars[other][some] = _at_least(bars[other][some], turned)
            yield some.start + np.flatnonzero(turned)


def _with_hits(whole: Difference, bars: Pair) -> Iterator[Index]:
    """The items that are turned by a document with hits, and with words on one side only."""
    sides = whole.sides
    for side in (TARGET, REFERENCE):
        possible = sides.sums[2, side] > bars[side]
        items = np.flatnonzero(possible)
        for rows, entries in sides.blocks(side) if len(items) else ():
            own = sides.rows.indices[entries]
            if rows.stop - rows.start == 1 and FEW * len(items) < len(own):
                place, there = held(own, items)
                some = place[there]
            else:
                some = np.flatnonzero(possible.take(own))
            some = some[sides.rows.data[entries].take(some) > bars[side].take(sides.rows.indices[entries].take(some))]
            item, hits = sides.rows.indices[entries].take(some), sides.rows.data[entries].take(some)
            sizes = np.diff(sides.rows.indptr[rows.start : rows.stop + 1])
            document = np.repeat(sides.document[rows], sizes).take(some)
            turned = whole.turned(item, document, *((hits, 0) if side == TARGET else (0, hits)))
            if len(sides.both):
                turned &= ~np.isin(document, sides.both)
            item = item[turned]
            yield item
            for own in bars:  # what is turned need not be looked at again
                own[item] = NEVER


def _on_both(whole: Difference) -> Iterator[Index]:
    """The items that are turned by a document with hits, and with words on both sides."""
    sides = whole.sides
    if len(sides.both):
        # Both sides in one number: hits of the target as real part, those of the reference as imaginary one.
        hits = sp.csr_array(sides.of_both[TARGET] + 1j * sides.of_both[REFERENCE])
        document = np.repeat(sides.both, np.diff(hits.indptr))
        yield hits.indices[whole.turned(hits.indices, document, hits.data.real, hits.data.imag)]


def _without_hits(whole: Difference, items: Index) -> Iterator[Index]:
    """For each side, the items that are turned by the one with most words of the documents without any hit of theirs.

    A document without a hit only takes away words; the one that takes most away from a side moves the rate furthest.
    """
    for words, within in zip(whole.sides.words, whole.sides.sums[1], strict=True):
        # An item that all documents have is turned by none without it.
        left = items[within.take(items) < np.count_nonzero(words)]
        for document in np.argsort(-words, kind="stable")[: np.count_nonzero(words)].tolist():
            if not len(left):
                break
            has = whole.sides.has(document, left)
            lacking, left = left[~has], left[has]
            yield lacking[whole.turned(lacking, document, 0, 0)]
