"""Verdicts: what many specifications that share one way of counting say, all at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from discourse import measures

from .flags import Index, Mask
from .recounts import Recount

Floats = NDArray[np.float64]
CLAIMS = ("larger", "smaller", "ranked", "ordered", "alone")
MOST_NUMBERS = 2**22  # of items under several specifications that are ranked at once
HALF = 0.5  # stands in for no hit, as in `log_ratio`
PRIOR_SHARE = 0.1  # as in `keyness`


@dataclass(frozen=True, eq=False)
class Kept:
    """Documents under several specifications that share one way of counting.

    Attributes:
        recount: items per document.
        group: documents × groups, the first group being that of the claim.
        kept: specifications × documents.
        measure: of each specification.
        min_count: of each specification.
    """

    recount: Recount
    group: Mask
    kept: Mask
    measure: NDArray[np.object_]
    min_count: Index

    @cached_property
    def own(self) -> Index:
        """Hits of the item, one a document."""
        own = np.zeros(len(self.group), np.int64)
        if self.recount.item >= 0:
            own[:] = self.recount.matrix[:, [self.recount.item]].toarray().ravel()
        return own

    @cached_property
    def words(self) -> Index:
        """What rates are per, one a document; never less than the hits, which may be of stop words alone."""
        return np.maximum(self.recount.totals, self.own)

    def by_group(self, values: NDArray[Any]) -> NDArray[Any]:
        """Sums over the documents kept: specifications × groups."""
        sums: NDArray[Any] = (self.kept * values) @ self.group
        return sums

    @cached_property
    def sums(self) -> tuple[Index, Index, Index, Index, Floats]:
        """Of each specification and group: hits, words, documents with the item, documents, sum of their rates."""
        rates = self.own / np.where(self.words > 0, self.words, 1)
        counts = [self.by_group(own.astype(np.int64)) for own in (self.own, self.words, self.own > 0, self.words > 0)]
        return counts[0], counts[1], counts[2], counts[3], self.by_group(rates)

    @cached_property
    def four(self) -> tuple[Index, Index, Index, Index]:
        """Hits and words of the first group, and of the others together."""
        count, total = self.sums[:2]
        return count[:, 0], total[:, 0], count[:, 1:].sum(axis=1), total[:, 1:].sum(axis=1)

    @cached_property
    def enough(self) -> Mask:
        """Whether there is something to compare, and hits enough."""
        count, total, others, rest = self.four
        # Where 1 is asked for nothing is asked: that an item is gone is an answer too.
        return (total > 0) & (rest > 0) & ((count + others >= self.min_count) | (self.min_count <= 1))


def rates(kept: Kept) -> Floats:
    """The rate of each specification and group by its measure; `nan` where the group has no words."""
    count, total, documents, n_documents, sums = kept.sums
    with np.errstate(invalid="ignore", divide="ignore"):
        by_measure = {"mean of documents": sums / n_documents, "documents with it": documents / n_documents}
        pooled = count / total
    out = pooled
    for name, own in by_measure.items():
        out = np.where((kept.measure == name)[:, None], own, out)
    return out


def estimates(kept: Kept) -> Floats:
    """Log2 ratio of the first group's rate to that of the others together, by each measure; `nan` if undefined."""
    _, _, documents, n_documents, sums = kept.sums
    four = kept.four
    with_it = documents[:, 0], n_documents[:, 0], documents[:, 1:].sum(axis=1), n_documents[:, 1:].sum(axis=1)
    out = measures.log_ratio(*four)
    totals = zip((sums[:, 0], sums[:, 1:].sum(axis=1)), with_it[1::2], four[1::2], strict=True)
    # Half a hit among all words stands in for none, as it does in a log ratio.
    means = [np.where(own == 0, HALF / np.maximum(words, 1), own / np.maximum(n, 1)) for own, n, words in totals]
    mean = np.where(np.isnan(out), np.nan, np.log2(means[0] / means[1]))
    out = np.where(kept.measure == "mean of documents", mean, out)
    out = np.where(kept.measure == "documents with it", measures.log_ratio(*with_it), out)
    return np.where(kept.enough, out, np.nan)


def judged(kept: Kept, claim: str) -> NDArray[np.object_]:
    """Whether a claim holds in each specification, against every group that has words left.

    Returns:
        True, False, or None: nothing can be compared, or the group ties with another and is behind none.
    """
    left = kept.sums[1] > 0
    verdict = _VERDICTS[claim](rates(kept), kept.sums[0], left)
    out = np.full(len(verdict), None, object)
    told = kept.enough & (verdict != 0)
    out[told] = verdict[told] > 0
    return out


# Each says 1 (it holds), -1 (it does not) or 0 (a tie) for every specification, given rates, hits and who has words.


