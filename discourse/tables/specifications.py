"""Does it hold: the same question under every defensible choice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from discourse import measures
from discourse._errors import choose
from discourse.corpus import later_copies, repeated_passages
from discourse.counts import Counts, frame_counts, name_counts, term_counts
from discourse.tokens import Tokens

from .frequencies import frame_frequencies
from .names import name_shares

if TYPE_CHECKING:
    from discourse.study import Study

CLAIMS = ("larger", "smaller", "ranked", "alone")
VOICES = {"all": None, "author": ["author"]}
REPEATED = {"in": None, "out": ["no"]}
LAYERS = ("voice", "repeated")  # by these and by document, counts are kept apart


def robustness(
    study: Study, *, item: str, kind: str = "frame", groups: Sequence[str], claim: str = "larger"
) -> pd.DataFrame:
    """Ask one question under every choice: quotations in or out, repeated passages in or out, each document left out.

    Args:
        study: the texts, the codebook and the column that is compared.
        item: a frame, a term, or one name of a referent.
        kind: `frame`, `term` or `name`.
        groups: the group the claim is about, then those it is compared with.
        claim: `larger` or `smaller` (the first group's rate, than that of each other group), `ranked` (rates fall
            in the order of the groups), or `alone` (the first group uses the item, the others never).

    Returns:
        One row per specification: `specification` (0 = every text and voice)`, voices, repeated, left_out` (a
        document or empty)`, count_target, total_target, count_reference, total_reference, estimate` (log2 ratio of the
        first group's rate to that of the others together; for a name, of its share among the referent's mentions)`,
        holds` (against every other group that has words left). Where the first group, or all others, have none left,
        `estimate` is `nan` and `holds` is missing: nothing can be said.

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
    return _specified(_Shared(study), item=item, kind=kind, groups=groups, claim=claim)


def _specified(shared: _Shared, *, item: str, kind: str, groups: Sequence[str], claim: str) -> pd.DataFrame:
    cells = _cells(shared, item, kind)
    rows = [_row(cells, groups, claim, *choice) for choice in _specifications(cells)]
    table = pd.DataFrame(rows)
    table.insert(0, "specification", np.arange(len(table)))
    return table.assign(holds=table["holds"].astype("boolean"))


def _specifications(cells: pd.DataFrame) -> Iterator[tuple[str, str, str]]:
    documents = ["", *cells["doc_id"].drop_duplicates()]
    return product(VOICES, REPEATED, documents)


class _Shared:
    """What all specifications of a study have in common, computed once."""

    def __init__(self, study: Study) -> None:
        self.study = study

    @cached_property
    def tokens(self) -> Tokens:
        """Tokens with a layer that says which passages repeat earlier ones."""
        corpus = self.study.corpus
        return self.study.tokens.with_layer("repeated", later_copies(repeated_passages(corpus)))

    @cached_property
    def frames(self) -> Counts:
        return frame_counts(self.tokens, self.study.codebook, by=LAYERS)

    @cached_property
    def names(self) -> Counts:
        return name_counts(self.tokens, self.study.codebook, by=LAYERS)


def _cells(shared: _Shared, item: str, kind: str) -> pd.DataFrame:
    """Hits of the item and words, per document, voice and whether the passage is a repetition: all that is needed."""
    counts, columns = _counted(shared, item, kind)
    documents = shared.study.corpus.documents
    table = counts.cells.copy()
    table["group"] = documents[shared.study.group].astype(str).reindex(table["doc_id"]).to_numpy()
    table["count"] = np.asarray(counts.matrix[:, columns[:1]].sum(axis=1))
    table["total"] = counts.totals if kind != "name" else np.asarray(counts.matrix[:, columns].sum(axis=1))
    order = documents.index.get_indexer(pd.Index(table["doc_id"]))
    return table.iloc[np.argsort(order, kind="stable")].reset_index(drop=True)


