"""Key terms as a cloud of points, their names in the margins, where they cannot lie over each other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.transforms import ScaledTranslation
from numpy.typing import NDArray

from discourse._errors import demand

from .canvas import FAINT, GREY, INK, SMALL, canvas, inches, inside, legend, name_axes, nothing, only
from .fonts import FONT
from .groups import in_words, looks

Floats = NDArray[np.float64]

HEIGHT = 5.4  # inches
LINE = 1.45  # font sizes from one label to the next: no two can touch
GAP = 0.03  # of the width, between the outermost point and the names
LONGEST = 28  # characters of a label; longer ones end in an ellipsis
COLUMNS = ("reference", "count_target", "count_reference", "log_ratio", "log_odds_z")


def keyness(
    table: pd.DataFrame,
    *,
    target: str | None = None,
    label: int = 12,
    order: Sequence[str] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw how much more often (x) and how surely (y) each term belongs to one group.

    The terms of highest and lowest z are named in the margins, as many as there is room for.

    Args:
        table: a result of `keyness`: `<group>, reference, term, count_target, count_reference, log_ratio,
            log_odds_z`; terms or frames.
        target: the group; not needed where the table has one.
        label: how many terms to name on either side.
        order: all groups of the study, so that the target has its usual colour.
        ax: where to draw, by default in a new figure. Give it its size first: labels are placed for it.

    Returns:
        The axes: x is the log ratio (base 2), y the z of the log odds; the area of a point is its count on both
        sides. Terms for which one of the two is undefined are not drawn.

    Raises:
        ValueError: a column is missing, or several targets and none is named.

    >>> from matplotlib.figure import Figure
    >>> table = pd.DataFrame({"outlet": "A", "reference": "B", "term": ["war", "peace"], "count_target": [9, 1],
    ...     "count_reference": [1, 9], "log_ratio": [3.2, -3.2], "log_odds_z": [2.1, -2.1]})
    >>> ax = keyness(table, ax=Figure().subplots())
    >>> [text.get_text() for text in ax.texts]
    ['peace', 'war']
    """
    demand(table, COLUMNS, "keyness")
    if table.empty:
        return nothing(ax)
    group, item = str(table.columns[0]), str(table.columns[list(table.columns).index("count_target") - 1])
    table = only(table, group, target)
    name, reference = in_words(table[group].iloc[0]), str(table["reference"].iloc[0])
    points = table[np.isfinite(table["log_ratio"]) & np.isfinite(table["log_odds_z"])]
    if points.empty:
        return nothing(ax)
    count = points["count_target"] + points["count_reference"]
    points = points.assign(item=[_short(str(term)) for term in points[item]], count=count)
    ax = canvas(ax, HEIGHT)
    left, right = _named(points, min(label, _room(ax)))
    margins = [_margin(ax, left), _margin(ax, right)]
    _limits(ax, points, margins)
    _draw_points(ax, points, looks([name], order)[name].colour)
    _draw_labels(ax, left, margins[0] - GAP, right=False)
    _draw_labels(ax, right, 1 - margins[1] + GAP, right=True)
    name_axes(ax, f"log ratio (log₂): ← more in {reference} | more in {name} →", "z of the log odds")
    _legend(ax, points)
    return ax


def _short(term: str) -> str:
    return term if len(term) <= LONGEST else term[: LONGEST - 1] + "…"


def _room(ax: Axes) -> int:
    """How many labels fit above each other, with a tenth of the height left free."""
    return max(1, int(0.9 * inside(ax)[1] * 72 / (LINE * SMALL)))


