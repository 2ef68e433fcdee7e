"""Dispersion over the parts of a corpus, against the measure on a plain cross-table."""

from __future__ import annotations

import pandas as pd
import pytest
from counts.samples import CORPORA, STUDY
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse import measures
from discourse.counts import select
from discourse.tables import dispersion
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
