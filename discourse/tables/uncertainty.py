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
from discourse.counts import By, Counts, Grouped, Where, conditions, frame_counts, labels, names_of, term_counts
from discourse.counts.survey import id_hashes
from discourse.tokens import Encoded, Tokens

from .flags import FEW_DOCUMENTS, Index, row_flags
from .rows import PER, order_by, per_1k, refuse_clash, refuse_with_counts

NONE = f"none: fewer than {FEW_DOCUMENTS} documents"
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
    the limits are the same for one block, many files and a cluster. They hold for documents drawn independently; where
    an author wrote several, they are too narrow for statements on authors.

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
        the rate per 1,000 words; `nan` in a group of few documents, whose coverage would be too low.

    Raises:
        ValueError: tokens without a codebook or terms, or with both; an unknown column or item; more groups, items and
            draws than memory holds; what the measures refuse.

    Source: Chamandy et al. (2012), Estimating uncertainty for massive data streams.

    >>> counts = Counts.from_matrix([[2, 0], [1, 3]] * 20, ["war", "peace"], pd.DataFrame(index=range(40)))
    >>> table = bootstrap_intervals(counts, terms=["war"], seed=1)
    >>> table[["term", "count", "per_1k", "low", "high"]].round(1).values.tolist()
    [['war', 60, 500.0, 403.8, 617.6]]
    """
    drawing = partial(_drawn, draws=draws, seed=seed)
    if isinstance(tokens, Counts):
        refuse_with_counts(codebook=(codebook, None), where=(where, None))
        counts = _only([tokens], _items_of(tokens, terms))
        drawn = drawing(counts, by=tokens.by if by is None else names_of(by))
    else:
        counting = _counting(tokens, codebook, terms, names_of(by), conditions(tokens, where))
        drawn = tokens.reduce(partial(_drawn_in_part, counting=counting, drawing=drawing), _merged)
    told = f"Poisson bootstrap of documents, percentiles at {100 * level:g} %, {draws} draws, seed {seed}"
    return _table(drawn, told, level)


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
    for name in by:
        choose("by", name, tokens.columns)
    if (codebook is None) == (terms is None):
        raise ValueError("codebook or terms must be given with tokens, and not both. Say what is to be counted.")
    if isinstance(terms, int):
        terms = _most_frequent(tokens.reduce(partial(_totals, where=where), _added), terms)
    if codebook is None and not _sorted(terms or ()):
        raise ValueError("terms must name at least one term; got none. Give names, or a number for the most frequent.")
    return Counting(_sorted(terms or ()), codebook, by, where)


def _items_of(counts: Counts, terms: Sequence[str] | int | None) -> tuple[str, ...]:
    """The items of counts that are asked for.

    Raises:
        ValueError: one is not in the counts.
    """
    if isinstance(terms, int):
        return _most_frequent(_totals_of(counts), terms)
    wanted = _sorted(counts.items if terms is None else terms)
    if unknown := sorted(set(wanted).difference(counts.items)):
        raise ValueError(f"terms must name items that were counted; got {unknown[0]!r}. Leave it out, or count it.")
    return wanted


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
        keys: one row per group.
        numeric: for each column of the keys, whether it is sorted as numbers.
        items: what is counted; its name says what it is.
        numbers: int64, 3 × groups × items: hits, documents with any, and the most that one document has.
        words: int64, 2 × groups: words, and documents with words.
        sums: int64, draws × groups × (items and, at the end, words).
        authors: `group` (a row of the keys) and `author`, each pair once; empty where authors are unknown.
        about: the columns of the documents.
    """

    keys: pd.DataFrame
    numeric: tuple[bool, ...]
    items: pd.Index
    numbers: Index
    words: Index
    sums: NDArray[np.int64]
    authors: pd.DataFrame
    about: tuple[str, ...]


def _drawn_in_part(tokens: Tokens, *, counting: Counting, drawing: Callable[..., Drawn]) -> Drawn:
    return drawing(counting.counts(tokens), by=counting.by)


def _drawn(counts: Counts, *, by: tuple[str, ...], draws: int, seed: int) -> Drawn:
    """The groups of counts, drawn."""
    grouped = counts.grouped(by)
    shape = grouped.matrix.shape
    _check_size(shape, draws)
    # One column an item and one for the words, of each group apart: a unit has hits in those of its own group.
    units = sp.csr_array(sp.hstack([grouped.units, grouped.unit_totals[:, None]])).tocoo()
    column = grouped.unit_group[units.coords[0]] * (shape[1] + 1) + units.coords[1]
    apart = sp.csr_array((units.data, (units.coords[0], column)), (units.shape[0], shape[0] * (shape[1] + 1)))
    sums = measures.resampled_sums(apart, id_hashes(grouped.unit_document), draws=draws, seed=seed)
    numbers = [matrix.toarray() for matrix in (grouped.matrix, grouped.documents, grouped.top_document)]
    return Drawn(
        grouped.keys,
        tuple(_is_numeric(counts, name) for name in by),
        grouped.items,
        np.stack(numbers).astype(np.int64),
        np.stack([grouped.totals, grouped.n_documents]),
        sums.reshape(draws, shape[0], shape[1] + 1),
        _authors(grouped),
        tuple(map(str, counts.documents.columns)),
    )


