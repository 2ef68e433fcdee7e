"""Dictionaries of other programs as codebooks: each category a frame, each word a pattern."""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from discourse._errors import StudyError, at
from discourse.tokens.scanning.characters import HYPHENS
from discourse.tokens.types import ACRONYMS

from ..entries import BELOW, Codebook, Entry
from ..patterns import Pattern, literal, parse_pattern

HABIT = 100  # so many words in capitals are no list of acronyms

_JOKER = re.compile(r"\w\?\w|\w\?$|^\?\w")
_ALONE = re.compile(r"(?:^|\s)[*?]*\?[*?]*(?:\s|$)")
_SENSE = re.compile(r"([^\W\d_]+(?:[-'][^\W\d_]+)*)#\d+")  # ABOUT#1, as the General Inquirer numbers meanings
_CUT_OFF = re.compile(rf"(?<=[^\W\d_*])(?=[{HYPHENS}](?:\s|$))|(?:(?<=^[{HYPHENS}])|(?<=\s[{HYPHENS}]))(?=[^\W\d_])")

Path = tuple[str, ...]


@dataclass
class Categories:
    """What a dictionary lists, in the order of the file, with the lines for errors.

    Attributes:
        name: of the file.
        single: whether `?` stands for one character.
        capitals: whether the program that wrote it puts every word into capitals.
        words: by the path of a category, the words with their weights; each word once.
        lines: of the categories.
        about: descriptions by path.
        senses: words that the file has with numbers of meanings, and the line of the first.

    >>> listed = Categories("a.dic")
    >>> listed.open(("affect", "joy"), 2)
    >>> listed.add(("affect", "joy"), "happ*", 5)
    >>> [(key, entry.include[0].text) for key, entry in listed.codebook().frames.items()]
    [('affect > joy', 'happ*')]
    """

    name: str
    single: bool = False
    capitals: bool = False
    words: dict[Path, dict[str, tuple[int, float]]] = field(default_factory=dict)
    lines: dict[Path, int] = field(default_factory=dict)
    about: dict[Path, str] = field(default_factory=dict)
    senses: dict[str, int] = field(default_factory=dict)

    def error(self, line: int | None, text: str) -> StudyError:
        """An error that names file and line."""
        return StudyError(f"{at(self.name, line)}: {text}")

    def open(self, path: Sequence[str], line: int, about: str = "") -> None:
        """Note that there is a category, also where it lists nothing itself."""
        for name in path:
            if not name.strip() or BELOW in name:
                raise self.error(
                    line, f"a category must have a name without {BELOW.strip()!r}; got {name!r}. Rename it."
                )
        self.words.setdefault(tuple(path), {})
        self.lines.setdefault(tuple(path), line)
        if about.strip():
            self.about[tuple(path)] = about.strip()

    def add(self, path: Sequence[str], word: str, line: int, weight: float = 1.0) -> None:
        """Note a word of a category; a word that is there already counts once.

        Raises:
            StudyError: the word is there with another weight.
        """
        text = " ".join(word.split())
        sense = _SENSE.fullmatch(text)
        if sense:
            text = sense[1]
            self.senses.setdefault(word, line)
        seen = self.words[tuple(path)].setdefault(text, (line, weight))
        if seen[1] != weight:
            raise self.error(
                line, f"{text!r} has the weight {weight:g} here and {seen[1]:g} in line {seen[0]}. Keep one."
            )

    def codebook(self) -> Codebook:
        """The categories that list something, as frames.

        Raises:
            StudyError: none does, or a word cannot be looked for.
        """
        frames = {BELOW.join(path): self._frame(path, words) for path, words in self.words.items() if words}
        if not frames:
            raise self.error(None, "no category lists a word. Write at least one.")
        self._tell_empty()
        if self.senses:
            word, line = next(iter(self.senses.items()))
            warnings.warn(
                f"{at(self.name, line)}: {word!r} is one meaning of a word. It is read as the word in all its "
                f"meanings, and so are all {len(self.senses)} of the file.",
                stacklevel=4,
            )
        return Codebook(frames)

    def _tell_empty(self) -> None:
        """Warn of categories that hold nothing: a word that is written like one would be missed in silence."""
        above = {path[:depth] for path in self.words for depth in range(1, len(path))}
        empty = [path for path, words in self.words.items() if not words and path not in above]
        if empty:
            more = f", and so are {len(empty) - 1} more" if len(empty) > 1 else ""
            warnings.warn(
                f"{at(self.name, self.lines[empty[0]])}: the category {empty[0][-1]!r} lists no word. "
                f"It is left out{more}.",
                stacklevel=5,
            )

    def _frame(self, path: Path, words: Mapping[str, tuple[int, float]]) -> Entry:
        patterns = tuple(self._pattern(text, line, weight) for text, (line, weight) in words.items())
        return Entry("frame", BELOW.join(path), patterns, definition=self.about.get(path, ""))

    def _pattern(self, text: str, line: int, weight: float) -> Pattern:
        if _ALONE.search(text) if self.single else _JOKER.search(text):
            what = "any word of so many letters" if self.single else "no wildcard of this format"
            raise self.error(line, f"{text!r}: '?' here is {what}. Write '*' or the letters, or delete the line.")
        try:
            pattern = parse_pattern(self._either(literal(_CUT_OFF.sub(" ", text), single=self.single)))
        except ValueError as error:
            raise self.error(line, str(error)) from None
        if pattern.finds_all:
            raise self.error(line, f"{text!r} would find every word there is. Add a word to it, or delete the line.")
        return pattern if weight == 1 else replace(pattern, weight=weight)

    def _either(self, text: str) -> str:
        """`us|US` for `US` where capitals mean nothing."""
        pieces = text.split() if self._shouted else []
        return " ".join(f"{p.lower()}|{p}" if p.strip("*?") in ACRONYMS else p for p in pieces) or text

    @cached_property
    def _shouted(self) -> bool:
        words = [word for words in self.words.values() for word in words]
        return (self.capitals or len(words) >= HABIT) and all(word == word.upper() for word in words)


class Indented:
    """Which category a line of an indented list lies under.

    >>> places = Indented()
    >>> [places.path(depth, name) for depth, name in [(0, "a"), (4, "b"), (8, "c"), (4, "d")]]
    [('a',), ('a', 'b'), ('a', 'b', 'c'), ('a', 'd')]
    """

    def __init__(self) -> None:
        self._above: list[tuple[int, str]] = []

    def path(self, depth: int, name: str) -> Path:
        """The path of a category that begins here."""
        path = (*self.under(depth), name)
        self._above.append((depth, name))
        return path

    def under(self, depth: int) -> Path:
        """The path of the category that a line so deep belongs to."""
        while self._above and self._above[-1][0] >= depth:
            self._above.pop()
        return tuple(name for _, name in self._above)


def depth_of(line: str) -> int:
    """How far a line is indented.

    >>> depth_of("   \\tBW"), depth_of("\\t\\tBW"), depth_of("BW")
    (4, 8, 0)
    """
    spread = line.expandtabs(4)
    return len(spread) - len(spread.lstrip(" "))
