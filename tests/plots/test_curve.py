"""The specification curve."""

from __future__ import annotations

import numpy as np
import pandas as pd
import samples
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from discourse.plots import robustness


def words(ax):
    return [text.get_text() for text in ax.get_legend().get_texts()]


def rows(ax):
    below = next(part for part in ax.figure.axes if part is not ax)
    names = [label.get_text() for label in below.get_yticklabels()]
    dots = [line for line in below.lines if line.get_marker() == "s"]
    return {name: line.get_xdata().tolist() for name, line in zip(names, dots, strict=True)}


def test_estimates_are_sorted_and_marked_by_whether_the_claim_holds():
    ax = robustness(samples.specifications())
    kept, broken, ring = ax.lines[1:4]
    assert (kept.get_xdata().tolist(), kept.get_ydata().tolist()) == ([1, 2], [0.5, 1.5])
    assert (broken.get_xdata().tolist(), broken.get_ydata().tolist()) == ([0], [-0.25])
    assert ring.get_xdata().tolist() == [2]


def test_the_legend_counts_what_holds_what_does_not_and_what_is_undefined():
    assert words(robustness(samples.specifications())) == [
        "holds (2 of 3)", "does not hold (1)", "the usual choices", "without an estimate, not drawn (1)",
    ]


def test_each_departure_has_a_dot_under_each_specification_made_with_it():
    assert rows(robustness(samples.specifications())) == {
        "voices: author": [0, 1], f"left out: {samples.HOSTILE}": [0],
    }


def test_choices_can_be_named_and_counts_are_none():
    assert list(rows(robustness(samples.specifications(), choices=["voices"]))) == ["voices: author"]


def test_without_choices_there_is_no_lower_part():
    ax = robustness(pd.DataFrame({"specification": [0], "estimate": [1.0], "holds": [True]}))
    assert ax.figure.axes == [ax]


def test_both_parts_stay_in_the_place_of_the_axes_given():
    figure = Figure(figsize=(9, 5))
    place, other = figure.subplots(1, 2)
    before = place.get_position().bounds
    ax = robustness(samples.specifications(), ax=place)
    FigureCanvasAgg(figure).draw()
    below = next(part for part in figure.axes if part not in (place, other))
    assert ax is place
    upper, lower = (part.get_window_extent().transformed(figure.transFigure.inverted()) for part in (ax, below))
    assert lower.y0 >= before[1] - 0.001
    assert upper.y1 <= before[1] + before[3] + 0.001
    assert lower.y1 < upper.y0


def test_without_the_specification_that_leaves_nothing_out_there_is_no_ring():
    ax = robustness(samples.specifications().iloc[1:])
    assert words(ax) == ["holds (1 of 2)", "does not hold (1)", "without an estimate, not drawn (1)"]


def test_hundreds_of_specifications_are_drawn():
    number = 400
    table = pd.DataFrame(
        {"specification": range(number), "voices": np.where(np.arange(number) % 2, "all", "author"),
         "estimate": np.linspace(-1, 3, number), "holds": np.linspace(-1, 3, number) > 0}
    )
    assert words(robustness(table))[0] == "holds (300 of 400)"


def test_estimates_that_are_all_undefined_leave_nothing_to_show():
    ax = robustness(samples.specifications().assign(estimate=float("nan")))
    assert [text.get_text() for text in ax.texts] == ["nothing to show"]


def test_a_tie_is_neither_held_nor_broken():
    table = samples.specifications().assign(estimate=[1.5, 0.0, 0.5, -0.25])
    ax = robustness(table)
    assert words(ax) == ["holds (2 of 3)", "does not hold (1)", "a tie (1)", "the usual choices"]
    tie = ax.lines[3]
    assert (tie.get_ydata().tolist(), tie.get_markerfacecolor()) == ([0.0], "none")
