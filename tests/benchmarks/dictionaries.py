"""Many patterns at once: dictionaries as large as those that researchers use."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache, partial
from itertools import cycle, islice

import numpy as np

from discourse import Tokens, frame_counts, hits, tokenize

from .contenders import Contender, size_in
from .finding import codebook, hit_number
from .texts import SIZES, Text, draws, read_text

NUMBERS = (50, 1000)
TOKENS = 10_000_000  # the text is cut where it has so many, or is taken whole
SEED = 1955
LOOSE = "phrases of running text"
COMMON = f"the {NUMBERS[0]} of the {NUMBERS[1]:,} found most often"
RARE = 20  # words that stand less often in the smallest text are left out
STEM = 5  # letters that a word with a wildcard keeps at least
PHRASE = 4  # words that a phrase has at most


def dictionary(text: Text) -> list[Contender]:
    """Fifty and a thousand patterns, counted, and as hits; those found most often; and a thousand that nobody chose."""
    tokens, listed, loose = tokenize(cut(text).corpus), drawn_patterns(), drawn_phrases()
    names = {f"{number:,} patterns": list(listed[:number]) for number in NUMBERS}
    listing = {name: partial(hits, tokens, patterns) for name, patterns in names.items()}
    names[COMMON] = _found_most(tokens, list(listed), NUMBERS[0])
    names[f"{len(loose):,} {LOOSE}"] = list(loose)
    counted = {name: partial(frame_counts, tokens, codebook(patterns)) for name, patterns in names.items()}
    return [
        *(Contender(f"frame_counts, {name}", c, True, found=hit_number, warm=True) for name, c in counted.items()),
        *(Contender(f"hits, {name}", c, True, found=size_in("hits"), warm=True) for name, c in listing.items()),
    ]


def _found_most(tokens: Tokens, patterns: list[str], number: int) -> list[str]:
    """So many of some patterns, those with the most hits."""
    counts = frame_counts(tokens, codebook(patterns))
    order = np.argsort(-np.asarray(counts.matrix.sum(axis=0)).ravel(), kind="stable")
    return [str(counts.items[i]) for i in order[:number]]


def cut(text: Text) -> Text:
    """The first documents of a text, to so many tokens."""
    sizes = np.diff(tokenize(text.corpus).doc_offsets)
    return text.head(int(np.searchsorted(np.cumsum(sizes), TOKENS)) + 1)


@lru_cache(maxsize=1)
def drawn_patterns() -> tuple[str, ...]:
    """Words, words with a wildcard, words again, and phrases in turn, drawn from the smallest text, each once.

    >>> len(drawn_patterns()), drawn_patterns()[:4]
    (1000, ('deeply', 'vocati*', 'criminal', 'executive ~2 venezuela'))
    """
    tokens = tokenize(read_text(min(SIZES)).corpus)
    kinds = cycle([_words(tokens), _stems(tokens), _words(tokens, SEED + 1), _phrases(tokens, chosen=True)])
    return _first(next(kind) for kind in kinds)


@lru_cache(maxsize=1)
def drawn_phrases() -> tuple[str, ...]:
    """Phrases wherever they were drawn, nearly all with words such as *the* and *of*: the hardest there is.

    >>> len(drawn_phrases()), drawn_phrases()[:3]
    (1000, ('more able', 'recommend that a*', 'executive ~2 venezuela'))
    """
    return _first(_phrases(tokenize(read_text(min(SIZES)).corpus), chosen=False))


def _first(patterns: Iterator[str]) -> tuple[str, ...]:
    return tuple(islice(dict.fromkeys(islice(patterns, 4 * max(NUMBERS))), max(NUMBERS)))


def _words(tokens: Tokens, seed: int = SEED) -> Iterator[str]:
    """Words that mean something, the frequent and the rarer ones alike."""
    plain = tokens.types["term"].str.isalpha() & ~tokens.types["is_stop"]
    terms = tokens.types["term"][plain & (tokens.type_counts >= RARE)].drop_duplicates().to_numpy(object)
    return (terms[i] for i in draws(10 * max(NUMBERS), len(terms), seed=seed))


def _stems(tokens: Tokens) -> Iterator[str]:
    return (word[: max(STEM, len(word) * 2 // 3)] + "*" for word in _words(tokens, SEED + 2) if len(word) > STEM)


def _phrases(tokens: Tokens, *, chosen: bool) -> Iterator[str]:
    """Two to four words as they stand in the text, some with a wildcard or a gap.

    Args:
        tokens: where they are drawn from.
        chosen: whether they begin and end with words that mean something, as those of dictionaries do.
    """
    terms, stop = tokens.types["term"].to_numpy(object), tokens.types["is_stop"].to_numpy()
    for number, first in enumerate(draws(400 * max(NUMBERS), len(tokens) - PHRASE, seed=SEED + 3)):
        own = tokens.ids[first : first + 2 + number % (PHRASE - 1)]
        words = terms[own].tolist()
        if all(map(str.isalpha, words)) and not (chosen and stop[own[[0, -1]]].any()):
            yield (" ".join(words), f"{' '.join(words)}*", f"{words[0]} ~2 {words[-1]}")[number % 3]
