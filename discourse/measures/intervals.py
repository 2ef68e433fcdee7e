"""Counting intervals: what a count says about a rate or a share on the premise of independent words."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betaincinv, gammainccinv, gammaincinv

from discourse.measures._each_once import each_once
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
    low = each_once(lambda k: np.where(k == 0, 0.0, gammaincinv(np.where(k == 0, 1.0, k), tail)), hits)
    return low / words, each_once(lambda k: gammainccinv(k + 1, tail), hits) / words


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


def clopper_pearson(count: ArrayLike, total: ArrayLike, *, level: float = 0.95) -> tuple[Floats, Floats]:
    """Give exact limits of a share.

    The shares at which a count at least as high, and at most as high, has the probability (1 - level) / 2: quantiles of
    beta distributions. Never below the level, so wider than `wilson`, whose limits hold the level on average.

    Args:
        count: hits of one kind; a number or an array.
        total: hits of all kinds.
        level: of the two-sided interval, between 0 and 1.

    Returns:
        Low and high limit in [0, 1]. Low is 0 at a count of 0, high is 1 where all hits are of the kind.
        Both `nan` where the total is 0.

    Raises:
        ValueError: a count is negative or larger than its total, or the level lies outside (0, 1).

    Source: Clopper and Pearson (1934), Biometrika 26(4); Newcombe (1998), method 5.

    >>> low, high = clopper_pearson(81, 263)
    >>> round(float(low), 4), round(float(high), 4)
    (0.2527, 0.3676)
    """
    tail = tail_of(level)
    k, n = shares_of("count", count, "total", total)
    k = np.where(n > 0, k, np.nan)
    return lowest_share(k, n - k, tail)[()], 1 - lowest_share(n - k, k, tail)[()]


def lowest_share(hits: Floats, others: Floats, tail: float) -> Floats:
    """Return the lower Clopper-Pearson limit of the share of hits among hits and others, 0 for no hit."""
    return each_once(lambda k, m: np.where(k == 0, 0.0, betaincinv(np.where(k == 0, 1, k), m + 1, tail)), hits, others)


def goodman(counts: ArrayLike, *, level: float = 0.95) -> tuple[Floats, Floats]:
    """Give limits of the shares of several kinds that hold all at once.

    The score limits of `wilson` with z² the quantile of chi-square (1 degree of freedom) at 1 - (1 - level) / k for k
    kinds: Bonferroni over the kinds. For shares that are compared with one another, as the names of one referent.

    Args:
        counts: hits of each kind, along the last axis; all kinds together are the total.
        level: at which all intervals hold together, between 0 and 1.

    Returns:
        Low and high limits in [0, 1], in the shape of counts. `nan` where all counts are 0.

    Raises:
        ValueError: a count is negative, there is no last axis, or the level lies outside (0, 1).

    Source: Goodman (1965), Technometrics 7(2).

    >>> low, high = goodman([56, 72, 73, 59, 62, 87, 58])
    >>> low.round(3).tolist()[:2], high.round(3).tolist()[:2]
    ([0.085, 0.115], [0.166, 0.204])
    """
    hits = counts_of("counts", counts)
    if hits.ndim < 1:
        raise ValueError("counts must have a last axis of kinds; got a single number. Pass the counts of all kinds.")
    tail_of(level)
    total = np.broadcast_to(hits.sum(axis=-1, keepdims=True), hits.shape)
    return wilson(hits, total, level=1 - (1 - level) / hits.shape[-1])
