"""Permutation: how often documents dealt out by chance differ as much as the two groups do."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from math import comb
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from discourse._errors import choose
from discourse.measures._inputs import Floats, canonical_rows, one_per_row

Mask = NDArray[np.bool_]

ALTERNATIVES = ("two-sided", "greater", "less")
MOST_SPLITS = 20_000  # more ways to divide the documents than these are drawn from, not gone through
DRAWS = 9_999  # with 9,999 draws the smallest p is 1 in 10,000
AT_ONCE = 1 << 22  # numbers in memory at a time: splits × items
# Differences this close, relative to the rates, are equal and differ by rounding.
ROUNDING = 1e-14


def permutation_p(
    counts: ArrayLike | sparse.sparray,
    sizes: ArrayLike,
    target: ArrayLike,
    *,
    alternative: str = "two-sided",
    seed: int = 0,
) -> Floats:
    """Give the p value of the difference between the rates of two groups of documents.

    The share of all ways to divide the documents into groups of these numbers in which the rates (hits by words, each
    added up) differ at least as much. Up to 20,000 ways are gone through; of more, 9,999 are drawn, and p is
    (as many as differ so + 1) / (draws + 1).

    Args:
        counts: whole numbers, documents × items, dense or sparse. A document stands for whatever is dealt out
            together: add up the documents of an author for statements on authors.
        sizes: words of each document, more than 0.
        target: for each document whether it is in the target; the others are the reference.
        alternative: `two-sided`, `greater` (the target's rate is higher) or `less`.
        seed: of the draws, if ways are drawn.

    Returns:
        p of each item, never below `smallest_p` of the design; `nan` where a group has no document.

    Raises:
        ValueError: an unknown alternative, shapes that do not fit, a negative count or a document without words.

    Source: Fisher (1935), The Design of Experiments; Phipson and Smyth (2010), Permutation p-values should never be
    zero.

    >>> permutation_p([[5], [6], [7], [1], [2], [1], [0]], [100] * 7, [True] * 3 + [False] * 4, alternative="greater")
    array([0.02857143])
    """
    choose("alternative", alternative, ALTERNATIVES)
    hits, words = canonical_rows("counts", counts), one_per_row("sizes", sizes, np.shape(counts)[0])
    own = np.asarray(target, bool)
    if own.shape != words.shape or (words == 0).any():
        raise ValueError("target must say of each document whether it is in it, and each must have words. Give all.")
    n, k = len(own), int(own.sum())
    if not 0 < k < n:
        return np.full(hits.shape[1], np.nan)
    exact = comb(n, k) <= MOST_SPLITS
    observed, extreme = _differences(own[None], hits, words)[0], np.zeros(hits.shape[1], np.int64)
    slack = ROUNDING * (np.abs(observed) + np.asarray(hits.sum(axis=0)) / words.sum())
    size = max(AT_ONCE // max(hits.shape[1], n), 1)
    for splits in _all_splits(n, k, size) if exact else _some_splits(n, k, size, seed):
        extreme += _as_extreme(_differences(splits, hits, words), observed, slack, alternative).sum(axis=0)
    return extreme / comb(n, k) if exact else (extreme + 1) / (DRAWS + 1)


def smallest_p(n_target: int, n_reference: int, *, alternative: str = "two-sided") -> float:
    """Give the smallest p that a permutation test of groups of these sizes can reach, whatever their texts say.

    Args:
        n_target, n_reference: documents (or authors) of each group.
        alternative: `two-sided`, `greater` or `less`. Of two sides, groups of equal size have each difference twice.

    Returns:
        1 / C(n, k), twice that for two sides and equal sizes; where ways are drawn, not below 1 / (draws + 1). `nan`
        for an empty group.

    Raises:
        ValueError: an unknown alternative or a negative number.

    Source: Phipson and Smyth (2010), Permutation p-values should never be zero.

    >>> smallest_p(3, 4) == 1 / 35, smallest_p(1, 4), smallest_p(3, 3), smallest_p(3, 3, alternative="greater")
    (True, 0.2, 0.1, 0.05)
    """
    choose("alternative", alternative, ALTERNATIVES)
    if min(n_target, n_reference) < 0:
        raise ValueError(f"n_target and n_reference must be 0 or more; got {n_target} and {n_reference}. Count them.")
    if not n_target or not n_reference:
        return float("nan")
    splits = comb(n_target + n_reference, n_target)
    twice = alternative == "two-sided" and n_target == n_reference
    return max((1 + twice) / splits, 1 / (DRAWS + 1)) if splits > MOST_SPLITS else (1 + twice) / splits


def _all_splits(n: int, k: int, size: int) -> Iterator[Mask]:
    """All ways to choose k of n documents, so many at a time."""
    total, chosen = comb(n, k), combinations(range(n), k)
    for begin in range(0, total, size):
        rows = min(size, total - begin)
        columns = np.fromiter((place for _ in range(rows) for place in next(chosen)), np.int64, rows * k)
        splits = np.zeros((rows, n), bool)
        splits[np.repeat(np.arange(rows), k), columns] = True
        yield splits


def _some_splits(n: int, k: int, size: int, seed: int) -> Iterator[Mask]:
    """Ways to choose k of n documents, drawn independently, so many at a time."""
    rng = np.random.default_rng(seed)
    first = np.arange(n) < k
    for begin in range(0, DRAWS, size):
        yield rng.permuted(np.tile(first, (min(size, DRAWS - begin), 1)), axis=1)


def _differences(splits: Mask, hits: sparse.csr_array, words: Floats) -> Floats:
    """The rate of the target minus that of the reference, for each split: splits × items."""
    masks = splits.astype(np.float64)
    own, size = _added(masks, hits), (masks @ words)[:, None]
    all_hits, all_words = np.asarray(hits.sum(axis=0), np.float64), words.sum()
    rates: Floats = own / size - (all_hits - own) / (all_words - size)
    return rates


def _added(masks: Floats, hits: Any) -> Floats:
    return np.asarray(hits.T @ masks.T, np.float64).T


def _as_extreme(differences: Floats, observed: Floats, slack: Floats, alternative: str) -> Mask:
    if alternative == "two-sided":
        return _as_extreme(np.abs(differences), np.abs(observed), slack, "greater")
    if alternative == "less":
        return _as_extreme(-differences, -observed, slack, "greater")
    extreme: Mask = differences >= observed - slack
    return extreme
