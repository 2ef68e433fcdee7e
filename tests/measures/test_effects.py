"""Ratios and differences of rates: signs, zero rules, limits, and their agreement with scipy."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.stats.contingency import relative_risk as scipy_relative_risk

from discourse.measures import (
    conservative_log_ratio,
    difference_coefficient,
    exact_log_ratio_interval,
    log_ratio,
    log_ratio_interval,
    percent_diff,
    relative_risk,
    simple_maths,
)

counts = st.integers(0, 5_000)
totals = st.integers(5_000, 2_000_000)
sides = st.tuples(counts, totals, counts, totals)
filled = st.tuples(st.integers(1, 4_999), totals, st.integers(1, 4_999), totals)
INTERVALS = [log_ratio_interval, exact_log_ratio_interval]
ZEROS = ["half_in_zero_cells", "half_everywhere", "infinite"]


def swapped(table: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    return table[2], table[3], table[0], table[1]


@pytest.mark.parametrize("zeros", ZEROS)
@given(table=sides)
def test_swapping_target_and_reference_negates_log_ratio_by_every_rule(zeros, table):
    there, back = log_ratio(*table, zeros=zeros), log_ratio(*swapped(table), zeros=zeros)
    np.testing.assert_allclose(there, -back, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("interval", INTERVALS)
@given(table=sides)
def test_swapping_target_and_reference_turns_the_interval_around(interval, table):
    low, high = interval(*table)
    low_back, high_back = interval(*swapped(table))
    np.testing.assert_allclose([low, high], [-high_back, -low_back], rtol=1e-9, atol=1e-12)


@given(st.integers(1, 1_000), st.integers(1_001, 100_000), st.integers(1, 50))
def test_proportional_counts_are_no_difference(count, total, times):
    table = count, total, count * times, total * times
    assert log_ratio(*table) == difference_coefficient(*table) == 0
    assert relative_risk(*table) == simple_maths(*table) == 1
    assert percent_diff(*table) == 0
    for interval in INTERVALS:
        low, high = interval(*table)
        assert low <= 0 <= high
        assert conservative_log_ratio(low, high) == 0


@given(filled)
def test_every_effect_is_a_function_of_the_relative_risk(table):
    risk = relative_risk(*table)
    np.testing.assert_allclose(log_ratio(*table), np.log2(risk))
    np.testing.assert_allclose(percent_diff(*table), 100 * (risk - 1))
    np.testing.assert_allclose(difference_coefficient(*table), (risk - 1) / (risk + 1), atol=1e-12)


@given(filled, st.sampled_from([0.8, 0.95, 0.99]))
def test_log_ratio_and_its_interval_are_the_relative_risk_of_scipy(table, level):
    expected = scipy_relative_risk(*table)
    limits = expected.confidence_interval(level)
    computed = [log_ratio(*table), *log_ratio_interval(*table, level=level)]
    np.testing.assert_allclose(np.exp2(computed), [expected.relative_risk, limits.low, limits.high], rtol=1e-9)
    np.testing.assert_allclose(relative_risk(*table), expected.relative_risk, rtol=1e-12)


@given(sides.filter(lambda table: table[0] + table[2] > 0), st.sampled_from([0.8, 0.95, 0.999]))
def test_exact_limits_are_those_of_the_share_of_the_target_in_scipy(table, level):
    a, n_a, b, n_b = table
    share = stats.binomtest(a, a + b).proportion_ci(level, method="exact")
    with np.errstate(divide="ignore"):
        expected = np.log2(np.array([share.low, share.high]) / (1 - np.array([share.low, share.high])) * n_b / n_a)
    np.testing.assert_allclose(exact_log_ratio_interval(*table, level=level), expected, rtol=1e-7, atol=1e-7)


@pytest.mark.parametrize("interval", INTERVALS)
@given(table=sides.filter(lambda table: table[0] + table[2] > 0))
def test_the_interval_holds_the_log_ratio(interval, table):
    low, high = interval(*table)
    assert low <= log_ratio(*table, zeros="infinite") <= high
    assert conservative_log_ratio(low, high) in (low, high, 0)


@pytest.mark.parametrize("interval", INTERVALS)
@given(table=filled, family=st.integers(2, 10_000))
def test_more_rows_make_wider_intervals_and_less_that_is_certain(interval, table, family):
    alone, together = interval(*table), interval(*table, family=family)
    assert together[0] < alone[0] <= alone[1] < together[1]
    assert abs(conservative_log_ratio(*together)) <= abs(conservative_log_ratio(*alone)) <= abs(log_ratio(*table))
    np.testing.assert_allclose(together, interval(*table, level=1 - 0.05 / family), rtol=1e-9)


def test_the_conservative_log_ratio_is_the_limit_nearer_to_zero():
    low, high = [1.0, -3.0, -1.0, -np.inf, 2.0, np.nan], [2.0, -2.0, 1.0, -4.0, np.inf, 1.0]
    np.testing.assert_array_equal(conservative_log_ratio(low, high), [1, -2, 0, -4, 2, np.nan])


def test_half_a_hit_stands_for_none_in_that_cell_alone():
    assert log_ratio(0, 1_000, 4, 1_000) == -3
    assert log_ratio(4, 1_000, 0, 1_000) == 3


def test_half_a_hit_can_be_added_to_every_cell_or_to_none():
    table = (4, 1_000, 0, 2_000)
    np.testing.assert_allclose(log_ratio(*table, zeros="half_everywhere"), np.log2((4.5 / 1_000.5) / (0.5 / 2_000.5)))
    assert log_ratio(*table, zeros="infinite") == relative_risk(*table) == percent_diff(*table) == np.inf
    assert log_ratio(*swapped(table), zeros="infinite") == -np.inf
    assert relative_risk(*swapped(table)) == 0
    assert percent_diff(*swapped(table)) == -100
    assert difference_coefficient(*table) == 1


def test_a_tiny_rate_in_the_place_of_none_shows_that_it_is_one():
    np.testing.assert_allclose(percent_diff(4, 1_000, 0, 1_000, zeros="tiny"), 4e-3 / 1e-18 * 100)
    assert percent_diff(20, 1_000, 10, 1_000, zeros="tiny") == 100


@pytest.mark.parametrize("interval", INTERVALS)
def test_a_side_without_hits_leaves_the_interval_open(interval):
    low, high = interval([0, 5], 1_000, [5, 0], 1_000)
    assert low[0] == -np.inf
    assert high[1] == np.inf
    assert np.isfinite([high[0], low[1]]).all()


MEASURES = [
    *[partial(log_ratio, zeros=zeros) for zeros in ZEROS],
    relative_risk,
    percent_diff,
    partial(percent_diff, zeros="tiny"),
    difference_coefficient,
]


@pytest.mark.parametrize("table", [(0, 0, 3, 10), (3, 10, 0, 0), (0, 0, 0, 0), (0, 10, 0, 10), (np.nan, 10, 3, 10)])
def test_nothing_to_compare_is_nan(table):
    assert np.isnan([measure(*table) for measure in MEASURES]).all()
    assert np.isnan([interval(*table) for interval in INTERVALS]).all()


@given(sides, st.floats(0.01, 1_000))
def test_simple_maths_is_the_ratio_of_the_rates_a_million_after_the_constant(table, constant):
    a, n_a, b, n_b = table
    expected = (1e6 * a / n_a + constant) / (1e6 * b / n_b + constant)
    np.testing.assert_allclose(simple_maths(*table, constant=constant), expected)
    np.testing.assert_allclose(simple_maths(*swapped(table), constant=constant), 1 / expected)


def test_simple_maths_needs_words_but_no_hits():
    assert simple_maths(0, 10, 0, 10) == 1
    assert np.isnan(simple_maths([0, 1], [0, 10], [1, 0], [10, 0])).all()
    with pytest.raises(ValueError, match=r"constant must be greater than 0; got 0\. Pass 1 for rare"):
        simple_maths(1, 10, 1, 10, constant=0)


def test_an_unknown_rule_for_zeros_is_named():
    with pytest.raises(ValueError, match=r"zeros must be one of 'half_in_zero_cells', .* Did you mean 'infinite'"):
        log_ratio(1, 10, 2, 10, zeros="infinit")
    with pytest.raises(ValueError, match=r"zeros must be one of 'half_in_zero_cells', .*, 'tiny'; got 'hardie'"):
        percent_diff(1, 10, 2, 10, zeros="hardie")


def test_limits_the_wrong_way_round_and_a_family_of_none_are_named():
    with pytest.raises(ValueError, match="low must not be larger than high"):
        conservative_log_ratio(2, 1)
    with pytest.raises(ValueError, match=r"family must be at least 1; got 0\. Pass the number of intervals"):
        log_ratio_interval(1, 10, 2, 10, family=0)


def test_a_count_above_its_total_is_named():
    with pytest.raises(ValueError, match="count_reference") as raised:
        log_ratio([1, 2], 10, [3, 12], 10)
    assert str(raised.value) == (
        "count_reference must not be larger than total_reference; got 12 of 10. "
        "Pass the words that the counts were taken from as total_reference."
    )
