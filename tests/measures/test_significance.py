"""p of G2 and of chi-square for any degrees of freedom, and the exact test, against scipy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from discourse.measures import fisher_exact, log10_p, log_likelihood, p_value, presence_p

sides = st.tuples(st.integers(1, 300), st.integers(1, 3_000)).flatmap(
    lambda totals: st.tuples(
        st.integers(0, totals[0]), st.just(totals[0]), st.integers(0, totals[1]), st.just(totals[1])
    )
)
ALTERNATIVES = ["two_sided", "greater", "less"]


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


@given(st.floats(0, 1_000), st.integers(1, 40))
def test_more_degrees_of_freedom_are_those_of_scipy(g2, df):
    np.testing.assert_allclose(p_value(-g2, df=df), stats.chi2.sf(g2, df), rtol=1e-9)
    np.testing.assert_allclose(log10_p(g2, df=df), np.log10(stats.chi2.sf(g2, df)), rtol=1e-9, atol=1e-14)


@given(st.floats(1_000, 1e6), st.integers(1, 20))
def test_even_degrees_of_freedom_have_a_finite_sum_where_p_underflows(g2, half):
    # P(chi-square with 2m degrees ≥ x) = e^(-x/2) Σ (x/2)^k / k! over k < m, added up from the largest term.
    terms = np.cumsum(np.append(0, np.log(g2 / 2) - np.log(np.arange(1, half))))
    expected = (-g2 / 2 + np.logaddexp.reduce(terms)) / np.log(10)
    np.testing.assert_allclose(log10_p(g2, df=2 * half), expected, rtol=1e-12)


def test_both_ways_to_log10_p_meet_where_p_is_still_a_number():
    g2 = np.array([1_200.0, 1_280.0, 1_300.0, 1_400.0])
    assert (p_value(g2, df=3) > 1e-280).tolist() == [True, True, False, False]
    # Each unit of G2 takes half a unit from the natural logarithm of p, and a little less for its square root.
    np.testing.assert_allclose(np.diff(log10_p(g2, df=3)) / np.diff(g2), -0.217, atol=2e-4)
    np.testing.assert_allclose(log10_p(g2, df=1 + 1e-12), log10_p(g2), rtol=1e-10)


def test_rows_may_have_degrees_of_freedom_of_their_own():
    together = p_value([5.0, 5.0], df=[1, 2])
    assert together.tolist() == [float(p_value(5.0)), float(p_value(5.0, df=2))]
    assert log10_p([5.0, 5.0], df=[1, 2]).tolist() == [float(log10_p(5.0)), float(log10_p(5.0, df=2))]
    assert np.isnan(log10_p(np.nan, df=2))


@pytest.mark.parametrize("df", [0, -1, np.nan])
def test_no_degree_of_freedom_is_named(df):
    with pytest.raises(ValueError, match=r"df must be greater than 0; got .*\. Pass the number of groups less one"):
        p_value(3.0, df=df)


@pytest.mark.parametrize("alternative", ALTERNATIVES)
@given(table=sides.filter(lambda table: table[0] + table[2] > 0))
def test_the_exact_test_is_that_of_scipy(alternative, table):
    a, n_a, b, n_b = table
    cells = [[a, b], [n_a - a, n_b - b]]
    expected = stats.fisher_exact(cells, alternative=alternative.replace("_", "-")).pvalue
    np.testing.assert_allclose(fisher_exact(*table, alternative=alternative), expected, rtol=1e-9)


@given(sides.filter(lambda table: table[0] + table[2] > 0))
def test_swapping_target_and_reference_swaps_greater_and_less(table):
    back = table[2], table[3], table[0], table[1]
    assert fisher_exact(*table, alternative="greater") == fisher_exact(*back, alternative="less")
    np.testing.assert_allclose(fisher_exact(*table), fisher_exact(*back), rtol=1e-9)


def test_the_exact_test_keeps_its_digits_in_corpora_of_a_billion_words():
    # With so many words the hits of the target are binomial but for terms of one in a million.
    for a, b in [(3, 0), (40, 10), (900, 1_100)]:
        expected = stats.binomtest(a, a + b, 0.25, alternative="greater").pvalue
        np.testing.assert_allclose(fisher_exact(a, 10**9, b, 3 * 10**9, alternative="greater"), expected, rtol=2e-4)


def test_the_exact_p_follows_that_of_log_likelihood_where_counts_are_large():
    p = fisher_exact(50_500, 10**7, 49_500, 10**7)
    np.testing.assert_allclose(p, p_value(log_likelihood(50_500, 10**7, 49_500, 10**7)), rtol=0.02)


def test_extreme_splits_and_empty_sides():
    assert fisher_exact(10, 10, 0, 10) == pytest.approx(2 / 184_756)
    assert fisher_exact(10, 10, 20, 20) == 1
    assert fisher_exact(5_000, 10_000, 0, 10_000) == 0
    assert np.isnan(fisher_exact([0, 3, np.nan], [0, 10, 5], [3, 0, 1], [10, 0, 5])).all()


@settings(max_examples=10)
@given(st.lists(sides, min_size=2, max_size=8))
def test_equal_rows_are_computed_once_and_stand_where_they_were(tables):
    columns = np.array(tables + tables[::-1]).T
    p = fisher_exact(*columns)
    np.testing.assert_array_equal(p, p[::-1])
    np.testing.assert_array_equal(p, [fisher_exact(*row) for row in columns.T])


def test_an_unknown_alternative_is_named():
    with pytest.raises(ValueError, match=r"alternative must be one of 'two_sided', .* Did you mean 'two_sided'"):
        fisher_exact(1, 10, 2, 10, alternative="two-sided")


# ── documents that have an item ──────────────────────────────────────────────────────────────────────────────────────


PRESENT = [(8, 0, (1, 1)), (3, 9, (1, 1)), (12, 4, (5, 1)), (0, 7, (1, 9)), (5, 5, (1, 3))]


@pytest.mark.parametrize(("a", "b", "words"), PRESENT)
def test_presence_is_the_larger_chance_of_documents_and_words_in_the_likelier_direction(a, b, words):
    n, share = (20, 24), words[0] / sum(words)
    ways = [
        max(stats.fisher_exact([[a, n[0] - a], [b, n[1] - b]], alternative="greater").pvalue,
            stats.binom.sf(a - 1, a + b, share)),
        max(stats.fisher_exact([[a, n[0] - a], [b, n[1] - b]], alternative="less").pvalue,
            stats.binom.cdf(a, a + b, share)),
    ]
    found = presence_p(a, n[0], 1000 * words[0], b, n[1], 1000 * words[1])
    assert found == pytest.approx(min(2 * min(ways), 1), rel=1e-9)
    assert presence_p(b, n[1], 1000 * words[1], a, n[0], 1000 * words[0]) == pytest.approx(found, rel=1e-9)


def test_presence_of_nothing_or_in_nothing_is_undefined():
    assert np.isnan(presence_p([0, 3, 3], [9, 9, 9], [90, 90, 0], [0, 0, 3], [9, 0, 9], [90, 90, 90])).all()
