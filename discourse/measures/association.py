"""How strongly a node attracts a collocate: observed hits in its windows against those expected by chance.

Everywhere: `observed` hits of the collocate in the windows of the node (each position counted once, also
where two windows overlap), `node_count` and `collocate_count` hits in the whole corpus, `total` words of
the corpus and `window_size` positions around one node, left and right together (5 + 5 = 10). Where windows
are cut at the edges of documents, pass the mean number of positions per node. For neighbouring pairs of
words, window_size is 1.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from discourse._errors import choose
from discourse.measures._inputs import Floats, counts_of, floats
from discourse.measures.keyness import log_likelihood


def expected_count(
    node_count: ArrayLike, collocate_count: ArrayLike, total: ArrayLike, *, window_size: ArrayLike = 1
) -> Floats:
    """Say how many hits of the collocate the windows of the node would hold by chance.

    E = node_count × collocate_count × window_size / total. Tools differ: without the window size E is too
    small by that factor, and MI too large by its log2.

    Args:
        node_count, collocate_count: hits in the corpus; numbers or arrays that broadcast.
        total: words of the corpus.
        window_size: positions around one node, both sides together.

    Returns:
        Expected hits, ≥ 0. `nan` where the total is 0.

    Raises:
        ValueError: a number is negative.

    Source: Evert (2008), Corpora and collocations, section 4; Brezina, McEnery and Wattam (2015), IJCL 20(2).

    >>> float(expected_count(100, 50, 10_000, window_size=10))
    5.0
    """
    node, collocate, words, window = floats(
        counts_of("node_count", node_count),
        counts_of("collocate_count", collocate_count),
        counts_of("total", total),
        counts_of("window_size", window_size),
    )
    expected: Floats = node * collocate * window / np.where(words == 0, np.nan, words)
    return expected


def mutual_information(
    observed: ArrayLike,
    node_count: ArrayLike,
    collocate_count: ArrayLike,
    total: ArrayLike,
    *,
    window_size: ArrayLike = 1,
) -> Floats:
    """Say how many times more often than by chance the two stand together, in doublings: pointwise MI.

    MI = log2(observed / expected), expected as in `expected_count`. It favours rare words: use a minimum
    count.

    Args:
        observed: hits of the collocate in the windows; numbers or arrays that broadcast.
        node_count, collocate_count: hits in the corpus.
        total: words of the corpus.
        window_size: positions around one node, both sides together.

    Returns:
        Base 2: 0 = as by chance, 1 = twice as often, negative = less often, -inf where nothing was observed.
        `nan` where nothing was expected.

    Raises:
        ValueError: a number is negative.

    Source: Church and Hanks (1990), Computational Linguistics 16(1).

    >>> round(float(mutual_information(20, 42, 20, 14_307_668)), 2)
    18.38
    """
    expected = expected_count(node_count, collocate_count, total, window_size=window_size)
    together, expected = floats(counts_of("observed", observed), expected)
    with np.errstate(divide="ignore"):
        information: Floats = np.log2(together / np.where(expected == 0, np.nan, expected))
    return information


def t_score(
    observed: ArrayLike,
    node_count: ArrayLike,
    collocate_count: ArrayLike,
    total: ArrayLike,
    *,
    window_size: ArrayLike = 1,
) -> Floats:
    """Weigh the evidence that the two stand together more often than by chance, in standard errors.

    t = (observed - expected) / √observed, expected as in `expected_count`. It favours frequent words and
    ranks; its distribution is not that of Student's t.

    Args:
        observed: hits of the collocate in the windows; numbers or arrays that broadcast.
        node_count, collocate_count: hits in the corpus.
        total: words of the corpus.
        window_size: positions around one node, both sides together.

    Returns:
        0 = as by chance, positive = more often, negative = less often; at most √observed. `nan` where
        nothing was observed or nothing expected.

    Raises:
        ValueError: a number is negative.

    Source: Church, Gale, Hanks and Hindle (1991); Manning and Schütze (1999), section 5.3.1.

    >>> round(float(t_score(8, 15_828, 4_675, 14_307_668)), 4)
    0.9999
    """
    expected = expected_count(node_count, collocate_count, total, window_size=window_size)
    together, expected = floats(counts_of("observed", observed), expected)
    defined = np.where((together == 0) | (expected == 0), np.nan, together)
    score: Floats = (defined - expected) / np.sqrt(defined)
    return score


def mi3(
    observed: ArrayLike,
    node_count: ArrayLike,
    collocate_count: ArrayLike,
    total: ArrayLike,
    *,
    window_size: ArrayLike = 1,
) -> Floats:
    """Say how strongly the two attract one another, with more weight on how often they do: cubed MI.

    MI3 = log2(observed³ / expected), expected as in `expected_count`; MI + 2 log2(observed). The cube outweighs MI's
    bias towards rare words; the value has no unit of its own.

    Args:
        observed: hits of the collocate in the windows; numbers or arrays that broadcast.
        node_count, collocate_count: hits in the corpus.
        total: words of the corpus.
        window_size: positions around one node, both sides together.

    Returns:
        Base 2 (UCS gives base 10: divide by log2(10)), higher is stronger; 0 is no neutral point. -inf where nothing
        was observed, `nan` where nothing was expected.

    Raises:
        ValueError: a number is negative.

    Source: Daille (1994), Approche mixte pour l'extraction de terminologie; Oakes (1998), p. 171.

    >>> round(float(mi3(32, 4_258_869, 2_165, 21_304_641_202, window_size=10)), 4)
    12.8863
    """
    information = mutual_information(observed, node_count, collocate_count, total, window_size=window_size)
    together, information = floats(observed, information)
    with np.errstate(divide="ignore"):
        cubed: Floats = information + 2 * np.log2(together)
    return cubed


def z_score(
    observed: ArrayLike,
    node_count: ArrayLike,
    collocate_count: ArrayLike,
    total: ArrayLike,
    *,
    window_size: ArrayLike = 1,
    form: str = "plain",
) -> Floats:
    """Weigh the evidence that the two stand together more often than by chance, in expected standard deviations.

    z = (observed - expected) / √expected (`plain`), with a continuity correction of half a hit towards 0 (`yates`), or
    divided by √(expected (1 - p)), p the collocate's share of the words that are not the node (`binomial`, with
    expected = p × windows). It favours rare words even more than MI does.

    Args:
        observed: hits of the collocate in the windows; numbers or arrays that broadcast.
        node_count, collocate_count: hits in the corpus.
        total: words of the corpus.
        window_size: positions around one node, both sides together.
        form: `plain` (Dennis; UCS z.score), `yates` or `binomial` (Berry-Rogghe).

    Returns:
        0 = as by chance, positive = more often, negative = less often. `nan` where nothing was expected.

    Raises:
        ValueError: a number is negative, or the form is unknown.

    Source: Dennis (1965); Berry-Rogghe (1973), The computation of collocations; Evert (2004), p. 83.

    >>> round(float(z_score(8, 15_828, 4_675, 14_307_668)), 4)
    1.2436
    """
    choose("form", form, ["plain", "yates", "binomial"])
    expected = expected_count(node_count, collocate_count, total, window_size=window_size)
    together, expected = floats(counts_of("observed", observed), expected)
    if form == "binomial":
        node, collocate, words, expected = floats(node_count, collocate_count, total, expected)
        with np.errstate(divide="ignore", invalid="ignore"):
            p = collocate / (words - node)
            expected = np.where(np.isnan(expected), np.nan, p * node * np.asarray(window_size, dtype=np.float64))
            variance = expected * (1 - p)
    else:
        variance = expected
    deviation = together - expected
    if form == "yates":
        deviation = np.sign(deviation) * np.maximum(np.abs(deviation) - 0.5, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        score: Floats = deviation / np.sqrt(np.where(variance > 0, variance, np.nan))
    return score


def collocate_log_likelihood(
    observed: ArrayLike,
    node_count: ArrayLike,
    collocate_count: ArrayLike,
    total: ArrayLike,
    *,
    window_size: ArrayLike = 1,
) -> Floats:
    """Weigh the evidence that the windows of the node hold more of the collocate than other text: signed G2.

    The four-cell `log_likelihood` with the node_count × window_size positions of the windows as target and
    the other words of the corpus as reference; its expected count is that of `expected_count`.

    Args:
        observed: hits of the collocate in the windows; numbers or arrays that broadcast.
        node_count, collocate_count: hits in the corpus.
        total: words of the corpus.
        window_size: positions around one node, both sides together.

    Returns:
        G2, natural logarithm; positive = more often in the windows, negative = less often, 0 = as by
        chance. `nan` where no table exists: no windows, no collocate, windows as large as the corpus, or
        positions counted twice.

    Raises:
        ValueError: a number is negative.

    Source: Dunning (1993), Computational Linguistics 19(1); Evert (2008), section 4.

    >>> round(float(collocate_log_likelihood(110, 2552, 221, 31_777)), 2)
    270.72
    """
    inside, node, collocate, words, window = floats(
        counts_of("observed", observed),
        counts_of("node_count", node_count),
        counts_of("collocate_count", collocate_count),
        counts_of("total", total),
        counts_of("window_size", window_size),
    )
    positions = node * window
    outside, rest = collocate - inside, words - positions
    possible = (inside <= positions) & (outside >= 0) & (outside <= rest)
    cells = (np.where(possible, cell, np.nan) for cell in (inside, positions, outside, rest))
    return log_likelihood(*cells)
