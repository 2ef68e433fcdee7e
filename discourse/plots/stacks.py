"""Shares of a whole, side by side: the names of a referent, the voices of a text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from discourse._errors import demand

from .canvas import (
    canvas,
    inches,
    legend,
    name_axes,
    name_rows,
    nothing,
    only,
    room,
    under_headings,
    write,
    write_beside,
)
from .groups import DOCUMENT, document_groups, group_labels, ordered

# Light enough for black words, told apart by the colour-blind (Tol 2021), neighbours of different lightness.
FILLS = ("#77AADD", "#EEDD88", "#EE8866", "#99DDFF", "#AAAA00", "#FFAABB", "#44BB99", "#DDDDDD", "#BBCC33")
VOICES = {"author": "#DDDDDD", "quoted": "#77AADD", "reported": "#EEDD88", "marked": "#EE8866"}
HATCHES = ("", "///", "...", "\\\\\\")  # where there are more parts than fills
BESIDE = 0.9  # inches for the totals on the right
EMPTY = {"name": "no mention", "voice": "no words"}


def name_shares(
    table: pd.DataFrame,
    *,
    referent: str | None = None,
    order: Sequence[str] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw which names each group chooses for one referent, as shares of its mentions.

    Args:
        table: a result of `name_shares`: `[group…], referent, name, count, total`.
        referent: which one; not needed where the table has one.
        order: the groups from top to bottom, by default as they appear.
        ax: where to draw, by default in a new figure.

    Returns:
        The axes: a bar per group, cut into names with their counts, the mentions on the right. A group that never
        mentions the referent says so.

    Raises:
        ValueError: a column is missing, or several referents and none is named.

    >>> from matplotlib.figure import Figure
    >>> table = pd.DataFrame({"outlet": ["A", "A", "B"], "referent": "war", "name": ["war", "operation", "war"],
    ...     "count": [3, 1, 0], "total": [4, 4, 0]})
    >>> ax = name_shares(table, ax=Figure().subplots())
    >>> [text.get_text() for text in ax.texts]
    ['war 3', 'operation 1', 'n = 4', 'no mention', 'n = 0']
    """
    demand(table, ("referent", "name", "count", "total"), "name_shares")
    if table.empty:
        return nothing(ax)
    places, ticks, headings = _rows(table, "referent", order)
    shown = only(table.assign(place=places), "referent", referent)
    used = shown.groupby("name", sort=False)["count"].sum()
    names = [name for _, name in sorted((-count, str(name)) for name, count in used.items() if count > 0)]
    fills = {name: (FILLS[i % len(FILLS)], HATCHES[i // len(FILLS) % len(HATCHES)]) for i, name in enumerate(names)}
    ax = canvas(ax, 1.0 + 0.32 * len(ticks))
    name_rows(ax, ticks, bold=headings)
    _stack(ax, shown, set(ticks) - set(headings), "name", fills)
    name_axes(ax, "share of mentions, %")
    return ax


def voice_shares(table: pd.DataFrame, *, order: Sequence[str] | None = None, ax: Axes | None = None) -> Axes:
    """Draw in whose voice the words of each group or document stand.

    Args:
        table: a result of `voice_shares`: `[group…], voice, count, total`.
        order: the groups from top to bottom, by default as they appear.
        ax: where to draw, by default in a new figure.

    Returns:
        The axes: a bar per group, or per document under the name of its group, cut into voices; its words on the
        right.

    Raises:
        ValueError: a column is missing.

    >>> from matplotlib.figure import Figure
    >>> table = pd.DataFrame({"doc_id": ["a", "a"], "voice": ["author", "quoted"], "count": [75, 25], "total": 100})
    >>> ax = voice_shares(table, ax=Figure().subplots())
    >>> [text.get_text() for text in ax.texts]
    ['author 75.0 %', 'quoted 25.0 %', 'n = 100']
    """
    demand(table, ("voice", "count", "total"), "voice_shares")
    if table.empty:
        return nothing(ax)
    places, ticks, headings = _rows(table, "voice", order)
    shown = table.assign(place=places)
    others = [str(voice) for voice in dict.fromkeys(table["voice"]) if voice not in VOICES]
    present = [voice for voice in VOICES if (shown.loc[shown["voice"] == voice, "count"] > 0).any()]
    fills = {voice: (VOICES.get(voice, FILLS[-1]), "") for voice in [*present, *others]}
    ax = canvas(ax, 1.0 + 0.3 * len(ticks))
    name_rows(ax, ticks, bold=headings)
    _stack(ax, shown, set(ticks) - set(headings), "voice", fills)
    name_axes(ax, "share of words, %")
    return ax


def _rows(
    table: pd.DataFrame, before: str, order: Sequence[str] | None
) -> tuple[list[float], dict[float, str], list[float]]:
    """The place of each row of the table, the names at the places, and which places are headings."""
    groups = group_labels(table, before)
    if DOCUMENT not in list(table.columns)[: list(table.columns).index(before)]:
        names = ordered(groups, order)
        return [float(names.index(name)) for name in groups], {float(i): name for i, name in enumerate(names)}, []
    headings, rows = under_headings(document_groups(table[DOCUMENT], groups, order))
    places = [rows[key] for key in zip(groups, table[DOCUMENT].astype(str), strict=True)]
    return places, headings | {place: name for (_, name), place in rows.items()}, list(headings)


def _stack(
    ax: Axes, shown: pd.DataFrame, places: Iterable[float], part: str, fills: Mapping[str, tuple[str, str]]
) -> None:
    """Draw the parts of each row after each other, named where they are wide enough, the total on the right."""
    ax.set_xlim(0, 100)
    ax.spines["left"].set_visible(False)
    for place in sorted(places):
        rows = shown[shown["place"] == place]
        counts = dict(zip(rows[part].astype(str), rows["count"].tolist(), strict=True))
        total = int(rows["total"].max()) if len(rows) else 0
        left = 0.0
        for name in [name for name in fills if counts.get(name)]:
            share = 100 * counts[name] / total
            number = f"{share:.1f} %" if part == "voice" else f"{counts[name]:,}"
            colour, hatch = fills[name]
            edge = 0.5 if share > 1 else 0  # an edge would hide a thin part
            ax.barh(place, share, left=left, height=0.7, color=colour, hatch=hatch, edgecolor="white", lw=edge)
            _name_part(ax, left + share / 2, place, (f"{name} {number}", number), share)
            left += share
        if not left:
            write(ax, 0.5, place, EMPTY[part]).set_fontstyle("italic")
        write_beside(ax, 6, place, f"n = {total:,}")
    legend(ax, [Patch(facecolor=colour, hatch=hatch, edgecolor="white") for colour, hatch in fills.values()], [*fills])


def _name_part(ax: Axes, x: float, y: float, words: Sequence[str], share: float) -> None:
    """Write the first of the words that fit into a part of a bar, if any does."""
    wide = room(ax, BESIDE) * share / 100
    for choice in words:
        if inches(choice) < wide:
            write(ax, x, y, choice).set_horizontalalignment("center")
            return
