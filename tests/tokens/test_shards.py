"""Many parts answer as one would."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.tokens import Shards, open_tokens, tokenize
from discourse.tokens.shards import folded, joined_corpus, one_of

from .samples import corpus_of

TEXTS = ["“One” orbit, two orbits.", "", "Türkiye’s orbit — the U.S.", "Quite another.\n\nOrbit, orbit!", "E"]


def parts_of(*sizes):
    """The texts in parts of some sizes."""
    corpus, begin, parts = corpus_of(*TEXTS), 0, []
    for size in sizes:
        parts.append(tokenize(corpus.subset(corpus.documents.index[begin : begin + size])))
        begin += size
    return parts


@pytest.fixture
def shards(tmp_path):
    for part in parts_of(1, 2, 2):
        part.save(tmp_path / "saved", append=True)
    return open_tokens(tmp_path / "saved")


@given(st.lists(st.integers(), min_size=1, max_size=40), st.integers(2, 9))
def test_answers_are_put_together_in_their_order_whatever_the_tree(answers, fan_in):
    merges = []

    def merge(lists):
        merges.append(len(lists))
        return [number for numbers in lists for number in numbers]

    assert folded(([answer] for answer in answers), merge, fan_in=fan_in) == answers
    assert max(merges[:-1], default=0) <= fan_in


def test_no_more_answers_are_held_than_the_tree_needs():
    held = [0]

    def answers():
        for number in range(1000):
            held.append(held[-1] + 1)
            yield [number]

    def merge(lists):
        held.append(held[-1] - len(lists) + 1)
        return lists[0]

    folded(answers(), merge, fan_in=4)
    assert max(held) <= 4 * 6  # one level of four for each power of four


@pytest.mark.parametrize("sizes", [(5,), (1, 4), (2, 2, 1), (1, 1, 1, 1, 1)])
def test_parts_made_one_are_what_the_whole_is(sizes):
    whole = tokenize(corpus_of(*TEXTS))
    one = one_of(parts_of(*sizes))
    pd.testing.assert_frame_equal(one.frame(), whole.frame())
    pd.testing.assert_frame_equal(one.types, whole.types)
    assert one.ids.tolist() == whole.ids.tolist()
    assert joined_corpus([part.corpus for part in parts_of(*sizes)]).texts.equals(whole.corpus.texts)


def test_shards_answer_as_one(shards):
    whole = tokenize(corpus_of(*TEXTS))
    pd.testing.assert_frame_equal(shards.frame(), whole.frame())
    pd.testing.assert_frame_equal(shards.documents, whole.documents)
    assert len(shards) == len(whole)
    assert shards.columns == whole.columns
    assert shards.values("voice") == whole.values("voice")
    assert [shards.text(doc_id) for doc_id in whole.documents.index] == TEXTS
    assert shards.reduce(len, sum) == len(whole)


def test_a_layer_that_only_some_shards_have_is_none(tmp_path):
    spans = pd.DataFrame({"doc_id": ["d0"], "start": [0], "end": [3]})
    first, second = parts_of(1, 4)
    first.with_layer("mine", spans).save(tmp_path / "saved")
    second.save(tmp_path / "saved", append=True)
    assert open_tokens(tmp_path / "saved").layers == second.layers


def test_what_only_one_part_has_is_refused_with_a_way_out(shards):
    with pytest.raises(AttributeError, match=r"A corpus of 3 shards has no 'ids' of its own\. Use a public function"):
        _ = shards.ids
    with pytest.raises(AttributeError, match="'Shards' object has no attribute 'idz'"):
        _ = shards.idz
    assert len(shards.part(1).ids) == len(parts_of(1, 2, 2)[1].ids)


def test_an_unknown_document_is_named(shards):
    with pytest.raises(KeyError, match=r"There is no document 'd9' in this corpus of 5\."):
        shards.text("d9")


def test_columns_of_tokens_are_strings_also_in_parts_without_tokens(tmp_path):
    parts = parts_of(1, 1, 3)
    for part in parts:
        part.save(tmp_path / "saved", append=True)
    whole = tokenize(corpus_of(*TEXTS)).frame()
    pd.testing.assert_frame_equal(parts[1].frame(), whole.iloc[:0].reset_index(drop=True))
    pd.testing.assert_frame_equal(open_tokens(tmp_path / "saved").frame(), whole)


def test_the_text_of_a_document_is_asked_for_in_the_same_way_in_one_part_and_in_several(tmp_path):
    tokens = tokenize(corpus_of("One “two”\r\n"))
    doc_id = tokens.documents.index[0]
    tokens.save(tmp_path)
    for corpus in (tokens, open_tokens(tmp_path), Shards(tmp_path)):
        assert corpus.text(doc_id) == "One “two”\r\n"
        with pytest.raises(KeyError, match="There is no document 'none' in this corpus of 1"):
            corpus.text("none")
