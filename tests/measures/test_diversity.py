"""Diversity of texts: every measure counted out word by word, many texts at once, conventions, edges."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from discourse.measures import diversity, hdd, mattr, mtld, type_token_ratio, yule_k

texts = st.lists(st.integers(0, 12), min_size=1, max_size=80).map(np.array)
several = st.lists(texts, min_size=1, max_size=4)
MEASURES = [
    type_token_ratio,
    partial(mattr, window=5),
    partial(mattr, window=5, short="whole"),
    mtld,
    partial(mtld, ends="below", min_words=3),
    partial(hdd, sample=6),
    yule_k,
]


def factor_length(text: list[int], threshold: float, *, at: bool, least: int) -> float:
    """MTLD in one direction, as McCarthy and Jarvis describe it, word by word."""
    factors, running = 0.0, []
    for word in text:
        running.append(word)
        ratio = len(set(running)) / len(running)
        if len(running) >= least and (ratio <= threshold if at else ratio < threshold):
            factors, running = factors + 1, []
    if running:
        factors += (1 - len(set(running)) / len(running)) / (1 - threshold)
    return len(text) / factors if factors else np.inf


@given(texts)
def test_type_token_ratio_divides_types_by_words(text):
    assert type_token_ratio(text) == len(set(text.tolist())) / len(text)


@given(texts, st.integers(1, 12))
def test_mattr_is_the_mean_of_all_windows(text, window):
    windows = [text[begin : begin + window] for begin in range(len(text) - window + 1)]
    ratios = [len(set(words.tolist())) / window for words in windows]
    if ratios:
        np.testing.assert_allclose(mattr(text, window=window), np.mean(ratios), rtol=1e-12)
    else:
        assert np.isnan(mattr(text, window=window))
        assert mattr(text, window=window, short="whole") == type_token_ratio(text)


def test_mattr_in_quanteda_by_hand():
    # The tests of quanteda.textstats write these means out: one one two one one two one.
    text = [1, 1, 2, 1, 1, 2, 1]
    assert mattr(text, window=2) == pytest.approx((1 / 2 + 1 + 1 + 1 / 2 + 1 + 1) / 6)
    assert mattr(text, window=3) == pytest.approx(2 / 3)
    assert mattr(text, window=4) == pytest.approx(1 / 2)


@given(texts, st.sampled_from([0.5, 0.72, 0.9]), st.booleans(), st.integers(1, 12))
def test_mtld_is_the_mean_of_both_directions_word_by_word(text, threshold, at, least):
    computed = mtld(text, threshold=threshold, ends="at_or_below" if at else "below", min_words=least)
    words = text.tolist()
    both = [factor_length(direction, threshold, at=at, least=least) for direction in (words, words[::-1])]
    np.testing.assert_allclose(computed, np.mean(both), rtol=1e-12)


def test_the_two_ends_of_a_factor_differ_where_the_ratio_is_exactly_the_threshold():
    # Forwards the fourth word brings the ratio to three quarters; backwards no word does.
    text = [1, 2, 3, 3, 4, 5, 6, 7]
    assert mtld(text, threshold=0.75) == (8 + 16) / 2
    assert mtld(text, threshold=0.75, ends="below") == 16


def test_long_factors_are_found_however_far_the_search_goes():
    long = np.append(np.arange(3_000), np.zeros(1_500, int))
    words = long.tolist()
    both = [factor_length(direction, 0.72, at=True, least=1) for direction in (words, words[::-1])]
    np.testing.assert_allclose(mtld(long), np.mean(both))


@given(texts, st.integers(1, 42))
def test_hdd_is_the_sum_of_what_each_type_gives_to_a_sample(text, sample):
    if len(text) < sample:
        assert np.isnan(hdd(text, sample=sample))
    else:
        frequencies = np.unique(text, return_counts=True)[1]
        expected = sum(1 - stats.hypergeom.pmf(0, len(text), frequencies, sample)) / sample
        np.testing.assert_allclose(hdd(text, sample=sample), expected, rtol=1e-9)


@given(texts)
def test_a_sample_of_one_word_has_one_type_and_one_of_all_words_has_them_all(text):
    np.testing.assert_allclose(hdd(text, sample=1), 1)
    np.testing.assert_allclose(hdd(text, sample=len(text)), type_token_ratio(text))


@given(texts)
def test_yule_counts_the_pairs_of_equal_words(text):
    equal = (text[:, None] == text).sum() - len(text)
    np.testing.assert_allclose(yule_k(text), 1e4 * equal / len(text) ** 2)


@pytest.mark.parametrize("measure", MEASURES)
@given(several)
def test_texts_in_one_stream_are_each_alone(measure, many):
    offsets = np.cumsum([0, *map(len, many)])
    together = measure(np.concatenate(many), offsets)
    np.testing.assert_array_equal(together, [measure(text) for text in many])


@pytest.mark.parametrize("options", [{}, {"ends": "below", "min_words": 10}, {"threshold": 0.5}])
def test_factors_of_texts_side_by_side_are_those_of_each_alone(options):
    rng = np.random.default_rng(2)
    lengths = rng.integers(0, 1_500, 3 * diversity.SIDE_BY_SIDE)
    many = [np.where(rng.random(size) < rng.random(), np.arange(size), rng.zipf(1.4, size) % 500) for size in lengths]
    together = mtld(np.concatenate(many), np.concatenate([[0], np.cumsum(lengths)]), **options)
    np.testing.assert_array_equal(together, [mtld(text, **options) for text in many])


@given(st.floats(0.01, 0.99), st.booleans())
def test_a_factor_ends_at_the_most_types_whose_ratio_is_low_enough(threshold, at):
    words = np.arange(1, 400)
    most = diversity._bounds(399, threshold, at=at, least=1)
    for types, ends in ((most, True), (most + 1, False)):
        ratio = types / words
        assert ((ratio <= threshold) if at else (ratio < threshold)).all() == ends
        assert ((ratio <= threshold) if at else (ratio < threshold)).any() == ends


@pytest.mark.parametrize("measure", MEASURES)
@given(texts)
def test_the_numbers_that_stand_for_words_play_no_role(measure, text):
    np.testing.assert_allclose(measure(text), measure(1_000_000 - text), rtol=1e-12)


@pytest.mark.parametrize("measure", MEASURES)
def test_a_text_without_words_has_no_diversity(measure):
    assert np.isnan(measure([]))
    with_words = measure([1, 2, 3, 1, 2, 3], [0, 0, 6, 6])
    assert np.isnan(with_words).tolist() == [True, False, True]


def test_a_text_that_repeats_nothing_or_only_one_word():
    new, same = np.arange(60), np.zeros(60, int)
    assert [type_token_ratio(new), mattr(new), hdd(new), yule_k(new), mtld(new)] == [1, 1, 1, 0, np.inf]
    assert type_token_ratio(same) == 1 / 60
    assert mattr(same) == 1 / 50
    assert hdd(same) == pytest.approx(1 / 42)
    assert mtld(same) == 2
    assert yule_k(same) == 1e4 * 59 / 60


@pytest.mark.parametrize("measure", MEASURES)
def test_what_are_no_words_and_no_borders_is_named(measure):
    with pytest.raises(ValueError, match="ids must be whole numbers in one dimension; got others"):
        measure([1.5, 2])
    for offsets in ([0, 2], [1, 3], [0, 2, 1, 3], []):
        with pytest.raises(ValueError, match="offsets must rise from 0 to the number of words, 3; got others"):
            measure([1, 2, 3], offsets)


def test_settings_that_make_no_sense_are_named():
    with pytest.raises(ValueError, match="window must be 1 or more; got 0"):
        mattr([1, 2], window=0)
    with pytest.raises(ValueError, match="short must be one of 'nan', 'whole'; got 'ttr'"):
        mattr([1, 2], short="ttr")
    with pytest.raises(ValueError, match=r"threshold must lie between 0 and 1; got 72\. The usual one is 0\.72"):
        mtld([1, 2], threshold=72)
    with pytest.raises(ValueError, match="min_words must be 1 or more; got 0"):
        mtld([1, 2], min_words=0)
    with pytest.raises(ValueError, match="ends must be one of 'at_or_below', 'below'; got 'above'"):
        mtld([1, 2], ends="above")
    with pytest.raises(ValueError, match="sample must be 1 or more; got 0"):
        hdd([1, 2], sample=0)
