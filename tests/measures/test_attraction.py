"""Dice, logDice and Delta P: against nltk, against the probabilities they are made of, and their edges."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.metrics.association import BigramAssocMeasures

from discourse.measures import delta_p, dice, expected_count, log_dice

margins = st.tuples(st.integers(1, 400), st.integers(1, 400))
pairs = margins.flatmap(
    lambda pair: st.tuples(st.integers(1, min(pair)), st.just(pair[0]), st.just(pair[1]), st.integers(2_000, 10**7))
)


@given(pairs)
def test_dice_is_that_of_nltk_and_log_dice_its_logarithm(pair):
    observed, node, collocate, total = pair
    expected = BigramAssocMeasures.dice(observed, (node, collocate), total)
    np.testing.assert_allclose(dice(observed, node, collocate), expected, rtol=1e-12)
    np.testing.assert_allclose(log_dice(observed, node, collocate), 14 + np.log2(expected), atol=1e-9)


@given(pairs)
def test_node_and_collocate_can_change_places(pair):
    observed, node, collocate, total = pair
    assert dice(observed, node, collocate) == dice(observed, collocate, node)
    assert log_dice(observed, node, collocate) == log_dice(observed, collocate, node)
    np.testing.assert_allclose(delta_p(*pair), delta_p(observed, collocate, node, total)[::-1], atol=1e-15)


def test_words_that_never_part_have_dice_one_log_dice_fourteen_and_delta_p_one():
    assert dice(7, 7, 7) == 1
    assert log_dice(7, 7, 7) == 14
    assert delta_p(7, 7, 7, 100) == (1, 1)


@given(pairs, st.integers(1, 2))
def test_delta_p_is_a_difference_of_probabilities_word_by_word(pair, window):
    observed, node, collocate, total = pair
    places = node * window
    kinds = [observed, collocate - observed, places - observed]
    near, is_collocate = np.repeat([True, False, True], kinds), np.repeat([True, True, False], kinds)
    rest = total - near.size
    elsewhere = (is_collocate & ~near).sum() / ((~near).sum() + rest)
    other_words = (near & ~is_collocate).sum() / ((~is_collocate).sum() + rest)
    expected = is_collocate[near].mean() - elsewhere, near[is_collocate].mean() - other_words
    np.testing.assert_allclose(delta_p(*pair, window_size=window), expected, atol=1e-12)


@given(pairs, st.integers(1, 2))
def test_both_directions_agree_whether_there_is_more_or_less_than_expected(pair, window):
    sign = np.sign(pair[0] - expected_count(*pair[1:], window_size=window))
    assert [np.sign(np.round(direction, 12)) for direction in delta_p(*pair, window_size=window)] == [sign, sign]


def test_never_together_is_zero_or_minus_infinity():
    assert dice(0, 5, 5) == 0
    assert log_dice(0, 5, 5) == -np.inf
    assert max(delta_p(0, 5, 5, 100)) < 0


def test_words_that_never_occur_have_no_company():
    assert np.isnan([dice(0, 0, 0), log_dice(0, 0, 0), *delta_p(0, 0, 5, 100), *delta_p(0, 5, 0, 100)]).all()


def test_positions_counted_twice_make_no_table():
    more_hits_than_there_are, beyond_the_corpus = (9, 10, 8, 1_000), (5, 200, 8, 1_000)
    assert np.isnan(delta_p(*more_hits_than_there_are, window_size=10)).all()
    assert np.isnan(delta_p(*beyond_the_corpus, window_size=10)).all()


@pytest.mark.parametrize("measure", [dice, log_dice])
def test_a_negative_count_is_named(measure):
    with pytest.raises(ValueError, match=r"collocate_count must not be negative; got -4\. Pass counts"):
        measure(1, 5, -4)


def test_a_collocate_that_fills_all_places_outside_the_windows_still_makes_a_table():
    np.testing.assert_allclose(delta_p(1, 3, 8, 10), [1 / 3 - 1, 1 / 8 - 1])
