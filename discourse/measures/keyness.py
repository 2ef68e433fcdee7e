"""How strong the evidence is that two sides use an item at different rates: G2, chi-square, BIC, ELL."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from discourse._errors import choose
from discourse.measures._inputs import Floats, counts_of, floats
from discourse.measures._sides import divergence, sides_of


def log_likelihood(
    count_target: ArrayLike,
    total_target: ArrayLike,
    count_reference: ArrayLike,
    total_reference: ArrayLike,
    *,
    formula: str = "four_cell",
) -> Floats:
    """Weigh the evidence that two sides use an item at different rates: signed G2.

    `four_cell` is 2 Σ O ln(O/E) over the item and all other words of both sides; `two_cell` leaves the
    other words out and is smaller. Neither has a continuity correction. G2 grows with the size of the
    corpora: it ranks evidence, it does not measure how large the difference is (see `log_ratio`).

    Args:
        count_target, count_reference: hits of each side; numbers or arrays that broadcast.
        total_target, total_reference: words of each side.
        formula: `four_cell` (Dunning) or `two_cell` (Rayson and Garside; the Lancaster calculator).

    Returns:
        G2 with a sign: positive where the target uses the item more, negative where less, 0 at equal rates.
        Natural logarithm; the absolute value is compared with chi-square at 1 degree of freedom.
        `nan` where a side has no words or neither has a hit.

    Raises:
        ValueError: a count is negative or larger than its total, or the formula is unknown.

    Source: Dunning (1993), Computational Linguistics 19(1); Rayson and Garside (2000), Comparing Corpora
    workshop.

    >>> round(float(log_likelihood(110, 2552, 111, 29225)), 2)
    270.72
    """
    choose("formula", formula, ["four_cell", "two_cell"])
    a, n_a, b, n_b = sides_of(count_target, total_target, count_reference, total_reference)
    hits, words = a + b, n_a + n_b
    with np.errstate(divide="ignore", invalid="ignore"):
        expected_a, expected_b = n_a * hits / words, n_b * hits / words
        # Every cell deviates as much, up to the sign; the smaller side has more digits of it.
        deviation = np.where(n_a < n_b, a - expected_a, expected_b - b)
        g2 = divergence(a, expected_a, deviation) + divergence(b, expected_b, -deviation)
        if formula == "four_cell":
            rest_a, rest_b = n_a * (words - hits) / words, n_b * (words - hits) / words
            g2 = g2 + divergence(n_a - a, rest_a, -deviation) + divergence(n_b - b, rest_b, deviation)
        signed: Floats = np.sign(a / n_a - b / n_b) * 2 * g2
    return signed


def chi_squared(
    count_target: ArrayLike,
    total_target: ArrayLike,
    count_reference: ArrayLike,
    total_reference: ArrayLike,
    *,
    correction: str = "none",
) -> Floats:
    """Weigh the evidence that two sides use an item at different rates: signed Pearson chi-square of four cells.

    N (|ad - bc| - c)² / (n_a n_b k (N - k)) with a, b the counts, n_a, n_b the totals, c, d the other words of each
    side, k = a + b, N = n_a + n_b, and c = 0 (`none`) or N / 2 (`yates`, at most |ad - bc|, so that the correction
    never makes evidence). With small expected counts it exaggerates; `log_likelihood` does less so.

    Args:
        count_target, count_reference: hits of each side; numbers or arrays that broadcast.
        total_target, total_reference: words of each side.
        correction: `none`, or `yates` for continuity (the default of quanteda and of R's `chisq.test`).

    Returns:
        Chi-square with a sign: positive where the target uses the item more, negative where less, 0 at equal
        rates; its absolute value goes into `p_value`. `nan` where a side has no words or neither has a hit.

    Raises:
        ValueError: a count is negative or larger than its total, or the correction is unknown.

    Source: Pearson (1900); Yates (1934), JRSS Supplement 1(2); Evert (2004), p. 82.

    >>> round(float(chi_squared(8, 15_828, 4_667, 14_291_840)), 2)
    1.55
    >>> round(float(chi_squared(8, 15_828, 4_667, 14_291_840, correction="yates")), 2)
    1.05
    """
    choose("correction", correction, ["none", "yates"])
    a, n_a, b, n_b = sides_of(count_target, total_target, count_reference, total_reference)
    with np.errstate(divide="ignore", invalid="ignore"):
        hits, words = a + b, n_a + n_b
        others = np.where(words > hits, words - hits, 1)  # without other words every deviation is 0
        # The deviation of each cell from its expected count is the same number, up to the sign.
        deviation = a - n_a * hits / words
        distance = np.abs(deviation)
        if correction == "yates":
            distance = np.maximum(distance - 0.5, 0)
        score: Floats = np.sign(deviation) * distance**2 * words**3 / (n_a * n_b * hits * others)
    return score


def text_dispersion_keyness(
    documents_target: ArrayLike,
    n_documents_target: ArrayLike,
    documents_reference: ArrayLike,
    n_documents_reference: ArrayLike,
    *,
    formula: str = "four_cell",
) -> Floats:
    """Weigh the evidence that an item is in more documents of one side than of the other: signed G2 of documents.

    `log_likelihood` with documents that contain the item in the place of its hits, and all documents in the place
    of all words. One text that repeats a word a hundred times counts once.

    Args:
        documents_target, documents_reference: documents of each side that contain the item.
        n_documents_target, n_documents_reference: all documents of each side.
        formula: `four_cell` (documents with and without the item) or `two_cell` (with the item only).

    Returns:
        G2 with a sign, natural logarithm: positive where the item is in a larger share of the target's documents.
        `nan` where a side has no documents or none contains the item.

    Raises:
        ValueError: a number is negative or larger than its total, or the formula is unknown.

    Source: Egbert and Biber (2019), Corpora 14(1).

    >>> float(text_dispersion_keyness(30, 100, 30, 100)), round(float(text_dispersion_keyness(40, 100, 20, 100)), 2)
    (0.0, 9.66)
    """
    sides = documents_target, n_documents_target, documents_reference, n_documents_reference
    return log_likelihood(*sides, formula=formula)


def bic(log_likelihood: ArrayLike, total: ArrayLike, *, df: ArrayLike = 1) -> Floats:
    """Weigh G2 against the size of the corpora: the approximate Bayes factor on the scale of BIC.

    |G2| - df ln N with N the words of both sides. 0 to 2 is worth no more than a mention, 2 to 6 positive, 6 to 10
    strong, above 10 very strong evidence that the rates differ; negative values speak for equal rates.

    Args:
        log_likelihood: G2, signed or not; numbers or arrays that broadcast.
        total: words of all sides together.
        df: degrees of freedom: groups less one.

    Returns:
        Natural logarithm, on the scale of twice the logarithm of the Bayes factor; higher is more evidence for a
        difference. `nan` where G2 is or the total is 0.

    Raises:
        ValueError: a total is negative.

    Source: Wilson (2013), Embracing Bayes factors for key item analysis; Kass and Raftery (1995), JASA 90(430).

    >>> round(float(bic(20.0, 1_000_000)), 2)
    6.18
    """
    g2, words, degrees = floats(log_likelihood, counts_of("total", total), df)
    evidence: Floats = np.abs(g2) - degrees * np.log(np.where(words == 0, np.nan, words))
    return evidence


def ell(
    count_target: ArrayLike, total_target: ArrayLike, count_reference: ArrayLike, total_reference: ArrayLike
) -> Floats:
    """Scale G2 by the largest it could be: the effect size for log-likelihood.

    ELL = G2 / (N ln(min(E1, E2))) with the two-cell G2, N the words of both sides and E1, E2 the expected hits of
    each side, as the Lancaster calculator has it.

    Args:
        count_target, count_reference: hits of each side; numbers or arrays that broadcast.
        total_target, total_reference: words of each side.

    Returns:
        From 0 (equal rates) up, without a sign; tiny for words of a corpus, since N is large. `nan` where the
        smaller expected count is 1 or less (its logarithm is no scale), a side has no words or neither has a hit.

    Raises:
        ValueError: a count is negative or larger than its total.

    Source: Johnston, Berry and Mielke (2006), Perceptual and Motor Skills 103(2), as used by Rayson.

    >>> round(float(ell(540, 116_000, 7_525, 5_451_382)) * 1e6, 2)
    18.74
    """
    a, n_a, b, n_b = sides_of(count_target, total_target, count_reference, total_reference)
    with np.errstate(divide="ignore", invalid="ignore"):
        smaller = np.minimum(n_a, n_b) * (a + b) / (n_a + n_b)
        scale = (n_a + n_b) * np.log(np.where(smaller > 1, smaller, np.nan))
    size: Floats = np.abs(log_likelihood(a, n_a, b, n_b, formula="two_cell")) / scale
    return size
