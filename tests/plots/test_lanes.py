"""The x-ray of frames."""

from __future__ import annotations

import pandas as pd
import samples

from discourse.plots import frame_positions
from discourse.plots.lanes import DOCUMENTS


def row_names(ax):
    return [label.get_text() for label in ax.get_yticklabels()]


def hits(ax, marker):
    return [x for line in ax.lines if line.get_marker() == marker for x in line.get_xdata()]


def test_hits_stand_at_their_place_as_ticks_or_rings():
    ax = frame_positions(samples.positions())
    assert sorted(hits(ax, "|")) == [0.0, 100.0]
    assert hits(ax, "o") == [50.0]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["in the author's own voice", "quoted"]


def test_lanes_with_hits_are_named_with_their_number():
    words = [text.get_text() for text in frame_positions(samples.positions()).texts]
    assert words == [f"{samples.HOSTILE} (2)", "war (1)"]


def test_documents_without_a_hit_are_shown_in_the_order_of_the_groups():
    groups = pd.Series({"silent": "B", samples.HOSTILE: "A", "a1": "A"})
    ax = frame_positions(samples.positions(), groups=groups, order=["A", "B"])
    assert row_names(ax) == [f"{samples.HOSTILE}\nA", "a1\nA", "silent\nB"]
    ax = frame_positions(samples.positions(), groups=groups.astype(pd.CategoricalDtype(["A", "B"], ordered=True)))
    assert row_names(ax) == [f"{samples.HOSTILE}\nA", "a1\nA", "silent\nB"]


def test_without_groups_documents_come_as_the_table_has_them():
    assert row_names(frame_positions(samples.positions())) == ["a1", samples.HOSTILE]


def test_a_frame_has_one_lane_and_one_colour_in_all_documents():
    table = pd.DataFrame({"doc_id": ["a", "b", "a"], "frame": ["war", "war", "lake"], "position": 0.5})
    table["voice"] = "author"
    lines = frame_positions(table).lines
    assert lines[0].get_color() == lines[2].get_color() != lines[1].get_color()
    assert lines[0].get_ydata()[0] % 4 == lines[2].get_ydata()[0] % 4


def test_without_other_voices_the_legend_has_one_sign():
    ax = frame_positions(samples.positions().query("voice == 'author'"))
    assert len(ax.get_legend().get_texts()) == 1


def test_very_many_documents_are_drawn_as_their_groups():
    names = [f"d{i}" for i in range(DOCUMENTS + 1)]
    table = pd.DataFrame({"doc_id": names, "frame": "war", "position": 0.5, "voice": "author"})
    groups = dict.fromkeys(names, "B") | {"d0": "A"}
    assert row_names(frame_positions(table, groups=groups)) == ["A", "B"]
    assert row_names(frame_positions(table)) == ["all texts"]
