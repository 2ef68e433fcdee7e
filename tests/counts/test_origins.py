"""Counts that were made in different ways are not added."""

from dataclasses import replace

import pandas as pd
import pytest

from discourse.codebook import Codebook, Entry, parse_pattern
from discourse.counts import Counts, frame_counts, name_counts, term_counts

from .parts import singles
from .samples import BOOK, STUDY

WAR = Entry("frame", "war", (parse_pattern("war"),))
PLAIN = Codebook({"war": WAR})
SLOTTED = Codebook({"war": Entry("frame", "war", (parse_pattern("{agent} war"),))})


def test_words_and_pairs_are_not_added():
    words, pairs = (term_counts(STUDY, ngram=size) for size in (1, 2))
    message = r"as many words; got ngram=1 and ngram=2\. Count both with the same one, or keep them apart\."
    with pytest.raises(ValueError, match=message):
        words + pairs
    with pytest.raises(ValueError, match=message):
        sum([words, words, pairs])
    assert (words + words).origin == words.origin


def test_what_is_known_of_some_counts_holds_for_the_sum():
    unknown = Counts.from_frame(pd.DataFrame({"term": ["war"], "count": [2]}))
    for both in (term_counts(STUDY) + unknown, unknown + term_counts(STUDY)):
        with pytest.raises(ValueError, match="got ngram=1 and ngram=2"):
            both + term_counts(STUDY, ngram=2)
    assert (unknown + unknown).origin is None


def test_counts_of_other_voices_or_zones_are_not_added():
    author, quoted = (term_counts(STUDY, where={"voice": voice}) for voice in ("author", "quoted"))
    with pytest.raises(ValueError, match=r"values of voice for both; got 'author' and 'quoted'\. Name them all in one"):
        author + quoted
    with pytest.raises(ValueError, match=r"values of voice for both; got 'author' and any\."):
        author + term_counts(STUDY)
    with pytest.raises(ValueError, match=r"values of zone for both; got 'body', .* and any\."):
        term_counts(STUDY) + term_counts(STUDY, where={"zone": "all"})
    prose = term_counts(STUDY, where={"zone": ["body", "heading", "list", "standfirst"]})
    assert (prose + term_counts(STUDY)).matrix.sum() == 2 * prose.matrix.sum()


def test_counts_of_some_documents_and_of_others_are_added():
    outlets = sorted(set(STUDY.documents["outlet"]))
    halves = [term_counts(STUDY, by="outlet", where={"outlet": outlet}) for outlet in outlets]
    assert sum(halves).to_frame().equals(term_counts(singles(STUDY.corpus), by="outlet").to_frame())


def test_counts_by_different_codebooks_are_not_added():
    other = Codebook({"war": replace(WAR, exclude=(parse_pattern("trade war"),)), "peace": replace(WAR, key="peace")})
    with pytest.raises(ValueError, match=r"one codebook finds both; they differ in 'peace', 'war'\. Count both with"):
        frame_counts(STUDY, PLAIN) + frame_counts(STUDY, other)
    with pytest.raises(ValueError, match=r"they differ in nested_scope\."):
        frame_counts(STUDY, PLAIN) + frame_counts(STUDY, replace(PLAIN, nested_scope="dictionary"))
    frames = replace(BOOK, names={})
    with pytest.raises(ValueError, match="they differ in"):
        name_counts(STUDY, BOOK) + name_counts(STUDY, frames)


def test_what_only_coders_read_may_differ():
    told = Codebook({"war": replace(WAR, definition="What is fought.", examples=("A war.",))})
    with_actors = replace(told, actors={"Russia": Entry("actor", "Russia", (parse_pattern("Russia*"),))})
    both = frame_counts(STUDY, PLAIN) + frame_counts(STUDY, with_actors)
    assert both.matrix.sum() == 2 * frame_counts(STUDY, PLAIN).matrix.sum() > 0


def test_actors_are_what_is_looked_for_where_patterns_have_a_place_for_them():
    several = [replace(SLOTTED, actors={name: Entry("actor", name, (parse_pattern(name),))}) for name in ("Iran", "US")]
    with pytest.raises(ValueError, match=r"they differ in 'Iran', 'US'"):
        frame_counts(STUDY, several[0]) + frame_counts(STUDY, several[1])
