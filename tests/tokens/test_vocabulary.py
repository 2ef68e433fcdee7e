"""Words with wildcards: which types they stand for."""

import re
import time

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.tokens.types import fold, trim, type_table
from discourse.tokens.vocabulary import Spellings, Vocabulary, fits

WORDS = ["Russia’s", "Russian", "Turkish-Russian", "russian", "US", "us", "circle", "encirclement", "—"]


def matched(glob, **options):
    return [WORDS[i] for i in Vocabulary.of(type_table(WORDS)).match(glob, **options)]


def spellings(words):
    return Spellings.of(pa.array(words, pa.large_string()), np.arange(len(words)))


@pytest.mark.parametrize(
    ("glob", "options", "words"),
    [
        ("russia*", {}, ["Russia’s", "Russian", "russian"]),
        ("russian", {}, ["Russian", "russian"]),
        ("russian", {"parts": True}, ["Russian", "Turkish-Russian", "russian"]),
        ("*an", {"parts": True}, ["Russian", "Turkish-Russian", "russian"]),
        ("Russian", {"cased": True}, ["Russian"]),
        ("Russia", {"cased": True}, ["Russia’s"]),
        ("Russian", {"cased": True, "parts": True}, ["Russian", "Turkish-Russian"]),
        ("*circle*", {}, ["circle", "encirclement"]),
        ("c*e", {}, ["circle"]),
        ("u?", {}, ["us"]),
        ("?ircle", {}, ["circle"]),
        ("*c?rc*", {}, ["circle", "encirclement"]),
        ("russia?", {"parts": True}, ["Russian", "Turkish-Russian", "russian"]),
        ("Russia?", {"cased": True}, ["Russian"]),
        ("circle?", {}, []),
        ("?", {}, []),
        ("us", {}, ["us"]),
        ("US", {}, ["US"]),
        ("nothing", {}, []),
        ("nothing*", {}, []),
    ],
)
def test_a_glob_stands_for_these_types(glob, options, words):
    assert matched(glob, **options) == words


@given(st.text("ab*", min_size=1, max_size=8).filter(lambda glob: "*" in glob), st.text("ab", max_size=12))
def test_a_glob_fits_what_the_same_regular_expression_fits(glob, text):
    assert fits(text, glob.split("*")) == bool(re.fullmatch(glob.replace("*", ".*"), text))


@given(
    st.lists(st.text("ab.ÿ\U000323ae", min_size=1, max_size=5)),
    st.text("ab.*?", min_size=1, max_size=5).filter(lambda glob: glob.strip("?")),
)
def test_the_sorted_list_finds_what_comparing_every_word_finds(words, glob):
    pattern = re.compile(re.escape(glob).replace(r"\*", ".*").replace(r"\?", "."), re.S)
    assert spellings(words).match([glob])[0].tolist() == [i for i, w in enumerate(words) if pattern.fullmatch(w)]


@given(st.lists(st.text("abÿ", min_size=1, max_size=5)), st.lists(st.text("ab*", min_size=1, max_size=9), max_size=5))
def test_words_are_looked_up_together_as_each_is_alone(words, globs):
    found = spellings(words).match(globs)
    assert [types.tolist() for types in found] == [spellings(words).match([glob])[0].tolist() for glob in globs]


@pytest.mark.parametrize(
    ("glob", "found"),
    [("*b*b", [3, 4, 5]), ("ab*ba", [2]), ("*b*a*", [1, 2, 4, 5]), ("c*b*b", [5]), ("a**", [0, 1, 2])],
)
def test_pieces_of_a_glob_stand_one_after_the_other(glob, found):
    assert spellings(["ab", "aba", "abba", "bb", "bab", "cbab"]).match([glob])[0].tolist() == found


def test_head_and_tail_do_not_share_letters():
    assert not fits("aba", ["ab", "ba"])
    assert fits("abba", ["ab", "ba"])


def test_many_stars_cost_no_more_than_the_length_of_the_word():
    started = time.process_time()
    assert not fits("a" * 20_000, ["", *["a"] * 5_000, "b"])
    assert not fits("a" * 20_000, ["", *["a"] * 5_000, "b", ""])
    assert time.process_time() - started < 1


def test_types_are_found_under_their_term_and_under_their_own_capitals():
    vocabulary = Vocabulary.of(type_table(WORDS))
    for number, word in enumerate(WORDS):
        assert number in vocabulary.match(fold(word))
        assert number in vocabulary.match(trim(word), cased=True)


@given(st.lists(st.text("ab-", min_size=1, max_size=7)), st.text("ab*", min_size=1, max_size=4))
def test_parts_are_what_stands_between_hyphens(words, glob):
    table = type_table(words)
    pattern = re.compile(glob.replace("*", ".*"))
    wanted = [i for i, term in enumerate(table["term"]) if pattern.fullmatch(term) or any_part(pattern, term)]
    assert Vocabulary.of(table).match(glob, parts=True).tolist() == wanted


def any_part(pattern, term):
    """What is between two hyphens may be nothing, and nothing is no part."""
    return "-" in term and any(part and pattern.fullmatch(part) for part in term.split("-"))


def test_a_vocabulary_is_made_of_stored_strings_without_sorting_them_again():
    words = pa.array(["not mine", "a", "b", "b", "c"], pa.large_string()).slice(1)
    stored = Spellings(words, np.array([7, 3, 1, 0], np.int32))
    vocabulary = Vocabulary(stored, spellings([]))
    assert vocabulary.match("b").tolist() == vocabulary.match("b", cased=True).tolist() == [1, 3]
    assert vocabulary.match("*", parts=True).tolist() == [0, 1, 3, 7]


def test_capitals_are_looked_at_only_when_they_are_asked_for():
    asked = []

    def cased():
        asked.append(1)
        return Vocabulary(spellings(["War"]), spellings([]))

    vocabulary = Vocabulary(spellings(["war"]), spellings([]), cased)
    assert vocabulary.match("war").tolist() == [0]
    assert asked == []
    assert vocabulary.match("War", cased=True).tolist() == vocabulary.match("W*", cased=True).tolist() == [0]
    assert asked == [1]


@pytest.mark.parametrize("kept", [0, 2, 1 << 14])
def test_words_looked_up_again_stand_for_the_same_types(kept, monkeypatch):
    monkeypatch.setattr("discourse.tokens.vocabulary.KEPT", kept)
    globs = ["war*", "peace", "*", "war*", "no-such", "*ar"]
    terms = ["war", "wars", "peace", "far-war", "War"]
    fresh = [
        [own.tolist() for own in Vocabulary.of(type_table(terms)).match_all(globs, parts=parts)]
        for parts in (False, True)
    ]
    vocabulary = Vocabulary.of(type_table(terms))
    for _ in range(3):
        for parts in (False, True):
            for some in (globs, globs[:2], globs[::-1]):
                found = [own.tolist() for own in vocabulary.match_all(some, parts=parts)]
                assert found == [fresh[parts][globs.index(glob)] for glob in some]
    assert vocabulary.match("War", cased=True).tolist() == [4]
