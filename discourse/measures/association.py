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


def log_dice(observed: ArrayLike, node_count: ArrayLike, collocate_count: ArrayLike) -> Floats:
    """Say how exclusively the two stand together; no size of corpus and no window enters it.

    logDice = 14 + log2(2 observed / (node_count + collocate_count)). Some tools multiply the hits of the node by
    the window size first; for their values pass node_count × window_size.

    Args:
        observed: hits of the collocate in the windows; numbers or arrays that broadcast.
        node_count, collocate_count: hits in the corpus.

    Returns:
        Base 2, at most 14 (each of the two only ever with the other); 1 more is twice as exclusive; values
        below 0 say nothing. With windows wider than one position it can pass 14. -inf where nothing was
        observed, `nan` where neither word occurs.

    Raises:
        ValueError: a number is negative.

    Source: Rychlý (2008), A lexicographer-friendly association score, RASLAN.

    >>> float(log_dice(20, 40, 40)), float(log_dice(40, 40, 40))
    (13.0, 14.0)
    """
    together, node, collocate = floats(
        counts_of("observed", observed),
        counts_of("node_count", node_count),
        counts_of("collocate_count", collocate_count),
    )
    both = node + collocate
    with np.errstate(divide="ignore"):
        score: Floats = 14 + np.log2(2 * together / np.where(both == 0, np.nan, both))
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
