"""Where layers begin."""

import pandas as pd

from discourse.tokens.runs import document_numbers, text_runs, voice_runs, voices
from discourse.tokens.sentences import sentence_starts

from .samples import corpus_of, zoned


def beginnings(corpus):
    return sorted(set(text_runs(corpus, sentence_starts).character.tolist()))


def test_a_note_in_a_sentence_does_not_split_it():
    assert beginnings(zoned(("body", "", "One goes"), ("note", "", "[1]"), ("body", "", " on. Two."))) == [0, 16]


def test_a_label_is_set_apart_from_the_sentence_after_it():
    corpus = zoned(
        ("label", "", "BACKGROUND:"), ("body", "background", " One. "), ("label", "", "END:"), ("body", "", " x.")
    )
    assert {0, 11, 17, 21} <= set(beginnings(corpus))


def test_a_zone_at_the_head_of_a_line_begins_a_sentence():
    assert beginnings(zoned(("caption", "", "AZB flag\n"), ("body", "", "one two"))) == [0, 9]


def test_documents_keep_their_number_and_unknown_ones_have_none():
    assert document_numbers(corpus_of("a", "b"), pd.Series(["d1", "d0", "d7"])).tolist() == [1, 0, -1]


def test_passages_carry_their_document_and_voices_change_at_their_edges():
    corpus = corpus_of("No.", "A “b”“c” d.")
    spans = voices(corpus)
    assert spans["doc_id"].tolist() == ["d1", "d1"]
    at, values = voice_runs(corpus, spans, "voice", "author")
    assert at.document.tolist() == [0, 1, 1, 1, 1, 1]
    assert at.character.tolist() == [0, 0, 3, 4, 6, 7]
    assert values.tolist() == ["author", "author", "marked", "author", "marked", "author"]


def test_no_documents_have_no_passages_but_all_columns():
    assert list(voices(corpus_of())) == ["doc_id", "start", "end", "voice", "marking", "speaker", "cue", "rule", "lost"]
