"""Voices that somebody else found: checked, in place of those of the rules, everywhere and on disk."""

from __future__ import annotations

import pandas as pd
import pytest

import discourse as d
from discourse.codebook import Codebook, Entry, parse_pattern
from discourse.corpus import Corpus
from discourse.tokens import open_tokens, tokenize
from discourse.tokens.recast import hyphens_split, lemmatized

TEXTS = {"b": "Ek said “war is near”. The harbour-master thinks it is far.", "a": "Peace, a war of words. “War”."}
CORPUS = Corpus.from_frame(pd.DataFrame({"doc_id": list(TEXTS), "text": list(TEXTS.values())}), id="doc_id")
TOKENS = tokenize(CORPUS)
BOOK = Codebook({"force": Entry("frame", "force", (parse_pattern("war"),))})
# The model hears the harbour-master, and a quotation inside of what he thinks; it hears nothing in what Ek said.
SPANS = pd.DataFrame(
    {
        "doc_id": ["a", "b", "b"],
        "start": [7, 52, 49],
        "end": [21, 58, 58],
        "voice": ["quoted", " Marked", "reported"],
        "speaker": ["Ada Lind", None, "harbour-master"],
        "text": ["a war of words", "is far", "it\nis far"],
    }
)
GIVEN = TOKENS.with_voices(SPANS)


def test_voices_are_those_given_in_order_and_complete():
    spans = GIVEN.voice_spans
    assert spans[["doc_id", "start", "end", "voice", "speaker", "rule", "cue", "depth"]].values.tolist() == [
        ["b", 49, 58, "reported", "harbour-master", "given", "", 0],
        ["b", 52, 58, "marked", "", "given", "", 1],
        ["a", 7, 21, "quoted", "Ada Lind", "given", "", 0],
    ]
    pd.testing.assert_series_equal(spans.dtypes, TOKENS.voice_spans.dtypes)


def test_passages_may_touch_and_begin_together():
    rows = pd.DataFrame({"doc_id": "a", "start": [0, 0, 7], "end": [5, 7, 21], "voice": "quoted"})
    assert TOKENS.with_voices(rows).voice_spans[["start", "end", "depth"]].values.tolist() == [
        [0, 7, 0], [0, 5, 1], [7, 21, 0],
    ]


def test_every_table_goes_by_them():
    # Of tokens that nobody has asked for voices before.
    assert d.hits(TOKENS.with_voices(SPANS), BOOK)[["voice", "speaker"]].values.tolist() == [
        ["author", ""], ["quoted", "Ada Lind"], ["author", ""],
    ]
    assert d.voice_shares(GIVEN).set_index("voice")["count"].to_dict() == {
        "author": 10, "quoted": 4, "reported": 1, "marked": 2,
    }
    assert d.frame_frequencies(GIVEN, BOOK, by="speaker").set_index("speaker")["count"]["Ada Lind"] == 1
    assert d.voice_passages(GIVEN)["text"].tolist() == ["it is far", "is far", "a war of words"]


def test_the_rules_own_passages_given_back_change_nothing():
    again = TOKENS.with_voices(d.voice_passages(TOKENS))
    pd.testing.assert_frame_equal(again.voice_spans, TOKENS.voice_spans)
    pd.testing.assert_frame_equal(d.hits(again, BOOK), d.hits(TOKENS, BOOK))
    pd.testing.assert_frame_equal(d.speech_hits(again), d.speech_hits(TOKENS))


def test_tokens_that_have_been_asked_for_voices_before_forget_them():
    tokens = tokenize(CORPUS)
    assert "quoted" in tokens.values("voice")
    assert tokens.with_voices(SPANS.iloc[:0]).values("voice") == ["author"]
    assert "quoted" in tokens.values("voice")


@pytest.mark.parametrize("recast", [hyphens_split, lambda tokens: lemmatized(tokens, str)])
def test_other_rules_for_words_keep_them(recast):
    assert recast(GIVEN).voice_spans is GIVEN.voice_spans
    assert d.voice_shares(recast(GIVEN)).set_index("voice")["count"]["reported"] == 1


