"""How sure a contrast is: limits and p over documents or authors, also where they stand on both sides."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from counts.samples import corpus_of
from scipy import stats

from discourse import measures
from discourse.counts import Counts
from discourse.tables import keyness
from discourse.tables.flags import FEW_DOCUMENTS
from discourse.tokens import tokenize

OVER = "t over {}, log scale, 95 %"
COUNTED = "Wald counting interval, 95 %"
LIMITS = ["log_ratio_low", "log_ratio_high"]
N = FEW_DOCUMENTS


def counts_of(hits: np.ndarray, **about: object) -> Counts:
    """Items × documents of 1,000 words."""
    rows = np.atleast_2d(hits).T
    documents = pd.DataFrame(about, index=range(len(rows))).astype("str")
    names = [f"item{number}" for number in range(rows.shape[1])]
    return Counts.from_matrix(rows, names, documents, item="frame", totals=np.full(len(rows), 1000))


def contrast(hits: np.ndarray, *, tokens_as_sample: bool = False, **about: object) -> pd.DataFrame:
    counts = counts_of(hits, **about)
    return keyness(counts, by="side", target="A", min_count=1, min_documents=1, tokens_as_sample=tokens_as_sample)


def test_log_ratios_have_limits_over_documents_where_both_sides_have_enough():
    rng = np.random.default_rng(6)
    hits = rng.poisson(np.repeat([8, 4], FEW_DOCUMENTS) * rng.gamma(2, 0.5, 2 * FEW_DOCUMENTS))
    side = np.repeat(["A", "B"], FEW_DOCUMENTS)
    row = contrast(hits, side=side).iloc[0]
    assert row["interval"] == "t over documents, log scale, 95 %"
    sides = [measures.ratio_moments(hits[side == name, None], np.full(FEW_DOCUMENTS, 1000)) for name in "AB"]
    limits = [row["log_ratio_low"], row["log_ratio_high"]]
    np.testing.assert_allclose(limits, np.ravel(measures.contrast_interval(*sides)))
    few = contrast(hits[1:], side=side[1:]).iloc[0]
    assert few["interval"] == "Wald counting interval, 95 %"
    four = few[["count_target", "total_target", "count_reference", "total_reference"]].to_list()
    limits = [few["log_ratio_low"], few["log_ratio_high"]]
    np.testing.assert_allclose(limits, np.ravel(measures.log_ratio_interval(*four)))


def test_authors_make_the_limits_of_log_ratios_wide_or_too_few():
    rng = np.random.default_rng(8)
    hits = rng.poisson(np.repeat(rng.gamma(2, 5, 40), 5))
    about = {"side": np.repeat(["A", "B"], 100)}
    authors = contrast(hits, author=np.repeat(np.arange(40), 5), **about).iloc[0]
    alone = contrast(hits, **about).iloc[0]
    assert authors["interval"] == "t over authors, log scale, 95 %"
    width = [row["log_ratio_high"] - row["log_ratio_low"] for row in (authors, alone)]
    assert width[0] > 1.5 * width[1]
    assert "few_documents" not in authors["flags"]
    few = contrast(hits, author=np.repeat(np.arange(20), 10), **about).iloc[0]
    assert few["interval"] == "Wald counting interval, 95 %"
    assert {"descriptive", "few_documents"} <= set(few["flags"].split())
    assert np.isnan(few["p_value"])


def test_an_item_that_one_side_never_has_keeps_its_counting_limits():
    side = np.repeat(["A", "B"], FEW_DOCUMENTS)
    row = contrast(np.where(side == "A", np.arange(2 * FEW_DOCUMENTS) % 3, 0), side=side).iloc[0]
    assert row["interval"] == "Wald counting interval, 95 %"
    assert row["log_ratio_high"] == np.inf


# ── p ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_p_is_below_five_percent_exactly_where_the_limits_leave_out_no_difference():
    rng = np.random.default_rng(3)
    hits = rng.poisson(rng.gamma(2, 2, (300, 2 * N)) * np.repeat([1.5, 1], N))
    table = contrast(hits, side=np.repeat(["A", "B"], N))
    assert (table["interval"] == OVER.format("documents")).all()
    apart = (table["log_ratio_low"] > 0) | (table["log_ratio_high"] < 0)
    assert 30 < apart.sum() < 270
    assert ((table["p_documents"] < 0.05) == apart).all()


def test_p_is_that_of_the_measure_and_adjusted_over_the_rows_of_one_comparison():
    rng = np.random.default_rng(4)
    hits, side = rng.poisson(rng.gamma(2, 2, (20, 3 * N))), np.repeat(["A", "B", "C"], N)
    table = keyness(counts_of(hits, side=side), by="side", min_count=1, min_documents=1)
    row = table[(table["side"] == "B") & (table["frame"] == "item7")].iloc[0]
    rows = [np.flatnonzero(side == "B"), np.flatnonzero(side != "B")]
    one, two = (measures.ratio_moments(hits[7, own, None], np.full(len(own), 1000)) for own in rows)
    assert row["p_documents"] == pytest.approx(measures.contrast_p(one, two)[0])
    for _, own in table.groupby("side"):
        np.testing.assert_allclose(own["p_documents_adjusted"], measures.benjamini_hochberg(own["p_documents"]))


def test_no_p_where_there_are_few_documents_even_if_words_are_taken_for_a_sample():
    side = np.repeat(["A", "B"], [N, N - 1])
    table = contrast(np.arange(2 * N - 1), side=side, tokens_as_sample=True)
    assert table["p_value"].notna().all()
    assert table[["p_documents", "p_documents_adjusted"]].isna().all(axis=None)


def test_what_one_side_never_has_has_no_p_and_is_none_of_its_family():
    rng, side = np.random.default_rng(5), np.repeat(["A", "B"], N)
    hits = np.stack([rng.poisson(4, 2 * N), np.where(side == "A", rng.poisson(3, 2 * N), 0)])
    table = contrast(hits, side=side).set_index("frame")
    assert table.loc["item1", ["p_documents", "p_documents_adjusted"]].isna().all()
    assert table.loc["item0", "p_documents_adjusted"] == table.loc["item0", "p_documents"]


def test_words_of_few_authors_are_no_sample_of_many():
    """The same authors behind more documents: G2 grows more sure, authors do not."""
    rng = np.random.default_rng(8)
    rates, side = rng.gamma(2, 5, 40), np.repeat(["A", "B"], 20)
    once = contrast(rng.poisson(rates), side=side).iloc[0]
    about = {"side": np.repeat(side, 20), "author": np.repeat(np.arange(40), 20)}
    often = contrast(rng.poisson(np.repeat(rates, 20)), **about).iloc[0]
    assert often["interval"] == OVER.format("authors")
    assert often["log10_p"] < 5 * once["log10_p"]
    assert np.log10(often["p_documents"]) > 5 * np.log10(once["p_documents"])


# ── on both sides ────────────────────────────────────────────────────────────────────────────────────────────────────


def of_pairs(one: np.ndarray, two: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Limits and p of the same units of 1,000 words on both sides, on the logarithmic scale."""
    error, middle = stats.sem(one / one.mean() - two / two.mean()) / np.log(2), np.log2(one.sum() / two.sum())
    n = len(one)
    margin = stats.t.ppf(0.975, n - 1) * error
    return np.array([middle - margin, middle + margin]), 2 * stats.t.sf(abs(middle) / error, n - 1)


