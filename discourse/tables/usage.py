"""Sentences on usage: who alone uses an item, in which voice, who uses it most."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from scipy.special import xlogy

from .flags import FEW_DOCUMENTS
from .permutations import LEVEL
from .wording import called, group_columns, grouped_by, joined, label, number, tally

FEWEST_HITS = 2  # one hit is an occurrence, not a usage
FEWEST_TERM_HITS = 3
# Of fewer words, one hit more or less moves the rate per 1,000 by more than ten, more than most frames have at all.
FEWEST_WORDS = 100
MOST_TERMS = 8
NOISE = 1.96  # a log-odds z below it could arise if the words were dealt out by chance
_WORDING = {"title": "in a title", "name": "in a name"}
INSIDE = {"quoted", "marked", "title", "name"}


def of_hits(table: pd.DataFrame, by: str | None) -> Iterator[str]:
    """Who alone uses an item, in which voice, and whose words it is."""
    group, table = grouped_by(by, table)
    for item, own in table.assign(item=_items(table)).groupby("item", sort=False):
        users = own[group].unique()
        if len(own) < FEWEST_HITS:
            row = own.iloc[0]
            yield f"“{item}”: one hit, by {row[group]} ({row['doc_id']}), {_voice(own)}."
        elif len(users) == 1:
            documents = number(own["doc_id"].nunique(), "document")
            yield f"“{item}”: only {users[0]}, {number(len(own), 'hit')} in {documents}, {_voice(own)}."
        else:
            shares = [f"{user} {(own[group] == user).sum()}" for user in users]
            yield f"“{item}”: {number(len(own), 'hit')} ({joined(shares)}), {_voice(own)}."


def _items(table: pd.DataFrame) -> pd.Series:
    """What each hit is a hit of: the name, else the frame, actor or term, else the pattern; with what tells it from
    another of the same name: its referent, else its kind.
    """
    item = table["pattern"].astype(str)
    for name in ("frame", "actor", "term", "name"):
        item = item.where(table[name].astype(str) == "", table[name].astype(str))
    of = table["referent"].where(table["referent"] != "", table["kind"]).astype(str)
    several = of.groupby(item).transform("nunique") > 1
    return item.where(~several, item + " (" + of + ")")


def _voice(own: pd.DataFrame) -> str:
    """In which voice hits stand, and whose words they are if the text says so."""
    voices = _kinds(own).value_counts()
    if set(voices.index) == {"author"}:
        return "in the author’s own voice" if len(own) == 1 else "all in the author’s own voice"
    whose = _whose(own)
    counts = joined(f"{count} {_WORDING.get(str(voice), str(voice))}" for voice, count in sorted(voices.items()))
    if set(voices.index) <= INSIDE:
        return f"{'' if len(own) == 1 else 'all '}inside quotation marks ({counts}{whose})"
    return f"by voice {counts}{whose}"


def _whose(own: pd.DataFrame) -> str:
    """How many of the hits are whose words."""
    speakers = own.loc[own["speaker"] != "", "speaker"].value_counts(sort=False)
    if not len(speakers):
        return ""
    if len(own) == 1:
        return f", the words of {speakers.index[0]}"
    first, *others = [(count, f"of {name}") for name, count in speakers.items()]
    return f", {joined([f'{first[0]} the words {first[1]}', *(f'{count} {name}' for count, name in others)])}"


def _kinds(own: pd.DataFrame) -> pd.Series:
    """The voice of each hit; of one in a title or a name that stands in quotation marks, that."""
    return own["voice"].where((own["voice"] != "author") | (own["marking"] == ""), own["marking"])


def of_spotlight(table: pd.DataFrame, by: str | None) -> Iterator[str]:
    """Group by group: whose, of whom, in which voice; what no slot binds is told with the actors beside it."""
    group, table = grouped_by(by, table)
    bound = ((table["agent"] != "") | (table["target"] != "")).any()
    for name, own in table.groupby(group, sort=False):
        parts = [f"{role} {tally(own[role])}" for role in ("agent", "target") if (own[role] != "").any()]
        unbound = own[(own["agent"] == "") & (own["target"] == "")]
        if len(unbound):
            beside = sorted({actor for names in unbound["mentioned"] for actor in names.split(", ") if actor})
            how = [f"{len(unbound)} unbound"] if bound else []
            parts.append(", ".join([*how, f"beside {joined(beside) or 'no actor'}"]))
        places = number(own["doc_id"].nunique(), "document")
        yield f"{name}: {number(len(own), 'hit')} in {places}, {_voice(own)}; {'; '.join(parts)}."


def of_frames(table: pd.DataFrame, by: str | None) -> Iterator[str]:
    """Who uses a frame alone, or most and least often."""
    groups = group_columns(table, "frame")
    spoken = table[table["total"] > 0]
    for frame, own in sorted(spoken.groupby("frame"), key=lambda item: (-_difference(item[1]), item[0])):
        base = own[own["total"] >= FEWEST_WORDS]
        # What is too short for a rate comes after what can be ranked.
        ranked = pd.concat([base.sort_values("per_1k", ascending=False, kind="stable"), own.drop(base.index)])
        used, rest = ranked[ranked["count"] > 0], own[own["count"] == 0]
        if len(own) < 2 or not len(used):
            continue
        told = [_usage(row, groups) for _, row in used.iterrows()]
        silent = [_silent(row, groups) for _, row in rest.head(MOST_TERMS).iterrows()]
        more = [f"{len(rest) - MOST_TERMS} more"] if len(rest) > MOST_TERMS else []
        never = f"; never {joined([*silent, *more])}" if silent else ""
        if len(used) == 1:
            short = (rest["total"] < FEWEST_WORDS).any()
            yield f"“{frame}”: only {told[0]}{never if short else ''}."
        else:
            yield f"“{frame}”: {_ranking(own)}{_in_turn(told, used, rest)}{never}."
    yield from _nowhere(spoken)


def _nowhere(spoken: pd.DataFrame) -> Iterator[str]:
    """The frames that no group uses, in one sentence."""
    sums = spoken.groupby("frame")[["count", "total"]].sum()
    none = sums[sums["count"] == 0]
    if len(none):
        names = [f"“{frame}”" for frame in none.index[:MOST_TERMS]]
        more = [f"{len(none) - MOST_TERMS} more"] if len(none) > MOST_TERMS else []
        yield f"In {number(none['total'].iloc[0], 'word')} no hit of {joined([*names, *more], 'or')}."


def _usage(row: pd.Series, groups: list[str]) -> str:
    """How often one group uses a frame; no rate of a few words."""
    few = row["total"] < FEWEST_WORDS
    rate = f"of {number(row['total'], 'word')}" if few else f"{row['per_1k']:.1f} per 1,000 words"
    places = f"{row['documents']} of {number(row['n_documents'], 'document')}"
    return f"{label(row, groups)}, {number(row['count'], 'hit')} in {places}{_mostly(row)} ({rate})"


def _silent(row: pd.Series, groups: list[str]) -> str:
    """A group that does not use a frame, and how little it says if that is little."""
    few = f" (in {number(row['total'], 'word')})" if row["total"] < FEWEST_WORDS else ""
    return f"{label(row, groups)}{few}"


def _ranking(own: pd.DataFrame) -> str:
    """Whether groups can be ranked by their rates; what is too short for a rate leads none, but may be in the way."""
    ranked = leading(own)
    if not (ranked["per_1k"] > 0).any():
        return "too few words to rank: "
    return "too close to rank (limits overlap): " if limits_overlap(ranked) else "most often "


def leading(own: pd.DataFrame) -> pd.DataFrame:
    """The rates of groups, with what is too short for one below all others.

    >>> leading(pd.DataFrame({"per_1k": [50.0, 2.0], "total": [20, 5000]}))["per_1k"].tolist()
    [-1.0, 2.0]
    """
    return own.assign(per_1k=own["per_1k"].where(own["total"] >= FEWEST_WORDS, -1))


def _in_turn(told: list[str], used: pd.DataFrame, rest: pd.DataFrame) -> str:
    """Groups by falling rate, with *then* only where the limits of all before lie above those of all after."""
    if "low" not in used:
        return "; then ".join(told)
    lowest = np.minimum.accumulate(used["low"].to_numpy(float))
    after = [*used["high"].to_numpy(float)[1:], rest["high"].max() if len(rest) else -np.inf]
    highest = np.maximum.accumulate(after[::-1])[::-1]
    between = ["; then " if above else "; " for above in lowest[:-1] > highest[:-1]]
    return told[0] + "".join(sign + own for sign, own in zip(between, told[1:], strict=True))


def limits_overlap(own: pd.DataFrame) -> bool:
    """Whether the limits of the highest rate reach into those of any other: counts this small do not tell them apart.

    Args:
        own: one row per group: `per_1k`, and its limits `low, high`; without limits nothing overlaps.

    >>> limits_overlap(pd.DataFrame({"per_1k": [9.0, 2.0, 0.0], "low": [7.0, 1.0, 0.0], "high": [12.0, 4.0, 8.0]}))
    True
    """
    if "low" not in own:
        return False
    ranked = own.sort_values("per_1k", ascending=False, kind="stable")
    return bool((ranked["low"].iloc[0] <= ranked["high"].iloc[1:]).any())


def _mostly(row: pd.Series) -> str:
    return ", most in one" if "one_document_drives" in str(row.get("flags", "")) and row["documents"] > 1 else ""


def _difference(own: pd.DataFrame) -> float:
    """G2 of the groups' counts against one common rate: how far the groups differ, given how much they wrote."""
    count, total = own["count"].to_numpy(float), own["total"].to_numpy(float)
    expected = total * count.sum() / total.sum() if total.sum() else total
    return float(2 * xlogy(count, count / np.where(expected > 0, expected, 1)).sum())


