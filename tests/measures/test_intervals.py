"""Garwood and Wilson limits against the distributions that define them, and their edges."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from discourse.measures import garwood, wilson

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


@given(shares, levels)
def test_wilson_is_the_interval_of_scipy(share, level):
    expected = stats.binomtest(*share).proportion_ci(confidence_level=level, method="wilson")
    np.testing.assert_allclose(wilson(*share, level=level), [expected.low, expected.high], rtol=1e-9, atol=1e-12)


@given(shares)
def test_wilson_limits_lie_in_the_unit_interval_and_hold_the_share(share):
    low, high = wilson(*share)
    assert 0 <= low <= share[0] / share[1] <= high <= 1


@given(shares)
def test_counting_the_other_kind_mirrors_wilson(share):
    count, total = share
    low, high = wilson(count, total)
    low_other, high_other = wilson(total - count, total)
    np.testing.assert_allclose([low, high], [1 - high_other, 1 - low_other], atol=1e-12)


@pytest.mark.parametrize("interval", [garwood, wilson])
@given(total=st.integers(1, 10_000), level=levels)
def test_no_hit_has_the_low_limit_zero(interval, total, level):
    low, high = interval(0, [total, 50], level=level)
    assert low.tolist() == [0, 0]
    assert (high > 0).all()


@given(st.integers(1, 10_000), levels)
def test_all_hits_have_the_high_limit_one(total, level):
    assert wilson(total, total, level=level)[1] == 1


@pytest.mark.parametrize("interval", [garwood, wilson])
def test_no_words_have_no_limits(interval):
    assert np.isnan(interval(0, 0)).all()
    assert np.isnan(interval(np.nan, 10)).all()


def test_more_hits_than_words_have_a_rate_but_no_share():
    assert garwood(12, 10)[0] > 0
    with pytest.raises(ValueError, match="count must not be larger than total; got 12 of 10"):
        wilson(12, 10)


@pytest.mark.parametrize("interval", [garwood, wilson])
@pytest.mark.parametrize("level", [0, 1, 95])
def test_a_level_outside_the_unit_interval_is_named(interval, level):
    with pytest.raises(ValueError, match=f"level must lie between 0 and 1; got {level}. For a 95 % interval pass"):
        interval(1, 10, level=level)
