"""Frequencies of terms and frames: every number follows from its own row or from the documents of its group."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from counts.parts import singles
from counts.samples import BOOK, BYS, STUDY

from discourse import measures
from discourse.counts import Counts, term_counts
from discourse.tables import frame_frequencies, term_frequencies


@pytest.mark.parametrize("by", BYS, ids=str)
def test_a_rate_is_count_by_total_in_thousands(by):
    for table in (term_frequencies(STUDY, by=by), frame_frequencies(STUDY, BOOK, by=by)):
        filled = table["total"] > 0
        assert np.allclose(table["per_1k"][filled], 1000 * table["count"][filled] / table["total"][filled], rtol=1e-15)
        assert table["per_1k"][~filled].isna().all()


def test_limits_of_a_frame_are_garwoods_per_thousand_words_and_contain_the_rate():
    table = frame_frequencies(STUDY, BOOK, by="outlet")
    low, high = measures.garwood(table["count"], table["total"])
    pd.testing.assert_series_equal(table["low"], pd.Series(low * 1000), check_names=False)
    pd.testing.assert_series_equal(table["high"], pd.Series(high * 1000), check_names=False)
    assert ((table["low"] <= table["per_1k"]) & (table["per_1k"] <= table["high"])).all()
    assert set(table["interval"]) == {"Garwood counting interval, 95 %"}


def test_terms_stand_by_group_then_count_then_alphabet_and_are_ranked_so():
    table = term_frequencies(STUDY, by=["outlet", "voice"])
    wanted = table.sort_values(["outlet", "voice", "count", "term"], ascending=[True, True, False, True])
    assert wanted.index.tolist() == table.index.tolist()
    assert table["rank"].tolist() == (table.groupby(["outlet", "voice"]).cumcount() + 1).tolist()
    assert (table["count"] > 0).all()


def test_frames_stand_by_group_then_name_also_without_a_hit():
    table = frame_frequencies(STUDY, BOOK, by="outlet")
    assert table[["outlet", "frame"]].to_numpy().tolist() == [
        [outlet, frame] for outlet in ("", "A", "B") for frame in ("containment", "spheres", "war")
    ]
    assert (table["count"] == 0).any()


@pytest.mark.parametrize("by", [None, "outlet", "author"])
def test_dispersion_of_a_term_is_that_over_the_documents_of_its_group(by):
    table = term_frequencies(STUDY, by=by)
    per_document = term_counts(STUDY).to_frame()
    words = dict(zip(STUDY.corpus.documents.index, term_counts(STUDY).totals, strict=True))
    for row in table.to_dict("records"):
        documents = STUDY.corpus.documents.index
        if by:
            documents = documents[STUDY.corpus.documents[by] == row[by]]
        documents = [d for d in documents if words[d]]
        counts, sizes = per_document.loc[documents, [row["term"]]].to_numpy(), [words[d] for d in documents]
        assert row["dp"] == pytest.approx(measures.dp(counts, sizes)[0], abs=1e-15)
        assert row["dp_norm"] == pytest.approx(measures.dp_norm(counts, sizes)[0], abs=1e-15, nan_ok=True)


def test_a_group_of_one_document_has_no_dispersion_to_norm():
    table = term_frequencies(STUDY, by="doc_id")
    assert (table["dp"] == 0).all()
    assert table["dp_norm"].isna().all()


def test_counts_of_anything_have_frequencies_under_their_own_name():
    frame = pd.DataFrame({"lemma": ["war", "be"], "count": [3, 5]})
    table = term_frequencies(Counts.from_frame(frame, item="lemma"))
    assert table[["lemma", "count", "rank"]].to_numpy().tolist() == [["be", 5, 1], ["war", 3, 2]]


def test_a_group_whose_words_are_all_left_out_shows_that_it_has_none():
    table = frame_frequencies(STUDY, BOOK, by="outlet", where={"voice": "quoted"}).set_index(["outlet", "frame"])
    row = table.loc[("B", "war")]
    assert (row["count"], row["total"], row["n_documents"]) == (0, 0, 0)
    assert np.isnan(row["per_1k"])


@pytest.mark.parametrize("by", BYS, ids=str)
@pytest.mark.parametrize("where", [None, {"outlet": "B"}, {"voice": "quoted"}])
def test_a_corpus_in_parts_has_the_frequencies_of_one(by, where):
    parts = singles(STUDY.corpus)
    pd.testing.assert_frame_equal(
        frame_frequencies(parts, BOOK, by=by, where=where), frame_frequencies(STUDY, BOOK, by=by, where=where)
    )
    for ngram in (1, 3):
        pd.testing.assert_frame_equal(
            term_frequencies(parts, by=by, ngram=ngram, where=where),
            term_frequencies(STUDY, by=by, ngram=ngram, where=where),
        )
