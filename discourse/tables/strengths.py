"""How strong and how large, by other measures: columns added to a table of keyness from its own counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr

from discourse import measures
from discourse.counts import adder
from discourse.counts.groups import Units
from discourse.counts.selection import among

from .flags import Index
from .menu import Options
from .rows import order_by
from .sides import Sides, sides_of
from .variation import presence, variation

Columns = dict[str, NDArray[np.float64]]
ALL_OTHERS, EACH = "all others", "each"


@dataclass(frozen=True, eq=False)
class Compared:
    """A table of keyness and what it was made of.

    Attributes:
        table: rows of targets and terms, with the counts of both sides.
        units: documents within groups, which are those of one column.
        names: the target and the groups of the reference, for each pair of labels in the table.
    """

    table: pd.DataFrame
    units: Units
    names: Mapping[tuple[str, str], tuple[str, list[str]]]

    def column(self, name: str) -> Index:
        """A column of counts."""
        return self.table[name].to_numpy(np.int64)

    @cached_property
    def four(self) -> tuple[Index, Index, Index, Index]:
        """Hits and words of both sides."""
        first, second = (
            (self.column(f"count_{side}"), self.column(f"total_{side}")) for side in ("target", "reference")
        )
        return *first, *second

    @cached_property
    def pairs(self) -> tuple[Index, list[tuple[str, str]]]:
        """Which comparison each row belongs to, and the comparisons."""
        labels = self.table[[str(self.table.columns[0]), "reference"]]
        code = np.asarray(labels.groupby(list(labels), sort=False).ngroup(), np.int64)
        return code, [(str(a), str(b)) for a, b in labels.drop_duplicates().itertuples(index=False)]

    def sides(self) -> Iterator[tuple[Index, Sides]]:
        """The rows of each comparison, with its target and reference; of all pairs of groups one after the other."""
        for number, pair in enumerate(self.pairs[1]):
            yield np.flatnonzero(self.pairs[0] == number), sides_of(self.units, *self.names[pair])

    @cached_property
    def items(self) -> Index:
        """The item of each row."""
        return self.units.items.get_indexer(pd.Index(self.table[str(self.units.items.name)]))

    def over_documents(self, levels: NDArray[np.float64], scale: str = "log") -> NDArray[np.float64]:
        """Limits over documents or authors, 2 × rows, each comparison at a level of its own; `nan` where undefined."""
        limits = np.full((2, len(self.table)), np.nan)
        for level, (rows, sides) in zip(levels.tolist(), self.sides(), strict=True):
            vary = variation(sides)
            if vary is not None:
                limits[:, rows] = vary.of(self.items[rows]).limits(scale=scale, level=level)
        return limits

    @cached_property
    def family(self) -> Index:
        """For each row, how many are shown with it."""
        code = self.pairs[0]
        return np.bincount(code)[code] if len(code) else code

    def n_documents(self, side: int) -> Index:
        """For each row, the documents with words on a side: 0 the target, 1 the reference."""
        code, pairs = self.pairs
        numbers = [self._documents_of([self.names[pair][0]] if side == 0 else self.names[pair][1]) for pair in pairs]
        return np.array(numbers, np.int64)[code]

    def _documents_of(self, groups: list[str]) -> int:
        own = among(self.units.keys.iloc[:, 0].to_numpy(object), groups)[self.units.unit_group]
        return int(self.units.unit_document[own & (self.units.unit_totals > 0)].nunique())

    @cached_property
    def groups(self) -> tuple[Index, Index, Index]:
        """Hits of each row's term in every group with words, the words of these, and the row's own group."""
        sums = adder(self.units.unit_group, len(self.units.keys))
        totals = sums @ self.units.unit_totals
        filled = np.flatnonzero(totals > 0)
        items, term = np.unique(self.table[str(self.units.items.name)].astype(str), return_inverse=True)
        hits = (sums @ self.units.units)[:, self.units.items.get_indexer(pd.Index(items))].toarray()
        names = self.units.keys.iloc[:, 0].to_numpy(object)[filled].tolist()
        own = np.array([names.index(target) for target, _ in self.pairs[1]], np.int64)[self.pairs[0]]
        return hits[filled][:, term].T, totals[filled], own


def _bic(compared: Compared) -> Columns:
    total = compared.four[1] + compared.four[3]
    return {"bic": measures.bic(compared.table["log_likelihood"], total)}


def _conservative(
    compared: Compared, *, level: float = 0.95, exact: bool = False, adjusted: bool = True, counting: bool = False
) -> Columns:
    """The limit nearer to 0; adjusted for the rows that are shown together."""
    limits = measures.exact_log_ratio_interval if exact else measures.log_ratio_interval
    low, high = np.full((2, len(compared.table)), np.nan)
    for family in np.unique(compared.family).tolist():
        rows = np.flatnonzero(compared.family == family)
        own = [values[rows] for values in compared.four]
        low[rows], high[rows] = limits(*own, level=level, family=family if adjusted else 1)
    if not counting:
        family = np.bincount(compared.pairs[0], minlength=len(compared.pairs[1])) if adjusted else 1
        low, high = _where_known(compared.over_documents(_each(compared, 1 - (1 - level) / family)), low, high)
    return {"conservative_log_ratio": measures.conservative_log_ratio(low, high)}


def _each(compared: Compared, level: Any) -> NDArray[np.float64]:
    """The level of each comparison."""
    return np.broadcast_to(np.asarray(level, np.float64), len(compared.pairs[1]))


def _where_known(
    limits: NDArray[np.float64], low: NDArray[np.float64], high: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Limits over documents, and those by counting where they are undefined."""
    known = ~np.isnan(limits[0])
    return np.where(known, limits[0], low), np.where(known, limits[1], high)


