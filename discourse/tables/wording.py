"""How findings are worded: numbers with their nouns, lists, names of groups."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from discourse.counts import labels


def number(count: int, noun: str) -> str:
    """A count with its noun: `1 hit`, `1,200 hits`."""
    return f"{int(count):,} {noun}" + ("" if int(count) == 1 else "s")


def signed(value: float) -> str:
    """Two decimals, with a true minus sign."""
    return f"{value:.2f}".replace("-", "−")


def joined(parts: Iterable[str], word: str = "and") -> str:
    """A list in words: `a, b and c`."""
    parts = list(parts)
    return f" {word} ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def label(row: pd.Series, columns: list[str]) -> str:
    """The group a row belongs to."""
    return " · ".join(called(row[name], name) for name in columns) or "all texts"


def group_columns(table: pd.DataFrame, first_item: str) -> list[str]:
    """The columns in front of the first that is not a group."""
    return list(table.columns[: table.columns.get_loc(first_item)])


def grouped_by(by: str | None, table: pd.DataFrame) -> tuple[str, pd.DataFrame]:
    """The column to tell groups apart by, and the table with its groups as names; an error without it."""
    if not isinstance(by, str) or by not in table.columns:
        raise ValueError(f"by must name a column of the table whose groups are told apart; got {by!r}.")
    return by, table.assign(**{by: [called(name, by) for name in labels(table[by])]})


def called(name: object, column: str) -> str:
    """What a group is called, also one without a name.

    >>> called("", "outlet")
    '(no outlet)'
    """
    return str(name) or f"(no {column})"


def tally(values: pd.Series) -> str:
    """How often each value occurs, or that there is only one."""
    counts = values[values != ""].value_counts().sort_index().sort_values(ascending=False, kind="stable")
    told = joined(f"{value} {count}" for value, count in counts.items())
    return told if len(counts) > 1 else f"{told} and no other"
