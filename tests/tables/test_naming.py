"""First mentions, consistency, distance of groups and doubtful hits, on texts whose answers can be counted by hand."""

from __future__ import annotations

import math
import time

import pandas as pd
import pytest
from counts.parts import singles

from discourse.codebook import Codebook, Condition, Entry, parse_pattern
from discourse.corpus import Corpus
from discourse.tables import ambiguous_names, name_habits, name_shares, naming_distance
from discourse.tokens import tokenize


def way(referent, name, *patterns, **more):
    return Entry("name", referent, tuple(map(parse_pattern, patterns)), name, **more)


BOOK = Codebook(
    names={
        "war in Ukraine": {
            "war": way("war in Ukraine", "war", "war", exclude=(parse_pattern("war of attrition with the West"),)),
            "operation": way("war in Ukraine", "operation", "special operation"),
        },
        "the West": {"West": way("the West", "West", "=West"), "NATO": way("the West", "NATO", "NATO", "NATO’s war")},
    }
)
TEXTS = [
    ("The special operation. A war, the war.", "A"),
    ("The war goes on.", "A"),
    ("A war of attrition with the West. The special operation, a special operation.", "B"),
    ("NATO’s war in Ukraine.", "B"),
    ("Rain.", "C"),
]
FRAME = pd.DataFrame(TEXTS, columns=["text", "outlet"]).assign(doc_id=[f"d{i}" for i in range(len(TEXTS))])
TOKENS = tokenize(Corpus.from_frame(FRAME, id="doc_id"))


def test_what_the_codebook_says_is_another_war_is_no_mention():
    table = name_shares(TOKENS, BOOK, by="outlet").set_index(["outlet", "referent", "name"])["count"]
    assert table["A", "war in Ukraine", "war"] == 3
    assert table["B", "war in Ukraine", "war"] == 1  # NATO’s war; not the war of attrition with the West
    assert table["B", "the West", "West"] == 1


def test_first_mentions_and_consistency_are_those_of_documents():
    table = name_habits(TOKENS, BOOK, by="outlet")
    own = table[table["referent"] == "war in Ukraine"]
    assert own[["outlet", "name", "first", "total", "share", "several"]].values.tolist() == [
        ["A", "operation", 1, 2, 0.5, 1],
        ["A", "war", 1, 2, 0.5, 1],
        ["B", "operation", 1, 2, 0.5, 1],
        ["B", "war", 1, 2, 0.5, 1],
    ]
    consistency = own.drop_duplicates("outlet")["consistency"].tolist()
    assert consistency == pytest.approx([2 / 3, 1.0])
    west = table[(table["referent"] == "the West") & (table["outlet"] == "B")]
    assert west["consistency"].isna().all()
    assert west["total"].tolist() == [2, 2]
    assert "C" not in set(table["outlet"])


def test_habits_of_parts_are_those_of_the_whole():
    for by in (None, "outlet"):
        parts = name_habits(singles(TOKENS.corpus), BOOK, by=by)
        pd.testing.assert_frame_equal(parts, name_habits(TOKENS, BOOK, by=by))
    pd.testing.assert_frame_equal(
        naming_distance(singles(TOKENS.corpus), BOOK, by="outlet"), naming_distance(TOKENS, BOOK, by="outlet")
    )
    pd.testing.assert_frame_equal(ambiguous_names(singles(TOKENS.corpus), BOOK), ambiguous_names(TOKENS, BOOK))


def test_habits_are_of_documents_and_not_of_voices():
    with pytest.raises(ValueError, match="by must name document columns; got 'voice'"):
        name_habits(TOKENS, BOOK, by="voice")


def test_distance_is_that_of_jensen_and_shannon():
    table = naming_distance(TOKENS, BOOK, by="outlet").set_index(["referent", "a", "b"])
    p, q = (1 / 4, 3 / 4), (2 / 3, 1 / 3)
    middle = [(a + b) / 2 for a, b in zip(p, q, strict=True)]
    divergence = sum(a * math.log2(a / m) / 2 for side in (p, q) for a, m in zip(side, middle, strict=True))
    row = table.loc[("war in Ukraine", "A", "B")]
    assert row["distance"] == pytest.approx(math.sqrt(divergence))
    assert (row["count_a"], row["count_b"]) == (4, 3)
    assert "few_documents" in row["flags"]
    assert math.isnan(table.loc[("war in Ukraine", "A", "C"), "distance"])


def test_the_same_profile_is_no_distance_and_nothing_in_common_is_one():
    texts = pd.DataFrame({"text": ["War.", "War, war.", "Special operation."], "outlet": list("xyz")})
    table = naming_distance(tokenize(Corpus.from_frame(texts)), BOOK, by="outlet").set_index(["referent", "a", "b"])
    assert table.loc["war in Ukraine"]["distance"].tolist() == [0, 1, 1]
    with pytest.raises(ValueError, match="by must name the groups that are compared; got none"):
        naming_distance(TOKENS, BOOK, by=None)


