"""Readers: from files and tables to a corpus."""

from __future__ import annotations

import glob
import hashlib
import io
import json
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePath

import pandas as pd

from discourse._errors import StudyError, at, choose
from discourse.corpus.documents import DOC_ID, TEXT, Corpus
from discourse.corpus.pages import Page, decode, read_page, write_lines

TABLES = (".csv", ".parquet", ".jsonl")


def read_corpus(
    path_or_frame: str | PurePath | pd.DataFrame,
    *,
    text: str | None = None,
    id: str | None = None,
    encoding: str = "utf-8",
) -> Corpus:
    """Read texts from a table or from text files.

    Args:
        path_or_frame: a DataFrame; a `.csv`, `.parquet` or `.jsonl` file with one document per row; a text
            file; a folder (every `.txt` below it); or a glob such as `"texts/*.txt"`.
        text: of a table, the column with the text (default `text`).
        id: of a table, the column with the ids (default: `doc_id` if there is one, else the number of the row,
            from 0; of a DataFrame its index). A text file is called by its path below the folder, without its ending.
        encoding: of text, CSV and JSONL files; strict, never guessed. In CSV every column stays text.

    Raises:
        StudyError: a file is missing, empty or in another encoding; names file and line.
        ValueError: an unknown column, a text that is missing, an id that is empty or taken.

    >>> frame = pd.DataFrame({"body": ["One.", "Two."], "key": ["a", "b"]})
    >>> read_corpus(frame, text="body", id="key").text("b")
    'Two.'
    """
    if isinstance(path_or_frame, pd.DataFrame):
        return Corpus.from_frame(path_or_frame, text=text or TEXT, id=id)
    path = Path(path_or_frame)
    if path.suffix.lower() in TABLES and not is_glob(str(path)):
        return Corpus.from_frame(read_table(path, encoding=encoding), text=text or TEXT, id=id)
    for name, value in (("text", text), ("id", id)):
        if value is not None:
            raise ValueError(
                f"{name} names a column of a table, and {str(path)!r} is no table (.csv, .parquet, .jsonl). "
                f"Leave {name} out."
            )
    return read_text_files(path, encoding=encoding)


def read_text_files(path: Path, *, encoding: str = "utf-8") -> Corpus:
    """Read one document from each text file: a file, a folder or a glob."""
    ids, paths = find_files(str(path))
    pages = [read_page(file, encoding=encoding) for file in paths]
    return Corpus.from_frame(page_frame(ids, pages), id=DOC_ID)


def find_files(name: str, *, root: Path = Path()) -> tuple[list[str], list[Path]]:
    """Return ids and paths of the files that a path, a folder or a glob names, sorted by path.

    The id is the path below the folder, or below the part of the glob without wildcards, without its ending.

    Raises:
        StudyError: no file is there.
    """
    if (root / name).is_dir():
        base, pattern = root / name, "**/*"
    elif is_glob(name, root=root):
        base, pattern = _split_glob(root, name)
    else:
        return [Path(name).stem], [root / name]
    hits = [base / hit for hit in glob.glob(pattern, root_dir=base, recursive=True)]
    found = sorted((hit for hit in hits if hit.is_file()), key=lambda path: path.as_posix())
    if pattern == "**/*":
        found = [hit for hit in found if hit.suffix.lower() == ".txt"]
    if not found:
        raise StudyError(f"{name}: there is no text file. Check the folder, the wildcards and the ending .txt.")
    return [file.relative_to(base).with_suffix("").as_posix() for file in found], found


def is_glob(name: str, *, root: Path = Path()) -> bool:
    """Tell whether a path holds wildcards, and is not simply a file with brackets in its name.

    >>> is_glob("texts/*.txt"), is_glob("texts/a.txt")
    (True, False)
    """
    return glob.has_magic(name) and not (root / name).exists()


def page_frame(ids: Sequence[str], pages: Iterable[Page]) -> pd.DataFrame:
    """Return a table of whole pages: one document each."""
    rows = [(page.text, page.name, write_lines((1, page.n_lines)), page.sha256) for page in pages]
    frame = pd.DataFrame(rows, columns=[TEXT, "source", "lines", "sha256"])
    return frame.assign(**{DOC_ID: list(ids)})


def read_table(path: Path, *, name: str = "", encoding: str = "utf-8") -> pd.DataFrame:
    """Read a `.csv`, `.parquet` or `.jsonl` file, with `source` and `sha256` where it has no such columns.

    Raises:
        StudyError: it is missing, empty, in another encoding or not readable; names file and line.
    """
    name = name or path.as_posix()
    if not path.is_file():
        raise StudyError(f"{name}: there is no such file. Check the path, or put the file there.")
    data = path.read_bytes()
    frame = _parse_table(choose("the ending", path.suffix.lower(), TABLES), data, name, encoding)
    if not len(frame):
        raise StudyError(f"{name}: the table has no rows. Fill it, or leave it out.")
    origin = {"source": name, "sha256": hashlib.sha256(data).hexdigest()}
    return frame.assign(**{key: value for key, value in origin.items() if key not in frame.columns})


def _parse_table(ending: str, data: bytes, name: str, encoding: str) -> pd.DataFrame:
    """Turn the bytes of a file into a table."""
    if ending == ".jsonl":
        return _parse_jsonl(decode(data, name=name, encoding=encoding), name)
    try:
        if ending == ".parquet":
            return pd.read_parquet(io.BytesIO(data)).reset_index(drop=True)
        text = decode(data, name=name, encoding=encoding).removeprefix("\ufeff")
        return pd.read_csv(io.StringIO(text, newline=""), dtype=str, keep_default_na=False)
    except StudyError:
        raise
    except (ValueError, OSError) as error:
        raise StudyError(
            f"{name}: this is no readable {ending} table ({str(error).strip()}). "
            "Open it in the program that wrote it, and save it again."
        ) from None


def _parse_jsonl(text: str, name: str) -> pd.DataFrame:
    """Read one JSON object a line."""
    rows = []
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), start=1):
        if line.strip():
            try:
                row = json.loads(line)
            except json.JSONDecodeError as error:
                row = error.msg
            if not isinstance(row, dict):
                raise StudyError(
                    f"{at(name, number)}: a line must be one JSON object ({str(row)[:60]}). Write one document a line."
                )
            rows.append(row)
    return pd.DataFrame(rows)


def _split_glob(root: Path, name: str) -> tuple[Path, str]:
    """Split a glob into the folder in front of its first wildcard, and the rest."""
    parts = Path(name).parts
    fixed = next(number for number, part in enumerate(parts) if glob.has_magic(part))
    return root.joinpath(*parts[:fixed]), str(Path(*parts[fixed:]))
