"""The wording of errors: which argument or place, what it must be, what it was, what to do."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from numbers import Integral
from typing import Any


class StudyError(ValueError):
    """A file of a study (study.toml, codebook.yaml, a text) cannot be used as it stands.

    The message starts with the file and, where there is one, the line, and ends with what to do.
    """


def listed(options: Iterable[object]) -> str:
    """Write options as a quoted list: `'a', 'b', 'c'`."""
    return ", ".join(repr(option) for option in options)


def nearest(value: object, options: Iterable[object]) -> str:
    """Return ` Did you mean 'x'?` for the option most like the value, else an empty string."""
    found = difflib.get_close_matches(str(value), [str(option) for option in options], n=1)
    return f" Did you mean {found[0]!r}?" if found else ""


def choose(name: str, value: Any, options: Iterable[Any]) -> Any:
    """Return the value if it is one of the options.

    Raises:
        ValueError: names the argument, the options, the value and the nearest option.

    >>> choose("measure", "log_ration", ["log_ratio", "bic"])
    Traceback (most recent call last):
    ValueError: measure must be one of 'log_ratio', 'bic'; got 'log_ration'. Did you mean 'log_ratio'?
    """
    options = list(options)
    if value not in options:
        raise ValueError(
            f"{name} must be one of {listed(options)}; got {value!r}.{nearest(value, options)}"
        )
    return value


def whole(name: str, value: Any, least: int, advice: str) -> int:
    """Return a whole number, also one of NumPy, as Python's.

    Raises:
        ValueError: names the argument, what it must be, and the value.

    >>> whole("min_count", 2.5, 0, "Give 3.")
    Traceback (most recent call last):
    ValueError: min_count must be a whole number, 0 or more; got 2.5. Give 3.
    """
    if isinstance(value, bool) or not isinstance(value, Integral) or value < least:
        raise ValueError(f"{name} must be a whole number, {least} or more; got {value!r}. {advice}")
    return int(value)


def demand(table: Any, columns: Iterable[str], source: str, *, name: str = "table") -> None:
    """Check that something is a table, with the columns that are needed.

    Args:
        table: what was given.
        columns: what it must have.
        source: the function whose result is wanted.
        name: what the argument is called.

    Raises:
        ValueError: names what is missing and the function whose result is wanted.

    >>> demand(None, ["term"], "term_frequencies")
    Traceback (most recent call last):
    ValueError: table must be a table; got a NoneType. Give it a result of term_frequencies.
    """
    if not (hasattr(table, "columns") and hasattr(table, "iloc")):
        raise ValueError(f"{name} must be a table; got a {type(table).__name__}. Give it a result of {source}.")
    for column in columns:
        if column not in table.columns:
            has = listed(table.columns) if len(table.columns) else "none"
            raise ValueError(f"{name} must have a column {column!r}; it has {has}. Give it a result of {source}.")


def known_keys(place: str, given: Mapping[str, Any], allowed: Iterable[str]) -> None:
    """Check that a mapping has no other keys than the allowed ones.

    Raises:
        StudyError: names the place, the unknown key and the nearest allowed one.
    """
    allowed = list(allowed)
    for key in given:
        if key not in allowed:
            raise StudyError(
                f"{place}: unknown key {key!r}; the keys here are {listed(allowed)}.{nearest(key, allowed)}"
            )


def at(file: object, line: int | None = None) -> str:
    """Name a place: `study.toml, line 7`, or the file alone where no line is known."""
    return f"{file}, line {line}" if line else f"{file}"
