"""Lexical diversity per group: each text by itself, against the measures on lists of words."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from counts.parts import NUMBERS, cut, singles
from counts.samples import CORPORA, STUDY
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse import measures
from discourse.corpus import Corpus
from discourse.counts import select
from discourse.tables import lexical_diversity
from discourse.tokens import tokenize

NAMES = ["type_token_ratio", "mattr", "mtld", "hdd", "yule_k"]
SHORT = {"type_token_ratio": {}, "mattr": {"window": 3}, "mtld": {}, "hdd": {"sample": 3}, "yule_k": {}}


def texts(tokens, by, where=None):
    """The word numbers of each text: what one document has in one group."""
    frame = tokens.frame()[select(tokens, where) & tokens.is_word]
    frame = frame.assign(code=pd.factorize(frame["term"])[0]).join(tokens.documents[["outlet"]], on="doc_id")
    return {key: own["code"].to_numpy() for key, own in frame.groupby([*by, "doc_id"])}


@settings(max_examples=12, deadline=None)
@given(CORPORA, st.sampled_from([["outlet"], ["outlet", "voice"]]), st.sampled_from([None, {"zone": "all"}]))
def test_a_group_has_the_mean_of_its_texts(corpus, by, where):
    tokens = tokenize(corpus)
    own = texts(tokens, by, where)
    table = lexical_diversity(tokens, by=by, where=where, measures=SHORT)
    assert len(table) == len({key[:-1] for key in own})
    for row in table.to_dict("records"):
        mine = [words for key, words in own.items() if list(key[:-1]) == [row[name] for name in by]]
        assert row["total"] == sum(map(len, mine))
        assert row["types"] == sum(len(set(words.tolist())) for words in mine)
        assert row["n_documents"] == len(mine)
        for name, options in SHORT.items():
            values = np.array([float(getattr(measures, name)(words, **options)) for words in mine])
            known = values[~np.isnan(values)]
            expected = known.mean() if len(known) else np.nan
            assert row[name] == pytest.approx(expected, nan_ok=True), name


def test_windows_do_not_reach_from_one_document_into_the_next():
    frame = pd.DataFrame({"text": ["war war", "peace peace"]})
    table = lexical_diversity(tokenize(Corpus.from_frame(frame)), measures={"mattr": {"window": 2}})
    assert table["mattr"].tolist() == [0.5]


def test_a_text_too_short_for_a_measure_is_left_out_of_its_mean():
    frame = pd.DataFrame({"text": ["war war war war", "peace"]})
    table = lexical_diversity(tokenize(Corpus.from_frame(frame)), measures={"hdd": {"sample": 4}, "yule_k": {}})
    assert table["hdd"].tolist() == [0.25]
    assert table["n_documents"].tolist() == [2]


def test_by_document_each_row_is_one_text():
    table = lexical_diversity(STUDY, by="doc_id", measures=["type_token_ratio"])
    assert table["type_token_ratio"].tolist() == pytest.approx((table["types"] / table["total"]).tolist())
    assert table["flags"].str.contains("single_document").all()


def test_diversity_of_a_corpus_in_parts_is_that_of_one():
    whole, own = (lexical_diversity(t, by=["outlet", "voice"], measures=SHORT) for t in (STUDY, singles(STUDY.corpus)))
    pd.testing.assert_frame_equal(own, whole)


@settings(max_examples=10, deadline=None)
@given(CORPORA, NUMBERS, NUMBERS)
def test_diversity_does_not_depend_on_the_cut(corpus, bounds, order):
    several, whole = cut(corpus, bounds, order), tokenize(corpus)
    pd.testing.assert_frame_equal(
        lexical_diversity(several, by="outlet", measures=SHORT), lexical_diversity(whole, by="outlet", measures=SHORT)
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"measures": ["ttr"]}, "measures must be one of 'type_token_ratio'"),
        ({"measures": {"mattr": {"size": 3}}}, r"an option of measures\['mattr'\] must be one of 'window', 'short'"),
        ({"by": "outlets"}, "Did you mean 'outlet'"),
    ],
)
def test_a_wrong_argument_is_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        lexical_diversity(STUDY, **arguments)


def test_a_column_of_the_table_cannot_name_its_groups():
    tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["war"], "types": ["A"]})))
    with pytest.raises(ValueError, match="by must not name a column that the table has itself; got 'types'"):
        lexical_diversity(tokens, by="types")
