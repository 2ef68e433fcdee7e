"""The spotlight: hits with the actors bound to them and beside them."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from discourse import Corpus, Tokens, findings, pattern_frequencies, spotlight, tokenize
from discourse.codebook import Codebook, Entry, parse_pattern


def entry(kind: str, key: str, *patterns: str, name: str = "") -> Entry:
    return Entry(kind, key, tuple(parse_pattern(pattern) for pattern in patterns), name=name)


BOOK = Codebook(
    frames={"hold": entry("frame", "hold", "containment", "{target} containment", "{agent} containment of {target}")},
    actors={"Russia": entry("actor", "Russia", "Russia*"), "China": entry("actor", "China", "China|Chinese")},
)


def tokens(*texts: str) -> Tokens:
    authors = [f"author {number}" for number in range(len(texts))]
    return tokenize(Corpus.from_frame(pd.DataFrame({"text": texts, "author": authors})))


def test_only_a_slot_binds_and_a_neighbour_is_only_mentioned() -> None:
    table = spotlight(tokens("Chinese containment of Russia. In China, containment is new."), "containment", BOOK)
    assert table[["agent", "target", "mentioned"]].values.tolist() == [
        ["China", "Russia", "China, Russia"],
        ["", "", "China"],
    ]


def test_a_hit_without_any_actor_has_three_empty_cells() -> None:
    table = spotlight(tokens("Containment."), "containment", BOOK)
    assert table[["agent", "target", "mentioned"]].values.tolist() == [["", "", ""]]


def test_no_hit_gives_an_empty_table_with_all_columns() -> None:
    table = spotlight(tokens("Peace."), "containment", BOOK)
    assert len(table) == 0
    assert {"agent", "target", "mentioned", "sentence_text"} <= set(table.columns)
    assert findings(table, by="author") == []


def test_the_spotlight_is_told_author_by_author() -> None:
    seen = spotlight(tokens("Russian containment.", "A “containment” in China."), "containment", BOOK)
    assert findings(seen, by="author") == [
        "author 0: 1 hit in 1 document, in the author’s own voice; target Russia 1 and no other.",
        "author 1: 1 hit in 1 document, inside quotation marks (1 marked); 1 unbound, beside China.",
    ]


def test_pattern_frequencies_count_what_is_in_no_codebook() -> None:
    table = pattern_frequencies(tokens("War and war.", "Peace."), ["war", "peace"], by="author")
    assert table[["author", "pattern", "count", "total"]].values.tolist() == [
        ["author 0", "peace", 0, 3],
        ["author 0", "war", 2, 3],
        ["author 1", "peace", 1, 1],
        ["author 1", "war", 0, 1],
    ]


def test_an_empty_pattern_is_refused() -> None:
    with pytest.raises(ValueError, match="A pattern must have at least one word; got ' '"):
        pattern_frequencies(tokens("War."), " ")


def test_pattern_frequencies_of_a_codebook_tell_which_patterns_find_nothing() -> None:
    frames = {"z": entry("frame", "z", "war", "waar", "war of {target}"), "a": entry("frame", "a", "peace")}
    frames["a"] = replace(frames["a"], exclude=(parse_pattern("no peace"),))
    names = {"it": {"tongue": entry("name", "it", "war", name="tongue")}}
    book = Codebook(frames, {"Rome": entry("actor", "Rome", "Rome")}, names)
    table = pattern_frequencies(tokens("War of Rome, no peace.", "Peace."), book)
    assert table[["kind", "item", "name", "pattern", "count"]].to_numpy().tolist() == [
        ["frame", "z", "", "war", 1],
        ["frame", "z", "", "waar", 0],
        ["frame", "z", "", "war of {target}", 1],
        ["frame", "a", "", "peace", 1],
        ["actor", "Rome", "", "Rome", 1],
        ["name", "it", "tongue", "war", 1],
    ]
    of_groups = pattern_frequencies(tokens("War.", "Peace."), book, by="author")
    assert of_groups.columns[:5].tolist() == ["author", "kind", "item", "name", "pattern"]
    assert of_groups["total"].sum() == 6 * 2
    assert of_groups.loc[of_groups["count"] > 0, "pattern"].tolist() == ["war", "war", "peace"]


@pytest.mark.parametrize("patterns", [None, {"a": ["war"]}, "codebook.yaml", "{agent} war"])
def test_patterns_that_are_none_are_refused(patterns: object) -> None:
    with pytest.raises(ValueError, match=r"\. (Write|Read|Name) "):
        pattern_frequencies(tokens("War."), patterns)  # type: ignore[arg-type]


@pytest.mark.parametrize("column", ["kind", "item", "name", "pattern"])
def test_groups_named_like_a_column_of_a_codebooks_patterns_are_refused(column: str) -> None:
    frame = pd.DataFrame({"text": ["Containment."], column: ["A"]})
    with pytest.raises(ValueError, match=f"by must not name a column that .*; got '{column}'. Rename yours."):
        pattern_frequencies(tokenize(Corpus.from_frame(frame)), BOOK, by=column)
