"""Keyness: each score follows from its row, sides can be swapped, and the design is stated."""

from __future__ import annotations

import time

import numpy as np
import pandas as pd
import pytest
from counts.parts import singles
from counts.samples import BOOK, CORPORA, STUDY
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse import measures
from discourse.counts import Counts, frame_counts, term_counts
from discourse.tables import keyness
from discourse.tables.contrasts import PRIOR_SHARE
from discourse.tables.flags import FEW_DOCUMENTS
from discourse.tables.pairs import MOST_LOOKED_UP
from discourse.tokens import tokenize

FOUR = ["count_target", "total_target", "count_reference", "total_reference"]


def many(documents: int, **columns: object) -> Counts:
    """Two sides of so many documents each; war is twice as frequent on side A."""
    rng = np.random.default_rng(1)
    matrix = np.column_stack([rng.poisson([8] * documents + [4] * documents), rng.poisson(40, 2 * documents)])
    about = pd.DataFrame({"side": ["A"] * documents + ["B"] * documents, **columns})
    return Counts.from_matrix(matrix, ["war", "the"], about)


def only(counts: Counts, **more: object) -> pd.DataFrame:
    return keyness(counts, by="side", min_count=1, min_documents=1, **more)


@pytest.mark.parametrize(("ngram", "by"), [(1, "outlet"), (1, "voice"), (2, "author"), (1, "year")])
def test_every_score_follows_from_its_own_row(ngram, by):
    table = keyness(STUDY, by=by, ngram=ngram, min_count=1, min_documents=1, tokens_as_sample=True)
    four = [table[name] for name in FOUR]
    pooled = PRIOR_SHARE * (table["count_target"] + table["count_reference"])
    mass = PRIOR_SHARE * (table["total_target"] + table["total_reference"])
    odds, z = measures.log_odds_prior(*four, prior=pooled, prior_total=mass)
    low, high = measures.log_ratio_interval(*four)
    g2 = measures.log_likelihood(*four)
    expected = {
        "per_1k_target": 1000 * table["count_target"] / table["total_target"],
        "per_1k_reference": 1000 * table["count_reference"] / table["total_reference"],
        "log_likelihood": g2,
        "p_value": measures.p_value(g2),
        "log10_p": measures.log10_p(g2),
        "log_ratio": measures.log_ratio(*four),
        "log_ratio_low": low,
        "log_ratio_high": high,
        "log_odds": odds,
        "log_odds_z": z,
    }
    for name, values in expected.items():
        np.testing.assert_allclose(table[name], values, rtol=1e-12, err_msg=name)
    for _, rows in table.groupby(by):
        np.testing.assert_allclose(rows["p_adjusted"], measures.benjamini_hochberg(rows["p_value"]))


@settings(max_examples=15, deadline=None)
@given(CORPORA, st.sampled_from(["author", "voice"]))
def test_swapping_target_and_reference_negates_what_has_a_sign(corpus, by):
    counts = term_counts(tokenize(corpus), by=by)
    grouped = counts.grouped()
    groups = [name for name, total in zip(grouped.keys[by], grouped.totals, strict=True) if total]
    if len(groups) < 2:
        return
    a, b = groups[:2]
    there = keyness(counts, target=a, reference=b, min_count=1, min_documents=1).set_index("term").sort_index()
    back = keyness(counts, target=b, reference=a, min_count=1, min_documents=1).set_index("term").sort_index()
    for name in ("log_likelihood", "log_ratio", "log_odds", "log_odds_z"):
        np.testing.assert_allclose(there[name], -back[name], atol=1e-9)
    np.testing.assert_allclose(there["log_ratio_low"], -back["log_ratio_high"])
    for name in ("count", "total", "documents", "per_1k"):
        assert there[f"{name}_target"].tolist() == back[f"{name}_reference"].tolist()
    assert there["flags"].tolist() == back["flags"].tolist()


def test_proportional_sides_differ_in_nothing():
    table = only(Counts.from_matrix([[2, 4], [3, 6]], ["war", "the"], pd.DataFrame({"side": ["A", "B"]})))
    assert table["log_ratio"].abs().max() < 1e-12
    assert table["log_likelihood"].abs().max() < 1e-12


