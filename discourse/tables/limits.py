"""Sentences on limits: what the sample does not allow, what stands twice, what a claim hangs on."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from discourse.counts import labels

from .claims import OTHER_TOPICS, compared, turned_by, undefined_by
from .flags import FEW_DOCUMENTS, is_date
from .sampling import MOST_GROUPS
from .wording import called, grouped_by, joined, number, signed

MOST_NAMED = 3  # documents named in a sentence
MOST_LEFT_OUT = 6  # documents that turn a claim, each named; the table of claims names all
# Two names this alike (twice the letters they share, in order, over all of theirs) differ by a slip in six letters or
# more: “Reporter” and “Reprter” .93, “Reuters” and “Reuter” .92; “North” and “South” .60, “The Bay” and “The Day” .67.
ALIKE = 0.9


def of_overview(table: pd.DataFrame, by: str | None) -> Iterator[str]:
    """What the sample does not allow to conclude, and why."""
    group, table = grouped_by(by, table)
    sizes = table[group].value_counts()
    names = [str(name) for name in table[group].unique()]
    told = joined(f"{name} {number(sizes[name], 'document')}" for name in names)
    yield f"The sample: {told}; {number(int(table['prose_words'].sum()), 'word')} of prose."
    filled = [name for name in names if table.loc[table[group] == name, "prose_words"].sum()]
    if len(filled) == 1:
        yield f"Only {filled[0]} has prose: there is nothing to compare it with."
    yield from _unnamed(table, group)
    yield from _alike(names, sizes)
    few = [name for name in names if sizes[name] < FEW_DOCUMENTS]
    if few:
        yield (
            f"{joined(few)}: fewer than {FEW_DOCUMENTS} documents. The numbers describe these texts and stand for no "
            "others: no p value is given, and the limits printed are counting limits."
        )
    for name in names:
        own = table[table[group] == name]
        yield from _few_authors(own, name)
        yield from _single(own, name, group)
    yield from _on_both_sides(table, group)
    for column in ("topic", "genre"):
        if column in table and len(set(labels(table[column]))) > 1:
            yield from _confounded(table, group, column)
    if "date" in table:
        yield from _dates(table, group)
    yield from _empty(table)


def _few_authors(own: pd.DataFrame, name: str) -> Iterator[str]:
    """A group of many documents by few authors, who are what is sampled."""
    authors = labels(own["author"]) if "author" in own else np.array([], object)
    units = len(set(authors) - {""}) + int((authors == "").sum())
    if len(own) >= FEW_DOCUMENTS and 1 < units < FEW_DOCUMENTS:
        yield (
            f"{name}: {number(len(own), 'document')} by {number(units, 'author')}, fewer than {FEW_DOCUMENTS}, and "
            "authors are what is sampled. Its limits are counting limits, and no p value is given where it is compared."
        )


def _on_both_sides(table: pd.DataFrame, group: str) -> Iterator[str]:
    """Authors of several groups, who cannot be dealt out, and may be two people of one name."""
    if "author" not in table or group == "author":
        return
    homes = table.assign(author=labels(table["author"])).groupby("author")[group].nunique()
    both = [str(name) for name in homes[homes > 1].index if name]
    if both:
        yield (
            f"{number(len(both), 'author')} ({_some(both)}) wrote in more than one group: authors cannot be dealt out "
            "there to test a difference. If one name stands for two people, write them apart."
        )


def _dates(table: pd.DataFrame, group: str) -> Iterator[str]:
    """Which dates are missing, and which cannot be read."""
    dates = pd.Series(labels(table["date"]), table.index, dtype="str")
    unknown, unread = table[dates == ""], dates[(dates != "") & ~is_date(dates)]
    if len(unknown):
        missing, have = joined(unknown[group].unique()), "has" if len(unknown) == 1 else "have"
        yield f"{number(len(unknown), 'document')} ({missing}) {have} no date: a difference may be chronology."
    if len(unread):
        told, take = _some([f"“{date}”" for date in unread.unique()]), "counts" if len(unread) == 1 else "count"
        yield (
            f"{number(len(unread), 'date')} ({told}) cannot be put in order and {take} as unknown. "
            "Write the year first, as in 2025-03-31, 2025-03 or 2025."
        )


def _empty(table: pd.DataFrame) -> Iterator[str]:
    """Documents without a word that counts."""
    empty = table.loc[table["prose_words"] == 0, "doc_id"].astype(str).tolist()
    if empty:
        have, it = ("has", "it") if len(empty) == 1 else ("have", "they")
        yield (
            f"{number(len(empty), 'document')} ({_some(empty)}) {have} no prose, though {it} count{'s' * (it == 'it')} "
            "as documents here. Look into the text and the zones, or leave them out."
        )


def _some(names: Sequence[str]) -> str:
    """The first few names, and how many more there are."""
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return f"{', '.join(names[:MOST_NAMED])}{more}"


def _unnamed(table: pd.DataFrame, group: str) -> Iterator[str]:
    """Which documents say nothing of their group."""
    nameless = table.loc[table[group] == called("", group), "doc_id"].astype(str).tolist()
    if nameless:
        told = f"{number(len(nameless), 'document')} ({_some(nameless)})"
        yield f"No {group} is given for {told}: counted as a group without a name. Fill the column, or leave them out."


def _alike(names: Sequence[str], sizes: pd.Series) -> Iterator[str]:
    """Groups whose names differ so little that they may be one, spelled in two ways."""
    for one, two in combinations(names[:MOST_GROUPS], 2):
        if _spelled_alike(one, two):
            told = joined(f"“{name}” ({number(sizes[name], 'document')})" for name in (one, two))
            yield f"{told} are two groups, and spelled nearly alike. If they are one, write it in one way."


def _spelled_alike(one: str, two: str) -> bool:
    """Whether two names have the same letters, or differ by a slip; numbers that differ tell them apart.

    >>> _spelled_alike("The Times", "the times "), _spelled_alike("Reuters", "Reuter"), _spelled_alike("No 1", "No 2")
    (True, True, False)
    """
    first, second = map(_letters, (one, two))
    if not first or not second or [*filter(str.isdigit, first)] != [*filter(str.isdigit, second)]:
        return False
    return difflib.SequenceMatcher(None, first, second, autojunk=False).ratio() >= ALIKE


def _letters(name: str) -> str:
    """The letters and digits of a name, without an article in front."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", name).casefold().strip().removeprefix("the ")))


