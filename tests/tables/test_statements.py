"""Findings are sentences computed from tables by rules that know no study."""

from __future__ import annotations

import pandas as pd
import pytest

from discourse import Corpus, findings, hits, name_shares, tokenize
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
        "all inside quotation marks (1 marked and 1 quoted, the words of Ada Lind)."
    ]


def test_a_single_hit_is_called_one_hit_and_not_a_usage() -> None:
    tokens = tokenize(corpus(("A", "War."), ("B", "Peace.")))
    assert findings(hits(tokens, "war"), by="paper") == ["“war”: one hit, by A (0), in the author’s own voice."]


def names(**variants: str) -> Codebook:
    return Codebook(names={"land": {n: Entry("name", "land", (parse_pattern(p),), n) for n, p in variants.items()}})


def test_a_name_that_one_group_alone_uses_is_reported() -> None:
    tokens = tokenize(corpus(("A", "Turkiye and Turkiye"), ("B", "Turkey, Turkey")))
    told = findings(name_shares(tokens, names(Turkiye="Turkiye", Turkey="Turkey"), by="paper"))
    assert "land: A says “Turkiye” 2 of 2; B says “Turkey” 2 of 2." in told
    assert "“Turkiye” for land is A’s alone (2 of 2, in 1 document)." in told


def test_a_group_whose_authors_differ_is_not_uniform() -> None:
    tokens = tokenize(corpus(("A", "Turkiye"), ("A", "Turkey"), ("B", "Turkey")))
    told = findings(name_shares(tokens, names(Turkiye="Turkiye", Turkey="Turkey"), by=["paper", "doc_id"]))
    assert told == ["A is not uniform in naming land: 0 says “Turkiye” (1 of 1) and 1 says “Turkey” (1 of 1)."]


def test_what_no_group_uses_makes_no_finding() -> None:
    table = pd.DataFrame(
        {"paper": ["A", "B"], "frame": "f", "count": 0, "total": 9, "per_1k": 0.0, "documents": 0, "n_documents": 1}
    )
    assert findings(table) == []


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
