"""One value as data (CSV, JSON) and as something to read; the data is never rounded for reading."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import SupportsFloat, SupportsInt, TypeAlias, cast

import numpy as np
import pandas as pd

Plain: TypeAlias = str | int | float | bool | None

# Kernels of linear algebra differ in the last bits; six digits are the same on every machine.
DIGITS = 6
# A spreadsheet runs a cell that starts with one of these; tab and return are skipped before it looks.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
# Years and other four-digit labels stay whole.
SEPARATOR_FROM = 10_000
MOST_DECIMALS = 4


def plain(value: object) -> Plain:
    """Return a cell as text, an integer, a float of six significant digits, a truth value or None (missing).

    Dates become ISO text, without the time where it is midnight.

    >>> plain(1 / 3), plain(float("nan")), plain(2.0), plain(date(2025, 11, 3))
    (0.333333, None, 2.0, '2025-11-03')
    """
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    if isinstance(value, (int, np.integer)):
        return int(cast(SupportsInt, value))
    if isinstance(value, (float, np.floating)):
        return _rounded(float(cast(SupportsFloat, value)))
    if isinstance(value, (date, datetime)):
        return value.isoformat().removesuffix("T00:00:00")
    return str(value)


def _rounded(value: float) -> float | None:
    if math.isnan(value):
        return None
    return value if value.is_integer() else float(f"{value:.{DIGITS}g}")


def csv_cell(value: Plain) -> str:
    """Write a cell for a CSV file; text that a spreadsheet would run as a formula gets an apostrophe.

    >>> [csv_cell(v) for v in (0.5, 3.0, -1, None, float("-inf"), True, "-1 sphere", "Türkiye")]
    ['0.5', '3', '-1', '', '-inf', 'True', "'-1 sphere", 'Türkiye']
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.{DIGITS}g}"
    if isinstance(value, int):
        return str(value)
    return f"'{value}" if value.startswith(FORMULA_STARTS) else value


def csv_text(columns: Sequence[str], rows: Iterable[Iterable[Plain]]) -> str:
    r"""Write a table as CSV text: LF line ends, commas, quotes where needed.

    >>> csv_text(["term", "per_1k"], [["a,b", 1 / 3]])
    'term,per_1k\n"a,b",0.333333\n'
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([csv_cell(column) for column in columns])
    writer.writerows([csv_cell(value) for value in row] for row in rows)
    return text.getvalue()


def table_csv(table: pd.DataFrame) -> str:
    """Write a whole table as CSV text, as the files of a report and the command line do."""
    return csv_text([str(column) for column in table.columns], plain_rows(table))


def plain_rows(table: pd.DataFrame) -> list[list[Plain]]:
    """Return the cells of a table row by row, as `plain` writes them."""
    columns = [[plain(value) for value in table.iloc[:, i].tolist()] for i in range(table.shape[1])]
    return [list(row) for row in zip(*columns, strict=True)]


def numeric(values: Iterable[Plain]) -> bool:
    """Tell whether a column holds numbers and nothing else but gaps."""
    present = [value for value in values if value is not None]
    return bool(present) and all(isinstance(v, (int, float)) and not isinstance(v, bool) for v in present)


def reading(values: Sequence[Plain]) -> list[str]:
    """Write a column for a reader: one number of decimals a column, a real minus, a dash for undefined.

    >>> reading([1234567, 2, None])
    ['1,234,567', '2', '–']
    >>> reading([0.25, -12.5, 0.0001])
    ['0.25', '−12.50', '0.0001']
    """
    if not numeric(values):
        return [_word(value) for value in values]
    decimals = _decimals([float(v) for v in values if isinstance(v, (int, float)) and math.isfinite(v)])
    return [_number(value, decimals) for value in values]


def _word(value: Plain) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return _number(value, 2) if isinstance(value, (int, float)) else value or ""


def _decimals(values: Sequence[float]) -> int:
    if all(value.is_integer() for value in values):
        return 0
    largest = max(abs(value) for value in values)
    return 1 if largest >= 1000 else 2 if largest > 1 else 3


def _number(value: Plain, decimals: int) -> str:
    if value is None or isinstance(value, str):
        return "–"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    separator = "," if abs(value) >= SEPARATOR_FROM else ""
    text = f"{value:{separator}.{decimals}f}"
    if value and not float(text.replace(",", "")):
        text = _small(value)
    return text.replace("-", "−")


def _small(value: float) -> str:
    """Write what its column's decimals would round to nothing: `0.005`, far below `1.0e-06`."""
    decimals = -math.floor(math.log10(abs(value)))
    return f"{value:.{decimals}f}" if decimals <= MOST_DECIMALS else f"{value:.1e}"
