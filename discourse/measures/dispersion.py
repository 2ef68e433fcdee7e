"""How evenly terms are spread over the parts of a corpus, all terms at once. In DP, 0 means even."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from discourse.measures._inputs import Floats, canonical_rows, one_per_row


def part_range(counts: ArrayLike | sparse.sparray) -> NDArray[np.int64]:
    """Count the parts in which each term occurs.

    Args:
        counts: parts × terms, hits; dense or any scipy sparse format (which stays sparse).

    Returns:
        One integer per term, from 0 (absent) to the number of parts. Higher is more widespread; the sizes of
        the parts play no role, so compare terms of one corpus only.

    Raises:
        ValueError: counts has not two dimensions or holds a negative number.

    Source: Gries (2008), IJCL 13(4), section 2.1.

    >>> part_range([[1, 0], [2, 5], [3, 0]]).tolist()
    [3, 1]
    """
    matrix = canonical_rows("counts", counts)
    return np.bincount(matrix.indices[matrix.data > 0], minlength=matrix.shape[1])


def _part_shares(sizes: ArrayLike, n_parts: int) -> Floats:
    """Return each part's share of the corpus; `nan` where the corpus has no words."""
    words = one_per_row("sizes", sizes, n_parts)
    with np.errstate(invalid="ignore"):
        shares: Floats = words / words.sum()
    return shares


def dp(counts: ArrayLike | sparse.sparray, sizes: ArrayLike) -> Floats:
    """Measure how far a term's spread over the parts departs from the parts' sizes: deviation of proportions.

    DP = ½ Σ |v - s| over the parts, v the share of the term's hits that a part holds, s the share of all
    words. Computed as the sum of v - s over parts with v > s, which is the same and touches no empty cell.

    Args:
        counts: parts × terms, hits; dense or any scipy sparse format (which stays sparse).
        sizes: words of each part, one per row.

    Returns:
        One number per term in [0, 1): 0 = spread as the parts' sizes would have it, towards 1 = all in one
        small part. A term with fewer hits than there are parts cannot reach 0. `nan` where the term is
        absent. A corpus of one part gives 0 for every term in it.

    Raises:
        ValueError: shapes do not fit or a number is negative.

    Source: Gries (2008), IJCL 13(4), section 3.

    >>> dp([[1], [2], [3], [4], [5]], [9, 10, 10, 10, 11]).round(2).tolist()
    [0.18]
    """
    matrix = canonical_rows("counts", counts)
    n_parts, n_terms = matrix.shape
    parts = np.repeat(np.arange(n_parts), np.diff(matrix.indptr))
    totals = np.bincount(matrix.indices, weights=matrix.data, minlength=n_terms)
    shares = _part_shares(sizes, n_parts)
    with np.errstate(invalid="ignore"):
        excess = np.maximum(matrix.data / totals[matrix.indices] - shares[parts], 0)
    deviation = np.bincount(matrix.indices, weights=excess, minlength=n_terms)
    spread: Floats = np.where(totals > 0, deviation, np.nan)
    return spread


def dp_norm(counts: ArrayLike | sparse.sparray, sizes: ArrayLike) -> Floats:
    """Rescale `dp` so that a term found only in the smallest part gets 1.

    DPnorm = DP / (1 - smallest share of a part). Parts without words are no parts.

    Args:
        counts: parts × terms, hits; dense or any scipy sparse format (which stays sparse).
        sizes: words of each part, one per row.

    Returns:
        One number per term in [0, 1]: 0 = even, 1 = all in the smallest part. `nan` where the term is
        absent or only one part has words.

    Raises:
        ValueError: shapes do not fit or a number is negative.

    Source: Lijffijt and Gries (2012), IJCL 17(1); it corrects the 1 - 1/n of Gries (2008).

    >>> dp_norm([[1, 0], [0, 1]], [100, 300]).round(2).tolist()
    [1.0, 0.33]
    """
    deviation = dp(counts, sizes)
    shares = _part_shares(sizes, np.size(sizes))
    filled = shares[shares > 0]
    if filled.size < 2:
        return np.full_like(deviation, np.nan)
    normed: Floats = deviation / (1 - np.min(filled))
    return normed
