"""How far deviations of proportions may be off: their errors from how documents differ, with limits from Student's t.

DP over documents estimates ½ E|y / E y - x / E x|, y the hits and x the words of a document: the DP that very many
documents like these would have. It does not depend on how many there are, as D and its kin do.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse
from scipy.special import expit

from discourse._errors import choose
from discourse.measures._inputs import Floats, counts_of
from discourse.measures._student import student_quantile
from discourse.measures.ratios import ROUNDING, matched, on_scale

SCALES = ("logit", "identity")


def dp_interval(
    counts: ArrayLike | sparse.sparray,
    sizes: ArrayLike,
    *,
    units: ArrayLike | None = None,
    scale: str = "logit",
    level: float = 0.95,
) -> tuple[Floats, Floats]:
    """Give limits of `dp` over documents, from how much each document moves it, with a quantile of Student's t.

    With u and w the document's shares of the hits and of the words, s = 1 where u > w and else -1, A = Σ s u and
    B = Σ s w, a document moves DP by l = ½ ((s - A) u - (s - B) w). Standard error: √(n / (n - 1) Σ l²), and n - 1
    degrees of freedom, with n = 1 / Σ w² the effective number of documents.

    Args:
        counts: documents × terms, hits; dense or any scipy sparse format (which stays sparse).
        sizes: words of each document; or documents × terms, if terms have their own.
        units: one whole number a document, equal for documents that are drawn together, as those of an author; None:
            each by itself.
        scale: on which the limits are symmetric: `logit` (they stay inside 0 and 1) or `identity`.
        level: of the two-sided interval, between 0 and 1.

    Returns:
        Low and high limit of the DP of very many documents like these; `nan` where the term is absent, nothing moves
        its DP, or there is one document.

    Raises:
        ValueError: shapes that do not fit, a negative number, an unknown scale or a level outside (0, 1).

    Source: Hampel (1974), JASA 69, for the influence; Gries (2008) for DP; simulated in docs/uncertainty.md.

    >>> low, high = dp_interval([[4], [1], [7], [2], [0], [3]], [100] * 6)
    >>> low.round(2).tolist(), high.round(2).tolist()
    ([0.1], [0.67])
    """
    choose("scale", scale, SCALES)
    hits, words = matched(counts, sizes)
    middle, error, freedom = _dp_error(hits, words, _codes(units, hits.shape[0]))
    middle, error = on_scale(middle, error, scale)
    margin = student_quantile(freedom, level) * error
    back = expit if scale == "logit" else np.positive
    return back(middle - margin), back(middle + margin)


def _codes(units: ArrayLike | None, documents: int) -> NDArray[np.int64]:
    if units is None:
        return np.arange(documents)
    numbers = counts_of("units", units)
    if numbers.shape != (documents,):
        raise ValueError(f"units must be one number a document; got shape {numbers.shape}. Number the authors.")
    return np.unique(numbers, return_inverse=True)[1]


def _dp_error(hits: sparse.csr_array, words: Floats, units: NDArray[np.int64]) -> tuple[Floats, Floats, Floats]:
    """Return DP, its standard error and its degrees of freedom; `nan` where there is no error."""
    document, item = np.repeat(np.arange(hits.shape[0]), np.diff(hits.indptr)), hits.indices.astype(np.int64)
    number = hits.shape[1]
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = words / words.sum(axis=0)
        u = hits.data / np.bincount(item, hits.data, number)[item]
        w = shares[document, item if words.shape[1] > 1 else 0]
        more = u > w
        a, b = (2 * np.bincount(item[more], own[more], number) - 1 for own in (u, w))
        sign = np.where(more, 1, -1)
        moved = ((sign - a[item]) * u - (sign - b[item]) * w) / 2
        # A document without the term is one with too little of it: it moves DP by its words alone.
        without = (1 + b) / 2
        size = int(units.max(initial=-1)) + 1
        own = sparse.csc_array((moved - without[item] * w, (units[document], item)), (size, number))
        own.sum_duplicates()
        together = sparse.csr_array((np.ones(len(units)), (units, np.arange(len(units)))), (size, len(units))) @ shares
        whole = (together**2).sum(axis=0)
        column = np.repeat(np.arange(number), np.diff(own.indptr))
        base = without[column] * together[own.indices, column if words.shape[1] > 1 else 0]
        squares = np.bincount(column, (base + own.data) ** 2 - base**2, number) + without**2 * whole
        squares = np.where(squares > ROUNDING * whole, squares, np.nan)
        return (a - b) / 2, np.sqrt(squares / (1 - whole)), 1 / whole - 1 + np.zeros(number)
