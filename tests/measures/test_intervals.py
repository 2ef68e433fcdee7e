"""Limits of rates and shares against the distributions that define them and scipy, and their edges."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from discourse.measures import clopper_pearson, garwood, goodman, wilson

levels = st.sampled_from([0.5, 0.8, 0.95, 0.999])
shares = st.integers(1, 2_000).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total)))


@given(st.integers(1, 3_000), levels)
def test_at_each_garwood_limit_the_count_is_just_as_extreme_as_the_tail(count, level):
    low, high = garwood(count, 1, level=level)
    np.testing.assert_allclose(stats.poisson.sf(count - 1, low), (1 - level) / 2, rtol=1e-7)
    np.testing.assert_allclose(stats.poisson.cdf(count, high), (1 - level) / 2, rtol=1e-7)


@given(st.integers(0, 3_000), st.integers(1, 100_000))
def test_garwood_limits_are_per_word_and_hold_the_rate(count, total):
    low, high = garwood(count, total)
    assert low <= count / total < high
    np.testing.assert_allclose(np.multiply([low, high], total), garwood(count, 1), rtol=1e-12)


SHARES = [wilson, clopper_pearson]


@pytest.mark.parametrize(("interval", "method"), [(wilson, "wilson"), (clopper_pearson, "exact")])
@given(share=shares, level=levels)
def test_limits_of_a_share_are_those_of_scipy(interval, method, share, level):
    expected = stats.binomtest(*share).proportion_ci(confidence_level=level, method=method)
    np.testing.assert_allclose(interval(*share, level=level), [expected.low, expected.high], rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("interval", SHARES)
@given(share=shares)
def test_limits_lie_in_the_unit_interval_and_hold_the_share(interval, share):
    low, high = interval(*share)
    assert 0 <= low <= share[0] / share[1] <= high <= 1


@pytest.mark.parametrize("interval", SHARES)
@given(share=shares)
def test_counting_the_other_kind_mirrors_the_limits(interval, share):
    count, total = share
    low, high = interval(count, total)
    low_other, high_other = interval(total - count, total)
    np.testing.assert_allclose([low, high], [1 - high_other, 1 - low_other], atol=1e-9)


@given(shares, levels)
def test_at_each_exact_limit_the_count_is_just_as_extreme_as_the_tail(share, level):
    count, total = share
    low, high = clopper_pearson(count, total, level=level)
    if count:
        np.testing.assert_allclose(stats.binom.sf(count - 1, total, low), (1 - level) / 2, rtol=1e-6)
    if count < total:
        np.testing.assert_allclose(stats.binom.cdf(count, total, high), (1 - level) / 2, rtol=1e-6)


@given(st.lists(st.integers(0, 300), min_size=2, max_size=8).filter(any), levels)
def test_goodman_is_wilson_at_the_level_that_all_kinds_need(counts, level):
    low, high = goodman(counts, level=level)
    alone = wilson(counts, sum(counts), level=1 - (1 - level) / len(counts))
    np.testing.assert_array_equal([low, high], alone)
    narrow = wilson(counts, sum(counts), level=level)
    assert ((low <= narrow[0]) & (high >= narrow[1])).all()


def test_goodman_takes_each_row_as_a_whole():
    low, high = goodman([[3, 5, 2], [10, 0, 0], [0, 0, 0]])
    np.testing.assert_array_equal([low[0], high[0]], goodman([3, 5, 2]))
    assert high[1, 0] == 1
    assert np.isnan([low[2], high[2]]).all()
    with pytest.raises(ValueError, match="counts must have a last axis of kinds; got a single number"):
        goodman(5)


@pytest.mark.parametrize("interval", [garwood, *SHARES])
@given(total=st.integers(1, 10_000), level=levels)
def test_no_hit_has_the_low_limit_zero(interval, total, level):
    low, high = interval(0, [total, 50], level=level)
    assert low.tolist() == [0, 0]
    assert (high > 0).all()


@pytest.mark.parametrize("interval", SHARES)
@given(total=st.integers(1, 10_000), level=levels)
def test_all_hits_have_the_high_limit_one(interval, total, level):
    assert interval(total, total, level=level)[1] == 1


@pytest.mark.parametrize("interval", [garwood, *SHARES])
def test_no_words_have_no_limits(interval):
    assert np.isnan(interval(0, 0)).all()
    assert np.isnan(interval(np.nan, 10)).all()


def test_more_hits_than_words_have_a_rate_but_no_share():
    assert garwood(12, 10)[0] > 0
    for interval in SHARES:
        with pytest.raises(ValueError, match="count must not be larger than total; got 12 of 10"):
            interval(12, 10)


@pytest.mark.parametrize("interval", [garwood, *SHARES])
@pytest.mark.parametrize("level", [0, 1, 95])
def test_a_level_outside_the_unit_interval_is_named(interval, level):
    with pytest.raises(ValueError, match=f"level must lie between 0 and 1; got {level}. For a 95 % interval pass"):
        interval(1, 10, level=level)
