"""What a codebook lists, and that its examples prove it."""

from dataclasses import replace

import pandas as pd
import pytest

from discourse.codebook import KINDS, Codebook, Entry, parse_pattern, search
from discourse.codebook.examples import check_examples
from discourse.corpus import Corpus
from discourse.tokens import tokenize


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


def book(**frames):
    entries = {
        key.replace("__", " > "): Entry("frame", key.replace("__", " > "), (parse_pattern(words),), **more)
        for key, (words, more) in frames.items()
    }
    return Codebook(entries)


NESTED = book(
    power=("hegemon*", {}),
    power__spheres=("orbit", {"exclude": (parse_pattern("into orbit"),), "counterexamples": ("into orbit",)}),
    power__spheres__old=("orbit", {"examples": ("an orbit",)}),
    trade=("corridor", {"definition": "Goods."}),
)


def test_levels_merge_what_lies_below():
    top = NESTED.levels(1)
    assert {key: [p.text for p in entry.include] for key, entry in top.frames.items()} == {
        "power": ["hegemon*", "orbit", "orbit"],
        "trade": ["corridor"],
    }
    assert top.frames["trade"].definition == "Goods."
    assert top.frames["power"].examples == ("an orbit",)


def test_levels_are_those_asked_for_and_their_names_are_joined():
    assert list(NESTED.levels(1, 2).frames) == ["power", "power > spheres", "trade"]
    assert list(NESTED.levels(2).frames) == ["spheres"]
    assert list(NESTED.levels(3).frames) == ["old"]
    assert list(NESTED.levels(1, 3).frames) == ["power", "power > old", "trade"]
    assert NESTED.levels(1, 2, 3).frames == NESTED.frames


def test_after_merging_an_exclusion_holds_for_the_patterns_it_held_for():
    tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["into orbit"]})))
    assert len(search(tokens, NESTED.levels(1, 2)).entry) == 1  # by power > spheres > old
    alone = Codebook({key: entry for key, entry in NESTED.frames.items() if "old" not in key})
    assert len(search(tokens, alone.levels(1)).entry) == 0


def test_there_is_no_level_zero():
    with pytest.raises(ValueError, match=r"levels must be one or more numbers from 1; got \(0,\)"):
        NESTED.levels(0)
    with pytest.raises(ValueError, match="levels must be one or more"):
        NESTED.levels()


def test_a_codebook_is_weighted_if_a_frame_has_a_weight():
    heavy = replace(parse_pattern("war"), weight=2.0)
    assert not NESTED.weighted
    assert Codebook({"f": Entry("frame", "f", (heavy,))}).weighted


@pytest.mark.parametrize("levels", [("1",), (None,), (1.5,)])
def test_levels_that_are_no_numbers_are_refused(levels):
    with pytest.raises(ValueError, match="levels must be one or more numbers from 1; got"):
        NESTED.levels(*levels)


def test_a_level_that_no_frame_has_is_refused():
    with pytest.raises(ValueError, match=r"levels must be some that the frames have, 1 to 3; got \(4, 9\). Choose"):
        NESTED.levels(4, 9)
