"""Drawn documents: limits as scipy and plain loops compute them, in blocks and for sparse counts alike."""

from __future__ import annotations

import time

import numpy as np
import pytest
from scipy import sparse, stats

from discourse.measures import (
    bca_limits,
    bootstrap,
    bootstrap_interval,
    bootstrap_t_limits,
    poisson_weights,
    ratio_interval,
    ratio_moments,
    replacement_weights,
)

RNG = np.random.default_rng(5)
SIZES = RNG.integers(200, 900, 12)
HITS = RNG.poisson(RNG.gamma(2, 0.002, (12, 4)) * SIZES[:, None])
WEIGHTS = replacement_weights(12, draws=199, seed=3)
GROUP = (HITS, SIZES, WEIGHTS)
METHODS = ("bca", "percentile", "bootstrap_t")


def error_of(hits: np.ndarray, sizes: np.ndarray) -> tuple[float, float]:
    """A ratio of totals and its standard error, document by document."""
    ratio = hits.sum() / sizes.sum()
    effective = sizes.sum() ** 2 / (sizes**2).sum()
    return ratio, np.sqrt(effective / (effective - 1) * ((hits - ratio * sizes) ** 2).sum()) / sizes.sum()


def test_bca_limits_are_those_of_scipy():
    for seed in range(5):
        sample = np.random.default_rng(seed).gamma(1, 3, 15)
        peer = stats.bootstrap((sample,), np.mean, n_resamples=999, method="BCa", rng=np.random.default_rng(seed))
        own = sample - sample.mean()
        acceleration = (own**3).sum() / (6 * (own**2).sum() ** 1.5)
        limits = np.ravel(bca_limits(peer.bootstrap_distribution[:, None], [sample.mean()], [acceleration]))
        # scipy takes rank p (draws - 1) + 1 of the same draws: at most one rank away.
        ranked = np.sort(peer.bootstrap_distribution)
        for mine, theirs in zip(limits, peer.confidence_interval, strict=True):
            assert abs(np.searchsorted(ranked, mine) - np.searchsorted(ranked, theirs)) <= 1


def test_bca_without_bias_and_acceleration_is_the_percentile():
    drawn = np.arange(1.0, 1000)[:, None]
    np.testing.assert_allclose(np.ravel(bca_limits(drawn, [500.0], [0.0])), [25, 975])
    low, high = bca_limits(drawn, [400.0], [0.1])
    z, q = stats.norm.ppf(399.5 / 999), stats.norm.ppf(0.975)
    ranks = [1000 * stats.norm.cdf(z + (z + side) / (1 - 0.1 * (z + side))) for side in (-q, q)]
    np.testing.assert_allclose([low[0], high[0]], ranks)


@pytest.mark.parametrize("scale", ["log", "identity"])
def test_bootstrap_t_is_that_of_a_loop_over_draws(scale):
    low, high = bootstrap_interval(GROUP, method="bootstrap_t", scale=scale)
    for item in range(HITS.shape[1]):
        estimate, error = error_of(HITS[:, item], SIZES)
        slope = 1 / estimate if scale == "log" else 1
        on = np.log if scale == "log" else float
        t = []
        for weights in WEIGHTS:
            taken = np.repeat(np.arange(12), weights)
            ratio, own = error_of(HITS[taken, item], SIZES[taken])
            t.append((on(ratio) - on(estimate)) / (own / ratio if scale == "log" else own))
        t = np.sort(t)
        limits = [on(estimate) - np.interp(p * 200, np.arange(1, 200), t) * error * slope for p in (0.975, 0.025)]
        expected = np.exp(limits) if scale == "log" else limits
        np.testing.assert_allclose([low[item], high[item]], expected, rtol=1e-9)


def test_percentiles_are_those_of_a_loop_over_draws_and_the_same_on_any_scale():
    low, high = bootstrap_interval(GROUP, method="percentile")
    ratios = [np.sort([w @ HITS[:, item] / (w @ SIZES) for w in WEIGHTS]) for item in range(4)]
    np.testing.assert_allclose(low, [own[4] for own in ratios])
    np.testing.assert_allclose(high, [own[194] for own in ratios])
    np.testing.assert_array_equal(bootstrap_interval(GROUP, method="percentile", scale="identity"), (low, high))


def test_bca_of_a_ratio_corrects_by_the_influence_of_documents():
    low, high = bootstrap_interval(GROUP, method="bca")
    for item in range(4):
        own = HITS[:, item] - HITS[:, item].sum() / SIZES.sum() * SIZES
        ratios = (WEIGHTS @ HITS[:, [item]]) / (WEIGHTS @ SIZES)[:, None]
        acceleration = (own**3).sum() / (6 * (own**2).sum() ** 1.5)
        expected = bca_limits(ratios, [HITS[:, item].sum() / SIZES.sum()], [acceleration])
        np.testing.assert_allclose([low[item], high[item]], np.ravel(expected), rtol=1e-9)


@pytest.mark.parametrize("method", METHODS)
def test_swapping_target_and_reference_turns_the_limits(method):
    other = (HITS[::-1] + 1, SIZES, replacement_weights(12, draws=199, seed=4))
    for scale in ("log", "logit", "identity"):
        low, high = bootstrap_interval(GROUP, other, method=method, scale=scale)
        turned = bootstrap_interval(other, GROUP, method=method, scale=scale)
        np.testing.assert_allclose((-high, -low), turned, atol=1e-12)


