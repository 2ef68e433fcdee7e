"""What is seen of a passage in marks at a glance: rules that need what it lacks are not tried."""

from __future__ import annotations

from .cues import (
    CALLED_HINTS,
    MENTIONED_HINTS,
    NORM_HINTS,
    NOUN_HINTS,
    SPEAKING_HINTS,
    TERMS_HINTS,
    WORKS_HINTS,
    apart,
)

# Each sign is a bit.
ALWAYS = 1
# Its lead has a word …
SPEAKING = 1 << 1  # of speech
CALLED = 1 << 2  # of calling
MENTIONED = 1 << 3  # that words are mentioned by
TERMS = 1 << 4  # for several terms
WORKS = 1 << 5  # for a book, a film
NOUNS = 1 << 6  # for what is said
NORMS = 1 << 7  # for a law
IN_WORDS = 1 << 8  # *words*: in her own
# What it is, and what stands beside it.
CAPITALISED = 1 << 9  # its words look like a name or title
TO = 1 << 10  # it begins with *To*, like the titles of laws
COMMA = 1 << 11  # a comma stands behind
BRACKET = 1 << 12  # a bracket opens behind
SENTENCE = 1 << 13  # another passage stands before it in its sentence
PARAGRAPH = 1 << 14  # or in its paragraph

_BY_HINTS = {
    SPEAKING_HINTS: SPEAKING,
    CALLED_HINTS: CALLED,
    MENTIONED_HINTS: MENTIONED,
    TERMS_HINTS: TERMS,
    WORKS_HINTS: WORKS,
    NOUN_HINTS: NOUNS,
    NORM_HINTS: NORMS,
    frozenset({"words"}): IN_WORDS,
}
_SIGNS = {
    word: sum(sign for words, sign in _BY_HINTS.items() if word in words) for word in frozenset().union(*_BY_HINTS)
}
_HINTS = frozenset(_SIGNS)
_NONE: frozenset[str] = frozenset()
_SHORTEST = min(map(len, _HINTS))


def hints_in(lead: str) -> frozenset[str]:
    """The words before a passage that give signs.

    >>> hints_in("Lind said that")
    frozenset({'said'})
    """
    return _HINTS.intersection(apart(lead)) if len(lead) >= _SHORTEST else _NONE


def signs_of(hints: frozenset[str]) -> int:
    """The signs that some words give.

    >>> signs_of(hints_in("Lind said that")) == ALWAYS | SPEAKING
    True
    """
    signs = ALWAYS
    for word in hints:
        signs |= _SIGNS[word]
    return signs
