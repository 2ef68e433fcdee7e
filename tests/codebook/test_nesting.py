"""Nested scope: what lies within a longer match of another frame is dropped, as quanteda does."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from discourse.codebook import Codebook, Entry, parse_pattern, search
from discourse.codebook.nesting import longest_of_all
from discourse.codebook.spans import Spans
from discourse.corpus import Corpus
from discourse.tokens import tokenize


def keys(text, scope, **frames):
    entries = {key: Entry("frame", key, tuple(map(parse_pattern, words))) for key, words in frames.items()}
    tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": [text]})))
    found = search(tokens, Codebook(entries, nested_scope=scope))
    pairs = zip(found.entry, found.spans.key, strict=True)
    return [(list(entries)[entry], found.patterns[key].text) for entry, key in pairs]


UNITED = {"country": ["United States"], "parts": ["States", "united"]}


def test_inside_a_frame_the_longest_wins_and_frames_may_overlap():
    assert keys("The United States.", "key", **UNITED) == [
        ("parts", "united"), ("country", "United States"), ("parts", "States"),
    ]


def test_across_the_dictionary_what_lies_within_a_longer_match_is_dropped():
    assert keys("The United States. Two states.", "dictionary", **UNITED) == [
        ("country", "United States"), ("parts", "States"),
    ]


def test_the_same_words_count_for_every_frame_that_lists_them():
    found = keys("Joy.", "dictionary", affect=["joy"], positive=["joy", "jo*"])
    assert found == [("affect", "joy"), ("positive", "joy")]


def test_matches_that_overlap_without_nesting_stay():
    assert keys("a b c", "dictionary", x=["a b"], y=["b c"]) == [("x", "a b"), ("y", "b c")]


def test_what_is_dropped_takes_no_words_from_its_own_frame():
    assert keys("a b c d e", "dictionary", x=["a b c"], y=["b c", "c d"]) == [("x", "a b c"), ("y", "c d")]


def test_actors_and_names_compete_as_before():
    actor = {key: Entry("actor", key, (parse_pattern(key),)) for key in ("US", "US army")}
    tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["The US army."]})))
    assert len(search(tokens, Codebook({}, actor, nested_scope="dictionary")).entry) == 2


def one_by_one(spans):
    """The rule, as it is written: all from the longest to the shortest, the leftmost first."""
    everybody, own, kept = set(), {}, []
    ranked = sorted(set(spans), key=lambda span: (span[1] - span[2], span[1], span[0]))
    for place in dict.fromkeys(span[1:] for span in ranked):
        words = set(range(place[0], place[1] + 1))
        nested = words <= everybody
        for group, *edges in ranked:
            if tuple(edges) == place and not nested and not words & own.setdefault(group, set()):
                kept.append((place[0], place[1], group))
                own[group] |= words
                everybody |= words
    return sorted(kept)


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 8), st.integers(0, 3)), max_size=14))
def test_taking_them_together_is_taking_them_one_by_one(drawn):
    rows = [(group, first, first + size) for group, first, size in drawn]
    group, first, last = (np.array([row[i] for row in rows], np.int64) for i in range(3))
    none = np.full(len(rows), -1)
    kept = longest_of_all(Spans(first, last, np.arange(len(rows)), none, none), group)
    assert [(first[i], last[i], group[i]) for i in kept] == one_by_one(rows)
