"""Which hits there are in one part of a corpus: where they stand, what each stands for, whether it counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from discourse.codebook import Codebook, Found, Pattern, parse_pattern, search, search_patterns
from discourse.codebook.finds import refuse_slots
from discourse.codebook.matcher import Matcher
from discourse.codebook.patterns import Element
from discourse.tokens import Tokens
from discourse.tokens.types import is_word

from .selection import Conditions, Index, Mask, among, labels, select_documents

Patterns = Codebook | Sequence[str] | str
CODEBOOKS = (".yaml", ".yml", ".dic", ".dicx", ".ykd", ".lcd", ".cat", ".lc3")
Strings: TypeAlias = pa.LargeStringArray


@dataclass(frozen=True, eq=False)
class Marked:
    """Hits in one part of a corpus, in the order of the text.

    Attributes:
        first, last: token positions; `last` is the last token itself.
        keys: what each stands for: columns of the table of hits that are not empty throughout.
    """

    first: Index
    last: Index
    keys: Mapping[str, Strings]

    def __len__(self) -> int:
        return len(self.first)

    def take(self, chosen: Index) -> Marked:
        """Some of the hits."""
        keys = {name: key.take(pa.array(chosen)) for name, key in self.keys.items()}
        return Marked(self.first[chosen], self.last[chosen], keys)


def wanted(patterns: Patterns) -> Codebook | tuple[str, ...]:
    """What is looked for, checked: parts of a corpus need not ask again.

    Raises:
        ValueError: a mapping, the path of a codebook, a regular expression, a pattern that cannot be read, or a slot
            where there is no codebook.

    >>> wanted(["war", "war"])
    ('war',)
    """
    if isinstance(patterns, Codebook):
        return patterns
    if isinstance(patterns, Mapping):
        raise ValueError(
            "patterns must be a pattern, several, or a codebook; got a mapping. Write it as a codebook file, and read "
            "that: read_codebook(path)."
        )
    if not isinstance(patterns, str | Iterable):
        raise ValueError(f"patterns must be a pattern, several, or a codebook; got {patterns!r}. Write 'war*'.")
    texts = tuple(dict.fromkeys([patterns] if isinstance(patterns, str) else patterns))
    for text in texts:
        if not isinstance(text, str) or text.lower().endswith(CODEBOOKS):
            raise ValueError(f"patterns must be strings; got {text!r}. Read a codebook first: read_codebook(path).")
    refuse_slots([parse_pattern(text) for text in texts])
    return texts


def marked(tokens: Tokens, patterns: Codebook | tuple[str, ...], where: Conditions) -> Marked:
    """The hits of a codebook or of patterns all words of which qualify.

    >>> import pandas as pd
    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["No “war”, no war."]})))
    >>> marked(tokens, ("war",), Conditions(voice=["author"])).first.tolist()
    [6]
    """
    if isinstance(patterns, Codebook):
        found = search(tokens, patterns)
        kept = qualifying(tokens, found.spans.first, found.spans.last, where)
        keys = _codebook_keys(patterns, found, kept)
    else:
        found = search_patterns(tokens, [parse_pattern(text) for text in patterns])
        kept = qualifying(tokens, found.spans.first, found.spans.last, where)
        keys = {"kind": repeated("pattern", len(kept)), "pattern": _picked(patterns, found.entry[kept])}
    return Marked(found.spans.first[kept], found.spans.last[kept], keys)


def marked_terms(tokens: Tokens, terms: Sequence[str], where: Conditions) -> Marked:
    """The occurrences of terms all words of which qualify; those of sequences may overlap.

    >>> import pandas as pd
    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["No war, no war."]})))
    >>> marked_terms(tokens, ["no war", "war"], Conditions()).keys["term"].to_pylist()
    ['no war', 'war', 'no war', 'war']
    """
    # A term is a pattern without wildcards, of which every token is a word.
    sought = [
        Pattern(term, (tuple(Element((word,)) for word in words),) if all(map(is_word, words)) else ())
        for term, words in ((term, term.split(" ")) for term in terms)
    ]
    spans = Matcher(tokens, parts=False).find(sought)
    spans = spans.take(np.lexsort([spans.last, spans.first]))
    kept = qualifying(tokens, spans.first, spans.last, where)
    keys = {"kind": repeated("term", len(kept)), "term": _picked(terms, spans.key[kept])}
    return Marked(spans.first[kept], spans.last[kept], keys)


def _codebook_keys(codebook: Codebook, found: Found, kept: Index) -> dict[str, Strings]:
    """What each hit stands for, and the actors bound in it."""
    entries, entry, spans = codebook.entries, found.entry[kept], found.spans
    keys = {"kind": _picked([own.kind for own in entries], entry)}
    for kind, column in (("frame", "frame"), ("actor", "actor"), ("name", "referent")):
        keys[column] = _picked([own.key if own.kind == kind else "" for own in entries], entry)
    keys["name"] = _picked([own.name for own in entries], entry)
    keys["pattern"] = _picked([pattern.text for pattern in found.patterns], spans.key[kept])
    actors = ["", *codebook.actors]  # -1 is no actor
    bound = {"agent": spans.agent, "target": spans.target}
    return keys | {role: _picked(actors, actor[kept] + 1) for role, actor in bound.items()}


def _picked(values: Iterable[str], which: Index) -> Strings:
    return pa.array(list(values), pa.large_string()).take(pa.array(which))


def repeated(value: str, size: int) -> Strings:
    """The same string, so many times.

    >>> repeated("war", 2).to_pylist()
    ['war', 'war']
    """
    text = value.encode()  # written at once: Arrow repeats one by one
    places = np.arange(size + 1)
    places *= len(text)
    return pa.LargeStringArray.from_buffers(size, pa.py_buffer(places), pa.py_buffer(text * size))


def qualifying(tokens: Tokens, first: Index, last: Index, where: Conditions) -> Index:
    """Which spans have only words that qualify (what is no word does not matter, unless the span begins with it).

    >>> import pandas as pd
    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["War “and” peace"]})))
    >>> qualifying(tokens, np.array([0, 0]), np.array([0, 4]), Conditions(voice=["author"])).tolist()
    [0]
    """
    kept = np.arange(len(first))
    if any(name not in tokens.layers for name in where):
        kept = kept[select_documents(tokens, where)[tokens.documents_of(first)]]
    for name, values in where.items():
        if name in tokens.layers and len(kept) and not _is_everywhere(tokens, name, values):
            kept = kept[_has_throughout(tokens, name, values, first[kept], last[kept])]
    return kept


def _is_everywhere(tokens: Tokens, name: str, values: list[str]) -> bool:
    """Whether a layer is known to have no other values."""
    own = tokens.layer(name).values if tokens.knows(name) else None
    return own is not None and set(own) <= set(values)


def _has_throughout(tokens: Tokens, name: str, values: list[str], first: Index, last: Index) -> Mask:
    """Whether the first token of each span, and every word in it, has one of the values of a layer."""
    good = _has(tokens, name, values, first)
    longer = np.flatnonzero(good & (first < last))
    if tokens.knows(name):
        runs = tokens.layer(name).runs
        longer = longer[runs(first[longer]) != runs(last[longer])]
    size = last[longer] - first[longer]
    row = np.repeat(longer, size)
    at = first[row] + 1 + np.arange(len(row)) - np.repeat(np.cumsum(size) - size, size)
    barred = tokens.type_is_word[tokens.ids_at(at)] & ~_has(tokens, name, values, at)
    good[row[barred]] = False
    return good


def _has(tokens: Tokens, name: str, values: list[str], at: Index) -> Mask:
    """Whether tokens have one of the values of a layer; voices are looked for only where they are asked for."""
    if not tokens.knows(name):
        sought = pa.array(values, pa.large_string())
        found: Mask = pc.is_in(tokens.voices_at(name, at), value_set=sought).to_numpy(zero_copy_only=False)
        return found
    layer = tokens.layer(name)
    codes = layer.codes_at(at)
    there = np.flatnonzero(np.bincount(codes)).astype(np.int32)
    good = np.zeros(int(codes.max(initial=0)) + 1, bool)
    good[there] = among(labels(layer.decode(there)), values)
    return good[codes]
