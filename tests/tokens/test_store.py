"""Tokens: one row per token, layers, and nothing that breaks on empty texts."""

import numpy as np
import pandas as pd
import pytest

from discourse.tokens import LAYERS, tokenize

from .samples import corpus_of, zoned

COLUMNS = """doc_id position token term start end is_word is_stop zone section voice marking speaker sentence
paragraph""".split()

CORPORA = {
    "no documents": [],
    "an empty document": [""],
    "white space only": [" \n\n\u00a0", "\ufeff"],
    "emoji": ["😀👍🏽 😀", "é 😀"],
    "empty ones among others": ["", "One. “Two.” Three.", "", "\n\nFour", ""],
    "many scripts": ["Ünï “çø” дé.", "界。「東」", "नमस्ते “दुनिया”"],
}


@pytest.mark.parametrize("texts", CORPORA.values(), ids=CORPORA)
def test_every_row_of_the_frame_is_the_slice_it_names_and_every_layer_covers_it(texts):
    corpus = corpus_of(*texts)
    tokens = tokenize(corpus)
    frame = tokens.frame()
    assert list(frame) == COLUMNS
    assert len(frame) == len(tokens)
    assert not frame.isna().any().any()
    for row in frame.itertuples():
        assert corpus.text(row.doc_id)[row.start : row.end] == row.token
    for name in LAYERS:
        assert len(tokens.layer(name).expand()) == len(tokens)
    assert frame.groupby("doc_id")["position"].min().eq(0).all()
    assert frame.groupby("doc_id")["sentence"].min().eq(0).all()
    assert frame.groupby("doc_id")["paragraph"].min().eq(0).all()


@pytest.mark.parametrize("texts", CORPORA.values(), ids=CORPORA)
def test_every_other_view_holds_too(texts):
    tokens = tokenize(corpus_of(*texts))
    positions, offsets = tokens.postings
    assert sorted(positions) == list(range(len(tokens)))
    assert offsets[-1] == len(tokens)
    assert set(tokens.terms) == set(tokens.types["term"][tokens.types["is_word"]])
    assert ((tokens.term_codes < 0) == ~tokens.types["is_word"]).all()
    assert len(tokens.is_word) == len(tokens)
    assert list(tokens.to_nltk()) == tokens.frame()["token"].tolist()


def test_layers_hold_what_they_say():
    corpus = zoned(
        ("title", "", "A Title\n"), ("label", "", "BACKGROUND:"), ("body", "background", " He said “yes”.\n\nNo.")
    )
    frame = tokenize(corpus).frame().set_index("token")
    assert frame.loc["Title", ["zone", "section", "voice", "sentence"]].tolist() == ["title", "", "author", 0]
    assert frame.loc["He", ["zone", "section", "sentence", "paragraph"]].tolist() == ["body", "background", 2, 2]
    assert frame.loc["yes", ["voice", "marking", "speaker"]].tolist() == ["quoted", "", ""]
    assert frame.loc["“", "voice"] == frame.loc["”", "voice"] == "author"
    assert frame.loc["No", ["sentence", "paragraph"]].tolist() == [3, 3]


def test_a_note_in_the_middle_of_a_sentence_does_not_split_it():
    corpus = zoned(("body", "", "The sphere"), ("note", "", "[1]"), ("body", "", " of influence. Next."))
    frame = tokenize(corpus).frame().set_index("token")
    assert frame.loc[["The", "sphere", "1", "of", "influence"], "sentence"].tolist() == [0] * 5
    assert frame.loc["Next", "sentence"] == 1
    assert frame.loc["1", "zone"] == "note"


def test_quotation_marks_are_told_from_other_signs():
    tokens = tokenize(corpus_of("A “sphere” of 'influence'."))
    assert set(tokens.types["token"][tokens.type_is_mark]) == {"“", "”", "'"}


def test_layers_are_computed_once_and_shared_with_tokens_that_have_one_more():
    tokens = tokenize(corpus_of("One. Two."))
    more = tokens.with_layer("mine", pd.DataFrame({"doc_id": ["d0"], "start": [0], "end": [4]}))
    assert more.layer("sentence") is tokens.layer("sentence") is more.layer("sentence")


