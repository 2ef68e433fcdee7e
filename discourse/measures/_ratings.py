"""Coefficients of agreement as functions of how many units have each pattern of ratings.

Each function here takes ratings apart once and returns the patterns with a function of their frequencies (patterns, or
draws × patterns): the coefficient of all units and those of resampled units. No step makes patterns × values × values:
ratings on a continuous scale have as many values as ratings.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from discourse._errors import choose
from discourse.measures._inputs import Floats

SCALES = ("nominal", "ordinal", "interval", "ratio")
WEIGHTS = ("none", "linear", "quadratic")

Of = Callable[[Floats], Floats]


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

    # As objects: numpy would turn the nan among words into a word. A copy: what is missing becomes None in it.
    table = np.array(ratings, dtype=object)
    if table.ndim != 2 or table.shape[1] < 2 or (coders and table.shape[1] != coders):
        needed = f"{coders} coders" if coders else "two coders or more"
        raise ValueError(f"ratings must be units × {needed}; got shape {table.shape}. Pass one row per unit.")
    given = ~pd.isna(table) & (table != "")
    # Values that only units left out have are no values here: ranks are of those that count.
    kept = given.sum(axis=1) >= least
    table[~given] = None
    codes, values = pd.factorize(table[kept].ravel(), sort=True)
    rows, units = np.unique(codes.reshape(-1, table.shape[1]).astype(np.int64), axis=0, return_counts=True)
    return Patterns(rows, units.astype(np.float64), np.array(list(values)))


def _tallies(rows: NDArray[np.int64], n_values: int) -> sparse.csr_array:
    """Count, for each pattern, how often each value was given."""
    pattern, coder = np.nonzero(rows >= 0)
    ones = np.ones(len(pattern))
    return sparse.csr_array((ones, (pattern, rows[pattern, coder])), shape=(len(rows), max(n_values, 1)))


def _agreeing(tallies: sparse.csr_array) -> Floats:
    """Return the share of equal pairs among the pairs of ratings of each pattern."""
    equal = tallies.copy()
    equal.data *= equal.data - 1
    given = np.asarray(tallies.sum(axis=1))
    share: Floats = np.asarray(equal.sum(axis=1)) / (given * (given - 1))
    return share


def _corrected(observed: Floats, expected: Floats) -> Floats:
    """Return the share of the disagreement expected by chance that was avoided; `nan` where none was expected."""
    # A single value leaves nothing to agree on: its share is exactly 1, and 0 / 0 is nan.
    beyond: Floats = (observed - expected) / (1 - expected)
    return beyond


def percent(ratings: ArrayLike) -> tuple[Patterns, Of]:
    """Take the share of equal pairs apart."""
    patterns = _coded(ratings, least=2)
    agreeing = _agreeing(_tallies(patterns.rows, len(patterns.labels)))

    def share(units: Floats) -> Floats:
        mean: Floats = (units @ agreeing) / units.sum(axis=-1)
        return mean

    return patterns, share


def fleiss(ratings: ArrayLike, coders: int | None = None) -> tuple[Patterns, Of]:
    """Take Fleiss's kappa apart, or Scott's pi: that of two coders."""
    patterns = _coded(ratings, least=np.shape(ratings)[1] if np.ndim(ratings) == 2 else 2, coders=coders)
    tallies = _tallies(patterns.rows, len(patterns.labels))
    agreeing, m = _agreeing(tallies), patterns.rows.shape[1]

    def kappa(units: Floats) -> Floats:
        n = units.sum(axis=-1)
        shares = units @ tallies / (n * m)[..., None]
        return _corrected(units @ agreeing / n, (shares**2).sum(axis=-1))

    return patterns, kappa


def cohen(ratings: ArrayLike, weights: str = "none") -> tuple[Patterns, Of]:
    """Take Cohen's kappa apart."""
    choose("weights", weights, WEIGHTS)
    patterns = _coded(ratings, least=2, coders=2)
    kinds = np.arange(max(len(patterns.labels), 1))
    apart = np.abs(kinds[:, None] - kinds)
    disagreement = {"none": apart > 0, "linear": apart, "quadratic": apart**2}[weights].astype(np.float64)
    first, second = (_tallies(patterns.rows[:, [side]], len(patterns.labels)) for side in (0, 1))
    observed_each = disagreement[patterns.rows[:, 0], patterns.rows[:, 1]]

    def kappa(units: Floats) -> Floats:
        n = units.sum(axis=-1)
        expected = ((units @ first @ disagreement) * (units @ second)).sum(axis=-1) / n**2
        avoided: Floats = 1 - (units @ observed_each / n) / np.where(expected > 0, expected, np.nan)
        return avoided

    return patterns, kappa


