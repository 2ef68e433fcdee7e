"""What statsmodels computes too, on random tables; and where its convention is another one, how far it lies away."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from statsmodels.genmod.families import Binomial, Poisson
from statsmodels.genmod.generalized_linear_model import GLM
from statsmodels.stats.contingency_tables import Table2x2
from statsmodels.stats.inter_rater import aggregate_raters, cohens_kappa
from statsmodels.stats.inter_rater import fleiss_kappa as statsmodels_fleiss
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import multinomial_proportions_confint, proportion_confint
from statsmodels.stats.rates import confint_poisson, confint_poisson_2indep
from statsmodels.stats.weightstats import CompareMeans

from discourse import measures
from discourse.measures.ratios import difference, ratio_error

levels = st.sampled_from([0.5, 0.8, 0.95, 0.999])
shares = st.integers(1, 2_000).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total)))
filled = st.tuples(st.integers(1, 400), st.integers(500, 90_000), st.integers(1, 400), st.integers(500, 90_000))
pairs = arrays(np.int64, st.tuples(st.integers(2, 25), st.just(2)), elements=st.integers(0, 3))
tables = arrays(np.int64, st.tuples(st.integers(2, 15), st.integers(2, 4)), elements=st.integers(0, 3))
hits = arrays(np.int64, st.tuples(st.integers(3, 20)), elements=st.integers(0, 30))


def cells(table: tuple[int, int, int, int]) -> Table2x2:
    a, n_a, b, n_b = table
    return Table2x2(np.array([[a, n_a - a], [b, n_b - b]], float), shift_zeros=False)


# ── limits, many tests ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("interval", "method"), [(measures.wilson, "wilson"), (measures.clopper_pearson, "beta")])
@given(share=shares, level=levels)
def test_limits_of_a_share(interval, method, share, level):
    expected = proportion_confint(*share, alpha=1 - level, method=method)
    np.testing.assert_allclose(interval(*share, level=level), expected, rtol=1e-8, atol=1e-12)


@given(st.integers(0, 3_000), st.integers(1, 100_000), levels)
def test_limits_of_a_rate(count, total, level):
    expected = confint_poisson(count, total, method="exact-c", alpha=1 - level)
    np.testing.assert_allclose(measures.garwood(count, total, level=level), expected, rtol=1e-8)


@given(st.lists(st.integers(0, 300), min_size=2, max_size=8).filter(any), levels)
def test_limits_of_several_shares_at_once(counts, level):
    expected = multinomial_proportions_confint(counts, alpha=1 - level, method="goodman")
    np.testing.assert_allclose(np.transpose(measures.goodman(counts, level=level)), expected, rtol=1e-8, atol=1e-12)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_adjusted_p(p):
    np.testing.assert_allclose(measures.benjamini_hochberg(p), multipletests(p, method="fdr_bh")[1], rtol=1e-12)


# ── tables of two sides ──────────────────────────────────────────────────────────────────────────────────────────────


@given(filled, levels)
def test_ratios_of_rates_and_their_limits(table, level):
    peer = cells(table)
    np.testing.assert_allclose(measures.relative_risk(*table), peer.riskratio, rtol=1e-12)
    limits = np.array(peer.log_riskratio_confint(alpha=1 - level)) / np.log(2)
    np.testing.assert_allclose(measures.log_ratio_interval(*table, level=level), limits, rtol=1e-9, atol=1e-12)


@given(filled, levels)
def test_limits_of_a_ratio_of_poisson_rates_lack_what_a_share_cannot_pass(table, level):
    a, n_a, b, n_b = table
    peer = np.log(confint_poisson_2indep(*table, method="wald-log", compare="ratio", alpha=1 - level))
    ours = np.array(measures.log_ratio_interval(*table, level=level)) * np.log(2)
    wider, narrower = np.diff(peer) ** 2, np.diff(ours) ** 2
    np.testing.assert_allclose(narrower / wider, 1 - (1 / n_a + 1 / n_b) / (1 / a + 1 / b), rtol=1e-6)
    np.testing.assert_allclose(ours.mean(), peer.mean(), atol=1e-9)


@given(filled)
def test_odds_ratio_and_chi_squared(table):
    peer = cells(table)
    np.testing.assert_allclose(measures.odds_ratio(*table), peer.oddsratio, rtol=1e-12)
    expected = peer.test_nominal_association().statistic
    np.testing.assert_allclose(np.abs(measures.chi_squared(*table)), expected, rtol=1e-8, atol=1e-9)


@given(st.integers(1, 200), st.integers(2_000, 90_000), st.integers(500, 90_000))
def test_into_an_empty_cell_statsmodels_puts_half_a_hit_though_it_says_into_all_four(count, n_a, n_b):
    shifted = Table2x2(np.array([[count, n_a - count], [0, n_b]], float))
    ours = {zeros: measures.odds_ratio(count, n_a, 0, n_b, zeros=zeros) for zeros in ("half_in_zero_cells", "infinite")}
    np.testing.assert_allclose(ours["half_in_zero_cells"], shifted.oddsratio, rtol=1e-12)
    assert ours["infinite"] == np.inf
    assert abs(measures.odds_ratio(count, n_a, 0, n_b, zeros="half_everywhere") / shifted.oddsratio - 1) > 1e-3


# ── agreement ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("weights", "name"), [("none", None), ("linear", "linear"), ("quadratic", "quadratic")])
@given(ratings=pairs.filter(lambda own: len(np.unique(own)) > 1))
def test_cohen(weights, name, ratings):
    # By rank among the values that occur: statsmodels takes the table as it is given.
    values, place = np.unique(ratings, return_inverse=True)
    counted = np.zeros((len(values), len(values)))
    np.add.at(counted, tuple(place.reshape(ratings.shape).T), 1)
    expected = cohens_kappa(counted, wt=name, return_results=False)
    np.testing.assert_allclose(measures.cohen_kappa(ratings, weights=weights), expected, atol=1e-9)


@given(tables.filter(lambda own: len(np.unique(own)) > 1))
def test_fleiss(ratings):
    expected = statsmodels_fleiss(aggregate_raters(ratings)[0])
    np.testing.assert_allclose(measures.fleiss_kappa(ratings), expected, atol=1e-9)


# ── ratios of totals, as regressions with robust errors ──────────────────────────────────────────────────────────────


def regression(counts: np.ndarray, family: Poisson | Binomial, **given: object) -> tuple[float, float]:
    """The intercept of a model without anything else, and its sandwich error, uncorrected."""
    fitted = GLM(counts, np.ones(len(counts)), family=family, **given).fit(cov_type="HC0", tol=1e-13, maxiter=200)
    return float(fitted.params[0]), float(fitted.bse[0])


def varied(counts: np.ndarray) -> bool:
    return counts.sum() > 0 and len(np.unique(counts)) > 1


@given(hits.filter(varied), st.data())
def test_the_error_of_a_rate_is_that_of_a_robust_poisson_regression_but_for_the_correction(counts, data):
    words = data.draw(arrays(np.int64, counts.shape, elements=st.integers(100, 2_000)))
    middle, error, freedom = ratio_error(measures.ratio_moments(counts[:, None], words), scale="log")
    expected, raw = regression(counts, Poisson(), exposure=words)
    np.testing.assert_allclose(middle[0], expected, rtol=1e-6, atol=1e-8)
    effective = freedom[0] + 1
    np.testing.assert_allclose(error[0], raw * np.sqrt(effective / (effective - 1)), rtol=1e-5)


@given(hits.filter(varied), st.data())
def test_the_error_of_a_share_is_that_of_a_robust_logistic_regression(counts, data):
    others = data.draw(arrays(np.int64, counts.shape, elements=st.integers(1, 30)))
    mentions = counts + others
    middle, error, freedom = ratio_error(measures.ratio_moments(counts[:, None], mentions[:, None]), scale="logit")
    assume(np.isfinite(error[0]))  # documents of one and the same share tell nothing
    expected, raw = regression(np.stack([counts, others], axis=1), Binomial())
    np.testing.assert_allclose(middle[0], expected, rtol=1e-6, atol=1e-8)
    effective = freedom[0] + 1
    np.testing.assert_allclose(error[0], raw * np.sqrt(effective / (effective - 1)), rtol=1e-5)


@given(hits.filter(varied), hits.filter(varied), levels)
def test_a_difference_of_rates_in_documents_of_one_size_is_that_of_welch(one, two, level):
    sides = [measures.ratio_moments(own[:, None], np.full(len(own), 100)) for own in (one, two)]
    found = measures.contrast_interval(*sides, scale="identity", level=level)
    expected = CompareMeans.from_data(one / 100, two / 100).tconfint_diff(alpha=1 - level, usevar="unequal")
    np.testing.assert_allclose(np.ravel(found), expected, rtol=1e-7, atol=1e-12)


@given(hits.filter(varied), hits.filter(varied))
def test_the_error_of_a_log_ratio_is_that_of_a_robust_poisson_regression_of_each_group(one, two):
    words = [np.full(len(own), 100) for own in (one, two)]
    moments = [measures.ratio_moments(own[:, None], size) for own, size in zip((one, two), words, strict=True)]
    middle, error, _ = difference(*(ratio_error(own, scale="log") for own in moments))
    raw = [regression(own, Poisson(), exposure=size) for own, size in zip((one, two), words, strict=True)]
    np.testing.assert_allclose(middle[0], raw[0][0] - raw[1][0], rtol=1e-6, atol=1e-8)
    parts = [own[1] ** 2 * len(counts) / (len(counts) - 1) for own, counts in zip(raw, (one, two), strict=True)]
    np.testing.assert_allclose(error[0], np.sqrt(sum(parts)), rtol=1e-5)
