"""How often: terms and frames per group, with rates, intervals and flags."""

from __future__ import annotations

import numpy as np
import pandas as pd

from discourse import measures
from discourse.codebook import Codebook
from discourse.counts import By, Counts, Grouped, Where, frame_counts, names_of, term_counts
from discourse.tokens import Tokens

from .flags import row_flags

PER = 1000  # rates are hits per so many words


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
    if isinstance(tokens, Counts):
        _only_defaults(ngram=(ngram, 1), where=(where, None))
    counts = tokens if isinstance(tokens, Counts) else term_counts(tokens, by=by, ngram=ngram, where=where)
    names = counts.by if by is None else names_of(by)
    grouped = counts.grouped(names)
    group, item = grouped.matrix.nonzero()
    table = _rates(grouped, names, group, item)
    order = np.lexsort([item, -table["count"].to_numpy(), group])
    table = table.iloc[order].reset_index(drop=True)
    first = table.groupby(group[order]).cumcount() if len(table) else []
    spread = _spread(grouped, group[order], item[order])
    flags = table.pop("flags")
    return table.assign(rank=np.asarray(first, np.int64) + 1, dp=spread[0], dp_norm=spread[1], flags=flags)


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
    if isinstance(tokens, Counts):
        _only_defaults(where=(where, None))
        counts = tokens
    elif codebook is None:
        raise ValueError("codebook must be given with tokens. Read one with read_codebook, or pass frame_counts.")
    else:
        counts = frame_counts(tokens, codebook, by=by, where=where)
    names = counts.by if by is None else names_of(by)
    grouped = counts.grouped(names)
    group, item = (index.ravel() for index in np.indices(grouped.matrix.shape))
    table = _rates(grouped, names, group, item)
    low, high = measures.garwood(table["count"], table["total"])
    table.insert(table.columns.get_loc("documents"), "low", low * PER)
    table.insert(table.columns.get_loc("documents"), "high", high * PER)
    table.insert(table.columns.get_loc("documents"), "interval", "Garwood counting interval, 95 %")
    return table


def _only_defaults(**given: tuple[object, object]) -> None:
    """Counts were made with their own arguments: others would be ignored."""
    for name, (value, default) in given.items():
        if value != default:
            raise ValueError(f"{name} has no effect on counts made before; got {value!r}. Give it where you count.")


def _rates(grouped: Grouped, by: tuple[str, ...], group: np.ndarray, item: np.ndarray) -> pd.DataFrame:
    """Group columns, the item, count, total, rate, documents and flags for chosen cells of groups × items."""
    count = np.asarray(grouped.matrix[group, item]).ravel().astype(np.int64)
    total = grouped.totals[group]
    table = grouped.keys.iloc[group].reset_index(drop=True)
    table[str(grouped.items.name)] = grouped.items.to_numpy(object)[item]
    table["count"] = count
    table["total"] = total
    table["per_1k"] = PER * count / np.where(total > 0, total, np.nan)
    table["documents"] = np.asarray(grouped.documents[group, item]).ravel().astype(np.int64)
    table["n_documents"] = grouped.n_documents[group]
    top = np.asarray(grouped.top_document[group, item]).ravel()
    table["flags"] = row_flags(grouped, by, group, count, top)
    return table


def _spread(grouped: Grouped, group: np.ndarray, item: np.ndarray) -> np.ndarray:
    """DP and DPnorm of chosen items over the documents of their group, 2 × rows; in one document it is even."""
    out = np.stack([np.zeros(len(group)), np.full(len(group), np.nan)])
    for number in np.flatnonzero(grouped.n_documents > 1):
        parts = (grouped.unit_group == number) & (grouped.unit_totals > 0)
        rows = np.flatnonzero(group == number)
        counts, sizes = grouped.units[parts][:, item[rows]], grouped.unit_totals[parts]
        out[:, rows] = measures.dp(counts, sizes), measures.dp_norm(counts, sizes)
    return out
