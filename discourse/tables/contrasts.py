"""How much more than the others: keyness of terms or frames between groups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse import measures
from discourse._errors import choose, whole
from discourse._threads import both
from discourse.counts import By, Counts, Where, names_of
from discourse.counts.groups import Units
from discourse.counts.selection import as_groups
from discourse.counts.spans import repeated
from discourse.tokens import Encoded

from .flags import LOW_EXPECTED, Index, Mask, flag_codes, pair_masks
from .flips import sign_flips
from .menu import Asked, asked_for
from .pairs import Pairs, driven, pairs_of
from .rows import ONE_COLUMN, PER, counts_of_terms, order_by, refuse_clash
from .sides import Four, Sides, sides_of
from .strengths import ALL_OTHERS, EACH, MENU, Compared, with_measures
from .variation import Certainty, certainty, columns_of, units_of

Scores = dict[str, NDArray[np.float64]]
PRIOR_SHARE = 0.1  # the prior weighs a tenth of the words compared, so that it steadies rare terms only


def keyness(
    tokens: Encoded | Counts,
    *,
    by: By = None,
    target: str | None = None,
    reference: str | Sequence[str] | None = None,
    min_count: int = 3,
    min_documents: int = 2,
    ngram: int = 1,
    where: Where | None = None,
    tokens_as_sample: bool = False,
    measures: Asked = (),
) -> pd.DataFrame:
    """Compare how often each term occurs in a group and in others.

    Args:
        tokens: a corpus, or counts of terms or frames.
        by: one document column or layer.
        target: the group to describe; by default every group in turn.
        reference: the group or groups to compare with; by default all others together; `each`: every other group by
            itself, so that all pairs of groups are compared.
        min_count: hits of both sides together that a term needs to be shown.
        min_documents: documents of both sides together that must have the term.
        ngram, where: as in `term_frequencies`; not with counts.
        tokens_as_sample: give p even where a side has few documents, as if words were drawn one by one. They are
            not: a p computed so describes an imagined corpus.
        measures: more of them by name, or name → options: `chi_squared, fisher_exact` (a p of words: withheld where
            `p_value` is)`, bic, ell, relative_risk, percent_diff, odds_ratio, simple_maths, difference_coefficient,
            conservative_log_ratio` (adjusted for the rows shown)`, log_odds_flat, log_odds_background, log_odds_pool`
            (each with its z)`, log_odds_ratio` (with limits over documents)`, text_dispersion_keyness, p_presence`
            (of how many documents, or authors, have the term)`, group_log_likelihood` (all groups at
            once)`, simultaneous_limits` (of the log ratio, that hold for all groups or pairs together).
            `conservative_log_ratio` and `simultaneous_limits` take the kind of limits that `interval` names, with
            `counting=True` counting limits throughout. `log_likelihood` and `log_ratio` take options too, as in
            `{"log_likelihood": {"formula": "two_cell"}, "log_ratio": {"zeros": "infinite"}}`.

    Returns:
        One row per target and term, by target, then log ratio (descending), count, term: `<by>, reference, term,
        count_target, total_target, documents_target, count_reference, total_reference, documents_reference,
        per_1k_target, per_1k_reference, log_likelihood, p_value, log10_p, p_adjusted, log_ratio, log_ratio_low,
        log_ratio_high, interval, p_documents, p_documents_adjusted, log_odds, log_odds_z`, the measures asked for`,
        flags`. Positive = over-used in the target. `log_likelihood`: four-cell G2, signed; its `p_value, log10_p,
        p_adjusted` take words for the sample and only rank. `log_ratio`: log2, 0.5 for a zero count; `interval` names
        the method of its limits: over documents, or authors where they wrote several, if both sides have at least 15
        and a hit, else counting limits of these texts. `p_documents` is of the same t as limits over documents.
        They are undefined, and `no_variation`, where a side has no hit: ask for `p_presence`. `log_odds_z`: prior = the
        pooled counts of both sides, weighing a tenth of their words; as G2 it takes words for the sample and only
        ranks: there is no p in it. `…_adjusted`:
        Benjamini-Hochberg over the terms shown for one comparison. What the thresholds hide is in `attrs["hidden"]`.

    Raises:
        ValueError: an unknown group, measure or option, no two groups with words to compare, or an argument that
            counts were made with.

    Sources: Dunning (1993); Hardie (2014); Monroe, Colaresi and Quinn (2008); Benjamini and Hochberg (1995).

    >>> frame = pd.DataFrame({"term": ["war", "war", "peace"], "side": ["A", "B", "B"], "count": [8, 1, 7]})
    >>> counts = Counts.from_frame(frame, by="side")
    >>> keyness(counts, target="A", min_documents=1)[["side", "term", "log_ratio"]].round(2).values.tolist()
    [['A', 'war', 3.0], ['A', 'peace', -3.81]]
    """
    asked = asked_for(measures, MENU)
    units = _units_of(counts_of_terms(tokens, by=by, ngram=ngram, where=where), by)
    comparisons = list(_comparisons(target, reference, _groups(units)))
    thresholds = {
        name: whole(name, least, 0, "Give 1 for all terms.")
        for name, least in (("min_count", min_count), ("min_documents", min_documents))
    }
    compared = [_compared(units, each, thresholds, tokens_as_sample=tokens_as_sample) for each in comparisons]
    parts = [rows for rows, _ in compared]
    table = parts[0] if len(parts) == 1 else pd.concat(parts, ignore_index=True)
    hidden = {each.told(reference): number for each, (_, number) in zip(comparisons, compared, strict=True)}
    table.attrs |= thresholds | {"hidden": hidden}
    names = {(each.target, each.label): (each.target, each.others) for each in comparisons}
    return with_measures(Compared(table, units, names), asked) if asked else table


# ── what is compared ─────────────────────────────────────────────────────────────────────────────────────────────────


class Comparison(NamedTuple):
    """A target with the groups of its reference, and how these are called."""

    target: str
    label: str
    others: list[str]

    def told(self, reference: object) -> str:
        """What the comparison is called among all of them."""
        return f"{self.target} against {self.label}" if reference == EACH else self.target


def _units_of(counts: Counts, by: By) -> Units:
    """Documents within the groups of one column."""
    names = counts.by if by is None else names_of(by)
    if len(names) != 1:
        raise ValueError(f"by must name one column for keyness; got {list(names)}. {ONE_COLUMN}")
    refuse_clash(names, [*_OWN, *MENU, str(counts.items.name)])
    return counts.units(names[0])


_OWN = "reference count_target total_target documents_target count_reference total_reference".split()
_OWN += "documents_reference per_1k_target per_1k_reference log_likelihood p_value log10_p p_adjusted log_ratio".split()
_OWN += "log_ratio_low log_ratio_high interval p_documents p_documents_adjusted log_odds log_odds_z flags".split()


def _groups(units: Units) -> list[str]:
    """The groups with words."""
    column = units.keys.columns[0]
    groups = [str(group) for group in units.keys[column].iloc[np.unique(units.unit_group[units.unit_totals > 0])]]
    if len(groups) < 2:
        raise ValueError(f"keyness compares groups with words; {column!r} has {len(groups)}. Name another column.")
    return groups


def _comparisons(
    target: str | None, reference: str | Sequence[str] | None, groups: list[str]
) -> Iterator[Comparison]:
    """Each target with a reference."""
    for name in groups if target is None else [choose("target", name, groups) for name in as_groups(target)]:
        if reference == EACH and EACH not in groups:
            yield from (Comparison(name, other, [other]) for other in groups if other != name)
        else:
            others = _others(name, reference, groups)
            yield Comparison(name, ALL_OTHERS if reference is None else ", ".join(others), others)


def _others(target: str, reference: str | Sequence[str] | None, groups: list[str]) -> list[str]:
    rest = [group for group in groups if group != target]
    if reference is None:
        return rest
    wanted = as_groups(reference)
    if not wanted:
        raise ValueError("reference must name at least one group. Leave it out to compare with all others.")
    return [choose("reference", name, rest) for name in dict.fromkeys(wanted)]


# ── the rows of one comparison ───────────────────────────────────────────────────────────────────────────────────────


def _passing(sides: Sides, min_count: int, min_documents: int) -> Index:
    """The items that are shown."""
    count_target, _, count_reference, _ = sides.four
    enough = count_target + count_reference >= max(min_count, 1)
    return np.flatnonzero(enough & (sides.documents[2] >= min_documents))


def _compared(
    units: Units, comparison: Comparison, thresholds: Mapping[str, int], *, tokens_as_sample: bool
) -> tuple[pd.DataFrame, int]:
    """The rows of one comparison, and how many items the thresholds hide."""
    sides = sides_of(units, comparison.target, comparison.others)
    code = units_of(sides)
    scored = partial(_scored, sides, thresholds, sample=tokens_as_sample or code is not None)
    sure, found = both(partial(certainty, sides, code), scored, sides.rows.nnz)
    about = {str(units.keys.columns[0]): comparison.target, "reference": comparison.label}
    rows = _rows(about, units.items, sides, found, sure)
    return rows, int(np.count_nonzero(sides.documents[2])) - len(found.order)


class Scored(NamedTuple):
    """The items that are shown.

    Attributes:
        pairs: their hits.
        scores: of each pair.
        order: of the items, as rows.
    """

    pairs: Pairs
    scores: Scores
    order: Index


def _scored(sides: Sides, thresholds: Mapping[str, int], *, sample: bool) -> Scored:
    """The items that pass the thresholds, with what follows from their hits, and their order."""
    pairs = pairs_of(sides, _passing(sides, **thresholds))
    times = np.bincount(pairs.code, minlength=len(pairs.four[0]))
    scores = _scores(pairs.four, times, sample=sample)
    return Scored(pairs, scores, _order(pairs.code, scores["log_ratio"], pairs.four[0]))


def _rows(
    about: Mapping[str, str], items: pd.Index, sides: Sides, found: Scored, sure: Certainty | None
) -> pd.DataFrame:
    """The rows of the items that are shown; `about` are their first columns."""
    pairs, scores, order = found
    row, pair = pairs.items.take(order), pairs.code.take(order)
    limits = columns_of(sure, row, *(scores.pop(f"log_ratio_{end}").take(pair) for end in ("low", "high")))
    lacking = {"descriptive": True} if sure is None else {"no_variation": np.isnan(limits["p_documents"])}
    columns, flags = both(
        partial(_columns, about, items, sides, pairs.four, scores, (row, pair)),
        partial(_flags, sides, pairs, order, lacking),
        sides.rows.nnz,
    )
    odds = {name: columns.pop(name) for name in ("log_odds", "log_odds_z")}
    return pd.DataFrame(columns | limits | odds | {"flags": flags}, copy=False)


def _order(pair: Index, *keys: NDArray[Any]) -> Index:
    """The order of the items by keys of their pairs, the largest first; where all are equal items keep theirs."""
    first = order_by(*(-key for key in keys))
    new = np.zeros(len(first), bool)
    for key in keys:
        new[1:] |= np.diff(key.take(first)) != 0
    rank = np.empty(len(first), np.min_scalar_type(len(first)))  # the smaller the numbers, the sooner sorted
    rank[first] = np.cumsum(new)
    return np.argsort(rank.take(pair), kind="stable")


def _columns(
    about: Mapping[str, str], items: pd.Index, sides: Sides, four: Four, scores: Scores, rows: tuple[Index, Index]
) -> dict[str, Any]:
    """What a row is, its counts and its scores.

    Args:
        about: its first columns.
        items: what is compared.
        sides: by what.
        four, scores: of each pair of hits.
        rows: the item and the pair of each row.
    """
    row, pair = rows
    size, within = len(row), sides.sums[1].take(row, axis=1)
    counts: dict[str, Index] = {}
    for place, (side, hits) in enumerate(_of_rows({"target": four[0], "reference": four[2]}, pair).items()):
        counts |= {f"count_{side}": hits, f"total_{side}": np.full(size, four[1 + 2 * place])}
        counts |= {f"documents_{side}": within[place]}
    names = {name: pd.array(repeated(value, size), dtype="str") for name, value in about.items()}
    return {**names, str(items.name): items.take(row), **counts, **_of_rows(scores, pair)}


def _of_rows(values: Mapping[str, NDArray[Any]], pair: Index) -> dict[str, NDArray[Any]]:
    """The values of the pair of each row: taken out of one table, which is quicker than one by one."""
    return dict(zip(values, np.stack(list(values.values())).take(pair, axis=1), strict=True))


def _scores(four: Four, times: Index, *, sample: bool) -> Scores:
    """Rates, and every measure of their difference; p is withheld where the documents are no sample.

    Args:
        four: pairs of hits.
        times: how many items have each pair.
        sample: whether p is given.
    """
    pooled, mass = PRIOR_SHARE * (four[0] + four[2]), PRIOR_SHARE * (four[1] + four[3])
    odds, z = measures.log_odds_prior(*four, prior=pooled, prior_total=mass)
    g2 = measures.log_likelihood(*four)
    low, high = measures.log_ratio_interval(*four)
    withheld = dict.fromkeys(("p_value", "log10_p", "p_adjusted"), np.full(len(g2), np.nan))
    return {
        "per_1k_target": PER * four[0] / four[1],
        "per_1k_reference": PER * four[2] / four[3],
        "log_likelihood": g2,
        **(_tests(g2, times) if sample else withheld),
        "log_ratio": measures.log_ratio(*four),
        "log_ratio_low": low,
        "log_ratio_high": high,
        "log_odds": odds,
        "log_odds_z": z,
    }


def _tests(g2: NDArray[np.float64], times: Index) -> Scores:
    p = measures.p_value(g2)
    adjusted = measures.benjamini_hochberg(p, times=times)
    return {"p_value": p, "log10_p": measures.log10_p(g2), "p_adjusted": adjusted}


def _flags(sides: Sides, pairs: Pairs, order: Index, others: Mapping[str, Mask | bool]) -> Any:
    """The flags of each row: of the design, of its hits, of what hangs on one document, and others."""
    masks = {name: bool(mask[0]) for name, mask in pair_masks(sides, *np.arange(2)[:, None]).items()} | dict(others)
    masks["low_expected"] = _low_expected(pairs.four).take(pairs.code.take(order))
    masks["sign_flips_without"] = sign_flips(sides, pairs).take(order)
    masks["one_document_drives"] = driven(sides, pairs).take(order)
    codes, texts = flag_codes(masks, len(order))
    return pd.array(texts, dtype="str").take(codes)


def _low_expected(four: Four) -> Mask:
    share = (four[0] + four[2]) / (four[1] + four[3])
    low: Mask = share * min(four[1], four[3]) < LOW_EXPECTED
    return low
