"""The words of speech."""

import re

from hypothesis import given
from hypothesis import strategies as st

from discourse.tokens.voices.cues import is_people, trie


@given(st.sets(st.text("abc", min_size=1, max_size=5), min_size=1, max_size=20), st.text("abc", max_size=6))
def test_one_expression_matches_the_words_and_no_others(words, text):
    assert bool(re.fullmatch(trie(sorted(words)), text)) == (text in words)


def test_the_expression_takes_the_longest_word():
    assert re.match(trie(["say", "says"]), "says").group() == "says"


def test_common_nouns_at_the_head_of_a_sentence_are_no_names():
    assert is_people("Analysts")
    assert is_people("Reports")
    assert not is_people("Moscow")
    assert not is_people("Reuters")
