"""What a codebook lists, and that its examples prove it."""

from discourse.codebook import KINDS, Codebook, Entry, parse_pattern
from discourse.codebook.examples import check_examples


def entry(kind, key, pattern, **more):
    return Entry(kind, key, (parse_pattern(pattern),), **more)


BOOK = Codebook(
    frames={"f": entry("frame", "f", "a", examples=("an a", "b"), counterexamples=("b", "A!"))},
    actors={"A": entry("actor", "A", "b")},
    names={"r": {"n": entry("name", "r", "n", name="n"), "m": entry("name", "r", "m", name="m")}},
)


def test_entries_are_frames_then_actors_then_names_in_the_order_of_the_file():
    assert [(e.kind, e.key, e.name) for e in BOOK.entries] == [
        ("frame", "f", ""),
        ("actor", "A", ""),
        ("name", "r", "n"),
        ("name", "r", "m"),
    ]
    assert [e.kind for e in BOOK.entries if e.kind in KINDS] == ["frame", "actor", "name", "name"]
    assert repr(BOOK) == "Codebook(1 frames, 1 actors, 1 referents)"
    assert Codebook().entries == ()


def test_only_the_examples_that_the_patterns_contradict_are_reported_with_their_line():
    lines = {("f", "examples", "b"): 7}
    assert list(check_examples(BOOK, lines)) == [
        ("f", 7, "the example 'b' does not match."),
        ("f", None, "the counterexample 'A!' matches."),
    ]
    assert list(check_examples(Codebook(), {})) == []
