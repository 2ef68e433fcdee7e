"""Repeated passages: verbatim and nearly so, and nothing that is merely alike."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.corpus import Corpus, later_copies, repeated_passages
from discourse.corpus.documents import plain_zones

LONG = "The corridor will change the trade of the whole region within ten years"
OTHER = "Nobody in the two capitals expected that the old railway could be used again"
NEAR = "The new corridor will change the trade of the whole region within a decade"


def corpus(*texts):
    return Corpus.from_frame(pd.DataFrame({"text": list(texts)}))


def pairs(*texts, **options):
    return repeated_passages(corpus(*texts), **options)


def test_a_verbatim_repeat_is_found_whatever_its_case_and_punctuation():
    found = pairs(f"{LONG}. {OTHER}.", f"“{LONG.upper()}!”")
    assert found["similarity"].tolist() == [1.0]
    assert found["text_b"].tolist() == [f"“{LONG.upper()}!”"]
    assert found[["doc_id_a", "doc_id_b"]].to_numpy().tolist() == [["0", "1"]]
    assert found["words"].tolist() == [13]


def test_a_near_repeat_is_below_one_and_above_a_half():
    found = pairs(f"{LONG}. {OTHER}. {NEAR}.")
    assert found["text_b"].tolist() == [f"{NEAR}."]
    assert found["similarity"].between(0.5, 0.999).all()


def test_each_later_copy_is_paired_with_the_first():
    found = pairs(*[f"{LONG}."] * 5)
    assert found["doc_id_a"].tolist() == ["0"] * 4
    assert found["doc_id_b"].tolist() == ["1", "2", "3", "4"]


def test_short_and_different_passages_are_not_paired():
    assert len(pairs("Read all about it.", "Read all about it.", f"{LONG}.", f"{OTHER}.")) == 0
    assert len(pairs("Read all about it.", "Read all about it.", min_words=4)) == 1


def test_text_outside_prose_is_not_searched():
    made = corpus(f"{LONG}.", f"{LONG}.")
    zones = made.zones.assign(zone=["body", "furniture"])
    assert len(repeated_passages(Corpus(made.documents, zones, made.texts))) == 0


def test_sentences_that_many_documents_share_cost_one_row_each():
    found = pairs(*[f"{LONG} {number}." for number in range(200)])
    assert found["doc_id_b"].tolist() == [str(number) for number in range(1, 200)]
    assert (found["similarity"] < 1).all()


def test_spans_cut_the_passage_out_of_the_text_and_the_input_stays():
    made = corpus(f"  {OTHER}.\n\n{LONG}. ", f"{LONG}.")
    before = made.documents.copy(), made.zones.copy()
    row = repeated_passages(made).iloc[0]
    assert made.text(row["doc_id_a"])[row["start_a"] : row["end_a"]] == row["text_a"] == f"{LONG}."
    assert row["a"] == f"0:{row['start_a']}-{row['end_a']}"
    pd.testing.assert_frame_equal(made.documents, before[0])
    pd.testing.assert_frame_equal(made.zones, before[1])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=9), max_size=8))
def test_verbatim_pairs_are_exactly_those_a_plain_comparison_finds(sentences):
    texts = [" ".join(words) + "." for words in sentences]
    found = repeated_passages(corpus(*texts), min_words=3, min_similarity=1)
    expected = [
        (str(texts.index(text)), str(number))
        for number, text in enumerate(texts)
        if len(text.split()) >= 3 and texts.index(text) < number
    ]
    assert list(zip(found["doc_id_a"], found["doc_id_b"], strict=True)) == expected


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.sampled_from("abc"), min_size=5, max_size=9), max_size=6))
def test_near_pairs_have_the_similarity_that_a_plain_comparison_gives(sentences):
    def grams(text):
        words = text.rstrip(".").split()
        return {tuple(words[i : i + 3]) for i in range(len(words) - 2)}

    found = pairs(*[" ".join(words) + "." for words in sentences], min_words=5)
    for row in found[found["similarity"] < 1].itertuples():
        a, b = grams(row.text_a), grams(row.text_b)
        assert row.similarity == pytest.approx(min(2 * len(a & b) / (len(a) + len(b)), 0.999))


def test_an_empty_corpus_has_no_repeats_and_the_same_columns():
    found = pairs()
    assert len(found) == 0
    assert list(found.columns) == list(pairs(f"{LONG}.", f"{LONG}.").columns)
    assert list(later_copies(found).columns) == ["doc_id", "start", "end"]


def test_later_copies_are_each_named_once():
    found = pairs(f"{LONG}. {OTHER}. {LONG}.", f"{OTHER}.")
    assert later_copies(found).to_numpy().tolist() == [
        ["0", len(LONG) + len(OTHER) + 4, 2 * len(LONG) + len(OTHER) + 5],
        ["1", 0, len(OTHER) + 1],
    ]


def test_options_without_sense_are_refused():
    with pytest.raises(ValueError, match=r"^min_words must be 3 or more, or nothing can be compared; got 2\.$"):
        pairs(min_words=2)
    with pytest.raises(ValueError, match=r"^min_similarity must lie above 0 and not above 1; got 0\.$"):
        pairs(min_similarity=0)
    assert plain_zones([], []).empty
