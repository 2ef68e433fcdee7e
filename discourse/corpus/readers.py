"""Readers: from files and tables to a corpus."""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

from discourse._errors import choose
from discourse.corpus.blocks import Rows, joined
from discourse.corpus.cuts import Request, whole
from discourse.corpus.documents import Corpus
from discourse.corpus.files import TABLES, local_file
from discourse.corpus.planning import Source, plan
from discourse.corpus.tags import warn_of_tags


def read_corpus(
    path_or_frame: Source, *, text: str | None = None, id: str | None = None, encoding: str = "utf-8"
) -> Corpus:
    """Read texts from a table or from text files, all into memory.

    Args:
        path_or_frame: a DataFrame; a `.csv`, `.parquet` or `.jsonl` file with one document per row; a text
            file; a folder (every `.txt` below it, or where it has none its tables); a glob such as `"texts/*.txt"`;
            a URL of any of these; or a list of them, all of one kind.
        text: of a table, the column with the text (default `text`).
        id: of a table, the column with the ids (default: `doc_id` if there is one, else the number of the row,
            from 0, which in several tables stands behind the name of the file: `2025/may:0`; of a DataFrame its
            index). A text file is called by its path below the folder, without its ending.
        encoding: of text, CSV and JSONL files; strict, never guessed. In CSV every column stays text.

    Raises:
        StudyError: (a ValueError) a file is missing, empty, broken or in another encoding, lacks a column, or a text
            or an id is missing; names file and line or row.
        ValueError: an unknown column of a DataFrame, a text that is missing, an id that is empty or taken.

    >>> frame = pd.DataFrame({"body": ["One.", "Two."], "key": ["a", "b"]})
    >>> read_corpus(frame, text="body", id="key").text("b")
    'Two.'
    """
    blocks = plan(path_or_frame, text=text, id=id, encoding=encoding, block_bytes=sys.maxsize)
    corpora = [block.read() for block in blocks]
    if not corpora:
        raise ValueError("path_or_frame must hold documents; the table has no rows. Fill it.")
    corpus = joined(corpora)
    warn_of_tags(corpus.texts, path_or_frame if isinstance(path_or_frame, str) else "The corpus")
    return corpus


def read_table(path: Path, *, name: str = "", encoding: str = "utf-8") -> pd.DataFrame:
    """Read a `.csv`, `.parquet` or `.jsonl` file, with `source` and `sha256` where it has no such columns.

    Raises:
        StudyError: it is missing, empty, in another encoding or not readable; names file and line.
    """
    file = local_file(path, name=name)
    choose("the ending", file.ending, TABLES)
    return Rows(file, whole(file).spans[0], Request(None, None, encoding, sys.maxsize)).frame()
