"""Actors: bound by a slot, mentioned beside, or absent; the association against a slow count of sentences."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from counts.samples import BOOK, CORPORA, STUDY, corpus_of, tokens_of
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.counts import frame_counts, hits, select
from discourse.tables import frame_actor_hits, frame_actors
from discourse.tokens import tokenize


def roles(text):
    table = frame_actor_hits(tokens_of(text), BOOK)
    return table[["frame", "actor", "role"]].to_numpy().tolist()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Containment of Russia.", [["containment", "Russia", "target"]]),
        ("Russian containment and NATO.", [["containment", "NATO", "co_mention"], ["containment", "Russia", "target"]]),
        ("Containment near Russia.", [["containment", "Russia", "co_mention"]]),
        ("Containment. Russia.", [["containment", "", "none"]]),
        ("Russian containment of Russia.", [["containment", "Russia", "target"]]),
        ("Russia, Russia and containment.", [["containment", "Russia", "co_mention"]]),
        ("US spheres of influence.", [["spheres", "United States", "agent"]]),
    ],
)
def test_only_a_slot_binds_and_a_neighbour_is_a_co_mention(text, expected):
    assert roles(text) == expected


def test_an_actor_bound_in_one_hit_can_be_beside_another():
    assert roles("Containment of Russia, no containment.") == [
        ["containment", "Russia", "target"],
        ["containment", "Russia", "co_mention"],
    ]


def slow(tokens, by, where):
    """Frame, actor → both, frame only, actor only, neither, by group: a loop over the sentences of the token table."""
    table = tokens.frame().join(tokens.corpus.documents[["outlet"]], on="doc_id")[
        select(tokens, where) & tokens.is_word
    ]
    found = hits(tokens, BOOK, where=where)
    places = {}
    for (doc_id, sentence), words in table.groupby(["doc_id", "sentence"]):
        here = found[(found["doc_id"] == doc_id) & (found["sentence"] == sentence)]
        for group in set(words[by]) if by else {""}:
            frames = here[(here["kind"] == "frame") & ((here[by] == group) if by else True)]
            places.setdefault(group, []).append((set(frames["frame"]), set(here["actor"]) - {""}))
    return places


@settings(max_examples=20, deadline=None)
@given(
    CORPORA, st.sampled_from([None, "outlet", "voice"]), st.sampled_from([None, {"zone": "all"}, {"voice": "author"}])
)
def test_expected_co_mentions_and_odds_are_those_of_a_slow_count_of_sentences(corpus, by, where):
    tokens = tokenize(corpus)
    table = frame_actors(tokens, BOOK, by=by, where=where)
    places = slow(tokens, by, where)
    for row in table.to_dict("records"):
        if row["role"] != "co_mention":
            assert math.isnan(row["expected"])
            assert math.isnan(row["log_odds"])
            continue
        cells = [0, 0, 0, 0]
        for frames, actors in places[row[by] if by else ""]:
            cells[2 * (row["frame"] not in frames) + (row["actor"] not in actors)] += 1
        both, frame, actor, neither = (cell + 0.5 for cell in cells)
        assert row["log_odds"] == pytest.approx(math.log(both * neither / (frame * actor)))
        assert row["expected"] == pytest.approx(row["total"] * (cells[0] + cells[2]) / sum(cells))


@pytest.mark.parametrize("by", [None, "outlet", "voice"])
def test_totals_are_the_hits_of_the_frame_and_shares_follow(by):
    table = frame_actors(STUDY, BOOK, by=by)
    counted = frame_counts(STUDY, BOOK, by=by).grouped(by)
    lookup = pd.DataFrame(counted.matrix.toarray(), columns=counted.items, index=counted.keys[by] if by else ["all"])
    for row in table.to_dict("records"):
        assert row["total"] == lookup.loc[row[by] if by else "all", row["frame"]]
        assert row["share"] == row["count"] / row["total"]
        assert row["rule"] == {"co_mention": "same sentence", "none": ""}.get(row["role"], "slot of the pattern")


def test_every_hit_of_a_frame_has_a_role():
    found = frame_actor_hits(STUDY, BOOK)
    assert set(found["hit_id"]) == set(hits(STUDY, BOOK).query("kind == 'frame'")["hit_id"])
    assert not found.duplicated(["hit_id", "actor", "role"]).any()


def test_rows_stand_by_group_frame_role_count_and_actor():
    table = frame_actors(STUDY, BOOK, by="outlet")
    order = table.assign(place=table["role"].map(["agent", "target", "co_mention", "none"].index), less=-table["count"])
    assert order.sort_values(["outlet", "frame", "place", "less", "actor"]).index.tolist() == table.index.tolist()


def test_co_mentions_with_few_expected_hits_are_flagged_and_slots_are_not():
    table = frame_actors(tokens_of("Russia wages war. NATO rests. " * 12), BOOK)
    low = table["flags"].str.contains("low_expected")
    assert (low == (table["expected"] < 5)).all()
    assert table.loc[table["actor"] == "Russia", "expected"].tolist() == [6]
    seldom = frame_actors(STUDY, BOOK)
    low = seldom["flags"].str.contains("low_expected")
    assert low.any()
    assert (low == (seldom["expected"] < 5)).all()
    assert not low[seldom["role"] != "co_mention"].any()


def test_a_share_is_turned_by_a_document_without_which_the_other_groups_have_the_larger_one():
    rng = np.random.default_rng(3)
    pieces = ["containment of Russia.", "Containment!", "War near NATO.", "War.", "Russia and NATO war.", "No US."]
    rows = [(" ".join(rng.choice(pieces, rng.integers(1, 9))), "AB"[i % 2], "", 9) for i in range(9)]
    key = ["outlet", "frame", "actor", "role"]

    def signs(rows):
        table = frame_actors(tokenize(corpus_of(rows)), BOOK, by="outlet")
        wide = table.pivot_table(index=key[1:], columns="outlet", values="share")
        totals = table.groupby(["frame", "outlet"])["total"].first().unstack()
        wide = wide.fillna(0).where(totals.reindex(wide.index.get_level_values("frame")).notna().to_numpy())
        return np.sign(wide["A"] - wide["B"]), table

    whole, table = signs(rows)
    without = [signs(rows[:i] + rows[i + 1 :])[0].reindex(whole.index) for i in range(len(rows))]
    turned = pd.concat([whole * other < 0 for other in without], axis=1).any(axis=1)
    found = table.set_index(key)["flags"].str.contains("sign_flips_without")
    assert {True, False} == set(found)
    for row, flagged in found.items():
        assert flagged == turned[row[1:]]
