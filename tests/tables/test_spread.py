"""Dispersion over the parts of a corpus, against the measure on a plain cross-table."""

from __future__ import annotations

import pandas as pd
import pytest
from counts.parts import NUMBERS, cut, singles
from counts.samples import CORPORA, STUDY
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse import measures
from discourse.counts import select
from discourse.tables import dispersion, spread, term_frequencies
from discourse.tokens import tokenize


@settings(max_examples=12, deadline=None)
@given(CORPORA, st.sampled_from(["document", "paragraph", "sentence"]), st.sampled_from([None, {"voice": "author"}]))
def test_dispersion_is_that_of_the_table_of_parts_and_terms(corpus, parts, where):
    tokens = tokenize(corpus)
    frame = tokens.frame()[select(tokens, where) & tokens.is_word]
    own = frame["doc_id"] if parts == "document" else frame["doc_id"] + " " + frame[parts].astype(str)
    cross = pd.crosstab(own, frame["term"])
    table = dispersion(tokens, parts=parts, where=where).set_index("term")
    assert sorted(table.index) == cross.columns.tolist()
    sizes = cross.sum(axis=1)
    for term, row in table.iterrows():
        column = cross[[term]].to_numpy()
        assert (row["count"], row["total"], row["n_parts"]) == (column.sum(), len(frame), len(cross))
        assert row["range"] == (column > 0).sum()
        assert row["dp"] == pytest.approx(measures.dp(column, sizes)[0])
        assert row["dp_norm"] == pytest.approx(measures.dp_norm(column, sizes)[0], nan_ok=True)


def test_terms_stand_by_count_then_alphabet():
    table = dispersion(STUDY)
    assert table.sort_values(["count", "term"], ascending=[False, True]).index.tolist() == table.index.tolist()


def test_parts_are_documents_paragraphs_or_sentences():
    with pytest.raises(ValueError, match=r"parts must be one of 'document', 'paragraph', 'sentence'; got 'chapter'"):
        dispersion(STUDY, parts="chapter")


@pytest.mark.parametrize("parts", ["document", "paragraph", "sentence"])
@pytest.mark.parametrize("where", [None, {"voice": "author"}, {"outlet": "B"}, {"voice": "reported"}])
def test_dispersion_over_a_corpus_in_parts_is_that_over_one(parts, where):
    for several in (singles(STUDY.corpus), cut(STUDY.corpus, [2], [1])):
        pd.testing.assert_frame_equal(
            dispersion(several, parts=parts, where=where), dispersion(STUDY, parts=parts, where=where), check_exact=True
        )


@settings(max_examples=12, deadline=None)
@given(CORPORA, NUMBERS, NUMBERS, st.sampled_from(["document", "sentence"]))
def test_dispersion_does_not_depend_on_the_cut_or_on_who_is_added_first(corpus, bounds, order, parts):
    several, whole = cut(corpus, bounds, order), tokenize(corpus)
    pd.testing.assert_frame_equal(dispersion(several, parts=parts), dispersion(whole, parts=parts), check_exact=True)


@pytest.mark.parametrize("parts", ["document", "paragraph", "sentence"])
def test_dispersion_does_not_depend_on_what_is_worked_on_at_once(monkeypatch, parts):
    whole = dispersion(STUDY, parts=parts)
    monkeypatch.setattr(spread, "BLOCK", 1)
    pd.testing.assert_frame_equal(dispersion(STUDY, parts=parts), whole, check_exact=True)


def test_dispersion_over_documents_is_that_of_frequencies():
    table = term_frequencies(STUDY).set_index("term")
    for name in ("count", "total", "dp", "dp_norm"):
        pd.testing.assert_series_equal(dispersion(STUDY).set_index("term")[name].sort_index(), table[name].sort_index())


def test_of_no_word_there_is_no_dispersion():
    table = dispersion(STUDY, where={"voice": "reported"})
    assert table.columns.tolist() == ["term", "count", "total", "range", "n_parts", "dp", "dp_norm"]
    assert table.empty
