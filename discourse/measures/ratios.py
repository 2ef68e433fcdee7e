"""Ratios of totals over documents: their errors from how documents differ, with limits from Student's t.

A rate is hits by words, a share mentions of one kind by mentions of all, each added up over documents. How far such a
ratio may be off is told by how unlike one another the documents are, and words are never taken for independent.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse
from scipy.special import expit, stdtr

from discourse._errors import choose
from discourse.measures._each_once import each_once
from discourse.measures._inputs import Floats, canonical_rows, counts_of
from discourse.measures._student import student_quantile

SCALES = ("log", "logit", "identity")
MOMENTS = 5
# A spread this small beside the squares it is the difference of is what rounding leaves of none.
ROUNDING = 1e-12


def ratio_moments(counts: ArrayLike | sparse.sparray, sizes: ArrayLike) -> NDArray[np.int64]:
    """Add up what the error of a ratio of totals follows from: hits, sizes, their squares and products.

    Args:
        counts: whole numbers, documents × items, dense or sparse. A document stands for whatever is drawn together:
            add up the documents of an author for statements on authors.
        sizes: words (or mentions of all kinds) of each document; or documents × items, if items have their own.

    Returns:
        int64, 5 × items: sums over documents of hits, sizes, hits², hits × sizes, sizes². The moments of two sets of
        documents add up to those of both; never `nan`.

    Raises:
        ValueError: shapes that do not fit, or a negative number.

    Source: Cochran (1977), Sampling Techniques, chapter 6.

    >>> ratio_moments([[2], [1]], [10, 20]).tolist()
    [[3], [30], [5], [40], [500]]
    """
    hits, words = matched(counts, sizes)
    number, ones = hits.data.astype(np.float64), np.ones(hits.shape[0])
    squares, products = _with_hits(hits, number * number), _with_hits(hits, number)
    # Sums of whole numbers in floats are exact up to 2^53.
    sums = [ones @ products, words.sum(axis=0), ones @ squares, _times(products, words), (words * words).sum(axis=0)]
    moments = np.empty((MOMENTS, hits.shape[1]), np.int64)
    for row, values in zip(moments, sums, strict=True):
        row[:] = values
    return moments


def _with_hits(counts: sparse.csr_array, hits: Floats) -> sparse.csr_array:
    """Return a matrix that has other numbers in the same places."""
    return sparse.csr_array((hits, counts.indices, counts.indptr), counts.shape)


def _times(hits: sparse.csr_array, words: Floats) -> Floats:
    """Return the sum over documents of hits × sizes, for each item."""
    if words.shape[1] == 1:
        summed: Floats = words[:, 0] @ hits
        return summed
    size = words[np.repeat(np.arange(hits.shape[0]), np.diff(hits.indptr)), hits.indices]
    own: Floats = np.ones(hits.shape[0]) @ _with_hits(hits, hits.data * size)
    return own


def matched(counts: ArrayLike | sparse.sparray, sizes: ArrayLike) -> tuple[sparse.csr_array, Floats]:
    """Return counts, and sizes as a column or with a column an item."""
    hits, words = canonical_rows("counts", counts), counts_of("sizes", sizes)
    words = words[:, None] if words.ndim == 1 else words
    if words.ndim != 2 or words.shape[0] != hits.shape[0] or words.shape[1] not in (1, hits.shape[1]):
        raise ValueError(
            f"sizes must be one number a document, or one a document and item; got shape {np.shape(sizes)} for counts "
            f"of shape {hits.shape}. Give the words of each document."
        )
    return hits, words


def ratio_interval(moments: ArrayLike, *, scale: str = "log", level: float = 0.95) -> tuple[Floats, Floats]:
    """Give limits of a ratio of totals from how much documents differ, with a quantile of Student's t.

    With R = Σy / Σx and n = (Σx)² / Σx², the effective number of documents: standard error of R =
    √(n/(n - 1) Σ(y - Rx)²) / Σx, and n - 1 degrees of freedom. n is the number of documents where all have one size and
    less where a few long ones make up most of the words.

    Args:
        moments: of `ratio_moments`, 5 × items.
        scale: on which the limits are symmetric: `log` (rates; never below 0), `logit` (shares; never outside 0 and 1)
            or `identity`.
        level: of the two-sided interval, between 0 and 1.

    Returns:
        Low and high limit in hits **per word** (or as a share). `nan` where documents show no variation that it could
        be judged by: no hit, one document, or all in exact proportion to their sizes.

    Raises:
        ValueError: an unknown scale, a level outside (0, 1), or no moments.

    Source: Cochran (1977), Sampling Techniques, equation 6.13; Kish (1965), Survey Sampling, for the effective number.

    >>> low, high = ratio_interval(ratio_moments([[4], [1], [7], [2]], [100, 100, 100, 100]))
    >>> low.round(4).tolist(), high.round(4).tolist()
    ([0.0105], [0.1165])
    """
    middle, error, freedom = ratio_error(moments, scale=scale)
    # The items of a group share their words, and so their degrees of freedom.
    margin = each_once(lambda own: student_quantile(own, level), freedom) * error
    back = {"log": np.exp, "logit": expit, "identity": np.positive}[scale]
    return back(middle - margin), back(middle + margin)


def contrast_interval(
    target: ArrayLike,
    reference: ArrayLike,
    *,
    shared: ArrayLike | None = None,
    scale: str = "log",
    level: float = 0.95,
) -> tuple[Floats, Floats]:
    """Give limits of the difference between the ratios of two groups from how much their documents differ.

    The errors of `ratio_interval` on both sides, added as squares, and the degrees of freedom of Welch and
    Satterthwaite. Where some document (or author) is on both sides, what its two parts have in common is taken off
    the square, and the degrees of freedom are those of the side that has fewer.

    Args:
        target, reference: of `ratio_moments`, 5 × items.
        shared: of `shared_moments`, 4 × items, if some document is on both sides.
        scale: `log` for the log ratio, `logit` for the log odds ratio, `identity` for the difference.
        level: of the two-sided interval, between 0 and 1.

    Returns:
        Low and high limit of target against reference: of the log ratio in base 2, of the log odds ratio in natural
        logarithms, of the difference in hits **per word**. `nan` where a side shows no variation between documents.

    Raises:
        ValueError: an unknown scale, a level outside (0, 1), or no moments.

    Source: Welch (1947), Biometrika 34; Satterthwaite (1946), Biometrics Bulletin 2; Kish (1965), Survey Sampling, on
    the difference of two ratios over the same units.

    >>> one, two = ratio_moments([[4], [2], [6]], [100] * 3), ratio_moments([[1], [2], [1]], [100] * 3)
    >>> low, high = contrast_interval(one, two)
    >>> low.round(2).tolist(), high.round(2).tolist()
    ([0.04], [3.13])
    """
    return _limits(*contrast_error(target, reference, shared, scale=scale), scale=scale, level=level)


def contrast_p(
    target: ArrayLike, reference: ArrayLike, *, shared: ArrayLike | None = None, scale: str = "log"
) -> Floats:
    """Give the p-value of no difference between the ratios of two groups: documents are the sample, words are not.

    Two-sided, of the same t as `contrast_interval`: p is below .05 where the limits at 95 % leave 0 out.

    Args:
        target, reference, shared, scale: as in `contrast_interval`.

    Returns:
        p in [0, 1]. `nan` where a side shows no variation between documents.

    Raises:
        ValueError: an unknown scale, or no moments.

    Source: as `contrast_interval`.

    >>> one, two = ratio_moments([[4], [2], [6]], [100] * 3), ratio_moments([[1], [2], [1]], [100] * 3)
    >>> contrast_p(one, two).round(3).tolist()
    [0.046]
    """
    return _p(*contrast_error(target, reference, shared, scale=scale))


def contrast_test(
    target: ArrayLike,
    reference: ArrayLike,
    *,
    shared: ArrayLike | None = None,
    scale: str = "log",
    level: float = 0.95,
) -> tuple[Floats, Floats, Floats]:
    """Give the limits of `contrast_interval` and the p of `contrast_p`, of one error that is computed once.

    Args:
        target, reference, shared, scale, level: as in `contrast_interval`.

    Returns:
        Low and high limit, and p. `nan` where a side shows no variation between documents.

    Raises:
        ValueError: an unknown scale, a level outside (0, 1), or no moments.

    Source: as `contrast_interval`.

    >>> one, two = ratio_moments([[4], [2], [6]], [100] * 3), ratio_moments([[1], [2], [1]], [100] * 3)
    >>> [values.round(3).tolist() for values in contrast_test(one, two)]
    [[0.043], [3.127], [0.046]]
    """
    error = contrast_error(target, reference, shared, scale=scale)
    return (*_limits(*error, scale=scale, level=level), _p(*error))


def _limits(
    middle: Floats, error: Floats, freedom: Floats, *, scale: str, level: float
) -> tuple[Floats, Floats]:
    """Return the limits of a difference, of the log ratio in base 2."""
    margin = student_quantile(freedom, level) * error
    unit = np.log(2) if scale == "log" else 1.0
    return (middle - margin) / unit, (middle + margin) / unit


def _p(middle: Floats, error: Floats, freedom: Floats) -> Floats:
    p: Floats = 2 * stdtr(freedom, -np.abs(middle) / error)
    return p


def shared_moments(
    counts_target: ArrayLike | sparse.sparray,
    sizes_target: ArrayLike,
    counts_reference: ArrayLike | sparse.sparray,
    sizes_reference: ArrayLike,
) -> NDArray[np.int64]:
    """Add up what two ratios over the same documents have in common: products of hits and sizes of both sides.

    Args:
        counts_target, counts_reference: whole numbers, documents × items; the same documents in the same order.
        sizes_target, sizes_reference: words of each document on each side.

    Returns:
        int64, 4 × items: sums over documents of hits × hits, hits × sizes of the reference, sizes × hits of the
        reference, sizes × sizes. Those of two sets of documents add up; never `nan`.

    Raises:
        ValueError: shapes that do not fit, or a negative number.

    Source: Kish (1965), Survey Sampling, on the difference of two ratios over the same units.

    >>> shared_moments([[2], [1]], [10, 20], [[3], [0]], [5, 5]).tolist()
    [[6], [15], [30], [150]]
    """
    (one, own), (two, other) = matched(counts_target, sizes_target), matched(counts_reference, sizes_reference)
    if one.shape != two.shape:
        raise ValueError(
            f"counts_reference must have the documents and items of counts_target; got {two.shape} for {one.shape}. "
            "Give both sides of the same documents."
        )
    sums = [(one * two).sum(axis=0), (one * other).sum(axis=0), (two * own).sum(axis=0), (own * other).sum(axis=0)]
    return np.stack([np.broadcast_to(values, one.shape[1]) for values in sums]).astype(np.int64)


def contrast_error(
    target: ArrayLike, reference: ArrayLike, shared: ArrayLike | None, *, scale: str
) -> tuple[Floats, Floats, Floats]:
    """Return the difference of two ratios on a scale, its standard error and its degrees of freedom."""
    one, two = ratio_error(target, scale=scale), ratio_error(reference, scale=scale)
    middle, error, freedom = difference(one, two)
    if shared is None:
        return middle, error, freedom
    alike = np.asarray(shared, np.float64)
    together = _in_common(np.asarray(target, np.float64), np.asarray(reference, np.float64), alike)
    square = one[1] ** 2 + two[1] ** 2 - 2 * together * one[1] * two[1]
    error = np.sqrt(np.where(square > ROUNDING * error**2, square, np.nan))
    return middle, error, np.where(alike[-1] > 0, np.minimum(one[2], two[2]), freedom)


def _in_common(target: Floats, reference: Floats, shared: Floats) -> Floats:
    """How far what documents have too much or too little on one side goes along with the other, from -1 to 1."""
    hits, of_target, of_reference, sizes = shared
    with np.errstate(divide="ignore", invalid="ignore"):
        one, two = target[0] / target[1], reference[0] / reference[1]
        together: Floats = hits - two * of_target - one * of_reference + one * two * sizes
        return together / np.sqrt(residual_squares(target) * residual_squares(reference))


def ratio_error(moments: ArrayLike, *, scale: str) -> tuple[Floats, Floats, Floats]:
    """Return the ratio and its standard error on a scale, and the degrees of freedom; `nan` where there is no error."""
    choose("scale", scale, SCALES)
    sums = np.asarray(moments, np.float64)
    if sums.ndim < 1 or len(sums) != MOMENTS:
        raise ValueError(f"moments must be those of ratio_moments; got shape {sums.shape}. Compute them first.")
    hits, words, of_words = sums[0], sums[1], sums[4]
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio, effective = hits / words, words * words / of_words
        error = np.sqrt(residual_squares(sums) * effective / (effective - 1)) / words
        return (*on_scale(ratio, error, scale), effective - 1)


def residual_squares(moments: Floats) -> Floats:
    """Return the sum of squares of what documents have more or less than the ratio; `nan` where it is none."""
    hits, words, squares, products, of_words = moments
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = hits / words
        spread = squares - 2 * ratio * products + ratio * ratio * of_words
    return np.where(spread > ROUNDING * squares, spread, np.nan)


def on_scale(ratio: Floats, error: Floats, scale: str) -> tuple[Floats, Floats]:
    """Return a ratio and its standard error on a scale (delta method)."""
    if scale == "identity":
        return ratio, error
    with np.errstate(divide="ignore", invalid="ignore"):
        if scale == "log":
            return np.log(ratio), error / ratio
        return np.log(ratio / (1 - ratio)), error / (ratio * (1 - ratio))


def difference(
    target: tuple[Floats, Floats, Floats], reference: tuple[Floats, Floats, Floats]
) -> tuple[Floats, Floats, Floats]:
    """Return the difference of two estimates, its standard error and its degrees of freedom."""
    (one, own, own_freedom), (two, other, other_freedom) = target, reference
    parts = own**2, other**2
    # Neither side has a hit: minus infinity less minus infinity is undefined, as the errors are.
    with np.errstate(invalid="ignore"):
        freedom = (parts[0] + parts[1]) ** 2 / (parts[0] ** 2 / own_freedom + parts[1] ** 2 / other_freedom)
        return one - two, np.sqrt(parts[0] + parts[1]), freedom
