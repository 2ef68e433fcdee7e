"""Frames, actors and names: what a codebook lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .patterns import Pattern

KINDS = ("frame", "actor", "name")


@dataclass(frozen=True)
class Entry:
    """One thing to look for.

    Attributes:
        kind: frame, actor or name.
        key: the frame, the actor or the referent.
        name: one way to name the referent; empty for frames and actors.
        include: patterns that find it.
        exclude: patterns whose matches remove the hits that they overlap.
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


@dataclass(frozen=True)
class Codebook:
    """Frames, actors and names, in the order of the file.

    A frame is a list of lexical indicators: its counts say how salient a wording is, never whether the writer
    endorses it.
    """

    frames: Mapping[str, Entry] = field(default_factory=dict)
    actors: Mapping[str, Entry] = field(default_factory=dict)
    names: Mapping[str, Mapping[str, Entry]] = field(default_factory=dict)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries: frames, then actors, then the names of each referent."""
        ways = [entry for variants in self.names.values() for entry in variants.values()]
        return (*self.frames.values(), *self.actors.values(), *ways)

    def __repr__(self) -> str:
        return f"Codebook({len(self.frames)} frames, {len(self.actors)} actors, {len(self.names)} referents)"
