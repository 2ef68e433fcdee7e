"""Does it hold: claims asked again under every specification of a declared grid."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse._errors import choose

from .flags import Index, Mask
from .frequencies import frame_frequencies
from .names import name_shares
from .recounts import Asked, Recounts
from .specifications import COMPARING, KNOWN, LEFT_OUT, RANKING, Choices, specifications
from .usage import FEWEST_WORDS, leading, limits_overlap
from .verdicts import CLAIMS, Kept, estimates, judged, ranks
from .wording import called, joined, number

if TYPE_CHECKING:
    from discourse.study import Study

OTHER_TOPICS = "other topics"
NUMBERS = ("count_target", "total_target", "count_reference", "total_reference")
ABOUT = ("kind", "item", "target", "claim", "limits_overlap")
UNRANKED = "; the limits overlap with another group’s, so the texts do not say who is first"
COLUMNS = ("specification", "departures", *KNOWN, LEFT_OUT, *NUMBERS, "estimate", "rank", "holds")
SUMMARY = ("holds", "specifications", "share", "first", "estimate", "low", "high", "rank", "best", "worst", "top_share")
TOLD = ("turned_by", "undefined_by")
COUNTED = [name for name in KNOWN if name not in ("measure", "min_count")]


def robustness(
    study: Study,
    *,
    item: str,
    kind: str = "frame",
    groups: Sequence[str],
    claim: str = "larger",
    choices: Choices | None = None,
) -> pd.DataFrame:
    """Ask one question under every specification: the usual one, and all that depart from it in one or two choices.

    Args:
        study: the texts, the codebook and the column that is compared.
        item: a frame, a term, or one name of a referent.
        kind: `frame`, `term` or `name`.
        groups: the group the claim is about, then those it is compared with.
        claim: `larger` or `smaller` (the first group's rate, than that of each other group), `ranked` (the item's
            rank in the first group is as good as in specification 0, or better), `ordered` (rates fall in the order of
            the groups), or `alone` (the first group uses the item, the others never).
        choices: the grid; by default all of `Choices`, less what makes no difference in these texts.

    Returns:
        One row per specification: `specification` (0 = the first value of each choice)`, departures` (choices with
        another value)`, voices, zones, repeated, hyphens, case, lemmas, stop_words, codebook, measure, min_count,
        left_out` (a document, `other topics`: those not on the most frequent topic, or empty)`, count_target,
        total_target, count_reference, total_reference, estimate` (log2 ratio of the first group's rate to that of the
        others together; for a name, of its share among the referent's mentions)`, rank` (of the item among its kind in
        the first group, 1 = first: by the measure)`, holds`. Where the first group, or all others, have no words left,
        or hits are fewer than `min_count`, `estimate` and `rank` are `nan` and `holds` is missing: nothing can be said.

    Raises:
        TypeError: tokens, or something else that is no study.
        ValueError: an unknown item, kind, group or claim.

    Source: Steegen, Tuerlinckx, Gelman and Vanpaemel (2016), Perspectives on Psychological Science 11(5), on asking
    under every choice; Simonsohn, Simmons and Nelson (2020), Nature Human Behaviour 4, on its curve.

    >>> from discourse.study import current_study
    >>> table = robustness(current_study(), item="war", kind="term", groups=["Azernews", "Korybko"])
    >>> table.loc[0, ["voices", "zones", "hyphens", "measure", "left_out"]].tolist()
    ['all', 'prose', 'one word', 'pooled', '']
    """
    _studied(study)
    choose("kind", kind, ["frame", "term", "name"])
    choose("claim", claim, CLAIMS)
    known = sorted(study.corpus.documents[study.group].astype(str).unique())
    for name in [groups] if isinstance(groups, str) else groups:
        choose("groups", name, known)
    if isinstance(groups, str) or len(set(groups)) < 2:
        raise ValueError(f"groups must name the group of the claim and at least one other; got {groups!r}.")
    recounts = Recounts(study)
    recounts.checked(Asked(kind, item))
    return _specified(recounts, Asked(kind, item), groups, claim, choices or Choices())


def _studied(study: object) -> None:
    # By what is needed of it, since the type is of a later room.
    if not (hasattr(study, "corpus") and hasattr(study, "codebook") and hasattr(study, "group")):
        raise TypeError(
            f"study must be a study; got {type(study).__name__}. "
            "Pass the study itself, from read_study or current_study: its texts are counted again in other ways."
        )


def _specified(
    recounts: Recounts, asked: Asked, groups: Sequence[str], claim: str, choices: Choices
) -> pd.DataFrame:
    offered = recounts.offered(asked, _of_claim(choices, claim))
    left = _left_out(recounts, asked, groups, offered)
    values = {**offered.values(), LEFT_OUT: tuple(left)}
    table = pd.DataFrame(list(specifications(values, choices.together)))
    answers = _Answers.of(len(table))
    for _, rows in table.groupby(COUNTED, sort=False):
        at = rows.index.to_numpy()
        kept = Kept(
            recounts.recount(asked, {str(name): str(value) for name, value in rows.iloc[0].items()}),
            _membership(recounts.study, groups),
            np.stack([left[name] for name in rows[LEFT_OUT]]),
            rows["measure"].to_numpy(object),
            np.array([int(number) for number in rows["min_count"]], np.int64),
        )
        answers.put(at, kept, claim)
    return _table(table, answers, claim, recounts.labels(asked))


def _of_claim(choices: Choices, claim: str) -> Choices:
    """The choices with the measures that answer a claim: whether anybody has an item at all has one answer."""
    if claim == "ranked":  # as `keyness` ranks: of terms with three hits
        return choices.without(measure=COMPARING).beginning_with("min_count", "3")
    return choices.without(measure=(*COMPARING[1:], *RANKING) if claim == "alone" else RANKING)


def _membership(study: Study, groups: Sequence[str]) -> Mask:
    own = study.corpus.documents[study.group].astype(str).to_numpy(object)
    return np.stack([own == name for name in dict.fromkeys(groups)], axis=1)


def _left_out(recounts: Recounts, asked: Asked, groups: Sequence[str], choices: Choices) -> dict[str, Mask]:
    """What is left out, with the documents that stay: nothing, each document (those with most hits), other topics."""
    documents = recounts.study.corpus.documents
    inside: Mask = np.asarray(_membership(recounts.study, groups).any(axis=1))
    first = {name: values[0] for name, values in choices.values().items()}
    found = Kept(recounts.recount(asked, first), inside[:, None], inside[None], np.array([]), np.array([]))
    order = np.lexsort([np.arange(len(inside)), -found.own, ~inside])[: min(choices.documents, int(inside.sum()))]
    every = np.ones(len(documents), bool)
    left = {"": every}
    for place in np.sort(order):
        left[str(documents.index[place])] = np.arange(len(every)) != place
    return left | _other_topics(documents, inside)


def _other_topics(documents: pd.DataFrame, inside: Mask) -> dict[str, Mask]:
    """The documents on the topic that most of those compared have, if there are others; what is unknown is none."""
    topics = pd.Series(documents["topic"].to_numpy(object)[inside] if "topic" in documents else [], dtype=object)
    topics = topics[topics != ""]
    if topics.nunique() < 2:
        return {}
    common = topics.value_counts(sort=False).sort_index().sort_values(ascending=False, kind="stable").index[0]
    return {OTHER_TOPICS: np.asarray(documents["topic"] == common)}


class _Answers(NamedTuple):
    """What is said under each specification."""

    numbers: Index
    estimate: NDArray[np.float64]
    rank: NDArray[np.float64]
    holds: NDArray[np.object_]

    @classmethod
    def of(cls, size: int) -> _Answers:
        nothing = np.full(size, None, object)
        return cls(np.zeros((4, size), np.int64), np.full(size, np.nan), np.full(size, np.nan), nothing)

    def put(self, at: Index, kept: Kept, claim: str) -> None:
        self.numbers[:, at] = np.stack(kept.four)
        self.estimate[at] = estimates(kept)
        self.rank[at] = ranks(kept)
        if claim != "ranked":
            self.holds[at] = judged(kept, claim)


def _table(table: pd.DataFrame, answers: _Answers, claim: str, labels: Mapping[str, str]) -> pd.DataFrame:
    holds = answers.holds
    if claim == "ranked" and not np.isnan(answers.rank[0]):
        ranked = ~np.isnan(answers.rank)
        holds[ranked] = answers.rank[ranked] <= answers.rank[0]
    changed = (table != table.iloc[0]).sum(axis=1)
    table = table.replace({"codebook": dict(labels)}).astype("str")
    table.insert(0, "specification", np.arange(len(table)))
    table.insert(1, "departures", changed.to_numpy(np.int64))
    numbers = dict(zip(NUMBERS, answers.numbers, strict=True))
    said = pd.Series(holds, dtype="boolean")
    return table.assign(**numbers, estimate=answers.estimate, rank=answers.rank, holds=said)


def headlines(study: Study) -> pd.DataFrame:
    """The claims a study makes, found by rule: who uses a frame at the highest rate, who alone uses a name.

    Returns:
        One row per claim, frames before names: `kind, item, target` (the group of the claim)`, against`
        (the groups it is compared with; for a name those that speak of the referent)`, claim` (in words, with the
        numbers it rests on)`, limits_overlap` (whether the limits of the highest rate reach into those of another
        group, which the claim then says; missing for names, which are not ranked).
        A frame that no group uses makes no claim, nor does a name that is used once or by several groups. Groups of
        fewer than 100 words are not ranked by their rates, which the claim says, unless fewer than two are longer.

    >>> from discourse.study import current_study
    >>> headlines(current_study()).columns.tolist()
    ['kind', 'item', 'target', 'against', 'claim', 'limits_overlap']
    """
    _studied(study)
    return _claims(study)[["kind", "item", "target", "against", "claim", "limits_overlap"]]


def _claims(study: Study) -> pd.DataFrame:
    """The headlines, each name with its referent."""
    rates = frame_frequencies(study.tokens, study.codebook, by=study.group)
    long = _long_enough(rates)
    top = long[long["count"] > 0].sort_values("per_1k", ascending=False, kind="stable").drop_duplicates("frame")
    frames = top.sort_values("frame").assign(kind="frame", item=lambda own: own["frame"])
    shares = name_shares(study.tokens, study.codebook, by=study.group)
    used = shares[shares["count"] > 0]
    alone = used[~used.duplicated(["referent", "name"], keep=False) & (used["count"] > 1)]
    alone = alone[alone["referent"].map(used.groupby("referent")[study.group].nunique()) > 1]
    names = alone.sort_values(["referent", "name"]).assign(kind="name", item=lambda own: own["name"])
    table = pd.concat([frames, names], ignore_index=True).rename(columns={study.group: "target"})
    known = sorted(study.corpus.documents[study.group].astype(str).unique())
    ranked = sorted(long[study.group].unique())
    speaking = {"": ranked} | {str(r): sorted(own[study.group].unique()) for r, own in used.groupby("referent")}
    table["referent"] = table["referent"].astype(object).fillna("") if "referent" in table else ""
    others = [speaking[referent] for referent in table["referent"]]
    table["against"] = [
        tuple(name for name in names if name != target) for names, target in zip(others, table["target"], strict=True)
    ]
    few = len(ranked) < len(known)
    close = {str(key): limits_overlap(leading(own) if few else own) for key, own in rates.groupby("frame")}
    kinds = zip(table["kind"], table["item"], strict=True)
    table["limits_overlap"] = pd.array([close[item] if kind == "frame" else None for kind, item in kinds], "boolean")
    totals = used.groupby(["referent", study.group])["total"].first()
    among = f", of the groups with {FEWEST_WORDS} words or more" if few else ""
    table["claim"] = [_in_words(row, totals, study.group, among) for row in table.to_dict("records")]
    return table


def _long_enough(rates: pd.DataFrame) -> pd.DataFrame:
    """The rates that one hit more or less does not decide; all, where there would be nobody to compare."""
    long = rates[rates["total"] >= FEWEST_WORDS]
    return long if (long.groupby("frame").size() > 1).any() else rates


def _in_words(row: Mapping[Hashable, Any], totals: pd.Series, group: str, among: str) -> str:
    """A claim with the numbers it rests on; `totals` are the mentions of each referent in each group."""
    target = called(row["target"], group)
    if row["kind"] == "frame":
        base = f"{number(row['count'], 'hit')}, {row['per_1k']:.1f} per 1,000 words"
        claim = f"{target} uses “{row['item']}” at the highest rate{among} ({base})"
        return claim + (UNRANKED if row["limits_overlap"] else "")
    others = joined(f"{called(name, group)} 0 of {totals[row['referent'], name]:,}" for name in row["against"])
    base = f"{row['count']:,} of {number(row['total'], 'mention')}; {others}"
    return f"{target} alone says “{row['item']}” for {row['referent']} ({base})"


def multiverse(study: Study, *, choices: Choices | None = None) -> pd.DataFrame:
    """Every headline under every specification.

    Returns:
        One row per claim and specification: `kind, item, target, claim, limits_overlap` and the columns of
        `robustness`.

    >>> from discourse.study import current_study
    >>> multiverse(current_study(), choices=Choices(together=1))["kind"].unique().tolist()
    ['frame', 'name']
    """
    _studied(study)
    recounts, parts = Recounts(study), []
    wanted = ["kind", "item", "referent", "target", "against", "claim", "limits_overlap"]
    for kind, item, referent, target, against, claim, unranked in _claims(study)[wanted].itertuples(index=False):
        question = "larger" if kind == "frame" else "alone"
        table = _specified(recounts, Asked(kind, item, referent), [target, *against], question, choices or Choices())
        about = pd.DataFrame({"kind": kind, "item": item, "target": target, "claim": claim}, index=table.index)
        about["limits_overlap"] = pd.array([unranked] * len(table), "boolean")
        parts.append(about.join(table))
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=[*ABOUT, *COLUMNS])


def specification_summary(table: pd.DataFrame, *, top: int = 3) -> pd.DataFrame:
    """How far each claim holds: the share of specifications that agree, and the single choices that turn it.

    Args:
        table: made by `robustness` or `multiverse`.
        top: ranks up to this one count as being among the first.

    Returns:
        One row per claim (one in all, if the table has no column `claim`), in the order of the table: `[claim…],
        holds, specifications` (those under which something can be said)`, share, first` (whether it holds in
        specification 0)`, estimate, low, high` (of specification 0, and the least and the greatest of those that can
        be judged and in which both sides have a hit)`, rank, best, worst` (of specification 0, and of all that can be
        judged)`, top_share` (share of these ranks that are among the first)`, turned_by`
        (values of choices that turn the verdict of specification 0 by themselves)`, undefined_by` (values under which
        nothing can be said)`. nan` where nothing can be said.

    Raises:
        ValueError: the table is none of specifications.

    >>> table = pd.DataFrame({"specification": [0, 1], "departures": [0, 1], "voices": ["all", "author"],
    ...     "estimate": [1.0, -1.0], "rank": [1.0, 2.0], "holds": pd.array([True, False], "boolean")})
    >>> specification_summary(table)[["holds", "specifications", "turned_by"]].values.tolist()
    [[1, 2, 'voices: author']]
    """
    missing = {"specification", "estimate", "rank", "holds"} - set(table.columns)
    if missing:
        raise ValueError(f"table must be one of specifications; it has no {min(missing)!r}. Make it with robustness.")
    about = [name for name in ABOUT if name in table]
    claims = [own for _, own in table.groupby(about, sort=False, dropna=False)] if about else [table]
    rows = [{**own[about].iloc[0].to_dict(), **_summed_up(own, top)} for own in claims if len(own)]
    out = pd.DataFrame(rows, columns=[*about, *SUMMARY, *TOLD])
    return out.astype({"limits_overlap": "boolean"}) if "limits_overlap" in about else out


def _summed_up(own: pd.DataFrame, top: int) -> dict[str, object]:
    told = own["holds"].dropna().astype(bool)
    first, ranked = own.iloc[0], own.loc[own["holds"].notna(), "rank"].dropna()
    ratios = compared(own)
    return {
        "holds": int(told.sum()),
        "specifications": len(told),
        "share": told.mean() if len(told) else np.nan,
        "first": first["holds"],
        "estimate": first["estimate"],
        "low": ratios.min(),
        "high": ratios.max(),
        "rank": first["rank"],
        "best": ranked.min(),
        "worst": ranked.max(),
        "top_share": (ranked <= top).mean() if len(ranked) else np.nan,
        "turned_by": _listed(turned_by(own)),
        "undefined_by": _listed(undefined_by(own)),
    }


def compared(own: pd.DataFrame) -> pd.Series:
    """The estimates of the specifications that can be judged and in which both sides have a hit."""
    told = own["holds"].notna() & own["estimate"].notna()
    for name in ("count_target", "count_reference"):
        if name in own:  # against no hit at all a ratio is only its zero correction
            told &= own[name] > 0
    return own.loc[told, "estimate"]


def turned_by(own: pd.DataFrame) -> list[tuple[str, str]]:
    """The choices that, made alone, turn the verdict of specification 0: name and value."""
    first = own["holds"].iloc[0]
    return [] if pd.isna(first) else _departing(own, own["holds"].notna() & (own["holds"] != first))


def undefined_by(own: pd.DataFrame) -> list[tuple[str, str]]:
    """The choices that, made alone, leave nothing to be said: name and value."""
    return _departing(own, own["holds"].isna())


def _departing(own: pd.DataFrame, chosen: pd.Series) -> list[tuple[str, str]]:
    """The one choice that departs from specification 0, of each of some rows that have only one."""
    names = [name for name in (*KNOWN, LEFT_OUT) if name in own]
    changed = (own[names] != own[names].iloc[0]).to_numpy()
    rows = np.flatnonzero((changed.sum(axis=1) == 1) & chosen.fillna(False).to_numpy(bool))
    which = [names[int(np.argmax(changed[row]))] for row in rows]
    return [(name, str(own[name].iloc[row])) for name, row in zip(which, rows, strict=True)]


def _listed(choices: Iterable[tuple[str, str]]) -> str:
    return "; ".join(f"{name.replace('_', ' ')}: {value}" for name, value in choices)