def test_a_contrast_compares_draws_of_both_groups():
    other = (HITS[::-1] + 1, SIZES, replacement_weights(12, draws=199, seed=4))
    ratios = [(w @ h) / (w @ s)[:, None] for h, s, w in (GROUP, other)]
    differences = np.sort(np.log2(ratios[0] / ratios[1]), axis=0)
    low, high = bootstrap_interval(GROUP, other, method="percentile")
    np.testing.assert_allclose((low, high), differences[[4, 194]])


@pytest.mark.parametrize("method", METHODS)
def test_sparse_counts_sizes_of_items_and_blocks_change_nothing(method, monkeypatch):
    expected = bootstrap_interval(GROUP, method=method)
    each = np.repeat(SIZES[:, None], 4, axis=1)
    np.testing.assert_allclose(bootstrap_interval((HITS, each, WEIGHTS), method=method), expected, rtol=1e-9)
    monkeypatch.setattr(bootstrap, "AT_ONCE", 1)
    given = (sparse.csr_array(HITS), SIZES, WEIGHTS)
    np.testing.assert_allclose(bootstrap_interval(given, method=method), expected, rtol=1e-9)


def test_poisson_weights_are_as_good_for_many_documents():
    rng = np.random.default_rng(8)
    hits = rng.poisson(rng.gamma(2, 2, (300, 1)))
    sizes = np.full(300, 1000)
    expected = np.ravel(ratio_interval(ratio_moments(hits, sizes)))
    for weights in (replacement_weights(300, seed=1), poisson_weights(np.arange(300), seed=1).T):
        for method in METHODS:
            limits = np.ravel(bootstrap_interval((hits, sizes, weights), method=method))
            np.testing.assert_allclose(limits, expected, rtol=0.04)


def test_documents_of_an_author_drawn_one_by_one_promise_too_much():
    rng = np.random.default_rng(9)
    rates = np.repeat(rng.gamma(1, 5, 20), 10)  # twenty authors with ten documents each
    hits, authors = rng.poisson(rates)[:, None], np.repeat(np.arange(20), 10)
    together = np.stack([hits[authors == author].sum(axis=0) for author in range(20)])
    sizes = (np.full(200, 1000), np.full(20, 10_000))
    width = [
        np.ptp(bootstrap_interval((own, size, replacement_weights(len(own), seed=1)), method="percentile"))
        for own, size in zip((hits, together), sizes, strict=True)
    ]
    assert width[1] > 2 * width[0]


def test_an_item_without_hits_has_limits_of_percentiles_only():
    none = (np.zeros((5, 1)), np.full(5, 100), replacement_weights(5, seed=1))
    assert np.ravel(bootstrap_interval(none, method="percentile")).tolist() == [0, 0]
    assert np.isnan(bootstrap_interval(none, method="bootstrap_t")).all()
    assert np.isnan(bootstrap_interval(none, method="bca")).all()


def test_draws_without_a_t_are_left_out_unless_they_are_many():
    drawn, errors = np.arange(100.0)[:, None], np.ones((100, 1))
    errors[:10] = np.nan
    assert np.isfinite(bootstrap_t_limits(drawn, errors, [50.0], [1.0])).all()
    errors[:11] = np.nan
    assert np.isnan(bootstrap_t_limits(drawn, errors, [50.0], [1.0])).all()


def test_one_draw_that_is_undefined_leaves_no_percentiles():
    sizes = np.array([10, 0, 0])
    weights = np.array([[1, 1, 1], [0, 2, 1]])
    assert np.isnan(bootstrap_interval(([[2], [0], [0]], sizes, weights), method="percentile")).all()


def test_nothing_that_is_given_is_changed():
    before = [np.array(own) for own in GROUP]
    for method in METHODS:
        bootstrap_interval(GROUP, GROUP, method=method)
    for own, old in zip(GROUP, before, strict=True):
        np.testing.assert_array_equal(own, old)


def test_a_thousand_documents_and_fifty_thousand_terms_take_seconds():
    rng = np.random.default_rng(0)
    size = (1000, 5_000)  # a tenth of the terms
    counts = sparse.random_array(size, density=0.008, rng=rng, data_sampler=lambda size: rng.integers(1, 4, size))
    group = (counts.astype(np.int64), np.full(1000, 900), replacement_weights(1000, seed=1))
    begin = time.process_time()
    bootstrap_interval(group, method="bca")
    taken = time.process_time() - begin
    begin = time.process_time()
    np.sort(rng.random((5_000, 999)), axis=-1)
    # The draws of each term are sorted once; a dense array of documents × terms × draws would take thousands of times.
    assert taken < 100 * (time.process_time() - begin)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: bootstrap_interval(GROUP, method="bcaa"), "method must be one of 'bca', 'percentile', 'bootstrap_t'"),
        (lambda: bootstrap_interval((HITS, SIZES, WEIGHTS.T)), "weights must be draws × documents; got shape"),
        (lambda: bootstrap_interval(GROUP, (HITS[:, :2], SIZES, WEIGHTS)), "must have the same items and draws"),
        (lambda: bootstrap_interval(GROUP, level=2), "level must lie between 0 and 1"),
        (lambda: replacement_weights(0, seed=1), "documents and draws must be 1 or more"),
    ],
)
def test_what_cannot_be_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
