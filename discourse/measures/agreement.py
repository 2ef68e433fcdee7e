"""How far coders agree who coded the same units, beyond what chance would give them.

Everywhere: `ratings` units × coders, numbers or words, `nan`, None or "" where a coder left a unit out. Each
coefficient is a function of how often each pattern of ratings occurs: resampled units cost no second look at them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import ArrayLike

from discourse._errors import choose
from discourse.measures._inputs import tail_of
from discourse.measures._ratings import (
    Of,
    Patterns,
    cohen,
    fleiss,
    krippendorff,
    of_all_units,
    of_drawn_units,
    percent,
)
from discourse.measures.bootstrap import MOST_UNDEFINED

DRAWS = 999  # with 999 draws the limits at 95 % are the 25th smallest and the 25th largest draw


def percent_agreement(ratings: ArrayLike) -> np.float64:
    """Say how often two coders of a unit give it the same value, chance and all.

    For each unit the share of pairs of its ratings that are equal, averaged over the units.

    Args:
        ratings: units × coders, numbers or words; missing ones are left out.

    Returns:
        0 = never, 1 = always. High for rare values even of coders who guess. `nan` where no unit has two ratings.

    Raises:
        ValueError: ratings are not units × two coders or more.

    Source: Holsti (1969); the observed agreement of Fleiss (1971), eq. 2.

    >>> float(percent_agreement([["a", "a"], ["a", "b"], ["b", "b"], ["b", "b"]]))
    0.75
    """
    return of_all_units(percent(ratings))


def cohen_kappa(ratings: ArrayLike, *, weights: str = "none") -> np.float64:
    """Measure the agreement of two coders beyond chance, each with habits of their own: Cohen's κ.

    1 - observed / expected disagreement, expected from the two coders' own shares of the values. Weighted, a
    disagreement counts by how far apart the two values stand among all values in their order.

    Args:
        ratings: units × two coders, numbers or words; units with one missing are left out.
        weights: `none`, `linear` or `quadratic`, for values in an order.

    Returns:
        1 = full agreement, 0 = as by chance, negative = less. `nan` where no unit has two ratings or both coders
        give one and the same value to all units.

    Raises:
        ValueError: ratings are not units × two coders, or the weights are unknown.

    Source: Cohen (1960), Educational and Psychological Measurement 20(1); Cohen (1968), Psychological Bulletin 70(4).

    >>> round(float(cohen_kappa([["y", "y"]] * 20 + [["y", "n"]] * 5 + [["n", "y"]] * 10 + [["n", "n"]] * 15)), 4)
    0.4
    """
    return of_all_units(cohen(ratings, weights))


def scott_pi(ratings: ArrayLike) -> np.float64:
    """Measure the agreement of two coders beyond chance, as if they had one set of habits: Scott's π.

    (observed - expected) / (1 - expected), expected from the shares of the values among all ratings of both.

    Args:
        ratings: units × two coders, numbers or words; units with one missing are left out.

    Returns:
        1 = full agreement, 0 = as by chance, negative = less. `nan` where no unit has two ratings or only one value
        was given.

    Raises:
        ValueError: ratings are not units × two coders.

    Source: Scott (1955), Public Opinion Quarterly 19(3).

    >>> round(float(scott_pi([["y", "y"]] * 20 + [["y", "n"]] * 5 + [["n", "y"]] * 10 + [["n", "n"]] * 15)), 4)
    0.3939
    """
    return of_all_units(fleiss(ratings, coders=2))


def fleiss_kappa(ratings: ArrayLike) -> np.float64:
    """Measure the agreement of several coders beyond chance: Fleiss's κ.

    (mean share of agreeing pairs - expected) / (1 - expected), expected from the shares of the values among all
    ratings: Scott's π for more than two, not a generalisation of Cohen's κ. Each unit needs as many ratings as any.

    Args:
        ratings: units × coders, numbers or words; the coders of one unit need not be those of another. Units with
            a missing rating are left out (`krippendorff_alpha` keeps them).

    Returns:
        1 = full agreement, 0 = as by chance, negative = less. `nan` where no unit is complete or only one value was
        given.

    Raises:
        ValueError: ratings are not units × two coders or more.

    Source: Fleiss (1971), Psychological Bulletin 76(5), eq. 7.

    >>> round(float(fleiss_kappa([[1, 1, 1], [1, 1, 2], [2, 2, 2], [1, 2, 3]])), 4)
    0.2683
    """
    return of_all_units(fleiss(ratings))


def krippendorff_alpha(ratings: ArrayLike, *, scale: str = "nominal") -> np.float64:
    """Measure the agreement of any number of coders beyond chance, also with missing ratings: Krippendorff's α.

    1 - observed / expected disagreement over all pairs of ratings of a unit and of all units; a pair counts by the
    squared difference of its values on their scale: equal or not (`nominal`), ranks between (`ordinal`), a - b
    (`interval`), (a - b) / (a + b) (`ratio`).

    Args:
        ratings: units × coders, numbers or words (in their alphabetical order for `ordinal`: better number them); units
            with fewer than two ratings are left out.
        scale: `nominal`, `ordinal`, `interval` or `ratio`.

    Returns:
        1 = full agreement, 0 = as by chance, negative = systematic disagreement; 0.8 is the usual demand, 0.667 the
        least for tentative conclusions. `nan` where no unit has two ratings or only one value was given.

    Raises:
        ValueError: ratings are not units × two coders or more, words on a scale of numbers, or the scale is unknown.

    Source: Krippendorff (2011), Computing Krippendorff's alpha-reliability; Hayes and Krippendorff (2007).

    >>> round(float(krippendorff_alpha([[1, 1, None], [2, 2, 3], [3, 3, 3], [None, 2, 1]])), 4)
    0.4545
    """
    return of_all_units(krippendorff(ratings, scale))


COEFFICIENTS: dict[str, Callable[..., tuple[Patterns, Of]]] = {
    "percent_agreement": percent,
    "cohen_kappa": cohen,
    "scott_pi": partial(fleiss, coders=2),
    "fleiss_kappa": fleiss,
    "krippendorff_alpha": krippendorff,
}


def agreement_interval(
    ratings: ArrayLike,
    coefficient: str = "krippendorff_alpha",
    *,
    scale: str | None = None,
    level: float = 0.95,
    draws: int = DRAWS,
    seed: int = 0,
) -> tuple[np.float64, np.float64]:
    """Give limits of a coefficient of agreement by drawing units again, with replacement.

    Percentile limits of the coefficient over the draws. Units are the sample here, coders are not: the limits say
    nothing about other coders. Krippendorff's own bootstrap draws pairs of ratings and keeps the expected disagreement;
    this one draws units and counts the expected disagreement anew.

    Args:
        ratings: units × coders, as for the coefficient.
        coefficient: `krippendorff_alpha`, `percent_agreement`, `cohen_kappa`, `scott_pi` or `fleiss_kappa`.
        scale: the `scale` of Krippendorff's alpha or the `weights` of Cohen's kappa; None: theirs by default.
        level: of the two-sided interval, between 0 and 1.
        draws: how many times the units are drawn.
        seed: of the random numbers; the same seed gives the same limits.

    Returns:
        Low and high limit over the draws in which the coefficient is defined. `nan` where it is not defined for the
        units themselves or in more than a tenth of the draws, or no draw differs: units that all agree do not tell how
        many of others would not.

    Raises:
        ValueError: what the coefficient raises, an unknown coefficient, a scale for one that has none, a level outside
            (0, 1), or no draws.

    Source: Efron and Tibshirani (1993), chapter 13; Zapf et al. (2016), BMC Medical Research Methodology 16.

    >>> ratings = [["y", "y"]] * 20 + [["y", "n"]] * 5 + [["n", "y"]] * 10 + [["n", "n"]] * 15
    >>> [round(float(limit), 2) for limit in agreement_interval(ratings, "cohen_kappa", seed=1)]
    [0.14, 0.64]
    """
    tail = tail_of(level)
    choose("coefficient", coefficient, COEFFICIENTS)
    if draws < 1:
        raise ValueError(f"draws must be 1 or more; got {draws}. The usual number is 999.")
    if scale is not None and coefficient not in ("krippendorff_alpha", "cohen_kappa"):
        raise ValueError(f"scale must be None for {coefficient}; got {scale!r}. Leave it out.")
    options = [] if scale is None else [scale]
    parts = COEFFICIENTS[coefficient](ratings, *options)
    if np.isnan(of_all_units(parts)):
        return np.float64(np.nan), np.float64(np.nan)
    drawn = of_drawn_units(parts, draws=draws, seed=seed)
    known = drawn[~np.isnan(drawn)]
    if len(known) < (1 - MOST_UNDEFINED) * draws or np.ptp(known) == 0:
        return np.float64(np.nan), np.float64(np.nan)
    low, high = np.quantile(known, [tail, 1 - tail], method="weibull")
    return low, high
