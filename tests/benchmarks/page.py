"""Results as Markdown: printed after a run, and kept in docs/speed.md between two marks."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import inf
from pathlib import Path
from statistics import median
from typing import Any

from .targets import TARGETS, Result, Target, cost
from .tasks import TASKS
from .texts import HERE, MEGABYTE

RESULTS = HERE / "results.json"
PAGE = HERE.parent.parent / "docs" / "speed.md"
# What a task tells of a contender besides its time: from its record and the bytes of the text.
RATES: dict[str, Callable[[Mapping[str, Any], int], float]] = {
    "MB/s": lambda one, size: size / MEGABYTE / median(one["seconds"]),
    "ns a word": lambda one, size: cost(one),
    "bytes a byte": lambda one, size: one["found"]["bytes"] / size,
}
BEGIN, END = "<!-- written by make bench -->", "<!-- end of what make bench writes -->"


def read_results() -> dict[str, Result]:
    """The last complete run of each size."""
    found: dict[str, Result] = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    return found


def write_page(results: Mapping[str, Result], page: Path = PAGE) -> None:
    """Put what was measured between the marks of the page."""
    page.write_text(with_results(page.read_text(encoding="utf-8"), results), encoding="utf-8")


def with_results(page: str, results: Mapping[str, Result]) -> str:
    """The page with what was measured between its marks.

    >>> with_results(f"a\\n{BEGIN}\\nold\\n{END}\\nb", {}).split("\\n") == ["a", BEGIN, "", "", END, "b"]
    True
    """
    return between(page, BEGIN, END, measured(results))


def between(page: str, begin: str, end: str, text: str) -> str:
    """The page with a text between two marks."""
    before, _, rest = page.partition(begin)
    return f"{before}{begin}\n\n{text}\n{end}{rest.partition(end)[2]}"


def measured(results: Mapping[str, Result]) -> str:
    """All sizes, the smallest first."""
    lines: list[str] = []
    for size in sorted(results, key=int):
        lines += size_lines(results[size], int(size))
    return "\n".join(lines)


def size_lines(result: Result, size: int) -> list[str]:
    """What was measured on one text."""
    text = result["text"]
    about = [
        f"## {size} MB",
        "",
        f"{text['documents']:,} documents, {text['bytes']:,} bytes (SHA-256 of lengths and bytes `{text['sha256']}`).",
        *machine_lines(result),
        "",
        *target_lines(result, size),
        "",
    ]
    for name in result["tasks"]:
        about += [*task_lines(result, name), ""]
    return about


def machine_lines(result: Mapping[str, Any]) -> list[str]:
    """What it was measured on."""
    machine = result["machine"]
    return [
        f"{machine['processor']}, {machine['cores']} cores, {machine['memory']}, {machine['system']};",
        f"{machine['day']}, load before the run {machine['load before']}.",
        ", ".join(f"{name} {version}" for name, version in result["versions"].items()) + ".",
    ]


def target_lines(result: Result, size: int) -> list[str]:
    """What was asked for, and what came out."""
    asked = [target for target in TARGETS if target.task in result["tasks"] and target.at in (None, size)]
    rows = [target_row(target, result) for target in asked]
    return [f"### Asked for and reached, {size} MB", "", *table(["", "asked", "measured", ""], rows)]


def target_row(target: Target, result: Result) -> list[str]:
    value = target.value(result)
    asked = f"{'at most' if target.most else 'at least'} {target.bound:g}{target.unit}"
    if value is None or value == inf:
        return [target.text, asked, "", "not measured" if value is None else "void"]
    return [target.text, asked, f"{number(value)}{target.unit}", "reached" if target.reached(value) else "**missed**"]


def task_lines(result: Result, name: str) -> list[str]:
    """One task."""
    task = TASKS[name]
    return contender_lines(task.title, task.note, result["tasks"][name], result["text"]["bytes"], task.rate)


def contender_lines(title: str, note: str, contenders: Mapping[str, Any], size: int, rate: str = "") -> list[str]:
    """A row a contender, with a column for each contender of the others that it is compared with.

    Args:
        title, note: stand above the table.
        contenders: their records, by name.
        size: bytes of the text, for rates.
        rate: what is told of each besides its time, see `RATES`.
    """
    peers = [key for key, one in contenders.items() if not one["ours"]]
    rows = [_row(key, contenders, peers, _rate(rate, one, size)) for key, one in contenders.items()]
    heads = ["", "median", "runs", *([rate] if rate else []), "found", *(f"against {peer}" for peer in peers)]
    return [f"### {title}", "", note, "", *table(heads, rows)]


def _rate(name: str, one: Mapping[str, Any], size: int) -> list[str]:
    """One cell, or none where a task has no rate; empty where a contender lacks what it takes."""
    if not name:
        return []
    lacks = name == "bytes a byte" and "bytes" not in one["found"]
    return ["" if lacks else number(RATES[name](one, size))]


def _row(key: str, contenders: Mapping[str, Any], peers: Sequence[str], rate: Sequence[str]) -> list[str]:
    one = contenders[key]
    ratios = [ratio(one["seconds"], contenders[peer]["seconds"]) if one["ours"] else "" for peer in peers]
    found = ", ".join(f"{value:,} {what}" for what, value in one["found"].items())
    return [key, duration(median(one["seconds"])), str(len(one["seconds"])), *rate, found, *ratios]


def ratio(ours: Sequence[float], peers: Sequence[float]) -> str:
    """How many times as fast by the medians; in brackets the least and the most of one round.

    >>> ratio([1.0, 2.0, 1.0], [5.0, 8.0, 6.0])
    '6.00× faster (4.00–6.00)'
    >>> ratio([4.0], [1.0])
    '0.250×, that is 4.00× slower'
    """
    value = median(peers) / median(ours)
    rounds = [peer / own for own, peer in zip(ours, peers, strict=False)]
    spread = f" ({number(min(rounds))}–{number(max(rounds))})" if len(rounds) > 1 else ""
    slower = f", that is {number(1 / value)}× slower" if value < 1 else " faster"
    return f"{number(value)}×{slower}{spread}"


def duration(seconds: float) -> str:
    """Seconds, or milliseconds below one.

    >>> duration(0.0123456), duration(12.3456)
    ('12.3 ms', '12.3 s')
    """
    return f"{number(1000 * seconds)} ms" if seconds < 1 else f"{number(seconds)} s"


def number(value: float) -> str:
    """Three digits that matter.

    >>> number(0.012345), number(5), number(1234.5)
    ('0.0123', '5.00', '1,234')
    """
    return f"{value:,.0f}" if value >= 100 else f"{value:#.3g}"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A table in Markdown."""
    line = ["|".join(["", *("---" for _ in heads), ""])]
    return [_joined(heads), *line, *(_joined(row) for row in rows)]


def _joined(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
