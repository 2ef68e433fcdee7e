"""Limits of ratios from how documents differ: those of Student and Welch where documents have one size."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse, stats

from discourse.measures import (
    contrast_interval,
    contrast_p,
    contrast_test,
    garwood,
    ratio_interval,
    ratio_moments,
    shared_moments,
)

HITS = np.array([4, 1, 7, 2, 0, 3])
OTHERS = np.array([1, 2, 1, 0])
lists = st.lists(st.tuples(st.integers(0, 9), st.integers(1, 99)), min_size=1, max_size=8)


def moments(hits: np.ndarray, size: int = 100) -> np.ndarray:
    return ratio_moments(hits[:, None], np.full(len(hits), size))


def test_of_documents_of_one_size_it_is_the_t_interval_of_a_mean():
    low, high = ratio_interval(moments(HITS), scale="identity")
    expected = stats.ttest_1samp(HITS / 100, 0).confidence_interval()
    np.testing.assert_allclose([low[0], high[0]], expected, rtol=1e-12)


@pytest.mark.parametrize("level", [0.5, 0.95])
def test_of_documents_of_one_size_a_contrast_is_the_interval_of_welch(level):
    low, high = contrast_interval(moments(HITS), moments(OTHERS), scale="identity", level=level)
    expected = stats.ttest_ind(HITS / 100, OTHERS / 100, equal_var=False).confidence_interval(level)
    np.testing.assert_allclose([low[0], high[0]], expected, rtol=1e-12)


def test_of_documents_of_one_size_p_is_that_of_welch():
    p = contrast_p(moments(HITS), moments(OTHERS), scale="identity")
    assert p[0] == pytest.approx(stats.ttest_ind(HITS / 100, OTHERS / 100, equal_var=False).pvalue, rel=1e-12)


@given(lists, lists, st.sampled_from(["log", "logit", "identity"]))
def test_p_is_below_five_percent_where_the_limits_leave_out_no_difference(one, two, scale):
    sides = [ratio_moments([[hits] for hits, _ in side], [99 + size for _, size in side]) for side in (one, two)]
    p, (low, high) = contrast_p(*sides, scale=scale), contrast_interval(*sides, scale=scale)
    assert np.isnan(p).tolist() == np.isnan(low).tolist()
    assert np.isnan(p[0]) or (p[0] < 0.05) == (low[0] > 0 or high[0] < 0)


@pytest.mark.parametrize("scale", ["log", "logit", "identity"])
def test_limits_and_p_of_one_test_are_those_of_both(scale):
    given_ = moments(HITS), moments(OTHERS)
    expected = *contrast_interval(*given_, scale=scale, level=0.9), contrast_p(*given_, scale=scale)
    np.testing.assert_array_equal(contrast_test(*given_, scale=scale, level=0.9), expected)


def test_moments_with_sizes_of_items_are_those_of_each_item_alone():
    hits, sizes = np.array([[3, 0], [1, 2], [0, 5]]), np.array([[9, 8], [7, 6], [5, 5]])
    expected = [ratio_moments(hits[:, [i]], sizes[:, i])[:, 0] for i in range(2)]
    np.testing.assert_array_equal(ratio_moments(hits, sizes).T, expected)


# ── documents on both sides ──────────────────────────────────────────────────────────────────────────────────────────

THERE = np.array([3, 2, 8, 0, 0, 1])  # the same documents as HITS


def shared(hits: np.ndarray, others: np.ndarray, size: int = 100) -> np.ndarray:
    return shared_moments(hits[:, None], np.full(len(hits), size), others[:, None], np.full(len(others), size))


def test_of_the_same_documents_on_both_sides_it_is_the_test_of_pairs():
    given_ = moments(HITS), moments(THERE)
    test = stats.ttest_rel(HITS / 100, THERE / 100)
    low, high = contrast_interval(*given_, shared=shared(HITS, THERE), scale="identity")
    np.testing.assert_allclose([low[0], high[0]], test.confidence_interval(), rtol=1e-12)
    p = contrast_p(*given_, shared=shared(HITS, THERE), scale="identity")
    assert p[0] == pytest.approx(test.pvalue, rel=1e-12)


def test_on_a_scale_what_is_on_both_sides_is_the_delta_method():
    size, n = np.array([90, 110, 400, 100, 80, 60]), len(HITS)
    other = np.array([100, 30, 200, 90, 120, 70])
    parts = [(hits - hits.sum() / sizes.sum() * sizes) / hits.sum() for hits, sizes in ((HITS, size), (THERE, other))]
    effective = [sizes.sum() ** 2 / (sizes**2).sum() for sizes in (size, other)]
    own, theirs = (part * np.sqrt(m / (m - 1)) for part, m in zip(parts, effective, strict=True))
    error = np.sqrt(((own - theirs) ** 2).sum())
    t = stats.t.ppf(0.975, min(effective) - 1)
    low, high = contrast_interval(
        ratio_moments(HITS[:, None], size),
        ratio_moments(THERE[:, None], other),
        shared=shared_moments(HITS[:, None], size, THERE[:, None], other),
    )
    assert n - 1 > min(effective) - 1
    assert (high - low)[0] / 2 * np.log(2) == pytest.approx(t * error, rel=1e-12)


def test_sides_that_differ_in_nothing_but_their_rate_leave_no_variation():
    twice = moments(HITS), moments(2 * HITS)
    assert np.isnan(contrast_p(*twice, shared=shared(HITS, 2 * HITS))[0])
    assert contrast_p(*twice)[0] > 0


def test_nothing_on_both_sides_changes_nothing():
    sides, none = (moments(HITS), moments(OTHERS)), np.zeros((4, 1), np.int64)
    assert contrast_p(*sides, shared=none) == contrast_p(*sides)


def test_shared_moments_of_parts_add_up():
    np.testing.assert_array_equal(
        shared(HITS[:2], THERE[:2]) + shared(HITS[2:], THERE[2:]), shared(HITS, THERE)
    )
    assert shared(HITS, THERE).dtype == np.int64


def test_scales_are_the_delta_method():
    mean, error = HITS.mean() / 100, stats.sem(HITS) / 100
    t = stats.t.ppf(0.975, len(HITS) - 1)
    low, high = ratio_interval(moments(HITS), scale="log")
    np.testing.assert_allclose([low[0], high[0]], mean * np.exp([-t * error / mean, t * error / mean]), rtol=1e-12)
    low, high = ratio_interval(moments(HITS), scale="logit")
    odds = mean / (1 - mean) * np.exp(np.array([-t, t]) * error / mean / (1 - mean))
    np.testing.assert_allclose([low[0], high[0]], odds / (1 + odds), rtol=1e-12)


def test_a_log_ratio_is_in_base_2_and_log_odds_are_natural():
    one, two = moments(HITS, 1000), moments(OTHERS, 1000)
    for scale, unit in (("log", np.log(2)), ("logit", 1.0)):
        low, high = contrast_interval(one, two, scale=scale)
        rates = HITS.mean() / 1000, OTHERS.mean() / 1000
        middle = np.log(rates[0] / rates[1]) if scale == "log" else np.log(
            rates[0] / (1 - rates[0]) / (rates[1] / (1 - rates[1]))
        )
        assert (low[0] + high[0]) / 2 == pytest.approx(middle / unit)


def test_unequal_documents_count_for_fewer():
    sizes = np.array([1000, 10, 10, 10])
    hits = np.array([20, 0, 1, 0])
    ratio = hits.sum() / sizes.sum()
    effective = sizes.sum() ** 2 / (sizes**2).sum()
    assert effective < 1.1
    error = np.sqrt(effective / (effective - 1) * ((hits - ratio * sizes) ** 2).sum()) / sizes.sum()
    low, high = ratio_interval(ratio_moments(hits[:, None], sizes), scale="identity", level=0.8)
    assert (high - low)[0] / 2 == pytest.approx(stats.t.ppf(0.9, effective - 1) * error)


@given(lists, lists)
def test_moments_of_parts_add_up_and_order_does_not_matter(one, two):
    parts = [ratio_moments([[hits] for hits, _ in part], [size for _, size in part]) for part in (one, two)]
    both = [*two, *one]
    whole = ratio_moments([[hits] for hits, _ in both], [size for _, size in both])
    assert whole.dtype == np.int64
    np.testing.assert_array_equal(parts[0] + parts[1], whole)


def test_sizes_of_items_and_sparse_counts_give_the_same():
    counts, sizes = np.array([[1, 0], [2, 3]]), np.array([[4, 5], [6, 7]])
    together = ratio_moments(sparse.csr_array(counts), sizes)
    for item in range(2):
        np.testing.assert_array_equal(together[:, item], ratio_moments(counts[:, [item]], sizes[:, item])[:, 0])


@pytest.mark.parametrize(
    "hits", [[0, 0, 0], [2, 2, 2], [5]], ids=["no hit", "all in proportion", "one document"]
)
def test_without_variation_between_documents_nothing_is_said(hits):
    for scale in ("log", "logit", "identity"):
        assert np.isnan(ratio_interval(moments(np.array(hits)), scale=scale)).all()
        assert np.isnan(contrast_interval(moments(HITS), moments(np.array(hits)), scale=scale)).all()
        assert np.isnan(contrast_interval(moments(np.array(hits)), moments(np.array(hits)), scale=scale)).all()


def test_documents_that_differ_give_wider_limits_than_counting():
    spread, even = moments(np.array([0, 0, 40, 0, 0, 20, 0, 0])), moments(np.array([7, 8, 7, 8, 7, 8, 7, 8]))
    counted = np.ravel(garwood(60, 800))
    for given_, wider in ((spread, True), (even, False)):
        low, high = np.ravel(ratio_interval(given_))
        assert (high - low > counted[1] - counted[0]) == wider


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: ratio_interval(moments(HITS), scale="log2"), "scale must be one of 'log', 'logit', 'identity'"),
        (lambda: ratio_interval([1, 2]), "moments must be those of ratio_moments; got shape"),
        (lambda: ratio_interval(moments(HITS), level=95), "level must lie between 0 and 1; got 95"),
        (lambda: ratio_moments([[1]], [1, 2]), "sizes must be one number a document"),
        (lambda: ratio_moments([[1, 2, 3]], [[1, 2]]), "sizes must be one number a document"),
        (lambda: shared_moments([[1]], [1], [[1, 2]], [1]), "counts_reference must have the documents and items"),
        (lambda: contrast_p(moments(HITS), moments(HITS), scale="e"), "scale must be one of 'log', 'logit'"),
        (lambda: ratio_moments([[-1]], [1]), "counts must not be negative"),
    ],
)
def test_what_cannot_be_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
