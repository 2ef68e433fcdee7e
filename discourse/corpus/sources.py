"""Sources: the files that `study.toml` names, and the documents in them."""

from __future__ import annotations

import datetime
import difflib
import hashlib
import os
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pandas as pd

from discourse._errors import StudyError, listed, nearest
from discourse.corpus.documents import LAYERS, ORIGIN
from discourse.corpus.pages import LineRange, Page, is_blank, parse_lines, read_page, write_lines
from discourse.corpus.readers import DOC_ID, TABLES, TEXT, find_files, is_glob, page_frame, read_table
from discourse.corpus.settings import Table

SOURCE_KEYS = ("path", "sha256", "encoding", "furniture", "documents", "text", "id")
DOCUMENT_KEYS = ("id", "lines")
_LIKE_A_KEY = 0.8
_SHOWN_RANGES = 5
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")

Row = dict[str, object]
Claim = tuple[LineRange, str]


@dataclass(frozen=True)
class Source:
    """One `[[sources]]`: its table in `study.toml`, and the folder that its path starts from."""

    table: Table
    folder: Path

    @property
    def name(self) -> str:
        """The path as the study writes it; messages and the documents table use it."""
        return self.table.required("path", "names the file, folder or glob of the texts")

    @property
    def path(self) -> Path:
        """The path to open."""
        return self.folder / self.name

    @property
    def is_single(self) -> bool:
        """Whether it is one file."""
        return not is_glob(str(self.path)) and not self.path.is_dir()

    @property
    def encoding(self) -> str:
        """The encoding of its files."""
        return self.table.string("encoding", "utf-8")


@dataclass(frozen=True)
class Documents:
    """What a source holds: documents with their text, the place that names each, the files read."""

    frame: pd.DataFrame
    places: list[str]
    files: list[Path]


def read_sources(tables: Sequence[Table], folder: Path) -> tuple[pd.DataFrame, list[Path]]:
    """Read every `[[sources]]`; return documents with their text, and the files that were read.

    Raises:
        StudyError: what is wrong with a key, a file or a line of it, and where.
    """
    parts = [_read_source(Source(table, folder)) for table in tables]
    columns = list(dict.fromkeys(name for part in parts for name in part.frame.columns))
    frames = [part.frame.assign(**{n: "" for n in columns if n not in part.frame}) for part in parts]
    documents = pd.concat(frames, ignore_index=True)[columns]
    _check_ids([str(value) for value in documents[DOC_ID]], [p for part in parts for p in part.places])
    return documents, list(dict.fromkeys(file for part in parts for file in part.files))


def metadata(table: Table, keys: Sequence[str]) -> Row:
    """Return the columns that a table gives its documents: every key that is not one of its own.

    Raises:
        StudyError: a key so like one of its own that it is a slip, a name that is taken, a value that is
            not plain, a date that is none.
    """
    found: Row = {}
    for key in table.values:
        if key in keys:
            continue
        slip = difflib.get_close_matches(key.lower(), keys, n=1, cutoff=_LIKE_A_KEY)
        if slip:
            raise table.error(
                key, f"unknown key {key!r}. Did you mean {slip[0]!r}? If it is a column of yours, rename it."
            )
        _check_name(key, table, key)
        found[key] = _plain_value(table, key)
    return found


def _read_source(source: Source) -> Documents:
    """Read one source: a page cut into documents, a table, or whole files."""
    table = source.table
    if source.is_single:
        _check_file(source)
    elif "sha256" in table.values:
        raise table.error("sha256", f"sha256 pins one file, and {source.name!r} names many. Take it out.")
    if source.is_single and source.path.suffix.lower() in TABLES:
        _no_keys(table, ("furniture", "documents"), "describe a page of text, not a table")
        return _read_table_source(source)
    _no_keys(table, ("text", "id"), "name columns of a table (.csv, .parquet, .jsonl), not of a text")
    if "documents" in table.values:
        return _read_page_source(source)
    _no_keys(table, ("furniture",), "needs [[sources.documents]] that say which lines are text")
    return _read_files_source(source)