def _log_odds(compared: Compared, name: str, prior: tuple[ArrayLike, ArrayLike], variance: str) -> Columns:
    delta, _, z = measures.weighted_log_odds(*compared.four, prior=prior, variance=variance)
    return {name: delta, f"{name}_z": z}


def _log_odds_flat(compared: Compared, *, each: float = 0.01, variance: str = "approximate") -> Columns:
    # Words that stand in no text that counts, as those of captions, are not in the vocabulary.
    prior = measures.flat_prior(each, int(np.count_nonzero(compared.units.units.sum(axis=0))))
    return _log_odds(compared, "log_odds_flat", prior, variance)


def _log_odds_background(
    compared: Compared,
    *,
    background: Mapping[str, int] | pd.Series | None = None,
    mass: float | None = None,
    variance: str = "approximate",
) -> Columns:
    prior = _prior(compared, background, mass)
    return _log_odds(compared, "log_odds_background", prior, variance)


def _prior(
    compared: Compared, background: Mapping[str, int] | pd.Series | None, mass: float | None
) -> tuple[ArrayLike, ArrayLike]:
    """Pseudo-hits in proportion to all groups pooled, and to a background if there is one; of the mean group's mass."""
    hits, totals, _ = compared.groups
    counts, total = hits.sum(axis=1), int(totals.sum())
    if background is not None:
        more = pd.Series(background, dtype="int64")
        terms = compared.table[str(compared.units.items.name)].astype(str)
        counts, total = counts + more.reindex(terms).fillna(0).to_numpy(np.int64), total + int(more.sum())
    return measures.background_prior(counts, total, mass=float(totals.mean()) if mass is None else mass)


def _log_odds_pool(
    compared: Compared, *, mass: float | None = None, pool: str = "sum", variance: str = "approximate"
) -> Columns:
    hits, totals, own = compared.groups
    prior = _prior(compared, None, mass)
    delta, _, z = measures.pooled_log_odds(hits, totals, prior=prior, pool=pool, variance=variance)
    row = np.arange(len(own))
    return {"log_odds_pool": delta[row, own], "log_odds_pool_z": z[row, own]}


def _log_odds_ratio(compared: Compared, *, level: float = 0.95) -> Columns:
    """Natural logarithm of the odds ratio, without a prior, with limits over documents or authors."""
    with np.errstate(divide="ignore"):
        ratio = np.log(measures.odds_ratio(*compared.four))
    limits = compared.over_documents(_each(compared, level), scale="logit")
    return {"log_odds_ratio": ratio, "log_odds_ratio_low": limits[0], "log_odds_ratio_high": limits[1]}


def _text_dispersion(compared: Compared, *, formula: str = "four_cell") -> Columns:
    own, others = compared.column("documents_target"), compared.column("documents_reference")
    sides = own, compared.n_documents(0), others, compared.n_documents(1)
    return {"text_dispersion_keyness": measures.text_dispersion_keyness(*sides, formula=formula)}


def _all_groups(compared: Compared) -> Columns:
    hits, totals, _ = compared.groups
    return {"group_log_likelihood": measures.group_log_likelihood(hits, totals)}


def _presence(compared: Compared) -> Columns:
    """The p of how many documents, or authors, have the term: defined where a side has no hit too."""
    p, adjusted = np.full((2, len(compared.table)), np.nan)
    for rows, sides in compared.sides():
        found = presence(sides)
        if found is not None and found.apart:
            own, others = (within[compared.items[rows]] for within in (found.target, found.reference))
            target = own, found.n_target, found.words_target
            p[rows] = measures.presence_p(*target, others, found.n_reference, found.words_reference)
            adjusted[rows] = measures.benjamini_hochberg(p[rows])
    return {"p_presence": p, "p_presence_adjusted": adjusted}


