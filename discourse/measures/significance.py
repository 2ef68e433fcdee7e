"""How probable evidence as strong would be by chance: p of G2 and of chi-square, and exact tests."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betainc, erfc, gammaincc, gammaln, log_ndtr

from discourse._errors import choose
from discourse.measures._hypergeometric import two_sided, upper_tail
from discourse.measures._inputs import Floats, counts_of, floats
from discourse.measures._sides import sides_of

# Below this, gammaincc loses digits before it reaches 0; the continued fraction has all of them.
SMALLEST = 1e-280
FRACTIONS = 60


def _degrees(log_likelihood: ArrayLike, df: ArrayLike) -> tuple[Floats, Floats]:
    """Return |G2| and degrees of freedom in one shape, the latter above 0."""
    g2, degrees = floats(log_likelihood, df)
    bad = ~(degrees > 0)
    if bad.any():
        raise ValueError(
            f"df must be greater than 0; got {np.atleast_1d(degrees)[np.atleast_1d(bad)][0]:g}. "
            "Pass the number of groups less one."
        )
    return np.abs(g2), degrees


def p_value(log_likelihood: ArrayLike, *, df: ArrayLike = 1) -> Floats:
    """Turn G2 into the probability of one at least as large, had all sides one rate and words no memory.

    p = P(chi-square with df degrees of freedom ≥ |G2|), for one degree erfc(√(|G2| / 2)), never 1 minus a distribution
    function, so that small values keep their digits; below about 1e-308 it is 0, and `log10_p` goes on. Words of a
    text are not independent and texts of one author not either, so p is a description here unless the design says
    otherwise.

    Args:
        log_likelihood: G2 or chi-square, signed or not; a number or an array.
        df: degrees of freedom: groups less one.

    Returns:
        Two-sided p in [0, 1], 1 at G2 = 0. `nan` where G2 is.

    Raises:
        ValueError: df is not above 0.

    Source: Wilks (1938); Dunning (1993).

    >>> round(float(p_value(3.841459)), 4), round(float(p_value(-6.634897)), 4)
    (0.05, 0.01)
    >>> round(float(p_value(5.991465, df=2)), 4)
    0.05
    """
    g2, degrees = _degrees(log_likelihood, df)
    p: Floats = erfc(np.sqrt(g2 / 2))
    if (degrees != 1).any():
        p = np.where(degrees == 1, p, gammaincc(degrees / 2, g2 / 2))
    return p[()]


def _log_upper_gamma(a: Floats, x: Floats) -> Floats:
    """Return the logarithm of the regularised upper incomplete gamma function far out, by its continued fraction."""
    fraction = x + 2 * FRACTIONS + 1 - a
    for k in range(FRACTIONS, 0, -1):
        fraction = x + 2 * k - 1 - a - k * (k - a) / fraction
    logarithm: Floats = a * np.log(x) - x - gammaln(a) - np.log(fraction)
    return logarithm


def log10_p(log_likelihood: ArrayLike, *, df: ArrayLike = 1) -> Floats:
    """Give the decimal logarithm of `p_value`, finite also where p itself is too small for a number.

    For one degree of freedom log10 p = (ln 2 + ln Φ(-√|G2|)) / ln 10, as the square root of chi-square is then a
    half-normal variable; ln Φ has an asymptotic series far out. For more, the continued fraction of the incomplete
    gamma function where p underflows.

    Args:
        log_likelihood: G2 or chi-square, signed or not; a number or an array.
        df: degrees of freedom: groups less one.

    Returns:
        Base 10, in (-inf, 0]; -2 stands for p = 0.01. `nan` where G2 is.

    Raises:
        ValueError: df is not above 0.

    Source: Abramowitz and Stegun (1964), 26.2.12, 26.4 and 6.5.31.

    >>> round(float(log10_p(6.634897)), 4), round(float(log10_p(2000)), 6)
    (-2.0, -436.043274)
    """
    g2, degrees = _degrees(log_likelihood, df)
    half_normal = np.log(2) + log_ndtr(-np.sqrt(g2))
    logarithm = half_normal if (degrees == 1).all() else np.where(degrees == 1, half_normal, _log_survival(g2, degrees))
    decimal: Floats = np.minimum(logarithm / np.log(10), 0)
    return decimal[()]


def _log_survival(g2: Floats, degrees: Floats) -> Floats:
    """Return the natural logarithm of the survival function of chi-square."""
    p = gammaincc(degrees / 2, g2 / 2)
    with np.errstate(divide="ignore", invalid="ignore"):
        logarithm: Floats = np.where(p < SMALLEST, _log_upper_gamma(degrees / 2, g2 / 2), np.log(p))
    return logarithm


def fisher_exact(
    count_target: ArrayLike,
    total_target: ArrayLike,
    count_reference: ArrayLike,
    total_reference: ArrayLike,
    *,
    alternative: str = "two_sided",
) -> Floats:
    """Give the exact probability of hits split between two sides at least as unevenly, if words were dealt at random.

    The hits of both sides together are kept as they are; the hits of the target are then hypergeometric.
    `two_sided` adds up all splits that are no more probable than the one observed; `greater` and `less` add up
    those with at least, or at most, as many hits in the target. Equal rows are computed once.

    Args:
        count_target, count_reference: hits of each side; numbers or arrays that broadcast.
        total_target, total_reference: words of each side.
        alternative: `two_sided`, `greater` (the target uses the item more) or `less`.

    Returns:
        p in [0, 1], 0 where it is below about 1e-308. `nan` where a side has no words or neither has a hit.

    Raises:
        ValueError: a count is negative or larger than its total, or the alternative is unknown.

    Source: Fisher (1935), The design of experiments; two-sided as in R's `fisher.test` and scipy. Pedersen (1996)
    for word counts.

    >>> round(float(fisher_exact(3, 4, 1, 4)), 4), round(float(fisher_exact(3, 4, 1, 4, alternative="greater")), 4)
    (0.4857, 0.2429)
    """
    choose("alternative", alternative, ["two_sided", "greater", "less"])
    a, n_a, b, n_b = sides_of(count_target, total_target, count_reference, total_reference)
    if alternative == "less":
        a, n_a, b, n_b = np.where(np.isnan(a), np.nan, b), n_b, a, n_a
    test = two_sided if alternative == "two_sided" else upper_tail
    return test(a, n_a, b, n_b)


def presence_p(
    documents_target: ArrayLike,
    n_documents_target: ArrayLike,
    words_target: ArrayLike,
    documents_reference: ArrayLike,
    n_documents_reference: ArrayLike,
    words_reference: ArrayLike,
) -> Floats:
    """Give the probability of the documents with an item being split as unevenly between two sides by chance.

    Defined also where a side never has the item, as no test of rates is. A long document has more of everything, so
    chance is asked twice in each direction: the documents with the item fall to the target as documents do
    (hypergeometric, Fisher's exact test) or as words do (binomial, with the target's share of the words). The larger p
    of the two counts, and twice the smaller one of both directions, 1 at most, is the answer.

    Args:
        documents_target, documents_reference: documents (or authors) of each side that have the item.
        n_documents_target, n_documents_reference: documents of each side.
        words_target, words_reference: words of each side.

    Returns:
        p in [0, 1], two-sided. `nan` where a side has no documents or words, or no document has the item.

    Raises:
        ValueError: a count is negative or larger than its total.

    Source: Fisher (1935), The design of experiments; how often it is wrong: docs/uncertainty.md.

    >>> presence_p([8, 8], 20, [16_000, 48_000], 0, 20, 16_000).round(4).tolist()
    [0.0078, 0.2002]
    """
    a, n_a, b, n_b = sides_of(documents_target, n_documents_target, documents_reference, n_documents_reference)
    words = floats(counts_of("words_target", words_target), counts_of("words_reference", words_reference))
    with np.errstate(invalid="ignore"):
        share = np.where((words[0] > 0) & (words[1] > 0), words[0] / (words[0] + words[1]), np.nan)
    directions = [
        np.maximum(upper_tail(*sides), _at_least(sides[0], sides[0] + sides[2], own))
        for sides, own in (((a, n_a, b, n_b), share), ((b, n_b, a, n_a), 1 - share))
    ]
    p: Floats = np.minimum(2 * np.minimum(*directions), 1)
    return p


def _at_least(hits: Floats, trials: Floats, share: Floats) -> Floats:
    """Return the probability of so many hits or more in so many trials."""
    some = hits > 0
    tail: Floats = betainc(np.where(some, hits, 1), np.where(some, trials - hits + 1, 1), share)
    return np.where(some, tail, np.where(np.isnan(share + hits), np.nan, 1.0))[()]
