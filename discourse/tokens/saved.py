"""How a corpus is saved: a folder of shards, each a folder of arrays and Arrow tables that other programs read too.

    corpus/
      manifest.json          version, and of each shard its name, its sizes and the checksum of its contents.json
      00000/
        contents.json        size and place of the checksums of each file
        checksums.npy        CRC-32 of every 4 KB of every file
        ids, starts, doc_offsets, postings, posting_offsets, term_codes, continued      .npy
        layer-<name>-starts, layer-<name>-codes                              .npy
        texts, documents, zones, types, terms, spellings, parts, layer-<name>-values    .arrow
        voices    .arrow, where they were not found by the rules

A shard is written beside the others under another name, then renamed; the manifest is replaced last. What was
interrupted is not in the manifest and is removed by the next save.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import uuid4

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from discourse._errors import StudyError, listed
from discourse._writing import writing_to
from discourse.corpus.files import at_home

from .places import continued
from .sealed import REMEDY, Damaged, checksums, mapped, write_table

if TYPE_CHECKING:
    from .store import Tokens

VERSION = 2
MANIFEST, CONTENTS, CHECKSUMS = "manifest.json", "contents.json", "checksums.npy"
UNFINISHED = ".unfinished"
MOST_TOKENS = 2**31 - 1  # positions in a shard are int32


class ShardEntry(NamedTuple):
    """A shard as the manifest knows it.

    Attributes:
        name: of its folder.
        documents, tokens, types, characters: how many there are.
        contents: CRC-32 of its contents.json.
    """

    name: str
    documents: int
    tokens: int
    types: int
    characters: int
    contents: int


# ── the manifest ─────────────────────────────────────────────────────────────────────────────────────────────────


def read_manifest(folder: Path) -> list[ShardEntry]:
    """The shards of a saved corpus.

    Raises:
        ValueError: there is none in the folder, it was interrupted, or another version wrote it.
    """
    file = folder / MANIFEST
    if not file.is_file():
        raise ValueError(f"{folder} holds no saved corpus.{_unfinished(folder)} Save one there with tokens.save.")
    try:
        manifest = json.loads(file.read_bytes())
        version, shards = manifest["version"], [ShardEntry(**entry) for entry in manifest["shards"]]
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError(
            f"{file}: this is no manifest of a saved corpus ({error}). Copy the folder again from where it came."
        ) from None
    if version != VERSION:
        raise ValueError(
            f"{file}: version {version} of the format was written by another release; this one reads version "
            f"{VERSION}. Install that release, or encode the texts again."
        )
    return shards


def _unfinished(folder: Path) -> str:
    left = any(path.name.endswith(UNFINISHED) or _is_shard_name(path.name) for path in folder.glob("*"))
    return " Saving was interrupted before anything was complete." if left else ""


def write_manifest(folder: Path, shards: Iterable[ShardEntry]) -> None:
    """Replace the manifest at once: before, the shards are not there; after, they all are."""
    unfinished = folder / f"{MANIFEST}{UNFINISHED}"
    with unfinished.open("w", encoding="utf-8") as stream:
        json.dump({"version": VERSION, "shards": [entry._asdict() for entry in shards]}, stream, indent=1)
        stream.flush()
        os.fsync(stream.fileno())
    unfinished.replace(folder / MANIFEST)


def as_folder(folder: object) -> Path:
    """The path of a folder.

    >>> as_folder(None)
    Traceback (most recent call last):
    ValueError: folder must be the path of a saved corpus; got a NoneType. Give a string or a pathlib.Path.
    """
    if not isinstance(folder, str | PurePath):
        raise ValueError(
            f"folder must be the path of a saved corpus; got a {type(folder).__name__}. "
            "Give a string or a pathlib.Path."
        )
    if "://" in str(folder):
        raise ValueError(
            f"folder must be on a disk, whose files are read in place; got the URL {str(folder)!r}. "
            "Name a local folder, or where that storage is mounted."
        )
    return at_home(folder)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Make a folder and keep others from writing to it at the same time, where the system has such locks.

    Raises:
        ValueError: another process, or thread, is writing to it, or it is a file.
        OSError: there is no room, or no right to write.
    """
    with writing_to(folder):
        if folder.exists() and not folder.is_dir():
            raise ValueError(
                f"folder must be that of a saved corpus; {folder} is a file. Name a new or an empty folder."
            )
        folder.mkdir(parents=True, exist_ok=True)
        with _locked(folder):
            yield


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    if sys.platform == "win32":
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        _lock(handle, folder)
        yield
    finally:
        os.close(handle)  # the lock goes with it, also when the process is killed


