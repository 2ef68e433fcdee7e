"""A table twice: as a reader sees it, and whole as CSV."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from discourse.report.cells import csv_text, numeric, plain_rows, reading

FLAGS_COLUMN = "flags"


@dataclass(frozen=True)
class Grid:
    """A table as it is read (`rows`, text) and as it is (`csv`, all `total` rows and columns).

    `constant` holds the columns of words that say the same in every row: they are told once.
    """

    columns: list[str]
    numeric: list[bool]
    rows: list[list[str]]
    total: int
    csv: str
    constant: dict[str, str] = field(default_factory=dict)


def make_grid(table: pd.DataFrame, rows: int) -> Grid:
    """Write a table for reading (its first rows) and as CSV (all of it).

    What every row says, words or flags, leaves the columns of the page, never the CSV. The first column stays.
    """
    columns = [str(column) for column in table.columns]
    cells = plain_rows(table)
    values = [[row[i] for row in cells] for i in range(len(columns))]
    shown = [reading(column) for column in values]
    if FLAGS_COLUMN in columns:
        place = columns.index(FLAGS_COLUMN)
        shown[place] = _without(shown[place], flags_of(table))
    alike = [i for i in range(1, len(columns)) if len(cells) > 1 and not numeric(values[i]) and _same(shown[i])]
    kept = [i for i, name in enumerate(columns) if i not in alike and (name != FLAGS_COLUMN or any(shown[i]))]
    return Grid(
        columns=[columns[i] for i in kept],
        numeric=[numeric(values[i]) for i in kept],
        rows=[list(row) for row in zip(*(shown[i][:rows] for i in kept), strict=True)],
        total=len(cells),
        csv=csv_text(columns, cells),
        constant={columns[i]: shown[i][0] for i in alike if columns[i] != FLAGS_COLUMN},
    )


def _same(column: Sequence[str]) -> bool:
    return len(set(column)) == 1


def _without(flags: Sequence[str], everywhere: dict[str, bool]) -> list[str]:
    return [" ".join(flag for flag in row.split() if not everywhere[flag]) for row in flags]


def flags_of(table: pd.DataFrame) -> dict[str, bool]:
    """Return the flags of a table in alphabetical order, each with whether every row has it."""
    if FLAGS_COLUMN not in table.columns:
        return {}
    sets = [set(str(flags).split()) for flags in table[FLAGS_COLUMN]]
    return {flag: all(flag in row for row in sets) for flag in sorted(set().union(*sets))}
