"""Target and reference: what comparisons check first, what they do with a count of 0, and the terms of G2."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import xlog1py

from discourse._errors import choose
from discourse.measures._inputs import Floats, floats, shares_of

# Hardie (2014) and Walter (1975): half a hit stands in for none.
HALF = 0.5
ZEROS = ("half_in_zero_cells", "half_everywhere", "infinite")


def sides_of(
    count_target: ArrayLike, total_target: ArrayLike, count_reference: ArrayLike, total_reference: ArrayLike
) -> tuple[Floats, ...]:
    """Check both sides and return them in one shape, `nan` where there is nothing to compare.

    Raises:
        ValueError: a count is negative or larger than its total.
    """
    target = shares_of("count_target", count_target, "total_target", total_target)
    reference = shares_of("count_reference", count_reference, "total_reference", total_reference)
    a, n_a, b, n_b = floats(*target, *reference)
    comparable = (n_a > 0) & (n_b > 0) & (a + b > 0)
    return np.where(comparable, a, np.nan), n_a, b, n_b


def without_zeros(zeros: str, a: Floats, n_a: Floats, b: Floats, n_b: Floats) -> tuple[Floats, ...]:
    """Apply a rule for counts of 0: half a hit in their place, half a hit for all, or none (infinite ratios).

    Raises:
        ValueError: the rule is unknown.
    """
    choose("zeros", zeros, ZEROS)
    if zeros == "half_in_zero_cells":
        return np.where(a == 0, HALF, a), n_a, np.where(b == 0, HALF, b), n_b
    if zeros == "half_everywhere":
        return a + HALF, n_a + HALF, b + HALF, n_b + HALF
    return a, n_a, b, n_b


def divergence(observed: Floats, expected: Floats, deviation: Floats) -> Floats:
    """Return the term of a cell in half of G2, O ln(O / E) - (O - E): never below 0, and 0 where nothing is expected.

    Args:
        observed, expected: of the cell, O and E.
        deviation: O - E. Worked out here, it would lose its digits where both are large and nearly equal.
    """
    excess = np.where(observed == 0, -1.0, deviation / np.where(expected == 0, 1, expected))
    excess = np.maximum(excess, -1)
    term: Floats = np.where(expected == 0, 0, expected * np.maximum(xlog1py(1 + excess, excess) - excess, 0))
    return term
