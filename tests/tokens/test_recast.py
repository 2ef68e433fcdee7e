"""Tokens told otherwise: against the same texts scanned anew, and without a change to what was given."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.corpus import Corpus
from discourse.counts import hits
from discourse.tokens import LAYERS, Tokens, tokenize
from discourse.tokens.recast import capitals_kept, hyphens_split, lemmatized, whole_words
from discourse.tokens.types import trim

PIECES = [*"aB-‑é’ .“”\n", "war-", "multi-vector ", "JF-17 ", "US-led "]
TEXTS = st.lists(st.lists(st.sampled_from(PIECES), max_size=12).map("".join), max_size=4)


def tokens_of(*texts: str) -> Tokens:
    return tokenize(Corpus.from_frame(pd.DataFrame({"text": list(texts)}, dtype="str")))


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_split_words_are_the_slices_that_their_places_name(texts: list[str]) -> None:
    tokens = tokens_of(*texts)
    split = hyphens_split(tokens)
    for row in split.frame().itertuples():
        assert split.corpus.text(row.doc_id)[row.start : row.end] == row.token
        assert not row.is_word or not {"-", "‑"} & set(row.token)


@settings(max_examples=40, deadline=None)
@given(TEXTS)
def test_split_words_are_those_of_texts_with_blanks_for_inner_hyphens(texts: list[str]) -> None:
    tokens = tokens_of(*texts)
    expected = [
        part
        for token, is_word in zip(tokens.frame()["token"], tokens.is_word, strict=True)
        for part in (token.replace("‑", "-").split("-") if is_word else [token])
        if part
    ]
    assert hyphens_split(tokens).frame()["token"].tolist() == expected


def test_layers_are_carried_over_from_the_tokens_as_they_were() -> None:
    tokens = tokens_of("He said: “A multi-vector war.” Post-war peace.\n\nMore non-aligned peace.", "Well-known.")
    for name in LAYERS:
        tokens.layer(name)
    split = hyphens_split(tokens)
    anew = hyphens_split(tokens_of(*tokens.corpus.texts.to_pylist()))
    for name in LAYERS:
        every = np.arange(len(split))
        assert split.layer(name).at(every).tolist() == anew.layer(name).at(every).tolist(), name


def test_without_hyphens_nothing_changes() -> None:
    tokens = tokens_of("No word here, and a - dash.", "")
    pd.testing.assert_frame_equal(hyphens_split(tokens).frame(), tokens.frame())


def test_capitals_are_those_of_the_text() -> None:
    tokens = tokens_of("Russia’s war, the War of US-led NATO")
    kept = capitals_kept(tokens)
    assert kept.frame()["term"].tolist() == [trim(token) for token in tokens.frame()["token"]]


def test_patterns_find_what_they_found_with_capitals_kept() -> None:
    tokens = tokens_of("War and war and WAR.")
    assert len(hits(capitals_kept(tokens), "war")) == len(hits(tokens, "war")) == 3


def test_a_pattern_finds_a_word_by_its_term_or_its_lemma() -> None:
    own = lemmatized(tokens_of("Spheres, sphere, post-wars, US"), lambda term: term.removesuffix("s"))
    assert own.terms.tolist() == ["US", "post-war", "sphere"]
    assert [len(hits(own, pattern)) for pattern in ("sphere", "spheres", "sphere*", "war", "wars")] == [2, 1, 2, 1, 1]
    assert [len(hits(own, pattern)) for pattern in ("=sphere", "=Spheres", "=US")] == [1, 1, 1]


def test_a_lemma_is_asked_for_once_per_type() -> None:
    asked = []
    lemmatized(tokens_of("war war, war peace"), lambda term: asked.append(term) or term)
    assert asked == ["war", "peace"]


def test_parts_are_found_unless_whole_words_are_asked_for() -> None:
    tokens = tokens_of("Turkish-Russian ties, Russian ties")
    assert [len(hits(own, "Russian")) for own in (tokens, whole_words(tokens))] == [2, 1]
    assert [len(hits(own, "=Russian")) for own in (tokens, whole_words(tokens))] == [2, 1]
    lemma = whole_words(lemmatized(tokens, lambda term: term.removesuffix("n")))
    assert len(hits(lemma, "russia")) == 1


def test_what_is_given_is_not_changed() -> None:
    tokens = tokens_of("Post-war wars, Post-war")
    before = tokens.frame()
    for own in (hyphens_split(tokens), capitals_kept(tokens), lemmatized(tokens, str.upper), whole_words(tokens)):
        own.frame()
    pd.testing.assert_frame_equal(tokens.frame(), before)
