"""What holds for every function of discourse.plots."""

from __future__ import annotations

import io
import pkgutil
import subprocess
import sys

import matplotlib as mpl
import pytest
import samples
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from discourse import plots

SAMPLES = {
    "corpus_overview": samples.overview,
    "dispersion": samples.spread,
    "frame_frequencies": samples.frames,
    "frame_positions": samples.positions,
    "keyness": samples.keys,
    "name_shares": samples.names,
    "robustness": samples.specifications,
    "similarity": samples.pairs,
    "term_frequencies": samples.terms,
    "voice_shares": samples.voices,
}
every = pytest.mark.parametrize("name", sorted(SAMPLES))


def draw(name, table=None, **options):
    return getattr(plots, name)(SAMPLES[name]() if table is None else table, **options)


def svg_of(figure):
    page = io.BytesIO()
    with mpl.rc_context({"svg.hashsalt": "test", "svg.fonttype": "path"}):
        figure.savefig(page, format="svg", metadata={"Date": None})
    return page.getvalue()


def words_in(figure):
    return [text.get_text() for text in figure.findobj(Text) if text.get_visible()]


def test_every_exported_function_is_tested_here_and_hides_no_module():
    assert sorted(plots.__all__) == sorted(SAMPLES)
    assert not set(plots.__all__) & {module.name for module in pkgutil.iter_modules(plots.__path__)}


@every
def test_a_plot_is_drawn_on_the_axes_it_is_given_and_opens_no_figure(name):
    ax = Figure(figsize=(7, 5)).subplots()
    assert draw(name, ax=ax) is ax
    assert plt.get_fignums() == []


@every
def test_a_plot_without_axes_makes_one_figure_and_names_its_axes(name):
    ax = draw(name)
    assert isinstance(ax, Axes)
    assert len(plt.get_fignums()) == 1
    assert ax.get_title() == ""
    if name != "similarity":
        assert any(part.get_xlabel() for part in ax.figure.axes)


@every
def test_a_plot_changes_neither_its_table_nor_the_settings_of_matplotlib(name):
    table, settings = SAMPLES[name](), mpl.rcParams.copy()
    draw(name, table)
    assert table.equals(SAMPLES[name]())
    assert mpl.rcParams == settings


@every
def test_labels_are_drawn_as_they_are_written(name):
    figure = draw(name).figure
    svg_of(figure)  # a label read as mathematics would raise here
    shown = words_in(figure)
    assert any(samples.HOSTILE in words for words in shown)
    risky = [text for text in figure.findobj(Text) if "$" in text.get_text()]
    assert risky
    assert not any(text.get_parse_math() for text in risky)


@every
def test_two_drawings_are_the_same_bytes(name):
    assert svg_of(draw(name).figure) == svg_of(draw(name).figure)


@every
def test_a_table_without_rows_is_drawn_as_nothing_to_show(name):
    assert [text.get_text() for text in draw(name, SAMPLES[name]().iloc[:0]).texts] == ["nothing to show"]


@every
def test_a_missing_column_is_named_with_the_function_that_makes_it(name):
    table = SAMPLES[name]()
    needed = {"corpus_overview": "prose_words", "similarity": "similarity", "robustness": "estimate",
              "dispersion": "dp", "frame_positions": "position", "keyness": "log_ratio"}.get(name, "count")
    with pytest.raises(ValueError, match=rf"table must have a column '{needed}'; .* Give it a result of {name}\."):
        draw(name, table.drop(columns=needed))


@every
def test_one_row_is_enough(name):
    assert isinstance(draw(name, SAMPLES[name]().head(1)), Axes)


@every
def test_no_words_are_cut_off_or_lie_over_each_other(name, monkeypatch):
    figure = draw(name).figure
    places = drawn_words(figure, monkeypatch)
    assert len(places) > 3
    # The boxes of slanted names overlap where the names do not.
    level = [(words, box) for words, box, slanted in places if not slanted]
    for i, (words, box) in enumerate(level):
        assert box.x0 >= -1, words
        assert box.x1 <= figure.bbox.x1 + 1, words
        assert box.y0 >= -1, words
        assert box.y1 <= figure.bbox.y1 + 1, words
        for other, rival in level[i + 1 :]:
            assert _overlap(box, rival) < 1, (words, other)


def drawn_words(figure, monkeypatch):
    """The words that are drawn (not ticks beyond the limits), with their boxes (without leader lines)."""
    found = []
    draw_text = Text.draw

    def draw_and_note(self, renderer):
        if self.get_visible() and self.get_text():
            box = Text.get_window_extent(self, renderer)
            found.append((self.get_text(), box, bool(self.get_rotation() % 90)))
        return draw_text(self, renderer)

    monkeypatch.setattr(Text, "draw", draw_and_note)
    figure.canvas.draw()
    monkeypatch.undo()
    return found


def _overlap(a, b):
    wide = min(a.x1, b.x1) - max(a.x0, b.x0)
    high = min(a.y1, b.y1) - max(a.y0, b.y0)
    return max(0.0, min(wide, high))


def test_matplotlib_is_imported_with_the_plots_only():
    code = "import sys, discourse; sys.exit('matplotlib' in sys.modules or 'seaborn' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
