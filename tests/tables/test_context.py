"""Concordance lines and collocates: the words of the text on either side of a hit."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from counts.samples import CORPORA, STUDY, tokens_of
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse import measures
from discourse.counts import hits, select
from discourse.tables import collocates, concordance
from discourse.tokens import tokenize

LINES = tokens_of("One two three war, four (five) six.", "War.", "Not war: peace war again.")


def words_of(text):
    frame = tokens_of(text).frame()
    return frame["term"][frame["is_word"]].tolist()


@settings(max_examples=15, deadline=None)
@given(CORPORA, st.integers(0, 4), st.sampled_from(["war", "of", "sphere* of ~2 influence"]))
def test_a_line_has_so_many_words_on_either_side_as_the_document_gives(corpus, width, pattern):
    tokens = tokenize(corpus)
    frame = tokens.frame()
    frame = frame[frame["is_word"]]
    found = hits(tokens, pattern).set_index("hit_id")
    for line in concordance(tokens, pattern, width=width).itertuples():
        hit, own = found.loc[line.hit_id], frame[frame["doc_id"] == line.doc_id]
        before, after = own[own["end"] <= hit["start"]], own[own["start"] >= hit["end"]]
        assert words_of(line.left) == before["term"].tolist()[len(before) - min(width, len(before)) :]
        assert words_of(line.right) == after["term"].tolist()[:width]
        assert words_of(line.node) == words_of(hit["text"])


def test_lines_are_source_text_with_blanks_for_line_breaks():
    tokens = tokens_of("They spoke of\n\tthe  “war”, (again).")
    (line,) = concordance(tokens, "war", width=2).to_dict("records")
    assert (line["left"], line["node"], line["right"]) == ("of the “", "war", "”, (again).")


def test_lines_sort_by_the_words_asked_for_and_where_there_is_none_first():
    assert concordance(LINES, "war", sort="1R")["doc_id"].tolist() == ["d1", "d2", "d0", "d2"]
    assert concordance(LINES, "war", sort="1L")["left"].str.split().str[-1].fillna("").tolist() == [
        "",
        "Not",
        "peace",
        "three",
    ]
    assert concordance(LINES, "war", sort="")["doc_id"].tolist() == ["d0", "d1", "d2", "d2"]


def test_the_second_place_breaks_ties_of_the_first_and_the_node_sorts_by_its_first_word():
    tokens = tokens_of("Big war ends badly. Small war ends a peace.", "Peace and war.")
    assert concordance(tokens, "war ends", sort="1R")["right"].str[0].tolist() == ["a", "b"]
    assert concordance(tokens, "war", sort="1R2R", width=2)["right"].tolist() == [".", "ends a", "ends badly."]
    assert concordance(tokens, "war|peace", sort="C")["node"].tolist() == ["peace", "Peace", "war", "war", "war"]


def test_a_neighbour_in_another_document_is_none():
    tokens = tokens_of("War.", "Zebra war.", "A.")
    assert concordance(tokens, "war", sort="1R")["doc_id"].tolist() == ["d0", "d1"]
    assert concordance(tokens, "war", sort="1L")["left"].tolist() == ["", "Zebra"]


def test_a_line_ends_with_its_document():
    lines = concordance(tokens_of("one two three", "peace war", "again"), "war", width=2)
    assert lines[["left", "node", "right"]].to_numpy().tolist() == [["peace", "war", ""]]


def test_a_node_of_several_words_sorts_by_its_first():
    tokens = tokens_of("Small peace. Big war.")
    assert concordance(tokens, "big|small war|peace", sort="C")["node"].tolist() == ["Big war", "Small peace"]


def test_a_line_of_its_sentence_is_the_whole_sentence():
    tokens = tokens_of("One two war three four. Five six.")
    (line,) = concordance(tokens, "war", context="sentence", width=1).to_dict("records")
    assert (line["left"], line["node"], line["right"]) == ("One two", "war", "three four.")


def test_a_sample_is_drawn_again_by_its_seed_and_is_no_larger_than_what_there_is():
    drawn = [concordance(STUDY, "war", sample=3, seed=seed)["hit_id"].tolist() for seed in (1, 1, 2, 3, 4)]
    assert drawn[0] == drawn[1]
    assert len({tuple(ids) for ids in drawn}) > 1
    assert all(len(set(ids)) == 3 for ids in drawn)
    every = concordance(STUDY, "war")
    pd.testing.assert_frame_equal(concordance(STUDY, "war", sample=999, seed=1), every)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"sample": 2}, "seed must be given with sample, so that the lines can be drawn again"),
        ({"sample": 0, "seed": 1}, "sample must be a number of lines, 1 or more; got 0"),
        ({"sort": "1X"}, "sort must be places such as '1R2R3R', '1L1R' or 'C'; got '1X'"),
        ({"sort": "0R"}, "got '0R'. Digits go from 1 to 9"),
        ({"context": "paragraph"}, "context must be one of 'tokens', 'sentence'; got 'paragraph'"),
        ({"width": -1}, "width must be a number of words, 0 or more; got -1"),
        ({"pattern": ""}, "A pattern must have at least one word; got ''"),
    ],
)
def test_a_concordance_that_cannot_be_made_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        concordance(STUDY, **({"pattern": "war"} | arguments))


def test_a_node_without_words_has_its_surroundings():
    assert concordance(tokens_of("A $ b."), "$", width=1)[["left", "node", "right"]].to_numpy().tolist() == [
        ["A", "$", "b."]
    ]
    assert concordance(tokens_of("$ %"), "$")["node"].tolist() == ["$"]


# ── collocates ───────────────────────────────────────────────────────────────────────────────────────────────────────


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
)
def test_collocates_are_those_a_slow_loop_finds(corpus, window, node, where):
    tokens = tokenize(corpus)
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


@pytest.mark.parametrize("window", [(0, 0), (-1, 2), (1,), (1, 2, 3)])
def test_a_window_is_two_numbers_of_words_not_both_nothing(window):
    with pytest.raises(ValueError, match=r"window must be words to the left and to the right, not both 0; got"):
        collocates(STUDY, "war", window=window)


def test_collocates_flag_few_documents_and_low_expected_counts():
    table = collocates(STUDY, "war", min_count=1)
    assert table["flags"].str.contains("descriptive few_documents").all()
    assert (table["flags"].str.contains("low_expected") == (table["expected"] < 5)).all()
