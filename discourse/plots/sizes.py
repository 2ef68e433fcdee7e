"""How much there is of each document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from discourse._errors import demand

from .canvas import GREY, canvas, name_axes, name_rows, nothing, under_headings, write
from .groups import DOCUMENT, Look, chosen_order, column_labels, document_groups, looks

ROWS = 60  # documents that can be named in one figure; above it each group gets one row


def corpus_overview(
    table: pd.DataFrame, *, group: str | None = None, order: Sequence[str] | None = None, ax: Axes | None = None
) -> Axes:
    """Draw the words of prose of each document, under the names of the groups.

    Above 60 documents each group has one row, with a dot for each document.

    Args:
        table: a result of `corpus_overview`: `doc_id, prose_words` and the column of the groups.
        group: a column, such as the outlet; without it all documents stand in one block.
        order: the groups from top to bottom, by default as ordered categories are, else as they appear.
        ax: where to draw, by default in a new figure.

    Returns:
        The axes: x in words, a bar per document.

    Raises:
        ValueError: a column is missing.

    >>> from matplotlib.figure import Figure
    >>> table = pd.DataFrame({"doc_id": ["a1", "b1"], "outlet": ["A", "B"], "prose_words": [10, 8]})
    >>> ax = corpus_overview(table, group="outlet", ax=Figure().subplots())
    >>> [int(bar.get_width()) for bar in ax.patches]
    [10, 8]
    """
    demand(table, (DOCUMENT, "prose_words"), "corpus_overview")
    if table.empty:
        return nothing(ax)
    groups = column_labels(table, group)
    order = chosen_order(order, table.get(group))
    blocks = document_groups(table[DOCUMENT], groups, order)
    style = looks(blocks, order)
    if len(table) > ROWS:
        return _per_group(table["prose_words"], groups, style, ax)
    headings, rows = under_headings(blocks)
    ax = canvas(ax, 0.9 + 0.24 * (len(headings) + len(rows)))
    for name, document, words in zip(groups, table[DOCUMENT].astype(str), table["prose_words"], strict=True):
        place = rows[name, document]
        ax.barh(place, words, height=0.7, color=style[name].colour)
        write(ax, words, place, f" {words:,} words")
    _finish(ax, float(table["prose_words"].max()) * 1.15)
    name_rows(ax, headings | {place: name for (_, name), place in rows.items()}, bold=headings)
    return ax


def _per_group(words: pd.Series, groups: pd.Series, style: Mapping[str, Look], ax: Axes | None) -> Axes:
    names = [name for name in style if (groups == name).any()]
    ax = canvas(ax, 0.9 + 0.4 * len(names))
    for place, name in enumerate(names):
        values = words[groups == name].to_numpy()
        colour, marker = style[name]
        # Documents of one length would hide each other: they go up and down in turn.
        places = place + 0.1 * (np.arange(len(values)) % 5 - 2)
        ax.plot(values, places, ls="", marker=marker, ms=4, color=colour, alpha=0.5, mec="none")
    _finish(ax, float(words.max()) * 1.05)
    sizes = groups.value_counts()
    name_rows(ax, [f"{name} (n = {sizes[name]:,})" for name in names])
    return ax


def _finish(ax: Axes, right: float) -> None:
    ax.set_xlim(0, max(right, 1))
    ax.xaxis.set_major_formatter("{x:,.0f}")
    ax.grid(axis="x", color=GREY, alpha=0.2, lw=0.6)
    name_axes(ax, "words of prose")