def _simultaneous(
    compared: Compared, *, level: float = 0.95, adjustment: str = "sidak", counting: bool = False
) -> Columns:
    """Limits of the log ratio that hold together for all groups against the rest, or for all pairs of groups."""
    ratio = measures.log_ratio(*compared.four)
    low, high = measures.log_ratio_interval(*compared.four, level=level)
    against = "rest" if all(reference == ALL_OTHERS for _, reference in compared.pairs[1]) else "pairs"
    n_groups = int(np.count_nonzero(np.bincount(compared.units.unit_group, compared.units.unit_totals)))
    wide, alone = (
        measures.simultaneous_quantile(n_groups, against=against, level=level, adjustment=how)
        for how in (adjustment, "none")
    )
    # An infinite limit stays infinite.
    low, high = ratio - (ratio - low) * (wide / alone), ratio + (high - ratio) * (wide / alone)
    if not counting:
        low, high = _where_known(compared.over_documents(_each(compared, 1 - 2 * ndtr(-wide))), low, high)
    return {"simultaneous_low": low, "simultaneous_high": high}


_OF_COUNTS: Mapping[str, Callable[..., Any]] = {
    "chi_squared": measures.chi_squared,
    "fisher_exact": measures.fisher_exact,
    "ell": measures.ell,
    "relative_risk": measures.relative_risk,
    "percent_diff": measures.percent_diff,
    "odds_ratio": measures.odds_ratio,
    "simple_maths": measures.simple_maths,
    "difference_coefficient": measures.difference_coefficient,
}
_TESTS = {"fisher_exact"}  # those that give a p
_OF_MORE: Mapping[str, Callable[..., Columns]] = {
    "bic": _bic,
    "conservative_log_ratio": _conservative,
    "log_odds_flat": _log_odds_flat,
    "log_odds_background": _log_odds_background,
    "log_odds_pool": _log_odds_pool,
    "log_odds_ratio": _log_odds_ratio,
    "text_dispersion_keyness": _text_dispersion,
    "p_presence": _presence,
    "group_log_likelihood": _all_groups,
    "simultaneous_limits": _simultaneous,
}
_SHOWN: Mapping[str, Callable[..., Any]] = {"log_likelihood": measures.log_likelihood, "log_ratio": measures.log_ratio}
MENU: Mapping[str, Callable[..., Any]] = {**_SHOWN, **_OF_COUNTS, **_OF_MORE}


def with_measures(compared: Compared, asked: Options) -> pd.DataFrame:
    """The table with the measures asked for in front of its flags; those it shows anyway follow their options."""
    shown = _by_options(compared, asked)
    compared = Compared(shown, compared.units, compared.names)
    more: Columns = {}
    for name, options in asked.items():
        if name in _OF_COUNTS:
            more[name] = _OF_COUNTS[name](*compared.four, **options)
            if name in _TESTS:  # what is withheld of one test is withheld of all
                more[name] = np.where(compared.table["log10_p"].isna(), np.nan, more[name])
        elif name in _OF_MORE:
            more |= _OF_MORE[name](compared, **options)
    names = [str(name) for name in shown.columns if name != "flags"]
    table = shown.assign(**more)[[*names, *more, "flags"]]
    table.attrs |= compared.table.attrs
    return table


def _by_options(compared: Compared, asked: Options) -> pd.DataFrame:
    """The table with log-likelihood (and its p) and log ratio by their options, in the order of the log ratio."""
    table = compared.table
    if options := asked.get("log_likelihood"):
        g2 = measures.log_likelihood(*compared.four, **options)
        # What is withheld stays withheld.
        known = table["log10_p"].notna() | (table["log_likelihood"].isna())
        p = np.where(known, measures.p_value(g2), np.nan)
        adjusted = np.full(len(p), np.nan)
        for number in range(len(compared.pairs[1])):
            rows = compared.pairs[0] == number
            adjusted[rows] = measures.benjamini_hochberg(p[rows])
        log10_p = np.where(known, measures.log10_p(g2), np.nan)
        table = table.assign(log_likelihood=g2, p_value=p, log10_p=log10_p, p_adjusted=adjusted)
    if options := asked.get("log_ratio"):
        table = table.assign(log_ratio=measures.log_ratio(*compared.four, **options))
        order = order_by(compared.pairs[0], -table["log_ratio"], -table["count_target"])
        table = table.iloc[order].reset_index(drop=True)
    return table
