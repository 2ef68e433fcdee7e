"""Fonts: nothing in a figure is a box."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
import pytest

from discourse.plots import corpus_overview, fonts
from discourse.plots.fonts import BASE, FONT, families, legible

LACKING = "No font here has the characters"


@pytest.fixture(autouse=True)
def _only_the_font_of_matplotlib(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What is installed on this machine does not matter."""
    monkeypatch.setattr(fonts, "FONT", [BASE])
    fonts._drawable.cache_clear()
    yield
    fonts._drawable.cache_clear()


def test_words_of_many_scripts_stay_as_they_are() -> None:
    for words in ("Türkiye", "Баку", "Αθήνα", "العربية", "ירושלים", "a\nb"):
        assert legible(words) == words


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("Kyzyl \U0001f44d", "Kyzyl [thumbs up sign]"),
        ("\u4e2d\u6587 A", "[U+4E2D U+6587] A"),
        ("\U0001f44d\nB", "[thumbs up sign]\nB"),
    ],
)
def test_characters_that_no_font_has_are_written_by_name_or_number_with_a_warning(words: str, written: str) -> None:
    with pytest.warns(UserWarning, match=rf"^{LACKING} .* Install a font that has them"):
        assert legible(words) == written


def test_groups_of_such_names_are_told_apart_in_figures() -> None:
    table = pd.DataFrame({"doc_id": ["a", "b"], "prose_words": [1, 2], "side": ["\u4e2d", "\u6587"]})
    with pytest.warns(UserWarning, match=LACKING):
        ax = corpus_overview(table, group="side")
    names = {label.get_text() for label in ax.get_yticklabels()}
    assert {"[U+4E2D]", "[U+6587]"} <= names
    ax.figure.canvas.draw()  # matplotlib warns of every box that it draws


def test_fonts_of_the_machine_stand_behind_the_one_that_is_always_there() -> None:
    assert families(frozenset(["Noto Sans CJK JP", "Noto Color Emoji"])) == [BASE, "Noto Sans CJK JP"]
    assert FONT[0] == families()[0] == BASE
