"""Where layers begin."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.tokens import tokenize, voice_spans
from discourse.tokens.runs import document_numbers, text_runs, voice_runs, voices, zone_runs

from .samples import corpus_of, zoned


def beginnings(corpus):
    return sorted(set(text_runs(corpus, sentences=True).tolist()))


def test_a_note_in_a_sentence_does_not_split_it():
    assert beginnings(zoned(("body", "", "One goes"), ("note", "", "[1]"), ("body", "", " on. Two."))) == [0, 16]


def test_a_label_is_set_apart_from_the_sentence_after_it():
    corpus = zoned(
        ("label", "", "BACKGROUND:"), ("body", "background", " One. "), ("label", "", "END:"), ("body", "", " x.")
    )
    assert {0, 11, 17, 21} <= set(beginnings(corpus))


HEADS = {
    "a line end": ("AZB flag\n", True),
    "a line end and blanks": ("AZB flag\n \u00a0\t", True),
    "two line ends": ("AZB flag\r\n\r\n", True),
    "a word": ("AZB flag", False),
    "a word and blanks": ("AZB flag\u2028 \u3000", False),
    "nothing but blanks": ("  ", True),
    "a hundred blanks": ("\n" + " " * 100, True),
    "a letter of two bytes": ("\né", False),
}


@pytest.mark.parametrize(("before", "begins"), HEADS.values(), ids=HEADS)
def test_a_zone_begins_a_sentence_at_the_head_of_a_line_only(before, begins):
    found = beginnings(zoned(("caption", "", before), ("body", "", "one two")))
    assert (len(before.encode()) in found) == begins


def test_zones_begin_at_bytes_of_all_texts():
    corpus = zoned(("title", "", "é “a”\n"), ("body", "", "ü"), ("note", "", "b"))
    assert zone_runs(corpus).tolist() == [0, 11, 13]
    assert zone_runs(corpus_of("é", "", "b")).tolist() == [0, 2]


def test_documents_keep_their_number_and_unknown_ones_have_none():
    assert document_numbers(corpus_of("a", "b"), pd.Series(["d1", "d0", "d7"])).tolist() == [1, 0, -1]


def test_layers_begin_at_the_tokens_that_stand_there():
    tokens = tokenize(corpus_of("Éa. “B.” c\n\nD", "", " \n", "One. “Two.”", "", ""))
    words = tokens.types["token"].to_numpy(object)[tokens.ids]
    assert words[tokens.layer("sentence").starts].tolist() == ["Éa", "“", "D", "One", "“"]
    assert tokens.layer("sentence").codes.tolist() == [0, 1, 2, 0, 1]
    assert words[tokens.layer("paragraph").starts].tolist() == ["Éa", "D", "One"]
    assert words[tokens.layer("voice").starts].tolist() == ["Éa", "B", "”", "One", "Two", "”"]


def test_passages_carry_their_document_and_voices_change_at_their_edges():
    corpus = corpus_of("No.", "A “b”“c” d.")
    spans = voices(corpus.texts, corpus.documents.index)
    assert spans["doc_id"].tolist() == ["d1", "d1"]
    at, values = voice_runs(corpus, spans, "voice", "author")
    assert at.document.tolist() == [0, 1, 1, 1, 1, 1]
    assert at.character.tolist() == [0, 0, 3, 4, 6, 7]
    assert values.tolist() == ["author", "author", "marked", "author", "marked", "author"]


def test_voices_change_at_the_edges_of_passages_inside_passages_too():
    corpus = corpus_of("Ada Lind said: “Ek said: ‘Go.’ ‘She said «no»,’ said Lu.” “A.”")
    spans = voices(corpus.texts, corpus.documents.index)
    assert spans["depth"].tolist() == [0, 1, 1, 2, 0]
    at, values = voice_runs(corpus, spans, "speaker", "")
    said = [corpus.text("d0")[a:b] for a, b in pairwise([*at.character, len(corpus.text("d0"))])]
    told = [(words, name) for words, name in zip(said, values, strict=True) if words]
    assert [words for words, name in told if name == "Ek"] == ["Go."]
    assert [words for words, name in told if name == "Lu"] == ["She said «", "»,"]
    assert ("no", "") in told


def test_no_documents_have_no_passages_but_all_columns():
    for corpus in (corpus_of(), corpus_of("No marks."), corpus_of("")):
        found = voices(corpus.texts, corpus.documents.index)
        about = ["voice", "marking", "speaker", "source", "cue", "rule", "lost", "depth"]
        assert list(found) == ["doc_id", "start", "end", *about]
        assert found[["start", "end", "depth"]].dtypes.tolist() == [np.int64] * 3
        assert not len(found)


def one_by_one(corpus, documents):
    found = [voice_spans(corpus.text(doc_id)).assign(doc_id=doc_id) for doc_id in corpus.documents.index[documents]]
    return pd.concat([table for table in found if len(table)], ignore_index=True)


SPEECH = st.text("ab“”„«»\"‘’`'é.\n A", max_size=30)


@given(st.lists(SPEECH, max_size=5))
def test_passages_of_many_documents_are_those_of_each(texts):
    corpus = corpus_of("He said “é”. Then he said “b”.", *texts)
    expected = one_by_one(corpus, range(len(corpus)))
    found = voices(corpus.texts, corpus.documents.index)
    pd.testing.assert_frame_equal(found, expected[["doc_id", *expected.columns.drop("doc_id")]], check_dtype=False)


def test_passages_of_some_documents_are_those_of_all_that_are_in_them():
    corpus = corpus_of("“a” b", "no", "He said “c” and “d”.", "«e»")
    every = voices(corpus.texts, corpus.documents.index)
    found = voices(corpus.texts.take([1, 2]), corpus.documents.index[1:3])
    pd.testing.assert_frame_equal(found, every[every["doc_id"] == "d2"].reset_index(drop=True))
