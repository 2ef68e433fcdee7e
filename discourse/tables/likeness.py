"""How alike: documents or groups compared by the words they use."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from discourse import measures
from discourse._errors import choose
from discourse.counts import By, Counts, Grouped, term_counts
from discourse.tokens import Encoded
from discourse.tokens.types import STOP_WORDS

from .flags import flag_column, pair_masks
from .rows import order_by

MEASURES = ("cosine", "jaccard", "burrows_delta")
MOST_FREQUENT = 150  # Delta tells styles apart by the most frequent words, nearly all of them function words
MOST_COMPARED = 10_000  # 50 million pairs: a table of some gigabytes


def similarity(tokens: Encoded | Counts, *, measure: str = "cosine", by: By = None) -> pd.DataFrame:
    """How alike groups or documents are in the words they use.

    Args:
        tokens: a corpus, or counts of the items to compare by. Of a corpus the terms of its prose are compared:
            without stop words, or the 150 most frequent for `burrows_delta`.
        measure: `cosine` (of counts, 0 to 1), `jaccard` (of the sets of items, 0 to 1), or `burrows_delta` (a
            distance, 0 = alike, of the z-scores of the items' rates).
        by: what is compared; by default documents, or what the counts were made by.

    Returns:
        One row per unordered pair, in the order of the groups: `a, b, similarity, n_documents_a, n_documents_b,
        flags`. Several columns in `by` are joined by a dot in the middle. `similarity` is `nan` where a side has
        no words.

    Raises:
        ValueError: an unknown measure, an unknown column, or more than 10,000 groups or documents.

    >>> frame = pd.DataFrame({"term": ["war", "war", "peace"], "side": ["A", "B", "B"], "count": [8, 1, 7]})
    >>> similarity(Counts.from_frame(frame, by="side"), by="side")[["a", "b", "similarity"]].round(3).values.tolist()
    [['A', 'B', 0.141]]
    """
    choose("measure", measure, MEASURES)
    counts = tokens if isinstance(tokens, Counts) else _words(tokens, by, measure)
    grouped = counts.grouped(by or counts.by or "doc_id")
    names = grouped.keys.agg(" · ".join, axis=1).to_numpy(object) if len(grouped.keys) else np.empty(0, object)
    if len(names) > MOST_COMPARED:
        raise ValueError(
            f"similarity compares each with each, up to {MOST_COMPARED:,} of them; got {len(names):,}. "
            "Name groups in `by`, or take a sample of the documents."
        )
    a, b = np.triu_indices(len(names), 1)
    spoken, masks = grouped.totals > 0, pair_masks(grouped, a, b)
    masks["descriptive"] = masks["few_documents"]
    return pd.DataFrame(
        {
            "a": names[a],
            "b": names[b],
            "similarity": np.where(spoken[a] & spoken[b], _scores(grouped, measure)[a, b], np.nan) if len(a) else [],
            "n_documents_a": grouped.n_documents[a],
            "n_documents_b": grouped.n_documents[b],
            "flags": flag_column(masks, len(a)),
        }
    )


def _scores(grouped: Grouped, measure: str) -> np.ndarray:
    if measure == "burrows_delta":
        return measures.burrows_delta(grouped.matrix, grouped.totals)
    if not grouped.matrix.shape[1]:
        return np.full((len(grouped.keys), len(grouped.keys)), np.nan)
    by_name = {"cosine": measures.cosine_similarity, "jaccard": measures.jaccard_similarity}
    return by_name[measure](grouped.matrix)


def _words(tokens: Encoded, by: By, measure: str) -> Counts:
    """The terms that a measure is made for; the totals stay all words."""
    counts = term_counts(tokens, by=by)
    if measure == "burrows_delta":
        kept = np.sort(order_by(-counts.matrix.sum(axis=0), np.arange(len(counts.items)))[:MOST_FREQUENT])
    else:
        kept = np.flatnonzero(~counts.items.isin(STOP_WORDS))
    return replace(counts, matrix=counts.matrix[:, kept], items=counts.items[kept], weighed=None)
