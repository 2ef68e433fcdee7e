"""What was measured beside other tools as Markdown, kept in docs/peers.md between two marks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ..page import between, contender_lines, machine_lines
from ..texts import HERE

RESULTS = HERE / "peers.json"
PAGE = HERE.parent.parent / "docs" / "peers.md"
BEGIN, END = "<!-- written by make bench-peers -->", "<!-- end of what make bench-peers writes -->"
# By the name that scripts use: heading, and what a reader must know.
TASKS = {
    "words": (
        "From text to word frequencies",
        "Ours start from a pandas table, with either kernel, and end with `term_frequencies` (counts, rates with "
        "limits, dispersion) or with `term_counts` (counts for each document). "
        "Conc builds its corpus on disk from CSV, which is its way, and reports frequencies; its English is spaCy’s "
        "blank one, whose rules are those of the small model that it advises. pycorpdiff: `from_dataframe` and "
        "`vocab`. scattertext: `whitespace_nlp_with_sentences`, then the corpus with all pairs, of which the words are "
        "kept, as its page begins, or with words alone (`UnigramsFromSpacyDoc`), which is faster.",
    ),
    "lines": (
        "All lines of “government”, from the corpus",
        "Ten words a side. Ours and Conc’s are sorted by three words to the right; ours show the text as it is, with "
        "voice and zone. Conc shows a page of twenty lines unless told otherwise, and prepares no others: both are "
        "shown. pycorpdiff cuts the text into words again each time.",
    ),
    "collocates": (
        "Collocates of “government”, from the corpus",
        "Five words a side, at least five times. pycorpdiff has collocates of two halves beside each other; it cuts "
        "the text into words again.",
    ),
    "keyness": (
        "Keyness of two halves, from the corpus",
        "The earlier half of the documents against the later, every word. Ours have limits over documents, log ratio "
        "and log-odds beside G2; Conc and pycorpdiff G2 and effect sizes, scattertext `G2` alone, from counts that it "
        "keeps. pycorpdiff cuts the text into words again; Conc has built a corpus of each half before, and shows "
        "words of the earlier half only.",
    ),
    "pairs": (
        "Pairs of words, from the corpus",
        "Ours with limits and dispersion (`term_frequencies`), or as counts for each document "
        "(`term_counts`). Conc: `ngram_frequencies`, as one page and in full. pycorpdiff: "
        "`NgramTokenizer`, from text, pairs across punctuation too. scattertext starts from parsed documents and "
        "counts words and pairs together, which is its default.",
    ),
}
Result = dict[str, Any]


def read_results() -> Result | None:
    """The last complete run."""
    return json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else None


def write(result: Result) -> None:
    """Keep a run, and show it."""
    RESULTS.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    PAGE.write_text(with_results(PAGE.read_text(encoding="utf-8"), result), encoding="utf-8")


def with_results(page: str, result: Result) -> str:
    """The page with what was measured between its marks."""
    return between(page, BEGIN, END, "\n".join(measured(result)))


def measured(result: Result) -> list[str]:
    """The machine, the tools, and every task."""
    text = result["text"]
    lines = [f"{text['documents']:,} documents, {text['bytes']:,} bytes.", *machine_lines(result), ""]
    for name, tool in result["tools"].items():
        lines.append(f"- {name}: {told(tool)}")
    for name in result["tasks"]:
        lines += ["", *task_lines(result, name)]
    return [*lines, ""]


def told(tool: Mapping[str, Any]) -> str:
    """Versions, and what a tool has no way to do."""
    if "versions" not in tool:
        return "could not be installed here, or did not start."
    lacks = [heading for task, (heading, _) in TASKS.items() if task not in tool["offers"]]
    versions = ", ".join(f"{name} {version}" for name, version in tool["versions"].items())
    return f"{versions}.{' Lacks: ' if lacks else ''}{'; '.join(lacks)}{'.' if lacks else ''}"


def task_lines(result: Result, name: str) -> list[str]:
    """One task, and who failed at it."""
    heading, note = TASKS[name]
    task = result["tasks"][name]
    failed = [f"{who} failed: {what}." for who, what in task["failed"].items()]
    return [*contender_lines(heading, note, task["contenders"], 0), *([""] if failed else []), *failed]
