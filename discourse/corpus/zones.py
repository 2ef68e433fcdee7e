"""Zones: what each stretch of a document is, as spans that cover it without a gap."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import pandas as pd
import pyarrow as pa

from discourse._errors import StudyError
from discourse.corpus.pages import LineRange, line_starts

ZONES = (
    "title", "byline", "standfirst", "heading", "body", "list", "caption", "label", "bio", "note", "furniture",
)  # fmt: skip
PROSE = ("standfirst", "heading", "body", "list")
COLUMNS = ("doc_id", "start", "end", "zone", "section", "rule")

_INVISIBLE = re.compile("[\\s\ufeff\u200b\u00ad]*")

Run = tuple[int, int, int]
Section = tuple[int, str]


@dataclass(frozen=True)
class ZoneRule:
    """What a rule of `study.toml` claims: matches of an expression in lines, or lines of one document.

    Attributes:
        zone: one of `ZONES`.
        place: the file and line of the rule; the `rule` column of its spans, and the start of its errors.
        where: document column → values that the rule is limited to.
        match: searched in each line; a group `span` narrows what is claimed, a group `section` names
            the section that starts there.
        document, lines: instead of `match`, lines of the source page of one document.
    """

    zone: str
    place: str
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    match: re.Pattern[str] | None = None
    document: str = ""
    lines: tuple[LineRange, ...] = ()


def plain_zones(doc_ids: Sequence[str] | pd.Index, lengths: np.ndarray) -> pd.DataFrame:
    """Call every document body from end to end; a document without text has no zone.

    >>> plain_zones(["a", "b"], np.array([5, 0])).iloc[:, :4]
      doc_id  start  end  zone
    0      a      0    5  body
    """
    ends = np.asarray(lengths, dtype=np.int64)
    kept = ends > 0
    ids = pd.Series(doc_ids, dtype="str").array[kept]
    columns = {"doc_id": ids, "start": np.int64(0), "end": ends[kept], "zone": "body", "section": "", "rule": ""}
    return pd.DataFrame(columns, columns=list(COLUMNS))


def zones_by_rules(documents: pd.DataFrame, texts: pa.LargeStringArray, rules: Sequence[ZoneRule]) -> pd.DataFrame:
    """Cut every document into zones; the first rule that claims a character keeps it.

    What no rule claims is body. Blanks that nothing claims go with the text before them. The name of a
    section holds for prose, from where it is named to the next one or the end of the document.

    Raises:
        StudyError: a rule claims nothing in the whole corpus.
    """
    chosen = [_concerned(documents, rule) for rule in rules]
    used: set[int] = set()
    rows: list[tuple[str, int, int, str, str, str]] = []
    for number, doc_id in enumerate(documents.index):
        own = [k for k, mask in enumerate(chosen) if mask[number]]
        text = texts[number].as_py()
        first = int(str(documents["lines"].iloc[number]).partition("-")[0] or 1)
        runs, sections = _cut(text, first, {k: rules[k] for k in own})
        used.update(k for _, _, k in runs)
        rows.extend((str(doc_id), *row) for row in _named(runs, sections, rules))
    _all_used(rules, used)
    return pd.DataFrame(rows, columns=list(COLUMNS))


def partition_defect(zones: pd.DataFrame, doc_ids: Sequence[str] | pd.Index, lengths: np.ndarray) -> str:
    """Say what keeps zones from covering each document in order, once and without a gap; else nothing.

    >>> partition_defect(plain_zones(["a"], np.array([5])), ["a"], np.array([7]))
    "document 'a' has 7 characters, and its zones cover them to 5"
    """
    order = documents_of(zones, pd.Index(doc_ids), np.asarray(lengths))
    start, end = zones["start"].to_numpy(), zones["end"].to_numpy()
    same = np.diff(order, prepend=-1) == 0
    expected = np.where(same, np.roll(end, 1), 0)
    if (order < 0).any():
        return f"document {zones['doc_id'].iloc[int(np.argmin(order))]!r} is not in the corpus"
    if (np.diff(order) < 0).any():
        return "they are not in the order of the documents"
    wrong = np.flatnonzero((start != expected) | (end <= start))
    if len(wrong):
        row = zones.iloc[wrong[0]]
        return f"document {row['doc_id']!r} has a gap, an overlap or an empty zone at {row['start']}"
    reached = np.zeros(len(lengths), dtype=np.int64)
    reached[order] = end
    short = np.flatnonzero(reached != lengths)
    if len(short):
        number = int(short[0])
        return (
            f"document {doc_ids[number]!r} has {lengths[number]} characters, "
            f"and its zones cover them to {reached[number]}"
        )
    return ""


def documents_of(zones: pd.DataFrame, doc_ids: pd.Index, lengths: np.ndarray) -> np.ndarray:
    """Return the number of the document of each zone, -1 where there is none."""
    zone_ids = pd.Index(zones["doc_id"])
    begins = np.ones(len(zone_ids), dtype=bool)
    begins[1:] = np.asarray(zone_ids[1:] != zone_ids[:-1])
    filled = np.flatnonzero(lengths > 0)
    # Zones that follow the documents, as they should, need no lookup of an id.
    if zone_ids[begins].equals(doc_ids[filled]):
        return np.asarray(filled[np.cumsum(begins) - 1])
    return np.asarray(doc_ids.get_indexer(zone_ids), dtype=np.int64)


def _concerned(documents: pd.DataFrame, rule: ZoneRule) -> np.ndarray:
    """Mark the documents that a rule looks at."""
    mask = np.ones(len(documents), dtype=bool)
    if rule.document:
        mask &= np.asarray(documents.index == rule.document)
    for column, values in rule.where.items():
        held = documents.index if column == "doc_id" else documents[column]
        mask &= np.asarray(held.astype(str).isin(values))
    return mask


def _cut(text: str, first: int, rules: Mapping[int, ZoneRule]) -> tuple[list[Run], list[Section]]:
    """Return the runs (start, end, rule or -1) of a text and the sections that start in it."""
    owner = np.full(len(text), -1, dtype=np.int32)
    starts = line_starts(text)
    sections: list[Section] = []
    for k, rule in rules.items():
        for start, end, section in _claims(rule, text, starts, first):
            free = np.flatnonzero(owner[start:end] < 0)
            if len(free):
                owner[start + free] = k
                sections += [(start + int(free[0]), section)] if section else []
    _give_blanks_away(owner, text)
    return _runs(owner, [start for start, _ in sections]), sorted(sections)


def _claims(rule: ZoneRule, text: str, starts: list[int], first: int) -> Iterator[tuple[int, int, str]]:
    """Yield the spans that a rule claims, and the section each of them starts."""
    if rule.match is None:
        for low, high in rule.lines:
            end = starts[high - first + 1]
            start = starts[low - first]
            yield start, start + len(text[start:end].rstrip("\r\n")), ""
        return
    groups = rule.match.groupindex
    for start, end in pairwise(starts):
        # A byte order mark is no part of what an editor shows, so `^` stands behind it.
        start += text.startswith("\ufeff", start)
        for found in rule.match.finditer(text[start:end].rstrip("\r\n")):
            low, high = found.span("span" if "span" in groups else 0)
            section = found["section"] if "section" in groups else ""
            yield start + low, start + high, (section or "").strip()


def _runs(owner: np.ndarray, cuts: Sequence[int] = ()) -> list[Run]:
    """Return stretches of one owner as (start, end, owner), cut at the given offsets too."""
    if not len(owner):
        return []
    changes = np.flatnonzero(np.diff(owner)) + 1
    edges = np.union1d(np.union1d(changes, [0, len(owner)]), np.asarray(cuts, dtype=np.int64)).tolist()
    return [(int(low), int(high), int(owner[int(low)])) for low, high in pairwise(edges)]


def _give_blanks_away(owner: np.ndarray, text: str) -> None:
    """Let unclaimed blanks go with the text before them, at the start with the text after them."""
    runs = _runs(owner)
    for number, (start, end, k) in enumerate(runs):
        if k >= 0:
            continue
        found = _INVISIBLE.match(text, start, end)
        blank = found.end() if found else start
        if number:
            owner[start:blank] = runs[number - 1][2]
        elif blank == end and len(runs) > 1:
            owner[start:end] = runs[1][2]


def _named(
    runs: Sequence[Run], sections: Sequence[Section], rules: Sequence[ZoneRule]
) -> Iterator[tuple[int, int, str, str, str]]:
    """Give each run its zone, its section and the place of its rule."""
    for start, end, k in runs:
        zone, place = (rules[k].zone, rules[k].place) if k >= 0 else ("body", "")
        begun = [name for offset, name in sections if offset <= start]
        yield start, end, zone, begun[-1] if begun and zone in PROSE else "", place


def _all_used(rules: Sequence[ZoneRule], used: set[int]) -> None:
    """Check that no rule is idle."""
    for k, rule in enumerate(rules):
        if k not in used:
            raise StudyError(
                f"{rule.place}: this rule for the zone {rule.zone!r} matches nothing that an earlier rule has "
                "left free. Mend its expression, its lines or its `where`, or take the rule out."
            )
