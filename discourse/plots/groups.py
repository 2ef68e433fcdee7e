"""Which group a row belongs to, in which order groups come, and how each of them looks in every figure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd
import seaborn as sns

from discourse._errors import choose
from discourse.corpus.documents import order_of

from .fonts import legible

Groups = Mapping[str, str] | pd.Series  # document → group

DOCUMENT = "doc_id"
UNNAMED = "(none)"
ALL = "all texts"
# Pink and yellow come last: they are faint on white.
# Ten colours and nine shapes run out at different times, so that the first ninety groups differ.
COLOURS = tuple(sns.color_palette("colorblind").as_hex()[i] for i in (0, 1, 2, 3, 4, 5, 9, 7, 6, 8))
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "<", ">")


class Look(NamedTuple):
    """What marks a group: a colour for the screen, a shape for those who print in grey."""

    colour: str
    marker: str


def group_columns(table: pd.DataFrame, before: str) -> list[str]:
    """Return the columns that name the group: those in front of a key column, the document left out.

    >>> group_columns(pd.DataFrame(columns=["outlet", "doc_id", "frame", "count"]), "frame")
    ['outlet']
    """
    names = [str(name) for name in table.columns]
    return [name for name in names[: names.index(before)] if name != DOCUMENT]


def group_labels(table: pd.DataFrame, before: str) -> pd.Series:
    """Return the group of each row in words; a table without group columns is one group.

    >>> group_labels(pd.DataFrame({"outlet": ["A", ""], "voice": "author", "frame": "war"}), "frame").tolist()
    ['A · author', '(none) · author']
    """
    columns = group_columns(table, before)
    if not columns:
        return pd.Series(ALL, index=table.index, dtype="str")
    rows = zip(*(table[name].map(in_words) for name in columns), strict=True)
    return pd.Series([" · ".join(row) for row in rows], index=table.index, dtype="str")


def in_words(value: Any) -> str:
    """Write a value of a group column; an empty or missing one is `(none)`, see also `legible`."""
    return UNNAMED if pd.isna(value) or str(value) == "" else legible(str(value))


def ordered(labels: Iterable[str], order: Sequence[str] | None = None) -> list[str]:
    """Return each label once: first those of the order, in that order, then the others as they come.

    >>> ordered(["B", "C", "A"], order=["A", "Z", "B"])
    ['A', 'B', 'C']
    """
    present = dict.fromkeys(labels)
    first = [name for name in map(in_words, order or ()) if name in present]
    return list(dict.fromkeys([*first, *present]))


def chosen_order(order: Sequence[str] | None, values: object) -> Sequence[str] | None:
    """Return the order that is asked for, else that of values which are ordered categories.

    >>> tiers = pd.Series(pd.Categorical(["high", "low"], ["low", "high"], ordered=True))
    >>> chosen_order(None, tiers), chosen_order(["high"], tiers), chosen_order(None, tiers.astype("str"))
    (['low', 'high'], ['high'], None)
    """
    return order if order is not None or not isinstance(values, pd.Series) else order_of(values) or None


def looks(labels: Iterable[str], order: Sequence[str] | None = None) -> dict[str, Look]:
    """Give each group a colour and a shape, which it keeps in figures where another group is missing.

    >>> looks(["B"], order=["A", "B"])["B"] == looks(["A", "B"])["B"]
    True
    """
    names = dict.fromkeys([*map(in_words, order or ()), *labels])
    return {
        name: Look(COLOURS[i % len(COLOURS)], MARKERS[i % len(MARKERS)]) for i, name in enumerate(names)
    }


def column_labels(table: pd.DataFrame, group: str | None) -> pd.Series:
    """Return the group of each row as one named column has it; without a name all rows are one group.

    Raises:
        ValueError: the table has no such column.

    >>> column_labels(pd.DataFrame({"outlet": ["A", ""]}), "outlet").tolist()
    ['A', '(none)']
    """
    if group is None:
        return pd.Series(ALL, index=table.index, dtype="str")
    choose("group", group, table.columns)
    return pd.Series([in_words(value) for value in table[group]], index=table.index, dtype="str")


def document_groups(
    documents: pd.Series, groups: pd.Series, order: Sequence[str] | None = None
) -> dict[str, list[str]]:
    """Return the documents of each group, groups in order, documents as they come.

    >>> document_groups(pd.Series(["b1", "a1", "b2", "b1"]), pd.Series(["B", "A", "B", "B"]))
    {'B': ['b1', 'b2'], 'A': ['a1']}
    """
    pairs = pd.DataFrame({"group": groups, "document": documents.astype(str)}).drop_duplicates()
    found = pairs.groupby("group", sort=False)["document"].agg(list)
    return {name: found[name] for name in ordered(pairs["group"], order)}
