"""A codebook applied to a corpus: exclusions, competition inside a frame, a referent or an actor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from discourse.tokens import Tokens
from discourse.tokens.neighbours import token_beside

from .conditions import fulfilled
from .entries import KINDS, Codebook, Entry
from .matcher import Matcher
from .nesting import longest_of_all
from .patterns import Pattern
from .slots import are, names_another
from .spans import Index, Spans, beaten, in_order, longest, ramp


@dataclass(frozen=True, eq=False)
class Found:
    """Occurrences in the order of the text.

    Attributes:
        spans: first and last token, and actors bound; `key` is the index into `patterns`.
        owner: the index of the entry (into `Codebook.entries`) that each pattern belongs to.
        patterns: the patterns looked for.
    """

    spans: Spans
    owner: Index
    patterns: tuple[Pattern, ...]

    @cached_property
    def entry(self) -> Index:
        """The index of the entry that each occurrence belongs to."""
        return self.owner.take(self.spans.key)


def search(tokens: Tokens, codebook: Codebook, *, kinds: Sequence[str] = KINDS, ordered: bool = True) -> Found:
    """Find the entries of a codebook.

    Inside a frame, an actor or a referent the longest match wins, then the leftmost. Different frames may overlap; with
    the `nested_scope` `dictionary` a match within a longer one of another frame is dropped. What `exclude` overlaps, or
    `near` and `not_near` refuse, is removed before that.

    A long name followed by its short form in brackets is one mention.

    Args:
        tokens: the corpus.
        codebook: frames, actors and names.
        kinds: which of them to look for.
        ordered: whether what is found must be in the order of the text; who only counts is answered earlier.

    >>> import pandas as pd
    >>> from discourse.codebook.patterns import parse_pattern
    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> patterns = (parse_pattern("sphere of influence"), parse_pattern("influence"))
    >>> book = Codebook(frames={"spheres": Entry("frame", "spheres", patterns)})
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["A sphere of influence; influence."]})))
    >>> found = search(tokens, book)
    >>> [(found.patterns[key].text, int(at)) for key, at in zip(found.spans.key, found.spans.first)]
    [('sphere of influence', 1), ('influence', 5)]
    """
    listed = [(i, entry) for i, entry in enumerate(codebook.entries) if entry.kind in kinds]
    patterns = tuple(pattern for _, entry in listed for pattern in entry.include)
    slotted = any(pattern.slotted for _, entry in listed for pattern in _all_patterns(entry))
    matcher = Matcher(tokens, _actors(tokens, codebook) if slotted else None, negators=codebook.negation.words)
    competitors = _competitors(codebook)
    across = codebook.nested_scope == "dictionary"
    free = not across and not any(entry.conditions_of(pattern) for _, entry in listed for pattern in entry.include)
    spans, owner = _allowed(matcher, listed, competitors if free else None)
    rivals, seen = competitors.take(owner), _without_marks(tokens, spans)
    if across:
        spans = spans.take(_best(seen, rivals.take(spans.key), _of_kind(codebook, "frame", owner.take(spans.key))))
    elif ordered or not free:
        spans = spans.take(longest(seen, rivals.take(spans.key)))
    elif len(lost := beaten(seen, rivals)):
        spans = spans.take(np.delete(np.arange(len(spans)), lost))
    names = _of_kind(codebook, "name", owner.take(spans.key)) if "name" in kinds else np.empty(0, np.int64)
    if len(names):
        whole = np.ones(len(spans), bool)
        whole[names] = ~_in_brackets(tokens, spans.take(names), rivals.take(spans.key[names]))
        spans = spans.take(whole)
    return Found(spans, owner, patterns)


def _without_marks(tokens: Tokens, spans: Spans) -> Spans:
    """Where matches would stand if there were no quotation marks: these are transparent, and make none longer.

    >>> import pandas as pd
    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["The “near” abroad"]})))
    >>> spans = Spans(*(np.array([value]) for value in (2, 4, 0, -1, -1)))
    >>> _without_marks(tokens, spans).first.tolist(), _without_marks(tokens, spans).last.tolist()
    ([1], [2])
    """
    long = np.flatnonzero(spans.first < spans.last)
    if not len(long):
        return spans
    within = ramp(spans.first[long], spans.last[long] - spans.first[long] + 1)
    if not tokens.type_is_mark.take(tokens.ids_at(within)).any():
        return spans
    marks = tokens.positions_of(np.flatnonzero(tokens.type_is_mark))
    first, last = (edge - np.searchsorted(marks, edge) for edge in (spans.first, spans.last))
    return replace(spans, first=first, last=last)


def _all_patterns(entry: Entry) -> Iterator[Pattern]:
    """The patterns of an entry and of all its conditions."""
    for pattern in entry.include:
        yield pattern
        yield from (other for condition in entry.conditions_of(pattern) for other in condition.patterns)


def _actors(tokens: Tokens, codebook: Codebook) -> Spans:
    """Where the actors stand that slots stand for; `key` is the number of the actor.

    What only a part of a word with a hyphen names may be somebody else: *anti-Russian*.
    """
    spans, owner = _allowed(Matcher(tokens), list(enumerate(codebook.actors.values())))
    whole = np.array(["-" in pattern.text for entry in codebook.actors.values() for pattern in entry.include], bool)
    meant = np.flatnonzero(whole[spans.key] | ~are(tokens, spans.first, names_another))
    return replace(spans, key=owner.take(spans.key)).take(meant)


def _allowed(
    matcher: Matcher, listed: list[tuple[int, Entry]], competitors: Index | None = None
) -> tuple[Spans, Index]:
    """The matches of entries that meet their conditions, and the number of each pattern's entry.

    Where `competitors` are given, of entries with the same number the first gets a word that is found for several.
    """
    owner = np.array([i for i, entry in listed for _ in entry.include], np.int64)
    group = None if competitors is None else competitors.take(owner)
    spans = matcher.find([pattern for _, entry in listed for pattern in entry.include], group)
    demands = [entry.conditions_of(pattern) for _, entry in listed for pattern in entry.include]
    if any(demands):
        spans = spans.take(fulfilled(matcher, spans, demands))
    return spans, owner


def _competitors(codebook: Codebook) -> Index:
    """One number an entry: entries with the same number compete for the same words."""
    numbers: dict[tuple[str, str], int] = {}
    return np.array([numbers.setdefault((e.kind, e.key), len(numbers)) for e in codebook.entries], np.int64)


def _of_kind(codebook: Codebook, kind: str, owner: Index) -> Index:
    """Which matches, given by the numbers of their entries, are of one kind."""
    of_kind = np.array([entry.kind == kind for entry in codebook.entries], bool)
    return np.flatnonzero(of_kind[owner]) if of_kind.any() else np.empty(0, np.int64)


def _best(spans: Spans, group: Index, across: Index) -> Index:
    """The matches that win: some across groups, the others within theirs; in the order of the text."""
    sides = [(longest, np.delete(np.arange(len(spans)), across)), (longest_of_all, across)]
    kept = np.concatenate([some[best(spans.take(some), group[some])] for best, some in sides])
    return kept[in_order(spans.first[kept], spans.last[kept] - spans.first[kept], group[kept])]


def _in_brackets(tokens: Tokens, spans: Spans, group: Index) -> NDArray[np.bool_]:
    """Which occurrences only repeat, in brackets, the one of their group right before: “long name” (LN)."""
    out = np.zeros(len(spans), bool)
    order = np.lexsort([spans.first, group])
    last, again = order[:-1], order[1:]
    opening = token_beside(tokens, spans.last[last], 1)
    near = np.flatnonzero((group[last] == group[again]) & (opening < spans.first[again]) & _is(tokens, "(", opening))
    again, opening = again[near], opening[near]
    follows = token_beside(tokens, opening, 1) == spans.first[again]
    follows &= tokens.documents_of(spans.last[last[near]]) == tokens.documents_of(opening)
    out[again] = follows & _is(tokens, ")", token_beside(tokens, spans.last[again], 1))
    return out


def _is(tokens: Tokens, term: str, at: Index) -> NDArray[np.bool_]:
    """Whether a term stands at tokens; outside the corpus stands none."""
    there = at < len(tokens)
    return there & np.isin(tokens.ids_at(np.where(there, at, 0)), tokens.vocabulary.match(term))


def search_patterns(tokens: Tokens, patterns: Sequence[Pattern], *, parts: bool = True) -> Found:
    """Find patterns that stand for themselves; each is its own entry and competes with itself only.

    Args:
        tokens: the corpus.
        patterns: what to look for.
        parts: whether a pattern of one word is found in a part of a hyphenated token too.

    Raises:
        ValueError: a pattern has a slot, but there are no actors without a codebook.

    >>> import pandas as pd
    >>> from discourse.codebook.patterns import parse_pattern
    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["A multi-vector policy, a “vector”."]})))
    >>> search_patterns(tokens, [parse_pattern("vector")]).spans.first.tolist()
    [1, 6]
    """
    refuse_slots(patterns)
    spans = Matcher(tokens, parts=parts).find(patterns)
    spans = spans.take(longest(_without_marks(tokens, spans), spans.key))
    return Found(spans, np.arange(len(patterns)), tuple(patterns))


def refuse_slots(patterns: Sequence[Pattern]) -> None:
    """Refuse patterns that only a codebook can find.

    Raises:
        ValueError: a pattern has a slot, but there are no actors without a codebook.
    """
    slotted = [pattern.text for pattern in patterns if pattern.slotted]
    if slotted:
        raise ValueError(
            f"A pattern must have no slot where no codebook lists actors; got {slotted[0]!r}. Name the actor itself."
        )
