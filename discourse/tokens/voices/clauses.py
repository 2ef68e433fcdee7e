"""Clauses: a word of speech in its sentence, and where what is said begins and ends."""

from __future__ import annotations

import re
from typing import NamedTuple

from .cues import FINITE
from .names import Source

REACH = 300  # characters before a verb in which its subject is looked for, and after it in which its clause begins

_SUBJECT = r"(?:[\w’'\-]+\s+){1,5}?"
# Where a clause that is told ends. One set in front lets the search skip to marks and blanks.
_STOP = re.compile(
    r"[;,\s\-](?:(?<=;)|(?<=-)-|(?<=\s)[–—]\s|(?<=,)\s+(?:but|yet|while|whereas|although|though|so|nor)\b"
    rf"|(?<=,)\s+and\s+(?!that\b)(?={_SUBJECT}{FINITE})"
    r"|(?<=[,\s])\s*(?<=\s)but\s+(?:(?:also|then|later)\s+)?"
    r"(?:accused|added|warned|denied|declined|refused|urged|called|insisted|conceded|vowed)\b"
    r"|(?<=q,)\s+(?=\w+ing\b)|(?<=[,\s])\s*(?<=\s)(?:and|or)\s+that\s|(?<=,)\s+that\s"
    r"|(?<=,)\s+(?:adding|saying|noting|warning|arguing|insisting|stressing|claiming)\b)"
)
_CLAUSE_HEAD = re.compile(r";\s+|\s[–—]\s|,\s+(?:but|yet|while)\s+")
_GOES_ON = re.compile(r"\bthat\s$")


class Clause(NamedTuple):
    """What a rule finds: stretches of the text, who is speaking, the name of the rule."""

    stretches: list[tuple[int, int]]
    source: Source
    rule: str


class Cue:
    """A word of speech in its sentence.

    Attributes:
        text: of the document, with letters in place of what stands in quotation marks.
        word: the cue in lower case.
        first: where its sentence begins, or what is left of it.
        start: where the cue begins.
        end: the character after it.
        stop: where the sentence ends.
        before: what of the sentence stands before the cue.
        after: what of it stands after.
    """

    __slots__ = ("after", "before", "end", "first", "start", "stop", "text", "word")

    def __init__(self, text: str, word: str, first: int, start: int, end: int, stop: int) -> None:
        self.text, self.word = text, word
        self.first, self.start, self.end, self.stop = first, start, end, stop
        self.before = text[max(first, start - REACH) : start]
        self.after = text[end : min(stop, end + REACH)]


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
