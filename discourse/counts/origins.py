"""Origins: how counts were made, as far as it decides whether they can be added."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from discourse._errors import listed
from discourse.codebook import Codebook, Entry

KEEP_APART = "Count both with the same one, or keep them apart."


@dataclass(frozen=True)
class Origin:
    """How counts were made.

    Documents are no part of it: counts of some outlets and counts of others add up.

    Attributes:
        ngram: words of a term; 1 also for what is no term.
        layers: the values that count of each layer that `where` names.
        sought: what was looked for: entries without what only coders read.
        scope: see `Codebook.nested_scope`; empty without a codebook.
    """

    ngram: int = 1
    layers: tuple[tuple[str, tuple[str, ...]], ...] = ()
    sought: tuple[Entry, ...] = ()
    scope: str = ""

    @classmethod
    def of_codebook(cls, codebook: Codebook, kind: str) -> Origin:
        """The origin of counts of what a codebook lists of one kind."""
        return cls(sought=_sought(codebook, kind), scope=codebook.nested_scope)

    def where(self, layers: Iterable[str], conditions: Mapping[str, Sequence[str]]) -> Origin:
        """The same, of what `where` selects by its layers."""
        named = sorted(set(layers).intersection(conditions))
        return replace(self, layers=tuple((name, tuple(sorted(conditions[name]))) for name in named))


def _sought(codebook: Codebook, kind: str) -> tuple[Entry, ...]:
    """The entries of one kind, and the actors where patterns have places for them."""
    slotted = any(pattern.slotted for entry in codebook.frames.values() for pattern in entry.include)
    kinds = (kind, "actor") if kind == "frame" and slotted else (kind,)
    own = (entry for entry in codebook.entries if entry.kind in kinds)
    return tuple(map(_bare, own))


def _bare(entry: Entry) -> Entry:
    """An entry without what only coders read."""
    if not (entry.definition or entry.examples or entry.counterexamples):
        return entry
    return replace(entry, definition="", examples=(), counterexamples=())


def check_same(one: Origin, other: Origin) -> None:
    """Refuse to add counts that were made in different ways: their sum would be a number of nothing.

    Raises:
        ValueError: they are of different lengths, of different values of a layer, or of different codebooks.

    >>> check_same(Origin(ngram=1), Origin(ngram=2))
    Traceback (most recent call last):
    ValueError: Counts can be added when their terms have as many words; got ngram=1 and ngram=2. Count both with \
the same one, or keep them apart.
    """
    if one.ngram != other.ngram:
        raise ValueError(
            f"Counts can be added when their terms have as many words; got ngram={one.ngram} and ngram={other.ngram}. "
            f"{KEEP_APART}"
        )
    if one.layers != other.layers:
        name, _ = sorted(set(one.layers).symmetric_difference(other.layers))[0]
        raise ValueError(
            f"Counts can be added when `where` names the same values of {name} for both; got {_values(one, name)} and "
            f"{_values(other, name)}. Name them all in one `where`, or keep the counts apart."
        )
    if (one.scope, set(one.sought)) != (other.scope, set(other.sought)):
        what = sorted({entry.key for entry in set(one.sought).symmetric_difference(other.sought)})
        differ = f"they differ in {listed(what[:3])}" if what else "they differ in nested_scope"
        raise ValueError(f"Counts can be added when one codebook finds both; {differ}. {KEEP_APART}")


def _values(origin: Origin, name: str) -> str:
    return listed(dict(origin.layers)[name]) if name in dict(origin.layers) else "any"
