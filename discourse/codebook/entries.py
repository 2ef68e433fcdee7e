"""Frames, actors and names: what a codebook lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from .patterns import Condition, Pattern

T = TypeVar("T")

KINDS = ("frame", "actor", "name")
SCOPES = ("key", "dictionary")
BELOW = " > "  # between a category and one below it, in the key of a frame

NEGATORS = tuple("not no never nor neither without cannot hardly barely scarcely nothing nobody none".split())


@dataclass(frozen=True)
class Negation:
    """What makes a hit `negated`: a negator in front of it, in its sentence and its clause.

    Attributes:
        words: the negators, with wildcards; what ends in *n't* is always one.
        within: how many words in front of a hit are looked at (“no longer a sphere of influence” needs three).
        until: words and signs that end the reach of a negator (“not war but a sphere of influence”).
    """

    words: tuple[str, ...] = NEGATORS
    within: int = 3
    until: tuple[str, ...] = ("but", ";", ":")


@dataclass(frozen=True)
class Entry:
    """One thing to look for.

    Attributes:
        kind: frame, actor or name.
        key: the frame, the actor or the referent; `BELOW` stands between the levels of a hierarchy.
        name: one way to name the referent; empty for frames and actors.
        include: patterns that find it.
        exclude: patterns whose matches remove the hits that they overlap.
        conditions: what must, or must not, stand near every hit.
        definition, examples, counterexamples: what a coder reads; examples are checked when a codebook is read.
    """

    kind: str
    key: str
    include: tuple[Pattern, ...]
    name: str = ""
    exclude: tuple[Pattern, ...] = ()
    definition: str = ""
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()

    @property
    def path(self) -> tuple[str, ...]:
        """The categories above the entry, and itself."""
        return tuple(self.key.split(BELOW))

    def conditions_of(self, pattern: Pattern) -> tuple[Condition, ...]:
        """Everything that decides whether a match of one of its patterns is a hit.

        >>> from .patterns import parse_pattern
        >>> orbit = Entry("frame", "spheres", (parse_pattern("orbit"),), exclude=(parse_pattern("into orbit"),))
        >>> [(condition.within, condition.wanted) for condition in orbit.conditions_of(orbit.include[0])]
        [(0, False)]
        """
        barred = (Condition(self.exclude, within=0, wanted=False),) if self.exclude else ()
        return (*barred, *self.conditions, *pattern.conditions)


@dataclass(frozen=True)
class Codebook:
    """Frames, actors and names, in the order of the file.

    A frame is a list of lexical indicators: its counts say how salient a wording is, never whether the writer
    endorses it.

    Attributes:
        frames: by key.
        actors: by key.
        names: by referent, then by name.
        nested_scope: `key`: the longest match wins inside a frame, and frames may overlap; `dictionary`: a match that
            lies within a longer one of another frame is dropped too, as by quanteda's `nested_scope`.
        negation: what makes a hit `negated`.
    """

    frames: Mapping[str, Entry] = field(default_factory=dict)
    actors: Mapping[str, Entry] = field(default_factory=dict)
    names: Mapping[str, Mapping[str, Entry]] = field(default_factory=dict)
    nested_scope: str = "key"
    negation: Negation = Negation()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries: frames, then actors, then the names of each referent."""
        ways = [entry for variants in self.names.values() for entry in variants.values()]
        return (*self.frames.values(), *self.actors.values(), *ways)

    @property
    def weighted(self) -> bool:
        """Whether a pattern of a frame has another weight than 1."""
        return any(pattern.weight != 1 for entry in self.frames.values() for pattern in entry.include)

    def levels(self, *levels: int) -> Codebook:
        """The codebook with its frames at some levels of their hierarchy.

        The key of a frame keeps the categories of these levels; frames whose keys become the same are merged, and
        compete for the same words from then on. A frame of none of these levels is left out. The same as `levels` of
        quanteda's lookup.

        Args:
            levels: 1 = the categories at the top.

        Raises:
            ValueError: no level, one below 1, or none that the frames have.

        >>> from .patterns import parse_pattern
        >>> keys = ["power > spheres", "power > blocs", "trade"]
        >>> book = Codebook({key: Entry("frame", key, (parse_pattern(key[-5:]),)) for key in keys})
        >>> {key: len(entry.include) for key, entry in book.levels(1).frames.items()}
        {'power': 2, 'trade': 1}
        >>> list(book.levels(2).frames)
        ['spheres', 'blocs']
        """
        if not levels or not all(isinstance(level, int) and level > 0 for level in levels):
            raise ValueError(f"levels must be one or more numbers from 1; got {levels}. Write levels(1) for the top.")
        merged: dict[str, list[Entry]] = {}
        for entry in self.frames.values():
            kept = [name for number, name in enumerate(entry.path, start=1) if number in levels]
            if kept:
                merged.setdefault(BELOW.join(kept), []).append(entry)
        if self.frames and not merged:
            deepest = max(len(entry.path) for entry in self.frames.values())
            raise ValueError(f"levels must be some that the frames have, 1 to {deepest}; got {levels}. Choose some.")
        return replace(self, frames={key: _merged(key, entries) for key, entries in merged.items()})

    def __repr__(self) -> str:
        return f"Codebook({len(self.frames)} frames, {len(self.actors)} actors, {len(self.names)} referents)"


def known(codebook: Codebook) -> Codebook:
    """The codebook, if it is one.

    Raises:
        ValueError: it is something else, such as the path of one.
    """
    if isinstance(codebook, Codebook):
        return codebook
    raise ValueError(f"codebook must be one that has been read; got {codebook!r}. Read it: read_codebook(path).")


def _merged(key: str, entries: list[Entry]) -> Entry:
    """One entry of several: what each one excludes or demands goes on to hold for its own patterns only."""
    if len(entries) == 1:
        return replace(entries[0], key=key)
    patterns = [
        replace(pattern, conditions=tuple(sorted(entry.conditions_of(pattern), key=lambda found: not found.wanted)))
        for entry in entries
        for pattern in entry.include
    ]
    examples = _distinct(text for entry in entries for text in entry.examples)
    return Entry("frame", key, _distinct(patterns), examples=examples)


def _distinct(values: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))
