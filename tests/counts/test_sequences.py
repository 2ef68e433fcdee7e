"""Sequences: numbers that ascend with the spelling, whatever room there is."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.counts import select, sequences
from discourse.counts.sequences import BITS, bits_of, numbered, placed, spelled, unpacked, words_of
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


def slow_runs(tokens, chosen):
    """For every chosen word: the number of its run of neighbours, by a loop over the table of tokens."""
    runs, run, last = [], 0, None
    for row, good in zip(tokens.frame().itertuples(), chosen, strict=True):
        own = (row.doc_id, row.zone, row.sentence)
        if own != last or (not (row.is_word and good) and row.token not in QUOTATION_MARKS):
            run += 1
        last = own
        if row.is_word and good:
            runs.append(run)
    return runs


@settings(max_examples=40, deadline=None)
@given(CORPORA, st.sampled_from([None, {"zone": "all"}, {"voice": "author"}, {"voice": "quoted"}]))
def test_words_are_fresh_where_a_loop_finds_that_a_run_begins(corpus, where):
    tokens = tokenize(corpus)
    chosen = select(tokens, where)
    words = words_of(tokens, chosen, (0, len(tokens)))
    runs = slow_runs(tokens, chosen)
    assert words.place.tolist() == np.flatnonzero(chosen & tokens.is_word).tolist()
    expected = [True, *(a != b for a, b in pairwise(runs)), True]
    assert words.fresh.tolist() == expected[: len(runs) + 1]


def test_a_sentence_that_begins_at_a_quotation_mark_begins_at_the_word_after_it():
    tokens = tokens_of("He went. “War is near.” No")
    words = words_of(tokens, np.ones(len(tokens), bool), (0, len(tokens)))
    assert words.fresh.tolist() == [True, False, True, False, False, True, True]


def test_words_of_a_span_are_those_of_the_whole():
    every = np.ones(len(STUDY), bool)
    whole = words_of(STUDY, every, (0, len(STUDY)))
    for first, last in pairwise(STUDY.doc_offsets.tolist()):
        own = words_of(STUDY, every, (first, last))
        inside = (whole.place >= first) & (whole.place < last)
        assert (own.place + first).tolist() == whole.place[inside].tolist()
        assert own.code.tolist() == whole.code[inside].tolist()
        assert own.fresh[:-1].tolist() == whole.fresh[:-1][inside].tolist()


def test_words_that_begin_no_sequence_are_those_with_a_break_among_the_next():
    words = sequences.Words(np.arange(5), np.zeros(5, np.int32), np.array([1, 0, 0, 1, 0, 1], bool))
    assert words.broken(2).tolist() == [False, False, True, False]
    assert words.broken(3).tolist() == [False, True, True]
    assert words.broken(6).tolist() == []
