"""Words with wildcards: which types they stand for."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.tokens.types import fold, trim, type_table
from discourse.tokens.vocabulary import Spellings, Vocabulary, fits

WORDS = ["Russia’s", "Russian", "Turkish-Russian", "russian", "US", "us", "circle", "encirclement", "—"]


def matched(glob, **options):
    return [WORDS[i] for i in Vocabulary(type_table(WORDS)).match(glob, **options)]


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


@given(st.lists(st.text("abÿ\U000323ae", min_size=1, max_size=5)), st.text("ab*", min_size=1, max_size=4))
def test_the_sorted_list_finds_what_comparing_every_word_finds(words, glob):
    pattern = re.compile(glob.replace("*", ".*"), re.S)
    assert Spellings(words, range(len(words))).match(glob) == {i for i, w in enumerate(words) if pattern.fullmatch(w)}


def test_head_and_tail_do_not_share_letters():
    assert not fits("aba", ["ab", "ba"])
    assert fits("abba", ["ab", "ba"])


def test_many_stars_cost_no_more_than_the_length_of_the_word():
    started = time.perf_counter()
    assert not fits("a" * 20_000, ["", *["a"] * 5_000, "b"])
    assert not fits("a" * 20_000, ["", *["a"] * 5_000, "b", ""])
    assert time.perf_counter() - started < 1


def test_types_are_found_under_their_term_and_under_their_own_capitals():
    vocabulary = Vocabulary(type_table(WORDS))
    for number, word in enumerate(WORDS):
        assert number in vocabulary.match(fold(word))
        assert number in vocabulary.match(trim(word), cased=True)
