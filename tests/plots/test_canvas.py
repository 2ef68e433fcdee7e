"""What all figures share."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath

from discourse._errors import demand
from discourse.plots.canvas import NORMAL, apart, canvas, dot, inches, legend, name_rows, only, under_headings
from discourse.plots.groups import looks


def test_the_estimated_width_of_words_is_never_below_that_of_usual_words():
    for words in ["great-power competition", "containment and encirclement", "korybko-2025-12-11", "12,345 words"]:
        drawn = TextPath((0, 0), words, size=NORMAL, prop=FontProperties("DejaVu Sans")).get_extents().width / 72
        assert drawn <= inches(words, NORMAL) < 1.4 * drawn


def test_dots_at_one_place_move_apart_and_others_stay():
    moved = apart([0, 0, 0, 9, 0], [1, 1, 1, 1, 2], 0.1)
    assert len(set(moved[:3])) == 3
    assert moved[3] == moved[4] == 0


def test_missing_values_do_not_move_dots():
    assert apart([np.nan, 1.0, np.nan], [0, 0, 0], 0.1)[1] == 0


def test_rows_stand_below_each_other_in_the_order_given():
    ax = canvas(Figure().subplots(), 3)
    name_rows(ax, ["first", "second"])
    bottom, top = ax.get_ylim()
    assert bottom > 1 > 0 > top
    assert [label.get_text() for label in ax.get_yticklabels()] == ["first", "second"]


def test_a_heading_over_everything_is_left_out():
    assert under_headings({"all texts": ["a", "b"]}) == ({}, {("all texts", "a"): 0.0, ("all texts", "b"): 1.0})


def test_a_legend_of_many_long_names_takes_several_lines_and_stays_above_the_data():
    ax = canvas(Figure(figsize=(7, 4), layout="constrained").subplots(), 3)
    names = [f"a rather long name of group {i}" for i in range(7)]
    legend(ax, [dot(look) for look in looks(names).values()], names)
    ax.figure.canvas.draw()
    box = ax.get_legend().get_window_extent()
    assert box.y0 >= ax.get_window_extent().y1
    assert box.x1 <= ax.figure.bbox.x1


def test_a_legend_shows_names_that_begin_with_an_underscore():
    ax = Figure().subplots()
    legend(ax, [dot(looks(["_x"])["_x"])], ["_x"])
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["_x"]


def test_one_of_several_values_has_to_be_named():
    table = pd.DataFrame({"referent": ["war", "lake", "war"]})
    assert len(only(table, "referent", "war")) == 2
    with pytest.raises(ValueError, match=r"referent must be one of 'war', 'lake'; got 'wars'\. Did you mean 'war'\?"):
        only(table, "referent", "wars")


def test_a_table_without_columns_is_refused_in_words():
    with pytest.raises(ValueError, match=r"it has none\. Give it a result of dispersion\."):
        demand(pd.DataFrame(), ["term"], "dispersion")
