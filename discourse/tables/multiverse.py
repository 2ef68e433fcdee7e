"""Does it hold: the same question under every defensible choice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from discourse import measures
from discourse._errors import choose
from discourse.corpus import later_copies, repeated_passages
from discourse.counts import Counts, frame_counts, name_counts, term_counts
from discourse.tokens import Tokens

if TYPE_CHECKING:
    from discourse.study import Study

CLAIMS = ("larger", "smaller", "ranked")
VOICES = {"all": None, "author": ["author"]}
REPEATED = {"in": None, "out": ["no"]}
CHOICES = ("voices", "repeated", "left_out")


def robustness(
    study: Study, *, item: str, kind: str = "frame", groups: Sequence[str], claim: str = "larger"
) -> pd.DataFrame:
    """Ask one question under every choice: quotations in or out, repeated passages in or out, each document left out.

    Args:
        study: the texts, the codebook and the column that is compared.
        item: a frame, a term, or one name of a referent.
        kind: `frame`, `term` or `name`.
        groups: the group the claim is about, then those it is compared with.
        claim: `larger` or `smaller` (the first group's rate, than that of each other group), or `ranked` (rates
            fall in the order of the groups).

    Returns:
        One row per specification: `specification` (0 = every text and voice)`, voices, repeated, left_out` (a
        document or empty)`, count_target, total_target, count_reference, total_reference, estimate` (log2 ratio of the
        first group's rate to that of the others together; for a name, of its share among the referent's mentions)`,
        holds`. Where a side has no words left, `estimate` is `nan` and `holds` is missing: nothing can be said.

    Raises:
        ValueError: an unknown item, kind, group or claim.

    >>> from discourse.study import current_study
    >>> table = robustness(current_study(), item="war", kind="term", groups=["Azernews", "Korybko"])
    >>> table.loc[0, ["voices", "repeated", "left_out"]].tolist()
    ['all', 'in', '']
    """
    choose("kind", kind, ["frame", "term", "name"])
    choose("claim", claim, CLAIMS)
    known = sorted(study.corpus.documents[study.group].astype(str).unique())
    for name in groups:
        choose("groups", name, known)
    if len(groups) < 2:
        raise ValueError(f"groups must name the group of the claim and at least one other; got {list(groups)!r}.")
    cells = _cells(study, item, kind)
    rows = [_row(cells, groups, claim, *choice) for choice in _specifications(cells)]
    table = pd.DataFrame(rows)
    table.insert(0, "specification", np.arange(len(table)))
    return table.assign(holds=table["holds"].astype("boolean"))


def _specifications(cells: pd.DataFrame) -> Iterator[tuple[str, str, str]]:
    documents = ["", *cells["doc_id"].drop_duplicates()]
    return product(VOICES, REPEATED, documents)


def _cells(study: Study, item: str, kind: str) -> pd.DataFrame:
    """Hits of the item and words, per document, voice and whether the passage is a repetition: all that is needed."""
    tokens = _marked(study.tokens)
    counts, columns = _counted(tokens, study, item, kind)
    table = counts.cells.copy()
    table["group"] = study.corpus.documents[study.group].astype(str).reindex(table["doc_id"]).to_numpy()
    table["count"] = np.asarray(counts.matrix[:, columns[:1]].sum(axis=1))
    table["total"] = counts.totals if kind != "name" else np.asarray(counts.matrix[:, columns].sum(axis=1))
    order = study.corpus.documents.index.get_indexer(pd.Index(table["doc_id"]))
    return table.iloc[np.argsort(order, kind="stable")].reset_index(drop=True)


def _marked(tokens: Tokens) -> Tokens:
    """Tokens with a layer that says which passages repeat earlier ones."""
    copies = later_copies(repeated_passages(tokens.corpus))
    return tokens.with_layer("repeated", copies)


def _counted(tokens: Tokens, study: Study, item: str, kind: str) -> tuple[Counts, list[int]]:
    """The counts, and the columns to use: that of the item, then (for a name) those of its rivals."""
    by = ["voice", "repeated"]
    if kind == "name":
        counts = name_counts(tokens, study.codebook, by=by)
        owner = {label.split("\t")[1]: label.split("\t")[0] for label in counts.items}
        referent = owner[choose("item", item, sorted(owner))]
        own = counts.items.get_loc(f"{referent}\t{item}")
        rest = [i for i, label in enumerate(counts.items) if label.split("\t")[0] == referent and i != own]
        return counts, [own, *rest]
    if kind == "frame":
        counts = frame_counts(tokens, study.codebook, by=by)
    else:
        counts = term_counts(tokens, by=by, ngram=len(item.split()))
    if item not in counts.items:
        choose("item", item, list(counts.items) if kind == "frame" else _near(item, counts.items))
    return counts, [counts.items.get_loc(item)]


def _near(item: str, items: pd.Index) -> list[str]:
    """The few terms of a large vocabulary that an error should name."""
    import difflib

    return difflib.get_close_matches(item, [str(name) for name in items], n=5, cutoff=0) or ["(no terms)"]


def _row(
    cells: pd.DataFrame, groups: Sequence[str], claim: str, voices: str, repeated: str, left_out: str
) -> dict[str, object]:
    kept = cells[cells["doc_id"] != left_out]
    for column, wanted in (("voice", VOICES[voices]), ("repeated", REPEATED[repeated])):
        kept = kept if wanted is None else kept[kept[column].isin(wanted)]
    sums = kept.groupby("group")[["count", "total"]].sum().reindex(list(groups), fill_value=0)
    count, total = sums["count"].to_numpy(), sums["total"].to_numpy()
    row = {
        "voices": voices,
        "repeated": repeated,
        "left_out": left_out,
        "count_target": count[0],
        "total_target": total[0],
        "count_reference": count[1:].sum(),
        "total_reference": total[1:].sum(),
    }
    estimate = float(measures.log_ratio(count[0], total[0], count[1:].sum(), total[1:].sum()))
    return row | {"estimate": estimate, "holds": _holds(count, total, claim)}


def _holds(count: np.ndarray, total: np.ndarray, claim: str) -> bool | None:
    """Whether the claim holds; None where a group has nothing left."""
    if (total == 0).any():
        return None
    rate = count / total
    if claim == "ranked":
        return bool((np.diff(rate) < 0).all())
    return bool((rate[0] > rate[1:]).all() if claim == "larger" else (rate[0] < rate[1:]).all())
