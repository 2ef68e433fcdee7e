"""Who wrote what: authors, topics and dates of groups, and what counts as one."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.counts import Counts
from discourse.counts.design import kinds_of, unit_codes, unit_numbers, united_kinds

AUTHORS, TOPICS = st.sampled_from(["x", "y", ""]), st.sampled_from(["war", ""])
ROWS = st.lists(st.tuples(st.integers(0, 2), st.booleans(), AUTHORS, TOPICS), max_size=9)


def kinds(rows: list[tuple[int, bool, str, str]]) -> dict[str, pd.DataFrame]:
    table = pd.DataFrame(rows, columns=["group", "filled", "author", "topic"])
    about = table[["author", "topic"]].astype("str")
    return kinds_of(table["group"].to_numpy(np.int64), table["filled"].to_numpy(bool), about)


@given(ROWS, ROWS)
def test_parts_know_together_what_the_whole_knows(one, two):
    parts, whole = united_kinds([kinds(one), kinds(two)], [np.arange(3), np.arange(3)]), kinds([*two, *one])
    assert list(parts) == list(whole) == ["author", "topic"]
    for name, table in whole.items():
        expected = {(group, value): number for group, value, number in table.itertuples(index=False)}
        assert {(group, value): number for group, value, number in parts[name].itertuples(index=False)} == expected


def grouped(**columns: list[str]) -> Counts:
    size = len(next(iter(columns.values())))
    return Counts.from_matrix(np.arange(1, size + 1)[:, None], ["war"], pd.DataFrame(columns), totals=[10] * size)


@pytest.mark.parametrize(
    ("author", "units"),
    [
        (["x", "x", "y", "y"], 2),
        (["x", "x", "y", ""], 3),
        (["x", "", "", ""], 4),
        (["x", "x", "x", "x"], 4),
        (["x", "x", "x", ""], 2),
        (["w", "x", "y", "z"], 4),
    ],
)
def test_documents_of_an_author_are_one_unit_unless_there_is_no_other_author(author, units):
    own = grouped(author=author, side=["A"] * 4).grouped("side")
    assert own.n_units.tolist() == [units]
    sampled = own.sampled()
    assert len(sampled.unit_group) == units
    assert sampled.units.sum() == own.matrix.sum() == 10
    assert sampled.unit_totals.sum() == 40


def test_an_author_is_one_unit_in_each_group_and_documents_are_units_among_authors():
    counts = grouped(author=["x", "x", "x", "y"], side=["A", "A", "B", "A"])
    assert counts.grouped("side").n_units.tolist() == [2, 1]
    assert sorted(counts.grouped("side").sampled().units.data.tolist()) == [3, 3, 4]
    assert counts.grouped("author").n_units.tolist() == [3, 1]


def test_a_document_without_words_is_no_unit():
    counts = Counts.from_matrix([[1], [0]], ["war"], pd.DataFrame({"author": ["x", "y"]}))
    assert counts.grouped().n_units.tolist() == [1]


def test_codes_tell_units_apart():
    author = np.array(["x", "y", "x", "", ""], object)
    together = np.array([True, False])
    assert unit_codes(np.zeros(5, np.int64), author, together=together).tolist() == [0, 1, 0, 2, 3]
    assert unit_codes(np.ones(5, np.int64), author, together=together).tolist() == [0, 1, 2, 3, 4]
    assert unit_numbers({}, np.array([7])).tolist() == [7]
