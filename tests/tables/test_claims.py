"""Claims under every specification: planted truths, the shipped study, and what is said of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from discourse import (
    Choices,
    Study,
    findings,
    frame_frequencies,
    headlines,
    keyness,
    measures,
    multiverse,
    name_shares,
    read_study,
    robustness,
    specification_summary,
    term_frequencies,
)
from discourse.codebook import Codebook, Entry, parse_pattern
from discourse.corpus import Corpus
from discourse.tables.claims import UNRANKED

SEEDS = Path(__file__).parents[2] / "seeds"
ONE = Choices(together=1)


@pytest.fixture(scope="module")
def study() -> Study:
    return read_study(SEEDS)


def planted(texts: dict[str, list[str]], *, book: Codebook | None = None, **columns: list[str]) -> Study:
    """A study of groups with their texts."""
    rows = [(group, text) for group, own in texts.items() for text in own]
    frame = pd.DataFrame(rows, columns=["side", "text"]).assign(**columns)
    frame.index = pd.Index([f"{group}{number}" for group, own in texts.items() for number in range(len(own))])
    corpus = Corpus.from_frame(frame)
    order = tuple(texts)
    return Study(Path(), "planted", "side", order, corpus, book or Codebook(), (), None, ())


def framed(key: str, *patterns: str, exclude: tuple[str, ...] = ()) -> Codebook:
    included, excluded = (tuple(parse_pattern(text) for text in own) for own in (patterns, exclude))
    return Codebook(frames={key: Entry("frame", key, included, exclude=excluded)})


def words(number: int, hits: int, hit: str = "war") -> str:
    """So many words, with hits among them."""
    return " ".join([hit] * hits + ["plain"] * (number - hits)) + "."


# ── planted truths ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_claim_that_holds_everywhere_holds_in_all_specifications() -> None:
    own = planted({"A": [words(100, 30), words(90, 28)], "B": [words(100, 1), words(80, 2)]})
    table = robustness(own, item="war", kind="term", groups=["A", "B"])
    # Every document of both has the term: that measure cannot tell.
    told = table[table["measure"] != "documents with it"]
    assert told["holds"].all()
    summary = specification_summary(table).iloc[0]
    assert summary["share"] == 1
    assert summary["turned_by"] == ""
    assert findings(table)[0].startswith(f"Holds in {summary['holds']} of {summary['specifications']} specifications")


def test_a_claim_that_hangs_on_one_document_names_it_and_nothing_else() -> None:
    own = planted({"A": [words(400, 2), words(400, 60), words(400, 2)], "B": [words(400, 9), words(400, 8)]})
    table = robustness(own, item="war", kind="term", groups=["A", "B"], choices=ONE)
    assert specification_summary(table)["turned_by"].tolist() == ["left out: A1"]
    assert "One choice turns it: it does not hold without A1." in findings(table)


def test_a_claim_that_hangs_on_quotations_names_them() -> None:
    said = "“" + "war " * 40 + "peace,” said Ivan Petrov. "
    own = planted({"A": [said + words(300, 2)] * 2, "B": [words(300, 12), words(300, 13)]})
    table = robustness(own, item="war", kind="term", groups=["A", "B"], choices=Choices(together=1, repeated=("in",)))
    assert specification_summary(table)["turned_by"].tolist() == ["voices: author"]
    assert "One choice turns it: it does not hold with quotations left out." in findings(table)


def test_a_claim_that_hangs_on_a_hyphen_names_it() -> None:
    own = planted({"A": [words(100, 0), words(100, 1)], "B": [words(100, 30, "post-war"), words(100, 30, "post-war")]})
    table = robustness(own, item="war", kind="term", groups=["A", "B"], choices=ONE)
    turned = specification_summary(table)["turned_by"].item()
    assert "hyphens: several words" in turned
    row = table[table["hyphens"] == "several words"].iloc[0]
    assert (row["count_reference"], row["total_reference"]) == (60, 260)


def test_a_claim_that_hangs_on_capitals_counts_the_most_frequent_spelling() -> None:
    own = planted({"A": [words(100, 9, "War")], "B": [words(100, 3, "War") + " " + words(100, 20)]})
    table = robustness(own, item="war", kind="term", groups=["B", "A"], choices=ONE).set_index("case")
    kept = table.loc["kept"]
    assert (kept["count_target"], kept["count_reference"]) == (20, 0)
    assert table.loc["folded"].iloc[0]["count_target"] == 23


def test_a_claim_that_hangs_on_inflection_names_lemmas() -> None:
    texts = {"A": [words(100, 9), words(100, 8)], "B": [words(100, 3) + " " + words(20, 16, "wars")]}
    own = planted(texts, book=framed("force", "war"))
    for kind, item in (("term", "war"), ("frame", "force")):
        table = robustness(own, item=item, kind=kind, groups=["A", "B"], choices=ONE)
        assert "lemmas: on" in specification_summary(table)["turned_by"].item()
        assert table.set_index("lemmas").loc["on", "count_reference"] == 19


def test_a_claim_that_hangs_on_one_pattern_of_the_codebook_names_it() -> None:
    book = framed("force", "war", "raid", exclude=("star war",))
    texts = {"A": [words(200, 20) + " raid."], "B": [words(200, 5) + " raid raid raid. " + words(8, 8, "star war")]}
    table = robustness(planted(texts, book=book), item="force", groups=["A", "B"], choices=ONE)
    turned = specification_summary(table)["turned_by"].item()
    assert "codebook: without “war”" in turned
    excluded = table.set_index("codebook").loc["without exclusions"]
    assert excluded["count_reference"] == table["count_reference"].iloc[0] + 8


def test_patterns_in_whole_words_only_do_not_find_parts() -> None:
    texts = {"A": [words(50, 9, "Turkish-Russian")], "B": [words(50, 3, "Russian")]}
    table = robustness(planted(texts, book=framed("russia", "Russian")), item="russia", groups=["A", "B"], choices=ONE)
    row = table[table["hyphens"] == "whole words only"].iloc[0]
    assert (row["count_target"], row["count_reference"]) == (0, 3)
    assert row["total_target"] == 50


def test_stop_words_leave_the_words_that_rates_are_per() -> None:
    own = planted({"A": ["war of the war"], "B": ["war peace peace peace"]})
    table = robustness(own, item="war", kind="term", groups=["A", "B"], choices=ONE)
    row = table[table["stop_words"] == "out"].iloc[0]
    assert (row["total_target"], row["total_reference"]) == (2, 4)


def test_the_mean_of_documents_is_not_the_pooled_rate() -> None:
    own = planted({"A": [words(1000, 2), words(10, 5)], "B": [words(500, 10), words(500, 10)]})
    table = robustness(own, item="war", kind="term", groups=["A", "B"], choices=ONE).set_index("measure")
    assert not table.loc["pooled", "holds"].iloc[0]
    assert table.loc["mean of documents", "holds"]
    assert table.loc["mean of documents", "estimate"] == pytest.approx(np.log2((0.002 + 0.5) / 2 / 0.02))


def test_a_measure_that_ties_tells_nothing() -> None:
    own = planted({"A": [words(50, 9)], "B": [words(50, 3)]})
    row = robustness(own, item="war", kind="term", groups=["A", "B"]).query("measure == 'documents with it'").iloc[0]
    assert row["estimate"] == 0
    assert pd.isna(row["holds"])


def test_documents_on_other_topics_are_left_out_together() -> None:
    texts = {"A": [words(100, 2), words(100, 60)], "B": [words(100, 9), words(100, 8)]}
    own = planted(texts, topic=["x", "y", "x", "x"])
    table = robustness(own, item="war", kind="term", groups=["A", "B"], choices=ONE)
    row = table[table["left_out"] == "other topics"].iloc[0]
    assert (row["count_target"], row["total_target"]) == (2, 100)
    assert "without the documents on other topics" in findings(table)[1]


def test_of_many_documents_those_with_most_hits_are_left_out() -> None:
    own = planted({"A": [words(50, hits) for hits in range(9)], "B": [words(50, 3)]})
    table = robustness(own, item="war", kind="term", groups=["A", "B"], choices=Choices(documents=2))
    assert list(dict.fromkeys(table["left_out"])) == ["", "A7", "A8"]


def test_ranges_are_of_what_can_be_judged_and_has_hits_on_both_sides() -> None:
    holds = pd.array([True, True, None, True, True], "boolean")
    counts = {"count_target": [4, 4, 4, 4, 0], "count_reference": [2, 2, 2, 0, 2]}
    estimates = {"estimate": [1.0, 2.0, 0.0, 5.5, -4.0], "rank": [2.0, 3.0, 9.0, 1.0, 4.0]}
    table = pd.DataFrame({"specification": range(5), **counts, **estimates, "holds": holds, "left_out": list("abcde")})
    summary = specification_summary(table).iloc[0]
    assert (summary["low"], summary["high"]) == (1.0, 2.0)
    assert (summary["best"], summary["worst"], summary["top_share"]) == (1.0, 4.0, 0.75)
    told = "Holds in 4 of 4 specifications that can be judged (of 5); the log ratio lies between 1.00 and 2.00"
    assert findings(table)[0] == f"{told}, where both sides have a hit."
    nobody = specification_summary(table.assign(holds=pd.array([None] * 5, "boolean"))).iloc[0]
    assert np.isnan([nobody[name] for name in ("low", "high", "best", "worst", "top_share")]).all()


def test_the_sentence_and_the_table_tell_the_same_range(study: Study) -> None:
    table = multiverse(study)
    for told, row in zip(findings(table), specification_summary(table).itertuples(), strict=True):
        span = f"lies between {row.low:.2f} and {row.high:.2f}".replace("-", "−")
        assert (span in told) == np.isfinite(row.low)
        assert ("lies between" in told) == np.isfinite(row.low)


# ── ranks ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_rank_is_that_of_the_table_of_keyness() -> None:
    texts = {"A": ["war " * 9 + "peace " * 5 + "trade " * 3 + "gas " * 4], "B": ["war peace " * 3 + "trade " * 9]}
    own = planted(texts)
    table = robustness(own, item="peace", kind="term", groups=["A", "B"], claim="ranked", choices=ONE)
    rows = keyness(own.tokens, by="side", target="A", min_documents=1)
    for measure in ("log_ratio", "log_likelihood", "log_odds_z"):
        rank = rows[measure].rank(ascending=False, method="min")[rows["term"] == "peace"].item()
        row = table[(table["measure"] == measure) & (table["left_out"] == "") & (table["min_count"] == "3")].iloc[0]
        assert row["rank"] == rank, measure


def test_a_rank_by_frequency_is_that_of_the_table_of_frequencies() -> None:
    own = planted({"A": ["war war war peace peace trade"], "B": ["trade trade trade gas gas gas"]})
    rows = term_frequencies(own.tokens, by="side").query("side == 'A'").set_index("term")
    wide = Choices(measure=("frequency",), min_count=("1",))
    first = robustness(own, item="peace", kind="term", groups=["A", "B"], claim="ranked", choices=wide).iloc[0]
    assert first["rank"] == rows.loc["peace", "rank"] == 2


def test_a_rank_that_falls_breaks_the_claim_and_its_range_is_told() -> None:
    own = planted({"A": ["war " * 9 + "peace " * 5, "gas " * 30], "B": ["war peace gas " * 4]})
    table = robustness(own, item="war", kind="term", groups=["A", "B"], claim="ranked", choices=ONE)
    assert table["rank"].iloc[0] == 2
    row = table[table["left_out"] == "A1"].iloc[0]
    assert row["rank"] == 1
    assert row["holds"]
    summary = specification_summary(table, top=1).iloc[0]
    assert (summary["best"], summary["rank"]) == (1, 2)
    assert summary["top_share"] == (table["rank"].dropna() <= 1).mean()


def test_frames_are_ranked_among_frames(study: Study) -> None:
    table = robustness(study, item="spheres of influence", groups=["Azernews", "Korybko", "CACI Analyst"], choices=ONE)
    frames = frame_frequencies(study.tokens, study.codebook, by="outlet")
    four = {True: frames[frames["outlet"] == "Azernews"], False: frames[frames["outlet"] != "Azernews"]}
    own, rest = (four[side].groupby("frame")[["count", "total"]].sum() for side in (True, False))
    ratio = pd.Series(measures.log_ratio(own["count"], own["total"], rest["count"], rest["total"]), own.index)
    assert table["rank"].iloc[0] == ratio.rank(ascending=False)["spheres of influence"]


# ── the shipped study ────────────────────────────────────────────────────────────────────────────────────────────


def test_the_first_specification_is_the_table_of_the_report(study: Study) -> None:
    row = robustness(study, item="spheres of influence", groups=["Azernews", "Korybko"], choices=ONE).iloc[0]
    frames = frame_frequencies(study.tokens, study.codebook, by="outlet").set_index(["outlet", "frame"])
    for side, outlet in (("target", "Azernews"), ("reference", "Korybko")):
        counted = frames.loc[(outlet, "spheres of influence")]
        assert (row[f"count_{side}"], row[f"total_{side}"]) == (counted["count"], counted["total"])


@pytest.mark.parametrize(
    ("choice", "value", "where"),
    [
        ("voices", "author", {"voice": "author"}),
        ("zones", "body", {"zone": ["body", "list"]}),
        ("zones", "titles too", {"zone": ["standfirst", "heading", "body", "list", "title", "caption", "label"]}),
    ],
)
def test_a_choice_of_words_is_the_table_with_that_where(study: Study, choice: str, value: str, where: dict) -> None:
    own = robustness(study, item="corridors and connectivity", groups=["Azernews", "Korybko"], choices=ONE)
    row = own[own[choice] == value].iloc[0]
    frames = frame_frequencies(study.tokens, study.codebook, by="outlet", where=where).set_index(["outlet", "frame"])
    counted = frames.loc[("Korybko", "corridors and connectivity")]
    assert (row["count_reference"], row["total_reference"]) == (counted["count"], counted["total"])
    names = robustness(
        study, item="special operation", kind="name", groups=["Korybko", "Azernews"], claim="alone", choices=ONE
    )
    row = names[names[choice] == value].iloc[0]
    shares = name_shares(study.tokens, study.codebook, by="outlet", where=where).set_index(["outlet", "name"])
    counted = shares.loc[("Korybko", "special operation")]
    assert (row["count_target"], row["total_target"]) == (counted["count"], counted["total"])


def test_each_pooled_estimate_follows_from_its_own_row(study: Study) -> None:
    table = robustness(study, item="spheres of influence", groups=["Korybko", "CACI Analyst"])
    table = table[(table["measure"] == "pooled") & table["estimate"].notna()]
    counts = table[["count_target", "total_target", "count_reference", "total_reference"]].to_numpy().T
    assert table["estimate"].tolist() == pytest.approx(measures.log_ratio(*counts).tolist())


def test_leaving_out_repetitions_takes_their_words_away(study: Study) -> None:
    table = robustness(study, item="spheres of influence", groups=["Korybko", "CACI Analyst"], choices=ONE)
    first, out = table.iloc[0], table[table["repeated"] == "out"].iloc[0]
    assert out["total_target"] < first["total_target"]
    assert out["total_reference"] == first["total_reference"]


def test_where_the_group_of_the_claim_has_nothing_left_nothing_is_said(study: Study) -> None:
    table = robustness(study, item="spheres of influence", groups=["Azernews", "Korybko"])
    gone = table[table["left_out"] == "novruz-2025-12-01"]
    assert len(gone) > 1
    assert gone["holds"].isna().all()
    assert gone["estimate"].isna().all()
    assert "Nothing can be told" in findings(table)[-1]


def test_smaller_is_larger_turned_round(study: Study) -> None:
    groups = ["Korybko", "CACI Analyst"]
    larger = robustness(study, item="containment and encirclement", groups=groups)
    smaller = robustness(study, item="containment and encirclement", groups=groups, claim="smaller")
    told = larger["holds"].notna()
    assert told.equals(smaller["holds"].notna())
    assert (larger["holds"] ^ smaller["holds"])[told].all()


def test_ordered_needs_the_rates_to_fall_in_the_order_given(study: Study) -> None:
    groups = ["Azernews", "Korybko", "CACI Analyst"]
    down = robustness(study, item="spheres of influence", groups=groups, claim="ordered", choices=ONE)
    up = robustness(study, item="spheres of influence", groups=groups[::-1], claim="ordered", choices=ONE)
    assert down["holds"].iloc[0]
    assert not up["holds"].iloc[0]


def test_alone_means_that_the_others_never_use_it(study: Study) -> None:
    groups = ["Korybko", "Azernews", "CACI Analyst"]
    alone = robustness(study, item="special operation", kind="name", groups=groups, claim="alone")
    shared = robustness(study, item="conflict", kind="name", groups=groups, claim="alone")
    assert alone["holds"].dropna().all()
    assert shared.loc[shared["left_out"] == "", "holds"].dropna().eq(False).all()


def test_an_item_that_is_gone_without_one_document_hangs_on_it(study: Study) -> None:
    table = multiverse(study, choices=ONE)
    summary = specification_summary(table).set_index("item")
    assert "left out: cutler" in summary.loc["Karabakh", "turned_by"]


def test_a_headline_is_a_frame_of_the_highest_rate_or_a_name_of_one_group(study: Study) -> None:
    claims = headlines(study)
    frames = frame_frequencies(study.tokens, study.codebook, by="outlet")
    highest = frames.loc[frames.groupby("frame")["per_1k"].idxmax()].set_index("frame")["outlet"]
    for claim in claims[claims["kind"] == "frame"].itertuples():
        assert claim.target == highest[claim.item]
    assert "special operation" in claims.loc[claims["kind"] == "name", "item"].tolist()


def test_a_headline_says_on_how_much_it_rests(study: Study) -> None:
    claims = headlines(study)
    rates = frame_frequencies(study.tokens, study.codebook, by="outlet").set_index(["frame", "outlet"])
    for claim in claims[claims["kind"] == "frame"].itertuples():
        own = rates.loc[(claim.item, claim.target)]
        assert f"({own['count']} hits, {own['per_1k']:.1f} per 1,000 words)" in claim.claim
    shares = name_shares(study.tokens, study.codebook, by="outlet").set_index(["name", "outlet"])
    for claim in claims[claims["kind"] == "name"].itertuples():
        own = shares.loc[claim.item]
        assert f"({own.loc[claim.target, 'count']} of {own.loc[claim.target, 'total']} mentions; " in claim.claim
        assert all(f"{name} 0 of {own.loc[name, 'total']}" in claim.claim for name in claim.against)


def test_documents_whose_topic_is_unknown_are_not_on_the_most_frequent_one() -> None:
    texts = {"A": [words(100, 9)] * 4, "B": [words(100, 1)] * 2}
    own = planted(texts, topic=["", "", "", "trade", "trade", "arms"])
    table = robustness(own, item="war", kind="term", groups=["A", "B"], choices=ONE)
    left = table[table["left_out"] == "other topics"].iloc[0]
    assert (left["total_target"], left["total_reference"]) == (100, 100)
    unknown = planted(texts, topic=[""] * 5 + ["arms"])
    assert "other topics" not in set(robustness(unknown, item="war", kind="term", groups=["A", "B"])["left_out"])


def test_a_name_of_two_referents_is_asked_of_its_own() -> None:
    def ways(key: str, *names: str) -> dict[str, Entry]:
        return {name: Entry("name", key, (parse_pattern(f"{key} {name}"),), name=name) for name in names}

    book = Codebook(names={"east": ways("east", "war", "fight"), "west": ways("west", "war", "fight")})
    texts = {"A": ["West war, west war. East fight."], "B": ["West fight, east fight."]}
    claims = headlines(planted(texts, book=book))
    assert claims["claim"].tolist() == ["A alone says “war” for west (2 of 2 mentions; B 0 of 1)"]
    first = multiverse(planted(texts, book=book)).iloc[0]
    assert (first["count_target"], first["total_target"], first["holds"]) == (2, 2, True)


def test_no_headline_is_stronger_than_the_limits_of_its_rates(study: Study) -> None:
    claims = headlines(study).set_index("item")
    told = findings(frame_frequencies(study.tokens, study.codebook, by="outlet"))
    close = {item: any(f"“{item}”: too close to rank" in own for own in told) for item in study.codebook.frames}
    frames = claims[claims["kind"] == "frame"]
    assert set(frames["limits_overlap"]) == {True, False}
    for item, claim in frames.iterrows():
        assert claim["limits_overlap"] == close[item], item
        assert ("the limits overlap with another" in claim["claim"]) == close[item], item
    names = claims[claims["kind"] == "name"]
    assert names["limits_overlap"].isna().all()
    assert not names["claim"].str.contains("limits").any()


def test_a_small_group_without_a_hit_can_overlap_with_the_first() -> None:
    texts = {"A": [words(1000, 30)], "B": [words(1000, 2)], "C": [words(40, 0)]}
    claim = headlines(planted(texts, book=framed("force", "war"))).iloc[0]
    assert (claim["target"], claim["limits_overlap"]) == ("A", True)
    wide = {**texts, "C": [words(1000, 0)]}
    assert not headlines(planted(wide, book=framed("force", "war")))["limits_overlap"].iloc[0]


def test_a_group_of_a_few_words_makes_no_headline_but_stands_in_its_way() -> None:
    texts = {"long": [words(5000, 60)], "longer": [words(8000, 10)], "stub": [words(30, 1)]}
    study = planted(texts, book=framed("force", "war"))
    claim = headlines(study).iloc[0]
    told = "long uses “force” at the highest rate, of the groups with 100 words or more (60 hits, 12.0 per 1,000 words)"
    assert claim["claim"] == told + UNRANKED
    assert (claim["target"], claim["against"]) == ("long", ("longer",))
    assert multiverse(study, choices=ONE)["holds"].iloc[0]


@pytest.mark.parametrize("length", [40, 4000])
def test_where_no_two_groups_are_long_all_are_ranked(length: int) -> None:
    claim = headlines(planted({"a": [words(30, 3)], "b": [words(length, 1)]}, book=framed("force", "war"))).iloc[0]
    assert claim["claim"].startswith("a uses “force” at the highest rate (3 hits, ")
    assert claim["against"] == ("b",)


def test_overlapping_limits_stay_with_the_claim_in_every_table_and_sentence(study: Study) -> None:
    table = multiverse(study, choices=Choices(together=1, documents=0))
    summary, claims = specification_summary(table), headlines(study)
    assert summary["claim"].tolist() == claims["claim"].tolist()
    assert summary["limits_overlap"].tolist() == claims["limits_overlap"].tolist()
    for unranked, sentence in zip(claims["limits_overlap"].fillna(False), findings(table), strict=True):
        assert (f"{UNRANKED}: Holds" in sentence) == unranked


def test_the_multiverse_asks_every_headline_as_robustness_does(study: Study) -> None:
    table, claims = multiverse(study), headlines(study)
    assert table["claim"].unique().tolist() == claims["claim"].tolist()
    assert table.groupby("claim").size().max() > 200
    for number in (0, len(claims) - 1):
        row = claims.iloc[number]
        question = "larger" if row["kind"] == "frame" else "alone"
        groups = [row["target"], *row["against"]]
        own = robustness(study, item=row["item"], kind=row["kind"], groups=groups, claim=question)
        asked = table[table["claim"] == row["claim"]][own.columns].reset_index(drop=True)
        pd.testing.assert_frame_equal(asked, own)


def test_nothing_given_is_changed(study: Study) -> None:
    before = study.tokens.types.copy(), study.tokens.ids.copy(), study.corpus.documents.copy()
    robustness(study, item="war", kind="term", groups=["Azernews", "Korybko"])
    pd.testing.assert_frame_equal(study.tokens.types, before[0])
    assert (study.tokens.ids == before[1]).all()
    pd.testing.assert_frame_equal(study.corpus.documents, before[2])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"item": "spheres", "groups": ["Korybko", "Azernews"]}, "item must be one of .* got 'spheres'"),
        ({"item": "special operatio", "kind": "name", "groups": ["Korybko", "Azernews"]}, "Did you mean 'special"),
        ({"item": "warr", "kind": "term", "groups": ["Korybko", "Azernews"]}, "item must be one of"),
        ({"item": "spheres of influence", "groups": ["Korybko"]}, "groups must name the group of the claim"),
        ({"item": "spheres of influence", "groups": ["Korybko", "Azer"]}, "Did you mean 'Azernews'"),
        ({"item": "spheres of influence", "groups": ["Korybko", "Azernews"], "claim": "more"}, "claim must be one of"),
        ({"item": "spheres of influence", "kind": "frames", "groups": ["Korybko", "Azernews"]}, "Did you mean 'frame'"),
    ],
)
def test_a_wrong_argument_is_named_with_what_it_may_be(study: Study, arguments: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        robustness(study, **arguments)


def test_tokens_in_place_of_the_study_are_refused(study: Study) -> None:
    message = "study must be a study; got Tokens. Pass the study itself"
    for ask in (headlines, multiverse):
        with pytest.raises(TypeError, match=message):
            ask(study.tokens)
    with pytest.raises(TypeError, match=message):
        robustness(study.tokens, item="war", kind="term", groups=["Korybko", "Azernews"])


def test_a_table_of_something_else_is_refused() -> None:
    with pytest.raises(ValueError, match="table must be one of specifications; it has no"):
        specification_summary(pd.DataFrame({"term": ["war"]}))