@pytest.mark.parametrize(("min_count", "min_documents"), [(1, 1), (3, 1), (1, 2), (3, 2), (4, 3)])
def test_thresholds_count_both_sides_and_say_what_they_hide(min_count, min_documents):
    every = keyness(STUDY, by="outlet", target="A", min_count=1, min_documents=1)
    shown = keyness(STUDY, by="outlet", target="A", min_count=min_count, min_documents=min_documents)
    passing = every[
        (every["count_target"] + every["count_reference"] >= min_count)
        & (every["documents_target"] + every["documents_reference"] >= min_documents)
    ]
    assert shown["term"].tolist() == passing["term"].tolist()
    assert shown.attrs["hidden"] == {"A": len(every) - len(shown)}
    assert (shown.attrs["min_count"], shown.attrs["min_documents"]) == (min_count, min_documents)


def test_every_group_is_a_target_against_all_others_unless_told_otherwise():
    table = keyness(STUDY, by="outlet", min_count=1)
    assert table["outlet"].unique().tolist() == ["", "A", "B"]
    assert set(table["reference"]) == {"all others"}
    named = keyness(STUDY, by="outlet", target="A", reference=["B", ""], min_count=1)
    assert set(named["reference"]) == {"B, "}
    same = table[table["outlet"] == "A"].reset_index(drop=True)
    pd.testing.assert_frame_equal(named.drop(columns="reference"), same.drop(columns="reference"), check_like=True)


def test_rows_stand_by_target_then_log_ratio_then_count_then_term():
    table = keyness(STUDY, by="outlet", min_count=1, min_documents=1)
    order = table.sort_values(["outlet", "log_ratio", "count_target", "term"], ascending=[True, False, False, True])
    assert order.index.tolist() == table.index.tolist()


@pytest.mark.parametrize("arguments", [{}, {"ngram": 2}, {"target": "A", "reference": "B"}, {"min_count": 1}])
@pytest.mark.parametrize("by", ["outlet", "voice"])
def test_a_corpus_in_parts_is_compared_like_one(by, arguments):
    if by == "voice" and "target" in arguments:
        arguments = {"target": "author", "reference": "quoted"}
    parts, whole = keyness(singles(STUDY.corpus), by=by, **arguments), keyness(STUDY, by=by, **arguments)
    pd.testing.assert_frame_equal(parts, whole, check_exact=True)
    assert parts.attrs == whole.attrs


def test_counts_too_large_to_be_looked_up_are_the_same_counts():
    hits = np.array([[MOST_LOOKED_UP + 5, 3, 7], [9, MOST_LOOKED_UP + 5, 7]])
    table = only(Counts.from_matrix(hits, list("abc"), pd.DataFrame({"side": ["A", "B"]})), target="A")
    assert dict(zip(table["term"], table["count_target"], strict=True)) == dict(zip("abc", hits[0], strict=True))
    assert dict(zip(table["term"], table["count_reference"], strict=True)) == dict(zip("abc", hits[1], strict=True))


def test_terms_with_one_ratio_and_count_stand_in_the_order_of_their_letters():
    matrix = np.array([[1] * 6, [2] * 6])
    table = only(Counts.from_matrix(matrix, list("fbdeac"), pd.DataFrame({"side": ["A", "B"]})))
    assert table["term"].tolist() == list("abcdef") * 2


def test_p_is_not_worked_out_where_it_is_withheld(monkeypatch):
    def refuse(*_: object) -> None:
        raise AssertionError("a p was worked out")

    for name in ("p_value", "log10_p", "benjamini_hochberg"):
        monkeypatch.setattr(measures, name, refuse)
    assert only(many(FEW_DOCUMENTS - 1))["p_value"].isna().all()
    with pytest.raises(AssertionError, match="a p was worked out"):
        only(many(FEW_DOCUMENTS))


def test_frames_are_compared_like_terms():
    table = keyness(frame_counts(STUDY, BOOK, by="outlet"), min_count=1, min_documents=1)
    assert table.columns.tolist()[:3] == ["outlet", "reference", "frame"]


def test_p_is_withheld_where_the_documents_are_no_sample_and_given_where_asked_for():
    few = only(many(FEW_DOCUMENTS - 1))
    assert few[["p_value", "log10_p", "p_adjusted"]].isna().all(axis=None)
    assert few["flags"].str.contains("descriptive few_documents").all()
    asked = only(many(FEW_DOCUMENTS - 1), tokens_as_sample=True)
    assert asked["p_value"].notna().all()
    assert asked["flags"].str.contains("descriptive few_documents").all()  # the documents are as few as before
    enough = only(many(FEW_DOCUMENTS))
    assert enough["p_value"].notna().all()
    assert not enough["flags"].str.contains("few_documents|descriptive").any()


