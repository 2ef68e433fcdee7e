"""Flags: facts about the rows they stand on, at thresholds that are named."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from counts.samples import corpus_of
from hypothesis import given
from hypothesis import strategies as st

from discourse.counts import Counts
from discourse.tables import similarity, term_frequencies
from discourse.tables.flags import DRIVES_COUNT, FEW_DOCUMENTS, FLAGS, drives, flag_column
from discourse.tokens import tokenize


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


def apart(ours: set[str], theirs: set[str]) -> bool:
    """Whether dates do not overlap, or are unknown on a side."""
    return "" in ours | theirs or min(ours) > max(theirs) or min(theirs) > max(ours)


@pytest.mark.parametrize(
    ("ours", "theirs", "differs"),
    [
        (["2024", "2025-06"], ["2025-01-03"], False),
        (["2024"], ["2025"], True),
        (["2026"], ["2025"], True),
        (["2025"], ["2025"], False),
        (["2025", ""], ["2025"], True),
        (["2025", "May 2025"], ["2025"], True),
        (["2024", "2026 (revised)"], ["2025"], True),
    ],
)
def test_periods_differ_where_they_do_not_overlap_or_are_unknown(ours, theirs, differs):
    side = ["A"] * len(ours) + ["B"] * len(theirs)
    found = flags([[1]] * len(side), side=side, date=[*ours, *theirs])
    assert found.str.contains("period_differs").tolist() == [differs] * 2


def test_a_column_without_rows_or_flags_is_empty():
    assert flag_column({}, 2).tolist() == ["", ""]
    assert flag_column({"a": np.empty(0, bool)}, 0).tolist() == []


# ── one group against all others ─────────────────────────────────────────────────────────────────────────────────

TOPICS, DATES = st.sampled_from(["war", "trade", ""]), st.sampled_from(["2024", "2025-03", "2025-06-01", "2026", ""])
ABOUT = st.lists(st.tuples(st.sampled_from("ABC"), TOPICS, DATES), min_size=2, max_size=6)


@given(ABOUT)
def test_each_group_is_compared_with_all_others(rows):
    side, topic, date = (list(column) for column in zip(*rows, strict=True))
    found = flags([[1]] * len(rows), side=side, topic=topic, date=date)
    for name in set(side):
        own = [s == name for s in side]
        sets = [[{v for v, is_own in zip(column, own, strict=True) if is_own == inside} for inside in (True, False)]
                for column in (topic, date)]
        compared = len(set(side)) > 1
        assert ("topic_differs" in found[name].split()) == (compared and sets[0][0] != sets[0][1])
        assert ("period_differs" in found[name].split()) == (compared and apart(*sets[1]))


@given(ABOUT)
def test_pairs_are_compared_with_one_another(rows):
    side, topic, date = (list(column) for column in zip(*rows, strict=True))
    about = pd.DataFrame({"side": side, "topic": topic, "date": date})
    table = similarity(Counts.from_matrix([[1]] * len(rows), ["war"], about), by="side")
    for row in table.itertuples():
        (topics, dates), (other_topics, other_dates) = (
            (set(about.loc[about["side"] == name, "topic"]), set(about.loc[about["side"] == name, "date"]))
            for name in (row.a, row.b)
        )
        assert ("topic_differs" in row.flags.split()) == (topics != other_topics)
        assert ("period_differs" in row.flags.split()) == apart(dates, other_dates)


def test_groups_by_layer_and_column_are_compared_by_the_column_alone():
    rows = [("war “peace” war", "A", "x", 1), ("“peace” war", "B", "x", 1)]
    corpus = corpus_of(rows)
    dated = tokenize(replace(corpus, documents=corpus.documents.assign(date=["2024", "2025"])))
    assert term_frequencies(dated, by=["outlet", "voice"])["flags"].str.contains("period_differs").all()
    assert not term_frequencies(dated, by="voice")["flags"].str.contains("period_differs").any()


def test_few_hits_are_expected_where_the_smaller_side_would_have_few():
    counts = Counts.from_matrix([[4, 40], [9, 60]], ["rare", "usual"], pd.DataFrame({"side": ["A", "B"]}))
    table = term_frequencies(counts, by="side").set_index(["side", "term"])["flags"].str.contains("low_expected")
    # 13 of 113 words: of the 44 words of A 5.1 would be rare ones.
    assert not table.any()
    fewer = Counts.from_matrix([[3, 40], [9, 60]], ["rare", "usual"], pd.DataFrame({"side": ["A", "B"]}))
    table = term_frequencies(fewer, by="side").set_index(["side", "term"])["flags"].str.contains("low_expected")
    assert table.to_dict() == {("A", "rare"): True, ("B", "rare"): True, ("A", "usual"): False, ("B", "usual"): False}
    assert not term_frequencies(fewer)["flags"].str.contains("low_expected").any()


def test_thresholds_of_documents_count_authors_where_they_wrote_several():
    found = flags([[1]] * 20, side=["A"] * 20, author=[str(number // 2) for number in range(20)])
    assert "few_documents" in found["A"].split()
    assert "few_documents" not in flags([[1]] * 20, side=["A"] * 20, author=[str(n) for n in range(20)])["A"].split()
