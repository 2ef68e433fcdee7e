"""In words: sentences computed from a table, for any study.

The rules are general: an item that one group alone uses; hits that all stand in one voice; names whose shares differ;
a group that is not uniform; what the design of the sample does not allow. None of them knows a study's words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import numpy as np
import pandas as pd
from scipy.special import xlogy

from discourse._errors import listed

from .flags import FEW_DOCUMENTS

FEWEST_HITS = 2  # one hit is an occurrence, not a usage
FEWEST_TERM_HITS = 3
MOST_TERMS = 8
NOISE = 1.96  # a log-odds z below it could arise if the words were dealt out by chance
INSIDE = {"quoted", "marked", "reported"}


def findings(table: pd.DataFrame, *, by: str | None = None) -> list[str]:
    """What a table says, as sentences with their numbers.

    Args:
        table: made by `hits, term_hits, spotlight, frame_frequencies, name_shares, frame_actors, keyness, voice_shares,
            corpus_overview, robustness` or `repeated_passages`.
        by: for hits and the overview, which have no groups of their own: the column whose groups are told apart.

    Returns:
        Sentences in the order of the table; none where there is nothing to say.

    Raises:
        ValueError: the table is none of these, or `by` is missing.

    >>> table = pd.DataFrame({"outlet": ["A", "B"], "frame": "force", "count": [3, 0], "total": [100, 50],
    ...     "per_1k": [30.0, 0.0], "documents": [2, 0], "n_documents": [2, 1], "flags": ""})
    >>> findings(table)
    ['“force”: only A, 3 hits in 2 of 2 documents (30.0 per 1,000 words).']
    """
    for columns, tell in _KINDS:
        if set(columns) <= set(table.columns):
            return list(tell(table, by))
    raise ValueError(
        "findings needs a table made by this package, with the columns of one of "
        f"{listed([' '.join(columns) for columns, _ in _KINDS])}; got {listed(table.columns[:12])}."
    )


# ── wording ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _number(count: int, noun: str) -> str:
    return f"{int(count):,} {noun}" + ("" if int(count) == 1 else "s")


def _signed(value: float) -> str:
    return f"{value:.2f}".replace("-", "−")


def _join(parts: Iterable[str]) -> str:
    parts = list(parts)
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def _label(row: pd.Series, columns: list[str]) -> str:
    return " · ".join(str(row[name]) or f"(no {name})" for name in columns) or "all texts"


def _group_columns(table: pd.DataFrame, first_item: str) -> list[str]:
    return list(table.columns[: table.columns.get_loc(first_item)])


def _needs(by: str | None, table: pd.DataFrame) -> str:
    if by is None or by not in table.columns:
        raise ValueError(f"by must name a column of the table whose groups are told apart; got {by!r}.")
    return by


# ── hits ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _of_hits(table: pd.DataFrame, by: str | None) -> Iterator[str]:
    """Who alone uses an item, in which voice, and whose words it is."""
    group = _needs(by, table)
    for item, own in table.assign(item=_items(table)).groupby("item", sort=False):
        users = own[group].astype(str).unique()
        if len(own) < FEWEST_HITS:
            row = own.iloc[0]
            yield f"“{item}”: one hit, by {row[group]} ({row['doc_id']}), {_voice(own)}."
        elif len(users) == 1:
            documents = _number(own["doc_id"].nunique(), "document")
            yield f"“{item}”: only {users[0]}, {_number(len(own), 'hit')} in {documents}, {_voice(own)}."
        else:
            shares = [f"{user} {(own[group].astype(str) == user).sum()}" for user in users]
            yield f"“{item}”: {_number(len(own), 'hit')} ({_join(shares)}), {_voice(own)}."


def _items(table: pd.DataFrame) -> pd.Series:
    """What each hit is a hit of: the name, else the frame, actor or term, else the pattern."""
    item = table["pattern"].astype(str)
    for name in ("frame", "actor", "term", "name"):
        item = item.where(table[name].astype(str) == "", table[name].astype(str))
    return item


def _voice(own: pd.DataFrame) -> str:
    """In which voice hits stand, and whose words they are if the text says so."""
    voices = own["voice"].value_counts()
    if set(voices.index) == {"author"}:
        return "in the author’s own voice" if len(own) == 1 else "all in the author’s own voice"
    speakers = [name for name in own["speaker"].unique() if name]
    whose = f", the words of {_join(speakers)}" if speakers else ""
    counts = _join(f"{count} {voice}" for voice, count in sorted(voices.items()))
    if set(voices.index) <= INSIDE:
        return f"{'' if len(own) == 1 else 'all '}inside quotation marks ({counts}{whose})"
    return f"by voice {counts}{whose}"


def _of_spotlight(table: pd.DataFrame, by: str | None) -> Iterator[str]:
    """Group by group: whose, of whom, in which voice; what no slot binds is told with the actors beside it."""
    group = _needs(by, table)
    bound = ((table["agent"] != "") | (table["target"] != "")).any()
    for name, own in table.groupby(group, sort=False):
        parts = [f"{role} {_tally(own[role])}" for role in ("agent", "target") if (own[role] != "").any()]
        unbound = own[(own["agent"] == "") & (own["target"] == "")]
        if len(unbound):
            beside = sorted({actor for names in unbound["mentioned"] for actor in names.split(", ") if actor})
            how = [f"{len(unbound)} unbound"] if bound else []
            parts.append(", ".join([*how, f"beside {_join(beside) or 'no actor'}"]))
        places = _number(own["doc_id"].nunique(), "document")
        yield f"{name}: {_number(len(own), 'hit')} in {places}, {_voice(own)}; {'; '.join(parts)}."


def _tally(values: pd.Series) -> str:
    """How often each value occurs, or that there is only one."""
    counts = values[values != ""].value_counts().sort_index().sort_values(ascending=False, kind="stable")
    told = _join(f"{value} {count}" for value, count in counts.items())
    return told if len(counts) > 1 else f"{told} and no other"


# ── frequencies ──────────────────────────────────────────────────────────────────────────────────────────────────


def _of_frames(table: pd.DataFrame, by: str | None) -> Iterator[str]:
    """Who uses a frame alone, or most and least often."""
    groups = _group_columns(table, "frame")
    for frame, own in sorted(table.groupby("frame"), key=lambda item: (-_difference(item[1]), item[0])):
        used = own[own["count"] > 0].sort_values("per_1k", ascending=False, kind="stable")
        if len(own) < 2 or not len(used):
            continue
        told = [
            f"{_label(row, groups)}, {_number(row['count'], 'hit')} in {row['documents']} of "
            f"{_number(row['n_documents'], 'document')}{_mostly(row)} ({row['per_1k']:.1f} per 1,000 words)"
            for _, row in used.iterrows()
        ]
        if len(used) == 1:
            yield f"“{frame}”: only {told[0]}."
        else:
            rest = [_label(row, groups) for _, row in own[own["count"] == 0].iterrows()]
            never = f"; never {_join(rest)}" if rest else ""
            # A rate inside the limits of the next one is not told apart from it by counts this small.
            close = "low" in used and used["low"].iloc[0] <= used["high"].iloc[1]
            yield f"“{frame}”: {'too close to rank, ' if close else 'most often '}{'; then '.join(told)}{never}."


def _mostly(row: pd.Series) -> str:
    return ", most in one" if "one_document_drives" in str(row.get("flags", "")) and row["documents"] > 1 else ""


def _difference(own: pd.DataFrame) -> float:
    """G2 of the groups' counts against one common rate: how far the groups differ, given how much they wrote."""
    count, total = own["count"].to_numpy(float), own["total"].to_numpy(float)
    expected = total * count.sum() / total.sum() if total.sum() else total
    return float(2 * xlogy(count, count / np.where(expected > 0, expected, 1)).sum())


