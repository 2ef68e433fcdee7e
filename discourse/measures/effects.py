"""How much more often one side uses an item than the other: ratios, differences, and limits for them."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from discourse._errors import choose
from discourse.measures._inputs import Floats, floats, normal_quantile, tail_of
from discourse.measures._sides import HALF, ZEROS, sides_of, without_zeros
from discourse.measures.intervals import lowest_share

# Gabrielatos and Marchi (2012): a relative frequency so small that the result shows what it is.
TINY = 1e-18


def log_ratio(
    count_target: ArrayLike,
    total_target: ArrayLike,
    count_reference: ArrayLike,
    total_reference: ArrayLike,
    *,
    zeros: str = "half_in_zero_cells",
) -> Floats:
    """Say how many times more often the target uses an item, in doublings.

    log2((count_target / total_target) / (count_reference / total_reference)). For a count of 0 the tools differ:
    `half_in_zero_cells` puts 0.5 in that cell alone (Hardie; CQPweb, the Lancaster calculator), `half_everywhere`
    adds 0.5 to both counts and both totals (Walter; the R package corpora), `infinite` leaves it. Values that rest on
    a half hit are a convention: they grow with the size of the other side.

    Args:
        count_target, count_reference: hits of each side; numbers or arrays that broadcast.
        total_target, total_reference: words of each side.
        zeros: `half_in_zero_cells`, `half_everywhere` or `infinite`.

    Returns:
        Base 2: 1 is twice as often in the target, -1 half as often, 0 equal rates. Finite (or ±inf by the rule
        `infinite`), `nan` where a side has no words or neither has a hit.

    Raises:
        ValueError: a count is negative or larger than its total, or the rule is unknown.

    Source: Hardie (2014), Log Ratio: an informal introduction; Walter (1975), Biometrika 62(2).

    >>> float(log_ratio(8, 1000, 2, 1000)), float(log_ratio(0, 1000, 2, 1000))
    (2.0, -2.0)
    >>> float(log_ratio(0, 1000, 2, 1000, zeros="infinite"))
    -inf
    """
    a, n_a, b, n_b = without_zeros(zeros, *sides_of(count_target, total_target, count_reference, total_reference))
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
    family: float = 1,
) -> tuple[Floats, Floats]:
    """Give confidence limits of `log_ratio` on the assumption that words are independent draws.

    log_ratio ± z √(1/a - 1/N_a + 1/b - 1/N_b) / ln 2 with a, b the counts and N the totals (Wald limits of
    the logarithm of a relative risk). A count of 0 enters as 0.5, and then only one side is bounded: no
    text of any size shows how rare the item is where it never occurred, so the other limit is infinite.

    Args:
        count_target, count_reference: hits of each side; numbers or arrays that broadcast.
        total_target, total_reference: words of each side.
        level: of the two-sided interval, between 0 and 1.
        family: number of intervals that shall hold together (Bonferroni), for instance the rows of a table.

    Returns:
        Low and high limit, base 2. Low is -inf where the target has no hit, high is inf where the reference
        has none; both `nan` where `log_ratio` is.

    Raises:
        ValueError: a count is negative or larger than its total, the level lies outside (0, 1), or the family is
            below 1.

    Source: Katz, Baptista, Azen and Pike (1978), Biometrics 34(3), method C.

    >>> low, high = log_ratio_interval(27, 122, 44, 487)
    >>> round(2 ** float(low), 4), round(2 ** float(high), 4)
    (1.5837, 3.7887)
    """
    z = normal_quantile(_family_level(level, family))
    a, n_a, b, n_b = sides_of(count_target, total_target, count_reference, total_reference)
    middle = log_ratio(a, n_a, b, n_b)
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = 1 / np.where(a == 0, HALF, a) - 1 / n_a + 1 / np.where(b == 0, HALF, b) - 1 / n_b
    margin = z * np.sqrt(variance) / np.log(2)
    low, high = np.where(a == 0, -np.inf, middle - margin), np.where(b == 0, np.inf, middle + margin)
    return np.where(np.isnan(middle), np.nan, low)[()], np.where(np.isnan(middle), np.nan, high)[()]


def _family_level(level: float, family: float) -> float:
    """Return the level that each of several intervals needs so that all hold together at the level given."""
    if not family >= 1:
        raise ValueError(f"family must be at least 1; got {family:g}. Pass the number of intervals shown together.")
    return 1 - (1 - level) / family if family != 1 else level


def exact_log_ratio_interval(
    count_target: ArrayLike,
    total_target: ArrayLike,
    count_reference: ArrayLike,
    total_reference: ArrayLike,
    *,
    level: float = 0.95,
    family: float = 1,
) -> tuple[Floats, Floats]:
    """Give exact limits of the log ratio of two rates, which also hold where counts are small or 0.

    log2(t / (1 - t) × total_reference / total_target), t the Clopper-Pearson limits of the target's share of all hits:
    given their sum, two Poisson counts are binomial. Exact means never below the level, so it is wider than needed.

    Args:
        count_target, count_reference: hits of each side; numbers or arrays that broadcast.
        total_target, total_reference: words of each side.
        level: of the two-sided interval, between 0 and 1.
        family: number of intervals that shall hold together (Bonferroni), for instance the rows of a table.

    Returns:
        Low and high limit, base 2. Low is -inf where the target has no hit, high is inf where the reference has
        none; both `nan` where a side has no words or neither has a hit.

    Raises:
        ValueError: a count is negative or larger than its total, the level lies outside (0, 1), or the family is
            below 1.

    Source: Przyborowski and Wilenski (1940), Biometrika 31; Evert (2022), Measuring keyness (LRC).

    >>> [round(float(limit), 2) for limit in exact_log_ratio_interval(20, 1000, 5, 1000)]
    [0.54, 3.77]
    """
    tail = tail_of(_family_level(level, family))
    a, n_a, b, n_b = sides_of(count_target, total_target, count_reference, total_reference)
    # The share of the reference mirrors that of the target, and keeps its digits near 1.
    share, rest = lowest_share(a, b, tail), lowest_share(b, a, tail)
    with np.errstate(divide="ignore", invalid="ignore"):
        low, high = np.log2(share / (1 - share) * n_b / n_a), np.log2((1 - rest) / rest * n_b / n_a)
    return low, high


def conservative_log_ratio(low: ArrayLike, high: ArrayLike) -> Floats:
    """Say how many times more often the target uses an item at the very least: the limit that is nearer to 0.

    The low limit where both are positive, the high one where both are negative, else 0. With the limits of
    `log_ratio_interval` it is the conservative log ratio of CQPweb, with those of `exact_log_ratio_interval` Evert's
    LRC; both adjust for the number of rows, which is the argument `family` there.

    Args:
        low, high: limits of the log ratio; numbers or arrays that broadcast.

    Returns:
        Base 2, in doublings: the difference that the data cannot be talked out of, 0 where they allow none.
        `nan` where a limit is.

    Raises:
        ValueError: a low limit is larger than its high limit.

    Source: Hardie (2014); Evert (2022), Measuring keyness.

    >>> conservative_log_ratio([0.5, -1.0, -3.0], [2.0, 1.0, -2.0]).tolist()
    [0.5, 0.0, -2.0]
    """
    lower, upper = floats(low, high)
    if (lower > upper).any():
        raise ValueError("low must not be larger than high; got limits the other way round. Pass low first.")
    # Adding 0 turns the -0 of np.minimum into 0.
    nearest: Floats = np.maximum(lower, 0) + np.minimum(upper, 0) + 0.0
    return nearest


def relative_risk(
    count_target: ArrayLike,
    total_target: ArrayLike,
    count_reference: ArrayLike,
    total_reference: ArrayLike,
    *,
    zeros: str = "infinite",
) -> Floats:
    """Say how many times more often the target uses an item: the ratio of the relative frequencies.

    (count_target / total_target) / (count_reference / total_reference); `log_ratio` is its logarithm.

    Args:
        count_target, count_reference: hits of each side; numbers or arrays that broadcast.
        total_target, total_reference: words of each side.
        zeros: `infinite`, `half_in_zero_cells` or `half_everywhere`, as in `log_ratio`.

    Returns:
        A ratio ≥ 0: 1 = equal rates, 2 = twice as often in the target. `inf` where the reference has no hit (by the
        rule `infinite`), `nan` where a side has no words or neither has a hit.

    Raises:
        ValueError: a count is negative or larger than its total, or the rule is unknown.

    Source: Agresti (2002), Categorical data analysis, section 2.2.

    >>> round(float(relative_risk(27, 122, 44, 487)), 4)
    2.4495
    """
    a, n_a, b, n_b = without_zeros(zeros, *sides_of(count_target, total_target, count_reference, total_reference))
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio: Floats = (a / n_a) / (b / n_b)
    return ratio


def percent_diff(
    count_target: ArrayLike,
    total_target: ArrayLike,
    count_reference: ArrayLike,
    total_reference: ArrayLike,
    *,
    zeros: str = "infinite",
) -> Floats:
    """Say by how many percent the target's rate is above or below that of the reference: %DIFF.

    100 (r_t - r_r) / r_r with r the relative frequencies. The rule `tiny` puts a relative frequency of 1e-18 in the
    place of 0 in the reference, as the authors and some tools do: a number of fifteen digits that means `inf`.

    Args:
        count_target, count_reference: hits of each side; numbers or arrays that broadcast.
        total_target, total_reference: words of each side.
        zeros: `infinite`, `half_in_zero_cells`, `half_everywhere` or `tiny`.

    Returns:
        Percent, ≥ -100: 0 = equal rates, 100 = twice as often in the target, -50 = half as often. `inf` where the
        reference has no hit (by the rule `infinite`), `nan` where a side has no words or neither has a hit.

    Raises:
        ValueError: a count is negative or larger than its total, or the rule is unknown.

    Source: Gabrielatos and Marchi (2012), Keyness: appropriate metrics and practical issues.

    >>> float(percent_diff(20, 1000, 10, 1000)), float(percent_diff(5, 1000, 10, 1000))
    (100.0, -50.0)
    """
    choose("zeros", zeros, [*ZEROS, "tiny"])
    sides = sides_of(count_target, total_target, count_reference, total_reference)
    if zeros != "tiny":
        return 100 * (relative_risk(*sides, zeros=zeros) - 1)
    a, n_a, b, n_b = sides
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = np.where(b == 0, TINY, b / n_b)
        percent: Floats = 100 * (a / n_a - rate) / rate
    return percent


def simple_maths(
    count_target: ArrayLike,
    total_target: ArrayLike,
    count_reference: ArrayLike,
    total_reference: ArrayLike,
    *,
    constant: float = 1,
) -> Floats:
    """Say how many times more often the target uses an item, after adding a constant to both rates.

    (r_t + constant) / (r_r + constant), r hits per million words. A constant of 1 brings rare words to the top, 100
    or 1000 common ones. The constant is per million: with another unit the ranking is another.

    Args:
        count_target, count_reference: hits of each side; numbers or arrays that broadcast.
        total_target, total_reference: words of each side.
        constant: added to both rates, in hits per million words; greater than 0.

    Returns:
        A ratio > 0: 1 = equal rates, higher = more often in the target; no logarithm, so 0.5 mirrors 2. `nan` where a
        side has no words.

    Raises:
        ValueError: a count is negative or larger than its total, or the constant is not greater than 0.

    Source: Kilgarriff (2009), Simple maths for keywords; the score of Sketch Engine, whose default is 1.

    >>> round(float(simple_maths(35, 112_289_776, 263, 1_559_716_979)), 4)
    1.1224
    """
    if not constant > 0:
        raise ValueError(f"constant must be greater than 0; got {constant:g}. Pass 1 for rare, 100 for common words.")
    a, n_a, b, n_b = _shares(count_target, total_target, count_reference, total_reference)
    with np.errstate(divide="ignore", invalid="ignore"):
        score: Floats = (1e6 * a / n_a + constant) / (1e6 * b / n_b + constant)
    return score


def _shares(
    count_target: ArrayLike, total_target: ArrayLike, count_reference: ArrayLike, total_reference: ArrayLike
) -> tuple[Floats, ...]:
    """Check both sides; two counts of 0 are no hindrance, sides without words are."""
    _, n_a, _, n_b = sides_of(count_target, total_target, count_reference, total_reference)
    a, b, _ = floats(count_target, count_reference, n_a)
    known = (n_a > 0) & (n_b > 0)
    return np.where(known, a, np.nan), n_a, np.where(known, b, np.nan), n_b


def difference_coefficient(
    count_target: ArrayLike, total_target: ArrayLike, count_reference: ArrayLike, total_reference: ArrayLike
) -> Floats:
    """Say which side an item belongs to, between -1 and 1: Yule's difference coefficient.

    (r_t - r_r) / (r_t + r_r) with r the relative frequencies; a function of `relative_risk` q: (q - 1) / (q + 1).

    Args:
        count_target, count_reference: hits of each side; numbers or arrays that broadcast.
        total_target, total_reference: words of each side.

    Returns:
        1 = in the target only, 0 = equal rates, -1 = in the reference only. `nan` where a side has no words or neither
        has a hit.

    Raises:
        ValueError: a count is negative or larger than its total.

    Source: Yule (1944); Hofland and Johansson (1982), Word frequencies in British and American English.

    >>> float(difference_coefficient(12, 1000, 4, 1000)), float(difference_coefficient(0, 1000, 10, 1000))
    (0.5, -1.0)
    """
    a, n_a, b, n_b = sides_of(count_target, total_target, count_reference, total_reference)
    with np.errstate(divide="ignore", invalid="ignore"):
        coefficient: Floats = (a / n_a - b / n_b) / (a / n_a + b / n_b)
    return coefficient
