"""The declared grid: which choices a question can be asked under, and which of them are made together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from itertools import combinations, product
from typing import Any

from discourse._errors import choose

COMPARING = ("pooled", "mean of documents", "documents with it")
RANKING = ("log_ratio", "log_likelihood", "log_odds_z", "simple_maths", "frequency")
LEFT_OUT = "left_out"

# Every choice with what it can be; the first of each is what the tables of the package do by themselves.
KNOWN: Mapping[str, tuple[str, ...]] = {
    "voices": ("all", "author"),
    "zones": ("prose", "body", "titles too"),
    "repeated": ("in", "out"),
    "hyphens": ("one word", "whole words only", "several words"),
    "case": ("folded", "kept"),
    "lemmas": ("off", "on"),
    "stop_words": ("in", "out"),
    "codebook": ("whole", "without top pattern", "without exclusions"),
    "measure": (*COMPARING, *RANKING),
    "min_count": ("1", "3", "5"),
}
# Capitals and lemmas are two answers to one question: what a word form is counted as.
APART = ({("case", "kept"), ("lemmas", "on")},)


@dataclass(frozen=True)
class Choices:
    """What a question is asked under, declared before the answers are seen.

    The first value of each choice makes the specification that all others depart from.

    Attributes:
        voices: `all`, or the `author`'s own words only.
        zones: `prose`, the `body` alone (no standfirst, no headings), or `titles too` (and captions and labels).
        repeated: later copies of passages `in` or `out`.
        hyphens: a hyphenated word is `one word`; patterns find `whole words only`; or it is `several words`.
        case: `folded`, or `kept`: patterns with their capitals, terms in their most frequent spelling.
        lemmas: `off`, or `on` (English, by simplemma): words and patterns by dictionary forms.
        stop_words: `in` or `out` of the words that rates are per.
        codebook: `whole`, `without top pattern` (the one with most hits), or `without exclusions`.
        measure: of comparisons the rate of all words (`pooled`), the `mean of documents`, or the share of `documents
            with it`; of ranks `log_ratio, log_likelihood, log_odds_z, simple_maths` or `frequency`.
        min_count: hits of all groups together, below which nothing is said.
        documents: how many documents are left out in turn at the most: all, or those with most hits.
        together: how many choices may depart from the first values at once; 0: all of them.

    >>> Choices(voices=("author",)).voices
    ('author',)
    """

    voices: tuple[str, ...] = KNOWN["voices"]
    zones: tuple[str, ...] = KNOWN["zones"]
    repeated: tuple[str, ...] = KNOWN["repeated"]
    hyphens: tuple[str, ...] = KNOWN["hyphens"]
    case: tuple[str, ...] = KNOWN["case"]
    lemmas: tuple[str, ...] = KNOWN["lemmas"]
    stop_words: tuple[str, ...] = KNOWN["stop_words"]
    codebook: tuple[str, ...] = KNOWN["codebook"]
    measure: tuple[str, ...] = KNOWN["measure"]
    min_count: tuple[str, ...] = KNOWN["min_count"]
    documents: int = 50
    together: int = 2

    def __post_init__(self) -> None:
        """Check every value.

        Raises:
            ValueError: a choice has no value, or one that there is not.
        """
        for name, known in KNOWN.items():
            for value in getattr(self, name):
                choose(name, value, known)
            if not getattr(self, name):
                raise ValueError(f"{name} must have one value at least; got none. Give ({known[0]!r},) for no choice.")
        for name in ("documents", "together"):
            if getattr(self, name) < 0:
                raise ValueError(f"{name} must not be negative; got {getattr(self, name)}. Give 0 or more.")

    def without(self, **values: tuple[str, ...]) -> Choices:
        """The choices less some values; a choice always keeps its first.

        >>> Choices().without(hyphens=("whole words only",)).hyphens
        ('one word', 'several words')
        """
        kept = {name: tuple(v for v in getattr(self, name) if v not in gone) for name, gone in values.items()}
        changed: dict[str, Any] = {name: own or getattr(self, name)[:1] for name, own in kept.items()}
        return replace(self, **changed)

    def beginning_with(self, name: str, value: str) -> Choices:
        """The choices with one value first, if there is such a value: all others then depart from it.

        >>> Choices().beginning_with("min_count", "3").min_count
        ('3', '1', '5')
        """
        own: tuple[str, ...] = getattr(self, name)
        changed: dict[str, Any] = {name: (value, *(other for other in own if other != value))}
        return replace(self, **changed) if value in own else self

    def values(self) -> dict[str, tuple[str, ...]]:
        """The values of each choice, without the documents that are left out."""
        return {field.name: getattr(self, field.name) for field in fields(self) if field.name in KNOWN}


def specifications(values: Mapping[str, tuple[str, ...]], together: int) -> Iterator[dict[str, str]]:
    """Every specification: first all first values, then those with one other, then those with two, ….

    Args:
        values: of each choice; the first is where it departs from.
        together: how many may depart at once; 0: all.

    >>> [list(own.values()) for own in specifications({"voices": ("all", "author"), "case": ("folded", "kept")}, 1)]
    [['all', 'folded'], ['author', 'folded'], ['all', 'kept']]
    """
    first = {name: own[0] for name, own in values.items()}
    for number in range((together or len(values)) + 1):
        for names in combinations(values, number):
            for others in product(*(values[name][1:] for name in names)):
                chosen = first | dict(zip(names, others, strict=True))
                if not any(pair <= set(chosen.items()) for pair in APART):
                    yield chosen


