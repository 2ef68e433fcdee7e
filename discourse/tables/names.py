"""In which words: the names that each group chooses for one referent."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse import measures
from discourse.codebook import Codebook
from discourse.counts import By, Grouped, Where, name_counts
from discourse.tokens import Encoded

from .flags import Index, low_expected
from .rows import counted_rows, every_pair, order_by
from .sampling import WILSON, limit_names, over_documents, turned_by_one, with_limits


def name_shares(tokens: Encoded, codebook: Codebook, *, by: By = None, where: Where | None = None) -> pd.DataFrame:
    """What share of a referent's mentions each name has, per group.

    Shares speak of contexts in which the names could be exchanged; a form may be the house's or the editor's.

    Args:
        tokens: the corpus.
        codebook: its `names`.
        by: document columns or layers.
        where: which tokens count.

    Returns:
        One row per group, referent and name, by group, referent, count (descending) and name; names without a
        mention are kept: `[by…], referent, name, count, total` (mentions of the referent)`, share, low, high,
        interval, documents, n_documents, flags`. `share` is `nan` where the group never mentions the referent.
        `interval` names the method of `low, high`: limits over documents, or over authors where they wrote several, in
        groups of at least 15; else Wilson limits of the share, conditional on these mentions. Flags compare with all
        other groups.

    >>> from discourse.codebook import Entry, parse_pattern
    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> names = {"war": {n: Entry("name", "war", (parse_pattern(n),), n) for n in ("war", "operation")}}
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["The war, the war, the operation."]})))
    >>> name_shares(tokens, Codebook(names=names))[["name", "count", "total", "share"]].round(2).values.tolist()
    [['war', 2, 3, 0.67], ['operation', 1, 3, 0.33]]
    """
    grouped = name_counts(tokens, codebook, by=by, where=where).grouped(by)
    group, item = every_pair(grouped)
    parts = _referents(grouped.items)
    total = _mentions(grouped, parts)
    few = low_expected(total, np.asarray(grouped.matrix.sum(axis=0)), total.sum(axis=0))
    compared = {"low_expected": few[group, item], "sign_flips_without": turned_by_one(grouped, parts)[group, item]}
    table = counted_rows(grouped, group, item, compared=compared)
    table["referent"], table["name"] = zip(*table["name"].str.split("\t"), strict=True) if len(table) else ([], [])
    table["total"] = total[group, item]
    table["share"] = table["count"] / table["total"].where(table["total"] > 0)
    limits, names = over_documents(grouped, parts, "logit")[:, group, item], (limit_names(grouped, "logit"), group)
    table = with_limits(table, limits, names, measures.wilson(table["count"], table["total"]), WILSON)
    order = order_by(group, table["referent"], -table["count"], table["name"])
    return table.loc[order, [*grouped.keys, *_COLUMNS]].reset_index(drop=True)


def _referents(items: pd.Index) -> list[Index]:
    """Which items are names of each referent."""
    code = pd.factorize(np.array([item.split("\t")[0] for item in items], object))[0]
    return [np.flatnonzero(code == number) for number in range(int(np.max(code, initial=-1)) + 1)]


def _mentions(grouped: Grouped, parts: list[Index]) -> NDArray[np.int64]:
    """Mentions of the referent of each name: groups × items."""
    total = np.zeros(grouped.matrix.shape, np.int64)
    for items in parts:
        total[:, items] = grouped.matrix[:, items].sum(axis=1)[:, None]
    return total


_COLUMNS = ["referent", "name", "count", "total", "share", "low", "high", "interval"]
_COLUMNS += ["documents", "n_documents", "flags"]
