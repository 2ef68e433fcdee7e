"""What a cell of a notebook shows, as plain data: all that the page and the other files need."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import pandas as pd

from discourse.report.cells import Plain, plain_rows
from discourse.report.cited import cited
from discourse.report.figure import drawn, figure_of
from discourse.report.grid import Grid, flags_of, make_grid

MIMETYPE = "application/vnd.discourse.show+json"
# The manifest has it once per file; here it would repeat with every hit.
NOT_TOLD = ["sha256"]
# The numbers behind a figure or findings are there to be looked up, in the CSV; these show what it holds.
ROWS_BEHIND = 25
ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Evidence:
    """Hits as plain rows, each once; `cited` gives for a count column the hits (by position) of every row."""

    columns: list[str] = field(default_factory=list)
    rows: list[list[Plain]] = field(default_factory=list)
    cited: dict[str, list[list[int]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Bundle:
    """One shown thing: a table, a figure or findings. Jupyter shows it as static HTML; the report reads it.

    `flags` maps a flag to whether it holds for every row.
    """

    id: str
    kind: str
    caption: str
    alt: str = ""
    grid: Grid | None = None
    sentences: list[str] = field(default_factory=list)
    svg: str = ""
    png: str = ""
    evidence: Evidence = field(default_factory=Evidence)
    flags: dict[str, bool] = field(default_factory=dict)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        from discourse.report.render import notebook_html

        return {"text/plain": repr(self), "text/html": notebook_html(self), MIMETYPE: asdict(self)}

    def __repr__(self) -> str:
        return f"{self.kind} {self.id}: {self.caption}"


def read_bundle(data: Mapping[str, Any]) -> Bundle:
    """Read a bundle back from the JSON of a notebook's output."""
    grid = Grid(**data["grid"]) if data["grid"] else None
    return Bundle(**{**data, "grid": grid, "evidence": Evidence(**data["evidence"])})


def make_bundle(
    item: object, *, id: str, caption: str, alt: str | None = None,
    evidence: pd.DataFrame | None = None, rows: int = 200,
) -> Bundle:
    """Gather what `show` is given; the arguments and errors are those of `show`."""
    _check_words(id, caption)
    if isinstance(item, pd.DataFrame):
        return _table_bundle(item, Bundle(id, "table", caption), evidence, rows)
    if isinstance(item, Sequence) and not isinstance(item, str) and all(isinstance(s, str) for s in item):
        shown = Bundle(id, "findings", caption, sentences=list(item))
    else:
        shown = _figure_bundle(item, Bundle(id, "figure", caption, alt=alt or ""))
    return _with_background(shown, evidence, rows)


def _check_words(id: str, caption: str) -> None:
    if not ID.fullmatch(id):
        raise ValueError(
            "id must be lower-case words joined by hyphens, as in 'frames-by-outlet': it names files; "
            f"got {id!r}."
        )
    if not caption.strip():
        raise ValueError(f"caption must say what {id!r} shows; got an empty text.")


def _table_bundle(
    table: pd.DataFrame, shown: Bundle, hits: pd.DataFrame | None, rows: int
) -> Bundle:
    table = _flat(table)
    behind = Evidence() if hits is None else _evidence(hits, cited(table.head(rows), hits))
    return replace(shown, grid=make_grid(table, rows), evidence=behind, flags=flags_of(table))


def _figure_bundle(item: object, shown: Bundle) -> Bundle:
    figure = figure_of(item)
    if not shown.alt.strip():
        raise ValueError(
            f"alt must describe figure {shown.id!r} to somebody who cannot see it; got an empty text."
        )
    svg, png = drawn(figure)
    return replace(shown, svg=svg, png=base64.b64encode(png).decode("ascii"))


def _with_background(shown: Bundle, evidence: pd.DataFrame | None, rows: int) -> Bundle:
    """Add what stands behind a figure or findings: hits (with `hit_id`), or the table they were made from."""
    if evidence is None:
        return shown
    if "hit_id" in evidence.columns:
        return replace(shown, evidence=_evidence(evidence, {"": [list(range(len(evidence)))]}))
    table = _flat(evidence)
    return replace(shown, grid=make_grid(table, min(rows, ROWS_BEHIND)), flags=flags_of(table))


def _flat(table: pd.DataFrame) -> pd.DataFrame:
    named = any(name is not None for name in table.index.names)
    return table.reset_index(drop=not named)


def _evidence(hits: pd.DataFrame, positions: dict[str, list[list[int]]]) -> Evidence:
    """Keep the hits that are cited, in their order, and point to their new places."""
    hits = hits.drop(columns=NOT_TOLD, errors="ignore")
    used = sorted({p for per_row in positions.values() for row in per_row for p in row})
    place = {position: i for i, position in enumerate(used)}
    moved = {column: [[place[p] for p in row] for row in rows] for column, rows in positions.items()}
    return Evidence([str(c) for c in hits.columns], plain_rows(hits.iloc[used]), moved)
