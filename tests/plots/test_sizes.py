"""Words of prose per document."""

from __future__ import annotations

import pandas as pd
import samples

from discourse.plots import corpus_overview
from discourse.plots.groups import looks
from discourse.plots.sizes import ROWS


def test_each_document_is_a_bar_with_its_words_under_its_group():
    ax = corpus_overview(samples.overview(), group="paper", order=["B", samples.PAPER])
    assert [bar.get_width() for bar in ax.patches] == [1200, 300, 50]
    assert [text.get_text() for text in ax.texts] == [" 1,200 words", " 300 words", " 50 words"]
    places = dict(zip([t.get_text() for t in ax.get_yticklabels()], ax.get_yticks(), strict=True))
    assert places["B"] < places["b1"] < places[samples.PAPER] < places["a1"] < places[samples.HOSTILE]
    heights = [round(bar.get_center()[1], 6) for bar in ax.patches]
    assert heights == [places["a1"], places[samples.HOSTILE], places["b1"]]


def test_bars_have_the_colours_of_their_groups():
    ax = corpus_overview(samples.overview(), group="paper", order=["B", samples.PAPER])
    other = corpus_overview(samples.overview(), group="paper")
    assert ax.patches[2].get_facecolor() == other.patches[0].get_facecolor()
    assert ax.patches[0].get_facecolor() == ax.patches[1].get_facecolor() != ax.patches[2].get_facecolor()
    assert looks(["B"])["B"].colour == "#0173b2"


def test_ordered_categories_are_drawn_in_their_order_unless_another_is_asked_for():
    table = pd.DataFrame({"doc_id": ["b", "a"], "prose_words": [2, 3]})
    table["tier"] = pd.Categorical(["low", "high"], ["high", "low"], ordered=True)
    for order, expected in ((None, ["high", "a", "low", "b"]), (["low"], ["low", "b", "high", "a"])):
        names = [label.get_text() for label in corpus_overview(table, group="tier", order=order).get_yticklabels()]
        assert sorted(names, key=expected.index) == expected
        places = corpus_overview(table, group="tier", order=order).get_yticks()
        assert [name for _, name in sorted(zip(places, names, strict=True))] == expected


def test_without_groups_all_documents_stand_in_one_block():
    ax = corpus_overview(samples.overview())
    assert [label.get_text() for label in ax.get_yticklabels()] == ["a1", samples.HOSTILE, "b1"]


def test_very_many_documents_are_dots_in_the_row_of_their_group():
    number = ROWS + 1
    table = pd.DataFrame({"doc_id": [f"d{i}" for i in range(number)], "prose_words": range(number)})
    table["paper"] = ["A", *["B"] * ROWS]
    ax = corpus_overview(table, group="paper")
    assert [len(line.get_xdata()) for line in ax.lines] == [1, ROWS]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["A (n = 1)", f"B (n = {ROWS})"]


def test_an_empty_document_has_room():
    ax = corpus_overview(pd.DataFrame({"doc_id": ["a"], "prose_words": [0]}))
    assert ax.get_xlim() == (0, 1)