def test_authors_who_write_on_both_sides_are_one_unit_each():
    rng = np.random.default_rng(6)
    rates = rng.gamma(1, 20, 20)
    one, two = rng.poisson(1.2 * rates), rng.poisson(rates)
    about = {"side": np.repeat(["A", "B"], 20), "author": np.tile(np.arange(20), 2)}
    row = contrast(np.concatenate([one, two]), **about).iloc[0]
    assert row["interval"] == OVER.format("authors")
    limits, p = of_pairs(one, two)
    np.testing.assert_allclose(row[LIMITS].astype(float), limits, rtol=1e-9)
    assert row["p_documents"] == pytest.approx(p)
    apart = contrast(np.concatenate([one, two]), side=about["side"]).iloc[0]
    assert np.ptp(apart[LIMITS].astype(float)) > 2 * np.ptp(limits)


def test_several_texts_of_an_author_on_both_sides_are_still_one_unit():
    rng = np.random.default_rng(7)
    hits = rng.poisson(np.tile(rng.gamma(1, 20, 20), 4))
    about = {"side": np.repeat(["A", "B"], 40), "author": np.tile(np.arange(20), 4)}
    row = contrast(hits, **about).iloc[0]
    assert row["interval"] == OVER.format("authors")
    one, two = (hits[own].reshape(2, 20).sum(axis=0) for own in (slice(40), slice(40, None)))
    np.testing.assert_allclose(row[LIMITS].astype(float), of_pairs(one, two)[0], rtol=1e-9)


