"""Benjamini-Hochberg: the family is what is known, order and shape are kept."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from discourse.measures import benjamini_hochberg

families = st.lists(st.floats(0, 1), min_size=1, max_size=40)


@given(families)
def test_adjusted_p_is_that_of_scipy(p):
    np.testing.assert_array_equal(benjamini_hochberg(p), false_discovery_control(p))


@given(families, st.integers(1, 5))
def test_missing_p_stay_missing_and_do_not_count(p, missing):
    adjusted = benjamini_hochberg([np.nan] * missing + p)
    assert np.isnan(adjusted[:missing]).all()
    np.testing.assert_array_equal(adjusted[missing:], benjamini_hochberg(p))


@given(families)
def test_adjusting_raises_p_and_keeps_its_order(p):
    adjusted = benjamini_hochberg(p)
    assert (adjusted >= np.array(p) - 1e-15).all()
    assert (adjusted <= 1).all()
    assert (np.diff(adjusted[np.argsort(p, kind="stable")]) >= 0).all()


@given(families)
def test_the_order_of_rows_changes_nothing(p):
    np.testing.assert_array_equal(benjamini_hochberg(p[::-1]), benjamini_hochberg(p)[::-1])


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(1, 4)), min_size=1, max_size=20))
def test_a_p_may_stand_for_several_tests(tests):
    p, times = zip(*tests, strict=True)
    every = benjamini_hochberg(np.repeat(p, times))
    np.testing.assert_array_equal(np.repeat(benjamini_hochberg(p, times=times), times), every)


def test_no_test_at_all_has_no_p():
    with pytest.raises(ValueError, match=r"times must be at least 1; got 0\. Leave out what was not tested"):
        benjamini_hochberg([0.5, 0.1], times=[1, 0])


def test_all_cells_of_a_table_are_one_family():
    p = np.array([[0.01, 0.2], [0.03, np.nan]])
    np.testing.assert_array_equal(benjamini_hochberg(p).ravel(), benjamini_hochberg(p.ravel()))


def test_an_empty_family_stays_empty():
    assert benjamini_hochberg([]).size == 0
    assert np.isnan(benjamini_hochberg([np.nan])).all()


def test_one_test_needs_no_adjustment():
    assert benjamini_hochberg(0.04) == 0.04


@pytest.mark.parametrize("wrong", [-0.1, 1.01, 3.84])
def test_a_number_that_is_no_p_value_is_named(wrong):
    with pytest.raises(ValueError, match=f"p must lie between 0 and 1; got {wrong}. Pass p-values"):
        benjamini_hochberg([0.5, wrong])
