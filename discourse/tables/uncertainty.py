"""How sure: rates with limits from resampling whole documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import pandas as pd
import scipy.sparse as sp
from numpy.typing import NDArray

from discourse import measures
from discourse._errors import choose
from discourse.codebook import Codebook
from discourse.counts import (
    By,
    Counts,
    Grouped,
    Where,
    added,
    adder,
    conditions,
    frame_counts,
    labels,
    names_of,
    term_counts,
)
from discourse.counts.groups import Units, canonical
from discourse.counts.strata import Groups, groups_of, numbered_rows, united_groups
from discourse.counts.survey import id_hashes
from discourse.tokens import Encoded, Tokens, check_encoded
from discourse.tokens.types import check_terms

from .flags import Index, Mask, group_masks
from .rows import PER, counted_rows, order_by, per_1k, refuse_with_counts
from .sampling import turned_by_one

# Percentiles of documents drawn by Poisson weights need more documents than other limits (docs/uncertainty.md).
FEW_DRAWN = 50
NONE = f"none: fewer than {FEW_DRAWN} documents, or authors"
ALIKE = "none: documents do not differ"
COLUMNS = ("count", "total", "per_1k", "low", "high", "interval", "documents", "n_documents", "flags")
MOST_NUMBERS = 2**26  # groups × items × draws that an answer may hold: half a gigabyte


def bootstrap_intervals(
    tokens: Encoded | Counts,
    *,
    codebook: Codebook | None = None,
    terms: Sequence[str] | int | None = None,
    by: By = None,
    draws: int = 999,
    seed: int,
    level: float = 0.95,
    where: Where | None = None,
) -> pd.DataFrame:
    """How often frames or terms occur in each group, with limits that let the documents vary.

    Documents are drawn with replacement, again and again, by Poisson weights that depend on nothing but seed and id:
    the limits are the same for one block, many files and a cluster. All documents of an author are drawn together,
    unless authors are the groups.

    Args:
        tokens: a corpus, or counts.
        codebook: count its frames.
        terms: count these terms (sequences of up to five words), or the so many most frequent ones; of counts, these
            items, by default all.
        by: document columns or layers.
        draws: how often the documents are drawn.
        seed: a whole number; the same one draws the same.
        level: of the two-sided limits.
        where: which tokens count.

    Returns:
        One row per group and item, by group, then item, also where there is no hit: `[by…], <item>, count,
        total` (words)`, per_1k, low, high, interval, documents, n_documents, flags`. `low, high`: percentile limits of
        the rate per 1,000 words; `nan` in a group of fewer than 50 documents or authors, whose coverage would be too
        low, of one author among others, and of an item in which documents do not differ, as one that never occurs.

    Raises:
        ValueError: tokens without a codebook or terms, or with both; an unknown column or item; more groups, items and
            draws than memory holds; what the measures refuse.

    Source: Chamandy et al. (2012), Estimating uncertainty for massive data streams.

    >>> counts = Counts.from_matrix([[2, 0], [1, 3]] * 25, ["war", "peace"], pd.DataFrame(index=range(50)))
    >>> table = bootstrap_intervals(counts, terms=["war"], seed=1)
    >>> table[["term", "count", "per_1k", "low", "high"]].round(1).values.tolist()
    [['war', 75, 500.0, 409.1, 606.6]]
    """
    drawing = partial(_drawn, draws=draws, seed=seed)
    if isinstance(tokens, Counts):
        refuse_with_counts(codebook=(codebook, None), where=(where, None))
        names = tokens.by if by is None else names_of(by)
        counts = _only([_cells_by(tokens, names)], _items_of(tokens, terms))
        drawn = drawing(counts, by=names)
        turned = turned_by_one(_in_groups(counts, names, drawn.groups.keys), [])
    else:
        counting = _counting(tokens, codebook, terms, names_of(by), conditions(tokens, where))
        drawn = tokens.reduce(partial(_drawn_in_part, counting=counting, drawing=drawing), _merged)
        # What one document turns is known once all are counted: the parts are asked again.
        turned = tokens.reduce(partial(_turned_in_part, counting=counting, whole=_grouped(drawn)), np.logical_or.reduce)
    told = f"Poisson bootstrap of documents, percentiles at {100 * level:g} %, {draws} draws, seed {seed}"
    return _table(drawn, turned, told, level)


# ── what is counted ──────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Counting:
    """What is counted in each part; can be pickled.

    Attributes:
        items: what is counted, sorted.
        codebook: whose frames they are, if they are frames.
        by: document columns or layers.
        where: conditions that were checked on the whole.
    """

    items: tuple[str, ...]
    codebook: Codebook | None
    by: tuple[str, ...]
    where: Where

    def counts(self, tokens: Tokens) -> Counts:
        """The counts of one part."""
        if self.codebook is not None:
            return frame_counts(tokens, self.codebook, by=self.by, where=self.where)
        sizes = sorted({term.count(" ") + 1 for term in self.items})
        several = [term_counts(tokens, by=self.by, ngram=size, where=self.where) for size in sizes]
        return _only(several, self.items)


def _counting(
    tokens: Encoded, codebook: Codebook | None, terms: Sequence[str] | int | None, by: tuple[str, ...], where: Where
) -> Counting:
    check_encoded(tokens)
    for name in by:
        choose("by", name, tokens.columns)
    if (codebook is None) == (terms is None):
        raise ValueError("codebook or terms must be given with tokens, and not both. Say what is to be counted.")
    if isinstance(terms, int | np.integer):
        terms = _most_frequent(tokens.reduce(partial(_totals, where=where), _added), terms)
        if not terms:
            raise ValueError("terms cannot be the most frequent ones where no word counts. Check `where`.")
    wanted = _sorted(() if terms is None else terms)
    if codebook is None and not wanted:
        raise ValueError("terms must name at least one term; got none. Give names, or a number for the most frequent.")
    check_terms(wanted)
    return Counting(wanted, codebook, by, where)


def _items_of(counts: Counts, terms: Sequence[str] | int | None) -> tuple[str, ...]:
    """The items of counts that are asked for.

    Raises:
        ValueError: one is not in the counts.
    """
    if isinstance(terms, int | np.integer):
        return _most_frequent(_totals_of(counts), terms)
    wanted = _sorted(counts.items if terms is None else terms)
    if unknown := sorted(set(wanted).difference(counts.items)):
        raise ValueError(f"terms must name items that were counted; got {unknown[0]!r}. Leave it out, or count it.")
    return wanted


def _cells_by(counts: Counts, by: tuple[str, ...]) -> Counts:
    """Counts by these layers only: what a document has in one group becomes one cell."""
    names = ["doc_id", *(layer for layer in counts.layers if layer in by)]
    if len(names) == len(counts.cells.columns):
        return counts
    row = np.asarray(counts.cells.groupby(names, sort=False).ngroup(), np.int64)
    cells = counts.cells[names].drop_duplicates(ignore_index=True)
    matrix = canonical(adder(row, len(cells)) @ counts.matrix)
    return replace(counts, matrix=matrix, cells=cells, totals=added(row, counts.totals, len(cells)), weighed=None)


def _sorted(terms: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({terms} if isinstance(terms, str) else set(terms)))


def _totals(tokens: Tokens, *, where: Where) -> pd.Series:
    return _totals_of(term_counts(tokens, where=where))


def _totals_of(counts: Counts) -> pd.Series:
    return pd.Series(np.asarray(counts.matrix.sum(axis=0)), index=counts.items)


def _added(totals: Sequence[pd.Series]) -> pd.Series:
    added: pd.Series = pd.concat(totals).groupby(level=0, sort=True).sum()
    return added


def _most_frequent(totals: pd.Series, number: int) -> tuple[str, ...]:
    if number < 1:
        raise ValueError(f"terms must be names, or a number of 1 or more; got {number!r}. Give 50 for the first 50.")
    order = order_by(-totals.to_numpy(), totals.index.to_numpy(object))
    return _sorted(totals.index[order[:number]])


def _only(several: Sequence[Counts], items: Sequence[str]) -> Counts:
    """Counts of the same cells as one, with these items only; an item may be in none of them."""
    wanted = pd.Index(list(items), dtype="str", name=several[0].items.name)
    matrix = sp.csr_array((len(several[0].cells), len(items)), dtype=np.int64)
    for counts in several:
        place = counts.items.get_indexer(wanted)
        found = np.flatnonzero(place >= 0)
        ones = np.ones(len(found), np.int64)
        matrix += counts.matrix @ sp.csr_array((ones, (place[found], found)), (len(counts.items), len(items)))
    return replace(several[0], matrix=matrix, items=wanted)


# ── drawn in parts, put together ─────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, eq=False)
class Drawn:
    """What the documents of some parts come to, as they are and in each draw: whole numbers, which add up.

    Attributes:
        groups: those there are.
        items: what is counted; its name says what it is.
        numbers: int64, 3 × groups × items: hits, documents with any, and the most that one document has.
        sums: int64, draws × groups × (items and, at the end, words).
    """

    groups: Groups
    items: pd.Index
    numbers: NDArray[np.int64]
    sums: NDArray[np.int64]


def _drawn_in_part(tokens: Tokens, *, counting: Counting, drawing: Callable[..., Drawn]) -> Drawn:
    return drawing(counting.counts(tokens), by=counting.by)


def _turned_in_part(tokens: Tokens, *, counting: Counting, whole: Grouped) -> Mask:
    """What leaving out one document of a part turns in the whole: groups × items."""
    return turned_by_one(_in_groups(counting.counts(tokens), counting.by, whole.keys), [], whole)


def _in_groups(counts: Counts, by: tuple[str, ...], keys: pd.DataFrame) -> Units:
    """What documents have in the groups of a table, whose order the groups of counts take."""
    group, groups = groups_of(counts, by)
    place = numbered_rows([keys, groups.keys])[0][1]
    ids = pd.Index(counts.cells["doc_id"])
    return Units(keys, counts.items, counts.matrix, place[group], ids, counts.totals, counts.documents)


def _drawn(counts: Counts, *, by: tuple[str, ...], draws: int, seed: int) -> Drawn:
    """The groups of counts, drawn; each cell is all that one document has in one group."""
    group, groups = groups_of(counts, by)
    shape = (len(groups.keys), len(counts.items) + 1)
    _check_size(shape, draws)
    # One column an item and one for the words, of each group apart: a cell has hits in those of its own group.
    cells = sp.hstack([counts.matrix, sp.csr_array(counts.totals[:, None])]).tocoo()
    column = group[cells.coords[0]] * shape[1] + cells.coords[1]
    apart = sp.csr_array((cells.data, (cells.coords[0], column)), (len(group), shape[0] * shape[1]))
    sums = measures.resampled_sums(apart, id_hashes(_units(counts, by)), draws=draws, seed=seed)
    return Drawn(groups, counts.items, _numbers(counts, group, shape), sums.reshape(draws, *shape))


def _units(counts: Counts, by: tuple[str, ...]) -> pd.Index:
    """What is drawn: the author of each cell where it is known, else the document."""
    units = counts.cells["doc_id"].to_numpy(object)
    if "author" in counts.documents and "author" not in by:
        author = labels(counts.documents["author"].reindex(units))
        units = np.where(author == "", units, "author\t" + author)
    drawn: pd.Index = pd.Index(units)
    return drawn


def _numbers(counts: Counts, group: Index, shape: tuple[int, int]) -> NDArray[np.int64]:
    numbers = np.zeros((3, shape[0], shape[1] - 1), np.int64)
    hits = counts.matrix.tocoo()
    where = (group[hits.coords[0]], hits.coords[1])
    np.add.at(numbers[0], where, hits.data)
    np.add.at(numbers[1], where, hits.data > 0)
    np.maximum.at(numbers[2], where, hits.data)
    return numbers


def _check_size(shape: tuple[int, int], draws: int) -> None:
    if (size := shape[0] * shape[1] * draws) > MOST_NUMBERS:
        raise ValueError(
            f"draws must be few enough for memory; {draws} of {shape[0]:,} groups × {shape[1] - 1:,} items make "
            f"{size:,} numbers, more than {MOST_NUMBERS:,}. Ask for fewer items, groups or draws."
        )


def _merged(several: Sequence[Drawn]) -> Drawn:
    """What several parts come to together."""
    first = several[0]
    places, groups = united_groups([drawn.groups for drawn in several])
    size = len(groups.keys)
    _check_size((size, len(first.items) + 1), len(first.sums))
    numbers = np.zeros((3, size, len(first.items)), np.int64)
    sums = np.zeros((len(first.sums), size, len(first.items) + 1), np.int64)
    for drawn, at in zip(several, places, strict=True):
        numbers[:2, at] += drawn.numbers[:2]
        numbers[2, at] = np.maximum(numbers[2, at], drawn.numbers[2])
        sums[:, at] += drawn.sums
    return Drawn(groups, first.items, numbers, sums)


# ── the table ────────────────────────────────────────────────────────────────────────────────────────────────────


def _grouped(drawn: Drawn) -> Grouped:
    """The groups as tables take them."""
    return drawn.groups.grouped(drawn.items, [sp.csr_array(own) for own in drawn.numbers])


def _table(drawn: Drawn, turned: Mask, told: str, level: float) -> pd.DataFrame:
    """One row per group and item; `turned` by one document."""
    grouped = _grouped(drawn)
    group = np.repeat(drawn.groups.order(), len(drawn.items))
    item = np.tile(np.arange(len(drawn.items)), len(drawn.groups.keys))
    table = counted_rows(grouped, group, item, compared={"sign_flips_without": turned[group, item]})
    # One author among others is drawn as a whole or not at all: nothing varies.
    alone = group_masks(grouped).get("single_author", False) & ("author" not in grouped.keys)
    enough = (grouped.n_units >= FEW_DRAWN) & ~np.asarray(alone, bool)
    low, high = _limits(drawn, enough, level)[:, group, item]
    rate = per_1k(table["count"], table["total"])
    interval = np.where(enough[group], np.where(np.isnan(low), ALIKE, told), NONE)
    table = table.assign(per_1k=rate, low=low, high=high, interval=interval)
    return table[[*grouped.keys, str(drawn.items.name), *COLUMNS]]


def _limits(drawn: Drawn, enough: NDArray[np.bool_], level: float) -> NDArray[np.float64]:
    """Low and high limit per 1,000 words: 2 × groups × items."""
    limits = np.full((2, *drawn.numbers.shape[1:]), np.nan)
    hits, words = drawn.sums[:, enough, :-1], drawn.sums[:, enough, -1:]
    rates = PER * hits / words
    # What no draw changes has percentiles without width, as if it were known.
    limits[:, enough] = np.where(np.ptp(rates, axis=0) > 0, measures.percentile_limits(rates, level=level), np.nan)
    return limits
