"""Clauses: a word of speech in its sentence, and where what is said begins and ends."""

from __future__ import annotations

import re
from typing import NamedTuple

from .cues import FINITE, SPEAKING, trie
from .subjects import Source

REACH = 450  # characters before a verb in which its subject is looked for, and after it in which its clause begins

# What somebody does who has said something, beside it: *…, citing a letter*, *… and vowed to return*.
_ACTS = (
    "accused|added|defended|pointed|warned|denied|declined|refused|urged|called|insisted|insists|conceded|vowed|expressed|pledged|promised|"
    "criticized|criticised|condemned|thanked|praised|welcomed|rejected|dismissed|maintains|demanded|blamed|asked|appealed|"
    "offered|reiterated|stressed|noted|said|says|pressed|announced|signed|met with|held talks|held discussions|spoke"
)
_ACTING = trie(
    sorted(
        {word for word in SPEAKING if word.endswith("ing")}.union(
            """referring speaking calling comparing pointing blaming vowing pledging promising demanding alluding
            telling reflecting raising prompting sparking fuelling fueling marking commenting responding describing
            claiming stating warning urging praising condemning recalling thanking""".split()
        )
    )
)
_VERB = "(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|did|does|do|cannot)\\b"
_SUBJECT = r"(?:[\w’'\-]+\s+){1,5}?"
# Where a clause that is told ends. One set in front lets the search skip to marks and blanks.
_STOP = re.compile(
    r"[;,\s\-](?:(?<=;)|(?<=[,\s])\s*(?<=\s)(?:and|or|but)\s+that\s|(?<=,)\s+that\s"
    r"|(?<=,)\s+(?:but(?!\s+also\b)|yet|while|whereas|although|though|so|nor)\b"
    rf"|(?<=,)\s+and\s+(?!that\b)(?={_SUBJECT}{FINITE})|(?<=q,)\s+(?=\w+ing\b)"
    rf"|(?<=[,\s])\s*(?<=\s)(?:and|but)\s+(?:(?:also|then|later|has)\s+)?(?:{_ACTS})\b"
    rf"|(?<=,)\s+while\s+(?=\w+ing\b)|(?<=\s)while\s+(?:{_ACTING})\b|(?<=,)\s+(?:{_ACTING})\b"
    r"|(?<=,)\s+(?=(?:the\s+)?[\w’'\-]+(?:\s+[\w’'\-]+){0,3}\s+(?:said|says|reported|reports)\W*$))"
)
_CLAUSE_HEAD = re.compile(rf";\s+|,\s+(?:but|yet)\s+(?={_SUBJECT}{_VERB})")
_DASH = re.compile(r"\s[–—]\s")
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
        head: where its sentence begins.
        start: where the cue begins.
        end: the character after it.
        stop: where the sentence ends.
        before: what of the sentence stands before the cue.
        after: what of it stands after.
    """

    __slots__ = ("after", "before", "end", "first", "head", "start", "stop", "text", "word")

    def __init__(self, text: str, word: str, first: int, start: int, end: int, stop: int, head: int = -1) -> None:
        self.text, self.word = text, word
        self.head = first if head < 0 else head
        self.first, self.start, self.end, self.stop = first, start, end, stop
        self.before = text[max(first, start - REACH) : start]
        self.after = text[end : min(stop, end + REACH)]


def clause_start(cue: Cue, end: int) -> int:
    """Where the clause begins that ends at a character: after a semicolon, or with its sentence.

    >>> clause_start(Cue("It ends; it fell, he said.", "said", 0, 21, 25, 26), 16)
    9
    """
    stops = [stop.end() for stop in _CLAUSE_HEAD.finditer(cue.text, cue.first, end - 1)]
    begin = stops[-1] if stops else cue.first
    dashes = list(_DASH.finditer(cue.text, begin, end))
    return dashes[0].end() if len(dashes) == 1 else begin  # two stand around what is set in


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
