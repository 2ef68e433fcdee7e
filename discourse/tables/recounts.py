"""Counted again: one question's items per document, under each way of counting; every way is worked out once."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
import scipy.sparse as sp

from discourse._errors import choose
from discourse.codebook import Codebook, Entry, Pattern, parse_pattern, search
from discourse.codebook.finds import Found
from discourse.corpus import PROSE, later_copies, repeated_passages
from discourse.counts import Where, conditions, select, term_counts
from discourse.counts.groups import tallied
from discourse.counts.spans import qualifying
from discourse.tokens import Tokens
from discourse.tokens.recast import Lemma, capitals_kept, english_lemma, hyphens_split, lemmatized, whole_words
from discourse.tokens.types import STOP_WORDS

from .flags import Index
from .specifications import Choices

if TYPE_CHECKING:
    from discourse.study import Study

VOICES: Mapping[str, Where] = {"all": {}, "author": {"voice": "author"}}
REPEATED: Mapping[str, Where] = {"in": {}, "out": {"repeated": "no"}}
ZONES: Mapping[str, Where] = {
    "prose": {},
    "body": {"zone": ["body", "list"]},
    "titles too": {"zone": [*PROSE, "title", "caption", "label"]},
}
TELLING = ("hyphens", "case", "lemmas")
LONGEST = 5  # words that a term can have
TOP, EXCLUSIONS = "without top pattern", "without exclusions"


@dataclass(frozen=True, eq=False)
class Recount:
    """Items per document under one way of counting.

    Attributes:
        matrix: documents × items, hits.
        totals: what rates are per, one a document: words, or the mentions of a referent.
        item: the column of the item that is asked about; -1 where this way of counting does not know it.
    """

    matrix: sp.csr_array
    totals: Index
    item: int


class Asked(NamedTuple):
    """What is asked about: a frame, a term, or one name of a referent (the first that has it, if it is empty)."""

    kind: str
    item: str
    referent: str = ""


class Recounts:
    """Counts of one study under all ways of counting, each worked out when it is first asked for.

    Args:
        study: the texts and the codebook.
        lemma: what brings a term to its dictionary form; by default simplemma for English.
    """

    def __init__(self, study: Study, *, lemma: Lemma = english_lemma) -> None:
        self.study = study
        self.lemma = lemma
        self._tokens: dict[tuple[str, ...], Tokens] = {}
        self._found: dict[tuple[str, ...], Found] = {}
        self._recounts: dict[tuple[str, ...], Recount] = {}
        self._words: dict[tuple[str, ...], Index] = {}

    # ── what can be asked ────────────────────────────────────────────────────────────────────────────────────────

    def checked(self, asked: Asked) -> None:
        """Check that the item can be counted.

        Raises:
            ValueError: it is unknown; the message names the nearest.
        """
        known = self._known(asked)
        if asked.item not in known:
            choose("item", asked.item, known if asked.kind != "term" else _near(asked.item, known))

    def _known(self, asked: Asked) -> list[str]:
        book = self.study.codebook
        if asked.kind == "frame":
            return sorted(book.frames)
        if asked.kind == "name":
            return sorted(name for ways in book.names.values() for name in ways)
        return [str(term) for term in term_counts(self.tokens, ngram=_length(asked.item)).items]

    def offered(self, asked: Asked, choices: Choices) -> Choices:
        """The choices less what makes no difference here: to this corpus, or to this kind of item."""
        gone: dict[str, tuple[str, ...]] = {
            name: values for name, values in self._idle.items() if self._differs(name) is False
        }
        return choices.without(**gone, **(_of_terms(asked.item) if asked.kind == "term" else self._of_entries(asked)))

    def _of_entries(self, asked: Asked) -> dict[str, tuple[str, ...]]:
        entry = self._entry(asked)
        idle = {TOP: self._top(entry) is None, EXCLUSIONS: not entry.exclude}
        gone = {"codebook": tuple(name for name, unused in idle.items() if unused)}
        # Shares of a referent's mentions are not per word.
        return gone | ({"stop_words": ("out",)} if asked.kind == "name" else {})

    _idle: Mapping[str, tuple[str, ...]] = {"voices": ("author",), "repeated": ("out",), "zones": ("body",)}

    def _differs(self, name: str) -> bool:
        if name == "repeated":
            return "yes" in self.tokens.values(name)
        if name == "voices":
            return self.tokens.values("voice") != ["author"]
        return bool({"standfirst", "heading"} & set(self.tokens.values("zone")))

    def labels(self, asked: Asked) -> dict[str, str]:
        """How values are written in the table where their own names say too little."""
        top = None if asked.kind == "term" else self._top(self._entry(asked))
        return {} if top is None else {TOP: f"without “{top.text}”"}

    # ── what is counted ──────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def tokens(self) -> Tokens:
        """Tokens with a layer that says which passages repeat earlier ones, and with all layers that are asked for."""
        corpus = self.study.corpus
        tokens = self.study.tokens.with_layer("repeated", later_copies(repeated_passages(corpus)))
        for name in ("zone", "voice", "sentence"):
            tokens.layer(name)  # once for all tellings, which share them
        return tokens

    def told(self, chosen: Mapping[str, str]) -> Tokens:
        """The tokens by the rules for hyphens, capitals and lemmas."""
        key = tuple(chosen[name] for name in TELLING)
        if key not in self._tokens:
            tokens = self.tokens
            if chosen["hyphens"] == "several words":
                tokens = hyphens_split(tokens)
            if chosen["lemmas"] == "on":
                tokens = lemmatized(tokens, self.lemma)
            if chosen["case"] == "kept":
                tokens = capitals_kept(tokens)
            self._tokens[key] = whole_words(tokens) if chosen["hyphens"] == "whole words only" else tokens
        return self._tokens[key]

    def recount(self, asked: Asked, chosen: Mapping[str, str]) -> Recount:
        """The items of a kind per document under one specification, all but its measure and what is left out."""
        own = f"{asked.item}\t{asked.referent}" if asked.kind != "frame" else ""
        names = [*TELLING, "voices", "repeated", "zones", "stop_words", "codebook"]
        key = (asked.kind, own, *(chosen[name] for name in names))
        if key not in self._recounts:
            self._recounts[key] = self._counted(asked, chosen)
        found = self._recounts[key]
        if asked.kind == "frame":
            return replace(found, item=sorted(self.study.codebook.frames).index(asked.item))
        return found

    def _counted(self, asked: Asked, chosen: Mapping[str, str]) -> Recount:
        tokens = self.told(chosen)
        where = {**VOICES[chosen["voices"]], **REPEATED[chosen["repeated"]], **ZONES[chosen["zones"]]}
        if asked.kind == "term":
            return self._terms(asked.item, chosen, where)
        found = self._hits(chosen, asked.kind)
        kept = qualifying(tokens, found.spans.first, found.spans.last, conditions(tokens, where))
        items = self._items(asked)
        place = {item: number for number, item in enumerate(items)}
        numbers = [place.get((e.key, e.name), -1) if e.kind == asked.kind else -1 for e in self.study.codebook.entries]
        code = np.array(numbers, np.int64)[found.entry[kept]]
        inside = code >= 0
        document = tokens.documents_of(found.spans.first[kept])
        matrix = tallied(document[inside], code[inside], (len(tokens.documents), len(items)))
        if asked.kind == "name":
            own = [name for _, name in items].index(asked.item)
            return Recount(matrix, np.asarray(matrix.sum(axis=1)), own)
        return Recount(matrix, self._total(chosen, where), -1)

    def _items(self, asked: Asked) -> list[tuple[str, str]]:
        book = self.study.codebook
        if asked.kind == "frame":
            return [(frame, "") for frame in sorted(book.frames)]
        referent = self._entry(asked).key
        return [(referent, name) for name in book.names[referent]]

    def _entry(self, asked: Asked) -> Entry:
        book = self.study.codebook
        if asked.kind == "frame":
            return book.frames[asked.item]
        if asked.referent:
            return book.names[asked.referent][asked.item]
        return next(ways[asked.item] for _, ways in sorted(book.names.items()) if asked.item in ways)

    def _total(self, chosen: Mapping[str, str], where: Where) -> Index:
        """The words of each document that rates are per."""
        key = tuple(chosen[name] for name in (*TELLING, "voices", "repeated", "zones", "stop_words"))
        if key not in self._words:
            tokens = self.told(chosen)
            words = tokens.types["is_word"].to_numpy()
            if chosen["stop_words"] == "out":
                words = words & ~tokens.types["is_stop"].to_numpy()
            at = np.flatnonzero(select(tokens, where) & words[tokens.ids])
            self._words[key] = np.bincount(tokens.documents_of(at), minlength=len(tokens.documents))
        return self._words[key]

    # ── frames and names ─────────────────────────────────────────────────────────────────────────────────────────

    def _hits(self, chosen: Mapping[str, str], kind: str) -> Found:
        key = (kind, *(chosen[name] for name in (*TELLING, "codebook")))
        if key not in self._found:
            book = self._codebook(kind, chosen["codebook"], cased=chosen["case"] == "kept")
            self._found[key] = search(self.told(chosen), book, kinds=(kind,))
        return self._found[key]

    def _codebook(self, kind: str, variant: str, *, cased: bool) -> Codebook:
        """The codebook with its entries of a kind as a choice has them; they stay in their order."""
        book = self.study.codebook
        if kind == "frame":
            frames = {key: self._as_chosen(entry, variant, cased) for key, entry in book.frames.items()}
            return replace(book, frames=frames)
        names = {
            key: {name: self._as_chosen(entry, variant, cased) for name, entry in ways.items()}
            for key, ways in book.names.items()
        }
        return replace(book, names=names)

    def _as_chosen(self, entry: Entry, variant: str, cased: bool) -> Entry:
        top = self._top(entry) if variant == TOP else None
        include = tuple(pattern for pattern in entry.include if pattern is not top)
        exclude = () if variant == EXCLUSIONS else entry.exclude
        if cased:
            include, exclude = (tuple(map(_cased, own)) for own in (include, exclude))
        return replace(entry, include=include, exclude=exclude)

    def _top(self, entry: Entry) -> Pattern | None:
        """The pattern of an entry with most hits as the texts stand; None where it is the only one with any."""
        hits = self._pattern_hits(entry.kind)[entry.key, entry.name]
        if np.count_nonzero(hits) < 2:
            return None
        return entry.include[int(np.argmax(hits))]

    def _pattern_hits(self, kind: str) -> dict[tuple[str, str], list[int]]:
        """How many hits each pattern of each entry of a kind has."""
        if kind not in self._tops:
            entries = [entry for entry in self.study.codebook.entries if entry.kind == kind]
            first = {"hyphens": "one word", "case": "folded", "lemmas": "off", "codebook": "whole"}
            number = np.bincount(self._hits(first, kind).spans.key, minlength=sum(len(e.include) for e in entries))
            ends = np.cumsum([len(entry.include) for entry in entries])
            parts = np.split(number, ends[:-1]) if entries else []
            self._tops[kind] = {(e.key, e.name): own.tolist() for e, own in zip(entries, parts, strict=True)}
        return self._tops[kind]

    @cached_property
    def _tops(self) -> dict[str, dict[tuple[str, str], list[int]]]:
        return {}

    # ── terms ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _terms(self, item: str, chosen: Mapping[str, str], where: Where) -> Recount:
        sought = self._spelled(item, chosen)
        counts = term_counts(self.told(chosen), ngram=_length(sought), where=where)
        place = int(counts.items.get_indexer(pd.Index([sought]))[0])
        return Recount(counts.matrix, self._total(chosen, where), place)

    def _spelled(self, item: str, chosen: Mapping[str, str]) -> str:
        """How the item is written under the rules for hyphens, capitals and lemmas."""
        if chosen["hyphens"] == "several words":
            item = item.replace("-", " ")
        if chosen["lemmas"] == "on":
            item = " ".join(map(self.lemma, item.split()))
        if chosen["case"] == "folded":
            return item
        counts = term_counts(self.told(chosen), ngram=_length(item))
        alike = np.flatnonzero(counts.items.str.lower() == item.lower())
        number = np.asarray(counts.matrix[:, alike].sum(axis=0))
        return str(counts.items[alike[int(np.argmax(number))]]) if len(alike) else item


def _of_terms(item: str) -> dict[str, tuple[str, ...]]:
    """What makes no difference to a term, or cannot be asked of it."""
    split = _length(item.replace("-", " ")) > LONGEST
    gone = {"hyphens": ("whole words only", *(["several words"] if split else [])), "codebook": (TOP, EXCLUSIONS)}
    return gone | ({} if STOP_WORDS.isdisjoint(item.split()) else {"stop_words": ("out",)})


def _length(item: str) -> int:
    return len(item.split())


def _cased(pattern: Pattern) -> Pattern:
    return pattern if pattern.cased else parse_pattern(f"={pattern.text}")


def _near(item: str, known: list[str]) -> list[str]:
    """The few terms of a large vocabulary that an error should name."""
    return difflib.get_close_matches(item, known, n=5, cutoff=0) or ["(no terms)"]
