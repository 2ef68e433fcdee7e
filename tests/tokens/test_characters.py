"""Classes of characters."""

import unicodedata

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from discourse.tokens.scanning import characters
from discourse.tokens.scanning.characters import APOSTROPHES, HYPHENS, MARK, OTHER, SPACE, class_of, classes


def page(text):
    return np.frombuffer(text.encode() + b"\n\n\n", np.uint8)


@given(st.text(max_size=30))
def test_every_byte_has_the_class_of_its_character(text):
    expected = [class_of(character) for character in text for _ in character.encode()]
    assert classes(page(text)).tolist()[: len(expected)] == expected


def test_words_and_signs_are_what_their_categories_say():
    for character in map(chr, range(0x110000)):
        kind, category = class_of(character), unicodedata.category(character)[0]
        assert (kind >= MARK) == (category in "LMN"), character
        assert (kind == SPACE) == (category in "ZC"), character


def test_joints_take_one_byte_or_three():
    assert {len(character.encode()) for character in APOSTROPHES + HYPHENS} == {1, 3}
    assert not {class_of(character) for character in APOSTROPHES + HYPHENS + "."} & {SPACE, OTHER}


def test_a_page_of_code_points_is_learned_when_one_of_them_is_met(monkeypatch):
    table = np.full(0x110000, characters.UNKNOWN, np.uint8)
    monkeypatch.setattr(characters, "BY_CODE_POINT", table)
    assert classes(page("é界é")).max() == characters.LETTER
    assert sorted(np.unique(np.flatnonzero(table != characters.UNKNOWN) // 256)) == [0, ord("界") // 256]