def _lock(handle: int, folder: Path) -> None:
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise ValueError(
            f"{folder} is being written to by somebody else. Wait until that is done, or name another folder."
        ) from None
    except OSError:  # some shared storage has no locks
        return


def prepare(folder: Path, *, append: bool) -> list[ShardEntry]:
    """Make the folder ready for one more shard, and return those that are there.

    Raises:
        ValueError: the folder holds something already, and it is not to be added to.
    """
    for left in folder.glob(f"*{UNFINISHED}"):
        discard(left) if left.is_dir() else left.unlink()
    if (folder / MANIFEST).exists():
        if not append:
            raise ValueError(f"{folder} holds a saved corpus. Give append=True to add to it, or name another folder.")
        shards = read_manifest(folder)
        remove_strangers(folder, {entry.name for entry in shards})
        return shards
    if rest := sorted(path.name for path in folder.iterdir() if not _is_shard_name(path.name)):
        raise ValueError(f"{folder} holds other files: {listed(rest[:3])}. Name a new or an empty folder.")
    remove_strangers(folder, set())
    return []


def discard(folder: Path) -> None:
    """Remove a folder to which somebody may still be writing: it goes under another name first, so that he fails.

    What some system does not remove while it is open goes with the next save.
    """
    away = folder.with_name(f"{uuid4().hex}{UNFINISHED}")
    folder.rename(away)
    shutil.rmtree(away, ignore_errors=True)


def _is_shard_name(name: str) -> bool:
    return len(name) == 5 and name.isdigit()


def remove_strangers(folder: Path, known: set[str]) -> None:
    """Remove shards that no manifest names: they were complete when the save was interrupted, but not all of it was."""
    for path in folder.iterdir():
        if path.is_dir() and _is_shard_name(path.name) and path.name not in known:
            shutil.rmtree(path)


# ── a shard ──────────────────────────────────────────────────────────────────────────────────────────────────────


def write_shard(folder: Path, number: int, tokens: Tokens, layers: Iterable[str]) -> ShardEntry:
    """Write one shard under another name and rename it when it is complete.

    Raises:
        ValueError: it has too many tokens.
    """
    if len(tokens) > MOST_TOKENS:
        raise ValueError(f"A shard holds at most {MOST_TOKENS:,} tokens; got {len(tokens):,}. Use discourse.encode.")
    name = f"{number:05}"
    unfinished = folder / f"{name}{UNFINISHED}"
    unfinished.mkdir()
    try:
        for file, array in _arrays(tokens, layers):
            np.save(unfinished / f"{file}.npy", array, allow_pickle=False)
        for file, table in _tables(tokens, layers):
            write_table(unfinished / f"{file}.arrow", table)
        contents = _seal(unfinished)
        unfinished.rename(folder / name)
    except BaseException:  # also Ctrl-C: where the disk is full, what is left would keep it so
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    characters = int(tokens.corpus.zones["end"].sub(tokens.corpus.zones["start"]).sum())
    return ShardEntry(name, len(tokens.corpus), len(tokens), len(tokens.types), characters, contents)


def _arrays(tokens: Tokens, layers: Iterable[str]) -> Iterator[tuple[str, NDArray[Any]]]:
    """The arrays of a shard, as small as they can be."""
    order, offsets = tokens.postings
    yield "ids", tokens.ids
    yield "starts", tokens.starts
    yield "doc_offsets", tokens.doc_offsets
    yield "postings", order.astype(np.int32, copy=False)
    yield "posting_offsets", np.asarray(offsets, np.int64)
    yield "term_codes", tokens.term_codes
    yield "continued", continued(tokens.corpus.texts)
    for name in layers:
        layer = tokens.layer(name)
        yield f"layer-{name}-starts", layer.starts.astype(np.int32)
        yield f"layer-{name}-codes", layer.codes


