"""Association measures against nltk, the window convention, signs and edges."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.metrics.association import BigramAssocMeasures

from discourse.measures import (
    collocate_log_likelihood,
    expected_count,
    log_likelihood,
    mi3,
    mutual_information,
    t_score,
    z_score,
)

SCORES = [mutual_information, t_score, collocate_log_likelihood, z_score]
margins = st.tuples(st.integers(1, 400), st.integers(1, 400))
pairs = margins.flatmap(
    lambda pair: st.tuples(st.integers(1, min(pair)), st.just(pair[0]), st.just(pair[1]), st.integers(1_000, 10**7))
)


@given(pairs)
def test_neighbours_are_scored_as_by_nltk(pair):
    observed, node, collocate, total = pair
    marginals = observed, (node, collocate), total
    np.testing.assert_allclose(mutual_information(*pair), BigramAssocMeasures.pmi(*marginals), atol=1e-9)
    np.testing.assert_allclose(t_score(*pair), BigramAssocMeasures.student_t(*marginals), atol=1e-9)
    np.testing.assert_allclose(2 ** mi3(*pair), BigramAssocMeasures.mi_like(*marginals) * total, rtol=1e-9)
    g2 = BigramAssocMeasures.likelihood_ratio(*marginals)
    np.testing.assert_allclose(abs(collocate_log_likelihood(*pair)), abs(g2), rtol=1e-6, atol=1e-6)


@given(pairs)
def test_node_and_collocate_can_change_places_when_the_window_is_one(pair):
    observed, node, collocate, total = pair
    for score in SCORES:
        there, back = score(observed, node, collocate, total), score(observed, collocate, node, total)
        np.testing.assert_allclose(there, back, rtol=1e-6, atol=1e-8)


@given(pairs, st.integers(1, 2))
def test_all_scores_agree_whether_there_is_more_or_less_than_expected(pair, window):
    expected = expected_count(*pair[1:], window_size=window)
    sign = np.sign(pair[0] - expected)
    assert [np.sign(np.round(score(*pair, window_size=window), 12)) for score in SCORES] == [sign] * 4


@given(pairs)
def test_a_window_of_ten_expects_ten_times_as_much(pair):
    ratio = expected_count(*pair[1:], window_size=10) / expected_count(*pair[1:])
    np.testing.assert_allclose(ratio, 10)
    loss = mutual_information(*pair) - mutual_information(*pair, window_size=10)
    np.testing.assert_allclose(loss, np.log2(10))


def test_log_likelihood_compares_the_windows_with_the_other_words():
    expected = log_likelihood(20, 1_000, 30, 9_000)
    assert collocate_log_likelihood(20, 100, 50, 10_000, window_size=10) == expected


def test_observed_as_expected_scores_zero():
    assert [score(5, 100, 50, 10_000, window_size=10) for score in SCORES] == [0, 0, 0, 0]
    assert [z_score(5, 100, 50, 10_000, window_size=10, form=form) for form in ("plain", "yates")] == [0, 0]


@given(pairs, st.integers(1, 10))
def test_cubed_mutual_information_adds_twice_the_logarithm_of_the_hits(pair, window):
    observed = pair[0]
    expected = expected_count(*pair[1:], window_size=window)
    np.testing.assert_allclose(mi3(*pair, window_size=window), np.log2(observed**3 / expected), atol=1e-9)
    gain = mi3(*pair, window_size=window) - mutual_information(*pair, window_size=window)
    np.testing.assert_allclose(gain, 2 * np.log2(observed), atol=1e-9)


@given(pairs)
def test_z_is_the_square_root_of_its_part_of_chi_squared(pair):
    # UCS and NLTK: chi-square of a pair is z² over the shares of all other words and all other neighbours.
    observed, node, collocate, total = pair
    chi_squared = BigramAssocMeasures.chi_sq(observed, (node, collocate), total)
    whole = z_score(*pair) ** 2 / ((1 - node / total) * (1 - collocate / total))
    np.testing.assert_allclose(whole, chi_squared, rtol=1e-6, atol=1e-9)


@given(pairs, st.integers(1, 10))
def test_a_correction_for_continuity_moves_z_half_a_hit_towards_zero(pair, window):
    plain, corrected = (z_score(*pair, window_size=window, form=form) for form in ("plain", "yates"))
    expected = expected_count(*pair[1:], window_size=window)
    shift = min(abs(pair[0] - expected), 0.5) / np.sqrt(expected)
    np.testing.assert_allclose(abs(plain) - abs(corrected), shift, atol=1e-9)
    assert np.sign(corrected) in (0, np.sign(plain))


def test_the_binomial_z_of_berry_rogghe_leaves_the_node_out():
    # p = 50 / (10,000 - 100), 1,000 places beside the node: 5.05 hits are expected.
    p = 50 / 9_900
    expected = (20 - p * 1_000) / np.sqrt(p * 1_000 * (1 - p))
    np.testing.assert_allclose(z_score(20, 100, 50, 10_000, window_size=10, form="binomial"), expected)


def test_a_form_that_is_none_is_named():
    with pytest.raises(ValueError, match="form must be one of 'plain', 'yates', 'binomial'; got 'exact'"):
        z_score(1, 5, 4, 100, form="exact")


def test_doubling_the_corpus_adds_one_to_mutual_information():
    assert mutual_information(5, 50, 60, 20_000) - mutual_information(5, 50, 60, 10_000) == pytest.approx(1)


def test_never_together_is_minus_infinity_or_undefined():
    assert mutual_information(0, 5, 5, 100) == -np.inf
    assert mi3(0, 5, 5, 100) == -np.inf
    assert np.isnan(t_score(0, 5, 5, 100))
    assert collocate_log_likelihood(0, 5, 5, 100) < 0


def test_a_word_that_never_occurs_has_no_score():
    scores = [*SCORES, mi3, *[partial(z_score, form=form) for form in ("yates", "binomial")]]
    assert np.isnan([score(0, 0, 5, 100) for score in scores]).all()
    assert np.isnan([score(0, 5, 0, 100) for score in scores]).all()
    assert np.isnan([score(0, 0, 0, 0) for score in scores]).all()


def test_positions_counted_twice_make_no_table():
    more_hits_than_there_are = collocate_log_likelihood(9, 10, 8, 1_000, window_size=10)
    windows_beyond_the_corpus = collocate_log_likelihood(5, 200, 8, 1_000, window_size=10)
    assert np.isnan([more_hits_than_there_are, windows_beyond_the_corpus]).all()


def test_windows_cut_at_the_edges_of_documents_are_a_mean():
    whole = expected_count([4, 4], 10, 1_000, window_size=[10, 7.5])
    np.testing.assert_allclose(whole, [0.4, 0.3])


@pytest.mark.parametrize("score", SCORES)
def test_a_negative_count_is_named(score):
    with pytest.raises(ValueError, match=r"collocate_count must not be negative; got -4\. Pass counts"):
        score(1, 5, -4, 100)
