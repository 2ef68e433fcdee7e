"""Limits from resampled documents: those of a plain loop, the same in one part and in many, none for few documents."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from counts.parts import NUMBERS, Parts, cut
from counts.samples import BOOK, BYS, PIECES, STUDY, WHERES, corpus_of
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.counts import Counts, frame_counts, term_counts
from discourse.counts.survey import id_hashes
from discourse.measures import poisson_weights
from discourse.tables import bootstrap_intervals, frame_frequencies
from discourse.tables.flags import FEW_DOCUMENTS
from discourse.tables.uncertainty import FEW_DRAWN
from discourse.tokens import tokenize

COLUMNS = "count total per_1k low high interval documents n_documents flags".split()


def many(documents: int = 110, seed: int = 0) -> list[tuple[object, ...]]:
    """Rows of documents of two outlets, of very different lengths, by authors nobody knows."""
    rng = np.random.default_rng(seed)
    rows = []
    for number in range(documents):
        text = " ".join(rng.choice(PIECES[:20], rng.integers(1, 60)))
        rows.append((text, "AB"[number % 2], "", int(rng.integers(9, 12))))
    return rows


CORPUS = corpus_of(many())
TOKENS = tokenize(CORPUS)


@pytest.mark.parametrize("by", BYS, ids=str)
def test_counts_rates_and_flags_are_those_of_the_table_of_frequencies(by):
    for tokens in (TOKENS, STUDY):
        expected = frame_frequencies(tokens, BOOK, by=by)
        table = bootstrap_intervals(tokens, codebook=BOOK, by=by, draws=9, seed=1)
        assert table.columns.tolist() == expected.columns.tolist()
        same = [name for name in table if name not in ("low", "high", "interval")]
        pd.testing.assert_frame_equal(table[same], expected[same])


def test_limits_are_those_of_a_loop_over_draws_and_documents():
    table = bootstrap_intervals(TOKENS, terms=["war", "peace"], by="outlet", draws=99, seed=5)
    counts = term_counts(TOKENS)
    weights = poisson_weights(id_hashes(pd.Index(counts.cells["doc_id"])), draws=99, seed=5)
    for row in table.itertuples():
        own = np.flatnonzero((CORPUS.documents["outlet"] == row.outlet).to_numpy())
        hits = counts.matrix[:, [counts.items.get_loc(row.term)]].toarray()[:, 0]
        rates = []
        for draw in range(99):
            drawn = np.repeat(own, weights[own, draw])
            rates.append(1000 * hits[drawn].sum() / counts.totals[drawn].sum())
        low, high = np.sort(rates)[[int(0.025 * 100) - 1, int(0.975 * 100) - 1]]
        assert low <= row.low <= np.sort(rates)[2]
        assert np.sort(rates)[97] >= row.high >= high
        assert row.low < row.per_1k < row.high


@settings(max_examples=10)
@given(NUMBERS, st.lists(st.integers(0, 99), max_size=4), st.sampled_from(BYS), st.sampled_from(WHERES))
def test_however_a_corpus_is_cut_the_table_is_the_same(bounds, order, by, where):
    parts = cut(CORPUS, bounds, order)
    for what in ({"codebook": BOOK}, {"terms": ["war", "no war", "not there"]}, {"terms": 4}):
        whole = bootstrap_intervals(TOKENS, by=by, where=where, draws=19, seed=2, **what)
        pd.testing.assert_frame_equal(bootstrap_intervals(parts, by=by, where=where, draws=19, seed=2, **what), whole)


def test_order_and_names_of_documents_decide_nothing_but_their_weights():
    shuffled = tokenize(CORPUS.subset(reversed(CORPUS.documents.index)))
    table = bootstrap_intervals(TOKENS, terms=3, by="outlet", seed=1)
    pd.testing.assert_frame_equal(bootstrap_intervals(shuffled, terms=3, by="outlet", seed=1), table)
    other = bootstrap_intervals(TOKENS, terms=3, by="outlet", seed=2)
    assert (other["low"] != table["low"]).all()
    assert other["count"].equals(table["count"])


def test_few_documents_have_no_limits_and_say_so():
    rows = [*many(FEW_DRAWN - 1), ("war", "C", "x", 9)]
    rows = [
        (text, "few" if number < FEW_DRAWN - 1 else "one", *rest) for number, (text, _, *rest) in enumerate(rows)
    ]
    rows += [(text, "enough", *rest) for text, _, *rest in many(FEW_DRAWN)]
    table = bootstrap_intervals(tokenize(corpus_of(rows)), terms=["war"], by="outlet", seed=1).set_index("outlet")
    assert table["n_documents"].to_dict() == {"few": FEW_DRAWN - 1, "one": 1, "enough": FEW_DRAWN}
    assert table["low"].isna().to_dict() == {"few": True, "one": True, "enough": False}
    assert table["high"].isna().equals(table["low"].isna())
    assert table.loc["few", "interval"] == "none: fewer than 50 documents, or authors"
    assert FEW_DOCUMENTS < FEW_DRAWN
    assert "few_documents" in table.loc["one", "flags"]
    assert "few_documents" not in table.loc["enough", "flags"]
    assert table.loc["enough", "interval"] == "Poisson bootstrap of documents, percentiles at 95 %, 999 draws, seed 1"


def test_an_item_in_which_documents_do_not_differ_has_no_limits_and_says_so():
    items = ["in each", "in none", "in some"]
    counts = Counts.from_matrix([[1, 0, 2], [1, 0, 0]] * 30, items, pd.DataFrame(index=range(60)), totals=[9] * 60)
    table = bootstrap_intervals(counts, seed=1).set_index("term")
    assert table["low"].isna().to_dict() == {"in each": True, "in none": True, "in some": False}
    assert table["high"].isna().equals(table["low"].isna())
    assert table.loc["in none", "interval"] == "none: documents do not differ"
    assert table.loc["in some", "interval"].startswith("Poisson bootstrap")


def by_authors(authors: int, each: int) -> Counts:
    """Documents of 1,000 words by authors who differ much more than the documents of one of them."""
    rng = np.random.default_rng(3)
    hits = rng.poisson(np.repeat(rng.gamma(1, 5, authors), each))
    about = pd.DataFrame({"author": np.repeat(np.arange(authors), each).astype(str), "side": "A"})
    return Counts.from_matrix(hits[:, None], ["war"], about, totals=np.full(len(hits), 1000))


def test_documents_of_an_author_are_drawn_together():
    counts = by_authors(60, 10)
    row = bootstrap_intervals(counts, seed=4).iloc[0]
    means = counts.matrix.toarray().reshape(60, 10).mean(axis=1)
    assert row["high"] - row["low"] == pytest.approx(2 * 1.96 * means.std() / np.sqrt(60), rel=0.15)
    alone = Counts.from_matrix(counts.matrix, ["war"], counts.documents.drop(columns="author"), totals=counts.totals)
    narrow = bootstrap_intervals(alone, seed=4).iloc[0]
    assert row["high"] - row["low"] > 2 * (narrow["high"] - narrow["low"])
    few = bootstrap_intervals(by_authors(49, 10), seed=4).iloc[0]
    assert few["interval"] == "none: fewer than 50 documents, or authors"


def test_one_author_has_limits_among_authors_only():
    counts = by_authors(1, 60)
    assert np.isnan(bootstrap_intervals(counts, by="side", seed=4)["low"]).all()
    assert bootstrap_intervals(counts, by="author", seed=4)["low"].notna().all()


def test_the_limits_are_as_far_apart_as_theory_says():
    rng = np.random.default_rng(3)
    hits, words = rng.poisson(rng.gamma(2, 5, 400)), np.full(400, 1000)
    counts = Counts.from_matrix(hits[:, None], ["war"], pd.DataFrame(index=range(400)), totals=words)
    row = bootstrap_intervals(counts, seed=4).iloc[0]
    error = (hits - hits.mean()).std() / np.sqrt(400)  # of a mean per 1,000 words
    assert row["high"] - row["low"] == pytest.approx(2 * 1.96 * error, rel=0.1)
    narrow = bootstrap_intervals(counts, seed=4, level=0.5).iloc[0]
    assert narrow["high"] - narrow["low"] == pytest.approx(2 * 0.674 * error, rel=0.1)


def test_of_counts_all_items_or_those_asked_for_are_given():
    counts = frame_counts(TOKENS, BOOK, by="outlet")
    table = bootstrap_intervals(counts, seed=1)
    pd.testing.assert_frame_equal(table, bootstrap_intervals(TOKENS, codebook=BOOK, by="outlet", seed=1))
    assert bootstrap_intervals(counts, terms="war", by=None, seed=1)["frame"].unique().tolist() == ["war"]
    assert bootstrap_intervals(counts, terms=1, by="year", seed=1)["frame"].nunique() == 1


def test_counts_by_more_layers_are_put_together_by_document_first():
    counts = frame_counts(TOKENS, BOOK, by=["outlet", "voice", "sentence"])
    for by in ("outlet", ["voice", "outlet"], "sentence"):
        expected = bootstrap_intervals(TOKENS, codebook=BOOK, by=by, draws=9, seed=1)
        pd.testing.assert_frame_equal(bootstrap_intervals(counts, by=by, draws=9, seed=1), expected)


def test_the_most_frequent_terms_are_those_of_the_whole_and_ties_go_by_the_alphabet():
    parts = Parts([tokenize(corpus_of([(text, "A", "x", 9)])) for text in ("a a b c", "b c d")][:1])
    table = bootstrap_intervals(parts, terms=2, seed=1)
    assert table["term"].tolist() == ["a", "b"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({}, "codebook or terms must be given with tokens, and not both"),
        ({"codebook": BOOK, "terms": ["war"]}, "codebook or terms must be given with tokens, and not both"),
        ({"terms": []}, "terms must name at least one term; got none"),
        ({"terms": 0}, "terms must be names, or a number of 1 or more; got 0"),
        ({"terms": ["war"], "by": "outlett"}, "by must be one of .* got 'outlett'"),
        ({"terms": ["war"], "where": {"outlet": "Z"}}, "must name values that occur; got 'Z'"),
        ({"terms": ["war"], "level": 95}, "level must lie between 0 and 1"),
        ({"terms": ["war"], "draws": 0}, "draws must be 1 or more"),
        ({"terms": ["war"], "draws": 10**9}, "draws must be few enough for memory; 1000000000 of 1 groups × 1 items"),
        ({"terms": ["a b c d e f"]}, "ngram must be a whole number from 1 to 5; got 6"),
    ],
)
def test_what_cannot_be_is_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        bootstrap_intervals(TOKENS, seed=1, **arguments)


def test_counts_with_what_they_were_made_with_are_refused():
    counts = term_counts(TOKENS)
    with pytest.raises(ValueError, match="codebook has no effect on counts made before"):
        bootstrap_intervals(counts, codebook=BOOK, seed=1)
    with pytest.raises(ValueError, match="terms must name items that were counted; got 'wars'"):
        bootstrap_intervals(counts, terms=["wars"], seed=1)


def test_a_group_may_not_be_called_as_a_column_of_the_table():
    tokens = tokenize(type(CORPUS).from_frame(pd.DataFrame({"text": ["war"], "low": ["A"]})))
    with pytest.raises(ValueError, match="by must not name a column that the table has itself; got 'low'"):
        bootstrap_intervals(tokens, terms=["war"], by="low", seed=1)
