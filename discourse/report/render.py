"""Bundles as HTML: the same template serves Jupyter and the page, and escapes whatever it is given."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from discourse.report.bundle import Bundle, Evidence
from discourse.report.grid import FLAGS_COLUMN, Grid

if TYPE_CHECKING:
    from jinja2 import Environment

# Sentences listed under one count; a count of thousands keeps the page readable and says what it leaves out.
LINES = 100
# The parts of a concordance line; a column with a cell longer than WIDE characters is set as running text, and
# words no longer than NARROW stay on one line.
KWIC = ("left", "node", "right")
WIDE, NARROW = 40, 12
WIDEST_ID = 20  # an id breaks at its hyphens, and is read in parts, only if it is longer
LONG = 240  # characters: a passage, which a narrow column would draw out over a page
# A table with more columns than this is set smaller, with these words shortened in its header; running text counts
# twice. Wider ones would not fit beside the contents of the page on a screen of 1,280 pixels.
MANY = 11
SHORTENED = {"documents": "docs", "reference": "ref."}
# How readers know what a column is called after.
SPELLED = {"doc_id": "document", "1k": "1,000", "dp_norm": "DPnorm", "dp": "DP", "log_dice": "logDice", "mi": "MI"}
_SPELLED = re.compile(rf"(?<![^_])({'|'.join(SPELLED)})(?![^_])")
# What a row is about, where it is not what its first column says.
ITEMS = ("term", "frame", "actor", "name", "pattern", "voice", "item", "claim")
# A longer table is folded to its first rows, which a group of usual size does not exceed.
FOLDED_FROM, UNFOLDED = 40, 20
SOURCE_COLUMNS = ("outlet", "author", "date", "doc_id")
# All that a data address may hold besides letters and digits without a browser reading it otherwise.
SIZE = re.compile(r'\b(?:width|height)="([\d.]+)pt"')
PIXELS_A_POINT = 96 / 72
UNQUOTED = " /:=;,.-_()!*+~?@$"


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
    environment.globals.update(
        passages=passages, explained=explained, flag_code=flag_code, look=look, row_header=row_header,
        is_grouped=is_grouped, is_crowded=is_crowded, picture=picture, most=LINES, folded_from=FOLDED_FROM,
        unfolded=UNFOLDED,
    )
    environment.filters["heading"] = heading
    return environment


def notebook_html(bundle: Bundle) -> str:
    """Return a bundle as HTML with the few rules of style it needs outside the page; no script."""
    item = environment().get_template("item.html.j2").module
    return f"<style>{template_text('notebook.css')}</style>\n{item.shown(bundle)}"  # type: ignore[attr-defined]


def heading(column: str, *, short: bool = False) -> str:
    """Write the name of a column for a reader: `per_1k` → `per 1,000`, short `count_reference` → `count ref.`."""
    words = _SPELLED.sub(lambda name: SPELLED[name[1]], column).split("_")
    return " ".join(SHORTENED.get(word, word) if short else word for word in words)


def look(grid: Grid, i: int) -> str:
    """Return the style of a column: numbers, words, running text, flags, or a part of a concordance line."""
    if grid.numeric[i]:
        return "number"
    if grid.columns[i] in (*KWIC, FLAGS_COLUMN):
        return f"text {grid.columns[i]}"
    longest = max((len(row[i]) for row in grid.rows), default=0)
    if longest > WIDE:
        return "text wide long" if longest > LONG else "text wide"
    return "text short" if longest <= (WIDEST_ID if grid.columns[i] == "doc_id" else NARROW) else "text"


def is_crowded(grid: Grid) -> bool:
    """Whether a table is set smaller, so that it fits on a screen.

    >>> is_crowded(Grid([""] * 10, [False] * 10, [["long " * 9, "text " * 9, *[""] * 8]], 1, ""))
    True
    """
    wide = sum("wide" in look(grid, i) for i in range(len(grid.columns)))
    return len(grid.columns) + wide > MANY


def row_header(grid: Grid) -> int:
    """Return the column that names a row: the node of a line, the last item before the numbers, else the first.

    >>> row_header(Grid(["outlet", "frame", "count"], [False, False, True], [], 0, ""))
    1
    """
    if "node" in grid.columns:
        return grid.columns.index("node")
    before = grid.numeric.index(True) if any(grid.numeric) else 0
    return max((i for i in range(before) if grid.columns[i] in ITEMS), default=0)


def is_grouped(grid: Grid) -> bool:
    """Tell whether rows with the same word in the first column stand together, as they do in a table by group."""
    first = [row[0] for row in grid.rows]
    return bool(grid.columns) and not grid.numeric[0] and any(a == b for a, b in pairwise(first))


def picture(bundle: Bundle) -> dict[str, str | int]:
    """Return the address of a figure, its drawing or its pixels, whichever is shorter, and its size on the page."""
    drawing, pixels = data_uri(bundle.svg), f"data:image/png;base64,{bundle.png}"
    width, height = (round(float(points) * PIXELS_A_POINT) for points in SIZE.findall(bundle.svg)[:2])
    return {"src": min(drawing, pixels, key=len), "width": width, "height": height}


def data_uri(svg: str) -> str:
    """Write an SVG as the address of an image: nothing in it can run or clash with the page's own ids."""
    # The names of its namespaces look like addresses; nothing loads them.
    return "data:image/svg+xml," + quote(" ".join(svg.split("\n")), safe=UNQUOTED).replace("http:", "http%3A")


def flag_code(flag: str, others: Sequence[str] = ()) -> str:
    """Return the initials of a flag, or its words where another flag has the same initials.

    >>> flag_code("one_document_drives"), flag_code("single_author", ["shared_archive"])
    ('odd', 'single author')
    """
    initials = _initials(flag)
    return heading(flag) if any(o != flag and _initials(o) == initials for o in others) else initials


def _initials(flag: str) -> str:
    return "".join(word[:1] for word in flag.split("_"))


def explained(flags: Mapping[str, bool], everywhere: bool) -> list[tuple[str, str]]:
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
