"""Settings: a TOML file whose errors can name the line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from discourse._errors import StudyError, at, known_keys
from discourse.corpus.pages import decode

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?")
_KEY = re.compile(r"""\s*(?:"([^"]+)"|'([^']+)'|([\w-]+))\s*[.=]""")
_TOML_PLACE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)")

Key = tuple[str | int, ...]


@dataclass(frozen=True)
class Table:
    """A table of a TOML file: its values, and where they stand.

    >>> table = Table("study.toml", {"title": 7}, {("title",): 3})
    >>> table.string("title")
    Traceback (most recent call last):
    discourse._errors.StudyError: study.toml, line 3: title must be a string; got 7. Write it as title = "…".
    """

    file: str
    entries: Mapping[str, object]
    lines: Mapping[Key, int]
    path: Key = ()

    def place(self, key: str = "") -> str:
        """Name the file and the line of a key, else of the nearest table around it."""
        around = [(*self.path, key), *(self.path[:depth] for depth in range(len(self.path), 0, -1))]
        return at(self.file, next((self.lines[path] for path in around if path in self.lines), None))

    def error(self, key: str, problem: str) -> StudyError:
        """Make an error that starts with the place of a key."""
        return StudyError(f"{self.place(key)}: {problem}")

    def only(self, allowed: Iterable[str]) -> None:
        """Check that there are no other keys.

        Raises:
            StudyError: names the line, the key and the nearest allowed one.
        """
        allowed = list(allowed)
        for key in self.entries:
            known_keys(self.place(key), {key: None}, allowed)

    def string(self, key: str, default: str = "") -> str:
        """Return a value that must be a string that is not empty."""
        value = self.entries.get(key, default)
        if not isinstance(value, str) or (key in self.entries and not value.strip()):
            raise self.error(key, f'{key} must be a string; got {value!r}. Write it as {key} = "…".')
        return value

    def required(self, key: str, why: str) -> str:
        """Return a string that must be there."""
        if key not in self.entries:
            raise self.error("", f'{key} is missing; it {why}. Add {key} = "…".')
        return self.string(key)

    def strings(self, key: str) -> tuple[str, ...]:
        """Return a list of strings."""
        value = self.entries.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            wanted = f"{key} must be a list of strings, none of them empty"
            raise self.error(key, f'{wanted}; got {value!r}. Write {key} = ["…", "…"].')
        return tuple(value)

    def table(self, key: str) -> Table:
        """Return the table under a `[key]`, empty where there is none."""
        found = self.entries.get(key, {})
        if not isinstance(found, dict):
            raise self.error(key, f"{key} must be a table. Write its keys under [{key}].")
        return Table(self.file, found, self.lines, (*self.path, key))

    def tables(self, key: str) -> list[Table]:
        """Return the tables under a `[[key]]`."""
        found = self.entries.get(key, [])
        if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
            header = ".".join([str(part) for part in self.path if isinstance(part, str)] + [key])
            raise self.error(key, f"{key} must be tables. Write each of them under [[{header}]].")
        path = (*self.path, key)
        return [Table(self.file, item, self.lines, (*path, n)) for n, item in enumerate(found)]


def read_settings(path: Path) -> Table:
    """Read a TOML file.

    Raises:
        StudyError: it is missing, is not UTF-8 or is not TOML; names the line.
    """
    if not path.is_file():
        raise StudyError(f"{path}: there is no such file. Check the folder, or write one there.")
    text = decode(path.read_bytes(), name=path.name, encoding="utf-8")
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _not_toml(path.name, str(error), text.count("\n") + 1) from None
    return Table(path.name, values, key_lines(text))


def key_lines(text: str) -> dict[Key, int]:
    """Return the line of every header and key of a valid TOML text; the parser keeps no positions.

    >>> key_lines('title = "A"\\n[[zones]]\\nzone = "list"\\n[[zones]]\\n')
    {('title',): 1, ('zones', 0): 2, ('zones', 0, 'zone'): 3, ('zones', 1): 4}
    """
    found: dict[Key, int] = {}
    seen: dict[Key, int] = {}
    path: Key = ()
    lines = text.replace("\r\n", "\n").split("\n")
    number = 0
    while number < len(lines):
        header, key = _HEADER.fullmatch(lines[number]), _KEY.match(lines[number])
        if header:
            path = _header_path(header[2], header[1] == "[[", seen)
            found.setdefault(path, number + 1)
        elif key:
            found.setdefault((*path, key[1] or key[2] or key[3]), number + 1)
            number += _value_lines(lines, number) - 1
        number += 1
    return found


def _header_path(name: str, repeats: bool, seen: dict[Key, int]) -> Key:
    """Return where a header leads: names, each with the number of its table where it repeats."""
    names = [part.strip().strip("\"'") for part in name.split(".")]
    path: Key = ()
    for part in names[:-1]:
        path = (*path, part)
        path = (*path, seen[path]) if path in seen else path
    path = (*path, names[-1])
    if not repeats:
        return path
    seen[path] = seen.get(path, -1) + 1
    return (*path, seen[path])


def _value_lines(lines: list[str], number: int) -> int:
    """Return how many lines a key and its value take: as few as are valid TOML."""
    for more in range(1, len(lines) - number + 1):
        try:
            tomllib.loads("\n".join(lines[number : number + more]))
        except tomllib.TOMLDecodeError:
            continue
        return more
    return 1


def _not_toml(name: str, message: str, last_line: int) -> StudyError:
    """Say where a text stops being TOML."""
    place = _TOML_PLACE.search(message)
    line = int(place[1] or last_line) if place else None
    what = _TOML_PLACE.sub("", message)
    return StudyError(
        f"{at(name, line)}: this is not valid TOML ({what}). "
        "Look for a missing quotation mark or bracket here or above."
    )
