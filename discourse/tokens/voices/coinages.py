"""Capitalised words in quotation marks: names, and coinages that are none."""

from __future__ import annotations

import re

from ..types import STOP_WORDS
from .cues import FINITE, SMALL, words_in
from .quotations import Quotation

_INDEFINITE = re.compile(r"\b(?:an?|any|another|no|every)\s+$", re.I)
_LAST_LETTERS = frozenset("anyroANYRO")  # of an article; most quotations have none in front
_NEXT = re.compile(rf"\s+(?!{FINITE})(?P<word>\w+)")


def capitalised(words: list[str]) -> bool:
    """Whether every word but the small ones begins with a capital or a digit, as in a name or title."""
    some = False
    for word in words:  # most words in marks are no name, and the first one or two tell
        if word[0].isupper():
            some = some or word.lower() not in SMALL
        elif not word[0].isdigit() and word.lower() not in SMALL:
            return False
    return some


def coinages(text: str, pairs: list[Quotation]) -> frozenset[str]:
    """Capitalised words in marks that somewhere have an indefinite article or *no* in front: names have none.

    >>> from discourse.tokens.voices.quotations import quotations
    >>> text = "A “Grand Bargain” is near. The “Grand Bargain” failed. A “Blue Whale” boat sank."
    >>> sorted(coinages(text, quotations(text)))
    ['Grand Bargain']
    """
    marks = (pair for pair in pairs if text[max(0, pair.mark - 9) : pair.mark].rstrip()[-1:] in _LAST_LETTERS)
    found = (pair for pair in marks if _INDEFINITE.search(text, max(0, pair.mark - 9), pair.mark))
    words = (text[pair.start : pair.end] for pair in found if not _belongs_to_noun(text, pair.after))
    return frozenset(coined for coined in words if capitalised(words_in(coined)))


def _belongs_to_noun(text: str, after: int) -> bool:
    """Whether a noun follows, to which the article belongs: *a “Blue Whale” boat*."""
    following = _NEXT.match(text, after)
    return following is not None and following["word"].lower() not in STOP_WORDS
