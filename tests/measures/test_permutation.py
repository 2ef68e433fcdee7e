"""Permutation: p by going through every split by hand, as scipy has it, and what a design can reach at all."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse, stats

from discourse.measures import permutation, permutation_p, smallest_p

documents = st.lists(st.tuples(st.integers(0, 5), st.integers(1, 9)), min_size=2, max_size=7)


def by_hand(hits: list[int], sizes: list[int], k: int, alternative: str) -> float:
    """p of the first k documents against the others, in exact fractions."""

    def rate(own: tuple[int, ...]) -> Fraction:
        return Fraction(sum(hits[i] for i in own), sum(sizes[i] for i in own))

    def score(own: tuple[int, ...]) -> Fraction:
        rest = tuple(set(range(len(hits))) - set(own))
        found = rate(own) - rate(rest)
        return {"greater": found, "less": -found, "two-sided": abs(found)}[alternative]

    splits = list(combinations(range(len(hits)), k))
    return sum(score(own) >= score(tuple(range(k))) for own in splits) / len(splits)


@given(documents, st.integers(1, 6), st.sampled_from(permutation.ALTERNATIVES))
def test_p_is_that_of_all_splits_in_exact_fractions(rows, k, alternative):
    k = min(k, len(rows) - 1)
    hits, sizes = [row[0] for row in rows], [row[1] for row in rows]
    p = permutation_p(np.array(hits)[:, None], sizes, np.arange(len(rows)) < k, alternative=alternative)
    assert p[0] == pytest.approx(by_hand(hits, sizes, k, alternative), abs=1e-12)
    assert p[0] >= smallest_p(k, len(rows) - k, alternative=alternative) - 1e-12


def test_splits_that_tie_but_for_rounding_count_also_where_rates_hardly_differ():
    hits = [61287, 61287, 61285, 61286, 61288, 61288, 61288]
    p = permutation_p(np.array(hits)[:, None], np.full(7, 10**6), np.arange(7) < 3)
    assert p[0] == pytest.approx(by_hand(hits, [10**6] * 7, 3, "two-sided"), abs=1e-12) == pytest.approx(13 / 35)


@pytest.mark.parametrize("alternative", ["greater", "less"])
def test_of_documents_of_one_size_it_is_that_of_scipy(alternative):
    one, two = [7, 3, 9, 4, 8], [2, 5, 1, 6, 3, 0]
    peer = stats.permutation_test(
        (one, two), lambda a, b, axis: a.mean(axis=axis) - b.mean(axis=axis), vectorized=True,
        alternative=alternative, n_resamples=np.inf,
    )
    p = permutation_p(np.array(one + two)[:, None], np.full(11, 50), np.arange(11) < 5, alternative=alternative)
    assert p[0] == pytest.approx(peer.pvalue)


def test_the_most_extreme_split_has_the_smallest_p():
    hits, target = np.array([[9], [8], [7], [1], [2], [0], [1]]), np.arange(7) < 3
    assert permutation_p(hits, np.full(7, 10), target, alternative="greater")[0] == smallest_p(3, 4) == 1 / 35
    assert permutation_p(hits, np.full(7, 10), target, alternative="less")[0] == 1


def test_drawn_splits_come_near_the_exact_p_and_never_to_0(monkeypatch):
    rng = np.random.default_rng(2)
    hits, sizes, target = rng.poisson(5, (16, 3)) + np.eye(16, 3, dtype=int) * 20, rng.integers(50, 90, 16), None
    target = np.arange(16) < 8
    exact = permutation_p(hits, sizes, target)
    monkeypatch.setattr(permutation, "MOST_SPLITS", 100)
    drawn = permutation_p(hits, sizes, target, seed=4)
    assert (np.abs(drawn - exact) < 4 * np.sqrt(exact * (1 - exact) / 9_999) + 1e-4).all()
    assert not np.array_equal(drawn, permutation_p(hits, sizes, target, seed=5))
    np.testing.assert_array_equal(drawn, permutation_p(hits, sizes, target, seed=4))
    apart = np.where(target, 50, 0)[:, None] + rng.integers(0, 9, (16, 1))
    assert permutation_p(apart, np.full(16, 99), target, alternative="greater")[0] >= 1 / 10_000
    assert smallest_p(8, 8) == max(2 / comb(16, 8), 1 / 10_000)
    assert smallest_p(30, 30) == 1 / 10_000


def test_p_is_uniform_where_groups_are_dealt_out_by_chance():
    rng = np.random.default_rng(6)
    hits = rng.poisson(rng.gamma(1, 5, (8, 4_000)))
    p = permutation_p(hits, np.full(8, 500), np.arange(8) < 4)
    for level in (0.05, 0.2, 0.5):
        assert (p <= level).mean() <= level + 3 * np.sqrt(level / 4_000)
    assert (p <= 0.2).mean() > 0.15


def test_authors_dealt_out_together_reach_less_than_their_documents_one_by_one():
    hits = np.array([[6], [7], [8], [1], [2], [1], [0]])
    alone = permutation_p(hits, np.full(7, 100), np.arange(7) < 3, alternative="greater")
    together = np.array([[21], [1], [2], [1], [0]])
    authors = permutation_p(together, [300, 100, 100, 100, 100], np.arange(5) < 1, alternative="greater")
    assert (alone[0], authors[0]) == (1 / 35, 1 / 5)


def test_blocks_and_sparse_counts_change_nothing(monkeypatch):
    rng = np.random.default_rng(3)
    hits, sizes, target = rng.poisson(2, (9, 5)), rng.integers(20, 50, 9), np.arange(9) % 2 == 0
    expected = permutation_p(hits, sizes, target)
    monkeypatch.setattr(permutation, "AT_ONCE", 50)
    np.testing.assert_array_equal(permutation_p(sparse.csr_array(hits), sizes, target), expected)


def test_a_group_without_documents_has_no_p():
    assert np.isnan(permutation_p([[1], [2]], [9, 9], [True, True]))
    assert np.isnan(smallest_p(0, 3))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: permutation_p([[1]], [1], [True], alternative="larger"), "alternative must be one of 'two-sided'"),
        (lambda: permutation_p([[1], [2]], [1, 0], [True, False]), "each must have words"),
        (lambda: permutation_p([[1], [2]], [1, 1], [True]), "target must say of each document"),
        (lambda: permutation_p([[1], [2]], [1], [True, False]), "sizes must hold one number per row"),
        (lambda: smallest_p(-1, 2), "must be 0 or more; got -1 and 2"),
    ],
)
def test_what_cannot_be_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
