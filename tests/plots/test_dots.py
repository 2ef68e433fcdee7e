"""Terms as rows of dots."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import samples

from discourse.plots import dispersion, term_frequencies


def row_names(ax):
    return [label.get_text() for label in ax.get_yticklabels()]


def dots(ax, marker):
    line = next(line for line in ax.lines if line.get_marker() == marker and len(line.get_xdata()) > 1)
    return dict(zip((row_names(ax)[round(y)] for y in line.get_ydata()), line.get_xdata().tolist(), strict=True))


def test_each_group_has_its_rates_on_the_rows_of_the_terms():
    ax = term_frequencies(samples.terms())
    assert row_names(ax) == ["peace", samples.HOSTILE, "lake"]
    assert dots(ax, "o") == {"peace": 1.0, samples.HOSTILE: 3.0, "lake": 0.0}
    assert dots(ax, "s") == {"peace": 8.0, samples.HOSTILE: 0.0, "lake": 2.0}


def test_only_the_first_terms_of_each_group_are_drawn():
    assert row_names(term_frequencies(samples.terms(), top=1)) == ["peace", samples.HOSTILE]


def test_an_absent_term_is_zero_only_where_the_table_goes_down_to_single_hits():
    cut = samples.terms().query("count > 1")
    ax = term_frequencies(cut)
    line = next(line for line in ax.lines if line.get_marker() == "o")
    assert np.isnan(line.get_xdata()).sum() == 1
    assert "–" in [text.get_text() for text in ax.texts]


def test_the_hits_stand_beside_the_dots_in_the_order_of_the_groups():
    ax = term_frequencies(samples.terms(), order=["B"])
    words = [text.get_text() for text in ax.texts]
    assert words == ["4", "0", "1", "1", "3", "0", "hits"]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["B", samples.PAPER]


def test_one_group_needs_no_legend():
    ax = term_frequencies(samples.terms().drop(columns="paper").head(2))
    assert ax.get_legend() is None


def test_seven_groups_are_drawn_without_columns_of_hits():
    table = pd.DataFrame({"paper": list("ABCDEFG"), "term": "war", "count": 1, "per_1k": range(7)})
    assert len(term_frequencies(table).texts) == 0


def test_dots_of_equal_rate_do_not_hide_each_other():
    table = pd.DataFrame({"paper": list("AB"), "term": "war", "count": 1, "per_1k": 2.0})
    ax = term_frequencies(table)
    heights = {line.get_ydata()[0] for line in ax.lines if line.get_marker() in "os" and line.get_xdata()[0] == 2.0}
    assert len(heights) == 2


def test_top_below_one_is_refused():
    with pytest.raises(ValueError, match="top must be at least 1; got 0"):
        term_frequencies(samples.terms(), top=0)


def test_dispersion_has_the_most_even_term_on_top():
    ax = dispersion(samples.spread())
    assert row_names(ax) == ["war", samples.HOSTILE]
    assert ax.lines[0].get_xdata().tolist() == [0.1, 0.5]
    assert [text.get_text() for text in ax.texts] == ["in 2 of 2, 9 hits", "in 1 of 2, 3 hits"]
    assert ax.get_xlim()[0] < 0 < 1 < ax.get_xlim()[1]


def test_dispersion_draws_the_most_frequent_terms():
    assert row_names(dispersion(samples.spread(), top=1)) == ["war"]
