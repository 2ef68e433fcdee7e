"""How much more than the others: keyness of terms or frames between groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import scipy.sparse as sp
from numpy.typing import NDArray

from discourse import measures
from discourse._errors import choose
from discourse.counts import By, Counts, Where, names_of
from discourse.counts.groups import Units
from discourse.tokens import Encoded

from .flags import FEW_DOCUMENTS, LOW_EXPECTED, Index, Mask, flag_codes, period_differs
from .rows import PER, counts_of_terms, order_by
from .sides import Sides, driven, sides_of, sign_flips, summed

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
        ValueError: an unknown group, no two groups with words to compare, or an argument that counts were made with.

    Sources: Dunning (1993); Hardie (2014); Monroe, Colaresi and Quinn (2008); Benjamini and Hochberg (1995).

    >>> frame = pd.DataFrame({"term": ["war", "war", "peace"], "side": ["A", "B", "B"], "count": [8, 1, 7]})
    >>> counts = Counts.from_frame(frame, by="side")
    >>> keyness(counts, target="A", min_documents=1)[["side", "term", "log_ratio"]].round(2).values.tolist()
    [['A', 'war', 3.0], ['A', 'peace', -3.81]]
    """
    counts = counts_of_terms(tokens, by=by, ngram=ngram, where=where)
    column = _one_column(counts.by if by is None else names_of(by))
    units = counts.units(column)
    filled = units.unit_totals > 0
    groups = [str(group) for group in units.keys[column].iloc[np.unique(units.unit_group[filled])]]
    if len(groups) < 2:
        raise ValueError(f"keyness compares groups with words; {column!r} has {len(groups)}. Name another column.")
    targets = groups if target is None else [choose("target", target, groups)]
    items, columns = _likely(units, min_count, min_documents)
    parts, hidden = [], {}
    for name in targets:
        others = _others(name, reference, groups)
        sides = sides_of(units, columns, name, others)
        shown = _passing(sides, min_count, min_documents)
        hidden[name] = _occurring(units, [name, *others]) - len(shown)
        label = "all others" if reference is None else ", ".join(others)
        about = {column: name, "reference": label, str(units.items.name): units.items.take(items[shown])}
        parts.append(_compared(about, sides.only(shown), tokens_as_sample=tokens_as_sample))
    table = parts[0] if len(parts) == 1 else pd.concat(parts, ignore_index=True)
    table.attrs |= {"min_count": min_count, "min_documents": min_documents, "hidden": hidden}
    return table


def _one_column(names: tuple[str, ...]) -> str:
    if len(names) != 1:
        raise ValueError(f"by must name one column for keyness; got {list(names)}. Compare one column at a time.")
    return names[0]


def _others(target: str, reference: str | Sequence[str] | None, groups: list[str]) -> list[str]:
    rest = [group for group in groups if group != target]
    wanted = [reference] if isinstance(reference, str) else list(rest if reference is None else reference)
    if not wanted:
        raise ValueError("reference must name at least one group. Leave it out to compare with all others.")
    return [choose("reference", name, rest) for name in dict.fromkeys(wanted)]


def _likely(units: Units, min_count: int, min_documents: int) -> tuple[Index, sp.csc_array]:
    """Items that may be shown for some target, as all groups together have enough of them: units × items."""
    hits = units.units
    count, documents = hits.T @ np.ones(hits.shape[0], np.int64), np.bincount(hits.indices, minlength=hits.shape[1])
    items = np.flatnonzero((count >= max(min_count, 1)) & (documents >= min_documents))
    place = np.full(hits.shape[1], -1, np.int32)
    place[items] = np.arange(len(items))
    column = place.take(hits.indices)
    inside = column >= 0
    kept = np.flatnonzero(inside)
    parts = hits.data.take(kept), column.take(kept), summed(inside)[hits.indptr]
    return items, sp.csr_array(parts, (hits.shape[0], len(items))).tocsc()


def _occurring(units: Units, groups: Sequence[str]) -> int:
    """How many items occur in some groups."""
    inside = np.isin(units.keys.iloc[:, 0].to_numpy(object), list(groups))[units.unit_group] & (units.unit_totals > 0)
    return int(np.count_nonzero(units.units.T @ inside.astype(np.int64)))


