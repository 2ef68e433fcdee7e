"""Limits over documents: those of the measure for each group, wide where authors differ; one document left out."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from counts.samples import PIECES, corpus_of, entry
from hypothesis import given
from hypothesis import strategies as st

from discourse import measures
from discourse.codebook import Codebook
from discourse.counts import Counts
from discourse.tables import frame_frequencies, name_shares, voice_shares
from discourse.tables.flags import FEW_DOCUMENTS
from discourse.tables.sampling import turned_by_one
from discourse.tokens import tokenize

BOOK = Codebook(
    frames={"war": entry("frame", "war", "war"), "never": entry("frame", "never", "xyzzy")},
    names={"it": {n: entry("name", "it", n, name=n) for n in ("war", "peace")}},
)


def counts_of(hits: np.ndarray, **about: object) -> Counts:
    documents = pd.DataFrame(about, index=range(len(hits))).astype("str")
    return Counts.from_matrix(hits[:, None], ["war"], documents, item="frame", totals=np.full(len(hits), 1000))


def texts(number: int, outlet: str, seed: int = 1) -> list[tuple[object, ...]]:
    rng = np.random.default_rng(seed)
    pieces = [*PIECES[:8], "“war is near” said Smith", "peace"]
    return [(" ".join(rng.choice(pieces, rng.integers(5, 60))) + ".", outlet, "", 9) for _ in range(number)]


TOKENS = tokenize(corpus_of([*texts(FEW_DOCUMENTS, "enough"), *texts(FEW_DOCUMENTS - 1, "few", 2)]))


def test_rates_have_limits_over_documents_from_the_number_on_that_the_simulation_gives():
    table = frame_frequencies(TOKENS, BOOK, by="outlet").set_index(["outlet", "frame"])
    row = table.loc["enough", "war"]
    assert row["interval"] == "t over documents, log scale, 95 %"
    assert "few_documents" not in row["flags"]
    own = frame_frequencies(TOKENS, BOOK, by="doc_id").query("frame == 'war'")
    own = own[own["doc_id"].isin([f"d{i}" for i in range(FEW_DOCUMENTS)])]
    expected = measures.ratio_interval(measures.ratio_moments(own[["count"]], own["total"]))
    np.testing.assert_allclose([row["low"], row["high"]], 1000 * np.ravel(expected))
    few = table.loc["few", "war"]
    assert few["interval"] == "Garwood counting interval, 95 %"
    np.testing.assert_allclose([few["low"], few["high"]], 1000 * np.ravel(measures.garwood(few["count"], few["total"])))


def test_what_never_occurs_has_a_counting_interval_and_says_so():
    row = frame_frequencies(TOKENS, BOOK, by="outlet").set_index(["outlet", "frame"]).loc["enough", "never"]
    assert (row["count"], row["low"], row["interval"]) == (0, 0, "Garwood counting interval, 95 %")
    assert row["high"] > 0


def test_shares_of_a_referent_have_limits_over_documents():
    table = name_shares(TOKENS, BOOK, by="outlet").set_index(["outlet", "name"])
    counted = name_shares(TOKENS, BOOK, by="doc_id")
    own = counted[counted["doc_id"].isin([f"d{i}" for i in range(FEW_DOCUMENTS)]) & (counted["name"] == "war")]
    expected = measures.ratio_interval(measures.ratio_moments(own[["count"]], own["total"]), scale="logit")
    row = table.loc["enough", "war"]
    assert row["interval"] == "t over documents, log odds scale, 95 %"
    np.testing.assert_allclose([row["low"], row["high"]], np.ravel(expected))
    assert table.loc["few", "war"]["interval"] == "Wilson counting interval, 95 %"
    other = table.loc["enough", "peace"]
    assert row["low"] + other["high"] == pytest.approx(1)


def test_voices_have_limits_over_documents_or_none():
    table = voice_shares(TOKENS, by="outlet").set_index(["outlet", "voice"])
    row = table.loc["enough", "author"]
    assert 0 < row["low"] < row["share"] < row["high"] < 1
    assert row["interval"] == "t over documents, log odds scale, 95 %"
    few = table.loc["few", "author"]
    assert np.isnan(few["low"])
    assert few["interval"].startswith("none: fewer than 15 documents")


def test_authors_who_wrote_several_documents_make_the_limits_wide():
    rng = np.random.default_rng(4)
    hits = rng.poisson(np.repeat(rng.gamma(1, 5, 20), 10))
    authors = frame_frequencies(counts_of(hits, author=np.repeat(np.arange(20), 10))).iloc[0]
    documents = frame_frequencies(counts_of(hits)).iloc[0]
    assert authors["interval"] == "t over authors, log scale, 95 %"
    assert authors["high"] - authors["low"] > 2 * (documents["high"] - documents["low"])
    few = frame_frequencies(counts_of(hits[:140], author=np.repeat(np.arange(14), 10))).iloc[0]
    assert few["interval"] == "Garwood counting interval, 95 %"
    assert few["flags"].split()[:2] == ["descriptive", "few_documents"]


def test_limits_over_documents_contain_the_truth_as_often_as_the_simulation_says():
    rng = np.random.default_rng(7)
    groups, size = 400, 20
    hits = rng.poisson(rng.gamma(1, 4, groups * size))
    table = frame_frequencies(counts_of(hits, side=np.repeat(np.arange(groups), size)), by="side")
    covered = ((table["low"] <= 4) & (table["high"] >= 4)).mean()
    assert 0.91 < covered < 0.98
    low, high = measures.garwood(table["count"], table["total"])
    assert ((1000 * low <= 4) & (1000 * high >= 4)).mean() < 0.75  # words are not independent


# ── leaving one document out ─────────────────────────────────────────────────────────────────────────────────────


def turned_by_hand(hits: list[int], words: list[int], inside: np.ndarray) -> bool:
    def sign(kept: np.ndarray) -> int:
        one, two = kept & inside, kept & ~inside
        a, n, b, m = (np.array(numbers)[own].sum() for own in (one, two) for numbers in (hits, words))
        return int(np.sign(a * m - b * n))

    every = np.ones(len(hits), bool)
    return any(sign(every & (np.arange(len(hits)) != out)) * sign(every) < 0 for out in range(len(hits)))


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(1, 9), st.sampled_from("ABC")), min_size=2, max_size=7))
def test_every_document_is_left_out_in_turn(rows):
    hits, others, sides = (list(column) for column in zip(*rows, strict=True))
    words = np.add(hits, others).tolist()
    counts = Counts.from_matrix(np.array(hits)[:, None], ["war"], pd.DataFrame({"side": sides}), totals=words)
    units = counts.units("side")
    found = turned_by_one(units, [])[:, 0]
    for number, side in enumerate(units.keys["side"]):
        inside = np.array(sides) == side
        assert found[number] == (len(set(sides)) > 1 and turned_by_hand(hits, words, inside))


def test_rows_say_that_one_document_turns_the_difference():
    about = {"side": ["A", "A", "B", "B"]}
    table = frame_frequencies(counts_of(np.array([9, 0, 1, 1]), **about), by="side")
    assert table["flags"].str.contains("sign_flips_without").all()
    steady = frame_frequencies(counts_of(np.array([9, 9, 1, 1]), **about), by="side")
    assert not steady["flags"].str.contains("sign_flips_without").any()


def test_shares_are_turned_by_a_document_among_mentions_not_words():
    long = "war peace peace" + " no" * 90
    rows = [("war war war peace", "A", "x", 1), ("peace peace", "A", "x", 1), (long, "B", "x", 1)]
    table = name_shares(tokenize(corpus_of(rows)), BOOK, by="outlet").set_index(["outlet", "name"])
    # 3 of 6 against 1 of 3; without the first document 0 of 2 against 1 of 3.
    assert "sign_flips_without" in table.loc["A", "war"]["flags"]
    assert "low_expected" in table.loc["A", "war"]["flags"]