def test_voices_are_compared_within_their_documents():
    rng = np.random.default_rng(9)
    numbers = rng.integers(0, 9, (20, 2))
    said = [[f"war{' war' * hits}{' peace' * (19 - hits)}" for hits in pair] for pair in numbers.tolist()]
    texts = [f"{ours}, said Smith: “{theirs}.”" for ours, theirs in said]
    tokens = tokenize(corpus_of([(text, "A", "", 9) for text in texts]))
    row = keyness(tokens, by="voice", target="author", reference="quoted", min_count=1).set_index("term").loc["war"]
    assert row["interval"] == OVER.format("documents")
    assert row["count_target"] == numbers[:, 0].sum() + 20
    sides = [(numbers[:, [side]] + 1, np.full(20, words)) for side, words in ((0, 22), (1, 20))]
    moments = [measures.ratio_moments(*side) for side in sides]
    expected = measures.contrast_interval(*moments, shared=measures.shared_moments(*sides[0], *sides[1]))
    np.testing.assert_allclose(row[LIMITS].astype(float), np.ravel(expected))


def test_an_author_who_is_one_side_and_one_of_many_on_the_other_leaves_counting_limits():
    rng, side = np.random.default_rng(2), np.repeat(["A", "B"], [N, 2 * N])
    hits = rng.poisson(5, 3 * N)
    alone = contrast(hits, side=side, author=["x"] * N + list(range(2 * N))).iloc[0]
    assert alone["interval"] == OVER.format("documents")
    row = contrast(hits, side=side, author=["x"] * (N + 1) + list(range(2 * N - 1))).iloc[0]
    assert row["interval"] == COUNTED
    assert np.isnan(row["p_documents"])
    assert "descriptive" in row["flags"].split()


def test_of_one_author_on_both_sides_documents_are_the_sample():
    rng, side = np.random.default_rng(2), np.repeat(["A", "B"], N)
    hits = rng.poisson(5, 2 * N)
    row, apart = contrast(hits, side=side, author="x").iloc[0], contrast(hits, side=side).iloc[0]
    assert row[LIMITS].tolist() == apart[LIMITS].tolist()
    assert "single_author" in row["flags"].split()


def test_an_author_nobody_knows_is_nobody_in_particular():
    rng, side = np.random.default_rng(2), np.repeat(["A", "B"], N)
    hits = rng.poisson(5, 2 * N)
    row, apart = contrast(hits, side=side, author="").iloc[0], contrast(hits, side=side).iloc[0]
    assert row[LIMITS].tolist() == apart[LIMITS].tolist()


def test_where_authors_are_compared_the_others_are_authors_too():
    rng, author = np.random.default_rng(4), np.repeat(["x", *map(str, range(N))], [N, *[2] * N])
    counts = counts_of(rng.poisson(5, 3 * N), author=author)
    row = keyness(counts, by="author", target="x", min_count=1, min_documents=1).iloc[0]
    assert row["interval"] == OVER.format("authors")
    few = counts_of(rng.poisson(5, 3 * N), author=np.where(author == "0", "1", author))
    row = keyness(few, by="author", target="x", min_count=1, min_documents=1).iloc[0]
    assert row["interval"] == COUNTED
    assert {"descriptive", "few_documents"} <= set(row["flags"].split())
