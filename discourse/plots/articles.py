"""Frames by group: a dot for every article, because three articles against one are no bar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from discourse._errors import demand

from .canvas import FAINT, GREY, INK, apart, canvas, dot, legend, name_axes, name_rows, nothing
from .groups import DOCUMENT, Look, group_labels, looks, ordered

LANE = 0.2  # inches
PER = 1000
DOTS = 15  # documents of a group that have room for large dots
CLOSE = 0.015  # of the width: dots nearer than this would hide each other


def frame_frequencies(
    table: pd.DataFrame,
    *,
    rates: pd.DataFrame | None = None,
    order: Sequence[str] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw how often each frame's wording occurs: a dot per document, a tick for the whole group.

    Dots of a group of one document are hollow, and its name says so. A table without documents is drawn as the
    rates of the groups with the intervals of its rows.

    Args:
        table: a result of `frame_frequencies` by group and document: `[group…], doc_id, frame, count, total`.
        rates: a result of `frame_frequencies` by group, for the ticks; by default they follow from the table.
        order: the groups, by default as they appear.
        ax: where to draw, by default in a new figure.

    Returns:
        The axes: x in hits per 1,000 words, for each frame a lane per group.

    Raises:
        ValueError: a column is missing.

    >>> from matplotlib.figure import Figure
    >>> table = pd.DataFrame({"outlet": "A", "doc_id": ["a1", "a2"], "frame": "war", "count": [1, 0], "total": 500})
    >>> ax = frame_frequencies(table, ax=Figure().subplots())
    >>> ax.lines[1].get_xdata().tolist(), ax.lines[0].get_xdata().tolist()
    ([2.0, 0.0], [1.0])
    """
    demand(table, ("frame", "count", "total"), "frame_frequencies")
    if not (table["total"] > 0).any():
        return nothing(ax)
    table = table.assign(group=group_labels(table, "frame"), rate=_rate(table))
    names = ordered(table["group"], order)
    pooled = _pooled(table) if rates is None else _given(rates)
    frames = _frames(pooled)
    style = looks(names, order)
    ax = canvas(ax, 0.9 + LANE * len(frames) * (len(names) + 0.8))
    right = _right(table, pooled)
    ax.set_xlim(-0.02 * right, 1.04 * right)
    step = 1 / (len(names) + 0.8)
    for number, name in enumerate(names):
        places = {frame: i + step * (number - (len(names) - 1) / 2) for i, frame in enumerate(frames)}
        _lane(ax, table[table["group"] == name], pooled, places, style[name], step=step)
    _between(ax, len(frames))
    name_rows(ax, frames)
    name_axes(ax, "hits per 1,000 words")
    _legend(ax, table, names, style)
    return ax


def _right(table: pd.DataFrame, pooled: pd.Series) -> float:
    """The largest number drawn; 1 where nothing was found."""
    drawn = table["high"] if DOCUMENT not in table and "high" in table else table["rate"]
    return max(float(drawn.max()), float(pooled.max()), 0.0) or 1.0


def _rate(table: pd.DataFrame) -> pd.Series:
    return PER * table["count"] / table["total"].where(table["total"] > 0)


def _pooled(table: pd.DataFrame) -> pd.Series:
    """The rate of each group and frame, from the counts and words of its documents."""
    sums = table.groupby(["group", "frame"], sort=False)[["count", "total"]].sum()
    return _rate(sums)


def _given(rates: pd.DataFrame) -> pd.Series:
    demand(rates, ("frame", "count", "total"), "frame_frequencies")
    return _pooled(rates.assign(group=group_labels(rates, "frame")))


def _frames(pooled: pd.Series) -> list[str]:
    """The frames, the one with the highest mean rate on top, ties by name."""
    mean = pooled.fillna(0).groupby(level="frame").mean()
    return [name for _, name in sorted((-rate, str(frame)) for frame, rate in mean.items())]


def _lane(
    ax: Axes, rows: pd.DataFrame, pooled: pd.Series, places: Mapping[str, float], look: Look, *, step: float
) -> None:
    """Draw one group, in its lane of each frame: dots of documents and its own rate, or its rate and interval."""
    ax.hlines(list(places.values()), 0, 1, color=FAINT, lw=0.5, transform=ax.get_yaxis_transform(), zorder=0)
    at, rate = rows["frame"].map(places).to_numpy(float), rows["rate"].to_numpy(float)
    hollow = False
    if DOCUMENT in rows:
        hollow = len(set(rows[DOCUMENT])) == 1
        at = at + step * apart(rate, at, CLOSE * ax.get_xlim()[1])
        own = pooled.reindex(pd.MultiIndex.from_product([rows["group"].unique(), places]))
        ax.plot(own, list(places.values()), ls="", marker="|", ms=13, mew=1.4, color=INK, zorder=4)
    elif "low" in rows and "high" in rows:
        ax.hlines(at, rows["low"], rows["high"], color=look.colour, lw=1.5, alpha=0.6)
    face = "white" if hollow else look.colour
    size = 5 if len(rows) <= DOTS * len(places) else 3
    ax.plot(rate, at, ls="", marker=look.marker, ms=size, mec=look.colour, mfc=face, zorder=3)


def _between(ax: Axes, frames: int) -> None:
    for edge in range(1, frames):
        ax.axhline(edge - 0.5, color=GREY, lw=0.5, alpha=0.5, zorder=0)
    ax.grid(axis="x", color=GREY, alpha=0.2, lw=0.6)


def _legend(ax: Axes, table: pd.DataFrame, names: list[str], style: Mapping[str, Look]) -> None:
    """Name the groups with their documents, and say what dot and tick are."""
    if DOCUMENT not in table:
        line = Line2D([], [], lw=1.5, color=GREY)
        counted = "interval" not in table or table["interval"].str.contains("counting").all()
        kind = "counting interval" if counted else "interval, see the table"
        legend(ax, [*(dot(style[name]) for name in names), line], [*names, kind])
        return
    tick = Line2D([], [], ls="", marker="|", ms=11, mew=1.4, color=INK)
    sizes = table.groupby("group")[DOCUMENT].nunique()
    handles = [dot(style[name], hollow=bool(sizes[name] == 1)) for name in names]
    labels = [f"{name} (n = {sizes[name]:,})" for name in names]
    legend(ax, [*handles, tick], [*labels, "rate of the group"])