def _of_keyness(table: pd.DataFrame, by: str | None) -> Iterator[str]:
    """Terms that one side alone uses, and those over-used most."""
    group = str(table.columns[0])
    term = str(table.columns[2])
    for target, own in table.groupby(group, sort=False):
        alone = own[(own["count_reference"] == 0) & (own["count_target"] >= FEWEST_TERM_HITS)]
        alone = alone.sort_values(["count_target", term], ascending=[False, True]).head(MOST_TERMS)
        if len(alone):
            yield f"Only {target} has {_join(_alone(row, term) for _, row in alone.iterrows())}."
        most = own[(own["log_odds_z"] > NOISE) & (own["count_reference"] > 0)].nlargest(3, "log_odds_z")
        if len(most):
            told = (
                f"“{r[term]}” ({r['count_target']} against {r['count_reference']}, {_times(r['log_ratio'])})"
                for _, r in most.iterrows()
            )
            yield f"Against {own['reference'].iloc[0]}, {target} is marked most (log-odds z) by {_join(told)}."
    if len(table) and table["flags"].str.contains("descriptive").all():
        few = f"fewer than {FEW_DOCUMENTS} documents on a side"
        yield f"This describes the texts at hand; p values are withheld ({few})."


def _alone(row: pd.Series, term: str) -> str:
    return f"“{row[term]}” ({row['count_target']} in {_number(row['documents_target'], 'document')})"


def _times(log_ratio: float) -> str:
    return f"{2**log_ratio:.1f} times the rate"


