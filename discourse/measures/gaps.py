"""How evenly the hits of a term follow one another in a corpus, by the gaps between them; no parts are needed."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from discourse.measures._inputs import Floats, counts_of


def _checked(positions: ArrayLike, items: ArrayLike, total: int) -> tuple[np.ndarray, np.ndarray]:
    """Return positions and items as integers of one length, all inside the corpus."""
    places, which = counts_of("positions", positions).astype(np.int64), counts_of("items", items).astype(np.int64)
    if places.ndim != 1 or places.shape != which.shape:
        raise ValueError(
            f"items must hold one number per position; got shapes {which.shape} and {places.shape}. "
            "Pass two columns of the same hits."
        )
    if places.size and places.max() >= total:
        raise ValueError(
            f"positions must be smaller than total; got {places.max()} of {total}. Count positions from 0."
        )
    return places, which


def average_reduced_frequency(positions: ArrayLike, items: ArrayLike, *, total: int) -> Floats:
    """Count hits, but those that come in clusters for less: the average reduced frequency.

    ARF = Σ min(d, v) / v with v = total / f for a term of f hits, and d the distance of each hit to the one before,
    the first to the last around the end of the corpus. It is how many of f equal parts hold the term, averaged over
    all places where the first part can begin. The order of the documents enters it.

    Args:
        positions: places of all hits of all terms in the corpus, in words from 0, in any order.
        items: number of the term of each hit, from 0.
        total: words of the corpus.

    Returns:
        One number per term: f where its hits are evenly spaced, little more than 1 where they stand side by side,
        1 for a single hit. 0 where a term has no hit; never `nan`.

    Raises:
        ValueError: a number is negative, shapes differ, or a position lies beyond the corpus.

    Source: Savický and Hlaváčová (2002), Journal of Quantitative Linguistics 9(3), section 3.

    >>> average_reduced_frequency([0, 50, 10, 11], [0, 0, 1, 1], total=100).tolist()
    [2.0, 1.02]
    """
    places, which = _checked(positions, items, total)
    if not places.size:
        return np.zeros(0)
    order = np.lexsort((places, which))
    places, which = places[order], which[order]
    hits = np.bincount(which)
    ends = np.cumsum(hits)
    before = np.roll(places, 1)
    first = (ends - hits)[hits > 0]
    before[first] = places[ends[hits > 0] - 1] - total
    span = total / hits[which]
    return np.bincount(which, weights=np.minimum(places - before, span) / span).astype(np.float64)
