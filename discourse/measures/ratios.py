"""Ratios of totals over documents: their errors from how documents differ, with limits from Student's t.

A rate is hits by words, a share mentions of one kind by mentions of all, each added up over documents. How far such a
ratio may be off is told by how unlike one another the documents are, and words are never taken for independent.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse
from scipy.special import expit, stdtrit

from discourse._errors import choose
from discourse.measures._inputs import Floats, canonical_rows, counts_of, floats, tail_of

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
    document, item = np.repeat(np.arange(hits.shape[0]), np.diff(hits.indptr)), hits.indices
    size = words[document, item if words.shape[1] > 1 else 0]
    number = hits.data.astype(np.float64)
    # Sums of whole numbers in floats are exact up to 2^53.
    own = [np.bincount(item, values, hits.shape[1]) for values in (number, number * number, number * size)]
    of_words = [np.broadcast_to(values.sum(axis=0), own[0].shape) for values in (words, words * words)]
    return np.stack([own[0], of_words[0], own[1], own[2], of_words[1]]).astype(np.int64)


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
    margin = student_quantile(freedom, level) * error
    back = {"log": np.exp, "logit": expit, "identity": np.positive}[scale]
    return back(middle - margin), back(middle + margin)


def contrast_interval(
    target: ArrayLike, reference: ArrayLike, *, scale: str = "log", level: float = 0.95
) -> tuple[Floats, Floats]:
    """Give limits of the difference between the ratios of two groups from how much their documents differ.

    The errors of `ratio_interval` on both sides, added as squares, and the degrees of freedom of Welch and
    Satterthwaite.

    Args:
        target, reference: of `ratio_moments`, 5 × items; no document may be in both.
        scale: `log` for the log ratio, `logit` for the log odds ratio, `identity` for the difference.
        level: of the two-sided interval, between 0 and 1.

    Returns:
        Low and high limit of target against reference: of the log ratio in base 2, of the log odds ratio in natural
        logarithms, of the difference in hits **per word**. `nan` where a side shows no variation between documents.

    Raises:
        ValueError: an unknown scale, a level outside (0, 1), or no moments.

    Source: Welch (1947), Biometrika 34; Satterthwaite (1946), Biometrics Bulletin 2.

    >>> one, two = ratio_moments([[4], [2], [6]], [100] * 3), ratio_moments([[1], [2], [1]], [100] * 3)
    >>> low, high = contrast_interval(one, two)
    >>> low.round(2).tolist(), high.round(2).tolist()
    ([0.04], [3.13])
    """
    middle, error, freedom = difference(ratio_error(target, scale=scale), ratio_error(reference, scale=scale))
    margin = student_quantile(freedom, level) * error
    unit = np.log(2) if scale == "log" else 1.0
    return (middle - margin) / unit, (middle + margin) / unit


def ratio_error(moments: ArrayLike, *, scale: str) -> tuple[Floats, Floats, Floats]:
    """Return the ratio and its standard error on a scale, and the degrees of freedom; `nan` where there is no error."""
    choose("scale", scale, SCALES)
    sums = np.asarray(moments, np.float64)
    if sums.ndim < 1 or len(sums) != MOMENTS:
        raise ValueError(f"moments must be those of ratio_moments; got shape {sums.shape}. Compute them first.")
    hits, words, squares, products, of_words = sums
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio, effective = hits / words, words * words / of_words
        spread = squares - 2 * ratio * products + ratio * ratio * of_words
        spread = np.where(spread > ROUNDING * squares, spread, np.nan)
        error = np.sqrt(spread * effective / (effective - 1)) / words
        return (*on_scale(ratio, error, scale), effective - 1)


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


def student_quantile(freedom: Floats, level: float) -> Floats:
    """Return how many standard errors an interval reaches on each side."""
    (known,) = floats(freedom)
    quantile: Floats = stdtrit(known, 1 - tail_of(level))
    return quantile
