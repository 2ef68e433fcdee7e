"""What all figures share: axes of a fitting size, text that is never read as mathematics, legends beside the data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import numpy as np
import pandas as pd
from matplotlib import pyplot as plt
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.text import Text
from numpy.typing import ArrayLike, NDArray

from discourse._errors import listed, nearest

from .fonts import FONT, legible
from .groups import ALL, Look

WIDTH = 7.2  # inches: a page of a journal between its margins
SMALL, NORMAL = 8.0, 9.0  # points
EM = 0.6  # mean width of a character of DejaVu Sans, in font sizes; a little more than measured
INK, GREY, FAINT = "#222222", "#666666", "#d9d9d9"
STEPS = (0.0, -0.26, 0.26, -0.45, 0.45)  # of a row: where dots go that would hide each other


def only(table: pd.DataFrame, column: str, value: str | None) -> pd.DataFrame:
    """Return the rows of one value of a column, the only one where none is named.

    Raises:
        ValueError: there is no such value, or several and none is named.

    >>> only(pd.DataFrame({"referent": ["war", "lake"]}), "referent", None)
    Traceback (most recent call last):
    ValueError: referent must be one of 'war', 'lake', because the table holds several; got None.
    """
    values = list(dict.fromkeys(table[column].astype(str)))
    if value is None and len(values) > 1:
        raise ValueError(f"{column} must be one of {listed(values)}, because the table holds several; got None.")
    wanted = values[0] if value is None else str(value)
    if wanted not in values:
        raise ValueError(f"{column} must be one of {listed(values)}; got {value!r}.{nearest(value, values)}")
    return table[table[column].astype(str) == wanted]


def canvas(
    ax: Axes | None, height: float, width: float = WIDTH, *, layout: Literal["constrained", "tight"] = "constrained"
) -> Axes:
    """Return the axes given, or those of a new figure of so many inches, without the upper and right edge."""
    if ax is None:
        ax = plt.subplots(figsize=(width, height), layout=layout)[1]
    ax.spines[["top", "right"]].set_visible(False)
    ax.spines[["left", "bottom"]].set_color(GREY)
    ax.tick_params(labelsize=NORMAL, color=GREY, labelcolor=INK, labelfontfamily=FONT)
    ax.set_axisbelow(True)
    return ax


def nothing(ax: Axes | None) -> Axes:
    """Return axes that say that a table has nothing to draw: a small study has figures without data."""
    ax = canvas(ax, 0.8)
    ax.set_axis_off()
    ax.text(0.5, 0.5, "nothing to show", ha="center", va="center", color=GREY, fontsize=NORMAL, transform=ax.transAxes)
    return ax


def name_axes(ax: Axes, x: str = "", y: str = "") -> None:
    """Say what the axes measure, with units."""
    ax.set_xlabel(x, fontsize=NORMAL, color=INK, fontfamily=FONT, parse_math=False)
    ax.set_ylabel(y, fontsize=NORMAL, color=INK, fontfamily=FONT, parse_math=False)


def write(ax: Axes, x: float, y: float, words: str, *, size: float = SMALL) -> Text:
    """Write words that start at a point of the data and stand in the middle of the line; `$` is a dollar."""
    return ax.text(x, y, legible(words), size=size, color=INK, va="center", parse_math=False, family=FONT)


def write_beside(ax: Axes, points: float, y: float, words: str, *, right: bool = False) -> Text:
    """Write words on the right of the axes, so many points away from them, at the height of a row."""
    return ax.annotate(
        legible(words), (1, y), xycoords=ax.get_yaxis_transform(), xytext=(points, 0), textcoords="offset points",
        size=SMALL, color=GREY, va="center", ha="right" if right else "left", parse_math=False, family=FONT,
    )


def name_rows(ax: Axes, rows: Mapping[float, str] | Sequence[str], *, bold: Iterable[float] = ()) -> None:
    """Name rows on the left, the first on top, with room for half a row above and below."""
    places = dict(rows) if isinstance(rows, Mapping) else {float(i): name for i, name in enumerate(rows)}
    ax.set_yticks(list(places), labels=list(map(legible, places.values())), parse_math=False)
    ax.tick_params(axis="y", length=0)
    ax.set_ylim(max(places) + 0.6, min(places) - 0.6)
    heavy = set(bold)
    for place, label in zip(places, ax.get_yticklabels(), strict=True):
        label.set_parse_math(False)
        label.set_fontweight("bold" if place in heavy else "normal")


def under_headings(blocks: Mapping[str, Sequence[str]]) -> tuple[dict[float, str], dict[tuple[str, str], float]]:
    """Place rows under the headings of their blocks, downwards.

    Returns:
        The places of the headings, and the place of each (heading, row).

    >>> under_headings({"A": ["a1", "a2"], "B": ["b1"]})
    ({0.0: 'A', 3.3: 'B'}, {('A', 'a1'): 1.0, ('A', 'a2'): 2.0, ('B', 'b1'): 4.3})
    """
    headings: dict[float, str] = {}
    rows: dict[tuple[str, str], float] = {}
    place = 0.0
    for heading, names in blocks.items():
        headings[place] = heading
        rows |= {(heading, name): round(place + 1 + i, 6) for i, name in enumerate(names)}
        place = round(place + len(names) + 1.3, 6)
    if list(blocks) == [ALL]:  # a heading over everything says nothing
        return {}, {key: place - 1 for key, place in rows.items()}
    return headings, rows


def legend(ax: Axes, handles: Sequence[Artist], labels: Sequence[str], *, title: str = "") -> None:
    """Put a legend above the axes, in as many lines as it needs; never over the data. Call it last."""
    if not labels:
        return
    labels = list(map(legible, labels))
    widest = max(inches(label, NORMAL) for label in labels) + 0.4
    made = ax.legend(
        handles, labels, title=title or None, frameon=False, fontsize=NORMAL, title_fontsize=NORMAL,
        loc="lower left", bbox_to_anchor=(0, 1), ncols=max(1, min(len(labels), int(room(ax) / widest))),
        borderaxespad=0.2, columnspacing=1.4, handletextpad=0.5, alignment="left",
    )
    for text in [*made.get_texts(), made.get_title()]:
        text.set(parse_math=False, color=INK, fontfamily=FONT)


def apart(values: ArrayLike, rows: ArrayLike, close: float) -> NDArray:
    """Say how far each dot moves up or down in its row, in shares of a row, so that it hides no other.

    Args:
        values: where the dots stand along their rows.
        rows: the row of each dot.
        close: values nearer than this would hide each other.

    >>> apart([0, 0, 5, 0], [1, 1, 1, 2], 0.1).tolist()
    [0.0, -0.26, 0.0, 0.0]
    """
    along, across = np.asarray(values, float), np.asarray(rows, float)
    moved = np.zeros(len(along))
    order = np.lexsort([along, across])
    begins = (np.diff(along[order], prepend=-np.inf) > close) | (np.diff(across[order], prepend=-np.inf) > 0)
    for chain in np.split(order, np.flatnonzero(begins)[1:]):
        moved[chain] = np.resize(STEPS, len(chain))
    return moved


def dot(look: Look, *, hollow: bool = False) -> Line2D:
    """Return the sign of a group for a legend."""
    face = "white" if hollow else look.colour
    return Line2D([], [], ls="", marker=look.marker, mfc=face, mec=look.colour, ms=6)


def inches(words: str, size: float = SMALL) -> float:
    """Estimate how wide words will stand, on the safe side.

    >>> round(inches("ten letters"), 2)
    0.73
    """
    return len(words) * EM * size / 72


def inside(ax: Axes) -> tuple[float, float]:
    """Return the width and height of axes in inches, before any layout makes room for labels."""
    return ax.bbox.width / ax.figure.dpi, ax.bbox.height / ax.figure.dpi


def room(ax: Axes, beside: float = 0.2) -> float:
    """Estimate the width of axes in inches after a layout has made room for the names of the rows.

    Args:
        ax: the axes, their rows named.
        beside: inches on the right of the axes that words will take.
    """
    place = ax.get_subplotspec()
    columns = place.get_geometry()[1] if place else 1
    names = max((inches(label.get_text(), NORMAL) for label in ax.get_yticklabels()), default=0.0)
    return max(0.5, min(inside(ax)[0], ax.figure.bbox.width / ax.figure.dpi / columns - names - 0.2 - beside))