def _middle_ranks(given: Floats) -> Floats:
    """Return the rank of each value in the middle of its ratings: ranks between two, each of the two counted half."""
    ranks: Floats = np.cumsum(given, axis=-1) - given / 2
    return ranks


def _squared(scale: str, one: Floats, other: Floats) -> Floats:
    """Return the squared difference of two values on their scale."""
    if scale == "nominal":
        squared: Floats = (one != other).astype(np.float64)
    elif scale == "ratio":
        both = one + other
        squared = np.where(both == 0, 0, (one - other) / np.where(both == 0, 1, both)) ** 2
    else:
        squared = (one - other) ** 2
    return squared


def _within(rows: NDArray[np.int64], scale: str, values: Floats) -> Floats:
    """Return the disagreement of each pattern: the squared differences of its pairs over its ratings less 1."""
    total: Floats = np.zeros((*values.shape[:-1], len(rows)))
    for one, other in combinations(rows.T, 2):
        total += np.where((one >= 0) & (other >= 0), _squared(scale, values[..., one], values[..., other]), 0)
    each: Floats = 2 * total / ((rows >= 0).sum(axis=1) - 1)
    return each


def _between(given: Floats, scale: str, values: Floats) -> Floats:
    """Return the squared differences of all pairs of ratings, whatever their unit, added up."""
    n: Floats = given.sum(axis=-1)
    if scale == "nominal":
        total: Floats = n**2 - (given**2).sum(axis=-1)
    elif scale == "ratio":
        total = ((given @ _squared(scale, values[:, None], values)) * given).sum(axis=-1)
    else:
        centred = values - ((given * values).sum(axis=-1) / n)[..., None]
        total = 2 * n * (given * centred**2).sum(axis=-1)
    return total


def krippendorff(ratings: ArrayLike, scale: str = "nominal") -> tuple[Patterns, Of]:
    """Take Krippendorff's alpha apart."""
    choose("scale", scale, SCALES)
    patterns = _coded(ratings, least=2)
    numbers = scale in ("interval", "ratio")
    if numbers and patterns.labels.dtype.kind not in "biuf":
        raise ValueError(f"ratings must be numbers for the {scale} scale; got words. Choose 'nominal' or 'ordinal'.")
    tallies = _tallies(patterns.rows, len(patterns.labels))
    kinds = np.arange(tallies.shape[1], dtype=np.float64)
    values = patterns.labels.astype(np.float64) if numbers and len(patterns.labels) else kinds
    fixed = None if scale == "ordinal" else _within(patterns.rows, scale, values)

    def alpha(units: Floats) -> Floats:
        given = units @ tallies
        placed = values if fixed is not None else _middle_ranks(given)
        each = fixed if fixed is not None else _within(patterns.rows, scale, placed)
        expected = _between(given, scale, placed) / (given.sum(axis=-1) - 1)
        possible = np.where((given > 0).sum(axis=-1) > 1, expected, np.nan)
        avoided: Floats = 1 - (units * each).sum(axis=-1) / possible
        return avoided

    return patterns, alpha


def of_all_units(parts: tuple[Patterns, Of]) -> np.float64:
    """Return the coefficient of all units; `nan` where there are none."""
    patterns, coefficient = parts
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.float64(coefficient(patterns.units)) if patterns.units.size else np.float64(np.nan)


def of_drawn_units(parts: tuple[Patterns, Of], *, draws: int, seed: int) -> Floats:
    """Return the coefficient of each draw of as many units, with replacement."""
    patterns, coefficient = parts
    rng, n = np.random.default_rng(seed), int(patterns.units.sum())
    # A block of draws holds the frequencies of patterns and of values, and pairs of ratings: some 30 MB.
    block = max(1, 4_000_000 // (patterns.rows.size + len(patterns.labels)))
    values = []
    for start in range(0, draws, block):
        drawn = rng.multinomial(n, patterns.units / n, size=min(block, draws - start))
        with np.errstate(invalid="ignore", divide="ignore"):
            values.append(coefficient(drawn.astype(np.float64)))
    return np.concatenate(values)
