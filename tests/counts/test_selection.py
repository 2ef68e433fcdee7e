"""Which tokens count, and in which cell."""

from __future__ import annotations

import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.corpus import PROSE, Corpus
from discourse.counts import cell_codes, labels, names_of, select
from discourse.counts.selection import conditions, select_documents, stretches
from discourse.tokens import tokenize

from .parts import singles
from .samples import BYS, CORPORA, STUDY, WHERES, tokens_of

FRAME = STUDY.frame().join(STUDY.corpus.documents, on="doc_id")


@pytest.mark.parametrize("kind", [list, tuple, pd.Index, np.array])
def test_columns_may_be_named_in_anything_that_lists_them(kind):
    assert names_of(kind(["outlet", "voice"])) == ("outlet", "voice")


@pytest.mark.parametrize("where", WHERES)
def test_select_is_what_a_filter_of_the_token_table_leaves(where):
    wanted = {"zone": PROSE, **(where or {})}
    expected = np.ones(len(FRAME), bool)
    for name, values in wanted.items():
        if values != "all":
            expected &= FRAME[name].isin([values] if isinstance(values, str) else list(values)).to_numpy()
    assert select(STUDY, where).tolist() == expected.tolist()


@settings(max_examples=25, deadline=None)
@given(CORPORA, st.sampled_from(["voice", "zone", "speaker", "sentence"]))
def test_the_values_of_a_column_share_the_tokens_out(corpus, name):
    tokens = tokenize(corpus)
    values = sorted(set(tokens.frame()[name]))
    times = np.zeros(len(tokens), int)
    for value in values:
        times += select(tokens, {"zone": "all", name: value})
    assert times.tolist() == [1] * len(tokens)


@pytest.mark.parametrize(
    "values",
    ["9", 9, np.int64(9), 9.0, (9,), {9}, [9.0], np.array([9]), pd.Series([9]), iter([9])],
    ids=lambda value: type(value).__name__,
)
def test_values_are_compared_as_they_are_written(values):
    assert set(FRAME["doc_id"][select(STUDY, {"year": values})]) == {"d0", "d2"}


@pytest.mark.parametrize("missing", [None, np.nan, ""])
def test_a_missing_value_is_the_empty_group(missing):
    assert set(FRAME["doc_id"][select(STUDY, {"year": missing})]) == {"d4"}


def test_a_layer_of_ones_own_can_be_selected_and_grouped_by():
    text = STUDY.corpus.text("d1")
    spans = pd.DataFrame({"doc_id": ["d1"], "start": [0], "end": [text.index(":")]})
    tokens = STUDY.with_layer("first half", spans, value="yes", other="no")
    chosen = select(tokens, {"first half": "yes"})
    assert FRAME["token"][chosen].str.cat(sep=" ") == "Russian spheres of influence and containment of Russia"
    codes, cells = cell_codes(tokens, "first half")
    assert set(cells["first half"][np.unique(codes[chosen])]) == {"yes"}


@pytest.mark.parametrize(
    ("where", "message"),
    [
        ({"outlt": "A"}, "a key of where must be one of 'doc_id', 'outlet', .*; got 'outlt'. Did you mean 'outlet'"),
        ({"doc_id": "d9"}, "where\\['doc_id'\\] must name values that occur; got 'd9', and there are 'd0', 'd1', .*"),
        ({"zone": "bodi"}, "got 'bodi', and there are 'body', 'title'. Did you mean 'body'"),
        ({"voice": ["author", "cited"]}, "must name values that occur; got 'cited'"),
        ({"year": 2020}, "got '2020', and there are '', '10', '9'"),
        ("author", "where must say which column has which values; got 'author'. Write {'voice': 'author'}"),
    ],
)
def test_a_condition_that_nothing_can_meet_is_refused(where, message):
    with pytest.raises(ValueError, match=message):
        select(STUDY, where)


def test_a_voice_or_a_zone_may_be_absent_from_a_corpus():
    assert not select(tokens_of("War."), {"voice": "quoted"}).any()
    assert not select(tokens_of("War."), {"zone": "caption"}).any()


