"""Kinds: what a column of a file is throughout, so that every block of the file gives it the same type."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from discourse.corpus.documents import iso_dates

# Columns in order, each with the type that holds its values, `days` or `moments` for dates, or nothing where every
# block gives the same type by itself.
Kinds = tuple[tuple[str, str], ...]

AS_IT_IS, DAYS, MOMENTS = "", "days", "moments"


def kind_of(types: Collection[str]) -> str:
    """Return the kind of a column by the types of JSON that occur in it, as pandas would choose it.

    >>> kind_of({"int"}), kind_of({"int", "null"}), kind_of({"int", "string"}), kind_of({"string", "null"})
    ('int64', 'float64', 'object', 'str')
    """
    known = set(types) - {"null"}
    if known == {"string"}:
        return "str"
    if known and known <= {"int", "float"}:
        return "int64" if set(types) == {"int"} else "float64"
    return "bool" if set(types) == {"bool"} else "object"


def typed(frame: pd.DataFrame, kinds: Kinds) -> pd.DataFrame:
    """Return the columns of a file as a part of it holds them, each as its kind.

    >>> typed(pd.DataFrame({"n": [1, 2]}), (("n", "float64"), ("note", "str"))).to_dict("list")
    {'n': [1.0, 2.0], 'note': [nan, nan]}
    """
    missing = pd.Series([None] * len(frame), index=frame.index, dtype=object)
    return pd.DataFrame({name: _as_kind(frame.get(name, missing), kind) for name, kind in kinds}, index=frame.index)


def _as_kind(column: pd.Series, kind: str) -> pd.Series:
    """Return a column as its kind."""
    if kind in (DAYS, MOMENTS):
        return iso_dates(column, whole_days=kind == DAYS)
    # What pandas calls an extension holds missing values without changing its type.
    is_settled = isinstance(column.dtype, pd.api.extensions.ExtensionDtype) and kind != "str"
    return column if kind == AS_IT_IS or is_settled else column.astype(pd.api.types.pandas_dtype(kind))
