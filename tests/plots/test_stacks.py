"""Shares of a whole."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
import pytest
import samples

from discourse.plots import name_shares, voice_shares


def words(ax):
    return [text.get_text() for text in ax.texts]


def test_names_are_parts_of_a_bar_with_their_counts():
    ax = name_shares(samples.names())
    assert [bar.get_width() for bar in ax.patches] == [75, 25]
    assert [bar.get_x() for bar in ax.patches] == [0, 75]
    assert words(ax)[:3] == ["war 3", f"{samples.HOSTILE} 1", "n = 4"]


def test_a_group_that_never_mentions_the_referent_says_so():
    ax = name_shares(samples.names())
    assert words(ax)[3:] == ["no mention", "n = 0"]
    assert [label.get_text() for label in ax.get_yticklabels()] == [samples.PAPER, "B"]


def test_a_group_without_rows_for_the_referent_keeps_its_row():
    other = samples.names().assign(referent="the lake", paper="C")
    ax = name_shares(pd.concat([samples.names(), other]), referent="the war")
    assert [label.get_text() for label in ax.get_yticklabels()] == [samples.PAPER, "B", "C"]
    assert words(ax)[3:] == ["no mention", "n = 0"] * 2


def test_a_name_has_one_colour_in_all_groups_and_a_part_of_the_legend():
    table = samples.names().assign(count=[3, 1, 1, 1], total=[4, 4, 2, 2])
    ax = name_shares(table)
    colours = [bar.get_facecolor() for bar in ax.patches]
    assert colours[0] == colours[2] != colours[1] == colours[3]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["war", samples.HOSTILE]


def test_eleven_names_are_told_apart():
    table = pd.DataFrame({"referent": "r", "name": [f"n{i:02}" for i in range(11)], "count": 1, "total": 11})
    fills = {(bar.get_facecolor(), bar.get_hatch()) for bar in name_shares(table).patches}
    assert len(fills) == 11


def test_a_part_too_thin_for_words_has_none():
    table = pd.DataFrame({"referent": "r", "name": ["usual", "rare"], "count": [999, 1], "total": 1000})
    assert words(name_shares(table)) == ["usual 999", "n = 1,000"]


def test_words_in_parts_do_not_overlap_where_long_names_leave_little_room():
    voices = {"author": 70, "quoted": 20, "reported": 6, "marked": 4}
    table = pd.DataFrame({"voice": list(voices), "count": list(voices.values()), "total": 100})
    table.insert(0, "paper", "A long name that takes half of the page")
    ax = voice_shares(table)
    ax.figure.canvas.draw()
    boxes = [text.get_window_extent() for text in ax.texts]
    assert len(boxes) > 2
    assert all(left.x1 < right.x0 for left, right in pairwise(boxes))


def test_several_referents_need_a_choice():
    table = pd.concat([samples.names(), samples.names().assign(referent="the lake")])
    with pytest.raises(ValueError, match="referent must be one of 'the war', 'the lake', because"):
        name_shares(table)


def test_a_referent_that_nobody_mentions_is_drawn_empty():
    ax = name_shares(samples.names().assign(count=0, total=0))
    assert words(ax) == ["no mention", "n = 0"] * 2


def test_voices_of_documents_stand_under_their_group():
    ax = voice_shares(samples.voices(), order=["B"])
    assert [label.get_text() for label in ax.get_yticklabels()] == ["B", samples.PAPER, "b1", samples.HOSTILE]
    assert words(ax) == ["author 100.0 %", "n = 10", "author 75.0 %", "quoted 25.0 %", "n = 100"]


def test_voices_come_in_one_order_whatever_that_of_the_table():
    table = pd.DataFrame({"voice": ["quoted", "other", "author"], "count": [1, 1, 2], "total": 4})
    ax = voice_shares(table)
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["author", "quoted", "other"]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["all texts"]


def test_a_group_of_documents_without_words_says_so():
    ax = voice_shares(samples.voices().assign(count=0, total=0))
    assert words(ax) == ["no words", "n = 0"] * 2
