"""Signs, symmetries and edges of the keyness measures, and their agreement with scipy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.stats.contingency import relative_risk

from discourse.measures import log10_p, log_likelihood, log_odds_prior, log_ratio, log_ratio_interval, p_value

counts = st.integers(0, 5_000)
totals = st.integers(5_000, 2_000_000)
sides = st.tuples(counts, totals, counts, totals)
FORMULAS = ["four_cell", "two_cell"]


def swapped(table: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    return table[2], table[3], table[0], table[1]


@given(sides, st.sampled_from(FORMULAS))
def test_swapping_target_and_reference_negates_log_likelihood(table, formula):
    there, back = log_likelihood(*table, formula=formula), log_likelihood(*swapped(table), formula=formula)
    np.testing.assert_allclose(there, -back, rtol=1e-9, atol=1e-9)


@given(sides)
def test_swapping_target_and_reference_negates_log_ratio(table):
    np.testing.assert_allclose(log_ratio(*table), -log_ratio(*swapped(table)), rtol=1e-9, atol=1e-12)


@given(sides)
def test_swapping_target_and_reference_turns_the_interval_around(table):
    low, high = log_ratio_interval(*table)
    low_back, high_back = log_ratio_interval(*swapped(table))
    np.testing.assert_allclose([low, high], [-high_back, -low_back], rtol=1e-9, atol=1e-12)


@given(sides, st.integers(1, 500))
def test_swapping_target_and_reference_negates_log_odds(table, prior):
    there = log_odds_prior(*table, prior=prior, prior_total=10_000)
    back = log_odds_prior(*swapped(table), prior=prior, prior_total=10_000)
    np.testing.assert_allclose(there, np.negative(back), rtol=1e-9, atol=1e-12)


@given(st.integers(1, 1_000), st.integers(1_000, 100_000), st.integers(1, 50))
def test_proportional_counts_give_zero_everywhere(count, total, times):
    table = count, total, count * times, total * times
    assert log_ratio(*table) == 0
    assert [log_likelihood(*table, formula=formula) for formula in FORMULAS] == [0, 0]
    low, high = log_ratio_interval(*table)
    assert low <= 0 <= high


@given(sides.filter(lambda table: table[0] + table[2] > 0))
def test_both_formulas_and_log_ratio_agree_on_the_direction(table):
    higher = np.sign(table[0] / table[1] - table[2] / table[3])
    signs = [np.sign(log_likelihood(*table, formula=formula)) for formula in FORMULAS]
    assert signs == [higher, higher]
    if table[0] and table[2]:
        assert np.sign(log_ratio(*table)) == higher


@given(sides.filter(lambda table: table[0] + table[2] > 0))
def test_four_cells_hold_at_least_the_evidence_of_two(table):
    four, two = (abs(log_likelihood(*table, formula=formula)) for formula in FORMULAS)
    assert four >= two - 1e-9


@given(sides.filter(lambda table: 0 < table[0] + table[2] < table[1] + table[3]))
def test_four_cell_log_likelihood_is_the_g_test_of_scipy(table):
    a, n_a, b, n_b = table
    g2 = stats.chi2_contingency([[a, b], [n_a - a, n_b - b]], correction=False, lambda_="log-likelihood")
    np.testing.assert_allclose(abs(log_likelihood(*table)), g2.statistic, rtol=1e-6, atol=1e-6)


@given(st.tuples(st.integers(1, 5_000), totals, st.integers(1, 5_000), totals), st.sampled_from([0.8, 0.95, 0.99]))
def test_log_ratio_and_its_interval_are_the_relative_risk_of_scipy(table, level):
    expected = relative_risk(*table)
    limits = expected.confidence_interval(level)
    computed = [log_ratio(*table), *log_ratio_interval(*table, level=level)]
    np.testing.assert_allclose(np.exp2(computed), [expected.relative_risk, limits.low, limits.high], rtol=1e-9)


@given(sides.filter(lambda table: table[0] + table[2] > 0))
def test_the_interval_holds_the_log_ratio(table):
    low, high = log_ratio_interval(*table)
    assert low <= log_ratio(*table) <= high


def test_half_a_hit_stands_for_none_in_that_cell_alone():
    assert log_ratio(0, 1_000, 4, 1_000) == -3
    assert log_ratio(4, 1_000, 0, 1_000) == 3


def test_a_side_without_hits_leaves_the_interval_open():
    low, high = log_ratio_interval([0, 5], 1_000, [5, 0], 1_000)
    assert low[0] == -np.inf
    assert high[1] == np.inf
    assert np.isfinite([high[0], low[1]]).all()


@pytest.mark.parametrize("table", [(0, 0, 3, 10), (3, 10, 0, 0), (0, 0, 0, 0), (0, 10, 0, 10), (np.nan, 10, 3, 10)])
def test_nothing_to_compare_is_nan(table):
    results = [log_ratio(*table), *log_ratio_interval(*table)]
    results += [log_likelihood(*table, formula=formula) for formula in FORMULAS]
    assert np.isnan(results).all()


def test_an_item_that_is_every_word_of_both_sides_is_not_key():
    assert log_likelihood(10, 10, 20, 20) == 0


@given(st.floats(0, 1_000))
def test_p_is_the_survival_function_of_chi_square_whatever_the_sign(g2):
    np.testing.assert_allclose(p_value([g2, -g2]), stats.chi2.sf(g2, 1), rtol=1e-9)


@given(st.floats(0, 1_000))
def test_log10_p_is_the_logarithm_of_p(g2):
    np.testing.assert_allclose(log10_p(g2), np.log10(p_value(g2)), rtol=1e-10, atol=1e-14)


def test_log10_p_stays_finite_where_p_underflows():
    # Mills ratio: sf(x) = 2 phi(√x) / √x (1 - 1/x + 3/x² - 15/x³ + 105/x⁴ ...), the terms left out are below 1e-12.
    g2 = np.array([2_000.0, 50_000.0])
    series = 1 - 1 / g2 + 3 / g2**2 - 15 / g2**3 + 105 / g2**4
    asymptotic = (-g2 / 2 + np.log(series) + np.log(2 / np.pi) / 2 - np.log(g2) / 2) / np.log(10)
    assert p_value(2_000.0) == 0
    np.testing.assert_allclose(log10_p(g2), asymptotic, rtol=1e-13)


def test_no_evidence_has_p_one():
    assert p_value(0.0) == 1
    assert log10_p(0.0) == 0
    assert np.isnan([p_value(np.nan), log10_p(np.nan)]).all()


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


def test_an_unknown_formula_is_named():
    message = "formula must be one of 'four_cell', 'two_cell'; got 'two-cell'. Did you mean 'two_cell'?"
    with pytest.raises(ValueError, match="formula") as raised:
        log_likelihood(1, 10, 2, 10, formula="two-cell")
    assert str(raised.value) == message


def test_a_count_above_its_total_is_named():
    with pytest.raises(ValueError, match="count_reference") as raised:
        log_ratio([1, 2], 10, [3, 12], 10)
    assert str(raised.value) == (
        "count_reference must not be larger than total_reference; got 12 of 10. "
        "Pass the words that the counts were taken from as total_reference."
    )
