"""Hits dealt at random to two sides: the hypergeometric distribution, for many tables at once.

Everywhere: `a` hits of the target, `n_a` and `n_b` words of both sides, `hits` of both sides together.
"""

from __future__ import annotations

import numpy as np
from scipy.special import gammaln

from discourse.measures._each_once import each_once
from discourse.measures._inputs import Floats
from discourse.measures._sides import divergence

# As in R and scipy: probabilities that differ by rounding alone count as equal.
TIE = 1 + 1e-7
# A term this small next to the sum so far, and all that follow it, change no digit.
NEGLIGIBLE = 1e-17
# Standard deviations around the observed count that hold all of the conditional distribution: exp(-9²/2) is 3e-18.
WIDTH = 9
MARGIN = 40
CELLS = 1_000_000
STEPS = 60


def _stirling_rest(n: Floats) -> Floats:
    """Return ln n! less n ln n - n, with the digits that the difference of the two would lose."""
    large = np.maximum(n, 16)
    square = large**2
    series = (1 / 12 - (1 / 360 - (1 / 1260 - 1 / 1680 / square) / square) / square) / large
    series = series + np.log(2 * np.pi * large) / 2
    small = np.minimum(n, 16)
    rest: Floats = np.where(n >= 16, series, gammaln(small + 1) - small * np.log(np.maximum(small, 1)) + small)
    return rest


def _log_probability(x: Floats, n_a: Floats, n_b: Floats, hits: Floats) -> Floats:
    """Return the natural logarithm of the probability of x hits in the target."""
    words = n_a + n_b
    margins = sum(_stirling_rest(margin) for margin in (n_a, n_b, hits, words - hits)) - _stirling_rest(words)
    return margins + _log_weight(x, n_a, n_b, hits)


def _log_weight(x: Floats, n_a: Floats, n_b: Floats, hits: Floats) -> Floats:
    """Return the logarithm of a probability but for what is the same whatever x is.

    The factorials in Stirling's form leave minus half of G2, which is exact to the last digits, and small rests.
    """
    words = n_a + n_b
    deviation = x - n_a * hits / words
    cells = x, hits - x, n_a - x, n_b - hits + x
    expected = n_a * hits / words, n_b * hits / words, n_a * (words - hits) / words, n_b * (words - hits) / words
    signed = (deviation, -deviation, -deviation, deviation)
    half_g2: Floats = np.sum([divergence(*each) for each in zip(cells, expected, signed, strict=True)], axis=0)
    weight: Floats = -sum(_stirling_rest(np.maximum(cell, 0)) for cell in cells) - half_g2
    return weight


def _upwards(x: Floats, n_a: Floats, n_b: Floats, hits: Floats) -> Floats:
    """Add up the probabilities of x and more hits, x above the mode: the terms shrink fast."""
    total, term = np.ones_like(x), np.ones_like(x)
    row, t = np.arange(x.size), x.copy()
    while row.size:
        term = term * (n_a[row] - t) * (hits[row] - t) / ((t + 1) * (n_b[row] - hits[row] + t + 1))
        total[row] += term
        going = term > NEGLIGIBLE * total[row]
        row, t, term = row[going], t[going] + 1, term[going]
    return np.exp(_log_probability(x, n_a, n_b, hits)) * total


def _at_least(a: Floats, n_a: Floats, n_b: Floats, hits: Floats) -> Floats:
    """Return P(hits of the target ≥ a), summed in the tail that is shorter."""
    upper = a > n_a * hits / (n_a + n_b)
    p = np.ones_like(a)
    p[upper] = _upwards(a[upper], n_a[upper], n_b[upper], hits[upper])
    lowest = np.maximum(hits - n_b, 0)
    lower = ~upper & (a > lowest)
    # One hit less in the target is one more in the reference, seen from there.
    p[lower] = 1 - _upwards((hits - a + 1)[lower], n_b[lower], n_a[lower], hits[lower])
    return np.minimum(p, 1)


def _as_improbable(a: Floats, n_a: Floats, n_b: Floats, hits: Floats) -> Floats:
    """Return the probability of all splits that are no more probable than a, which lies above the mode."""
    enough = _log_weight(a, n_a, n_b, hits) + np.log(TIE)
    low, high = np.maximum(hits - n_b, 0) - 1, np.floor((n_a + 1) * (hits + 1) / (n_a + n_b + 2))
    # Below the mode the probabilities rise: halve the range until `low` is the last that is improbable enough.
    row = np.flatnonzero(high - low > 1)
    while row.size:
        middle = np.floor((low[row] + high[row]) / 2)
        below = _log_weight(np.maximum(middle, 0), n_a[row], n_b[row], hits[row]) <= enough[row]
        low[row[below]], high[row[~below]] = middle[below], middle[~below]
        row = row[high[row] - low[row] > 1]
    other = low >= np.maximum(hits - n_b, 0)
    p = _upwards(a, n_a, n_b, hits)
    p[other] += _upwards((hits - low)[other], n_b[other], n_a[other], hits[other])
    return np.minimum(p, 1)


