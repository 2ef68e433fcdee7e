"""What a comparison can carry: documents and authors on each side, and the smallest p that they can reach."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from discourse import measures
from discourse.counts import By, Counts, Grouped, Where
from discourse.tokens import Encoded

from .flags import FEW_DOCUMENTS, flag_column, pair_masks
from .permutations import LEVEL, column_of, dealt_out
from .rows import counts_of_terms
from .sampling import pair_of
from .wording import joined, number

ALL = "all others"


def comparison_design(tokens: Encoded | Counts, *, by: By = None, where: Where | None = None) -> pd.DataFrame:
    """What the sample lets one say of the difference between groups, before anything is counted.

    Args:
        tokens: a corpus, or counts.
        by: one document column.
        where: which tokens count; not with counts.

    Returns:
        One row per group against all others, if there are several, then one per pair of groups: `<by>, reference,
        documents_target, documents_reference, smallest_p_documents`, and where authors are known `authors_target,
        authors_reference, smallest_p_authors`, then `intervals` (whether both sides have enough documents, or authors
        where they wrote several, for limits over them)`, flags`. `smallest_p` of `permutation_test`, one-sided; `nan`
        where an author is on both sides. `descriptive`: it is above 0.05, over authors where they wrote several.

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


_COLUMNS = "reference documents_target documents_reference smallest_p_documents intervals flags".split()


def _row(pair: Grouped) -> dict[str, Any]:
    """What is known of two groups."""
    row: dict[str, Any] = {}
    smallest = 1.0
    for unit in ("document", "author") if "author" in pair.about else ("document",):
        dealt = dealt_out(pair, unit)
        target, reference = dealt.sizes
        smallest = np.nan if dealt.mixed else measures.smallest_p(target, reference, alternative="greater")
        row |= {f"{unit}s_target": target, f"{unit}s_reference": reference, f"smallest_p_{unit}s": smallest}
    unit = f"smallest_p_{dealt_out(pair, None).unit}s"
    zero, one = np.zeros(1, np.int64), np.ones(1, np.int64)
    masks = pair_masks(pair, zero, one) | {"descriptive": np.array([not row[unit] <= LEVEL])}
    return row | {"intervals": bool((pair.n_units >= FEW_DOCUMENTS).all()), "flags": flag_column(masks, 1)[0]}


def of_designs(table: pd.DataFrame, by: str | None) -> Iterator[str]:
    """What each comparison can carry."""
    for _, row in table.iterrows():
        sides = _both_sides(row)
        reach = [f"{_fraction(row[f'smallest_p_{unit}'])} over {unit}" for unit in ("documents", "authors")
                 if f"smallest_p_{unit}" in row and pd.notna(row[f"smallest_p_{unit}"])]
        described = "descriptive" in row["flags"].split()
        told = "The comparison describes these texts and tests nothing" if described else "It can be tested"
        can = f"Dealt out in all ways, p can reach {joined(reach)}, one-sided. " if reach else ""
        limits = "" if row["intervals"] else f"; with fewer than {FEW_DOCUMENTS} on a side, limits are counting limits"
        yield f"{row.iloc[0]} against {row['reference']}: {sides}. {can}{told}{limits}."


def _both_sides(row: pd.Series) -> str:
    """Documents and authors of both sides."""
    told = []
    for side in ("target", "reference"):
        authors = f" by {number(row[f'authors_{side}'], 'author')}" if f"authors_{side}" in row else ""
        told.append(number(row[f"documents_{side}"], "document") + authors)
    return " against ".join(told)


def _fraction(p: float) -> str:
    return f"1/{round(1 / p):,}"