def of_keyness(table: pd.DataFrame, by: str | None) -> Iterator[str]:
    """Terms that one side alone uses, and those over-used most."""
    group = str(table.columns[0])
    term = str(table.columns[2])
    named = table.assign(**{name: [called(value, group) for value in table[name]] for name in (group, "reference")})
    for target, own in named.groupby(group, sort=False):
        alone = own[(own["count_reference"] == 0) & (own["count_target"] >= FEWEST_TERM_HITS)]
        alone = alone.sort_values(["count_target", term], ascending=[False, True]).head(MOST_TERMS)
        if len(alone):
            yield f"Only {target} has {joined(_alone(row, term) for _, row in alone.iterrows())}."
        most = own[(own["log_odds_z"] > NOISE) & (own["count_reference"] > 0)].nlargest(3, "log_odds_z")
        if len(most):
            told = (
                f"“{r[term]}” ({r['count_target']} against {r['count_reference']}, {_times(r['log_ratio'])})"
                for _, r in most.iterrows()
            )
            yield f"Against {own['reference'].iloc[0]}, {target} is marked most (log-odds z) by {joined(told)}."
        yield from _sure(own, str(target))
    if len(table) and table["flags"].str.contains("descriptive").all():
        few = f"fewer than {FEW_DOCUMENTS} documents on a side"
        yield f"This describes the texts at hand; p values are withheld ({few})."


