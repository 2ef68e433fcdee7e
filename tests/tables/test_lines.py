"""Concordance lines: the words of the text on either side of a hit."""

from __future__ import annotations

import re
from unittest import mock

import pandas as pd
import pyarrow as pa
import pytest
from counts.parts import NUMBERS, cut, singles
from counts.samples import CORPORA, STUDY, tokens_of
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.counts import hits
from discourse.tables import concordance
from discourse.tables.lines import one_line
from discourse.tokens import neighbours, tokenize

LINES = tokens_of("One two three war, four (five) six.", "War.", "Not war: peace war again.")


def words_of(text):
    frame = tokens_of(text).frame()
    return frame["term"][frame["is_word"]].tolist()


@settings(max_examples=15, deadline=None)
@given(CORPORA, st.integers(0, 4), st.sampled_from(["war", "of", "sphere* of ~2 influence"]), st.sampled_from([-1, 99]))
def test_a_line_has_so_many_words_on_either_side_as_the_document_gives(corpus, width, pattern, most):
    tokens = tokenize(corpus)
    frame = tokens.frame()
    frame = frame[frame["is_word"]]
    found = hits(tokens, pattern).set_index("hit_id")
    with mock.patch.object(neighbours, "MOST_PLACES", most):
        table = concordance(tokens, pattern, width=width)
    for line in table.itertuples():
        hit, own = found.loc[line.hit_id], frame[frame["doc_id"] == line.doc_id]
        before, after = own[own["end"] <= hit["start"]], own[own["start"] >= hit["end"]]
        assert words_of(line.left) == before["term"].tolist()[len(before) - min(width, len(before)) :]
        assert words_of(line.right) == after["term"].tolist()[:width]
        assert words_of(line.node) == words_of(hit["text"])


@pytest.mark.parametrize("width", [10**6, 10**12, 10**30])
def test_a_line_may_be_as_wide_as_its_document(width):
    (line,) = concordance(tokens_of("Of words a war, and no end.", "Other."), "war", width=width).to_dict("records")
    assert (line["left"], line["right"]) == ("Of words a", ", and no end.")


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
        ({"sample": 0, "seed": 1}, "sample must be a whole number, 1 or more; got 0"),
        ({"sample": 1.5, "seed": 1}, "sample must be a whole number, 1 or more; got 1.5. Leave it out for all lines"),
        ({"sample": 2, "seed": -1}, "seed must be a whole number, 0 or more; got -1"),
        ({"sample": 2, "seed": "x"}, "seed must be a whole number, 0 or more; got 'x'"),
        ({"sort": None}, "sort must be places such as '1R2R3R', '1L1R' or 'C'; got None"),
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


# ── in parts ─────────────────────────────────────────────────────────────────────────────────────────────────────────

SORTS = st.sampled_from(["1R2R3R", "", "C", "2L1R"])


@settings(max_examples=10, deadline=None)
@given(CORPORA, NUMBERS, NUMBERS, SORTS, st.sampled_from([{}, {"width": 0}, {"context": "sentence"}]))
def test_lines_of_parts_are_those_of_the_whole_in_the_same_order(corpus, bounds, order, sort, options):
    whole, parts = tokenize(corpus), cut(corpus, bounds, order)
    for pattern in ("war", "*"):
        expected = concordance(whole, pattern, sort=sort, **options)
        pd.testing.assert_frame_equal(concordance(parts, pattern, sort=sort, **options), expected)


@settings(max_examples=10, deadline=None)
@given(CORPORA, NUMBERS, st.integers(1, 6), st.integers(0, 3))
def test_a_sample_of_parts_is_drawn_from_all_of_their_hits(corpus, bounds, size, seed):
    whole, parts = tokenize(corpus), cut(corpus, bounds)
    expected = concordance(whole, "war", sample=size, seed=seed)
    pd.testing.assert_frame_equal(concordance(parts, "war", sample=size, seed=seed), expected)


def test_a_part_may_lack_what_is_asked_for():
    for where in ({"voice": "quoted"}, {"outlet": "B"}, {"zone": "title"}):
        expected = concordance(STUDY, "war", where=where)
        pd.testing.assert_frame_equal(concordance(singles(STUDY.corpus), "war", where=where), expected)


# ── one line ─────────────────────────────────────────────────────────────────────────────────────────────────────────

SPACES = "".join(chr(code) for code in range(0x110000) if chr(code).isspace())


@given(st.lists(st.text(SPACES + "aé“ზ界\u200b\0", max_size=6)))
def test_white_space_of_any_kind_is_one_blank(texts):
    array = pa.array(["not\nmine", *texts], pa.large_string()).slice(1)
    assert one_line(array).to_pylist() == [re.sub(r"\s+", " ", text).strip() for text in texts]


@pytest.mark.parametrize("space", SPACES)
def test_every_white_space_is_known(space):
    texts = [f"a{space}b", "c", f"{space}a", f"a{space}{space}b c", f"a{space}"]
    assert one_line(pa.array(texts, pa.large_string())).to_pylist() == ["a b", "c", "a", "a b c", "a"]
