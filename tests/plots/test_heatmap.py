"""Similarity of each with each."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import samples

from discourse.plots import similarity
from discourse.plots.heatmap import CELLS, NAMES


def square(ax):
    return np.ma.filled(ax.collections[0].get_array(), np.nan)


def row_names(ax):
    return [label.get_text() for label in ax.get_yticklabels()]


def test_the_square_is_symmetric_and_its_diagonal_empty():
    values = square(similarity(samples.pairs()))
    assert np.array_equal(values, values.T, equal_nan=True)
    assert np.isnan(np.diag(values)).all()
    assert values[0].tolist()[1:] == [0.5, 0.25]


def test_cells_carry_two_decimals():
    words = {text.get_text() for text in similarity(samples.pairs()).texts}
    assert words == {"0.50", "0.25", "1.00"}


def test_documents_stand_by_their_groups_in_the_order_of_the_study():
    groups = pd.Series({"c": "North", "absent": "South", samples.HOSTILE: "South", "b": "North"})
    ax = similarity(samples.pairs(), groups=groups, order=["South", "North"])
    assert row_names(ax) == [f"{samples.HOSTILE} · South", "c · North", "b · North"]
    assert [label.get_text() for label in ax.get_xticklabels()] == [samples.HOSTILE, "c", "b"]
    assert square(ax)[0].tolist()[1:] == [0.25, 0.5]
    ax = similarity(samples.pairs(), groups=groups.astype(pd.CategoricalDtype(["South", "North"], ordered=True)))
    assert row_names(ax) == [f"{samples.HOSTILE} · South", "c · North", "b · North"]
    assert [line.get_ydata()[0] for line in ax.lines[::2]] == [1]


def test_without_groups_the_order_is_that_of_the_items():
    assert row_names(similarity(samples.pairs(), order=["c", "b"])) == ["c", "b", samples.HOSTILE]


def many(number):
    pairs = pd.DataFrame(itertools.combinations([f"d{i:03}" for i in range(number)], 2), columns=["a", "b"])
    return pairs.assign(similarity=0.5)


def test_many_items_have_a_scale_instead_of_numbers():
    ax = similarity(many(CELLS + 1))
    assert len(ax.texts) == 0
    assert [part.get_ylabel() for part in ax.figure.axes[1:]] == ["similarity"]
    assert len(row_names(ax)) == CELLS + 1


def test_very_many_items_have_no_names():
    assert row_names(similarity(many(NAMES + 1))) == []
