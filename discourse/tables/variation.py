"""How sure a contrast is: how the documents, or authors, of its sides vary, and limits and p of the log ratio from it.

An author (or a document, of which both sides have words) that stands on both sides is one unit, not two: what its two
parts have in common is taken into account.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import scipy.sparse as sp
from numpy.typing import NDArray

from discourse import measures
from discourse.counts import added, adder
from discourse.counts.groups import canonical
from discourse.counts.spans import repeated

from .flags import FEW_DOCUMENTS, Index
from .sampling import limit_name
from .sides import REFERENCE, TARGET, Sides

Floats = NDArray[np.float64]
WALD = "Wald counting interval, 95 %"


@dataclass(frozen=True, eq=False)
class Variation:
    """Sums over the units of both sides, see `measures.ratio_moments`.

    Attributes:
        unit: what the units are called.
        target, reference: of each item on this side, 5 × items.
        shared: what units on both sides have in common, 4 × items; `None` where there is none.
    """

    unit: str
    target: Index
    reference: Index
    shared: Index | None

    def of(self, items: Index) -> Variation:
        """That of chosen items."""
        shared = None if self.shared is None else self.shared[:, items]
        return Variation(self.unit, self.target[:, items], self.reference[:, items], shared)

    def limits(self, *, scale: str = "log", level: float = 0.95) -> tuple[Floats, Floats]:
        """Limits of the log ratio, base 2, or of what `scale` asks for; `nan` if an item does not occur on a side."""
        return measures.contrast_interval(self.target, self.reference, shared=self.shared, scale=scale, level=level)


class Certainty(NamedTuple):
    """How sure contrasts are.

    Attributes:
        unit: what varies, by name.
        tests: limits of the log ratio, and the p of no difference by the same t: 3 × items.
    """

    unit: str
    tests: Floats


def certainty(sides: Sides, code: Index | None) -> Certainty | None:
    """Test all items that occur on both sides: of others nothing is known.

    Args:
        sides: target and reference.
        code: of `units_of`.
    """
    if code is None:
        return None
    vary, tests = variation_of(sides, code), np.full((3, sides.size), np.nan)
    some = np.flatnonzero((vary.target[0] > 0) & (vary.reference[0] > 0))
    own = vary.of(some)
    tests[:, some] = measures.contrast_test(own.target, own.reference, shared=own.shared)
    return Certainty(vary.unit, tests)


def columns_of(sure: Certainty | None, items: Index, low: Floats, high: Floats) -> dict[str, Any]:
    """The limits of log ratios with the name of their method, and p with its adjusted form, one of each a row.

    Args:
        sure: of all items, if it is known.
        items: of each row.
        low, high: by counting, which stand where a side has no hits, or where its documents do not differ.

    >>> columns_of(None, np.array([0]), np.array([-1.0]), np.array([2.0]))["p_documents"].tolist()
    [nan]
    """
    if sure is None:
        p, adjusted = np.full((2, len(low)), np.nan)
        interval = pd.array(repeated(WALD, len(low)), dtype="str")
    else:
        names, (least, most, p) = pd.array([WALD, limit_name(sure.unit, "log")], dtype="str"), sure.tests.take(items, 1)
        adjusted = measures.benjamini_hochberg(p)
        known = ~np.isnan(p)
        low, high = np.where(known, least, low), np.where(known, most, high)
        interval = names.take(known.astype(np.int64))
    return {
        "log_ratio_low": low,
        "log_ratio_high": high,
        "interval": interval,
        "p_documents": p,
        "p_documents_adjusted": adjusted,
    }


def variation(sides: Sides) -> Variation | None:
    """How all items vary; `None` where a side has few documents, or authors, or they are no two samples.

    >>> from discourse.counts import Counts
    >>> from .sides import sides_of
    >>> counts = Counts.from_matrix([[1], [3]] * 15, ["war"], pd.DataFrame({"side": list("AB") * 15}), totals=[9] * 30)
    >>> variation(sides_of(counts.units("side"), "A", ["B"])).target[:2].tolist()
    [[15], [135]]
    """
    code = units_of(sides)
    return None if code is None else variation_of(sides, code)


def variation_of(sides: Sides, code: Index) -> Variation:
    """How all items vary, by the units of `units_of`."""
    own, *target = _summed(sides, TARGET, code)
    other, *reference = _summed(sides, REFERENCE, code)
    _, at, there = np.intersect1d(own, other, assume_unique=True, return_indices=True)
    on_both = [*(part[at] for part in target), *(part[there] for part in reference)]
    shared = measures.shared_moments(*on_both) if len(at) else None
    unit = "authors" if len(np.unique(code)) < len(sides.about) else "documents"
    return Variation(unit, measures.ratio_moments(*target), measures.ratio_moments(*reference), shared)


class Presence(NamedTuple):
    """How many units have each item, and how many there are.

    Attributes:
        target, reference: units with the item.
        n_target, n_reference: units.
        words_target, words_reference: words of all of them.
        apart: whether no unit is on both sides.
    """

    target: Index
    reference: Index
    n_target: int
    n_reference: int
    words_target: int
    words_reference: int
    apart: bool


def presence(sides: Sides) -> Presence | None:
    """How many documents, or authors, of each side have each item; `None` as for `variation`.

    >>> from discourse.counts import Counts
    >>> from .sides import sides_of
    >>> counts = Counts.from_matrix([[1], [0]] * 15, ["war"], pd.DataFrame({"side": list("AB") * 15}), totals=[9] * 30)
    >>> presence(sides_of(counts.units("side"), "A", ["B"])).target.tolist()
    [15]
    """
    code = units_of(sides)
    if code is None:
        return None
    (own, hits, words), (other, others, rest) = (_summed(sides, side, code) for side in (TARGET, REFERENCE))
    within = [np.bincount(matrix.indices, minlength=sides.size) for matrix in (hits, others)]
    sizes = len(own), len(other), int(words.sum()), int(rest.sum())
    return Presence(within[0], within[1], *sizes, apart=not np.isin(own, other).any())


def units_of(sides: Sides) -> Index | None:
    """The number of each row's unit: its author where authors are sampled, else its document.

    Of a side of one author documents are sampled. Where that author is one of many on the other side, the sides have
    no units in common that could be taken out, and none apart: `None`, as where a side has few.
    """
    if (sides.n_units < FEW_DOCUMENTS).any():
        return None
    author, names = pd.factorize(sides.authors)
    several = (sides.authors != "")[sides.document] & ~sides.one_author[sides.side]
    alone = author[sides.document[sides.one_author[sides.side]]]
    if np.isin(alone, author[sides.document[several]]).any():
        return None
    return np.where(several, author[sides.document], len(names) + sides.document)


def _summed(sides: Sides, side: int, code: Index) -> tuple[Index, sp.csr_array, Index]:
    """The units of a side, with hits of each item and words."""
    rows = np.flatnonzero(sides.side == side)
    hits, words = sides.of(rows), sides.words[side][sides.document[rows]]
    units, place = np.unique(code[rows], return_inverse=True)
    if len(units) == len(rows):
        return code[rows], hits, words
    return units, canonical(adder(place, len(units)) @ hits), added(place, words, len(units))