def test_a_layer_of_ones_own_marks_its_spans_and_leaves_the_old_tokens_alone():
    tokens = tokenize(corpus_of("One two.", "Three four five."))
    spans = pd.DataFrame({"doc_id": ["d1", "d0", "d1"], "start": [0, 4, 2], "end": [5, 7, 10]})
    more = tokens.with_layer("coder", spans, value="A", other="B")
    assert more.layer("coder").at(np.arange(len(more))).tolist() == list("BABAABB")
    assert list(more.frame())[-1] == "coder"
    assert "coder" not in tokens.frame()
    assert len(tokenize(corpus_of()).with_layer("x", spans[:0]).frame()) == 0


@pytest.mark.parametrize("name", ["zone", "term", "doc_id", "outlet"])
def test_a_layer_cannot_take_the_name_of_a_column(name):
    corpus = corpus_of("One")
    corpus.documents["outlet"] = "A"
    spans = pd.DataFrame({"doc_id": ["d0"], "start": [0], "end": [1]})
    with pytest.raises(
        ValueError, match=f"name must not be that of a layer or a column; got '{name}'. Choose another."
    ):
        tokenize(corpus).with_layer(name, spans)


def test_a_span_outside_the_corpus_is_named():
    spans = pd.DataFrame({"doc_id": ["d0", "d9"], "start": [0, 0], "end": [1, 1]})
    with pytest.raises(ValueError, match="spans must lie in documents of the corpus; got 'd9'"):
        tokenize(corpus_of("One")).with_layer("mine", spans)
    with pytest.raises(ValueError, match=r"spans must have a column 'end'; it has 'doc_id', 'start'"):
        tokenize(corpus_of("One")).with_layer("mine", spans.drop(columns="end"))


def test_an_unknown_layer_is_named_with_the_nearest_one():
    with pytest.raises(ValueError, match=r"Did you mean 'zone'\?"):
        tokenize(corpus_of("One")).layer("zones")


def test_documents_have_the_same_tokens_in_any_company():
    texts = CORPORA["many scripts"] + CORPORA["emoji"]
    together = tokenize(corpus_of(*texts)).frame()
    for number, text in enumerate(texts):
        alone = tokenize(corpus_of(text)).frame().drop(columns="doc_id")
        own = together[together["doc_id"] == f"d{number}"].drop(columns="doc_id").reset_index(drop=True)
        pd.testing.assert_frame_equal(own, alone)


@pytest.mark.parametrize("texts", CORPORA.values(), ids=CORPORA)
def test_voices_at_some_tokens_are_those_of_the_layer(texts):
    corpus = corpus_of("He said “yes”. A “b”", *texts, "No “x y” z")
    tokens, other = tokenize(corpus), tokenize(corpus)
    for at in (np.array([0, 3]), np.arange(len(tokens)), np.array([len(tokens) - 2])):
        for name in ("voice", "marking", "speaker"):
            assert other.voices_at(name, at).to_pylist() == tokens.layer(name).at(at).tolist()
    assert not other.knows("voice")
    assert tokens.knows("voice")


def test_voices_are_looked_for_only_where_they_are_needed(monkeypatch):
    tokens = tokenize(corpus_of("A “b” c", "D “e” f", "G “h” i"))
    heard = []
    whole = type(tokens._texts).whole
    monkeypatch.setattr(type(tokens._texts), "whole", lambda self, which: heard.extend(which) or whole(self, which))
    assert tokens.voices_at("voice", np.array([7])).to_pylist() == ["marked"]
    assert tokens.voices_at("marking", np.array([7, 12])).to_pylist() == ["scare", "scare"]
    assert heard == [1, 2]


def test_a_layer_is_there_at_once_when_it_was_asked_for_before():
    tokens = tokenize(corpus_of("One. Two."))
    assert not tokens.computed("sentence")
    tokens.layer("sentence")
    assert tokens.computed("sentence")
    assert not tokens.computed("paragraph")
