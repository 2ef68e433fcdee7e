"""Weights of documents: Poisson with mean 1, independent, and the same however a corpus is cut."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse, stats

from discourse.measures import percentile_limits, poisson_weights, resampled_sums
from discourse.measures.resampling import _cumulative, _mixed

# Hashes that follow one another are the hardest to make independent.
MANY = np.arange(4_000, dtype=np.uint64)
hashes = st.lists(st.integers(0, 2**64 - 1), min_size=1, max_size=12, unique=True)


def test_the_mixing_is_splitmix64():
    # The first numbers of the reference implementation of Vigna (2015) for the state 1234567.
    state = np.uint64(1234567) + np.arange(1, 6, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    published = [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431]
    assert _mixed(state).tolist() == [*published, 16408922859458223821]


def test_the_thresholds_are_the_cumulative_probabilities_to_the_last_bit():
    exact = [Fraction(int(value), 2**64) for value in _cumulative()]
    np.testing.assert_allclose([float(value) for value in exact], stats.poisson.cdf(range(len(exact)), 1), rtol=1e-15)
    # 1/e = 0.367879441171442321595523770161460867445811131031767834507836… (OEIS A068985)
    known = Fraction(367879441171442321595523770161460867445811131031767834507836, 10**60)
    assert [int(value * 2**64) for value in (known, 2 * known)] == _cumulative()[:2].tolist()
    assert (np.diff(_cumulative()) > 0).all()


def test_weights_are_poisson_with_mean_one():
    weights = poisson_weights(MANY, draws=500, seed=4).ravel()
    seen = np.bincount(weights, minlength=8)[:8]
    seen[7] = (weights >= 7).sum()
    expected = np.append(stats.poisson.pmf(range(7), 1), stats.poisson.sf(6, 1)) * len(weights)
    assert stats.chisquare(seen, expected).pvalue > 0.001
    assert abs(weights.mean() - 1) < 4 / np.sqrt(len(weights))
    assert abs(weights.var() - 1) < 4 * np.sqrt(3 / len(weights))


@pytest.mark.parametrize("lag", [(1, 0), (0, 1), (1, 1), (1, -1), (2, 0), (64, 3)])
def test_neighbours_among_documents_and_among_draws_are_independent(lag):
    weights = poisson_weights(MANY, draws=300, seed=5).astype(float) - 1
    moved = np.roll(weights, lag, axis=(0, 1))
    assert abs((weights * moved).mean()) < 4 / np.sqrt(weights.size)


def test_sums_over_documents_have_the_spread_of_independent_weights():
    sums = resampled_sums(np.ones((len(MANY), 1), np.int64), MANY, draws=2_000, seed=6)[:, 0]
    assert abs(sums.mean() - len(MANY)) < 4 * np.sqrt(len(MANY) / len(sums))
    assert 0.88 < sums.var() / len(MANY) < 1.12


def test_another_seed_draws_other_weights_that_have_nothing_to_do_with_the_first():
    first, second = (poisson_weights(MANY, draws=200, seed=seed).astype(float) - 1 for seed in (1, 2))
    assert abs((first * second).mean()) < 4 / np.sqrt(first.size)


@given(hashes, st.integers(0, 2**70), st.integers(1, 40))
def test_a_weight_depends_on_nothing_but_document_draw_and_seed(numbers, seed, draws):
    whole = poisson_weights(np.array(numbers, np.uint64), draws=draws, seed=seed)
    for number, row in zip(numbers, whole, strict=True):
        alone = poisson_weights(np.array([number], np.uint64), draws=draws + 3, seed=seed)
        np.testing.assert_array_equal(alone[0, :draws], row)


@given(hashes, st.integers(0, 12), st.data())
def test_sums_of_parts_add_up_to_the_sums_of_the_whole(numbers, at, data):
    rows = st.lists(st.integers(0, 50), min_size=3, max_size=3)
    counts = np.array(data.draw(st.lists(rows, min_size=len(numbers), max_size=len(numbers))))
    own = np.array(numbers, np.uint64)
    whole = resampled_sums(sparse.csr_array(counts), own, draws=9, seed=3)
    parts = [resampled_sums(counts[part], own[part], draws=9, seed=3) for part in (slice(at), slice(at, None))]
    np.testing.assert_array_equal(parts[0] + parts[1], whole)
    weights = poisson_weights(own, draws=9, seed=3).astype(np.int64)
    np.testing.assert_array_equal(whole, weights.T @ counts)


def test_many_documents_are_worked_through_in_stretches():
    counts = np.arange(3_000)[:, None]
    own = np.arange(3_000, dtype=np.uint64)
    expected = poisson_weights(own, draws=999, seed=0).astype(np.int64).T @ counts
    np.testing.assert_array_equal(resampled_sums(counts, own, seed=0), expected)


@pytest.mark.parametrize(("level", "ranks"), [(0.95, (25, 975)), (0.9, (50, 950)), (0.5, (250, 750))])
def test_limits_are_ranks_of_the_draws(level, ranks):
    drawn = np.random.default_rng(0).permutation(np.arange(1, 1000))
    np.testing.assert_allclose(percentile_limits(drawn, level=level), ranks, rtol=1e-12)


def test_limits_are_taken_over_draws_for_each_column_and_undefined_where_a_draw_is():
    drawn = np.stack([np.arange(99.0), np.full(99, 2.0), np.append(np.nan, np.arange(98.0))], axis=1)
    low, high = percentile_limits(drawn, level=0.9)
    np.testing.assert_allclose(low, [4, 2, np.nan])
    np.testing.assert_allclose(high, [94, 2, np.nan])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"hashes": [1], "draws": 0, "seed": 1}, "draws must be 1 or more and seed 0 or more; got 0 and 1."),
        ({"hashes": [1], "draws": 5, "seed": -1}, "draws must be 1 or more and seed 0 or more; got 5 and -1."),
        ({"hashes": [0.5], "seed": 1}, "hashes must be one whole number a document; got float64 of shape"),
        ({"hashes": [[1]], "seed": 1}, "hashes must be one whole number a document; got int64 of shape"),
    ],
)
def test_what_cannot_be_is_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        poisson_weights(**arguments)


def test_counts_without_a_hash_each_are_refused():
    with pytest.raises(ValueError, match="hashes must be one a row of counts; got 1 for 2"):
        resampled_sums([[1], [2]], [1], seed=0)
