"""Sequences: numbers that ascend with the spelling, whatever room there is."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.counts import select
from discourse.counts.sequences import (
    BITS,
    Stream,
    bits_of,
    moved,
    numbered,
    placed,
    running_over,
    spelled,
    stream_of,
    unpacked,
)
from discourse.tokens import tokenize
from discourse.tokens.types import QUOTATION_MARKS

from .samples import CORPORA, STUDY, tokens_of


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 6), max_size=30), st.integers(2, 5), st.integers(3, 30), st.integers(0, 20))
def test_sequences_are_numbered_in_the_order_of_their_words_and_can_be_told_from_the_number(codes, n, width, spare):
    number, replaced = numbered(np.array(codes, np.int32), n, width, spare)
    expected = [tuple(codes[i : i + n]) for i in range(len(codes) - n + 1)]
    assert list(zip(*(words.tolist() for words in unpacked(number, width, replaced)), strict=True)) == expected
    ranks = {words: rank for rank, words in enumerate(sorted(set(expected)))}
    assert np.unique(number, return_inverse=True)[1].tolist() == [ranks[words] for words in expected]
    assert bits_of(int(number.max(initial=0)) + 1) + spare <= BITS


@pytest.mark.parametrize("top", [10, 2**60])
def test_the_place_of_a_number_is_the_same_with_and_without_room_for_where_it_stood(top):
    numbers = np.random.default_rng(1).integers(0, 10, 100) * (top // 10)
    place, distinct = placed(numbers)
    assert distinct.tolist() == sorted(set(numbers.tolist()))
    assert distinct[place].tolist() == numbers.tolist()


def test_no_letter_of_a_term_sorts_before_the_blank_so_numbers_sort_as_spellings_do():
    assert min("".join(STUDY.terms)) > " "
    terms = pd.Index(sorted(["a", "a-b", "a.b", "a'b", "ab", "b", "ä"]), name="term")
    pairs = [words.ravel() for words in np.indices((len(terms), len(terms)))]
    assert spelled(terms, pairs).tolist() == sorted(f"{a} {b}" for a in terms for b in terms)


@pytest.mark.parametrize("n", [1, 2, 3, 5])
def test_a_sequence_is_spelled_with_blanks_between_its_terms(n):
    rng = np.random.default_rng(n)
    words = [rng.integers(0, len(STUDY.terms), 20) for _ in range(n)]
    expected = [" ".join(STUDY.terms[list(row)]) for row in zip(*words, strict=True)]
    found = spelled(STUDY.terms, words)
    assert found.tolist() == expected
    assert (str(found.dtype), found.name) == ("str", "term")


def test_no_sequence_is_spelled_as_nothing():
    assert spelled(STUDY.terms, [np.empty(0, np.int64)] * 3).tolist() == []


def slow_stream(tokens, chosen):
    """Tokens but quotation marks, by a loop: the term of a chosen word or none, and whether something begins there."""
    found, last = [], None
    for row, good in zip(tokens.frame().itertuples(), chosen, strict=True):
        own = (row.doc_id, row.zone, row.sentence)
        if row.token not in QUOTATION_MARKS:
            found.append((row.term if row.is_word and good else None, own != last))
            last = own
    return found


def fresh_in(tokens, stream, span=None):
    """Whether a document, a zone or a sentence begins at each place of the stream of a span."""
    first, last = span or (0, len(tokens))
    tokens.layer("sentence")
    starts = np.concatenate(tokens.breaks)
    fresh = np.zeros(len(stream.code) + 1, bool)
    fresh[moved(starts[(starts >= first) & (starts < last)] - first, stream.left_out)] = True
    return fresh[:-1].tolist()


@settings(max_examples=40, deadline=None)
@given(CORPORA, st.sampled_from([None, {"zone": "all"}, {"voice": "author"}, {"voice": "quoted"}]))
def test_a_stream_is_what_a_loop_over_the_tokens_finds(corpus, where):
    tokens = tokenize(corpus)
    chosen, offsets = select(tokens, where), tokens.doc_offsets
    stream = stream_of(tokens, chosen, (0, len(tokens)), offsets)
    terms = [*tokens.terms, None]
    found = [(terms[code], fresh) for code, fresh in zip(stream.code.tolist(), fresh_in(tokens, stream), strict=True)]
    assert found == slow_stream(tokens, chosen)
    words = chosen & tokens.is_word
    assert stream.words(len(tokens.terms)).tolist() == [words[a:b].sum() for a, b in pairwise(offsets)]


def test_a_sentence_that_begins_at_a_quotation_mark_begins_at_the_word_after_it():
    tokens = tokens_of("He went. “War is near.” No")
    stream = stream_of(tokens, np.ones(len(tokens), bool), (0, len(tokens)), tokens.doc_offsets)
    assert fresh_in(tokens, stream) == [True, False, False, True, False, False, False, True]


def test_the_stream_of_a_span_is_that_of_the_whole():
    every = np.ones(len(STUDY), bool)
    whole = stream_of(STUDY, every, (0, len(STUDY)), STUDY.doc_offsets)
    for (first, last), (low, high) in zip(pairwise(STUDY.doc_offsets), pairwise(whole.bounds), strict=True):
        own = stream_of(STUDY, every, (int(first), int(last)), np.array([first, last]))
        assert own.code.tolist() == whole.code[low:high].tolist()
        assert fresh_in(STUDY, own, (first, last)) == fresh_in(STUDY, whole)[low:high]
        assert own.bounds.tolist() == [0, high - low]


def test_a_sequence_is_broken_where_one_of_its_places_is_no_word():
    stream = Stream(np.array([1, 2, 9, 1, 1, 2]), np.array([0, 6]), np.empty(0, np.int64))
    assert stream.broken(2, 9).tolist() == [False, True, True, False, False]
    assert stream.broken(3, 9).tolist() == [True, True, True, False]
    assert stream.broken(1, 9).tolist() == [False, False, True, False, False, False]
    assert stream.broken(7, 9).tolist() == []


@given(st.sets(st.integers(0, 12)), st.integers(2, 5), st.integers(0, 12))
def test_a_sequence_runs_over_what_begins_at_one_of_its_later_places(places, n, size):
    found = set(running_over(np.array(sorted(places), np.int64), n, size).tolist())
    assert found == {at for at in range(size) if places & set(range(at + 1, at + n))}


def test_stretches_of_quotation_marks_alone_have_no_words():
    stream = Stream(np.array([1, 9, 1]), np.array([0, 0, 2, 2, 3, 3]), np.empty(0, np.int64))
    assert stream.words(9).tolist() == [0, 1, 0, 1, 0]
