"""How much more often one side uses an item than the other: G2 and its p, log ratio, weighted log-odds."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import erfc, kl_div, log_ndtr

from discourse._errors import choose
from discourse.measures._inputs import Floats, floats, normal_quantile, shares_of

# Hardie (2014): half a hit stands in for none, in that cell alone; other cells keep their counts.
ZERO_CELL = 0.5


def _sides(
    count_target: ArrayLike, total_target: ArrayLike, count_reference: ArrayLike, total_reference: ArrayLike
) -> tuple[Floats, ...]:
    """Check both sides and return them in one shape, `nan` where there is nothing to compare."""
    target = shares_of("count_target", count_target, "total_target", total_target)
    reference = shares_of("count_reference", count_reference, "total_reference", total_reference)
    a, n_a, b, n_b = floats(*target, *reference)
    comparable = (n_a > 0) & (n_b > 0) & (a + b > 0)
    return np.where(comparable, a, np.nan), n_a, b, n_b


def log_likelihood(
    count_target: ArrayLike,
    total_target: ArrayLike,
    count_reference: ArrayLike,
    total_reference: ArrayLike,
    *,
    formula: str = "four_cell",
) -> Floats:
    """Weigh the evidence that two sides use an item at different rates: signed G2.

    `four_cell` is 2 Σ O ln(O/E) over the item and all other words of both sides; `two_cell` leaves the
    other words out and is smaller. Neither has a continuity correction. G2 grows with the size of the
    corpora: it ranks evidence, it does not measure how large the difference is (see `log_ratio`).

    Args:
        count_target, count_reference: hits of each side; numbers or arrays that broadcast.
        total_target, total_reference: words of each side.
        formula: `four_cell` (Dunning) or `two_cell` (Rayson and Garside; the Lancaster calculator).

    Returns:
        G2 with a sign: positive where the target uses the item more, negative where less, 0 at equal rates.
        Natural logarithm; the absolute value is compared with chi-square at 1 degree of freedom.
        `nan` where a side has no words or neither has a hit.

    Raises:
        ValueError: a count is negative or larger than its total, or the formula is unknown.

    Source: Dunning (1993), Computational Linguistics 19(1); Rayson and Garside (2000), Comparing Corpora
    workshop.

    >>> round(float(log_likelihood(110, 2552, 111, 29225)), 2)
    270.72
    """
    choose("formula", formula, ["four_cell", "two_cell"])
    a, n_a, b, n_b = _sides(count_target, total_target, count_reference, total_reference)
    with np.errstate(divide="ignore", invalid="ignore"):
        expected_a, expected_b = n_a * (a + b) / (n_a + n_b), n_b * (a + b) / (n_a + n_b)
        # kl_div adds E - O to each term. These sum to nothing, and no term can then round below zero.
        divergence = kl_div(a, expected_a) + kl_div(b, expected_b)
        if formula == "four_cell":
            divergence = divergence + kl_div(n_a - a, n_a - expected_a) + kl_div(n_b - b, n_b - expected_b)
        signed: Floats = np.sign(a / n_a - b / n_b) * 2 * divergence
    return signed


def p_value(log_likelihood: ArrayLike) -> Floats:
    """Turn G2 into the probability of one at least as large, had both sides one rate and words no memory.

    p = P(chi-square with 1 degree of freedom ≥ |G2|) = erfc(√(|G2| / 2)), never 1 minus a distribution function, so
    that small values keep their digits; below about 1e-308 it is 0, and `log10_p` goes on. Words of a text are
    not independent and texts of one author not either, so p is a description here unless the design says otherwise.

    Args:
        log_likelihood: G2, signed or not; a number or an array.

    Returns:
        Two-sided p in [0, 1], 1 at G2 = 0. `nan` where G2 is.

    Source: Wilks (1938); Dunning (1993).

    >>> round(float(p_value(3.841459)), 4), round(float(p_value(-6.634897)), 4)
    (0.05, 0.01)
    """
    (g2,) = floats(log_likelihood)
    p: Floats = erfc(np.sqrt(np.abs(g2) / 2))
    return p


def log10_p(log_likelihood: ArrayLike) -> Floats:
    """Give the decimal logarithm of `p_value`, finite also where p itself is too small for a number.

    log10 p = (ln 2 + ln Φ(-√|G2|)) / ln 10, as the square root of chi-square with 1 degree of freedom is a
    half-normal variable; ln Φ has an asymptotic series far out.

    Args:
        log_likelihood: G2, signed or not; a number or an array.

    Returns:
        Base 10, in (-inf, 0]; -2 stands for p = 0.01. `nan` where G2 is.

    Source: Abramowitz and Stegun (1964), 26.2.12 and 26.4.

    >>> round(float(log10_p(6.634897)), 4), round(float(log10_p(2000)), 6)
    (-2.0, -436.043274)
    """
    (g2,) = floats(log_likelihood)
    logarithm: Floats = np.minimum((np.log(2) + log_ndtr(-np.sqrt(np.abs(g2)))) / np.log(10), 0)
    return logarithm


def log_ratio(
    count_target: ArrayLike, total_target: ArrayLike, count_reference: ArrayLike, total_reference: ArrayLike
) -> Floats:
    """Say how many times more often the target uses an item, in doublings.

    log2((count_target / total_target) / (count_reference / total_reference)); a count of 0 enters as 0.5,
    in that cell only. Values that rest on such a cell are a convention: they grow with the size of the
    other side.

    Args:
        count_target, count_reference: hits of each side; numbers or arrays that broadcast.
        total_target, total_reference: words of each side.

    Returns:
        Base 2: 1 is twice as often in the target, -1 half as often, 0 equal rates. Finite, or `nan` where a
        side has no words or neither has a hit.

    Raises:
        ValueError: a count is negative or larger than its total.

    Source: Hardie (2014), Log Ratio: an informal introduction.

    >>> float(log_ratio(8, 1000, 2, 1000)), float(log_ratio(0, 1000, 2, 1000))
    (2.0, -2.0)
    """
    a, n_a, b, n_b = _sides(count_target, total_target, count_reference, total_reference)
    a, b = np.where(a == 0, ZERO_CELL, a), np.where(b == 0, ZERO_CELL, b)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio: Floats = np.log2((a / n_a) / (b / n_b))
    return ratio


def log_ratio_interval(
    count_target: ArrayLike,
    total_target: ArrayLike,
    count_reference: ArrayLike,
    total_reference: ArrayLike,
    *,
    level: float = 0.95,
) -> tuple[Floats, Floats]:
    """Give confidence limits of `log_ratio` on the assumption that words are independent draws.

    log_ratio ± z √(1/a - 1/N_a + 1/b - 1/N_b) / ln 2 with a, b the counts and N the totals (Wald limits of
    the logarithm of a relative risk). A count of 0 enters as 0.5, and then only one side is bounded: no
    text of any size shows how rare the item is where it never occurred, so the other limit is infinite.

    Args:
        count_target, count_reference: hits of each side; numbers or arrays that broadcast.
        total_target, total_reference: words of each side.
        level: of the two-sided interval, between 0 and 1.

    Returns:
        Low and high limit, base 2. Low is -inf where the target has no hit, high is inf where the reference
        has none; both `nan` where `log_ratio` is.

    Raises:
        ValueError: a count is negative or larger than its total, or the level lies outside (0, 1).

    Source: Katz, Baptista, Azen and Pike (1978), Biometrics 34(3), method C.

    >>> low, high = log_ratio_interval(27, 122, 44, 487)
    >>> round(2 ** float(low), 4), round(2 ** float(high), 4)
    (1.5837, 3.7887)
    """
    z = normal_quantile(level)
    a, n_a, b, n_b = _sides(count_target, total_target, count_reference, total_reference)
    middle = log_ratio(a, n_a, b, n_b)
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = 1 / np.where(a == 0, ZERO_CELL, a) - 1 / n_a + 1 / np.where(b == 0, ZERO_CELL, b) - 1 / n_b
    margin = z * np.sqrt(variance) / np.log(2)
    low, high = np.where(a == 0, -np.inf, middle - margin), np.where(b == 0, np.inf, middle + margin)
    return np.where(np.isnan(middle), np.nan, low)[()], np.where(np.isnan(middle), np.nan, high)[()]


def log_odds_prior(
    count_target: ArrayLike,
    total_target: ArrayLike,
    count_reference: ArrayLike,
    total_reference: ArrayLike,
    *,
    prior: ArrayLike,
    prior_total: ArrayLike,
) -> tuple[Floats, Floats]:
    """Compare the odds of an item on two sides, both pulled towards a prior, in standard errors.

    With y the count, n the total, α the prior of the item and A the prior of all items:
    delta = ln((y_t + α) / (n_t + A - y_t - α)) - ln((y_r + α) / (n_r + A - y_r - α)),
    z = delta / √(1 / (y_t + α) + 1 / (y_r + α)). The variance is the paper's approximation (eq. 20), which
    drops the terms of all other words. Rare items shrink to 0, so the z needs no minimum count.

    Args:
        count_target, count_reference: hits of each side; numbers or arrays that broadcast.
        total_target, total_reference: words of each side (all of them, also of items that are not shown).
        prior: pseudo-hits of each item, the same for both sides.
        prior_total: pseudo-hits of all items together.

    Returns:
        Delta (natural logarithm) and z (standard errors): positive where the target uses the item more.
        Both `nan` where a side has no words, or where an item has neither a hit nor a prior on one side.

    Raises:
        ValueError: a count or prior is negative or larger than its total.

    Source: Monroe, Colaresi and Quinn (2008), Political Analysis 16(4), eqs. 16, 20 and 22.

    >>> delta, z = log_odds_prior([30, 5], 1000, [10, 5], 1000, prior=[4, 1], prior_total=100)
    >>> delta.round(3).tolist(), z.round(3).tolist()
    ([0.906, 0.0], [2.853, 0.0])
    """
    target = shares_of("count_target", count_target, "total_target", total_target)
    reference = shares_of("count_reference", count_reference, "total_reference", total_reference)
    pseudo = shares_of("prior", prior, "prior_total", prior_total)
    y_t, n_t, y_r, n_r, alpha, alpha_total = floats(*target, *reference, *pseudo)
    defined = (n_t > 0) & (n_r > 0) & (y_t + alpha > 0) & (y_r + alpha > 0)
    hits_t, hits_r = np.where(defined, y_t + alpha, np.nan), np.where(defined, y_r + alpha, np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        odds_t, odds_r = hits_t / (n_t + alpha_total - hits_t), hits_r / (n_r + alpha_total - hits_r)
        delta: Floats = np.log(odds_t) - np.log(odds_r)
    return delta, delta / np.sqrt(1 / hits_t + 1 / hits_r)
