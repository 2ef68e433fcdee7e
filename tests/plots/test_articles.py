"""Frames: a dot for every article."""

from __future__ import annotations

import numpy as np
import pytest
import samples

from discourse.plots import frame_frequencies


def lines(ax, marker):
    return [line for line in ax.lines if line.get_marker() == marker]


def test_every_document_is_a_dot_also_at_zero():
    ax = frame_frequencies(samples.frames())
    assert sorted(lines(ax, "o")[0].get_xdata()) == [0.0, 2.0, 4.0, 6.0]
    assert sorted(lines(ax, "s")[0].get_xdata()) == [0.0, 2.0]
    assert ax.get_xlim()[0] < 0
    assert list(ax.patches) == []  # never a bar


def test_the_tick_is_the_rate_of_all_documents_of_the_group():
    ax = frame_frequencies(samples.frames())
    first, second = (line.get_xdata().tolist() for line in lines(ax, "|"))
    assert first == [4.0, 2.0]  # war: 1 + 3 in 1,000 words
    assert second == [2.0, 0.0]


def test_rates_given_are_drawn_as_ticks():
    table = samples.frames()
    rates = table.groupby(["paper", "frame"], as_index=False, sort=False)[["count", "total"]].sum()
    rates["count"] *= 10
    assert lines(frame_frequencies(table, rates=rates), "|")[0].get_xdata().tolist() == [40.0, 20.0]


def test_a_group_of_one_document_is_hollow_and_says_so():
    ax = frame_frequencies(samples.frames())
    assert lines(ax, "s")[0].get_markerfacecolor() == "white"
    assert lines(ax, "o")[0].get_markerfacecolor() != "white"
    words = [text.get_text() for text in ax.get_legend().get_texts()]
    assert words == [f"{samples.PAPER} (n = 2)", "B (n = 1)", "rate of the group"]


def test_dots_stand_in_the_lane_of_their_group_inside_the_row_of_their_frame():
    ax = frame_frequencies(samples.frames())
    rows = [label.get_text() for label in ax.get_yticklabels()]
    assert rows == ["war", samples.HOSTILE]
    for line in [*lines(ax, "o"), *lines(ax, "s")]:
        assert np.abs(line.get_ydata() - np.round(line.get_ydata())).max() < 0.5
    assert lines(ax, "o")[0].get_ydata().mean() < lines(ax, "s")[0].get_ydata().mean()


def test_a_table_without_documents_shows_counting_intervals():
    table = samples.frames().drop(columns="doc_id").iloc[2:].assign(low=0.5, high=30.0)
    ax = frame_frequencies(table)
    assert lines(ax, "|") == []
    assert ax.get_xlim()[1] > 30
    assert ax.get_legend().get_texts()[-1].get_text() == "counting interval"


def test_limits_over_documents_are_not_called_counting_intervals():
    table = samples.frames().drop(columns="doc_id").iloc[2:].assign(low=0.5, high=30.0)
    for names, told in ((["t over documents", "Garwood counting interval"], "interval, see the table"),
                        (["Garwood counting interval"] * 2, "counting interval")):
        ax = frame_frequencies(table.assign(interval=(names * 2)[: len(table)]))
        assert ax.get_legend().get_texts()[-1].get_text() == told


def test_a_frame_that_is_nowhere_is_drawn_at_zero():
    ax = frame_frequencies(samples.frames().assign(count=0))
    assert set(lines(ax, "o")[0].get_xdata()) == {0.0}


def test_a_document_without_words_has_no_rate():
    ax = frame_frequencies(samples.frames().assign(total=[0, 0, 500, 500, 500, 500]))
    assert np.isnan(lines(ax, "o")[0].get_xdata()).sum() == 2


def test_rates_of_another_table_are_refused():
    with pytest.raises(ValueError, match="table must have a column 'frame'"):
        frame_frequencies(samples.frames(), rates=samples.terms())
