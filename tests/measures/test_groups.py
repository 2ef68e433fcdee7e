"""Several groups: two of them are a target and a reference, all of them are scipy's test, limits hold together."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from discourse.measures import (
    group_log_likelihood,
    group_log_ratios,
    group_pairs,
    log_likelihood,
    log_ratio,
    log_ratio_interval,
    simultaneous_quantile,
)

tables = arrays(np.int64, st.tuples(st.integers(1, 4), st.integers(2, 5)), elements=st.integers(0, 90))
CHOICES = [*itertools.product(["rest", "pairs"], ["sidak", "bonferroni", "none"]), ("pairs", "tukey")]


def totals_for(counts: np.ndarray) -> np.ndarray:
    return counts.sum(axis=0) + 50 * np.arange(1, counts.shape[1] + 1)


def test_nearly_equal_groups_of_huge_corpora_differ_by_a_little_more_than_nothing():
    # So near to one another G2 is chi-square, here 2/3 / E(1 - E / n), by hand.
    g2 = group_log_likelihood([10**9, 10**9 + 1, 10**9], [10**11] * 3)
    assert g2 == pytest.approx(2 / 3 / (10**9 * 0.99), rel=1e-6)


@given(tables)
def test_all_groups_at_once_are_the_g_test_of_scipy(counts):
    totals = totals_for(counts)
    computed = group_log_likelihood(counts, totals)
    for hits, g2 in zip(counts, computed, strict=True):
        if hits.sum():
            test = stats.chi2_contingency([hits, totals - hits], correction=False, lambda_="log-likelihood")
            np.testing.assert_allclose(g2, test.statistic, rtol=1e-6, atol=1e-9)
        else:
            assert np.isnan(g2)


@given(tables)
def test_two_groups_are_target_and_reference(counts):
    counts, totals = counts[:, :2], totals_for(counts)[:2]
    signed = log_likelihood(counts[:, 0], totals[0], counts[:, 1], totals[1])
    np.testing.assert_allclose(group_log_likelihood(counts, totals), np.abs(signed), rtol=1e-9, atol=1e-9)


@given(tables, st.randoms(use_true_random=False))
def test_the_order_of_groups_changes_nothing(counts, random):
    order = random.sample(range(counts.shape[1]), counts.shape[1])
    totals = totals_for(counts)
    there, back = group_log_likelihood(counts[:, order], totals[order]), group_log_likelihood(counts, totals)
    np.testing.assert_allclose(there, back, rtol=1e-9, atol=1e-9)


def test_an_item_alone_is_one_number_and_a_group_without_words_none():
    assert np.ndim(group_log_likelihood([3, 4, 5], [90, 80, 70])) == 0
    assert np.isnan(group_log_likelihood([3, 4, 0], [90, 80, 0]))


@pytest.mark.parametrize(("against", "adjustment"), CHOICES)
@given(counts=tables)
def test_every_comparison_is_a_log_ratio_with_wider_limits(against, adjustment, counts):
    totals = totals_for(counts)
    groups = counts.shape[1]
    rest = [(g, [other for other in range(groups) if other != g]) for g in range(groups)]
    sides = rest if against == "rest" else [(a, [b]) for a, b in itertools.combinations(range(groups), 2)]
    ratio, low, high = group_log_ratios(counts, totals, against=against, adjustment=adjustment)
    widening = simultaneous_quantile(groups, against=against, adjustment=adjustment) / stats.norm.ppf(0.975)
    assert ratio.shape == low.shape == high.shape == (len(counts), len(sides))
    for number, (target, others) in enumerate(sides):
        reference = counts[:, others].sum(axis=1), totals[others].sum()
        four = counts[:, target], totals[target], *reference
        expected, alone = log_ratio(*four), log_ratio_interval(*four)
        np.testing.assert_allclose(ratio[:, number], expected, atol=1e-12)
        np.testing.assert_allclose(low[:, number], expected - (expected - alone[0]) * widening, atol=1e-9)
        np.testing.assert_allclose(high[:, number], expected + (alone[1] - expected) * widening, atol=1e-9)


def test_pairs_are_numbered_row_by_row():
    target, reference = group_pairs(4)
    assert list(zip(target.tolist(), reference.tolist(), strict=True)) == list(itertools.combinations(range(4), 2))


@pytest.mark.parametrize("groups", [2, 3, 5, 10])
def test_tukey_is_the_shortest_for_all_pairs_and_bonferroni_the_longest(groups):
    lengths = [
        simultaneous_quantile(groups, against="pairs", adjustment=adjustment)
        for adjustment in ("none", "tukey", "sidak", "bonferroni")
    ]
    assert lengths == sorted(lengths) or groups == 2
    np.testing.assert_allclose(lengths if groups == 2 else lengths[0], stats.norm.ppf(0.975), rtol=1e-6)


@pytest.mark.parametrize("groups", [3, 6])
@pytest.mark.parametrize(("against", "adjustment"), [("pairs", "tukey"), ("pairs", "sidak"), ("rest", "sidak")])
def test_all_intervals_hold_together_as_often_as_they_say(groups, against, adjustment):
    # Log rates of groups alike, each with the same error: how often no comparison leaves its limits.
    draws = np.random.default_rng(7).normal(size=(100_000, groups))
    if against == "pairs":
        target, reference = group_pairs(groups)
        z = (draws[:, target] - draws[:, reference]) / np.sqrt(2)
    else:
        rest = (draws.sum(axis=1, keepdims=True) - draws) / (groups - 1)
        z = (draws - rest) / np.sqrt(1 + 1 / (groups - 1))
    held = (np.abs(z).max(axis=1) <= simultaneous_quantile(groups, against=against, adjustment=adjustment)).mean()
    if adjustment == "tukey":
        assert abs(held - 0.95) < 0.003
    else:
        assert 0.949 < held < 0.975


def test_what_makes_no_sense_is_named():
    with pytest.raises(ValueError, match=r"counts must have two or more groups along its last axis; got shape \(1,\)"):
        group_log_likelihood([5], [100])
    with pytest.raises(ValueError, match=r"n_groups must be 2 or more; got 1\. Pass the number of columns"):
        group_pairs(1)
    with pytest.raises(ValueError, match="adjustment must not be 'tukey' against the rest; got both"):
        group_log_ratios([1, 2, 3], [50, 50, 50], adjustment="tukey")
    with pytest.raises(ValueError, match="adjustment must be one of 'sidak', 'bonferroni', 'tukey', 'none'; got"):
        group_log_ratios([1, 2, 3], [50, 50, 50], adjustment="holm")
    with pytest.raises(ValueError, match="against must be one of 'rest', 'pairs'; got 'all'"):
        group_log_ratios([1, 2, 3], [50, 50, 50], against="all")