def _sure(table: pd.DataFrame, target: str) -> Iterator[str]:
    """How many differences are more than chance among documents; words are no sample, whatever their G2."""
    for reference, own in table.groupby("reference", sort=False):
        p = own.get("p_documents_adjusted", pd.Series(dtype=float)).dropna()
        if len(p):
            held = f"{(p < LEVEL).sum()} of {number(len(p), 'difference')} of {target} from {reference}"
            rest = f"; {len(own) - len(p)} more they cannot judge" if len(p) < len(own) else ""
            yield f"By documents, p is below {LEVEL:g}, adjusted, for {held}{rest}."


def _alone(row: pd.Series, term: str) -> str:
    return f"“{row[term]}” ({row['count_target']} in {number(row['documents_target'], 'document')})"


def _times(log_ratio: float) -> str:
    return f"{2**log_ratio:.1f} times the rate"


def of_voices(table: pd.DataFrame, by: str | None) -> Iterator[str]:
    """How much of each group is other people’s words, the largest share first, and groups of a few words last."""
    groups = group_columns(table, "voice")
    others = table[table["voice"].isin(["quoted", "reported"])]
    keys = [table[name] for name in groups] or [pd.Series("", index=table.index)]
    sums = others["count"].reindex(table.index, fill_value=0).groupby(keys, sort=False).sum()
    totals = table.groupby(keys, sort=False)["total"].first()
    shares = (sums / totals.where(totals > 0)).dropna().sort_values(ascending=False, kind="stable")
    few = totals[shares.index] < FEWEST_WORDS
    none = []
    for key in [*shares.index[~few], *shares.index[few]]:
        name = label(pd.Series(dict(zip(groups, key if len(groups) > 1 else [key], strict=False))), groups)
        if sums[key]:
            told = f"{100 * shares[key]:.1f} % of the words are other people’s ({sums[key]:,} of {totals[key]:,})"
            yield f"{name}: {told}."
        else:
            none.append(name)
    if none:
        yield f"No quotation with a source was found in {joined(none)}."
