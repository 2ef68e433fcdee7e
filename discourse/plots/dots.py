"""Terms as rows of dots: how often in each group, how evenly over the documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.transforms import ScaledTranslation

from discourse._errors import demand

from .canvas import (
    EM,
    FAINT,
    GREY,
    SMALL,
    apart,
    canvas,
    dot,
    legend,
    name_axes,
    name_rows,
    nothing,
    write_beside,
)
from .groups import COLOURS, Look, group_labels, looks, ordered

ROW = 0.24  # inches
CLOSE = 0.015  # of the width: dots nearer than this would hide each other
COLUMNS = 6  # groups whose hits are written beside the dots; more would leave no room for the dots


def term_frequencies(
    table: pd.DataFrame, *, top: int = 12, order: Sequence[str] | None = None, ax: Axes | None = None
) -> Axes:
    """Draw the most frequent terms of each group, a dot per group, counts on the right.

    The terms that are among the first `top` of any group are drawn, the highest mean rate on top. A group that
    lacks a term stands at zero if the table goes down to the terms that occur once in it; where rows were cut
    off before, it has no dot.

    Args:
        table: a result of `term_frequencies`, or its rows of chosen terms: `[group…], term, count, per_1k`.
        top: how many terms of each group.
        order: the groups, by default as they appear.
        ax: where to draw, by default in a new figure.

    Returns:
        The axes: x in hits per 1,000 words, a row per term.

    Raises:
        ValueError: a column is missing, or `top` is below 1.

    >>> from matplotlib.figure import Figure
    >>> table = pd.DataFrame({"term": ["war", "peace"], "count": [3, 1], "per_1k": [30.0, 10.0]})
    >>> ax = term_frequencies(table, ax=Figure().subplots())
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['war', 'peace']
    """
    demand(table, ("term", "count", "per_1k"), "term_frequencies")
    if table.empty:
        return nothing(ax)
    if top < 1:
        raise ValueError(f"top must be at least 1; got {top}. It is the number of terms of each group.")
    groups = group_labels(table, "term")
    names = ordered(groups, order)
    rates, counts = (_grid(table, groups, column).reindex(columns=names) for column in ("per_1k", "count"))
    rates = rates.loc[_leading(rates, top)]
    counts = counts.loc[rates.index]
    ax = canvas(ax, 1.0 + ROW * len(rates))
    style = looks(names, order)
    _draw_rates(ax, rates, style)
    if len(names) <= COLUMNS:
        _counts_beside(ax, counts, style)
    name_axes(ax, "per 1,000 words")
    if len(names) > 1:
        legend(ax, [dot(style[name]) for name in names], names)
    return ax


def _grid(table: pd.DataFrame, groups: pd.Series, column: str) -> pd.DataFrame:
    """Terms × groups; zero where a group lacks a term for certain, else missing."""
    grid = table.assign(group=groups).pivot_table(index="term", columns="group", values=column, sort=False)
    lowest = table["count"].groupby(groups).min()
    return grid.fillna(dict.fromkeys(lowest.index[lowest <= 1], 0))


def _leading(rates: pd.DataFrame, top: int) -> list[str]:
    """The first terms of every group, those with the highest mean rate first, ties by term."""
    ranks = rates.rank(method="first", ascending=False)
    chosen = rates[((ranks <= top) & (rates > 0)).any(axis=1)]
    mean = chosen.fillna(0).mean(axis=1)
    return [term for _, term in sorted((-value, str(term)) for term, value in mean.items())]


def _draw_rates(ax: Axes, rates: pd.DataFrame, style: Mapping[str, Look]) -> None:
    right = float(np.nanmax(rates.to_numpy())) or 1.0
    places = np.arange(len(rates))
    ax.hlines(places, rates.min(axis=1), rates.max(axis=1), color=FAINT, lw=1.5, zorder=1)
    long = rates.melt(var_name="group", value_name="rate").assign(place=np.tile(places, rates.shape[1]))
    long["place"] += apart(long["rate"], long["place"], CLOSE * right)
    for name, dots in long.groupby("group", sort=False):
        colour, marker = style[str(name)]
        ax.plot(dots["rate"], dots["place"], ls="", marker=marker, color=colour, ms=6, mec="white", mew=0.5)
    ax.set_xlim(-0.02 * right, right * 1.04)
    ax.grid(axis="x", color=GREY, alpha=0.2, lw=0.6)
    name_rows(ax, [str(term) for term in rates.index])


def _counts_beside(ax: Axes, counts: pd.DataFrame, style: Mapping[str, Look]) -> None:
    """Write the hits of each group in a column under the group's sign; a dash where they are not known."""
    columns = counts.apply(lambda values: values.map(lambda count: "–" if count != count else f"{count:,.0f}"))
    points = 4.0
    for name in columns:
        wide = max(columns[name].str.len()) * EM * SMALL
        points += wide + 8
        for place, words in enumerate(columns[name]):
            write_beside(ax, points, place, words, right=True)
        beside = ax.get_yaxis_transform() + ScaledTranslation((points - 4) / 72, 0, ax.figure.dpi_scale_trans)
        colour, marker = style[name]
        ax.plot([1], [-0.9], marker=marker, ms=5, color=colour, transform=beside, clip_on=False)
    write_beside(ax, points + 6, -0.9, "hits")


def dispersion(
    table: pd.DataFrame, *, top: int = 30, ax: Axes | None = None
) -> Axes:
    """Draw how evenly terms are spread over the parts: 0 as the sizes of the parts would have it, 1 all in one.

    Args:
        table: a result of `dispersion`: `term, total, range, n_parts, dp`.
        top: how many terms; those with most hits are drawn, the most even on top.
        ax: where to draw, by default in a new figure.

    Returns:
        The axes: x is DP (Gries 2008), a dot per term, beside it in how many of the parts the term occurs.

    Raises:
        ValueError: a column is missing.

    >>> from matplotlib.figure import Figure
    >>> table = pd.DataFrame({"term": ["war"], "count": [3], "range": [1], "n_parts": [2], "dp": [0.5]})
    >>> ax = dispersion(table, ax=Figure().subplots())
    >>> [text.get_text() for text in ax.texts]
    ['in 1 of 2, 3 hits']
    """
    demand(table, ("term", "count", "range", "n_parts", "dp"), "dispersion")
    if table.empty:
        return nothing(ax)
    shown = table.sort_values(["count", "term"], ascending=[False, True]).head(top).sort_values(["dp", "term"])
    ax = canvas(ax, 0.8 + ROW * len(shown))
    places = range(len(shown))
    ax.hlines(places, 0, shown["dp"].fillna(0), color=FAINT, lw=1.5, zorder=1)
    ax.plot(shown["dp"], places, ls="", marker="o", ms=6, color=COLOURS[0])
    for place, row in enumerate(shown[["range", "n_parts", "count"]].itertuples(index=False)):
        write_beside(ax, 8, place, f"in {row[0]:,} of {row[1]:,}, {row[2]:,} hit{'' if row[2] == 1 else 's'}")
    ax.set_xlim(-0.02, 1.02)
    ax.grid(axis="x", color=GREY, alpha=0.2, lw=0.6)
    name_rows(ax, [str(term) for term in shown["term"]])
    name_axes(ax, "DP: 0 = evenly spread, 1 = all in one small part")
    return ax