def _two_sided(a: Floats, n_a: Floats, n_b: Floats, hits: Floats) -> Floats:
    """Return the two-sided p of each row; 1 where the observed split is the most probable one."""
    below = a < n_a * hits / (n_a + n_b)
    x, here, there = np.where(below, hits - a, a), np.where(below, n_b, n_a), np.where(below, n_a, n_b)
    mode = np.floor((here + 1) * (hits + 1) / (here + there + 2))
    at_mode = _log_weight(mode, here, there, hits) <= _log_weight(x, here, there, hits) + np.log(TIE)
    p = np.ones_like(a)
    off = ~at_mode
    p[off] = _as_improbable(x[off], here[off], there[off], hits[off])
    return p


def upper_tail(a: Floats, n_a: Floats, b: Floats, n_b: Floats) -> Floats:
    """Return the probability of at least `a` hits in the target, row by row."""
    return each_once(_at_least, a, n_a, n_b, a + b)[()]


def two_sided(a: Floats, n_a: Floats, b: Floats, n_b: Floats) -> Floats:
    """Return the probability of all splits that are no more probable than the one observed, row by row."""
    return each_once(_two_sided, a, n_a, n_b, a + b)[()]


def _newton(a: Floats, weight: Floats, offsets: Floats, start: Floats) -> Floats:
    """Find the log odds ratio under which the mean of the weighted offsets from `a` is 0."""
    odds, row = start.copy(), np.arange(start.size)
    for _ in range(STEPS):
        power = weight + odds[row, None] * offsets
        share = np.exp(power - power.max(axis=1, keepdims=True))
        whole = share.sum(axis=1)
        mean = np.einsum("ij,ij->i", share, offsets) / whole
        spread = np.einsum("ij,ij,ij->i", share, offsets, offsets) / whole - mean**2
        step = np.clip(-mean / spread, -2, 2)
        odds[row] += step
        # The error after a step is about the square of the step.
        going = np.abs(step) >= 1e-8
        if not going.any():
            break
        if going.mean() < 0.5:
            row, weight, offsets = row[going], weight[going], offsets[going]
    return odds


def _solve(a: Floats, n_a: Floats, n_b: Floats, hits: Floats, width: Floats) -> Floats:
    """Return the log odds ratio under which the expected hits of the target are the observed ones."""
    low = np.maximum(np.maximum(hits - n_b, 0), a - width)
    high = np.minimum(np.minimum(hits, n_a), a + width)
    x = low[:, None] + np.arange((high - low).max() + 1)
    possible = x <= high[:, None]
    following = np.maximum((n_a[:, None] - x) * (hits[:, None] - x), 1)
    following = following / ((x + 1) * (n_b[:, None] - hits[:, None] + x + 1))
    steps = np.where(possible[:, 1:], np.log(np.where(possible[:, 1:], following[:, :-1], 1)), -np.inf)
    weight = np.concatenate([np.zeros((a.size, 1)), np.cumsum(steps, axis=1)], axis=1)
    # The sample odds ratio: the same but for the last digits where hits are few among the words.
    start = np.log(a * (n_b - hits + a) / ((hits - a) * (n_a - a)))
    return _newton(a, weight, x - a[:, None], start)


def _conditional_log_odds(a: Floats, n_a: Floats, n_b: Floats, hits: Floats) -> Floats:
    """Return the conditional maximum likelihood estimate, in batches of tables of like spread."""
    low, high = np.maximum(hits - n_b, 0), np.minimum(hits, n_a)
    odds = np.where(low == high, np.nan, np.where(a == low, -np.inf, np.inf))
    inner = np.flatnonzero((a > low) & (a < high))
    cells = (part[inner] for part in (a, hits - a, n_a - a, n_b - hits + a))
    width = np.ceil(WIDTH / np.sqrt(sum(1 / cell for cell in cells)) + MARGIN)
    size = np.minimum(2 * width, (high - low)[inner])
    order = np.argsort(size, kind="stable")
    while order.size:
        batch = order[: max(1, int(CELLS / (size[order[0]] + 1)))]
        # Tables in a batch are padded to the widest: no more than twice the narrowest.
        batch = batch[size[batch] <= max(2 * size[batch[0]], MARGIN)]
        rows = inner[batch]
        odds[rows] = _solve(a[rows], n_a[rows], n_b[rows], hits[rows], width[batch])
        order = order[batch.size :]
    return odds


def conditional_log_odds(a: Floats, n_a: Floats, b: Floats, n_b: Floats) -> Floats:
    """Return the natural logarithm of the conditional odds ratio, row by row; infinite at the ends of its range."""
    return each_once(_conditional_log_odds, a, n_a, n_b, a + b)[()]