def test_a_layer_of_ones_own_keeps_them():
    more = GIVEN.with_layer("mine", SPANS)
    assert more.voice_spans is GIVEN.voice_spans


def test_a_saved_corpus_has_them_and_takes_others(tmp_path):
    GIVEN.save(tmp_path / "saved")
    opened = open_tokens(tmp_path / "saved")
    pd.testing.assert_frame_equal(opened.voice_spans, GIVEN.voice_spans)
    pd.testing.assert_frame_equal(d.hits(opened, BOOK), d.hits(GIVEN, BOOK))
    other = opened.with_voices(d.voice_passages(TOKENS))
    pd.testing.assert_frame_equal(d.hits(other, BOOK), d.hits(TOKENS, BOOK))
    pd.testing.assert_frame_equal(d.voice_shares(other), d.voice_shares(TOKENS))
    pd.testing.assert_frame_equal(other.with_layer("mine", SPANS).voice_spans, other.voice_spans)
    TOKENS.save(tmp_path / "rules")
    after = open_tokens(tmp_path / "rules").with_voices(SPANS)
    pd.testing.assert_frame_equal(d.voice_shares(after), d.voice_shares(GIVEN))


def test_parts_of_a_corpus_keep_them_and_have_them_all_or_none(tmp_path):
    parts = [tokenize(CORPUS.subset([name])) for name in TEXTS]
    given = [part.with_voices(SPANS[SPANS["doc_id"] == name]) for part, name in zip(parts, TEXTS, strict=True)]
    for part in given:
        part.save(tmp_path / "saved", append=(tmp_path / "saved").exists())
    shards = open_tokens(tmp_path / "saved")
    assert isinstance(shards, d.Shards)
    for encoded in (shards, shards.joined()):
        pd.testing.assert_frame_equal(d.voice_shares(encoded), d.voice_shares(GIVEN))
        pd.testing.assert_frame_equal(d.voice_passages(encoded), d.voice_passages(GIVEN))
    given[0].save(tmp_path / "mixed")
    with pytest.raises(ValueError, match=r"those saved have, the new ones do not\. Give them to all"):
        parts[1].save(tmp_path / "mixed", append=True)
    parts[0].save(tmp_path / "ruled")
    with pytest.raises(ValueError, match=r"those saved do not, the new ones have"):
        given[1].save(tmp_path / "ruled", append=True)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"voice": "qouted"}, r"row 1: voice must be one of 'author', .*; got 'qouted'. Did you mean 'quoted'"),
        ({"doc_id": "c"}, r"row 1: doc_id must be that of a document of the corpus; got 'c'"),
        ({"start": "x"}, r"row 1: start must be a whole number; got 'x'"),
        ({"end": 8.5}, r"row 1: end must be a whole number; got 8.5"),
        ({"start": -1}, r"row 1: start and end must be characters of 'a', which has 29, in this order; got -1 and 21"),
        ({"end": 7}, r"row 1: start and end must be .*; got 7 and 7"),
        ({"end": 30}, r"row 1: start and end must be .*; got 7 and 30"),
        ({"text": "a war of"}, r"row 1: text must be what stands in 'a' from 7 on, 'a war of words'; got 'a war of'"),
    ],
)
def test_a_row_that_cannot_be_is_named(changed, message):
    rows = SPANS.astype(object)
    for name, value in changed.items():
        rows.loc[0, name] = value
    with pytest.raises(ValueError, match=message):
        TOKENS.with_voices(rows)


def test_what_is_no_table_of_passages_is_refused():
    with pytest.raises(ValueError, match=r"must have a column 'voice'; it has .*\. Give it a result of voice_passages"):
        TOKENS.with_voices(SPANS.drop(columns="voice"))
    with pytest.raises(ValueError, match=r"row 1: end must be a whole number; got nan\. Count"):
        TOKENS.with_voices(SPANS.assign(end=float("nan")))
    with pytest.raises(ValueError, match="spans must be a table; got a list"):
        TOKENS.with_voices([])
    crossing = SPANS.drop(columns="text").assign(end=[21, 59, 58])
    with pytest.raises(ValueError, match=r"in 'b' one ends at 58 and another goes from 52 to 59\. Cut them apart"):
        TOKENS.with_voices(crossing)