@pytest.mark.parametrize(
    ("columns", "flag", "expected"),
    [
        ({"author": ["x"] * 3 + ["y"] * 3}, "aliased", True),
        ({"author": ["x"] * 3 + ["x", "y", "y"]}, "aliased", False),
        ({"author": ["x"] * 3 + ["y"] * 3}, "single_author", True),
        ({"author": ["x", "x", "", "y", "z", "y"]}, "single_author", False),
        ({"author": ["x", "y"] * 3}, "single_author", False),
        ({"topic": ["war"] * 6}, "topic_differs", False),
        ({"topic": ["war", "art"] * 3}, "topic_differs", False),
        ({"topic": ["war"] * 5 + ["art"]}, "topic_differs", True),
        ({"date": ["2024"] * 3 + ["2025"] * 3}, "period_differs", True),
        ({"date": ["2024", "2026", "2025"] + ["2025"] * 3}, "period_differs", False),
        ({"date": ["2024"] * 5 + [""]}, "period_differs", True),
    ],
)
def test_the_design_of_a_comparison_is_flagged_on_every_row(columns, flag, expected):
    table = only(many(3, **columns))
    assert set(table["flags"].str.split().map(lambda flags: flag in flags)) == {expected}


def test_few_expected_hits_are_flagged_by_the_smaller_side():
    flags = only(many(3)).set_index(["side", "term"])["flags"]
    assert "low_expected" not in flags["A", "the"]
    rare = Counts.from_matrix([[9, 1], [9, 1]], ["the", "war"], pd.DataFrame({"side": ["A", "B"]}))
    assert "low_expected" in only(rare).set_index(["side", "term"])["flags"]["A", "war"]
    uneven = Counts.from_matrix([[9, 1], [900, 100]], ["the", "war"], pd.DataFrame({"side": ["A", "B"]}))
    assert only(uneven)["flags"].str.contains("low_expected").tolist() == [False, True] * 2


def test_groups_without_counted_words_are_no_side():
    table = keyness(STUDY, by="outlet", where={"voice": "quoted"}, min_count=1, min_documents=1)
    assert table["outlet"].unique().tolist() == ["", "A"]
    with pytest.raises(ValueError, match=r"target must be one of '', 'A'; got 'B'"):
        keyness(STUDY, by="outlet", target="B", where={"voice": "quoted"})


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"by": "outlet", "target": "C"}, "target must be one of '', 'A', 'B'; got 'C'"),
        ({"by": "outlet", "target": "A", "reference": "C"}, "reference must be one of '', 'B'; got 'C'"),
        ({"by": "outlet", "target": "A", "reference": "A"}, "reference must be one of '', 'B'; got 'A'"),
        ({"by": "outlet", "target": "A", "reference": []}, "reference must name at least one group"),
        (
            {"by": "outlet", "where": {"outlet": "A"}},
            "keyness compares groups with words; 'outlet' has 1. Name another",
        ),
        ({"by": ["outlet", "voice"]}, "by must name one column for keyness; got \\['outlet', 'voice'\\]"),
        ({"by": None}, "by must name one column for keyness; got \\[\\]"),
        ({"by": "outlett"}, "got 'outlett'. Did you mean 'outlet'"),
        ({"by": "outlet", "ngram": 6}, "ngram must be a whole number from 1 to 5; got 6"),
    ],
)
def test_sides_that_cannot_be_compared_are_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        keyness(STUDY, **arguments)


def test_one_document_against_very_many_takes_time_in_proportion():
    documents = pd.DataFrame({"side": [f"s{number}" for number in range(20_000)]})
    counts = Counts.from_matrix(np.ones((20_000, 1)), ["war"], documents, totals=np.full(20_000, 9))
    begin = time.process_time()
    (row,) = keyness(counts, by="side", target="s5").to_dict("records")
    assert (row["count_target"], row["count_reference"]) == (1, 19_999)
    assert time.process_time() - begin < 2  # where each name was looked for among all: ten seconds
