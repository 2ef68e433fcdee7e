"""The words of speech."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.tokens.voices import cues
from discourse.tokens.voices.cues import (
    CUE_AFTER,
    CUE_BEFORE,
    RUN_AT_END,
    WORD,
    apart,
    cue_after,
    cues_before,
    is_people,
    plain_word,
    trie,
    words_in,
)

from . import gold

# What may stand in the lead of a quotation, by words that one of the expressions looks for; and those.
LEADS = "Lind {} |the {} |Lind’s {} |Lind’s {} of it as |the {}: |to {} that |{} it |so-{} |two {}s ".split("|")
HINTS = {
    "speaking": (cues.SPEAKING_HINTS, [CUE_BEFORE]),
    "called": (cues.CALLED_HINTS, [cues.CALLED_SO, cues.NAMED]),
    "mentioned": (cues.MENTIONED_HINTS, [cues.MENTIONED]),
    "terms": (cues.TERMS_HINTS, [cues.TERMS]),
    "works": (cues.WORKS_HINTS, [cues.ENTITLED, cues.TITLED, cues.WORK_BEFORE]),
    "nouns": (cues.NOUN_HINTS, [cues.NOUN_CUE, cues.SEEN_AS, cues.PLEA]),
    "norms": (cues.NORM_HINTS, [cues.NORM]),
}


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


@pytest.mark.parametrize(("hints", "expressions"), HINTS.values(), ids=HINTS)
def test_what_an_expression_finds_has_one_of_its_hints(hints, expressions):
    said = {word for name, words in vars(cues).items() if name.isupper() for word in _words(words)}
    phrases = {"according to", "in the words of", "referred to as", "known as", "code-named"}
    leads = [lead.format(case(word)) for word in said | phrases for lead in LEADS for case in (str, str.upper)]
    found = [lead for lead in leads if any(expression.search(lead) for expression in expressions)]
    assert len(found) > 10
    assert [lead for lead in found if hints.isdisjoint(apart(lead))] == []


def _words(words):
    """The words of a list, or those that an expression spells out."""
    if isinstance(words, re.Pattern):
        return re.findall(r"[a-z]{3,}", words.pattern)
    return words if isinstance(words, (list, frozenset)) else []


def test_cues_are_found_where_one_search_finds_them():
    texts = [text for name in ("voices.txt", "unseen.txt") for _, text, _ in gold.documents(name)]
    texts += ["in the words of one who said that, according to law, he would state that", "IN THE WORDS OF ſaid saying"]
    texts += ["Großstraße: he said that"]
    found = [[cue.span() for cue in cues_before(text)] for text in texts]
    assert found == [[cue.span() for cue in CUE_BEFORE.finditer(text)] for text in texts]
    assert sum(map(len, found)) > 300


TEXTS = [text for name in ("voices.txt", "unseen.txt") for _, text, _ in gold.documents(name)]


@given(st.text("aZß9_'’-., \n\t\u00a0“", max_size=30))
def test_words_are_those_that_one_search_finds(text):
    assert words_in(text) == WORD.findall(text)
    assert apart(text) == re.findall(r"\w+", text.casefold())


def test_words_of_the_gold_are_those_that_one_search_finds():
    assert [words_in(text) for text in TEXTS] == [WORD.findall(text) for text in TEXTS]


def test_a_cue_behind_is_found_where_one_search_finds_it():
    tails = [text[at : at + 90] for text in TEXTS for at in range(0, len(text), 40)] + [" ſaid Lind", " in her words"]
    found = [CUE_AFTER.search(tail, 0, 60) for tail in tails]
    assert list(map(span, found)) == [span(cue_after(tail, 60)) for tail in tails]
    assert sum(match is not None for match in found) > 100


def span(match):
    return match and match.span()


def test_no_name_at_the_end_begins_before_the_last_plain_word():
    leads = [text[:at] for text in TEXTS for at in range(9, min(len(text), 300), 9)]
    found = [RUN_AT_END.search(lead) for lead in leads]
    assert list(map(span, found)) == [span(RUN_AT_END.search(lead, plain_word(lead))) for lead in leads]
    assert sum(match is not None for match in found) > 100
