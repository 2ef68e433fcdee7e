"""How evenly: the dispersion of terms over the parts of a corpus."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd
import pyarrow.compute as pc
import scipy.sparse as sp

from discourse._errors import choose
from discourse.counts import Where, conditions
from discourse.counts.groups import run_lengths
from discourse.counts.spellings import strings, united
from discourse.tokens import Encoded, Tokens

from .evenness import MENU, measured
from .flags import Index, Mask
from .menu import Asked, asked_for
from .pieces import cells
from .rows import order_by

PARTS = ("document", "paragraph", "sentence")


def dispersion(
    tokens: Encoded, *, parts: str | int = "document", where: Where | None = None, measures: Asked = ()
) -> pd.DataFrame:
    """How evenly each term is spread.

    Args:
        tokens: the corpus.
        parts: `document`, `paragraph` or `sentence`, or a number: so many equal parts of the words that count, one
            after the other in the order of the corpus.
        where: which tokens count.
        measures: more of them by name: `juilland_d, carroll_d2, rosengren_s, burch_da` (1 = even)`, kl_divergence`
            (0 = even)`, average_reduced_frequency`; or name → options, as in `{"juilland_d": {"deviation": "sample"},
            "dp_norm": {"norm": "number_of_parts"}}`. Docs/measures.md says which tool follows which. For these, and
            for equal parts, every pair of a part and a term is in memory at once.

    Returns:
        One row per term, by count (descending), then term: `term, count, total, range` (parts with the term)`,
        n_parts, dp, dp_norm`, and the measures asked for. DP: 0 = spread like the sizes of the parts, towards 1 = all
        in one small part; `dp_norm` is scaled so that 1 can be reached, `nan` with one part.

    Raises:
        ValueError: unknown parts, measures, options, columns or values.

    Source: Gries (2008); Lijffijt and Gries (2012).

    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["war war", "peace war"]})))
    >>> dispersion(tokens)[["term", "count", "range", "dp"]].round(2).values.tolist()
    [['war', 3, 2, 0.17], ['peace', 1, 1, 0.5]]
    """
    wanted = conditions(tokens, where)
    asked = asked_for(measures, MENU)
    if not isinstance(parts, int):
        choose("parts", parts, PARTS)
    if isinstance(parts, int) or asked:
        return measured(tokens, parts, wanted, asked)
    # What a part of the corpus holds too much of is known once all of it has been counted: it is asked twice.
    sums = tokens.reduce(partial(_summed, parts=parts, where=wanted), _added)
    excess = tokens.reduce(partial(_exceeding, parts=parts, where=wanted, sums=sums), _all_exceeding).toarray()
    order = order_by(-sums.hits, np.arange(len(sums.terms)))
    dp = np.maximum(excess[0] / sums.hits - excess[1] / max(sums.words, 1), 0)
    least = sums.smallest / sums.words if sums.n_parts > 1 else np.nan
    return pd.DataFrame(
        {
            "term": sums.terms.take(order),
            "count": sums.hits[order],
            "total": sums.words,
            "range": sums.within[order],
            "n_parts": sums.n_parts,
            "dp": dp[order],
            "dp_norm": dp[order] / (1 - least),
        }
    )


@dataclass(frozen=True, eq=False)
class _Sums:
    """The terms of a corpus over its parts.

    Attributes:
        terms: those that occur, sorted.
        hits: of each term.
        within: parts with each term.
        words: of all parts.
        n_parts: parts with words.
        smallest: words of the smallest of these.
    """

    terms: pd.Index
    hits: Index
    within: Index
    words: int
    n_parts: int
    smallest: int


def _summed(tokens: Tokens, *, parts: str, where: Where) -> _Sums:
    hits, within = np.zeros((2, len(tokens.terms)), np.int64)
    sizes = [np.empty(0, np.int64)]
    for part, term, count in cells(tokens, parts, where):
        hits += np.bincount(term, count, len(hits)).astype(np.int64)
        within += np.bincount(term, minlength=len(hits))
        sizes.append(_sizes(part, count))
    size, some = np.concatenate(sizes), np.flatnonzero(hits)
    least = int(np.min(size, initial=np.iinfo(np.int64).max))
    return _Sums(tokens.terms.take(some), hits[some], within[some], int(size.sum()), len(size), least)


def _added(several: Sequence[_Sums]) -> _Sums:
    terms, places = united([sums.terms for sums in several])
    hits, within = np.zeros((2, len(terms)), np.int64)
    for sums, place in zip(several, places, strict=True):
        hits[place] += sums.hits
        within[place] += sums.within
    words, n_parts = sum(sums.words for sums in several), sum(sums.n_parts for sums in several)
    return _Sums(terms, hits, within, words, n_parts, min(sums.smallest for sums in several))


def _exceeding(tokens: Tokens, *, parts: str, where: Where, sums: _Sums) -> sp.csr_array:
    """Hits in the parts with more of a term than of the words, and the words of these parts: 2 × terms.

    Whole numbers, so that the order of the parts does not matter; DP is the difference of their shares.
    """
    own = _among(tokens.terms, sums.terms)
    place = np.flatnonzero(_among(sums.terms, tokens.terms))
    total = np.zeros(len(own))
    total[own] = sums.hits[place]
    found = np.zeros((2, len(own)), np.int64)
    for part, term, count in cells(tokens, parts, where):
        words = np.repeat(*_sizes_and_cells(part, count))
        # Floats: products of whole numbers would overflow. Where rounding decides, the shares are the same.
        more = np.flatnonzero(count * float(sums.words) > words * total.take(term))
        for row, values in zip(found, (count, words), strict=True):
            row += np.bincount(term.take(more), values.take(more), len(own)).astype(np.int64)
    entries = found[:, own].ravel(), np.tile(place, 2), np.arange(3) * len(place)
    return sp.csr_array(entries, (2, len(sums.terms)))


def _among(terms: pd.Index, others: pd.Index) -> Mask:
    found: Mask = pc.is_in(strings(terms), value_set=strings(others)).to_numpy(zero_copy_only=False)
    return found


def _all_exceeding(several: Sequence[sp.csr_array]) -> sp.csr_array:
    return sum(several[1:], several[0])


def _sizes_and_cells(part: Index, count: Index) -> tuple[Index, Index]:
    """The words of each part, and how many terms it has; the parts stand one after the other."""
    size = run_lengths(part)[1]
    starts = np.cumsum(size) - size
    return (np.add.reduceat(count, starts) if len(starts) else count), size


def _sizes(part: Index, count: Index) -> Index:
    return _sizes_and_cells(part, count)[0]
