"""Tokens told otherwise: the same texts by another rule for hyphens, capitals or inflection, without scanning again.

Each rule is decided once per type. What holds for stretches of tokens (zones, voices, sentences) is carried over.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd
import pyarrow as pa

from .layers import Index, Layer
from .store import Tokens
from .types import trim, type_table
from .vocabulary import Spellings, Vocabulary

_HYPHEN, _PART = re.compile("[-‐‑]"), re.compile("[^-‐‑]+")
Lemma = Callable[[str], str]


@dataclass(frozen=True, eq=False, repr=False)
class Recast(Tokens):
    """Tokens whose words patterns find by other spellings.

    Attributes:
        spellings: those that patterns are compared with; None: those of the types.
    """

    spellings: Vocabulary | None = None

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The types by the spellings that patterns find."""
        return Vocabulary.of(self.types) if self.spellings is None else self.spellings


def _recast(tokens: Tokens, types: pd.DataFrame, spellings: Vocabulary | None) -> Recast:
    places = tokens.corpus, tokens.ids, tokens.starts, tokens.doc_offsets
    return Recast(*places, types, tokens.extra, tokens._computed, tokens.supplied, spellings)


def whole_words(tokens: Tokens) -> Tokens:
    """Tokens in which a pattern of one word finds whole words only, no part of a hyphenated one.

    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["Turkish-Russian ties"]})))
    >>> [own.vocabulary.match("russian", parts=True).tolist() for own in (tokens, whole_words(tokens))]
    [[0], []]
    """
    return _recast(tokens, tokens.types, _without_parts(tokens.vocabulary))


def _without_parts(known: Vocabulary) -> Vocabulary:
    none = Spellings(pa.array([], pa.large_string()), np.empty(0, np.int32))
    return Vocabulary(known.whole, none, lambda: Vocabulary(known.in_capitals.whole, none))


def capitals_kept(tokens: Tokens) -> Tokens:
    """Tokens that are counted in their own capitals.

    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> capitals_kept(tokenize(Corpus.from_frame(pd.DataFrame({"text": ["War, war."]})))).terms.tolist()
    ['War', 'war']
    """
    terms = pd.array([trim(token) for token in tokens.types["token"]], dtype="str")
    return _recast(tokens, tokens.types.assign(term=terms), tokens.vocabulary)


def english_lemma(term: str) -> str:
    """The dictionary form of an English word, by simplemma.

    >>> english_lemma("wars"), english_lemma("US")
    ('war', 'US')
    """
    from simplemma import lemmatize

    # Words that keep their capitals when folded are acronyms, and have no other form.
    return str(lemmatize(term, lang="en")) if term.islower() else term


def lemmatized(tokens: Tokens, lemma: Lemma) -> Tokens:
    """Tokens that are counted by their lemmas; a pattern finds a word by its term or by its lemma.

    Args:
        tokens: the corpus.
        lemma: gives the lemma of a term; asked once per type.

    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["Orbits of war, orbit"]})))
    >>> lemmatized(tokens, lambda term: term.removesuffix("s")).terms.tolist()
    ['of', 'orbit', 'war']
    """
    words = zip(tokens.types["term"], tokens.type_is_word, strict=True)
    types = tokens.types.assign(term=pd.array([lemma(term) if is_word else term for term, is_word in words], "str"))
    both = Vocabulary.of(pd.concat([tokens.types, types], ignore_index=True))
    size = len(types)
    whole, parts = (replace(own, owners=own.owners % size) for own in (both.whole, both.parts))
    return _recast(tokens, types, Vocabulary(whole, parts, lambda: tokens.vocabulary.in_capitals))


def hyphens_split(tokens: Tokens) -> Tokens:
    """Tokens in which each part of a hyphenated word is a word.

    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> split = hyphens_split(tokenize(Corpus.from_frame(pd.DataFrame({"text": ["A multi-vector war"]}))))
    >>> split.frame()[["token", "start", "end"]].values.tolist()
    [['A', 0, 1], ['multi', 2, 7], ['vector', 8, 14], ['war', 15, 18]]
    """
    pieces = [_pieces(token, known) for token, known in zip(tokens.types["token"], tokens.type_is_word, strict=True)]
    number = np.array([len(own) for own in pieces], np.int64)
    spelled, types = pd.factorize(np.array([part for own in pieces for part, _ in own], object))
    before = np.array([byte for own in pieces for _, byte in own], np.int64)
    of_token = number[tokens.ids]
    first = np.concatenate([[0], np.cumsum(of_token)])
    # The pieces of all types stand in a row: those of a token from where its type's begin.
    at = np.arange(first[-1]) + np.repeat((np.cumsum(number) - number)[tokens.ids] - first[:-1], of_token)
    return Tokens(
        tokens.corpus,
        spelled[at].astype(np.int32),
        (np.repeat(tokens.starts, of_token) + before[at]).astype(np.uint32),
        first[tokens.doc_offsets],
        type_table(types),
        {name: _moved(layer, first) for name, layer in tokens.extra.items()},
        {name: _moved(layer, first) for name, layer in tokens._computed.items()},
        tokens.supplied,
    )


def _pieces(token: str, is_word: bool) -> list[tuple[str, int]]:
    """The parts of a type between hyphens, each with the bytes in front of it."""
    if not is_word or not _HYPHEN.search(token):
        return [(token, 0)]
    return [(part.group(), len(token[: part.start()].encode())) for part in _PART.finditer(token)]


def _moved(layer: Layer, first: Index) -> Layer:
    """A layer over the tokens as they were, over what they became."""
    return Layer(first[layer.starts], layer.codes, layer.values, int(first[-1]))
