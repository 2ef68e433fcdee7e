"""How alike the rows of a matrix of counts are: documents or groups compared by the items they use."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy import sparse

from discourse.measures._inputs import Floats, canonical_rows, one_per_row


def cosine_similarity(counts: ArrayLike | sparse.sparray) -> Floats:
    """Compare the proportions in which the rows use the items: the cosine of the angle between rows.

    Σ x y / √(Σ x² Σ y²). The length of a row cancels, so raw counts and relative frequencies give one
    result. Frequent items weigh most: over all words it measures grammar before topic.

    Args:
        counts: rows × items, hits; dense or any scipy sparse format (which stays sparse).

    Returns:
        Rows × rows, symmetric, in [0, 1]: 1 = the same proportions, 0 = no item in common. `nan` against an
        empty row.

    Raises:
        ValueError: counts has not two dimensions or holds a negative number.

    Source: Salton and McGill (1983), Introduction to Modern Information Retrieval.

    >>> cosine_similarity([[3, 4], [6, 8], [4, 0]]).round(2).tolist()
    [[1.0, 1.0, 0.6], [1.0, 1.0, 0.6], [0.6, 0.6, 1.0]]
    """
    from sklearn.metrics import pairwise  # takes a second to import

    rows = canonical_rows("counts", counts)
    empty = np.asarray(rows.sum(axis=1)) == 0
    # Sparse times sparse is scipy's own loop: the same bits whatever linear algebra library is installed.
    cosine = np.clip(pairwise.cosine_similarity(rows), 0, 1)
    np.fill_diagonal(cosine, 1)
    cosine[empty, :] = cosine[:, empty] = np.nan
    return np.asarray(cosine, dtype=np.float64)


def jaccard_similarity(counts: ArrayLike | sparse.sparray) -> Floats:
    """Compare which items the rows use at all: the share of their joint items that they have in common.

    |A ∩ B| / |A ∪ B| with A, B the items that occur in a row. A longer row has more items, so compare rows of
    similar length.

    Args:
        counts: rows × items, hits; dense or any scipy sparse format (which stays sparse). Only zero or not
            matters.

    Returns:
        Rows × rows, symmetric, in [0, 1]: 1 = the same items, 0 = none in common. `nan` where both rows are
        empty.

    Raises:
        ValueError: counts has not two dimensions or holds a negative number.

    Source: Jaccard (1912), New Phytologist 11(2).

    >>> jaccard_similarity([[1, 5, 0], [9, 0, 2]]).round(3).tolist()
    [[1.0, 0.333], [0.333, 1.0]]
    """
    present = (canonical_rows("counts", counts) > 0).astype(np.int64)
    common = (present @ present.T).toarray()
    sizes = common.diagonal()
    union = sizes[:, None] + sizes[None, :] - common
    return np.asarray(common / np.where(union == 0, np.nan, union), dtype=np.float64)


def _sample_deviation(rates: sparse.csr_array) -> Floats:
    """Return the standard deviation of each column (n - 1), exactly 0 where all rows are equal."""
    n_rows, n_items = rates.shape
    means = np.asarray(rates.sum(axis=0)) / n_rows
    squares = np.bincount(rates.indices, weights=(rates.data - means[rates.indices]) ** 2, minlength=n_items)
    absent = n_rows - np.bincount(rates.indices, minlength=n_items)
    spread = rates.max(axis=0).toarray() - rates.min(axis=0).toarray()
    return np.where(spread > 0, np.sqrt((squares + absent * means**2) / (n_rows - 1)), 0.0)


def burrows_delta(counts: ArrayLike | sparse.sparray, totals: ArrayLike) -> Floats:
    """Measure how differently the rows use items that all weigh the same: Burrows's Delta, a distance.

    Mean over items of |z_a - z_b|, with z the relative frequency (count / total) standardised over all rows
    of the matrix by mean and sample standard deviation (n - 1). Pass the columns of the most frequent
    words. Adding a row changes every value: compare inside one matrix only.

    Args:
        counts: rows × items, hits of the chosen items; dense or any scipy sparse format (which stays sparse).
        totals: words of each row, also those that are not among the items.

    Returns:
        Rows × rows, symmetric, ≥ 0, in standard deviations: 0 = the same rates; lower is more alike. Items
        with the same rate in all rows are left out. `nan` against a row without words, or where no item
        varies.

    Raises:
        ValueError: shapes do not fit or a number is negative.

    Source: Burrows (2002), Literary and Linguistic Computing 17(3); sample deviation as in the R package
    stylo.

    >>> burrows_delta([[10, 5], [20, 5], [30, 8]], [1000, 1000, 1000]).round(3).tolist()
    [[0.0, 0.5, 1.866], [0.5, 0.0, 1.366], [1.866, 1.366, 0.0]]
    """
    from sklearn.metrics import pairwise  # takes a second to import

    rows = canonical_rows("counts", counts).astype(np.float64)
    words = one_per_row("totals", totals, rows.shape[0])
    delta = np.full((words.size, words.size), np.nan)
    filled = np.flatnonzero(words > 0)
    if filled.size < 2:
        return delta
    rates = sparse.csr_array(sparse.diags_array(1 / words[filled]) @ rows[filled])
    deviation = _sample_deviation(rates)
    varying = np.flatnonzero(deviation > 0)
    if varying.size:
        # The means cancel in the difference of two z, so the matrix can stay sparse.
        scaled = sparse.csr_array(rates[:, varying] @ sparse.diags_array(1 / deviation[varying]))
        scaled.indices, scaled.indptr = (part.astype(np.int32) for part in (scaled.indices, scaled.indptr))  # sklearn's
        delta[np.ix_(filled, filled)] = pairwise.manhattan_distances(scaled) / varying.size
    return delta
