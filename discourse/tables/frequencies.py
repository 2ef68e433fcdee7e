"""How often: terms and frames per group, with rates, intervals and flags."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse import measures
from discourse._threads import both
from discourse.codebook import Codebook
from discourse.counts import By, Counts, Grouped, Where, frame_counts
from discourse.counts.excess import Excess, Sums, all_exceeding, exceeding, excess_numbers, several_documents
from discourse.counts.moments import Moments, Varying, all_moments, moments_in, unit_moments, united_moments, varying
from discourse.counts.tallies import Hits, Tally, Terms, term_tally
from discourse.tokens import Encoded, Tokens

from .flags import FEW_DOCUMENTS, Index, Mask
from .omission import turned_terms
from .rows import PER, counted_rows, counts_of_terms, every_pair, order_by, per_1k, refuse_with_counts
from .sampling import GARWOOD, Names, limit_names, over_documents, turned_by_one, with_limits


def term_frequencies(
    tokens: Encoded | Counts,
    *,
    by: By = None,
    ngram: int = 1,
    where: Where | None = None,
    leave_one_out: bool = False,
) -> pd.DataFrame:
    """How often each term occurs in each group, and how evenly over its documents.

    Args:
        tokens: a corpus, or counts made by `term_counts` (then `ngram` and `where` are those of the counts).
        by: document columns or layers.
        ngram: words per term, 1 to 5.
        where: which tokens count, see `discourse.counts.select`.
        leave_one_out: look for terms whose difference from all other groups (of up to 100) one document turns, and
            flag them `sign_flips_without`; with four groups it takes up to as long as all the rest, with thirty
            several times as long.

    Returns:
        One row per group and term that occurs there, by group, then count (descending), then term:
        `[by…], term, count, total` (words of the group)`, per_1k, low, high, interval, documents, n_documents, rank,
        dp, dp_norm, flags`. `low, high, interval` as in `frame_frequencies`: over documents, or authors, from 15 of
        them on, else counting limits. `dp`: 0 = spread over the documents of the group like its words; `nan` for
        `dp_norm` in a group of one document.

    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["War and war.", "Peace."]})))
    >>> term_frequencies(tokens)[["term", "count", "per_1k", "rank"]].head(2).values.tolist()
    [['war', 2, 500.0, 1], ['and', 1, 250.0, 2]]
    """
    if isinstance(tokens, Tokens | Counts):
        grouped = counts_of_terms(tokens, by=by, ngram=ngram, where=where).grouped(by)
        turned = turned_by_one(grouped, []) if leave_one_out else None
        moments = unit_moments(grouped, grouped.n_units >= FEW_DOCUMENTS)
        return _term_table(grouped, partial(_spread, grouped), moments, turned)
    # Of many parts only sums travel, and what authors have who wrote in several: the counts of single documents would
    # fill the memory.
    return _table_of_parts(term_tally(tokens, by=by, ngram=ngram, where=where), leave_one_out=leave_one_out)


def _term_table(
    grouped: Grouped,
    spread: Callable[[Index, Index], NDArray[np.float64]],
    moments: NDArray[np.int64],
    turned: Mask | None,
) -> pd.DataFrame:
    """The rows of all terms.

    Args:
        grouped: the groups.
        spread: gives DP and DPnorm of chosen groups and items.
        moments: of all pairs.
        turned: whether one document turns the sign, groups × items, if it is asked for.
    """
    group, item = grouped.matrix.nonzero()
    order = order_by(group, -grouped.matrix.data, item)
    group, item = group[order].astype(np.int64), item[order].astype(np.int64)
    compared = {} if turned is None else {"sign_flips_without": turned[group, item]}
    table, (spreads, limits) = both(
        partial(counted_rows, grouped, group, item, compared=compared, place=order),
        lambda: (spread(group, item), measures.ratio_interval(moments.take(order, axis=1))),
        len(order),
    )
    table["per_1k"] = per_1k(table["count"], table["total"])
    table["rank"] = np.arange(1, len(group) + 1) - grouped.matrix.indptr[group]  # rows are those of the groups in turn
    table["dp"], table["dp_norm"] = spreads
    table = _with_counting(table, np.stack(limits) * PER, (limit_names(grouped, "log"), group))
    return table[[*grouped.keys, str(grouped.items.name), *_TERM_COLUMNS]]


def _with_counting(table: pd.DataFrame, limits: NDArray[np.float64], names: Names) -> pd.DataFrame:
    """Add limits of rates, by counting where there are none over documents."""
    low, high = measures.garwood(table["count"], table["total"])
    return with_limits(table, limits, names, (PER * low, PER * high), GARWOOD)


_RATES = ["count", "total", "per_1k", "low", "high", "interval", "documents", "n_documents"]
_TERM_COLUMNS = [*_RATES, "rank", "dp", "dp_norm", "flags"]


def frame_frequencies(
    tokens: Encoded | Counts, codebook: Codebook | None = None, *, by: By = None, where: Where | None = None
) -> pd.DataFrame:
    """How often each frame's wording occurs in each group. It is salience, never endorsement.

    Args:
        tokens: a corpus, or counts made by `frame_counts`.
        codebook: what to count; not needed with counts.
        by: document columns or layers.
        where: which tokens count.

    Returns:
        One row per group and frame, by group, then frame, also where there is no hit: `[by…], frame, count,
        total` (words)`, per_1k, low, high, interval, documents, n_documents, flags`. `interval` names the method of
        `low, high` (per 1,000 words): limits over documents, or over authors where they wrote several, in groups of at
        least 15; else exact Poisson limits (Garwood 1936), conditional on these texts: they say how fine a count this
        small can be read, not where the outlet's rate lies. Flags compare with all other groups, of up to 100.
        Where patterns of the codebook have weights, `weighted`, after `count`, adds up those of the hits.

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
    counts = _frames(tokens, codebook, by=by, where=where)
    grouped, weighted = counts.grouped(by), counts.weighted(by)
    group, item = every_pair(grouped)
    compared = {"sign_flips_without": turned_by_one(grouped, [])[group, item]}
    table = counted_rows(grouped, group, item, compared=compared)
    table["per_1k"] = per_1k(table["count"], table["total"])
    limits, names = over_documents(grouped, [], "log")[:, group, item] * PER, (limit_names(grouped, "log"), group)
    table = _with_counting(table, limits, names)[[*grouped.keys, str(grouped.items.name), *_RATES, "flags"]]
    if weighted is not None:
        table.insert(table.columns.tolist().index("count") + 1, "weighted", weighted[group, item])
    return table


