"""Files: what a path, a folder, a glob or a URL names, and the bytes of it."""

from __future__ import annotations

import glob
import hashlib
import os
import posixpath
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

from discourse._errors import StudyError, listed

TABLES = (".csv", ".parquet", ".jsonl")
TEXTS = ".txt"

LONGEST = 4000  # bytes of a path; Linux allows 4,096
_BUFFER = 1 << 20

# The path below the folder of the source, the path or URL to open, the size in bytes.
_Hit = tuple[str, str, int]


@dataclass(frozen=True)
class File:
    """One file of a source.

    Attributes:
        path: the path, or the URL, to open.
        id: its path below the folder or the glob of the source, without its ending.
        size: in bytes.
        name: how messages and the column `source` name it.
    """

    path: str
    id: str
    size: int
    name: str

    @property
    def ending(self) -> str:
        """The ending, in small letters."""
        return posixpath.splitext(self.path)[1].lower()

    @property
    def is_remote(self) -> bool:
        """Whether a URL names it."""
        return _is_url(self.path)

    def open(self) -> BinaryIO:
        """Open it to read bytes; raises what `check` does."""
        self.check()
        if self.is_remote:
            system, path = _filesystem(self.path)
            stream: BinaryIO = system.open(path, "rb")
            return stream
        return Path(self.path).open("rb")

    def check(self) -> None:
        """Raise a StudyError if a local file is gone, or has another size than when it was found."""
        now = self.size if self.is_remote else local_file(Path(self.path), name=self.name).size
        if now != self.size:
            raise StudyError(
                f"{self.name}: the file has changed since it was found ({self.size:,} bytes then, {now:,} now). "
                "Plan its blocks again."
            )

    def read(self, start: int = 0, stop: int | None = None) -> bytes:
        """Return its bytes from `start` to `stop`."""
        with self.open() as stream:
            stream.seek(start)
            return stream.read() if stop is None else stream.read(stop - start)

    def sha256(self) -> str:
        """Return the hash of its bytes, read a little at a time; of a URL nothing."""
        if self.is_remote:
            return ""
        digest = hashlib.sha256()
        with self.open() as stream:
            while data := stream.read(_BUFFER):
                digest.update(data)
        return digest.hexdigest()


def local_file(path: Path, *, name: str = "") -> File:
    """Return a local file by its path.

    Raises:
        StudyError: it is not there.
    """
    name = name or path.as_posix()
    if not path.is_file():
        raise StudyError(f"{name}: there is no such file. Check the path, or put the file there.")
    return File(path.as_posix(), path.stem, path.stat().st_size, name)


def files_of(sources: Iterable[str | os.PathLike[str]]) -> list[File]:
    """Return the files that paths, folders, globs and URLs name: all texts, or all tables of one kind.

    A folder stands for every `.txt` below it, or where it has none for its tables; a glob for what it matches. Files
    of one folder or glob are sorted by path.

    Raises:
        StudyError: there is no file, or there are files of several kinds.
        ImportError: a URL is named, and fsspec is not installed.
    """
    sources = [_a_path(source) for source in sources]
    named = [name if _is_url(name) else at_home(name).as_posix() for name in map(str, sources)]
    files = [file for name in named for file in (_at_url(name) if _is_url(name) else _at_path(name))]
    kinds = sorted({file.ending if file.ending in TABLES else "text" for file in files})
    if len(kinds) > 1:
        raise StudyError(
            f"{', '.join(named[:3])}: these are files of several kinds ({', '.join(kinds)}). "
            "Name one kind at a time, with a glob such as '*.parquet'."
        )
    return _with_ids_apart(files)


def at_home(path: str | os.PathLike[str]) -> Path:
    """Return a path whose `~` in front is the home of the user; a file like `~draft.txt` keeps its name.

    >>> at_home("~/texts") == Path.home() / "texts", at_home("~draft.txt").as_posix()
    (True, '~draft.txt')
    """
    return Path(os.path.expanduser(path))  # that of pathlib raises for `~draft.txt`


def find_files(name: str, *, root: Path = Path()) -> tuple[list[str], list[Path]]:
    """Return ids and paths of the text files that a path, a folder or a glob names, sorted by path.

    The id is the path below the folder, or below the part of the glob without wildcards, without its ending.

    Raises:
        StudyError: no file is there.
    """
    if not (root / name).is_dir() and not is_glob(name, root=root):
        return [Path(name).stem], [root / name]
    hits = _below(name, root)
    found = [hit for hit in hits if hit[0].lower().endswith(TEXTS)] if (root / name).is_dir() else hits
    if not found:
        raise StudyError(f"{name}: there is no text file. Check the folder, the wildcards and the ending .txt.")
    return [posixpath.splitext(below)[0] for below, _, _ in found], [Path(path) for _, path, _ in found]


def is_glob(name: str, *, root: Path = Path()) -> bool:
    """Tell whether a path holds wildcards, and is not simply a file with brackets in its name.

    >>> is_glob("texts/*.txt"), is_glob("texts/a.txt")
    (True, False)
    """
    return glob.has_magic(name) and not (root / name).exists()