def test_an_error_lists_a_dozen_values_and_no_more():
    with pytest.raises(ValueError, match=r"there are 'd0', 'd1', .*, 'd18', 'd19', …\.$"):
        select(tokens_of(*["War."] * 30), {"doc_id": "e5"})


def test_cells_are_the_documents_with_the_layers_asked_for():
    codes, cells = cell_codes(STUDY, ["outlet", "voice", "zone"])
    assert cells.columns.tolist() == ["doc_id", "voice", "zone"]
    found = cells.iloc[codes].reset_index(drop=True)
    assert found.to_numpy().tolist() == FRAME[["doc_id", "voice", "zone"]].to_numpy().tolist()
    assert not cells.duplicated().any()


def test_without_layers_a_document_without_tokens_is_a_cell_too():
    assert cell_codes(STUDY, "outlet")[1]["doc_id"].tolist() == ["d0", "d1", "d2", "d3", "d4"]


def test_an_unknown_column_in_by_is_answered_with_the_nearest():
    with pytest.raises(ValueError, match=r"by must be one of .* got 'voise'. Did you mean 'voice'"):
        cell_codes(STUDY, ["outlet", "voise"])


def test_a_column_can_be_named_once():
    with pytest.raises(ValueError, match=r"by must name each column once; got 'outlet', 'outlet'"):
        names_of(["outlet", "outlet"])


def test_labels_write_whole_numbers_without_a_point_and_nothing_for_what_is_missing():
    assert labels(pd.Series([1.0, None, 2.5])).tolist() == ["1", "", "2.5"]
    assert labels(pd.Series(["a", None], dtype="str")).tolist() == ["a", ""]
    assert labels(pd.Series([True, False])).tolist() == ["True", "False"]
    assert labels([]).tolist() == []


@pytest.mark.parametrize("where", [{"speaker": "Putin"}, {"outlet": "B", "voice": "author"}, {"sentence": 3}, *WHERES])
def test_parts_select_by_conditions_checked_on_the_whole_what_the_whole_selects(where):
    parts = singles(STUDY.corpus)
    checked = conditions(parts, where)
    assert conditions(parts, checked) is checked
    assert np.concatenate([select(part, checked) for part in parts.parts]).tolist() == select(STUDY, where).tolist()
    inside = np.concatenate([select_documents(part, checked) for part in parts.parts])
    assert inside.tolist() == select_documents(parts, where).tolist() == select_documents(STUDY, where).tolist()


def test_a_value_that_a_part_lacks_is_missed_in_the_whole_only():
    parts = singles(STUDY.corpus)
    with pytest.raises(ValueError, match=r"where\['outlet'\] must name values that occur; got 'C', and there are '', "):
        conditions(parts, {"outlet": "C"})
    with pytest.raises(ValueError, match=r"got 'C'"):
        conditions(parts, {"speaker": "C"})
    assert not select(parts.parts[0], conditions(parts, {"outlet": "B"})).any()


@pytest.mark.parametrize("by", BYS)
@pytest.mark.parametrize("where", WHERES)
def test_stretches_lie_in_one_cell_and_qualify_as_a_whole(by, where):
    cut = stretches(STUDY, by, where)
    assert cut.bounds[0] == 0
    assert cut.bounds[-1] == len(STUDY)
    assert (np.diff(cut.bounds) > 0).all()
    assert np.repeat(cut.cell, np.diff(cut.bounds)).tolist() == cell_codes(STUDY, by)[0].tolist()
    assert cut.mask().tolist() == select(STUDY, where).tolist()


def test_many_values_are_looked_up_and_not_compared_each_with_each():
    ids = [f"d{number}" for number in range(20_000)]
    tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["War."] * len(ids)}, index=ids)))
    begin = time.process_time()
    assert select_documents(tokens, {"doc_id": ids[::2]}).sum() == 10_000
    assert time.process_time() - begin < 1  # each with each: 4 seconds
