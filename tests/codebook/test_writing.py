"""What is written reads as the same codebook."""

import itertools
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codebook.test_formats import DICTIONARIES, read
from codebook.test_yaml import FULL, WHOLE, write
from discourse.codebook import Codebook, Condition, Entry, Negation, parse_pattern, read_codebook, write_codebook

ROOT = Path(__file__).parents[2]

unseen = st.sampled_from(["", "", "\u200b", "\ufeff", "\x85", "\u00ad\x1f"])  # which patterns may have at their edges
visible = st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=12)
words = st.tuples(unseen, visible, unseen).map("".join)
keys = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\t"), max_size=12).filter(str.strip)


def _pattern(text):
    try:
        return parse_pattern(text)
    except ValueError:
        return None


patterns = words.map(_pattern).filter(lambda pattern: pattern is not None and not pattern.slotted)
conditions = st.builds(
    Condition,
    st.lists(patterns, min_size=1, max_size=2).map(tuple),
    st.one_of(st.integers(0, 9), st.sampled_from(["sentence", "paragraph", "document"])),
    st.booleans(),
)
weights = st.floats(allow_nan=False, allow_infinity=False)


def ordered(found):
    return tuple(sorted(found, key=lambda condition: not condition.wanted))


def weighed(pattern, weight, found):
    return type(pattern)(pattern.text, pattern.sequences, pattern.cased, weight, ordered(found))


include = st.lists(st.builds(weighed, patterns, weights, st.lists(conditions, max_size=2)), min_size=1, max_size=3)


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_any_codebook_is_read_back_as_it_was(tmp_path_factory, data):
    texts = data.draw(st.lists(keys, max_size=3, unique=True))
    plain = st.lists(patterns, min_size=1, max_size=2).map(tuple)
    frames = {
        key: Entry(
            "frame", key, tuple(data.draw(include)), exclude=data.draw(st.lists(patterns, max_size=2).map(tuple)),
            definition=data.draw(keys), conditions=ordered(data.draw(st.lists(conditions, max_size=2))),
        )
        for key in texts
    }
    actors = {key: Entry("actor", key, data.draw(plain)) for key in texts}
    names = {key: {name: Entry("name", key, data.draw(plain), name=name) for name in texts} for key in texts}
    scope = data.draw(st.sampled_from(["key", "dictionary"]))
    negation = data.draw(st.sampled_from([Negation(), Negation(("no",), 2, ())]))
    book = Codebook(frames, actors, names, scope, negation)
    if not book.entries:
        return
    path = tmp_path_factory.mktemp("books") / "codebook.yaml"
    write_codebook(book, path)
    assert read_codebook(path) == book
    assert list(read_codebook(path).frames) == texts


@pytest.mark.parametrize("text", [WHOLE, FULL])
def test_codebooks_of_the_tests_are_read_back(tmp_path, text):
    book = read_codebook(write(tmp_path, text))
    write_codebook(book, tmp_path / "again.yaml")
    assert read_codebook(tmp_path / "again.yaml") == book


@pytest.mark.parametrize("name", DICTIONARIES)
def test_dictionaries_of_other_programs_become_codebooks(tmp_path, name):
    book = read(tmp_path, name, DICTIONARIES[name][0].encode())
    for number, some in itertools.product([1, 2], [book, book.levels(1)]):
        write_codebook(some, tmp_path / f"{number}.yaml")
        assert read_codebook(tmp_path / f"{number}.yaml") == some


def test_the_shipped_codebook_and_its_upper_level_are_read_back(tmp_path):
    book = read_codebook(ROOT / "seeds/codebook.yaml")
    write_codebook(book, tmp_path / "again.yaml")
    assert read_codebook(tmp_path / "again.yaml") == book


def test_after_an_error_the_old_file_is_as_it_was(tmp_path, monkeypatch):
    path = write(tmp_path, WHOLE)

    def fail(new, old):
        assert Path(new).read_text("utf-8").startswith("frames:")
        raise OSError("full")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="full"):
        write_codebook(read_codebook(path), path)
    assert path.read_text("utf-8") == WHOLE
    assert [file.name for file in tmp_path.iterdir()] == ["codebook.yaml"]
