"""Capitalised words in marks that are no names."""

import pytest

from discourse.tokens.voices.coinages import capitalised, coinages
from discourse.tokens.voices.cues import words_in
from discourse.tokens.voices.quotations import quotations


@pytest.mark.parametrize("article", ["a", "An", "any", "ANOTHER", "no", "every", "every\r\n", "a\u202f"])
def test_what_has_an_indefinite_article_is_no_name(article):
    text = f"We saw {article} “Grand Bargain”, and the “Blue Whale”."
    assert coinages(text, quotations(text)) == {"Grand Bargain"}


@pytest.mark.parametrize(("words", "name"), [("Union of the Ports", True), ("Union burns", False), ("of the", False)])
def test_names_and_titles_have_capitals_but_for_small_words(words, name):
    assert capitalised(words_in(words)) == name
