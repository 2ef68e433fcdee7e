"""How far coders agree who coded the same units, beyond what chance would give them.

Everywhere: `ratings` units × coders, numbers or words, `nan`, None or "" where a coder left a unit out. Each
coefficient is a function of how often each pattern of ratings occurs: resampled units cost no second look at them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import ArrayLike, NDArray

from discourse._errors import choose
from discourse.measures._inputs import Floats, tail_of

SCALES = ("nominal", "ordinal", "interval", "ratio")
WEIGHTS = ("none", "linear", "quadratic")
DRAWS = 999  # with 999 draws the limits at 95 % are the 25th smallest and the 25th largest draw


@dataclass(frozen=True)
class Patterns:
    """Different rows of ratings, how many units have each, and the values that the codes stand for."""

    rows: NDArray[np.int64]
    units: Floats
    labels: NDArray[np.generic]


def _coded(ratings: ArrayLike, *, least: int, coders: int | None = None) -> Patterns:
    """Number the ratings, -1 where there is none, and keep units with at least so many.

    Raises:
        ValueError: ratings have not two dimensions, or not the number of coders that a coefficient is for.
    """
    import pandas as pd  # the only one here that knows None, nan and words at once

    # As objects: numpy would turn the nan among words into a word.
    table = np.asarray(ratings, dtype=object)
    if table.ndim != 2 or table.shape[1] < 2 or (coders and table.shape[1] != coders):
        needed = f"{coders} coders" if coders else "two coders or more"
        raise ValueError(f"ratings must be units × {needed}; got shape {table.shape}. Pass one row per unit.")
    flat = table.ravel()
    flat[flat == ""] = None
    codes, values = pd.factorize(flat, sort=True)
    rated = codes.reshape(table.shape).astype(np.int64)
    rated = rated[(rated >= 0).sum(axis=1) >= least]
    rows, units = np.unique(rated, axis=0, return_counts=True)
    return Patterns(rows, units.astype(np.float64), np.array(list(values)))


def _tallies(patterns: Patterns) -> Floats:
    """Count, for each pattern, how often each value was given."""
    kinds = np.arange(max(len(patterns.labels), 1))
    tallies: Floats = (patterns.rows[:, :, None] == kinds).sum(axis=1).astype(np.float64)
    return tallies


def _corrected(observed: Floats, expected: Floats) -> Floats:
    """Return the share of the disagreement expected by chance that was avoided; `nan` where none was expected."""
    # A single value leaves nothing to agree on: rounding must not turn 0 / 0 into a number.
    possible = np.where(expected < 1 - 1e-12, 1 - expected, np.nan)
    beyond: Floats = (observed - expected) / possible
    return beyond


def _percent(ratings: ArrayLike) -> tuple[Patterns, Callable[[Floats], Floats]]:
    patterns = _coded(ratings, least=2)
    tallies = _tallies(patterns)
    given = tallies.sum(axis=1)
    agreeing = (tallies * (tallies - 1)).sum(axis=1) / (given * (given - 1))

    def share(units: Floats) -> Floats:
        mean: Floats = (units @ agreeing) / units.sum(axis=-1)
        return mean

    return patterns, share


def _fleiss(ratings: ArrayLike, coders: int | None = None) -> tuple[Patterns, Callable[[Floats], Floats]]:
    patterns = _coded(ratings, least=np.shape(ratings)[1] if np.ndim(ratings) == 2 else 2, coders=coders)
    tallies = _tallies(patterns)
    m = patterns.rows.shape[1]
    agreeing = (tallies * (tallies - 1)).sum(axis=1) / (m * (m - 1))

    def kappa(units: Floats) -> Floats:
        n = units.sum(axis=-1)
        shares = units @ tallies / (n * m)[..., None]
        return _corrected(units @ agreeing / n, (shares**2).sum(axis=-1))

    return patterns, kappa


def _cohen(ratings: ArrayLike, weights: str = "none") -> tuple[Patterns, Callable[[Floats], Floats]]:
    choose("weights", weights, WEIGHTS)
    patterns = _coded(ratings, least=2, coders=2)
    kinds = np.arange(max(len(patterns.labels), 1))
    apart = np.abs(kinds[:, None] - kinds)
    disagreement = {"none": apart > 0, "linear": apart, "quadratic": apart**2}[weights].astype(np.float64)
    first, second = (patterns.rows[:, side, None] == kinds for side in (0, 1))
    observed_each = disagreement[patterns.rows[:, 0], patterns.rows[:, 1]]

    def kappa(units: Floats) -> Floats:
        n = units.sum(axis=-1)
        expected = np.einsum("...i,ij,...j->...", units @ first, disagreement, units @ second) / n**2
        avoided: Floats = 1 - (units @ observed_each / n) / np.where(expected > 0, expected, np.nan)
        return avoided

    return patterns, kappa


def _distances(scale: str, values: NDArray[np.generic], given: Floats) -> Floats:
    """Return the squared difference of each pair of values, for each set of frequencies of the values."""
    if scale == "nominal":
        return 1 - np.eye(max(len(values), 1))
    if scale == "ordinal":
        # The ranks between two values, each of the two counted half: the difference of their middle ranks.
        middle = np.cumsum(given, axis=-1) - given / 2
        return (middle[..., :, None] - middle[..., None, :]) ** 2
    numbers = np.asarray(values, dtype=np.float64)
    difference = numbers[:, None] - numbers
    if scale == "interval":
        return difference**2
    both = numbers[:, None] + numbers
    return np.where(both == 0, 0, difference / np.where(both == 0, 1, both)) ** 2


def _krippendorff(ratings: ArrayLike, scale: str = "nominal") -> tuple[Patterns, Callable[[Floats], Floats]]:
    choose("scale", scale, SCALES)
    patterns = _coded(ratings, least=2)
    if scale in ("interval", "ratio") and patterns.labels.dtype.kind not in "biuf":
        raise ValueError(f"ratings must be numbers for the {scale} scale; got words. Choose 'nominal' or 'ordinal'.")
    tallies = _tallies(patterns)
    pairs = tallies[:, :, None] * tallies[:, None, :]
    kinds = np.arange(tallies.shape[1])
    pairs[:, kinds, kinds] -= tallies
    pairs /= (tallies.sum(axis=1) - 1)[:, None, None]

    def alpha(units: Floats) -> Floats:
        given = units @ tallies
        distance = _distances(scale, patterns.labels, given)
        observed = (np.tensordot(units, pairs, axes=1) * distance).sum(axis=(-2, -1))
        expected = np.einsum("...i,...ij,...j->...", given, distance, given) / (given.sum(axis=-1) - 1)
        avoided: Floats = 1 - observed / np.where(expected > 0, expected, np.nan)
        return avoided

    return patterns, alpha


def _whole(parts: tuple[Patterns, Callable[[Floats], Floats]]) -> np.float64:
    """Return the coefficient of all units."""
    patterns, coefficient = parts
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.float64(coefficient(patterns.units)) if patterns.units.size else np.float64(np.nan)


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
    return _whole(_percent(ratings))


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
    return _whole(_cohen(ratings, weights))


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
    return _whole(_fleiss(ratings, coders=2))


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
    return _whole(_fleiss(ratings))


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
    return _whole(_krippendorff(ratings, scale))


COEFFICIENTS: dict[str, Callable[..., tuple[Patterns, Callable[[Floats], Floats]]]] = {
    "percent_agreement": _percent,
    "cohen_kappa": _cohen,
    "scott_pi": partial(_fleiss, coders=2),
    "fleiss_kappa": _fleiss,
    "krippendorff_alpha": _krippendorff,
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
        units themselves.

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
    patterns, of = COEFFICIENTS[coefficient](ratings, *options)
    n = int(patterns.units.sum())
    if np.isnan(_whole((patterns, of))):
        return np.float64(np.nan), np.float64(np.nan)
    drawn = np.random.default_rng(seed).multinomial(n, patterns.units / n, size=draws)
    with np.errstate(invalid="ignore", divide="ignore"):
        values = of(drawn.astype(np.float64))
    low, high = np.nanquantile(values, [tail, 1 - tail], method="weibull")
    return low, high
