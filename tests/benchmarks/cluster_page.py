"""What was measured on a cluster as Markdown, kept in docs/cluster.md between two marks."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from .page import between, duration, machine_lines, number, table
from .texts import HERE, MEGABYTE

RESULTS = HERE / "cluster.json"
PAGE = HERE.parent.parent / "docs" / "cluster.md"
BEGIN, END = "<!-- written by make bench-cluster -->", "<!-- end of what make bench-cluster writes -->"
HEADS = ["who", "question", "time", "MB/s", "MB a second of one core", "memory of each process, MB"]
LARGE = {"1 TB": 1e12, "100 TB": 1e14}  # bytes

Row = dict[str, Any]
Result = dict[str, Any]


def read_results() -> dict[str, Result]:
    """The last complete run of each kind."""
    found: dict[str, Result] = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    return found


def write(name: str, result: Result) -> None:
    """Keep a run, and show it."""
    results = read_results() | {name: result}
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    PAGE.write_text(with_results(PAGE.read_text(encoding="utf-8"), results), encoding="utf-8")


def with_results(page: str, results: Mapping[str, Result]) -> str:
    """The page with what was measured between its marks."""
    return between(page, BEGIN, END, measured(results))


def measured(results: Mapping[str, Result]) -> str:
    """All runs, each with its machine, and what follows from them for more text than anybody measured."""
    lines: list[str] = ["## How fast", ""] if results else []
    for name, result in results.items():
        rows = [cells(row) for row in result["rows"]]
        lines += [f"### {name}", "", *machine_lines(result), "", *table(HEADS, rows), ""]
    return "\n".join([*lines, *estimates(results)])


def cells(row: Row) -> list[str]:
    """A row of the table."""
    memory = ", ".join(f"{own / MEGABYTE:,.0f}" for own in row["memory"])
    return [row["who"], row["what"], duration(row["seconds"]), rate(row, "seconds"), rate(row, "core seconds"), memory]


def rate(row: Row, seconds: str) -> str:
    """Megabytes a second; nothing where no time was taken."""
    return number(row["bytes"] / row[seconds] / MEGABYTE) if row[seconds] else ""


def line(row: Row) -> str:
    """A row as text."""
    return "  ".join(cell.ljust(width) for cell, width in zip(cells(row), (18, 20, 8, 6, 6, 12), strict=True))


def estimates(results: Mapping[str, Result]) -> list[str]:
    """What more text needs at the rate of one core, if that stays: hours of cores, for each question from text."""
    rows = [row for result in results.values() for row in result["rows"] if row["who"] == "two workers"]
    slowest: dict[str, Row] = {}
    for row in rows:
        before = slowest.get(row["what"], row)
        slowest[row["what"]] = max(before, row, key=lambda own: own["core seconds"] / own["bytes"])
    if not slowest:
        return []
    told = "Hours of one core at the slowest rate measured; a thousand cores take a thousandth, if storage keeps up."
    return ["### More text", "", told, "", *table(["question", *LARGE], map(hours, slowest.values())), ""]


def hours(row: Row) -> Iterable[str]:
    """A question, and the hours that one core takes for large texts."""
    return [row["what"], *(number(size * row["core seconds"] / row["bytes"] / 3600) for size in LARGE.values())]