def _check_size(shape: tuple[int, int], draws: int) -> None:
    if (size := shape[0] * (shape[1] + 1) * draws) > MOST_NUMBERS:
        raise ValueError(
            f"draws must be few enough for memory; {draws} of {shape[0]:,} groups × {shape[1]:,} items make {size:,} "
            f"numbers, more than {MOST_NUMBERS:,}. Ask for fewer items, groups or draws."
        )


def _is_numeric(counts: Counts, name: str) -> bool:
    return pd.api.types.is_numeric_dtype(counts.cells[name] if name in counts.cells else _column(counts, name))


def _column(counts: Counts, name: str) -> pd.Series:
    return counts.documents.index.to_series() if name == "doc_id" else counts.documents[name]


def _authors(grouped: Grouped) -> pd.DataFrame:
    """Who has words in which group."""
    if "author" not in grouped.about:
        return pd.DataFrame({"group": np.empty(0, np.int64), "author": np.empty(0, object)})
    authors = labels(grouped.about["author"].reindex(grouped.unit_document))
    pairs = pd.DataFrame({"group": grouped.unit_group, "author": authors})
    return pairs[grouped.unit_totals > 0].drop_duplicates(ignore_index=True)


def _merged(several: Sequence[Drawn]) -> Drawn:
    """What several parts come to together."""
    first = several[0]
    keys = pd.concat([drawn.keys for drawn in several], ignore_index=True)
    names = list(keys.columns)
    group = keys.groupby(names, sort=False).ngroup().to_numpy() if names else np.zeros(len(keys), np.int64)
    size = int(np.max(group, initial=-1)) + 1
    _check_size((size, len(first.items)), len(first.sums))
    own = np.split(group, np.cumsum([len(drawn.keys) for drawn in several])[:-1])
    numbers, words, sums = (
        np.zeros((len(array), size, *array.shape[2:]), np.int64) for array in (first.numbers, first.words, first.sums)
    )
    for drawn, at in zip(several, own, strict=True):
        numbers[:2, at] += drawn.numbers[:2]
        numbers[2, at] = np.maximum(numbers[2, at], drawn.numbers[2])
        words[:, at] += drawn.words
        sums[:, at] += drawn.sums
    authors = [drawn.authors.assign(group=at[drawn.authors["group"]]) for drawn, at in zip(several, own, strict=True)]
    return replace(
        first,
        keys=keys[~keys.duplicated()] if names else keys.iloc[:size],
        numeric=tuple(map(all, zip(*(drawn.numeric for drawn in several), strict=True))),
        numbers=numbers,
        words=words,
        sums=sums,
        authors=pd.concat(authors).drop_duplicates(ignore_index=True),
    )


# ── the table ────────────────────────────────────────────────────────────────────────────────────────────────────


def _table(drawn: Drawn, told: str, level: float) -> pd.DataFrame:
    """One row per group and item."""
    groups, order = _one_unit_an_author(drawn), _order(drawn)
    refuse_clash(groups, [str(drawn.items.name), *COLUMNS])
    group, item = (values.ravel() for values in np.meshgrid(order, np.arange(len(drawn.items)), indexing="ij"))
    count, documents, top = drawn.numbers[:, group, item]
    enough = drawn.words[1] >= FEW_DOCUMENTS
    table = drawn.keys.iloc[group].reset_index(drop=True)
    table[str(drawn.items.name)] = drawn.items.to_numpy(object)[item]
    table = table.assign(count=count, total=drawn.words[0, group])
    low, high = _limits(drawn, enough, level)[:, group, item]
    return table.assign(
        per_1k=per_1k(table["count"], table["total"]),
        low=low,
        high=high,
        interval=np.where(enough, told, NONE)[group],
        documents=documents,
        n_documents=drawn.words[1, group],
        flags=row_flags(groups, group, count, top),
    )


def _order(drawn: Drawn) -> Index:
    """Groups by their values, numbers as numbers."""
    keys = [drawn.keys[name] for name in drawn.keys]
    columns = [
        pd.to_numeric(key, errors="coerce").fillna(-np.inf) if numeric else key.to_numpy(object)
        for key, numeric in zip(keys, drawn.numeric, strict=True)
    ]
    return order_by(*columns) if columns else np.arange(len(drawn.keys))


def _limits(drawn: Drawn, enough: NDArray[np.bool_], level: float) -> NDArray[np.float64]:
    """Low and high limit per 1,000 words: 2 × groups × items."""
    limits = np.full((2, *drawn.numbers.shape[1:]), np.nan)
    hits, words = drawn.sums[:, enough, :-1], drawn.sums[:, enough, -1:]
    limits[:, enough] = measures.percentile_limits(PER * hits / words, level=level)
    return limits


def _one_unit_an_author(drawn: Drawn) -> Grouped:
    """The groups as flags look at them: who wrote in which, and how many documents each has."""
    names = pd.Index(np.arange(len(drawn.authors)).astype(str))
    about = pd.DataFrame({name: "" for name in drawn.about if name in drawn.keys}, names)
    if "author" in drawn.about:
        about["author"] = drawn.authors["author"].to_numpy()
    return Grouped(
        keys=drawn.keys,
        items=drawn.items,
        units=sp.csr_array((len(names), len(drawn.items)), dtype=np.int64),
        unit_group=drawn.authors["group"].to_numpy(),
        unit_document=names,
        unit_totals=np.ones(len(names), np.int64),
        matrix=sp.csr_array(drawn.numbers[0]),
        documents=sp.csr_array(drawn.numbers[1]),
        totals=drawn.words[0],
        n_documents=drawn.words[1],
        about=about,
    )