def _read_page_source(source: Source) -> Documents:
    """Cut a page into the documents that its source describes."""
    page = read_page(source.path, name=source.name, encoding=source.encoding)
    entries = source.table.tables("documents")
    spans = [_document_lines(entry, page) for entry in entries]
    claims = [(span, entry.place("lines")) for span, entry in zip(spans, entries, strict=True)]
    claims += [(span, source.table.place("furniture")) for span in _ranges(source.table, "furniture", page)]
    _no_overlap(claims, page)
    _nothing_lost(source, page, [span for span, _ in claims])
    common = metadata(source.table, SOURCE_KEYS)
    rows = [
        {**common, **_document_row(entry, page, span)} for entry, span in zip(entries, spans, strict=True)
    ]
    blank = dict.fromkeys((key for row in rows for key in row), "")
    frame = pd.DataFrame([{**blank, **row} for row in rows])
    return Documents(frame, [entry.place("id") for entry in entries], [source.path])


def _document_row(entry: Table, page: Page, lines: LineRange) -> Row:
    """Return what is known of a document of a page."""
    return {
        **metadata(entry, DOCUMENT_KEYS),
        DOC_ID: entry.required("id", "names the document in every table"),
        TEXT: page.slice(lines),
        "source": page.name,
        "lines": write_lines(lines),
        "sha256": page.sha256,
    }


def _read_table_source(source: Source) -> Documents:
    """Read a table with one document per row."""
    frame = read_table(source.path, name=source.name, encoding=source.encoding)
    text, id = source.table.string("text", TEXT), source.table.string("id")
    for key, column in (("text", text), ("id", id)):
        if column and column not in frame:
            raise source.table.error(
                key,
                f"{source.name!r} has no column {column!r} to be the {key}; it has {listed(frame.columns)}."
                f"{nearest(column, frame.columns)}",
            )
    if frame[text].isna().any():
        raise source.table.error(
            "path", f"{source.name!r} has no text in row {int(frame[text].isna().argmax()) + 1}. Fill or drop it."
        )
    ids = frame[id] if id else pd.Series(range(len(frame)))
    rest = frame.drop(columns=[name for name in dict.fromkeys((text, id)) if name])
    for name in set(rest.columns) - set(ORIGIN):
        _check_name(str(name), source.table, "path")
    own = {DOC_ID: ids.astype("str"), TEXT: frame[text].astype("str")}
    documents = rest.assign(**metadata(source.table, SOURCE_KEYS), **own)
    return Documents(documents, [source.table.place("path")] * len(frame), [source.path])


def _read_files_source(source: Source) -> Documents:
    """Read a file, a folder or a glob: each file is one document."""
    try:
        ids, paths = find_files(source.path, name=source.name)
    except StudyError as error:
        raise StudyError(f"{source.table.place('path')}: {error}") from None
    below = [Path(os.path.relpath(path, source.folder)).as_posix() for path in paths]
    names = [source.name] if source.is_single else below
    pages = [
        read_page(path, name=name, encoding=source.encoding) for path, name in zip(paths, names, strict=True)
    ]
    frame = page_frame(ids, pages).assign(**metadata(source.table, SOURCE_KEYS))
    return Documents(frame, [source.table.place("path")] * len(frame), paths)


def _check_file(source: Source) -> None:
    """Check that the file is there and has the hash that the study pins."""
    if not source.path.is_file():
        raise source.table.error(
            "path",
            f"there is no file {source.name!r} in the folder of the study. Put it there, or mend the path.",
        )
    pinned = source.table.string("sha256")
    found = hashlib.sha256(source.path.read_bytes()).hexdigest() if pinned else ""
    if found != pinned.lower():
        raise source.table.error(
            "sha256",
            f"{source.name!r} has changed: the study pins sha256 {pinned}, the file has {found}. "
            "Restore the file, or write the second hash here if the change is meant.",
        )


def _document_lines(entry: Table, page: Page) -> LineRange:
    """Return the lines of a document; without `lines` it is the whole page."""
    ranges = _ranges(entry, "lines", page) or ((1, page.n_lines),)
    if len(ranges) > 1:
        raise entry.error(
            "lines", f"a document is one range of lines; got {entry.string('lines')!r}. Write it as '5-70'."
        )
    if is_blank(page.slice(ranges[0])):
        raise entry.error("lines", f"lines {write_lines(ranges[0])} of {page.name!r} are blank. Name lines with text.")
    return ranges[0]


