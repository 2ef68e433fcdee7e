"""What there is: words, sentences and voices per document, and where frames stand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from counts.samples import BOOK, CORPORA, STUDY, tokens_of
from hypothesis import given, settings

from discourse.corpus import Corpus
from discourse.counts import select
from discourse.tables import corpus_overview, frame_positions, voice_shares
from discourse.tokens import tokenize


@settings(max_examples=12, deadline=None)
@given(CORPORA)
def test_an_overview_counts_what_the_token_table_holds(corpus):
    tokens = tokenize(corpus)
    frame = tokens.frame()
    prose = frame[select(tokens) & frame["is_word"].to_numpy(bool)]
    table = corpus_overview(tokens)
    assert table["doc_id"].tolist() == list(corpus.documents.index)
    for row in table.to_dict("records"):
        own = prose[prose["doc_id"] == row["doc_id"]]
        assert row["words"] == frame["is_word"][frame["doc_id"] == row["doc_id"]].sum()
        assert row["prose_words"] == len(own)
        assert [row[name] for name in ("sentences", "paragraphs", "types")] == [
            own[name].nunique() for name in ("sentence", "paragraph", "term")
        ]
        quoted = (own["voice"] == "quoted").mean() if len(own) else np.nan
        assert row["quoted_share"] == pytest.approx(quoted, nan_ok=True)


def test_voices_stand_in_their_order_and_their_shares_make_one():
    table = voice_shares(STUDY, by="outlet")
    assert table["voice"].tolist()[:4] == ["author", "quoted", "reported", "marked"]
    assert table.groupby("outlet")["share"].sum().round(12).tolist() == [1, 1, 1]
    assert (table["share"] == table["count"] / table["total"]).all()


def test_a_position_runs_from_the_first_to_the_last_counted_word():
    tokens = tokens_of("TITLE war\nWar one two war three war", "War")
    table = frame_positions(tokens, BOOK)
    assert table["position"].tolist() == [0, 0.6, 1, 0]
    assert table["words"].tolist() == [6, 6, 6, 1]


def test_a_document_column_named_like_a_measured_one_stands_beside_it():
    tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["One two."], "words": [7]})))
    assert corpus_overview(tokens)[["words_document", "words"]].to_numpy().tolist() == [[7, 2]]
