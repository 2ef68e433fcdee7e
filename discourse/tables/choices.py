"""Sentences on choices: which name for one referent, which actor in which role."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd
from scipy.special import xlogy

from .wording import group_columns, joined, label, number, tally

FEWEST_MENTIONS = 2  # one mention is an occurrence, not a choice


def of_names(table: pd.DataFrame, by: str | None) -> Iterator[str]:
    """Which name each group prefers, which name one group alone uses, and which group is not uniform."""
    groups = group_columns(table, "referent")
    if not groups:
        return
    used = table[table["count"] > 0]
    told_apart = sorted(used.groupby("referent"), key=lambda item: (-_association(item[1], groups), item[0]))
    for referent, own in told_apart:
        forms = own.groupby("name", sort=False)
        if own["name"].nunique() < 2:
            continue
        if len(groups) == 1:
            yield f"{referent}: {_preferences(own, groups)}."
            yield from _exclusive(str(referent), forms, table, groups)
        else:
            yield from _mixed(str(referent), own, groups)


def _association(own: pd.DataFrame, groups: list[str]) -> float:
    """G2 of groups by names: how far the groups' choices differ, given how often they had to choose."""
    table = own.pivot_table(index=groups, columns="name", values="count", aggfunc="sum", fill_value=0).to_numpy(float)
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / table.sum()
    return float(2 * xlogy(table, table / expected).sum())


def _preferences(own: pd.DataFrame, groups: list[str]) -> str:
    parts = []
    for _, rows in own.groupby(groups, sort=False):
        told = [f"“{row['name']}” {row['count']}" for _, row in rows.iterrows()]
        parts.append(f"{label(rows.iloc[0], groups)} says {joined(told)} of {rows['total'].iloc[0]}")
    return "; ".join(parts)


def _exclusive(referent: str, forms: Iterable, table: pd.DataFrame, groups: list[str]) -> Iterator[str]:
    """Names that one group alone uses, though others speak of the referent too."""
    speaking = table[(table["referent"] == referent) & (table["total"] > 0)][groups].drop_duplicates()
    for name, rows in forms:
        if len(rows) == 1 and len(speaking) > 1 and rows["count"].iloc[0] >= FEWEST_MENTIONS:
            row = rows.iloc[0]
            yield (
                f"“{name}” for {referent} is {label(row, groups)}’s alone "
                f"({row['count']} of {row['total']}, in {number(row['documents'], 'document')})."
            )


def _mixed(referent: str, own: pd.DataFrame, groups: list[str]) -> Iterator[str]:
    """A group whose parts (authors, documents) prefer different names: no name is the first choice of all."""
    for group, rows in own.groupby(groups[0], sort=False):
        most = rows.groupby(groups[1:], sort=False)["count"].transform("max")
        parts = [part for _, part in rows[rows["count"] == most].groupby(groups[1:], sort=False)]
        if not set.intersection(*(set(part["name"]) for part in parts)):
            told = [_first_choice(part, groups[1:]) for part in parts]
            yield f"{group} is not uniform in naming {referent}: {joined(told)}."


def _first_choice(part: pd.DataFrame, groups: list[str]) -> str:
    """The name that one part prefers, or those that it uses equally often."""
    first = part.iloc[0]
    each = " each" if len(part) > 1 else ""
    names = joined(f"“{name}”" for name in part["name"])
    return f"{label(first, groups)} says {names} ({first['count']}{each} of {first['total']})"


def of_actors(table: pd.DataFrame, by: str | None) -> Iterator[str]:
    """Who acts and on whom, where a pattern's own slot says so."""
    groups = group_columns(table, "frame")
    slots = table[table["role"].isin(["agent", "target"])]
    parts = sorted(slots.groupby([*groups, "frame"], sort=False), key=lambda item: -item[1]["count"].sum())
    for _, bound in parts:
        roles = []
        for role, rows in bound.groupby("role", sort=True):
            roles.append(f"{role} {tally(rows['actor'].repeat(rows['count'].tolist()))}")
        name, first = label(bound.iloc[0], groups), bound.iloc[0]
        yield f"{name}, “{first['frame']}”, of {number(first['total'], 'hit')}: {'; '.join(roles)}."
