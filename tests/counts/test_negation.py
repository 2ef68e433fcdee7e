"""How far a negator reaches, and what a codebook may say about it."""

import pytest

from discourse.codebook import Codebook, Entry, Negation, parse_pattern
from discourse.counts import hits

from .samples import tokens_of


def flagged(text, negation=None):
    book = Codebook({"f": Entry("frame", "f", (parse_pattern("sphere* of influence"),))})
    book = book if negation is None else Codebook(book.frames, negation=negation)
    return hits(tokens_of(text), book)["negated"].tolist()


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("No longer a sphere of influence.", True),
        ("Not a buffer but a sphere of influence.", False),
        ("Not war, but no sphere of influence.", True),
        ("It has no army; a sphere of influence.", False),
        ("Nothing but a sphere of influence.", False),
        ("It has no “Russian” sphere of influence.", True),
    ],
)
def test_but_and_semicolons_end_the_reach_of_a_negator(text, negated):
    assert flagged(text) == [negated]


def test_a_codebook_names_its_own_negators_and_their_reach():
    assert flagged("Kein sphere of influence.", Negation(("kein",), 3, ())) == [True]
    assert flagged("Keine sphere of influence.", Negation(("kein*",), 3, ())) == [True]
    assert flagged("No sphere of influence.", Negation(("kein",), 3, ())) == [False]
    assert flagged("US sphere of influence.", Negation(("US",), 1, ())) == [True]
    assert flagged("No longer a sphere of influence.", Negation(within=2)) == [False]
    assert flagged("No longer a sphere of influence.", Negation(within=0)) == [False]
    assert flagged("Not war but a sphere of influence.", Negation(within=4, until=())) == [True]


@pytest.mark.parametrize(
    ("word", "negated"), [("n*", True), ("*ev*", True), ("n_*", False), ("n%r", False), ("*nev", False)]
)
def test_only_the_star_is_a_wildcard_of_a_negator(word, negated):
    assert flagged("Never a sphere of influence.", Negation((word,), 3, ())) == [negated]