def _larger(rate: Floats, count: Index, left: Mask) -> Index:
    difference = np.where(left[:, 1:] & left[:, :1], rate[:, :1] - rate[:, 1:], 1.0)
    sign: Index = np.sign(difference.min(axis=1)).astype(np.int64)
    return sign


def _smaller(rate: Floats, count: Index, left: Mask) -> Index:
    return _larger(-rate, count, left)


def _alone(rate: Floats, count: Index, left: Mask) -> Index:
    return np.where((count[:, 0] > 0) & ~count[:, 1:].any(axis=1), 1, -1)


def _ordered(rate: Floats, count: Index, left: Mask) -> Index:
    steps = [-np.diff(own[there]) for own, there in zip(rate, left, strict=True)]
    return np.array([np.sign(own.min(initial=np.inf)) for own in steps]).astype(np.int64)


_VERDICTS: Mapping[str, Callable[[Floats, Index, Mask], Index]] = {
    "larger": _larger, "smaller": _smaller, "alone": _alone, "ordered": _ordered,
}  # fmt: skip


# ── the place of the item among all of its kind ──────────────────────────────────────────────────────────────────


def ranks(kept: Kept) -> Floats:
    """The rank of the item in the first group by each measure, 1 = first; `nan` where it has none.

    Ranked are the items with as many hits as the specification asks for; items that tie share the better rank.
    """
    out = np.full(len(kept.kept), np.nan)
    if kept.recount.item < 0:
        return out
    size = max(MOST_NUMBERS // max(kept.recount.matrix.shape[1], 1), 1)
    for name in np.unique(kept.measure.astype(str)).tolist():
        own = np.flatnonzero((kept.measure == name) & kept.enough)
        for rows in np.split(own, range(size, len(own), size)):
            out[rows] = _ranks(kept, rows, name)
    return out


def _ranks(kept: Kept, rows: Index, measure: str) -> Floats:
    sides = [kept.kept[rows] & kept.group[:, group].any(axis=1) for group in ([0], list(range(1, kept.group.shape[1])))]
    counts = [_sums(own, kept.recount.matrix) for own in sides]
    totals = [(own @ kept.recount.totals)[:, None] for own in sides]
    score = _scores(kept, sides, (counts[0], totals[0], counts[1], totals[1]), measure)
    item = kept.recount.item
    hits = counts[0] + counts[1]
    shown = hits >= np.maximum(kept.min_count[rows], 1)[:, None]
    better = (score > score[:, [item]]) & shown
    return np.where(shown[:, item], 1.0 + better.sum(axis=1), np.nan)


def _sums(documents: Mask, matrix: sp.csr_array) -> NDArray[Any]:
    sums: NDArray[Any] = np.asarray((matrix.T @ documents.T.astype(matrix.dtype)).T)
    return sums


def _scores(kept: Kept, sides: Sequence[Mask], four: tuple[Any, ...], measure: str) -> Floats:
    """The measure of all items: specifications × items."""
    counts, totals, others, rest = four
    four = counts, np.maximum(totals, counts), others, np.maximum(rest, others)
    if measure == "mean of documents":
        return _mean_scores(kept, sides, four)
    if measure == "documents with it":
        present = (kept.recount.matrix > 0).astype(np.int64)
        n = [(own & (kept.recount.totals > 0)).sum(axis=1)[:, None] for own in sides]
        return measures.log_ratio(_sums(sides[0], present), n[0], _sums(sides[1], present), n[1])
    scores: Floats = _SCORES[measure](*four)
    return scores


def _mean_scores(kept: Kept, sides: Sequence[Mask], four: tuple[Any, ...]) -> Floats:
    words = kept.recount.totals
    rates = sp.csr_array(sp.diags_array(1 / np.where(words > 0, words, 1)) @ kept.recount.matrix)
    means = []
    for documents, total in zip(sides, four[1::2], strict=True):
        n = (documents & (words > 0)).sum(axis=1)[:, None]
        mean = np.asarray((rates.T @ documents.T.astype(np.float64)).T) / n
        means.append(np.where(mean == 0, HALF / total, mean))
    scores: Floats = np.log2(means[0] / means[1])
    return scores


def _log_odds_z(count: Any, total: Any, others: Any, rest: Any) -> Floats:
    prior, mass = PRIOR_SHARE * (count + others), PRIOR_SHARE * (total + rest)
    return measures.log_odds_prior(count, total, others, rest, prior=prior, prior_total=mass)[1]


def _frequency(count: Any, total: Any, others: Any, rest: Any) -> Floats:
    return np.asarray(count / total, np.float64)


_SCORES: Mapping[str, Callable[..., Floats]] = {
    "pooled": measures.log_ratio,
    "log_ratio": measures.log_ratio,
    "log_likelihood": measures.log_likelihood,
    "log_odds_z": _log_odds_z,
    "simple_maths": measures.simple_maths,
    "frequency": _frequency,
}
