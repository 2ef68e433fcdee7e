"""Key terms: the points, and names that never lie over each other."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import samples
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from discourse.plots import keyness
from discourse.plots.margins import LONGEST, stacked


def boxes(ax):
    ax.figure.canvas.draw()
    return [Text.get_window_extent(text, ax.figure.canvas.get_renderer()) for text in ax.texts]


def overlaps(found):
    return [
        (a, b)
        for i, a in enumerate(found)
        for b in found[i + 1 :]
        if min(a.x1, b.x1) > max(a.x0, b.x0) and min(a.y1, b.y1) > max(a.y0, b.y0)
    ]


def offsets(ax):
    return np.concatenate([np.asarray(points.get_offsets()) for points in ax.collections])


def test_points_stand_at_log_ratio_and_z_with_areas_in_the_order_of_their_counts():
    table = samples.keys()
    ax = keyness(table)
    places = table[["log_ratio", "log_odds_z"]].to_numpy()
    assert np.allclose(sorted(offsets(ax).tolist()), sorted(places.tolist()))
    sizes = [points.get_sizes()[0] for points in ax.collections]
    assert (np.diff(sizes) < 0).all()


def test_the_most_extreme_terms_of_both_sides_are_named():
    words = [text.get_text() for text in keyness(samples.keys(), label=2).texts]
    assert words == ["term 0", samples.HOSTILE, "term 59", "term 58"]


@pytest.mark.parametrize("size", [(3, 2), (4, 6), (9, 4)])
def test_no_two_names_overlap_whatever_the_axes(size):
    figure = Figure(figsize=size, layout="constrained")
    FigureCanvasAgg(figure)
    for ax in figure.subplots(1, 2):
        keyness(samples.keys(), label=40, ax=ax)
        assert overlaps(boxes(ax)) == []


def test_no_two_names_overlap_where_all_points_are_at_one_place():
    table = samples.keys().assign(log_ratio=2.0, log_odds_z=3.0)
    found = boxes(keyness(table, label=12))
    assert len(found) == 12
    assert overlaps(found) == []


def test_names_do_not_lie_over_points():
    ax = keyness(samples.keys())
    found = boxes(ax)
    points = ax.transData.transform(offsets(ax))
    assert not any(box.contains(x, y) for box in found for x, y in points)


@settings(max_examples=50)
@given(st.lists(st.floats(-0.5, 1.5), max_size=10))
def test_stacked_heights_keep_their_order_distance_and_bounds(heights):
    places = stacked(np.sort(np.array(heights, float))[::-1], 0.1)
    assert (np.diff(places) <= -0.1 + 1e-9).all()
    assert ((places >= 0.05 - 1e-9) & (places <= 0.95 + 1e-9)).all()


def test_heights_with_room_stay_where_they_are():
    assert stacked(np.array([0.8, 0.5, 0.2]), 0.1).tolist() == [0.8, 0.5, 0.2]


def test_several_targets_need_a_choice():
    table = pd.concat([samples.keys(), samples.keys().assign(paper="C")])
    with pytest.raises(ValueError, match=r"paper must be one of .* because the table holds several; got None"):
        keyness(table)
    assert "more in C" in keyness(table, target="C").get_xlabel()


def test_very_long_terms_are_shortened():
    table = samples.keys().assign(term="x" * 60)
    assert {len(text.get_text()) for text in keyness(table).texts} == {LONGEST}


def test_frames_are_drawn_like_terms():
    ax = keyness(samples.keys().rename(columns={"term": "frame"}), label=1)
    assert [text.get_text() for text in ax.texts] == [samples.HOSTILE, "term 59"]


def test_undefined_scores_are_not_drawn():
    table = samples.keys()
    table.loc[0, "log_odds_z"] = np.nan
    assert len(offsets(keyness(table))) == 60
    assert [text.get_text() for text in keyness(table.assign(log_ratio=np.inf)).texts] == ["nothing to show"]
