"""What the tests of the report are made of: a tiny study and tiny notebooks, with hostile labels in them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import nbformat

HOSTILE = ("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "$x$", "=cmd|' /C calc'!A0")
STUDY = """
title = "North & <i>South</i>"
group = "paper"

[[sources]]
path = "texts/north.txt"
[[sources.documents]]
id = "north"
paper = "North"
"""
SETUP = "import matplotlib.pyplot as plt\nimport pandas as pd\nfrom discourse.report import show"
CELLS = (
    "# The corpus\n\nRaw <b>markup</b> stays text.\n\n#### A level was skipped",
    f"{SETUP}\nlabels = pd.DataFrame({{'term': {HOSTILE!r}, 'count': [12345, 2, 3, 4], 'rate': [1 / 3, 2, -1, 0.5]}})",
    "show(labels, id='hostile', caption='Labels with $x$ & <b>.')",
)
DRAWING = (
    "# A figure",
    f"{SETUP}\nimport os, time\nfig, ax = plt.subplots()\nbars = ax.barh(list({{'b', 'a', 'c'}}), [1, 2, 3])",
    "show(ax, id='bars', caption='Bars.', alt='Three bars <one> & two.')",
    "show(['A <b>.'], id='said', caption='Findings.')",
)


def write_notebook(path: Path, cells: Sequence[str]) -> None:
    """Write a notebook: a cell that starts with `#` is prose."""
    new = nbformat.v4
    made = [new.new_markdown_cell(c) if c.startswith("#") else new.new_code_cell(c) for c in cells]
    for number, cell in enumerate(made):
        cell["id"] = f"cell-{number}"
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(new.new_notebook(cells=made), path)


def make_study(folder: Path) -> Path:
    """Write a study of one text."""
    (folder / "texts").mkdir(parents=True)
    (folder / "texts" / "north.txt").write_text("A sphere of influence.\n", encoding="utf-8")
    (folder / "study.toml").write_text(STUDY, encoding="utf-8")
    return folder
