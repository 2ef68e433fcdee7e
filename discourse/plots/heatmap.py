"""How alike documents or groups are, each with each."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes

from discourse._errors import demand

from .canvas import FAINT, INK, NORMAL, SMALL, canvas, nothing
from .fonts import FONT, legible
from .groups import ALL, Groups, chosen_order, document_groups, in_words, ordered

CELL = 0.55  # inches
CELLS = 20  # items whose numbers can be read; above it the colours have a scale instead
NAMES = 60  # items whose names can be read


def similarity(
    table: pd.DataFrame,
    *,
    groups: Groups | None = None,
    order: Sequence[str] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw the similarity of each pair, dark where it is high.

    Args:
        table: a result of `similarity`: `a, b, similarity`, each pair once.
        groups: the group of each document, such as `corpus.documents["outlet"]`: documents of a group stand
            together, in the order given here, and the group is named on the left.
        order: the groups, or without `groups` the documents, in their order.
        ax: where to draw, by default in a new figure.

    Returns:
        The axes: a square of cells, symmetric, the diagonal empty.

    Raises:
        ValueError: a column is missing.

    >>> from matplotlib.figure import Figure
    >>> table = pd.DataFrame({"a": ["x", "x", "y"], "b": ["y", "z", "z"], "similarity": [0.5, 0.25, 1.0]})
    >>> ax = similarity(table, ax=Figure().subplots())
    >>> sorted(text.get_text() for text in ax.texts)
    ['0.25', '0.25', '0.50', '0.50', '1.00', '1.00']
    """
    demand(table, ("a", "b", "similarity"), "similarity")
    if table["similarity"].isna().all():
        return nothing(ax)
    blocks = _blocks(table, groups, order)
    names = [name for block in blocks.values() for name in block]
    square = _square(table, names)
    size = max(3.0, CELL * min(len(names), CELLS))
    ax = canvas(ax, size + 1.2, size + 2.6)
    few = len(names) <= CELLS
    sns.heatmap(
        square, ax=ax, square=True, cmap="Blues", annot=few, fmt=".2f", cbar=not few, linewidths=0.5 if few else 0,
        linecolor="white", annot_kws={"size": SMALL, "family": FONT}, xticklabels=False, yticklabels=False,
        cbar_kws={} if few else {"label": "similarity"},
    )
    ax.set_facecolor(FAINT)
    ax.spines[:].set_visible(False)
    if len(names) <= NAMES:
        _name_cells(ax, blocks)
    _part_groups(ax, blocks)
    return ax


def _blocks(table: pd.DataFrame, groups: Groups | None, order: Sequence[str] | None) -> dict[str, list[str]]:
    """The items of each group in their order; one block where there are no groups."""
    present = dict.fromkeys([*table["a"].astype(str), *table["b"].astype(str)])
    if groups is None:
        return {ALL: ordered(present, order)}
    known = {str(name): in_words(group) for name, group in groups.items() if str(name) in present}
    names = pd.Series(list(dict.fromkeys([*known, *present])), dtype="str")
    return document_groups(names, names.map(lambda name: known.get(name, ALL)), chosen_order(order, groups))


def _square(table: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    half = pd.DataFrame(np.nan, names, names)
    for a, b, value in zip(table["a"].astype(str), table["b"].astype(str), table["similarity"], strict=True):
        half.loc[a, b] = half.loc[b, a] = value
    return half


def _name_cells(ax: Axes, blocks: dict[str, list[str]]) -> None:
    blocks = {group: list(map(legible, block)) for group, block in blocks.items()}
    names = [name for block in blocks.values() for name in block]
    rows = [name if group == ALL else f"{name} · {group}" for group, block in blocks.items() for name in block]
    places = np.arange(len(names)) + 0.5
    ax.set_yticks(places, labels=rows, parse_math=False)
    ax.set_xticks(places, labels=names, parse_math=False, rotation=40, ha="right", rotation_mode="anchor")
    for label in [*ax.get_yticklabels(), *ax.get_xticklabels()]:
        label.set(parse_math=False, size=NORMAL, color=INK, fontfamily=FONT)
    ax.tick_params(length=0)


def _part_groups(ax: Axes, blocks: dict[str, list[str]]) -> None:
    """Draw a line between the documents of one group and the next."""
    for edge in np.cumsum([len(block) for block in blocks.values()])[:-1]:
        ax.axhline(edge, color=INK, lw=1.2)
        ax.axvline(edge, color=INK, lw=1.2)
