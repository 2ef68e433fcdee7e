"""The concordance page: every measure stands on it once, with its options, and nothing that is no measure."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

import discourse
from discourse import measures

PAGE = (Path(discourse.__file__).parent.parent / "docs" / "measures.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `(\w+)` \|(.*)\|$", PAGE, re.MULTILINE)
# Arguments that choose between conventions of tools; the others are data, levels, sizes and seeds.
CONVENTIONS = set(
    """
    adjustment against alternative correction deviation ends estimate form formula norm pool rates scale variance zeros
""".split()
)


def test_every_public_measure_stands_on_the_page_once():
    assert sorted(name for name, _ in ROWS) == measures.__all__


@pytest.mark.parametrize(("name", "cells"), ROWS)
def test_a_row_says_default_who_agrees_and_who_differs(name, cells):
    default, agrees, _ = cells.split(" | ")
    assert default.strip()
    assert agrees.strip()
    for argument, value in re.findall(r'`(\w+)="(\w+)"', cells):
        assert argument in inspect.signature(getattr(measures, name)).parameters
        assert f"`{value}`" in str(inspect.getdoc(getattr(measures, name))), value


@pytest.mark.parametrize("name", measures.__all__)
def test_every_choice_between_conventions_is_named_on_the_page(name):
    arguments = CONVENTIONS.intersection(inspect.signature(getattr(measures, name)).parameters)
    cells = dict(ROWS)[name]
    assert [argument for argument in arguments if argument not in cells and f"`{argument}=" not in PAGE] == []
