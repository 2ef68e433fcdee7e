"""Sources: the files that `study.toml` names, and the documents in them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa

from discourse._errors import StudyError, listed, nearest
from discourse.corpus.blocks import page_frame
from discourse.corpus.claims import check_nothing_lost, check_overlap, document_lines, line_ranges
from discourse.corpus.csv import parted
from discourse.corpus.documents import DOC_ID, ORIGIN, TEXT
from discourse.corpus.files import TABLES, find_files, is_glob
from discourse.corpus.metadata import Row, check_name, metadata
from discourse.corpus.pages import LineRange, Page, read_page, write_lines
from discourse.corpus.readers import read_table
from discourse.corpus.settings import Table
from discourse.corpus.tags import warn_of_tags

SOURCE_KEYS = ("path", "sha256", "encoding", "furniture", "documents", "text", "id")
DOCUMENT_KEYS = ("id", "lines")


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
        return not is_glob(self.name, root=self.folder) and not self.path.is_dir()

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


def _read_source(source: Source) -> Documents:
    """Read one source: a page cut into documents, a table, or whole files."""
    table = source.table
    if source.is_single:
        _check_file(source)
    elif "sha256" in table.entries:
        raise table.error("sha256", f"sha256 pins one file, and {source.name!r} names many. Take it out.")
    if source.is_single and source.path.suffix.lower() in TABLES:
        _no_keys(table, ("furniture", "documents"), "describes a page of text, not a table")
        return _read_table_source(source)
    _no_keys(table, ("text", "id"), "names a column of a table (.csv, .parquet, .jsonl), and this is none")
    if "documents" in table.entries:
        return _read_page_source(source)
    _no_keys(table, ("furniture",), "needs [[sources.documents]] that say which lines are text")
    return _read_files_source(source)


def _read_page_source(source: Source) -> Documents:
    """Cut a page into the documents that its source describes."""
    page = read_page(source.path, name=source.name, encoding=source.encoding)
    entries = source.table.tables("documents")
    described = [{**metadata(source.table, SOURCE_KEYS), **metadata(entry, DOCUMENT_KEYS)} for entry in entries]
    spans = [document_lines(entry, page) for entry in entries]
    claims = [(span, entry.place("lines")) for span, entry in zip(spans, entries, strict=True)]
    claims += [(span, source.table.place("furniture")) for span in line_ranges(source.table, "furniture", page)]
    check_overlap(claims, page)
    check_nothing_lost(source.table, page, [span for span, _ in claims])
    places = zip(described, entries, spans, strict=True)
    rows = [{**known, **_document_row(entry, page, span)} for known, entry, span in places]
    blank = dict.fromkeys((key for row in rows for key in row), "")
    frame = pd.DataFrame([{**blank, **row} for row in rows])
    return Documents(frame, [entry.place("id") for entry in entries], [source.path])


def _document_row(entry: Table, page: Page, lines: LineRange) -> Row:
    """Return the id, the text and the origin of a document of a page."""
    return {
        DOC_ID: entry.required("id", "names the document in every table"),
        TEXT: page.slice(lines),
        "source": page.name,
        "lines": write_lines(lines),
        "sha256": page.sha256,
    }


def _read_table_source(source: Source) -> Documents:
    """Read a table with one document per row."""
    frame = read_table(source.path, name=source.name, encoding=source.encoding)
    text, key_column = source.table.string("text", TEXT), source.table.string("id")
    key_column = key_column or (DOC_ID if DOC_ID in frame else "")
    for key, column in (("text", text), ("id", key_column)):
        if column and column not in frame:
            raise source.table.error(
                key,
                f"{source.name!r} has no column {column!r} to be the {key}; it has {listed(frame.columns)}."
                f"{parted(source.name, frame.columns) or nearest(column, frame.columns)}",
            )
    if frame[text].isna().any():
        raise source.table.error(
            "path", f"{source.name!r} has no text in row {int(frame[text].isna().argmax()) + 1}. Fill or drop it."
        )
    ids = frame[key_column] if key_column else pd.Series(range(len(frame)))
    rest = frame.drop(columns=[name for name in dict.fromkeys((text, key_column)) if name])
    for name in set(rest.columns) - set(ORIGIN):
        check_name(str(name), source.table, "path")
    own = {DOC_ID: ids.astype("str"), TEXT: frame[text].astype("str")}
    warn_of_tags(pa.array(own[TEXT], pa.large_string()), source.name)
    known = metadata(source.table, SOURCE_KEYS)
    _check_agreement(source, rest, known)
    documents = rest.assign(**known, **own)
    place = f"{source.table.place('path')}, {source.name}"
    return Documents(documents, [f"{place}, row {row}" for row in range(1, len(frame) + 1)], [source.path])


def _check_agreement(source: Source, rows: pd.DataFrame, known: Row) -> None:
    """Check that what the study says of all documents of a table is not what the table denies."""
    for key in rows.columns.intersection(list(known)):
        cells = rows[key].fillna("").astype("str")
        denied = ((cells != "") & (cells != str(known[key]))).to_numpy()
        if denied.any():
            row = int(denied.argmax())
            raise source.table.error(
                str(key),
                f"{source.name!r} has a column {key!r} itself, which is {cells.iloc[row]!r} in row {row + 1}. "
                f"Take {key} out here, or out of the table.",
            )


def _read_files_source(source: Source) -> Documents:
    """Read a file, a folder or a glob: each file is one document."""
    try:
        ids, paths = find_files(source.name, root=source.folder)
    except StudyError as error:
        raise StudyError(f"{source.table.place('path')}: {error}") from None
    below = [Path(os.path.relpath(path, source.folder)).as_posix() for path in paths]
    names = [source.name] if source.is_single else below
    pages = [read_page(path, name=name, encoding=source.encoding) for path, name in zip(paths, names, strict=True)]
    frame = page_frame(ids, pages).assign(**metadata(source.table, SOURCE_KEYS))
    return Documents(frame, [f"{source.table.place('path')}, {name}" for name in names], paths)


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


def _no_keys(table: Table, keys: Sequence[str], why: str) -> None:
    """Check that keys which would be ignored are not given."""
    for key in keys:
        if key in table.entries:
            raise table.error(key, f"{key!r} {why}. Take it out.")
