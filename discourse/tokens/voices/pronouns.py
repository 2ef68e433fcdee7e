"""Pronouns, and whom a sentence brings in for one behind it: *He was backed by Ek, who said no. “…,” he added.*"""

from __future__ import annotations

import re

from .cues import RUN, trie
from .verbs import SPEAKING

# *It was Ada Lind who won*, *he was backed by Jonas Ek, who said*, *his remarks were echoed by Jonas Ek, an envoy.*
_BROUGHT_IN = re.compile(
    rf"\b[Ii]t\s(?:is|was)\s(?P<cleft>{RUN.pattern})\s(?=who\b)|"
    rf"(?P<saying>{RUN.pattern}),?\s(?=who\s(?:\w+ly\s)?(?:{trie(SPEAKING)})\b)|"
    rf"^\W*(?:His|Her|Their)\s[^,;:]{{2,60}}\s(?:was|were|is|are)\s\w+ed\sby\s(?P<agent>{RUN.pattern})"
)
SAME = {pronoun: re.compile(rf"\b{pronoun}\b", re.I) for pronoun in ("he", "she")}
FORMS = {
    "he": re.compile(r"\b(?:he|him|his)\b", re.I),
    "she": re.compile(r"\b(?:she|her)\b", re.I),
}
ANY = re.compile(r"\b(?:he|she|him|his|her)\b", re.I)
SUBJECT_FORM = {"him": "he", "his": "he", "her": "she"}
OTHER = {"he": "she", "she": "he"}
HEADS = re.compile(r"\W*(?:He|She)\b")
# What leads to its subject points ahead: *For her part, Lind said*, *When she left, Lind said*.
LEADING = re.compile(
    r"^\W*(?:(?:But|And|Yet|Still|(?:Meanwhile|However|Earlier|Later),)\s+)?(?:[Ii]nstead|For|[Ii]n|[Oo]n|At|With|By|Despite|During|When|While|After|Before|As|Since|Although|Though|If|[A-Z]\w+ing)\b[^,;:]*,"
    r"(?=\s+[A-Z])"
)


def brought_in(sentence: str) -> str:
    """The name of the one person whom a sentence brings in as who acts on, in one that is about others too.

    >>> brought_in("It was Ada Lind who won against Mara Quist."), brought_in("Ada Lind won against Mara Quist.")
    ('Ada Lind', '')
    """
    found = [match[match.lastgroup or 0] for match in _BROUGHT_IN.finditer(sentence)]
    return found[0] if len(found) == 1 else ""
