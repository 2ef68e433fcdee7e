"""How the odds of an item differ between sides and groups: odds ratios, and log-odds weighted by a prior."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from discourse._errors import choose
from discourse.measures._hypergeometric import conditional_log_odds
from discourse.measures._inputs import Floats, counts_of, floats, shares_of
from discourse.measures._sides import HALF, ZEROS, sides_of

Prior = tuple[ArrayLike, ArrayLike]


def odds_ratio(
    count_target: ArrayLike,
    total_target: ArrayLike,
    count_reference: ArrayLike,
    total_reference: ArrayLike,
    *,
    estimate: str = "sample",
    zeros: str = "infinite",
) -> Floats:
    """Say how many times higher the odds of an item are in the target: hits against all other words.

    `sample`: (a / c) / (b / d) with a, b the counts and c, d the other words. `conditional`: the odds ratio under
    which the split of the hits, their sum kept, is most probable; R's `fisher.test` gives it, nearer to 1. For words
    of a corpus both are close to `relative_risk`.

    Args:
        count_target, count_reference: hits of each side; numbers or arrays that broadcast.
        total_target, total_reference: words of each side.
        estimate: `sample` or `conditional`.
        zeros: of the sample estimate: `infinite`, `half_in_zero_cells` or `half_everywhere` (0.5 added to all four
            cells, Haldane and Anscombe). The conditional estimate has no such rule.

    Returns:
        A ratio ≥ 0: 1 = equal odds, 2 = twice the odds in the target. 0 or `inf` at an empty cell, `nan` where a side
        has no words, neither has a hit, or the item is every word of both.

    Raises:
        ValueError: a count is negative or larger than its total, or an option is unknown.

    Source: Agresti (2002), sections 2.2 and 3.5; Haldane (1956), Annals of Human Genetics 20(4).

    >>> float(odds_ratio(3, 4, 1, 4)), round(float(odds_ratio(3, 4, 1, 4, estimate="conditional")), 4)
    (9.0, 6.4083)
    """
    choose("estimate", estimate, ["sample", "conditional"])
    choose("zeros", zeros, ZEROS)
    a, n_a, b, n_b = sides_of(count_target, total_target, count_reference, total_reference)
    if estimate == "conditional":
        return np.exp(conditional_log_odds(a, n_a, b, n_b))
    cells = [a, n_b - b, b, n_a - a]
    if zeros == "half_everywhere":
        cells = [cell + HALF for cell in cells]
    elif zeros == "half_in_zero_cells":
        cells = [np.where(cell == 0, HALF, cell) for cell in cells]
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio: Floats = (cells[0] * cells[1]) / (cells[2] * cells[3])
    return ratio


def flat_prior(each: float, n_items: int) -> tuple[float, float]:
    """Give every item the same number of pseudo-hits: an uninformative Dirichlet prior.

    Args:
        each: pseudo-hits of an item; 0.01 and 0.05 are usual, 1 is Laplace's.
        n_items: different items in the vocabulary, also those that are not shown.

    Returns:
        Pseudo-hits of an item and of all items together, as `weighted_log_odds` takes them; never `nan`.

    Raises:
        ValueError: a number is not greater than 0.

    Source: Monroe, Colaresi and Quinn (2008), Political Analysis 16(4), section 3.3.1.

    >>> flat_prior(0.5, 1000)
    (0.5, 500.0)
    """
    if not (each > 0 and n_items > 0):
        raise ValueError(
            f"each and n_items must be greater than 0; got {each:g} and {n_items:g}. "
            "Pass the pseudo-hits of one item and the size of the vocabulary."
        )
    return each, each * n_items


def background_prior(counts: ArrayLike, total: ArrayLike, *, mass: float) -> tuple[Floats, Floats]:
    """Give items pseudo-hits in proportion to a background table: an informative Dirichlet prior.

    mass × count / total. The background can be a large general corpus or all groups pooled; items that it does not
    hold have no prior, so add the corpora that are compared to it.

    Args:
        counts: hits of each item in the background; a number or an array.
        total: words of the background.
        mass: pseudo-hits of all items together; the authors use the mean number of words a group, tidylo the words
            of all groups (`mass` = `total`).

    Returns:
        Pseudo-hits of each item, and of all items together, as `weighted_log_odds` takes them. `nan` where the
        background has no words.

    Raises:
        ValueError: a count is negative or larger than its total, or the mass is not greater than 0.

    Source: Monroe, Colaresi and Quinn (2008), Political Analysis 16(4), eq. 23.

    >>> background_prior([300, 1], 10_000, mass=500)[0].tolist()
    [15.0, 0.05]
    """
    if not mass > 0:
        raise ValueError(f"mass must be greater than 0; got {mass:g}. Pass the words that the prior shall weigh.")
    hits, words = shares_of("counts", counts, "total", total)
    share = hits / np.where(words == 0, np.nan, words)
    return mass * share, np.full_like(share, mass)


def weighted_log_odds(
    count_target: ArrayLike,
    total_target: ArrayLike,
    count_reference: ArrayLike,
    total_reference: ArrayLike,
    *,
    prior: Prior,
    variance: str = "approximate",
) -> tuple[Floats, Floats, Floats]:
    """Compare the odds of an item on two sides, both pulled towards a prior, with variance and z.

    With y the count, n the total, α the prior of the item and A the prior of all items:
    delta = ln((y_t + α) / (n_t + A - y_t - α)) - ln((y_r + α) / (n_r + A - y_r - α)). Its variance is
    1 / (y_t + α) + 1 / (y_r + α) (`approximate`) or that and the reciprocals of the pseudo-counts of all other words
    (`full`); z = delta / √variance. Rare items shrink to 0, so the z needs no minimum count.

    Args:
        count_target, count_reference: hits of each side; numbers or arrays that broadcast.
        total_target, total_reference: words of each side (all of them, also of items that are not shown).
        prior: pseudo-hits of each item and of all items, from `flat_prior` or `background_prior`.
        variance: `approximate` or `full`.

    Returns:
        Delta (natural logarithm), its variance, and z (standard errors): positive where the target uses the item
        more. All `nan` where a side has no words, or where an item has neither a hit nor a prior on one side.

    Raises:
        ValueError: a count or prior is negative or larger than its total, or the variance is unknown.

    Source: Monroe, Colaresi and Quinn (2008), Political Analysis 16(4), eqs. 16, 19, 20 and 22.

    >>> delta, variance, z = weighted_log_odds([30, 5], 1000, [10, 5], 1000, prior=([4, 1], 100))
    >>> delta.round(3).tolist(), variance.round(3).tolist(), z.round(3).tolist()
    ([0.906, 0.0], [0.101, 0.333], [2.853, 0.0])
    """
    choose("variance", variance, ["approximate", "full"])
    target = shares_of("count_target", count_target, "total_target", total_target)
    reference = shares_of("count_reference", count_reference, "total_reference", total_reference)
    pseudo = shares_of("prior", prior[0], "prior_total", prior[1])
    y_t, n_t, y_r, n_r, alpha, alpha_total = floats(*target, *reference, *pseudo)
    defined = (n_t > 0) & (n_r > 0) & (y_t + alpha > 0) & (y_r + alpha > 0)
    hits_t, hits_r = np.where(defined, y_t + alpha, np.nan), np.where(defined, y_r + alpha, np.nan)
    return _compared(hits_t, n_t + alpha_total - hits_t, hits_r, n_r + alpha_total - hits_r, full=variance == "full")


def _compared(
    hits_t: Floats, rest_t: Floats, hits_r: Floats, rest_r: Floats, *, full: bool
) -> tuple[Floats, Floats, Floats]:
    """Return delta, variance and z of two pairs of pseudo-counts: the item, all other words."""
    with np.errstate(divide="ignore", invalid="ignore"):
        delta: Floats = np.log(hits_t / rest_t) - np.log(hits_r / rest_r)
        spread = 1 / hits_t + 1 / hits_r
        if full:
            spread = spread + 1 / rest_t + 1 / rest_r
    return delta, spread, delta / np.sqrt(spread)


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

    Delta and z of `weighted_log_odds` with the paper's approximate variance (eq. 20), which drops the terms of
    all other words.

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
    sides = count_target, total_target, count_reference, total_reference
    delta, _, z = weighted_log_odds(*sides, prior=(prior, prior_total))
    return delta, z


def pooled_log_odds(
    counts: ArrayLike, totals: ArrayLike, *, prior: Prior, pool: str = "sum", variance: str = "approximate"
) -> tuple[Floats, Floats, Floats]:
    """Set the odds of items in each of several groups against those in all groups together.

    delta = ln(odds in the group) - ln(odds in the pool), both with the prior, variance and z as in
    `weighted_log_odds`. The pool holds the group itself, so delta is smaller than against the other groups.

    Args:
        counts: items × groups, hits.
        totals: words of each group, one per column.
        prior: pseudo-hits of each item in one group, and of all items, from `flat_prior` or `background_prior`.
        pool: the prior of the pool: `sum` of the priors of all groups (tidylo), or the prior `once`.
        variance: `approximate` or `full`.

    Returns:
        Delta (natural logarithm), variance and z, items × groups: positive where the group uses the item more than
        all groups do. `nan` where a group has no words, or an item neither hit nor prior.

    Raises:
        ValueError: shapes do not fit, a number is negative, a count is larger than its total, or an option unknown.

    Source: Monroe, Colaresi and Quinn (2008), Political Analysis 16(4), eqs. 15, 18 and 21.

    >>> delta, variance, z = pooled_log_odds([[12, 3], [2, 10], [4, 1]], [18, 14], prior=flat_prior(1, 3))
    >>> delta.round(3).tolist()[0], z.round(3).tolist()[0]
    ([0.697, -0.967], [1.891, -1.741])
    """
    choose("pool", pool, ["sum", "once"])
    choose("variance", variance, ["approximate", "full"])
    hits, words = shares_of("counts", counts, "totals", totals)
    if hits.ndim != 2:
        raise ValueError(f"counts must have two dimensions; got {hits.ndim}. Pass items × groups.")
    alpha = np.broadcast_to(counts_of("prior", prior[0]), hits.shape[:1])[:, None]
    alpha_total = np.broadcast_to(counts_of("prior", prior[1]), hits.shape[:1])[:, None]
    times = hits.shape[1] if pool == "sum" else 1
    pooled = hits.sum(axis=1, keepdims=True) + times * alpha
    pooled_rest = words.sum(axis=1, keepdims=True) + times * alpha_total - pooled
    own = np.where((words > 0) & (hits + alpha > 0), hits + alpha, np.nan)
    pairs = np.broadcast_arrays(own, words + alpha_total - own, pooled, pooled_rest)
    return _compared(*pairs, full=variance == "full")
