"""What a comparison can carry: documents and authors on each side, and the smallest p that they can reach."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from math import comb
from typing import Any

import numpy as np
import pandas as pd

from discourse import measures
from discourse.counts import By, Counts, Grouped, Where
from discourse.measures.permutation import DRAWS, MOST_SPLITS
from discourse.tokens import Encoded

from .flags import FEW_DOCUMENTS, flag_column, pair_masks
from .permutations import LEVEL, column_of, dealt_out
from .rows import counts_of_terms, refuse_clash
from .sampling import pair_of
from .wording import called, joined, number

ALL = "all others"
TWO_SIDED = "_two_sided"


def comparison_design(tokens: Encoded | Counts, *, by: By = None, where: Where | None = None) -> pd.DataFrame:
    """What the sample lets one say of the difference between groups, before anything is counted.

    Args:
        tokens: a corpus, or counts.
        by: one document column.
        where: which tokens count; not with counts.

    Returns:
        One row per group against all others, if there are several, then one per pair of groups: `<by>, reference,
        documents_target, documents_reference, smallest_p_documents, smallest_p_documents_two_sided`, and where authors
        are known the same of `authors`, then `unit` (what `permutation_test` deals out unless it is told otherwise)`,
        intervals` (whether both sides have enough of these units for limits over them)`, flags`. `smallest_p` is that
        of `permutation_test` with `alternative="greater"`, `two_sided` that of its default, twice as large between
        groups of equal size; both are `nan` where an author is on both sides. `descriptive`: even one-sided, p over
        these units cannot fall to 0.05.

    Raises:
        ValueError: groups that are no columns of documents.

    >>> about = pd.DataFrame({"side": list("AAABBBB"), "author": list("xxxpqrs")})
    >>> counts = Counts.from_matrix([[1]] * 7, ["war"], about)
    >>> table = comparison_design(counts, by="side").query("reference == 'B'")
    >>> table[["side", "smallest_p_documents", "smallest_p_authors"]].round(3).values.tolist()
    [['A', 0.029, 0.2]]
    """
    counts = counts_of_terms(tokens, by=by, ngram=1, where=where)
    column = column_of(counts, by)
    refuse_clash([column], [*_COLUMNS, *(name.replace("documents", "authors") for name in _COLUMNS)])
    units = counts.units(column)
    names = [str(name) for name in units.keys[column].iloc[np.unique(units.unit_group[units.unit_totals > 0])]]
    rows = [
        {column: name, "reference": label, **_row(pair_of(units, name, reference).grouped())}
        for name, label, reference in _comparisons(names)
    ]
    return pd.DataFrame(rows, columns=None if rows else [column, *_COLUMNS])


def _comparisons(names: list[str]) -> Iterator[tuple[str, str, list[str]]]:
    """Each group against all others, if there are several, and all pairs: names with the groups they stand for."""
    if len(names) > 2:
        yield from ((name, ALL, [other for other in names if other != name]) for name in names)
    yield from ((one, two, [two]) for one, two in combinations(names, 2))


_COLUMNS = "reference documents_target documents_reference smallest_p_documents".split()
_COLUMNS += "smallest_p_documents_two_sided unit intervals flags".split()
_SIDES = {"": "greater", TWO_SIDED: "two-sided"}


def _row(pair: Grouped) -> dict[str, Any]:
    """What is known of two groups."""
    row: dict[str, Any] = {}
    for unit in ("document", "author") if "author" in pair.about else ("document",):
        dealt = dealt_out(pair, unit)
        row |= dict(zip((f"{unit}s_target", f"{unit}s_reference"), dealt.sizes, strict=True))
        for end, alternative in _SIDES.items():
            smallest = np.nan if dealt.mixed else measures.smallest_p(*dealt.sizes, alternative=alternative)
            row[f"smallest_p_{unit}s{end}"] = smallest
    unit = dealt_out(pair, None).unit
    zero, one = np.zeros(1, np.int64), np.ones(1, np.int64)
    masks = pair_masks(pair, zero, one) | {"descriptive": np.array([not row[f"smallest_p_{unit}s"] <= LEVEL])}
    intervals = bool((pair.n_units >= FEW_DOCUMENTS).all())
    return row | {"unit": unit, "intervals": intervals, "flags": flag_column(masks, 1)[0]}


def of_designs(table: pd.DataFrame, by: str | None) -> Iterator[str]:
    """What each comparison can carry."""
    for _, row in table.iterrows():
        few = f"; with fewer than {FEW_DOCUMENTS} {row['unit']}s on a side, limits are counting limits"
        limits = "" if row["intervals"] else few
        told = f"{_reach(row)}{_carries(row)}{limits}"
        target, reference = (called(row[name], str(table.columns[0])) for name in table.columns[:2])
        yield f"{target} against {reference}: {_both_sides(row)}. {told}."


def _reach(row: pd.Series) -> str:
    """The smallest p over documents and over authors, one-sided and two-sided."""
    units = [unit for unit in ("documents", "authors") if pd.notna(row.get(f"smallest_p_{unit}", np.nan))]
    one, two = (
        joined(f"{_fraction(row[f'smallest_p_{unit}{end}'])} over {unit}" for unit in units) for end in ("", TWO_SIDED)
    )
    if not units:
        return ""
    sides = f"{one}, one-sided and two-sided" if one == two else f"{one}, one-sided, or {two}, two-sided"
    some = any(_is_drawn(row, unit) for unit in units)
    drawn = f", or {DRAWS:,} times at random where there are too many," if some else ","
    return f"Dealt out in all ways{drawn} p can reach {sides}. "


def _is_drawn(row: pd.Series, unit: str) -> bool:
    """Whether there are too many ways to deal these units out."""
    one, two = int(row[f"{unit}_target"]), int(row[f"{unit}_reference"])
    return comb(one + two, one) > MOST_SPLITS


def _carries(row: pd.Series) -> str:
    """Whether a test can say anything, and which."""
    if pd.isna(row[f"smallest_p_{row['unit']}s"]):
        return "An author is on both sides, so authors cannot be dealt out: the comparison tests nothing"
    if "descriptive" in row["flags"].split():
        return "The comparison describes these texts and tests nothing"
    two_sided = row[f"smallest_p_{row['unit']}s{TWO_SIDED}"] <= LEVEL
    return "It can be tested" if two_sided else 'It can be tested one-sided only (alternative="greater" or "less")'


def _both_sides(row: pd.Series) -> str:
    """Documents and authors of both sides."""
    told = []
    for side in ("target", "reference"):
        authors = f" by {number(row[f'authors_{side}'], 'author')}" if f"authors_{side}" in row else ""
        told.append(number(row[f"documents_{side}"], "document") + authors)
    return " against ".join(told)


def _fraction(p: float) -> str:
    ways = round(1 / p)
    return f"1/{ways:,}" if ways > 1 else "1"
