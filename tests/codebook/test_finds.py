"""A codebook on texts: exclusions, competition, mentions in brackets, actors in slots."""

import time
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.codebook import KINDS, Codebook, Condition, Entry, parse_pattern, search, search_patterns
from discourse.corpus import Corpus
from discourse.tokens import tokenize


def entry(kind, key, *include, exclude=(), name=""):
    return Entry(kind, key, tuple(map(parse_pattern, include)), exclude=tuple(map(parse_pattern, exclude)), name=name)


ACTORS = {
    "Russia": entry("actor", "Russia", "Russia*", "Moscow", exclude=["non-Russian"]),
    "China": entry("actor", "China", "China", "Chinese"),
    "Iran": entry("actor", "Iran", "Iran*"),
    "Azerbaijan": entry("actor", "Azerbaijan", "Baku"),
    "US": entry("actor", "US", "US", "Trump*", "Trump administration", exclude=["US$"]),
}


def tokens_of(*texts):
    return tokenize(Corpus.from_frame(pd.DataFrame({"text": list(texts)})))


def found(text, *include, exclude=(), kinds=("frame",), **parts):
    """Text, agent and target of every hit."""
    book = Codebook(
        frames={"f": entry("frame", "f", *include, exclude=exclude)} if include else {}, actors=ACTORS, **parts
    )
    tokens = tokens_of(text)
    frame, hits = tokens.frame(), search(tokens, book, kinds=kinds)
    who = [*ACTORS, ""]
    spans = zip(hits.spans.first, hits.spans.last, hits.spans.agent, hits.spans.target, strict=True)
    return [(text[frame["start"][a] : frame["end"][b]], who[agent], who[target]) for a, b, agent, target in spans]


SLOTS = [
    ("Russian dominance.", "{agent} dominance", [("Russian dominance", "Russia", "")]),
    ("Non-Russian dominance.", "{agent} dominance", []),
    ("US$ dominance.", "{agent} dominance", []),
    (
        "Moscow’s “sphere of” influence.",
        "{agent} sphere of influence",
        [("Moscow’s “sphere of” influence", "Russia", "")],
    ),
    (
        "Chinese containment of Russia.",
        "{agent} containment of {target}",
        [("Chinese containment of Russia", "China", "Russia")],
    ),
    # The nearest actor fills a slot: a gap reaches over no other.
    ("Dependence on Moscow, Baku sees.", "dependence on ~1 {target}", [("Dependence on Moscow", "", "Russia")]),
    ("Dependence on the old Moscow.", "dependence on ~2 {target}", [("Dependence on the old Moscow", "", "Russia")]),
    ("China and Russia seek influence.", "{agent} ~3 influence", [("Russia seek influence", "Russia", "")]),
    # The longest name fills it.
    ("To contain the Trump administration.", "contain ~1 {target}", [("contain the Trump administration", "", "US")]),
    # Several actors in one word: one hit, and the actor that the codebook lists first.
    ("An Iran-China-Russia axis.", "{agent} axis", [("Iran-China-Russia axis", "Russia", "")]),
]


@pytest.mark.parametrize(("text", "pattern", "hits"), SLOTS)
def test_slots_are_filled_by_actors(text, pattern, hits):
    assert found(text, pattern) == hits


def test_every_actor_in_a_hyphenated_word_is_a_hit_of_its_own():
    assert [text for text, _, _ in found("An Iran-China-Russia axis.", kinds=("actor",))] == ["Iran-China-Russia"] * 3


def test_inside_a_frame_the_longest_match_wins_then_the_leftmost():
    hits = found("A transit corridor, a corridor.", "corridor", "transit", "transit corridor")
    assert [text for text, _, _ in hits] == ["transit corridor", "corridor"]
    assert [text for text, _, _ in found("a b c.", "a b", "b c")] == ["a b"]


def test_different_frames_may_overlap():
    tokens = tokens_of("A transit corridor.")
    book = Codebook(frames={key: entry("frame", key, key) for key in ("transit", "corridor", "transit corridor")})
    assert search(tokens, book).entry.tolist() == [0, 2, 1]


def test_an_exclusion_removes_what_it_overlaps_and_nothing_else():
    hits = found("In orbit. Put into orbit. Orbit.", "orbit", exclude=["into orbit"])
    assert [text for text, _, _ in hits] == ["orbit", "Orbit"]