def _of_voices(table: pd.DataFrame, by: str | None) -> Iterator[str]:
    """How much of each group is other people’s words, the largest share first."""
    groups = _group_columns(table, "voice")
    others = table[table["voice"].isin(["quoted", "reported"])]
    keys = [table[name] for name in groups] or [pd.Series("", index=table.index)]
    sums = others["count"].reindex(table.index, fill_value=0).groupby(keys, sort=False).sum()
    totals = table.groupby(keys, sort=False)["total"].first()
    shares = (sums / totals.where(totals > 0)).dropna().sort_values(ascending=False, kind="stable")
    none = []
    for key in shares.index:
        name = _label(pd.Series(dict(zip(groups, key if len(groups) > 1 else [key], strict=False))), groups)
        if sums[key]:
            told = f"{100 * shares[key]:.1f} % of the words are other people’s ({sums[key]:,} of {totals[key]:,})"
            yield f"{name}: {told}."
        else:
            none.append(name)
    if none:
        yield f"No quotation with a source was found in {_join(none)}."


# ── names and actors ─────────────────────────────────────────────────────────────────────────────────────────────


def _of_names(table: pd.DataFrame, by: str | None) -> Iterator[str]:
    """Which name each group prefers, which name one group alone uses, and which group is not uniform."""
    groups = _group_columns(table, "referent")
    if not groups:
        return
    used = table[table["count"] > 0]
    told_apart = sorted(used.groupby("referent"), key=lambda item: (-_association(item[1], groups), item[0]))
    for referent, own in told_apart:
        forms = own.groupby("name", sort=False)
        if own["name"].nunique() < 2:
            continue
        if len(groups) == 1:
            yield f"{referent}: {_preferences(own, groups)}."
            yield from _exclusive(str(referent), forms, table, groups)
        else:
            yield from _mixed(str(referent), own, groups)


def _association(own: pd.DataFrame, groups: list[str]) -> float:
    """G2 of groups by names: how far the groups' choices differ, given how often they had to choose."""
    table = own.pivot_table(index=groups, columns="name", values="count", aggfunc="sum", fill_value=0).to_numpy(float)
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / table.sum()
    return float(2 * xlogy(table, table / expected).sum())


def _preferences(own: pd.DataFrame, groups: list[str]) -> str:
    parts = []
    for _, rows in own.groupby(groups, sort=False):
        told = [f"“{row['name']}” {row['count']}" for _, row in rows.iterrows()]
        parts.append(f"{_label(rows.iloc[0], groups)} says {_join(told)} of {rows['total'].iloc[0]}")
    return "; ".join(parts)


def _exclusive(referent: str, forms: Iterable, table: pd.DataFrame, groups: list[str]) -> Iterator[str]:
    """Names that one group alone uses, though others speak of the referent too."""
    speaking = table[(table["referent"] == referent) & (table["total"] > 0)][groups].drop_duplicates()
    for name, rows in forms:
        if len(rows) == 1 and len(speaking) > 1 and rows["count"].iloc[0] >= FEWEST_HITS:
            row = rows.iloc[0]
            yield (
                f"“{name}” for {referent} is {_label(row, groups)}’s alone "
                f"({row['count']} of {row['total']}, in {_number(row['documents'], 'document')})."
            )


def _mixed(referent: str, own: pd.DataFrame, groups: list[str]) -> Iterator[str]:
    """A group whose parts (authors, documents) prefer different names."""
    for group, rows in own.groupby(groups[0], sort=False):
        first = rows.sort_values("count", ascending=False, kind="stable").drop_duplicates(groups[1:])
        if len(set(first["name"])) > 1:
            told = [
                f"{_label(row, groups[1:])} says “{row['name']}” ({row['count']} of {row['total']})"
                for _, row in first.sort_values(groups[1:]).iterrows()
            ]
            yield f"{group} is not uniform in naming {referent}: {_join(told)}."


def _of_actors(table: pd.DataFrame, by: str | None) -> Iterator[str]:
    """Who acts and on whom, where a pattern's own slot says so."""
    groups = _group_columns(table, "frame")
    slots = table[table["role"].isin(["agent", "target"])]
    parts = sorted(slots.groupby([*groups, "frame"]), key=lambda item: (-item[1]["count"].sum(), item[0]))
    for _, bound in parts:
        roles = []
        for role, rows in bound.groupby("role", sort=True):
            roles.append(f"{role} {_tally(rows['actor'].repeat(rows['count'].tolist()))}")
        name, first = _label(bound.iloc[0], groups), bound.iloc[0]
        yield f"{name}, “{first['frame']}”, of {_number(first['total'], 'hit')}: {'; '.join(roles)}."


