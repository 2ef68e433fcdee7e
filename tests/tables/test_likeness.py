"""Similarity of documents and groups: the measures on the words they are made for."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from counts.parts import singles
from counts.samples import STUDY

from discourse import measures
from discourse.counts import Counts, term_counts
from discourse.tables import likeness, similarity

ABOUT = pd.DataFrame({"side": ["B", "A", "A", "C"]}, index=["w", "x", "y", "z"])
COUNTS = Counts.from_matrix([[3, 0, 1], [1, 2, 0], [0, 1, 1], [0, 0, 0]], ["a", "b", "c"], ABOUT)


@pytest.mark.parametrize(
    ("measure", "function"),
    [
        ("cosine", lambda m, t: measures.cosine_similarity(m)),
        ("jaccard", lambda m, t: measures.jaccard_similarity(m)),
        ("burrows_delta", measures.burrows_delta),
    ],
)
@pytest.mark.parametrize("by", ["doc_id", "side"])
def test_each_pair_stands_once_in_the_order_of_the_groups_with_its_score(measure, function, by):
    table = similarity(COUNTS, measure=measure, by=by)
    grouped = COUNTS.grouped(by)
    names = grouped.keys[by].tolist()
    scores = np.array(function(grouped.matrix.toarray(), grouped.totals))
    scores[grouped.totals == 0] = scores[:, grouped.totals == 0] = np.nan
    pairs = [(a, b) for i, a in enumerate(names) for b in names[i + 1 :]]
    assert list(zip(table["a"], table["b"], strict=True)) == pairs
    expected = [scores[names.index(a), names.index(b)] for a, b in pairs]
    np.testing.assert_allclose(table["similarity"], expected)


def test_documents_are_compared_unless_counts_say_otherwise():
    assert similarity(COUNTS)["a"].tolist() == ["w", "w", "w", "x", "x", "y"]
    assert similarity(term_counts(STUDY, by="outlet"))["a"].tolist() == ["", "", "A"]


def test_a_document_without_words_is_like_nothing():
    for measure in ("cosine", "jaccard"):
        table = similarity(COUNTS, measure=measure).set_index(["a", "b"])
        assert np.isnan(table.loc[("w", "z"), "similarity"])
    assert table.loc[("w", "z"), "n_documents_b"] == 0


def test_cosine_of_a_corpus_leaves_stop_words_out_and_delta_lives_on_them(monkeypatch):
    counts = term_counts(STUDY)
    stop = set(STUDY.types["term"][STUDY.types["is_stop"]])
    content = likeness._words(STUDY, None, "cosine")
    assert set(content.items) == set(counts.items) - stop
    assert content.totals.tolist() == counts.totals.tolist()
    monkeypatch.setattr(likeness, "MOST_FREQUENT", 4)
    assert likeness._words(STUDY, None, "burrows_delta").items.tolist() == ["and", "influence", "of", "war"]


def test_several_columns_are_joined_by_a_dot():
    assert similarity(STUDY, by=["outlet", "year"])["a"].unique().tolist() == [" · ", "A · 9", "A · 10", "B · "]


def test_few_documents_on_either_side_are_flagged():
    flags = similarity(COUNTS, by="side").set_index(["a", "b"])["flags"]
    assert flags["A", "B"] == "descriptive few_documents single_document"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            {"measure": "cosin"},
            "measure must be one of 'cosine', 'jaccard', 'burrows_delta'; got 'cosin'. Did you mean",
        ),
        ({"by": "outlett"}, "got 'outlett'. Did you mean 'outlet'"),
    ],
)
def test_an_unknown_measure_or_column_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        similarity(STUDY, **arguments)


@pytest.mark.parametrize("measure", ["cosine", "jaccard", "burrows_delta"])
@pytest.mark.parametrize("by", [None, "outlet", ["outlet", "voice"]])
def test_a_corpus_in_parts_is_as_alike_as_one(measure, by):
    parts, whole = (similarity(encoded, measure=measure, by=by) for encoded in (singles(STUDY.corpus), STUDY))
    pd.testing.assert_frame_equal(parts, whole, check_exact=True)


def test_more_pairs_than_a_table_holds_are_refused_before_they_are_compared():
    documents = pd.DataFrame(index=range(10_001))
    with pytest.raises(ValueError, match=r"up to 10,000 of them; got 10,001\. Name groups in `by`, or take a sample"):
        similarity(Counts.from_matrix(np.ones((10_001, 1)), ["war"], documents))
