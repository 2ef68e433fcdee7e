"""From text to counts: tokens and matrix, pairs of words, encoding alone, and how its cost grows."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from discourse import Corpus, Counts, Tokens, term_counts, tokenize

from .compiled import compiled_loop, word_counter
from .contenders import Contender, tokenizers
from .expressions import WORD
from .texts import SIZES, Text, read_text

DEFAULT_PATTERN = r"(?u)\b\w\w+\b"  # that of CountVectorizer


def matrix(text: Text) -> list[Contender]:
    """Tokens and the matrix of documents and terms."""
    return [
        *(counted(f"discourse ({name})", text.corpus, encode) for name, encode in tokenizers().items()),
        vectorized("CountVectorizer, our tokens", text, token_pattern=WORD),
        vectorized("CountVectorizer, its own tokens", text, token_pattern=DEFAULT_PATTERN),
        Contender("nltk RegexpTokenizer + FreqDist", partial(frequencies, text.strings), found=sizes_of_frequencies),
    ]


def bigrams(text: Text) -> list[Contender]:
    """Pairs of neighbouring words, counted per document."""
    tokens = tokenize(text.corpus)
    return [
        *(counted(f"discourse ({name})", text.corpus, encode, ngram=2) for name, encode in tokenizers().items()),
        Contender("encoded before", lambda: term_counts(tokens, ngram=2), True, found=sizes, warm=True),
        vectorized("CountVectorizer, our tokens", text, token_pattern=WORD, ngram_range=(2, 2)),
    ]


def encoding(text: Text) -> list[Contender]:
    """Text to ids and offsets, nothing else."""
    ours = [encoded(f"discourse ({name})", text.corpus, encode) for name, encode in tokenizers().items()]
    return [*ours, *compiled_loop(text), *word_counter(text)]


def growth(text: Text) -> list[Contender]:
    """Encoding and counting of this text and of each smaller one."""
    smaller = [read_text(size) for size in SIZES if size < text.size]
    return [
        counted(f"{step.size} MB ({name})", step.corpus, encode)
        for step in (*smaller, text)
        for name, encode in tokenizers().items()
    ]


def encoded(name: str, corpus: Corpus, encode: Callable[[Corpus], Tokens]) -> Contender:
    """Encoding alone."""
    return Contender(name, lambda: encode(corpus), True, found=lambda tokens: {"tokens": len(tokens)})


def counted(name: str, corpus: Corpus, encode: Callable[[Corpus], Tokens], *, ngram: int = 1) -> Contender:
    """Encoding, then counts per document."""
    return Contender(name, lambda: term_counts(encode(corpus), ngram=ngram), True, found=sizes)


def sizes(counts: Counts) -> dict[str, float]:
    """What was counted, and how many different ones there are."""
    return {"counted": int(counts.matrix.sum()), "distinct": len(counts.items)}


def vectorized(name: str, text: Text, **settings: Any) -> Contender:
    """The matrix of `CountVectorizer`; lower-casing is its default."""
    from sklearn.feature_extraction.text import CountVectorizer

    strings = text.strings
    return Contender(
        name,
        lambda: CountVectorizer(**settings).fit_transform(strings),
        found=lambda found: {"counted": int(found.sum()), "distinct": found.shape[1]},
    )


def frequencies(strings: list[str]) -> list[Any]:
    """A `FreqDist` for each document."""
    from nltk import FreqDist, RegexpTokenizer

    cut = RegexpTokenizer(WORD).tokenize
    return [FreqDist(cut(string.lower())) for string in strings]


def sizes_of_frequencies(found: list[Any]) -> dict[str, float]:
    """What was counted, and how many different ones there are."""
    return {"counted": sum(one.N() for one in found), "distinct": len(set().union(*found))}
