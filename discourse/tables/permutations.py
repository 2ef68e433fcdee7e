"""Dealt out by chance: how often documents, or authors, differ as much as two groups do, and what can be tested."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb

import numpy as np
import pandas as pd
import scipy.sparse as sp
from numpy.typing import NDArray

from discourse import measures
from discourse._errors import choose
from discourse.codebook import Codebook
from discourse.counts import By, Counts, Grouped, added, adder, frame_counts, labels, names_of
from discourse.counts.design import unit_codes
from discourse.counts.selection import as_groups
from discourse.measures.permutation import ALTERNATIVES, DRAWS, MOST_SPLITS
from discourse.tokens import Encoded

from .flags import Index, Mask, drives, flag_column, low_expected, pair_masks
from .rows import ONE_COLUMN, PER, refuse_clash, refuse_with_counts
from .sampling import pair_of, turned_by_one

LEVEL = 0.05  # a p that cannot fall to it, whatever the texts say, is not worked out
UNITS = ("author", "document")


def permutation_test(
    tokens: Encoded | Counts,
    codebook: Codebook | None = None,
    *,
    by: By = None,
    target: str | None = None,
    reference: str | Sequence[str] | None = None,
    unit: str | None = None,
    alternative: str = "two-sided",
    seed: int = 0,
) -> pd.DataFrame:
    """Test the difference between two groups by dealing out their documents, or authors, in all other ways.

    Words are never dealt out one by one: a text is in a group or it is not, and all texts of an author are together.
    Up to 20,000 ways are gone through, of more 9,999 are drawn. Where even the most extreme way could not bring p to
    0.05, there is none: such groups are described, not tested.

    Args:
        tokens: a corpus, or counts of terms or frames.
        codebook: whose frames are compared; not needed with counts.
        by: one document column.
        target: the group to describe; by default every group in turn.
        reference: the group or groups to compare with; by default all others.
        unit: `author`, `document`, or by default the author where authors wrote several documents.
        alternative: `two-sided`, `greater` (the target's rate is higher) or `less`.
        seed: of the draws.

    Returns:
        One row per target and item, by target, then item: `<by>, reference, <item>, unit, count_target, total_target,
        units_target, count_reference, total_reference, units_reference, difference` (of the rates per 1,000 words)`,
        p_value, alternative, smallest_p` (that these numbers of units can reach so)`, splits` (how many ways were
        looked at)`, method, flags`. `p_value` is `nan`, and the row `descriptive`, where `smallest_p` is above 0.05.
        Both are `nan` where an author is on both sides.

    Raises:
        ValueError: tokens without a codebook, an unknown group or unit, or groups that are no columns of documents.

    Source: Fisher (1935), The Design of Experiments; Phipson and Smyth (2010).

    >>> about = pd.DataFrame({"side": list("AAABBBB")})
    >>> counts = Counts.from_matrix([[5], [6], [7], [1], [2], [1], [0]], ["war"], about, totals=[100] * 7)
    >>> table = permutation_test(counts, by="side", target="A", alternative="greater")
    >>> table[["term", "difference", "p_value", "smallest_p", "method"]].round(3).values.tolist()
    [['war', 50.0, 0.029, 0.029, 'all 35 splits']]
    """
    choose("alternative", alternative, ALTERNATIVES)
    counts = _counts(tokens, codebook, by)
    column = column_of(counts, by)
    refuse_clash([column], [*_COLUMNS, str(counts.items.name)])
    units = counts.units(column)
    names = [str(name) for name in units.keys[column].iloc[np.unique(units.unit_group[units.unit_totals > 0])]]
    if len(names) < 2:
        raise ValueError(f"Groups with words are compared; {column!r} has {len(names)}. Name another column.")
    tables = []
    for name in names if target is None else [choose("target", own, names) for own in as_groups(target)]:
        rest = [other for other in names if other != name]
        others = [choose("reference", own, rest) for own in ([] if reference is None else as_groups(reference))] or rest
        pair = pair_of(units, name, others).grouped()
        about = {column: name, "reference": "all others" if reference is None else ", ".join(others)}
        tables.append(_table(about, pair, dealt_out(pair, unit), alternative, seed))
    return pd.concat(tables, ignore_index=True)


_COLUMNS = "reference unit count_target total_target units_target count_reference total_reference".split()
_COLUMNS += "units_reference difference p_value alternative smallest_p splits method flags".split()


def _counts(tokens: Encoded | Counts, codebook: Codebook | None, by: By) -> Counts:
    if isinstance(tokens, Counts):
        refuse_with_counts(codebook=(codebook, None))
        return tokens
    if codebook is None:
        raise ValueError("codebook must be given with tokens. Read one with read_codebook, or pass counts.")
    return frame_counts(tokens, codebook, by=by)


def column_of(counts: Counts, by: By) -> str:
    """The column that tells the groups apart: one of the documents, which are dealt out as wholes."""
    names = counts.by if by is None else names_of(by)
    if len(names) != 1:
        raise ValueError(f"by must name one column of documents; got {list(names)}. {ONE_COLUMN}")
    return str(choose("by", names[0], list(counts.documents.columns)))


# ── units ────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, eq=False)
class Dealt:
    """What is dealt out: documents or authors of two groups.

    Attributes:
        unit: what they are.
        hits: units × items.
        words: of each unit.
        target: whether each is in the target.
        sizes: how many have a part in the target, and in the reference.
    """

    unit: str
    hits: sp.csr_array
    words: Index
    target: Mask
    sizes: tuple[int, int]

    @property
    def mixed(self) -> bool:
        """Whether an author is on both sides, so that nothing can be dealt out."""
        return sum(self.sizes) > len(self.target)


def dealt_out(pair: Grouped, unit: str | None) -> Dealt:
    """The documents or authors of two groups: `author`, `document`, or what the design asks for."""
    code, target = np.arange(len(pair.unit_group)), pair.unit_group == 0
    if unit is not None:
        choose("unit", unit, UNITS if "author" in pair.about else UNITS[1:])
    if "author" in pair.about and unit != "document":
        authors = labels(pair.about["author"].reindex(pair.unit_document))
        together = unit_codes(np.zeros(len(code), np.int64), authors, together=np.ones(1, bool))
        several = len(np.unique(together)) < len(code) and pair.keys.columns[0] != "author"
        unit = "author" if several else unit
        code = together if unit else code
    size = int(np.max(code, initial=-1)) + 1
    on_target, on_reference = (added(code, side, size) > 0 for side in (target, ~target))
    hits, words = adder(code, size) @ pair.units, added(code, pair.unit_totals, size)
    return Dealt(unit or "document", hits, words, on_target, (int(on_target.sum()), int(on_reference.sum())))


# ── the table ────────────────────────────────────────────────────────────────────────────────────────────────────


def _table(about: dict[str, str], pair: Grouped, dealt: Dealt, alternative: str, seed: int) -> pd.DataFrame:
    """The rows of one target."""
    target, reference = pair.matrix.toarray().astype(np.int64)
    sizes, ways = dealt.sizes, comb(sum(dealt.sizes), dealt.sizes[0])
    smallest = np.nan if dealt.mixed else measures.smallest_p(*sizes, alternative=alternative)
    reached = bool(smallest <= LEVEL)
    p = np.full(len(pair.items), np.nan)
    if reached and len(p):
        p = measures.permutation_p(dealt.hits, dealt.words, dealt.target, alternative=alternative, seed=seed)
    rates = [PER * hits / words for hits, words in zip((target, reference), pair.totals, strict=True)]
    numbers = {
        "unit": dealt.unit,
        "count_target": target,
        "total_target": pair.totals[0],
        "units_target": sizes[0],
        "count_reference": reference,
        "total_reference": pair.totals[1],
        "units_reference": sizes[1],
        "difference": rates[0] - rates[1],
        "p_value": p,
        "alternative": alternative,
        "smallest_p": smallest,
        "splits": min(ways, DRAWS if ways > MOST_SPLITS else ways) if reached else 0,
        "method": _method(ways, reached=reached, mixed=dealt.mixed, seed=seed),
        "flags": _flags(pair, rates[0] >= rates[1], reached=reached),
    }
    items = {str(pair.items.name): pair.items.to_numpy(object)}
    return pd.DataFrame({**items, **numbers}).assign(**about)[[*about, *items, *numbers]]


def _flags(pair: Grouped, more: Mask, *, reached: bool) -> NDArray[np.object_]:
    """The flags of each item; `more` says whether the target has the higher rate."""
    item, size = np.arange(len(pair.items)), len(pair.items)
    one, two = np.zeros(size, np.int64), np.ones(size, np.int64)
    masks = pair_masks(pair, one, two)
    every = np.asarray(pair.matrix.sum(axis=0), np.int64)
    masks["low_expected"] = low_expected(np.full(size, pair.totals[0]), every, np.full(size, pair.totals.sum()))
    masks["sign_flips_without"] = turned_by_one(pair, [])[0]
    own = pair.at(np.where(more, one, two), item)
    masks["one_document_drives"] = drives(*(own[name].to_numpy() for name in ("count", "top_document", "n_documents")))
    masks["descriptive"] = np.full(size, not reached)
    return flag_column(masks, size)


def _method(ways: int, *, reached: bool, mixed: bool, seed: int) -> str:
    if mixed:
        return "none: an author is on both sides"
    if not reached:
        return f"none: {ways:,} splits cannot bring p to {LEVEL:g}"
    return f"all {ways:,} splits" if ways <= MOST_SPLITS else f"{DRAWS:,} splits drawn, seed {seed}"
