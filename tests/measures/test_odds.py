"""Odds ratios against scipy; log-odds with priors: signs, shrinkage, variance, and the pool."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats.contingency import odds_ratio as scipy_odds_ratio

from discourse.measures import (
    background_prior,
    flat_prior,
    log_odds_prior,
    odds_ratio,
    pooled_log_odds,
    weighted_log_odds,
)

counts = st.integers(0, 5_000)
totals = st.integers(5_000, 2_000_000)
sides = st.tuples(counts, totals, counts, totals)
small = st.tuples(st.integers(1, 300), st.integers(1, 2_000)).flatmap(
    lambda totals: st.tuples(
        st.integers(0, totals[0]), st.just(totals[0]), st.integers(0, totals[1]), st.just(totals[1])
    )
)
tables = arrays(np.int64, st.tuples(st.integers(1, 5), st.integers(2, 4)), elements=st.integers(0, 60))


def swapped(table: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    return table[2], table[3], table[0], table[1]


@given(sides, st.integers(1, 500))
def test_swapping_target_and_reference_negates_log_odds(table, prior):
    there = log_odds_prior(*table, prior=prior, prior_total=10_000)
    back = log_odds_prior(*swapped(table), prior=prior, prior_total=10_000)
    np.testing.assert_allclose(there, np.negative(back), rtol=1e-9, atol=1e-12)


@given(st.integers(1, 400), st.integers(1, 400))
def test_a_growing_prior_shrinks_log_odds_to_zero(count_target, count_reference):
    prior = np.array([0.01, 1, 100, 10_000, 1e6])
    delta, z = log_odds_prior(count_target, 10_000, count_reference, 10_000, prior=prior, prior_total=prior * 1_000)
    assert (np.diff(np.abs(delta)) <= 1e-12).all()
    assert abs(delta[-1]) < 1e-3
    assert abs(z[-1]) < 0.5


def test_log_odds_need_a_hit_or_a_prior_on_each_side():
    delta, z = log_odds_prior([0, 0, 0], [10, 10, 0], [3, 3, 0], [10, 10, 10], prior=[0, 1, 1], prior_total=5)
    assert np.isnan(delta).tolist() == np.isnan(z).tolist() == [True, False, True]


def test_rows_can_be_left_out_without_changing_the_others():
    a, b, prior = np.array([5, 1, 9]), np.array([2, 2, 2]), np.array([1.0, 2.0, 3.0])
    whole = log_odds_prior(a, 100, b, 200, prior=prior, prior_total=50)
    part = log_odds_prior(a[1:], 100, b[1:], 200, prior=prior[1:], prior_total=50)
    np.testing.assert_array_equal(np.array(whole)[:, 1:], part)


@pytest.mark.parametrize("estimate", ["sample", "conditional"])
@given(table=small.filter(lambda table: 0 < table[0] + table[2] < table[1] + table[3]))
def test_odds_ratios_are_those_of_scipy(estimate, table):
    a, n_a, b, n_b = table
    expected = scipy_odds_ratio([[a, b], [n_a - a, n_b - b]], kind=estimate).statistic
    np.testing.assert_allclose(odds_ratio(*table, estimate=estimate), expected, rtol=1e-7)


@given(small)
def test_the_conditional_estimate_lies_between_one_and_the_sample_odds_ratio(table):
    with np.errstate(divide="ignore"):
        sample, conditional = (np.log(odds_ratio(*table, estimate=kind)) for kind in ("sample", "conditional"))
    if np.isfinite(sample):
        assert abs(conditional) <= abs(sample) + 1e-9
        assert np.sign(np.round(conditional, 9)) == np.sign(np.round(sample, 9))
    else:
        np.testing.assert_equal(conditional, sample)


def test_the_conditional_estimate_of_large_counts_is_close_to_the_sample_odds_ratio():
    table = np.array([900_000, 30, 4]), 10**8, np.array([600_000, 50_000, 2]), 2 * 10**8
    off = odds_ratio(*table, estimate="conditional") / odds_ratio(*table) - 1
    assert (np.abs(off) < [1e-5, 0.04, 0.5]).all()


def test_zero_rules_of_the_sample_odds_ratio():
    table = (3, 10, 0, 20)
    assert odds_ratio(*table) == np.inf
    assert odds_ratio(*table, zeros="half_everywhere") == pytest.approx((3.5 / 7.5) / (0.5 / 20.5))
    assert odds_ratio(*table, zeros="half_in_zero_cells") == pytest.approx((3 / 7) / (0.5 / 20))
    assert odds_ratio(*swapped(table)) == odds_ratio(*swapped(table), estimate="conditional") == 0


@pytest.mark.parametrize("estimate", ["sample", "conditional"])
def test_odds_without_an_alternative_are_undefined(estimate):
    every_word, no_words, no_hits = (10, 10, 20, 20), (0, 0, 3, 10), (0, 10, 0, 10)
    assert np.isnan([odds_ratio(*table, estimate=estimate) for table in (every_word, no_words, no_hits)]).all()


def test_unknown_options_are_named():
    with pytest.raises(ValueError, match="estimate must be one of 'sample', 'conditional'; got 'mle'"):
        odds_ratio(1, 10, 2, 10, estimate="mle")
    with pytest.raises(ValueError, match="variance must be one of 'approximate', 'full'; got 'fast'"):
        weighted_log_odds(1, 10, 2, 10, prior=(1, 10), variance="fast")
    with pytest.raises(ValueError, match="pool must be one of 'sum', 'once'; got 'twice'"):
        pooled_log_odds([[1, 2]], [10, 10], prior=(1, 10), pool="twice")


@given(sides, st.integers(1, 500))
def test_log_odds_prior_gives_delta_and_z_of_the_approximate_variance(table, prior):
    delta, variance, z = weighted_log_odds(*table, prior=(prior, 10_000))
    assert (delta, z) == log_odds_prior(*table, prior=prior, prior_total=10_000)
    np.testing.assert_allclose(variance, 1 / (table[0] + prior) + 1 / (table[2] + prior))


@given(sides, st.integers(1, 500))
def test_the_full_variance_adds_the_other_words_and_is_larger(table, prior):
    (delta, approximate, z), (same, full, smaller) = (
        weighted_log_odds(*table, prior=(prior, 10_000), variance=kind) for kind in ("approximate", "full")
    )
    rest = [total + 10_000 - count - prior for count, total in (table[:2], table[2:])]
    np.testing.assert_allclose(full, approximate + 1 / rest[0] + 1 / rest[1])
    assert delta == same
    assert abs(smaller) <= abs(z)


def test_without_a_prior_delta_is_the_log_odds_ratio():
    delta, _, _ = weighted_log_odds(30, 1_000, 10, 1_000, prior=(0, 0))
    np.testing.assert_allclose(np.exp(delta), odds_ratio(30, 1_000, 10, 1_000))


def test_a_background_prior_is_in_proportion_and_a_flat_one_is_not():
    prior, mass = background_prior([30, 10, 0], 100, mass=50)
    assert prior.tolist() == [15, 5, 0]
    assert mass.tolist() == [50, 50, 50]
    assert flat_prior(0.01, 200) == (0.01, 2.0)
    assert np.isnan(background_prior(0, 0, mass=5)[0])


def test_a_prior_from_the_background_pulls_towards_no_difference_not_towards_equal_words():
    prior = background_prior([300, 3], 10_000, mass=10_000)
    delta, _, z = weighted_log_odds([30, 0], 1_000, [30, 0], 1_000, prior=prior)
    assert delta.tolist() == z.tolist() == [0, 0]


@pytest.mark.parametrize("wrong", [lambda: flat_prior(0, 10), lambda: flat_prior(1, 0)])
def test_a_flat_prior_of_nothing_is_named(wrong):
    with pytest.raises(ValueError, match="each and n_items must be greater than 0; got"):
        wrong()


def test_a_background_prior_of_no_mass_is_named():
    with pytest.raises(ValueError, match=r"mass must be greater than 0; got 0\. Pass the words"):
        background_prior([1], 10, mass=0)


@given(tables)
def test_two_groups_stand_on_opposite_sides_of_their_pool(counts):
    totals = counts.sum(axis=0) + 100
    delta, variance, z = pooled_log_odds(counts, totals, prior=(1, 500))
    assert delta.shape == variance.shape == z.shape == counts.shape
    if counts.shape[1] == 2:
        assert (np.sign(np.round(delta[:, 0], 12)) == -np.sign(np.round(delta[:, 1], 12))).all()


@pytest.mark.parametrize(("pool", "times"), [("sum", 3), ("once", 1)])
def test_the_pool_is_a_reference_that_holds_the_group(pool, times):
    counts, totals = np.array([[5, 9, 1], [2, 0, 4]]), np.array([50, 60, 40])
    delta, variance, z = pooled_log_odds(counts, totals, prior=(2, 20), pool=pool, variance="full")
    own, rest = counts + 2, totals + 20 - counts - 2
    pooled = counts.sum(axis=1, keepdims=True) + times * 2
    pooled_rest = totals.sum() + times * 20 - pooled
    np.testing.assert_allclose(delta, np.log(own / rest) - np.log(pooled / pooled_rest))
    np.testing.assert_allclose(variance, 1 / own + 1 / rest + 1 / pooled + 1 / pooled_rest)
    np.testing.assert_allclose(z, delta / np.sqrt(variance))


def test_equal_groups_do_not_differ_from_their_pool():
    delta, _, z = pooled_log_odds([[4, 4, 4]], [100, 100, 100], prior=flat_prior(1, 50))
    assert np.abs([delta, z]).max() < 1e-12


def test_a_group_without_words_has_no_odds():
    delta, _, _ = pooled_log_odds([[4, 0], [1, 0]], [100, 0], prior=(1, 50))
    assert np.isnan(delta).tolist() == [[False, True], [False, True]]


def test_groups_need_a_table():
    with pytest.raises(ValueError, match=r"counts must have two dimensions; got 1\. Pass items × groups"):
        pooled_log_odds([1, 2], [10, 10], prior=(1, 5))
