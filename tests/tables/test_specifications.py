"""One question under every choice."""

from __future__ import annotations

from pathlib import Path

import pytest

from discourse import Study, findings, frame_frequencies, headlines, measures, multiverse, read_study, robustness

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture(scope="module")
def study() -> Study:
    return read_study(SEEDS)


def test_every_combination_of_choices_is_one_row(study: Study) -> None:
    table = robustness(study, item="spheres of influence", groups=["Azernews", "Korybko"])
    assert len(table) == 2 * 2 * (1 + len(study.corpus))
    assert not table.duplicated(["voices", "repeated", "left_out"]).any()
    assert table["specification"].tolist() == list(range(len(table)))


def test_the_first_specification_is_the_table_of_the_report(study: Study) -> None:
    row = robustness(study, item="spheres of influence", groups=["Azernews", "Korybko"]).iloc[0]
    frames = frame_frequencies(study.tokens, study.codebook, by="outlet").set_index(["outlet", "frame"])
    for side, outlet in (("target", "Azernews"), ("reference", "Korybko")):
        counted = frames.loc[(outlet, "spheres of influence")]
        assert (row[f"count_{side}"], row[f"total_{side}"]) == (counted["count"], counted["total"])


def test_each_estimate_follows_from_its_own_row(study: Study) -> None:
    table = robustness(study, item="spheres of influence", groups=["Korybko", "CACI Analyst"])
    counts = table[["count_target", "total_target", "count_reference", "total_reference"]].to_numpy().T
    assert table["estimate"].tolist() == pytest.approx(measures.log_ratio(*counts).tolist())


def test_leaving_out_quotations_changes_hits_and_words(study: Study) -> None:
    table = robustness(study, item="multi-vector and hedging", groups=["Korybko", "CACI Analyst"])
    table = table.set_index(["voices", "repeated", "left_out"])
    everything, own = table.loc[("all", "in", "")], table.loc[("author", "in", "")]
    assert own["count_target"] < everything["count_target"]
    assert own["total_target"] < everything["total_target"]


def test_leaving_out_repetitions_takes_their_words_away(study: Study) -> None:
    table = robustness(study, item="spheres of influence", groups=["Korybko", "CACI Analyst"])
    table = table.set_index(["voices", "repeated", "left_out"])
    assert table.loc[("all", "out", ""), "total_target"] < table.loc[("all", "in", ""), "total_target"]
    assert table.loc[("all", "out", ""), "total_reference"] == table.loc[("all", "in", ""), "total_reference"]


def test_where_the_group_of_the_claim_has_nothing_left_nothing_is_said(study: Study) -> None:
    table = robustness(study, item="spheres of influence", groups=["Azernews", "Korybko"])
    gone = table[table["left_out"] == "novruz-2025-12-01"]
    assert len(gone) == 4
    assert gone["holds"].isna().all()
    assert gone["estimate"].isna().all()


def test_a_reference_that_is_left_out_leaves_the_others_to_compare_with(study: Study) -> None:
    table = robustness(study, item="special operation", kind="term", groups=["Korybko", "Azernews", "CACI Analyst"])
    assert table["holds"].notna().all()
    assert table["holds"].all()


def test_smaller_is_larger_turned_round(study: Study) -> None:
    groups = ["Korybko", "CACI Analyst"]
    larger = robustness(study, item="containment and encirclement", groups=groups)
    smaller = robustness(study, item="containment and encirclement", groups=groups, claim="smaller")
    different = larger["estimate"].abs() > 1e-9
    assert (larger["holds"] ^ smaller["holds"])[different].all()


def test_ranked_needs_the_rates_to_fall_in_the_order_given(study: Study) -> None:
    groups = ["Azernews", "Korybko", "CACI Analyst"]
    up = robustness(study, item="spheres of influence", groups=groups, claim="ranked")
    down = robustness(study, item="spheres of influence", groups=groups[::-1], claim="ranked")
    assert up["holds"].iloc[0]
    assert not down["holds"].iloc[0]


def test_alone_means_that_the_others_never_use_it(study: Study) -> None:
    groups = ["Korybko", "Azernews", "CACI Analyst"]
    alone = robustness(study, item="special operation", kind="name", groups=groups, claim="alone")
    shared = robustness(study, item="conflict", kind="name", groups=groups, claim="alone")
    assert alone["holds"].all()
    assert shared.loc[shared["left_out"] != "novruz-2025-12-01", "holds"].eq(False).all()


def test_what_a_claim_hangs_on_is_said_in_words(study: Study) -> None:
    table = robustness(study, item="multi-vector and hedging", groups=["Korybko", "Azernews", "CACI Analyst"])
    told = findings(table)
    assert "It never holds when quotations are left out." in told
    assert all("=" not in text for text in told)


def test_a_headline_is_a_frame_of_the_highest_rate_or_a_name_of_one_group(study: Study) -> None:
    claims = headlines(study)
    frames = frame_frequencies(study.tokens, study.codebook, by="outlet")
    highest = frames.loc[frames.groupby("frame")["per_1k"].idxmax()].set_index("frame")["outlet"]
    for claim in claims[claims["kind"] == "frame"].itertuples():
        assert claim.target == highest[claim.item]
    assert "special operation" in claims.loc[claims["kind"] == "name", "item"].tolist()


def test_the_multiverse_asks_every_headline(study: Study) -> None:
    assert multiverse(study)["claim"].unique().tolist() == headlines(study)["claim"].tolist()


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
