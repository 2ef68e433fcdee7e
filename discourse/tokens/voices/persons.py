"""Whether a run of capitalised words names a person or a company, by what it is and what stands beside it."""

from __future__ import annotations

import re

from ..types import STOP_WORDS
from .cues import is_people, trie
from .fullnames import is_office
from .places import DEMONYMS, PLACES
from .titles import CALENDAR, NO_PERSONS
from .verbs import SPEAKING

_ARTICLE = re.compile(r"\b(?:the|a|an|this|that|these|those)\s+$", re.I)
_AGED = re.compile(r",\s\d\d,")
_SPEAKS_NEXT = re.compile(rf"\s+(?:(?:has|had|also|then|later|\w+ly)\s+){{0,3}}(?:{trie(SPEAKING)})\b")
_INVERTED = re.compile(r"\s(?:said|says)\s[A-Z][\w.]*\s[A-Z]")
_NO_BODIES = PLACES | CALENDAR


def may_be_person(name: str) -> bool:
    """Whether a single name may be that of a person, though the document does not tell."""
    known = name.endswith(("’s", "'s")) or name in PLACES or name in DEMONYMS or name in NO_PERSONS or name in CALENDAR
    return not (known or is_people(name) or name.lower() in STOP_WORDS or shouted(name) or is_office(name))


def speaks_up(run: re.Match[str], name: str) -> bool:
    """Whether a single name that is no place is the subject of a verb of speech: *Guterres said*."""
    if run.group() != name or name in PLACES or is_people(name) or name.lower() in STOP_WORDS:
        return False
    return _SPEAKS_NEXT.match(run.string, run.end()) is not None


def is_cited(run: re.Match[str]) -> bool:
    """Whether a name stands behind *according to*, or has an age: *Bazun, 63, was held*."""
    before = run.string[max(0, run.start() - 16) : run.start()].lower()
    return before.endswith("according to ") or _AGED.match(run.string, run.end()) is not None


def inverts(verb: re.Match[str]) -> bool:
    """Whether a verb stands between a clause and a name: *The port is shut, said Ada Lind*."""
    return verb.string.endswith(",", 0, verb.start()) and _INVERTED.match(verb.string, verb.start()) is not None


def shouted(word: str) -> bool:
    return len(word) > 1 and word.isupper() and "." not in word


def articled(before: str) -> bool:
    return _ARTICLE.search(before) is not None


def may_be_body(name: str) -> bool:
    """Whether a name may be that of a company: no place, people or day."""
    words = {*name.split(), name}
    return bool(name) and name.lower() not in STOP_WORDS and not is_people(name) and words.isdisjoint(_NO_BODIES)
