"""Institutions that are spoken of by their kind, or by what is short for their name."""

import pytest

from discourse.tokens.voices.institutions import Institutions

KINDS = {
    "kind": ("The World Dairy Council met. ", "the council", "World Dairy Council"),
    "name that begins with it": ("The Ministry of Defence met. ", "The ministry", "Ministry of Defence"),
    "two of a kind": ("The Dairy Council met the Wool Council. ", "the council", ""),
    "none": ("The pilots met. ", "the council", ""),
    "no kind": ("The World Dairy Council met. ", "the pilots", ""),
    "behind a conjunction": ("The World Dairy Council met. ", "left and the council", "World Dairy Council"),
}


@pytest.mark.parametrize(("text", "words", "name"), KINDS.values(), ids=KINDS)
def test_a_kind_stands_for_the_one_institution_that_is_named(text, words, name):
    assert Institutions(text).named(words, len(text)) == name


def test_what_is_named_later_is_not_meant():
    assert Institutions("The World Dairy Council met.").named("the council", 3) == ""


def test_what_is_short_for_a_name_has_its_letters():
    held = Institutions("The International Milk Institute (IMI) met Ada Lind (WHO) and the Wool Fund (WOOLF).")
    names = [held.in_full(short) for short in ("IMI", "WHO", "WOOLF")]
    assert names == ["International Milk Institute", "WHO", "WOOLF"]
