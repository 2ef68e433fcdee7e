"""Sentences on limits: what the sample does not allow, what stands twice, what a claim hangs on."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from .claims import OTHER_TOPICS, compared, turned_by, undefined_by
from .flags import FEW_DOCUMENTS
from .wording import joined, needed, number, signed


def of_overview(table: pd.DataFrame, by: str | None) -> Iterator[str]:
    """What the sample does not allow to conclude, and why."""
    group = needed(by, table)
    names = [str(name) for name in table[group].astype(str).unique()]
    sizes = table[group].astype(str).value_counts()
    told = joined(f"{name} {number(sizes[name], 'document')}" for name in names)
    yield f"The sample: {told}; {number(int(table['prose_words'].sum()), 'word')} of prose."
    few = [name for name in names if sizes[name] < FEW_DOCUMENTS]
    if few:
        yield (
            f"{joined(few)}: fewer than {FEW_DOCUMENTS} documents. The numbers describe these texts and stand for no "
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
            missing = joined(unknown[group].astype(str).unique())
            yield f"{number(len(unknown), 'document')} ({missing}) have no date: a difference may be chronology."


def _confounded(table: pd.DataFrame, group: str, column: str) -> Iterator[str]:
    told = []
    for value, own in table[table[column].astype(str) != ""].groupby(column, sort=True):
        users = own[group].astype(str).unique()
        if len(users) < table[group].astype(str).nunique():
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
        yield f"One choice turns it: it {verb} {joined((_said(choice) for choice in turned), 'or')}."
    if silent:
        yield f"Nothing can be told {joined((_said(choice) for choice in silent), 'or')}."
