"""Collocates: the words that stand near a node."""

from __future__ import annotations

from unittest import mock

import numpy as np
import pandas as pd
import pytest
from counts.parts import NUMBERS, cut, singles
from counts.samples import CORPORA, STUDY, tokens_of
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse import measures
from discourse.counts import hits, select
from discourse.tables import collocates, windows
from discourse.tokens import tokenize


def slow_near(tokens, node, window, where):
    """Positions, in the token table, of words within the window of a node; each once."""
    frame = tokens.frame().assign(chosen=select(tokens, where))
    frame = frame[frame["is_word"]]
    found, inside = set(), set()
    for hit in hits(tokens, node, where=where).itertuples():
        own = frame[frame["doc_id"] == hit.doc_id]
        before, after = own[own["end"] <= hit.start], own[own["start"] >= hit.end]
        inside |= set(own.index) - set(before.index) - set(after.index)
        found |= set(before.index[len(before) - min(window[0], len(before)) :]) | set(after.index[: window[1]])
    near = frame.loc[sorted(found - inside)]
    return near[near["chosen"]]


@settings(max_examples=15, deadline=None)
@given(
    CORPORA,
    st.sampled_from([(5, 5), (1, 0), (0, 2), (2, 1)]),
    st.sampled_from(["war", "of", "sphere* of ~2 influence"]),
    st.sampled_from([None, {"zone": "all"}, {"voice": "author"}]),
    st.sampled_from([0, 99]),
)
def test_collocates_are_those_a_slow_loop_finds(corpus, window, node, where, most):
    tokens = tokenize(corpus)
    with mock.patch.object(windows, "MOST_PLACES", most):
        table = collocates(tokens, node, window=window, min_count=1, where=where).set_index("term")
    near = slow_near(tokens, node, window, where)
    assert table["count"].to_dict() == near["term"].value_counts().to_dict()
    assert table["documents"].to_dict() == near.groupby("term")["doc_id"].nunique().to_dict()
    assert (table["count"] <= table["term_count"]).all()


def test_every_score_of_a_collocate_follows_from_its_row_and_the_size_of_the_window():
    table = collocates(STUDY, "war", window=(2, 2), min_count=1)
    size = table["count"].sum() / table["node_count"]
    four = (table["count"], table["node_count"], table["term_count"], table["total"])
    expected = {
        "expected": measures.expected_count(*four[1:], window_size=size),
        "log_likelihood": measures.collocate_log_likelihood(*four, window_size=size),
        "mi": measures.mutual_information(*four, window_size=size),
        "t_score": measures.t_score(*four, window_size=size),
        "log_dice": measures.log_dice(*four[:3]),
    }
    for name, values in expected.items():
        np.testing.assert_allclose(table[name], values, rtol=1e-12, err_msg=name)
    assert set(table["node_count"]) == {len(hits(STUDY, "war"))}


def test_collocates_stand_by_strength_then_alphabet_and_reach_the_minimum():
    table = collocates(STUDY, "war", min_count=2)
    assert (table["count"] >= 2).all()
    assert table.sort_values(["log_likelihood", "term"], ascending=[False, True]).index.tolist() == table.index.tolist()
    assert collocates(STUDY, "war")["count"].min() >= 3


def test_a_word_left_out_takes_up_room_in_the_window():
    tokens = tokens_of("War “said one” two three.")
    table = collocates(tokens, "war", window=(0, 3), min_count=1, where={"voice": "author"})
    assert table["term"].tolist() == ["two"]


def test_a_window_ends_with_its_document():
    tokens = tokens_of("before", "near war close", "after")
    assert set(collocates(tokens, "war", min_count=1)["term"]) == {"near", "close"}


def test_a_word_near_two_nodes_is_one_word():
    table = collocates(tokens_of("War peace war."), "war", window=(1, 1), min_count=1)
    assert table[["term", "count", "node_count"]].to_numpy().tolist() == [["peace", 1, 2]]


def test_a_node_that_does_not_occur_has_no_collocates():
    assert collocates(STUDY, "astronaut", min_count=1).empty


def test_a_window_may_be_as_wide_as_the_documents():
    whole = collocates(STUDY, "war", window=(10**12, 10**30), min_count=1)
    pd.testing.assert_frame_equal(whole, collocates(STUDY, "war", window=np.array([5000, 5000]), min_count=1))


@pytest.mark.parametrize("least", [-1, 2.5, "3", True])
def test_the_minimum_is_a_whole_number(least):
    with pytest.raises(ValueError, match=r"min_count must be a whole number, 0 or more; got"):
        collocates(STUDY, "war", min_count=least)


