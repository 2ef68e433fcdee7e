"""G2, chi-square and what is made of them: signs, symmetries, edges, and their agreement with scipy."""

from __future__ import annotations

from decimal import Decimal, getcontext
from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from discourse.measures import bic, chi_squared, ell, log_likelihood, text_dispersion_keyness

counts = st.integers(0, 5_000)
totals = st.integers(5_000, 2_000_000)
sides = st.tuples(counts, totals, counts, totals)
FORMULAS = ["four_cell", "two_cell"]
SCORES = [
    *[partial(log_likelihood, formula=formula) for formula in FORMULAS],
    chi_squared,
    partial(chi_squared, correction="yates"),
]


def swapped(table: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    return table[2], table[3], table[0], table[1]


@given(sides.filter(lambda table: table[0] + table[2] > 0))
def test_four_cells_hold_at_least_the_evidence_of_two(table):
    four, two = (abs(log_likelihood(*table, formula=formula)) for formula in FORMULAS)
    assert four >= two - 1e-9


@given(sides.filter(lambda table: 0 < table[0] + table[2] < table[1] + table[3]))
def test_four_cell_log_likelihood_is_the_g_test_of_scipy(table):
    a, n_a, b, n_b = table
    g2 = stats.chi2_contingency([[a, b], [n_a - a, n_b - b]], correction=False, lambda_="log-likelihood")
    np.testing.assert_allclose(abs(log_likelihood(*table)), g2.statistic, rtol=1e-6, atol=1e-6)


def by_long_division(a: int, n_a: int, b: int, n_b: int, *, formula: str) -> float:
    """G2 with sixty digits."""
    getcontext().prec = 60
    hits, words = Decimal(a + b), Decimal(n_a + n_b)
    cells = [(Decimal(a), n_a * hits / words), (Decimal(b), n_b * hits / words)]
    if formula == "four_cell":
        cells += [(n_a - Decimal(a), n_a * (words - hits) / words), (n_b - Decimal(b), n_b * (words - hits) / words)]
    g2 = 2 * sum(observed * (observed / expected).ln() for observed, expected in cells if observed)
    return float(g2) * np.sign(a * n_b - b * n_a)


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize(
    "table",
    [
        (10**9, 10**11, 10**9 + 1, 10**11),
        (10**9 + 10_000, 10**11, 10**9, 10**11),
        (8_283_940, 28_412_136_090, 602_746, 2_067_291_048),
        (53, 487_159_335, 26_919_614, 99_616_011_427),
        (10**11, 10**11, 0, 10**11),
    ],
)
def test_g2_of_huge_corpora_keeps_its_sign_and_its_digits(table, formula):
    assert log_likelihood(*table, formula=formula) == pytest.approx(by_long_division(*table, formula=formula), rel=1e-6)


def test_an_item_that_is_every_word_of_both_sides_is_not_key():
    assert log_likelihood(10, 10, 20, 20) == 0


def test_an_unknown_formula_is_named():
    message = "formula must be one of 'four_cell', 'two_cell'; got 'two-cell'. Did you mean 'two_cell'?"
    with pytest.raises(ValueError, match="formula") as raised:
        log_likelihood(1, 10, 2, 10, formula="two-cell")
    assert str(raised.value) == message


@pytest.mark.parametrize("score", SCORES)
@given(table=sides)
def test_swapping_target_and_reference_negates_every_score(score, table):
    np.testing.assert_allclose(score(*table), -score(*swapped(table)), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("score", SCORES)
@given(count=st.integers(1, 1_000), total=st.integers(1_001, 100_000), times=st.integers(1, 50))
def test_proportional_counts_have_no_score(score, count, total, times):
    assert abs(score(count, total, count * times, total * times)) < 1e-12
    assert ell(10, 1_000, 10 * times, 1_000 * times) == 0


@given(sides.filter(lambda table: table[0] + table[2] > 0))
def test_all_scores_agree_on_the_direction(table):
    higher = np.sign(table[0] * table[3] - table[2] * table[1])
    assert [np.sign(score(*table)) for score in SCORES[:3]] == [higher] * 3
    assert np.sign(chi_squared(*table, correction="yates")) in (0, higher)


@pytest.mark.parametrize("correction", ["none", "yates"])
@given(table=sides.filter(lambda table: 0 < table[0] + table[2] < table[1] + table[3]))
def test_chi_squared_is_that_of_scipy_with_and_without_correction(table, correction):
    a, n_a, b, n_b = table
    expected = stats.chi2_contingency([[a, b], [n_a - a, n_b - b]], correction=correction == "yates").statistic
    np.testing.assert_allclose(abs(chi_squared(*table, correction=correction)), expected, rtol=1e-9, atol=1e-12)


@given(sides)
def test_a_correction_for_continuity_never_adds_evidence(table):
    plain, corrected = (abs(chi_squared(*table, correction=correction)) for correction in ("none", "yates"))
    assert np.isnan(plain) or corrected <= plain


def test_the_counts_are_exact_for_corpora_of_a_hundred_billion_words():
    # Of 1e11 words each, 1e6 hits are expected; 1,000 more and less: chi-square = 2 × 1000² / 1e6, and 1e-5 of it.
    score = chi_squared(1_001_000, 10**11, 999_000, 10**11)
    np.testing.assert_allclose(score, 2 / (1 - 1e-5), rtol=1e-9)
    np.testing.assert_allclose(log_likelihood(1_001_000, 10**11, 999_000, 10**11), score, rtol=1e-4)


@pytest.mark.parametrize("table", [(0, 0, 3, 10), (3, 10, 0, 0), (0, 0, 0, 0), (0, 10, 0, 10), (np.nan, 10, 3, 10)])
def test_nothing_to_compare_is_nan(table):
    assert np.isnan([*[score(*table) for score in SCORES], ell(*table)]).all()


def test_text_dispersion_counts_documents_as_log_likelihood_counts_words():
    table = (40, 100, 20, 120)
    for formula in FORMULAS:
        assert text_dispersion_keyness(*table, formula=formula) == log_likelihood(*table, formula=formula)
    with pytest.raises(ValueError, match="count_target must not be larger than total_target; got 9 of 8"):
        text_dispersion_keyness(9, 8, 1, 10)


@given(sides.filter(lambda table: table[0] + table[2] > 0), st.integers(2, 9))
def test_bic_takes_the_logarithm_of_all_words_from_the_evidence(table, groups):
    g2, words = log_likelihood(*table), table[1] + table[3]
    np.testing.assert_allclose(bic(g2, words), abs(g2) - np.log(words))
    np.testing.assert_allclose(bic(g2, words) - bic(g2, words, df=groups), (groups - 1) * np.log(words))
    assert bic(g2, words) == bic(-g2, words)


def test_bic_without_words_is_undefined():
    assert np.isnan(bic(10.0, 0))
    with pytest.raises(ValueError, match=r"total must not be negative; got -5\. Pass counts"):
        bic(10.0, -5)


def test_ell_takes_the_smaller_expected_count_and_the_two_cell_evidence():
    # 60 hits in 1,000 and 9,000 words: 6 and 54 are expected.
    g2 = 2 * (20 * np.log(20 / 6) + 40 * np.log(40 / 54))
    np.testing.assert_allclose(ell(20, 1_000, 40, 9_000), g2 / (10_000 * np.log(6)))
    np.testing.assert_allclose(ell(40, 9_000, 20, 1_000), ell(20, 1_000, 40, 9_000))


def test_ell_has_no_scale_where_one_hit_or_less_is_expected():
    assert np.isnan(ell(2, 1_000, 0, 1_000))
    assert ell(3, 1_000, 0, 1_000) > 0


def test_an_unknown_correction_is_named():
    with pytest.raises(ValueError, match="correction must be one of 'none', 'yates'; got 'yate'"):
        chi_squared(1, 10, 2, 10, correction="yate")
