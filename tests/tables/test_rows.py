"""Rows of counted pairs: what they share, and the arguments that counts refuse."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from counts.samples import STUDY

from discourse.counts import term_counts
from discourse.tables.rows import counted_rows, counts_of_terms, distinct, every_pair, order_by, per_1k


def test_every_pair_is_each_group_with_each_item():
    grouped = term_counts(STUDY, by="outlet").grouped()
    group, item = every_pair(grouped)
    assert (
        len(set(zip(group.tolist(), item.tolist(), strict=True))) == grouped.matrix.shape[0] * grouped.matrix.shape[1]
    )
    table = counted_rows(grouped, group, item)
    assert table["count"].sum() == grouped.matrix.sum()


def test_counts_are_taken_as_they_are():
    counts = term_counts(STUDY)
    assert counts_of_terms(counts, by="outlet", ngram=1, where=None) is counts


def test_the_first_key_sorts_first_and_a_minus_turns_it():
    assert order_by(-np.array([1, 2, 2]), ["b", "c", "a"]).tolist() == [2, 1, 0]


def test_without_words_there_is_no_rate():
    rates = per_1k(pd.Series([0, 1]), pd.Series([0, 4]))
    assert rates.isna().tolist() == [True, False]
    assert rates[1] == 250


@pytest.mark.parametrize("values", [[], [0], [5, 5, 7]])
def test_distinct_values_are_counted_per_owner(values):
    owner = np.zeros(len(values), np.int64)
    assert distinct(owner, np.array(values, np.int64), 2).tolist() == [len(set(values)), 0]