def test_an_exclusion_removes_before_the_longest_is_chosen():
    assert [text for text, _, _ in found("the war effort", "war", "the war effort", exclude=["the * effort"])] == []


def test_the_exclusion_of_one_entry_leaves_another_alone():
    book = Codebook(
        frames={"a": entry("frame", "a", "orbit", exclude=["into orbit"]), "b": entry("frame", "b", "orbit")}
    )
    assert search(tokens_of("into orbit"), book).entry.tolist() == [1]


NAMES = {"route": {name: entry("name", "route", name, name=name) for name in ("Trump Route", "TRIPP", "corridor")}}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The “Trump Route” (TRIPP) opens.", ["Trump Route"]),
        ("The Trump Route (the TRIPP) opens.", ["Trump Route", "TRIPP"]),
        ("The Trump Route, TRIPP.", ["Trump Route", "TRIPP"]),
        ("The Trump Route is open (TRIPP).", ["Trump Route", "TRIPP"]),
        ("TRIPP (again).", ["TRIPP"]),
        ("TRIPP (TRIPP", ["TRIPP", "TRIPP"]),
        (") TRIPP (TRIPP", ["TRIPP", "TRIPP"]),
        ("TRIPP", ["TRIPP"]),
    ],
)
def test_a_name_with_its_short_form_in_brackets_is_one_mention(text, names):
    assert [name for name, _, _ in found(text, kinds=("name",), names=NAMES)] == names


def test_brackets_of_another_document_repeat_nothing():
    book = Codebook(names=NAMES)
    assert len(search(tokens_of("The Trump Route (TRIPP) opens."), book).entry) == 1
    assert len(search(tokens_of("The Trump Route", "(TRIPP) opens."), book).entry) == 2


def test_hits_stand_in_the_order_of_the_text_and_kinds_can_be_chosen():
    book = Codebook(actors=ACTORS, names=NAMES, frames={"f": entry("frame", "f", "corridor")})
    tokens = tokens_of("Moscow, a corridor.", "Baku, TRIPP.")
    hits = search(tokens, book)
    assert [book.entries[i].kind for i in hits.entry] == ["actor", "frame", "name", "actor", "name"]
    for kind in KINDS:
        own = search(tokens, book, kinds=(kind,))
        assert {book.entries[i].kind for i in own.entry} == {kind}
        assert [own.patterns[k].text for k in own.spans.key] == [
            hits.patterns[k].text
            for k, i in zip(hits.spans.key, hits.entry, strict=True)
            if book.entries[i].kind == kind
        ]


@pytest.mark.parametrize("texts", [[], [""], [" \n"], ["😀"], ["nothing here"]])
def test_where_there_is_nothing_nothing_is_found(texts):
    book = Codebook(
        frames={"f": entry("frame", "f", "{agent} orbit", "orbit", exclude=["x"])}, actors=ACTORS, names=NAMES
    )
    assert len(search(tokens_of(*texts), book).entry) == 0
    assert len(search(tokens_of(*texts), Codebook()).entry) == 0


def test_patterns_alone_compete_with_themselves_only():
    patterns = [parse_pattern(text) for text in ("a b", "b")]
    assert search_patterns(tokens_of("a b a b"), patterns).entry.tolist() == [0, 1, 0, 1]
    assert search_patterns(tokens_of("b-a"), patterns).entry.tolist() == [1]
    assert search_patterns(tokens_of("b-a"), patterns, parts=False).entry.tolist() == []
    assert search_patterns(tokens_of("b-a"), []).entry.tolist() == []


def test_a_slot_without_a_codebook_is_an_error():
    with pytest.raises(
        ValueError, match=r"no slot where no codebook lists actors; got '\{agent\} orbit'. Name the actor"
    ):
        search_patterns(tokens_of("a"), [parse_pattern("orbit"), parse_pattern("{agent} orbit")])


def test_time_grows_with_the_text_and_not_with_its_square():
    patterns = [parse_pattern(text) for text in ("a ~3 b", "a|b", "a b", "* b", "b ~2 a ~2 b")]

    def seconds(size):
        tokens = tokens_of("a b c. " * size)
        search_patterns(tokens, patterns)
        started = time.process_time()
        search_patterns(tokens, patterns)
        return time.process_time() - started

    assert seconds(40_000) < 40 * seconds(4_000) + 0.5