def _passing(sides: Sides, min_count: int, min_documents: int) -> Index:
    """The items that are shown."""
    count_target, _, count_reference, _ = sides.four
    enough = count_target + count_reference >= max(min_count, 1)
    return np.flatnonzero(enough & (sides.documents[2] >= min_documents))


def _compared(about: dict[str, Any], sides: Sides, *, tokens_as_sample: bool) -> pd.DataFrame:
    """The rows of one target; `about` are its first columns, the item last."""
    four, documents = sides.four, sides.documents
    masks = _masks(sides, next(iter(about)))
    sample = tokens_as_sample or not masks["few_documents"].any()
    masks["descriptive"] = np.full(len(four[0]), not sample)
    scores = _scores(four, sample=sample)
    # Items are sorted: where all else is equal they keep their order.
    order = order_by(-scores["log_ratio"], -four[0])
    codes, texts = flag_codes(masks, len(order))
    numbers = {
        "count_target": four[0],
        "total_target": np.full(len(order), four[1]),
        "documents_target": documents[0],
        "count_reference": four[2],
        "total_reference": np.full(len(order), four[3]),
        "documents_reference": documents[1],
        "per_1k_target": PER * four[0] / four[1],
        "per_1k_reference": PER * four[2] / four[3],
        **scores,
    }
    *names, item = about
    return pd.DataFrame(
        {
            **{name: _chosen([about[name]], np.zeros_like(order)) for name in names},
            item: about[item].take(order),
            **{name: values.take(order) for name, values in numbers.items()},
            "flags": _chosen(texts, codes.take(order)),
        },
        copy=False,
    )


def _chosen(values: Sequence[str], which: Index) -> pd.api.extensions.ExtensionArray:
    """Strings of which there are few, once a row."""
    return pd.array(values, dtype="str").take(which)


def _scores(four: tuple[Index, int, Index, int], *, sample: bool) -> dict[str, NDArray[np.float64]]:
    """Every measure of the difference; p is withheld where the documents are no sample."""
    pooled, mass = PRIOR_SHARE * (four[0] + four[2]), PRIOR_SHARE * (four[1] + four[3])
    odds, z = measures.log_odds_prior(*four, prior=pooled, prior_total=mass)
    g2 = measures.log_likelihood(*four)
    low, high = measures.log_ratio_interval(*four)
    return {
        "log_likelihood": g2,
        **(_tests(g2) if sample else dict.fromkeys(("p_value", "log10_p", "p_adjusted"), np.full(len(g2), np.nan))),
        "log_ratio": measures.log_ratio(*four),
        "log_ratio_low": low,
        "log_ratio_high": high,
        "log_odds": odds,
        "log_odds_z": z,
    }


def _tests(g2: NDArray[np.float64]) -> dict[str, NDArray[np.float64]]:
    p = measures.p_value(g2)
    return {"p_value": p, "log10_p": measures.log10_p(g2), "p_adjusted": measures.benjamini_hochberg(p)}


def _masks(sides: Sides, by: str) -> dict[str, Mask]:
    """Flags of the comparison, which hold for every item, and flags of each item."""
    target, total_target, reference, total_reference = sides.four
    share = (target + reference) / (total_target + total_reference)
    masks = {name: np.full(len(target), value) for name, value in _design(sides, by).items()}
    masks["low_expected"] = share * min(total_target, total_reference) < LOW_EXPECTED
    masks["sign_flips_without"] = sign_flips(sides)
    masks["one_document_drives"] = driven(sides)
    return masks


def _design(sides: Sides, by: str) -> dict[str, bool]:
    """What holds for the comparison as a whole."""
    n = [int((words > 0).sum()) for words in sides.words]
    found = {"few_documents": min(n) < FEW_DOCUMENTS, "single_document": min(n) == 1}
    known = set(sides.about.columns)
    if "topic" in known:
        topics = sides.values_of("topic")
        found["topic_differs"] = topics[0] != topics[1]
    if "date" in known:
        found["period_differs"] = period_differs(*sides.values_of("date"))
    if "author" in known:
        authors = sides.values_of("author")
        single = [len(own) == 1 and "" not in own for own in authors]
        found["single_author"] = any(single)
        found["aliased"] = by in known - {"author"} and any(single) and authors[0].isdisjoint(authors[1])
    return found
