"""How far the spread of terms over the parts of a corpus departs from the sizes of the parts: 0 means even."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from discourse._errors import choose
from discourse.measures._cells import cells_of, refuse_hits_without_words
from discourse.measures._inputs import Floats, canonical_rows, one_per_row

NORMS = ("smallest_part", "smallest_part_with_hits", "number_of_parts")


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
        ValueError: shapes do not fit, a number is negative, or a part without words holds hits.

    Source: Gries (2008), IJCL 13(4), section 3.

    >>> dp([[1], [2], [3], [4], [5]], [9, 10, 10, 10, 11]).round(2).tolist()
    [0.18]
    """
    matrix = canonical_rows("counts", counts)
    n_parts, n_terms = matrix.shape
    words, parts = one_per_row("sizes", sizes, n_parts), np.repeat(np.arange(n_parts), np.diff(matrix.indptr))
    if not words.all():
        refuse_hits_without_words(parts[matrix.data > 0], words)
    totals = np.bincount(matrix.indices, weights=matrix.data, minlength=n_terms)
    with np.errstate(invalid="ignore"):
        more = matrix.data / totals.take(matrix.indices) > _part_shares(sizes, n_parts).take(parts)
        # Whole numbers are added up before they become shares: the order of the parts does not matter. What is no
        # more counts as 0, which is quicker than to pick.
        each = (np.bincount(matrix.indices, own * more, n_terms) for own in (matrix.data, words.take(parts)))
        deviation: Floats = np.maximum(next(each) / totals - next(each) / words.sum(), 0)
    return deviation


def _smallest_share_with_hits(counts: ArrayLike | sparse.sparray, shares: Floats) -> Floats:
    """Return, for each term, the share of the smallest part that holds it; 1 where none does."""
    matrix = canonical_rows("counts", counts)
    smallest = np.ones(matrix.shape[1])
    parts = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    filled = matrix.data > 0
    np.minimum.at(smallest, matrix.indices[filled], shares[parts[filled]])
    return smallest


def dp_norm(counts: ArrayLike | sparse.sparray, sizes: ArrayLike, *, norm: str = "smallest_part") -> Floats:
    """Rescale `dp` so that a term found only in the smallest part gets 1.

    DPnorm = DP / (1 - m), with m the share of all words in the smallest part (`smallest_part`), in the smallest
    part that holds the term (`smallest_part_with_hits`: any term in one part alone gets 1) or 1 / n with n parts
    (`number_of_parts`, right for equal parts only). Parts without words are no parts.

    Args:
        counts: parts × terms, hits; dense or any scipy sparse format (which stays sparse).
        sizes: words of each part, one per row.
        norm: `smallest_part` (Lijffijt and Gries), `smallest_part_with_hits` (Egbert, Burch and Biber) or
            `number_of_parts` (Gries 2008, which the first corrects).

    Returns:
        One number per term: 0 = even, 1 = all in the smallest part; in [0, 1], but for `number_of_parts`, which
        can pass 1. `nan` where the term is absent or only one part has words.

    Raises:
        ValueError: shapes do not fit, a number is negative, or the norm is unknown.

    Source: Lijffijt and Gries (2012), IJCL 17(1); Egbert, Burch and Biber (2020), IJCL 25(1), p. 99; Gries (2008),
    IJCL 13(4), p. 419.

    >>> dp_norm([[1, 0], [0, 1]], [100, 300]).round(2).tolist()
    [1.0, 0.33]
    >>> dp_norm([[1, 0], [0, 1]], [100, 300], norm="smallest_part_with_hits").round(2).tolist()
    [1.0, 1.0]
    """
    choose("norm", norm, NORMS)
    deviation = dp(counts, sizes)
    shares = _part_shares(sizes, np.size(sizes))
    filled = shares[shares > 0]
    if filled.size < 2:
        return np.full_like(deviation, np.nan)
    if norm == "smallest_part_with_hits":
        least: Floats | float = _smallest_share_with_hits(counts, shares)
    else:
        least = float(np.min(filled)) if norm == "smallest_part" else 1 / filled.size
    with np.errstate(invalid="ignore"):
        normed: Floats = deviation / (1 - least)
    return normed


def kl_divergence(counts: ArrayLike | sparse.sparray, sizes: ArrayLike, *, scale: str = "bits") -> Floats:
    """Measure the surprise of a term's spread for one who expects it to follow the parts' sizes.

    D = Σ v log2(v / s) over the parts with hits, v the share of the term's hits that a part holds, s the share of
    all words. `odds`, `base_2` and `base_e` bring it to [0, 1): D / (1 + D), 1 - 2^-D and 1 - e^-D (all three of
    the D in bits, as their sources have it).

    Args:
        counts: parts × terms, hits; dense or any scipy sparse format (which stays sparse).
        sizes: words of each part, one per row.
        scale: `bits`, or standardised: `odds` or `base_2` (Gries 2024), `base_e` (Gries 2021).

    Returns:
        One number per term, base 2: 0 = spread as the parts' sizes would have it, higher = more concentrated.
        The package tlda turns the three standardised scales around (1 = even). `nan` where the term is absent.

    Raises:
        ValueError: shapes do not fit, a number is negative, or the scale is unknown.

    Source: Gries (2020), Analyzing dispersion; Gries (2021), RiCL 9(2), p. 20; Gries (2024), p. 90.

    >>> kl_divergence([[4, 1], [0, 1]], [50, 50]).tolist()
    [1.0, 0.0]
    """
    choose("scale", scale, ["bits", "odds", "base_2", "base_e"])
    cells = cells_of(counts, sizes)
    held = cells.hits / cells.totals[cells.term]
    expected = cells.words[cells.part] / cells.words.sum()
    bits = np.where(np.isnan(cells.totals), np.nan, np.maximum(cells.sums(held * np.log2(held / expected)), 0))
    if scale == "bits":
        return bits
    base = np.log(2) if scale == "base_2" else 1
    scaled: Floats = bits / (1 + bits) if scale == "odds" else -np.expm1(-bits * base)
    return scaled
