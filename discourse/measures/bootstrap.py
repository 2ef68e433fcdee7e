"""The document bootstrap: limits from ratios of totals over documents that are drawn again and again.

Weights of documents, draws × documents, are multiplied with counts; documents × items × draws never stand in memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse
from scipy.special import expit, ndtr, ndtri

from discourse._errors import choose
from discourse.measures._inputs import Floats, counts_of, tail_of
from discourse.measures.ratios import on_scale, ratio_error, ratio_moments
from discourse.measures.resampling import DRAWS

AT_ONCE = 1 << 21  # numbers in memory at a time: items × draws
METHODS = ("bca", "percentile", "bootstrap_t")
MOST_UNDEFINED = 0.1  # of the draws; a limit from fewer would be one of those draws that happen to be defined


def replacement_weights(documents: int, *, draws: int = DRAWS, seed: int) -> NDArray[np.int64]:
    """How often each document is taken when as many as there are get drawn with replacement.

    Args:
        documents: how many there are, 1 or more.
        draws: how many draws, 1 or more.
        seed: a whole number, 0 or more.

    Returns:
        Draws × documents, each row with the sum `documents`; never `nan`.

    Raises:
        ValueError: a number out of range.

    Source: Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapter 6.

    >>> replacement_weights(3, draws=2, seed=1).sum(axis=1).tolist()
    [3, 3]
    """
    if documents < 1 or draws < 1 or seed < 0:
        raise ValueError(
            f"documents and draws must be 1 or more and seed 0 or more; got {documents}, {draws} and {seed}. "
            "Give whole numbers."
        )
    return np.random.default_rng(seed).multinomial(documents, np.full(documents, 1 / documents), draws)


def bca_limits(
    drawn: ArrayLike, estimate: ArrayLike, acceleration: ArrayLike, *, level: float = 0.95
) -> tuple[Floats, Floats]:
    """Give bias-corrected and accelerated limits of numbers that were computed for each draw.

    Percentiles at Φ(z + (z ± q) / (1 - a (z ± q))), with z the normal quantile of the share of draws below the estimate
    (draws equal to it count half), a the acceleration and q the normal quantile of the level.

    Args:
        drawn: draws × items.
        estimate: of each item, from the documents as they are.
        acceleration: of each item: Σl³ / 6(Σl²)^1.5 over the influences l of the documents.
        level: of the two-sided interval, between 0 and 1.

    Returns:
        Low and high limit, in the unit of the draws; `nan` where any draw or the acceleration is undefined.

    Raises:
        ValueError: the level lies outside (0, 1).

    Source: Efron (1987), Better bootstrap confidence intervals, JASA 82.

    >>> low, high = bca_limits(np.arange(1.0, 1000)[:, None], [500.0], [0.0])
    >>> low.round(6).tolist(), high.round(6).tolist()
    ([25.0], [975.0])
    """
    numbers, middle, skew = (np.asarray(value, np.float64) for value in (drawn, estimate, acceleration))
    return _bca(np.moveaxis(numbers, 0, -1), middle, skew, level)


def bootstrap_t_limits(
    drawn: ArrayLike, errors: ArrayLike, estimate: ArrayLike, error: ArrayLike, *, level: float = 0.95
) -> tuple[Floats, Floats]:
    """Give limits from the draws' own t values: the estimate minus its error times their percentiles.

    t = (draw - estimate) / error of the draw. Draws without a t are left out.

    Args:
        drawn: draws × items.
        errors: the standard error of each draw.
        estimate, error: of each item, from the documents as they are.
        level: of the two-sided interval, between 0 and 1.

    Returns:
        Low and high limit, in the unit of the draws; `nan` where the estimate, its error, or more than a tenth of the
        draws' t are undefined.

    Raises:
        ValueError: the level lies outside (0, 1).

    Source: Efron and Tibshirani (1993), An Introduction to the Bootstrap, section 12.5.

    >>> drawn = np.arange(1.0, 1000)[:, None]
    >>> low, high = bootstrap_t_limits(drawn, np.full((999, 1), 2.0), [500.0], [1.0])
    >>> low.tolist(), high.tolist()
    ([262.5], [737.5])
    """
    numbers, own, middle, width = (np.asarray(value, np.float64) for value in (drawn, errors, estimate, error))
    return _bootstrap_t(np.moveaxis(numbers, 0, -1), np.moveaxis(own, 0, -1), middle, width, level)


Group = tuple[Any, Any, Any]


def bootstrap_interval(
    target: Group,
    reference: Group | None = None,
    *,
    method: str = "bca",
    scale: str = "log",
    level: float = 0.95,
) -> tuple[Floats, Floats]:
    """Give limits of a ratio of totals, or of the difference between two groups, from drawn documents.

    Args:
        target: three arrays of one group: counts (documents × items, dense or sparse), sizes (words a document, or
            documents × items) and weights (draws × documents) of `replacement_weights` or `poisson_weights`.
        reference: the same of another group with the same items and as many draws.
        method: `bca`, `percentile` or `bootstrap_t`.
        scale: `log`, `logit` or `identity`: of the t values, and of the difference between groups, see
            `contrast_interval`. Percentiles of one group are the same on any scale.
        level: of the two-sided interval, between 0 and 1.

    Returns:
        Low and high limit of the ratio of one group in hits **per word** (or as a share), or of target against
        reference as in `contrast_interval`. `nan` where draws are undefined: for `percentile` and `bca` any of them,
        for `bootstrap_t` more than a tenth. Where documents do not differ, as where none has a hit, percentiles have no
        width: that is no certainty.

    Raises:
        ValueError: an unknown method or scale, shapes that do not fit, or a level outside (0, 1).

    Source: Davison and Hinkley (1997), Bootstrap Methods and their Application, chapter 5.

    >>> counts, words = [[4], [1], [7], [2], [5]], [100] * 5
    >>> low, high = bootstrap_interval((counts, words, replacement_weights(5, seed=1)))
    >>> low.round(3).tolist(), high.round(3).tolist()
    ([0.02], [0.056])
    """
    choose("method", method, METHODS)
    tail_of(level)
    groups = [_Weighted.of(group) for group in (target, reference) if group is not None]
    contrast = reference is not None
    # One group has the same percentiles on any scale: as it is, a draw without a hit is 0 and not minus infinity.
    own = scale if contrast or method == "bootstrap_t" else "identity"
    limits = [_limits([_drawn(group, items, own, method) for group in groups], method, level)
              for items in _blocks(groups)]
    low, high = np.concatenate(limits, axis=-1)
    if contrast:
        unit = np.log(2) if scale == "log" else 1.0
        return low / unit, high / unit
    back = {"log": np.exp, "logit": expit, "identity": np.positive}[own]
    return back(low), back(high)


# ── drawing ──────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, eq=False)
class _Weighted:
    """The documents of a group, and how often each is taken in each draw.

    Attributes:
        counts: documents × items, as columns if sparse.
        sizes: documents × 1 or documents × items.
        weights: documents × draws.
    """

    counts: Any
    sizes: Floats
    weights: Floats

    @classmethod
    def of(cls, group: Group) -> _Weighted:
        counts = group[0].tocsc() if sparse.issparse(group[0]) else counts_of("counts", group[0])
        sizes, weights = counts_of("sizes", group[1]), counts_of("weights", group[2])
        if weights.ndim != 2 or weights.shape[1] != counts.shape[0]:
            raise ValueError(
                f"weights must be draws × documents; got shape {weights.shape} for {counts.shape[0]} documents. "
                "Make them with replacement_weights."
            )
        return cls(counts, sizes[:, None] if sizes.ndim == 1 else sizes, weights.T)


@dataclass(frozen=True, eq=False)
class _Draws:
    """An estimate on a scale with what its limits follow from; the first axis is items.

    Attributes:
        estimate, error: as the documents are; the error only for the method that needs it.
        drawn, errors: items × draws.
        influence: Σl² and Σl³ over the influences of the documents.
    """

    estimate: Floats
    error: Floats
    drawn: Floats
    errors: Floats
    influence: tuple[Floats, Floats]


def _blocks(groups: list[_Weighted]) -> Iterator[slice]:
    """Stretches of items whose draws fit into memory."""
    items, draws = groups[0].counts.shape[1], groups[0].weights.shape[1]
    if any(group.counts.shape[1] != items or group.weights.shape[1] != draws for group in groups):
        raise ValueError("target and reference must have the same items and draws; got others. Count both alike.")
    size = max(AT_ONCE // draws, 1)
    yield from (slice(begin, begin + size) for begin in range(0, max(items, 1), size))


def _drawn(group: _Weighted, items: slice, scale: str, method: str) -> _Draws:
    hits = group.counts[:, items]
    words = group.sizes if group.sizes.shape[1] == 1 else group.sizes[:, items]
    moments = ratio_moments(hits, words)
    estimate, error, _ = ratio_error(moments, scale=scale)
    drawn, errors = _moved(hits, words, group.weights, scale, errors=method == "bootstrap_t")
    influence = _influence(hits, words, moments, scale) if method == "bca" else (estimate, estimate)
    return _Draws(estimate, error, drawn, errors, influence)


def _moved(hits: Any, words: Floats, weights: Floats, scale: str, *, errors: bool) -> tuple[Floats, Floats]:
    """The ratio of each draw on a scale, and its standard error if it is asked for: items × draws."""
    several = hits.multiply(hits) if sparse.issparse(hits) else hits * hits
    product = hits.multiply(words) if sparse.issparse(hits) else hits * words
    if errors:
        sums = [matrix.T @ weights for matrix in (hits, words, several, product, words * words)]
        shape = sums[0].shape
        return ratio_error(np.stack([np.broadcast_to(own, shape) for own in sums]), scale=scale)[:2]
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = (hits.T @ weights) / (words.T @ weights)
    return on_scale(ratio, ratio, scale)


def _influence(hits: Any, words: Floats, moments: NDArray[np.int64], scale: str) -> tuple[Floats, Floats]:
    """Σl² and Σl³ over documents, l = (y - Rx) / Σx times the slope of the scale; products are counted out."""
    times = (lambda a, b: a.multiply(b)) if sparse.issparse(hits) else np.multiply
    square = times(hits, hits)
    cubes = [times(square, hits).sum(axis=0), times(square, words).sum(axis=0), times(hits, words**2).sum(axis=0)]
    y, x, yy, xy, xx = moments.astype(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = y / x
        slope = on_scale(ratio, 1 / x, scale)[1]
        squared = yy - 2 * ratio * xy + ratio**2 * xx
        cubed = cubes[0] - 3 * ratio * cubes[1] + 3 * ratio**2 * cubes[2] - ratio**3 * (words**3).sum(axis=0)
        return np.maximum(squared, 0) * slope**2, cubed * slope**3


# ── limits ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _limits(groups: list[_Draws], method: str, level: float) -> NDArray[np.float64]:
    """Low and high limit on the scale, 2 × items, of one group or of the difference between two."""
    one, *others = groups
    with np.errstate(divide="ignore", invalid="ignore"):
        estimate, drawn = one.estimate, one.drawn
        squares, cubes = one.influence
        error, errors = one.error, one.errors
        for other in others:
            estimate, drawn = estimate - other.estimate, drawn - other.drawn
            squares, cubes = squares + other.influence[0], cubes - other.influence[1]
            error, errors = np.hypot(error, other.error), np.hypot(errors, other.errors)
        if method == "bootstrap_t":
            return np.stack(_bootstrap_t(drawn, errors, estimate, error, level))
        if method == "bca":
            return np.stack(_bca(drawn, estimate, cubes / (6 * squares**1.5), level))
    return _at_shares(drawn, np.array([tail_of(level), 1 - tail_of(level)])[:, None], 0)


def _bca(drawn: Floats, estimate: Floats, acceleration: Floats, level: float) -> tuple[Floats, Floats]:
    below = (drawn < estimate[..., None]).mean(axis=-1) + (drawn == estimate[..., None]).mean(axis=-1) / 2
    z = ndtri(below)
    reach = z + np.multiply.outer([1, -1], np.full(z.shape, ndtri(tail_of(level))))
    # Beyond the pole of the fraction the limit is the outermost draw.
    room = 1 - acceleration * reach
    shares = np.where(room > 0, ndtr(z + reach / np.where(room > 0, room, 1)), reach > 0)
    shares = np.where(np.isnan(room), np.nan, shares)
    low, high = _at_shares(drawn, shares, 0)
    return low, high


def _bootstrap_t(
    drawn: Floats, errors: Floats, estimate: Floats, error: Floats, level: float
) -> tuple[Floats, Floats]:
    with np.errstate(divide="ignore", invalid="ignore"):
        t = (drawn - estimate[..., None]) / errors
    tail = tail_of(level)
    low, high = _at_shares(t, np.array([tail, 1 - tail]).reshape(2, *(1,) * estimate.ndim), MOST_UNDEFINED)
    return estimate - high * error, estimate - low * error


def _at_shares(drawn: Floats, shares: Floats, undefined: float) -> NDArray[np.float64]:
    """The draws at some shares of the way from the smallest to the largest, ranks at share × (draws + 1).

    Args:
        drawn: items × draws; those that are no finite number are left out.
        shares: 2 × items, or 2 × 1.
        undefined: the share of draws that may be left out.
    """
    known = np.sort(np.where(np.isfinite(drawn), drawn, np.nan), axis=-1)
    number = np.isfinite(known).sum(axis=-1)
    rank = np.clip(shares * (number + 1), 1, np.maximum(number, 1)) - 1
    rank = np.where(np.isnan(rank), 0, rank)
    before = np.floor(rank).astype(np.int64)
    after = np.minimum(before + 1, np.maximum(number - 1, 0))
    low, high = (np.take_along_axis(known[None], at[..., None], axis=-1)[..., 0] for at in (before, after))
    enough = (number >= (1 - undefined) * drawn.shape[-1]) & ~np.isnan(shares)
    return np.where(enough, low + (rank - before) * (high - low), np.nan)