def _named(points: pd.DataFrame, label: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The terms to name on the left and on the right, from top to bottom."""
    ranked = points.sort_values(["log_odds_z", "log_ratio", "item"], ascending=[False, False, True])
    over, under = ranked[ranked["log_ratio"] > 0], ranked[ranked["log_ratio"] < 0]
    return under.tail(label), over.head(label)


def _limits(ax: Axes, points: pd.DataFrame, margins: list[float]) -> None:
    """Leave room for the labels on the left and on the right of the points."""
    left, right = margins
    low, high = min(points["log_ratio"].min(), 0), max(points["log_ratio"].max(), 0)
    unit = ((high - low) or 1.0) / (1 - left - right)
    ax.set_xlim(low - left * unit, high + right * unit)
    reach = max(points["log_odds_z"].abs().max() * 1.1, 1.0)
    ax.set_ylim(-reach, reach)


def _draw_points(ax: Axes, points: pd.DataFrame, colour: str) -> None:
    ax.axhline(0, color=FAINT, lw=1, zorder=0)
    ax.axvline(0, color=FAINT, lw=1, zorder=0)
    # One scatter a size, the largest below: an SVG then holds each circle once and refers to it.
    for count in np.unique(points["count"])[::-1]:
        own = points[points["count"] == count]
        colours = np.where(own["log_ratio"] > 0, colour, GREY)
        size = _area(np.array([count]))
        places = own["log_ratio"], own["log_odds_z"]
        ax.scatter(*places, s=size, c=colours, alpha=0.6, edgecolors="white", linewidths=0.5, zorder=2)


def _area(count: np.ndarray) -> np.ndarray:
    return 4.0 * np.asarray(count, float) + 4.0


def _margin(ax: Axes, side: pd.DataFrame) -> float:
    """The share of the width that the names of one side need, and the gap before them."""
    widest = max((inches(term) for term in side["item"]), default=0.0)
    return min(widest / inside(ax)[0] + 2 * GAP, 0.35)


def _draw_labels(ax: Axes, side: pd.DataFrame, x: float, *, right: bool) -> None:
    """Write the names of one side below each other, each joined to its point by a thin line."""
    heights = ax.transAxes.inverted().transform(ax.transData.transform(side[["log_ratio", "log_odds_z"]]))[:, 1]
    high = inside(ax)[1]
    places = stacked(heights, LINE * SMALL / (high * 72))
    points = zip(side["item"], side["log_ratio"], side["log_odds_z"], places, strict=True)
    for term, ratio, z, place in points:
        # Inches from the middle: a layout that moves the edges later brings no two names together.
        up = ScaledTranslation(0, high * (place - 0.5), ax.figure.dpi_scale_trans)
        ax.annotate(
            term, (ratio, z), xytext=(x, 0.5), textcoords=ax.transAxes + up, ha="left" if right else "right",
            va="center", size=SMALL, color=INK, parse_math=False, family=FONT,
            arrowprops={"arrowstyle": "-", "lw": 0.5, "color": GREY, "alpha": 0.7, "shrinkA": 1, "shrinkB": 2,
                        "relpos": (0 if right else 1, 0.5)},
        )


def stacked(heights: Floats, step: float) -> Floats:
    """Move heights (1 = top, in falling order) as little as needed to be a step apart and within 0 and 1.

    >>> stacked(np.array([0.9, 0.9, 0.1, 0.0]), 0.2).round(2).tolist()
    [0.9, 0.7, 0.3, 0.1]
    """
    places = np.clip(heights, step / 2, 1 - step / 2)
    for i in range(1, len(places)):
        places[i] = min(places[i], places[i - 1] - step)
    for i in range(len(places) - 1, -1, -1):
        floor = step / 2 if i == len(places) - 1 else places[i + 1] + step
        places[i] = max(places[i], floor)
    return places


def _legend(ax: Axes, points: pd.DataFrame) -> None:
    """Say what the areas mean: three counts that are easy to compare with."""
    most = int(points["count"].max())
    counts = sorted({max(1, round(most * share)) for share in (0.1, 0.5, 1)})
    sizes = np.sqrt(_area(np.array(counts)))
    handles = [Line2D([], [], ls="", marker="o", ms=size, color=GREY, alpha=0.6, mec="white") for size in sizes]
    legend(ax, handles, [f"{count:,} hits" for count in counts])
