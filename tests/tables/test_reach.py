"""Limits of dispersion in the table: those of the measure, over documents or authors, and withheld where they fail."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from counts.parts import cut

from discourse import measures
from discourse.corpus import Corpus
from discourse.tables import dispersion
from discourse.tables.flags import FEW_DOCUMENTS
from discourse.tokens import tokenize

rng = np.random.default_rng(3)
WORDS = ["war", "peace", "border", "and", "of"]
N = FEW_DOCUMENTS + 5


def corpus(documents: int, **columns: list[str]) -> Corpus:
    sizes = rng.integers(20, 60, documents)
    texts = [" ".join(rng.choice(WORDS, size, p=rng.dirichlet(np.ones(5)))) for size in sizes]
    return Corpus.from_frame(pd.DataFrame({"text": texts, **columns}))


def crossed(own: Corpus) -> pd.DataFrame:
    frame = tokenize(own).frame()
    return pd.crosstab(frame["doc_id"], frame["term"]).loc[own.documents.index]


def test_limits_are_those_of_the_measure_and_leave_the_table_as_it_is():
    own = corpus(N)
    table, cross = dispersion(tokenize(own), limits=True), crossed(own)
    assert table.columns.tolist()[5:11] == ["dp", "low", "high", "interval", "dp_norm", "juilland_d"]
    pd.testing.assert_frame_equal(table.drop(columns=["low", "high", "interval"]), dispersion(tokenize(own)))
    expected = measures.dp_interval(cross.to_numpy(), cross.sum(axis=1).to_numpy())
    np.testing.assert_allclose(table.set_index("term").loc[cross.columns, ["low", "high"]].T, expected, rtol=1e-12)
    assert set(table["interval"]) == {"t over documents, log odds scale, 95 %"}
    assert ((table["low"] < table["dp"]) & (table["dp"] < table["high"])).all()


def test_documents_of_an_author_are_drawn_together():
    author = [f"a{number // 2}" if number < 20 else "" for number in range(N + 10)]
    own = corpus(N + 10, author=author)
    table, cross = dispersion(tokenize(own), limits=True), crossed(own)
    units = pd.factorize(np.array([name or f"document {number}" for number, name in enumerate(author)]))[0]
    expected = measures.dp_interval(cross.to_numpy(), cross.sum(axis=1).to_numpy(), units=units)
    np.testing.assert_allclose(table.set_index("term").loc[cross.columns, ["low", "high"]].T, expected, rtol=1e-12)
    assert set(table["interval"]) == {"t over authors, log odds scale, 95 %"}


@pytest.mark.parametrize(
    "own", [corpus(FEW_DOCUMENTS - 1), corpus(N, author=[f"a{number % 5}" for number in range(N)])]
)
def test_with_few_documents_or_authors_there_are_none(own):
    table = dispersion(tokenize(own), limits=True)
    assert table[["low", "high"]].isna().all(axis=None)
    assert set(table["interval"]) == {f"none: fewer than {FEW_DOCUMENTS} documents, or authors"}


def test_a_term_that_stands_evenly_in_all_documents_has_none():
    own = Corpus.from_frame(pd.DataFrame({"text": ["war and peace", "peace and war"] * N}))
    table = dispersion(tokenize(own), limits=True)
    assert table[["low", "high"]].isna().all(axis=None)
    assert set(table["interval"]) == {"none: no document moves DP"}


def test_limits_stand_beside_measures_asked_for_and_do_not_depend_on_parts_of_a_corpus():
    own = corpus(N)
    whole = dispersion(tokenize(own), limits=True, measures=["carroll_d2"])
    assert whole.columns.tolist()[-3:] == ["dp_norm", "juilland_d", "carroll_d2"]
    several = cut(own, [4, 20], [2, 0, 1])
    pd.testing.assert_frame_equal(dispersion(several, limits=True, measures=["carroll_d2"]), whole)


def test_of_no_word_the_table_is_empty():
    assert dispersion(tokenize(corpus(N)), where={"zone": "caption"}, limits=True).empty


@pytest.mark.parametrize("parts", ["paragraph", 10])
def test_limits_speak_of_documents(parts):
    with pytest.raises(ValueError, match=r"limits speak of documents; got parts=.*\. Leave parts out, or limits\."):
        dispersion(tokenize(corpus(3)), parts=parts, limits=True)
