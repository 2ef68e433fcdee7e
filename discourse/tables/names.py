"""In which words: the names that each group chooses for one referent."""

from __future__ import annotations

import numpy as np
import pandas as pd

from discourse import measures
from discourse.codebook import Codebook
from discourse.counts import By, Where, name_counts
from discourse.tokens import Encoded

from .rows import counted_rows, every_pair, order_by

WILSON = "Wilson counting interval, 95 %"


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
        `low, high` are Wilson limits of the share, conditional on these mentions.

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
    table = counted_rows(grouped, group, item)
    table["referent"], table["name"] = zip(*table["name"].str.split("\t"), strict=True) if len(table) else ([], [])
    table["total"] = table.groupby([group, "referent"])["count"].transform("sum").astype(np.int64)
    table["share"] = table["count"] / table["total"].where(table["total"] > 0)
    table["low"], table["high"] = measures.wilson(table["count"], table["total"])
    table["interval"] = WILSON
    order = order_by(group, table["referent"], -table["count"], table["name"])
    return table.loc[order, [*grouped.keys, *_COLUMNS]].reset_index(drop=True)


_COLUMNS = ["referent", "name", "count", "total", "share", "low", "high", "interval"]
_COLUMNS += ["documents", "n_documents", "flags"]