def _a_path(source: object) -> str:
    """A path as a string; a text in its place is told apart by its length and its lines."""
    name = str(source)
    if not isinstance(source, str | os.PathLike) or "\n" in name or len(name.encode()) > LONGEST:
        raise StudyError(
            f"{name[:40]!r}: this is no path. Give texts in memory as a table: pandas.DataFrame({{'text': texts}})."
        )
    return name


def _at_path(name: str) -> list[File]:
    """Return the local files that a path, a folder or a glob names."""
    if Path(name).is_dir():
        return _of_folder(name, _below(name, Path()))
    if is_glob(name):
        return _chosen(name, _below(name, Path()))
    return [local_file(Path(name))]


def _below(name: str, root: Path) -> list[_Hit]:
    """Return the files below a folder, or that a glob matches."""
    base, pattern = (root / name, "**/*") if (root / name).is_dir() else _split_glob(root, name)
    paths = [base / hit for hit in glob.glob(pattern, root_dir=base, recursive=True)]
    files = [path for path in paths if path.is_file() or _is_broken(path)]
    hits = [(path.relative_to(base).as_posix(), path.as_posix(), _size(path)) for path in files]
    return sorted(hits, key=lambda hit: hit[1])


def _is_broken(path: Path) -> bool:
    """Whether a path links to nothing; it is kept, so that the file is named when it is read."""
    return not path.exists()


def _size(path: Path) -> int:
    return 0 if _is_broken(path) else path.stat().st_size


def _split_glob(root: Path, name: str) -> tuple[Path, str]:
    """Split a glob into the folder in front of its first wildcard, and the rest."""
    parts = Path(name).parts
    fixed = next(number for number, part in enumerate(parts) if glob.has_magic(part))
    return root.joinpath(*parts[:fixed]), str(Path(*parts[fixed:]))


def _of_folder(name: str, hits: Sequence[_Hit]) -> list[File]:
    """Keep the texts below a folder, or where it has none its tables."""
    texts = [hit for hit in hits if hit[0].lower().endswith(TEXTS)]
    return _chosen(name, texts or [hit for hit in hits if hit[0].lower().endswith(TABLES)])


def _chosen(name: str, hits: Sequence[_Hit]) -> list[File]:
    """Turn what was found into files."""
    if not hits:
        raise StudyError(
            f"{name}: there is no text file and no table. "
            f"Check the folder, the wildcards and the ending ({TEXTS}, {', '.join(TABLES)})."
        )
    return [File(path, posixpath.splitext(below)[0], size, path) for below, path, size in hits]


def _with_ids_apart(files: list[File]) -> list[File]:
    """Call files by their path below the folder they share, where shorter names are not unique."""
    if len({file.id for file in files}) == len(files):
        return files
    wholes = [file.path if file.is_remote else Path(os.path.abspath(file.path)).as_posix() for file in files]
    shared = posixpath.commonpath([posixpath.join("/", posixpath.dirname(whole)) for whole in wholes])
    paths = [posixpath.relpath(posixpath.join("/", whole), shared) for whole in wholes]
    if len(set(paths)) < len(paths):
        twice = sorted({path for path in paths if paths.count(path) > 1})
        raise StudyError(f"{listed(twice[:3])}: this file is named more than once. Name each file once.")
    return [replace(file, id=posixpath.splitext(path)[0]) for file, path in zip(files, paths, strict=True)]


def _is_url(name: str) -> bool:
    return "://" in name


def _filesystem(url: str) -> tuple[Any, str]:
    """Return what opens a URL, and the path in it."""
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise ImportError(
            f"{url!r} is a URL, and the package fsspec, which opens URLs, is not installed. "
            'Install it: pip install "discourse-contrast[cluster]".'
        ) from None
    try:
        system, path = url_to_fs(url)
    except ValueError as error:
        raise StudyError(f"{url}: this URL cannot be opened ({error}). Check what stands before '://'.") from None
    return system, path


def _at_url(url: str) -> list[File]:
    """Return the files that a URL names: a file, a folder or a glob."""
    system, path = _filesystem(url)
    if glob.has_magic(path) and not system.exists(path):
        fixed = path[: next(k for k, sign in enumerate(path) if sign in "*?[")]
        return _chosen(url, _remote_hits(system, system.glob(path, detail=True), fixed.rpartition("/")[0]))
    if system.isdir(path):
        return _of_folder(url, _remote_hits(system, system.find(path, detail=True), path))
    if not system.exists(path):
        raise StudyError(f"{url}: there is no such file. Check the URL, or put the file there.")
    return [File(url, posixpath.splitext(posixpath.basename(path))[0], int(system.size(path)), url)]


def _remote_hits(system: Any, found: dict[str, dict[str, Any]], base: str) -> list[_Hit]:
    """Describe what was found below a folder of a file system, hidden files left out."""
    below = {path: posixpath.relpath(path, base or "/") for path, about in found.items() if about["type"] == "file"}
    shown = {path: name for path, name in below.items() if not any(part[0] == "." for part in name.split("/"))}
    return [(name, system.unstrip_protocol(path), int(found[path]["size"])) for path, name in sorted(shown.items())]
