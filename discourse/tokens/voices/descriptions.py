"""Descriptions that take up who was named before: *the former lawyer*, *the 30-year-old*, *the company*."""

from __future__ import annotations

import re

from .cues import RUN, trie
from .places import DEMONYMS, PLACES
from .titles import NO_PERSONS

_BODIES = """company firm agency airline carmaker automaker retailer manufacturer maker giant group force charity
watchdog regulator broadcaster startup operator carrier corporation bank forum university network publisher brand club
organization organisation business nonprofit""".split()
# A source without a name is none of them: *a source said …, the source added*; *the official*, *the spokesman*.
_PERSONS = """teen teenager mother father grandmother grandfather widow widower student nominee candidate veteran
politician star singer actor actress player champion musician teacher doctor farmer writer novelist investigator
populist nationalist lawmaker congressman congresswoman senator leader president minister governor mayor premier
chancellor billionaire businessman businesswoman entrepreneur""".split()
_THE = r"(?:^|\b(?:and|but|as|when|while|that)\s+)the\s+"
_BODY = re.compile(rf"{_THE}(?:[\w’'\-.]+\s+){{0,3}}(?:{trie(_BODIES)})$", re.I)
_KNOWN_BY = re.compile(
    rf"{_THE}(?:(?!of\b)[\w’'\-.]+\s+){{0,4}}(?:(?:mother|father)\s+of\s+\w+|\d+-year-old|{trie(_PERSONS)})$", re.I
)

# *Lind’s report*, *a statement from the Port Authority*: who wrote a document.
_DOCUMENT = "(?:report|statement|brief|letter|memo|tweet|post|filing|lawsuit|complaint|study|analysis)"
AUTHORED = re.compile(
    rf"(?P<own>{RUN.pattern})(?:['’]s|(?<=s)['’])\s(?:[a-z\-]+\s)?{_DOCUMENT}|"
    rf"(?:[Tt]he|[Aa]n?)\s(?:[a-z\-]+\s)?{_DOCUMENT}\s(?:by|from)\s(?:the\s)?(?P<by>{RUN.pattern})[\s\w]*"
)
_OF_A_STATE = PLACES | DEMONYMS | NO_PERSONS


def is_body(words: str) -> bool:
    """Whether words take up a company or the like.

    >>> is_body("The company"), is_body("the Russian space agency"), is_body("the report")
    (True, True, False)
    """
    return _BODY.search(words) is not None


def is_known(words: str) -> bool:
    """Whether words take up a person by what he or she is.

    >>> is_known("the mother of four"), is_known("the 30-year-old"), is_known("the source")
    (True, True, False)
    """
    return _KNOWN_BY.search(words) is not None


def is_of_a_state(words: str) -> bool:
    """Whether a description names a state, its people or a body: who is meant a reader knows, the text does not tell.

    >>> is_of_a_state("the Russian leader"), is_of_a_state("the former leader")
    (True, False)
    """
    return not _OF_A_STATE.isdisjoint(words.split())
