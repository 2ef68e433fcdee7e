"""Resampling: whole-number weights of documents that are the same wherever a document is counted.

A bootstrap draws as many documents as there are, with replacement, again and again. Here each document instead gets,
for each draw, a weight of its own, Poisson with mean 1, computed from seed, document and number of the draw: sums over
parts of a corpus add up to the sums over the whole, to the last integer, however it is cut.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from math import factorial

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from discourse.measures._inputs import Floats, canonical_rows, tail_of

Hashes = NDArray[np.uint64]

DRAWS = 999  # with 999 draws the limits at 95 % are the 25th smallest and the 25th largest draw
AT_ONCE = 1 << 20  # weights in memory at a time

# SplitMix64: the step of its counter, and the shifts and factors that mix it.
STEP = 0x9E3779B97F4A7C15
MIXING = ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB), (31, 1))


def poisson_weights(hashes: ArrayLike, *, draws: int = DRAWS, seed: int) -> NDArray[np.uint8]:
    """How often each document is taken in each draw: Poisson with mean 1.

    A uniform number of 64 bits, mixed from seed, document and draw, is compared with the exact cumulative
    probabilities, so that the weights are the same on every machine.

    Args:
        hashes: one whole number a document, 64 bits, no two alike.
        draws: how many draws, 1 or more.
        seed: a whole number, 0 or more.

    Returns:
        Documents × draws. A weight depends on nothing but seed, hash and draw, and is never `nan`.

    Raises:
        ValueError: no draw, a negative seed, or hashes that are no whole numbers.

    Source: Chamandy et al. (2012), Estimating uncertainty for massive data streams; Steele, Lea and Flood (2014) for
    SplitMix64.

    >>> poisson_weights([7, 8], draws=5, seed=1)
    array([[2, 0, 1, 1, 2],
           [0, 0, 1, 0, 0]], dtype=uint8)
    """
    numbers = _hashes_of(hashes)
    _check_drawing(draws, seed)
    own = _mixed(numbers ^ _mixed(np.array([seed % 2**64], np.uint64)))
    counter = np.arange(1, draws + 1, dtype=np.uint64) * np.uint64(STEP)
    uniform = _mixed(own[:, None] + counter)
    return np.searchsorted(_cumulative(), uniform, side="right").astype(np.uint8)


def resampled_sums(
    counts: ArrayLike | sparse.sparray, hashes: ArrayLike, *, draws: int = DRAWS, seed: int
) -> NDArray[np.int64]:
    """Add up counts of documents, each as often as it is drawn: the sums of each draw.

    Args:
        counts: whole numbers, documents × items, dense or sparse.
        hashes, draws, seed: see `poisson_weights`.

    Returns:
        int64, draws × items. The sums of two sets of documents add up to the sums of both; never `nan`.

    Raises:
        ValueError: sizes that do not fit, a negative count, or what `poisson_weights` refuses.

    Source: Chamandy et al. (2012).

    >>> resampled_sums([[1, 0], [0, 10]], [7, 8], draws=3, seed=1)
    array([[ 2,  0],
           [ 0,  0],
           [ 1, 10]])
    """
    _check_drawing(draws, seed)
    rows = canonical_rows("counts", counts).astype(np.int64)
    numbers = _hashes_of(hashes)
    if len(numbers) != rows.shape[0]:
        raise ValueError(f"hashes must be one a row of counts; got {len(numbers)} for {rows.shape[0]}. Give all.")
    total = np.zeros((rows.shape[1], draws), np.int64)
    size = max(AT_ONCE // draws, 1)
    for begin in range(0, len(numbers), size):
        weights = poisson_weights(numbers[begin : begin + size], draws=draws, seed=seed)
        total += rows[begin : begin + size].T @ weights.astype(np.int64)
    return total.T


def percentile_limits(drawn: ArrayLike, *, level: float = 0.95) -> tuple[Floats, Floats]:
    """Give the percentile limits of numbers that were computed for each draw.

    The limit at probability p lies at rank p (draws + 1), between two ranks in proportion: with 999 draws the limits
    at 95 % are the 25th smallest and the 25th largest.

    Args:
        drawn: draws × anything.
        level: of the two-sided interval, between 0 and 1.

    Returns:
        Low and high limit; `nan` where any draw is undefined.

    Raises:
        ValueError: the level lies outside (0, 1).

    Source: Davison and Hinkley (1997), Bootstrap Methods and their Application, section 5.3.

    >>> low, high = percentile_limits(list(range(1, 1000)))
    >>> round(float(low), 9), round(float(high), 9)
    (25.0, 975.0)
    """
    tail = tail_of(level)
    low, high = np.quantile(np.asarray(drawn, np.float64), [tail, 1 - tail], axis=0, method="weibull")
    return low, high


def _check_drawing(draws: int, seed: int) -> None:
    if draws < 1 or seed < 0:
        raise ValueError(f"draws must be 1 or more and seed 0 or more; got {draws} and {seed}. Give whole numbers.")


def _hashes_of(hashes: ArrayLike) -> Hashes:
    numbers = np.asarray(hashes)
    if numbers.ndim != 1 or (len(numbers) and numbers.dtype.kind not in "iu"):
        raise ValueError(
            f"hashes must be one whole number a document; got {numbers.dtype} of shape {numbers.shape}. "
            "Give numbers of 64 bits."
        )
    return numbers.astype(np.uint64)


def _mixed(numbers: Hashes) -> Hashes:
    """Numbers whose every bit depends on every bit of those given; no two become alike."""
    for shift, factor in MIXING:
        numbers = (numbers ^ (numbers >> np.uint64(shift))) * np.uint64(factor)
    return numbers


@cache
def _cumulative() -> Hashes:
    """The probabilities of at most 0, 1, 2, … under Poisson with mean 1, in units of 2**-64, rounded down."""
    # The series of 1/e is cut where what follows is far below 2**-64.
    inverse = sum((Fraction((-1) ** n, factorial(n)) for n in range(40)), Fraction(0))
    total, found = Fraction(0), []
    for k in range(40):
        total += inverse / factorial(k)
        if 2**64 * (1 - total) < 1:
            break
        found.append(int(2**64 * total))
    return np.array(found, np.uint64)