def _frames(tokens: Encoded | Counts, codebook: Codebook | None, *, by: By, where: Where | None) -> Counts:
    if isinstance(tokens, Counts):
        refuse_with_counts(codebook=(codebook, None), where=(where, None))
        return tokens
    if codebook is None:
        raise ValueError("codebook must be given with tokens. Read one with read_codebook, or pass frame_counts.")
    return frame_counts(tokens, codebook, by=by, where=where)


def _spread(grouped: Grouped, group: Index, item: Index) -> NDArray[np.float64]:
    """DP and DPnorm of chosen items over the documents of their group, 2 × rows; in one document it is even."""
    out = np.stack([np.zeros(len(group)), np.full(len(group), np.nan)])
    for number in np.flatnonzero(grouped.n_documents > 1):
        parts = grouped.unit_group == number
        rows = np.flatnonzero(group == number)
        sizes = grouped.unit_totals[parts]
        units = grouped.units if len(sizes) == len(parts) else grouped.units[parts]
        dp, least = measures.dp(units, sizes).take(item[rows]), np.min(sizes[sizes > 0])
        out[:, rows] = dp, dp / (1 - least / sizes.sum())
    return out


# ── from sums of many parts ──────────────────────────────────────────────────────────────────────────────────────────

Answer = tuple[Excess | None, Moments | None]


def _table_of_parts(terms: Terms, *, leave_one_out: bool) -> pd.DataFrame:
    """The table of all terms; each part is asked again, now that the sums are known."""
    tally = terms.tally
    uneven, vary = several_documents(tally), varying(tally, FEW_DOCUMENTS)
    excess, found = terms.hits.reduce(partial(_asked, uneven=uneven, vary=vary), _all_asked)
    moments = np.zeros((5, len(tally.item)), np.int64)
    if vary is not None and found is not None:
        moments = all_moments(tally, vary, found)
    grouped, spread = tally.grouped(), partial(_spread_of_parts, tally, excess_numbers(tally, excess))
    return _term_table(grouped, spread, moments, turned_terms(terms, grouped) if leave_one_out else None)


def _asked(hits: Hits, *, uneven: Sums, vary: Varying | None) -> Answer:
    excess = exceeding(hits, sums=uneven) if len(uneven.pair) else None
    return excess, None if vary is None else moments_in(hits, vary)


def _all_asked(several: Sequence[Answer]) -> Answer:
    excess, moments = zip(*several, strict=True)
    own = [found for found in excess if found is not None], [found for found in moments if found is not None]
    return all_exceeding(own[0]) if own[0] else None, united_moments(own[1]) if own[1] else None


def _spread_of_parts(tally: Tally, excess: Index, group: Index, item: Index) -> NDArray[np.float64]:
    """The same from sums over the documents of many parts."""
    size, groups = len(tally.groups.keys), tally.groups
    place = np.searchsorted(tally.item * size + tally.group, item * size + group)
    hits, words = excess[:, place]
    dp = np.maximum(hits / tally.numbers[0, place] - words / groups.totals[group], 0)
    several = groups.n_documents[group] > 1
    least = np.where(several, groups.smallest[group] / groups.totals[group], np.nan)
    return np.stack([np.where(several, dp, 0), dp / (1 - least)])
