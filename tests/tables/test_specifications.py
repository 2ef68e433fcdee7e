"""The grid of choices: every combination once, and none that cannot be."""

from __future__ import annotations

from itertools import product

import pytest

from discourse import Choices
from discourse.tables.specifications import KNOWN, specifications

VALUES = {"voices": ("all", "author"), "zones": ("prose", "body", "titles too"), "repeated": ("in", "out")}


def test_all_together_are_every_combination_once() -> None:
    found = [tuple(own.values()) for own in specifications(VALUES, 0)]
    assert sorted(found) == sorted(product(*VALUES.values()))


@pytest.mark.parametrize("together", [1, 2, 3])
def test_no_more_choices_depart_than_may(together: int) -> None:
    first = [values[0] for values in VALUES.values()]
    departing = [
        sum(a != b for a, b in zip(own.values(), first, strict=True)) for own in specifications(VALUES, together)
    ]
    assert max(departing) == together
    assert departing == sorted(departing)
    assert departing.count(1) == 4


def test_capitals_and_lemmas_are_never_chosen_together() -> None:
    values = {"case": ("folded", "kept"), "lemmas": ("off", "on")}
    assert {"case": "kept", "lemmas": "on"} not in list(specifications(values, 0))
    assert len(list(specifications(values, 0))) == 3


def test_a_choice_keeps_its_first_value_whatever_is_taken_from_it() -> None:
    choices = Choices(voices=("author", "all")).without(voices=("author", "all"))
    assert choices.voices == ("author",)
    assert set(choices.values()) == set(KNOWN)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"voices": ("everyone",)}, "voices must be one of 'all', 'author'; got 'everyone'"),
        ({"case": ()}, "case must have one value at least; got none"),
        ({"together": -1}, "together must not be negative; got -1"),
    ],
)
def test_a_value_that_there_is_not_is_named(arguments: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Choices(**arguments)
