"""Metadata: what `study.toml` says of documents, as plain columns."""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Sequence

from discourse.corpus.documents import ORIGIN, TAKEN
from discourse.corpus.settings import Table

_LIKE_A_KEY = 0.8
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")

Value = str | int | float
Row = dict[str, Value]


def metadata(table: Table, keys: Sequence[str]) -> Row:
    """Return the columns that a table gives its documents: every key that is not one of its own.

    Raises:
        StudyError: a key so like one of its own that it is a slip, a name that is taken, a value that is
            not plain, a date that is none.
    """
    found: Row = {}
    for key in table.entries:
        if key in keys:
            continue
        slip = difflib.get_close_matches(key.lower(), keys, n=1, cutoff=_LIKE_A_KEY)
        if slip:
            raise table.error(
                key, f"unknown key {key!r}. Did you mean {slip[0]!r}? If it is a column of yours, rename it."
            )
        check_name(key, table, key)
        found[key] = _plain_value(table, key)
    return found


def check_name(name: str, table: Table, key: str) -> None:
    """Check that a column has a name that is free."""
    if name in (*TAKEN, *ORIGIN):
        raise table.error(key, f"a column may not be called {name!r}: the package uses this name. Rename it.")


def _plain_value(table: Table, key: str) -> Value:
    """Return a value of metadata: a string, a number, a truth value; a date becomes an ISO string."""
    value = table.entries[key]
    if isinstance(value, datetime.date):
        return value.isoformat()
    if not isinstance(value, str | int | float):
        raise table.error(key, f"{key} must be one plain value; got {value!r}. Write a string or a number.")
    if key != "date":
        return value
    if value != "" and not _is_date(str(value)):
        raise table.error(
            key, f"date must be an ISO date; got {value!r}. Write 2025-11-03, 2025-11 or 2025, or leave it empty."
        )
    return str(value)


def _is_date(value: str) -> bool:
    """Tell whether a string is a date, or a date of which the day, or day and month, are not known."""
    if not _DATE.fullmatch(value):
        return False
    try:
        datetime.date.fromisoformat(value + "-01-01"[len(value) - 4 :] if len(value) < 10 else value)
    except ValueError:
        return False
    return True
