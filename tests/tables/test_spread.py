"""Dispersion over the parts of a corpus, against the measure on a plain cross-table."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from counts.parts import NUMBERS, cut, singles
from counts.samples import CORPORA, STUDY
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse import measures
from discourse.counts import select
from discourse.tables import dispersion, pieces, term_frequencies
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
        assert row["juilland_d"] == pytest.approx(measures.juilland_d(column, sizes)[0], abs=1e-12, nan_ok=True)


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
    monkeypatch.setattr(pieces, "BLOCK", 1)
    pd.testing.assert_frame_equal(dispersion(STUDY, parts=parts), whole, check_exact=True)


def test_dispersion_over_documents_is_that_of_frequencies():
    table = term_frequencies(STUDY).set_index("term")
    for name in ("count", "total", "dp", "dp_norm"):
        pd.testing.assert_series_equal(dispersion(STUDY).set_index("term")[name].sort_index(), table[name].sort_index())


def test_of_no_word_there_is_no_dispersion():
    table = dispersion(STUDY, where={"zone": "caption"})
    assert table.columns.tolist() == ["term", "count", "total", "range", "n_parts", "dp", "dp_norm", "juilland_d"]
    assert table.empty


# ── measures asked for ───────────────────────────────────────────────────────────────────────────────────────────────

EVERY = ["juilland_d", "carroll_d2", "rosengren_s", "burch_da", "kl_divergence", "average_reduced_frequency"]


def crossed(tokens, own, where=None):
    """The plain cross-table of parts and terms; `own` names the part of each word."""
    frame = tokens.frame()[select(tokens, where) & tokens.is_word]
    return pd.crosstab(own(frame), frame["term"])


@pytest.mark.parametrize("parts", ["document", "paragraph", 2, 3])
def test_each_measure_is_the_one_of_the_cross_table(parts):
    def part(frame):
        if isinstance(parts, int):
            return pd.Series(np.arange(len(frame)) * parts // len(frame), index=frame.index)
        return frame["doc_id"] if parts == "document" else frame["doc_id"] + " " + frame[parts].astype(str)

    cross = crossed(STUDY, part)
    table = dispersion(STUDY, parts=parts, measures=EVERY).set_index("term").loc[cross.columns]
    for name in EVERY[:-1]:
        expected = getattr(measures, name)(cross.to_numpy(), cross.sum(axis=1).to_numpy())
        assert table[name].tolist() == pytest.approx(expected.tolist(), nan_ok=True), name
    assert table["dp"].tolist() == pytest.approx(measures.dp(cross.to_numpy(), cross.sum(axis=1)).tolist())
    assert table["range"].tolist() == (cross > 0).sum().tolist()


def test_gaps_are_those_between_the_words_that_count():
    frame = STUDY.frame()[select(STUDY, {"voice": "author"}) & STUDY.is_word].reset_index(drop=True)
    table = dispersion(STUDY, where={"voice": "author"}, measures=["average_reduced_frequency"]).set_index("term")
    at = frame.index[frame["term"] == "war"].to_numpy()
    own = measures.average_reduced_frequency(at, np.zeros(len(at)), total=len(frame))
    assert table.loc["war", "average_reduced_frequency"] == pytest.approx(own[0])


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("juilland_d", {"deviation": "sample", "rates": "raw"}),
        ("dp_norm", {"norm": "number_of_parts"}),
        ("kl_divergence", {"scale": "odds"}),
        ("rosengren_s", {"rates": "raw"}),
    ],
)
def test_disputed_conventions_are_options(name, options):
    cross = crossed(STUDY, lambda frame: frame["doc_id"])
    usual = dispersion(STUDY, measures=[name]).set_index("term").loc[cross.columns, name]
    table = dispersion(STUDY, measures={name: options}).set_index("term").loc[cross.columns, name]
    expected = getattr(measures, name)(cross.to_numpy(), cross.sum(axis=1).to_numpy(), **options)
    assert table.tolist() == pytest.approx(expected.tolist(), nan_ok=True)
    assert not np.allclose(table, usual, equal_nan=True)


def test_more_measures_leave_the_columns_there_are_as_they_were():
    usual = dispersion(STUDY)
    table = dispersion(STUDY, measures=EVERY)
    assert table.columns.tolist() == [*usual.columns, *EVERY[1:]]
    pd.testing.assert_frame_equal(table[usual.columns], usual)


@pytest.mark.parametrize("parts", ["document", "sentence", 3])
def test_measures_over_a_corpus_in_parts_are_those_over_one(parts):
    whole = dispersion(STUDY, parts=parts, measures=EVERY)
    for several in (singles(STUDY.corpus), cut(STUDY.corpus, [2], [1])):
        pd.testing.assert_frame_equal(dispersion(several, parts=parts, measures=EVERY), whole)


def test_equal_parts_differ_by_one_word_at_most():
    sizes = pieces.equal_parts(pieces.words_in_a_row(STUDY, {}), 7)[1].sum(axis=1)
    assert sizes.max() - sizes.min() <= 1


@pytest.mark.parametrize("parts", ["document", 4])
def test_of_no_word_there_are_the_columns_alone(parts):
    table = dispersion(STUDY, parts=parts, where={"zone": "caption"}, measures=EVERY)
    assert table.empty
    assert table.columns.tolist()[-6:] == EVERY


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"measures": ["juiland_d"]}, r"measures must be one of 'dp_norm', .* Did you mean 'juilland_d'\?"),
        ({"measures": {"juilland_d": {"sd": "sample"}}}, r"an option of measures\['juilland_d'\] must be one of"),
        ({"measures": {"juilland_d": {"deviation": "half"}}}, "deviation must be one of"),
        ({"parts": 1}, "parts must be 2 or more equal ones"),
    ],
)
def test_a_wrong_measure_or_number_of_parts_is_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        dispersion(STUDY, **arguments)
