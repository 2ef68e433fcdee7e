"""How much more than the others: keyness of terms or frames between groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from discourse import measures
from discourse._errors import choose
from discourse.counts import By, Counts, Grouped, Where, names_of, term_counts
from discourse.tokens import Tokens

from .flags import FEW_DOCUMENTS, LOW_EXPECTED, apart, differs, drives, flag_column, group_masks

PER = 1000
PRIOR_SHARE = 0.1  # the prior weighs a tenth of the words compared, so that it steadies rare terms only


@dataclass(frozen=True)
class _Sides:
    """The counts of two sides, items that pass only."""

    target: int
    reference: np.ndarray
    items: np.ndarray
    count_target: np.ndarray
    count_reference: np.ndarray
    total_target: int
    total_reference: int


def keyness(
    tokens: Tokens | Counts,
    *,
    by: By = None,
    target: str | None = None,
    reference: str | Sequence[str] | None = None,
    min_count: int = 3,
    min_documents: int = 2,
    ngram: int = 1,
    where: Where | None = None,
    tokens_as_sample: bool = False,
) -> pd.DataFrame:
    """Compare how often each term occurs in a group and in others.

    Args:
        tokens: a corpus, or counts of terms or frames.
        by: one document column or layer.
        target: the group to describe; by default every group in turn.
        reference: the group or groups to compare with; by default all others.
        min_count: hits of both sides together that a term needs to be shown.
        min_documents: documents of both sides together that must have the term.
        ngram, where: as in `term_frequencies`; not with counts.
        tokens_as_sample: give p even where a side has few documents, as if words were drawn one by one. They are
            not: a p computed so describes an imagined corpus.

    Returns:
        One row per target and term, by target, then log ratio (descending), count, term: `<by>, reference, term,
        count_target, total_target, documents_target, count_reference, total_reference, documents_reference,
        per_1k_target, per_1k_reference, log_likelihood, p_value, log10_p, p_adjusted, log_ratio, log_ratio_low,
        log_ratio_high, log_odds, log_odds_z, flags`. Positive = over-used in the target. `log_likelihood`:
        four-cell G2, signed. `log_ratio`: log2, 0.5 for a zero count; limits are counting limits of these texts.
        `log_odds_z`: prior = the pooled counts of both sides, weighing a tenth of their words. `p_adjusted`:
        Benjamini-Hochberg over the terms shown for one target. What the thresholds hide is in `attrs["hidden"]`.

    Raises:
        ValueError: an unknown group, or no two groups to compare.

    Sources: Dunning (1993); Hardie (2014); Monroe, Colaresi and Quinn (2008); Benjamini and Hochberg (1995).

    >>> frame = pd.DataFrame({"term": ["war", "war", "peace"], "side": ["A", "B", "B"], "count": [8, 1, 7]})
    >>> counts = Counts.from_frame(frame, by="side")
    >>> keyness(counts, target="A", min_documents=1)[["side", "term", "log_ratio"]].round(2).values.tolist()
    [['A', 'war', 3.0], ['A', 'peace', -3.81]]
    """
    if isinstance(tokens, Counts):
        counts = tokens
    else:
        counts = term_counts(tokens, by=by, ngram=ngram, where=where)
    names = counts.by if by is None else names_of(by)
    if len(names) != 1:
        raise ValueError(f"by must name one column for keyness; got {list(names)}. Compare one column at a time.")
    grouped = counts.grouped(names)
    groups = [str(value) for value in grouped.keys[names[0]]]
    if len(groups) < 2:
        raise ValueError(f"keyness compares groups, and {names[0]!r} has {len(groups)}. Name another column in by.")
    targets = groups if target is None else [choose("target", target, groups)]
    parts, hidden = [], {}
    for name in targets:
        others = _others(name, reference, groups)
        sides, hidden[name] = _sides(grouped, groups.index(name), others, min_count, min_documents)
        label = "all others" if reference is None else ", ".join(groups[i] for i in others)
        parts.append(_compare(grouped, sides, names, label, tokens_as_sample=tokens_as_sample))
    table = pd.concat(parts, ignore_index=True)
    table.attrs |= {"min_count": min_count, "min_documents": min_documents, "hidden": hidden}
    return table


def _others(target: str, reference: str | Sequence[str] | None, groups: list[str]) -> np.ndarray:
    wanted = [reference] if isinstance(reference, str) else list(reference or [g for g in groups if g != target])
    for name in wanted:
        choose("reference", name, [g for g in groups if g != target])
    return np.array([groups.index(name) for name in wanted], np.int64)


def _sides(
    grouped: Grouped, target: int, reference: np.ndarray, min_count: int, min_documents: int
) -> tuple[_Sides, int]:
    """The two sides, and how many items that occur the thresholds hide."""
    ours = grouped.matrix[[target]].toarray()[0]
    theirs = grouped.matrix[reference].sum(axis=0)
    documents = grouped.documents[[target, *reference]].sum(axis=0)
    shown = (ours + theirs >= min_count) & (documents >= min_documents)
    items = np.flatnonzero(shown)
    totals = int(grouped.totals[target]), int(grouped.totals[reference].sum())
    return _Sides(target, reference, items, ours[items], theirs[items], *totals), int(
        ((ours + theirs > 0) & ~shown).sum()
    )


def _compare(
    grouped: Grouped, sides: _Sides, by: tuple[str, ...], label: str, *, tokens_as_sample: bool
) -> pd.DataFrame:
    four = (sides.count_target, sides.total_target, sides.count_reference, sides.total_reference)
    pooled = PRIOR_SHARE * (sides.count_target + sides.count_reference)
    mass = PRIOR_SHARE * (sides.total_target + sides.total_reference)
    odds, z = measures.log_odds_prior(*four, prior=pooled, prior_total=mass)
    g2 = measures.log_likelihood(*four)
    low, high = measures.log_ratio_interval(*four)
    masks = _masks(grouped, sides, by)
    sample = tokens_as_sample or not masks["few_documents"].any()
    masks["descriptive"] = np.full(len(sides.items), not sample)
    p = measures.p_value(g2) if sample else np.full(len(g2), np.nan)
    table = pd.DataFrame(
        {
            by[0]: str(grouped.keys[by[0]].iloc[sides.target]),
            "reference": label,
            str(grouped.items.name): grouped.items.to_numpy(object)[sides.items],
            "count_target": sides.count_target,
            "total_target": sides.total_target,
            "documents_target": grouped.documents[[sides.target]].toarray()[0][sides.items],
            "count_reference": sides.count_reference,
            "total_reference": sides.total_reference,
            "documents_reference": np.asarray(grouped.documents[sides.reference].sum(axis=0))[sides.items],
            "per_1k_target": PER * sides.count_target / sides.total_target if sides.total_target else np.nan,
            "per_1k_reference": PER * sides.count_reference / sides.total_reference if sides.total_reference else np.nan,
            "log_likelihood": g2,
            "p_value": p,
            "log10_p": measures.log10_p(g2) if sample else np.nan,
            "p_adjusted": measures.benjamini_hochberg(p),
            "log_ratio": measures.log_ratio(*four),
            "log_ratio_low": low,
            "log_ratio_high": high,
            "log_odds": odds,
            "log_odds_z": z,
            "flags": flag_column(masks, len(sides.items)).to_numpy(),
        }
    )
    order = np.lexsort([table[str(grouped.items.name)], -table["count_target"], -table["log_ratio"]])
    return table.iloc[order]


def _masks(grouped: Grouped, sides: _Sides, by: tuple[str, ...]) -> dict[str, np.ndarray]:
    """Flags of the comparison, which hold for every term, and flags of each term."""
    size, groups = len(sides.items), np.array([sides.target, *sides.reference])
    own = group_masks(grouped, by)
    n = np.array([grouped.n_documents[sides.target], grouped.n_documents[sides.reference].sum()])
    whole = {name: bool(own[name][groups].any()) for name in ("aliased", "single_author") if name in own}
    whole["few_documents"] = bool((n < FEW_DOCUMENTS).any())
    whole["single_document"] = bool((n == 1).any())
    whole["topic_differs"] = differs(grouped, "topic", sides.target, sides.reference)
    whole["period_differs"] = apart(grouped, sides.target, sides.reference)
    masks = {name: np.full(size, value) for name, value in whole.items()}
    total = sides.total_target + sides.total_reference
    share = (sides.count_target + sides.count_reference) / max(total, 1)
    masks["low_expected"] = share * min(sides.total_target, sides.total_reference) < LOW_EXPECTED
    masks["sign_flips_without"] = _sign_flips(grouped, sides)
    masks["one_document_drives"] = _driven(grouped, sides, n)
    return masks


def _side_units(grouped: Grouped, sides: _Sides) -> tuple[np.ndarray, np.ndarray]:
    """The rows of `grouped.units` on the target's and on the reference's side."""
    return np.flatnonzero(grouped.unit_group == sides.target), np.flatnonzero(
        np.isin(grouped.unit_group, sides.reference)
    )


def _driven(grouped: Grouped, sides: _Sides, n: np.ndarray) -> np.ndarray:
    """Whether one document holds most of the hits of the side that uses the term more."""
    units = _side_units(grouped, sides)
    tops = [grouped.units[rows][:, sides.items].max(axis=0).toarray().ravel() for rows in units]
    more = sides.count_target * sides.total_reference >= sides.count_reference * sides.total_target
    target = drives(sides.count_target, tops[0], n[0])
    return np.where(more, target, drives(sides.count_reference, tops[1], n[1]))


def _sign_flips(grouped: Grouped, sides: _Sides) -> np.ndarray:
    """Whether leaving out some one document turns the sign of the difference between the rates."""
    counts = np.stack([sides.count_target, sides.count_reference])
    totals = np.array([sides.total_target, sides.total_reference])
    sign = np.sign(counts[0] * totals[1] - counts[1] * totals[0])
    flips = np.zeros(len(sides.items), bool)
    for side, rows in enumerate(_side_units(grouped, sides)):
        for row in rows[grouped.unit_totals[rows] < totals[side]]:
            left, words = counts.copy(), totals.copy()
            left[side] -= grouped.units[[row]].toarray()[0][sides.items]
            words[side] -= grouped.unit_totals[row]
            flips |= np.sign(left[0] * words[1] - left[1] * words[0]) == -sign
    return flips & (sign != 0)
