"""Folding: what is one term and what is not."""

import unicodedata

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.tokens.types import ACRONYMS, STOP_WORDS, fold, is_word, trim, type_table

FOLDED = {
    "Russia’s": "russia",
    "Russia's": "russia",
    "RUSSIA'S": "russia",
    "Russia＇s": "russia",
    "it’s": "it's",
    "That's": "that's",
    "Let’s": "let's",
    "don’t": "don't",
    "U.S.": "US",
    "U.S": "US",
    "US": "US",
    "US’s": "US",
    "us": "us",
    "Us": "us",
    "US-led": "US-led",
    "U.S.-led": "US-led",
    "non-US": "non-US",
    "WHO": "WHO",
    "who": "who",
    "IT": "IT",
    "It": "it",
    "U.K.": "uk",
    "NATO": "nato",
    "e.g.": "e.g.",
    "3.74": "3.74",
    "Multi‑Vector": "multi-vector",
    "multi‐vector": "multi-vector",
    "TÜRKİYE": "türki̇ye",
    "Türkiye": "türkiye",
    "Turkiye": "turkiye",
    "cafe\u0301": "café",
    "ΣΑΣ": "σας",
}


@pytest.mark.parametrize(("token", "term"), FOLDED.items())
def test_a_token_is_folded_into_its_term(token, term):
    assert fold(token) == unicodedata.normalize("NFC", term)


@given(st.text(min_size=1, max_size=12))
def test_a_term_is_always_normal_and_never_empty(token):
    assert unicodedata.is_normalized("NFC", fold(token))
    assert fold(token) or token in ("'s", "'S", "’s", "’S", "＇s", "＇S", "ʼs", "ʼS")


def test_trimming_keeps_capitals():
    assert [trim(token) for token in ("West’s", "U.S.", "Multi‑Vector")] == ["West", "US", "Multi-Vector"]


def test_no_acronym_is_a_stop_word_and_stop_words_are_terms():
    assert not STOP_WORDS & ACRONYMS
    assert all(fold(word) == word for word in STOP_WORDS)


def test_words_of_saying_numbers_and_actors_are_no_stop_words():
    assert not STOP_WORDS & {"said", "say", "state", "states", "world", "million", "new", "US"}


@pytest.mark.parametrize(("token", "word"), [("a", True), ("3", True), ("½", True), ("—", False), ("\u0301", False)])
def test_a_word_has_a_letter_or_a_digit(token, word):
    assert is_word(token) is word


def test_the_table_has_a_row_a_type_in_the_order_of_the_ids():
    table = type_table(["The", "US", "us", "“"])
    assert list(table) == ["token", "term", "is_word", "is_stop"]
    assert table.to_numpy().tolist() == [
        ["The", "the", True, True],
        ["US", "US", True, False],
        ["us", "us", True, True],
        ["“", "“", False, False],
    ]
    assert len(type_table([])) == 0


@given(st.lists(st.text("aUSu.'’-I1é$", min_size=1, max_size=8) | st.sampled_from(sorted(FOLDED)), max_size=20))
def test_the_table_says_of_each_type_what_the_functions_say(tokens):
    rows = [[token, fold(token), is_word(token), fold(token) in STOP_WORDS] for token in tokens]
    assert type_table(tokens).to_numpy().tolist() == rows
    assert type_table(pa.array(tokens, pa.large_string())).equals(type_table(tokens))


def test_columns_have_the_types_that_pandas_gives_strings_and_truths():
    assert type_table(["one"]).dtypes.astype(str).tolist() == type_table([]).dtypes.astype(str).tolist()
    assert type_table(["one"]).dtypes.astype(str).tolist() == ["str", "str", "bool", "bool"]
