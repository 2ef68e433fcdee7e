"""An x-ray of each document: where in its course which frame stands, and in whose voice."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from discourse._errors import demand

from .canvas import FAINT, INK, canvas, legend, name_axes, name_rows, nothing, write_beside
from .groups import ALL, COLOURS, DOCUMENT, Groups, chosen_order, document_groups, in_words

LANE = 0.115  # inches
GAP = 2  # lanes between documents
NAME = 7.0  # points: as high as a lane
DOCUMENTS = 40  # that can be told apart in one figure; above it each group is drawn as one
AUTHOR = "author"


def frame_positions(
    table: pd.DataFrame,
    *,
    groups: Groups | None = None,
    order: Sequence[str] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw where in each document the frames stand: a lane per frame, a tick per hit.

    Hits in the author's own voice are ticks, hits in the words of others rings. Lanes come in one order in all
    documents, the most frequent frame on top; those with hits are named on the right, with their number. Above 40
    documents each group is drawn as one.

    Args:
        table: a result of `frame_positions`: `doc_id, frame, position, voice`.
        groups: the group of each document, such as `corpus.documents["outlet"]`; documents that it names are
            shown even if they have no hit, in its order. By default documents come as the table has them.
        order: the groups from top to bottom, by default as ordered categories are, else as they come.
        ax: where to draw, by default in a new figure.

    Returns:
        The axes: x is the place in the document in per cent, 0 its first and 100 its last word.

    Raises:
        ValueError: a column is missing.

    >>> from matplotlib.figure import Figure
    >>> table = pd.DataFrame({"doc_id": "a", "frame": "war", "position": [0.0, 0.5], "voice": ["author", "quoted"]})
    >>> ax = frame_positions(table, groups={"a": "North", "b": "South"}, ax=Figure().subplots())
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['a\\nNorth', 'b\\nSouth']
    """
    demand(table, (DOCUMENT, "frame", "position", "voice"), "frame_positions")
    if table.empty:
        return nothing(ax)
    units, labels = _units(table[DOCUMENT].astype(str), groups, order)
    hits = table["frame"].value_counts()
    frames = [name for _, name in sorted((-count, str(frame)) for frame, count in hits.items())]
    height = len(frames) + GAP
    lanes = units.map({label: i * height for i, label in enumerate(labels)}) + table["frame"].map(frames.index)
    ax = canvas(ax, 0.9 + LANE * height * len(labels))
    middle = (len(frames) - 1) / 2
    name_rows(ax, {i * height + middle: label for i, label in enumerate(labels)})
    ax.set_ylim(len(labels) * height - GAP / 2, -GAP / 2)
    ax.set_xlim(-1, 101)
    for i in range(len(labels)):
        _draw_lanes(ax, i * height, frames)
    _draw_hits(ax, table.assign(lane=lanes), frames)
    name_axes(ax, "place in the document, % of its words")
    _legend(ax, table["voice"])
    return ax


def _units(
    documents: pd.Series, groups: Groups | None, order: Sequence[str] | None
) -> tuple[pd.Series, list[str]]:
    """What each hit is drawn in, and all of these in their order: documents, or groups of very many documents."""
    known = {str(document): in_words(group) for document, group in groups.items()} if groups is not None else {}
    names = pd.Series(list(dict.fromkeys([*known, *documents])), dtype="str")
    owners = names.map(lambda name: known.get(name, ALL))
    blocks = document_groups(names, owners, chosen_order(order, groups))
    if len(names) > DOCUMENTS:
        return documents.map(dict(zip(names, owners, strict=True))), list(blocks)
    labels = {name: f"{name}\n{group}" if group != ALL else name for group, block in blocks.items() for name in block}
    return documents.map(labels), list(labels.values())


def _draw_lanes(ax: Axes, top: float, frames: Sequence[str]) -> None:
    lanes = [top + i for i in range(len(frames))]
    ax.axhspan(top - GAP / 3, lanes[-1] + GAP / 3, color=FAINT, alpha=0.25, lw=0, zorder=0)
    ax.hlines(lanes, 0, 100, color=FAINT, lw=0.4, zorder=0)


def _draw_hits(ax: Axes, hits: pd.DataFrame, frames: Sequence[str]) -> None:
    """Draw the hits of each lane, and name the lane with its number of hits."""
    for lane in sorted(set(hits["lane"].tolist())):
        rows = hits[hits["lane"] == lane]
        frame = str(rows["frame"].iloc[0])
        colour = COLOURS[frames.index(frame) % len(COLOURS)]
        own = rows["voice"] == AUTHOR
        for places, sign in ((rows.loc[own, "position"], _tick), (rows.loc[~own, "position"], _ring)):
            if len(places):
                line = sign(colour)
                line.set_data(100 * places.to_numpy(), np.full(len(places), lane))
                ax.add_line(line)
        write_beside(ax, 4, lane, f"{frame} ({len(rows):,})").set(size=NAME, color=INK)


def _tick(colour: str) -> Line2D:
    return Line2D([], [], ls="", marker="|", ms=7, mew=1.6, color=colour)


def _ring(colour: str) -> Line2D:
    return Line2D([], [], ls="", marker="o", ms=4.5, mew=1.2, mec=colour, mfc="white")


def _legend(ax: Axes, voices: pd.Series) -> None:
    others = [str(voice) for voice in dict.fromkeys(voices) if voice != AUTHOR]
    handles, labels = [_tick(INK)], ["in the author's own voice"]
    if others:
        handles, labels = [*handles, _ring(INK)], [*labels, " or ".join(sorted(others, reverse=True))]
    legend(ax, handles, labels)
