"""How evenly: the dispersion of terms over the parts of a corpus."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd
import pyarrow.compute as pc
import scipy.sparse as sp
from numpy.typing import NDArray

from discourse._errors import choose
from discourse.counts import Where, conditions
from discourse.counts.groups import run_lengths
from discourse.counts.spellings import strings, united
from discourse.tokens import Encoded, Tokens

from .evenness import MENU, measured
from .flags import Index, Mask
from .menu import Asked, asked_for
from .pieces import cells
from .reach import with_spread_limits
from .rows import order_by

PARTS = ("document", "paragraph", "sentence")
# Steps of the grids on which rates (up to 1 a part), and squares that add up to 1 at most, are whole numbers: sums of
# them stay below 2**53, where floats are exact, for eight million parts.
RATES, UNEVEN = (2.0**30, 2.0**30), (2.0**40, 2.0**30)

Floats = NDArray[np.float64]


def dispersion(
    tokens: Encoded,
    *,
    parts: str | int = "document",
    where: Where | None = None,
    measures: Asked = (),
    limits: bool = False,
) -> pd.DataFrame:
    """How evenly each term is spread.

    Args:
        tokens: the corpus.
        parts: `document`, `paragraph` or `sentence`, or a number: so many equal parts of the words that count, one
            after the other in the order of the corpus.
        where: which tokens count.
        measures: more of them by name: `carroll_d2, rosengren_s, burch_da` (1 = even)`, kl_divergence` (0 = even)`,
            average_reduced_frequency`; or name → options, as in `{"juilland_d": {"deviation": "sample"}, "dp_norm":
            {"norm": "number_of_parts"}}`. Docs/measures.md says which tool follows which. For these, for limits, and
            for equal parts, every pair of a part and a term is in memory at once.
        limits: of the DP that very many documents like these would have; only with documents as parts.

    Returns:
        One row per term, by count (descending), then term: `term, count, total, range` (parts with the term)`,
        n_parts, dp, dp_norm, juilland_d`, and the measures asked for. DP: 0 = spread like the sizes of the parts,
        towards 1 = all in one small part; `dp_norm` is scaled so that 1 can be reached. Juilland's D: 1 = the same rate
        everywhere, 0 = all in one part. Both are `nan` with one part. With limits also `low, high, interval` (the
        method) behind `dp`, from how documents differ, or authors where they wrote several; `nan` for fewer than
        15 of them (docs/uncertainty.md).

    Raises:
        ValueError: unknown parts, measures, options, columns or values; limits with other parts than documents.

    Source: Gries (2008); Lijffijt and Gries (2012); Juilland and Chang-Rodriguez (1964).

    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["war war", "peace war"]})))
    >>> dispersion(tokens)[["term", "count", "range", "dp"]].round(2).values.tolist()
    [['war', 3, 2, 0.17], ['peace', 1, 1, 0.5]]
    """
    wanted = conditions(tokens, where)
    asked = asked_for(measures, MENU)
    parts = parts if isinstance(parts, str) or not hasattr(parts, "__index__") else int(parts)
    if not isinstance(parts, int):
        choose("parts", parts, PARTS)
    if limits and parts != "document":
        raise ValueError(f"limits speak of documents; got parts={parts!r}. Leave parts out, or limits.")
    if isinstance(parts, int) or asked:
        table = measured(tokens, parts, wanted, asked)
    else:
        table = _in_sums(tokens, parts, wanted)
    return with_spread_limits(table, tokens, wanted) if limits else table


def _in_sums(tokens: Encoded, parts: str, where: Where) -> pd.DataFrame:
    """The table of the usual measures, which follow from sums over the parts of a corpus."""
    # What a part of the corpus holds too much of is known once all of it has been counted: it is asked twice.
    sums = tokens.reduce(partial(_summed, parts=parts, where=where), _added)
    over = tokens.reduce(partial(_exceeding, parts=parts, where=where, sums=sums), _all_exceeding).toarray()
    order = order_by(-sums.hits, np.arange(len(sums.terms)))
    dp = np.maximum(over[0] / sums.hits - over[1] / max(sums.words, 1), 0)
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
            "juilland_d": _evenness(sums, _off_grid(over[2:], UNEVEN))[order],
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
        rates: of each term, added up over the parts, on the grid.
    """

    terms: pd.Index
    hits: Index
    within: Index
    words: int
    n_parts: int
    smallest: int
    rates: Floats

    @property
    def mean_rates(self) -> Floats:
        """The mean over all parts, also those without the term."""
        return _off_grid(self.rates, RATES) / max(self.n_parts, 1)


