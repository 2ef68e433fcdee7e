"""Findings are sentences computed from tables by rules that know no study."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest

from discourse import (
    Corpus,
    Counts,
    corpus_overview,
    findings,
    hits,
    keyness,
    measures,
    name_shares,
    tokenize,
    voice_shares,
)
from discourse.codebook import Codebook, Entry, parse_pattern


def corpus(*rows: tuple[str, str]) -> Corpus:
    return Corpus.from_frame(pd.DataFrame(rows, columns=["paper", "text"]))


def test_a_pattern_that_one_group_alone_uses_is_said_with_its_documents() -> None:
    tokens = tokenize(corpus(("A", "Cold war. Cold war."), ("A", "Cold war."), ("B", "Peace.")))
    assert findings(hits(tokens, "cold war"), by="paper") == [
        "“cold war”: only A, 3 hits in 2 documents, all in the author’s own voice."
    ]


def test_a_pattern_that_several_groups_use_is_no_groups_own() -> None:
    tokens = tokenize(corpus(("A", "War. War."), ("B", "War.")))
    assert findings(hits(tokens, "war"), by="paper") == ["“war”: 3 hits (A 2 and B 1), all in the author’s own voice."]


def test_hits_that_all_stand_in_quotation_marks_name_whose_words_they_are() -> None:
    text = "Ada Lind said “the multi-vector way is ours”. Later, “the multi-vector way” came back."
    told = findings(hits(tokenize(corpus(("A", text), ("B", "None."))), "multi-vector"), by="paper")
    assert told == [
        "“multi-vector”: only A, 2 hits in 1 document, "
        "all inside quotation marks (1 marked and 1 quoted, 2 the words of Ada Lind)."
    ]


def test_a_single_hit_is_called_one_hit_and_not_a_usage() -> None:
    tokens = tokenize(corpus(("A", "War."), ("B", "Peace.")))
    assert findings(hits(tokens, "war"), by="paper") == ["“war”: one hit, by A (0), in the author’s own voice."]


def names(**variants: str) -> Codebook:
    return Codebook(names={"land": {n: Entry("name", "land", (parse_pattern(p),), n) for n, p in variants.items()}})


def test_shares_of_other_peoples_words_are_told_the_largest_first_and_those_of_a_few_words_last() -> None:
    quoted, plain = "Ada Lind said: “We go on as we are.” ", "It rained on and on in the hills. "
    texts = ("A", quoted + plain * 20), ("B", quoted * 2 + plain * 20), ("C", quoted), ("D", plain)
    told = findings(voice_shares(tokenize(corpus(*texts)), by="paper"))
    assert told == [
        "B: 6.7 % of the words are other people’s (12 of 178).",
        "A: 3.6 % of the words are other people’s (6 of 169).",
        "C: 66.7 % of the words are other people’s (6 of 9).",
        "No quotation with a source was found in D.",
    ]


def test_a_name_that_one_group_alone_uses_is_reported() -> None:
    tokens = tokenize(corpus(("A", "Turkiye and Turkiye"), ("B", "Turkey, Turkey")))
    told = findings(name_shares(tokens, names(Turkiye="Turkiye", Turkey="Turkey"), by="paper"))
    assert "land: A says “Turkiye” 2 of 2; B says “Turkey” 2 of 2." in told
    assert "“Turkiye” for land is A’s alone (2 of 2, in 1 document)." in told


def test_a_group_whose_authors_differ_is_not_uniform() -> None:
    tokens = tokenize(corpus(("A", "Turkiye"), ("A", "Turkey"), ("B", "Turkey")))
    told = findings(name_shares(tokens, names(Turkiye="Turkiye", Turkey="Turkey"), by=["paper", "doc_id"]))
    assert told == ["A is not uniform in naming land: 0 says “Turkiye” (1 of 1) and 1 says “Turkey” (1 of 1)."]


def test_names_that_a_part_uses_equally_often_are_all_its_first_choice() -> None:
    variants = names(Turkiye="Turkiye", Turkey="Turkey", Anatolia="Anatolia")
    texts = ("A", "Turkiye, Turkey"), ("A", "Anatolia, Anatolia"), ("B", "Turkiye, Turkey"), ("B", "Turkey")
    told = findings(name_shares(tokenize(corpus(*texts)), variants, by=["paper", "doc_id"]))
    first = "0 says “Turkey” and “Turkiye” (1 each of 2) and 1 says “Anatolia” (2 of 2)"
    assert told == [f"A is not uniform in naming land: {first}."]


def nowhere(*names: str) -> pd.DataFrame:
    rows = pd.DataFrame([(paper, name) for paper in "AB" for name in names], columns=["paper", "frame"])
    return rows.assign(count=0, total=600, per_1k=0.0, documents=0, n_documents=1)


def test_frames_that_no_group_uses_are_told_in_one_sentence() -> None:
    assert findings(nowhere("f")) == ["In 1,200 words no hit of “f”."]
    assert findings(nowhere(*"abcdefghij")) == [
        "In 1,200 words no hit of “a”, “b”, “c”, “d”, “e”, “f”, “g”, “h” or 2 more."
    ]
    assert not any("no hit" in told for told in findings(frames(("A", 5, 1000), ("B", 0, 1000))))


def test_hits_need_the_column_whose_groups_are_told_apart() -> None:
    table = hits(tokenize(corpus(("A", "War."))), "war")
    with pytest.raises(ValueError, match="by must name a column of the table whose groups are told apart; got None"):
        findings(table)


def test_a_foreign_table_is_refused_with_its_columns() -> None:
    with pytest.raises(ValueError, match=r"findings needs a table made by this package.*got 'x'"):
        findings(pd.DataFrame({"x": [1]}))


def test_findings_do_not_change_the_table() -> None:
    table = hits(tokenize(corpus(("A", "War."))), "war")
    before = table.copy(deep=True)
    findings(table, by="paper")
    pd.testing.assert_frame_equal(table, before)


def frames(*rates: tuple[str, int, int]) -> pd.DataFrame:
    table = pd.DataFrame(rates, columns=["paper", "count", "total"]).assign(frame="f", documents=1, n_documents=1)
    table["per_1k"] = 1000 * table["count"] / table["total"]
    low, high = measures.garwood(table["count"], table["total"])
    return table.assign(low=1000 * low, high=1000 * high, flags="")[
        ["paper", "frame", "count", "total", "per_1k", "low", "high", "documents", "n_documents", "flags"]
    ]


def test_groups_whose_limits_overlap_are_not_ranked() -> None:
    sentence = findings(frames(("A", 5, 1000), ("B", 4, 1000)))[0]
    assert sentence.startswith("“f”: too close to rank (limits overlap): A, 5 hits")


def test_the_limits_of_every_group_count_not_those_of_the_next_alone() -> None:
    apart = frames(("A", 30, 1000), ("B", 2, 1000), ("C", 0, 1000))
    assert findings(apart)[0].startswith("“f”: most often A")
    small = frames(("A", 30, 1000), ("B", 2, 1000), ("C", 0, 40))
    assert findings(small)[0].startswith("“f”: too close to rank (limits overlap): A")


@pytest.mark.parametrize(
    ("rates", "signs"),
    [
        ((90, 30, 5), ["; then ", "; then "]),
        ((90, 30, 25), ["; then ", "; "]),
        ((90, 80, 5), ["; ", "; then "]),
        ((90, 80, 70), ["; ", "; "]),
    ],
)
def test_groups_after_the_first_are_ranked_only_where_their_limits_lie_apart(rates: tuple[int, ...], signs) -> None:
    told = findings(frames(*zip("ABC", rates, [1000] * 3, strict=True)))[0]
    head = "most often " if signs[0] == "; then " else "too close to rank (limits overlap): "
    assert told.startswith(f"“f”: {head}A")
    assert re.findall(r"; (?:then )?(?=[BC],)", told) == signs


def test_a_group_without_a_hit_can_keep_others_from_being_ranked() -> None:
    used = ("A", 90, 1000), ("B", 30, 1000), ("C", 5, 1000)
    apart, between = (findings(frames(*used, ("D", 0, n)))[0] for n in (1000, 60))
    assert re.findall("; (?:then )?[BC]", apart) == ["; then B", "; then C"]
    assert re.findall("; (?:then )?[BC]", between) == ["; then B", "; C"]


def test_a_few_words_have_no_rate_and_lead_no_ranking() -> None:
    assert findings(frames(("A", 30, 1000), ("B", 1, 3), ("C", 2, 1000), ("D", 0, 4), ("E", 0, 0)))[0] == (
        "“f”: too close to rank (limits overlap): A, 30 hits in 1 of 1 document (30.0 per 1,000 words); C, 2 hits "
        "in 1 of 1 document (2.0 per 1,000 words); B, 1 hit in 1 of 1 document (of 3 words); never D (in 4 words)."
    )
    assert findings(frames(("A", 3, 30), ("B", 1, 3)))[0].startswith("“f”: too few words to rank: A, 3 hits in 1 of 1")
    assert findings(frames(("A", 3, 300), ("B", 0, 99)))[0].endswith("(10.0 per 1,000 words); never B (in 99 words).")
    assert findings(frames(("A", 3, 300), ("B", 0, 100)))[0].endswith("(10.0 per 1,000 words).")


def test_of_many_groups_that_never_use_a_frame_some_are_named() -> None:
    told = findings(frames(("A", 3, 300), *((name, 0, 9) for name in "BCDEFGHIJKL")))[0]
    assert told.endswith("; never B (in 9 words), C (in 9 words), D (in 9 words), E (in 9 words), F (in 9 words), "
                         "G (in 9 words), H (in 9 words), I (in 9 words) and 3 more.")


def test_groups_whose_limits_lie_apart_are_ranked() -> None:
    assert findings(frames(("A", 4, 1000), ("B", 60, 1000)))[0].startswith("“f”: most often B, 60 hits")


def test_the_referent_on_whose_names_the_groups_differ_most_comes_first() -> None:
    book = Codebook(
        names={
            referent: {name: Entry("name", referent, (parse_pattern(name),), name) for name in own}
            for referent, own in {"a town": ("york", "leeds"), "the land": ("turkey", "turkiye")}.items()
        }
    )
    texts = ("york leeds york turkiye turkiye turkiye", "york leeds leeds turkey turkey turkey")
    table = name_shares(tokenize(corpus(("A", texts[0]), ("B", texts[1]))), book, by="paper")
    assert [text.partition(":")[0] for text in findings(table) if ": A says" in text] == ["the land", "a town"]


def test_only_topics_that_not_all_groups_share_are_told() -> None:
    rows = pd.DataFrame({"text": "One.", "paper": ["A", "A", "B"], "topic": ["ferry", "bridge", "ferry"]})
    told = findings(corpus_overview(tokenize(Corpus.from_frame(rows))), by="paper")
    assert "The groups do not share the same topics: bridge (only A). A difference may be the topic’s." in told


def overview_of(papers: list[str | None]) -> list[str]:
    tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": "One two.", "paper": papers})))
    return findings(corpus_overview(tokens), by="paper")


def told_of(**columns: list[str] | str) -> list[str]:
    rows = pd.DataFrame({"paper": list("AAABBB"), "text": "One.", **columns})
    return findings(corpus_overview(tokenize(Corpus.from_frame(rows))), by="paper")


def test_dates_that_cannot_be_put_in_order_are_told_and_count_as_unknown() -> None:
    dates = ["2025", "2025-03", "2025-03-31", "31 March 2025", "3/4/25", "n.d."]
    assert told_of(date=dates)[-1] == (
        "3 dates (“31 March 2025”, “3/4/25”, “n.d.”) cannot be put in order and count as unknown. "
        "Write the year first, as in 2025-03-31, 2025-03 or 2025."
    )
    assert told_of(date=["2025"] * 5 + ["May 2025"])[-1].startswith("1 date (“May 2025”) cannot be put in order and")
    assert not any("date" in sentence for sentence in told_of(date="2025-03-31"))


def test_authors_of_several_groups_are_named() -> None:
    told = told_of(author=["Roosevelt", "Grant", "", "Roosevelt", "Wilson", ""])
    assert told[-1] == (
        "1 author (Roosevelt) wrote in more than one group: authors cannot be dealt out there to test a difference. "
        "If one name stands for two people, write them apart."
    )
    assert not any("wrote in more" in sentence for sentence in told_of(author=list("xxyzzw")))


def test_the_only_group_with_prose_is_told() -> None:
    assert told_of(text=["One."] * 3 + [""] * 3)[1] == "Only A has prose: there is nothing to compare it with."
    for told in (told_of(), told_of(text="")):
        assert not any(sentence.startswith("Only") for sentence in told)


def test_documents_without_prose_are_told() -> None:
    assert told_of(text=["One.", "", "Two."] * 2)[-1] == (
        "2 documents (1, 4) have no prose, though they count as documents here. "
        "Look into the text and the zones, or leave them out."
    )
    assert told_of(text=[""] + ["One."] * 5)[-1].startswith("1 document (0) has no prose, though it counts as")
    assert not any("no prose" in sentence for sentence in told_of())


def test_a_group_of_many_documents_by_few_authors_is_said_to_be_small() -> None:
    rows = pd.DataFrame({"paper": ["A"] * 16 + ["B"] * 16, "author": ["x", "y"] * 8 + list("abcdefghijklmnop")})
    told = findings(corpus_overview(tokenize(Corpus.from_frame(rows.assign(text="One.")))), by="paper")
    assert told[1:] == [
        "A: 16 documents by 2 authors, fewer than 15, and authors are what is sampled. "
        "Its limits are counting limits, and no p value is given where it is compared."
    ]


def test_documents_without_a_group_are_named() -> None:
    told = overview_of(["A", None, "", "A", None, None])
    assert told[0] == "The sample: A 2 documents and (no paper) 4 documents; 12 words of prose."
    assert told[1] == (
        "No paper is given for 4 documents (1, 2, 4 and 1 more): counted as a group without a name. Fill the column, "
        "or leave them out."
    )
    assert not any(text.startswith("No paper") for text in overview_of(["A", "B"]))


@pytest.mark.parametrize(
    "pair", [("The Bay", "the bay "), ("Azernews", "Azernws"), ("The Guardian", "Guardian"), ("Ведомости", "Ведомсти")]
)
def test_groups_that_may_be_one_spelled_in_two_ways_are_named(pair: tuple[str, str]) -> None:
    one, two = pair
    alike = (
        f"“{one}” (2 documents) and “{two}” (1 document) are two groups, and spelled nearly alike. If they are one, "
        "write it in one way."
    )
    assert alike in overview_of([one, one, two])


@pytest.mark.parametrize("pair", [("North", "South"), ("2024", "2025"), ("No 1", "No 2"), ("🦊", "🐺"), ("A", "")])
def test_groups_that_are_two_are_not_taken_for_one(pair: tuple[str, str]) -> None:
    assert not any("nearly alike" in text for text in overview_of([*pair]))


def test_a_group_whose_hits_mostly_stand_in_one_document_is_said_to() -> None:
    table = frames(("A", 4, 1000), ("B", 60, 1000)).assign(documents=2, n_documents=2)
    table["flags"] = ["", "descriptive one_document_drives"]
    assert findings(table)[0].startswith("“f”: most often B, 60 hits in 2 of 2 documents, most in one (60.0")
    assert "A, 4 hits in 2 of 2 documents (4.0" in findings(table)[0]


@pytest.mark.parametrize(("turning", "told"), [(6, "e or without f."), (7, "7 documents (a, b, c and 4 more).")])
def test_many_documents_that_turn_a_claim_are_told_together(turning: int, told: str) -> None:
    table = pd.DataFrame({"left_out": ["", *"abcdefghij"[:turning], "other topics"], "estimate": 1.0})
    table = table.assign(specification=range(turning + 2), count_reference=4)
    holds = pd.array([True] + [False] * turning + [True], "boolean")
    assert findings(table.assign(holds=holds))[1].endswith(told)


def test_a_ratio_against_no_hit_is_no_part_of_the_span() -> None:
    table = pd.DataFrame({"specification": [0, 1], "voices": "all", "repeated": "in", "left_out": ["", "x"]})
    table = table.assign(count_reference=[4, 0], estimate=[1.0, 5.5], holds=pd.array([True, True], "boolean"))
    assert findings(table) == [
        "Holds in 2 of 2 specifications; the log ratio lies between 1.00 and 1.00, where both sides have a hit."
    ]


def test_differences_are_judged_by_documents_and_never_by_words() -> None:
    rng = np.random.default_rng(1)
    hits = np.column_stack([rng.poisson([9] * 20 + [3] * 20), rng.poisson(5, 40), [1] * 20 + [0] * 20])
    about = pd.DataFrame({"paper": ["North"] * 20 + ["South"] * 20})
    counts = Counts.from_matrix(hits, ["war", "peace", "gas"], about, totals=[1000] * 40)
    told = findings(keyness(counts, by="paper", target="North"))
    judged = "By documents, p is below 0.05, adjusted, for 1 of 2 differences of North from all others"
    assert f"{judged}; 1 more they cannot judge." in told
    few = findings(keyness(Counts.from_matrix(hits[10:30], ["war", "peace", "gas"], about[10:30]), by="paper"))
    assert not [line for line in few if line.startswith("By documents")]
    assert few[-1].startswith("This describes the texts at hand")
