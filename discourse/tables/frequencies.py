"""How often: terms and frames per group, with rates, intervals and flags."""

from __future__ import annotations

import numpy as np
import pandas as pd

from discourse import measures
from discourse.codebook import Codebook
from discourse.counts import By, Counts, Grouped, Where, frame_counts
from discourse.tokens import Tokens

from .flags import Index
from .rows import PER, counted_rows, counts_of_terms, every_pair, order_by, per_1k, refuse_with_counts

GARWOOD = "Garwood counting interval, 95 %"


def term_frequencies(
    tokens: Tokens | Counts, *, by: By = None, ngram: int = 1, where: Where | None = None
) -> pd.DataFrame:
    """How often each term occurs in each group, and how evenly over its documents.

    Args:
        tokens: a corpus, or counts made by `term_counts` (then `ngram` and `where` are those of the counts).
        by: document columns or layers.
        ngram: words per term, 1 to 5.
        where: which tokens count, see `discourse.counts.select`.

    Returns:
        One row per group and term that occurs there, by group, then count (descending), then term:
        `[by…], term, count, total` (words of the group)`, per_1k, documents, n_documents, rank, dp, dp_norm, flags`.
        `dp`: 0 = spread over the documents of the group like its words; `nan` for `dp_norm` in a group of one
        document.

    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["War and war.", "Peace."]})))
    >>> term_frequencies(tokens)[["term", "count", "per_1k", "rank"]].head(2).values.tolist()
    [['war', 2, 500.0, 1], ['and', 1, 250.0, 2]]
    """
    grouped = counts_of_terms(tokens, by=by, ngram=ngram, where=where).grouped(by)
    group, item = grouped.matrix.nonzero()
    order = order_by(group, -grouped.matrix.data, item)
    group, item = group[order].astype(np.int64), item[order].astype(np.int64)
    table = counted_rows(grouped, group, item)
    table["per_1k"] = per_1k(table["count"], table["total"])
    table["rank"] = table.groupby(group).cumcount() + 1
    table["dp"], table["dp_norm"] = _spread(grouped, group, item)
    return table[[*grouped.keys, str(grouped.items.name), *_TERM_COLUMNS]]


_TERM_COLUMNS = ["count", "total", "per_1k", "documents", "n_documents", "rank", "dp", "dp_norm", "flags"]


def frame_frequencies(
    tokens: Tokens | Counts, codebook: Codebook | None = None, *, by: By = None, where: Where | None = None
) -> pd.DataFrame:
    """How often each frame's wording occurs in each group. It is salience, never endorsement.

    Args:
        tokens: a corpus, or counts made by `frame_counts`.
        codebook: what to count; not needed with counts.
        by: document columns or layers.
        where: which tokens count.

    Returns:
        One row per group and frame, by group, then frame, also where there is no hit: `[by…], frame, count,
        total` (words)`, per_1k, low, high, interval, documents, n_documents, flags`. `low, high` (per 1,000 words)
        are exact Poisson limits (Garwood 1936), conditional on these texts: they say how fine a count this small
        can be read, not where the outlet's rate lies.

    Raises:
        ValueError: tokens without a codebook.

    >>> from discourse.codebook import Codebook, Entry, parse_pattern
    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["War and war.", "Peace."]})))
    >>> book = Codebook(frames={"force": Entry("frame", "force", (parse_pattern("war"),))})
    >>> frame_frequencies(tokens, book)[["frame", "count", "total", "per_1k", "documents"]].values.tolist()
    [['force', 2, 4, 500.0, 1]]
    """
    grouped = _frames(tokens, codebook, by=by, where=where).grouped(by)
    table = counted_rows(grouped, *every_pair(grouped))
    table["per_1k"] = per_1k(table["count"], table["total"])
    low, high = measures.garwood(table["count"], table["total"])
    table = table.assign(low=low * PER, high=high * PER, interval=GARWOOD)
    return table[[*grouped.keys, str(grouped.items.name), *_FRAME_COLUMNS]]


_FRAME_COLUMNS = ["count", "total", "per_1k", "low", "high", "interval", "documents", "n_documents", "flags"]


def _frames(tokens: Tokens | Counts, codebook: Codebook | None, *, by: By, where: Where | None) -> Counts:
    if isinstance(tokens, Counts):
        refuse_with_counts(codebook=(codebook, None), where=(where, None))
        return tokens
    if codebook is None:
        raise ValueError("codebook must be given with tokens. Read one with read_codebook, or pass frame_counts.")
    return frame_counts(tokens, codebook, by=by, where=where)


def _spread(grouped: Grouped, group: Index, item: Index) -> np.ndarray:
    """DP and DPnorm of chosen items over the documents of their group, 2 × rows; in one document it is even."""
    out = np.stack([np.zeros(len(group)), np.full(len(group), np.nan)])
    for number in np.flatnonzero(grouped.n_documents > 1):
        parts = grouped.unit_group == number
        rows = np.flatnonzero(group == number)
        counts, sizes = grouped.units[parts][:, item[rows]], grouped.unit_totals[parts]
        out[:, rows] = measures.dp(counts, sizes), measures.dp_norm(counts, sizes)
    return out
