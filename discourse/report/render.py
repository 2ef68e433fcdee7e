"""Bundles as HTML: the same template serves Jupyter and the page, and escapes whatever it is given."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING, Any

from discourse.report.bundle import Bundle, Evidence, Grid

if TYPE_CHECKING:
    from jinja2 import Environment

# Sentences listed under one count; a count of thousands keeps the page readable and says what it leaves out.
LINES = 100
# The parts of a concordance line; a column with a cell longer than WIDE characters wraps.
KWIC = ("left", "node", "right")
WIDE = 40
SOURCE_COLUMNS = ("outlet", "author", "date", "doc_id")


def template_text(name: str) -> str:
    """Return a file of `templates/`, from a checkout or from an installed wheel."""
    return (files("discourse.report") / "templates" / name).read_text(encoding="utf-8")


@cache
def environment() -> Environment:
    """Return the template environment: everything inserted is escaped, an unknown name is an error."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        loader=FunctionLoader(template_text), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )
    environment.globals.update(passages=passages, explained=explained, look=look, names_row=names_row, most=LINES)
    environment.filters["heading"] = heading
    environment.filters["data_uri"] = data_uri
    return environment


def notebook_html(bundle: Bundle) -> str:
    """Return a bundle as HTML with the few rules of style it needs outside the page; no script."""
    item = environment().get_template("item.html.j2").module
    return f"<style>{template_text('notebook.css')}</style>\n{item.shown(bundle)}"  # type: ignore[attr-defined]


def heading(column: str) -> str:
    """Write the name of a column for a reader: `per_1k` → `per 1k`."""
    return column.replace("_", " ")


def look(grid: Grid, i: int) -> str:
    """Return the style of a column: numbers, words, running text, or a part of a concordance line."""
    if grid.numeric[i]:
        return "number"
    if grid.columns[i] in KWIC:
        return f"text {grid.columns[i]}"
    return "text wide" if any(len(row[i]) > WIDE for row in grid.rows) else "text"


def names_row(grid: Grid, i: int) -> bool:
    """Tell whether a column names its row: the words before the first number, the node of a concordance."""
    if "node" in grid.columns:
        return grid.columns[i] == "node"
    first_number = grid.numeric.index(True) if any(grid.numeric) else 1
    return i < max(first_number, 1)


def data_uri(svg: str) -> str:
    """Write an SVG as the address of an image: nothing in it can run or clash with the page's own ids."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode('utf-8')).decode('ascii')}"


def explained(flags: dict[str, bool], everywhere: bool) -> list[tuple[str, str]]:
    """Return the flags that hold for every row (or for some) with what they mean."""
    if not flags:
        return []
    from discourse.tables.flags import FLAGS

    return [(flag, FLAGS.get(flag, "")) for flag, every in flags.items() if every == everywhere]


def passages(evidence: Evidence, positions: Sequence[int]) -> list[dict[str, Any]]:
    """Group hits by the document they stand in: `source`, and `lines` with the hit marked off."""
    hits = [dict(zip(evidence.columns, evidence.rows[p], strict=True)) for p in positions[:LINES]]
    grouped = groupby(hits, key=_source)
    return [{"source": source, "lines": [_line(hit) for hit in group]} for source, group in grouped]


def _source(hit: dict[str, Any]) -> str:
    return " · ".join(str(hit[column]) for column in SOURCE_COLUMNS if hit.get(column))


def _line(hit: dict[str, Any]) -> dict[str, str]:
    sentence, text = str(hit.get("sentence_text") or ""), str(hit.get("text") or "")
    start = _place(hit, sentence, text)
    return {
        "before": sentence[:start],
        "hit": sentence[start : start + len(text)],
        "after": sentence[start + len(text) :],
        "note": _note(hit),
    }


def _place(hit: dict[str, Any], sentence: str, text: str) -> int:
    """Return where in its sentence the hit stands: counted where the table knows it, else searched."""
    start = hit.get("sentence_start")
    if isinstance(start, int):
        return int(hit["start"]) - start
    return max(sentence.find(text), 0)


def _note(hit: dict[str, Any]) -> str:
    """Say whose words they are: `quoted: Lavrov`, `marked (scare)`, `author, negated`."""
    voice = str(hit.get("voice") or "")
    if hit.get("marking"):
        voice += f" ({hit['marking']})"
    if hit.get("speaker"):
        voice += f": {hit['speaker']}"
    return ", ".join(part for part in (voice, "negated" if hit.get("negated") else "") if part)