def _single(own: pd.DataFrame, name: str, group: str) -> Iterator[str]:
    """What a group of one document, or of one author, cannot show."""
    if len(own) == 1:
        yield f"{name} is one document: nothing can be told apart from that document’s own subject and day."
    authors = set(labels(own["author"])) if "author" in own and group != "author" else set()
    if len(authors) == 1 and authors != {""}:
        yield f"All of {name} was written by {authors.pop()}: {group} and author cannot be told apart."


def _confounded(table: pd.DataFrame, group: str, column: str) -> Iterator[str]:
    told = []
    known = table.assign(**{column: labels(table[column])})
    for value, own in known[known[column] != ""].groupby(column, sort=True):
        users = own[group].unique()
        if len(users) < table[group].nunique():
            told.append(f"{value} (only {joined(users)})")
    if told:
        yield f"The groups do not share the same {column}s: {'; '.join(told)}. A difference may be the {column}’s."


def of_passages(table: pd.DataFrame, by: str | None) -> Iterator[str]:
    """What stands twice, and where."""
    for _, row in table.iterrows():
        where = "again in the same document" if row["doc_id_a"] == row["doc_id_b"] else f"again in {row['doc_id_b']}"
        how = "word for word" if row["similarity"] == 1 else f"nearly (similarity {row['similarity']:.2f})"
        yield f"A passage of {number(row['words'], 'word')} in {row['doc_id_a']} stands {where}, {how}."


_CHOICES = {
    ("voices", "author"): "with quotations left out",
    ("zones", "body"): "without standfirsts and headings",
    ("zones", "titles too"): "with titles and captions",
    ("repeated", "out"): "with repeated passages left out",
    ("hyphens", "whole words only"): "with patterns found in whole words only",
    ("hyphens", "several words"): "with hyphenated words taken as several",
    ("case", "kept"): "with capitals kept",
    ("lemmas", "on"): "by lemmas",
    ("stop_words", "out"): "with rates per word that is no stop word",
    ("codebook", "without exclusions"): "without the exclusions of the codebook",
    ("measure", "mean of documents"): "by the mean of the documents’ rates",
    ("measure", "documents with it"): "by the share of documents with it",
    ("left_out", OTHER_TOPICS): "without the documents on other topics",
}


def _said(choice: tuple[str, str]) -> str:
    name, value = choice
    wording = {"left_out": f"without {value}", "codebook": value, "min_count": f"with {value} hits at least"}
    return _CHOICES.get(choice) or wording.get(name) or f"with {name.replace('_', ' ')} “{value}”"


def of_robustness(table: pd.DataFrame, by: str | None) -> Iterator[str]:
    """In how many specifications each claim holds, and which choices turn it."""
    if "claim" in table:
        for claim, own in table.groupby("claim", sort=False):
            yield f"{claim}: {' '.join(of_robustness(own.drop(columns='claim'), by))}"
        return
    told = table["holds"].dropna()
    if not len(told):
        yield "No specification leaves anything to compare."
        return
    rest = "" if len(told) == len(table) else f" that can be judged (of {len(table)})"
    ratios = compared(table)
    where = "" if len(ratios) == len(told) else ", where both sides have a hit"
    span = f"; the log ratio lies between {signed(ratios.min())} and {signed(ratios.max())}{where}"
    share = f" ({100 * told.mean():.0f} %)" if 0 < told.mean() < 1 else ""
    held = f"Holds in {int(told.sum())} of {number(len(told), 'specification')}"
    yield f"{held}{share}{rest}{span if len(ratios) else ''}."
    yield from _turns(table)


def _turns(table: pd.DataFrame) -> Iterator[str]:
    """What one choice alone does to the verdict of the usual specification."""
    turned, silent = turned_by(table), undefined_by(table)
    if turned:
        verb = "does not hold" if table["holds"].iloc[0] else "holds"
        yield f"One choice turns it: it {verb} {joined(_all_said(turned), 'or')}."
    if silent:
        yield f"Nothing can be told {joined(_all_said(silent), 'or')}."


def _all_said(choices: Sequence[tuple[str, str]]) -> list[str]:
    """Each choice in words; of documents left out one by one, many are told together, at the end."""
    documents = [value for name, value in choices if name == "left_out" and value != OTHER_TOPICS]
    if len(documents) <= MOST_LEFT_OUT:
        return [_said(choice) for choice in choices]
    others = [_said(choice) for choice in choices if choice[1] not in documents or choice[0] != "left_out"]
    return [*others, f"without one of {len(documents)} documents ({_some(documents)})"]