def _counted(shared: _Shared, item: str, kind: str) -> tuple[Counts, list[int]]:
    """The counts, and the columns to use: that of the item, then (for a name) those of its rivals."""
    if kind == "name":
        counts = shared.names
        labels = [tuple(str(label).split("\t")) for label in counts.items]
        choose("item", item, sorted(name for _, name in labels))
        own = [name for _, name in labels].index(item)
        rivals = [i for i, (referent, _) in enumerate(labels) if referent == labels[own][0] and i != own]
        return counts, [own, *rivals]
    counts = shared.frames if kind == "frame" else term_counts(shared.tokens, by=LAYERS, ngram=len(item.split()))
    known = [str(name) for name in counts.items]
    if item not in known:
        choose("item", item, known if kind == "frame" else _near(item, counts.items))
    return counts, [known.index(item)]


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
    """Whether the claim holds against the groups that have words left; None where nothing can be compared."""
    left = total > 0
    if not left[0] or not left[1:].any():
        return None
    if claim == "alone":
        return bool(count[0] > 0 and not count[1:].any())
    rate = count[left] / total[left]
    if claim == "ranked":
        return bool((np.diff(rate) < 0).all())
    return bool((rate[0] > rate[1:]).all() if claim == "larger" else (rate[0] < rate[1:]).all())


def headlines(study: Study) -> pd.DataFrame:
    """The claims a study makes, found by rule: who uses a frame at the highest rate, who alone uses a name.

    Returns:
        One row per claim, frames before names: `kind, item, target` (the group of the claim)`, against`
        (the groups it is compared with; for a name those that speak of the referent)`, claim` (in words).
        A frame that no group uses makes no claim, nor does a name that is used once or by several groups.

    >>> from discourse.study import current_study
    >>> headlines(current_study()).columns.tolist()
    ['kind', 'item', 'target', 'against', 'claim']
    """
    rates = frame_frequencies(study.tokens, study.codebook, by=study.group)
    top = rates[rates["count"] > 0].sort_values("per_1k", ascending=False, kind="stable").drop_duplicates("frame")
    frames = top.sort_values("frame").assign(kind="frame", item=lambda own: own["frame"])
    shares = name_shares(study.tokens, study.codebook, by=study.group)
    used = shares[shares["count"] > 0]
    alone = used[~used.duplicated(["referent", "name"], keep=False) & (used["count"] > 1)]
    alone = alone[alone["referent"].map(used.groupby("referent")[study.group].nunique()) > 1]
    names = alone.sort_values(["referent", "name"]).assign(kind="name", item=lambda own: own["name"])
    table = pd.concat([frames, names], ignore_index=True).rename(columns={study.group: "target"})
    known = sorted(study.corpus.documents[study.group].astype(str).unique())
    speaking = {"": known} | {str(r): sorted(own[study.group].unique()) for r, own in used.groupby("referent")}
    referents = table["referent"].fillna("") if "referent" in table else pd.Series("", index=table.index)
    others = [speaking[referent] for referent in referents]
    table["against"] = [
        tuple(name for name in names if name != target) for names, target in zip(others, table["target"], strict=True)
    ]
    told = {"frame": "{target} uses “{item}” at the highest rate", "name": "{target} alone says “{item}”"}
    rows = zip(table["kind"], table["item"], table["target"], strict=True)
    table["claim"] = [told[kind].format(item=item, target=target) for kind, item, target in rows]
    return table[["kind", "item", "target", "against", "claim"]]


def multiverse(study: Study) -> pd.DataFrame:
    """Every headline under every specification.

    Returns:
        One row per claim and specification: `kind, item, target, claim` and the columns of `robustness`.

    >>> from discourse.study import current_study
    >>> multiverse(current_study())["kind"].unique().tolist()
    ['frame', 'name']
    """
    claims, shared, parts = headlines(study), _Shared(study), []
    for kind, item, target, against, claim in claims.itertuples(index=False):
        groups, question = [target, *against], "larger" if kind == "frame" else "alone"
        table = _specified(shared, item=item, kind=kind, groups=groups, claim=question)
        about = {"kind": kind, "item": item, "target": target, "claim": claim}
        parts.append(pd.DataFrame(about, index=table.index).join(table))
    return pd.concat(parts, ignore_index=True) if parts else claims.assign(specification=[], holds=[])