def _tables(tokens: Tokens, layers: Iterable[str]) -> Iterator[tuple[str, pa.Table]]:
    corpus, vocabulary = tokens.corpus, tokens.vocabulary
    yield "texts", pa.table({"text": corpus.texts})
    yield "documents", pa.Table.from_pandas(corpus.documents.reset_index(), preserve_index=False)
    yield "zones", pa.Table.from_pandas(corpus.zones, preserve_index=False)
    yield "types", pa.Table.from_pandas(tokens.types, preserve_index=False)
    yield "terms", pa.table({"term": pa.array(tokens.terms, pa.large_string())})
    for name, spellings in (("spellings", vocabulary.whole), ("parts", vocabulary.parts)):
        yield name, pa.table({"spelling": spellings.strings, "type": spellings.owners})
    if tokens.supplied is not None:
        yield "voices", pa.Table.from_pandas(tokens.supplied, preserve_index=False)
    for name in layers:
        names = tokens.layer(name).values  # noqa: PD011
        if names is not None:
            yield f"layer-{name}-values", pa.table({"value": pa.array(names, pa.large_string())})


def _seal(folder: Path) -> int:
    """Write the checksums of all files and the list of contents; return the checksum of that list."""
    files = sorted(path for path in folder.iterdir())
    sums = [checksums(file) for file in files]
    np.save(folder / CHECKSUMS, np.concatenate(sums), allow_pickle=False)
    places = np.concatenate([[0], np.cumsum([len(own) for own in sums])]).tolist()
    sizes = {file.name: (file.stat().st_size, *places[i : i + 2]) for i, file in enumerate(files)}
    contents = Contents(sizes, zlib.crc32(mapped(folder / CHECKSUMS)))
    data = json.dumps(contents._asdict(), indent=1).encode()
    (folder / CONTENTS).write_bytes(data)
    return zlib.crc32(data)


class Contents(NamedTuple):
    """What is in the folder of a shard.

    Attributes:
        files: of each file its size in bytes, and where its checksums begin and end among all of them.
        checksums: CRC-32 of the file of checksums.
    """

    files: Mapping[str, tuple[int, int, int]]
    checksums: int


def read_contents(folder: Path, entry: ShardEntry) -> Contents:
    """The files of a shard, of which only the sizes are looked at.

    Raises:
        ValueError: a file is missing, or has another size than was written.
    """
    shard = folder / entry.name
    try:
        data = (shard / CONTENTS).read_bytes()
        if zlib.crc32(data) != entry.contents:
            raise Damaged(f"{shard / CONTENTS} is not what was written. {REMEDY}")
        contents = Contents(**json.loads(data))
        sizes = {name: (shard / name).stat().st_size for name in (*contents.files, CHECKSUMS)}
    except OSError as error:
        raise Damaged(f"{error.filename} is missing. {REMEDY}") from None
    for name, (size, *_) in contents.files.items():
        if sizes[name] != size:
            raise Damaged(f"{shard / name} has {sizes[name]:,} bytes; {size:,} were written. {REMEDY}")
    return contents


def other_columns(name: str, columns: Iterable[str], first: str, others: Iterable[str]) -> StudyError:
    """The error that says that a file has other columns than the first one.

    >>> str(other_columns("two.csv", ["paper"], "one.csv", ["outlet"]))
    "two.csv has the columns 'paper'; one.csv has 'outlet'. Give all files the same columns in the same order."
    """
    return StudyError(
        f"{name} has the columns {listed(columns)}; {first} has {listed(others)}. "
        "Give all files the same columns in the same order."
    )


def check_fits(documents: pd.DataFrame, more: pd.DataFrame) -> None:
    """Check that documents may be added to others.

    Raises:
        ValueError: they have other columns, or an id that is there already.

    >>> table = pd.DataFrame({"outlet": ["A"]}, index=["a"])
    >>> check_fits(table, table)
    Traceback (most recent call last):
    ValueError: The saved corpus has a document 'a' already. Give the new documents ids of their own.
    """
    if list(documents.columns) != list(more.columns):
        raise ValueError(
            f"The documents before have the columns {listed(documents.columns)}; got {listed(more.columns)}. "
            "Give all documents the same columns."
        )
    if (twice := documents.index.intersection(more.index)).size:
        raise ValueError(
            f"The saved corpus has a document {twice[0]!r} already. Give the new documents ids of their own."
        )


def check_voices(saved: Tokens, more: Tokens) -> None:
    """Check that voices come from one source: from the rules in all documents, or in none.

    Raises:
        ValueError: some are supplied, and some are not.
    """
    if (saved.supplied is None) != (more.supplied is None):
        has, lack = ("do not", "have") if saved.supplied is None else ("have", "do not")
        raise ValueError(
            f"Documents of one corpus must all have voices from with_voices, or none; those saved {has}, the new ones "
            f"{lack}. Give them to all, or save the new ones elsewhere."
        )
