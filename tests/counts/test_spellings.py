"""Spellings: vocabularies made one, in the order of their letters."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.counts.spellings import index_of, stacked, strings, united

WORDS = st.text("aäbz-.'中😀 ", min_size=1, max_size=3)


def indexed(words: set[str]) -> pd.Index:
    return pd.Index(sorted(words), dtype="str", name="term")


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sets(WORDS), min_size=1, max_size=4))
def test_one_vocabulary_is_all_words_sorted_and_each_is_found_where_it_was(several):
    vocabularies = [indexed(words) for words in several]
    every, places = united(vocabularies)
    assert every.tolist() == sorted(set().union(*several))
    assert every.name == "term"
    for vocabulary, place in zip(vocabularies, places, strict=True):
        assert every[place].tolist() == vocabulary.tolist()


def test_vocabularies_that_are_alike_stay_as_they_are():
    one = indexed({"a", "b"})
    every, places = united([one, indexed({"a", "b"})])
    assert every is one
    assert [place.tolist() for place in places] == [[0, 1], [0, 1]]


@pytest.mark.parametrize("index", [pd.Index(["b", "a"]), pd.Index(["b", "a"], dtype=object), pd.Index([], dtype="str")])
def test_strings_of_any_index_go_to_arrow_and_back(index):
    back = index_of(strings(index), "word")
    assert back.tolist() == index.tolist()
    assert (str(back.dtype), back.name) == ("str", "word")


def test_rows_are_stacked_with_their_columns_moved_and_stay_sorted():
    from scipy.sparse import csr_array

    one, two = csr_array(np.array([[1, 2], [0, 3]])), csr_array(np.array([[0, 0], [4, 5]]))
    for matrix in (one, two):
        matrix.sum_duplicates()
    matrix = stacked([one, two], [np.array([0, 3]), np.array([1, 2])], 4)
    assert matrix.toarray().tolist() == [[1, 0, 0, 2], [0, 0, 0, 3], [0, 0, 0, 0], [0, 4, 5, 0]]
    assert matrix.has_canonical_format
    assert matrix.has_sorted_indices
