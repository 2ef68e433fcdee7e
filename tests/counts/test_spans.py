"""Which hits count, against looking at every token."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import discourse
from discourse.codebook import parse_pattern, search_patterns
from discourse.counts.selection import conditions, select
from discourse.counts.spans import marked, marked_terms, qualifying, wanted
from discourse.tokens import Tokens, tokenize

from .samples import CORPORA, STUDY, WHERES, tokens_of

SELECTIONS = [None, {"zone": "all"}, {"voice": "author"}, {"voice": "marked", "zone": "all"}, {"outlet": "A"}]


@settings(max_examples=30, deadline=None)
@given(CORPORA, st.sampled_from(SELECTIONS), st.data())
def test_a_span_qualifies_when_its_first_token_and_all_its_words_do(corpus, where, data):
    tokens = tokenize(corpus)
    if where == {"outlet": "A"} and "A" not in set(corpus.documents["outlet"]):
        where = None
    chosen, edge = select(tokens, where), st.integers(0, max(len(tokens) - 1, 0))
    spans = [sorted(pair) for pair in data.draw(st.lists(st.tuples(edge, edge), max_size=8 * bool(len(tokens))))]
    first, last = np.array(spans, np.int64).reshape(-1, 2).T
    good = chosen | ~tokens.is_word
    whole = [i for i, (a, b) in enumerate(spans) if chosen[a] and good[a : b + 1].all()]
    for own in (tokens, tokenize(corpus)):  # with its voices known, and not yet
        assert qualifying(own, first, last, conditions(tokens, where)).tolist() == whole


@pytest.mark.parametrize("known", [True, False])
def test_a_word_inside_a_span_bars_it_and_a_mark_does_not(known):
    tokens = tokens_of("A “sphere of” influence, “war”!")
    if known:
        tokens.layer("voice")
    first, last = np.array([0, 0, 5, 8, 8]), np.array([5, 0, 6, 8, 9])
    assert qualifying(tokens, first, last, conditions(tokens, {"voice": "author"})).tolist() == [1, 2]
    assert qualifying(tokens, first, last, conditions(tokens, {"voice": "marked"})).tolist() == [3, 4]


def test_voices_that_no_hit_needs_are_not_looked_for(monkeypatch):
    tokens, heard = tokens_of("“War”, he said.", "Peace.", "A “war” b."), []
    voices_at = Tokens.voices_at
    monkeypatch.setattr(
        Tokens, "voices_at", lambda self, name, at: heard.extend(self.documents_of(at)) or voices_at(self, name, at)
    )
    wish = conditions(tokens, {"voice": ["quoted", "marked"]})
    assert len(marked(tokens, ("war",), wish)) == 2
    assert set(heard) == {0, 2}
    heard.clear()
    assert len(marked(tokens, ("peace war",), wish)) == 0
    assert heard == []


@pytest.mark.parametrize("where", WHERES)
def test_what_patterns_find_is_kept_with_the_pattern_that_found_it(where):
    patterns = wanted(["war", "sphere* of ~2 influence"])
    found = marked(STUDY, patterns, conditions(STUDY, where))
    every = search_patterns(STUDY, [parse_pattern(text) for text in patterns])
    inside = np.isin(every.spans.first, found.first)
    assert found.keys["pattern"].to_pylist() == [patterns[i] for i in every.entry[inside]]
    assert set(found.keys["kind"].to_pylist()) <= {"pattern"}


def test_a_term_of_what_is_no_word_is_not_found():
    every = conditions(STUDY, {"zone": "all"})
    assert len(marked_terms(STUDY, ["war", "war ,", ",", "", "war  war"], every)) == len(
        marked_terms(STUDY, ["war"], every)
    )


def test_a_slot_needs_a_codebook():
    with pytest.raises(ValueError, match=r"A pattern must have no slot where no codebook lists actors"):
        wanted("{agent} war")


def test_what_is_no_codebook_is_refused_with_what_to_do():
    for ask in (discourse.hits, discourse.concordance):
        with pytest.raises(ValueError, match=r"got a mapping\. Write it as a codebook file, and read that"):
            ask(STUDY, {"war": ["war"]})
    for ask in (discourse.frame_counts, discourse.name_shares):
        with pytest.raises(ValueError, match=r"got 'book\.yaml'\. Read it: read_codebook"):
            ask(STUDY, "book.yaml")