def test_doubtful_hits_are_claimed_twice_or_left_out():
    table = ambiguous_names(TOKENS, BOOK)
    assert table[["doc_id", "referent", "name", "text", "reason", "other"]].values.tolist() == [
        ["d2", "war in Ukraine", "war", "war", "excluded", ""],
        ["d3", "the West", "NATO", "NATO’s war", "two_referents", "war in Ukraine: war"],
        ["d3", "war in Ukraine", "war", "war", "two_referents", "the West: NATO"],
    ]
    assert table["sentence_text"].iloc[0].startswith("A war of attrition")


def test_what_a_condition_keeps_from_counting_is_in_doubt_too():
    near = Condition((parse_pattern("Ukraine"),))
    book = Codebook(names={"w": {"war": way("w", "war", "war", conditions=(near,))}})
    assert ambiguous_names(TOKENS, book)["doc_id"].tolist() == ["d0", "d0", "d1", "d2"]


def test_a_codebook_without_names_has_no_habits():
    assert len(name_habits(TOKENS, Codebook())) == 0
    assert len(naming_distance(TOKENS, Codebook(), by="outlet")) == 0
    assert len(ambiguous_names(TOKENS, Codebook())) == 0


def test_hits_that_overlap_are_found_among_many_in_time_in_proportion():
    text = "NATO’s war, the war of attrition with the West, a special operation. "
    tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": [text * 6_000]})))
    started = time.process_time()
    table = ambiguous_names(tokens, BOOK)
    assert time.process_time() - started < 5
    found = table.groupby(["referent", "name", "reason", "other"]).size().to_dict()
    assert found == {
        ("the West", "NATO", "two_referents", "war in Ukraine: war"): 6_000,
        ("war in Ukraine", "war", "excluded", ""): 6_000,
        ("war in Ukraine", "war", "two_referents", "the West: NATO"): 6_000,
    }


def test_a_hit_touches_those_of_its_document_and_referent_only():
    texts = pd.DataFrame({"text": ["War of attrition with the West.", "War.", "War of attrition with the West, war."]})
    table = ambiguous_names(tokenize(Corpus.from_frame(texts)), BOOK)
    assert table[["doc_id", "start", "reason"]].values.tolist() == [["0", 0, "excluded"], ["2", 0, "excluded"]]


def test_habits_and_distances_carry_the_flags_of_groups_and_of_the_two_that_are_compared():
    about = {"date": ["2024", "2024", "2025", "2025", "2024"], "topic": list("ttttu")}
    frame = FRAME.assign(**about)
    corpus = Corpus.from_frame(frame, id="doc_id")
    habits = name_habits(tokenize(corpus), BOOK, by="outlet").set_index("outlet")["flags"]
    shares = name_shares(tokenize(corpus), BOOK, by="outlet").set_index("outlet")["flags"]
    for outlet in ("A", "B"):
        assert "few_documents" in habits[outlet].iloc[0]
        assert ("period_differs" in habits[outlet].iloc[0]) == ("period_differs" in shares[outlet].iloc[0])
    assert "topic_differs" in shares["C"].iloc[0]
    flags = naming_distance(tokenize(corpus), BOOK, by="outlet").set_index(["a", "b"])["flags"]
    assert "period_differs" in flags["A", "B"].iloc[0]
    assert "topic_differs" not in flags["A", "B"].iloc[0]
    assert "topic_differs" in flags["A", "C"].iloc[0]
    assert "period_differs" not in flags["A", "C"].iloc[0]


@pytest.mark.parametrize("column", ["referent", "first", "count", "total", "flags"])
def test_habits_of_a_group_named_like_a_column_of_the_table_are_refused(column):
    tokens = tokenize(Corpus.from_frame(FRAME.assign(**{column: "1"}), id="doc_id"))
    with pytest.raises(ValueError, match=f"by must not name a column that .*; got '{column}'. Rename yours."):
        name_habits(tokens, BOOK, by=column)


def test_habits_of_single_documents_can_be_asked_for():
    table = name_habits(TOKENS, BOOK, by="doc_id").set_index(["doc_id", "referent", "name"])
    assert table.loc[("d0", "war in Ukraine", "operation"), ["first", "total"]].tolist() == [1, 1]


def test_habits_and_distances_of_many_groups_take_no_loop_over_them():
    groups = 600
    texts = pd.DataFrame({"text": ["The war. The operation, the war."] * groups, "outlet": map(str, range(groups))})
    tokens = tokenize(Corpus.from_frame(texts))
    started = time.process_time()
    habits = name_habits(tokens, BOOK, by="outlet")
    distances = naming_distance(tokens, BOOK, by="outlet")
    assert time.process_time() - started < 3
    assert set(habits.loc[habits["first"] == 1, "name"]) == {"war"}
    assert distances["distance"].dropna().unique().tolist() == [0.0]
