"""Clauses: a word of speech in its sentence, and where what is said begins and ends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from .cues import FINITE
from .names import Source

REACH = 300  # characters before a verb in which its subject is looked for, and after it in which its clause begins

_SUBJECT = r"(?:[\w’'\-]+\s+){1,5}?"
# Where a clause that is told ends.
_STOP = re.compile(
    rf";|\s[–—]\s|--|,\s+(?:but|yet|while|whereas|although|though|so|nor)\b|,\s+and\s+(?!that\b)(?={_SUBJECT}{FINITE})"
    r"|,?\s+but\s+(?:(?:also|then|later)\s+)?(?:accused|added|warned|denied|declined|refused|urged|called|insisted|conceded|vowed)\b"
    r"|(?<=q),\s+(?=\w+ing\b)|,?\s+(?:and|or)\s+that\s|,\s+that\s|,\s+(?:adding|saying|noting|warning|arguing|insisting|stressing|claiming)\b"
)
_CLAUSE_HEAD = re.compile(r";\s+|\s[–—]\s|,\s+(?:but|yet|while)\s+")
_GOES_ON = re.compile(r"\bthat\s$")


class Clause(NamedTuple):
    """What a rule finds: stretches of the text, who is speaking, the name of the rule."""

    stretches: list[tuple[int, int]]
    source: Source
    rule: str


@dataclass(eq=False)  # to freeze thousands of them takes longer than to look at them
class Cue:
    """A word of speech in its sentence.

    Attributes:
        text: of the document, with letters in place of what stands in quotation marks.
        word: the cue in lower case.
        first: where its sentence begins, or what is left of it.
        start: where the cue begins.
        end: the character after it.
        stop: where the sentence ends.
    """

    text: str
    word: str
    first: int
    start: int
    end: int
    stop: int

    @cached_property
    def before(self) -> str:
        return self.text[max(self.first, self.start - REACH) : self.start]

    @cached_property
    def after(self) -> str:
        return self.text[self.end : min(self.stop, self.end + REACH)]


def clause_start(cue: Cue, end: int) -> int:
    """Where the clause begins that ends at a character: after a semicolon, or with its sentence.

    >>> clause_start(Cue("It ends; it fell, he said.", "said", 0, 21, 25, 26), 16)
    9
    """
    stops = [stop.end() for stop in _CLAUSE_HEAD.finditer(cue.text, cue.first, end - 1)]
    return stops[-1] if stops else cue.first


def stretches(text: str, begin: int, stop: int) -> list[tuple[int, int]]:
    """The clause from a character on, and those that go on with *and that*.

    >>> text = "it rose and that it fell, but she left"
    >>> [text[slice(*edges)] for edges in stretches(text, 0, len(text))]
    ['it rose', 'it fell']
    """
    end = _STOP.search(text, begin, stop)
    if end is None:
        return [(begin, stop)]
    if _GOES_ON.search(end.group()):
        return [(begin, end.start()), *stretches(text, end.end(), stop)]
    return [(begin, end.start())]
