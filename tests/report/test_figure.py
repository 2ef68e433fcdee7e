"""Figures whose bytes depend on what is drawn alone."""

import re
from xml.etree import ElementTree

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib import pyplot as plt

from discourse.report.figure import drawn, figure_of

mpl.use("agg")


def small_figure() -> plt.Figure:
    figure, ax = plt.subplots(figsize=(2, 2))
    ax.scatter([1, 2], [2, 1])
    ax.set_clip_on(True)
    return figure


def test_the_same_drawing_gives_the_same_bytes() -> None:
    assert drawn(small_figure()) == drawn(small_figure())


def test_no_date_and_no_version_is_written() -> None:
    svg, png = drawn(small_figure())
    assert "<dc:date>" not in svg
    assert "Matplotlib v" not in svg
    assert b"Software" not in png
    ElementTree.fromstring(svg)


def test_places_are_written_to_a_hundredth_of_a_point() -> None:
    svg, _ = drawn(small_figure())
    places = re.findall(r' (?:d|x|y)="([^"]*)"', svg)
    assert any("." in place for place in places)
    assert not any(re.search(r"\.\d{3}", place) for place in places)


def test_a_drawn_figure_is_closed() -> None:
    figure = small_figure()
    drawn(figure)
    assert not plt.fignum_exists(figure.number)


@pytest.mark.parametrize("choose", [lambda f: f, lambda f: f.axes[0], lambda f: np.array([f.axes[0]])])
def test_axes_arrays_of_axes_and_figures_name_their_figure(choose) -> None:
    figure = small_figure()
    assert figure_of(choose(figure)) is figure
    plt.close(figure)
