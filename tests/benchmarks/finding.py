"""From the encoded corpus to places: a concordance of a frequent word, and many phrases with wildcards."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from discourse import Codebook, Corpus, Counts, Tokens, concordance, frame_counts, hits, tokenize
from discourse.codebook import Entry, parse_pattern

from .contenders import Contender, size_in, tokenizers
from .expressions import as_expression
from .texts import HERE, Text

WORD = "government"
WIDTH = 10  # words on either side
CHARACTERS = 60  # for the peers, that many characters: about as much
LARGEST_FOR_NLTK = 100  # MB; its strings and lists would take tens of gigabytes for 1000
Span = tuple[int, int, int]
LINES, HITS = size_in("lines"), size_in("hits")


def lines(text: Text) -> list[Contender]:
    """Every line of a frequent word with its surroundings."""
    tokens = tokenize(text.corpus)
    orders = {"text order": "", "sorted by three words to the right": "1R2R3R"}
    ours = {name: partial(concordance, tokens, WORD, width=WIDTH, sort=sort) for name, sort in orders.items()}
    return [
        *(Contender(name, call, True, found=LINES, warm=True) for name, call in ours.items()),
        Contender("re, ignoring case", partial(by_expression, text.strings), found=LINES),
        Contender("re, a literal in lower-cased text", partial(by_literal, text.strings), found=LINES),
        *(nltk_lines(text) if text.size <= LARGEST_FOR_NLTK else []),
    ]


def by_expression(strings: list[str]) -> list[tuple[str, str, str]]:
    """Left, node and right of every line, as one writes it."""
    found = re.compile(rf"\b{WORD}\b", re.IGNORECASE).finditer
    return [_around(string, *match.span()) for string in strings for match in found(string)]


def by_literal(strings: list[str]) -> list[tuple[str, str, str]]:
    """The same by an expression that begins with a literal, for which `re` searches much faster."""
    found = re.compile(rf"{WORD}(?<!\w{WORD})\b").finditer
    return [_around(string, *match.span()) for string in strings for match in found(string.lower())]


def _around(string: str, start: int, end: int) -> tuple[str, str, str]:
    return string[max(start - CHARACTERS, 0) : start], string[start:end], string[end : end + CHARACTERS]


def nltk_lines(text: Text) -> list[Contender]:
    """`nltk.Text` of our tokens; what it builds once, the text and its index, is not timed."""
    from nltk import Text as NltkText

    tokens = tokenize(text.corpus)
    built = NltkText(tokens.types["token"].to_numpy(object)[tokens.ids].tolist())

    def call() -> Any:
        return built.concordance_list(WORD, width=2 * CHARACTERS + len(WORD), lines=len(tokens))

    def with_index() -> Any:
        vars(built).pop("_concordance_index", None)
        return call()

    return [
        Contender("nltk.Text, indexed before", call, found=LINES, warm=True),
        Contender("nltk.Text, building its index", with_index, found=LINES),
    ]


def phrases() -> list[str]:
    """Fifty phrases with wildcards."""
    return (HERE / "phrases.txt").read_text(encoding="utf-8").splitlines()


def codebook(patterns: list[str]) -> Codebook:
    """A frame for each pattern."""
    return Codebook(frames={text: Entry("frame", text, (parse_pattern(text),)) for text in patterns})


def found_phrases(text: Text) -> list[Contender]:
    """Fifty phrases: counted per document, or each with its sentence; encoded before, and from the text."""
    listed = phrases()
    book, tokens = codebook(listed), tokenize(text.corpus)
    from_text = {name: partial(count_from_text, encode, text.corpus, book) for name, encode in tokenizers().items()}
    return [
        Contender("frame_counts, encoded", partial(frame_counts, tokens, book), True, found=hit_number, warm=True),
        Contender("hits, encoded", partial(hits, tokens, listed), True, found=HITS, warm=True),
        *(Contender(f"frame_counts from text ({n})", c, True, found=hit_number) for n, c in from_text.items()),
        Contender("hits from text", lambda: hits(tokenize(text.corpus), listed), True, found=HITS),
        Contender("re, ignoring case", partial(by_alternation, text.strings, listed), found=HITS),
        Contender("re, lower-cased text", partial(by_alternation_of_lower, text.strings, listed), found=HITS),
    ]


def count_from_text(encode: Callable[[Corpus], Tokens], corpus: Corpus, book: Codebook) -> Counts:
    """Encode, then count."""
    return frame_counts(encode(corpus), book)


def hit_number(counts: Counts) -> dict[str, float]:
    """How many hits were counted."""
    return {"hits": int(counts.matrix.sum())}


def by_alternation(strings: list[str], patterns: list[str]) -> list[Span]:
    """Document, start and end of every match."""
    found = re.compile(as_expression(patterns), re.IGNORECASE).finditer
    return [(number, *match.span()) for number, string in enumerate(strings) for match in found(string)]


def by_alternation_of_lower(strings: list[str], patterns: list[str]) -> list[Span]:
    """The same in text that is lower-cased on the way, which `re` searches faster."""
    found = re.compile(as_expression(patterns)).finditer
    return [(number, *match.span()) for number, string in enumerate(strings) for match in found(string.lower())]
