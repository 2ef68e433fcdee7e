"""Flags: facts about the rows they stand on, at thresholds that are named."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from discourse.counts import Counts
from discourse.tables import term_frequencies
from discourse.tables.flags import DRIVES_COUNT, FEW_DOCUMENTS, FLAGS, drives, flag_column, period_differs


def flags(matrix: list[list[int]], by: str | list[str] | None = "side", **columns: object) -> pd.Series:
    counts = Counts.from_matrix(matrix, ["war"], pd.DataFrame(columns))
    table = term_frequencies(counts, by=by)
    return table.set_index(by)["flags"] if by else table["flags"]


def test_flags_are_described_in_the_order_of_the_alphabet():
    assert list(FLAGS) == sorted(FLAGS)


def test_fifteen_documents_are_no_longer_few():
    assert flags([[1]] * 14, by=None, side=["A"] * 14)[0] == "descriptive few_documents"
    assert flags([[1]] * 15, by=None, side=["A"] * 15)[0] == ""
    assert FEW_DOCUMENTS == 15


def test_a_document_without_words_does_not_count_as_one():
    assert "single_document" in flags([[1], [0]], side=["A", "A"])["A"].split()


def test_a_single_author_who_writes_elsewhere_is_no_alias():
    found = flags([[1]] * 4, side=["A", "A", "B", "B"], author=["x", "x", "x", "y"])
    assert "single_author" in found["A"].split()
    assert "aliased" not in found["A"].split()
    assert "single_author" not in found["B"].split()


def test_a_group_that_is_one_author_who_writes_nowhere_else_is_aliased():
    found = flags([[1]] * 4, side=["A", "A", "B", "B"], author=["x", "x", "y", "z"])
    assert "aliased" in found["A"].split()
    assert "aliased" not in found["B"].split()


def test_a_document_without_words_adds_no_author():
    assert "single_author" in flags([[1], [0]], side=["A", "A"], author=["x", "y"])["A"].split()


def test_an_unknown_author_may_be_anybody():
    found = flags([[1]] * 4, side=["A", "A", "B", "B"], author=["x", "", "", ""])
    assert not found.str.contains("single_author|aliased").any()


def test_groups_by_author_are_not_aliases_of_themselves():
    found = flags([[1]] * 2, by="author", side=["A", "B"], author=["x", "y"])
    assert found.str.contains("single_author").all()
    assert not found.str.contains("aliased").any()


def test_one_document_of_several_drives_with_more_than_half_of_three_hits_or_more():
    assert drives(np.array([3, 4, 2, 9]), np.array([2, 2, 2, 9]), np.array([2, 2, 2, 1])).tolist() == [
        True,
        False,
        False,
        False,
    ]
    assert DRIVES_COUNT == 3


@pytest.mark.parametrize(
    ("ours", "theirs", "differs"),
    [
        ({"2024", "2025-06"}, {"2025-01-03"}, False),
        ({"2024"}, {"2025"}, True),
        ({"2026"}, {"2025"}, True),
        ({"2025"}, {"2025"}, False),
        ({"2025", ""}, {"2025"}, True),
        (set(), {"2025"}, True),
    ],
)
def test_periods_differ_where_they_do_not_overlap_or_are_unknown(ours, theirs, differs):
    assert period_differs(ours, theirs) is differs


def test_a_column_without_rows_or_flags_is_empty():
    assert flag_column({}, 2).tolist() == ["", ""]
    assert flag_column({"a": np.empty(0, bool)}, 0).tolist() == []