@pytest.mark.parametrize("window", [(0, 0), (-1, 2), (1,), (1, 2, 3), (1.5, 2), ("5", "5"), "55", None])
def test_a_window_is_two_numbers_of_words_not_both_nothing(window):
    with pytest.raises(ValueError, match=r"window must be words to the left and to the right, not both 0; got"):
        collocates(STUDY, "war", window=window)


def test_collocates_flag_few_documents_and_low_expected_counts():
    table = collocates(STUDY, "war", min_count=1)
    assert table["flags"].str.contains("descriptive few_documents").all()
    assert (table["flags"].str.contains("low_expected") == (table["expected"] < 5)).all()


@settings(max_examples=10, deadline=None)
@given(CORPORA, NUMBERS, NUMBERS, st.sampled_from([None, {"zone": "all"}, {"voice": "author"}]))
def test_collocates_of_parts_are_those_of_the_whole(corpus, bounds, order, where):
    whole, parts = tokenize(corpus), cut(corpus, bounds, order)
    for node, least in (("war", 1), ("sphere* of ~2 influence", 2)):
        expected = collocates(whole, node, min_count=least, where=where)
        pd.testing.assert_frame_equal(collocates(parts, node, min_count=least, where=where), expected)


@pytest.mark.parametrize("where", [None, {"voice": "quoted"}, {"outlet": "B"}, {"zone": "title"}])
def test_a_part_may_lack_what_is_asked_for(where):
    expected = collocates(STUDY, "war", min_count=1, where=where)
    pd.testing.assert_frame_equal(collocates(singles(STUDY.corpus), "war", min_count=1, where=where), expected)


@pytest.mark.parametrize("where", [None, {"zone": "all"}, {"voice": "author"}, {"voice": "quoted"}, {"zone": "title"}])
def test_all_words_are_counted_where_they_qualify(where):
    chosen = select(STUDY, where) & STUDY.is_word
    table = collocates(STUDY, "*", min_count=1, window=(1, 1), where=where)
    assert table.empty  # every word is a node
    table = collocates(STUDY, "war|of", min_count=1, where=where)
    terms = STUDY.types["term"].to_numpy(object)[STUDY.ids]
    for row in table.itertuples():
        assert row.term_count == (terms[chosen] == row.term).sum()
        assert row.total == chosen.sum()
        assert row.n_documents == len(set(STUDY.documents_of(np.flatnonzero(chosen))))


def test_measures_asked_for_stand_beside_the_others_and_follow_from_the_row():
    usual = collocates(STUDY, "war", window=(2, 2), min_count=1)
    table = collocates(
        STUDY, "war", window=(2, 2), min_count=1, measures=["mi3", "z_score", "dice", "delta_p_term", "delta_p_node"]
    )
    assert table.columns.tolist()[7:12] == ["mi3", "z_score", "dice", "delta_p_term", "delta_p_node"]
    pd.testing.assert_frame_equal(table[usual.columns], usual)
    size = table["count"].sum() / table["node_count"]
    four = (table["count"], table["node_count"], table["term_count"], table["total"])
    term, node = measures.delta_p(*four, window_size=size)
    expected = {
        "mi3": measures.mi3(*four, window_size=size),
        "z_score": measures.z_score(*four, window_size=size),
        "dice": measures.dice(*four[:3]),
        "delta_p_term": term,
        "delta_p_node": node,
    }
    for name, values in expected.items():
        assert table[name].tolist() == pytest.approx(values.tolist(), nan_ok=True), name


def test_the_form_of_a_measure_is_an_option():
    table = collocates(STUDY, "war", min_count=1, measures={"z_score": {"form": "yates"}})
    four = (table["count"], table["node_count"], table["term_count"], table["total"])
    size = table["count"].sum() / table["node_count"]
    expected = measures.z_score(*four, window_size=size, form="yates")
    assert table["z_score"].tolist() == pytest.approx(expected.tolist(), nan_ok=True)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (["zscore"], r"measures must be one of 'mi3', 'z_score', .* Did you mean 'z_score'\?"),
        ({"dice": {"window_size": 3}}, r"measures\['dice'\] has no options; got 'window_size'"),
    ],
)
def test_a_measure_or_an_option_that_there_is_not_is_named(asked, message):
    with pytest.raises(ValueError, match=message):
        collocates(STUDY, "war", measures=asked)
