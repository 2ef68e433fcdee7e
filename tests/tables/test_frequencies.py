"""Frequencies of terms and frames: every number follows from its own row or from the documents of its group."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from counts.parts import cut, singles
from counts.samples import BOOK, BYS, STUDY, corpus_of

from discourse import measures
from discourse.counts import Counts, term_counts
from discourse.tables import frame_frequencies, term_frequencies
from discourse.tokens import tokenize


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


# ── limits of terms ──────────────────────────────────────────────────────────────────────────────────────────────

WORDS = "war war peace trade trade trade sphere".split()
# Outlet A: authors wrote two each, also in other parts; B: one author; C: nobody knows; D: few.
WRITERS = {"A": [f"a{i}" for i in range(16)] * 2, "B": ["b"] * 32, "C": [""] * 32, "D": ["d"] * 10}
MANY = corpus_of(
    [
        (" ".join([*WORDS[i % 5 : 3 + i * i % 11 % 6] * (1 + i % 3), "the"]), outlet, WRITERS[outlet][i], 1)
        for i in range(32)
        for outlet in ("ABCD" if i < 10 else "ABC")
    ]
)


def units(outlet):
    """The hits of terms and words of what varies in an outlet."""
    counts = term_counts(tokenize(MANY))
    about = MANY.documents.reindex(counts.cells["doc_id"])
    frame = pd.DataFrame(counts.matrix.toarray(), columns=counts.items).assign(words=counts.totals)
    own = (about["outlet"] == outlet).to_numpy()
    return frame[own].groupby(about["author"].to_numpy()[own]).sum() if outlet == "A" else frame[own]


def test_limits_of_terms_come_from_documents_or_authors_and_by_counting_where_these_are_few():
    table = term_frequencies(tokenize(MANY), by="outlet")
    names = {"A": "t over authors, log scale, 95 %", "D": "Garwood counting interval, 95 %"}
    for outlet, rows in table[table["term"] != "the"].groupby("outlet"):
        assert set(rows["interval"]) == {names.get(outlet, "t over documents, log scale, 95 %")}
        own = units(outlet)
        moments = measures.ratio_moments(own[rows["term"]].to_numpy(), own["words"].to_numpy())
        wanted = measures.ratio_interval(moments)
        if outlet == "D":
            wanted = measures.garwood(rows["count"], rows["total"])
        for column, limits in zip(("low", "high"), wanted, strict=True):
            np.testing.assert_array_equal(rows[column], 1000 * np.asarray(limits))
    assert ((table["low"] < table["per_1k"]) & (table["per_1k"] < table["high"])).all()


def test_limits_of_terms_by_author_take_documents():
    table = term_frequencies(tokenize(MANY), by="author").set_index(["author", "term"])["interval"]
    assert table["b", "war"] == "t over documents, log scale, 95 %"
    assert table["a5", "war"] == "Garwood counting interval, 95 %"


@pytest.mark.parametrize("by", [None, "outlet", "author", ["outlet", "voice"]], ids=str)
@pytest.mark.parametrize("bounds", [[17, 50, 90], range(128)], ids=["four parts", "each document"])
def test_limits_of_terms_are_the_same_however_the_corpus_is_cut(by, bounds):
    whole = term_frequencies(tokenize(MANY), by=by)
    assert whole["interval"].str.startswith("t over").any()
    parts = term_frequencies(cut(MANY, bounds, [2, 0, 1]), by=by)
    pd.testing.assert_frame_equal(parts, whole, check_exact=True)
