"""Does a result hold under every choice: its estimates, sorted, above the choices that each was made with."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from mpl_toolkits.axes_grid1 import make_axes_locatable

from discourse._errors import demand

from .canvas import FAINT, GREY, NORMAL, SMALL, canvas, legend, name_axes, name_rows, nothing
from .fonts import FONT
from .groups import COLOURS, in_words

HOLDS, FAILS = COLOURS[0], COLOURS[3]
UNTOLD = GREY
EVERYTHING = 0  # the specification that leaves nothing out
UPPER = 2.0  # inches
ROW = 0.17  # inches


def robustness(
    table: pd.DataFrame, *, choices: Sequence[str] | None = None, ax: Axes | None = None
) -> Axes:
    """Draw a specification curve: the estimate under each specification, and below it where it departs from the first.

    Filled blue dots are specifications under which the claim holds, red crosses those under which it does not, grey
    rings those that cannot tell (a tie). The large ring is specification 0, from which all others depart.

    Args:
        table: a result of `robustness`: `specification`, a column per choice, `estimate, holds`.
        choices: the columns of the choices; by default those of text between `specification` and `estimate` that
            have two values at least. Values of the first row are those departed from, and have no row of their own.
        ax: where to draw the upper part, by default in a new figure; the lower part takes its lower half.

    Returns:
        The axes of the estimates: x is the place in the order of estimates, y the estimate (log2 ratio).
        Specifications without an estimate are not drawn, and the legend counts them.

    Raises:
        ValueError: a column is missing.

    >>> from matplotlib.figure import Figure
    >>> table = pd.DataFrame({"specification": [0, 1], "voices": ["all", "author"], "estimate": [0.5, -0.5],
    ...     "holds": [True, False]})
    >>> ax = robustness(table, ax=Figure().subplots())
    >>> [text.get_text() for text in ax.get_legend().get_texts()]
    ['holds (1 of 2)', 'does not hold (1)', 'the usual choices']
    """
    demand(table, ("specification", "estimate", "holds"), "robustness")
    if table.empty:
        return nothing(ax)
    names = _choices(table) if choices is None else list(choices)
    demand(table, names, "robustness")
    drawn = table[np.isfinite(table["estimate"])].sort_values(["estimate", "specification"], kind="stable")
    if drawn.empty:
        return nothing(ax)
    rows = _rows(table, names)
    # The constrained layout does not see axes that are cut off others.
    ax = canvas(ax, UPPER + ROW * len(rows) + 0.9, layout="tight")
    if rows:
        share = ROW * len(rows) / UPPER
        below = make_axes_locatable(ax).append_axes("bottom", size=f"{100 * share:.0f}%", pad=0.12, sharex=ax)
        _draw_choices(below, drawn, rows)
        ax.tick_params(labelbottom=False)
    _draw_estimates(ax, drawn, table)
    return ax


def _choices(table: pd.DataFrame) -> list[str]:
    """The columns of text in front of the estimate that take more than one value."""
    front = table.iloc[:, : list(table.columns).index("estimate")].drop(columns="specification")
    return [str(name) for name in front.select_dtypes(exclude="number") if len(set(front[name])) > 1]


def _rows(table: pd.DataFrame, choices: Sequence[str]) -> list[tuple[str, str]]:
    """Each choice with each of its values but that of the first row, as they come."""
    return [(name, value) for name in choices for value in list(dict.fromkeys(map(in_words, table[name])))[1:]]


def _draw_estimates(ax: Axes, drawn: pd.DataFrame, table: pd.DataFrame) -> None:
    x, y = np.arange(len(drawn)), drawn["estimate"].to_numpy(float)
    told = drawn["holds"].notna().to_numpy(bool)
    holds = drawn["holds"].fillna(False).to_numpy(bool)
    fails, size = told & ~holds, _size(len(drawn))
    ax.axhline(0, color=GREY, lw=0.8)
    ax.plot(x[holds], y[holds], ls="", marker="o", ms=size, color=HOLDS)
    ax.plot(x[fails], y[fails], ls="", marker="x", ms=size, mew=1.4, color=FAILS)
    if not told.all():
        ax.plot(x[~told], y[~told], ls="", marker="o", ms=size, mfc="none", mec=UNTOLD, mew=0.8)
    first = drawn["specification"].to_numpy() == EVERYTHING
    ax.plot(x[first], y[first], ls="", marker="o", ms=size + 5, mfc="none", mec="black", mew=1)
    ax.set_xlim(-0.7, len(drawn) - 0.3)
    ax.grid(axis="y", color=GREY, alpha=0.2, lw=0.6)
    ax.set_xticks([])
    name_axes(ax, "", "estimate (log₂ ratio)")
    _legend(ax, table, first=bool(first.any()))


def _size(number: int) -> float:
    return float(np.clip(160 / number, 2.0, 6.0))


def _legend(ax: Axes, table: pd.DataFrame, *, first: bool) -> None:
    """Count what holds among what can be told, and what has no place on the curve."""
    told = table["holds"].dropna().astype(bool)
    undrawn = int(table["estimate"].isna().sum())
    untold = int((table["holds"].isna() & table["estimate"].notna()).sum())
    counted = [
        ("o", HOLDS, HOLDS, f"holds ({told.sum():,} of {len(told):,})", True),
        ("x", FAILS, FAILS, f"does not hold ({(~told).sum():,})", bool((~told).any())),
        ("o", UNTOLD, "none", f"a tie ({untold:,})", untold > 0),
        ("o", "black", "none", "the usual choices", first),
        ("", GREY, GREY, f"without an estimate, not drawn ({undrawn:,})", undrawn > 0),
    ]
    shown = [(Line2D([], [], ls="", marker=m, mec=e, mfc=f, ms=6), words) for m, e, f, words, used in counted if used]
    legend(ax, [handle for handle, _ in shown], [words for _, words in shown])


def _draw_choices(ax: Axes, drawn: pd.DataFrame, rows: Sequence[tuple[str, str]]) -> None:
    """Draw a row per value of each choice, with a dot under each specification that was made with it."""
    canvas(ax, 0)
    ax.spines[:].set_visible(False)
    name_rows(ax, [f"{choice.replace('_', ' ')}: {value}" for choice, value in rows])
    for place, (choice, value) in enumerate(rows):
        chosen = np.flatnonzero([in_words(given) == value for given in drawn[choice]])
        ax.axhline(place, color=FAINT, lw=0.5, zorder=0)
        ax.plot(chosen, np.full(len(chosen), place), ls="", marker="s", ms=0.8 * _size(len(drawn)), color=GREY)
    for edge in [i for i in range(1, len(rows)) if rows[i][0] != rows[i - 1][0]]:
        ax.axhline(edge - 0.5, color=GREY, lw=0.6)
    for label in ax.get_yticklabels():
        label.set(size=SMALL, fontfamily=FONT)
    ax.set_xlabel("specifications, sorted by their estimates", fontsize=NORMAL, fontfamily=FONT)
    ax.tick_params(axis="x", length=0, labelbottom=False)
