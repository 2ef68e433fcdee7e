"""How evenly terms are spread over the parts of a corpus, in the older measures: 1 means even."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy import sparse

from discourse._errors import choose
from discourse.measures._cells import Cells, cells_of
from discourse.measures._inputs import Floats

RATES = ("relative", "raw")


def _rates(counts: ArrayLike | sparse.sparray, sizes: ArrayLike, rates: str) -> tuple[Cells, Floats, Floats]:
    """Return the cells, the rate of each and their sum per term, `nan` where the term is absent."""
    choose("rates", rates, RATES)
    cells = cells_of(counts, sizes)
    values = cells.rates(rates)
    sums = cells.sums(values)
    return cells, values, np.where(sums > 0, sums, np.nan)


def juilland_d(
    counts: ArrayLike | sparse.sparray,
    sizes: ArrayLike,
    *,
    deviation: str = "population",
    rates: str = "relative",
) -> Floats:
    """Measure evenness by how much the rates of a term vary between the parts: Juilland's D.

    D = 1 - (sd / mean) / √(n - 1) over the rates of the term in the n parts that have words. With many parts
    (hundreds of documents) it is close to 1 for almost every term: compare terms over the same parts.

    Args:
        counts: parts × terms, hits; dense or any scipy sparse format (which stays sparse).
        sizes: words of each part, one per row.
        deviation: the standard deviation, `population` (divides by n: D is then in [0, 1]) or `sample` (by n - 1, as
            R's `sd`; D can fall below 0).
        rates: `relative` (hits per word of the part) or `raw` (hits; right for equal parts only).

    Returns:
        One number per term: 1 = the same rate everywhere, 0 = all in one part. `nan` where the term is absent or
        fewer than two parts have words.

    Raises:
        ValueError: shapes do not fit, a number is negative, or an option is unknown.

    Source: Juilland and Chang-Rodriguez (1964); Gries (2008), IJCL 13(4), section 2.1; population deviation as
    in Gries (2020) and tlda.

    >>> juilland_d([[1, 2], [2, 0], [3, 0]], [100, 100, 100]).round(3).tolist()
    [0.711, 0.0]
    """
    choose("deviation", deviation, ["population", "sample"])
    cells, values, sums = _rates(counts, sizes, rates)
    n = cells.n_parts
    if n < 2:
        return np.full(cells.n_terms, np.nan)
    mean = sums / n
    squares = cells.sums((values - mean[cells.term]) ** 2) + (n - cells.present()) * mean**2
    spread = np.sqrt(squares / (n if deviation == "population" else n - 1))
    evenness: Floats = 1 - spread / mean / np.sqrt(n - 1)
    return np.where(cells.present() == 1, np.maximum(evenness, 0), evenness) if deviation == "population" else evenness


def carroll_d2(counts: ArrayLike | sparse.sparray, sizes: ArrayLike, *, rates: str = "relative") -> Floats:
    """Measure evenness by the uncertainty about the part that a hit comes from: Carroll's D2.

    D2 = -Σ p log(p) / log(n), p the rate of the term in a part over the sum of its rates in the n parts that have
    words. The base of the logarithm cancels.

    Args:
        counts: parts × terms, hits; dense or any scipy sparse format (which stays sparse).
        sizes: words of each part, one per row.
        rates: `relative` (hits per word of the part) or `raw` (hits; right for equal parts only).

    Returns:
        One number per term in [0, 1]: 1 = the same rate everywhere, 0 = all in one part. `nan` where the term is
        absent or fewer than two parts have words.

    Raises:
        ValueError: shapes do not fit, a number is negative, or the option is unknown.

    Source: Carroll (1970), Computer Studies in the Humanities and Verbal Behaviour 3(2).

    >>> carroll_d2([[1, 2], [1, 0]], [100, 100]).tolist()
    [1.0, 0.0]
    """
    cells, values, sums = _rates(counts, sizes, rates)
    if cells.n_parts < 2:
        return np.full(cells.n_terms, np.nan)
    shares = values / sums[cells.term]
    entropy = -cells.sums(shares * np.log(shares)) / np.log(cells.n_parts)
    # A share of 1 has entropy 0 with a minus sign, and equal shares can add up to a little more than log(n).
    evenness: Floats = np.where(np.isnan(sums), np.nan, np.clip(entropy, 0, 1)) + 0.0
    return evenness


def rosengren_s(counts: ArrayLike | sparse.sparray, sizes: ArrayLike, *, rates: str = "relative") -> Floats:
    """Measure evenness by the geometry of square roots: Rosengren's S.

    S = (Σ √(s v))² / f, v the hits in a part, f all hits, s the part's share of all words (`relative`) or 1 / n
    (`raw`: parts taken as equal).

    Args:
        counts: parts × terms, hits; dense or any scipy sparse format (which stays sparse).
        sizes: words of each part, one per row.
        rates: `relative` (weighs parts by size) or `raw` (equal parts).

    Returns:
        One number per term in (0, 1]: 1 = spread as the parts' sizes would have it; a term in one part alone gets
        that part's share of the words, never 0. `nan` where the term is absent.

    Raises:
        ValueError: shapes do not fit, a number is negative, or the option is unknown.

    Source: Rosengren (1971), Études de linguistique appliquée 1; Gries (2008), IJCL 13(4), section 2.1.

    >>> rosengren_s([[1, 2], [3, 0]], [100, 300]).round(3).tolist()
    [1.0, 0.25]
    """
    choose("rates", rates, RATES)
    cells = cells_of(counts, sizes)
    relative, n = rates == "relative", cells.words.size
    with np.errstate(divide="ignore", invalid="ignore"):  # without words there are no hits either
        share = cells.words / cells.words.sum() if relative else np.full(n, 1 / np.float64(cells.n_parts))
    evenness: Floats = cells.sums(np.sqrt(share[cells.part] * cells.hits)) ** 2 / cells.totals
    return np.minimum(evenness, 1)


def burch_da(counts: ArrayLike | sparse.sparray, sizes: ArrayLike, *, rates: str = "relative") -> Floats:
    """Measure evenness by how much the rates of two parts differ on average: DA.

    DA = 1 - (mean of |r - r'| over all pairs of parts) / (2 mean of r), r the rate of the term in a part. Computed
    from the ordered rates, without the pairs: one sort for any number of parts. Wilcox's shortcut is the same number.

    Args:
        counts: parts × terms, hits; dense or any scipy sparse format (which stays sparse).
        sizes: words of each part, one per row.
        rates: `relative` (hits per word of the part) or `raw` (hits; right for equal parts only).

    Returns:
        One number per term in [0, 1]: 1 = the same rate everywhere, 0 = all in one part. `nan` where the term is
        absent or fewer than two parts have words.

    Raises:
        ValueError: shapes do not fit, a number is negative, or the option is unknown.

    Source: Burch, Egbert and Biber (2017), JRDS 3(2), p. 194; Wilcox (1973), p. 343.

    >>> burch_da([[1, 4], [1, 0], [2, 0]], [100, 100, 100]).round(3).tolist()
    [0.75, 0.0]
    """
    cells, values, sums = _rates(counts, sizes, rates)
    n = cells.n_parts
    if n < 2:
        return np.full(cells.n_terms, np.nan)
    order = np.lexsort((values, cells.term))
    present = cells.present()
    # Parts without the term have the lowest ranks, so the ranks of the others end at n.
    last = np.cumsum(present)
    rank = np.arange(order.size) - last[cells.term[order]] + n + 1
    differences = np.bincount(cells.term[order], weights=(2 * rank - n - 1) * values[order], minlength=cells.n_terms)
    return np.clip(1 - differences / (n - 1) / sums, 0, 1)
