"""Capitalised words in quotation marks: names, and coinages that are none."""

from __future__ import annotations

import re

from ..types import STOP_WORDS
from .cues import FINITE, SMALL, WORD
from .quotations import Quotation

_INDEFINITE = re.compile(r"\b(?:an?|any|another|no|every)\s+$", re.I)
_NEXT = re.compile(rf"\s+(?!{FINITE})(?P<word>\w+)")


def capitalised(words: str) -> bool:
    """Whether every word but the small ones begins with a capital or a digit, as in a name or title."""
    some = False
    for word in WORD.finditer(words):  # most words in marks are no name, and the first one or two tell
        letter = word.group()[0]
        if letter.isupper():
            some = some or word.group().lower() not in SMALL
        elif not letter.isdigit() and word.group().lower() not in SMALL:
            return False
    return some


def coinages(text: str, pairs: list[Quotation]) -> frozenset[str]:
    """Capitalised words in marks that somewhere have an indefinite article or *no* in front: names have none.

    >>> from discourse.tokens.voices.quotations import quotations
    >>> text = "A “Grand Bargain” is near. The “Grand Bargain” failed. A “Blue Whale” boat sank."
    >>> sorted(coinages(text, quotations(text)))
    ['Grand Bargain']
    """
    found = (pair for pair in pairs if _INDEFINITE.search(text, max(0, pair.mark - 9), pair.mark))
    words = (text[pair.start : pair.end] for pair in found if not _belongs_to_noun(text, pair.after))
    return frozenset(filter(capitalised, words))


def _belongs_to_noun(text: str, after: int) -> bool:
    """Whether a noun follows, to which the article belongs: *a “Blue Whale” boat*."""
    following = _NEXT.match(text, after)
    return following is not None and following["word"].lower() not in STOP_WORDS