def test_of_two_patterns_on_the_same_words_the_one_that_binds_an_actor_wins():
    patterns = tuple(map(parse_pattern, ["sphere of ~2 influence", "sphere of {agent} influence"]))
    book = Codebook(
        frames={"sphere": Entry("frame", "sphere", patterns)},
        actors={"Russia": Entry("actor", "Russia", (parse_pattern("Russia*"),))},
    )
    found = search(tokenize(Corpus.from_frame(pd.DataFrame({"text": ["A sphere of Russian influence."]}))), book)
    assert found.spans.agent[found.entry == 0].tolist() == [0]


WRITTEN = st.lists(st.sampled_from(["a", "b", "ab", "a-b", "c", ",", ". B", "“", "X"]), max_size=20).map(" ".join)
SOUGHT = st.sampled_from(["a", "b", "a*", "a|b", "*b", "a b", "b ~2 a", "a-b", "a * c", "{agent} b", "b a ~1 {target}"])
FRAMES = st.lists(st.lists(SOUGHT, min_size=1, max_size=4), min_size=1, max_size=3)


def rows_of(hits):
    columns = (hits.entry, *(getattr(hits.spans, name) for name in ("first", "last", "key", "agent", "target")))
    return list(zip(*(column.tolist() for column in columns), strict=True))


@settings(max_examples=150, deadline=None)
@given(st.lists(WRITTEN, min_size=1, max_size=3), FRAMES, st.booleans(), st.sampled_from(["key", "dictionary"]))
def test_who_only_counts_gets_the_same_hits_in_another_order(texts, frames, excluding, scope):
    names = {f"f{i}": entry("frame", f"f{i}", *own, exclude=["X"] * excluding) for i, own in enumerate(frames)}
    book = Codebook(frames=names, actors={"A": entry("actor", "A", "X")}, nested_scope=scope)
    tokens = tokens_of(*texts)
    assert sorted(rows_of(search(tokens, book, ordered=False))) == sorted(rows_of(search(tokens, book)))


def test_what_is_kept_of_a_codebook_is_of_one_corpus_and_of_its_actors():
    include = [parse_pattern("{agent} wall"), parse_pattern("wall")]
    frames = {"f": Entry("frame", "f", tuple(include))}
    one, other = tokens_of("China wall"), tokens_of("A wall, Baku wall, a wall")
    for tokens, actors, agents in [
        (one, ACTORS, [1]),
        (other, ACTORS, [-1, 3, -1]),
        (one, {"Iran": ACTORS["Iran"]}, [-1]),
        (one, ACTORS, [1]),
    ]:
        assert search(tokens, Codebook(frames=frames, actors=actors), kinds=("frame",)).spans.agent.tolist() == agents


def test_a_hit_far_behind_another_does_not_hide_it(monkeypatch):
    monkeypatch.setattr("discourse.codebook.spans.SIEVE", 4)
    book = Codebook(frames={"f": entry("frame", "f", "a b", "a", "b")})
    found = search(tokens_of("a b c a c c b c a b"), book, ordered=False).spans
    assert np.sort(found.first).tolist() == [0, 3, 6, 8]


def test_where_the_first_of_two_patterns_is_refused_the_other_has_the_word():
    near = replace(parse_pattern("a"), conditions=(Condition((parse_pattern("b"),)),))
    book = Codebook(frames={"f": Entry("frame", "f", (near, parse_pattern("a*")))})
    for ordered in (True, False):
        found = search(tokens_of("A c. A b."), book, ordered=ordered).spans
        assert sorted(zip(found.first.tolist(), found.key.tolist(), strict=True)) == [(0, 1), (3, 0)]


def test_the_same_patterns_are_found_in_parts_of_words_or_not():
    tokens, patterns = tokens_of("multi-vector vector"), [parse_pattern("vector")]
    for parts, first in [(True, [0, 1]), (False, [1]), (True, [0, 1])]:
        assert search_patterns(tokens, patterns, parts=parts).spans.first.tolist() == first


def test_a_gap_counts_words_and_not_what_stands_between_them():
    book = Codebook(frames={"f": entry("frame", "f", "a ~1 b")})
    text = f"a {', ' * 20} c {', ' * 20} b a c c b"
    assert search(tokens_of(text), book).spans.first.tolist() == [0]


@pytest.mark.parametrize("text", ["a b c", "a b “c”", "“a” b “c”", "a b “ ” c"])
def test_quotation_marks_make_no_hit_longer(text):
    [(hit, _, _)] = found(text, "a b", "b c")
    assert hit.replace("“", "").replace("”", "") == "a b"