# ── design ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _of_overview(table: pd.DataFrame, by: str | None) -> Iterator[str]:
    """What the sample does not allow to conclude, and why."""
    group = _needs(by, table)
    names = [str(name) for name in table[group].astype(str).unique()]
    sizes = table[group].astype(str).value_counts()
    told = _join(f"{name} {_number(sizes[name], 'document')}" for name in names)
    yield f"The sample: {told}; {_number(int(table['prose_words'].sum()), 'word')} of prose."
    few = [name for name in names if sizes[name] < FEW_DOCUMENTS]
    if few:
        yield (
            f"{_join(few)}: fewer than {FEW_DOCUMENTS} documents. The numbers describe these texts and stand for no "
            "others: no p value is given, and the limits printed are counting limits."
        )
    for name in names:
        own = table[table[group].astype(str) == name]
        if len(own) == 1:
            yield f"{name} is one document: nothing can be told apart from that document’s own subject and day."
        if "author" in table and group != "author" and len(set(own["author"])) == 1 and own["author"].iloc[0]:
            yield f"All of {name} was written by {own['author'].iloc[0]}: {group} and author cannot be told apart."
    for column in ("topic", "genre"):
        if column in table and len(set(table[column].astype(str))) > 1:
            yield from _confounded(table, group, column)
    if "date" in table:
        unknown = table[table["date"].astype(str) == ""]
        if len(unknown):
            missing = _join(unknown[group].astype(str).unique())
            yield f"{_number(len(unknown), 'document')} ({missing}) have no date: a difference may be chronology."


def _confounded(table: pd.DataFrame, group: str, column: str) -> Iterator[str]:
    told = []
    for value, own in table[table[column].astype(str) != ""].groupby(column, sort=True):
        users = own[group].astype(str).unique()
        if len(users) < table[group].astype(str).nunique():
            told.append(f"{value} (only {_join(users)})")
    if told:
        yield f"The groups do not share the same {column}s: {'; '.join(told)}. A difference may be the {column}’s."


def _of_passages(table: pd.DataFrame, by: str | None) -> Iterator[str]:
    for _, row in table.iterrows():
        where = "again in the same document" if row["doc_id_a"] == row["doc_id_b"] else f"again in {row['doc_id_b']}"
        how = "word for word" if row["similarity"] == 1 else f"nearly (similarity {row['similarity']:.2f})"
        yield f"A passage of {_number(row['words'], 'word')} in {row['doc_id_a']} stands {where}, {how}."


_CHOICES: dict[str, dict[str, str]] = {
    "left_out": {},
    "voices": {"all": "when quotations are counted", "author": "when quotations are left out"},
    "repeated": {"in": "when repeated passages are counted", "out": "when repeated passages are left out"},
}


def _of_robustness(table: pd.DataFrame, by: str | None) -> Iterator[str]:
    """In how many specifications each claim holds, and what it hangs on."""
    if "claim" in table:
        for claim, own in table.groupby("claim", sort=False):
            yield f"{claim}: {' '.join(_of_robustness(own.drop(columns='claim'), by))}"
        return
    told = table["holds"].dropna()
    if not len(told):
        yield "No specification leaves anything to compare."
        return
    rest = "" if len(told) == len(table) else f" that can be computed (of {len(table)})"
    # Against no hit at all a ratio is only its zero correction.
    ratios = table.loc[table["count_reference"] > 0, "estimate"].dropna()
    where = "" if len(ratios) == table["estimate"].notna().sum() else ", where the others have a hit"
    span = f"; the log ratio lies between {_signed(ratios.min())} and {_signed(ratios.max())}{where}"
    yield f"Holds in {int(told.sum())} of {_number(len(told), 'specification')}{rest}{span if len(ratios) else ''}."
    for column, wording in _CHOICES.items():
        share = table.dropna(subset="holds").groupby(column, sort=False)["holds"].mean()
        broken = [wording.get(str(value), f"without {value}") for value, mean in share.items() if mean == 0 and value]
        if broken and len(share) > len(broken):
            yield f"It never holds {' or '.join(broken)}."
    undefined = table[table["holds"].isna()]["left_out"].unique()
    if len(undefined):
        yield f"Without {_join(undefined)} there is nothing left to compare."


_KINDS: tuple[tuple[tuple[str, ...], Callable[[pd.DataFrame, str | None], Iterator[str]]], ...] = (
    (("hit_id", "sentence_text", "mentioned"), _of_spotlight),
    (("hit_id", "sentence_text", "voice"), _of_hits),
    (("log_ratio", "count_reference", "reference"), _of_keyness),
    (("specification", "holds"), _of_robustness),
    (("referent", "name", "share"), _of_names),
    (("frame", "actor", "role"), _of_actors),
    (("frame", "per_1k", "documents"), _of_frames),
    (("prose_words", "quoted_share"), _of_overview),
    (("voice", "share", "total"), _of_voices),
    (("similarity", "text_a", "text_b"), _of_passages),
)
