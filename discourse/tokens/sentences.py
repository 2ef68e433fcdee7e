"""Where paragraphs and sentences begin in a text.

Takes text, gives character offsets; it never sees tokens. A sentence ends at `. ! ? …` with closing marks, before
white space and what can begin a sentence; abbreviations, initials and numbers do not end one.
"""

from __future__ import annotations

import re
from bisect import bisect_right

_LINE_END = r"(?:\r\n|\n|\r)"
_BLANK = r"[^\S\r\n]*"
_BULLET = r"[•‣◦▪●*–-]\s"
_BLOCKS = re.compile(rf"{_LINE_END}(?:{_BLANK}{_LINE_END})+|{_LINE_END}(?={_BLANK}{_BULLET})|\f")
_LINES = re.compile(rf"{_LINE_END}+")
PRINTED_LINE = 100  # characters; longer lines on average are not hard-wrapped

# What may stand between the end of a sentence and the blank: closing marks of all habits, also « so », and notes [1].
_AFTER_END = r"(?:[\"”’»«“)\]]|[ \u00a0\u202f]»|\[\d+\])*"
# One set of marks in front lets the search skip from mark to mark. Without a blank only a dot between words ends.
_ENDS = re.compile(rf"[.!?…]+(?:{_AFTER_END}(\s+)|(?<=[^\W\d_A-Z]{{3}}\.)(?=[A-Z][a-z]*\s))")
_WORD_BEFORE = re.compile(r"[^\s\"“”‘(\[]*$")
_WORD_AFTER = re.compile(r"[\"“‘«(\[]*([^\s,.;:!?”\"’)]*)")

# Never the end of a sentence: something they introduce always follows.
_TITLES = frozenset(
    """mr mrs ms messrs dr prof rev hon sen rep gov gen lt col maj capt cmdr adm sgt cpl pvt st mt ft pres amb atty
    supt vs v cf viz e.g i.e fig figs eq vol ed eds pp approx ca al""".split()
)
# No end before a number.
_NUMBERED = frozenset("no nos art sec par para ch op nr".split())
# The end only before a word that often begins a sentence. Capitals tell days (Sat, Sun) from words.
_OTHERS = frozenset(
    """Inc Ltd Co Corp Bros Jr Sr etc Dept dept Univ Assn est Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec Mon
    Tue Tues Wed Thu Thur Thurs Fri Sat Sun Ave Blvd Rd""".split()
)
_STARTERS = frozenset(
    """The A An This That These Those It Its He His She Her They Their We Our You I In On At As By But And Yet So
    For From After Before Since While When Where If Although Though However Moreover Furthermore Nevertheless
    Meanwhile There Here What Who Why How Both All Some Many Most Such Instead Rather Thus Therefore To With Without
    Not No One Two Three First Second Third Now Then Still Even Because Also Despite During Under Until""".split()
)
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]\.")


def paragraph_starts(text: str) -> list[int]:
    """Character offsets at which paragraphs begin; the first is 0.

    Paragraphs are separated by blank lines; a bullet opens one. A text without any blank line, whose lines are
    longer than printed lines, has a paragraph a line.

    >>> paragraph_starts("One line\\nand its rest.\\n\\nTwo.")
    [0, 24]
    """
    pattern = _LINES if _line_is_paragraph(text) else _BLOCKS
    return [0] + [match.end() for match in pattern.finditer(text) if 0 < match.end() < len(text)]


def _line_is_paragraph(text: str) -> bool:
    if re.search(rf"{_LINE_END}{_BLANK}{_LINE_END}", text):
        return False
    lines = re.split(_LINE_END, text)
    return len(lines) > 1 and len(text) / len(lines) > PRINTED_LINE


def sentence_starts(text: str) -> list[int]:
    """Character offsets at which sentences begin; every paragraph begins one; the first is 0.

    >>> text = "The U.S. and Sen. Smith paid US$ 3.74 billion. “Why?” he asked."
    >>> [text[a:b] for a, b in zip(sentence_starts(text), sentence_starts(text)[1:] + [len(text)])]
    ['The U.S. and Sen. Smith paid US$ 3.74 billion. ', '“Why?” he asked.']
    """
    starts = set(paragraph_starts(text))
    starts.update(end.end() for end in _ENDS.finditer(text) if _ends_sentence(text, end))
    return sorted(start for start in starts if start < len(text) or start == 0)


def _ends_sentence(text: str, end: re.Match[str]) -> bool:
    """Whether a sentence ends here, judged by the word before the mark and the word after the space."""
    if end.group(1) is None:
        return True
    after = _WORD_AFTER.match(text, end.end())
    following = after.group(1) if after else ""
    if following[:1].islower():
        return False
    if text[end.start()] != ".":
        return True
    before = _WORD_BEFORE.search(text, max(0, end.start() - 40), end.start())
    return _dot_ends(before.group() if before else "", following)


def _dot_ends(before: str, following: str) -> bool:
    word = before.lower().rstrip(".")
    if word in _TITLES:
        return False
    if word in _NUMBERED:
        return not following[:1].isdigit()
    if before in _OTHERS or _INITIALS.fullmatch(before + "."):
        return following in _STARTERS
    return True


def containing(starts: list[int], position: int) -> int:
    """The index of the run, among runs that begin at `starts`, in which a position lies.

    >>> containing([0, 24], 23), containing([0, 24], 24)
    (0, 1)
    """
    return bisect_right(starts, position) - 1