def _summed(tokens: Tokens, *, parts: str, where: Where) -> _Sums:
    hits, within = np.zeros((2, len(tokens.terms)), np.int64)
    rates, sizes = np.zeros((2, len(hits))), [np.empty(0, np.int64)]
    for part, term, count in cells(tokens, parts, where):
        hits += np.bincount(term, count, len(hits)).astype(np.int64)
        within += np.bincount(term, minlength=len(hits))
        size, several = _sizes_and_cells(part, count)
        sizes.append(size)
        _add_on_grid(rates, term, count / np.repeat(size, several), RATES)
    size, some = np.concatenate(sizes), np.flatnonzero(hits)
    least = int(np.min(size, initial=np.iinfo(np.int64).max))
    terms = tokens.terms.take(some)
    return _Sums(terms, hits[some], within[some], int(size.sum()), len(size), least, rates[:, some])


def _added(several: Sequence[_Sums]) -> _Sums:
    terms, places = united([sums.terms for sums in several])
    hits, within = np.zeros((2, len(terms)), np.int64)
    rates = np.zeros((2, len(terms)))
    for sums, place in zip(several, places, strict=True):
        hits[place] += sums.hits
        within[place] += sums.within
        rates[:, place] += sums.rates
    words, n_parts = sum(sums.words for sums in several), sum(sums.n_parts for sums in several)
    return _Sums(terms, hits, within, words, n_parts, min(sums.smallest for sums in several), rates)


def _exceeding(tokens: Tokens, *, parts: str, where: Where, sums: _Sums) -> sp.csr_array:
    """What needs the sums of the whole, 4 × terms.

    Hits in the parts with more of a term than of the words, and the words of these parts: DP is the difference of their
    shares. And, in two numbers, how far the rates of parts with the term lie from the mean. Whole numbers, so that the
    order of the parts does not matter.
    """
    own = _among(tokens.terms, sums.terms)
    place = np.flatnonzero(_among(sums.terms, tokens.terms))
    total, mean = np.zeros((2, len(own)))
    total[own], mean[own] = sums.hits[place], sums.mean_rates[place]
    scale = max(sums.n_parts * (sums.n_parts - 1), 1)
    found = np.zeros((4, len(own)))
    for part, term, count in cells(tokens, parts, where):
        words = np.repeat(*_sizes_and_cells(part, count))
        # Floats: products of whole numbers would overflow. Where rounding decides, the shares are the same.
        more = np.flatnonzero(count * float(sums.words) > words * total.take(term))
        for row, values in zip(found, (count, words), strict=False):
            row += np.bincount(term.take(more), values.take(more), len(own))
        _add_on_grid(found[2:], term, (count / words / mean.take(term) - 1) ** 2 / scale, UNEVEN)
    entries = found[:, own].ravel(), np.tile(place, 4), np.arange(5) * len(place)
    return sp.csr_array(entries, (4, len(sums.terms)))


def _evenness(sums: _Sums, squares: Floats) -> Floats:
    """Juilland's D from the squared distances of the rates to their mean, over mean² n (n - 1)."""
    if sums.n_parts < 2:
        return np.full(len(sums.terms), np.nan)
    without = (sums.n_parts - sums.within) / (sums.n_parts * (sums.n_parts - 1))
    evenness: Floats = np.maximum(1 - np.sqrt(squares + without), 0)
    return evenness


def _add_on_grid(to: Floats, term: Index, values: Floats, grid: tuple[float, float]) -> None:
    """Add numbers up as two whole ones each, so that their order does not matter: to a last bit of 2**-60 or less."""
    coarse, fine = grid
    high = np.rint(values * coarse)
    for row, part in zip(to, (high, np.rint((values * coarse - high) * fine)), strict=True):
        row += np.bincount(term, part, len(row))


def _off_grid(sums: Floats, grid: tuple[float, float]) -> Floats:
    coarse, fine = grid
    values: Floats = sums[0] / coarse + sums[1] / coarse / fine
    return values


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

