"""How exclusively two words keep each other's company, by their own counts: nothing is expected by chance.

Everywhere: `observed` hits of the collocate in the windows of the node, `node_count` and `collocate_count` hits in the
whole corpus, as in `association`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from discourse.measures._inputs import Floats, counts_of, floats


def _pair(observed: ArrayLike, node_count: ArrayLike, collocate_count: ArrayLike) -> tuple[Floats, ...]:
    """Check the three counts and return them in one shape."""
    return floats(
        counts_of("observed", observed),
        counts_of("node_count", node_count),
        counts_of("collocate_count", collocate_count),
    )


def dice(observed: ArrayLike, node_count: ArrayLike, collocate_count: ArrayLike) -> Floats:
    """Say how exclusively the two stand together: twice their joint hits among the hits of both.

    Dice = 2 observed / (node_count + collocate_count); `log_dice` is its logarithm on a friendlier scale.

    Args:
        observed: hits of the collocate in the windows; numbers or arrays that broadcast.
        node_count, collocate_count: hits in the corpus.

    Returns:
        0 = never together, 1 = each only with the other (neighbours; wider windows can pass 1). `nan` where neither
        word occurs.

    Raises:
        ValueError: a number is negative.

    Source: Dice (1945), Ecology 26(3); Smadja, McKeown and Hatzivassiloglou (1996).

    >>> float(dice(20, 40, 40))
    0.5
    """
    together, node, collocate = _pair(observed, node_count, collocate_count)
    both = node + collocate
    share: Floats = 2 * together / np.where(both == 0, np.nan, both)
    return share


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
    together, node, collocate = _pair(observed, node_count, collocate_count)
    both = node + collocate
    with np.errstate(divide="ignore"):
        score: Floats = 14 + np.log2(2 * together / np.where(both == 0, np.nan, both))
    return score


def delta_p(
    observed: ArrayLike,
    node_count: ArrayLike,
    collocate_count: ArrayLike,
    total: ArrayLike,
    *,
    window_size: ArrayLike = 1,
) -> tuple[Floats, Floats]:
    """Say how much one word raises the probability of the other, each way: Delta P.

    P(collocate | near the node) - P(collocate | elsewhere), and P(near the node | collocate) - P(near the node |
    another word), over the node_count × window_size positions of the windows and the other words of the corpus.

    Args:
        observed: hits of the collocate in the windows; numbers or arrays that broadcast.
        node_count, collocate_count: hits in the corpus.
        total: words of the corpus.
        window_size: positions around one node, both sides together.

    Returns:
        The collocate given the node, and the node given the collocate, each in [-1, 1]: 0 = no help, 1 = the one
        never without the other. Both `nan` where no table exists: no node, no collocate, windows as large as the
        corpus, or positions counted twice.

    Raises:
        ValueError: a number is negative.

    Source: Allan (1980); Gries (2013), IJCL 18(1), section 3.

    >>> [round(float(direction), 3) for direction in delta_p(5_610, 174_548, 7_867, 10_409_868)]
    [0.032, 0.697]
    """
    together, node, collocate = _pair(observed, node_count, collocate_count)
    words, window, together, node, collocate = floats(
        counts_of("total", total), counts_of("window_size", window_size), together, node, collocate
    )
    positions = node * window
    outside = collocate - together
    possible = (positions > 0) & (collocate > 0) & (positions < words) & (collocate < words)
    possible &= (together <= positions) & (outside >= 0) & (outside <= words - positions)
    together = np.where(possible, together, np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        forward: Floats = together / positions - (collocate - together) / (words - positions)
        backward: Floats = together / collocate - (positions - together) / (words - collocate)
    return forward, backward
