"""Keyness among more than two groups: all at once, each against the rest, every pair; limits that hold together.

Everywhere: `counts` items × groups (groups along the last axis), `totals` words of each group.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from discourse._errors import choose
from discourse.measures._inputs import Floats, normal_quantile, shares_of
from discourse.measures._sides import divergence
from discourse.measures.effects import log_ratio, log_ratio_interval

ADJUSTMENTS = ("sidak", "bonferroni", "tukey", "none")


def _table(counts: ArrayLike, totals: ArrayLike) -> tuple[Floats, Floats]:
    """Check counts and totals of at least two groups and return them in one shape."""
    hits, words = shares_of("counts", counts, "totals", totals)
    if hits.ndim < 1 or hits.shape[-1] < 2:
        raise ValueError(
            f"counts must have two or more groups along its last axis; got shape {hits.shape}. Pass items × groups."
        )
    return hits, words


def group_log_likelihood(counts: ArrayLike, totals: ArrayLike) -> Floats:
    """Weigh the evidence that several groups do not all use an item at one rate: G2 of all groups.

    2 Σ O ln(O / E) over the item and all other words of each group; with two groups it is `log_likelihood` without its
    sign. It says that there is a difference, not where: `group_log_ratios` does.

    Args:
        counts: items × groups, hits; or the groups of a single item.
        totals: words of each group.

    Returns:
        G2 ≥ 0 of each item, natural logarithm; to `p_value` with df = groups less one. `nan` where a group has no
        words or no group has a hit.

    Raises:
        ValueError: a count is negative or larger than its total, or there are fewer than two groups.

    Source: Rayson, Berridge and Francis (2004), JADT; Dunning (1993).

    >>> group_log_likelihood([[10, 10, 10], [30, 10, 5]], [1000, 1000, 1000]).round(2).tolist()
    [0.0, 22.85]
    """
    hits, words = _table(counts, totals)
    known = (words > 0).all(axis=-1, keepdims=True) & (hits.sum(axis=-1, keepdims=True) > 0)
    observed = np.where(known, hits, np.nan)
    every, all_words = observed.sum(axis=-1, keepdims=True), words.sum(axis=-1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        expected, rest = words * every / all_words, words * (all_words - every) / all_words
        deviation = observed - expected
        terms = divergence(observed, expected, deviation) + divergence(words - observed, rest, -deviation)
    return np.asarray(2 * terms.sum(axis=-1))[()]


def group_pairs(n_groups: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Number the pairs of groups in the order of `group_log_ratios`: 0-1, 0-2, …, 1-2, ….

    Args:
        n_groups: groups, 2 or more.

    Returns:
        Numbers of the target and of the reference of each pair, from 0; never `nan`.

    Raises:
        ValueError: there are fewer than two groups.

    Source: the upper triangle of a matrix, row by row.

    >>> target, reference = group_pairs(3)
    >>> target.tolist(), reference.tolist()
    ([0, 0, 1], [1, 2, 2])
    """
    if n_groups < 2:
        raise ValueError(f"n_groups must be 2 or more; got {n_groups}. Pass the number of columns of counts.")
    return np.triu_indices(n_groups, k=1)


def _comparisons(hits: Floats, words: Floats, against: str) -> tuple[Floats, ...]:
    """Return counts and totals of the targets and of the references of all comparisons."""
    if against == "rest":
        return hits, words, hits.sum(axis=-1, keepdims=True) - hits, words.sum(axis=-1, keepdims=True) - words
    target, reference = group_pairs(hits.shape[-1])
    return hits[..., target], words[..., target], hits[..., reference], words[..., reference]


def simultaneous_quantile(
    n_groups: int, *, against: str = "rest", level: float = 0.95, adjustment: str = "sidak"
) -> float:
    """Say how many standard errors each side of an interval needs so that those of all comparisons hold together.

    With m comparisons: the normal quantile at level^(1/m) (`sidak`) or 1 - (1 - level) / m (`bonferroni`), or that of
    the studentized range over √2 (`tukey`, pairs only, the shortest of the three for all pairs).

    Args:
        n_groups: groups, 2 or more.
        against: `rest` (each group against all others, m = groups) or `pairs` (every pair).
        level: at which all intervals hold together, between 0 and 1.
        adjustment: `sidak`, `bonferroni`, `tukey` or `none`.

    Returns:
        A number of standard errors; 1.96 for one interval at 0.95; never `nan`.

    Raises:
        ValueError: the level lies outside (0, 1), an option is unknown, or `tukey` is asked for against the rest.

    Source: Šidák (1967), JASA 62(318); Tukey (1953), The problem of multiple comparisons; Kramer (1956).

    >>> [round(simultaneous_quantile(4, against="pairs", adjustment=a), 3) for a in ("none", "tukey", "sidak")]
    [1.96, 2.569, 2.631]
    """
    choose("against", against, ["rest", "pairs"])
    choose("adjustment", adjustment, ADJUSTMENTS)
    alone = normal_quantile(level)
    if adjustment == "none":
        return alone
    if adjustment == "tukey":
        if against == "rest":
            raise ValueError("adjustment must not be 'tukey' against the rest; got both. Choose 'sidak'.")
        from scipy import stats  # takes longer to import than all the rest here

        return float(stats.studentized_range.ppf(level, n_groups, np.inf) / np.sqrt(2))
    m = n_groups if against == "rest" else len(group_pairs(n_groups)[0])
    return normal_quantile(level ** (1 / m) if adjustment == "sidak" else 1 - (1 - level) / m)


def group_log_ratios(
    counts: ArrayLike,
    totals: ArrayLike,
    *,
    against: str = "rest",
    level: float = 0.95,
    adjustment: str = "sidak",
) -> tuple[Floats, Floats, Floats]:
    """Compare each group with the rest, or every pair of groups, with limits that hold for all comparisons of an item.

    `log_ratio` with the limits of `log_ratio_interval`, widened by `simultaneous_quantile`. They cover the comparisons
    of one item; over the items of a table there is `benjamini_hochberg`, or `family` in `log_ratio_interval`.

    Args:
        counts: items × groups, hits; or the groups of a single item.
        totals: words of each group.
        against: `rest` or `pairs`, in the order of `group_pairs`.
        level: at which all intervals of an item hold together, between 0 and 1.
        adjustment: `sidak`, `bonferroni`, `tukey` (pairs only) or `none`.

    Returns:
        Log ratio, low and high limit, base 2, items × comparisons: positive where the first group uses the item
        more. `nan` where a side has no words or neither has a hit.

    Raises:
        ValueError: a count is negative or larger than its total, there are fewer than two groups, the level lies
            outside (0, 1), or an option is unknown.

    Source: Hothorn, Bretz and Westfall (2008), Biometrical Journal 50(3), for the limits; Hardie (2014).

    >>> ratio, low, high = group_log_ratios([40, 10, 10], [1000, 1000, 1000])
    >>> ratio.round(2).tolist(), low.round(2).tolist()
    ([2.0, -1.32, -1.32], [1.07, -2.51, -2.51])
    """
    hits, words = _table(counts, totals)
    z = simultaneous_quantile(hits.shape[-1], against=against, level=level, adjustment=adjustment)
    sides = _comparisons(hits, words, choose("against", against, ["rest", "pairs"]))
    middle = log_ratio(*sides)
    low, high = log_ratio_interval(*sides, level=level)
    widening = z / normal_quantile(level)
    return middle, middle - (middle - low) * widening, middle + (high - middle) * widening
