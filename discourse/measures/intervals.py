"""Counting intervals: what a count says about a rate or a share on the premise of independent words."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammainccinv, gammaincinv

from discourse.measures._inputs import Floats, counts_of, floats, normal_quantile, shares_of, tail_of


def garwood(count: ArrayLike, total: ArrayLike, *, level: float = 0.95) -> tuple[Floats, Floats]:
    """Give exact Poisson limits of a rate.

    low = chi2(tail; 2 count) / 2 / total, high = chi2(1 - tail; 2 count + 2) / 2 / total, with chi2(q; df)
    the quantile and tail = (1 - level) / 2. Exact means never below the level, so it is wider than needed;
    it covers counting alone, not the variation between texts or authors.

    Args:
        count: hits; a number or an array. It may be larger than the total.
        total: words the hits were counted in, or any other measure of exposure.
        level: of the two-sided interval, between 0 and 1.

    Returns:
        Low and high limit in hits **per word** (times 1000 for a rate per 1,000 words). Low is 0 at a count
        of 0. Both `nan` where the total is 0.

    Raises:
        ValueError: a count or total is negative, or the level lies outside (0, 1).

    Source: Garwood (1936), Biometrika 28(3/4).

    >>> low, high = garwood(10, 1)
    >>> round(float(low), 3), round(float(high), 3)
    (4.795, 18.39)
    """
    tail = tail_of(level)
    hits, words = floats(counts_of("count", count), counts_of("total", total))
    words = np.where(words == 0, np.nan, words)
    # The quantile for no hit at all is a gamma distribution of shape 0: no mass above 0.
    low = np.where(hits == 0, 0.0, gammaincinv(np.where(hits == 0, 1.0, hits), tail))
    return low / words, gammainccinv(hits + 1, tail) / words


def wilson(count: ArrayLike, total: ArrayLike, *, level: float = 0.95) -> tuple[Floats, Floats]:
    """Give score limits of a share.

    (p + z²/2n ± z √(p(1 - p)/n + z²/4n²)) / (1 + z²/n) with p = count / total, n = total; no continuity
    correction.

    Args:
        count: hits of one kind; a number or an array.
        total: hits of all kinds.
        level: of the two-sided interval, between 0 and 1.

    Returns:
        Low and high limit in [0, 1]. Low is 0 at a count of 0, high is 1 where all hits are of the kind.
        Both `nan` where the total is 0.

    Raises:
        ValueError: a count is negative or larger than its total, or the level lies outside (0, 1).

    Source: Wilson (1927), JASA 22; Newcombe (1998), Statistics in Medicine 17, method 3.

    >>> low, high = wilson(81, 263)
    >>> round(float(low), 4), round(float(high), 4)
    (0.2553, 0.3662)
    """
    z2 = normal_quantile(level) ** 2
    k, n = shares_of("count", count, "total", total)
    n = np.where(n == 0, np.nan, n)
    middle = k + z2 / 2
    margin = np.sqrt(z2 * (k * (1 - k / n) + z2 / 4))
    # Where all hits are of the kind the limit is 1 on paper and almost so in floating point.
    high = np.where(k == n, 1.0, (middle + margin) / (n + z2))
    return (middle - margin) / (n + z2), high[()]