def _ranges(table: Table, key: str, page: Page) -> tuple[LineRange, ...]:
    """Return the line ranges under a key, checked against the page."""
    if key not in table.values:
        return ()
    try:
        ranges = parse_lines(table.string(key))
    except ValueError as error:
        raise table.error(key, f"{key}: {error}") from None
    for span in ranges:
        if span[1] > page.n_lines:
            raise table.error(
                key,
                f"{key} names line {span[1]}, but {page.name!r} has {page.n_lines} lines. Mend the range.",
            )
    return ranges


def _no_overlap(claims: Iterable[Claim], page: Page) -> None:
    """Check that no line belongs to two documents, or to a document and to furniture."""
    for (lower, first), (upper, second) in pairwise(sorted(claims)):
        if upper[0] <= lower[1]:
            raise StudyError(
                f"{second}: lines {write_lines(upper)} of {page.name!r} overlap lines {write_lines(lower)} "
                f"({first}). Give every line to one document, or to furniture."
            )


def _nothing_lost(source: Source, page: Page, spans: Iterable[LineRange]) -> None:
    """Check that every line that is not blank belongs to a document or to furniture."""
    owned = {line for first, last in spans for line in range(first, last + 1)}
    lost = _as_ranges([line for line in page.filled_lines() if line not in owned])
    if lost:
        shown = ", ".join(write_lines(span) for span in lost[:_SHOWN_RANGES])
        more = f" and {len(lost) - _SHOWN_RANGES} more stretches" if len(lost) > _SHOWN_RANGES else ""
        raise source.table.error(
            "path",
            f"of {source.name!r}, line {shown}{more} belong to no document. "
            f'Give them to one, or write furniture = "{shown}".',
        )


def _as_ranges(lines: Sequence[int]) -> list[LineRange]:
    """Join neighbouring lines into ranges."""
    ranges: list[LineRange] = []
    for line in lines:
        follows = bool(ranges) and ranges[-1][1] == line - 1
        ranges[-1:] = [(ranges[-1][0], line)] if follows else [*ranges[-1:], (line, line)]
    return ranges


def _no_keys(table: Table, keys: Sequence[str], why: str) -> None:
    """Check that keys which would be ignored are not given."""
    for key in keys:
        if key in table.values:
            raise table.error(key, f"{key!r} {why}. Take it out.")


def _check_name(name: str, table: Table, key: str) -> None:
    """Check that a column has a name that is free."""
    if name in (*LAYERS, *ORIGIN, TEXT):
        raise table.error(key, f"a column may not be called {name!r}: the package uses this name. Rename it.")


def _plain_value(table: Table, key: str) -> object:
    """Return a value of metadata: a string, a number, a truth value; a date becomes an ISO string."""
    value = table.values[key]
    if isinstance(value, datetime.date):
        return value.isoformat()
    if not isinstance(value, str | int | float):
        raise table.error(key, f"{key} must be one plain value; got {value!r}. Write a string or a number.")
    if key == "date" and value != "" and not _is_date(str(value)):
        raise table.error(
            key, f"date must be an ISO date; got {value!r}. Write 2025-11-03, 2025-11 or 2025, or leave it empty."
        )
    return value


def _is_date(value: str) -> bool:
    """Tell whether a string is a date, or a date of which the day, or day and month, are not known."""
    if not _DATE.fullmatch(value):
        return False
    try:
        datetime.date.fromisoformat(value + "-01-01"[len(value) - 4 :] if len(value) < 10 else value)
    except ValueError:
        return False
    return True


def _check_ids(ids: Sequence[str], places: Sequence[str]) -> None:
    """Check that every document has an id of its own."""
    first: dict[str, str] = {}
    for doc_id, place in zip(ids, places, strict=True):
        if not doc_id.strip():
            raise StudyError(f"{place}: a document has an empty id. Give each document an id of its own.")
        if doc_id in first:
            raise StudyError(
                f"{place}: the document id {doc_id!r} is taken already ({first[doc_id]}). "
                "Give each document an id of its own."
            )
        first[doc_id] = place
