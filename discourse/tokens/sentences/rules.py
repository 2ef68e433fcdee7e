"""Where paragraphs and sentences begin in a text.

Takes text, gives character offsets; it never sees tokens. A sentence ends at `. ! ? …` with closing marks, before
white space and what can begin a sentence; abbreviations, initials and numbers do not end one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

MARKS = ".!?…"
CLOSING = '"”’»«“)]'  # closing marks of all habits, also « so » and »so«
OPENING = '"“‘«(['
WORD_STARTS_AFTER = '"“”‘(['
WORD_STOPS_AT = ',.;:!?”"’)'
BULLETS = "•‣◦▪●*–-"
PRINTED_LINE = 100  # characters; longer lines on average are not hard-wrapped


def _set(characters: str) -> str:
    return re.escape(characters)


# One set in front lets the search skip from line end to line end; \r\n is one end, never two.
# No possessive group: over one Python 3.11.2, which Debian 12 has, never comes to an end.
_LINE_END = r"(?:\n|\r\n|\r(?!\n))"
_BLANK = r"[^\S\r\n]*"
_BLOCKS = re.compile(
    rf"\f|{_LINE_END}(?:(?:{_BLANK}{_LINE_END})+|(?={_BLANK}[{_set(BULLETS)}]\s))"
)
_LINES = re.compile(r"[\r\n]+")
_EMPTY = re.compile(rf"{_LINE_END}{_BLANK}[\r\n]")

# What may stand between the end of a sentence and the blank: closing marks, » after a blank, notes [1].
_AFTER_END = rf"(?:[{_set(CLOSING)}]|[ \u00a0\u202f]»|\[\d+\])*"
# Where the blank was lost: a dot between words, an ellipsis after a word, a closing mark; and a capitalised word.
_LOST_BLANK = (
    r"(?<=[^\W\d_A-Z]{3}\.)(?=[A-Z][a-z]{0,30}\s)"
    r"|(?:(?<=[^\W\d_]…)|(?<=[^\W\d_]\.\.\.)|(?<=[^\W\d_A-Z]{2}[.!?…])[”’]+)(?=[A-Z](?:[a-z]|\s))"
)
# One set of marks in front lets the search skip from mark to mark.
_ENDS = re.compile(rf"[{_set(MARKS)}]+(?:{_AFTER_END}(\s+)|{_LOST_BLANK})")
_WORD_BEFORE = re.compile(rf"[^\s{_set(WORD_STARTS_AFTER)}]*\Z")
_WORD_AFTER = re.compile(rf"[{_set(OPENING)}]*([^\s{_set(WORD_STOPS_AT)}]*)")
# All that the rule looks at, and perhaps more.
_SEEN = re.compile(rf"[{_set(MARKS)}]++[\s\d{_set(CLOSING + OPENING)}]*+(?:\S{{32}}|\S*+\s)")

# Never the end of a sentence: something they introduce always follows.
TITLES = frozenset(
    """mr mrs ms messrs dr prof rev hon sen sens rep reps gov gen brig lt col maj capt cmdr adm sgt cpl pvt mt ft pres
    amb atty supt vs v cf viz e.g i.e fig figs eq vol ed eds pp approx ca""".split()
)
# No end before a number.
NUMBERED = frozenset("no nos art sec par para ch op nr".split())
# The end only before a word that often begins a sentence. Capitals tell days (Sat, Sun) from words.
OTHERS = frozenset(
    """Inc Ltd Co Corp Bros Jr Sr St al etc Dept dept Univ Assn est Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec
    Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun Ave Blvd Rd""".split()
)
STARTERS = frozenset(
    """The A An This That These Those It Its He His She Her They Their We Our You I In On At As By But And Yet So
    For From After Before Since While When Where If Although Though However Moreover Furthermore Nevertheless
    Meanwhile There Here What Who Why How Both All Some Many Most Such Instead Rather Thus Therefore To With Without
    Not No Neither Nobody One Two Three First Second Third Now Then Still Even Because Also Despite During Under
    Until""".split()
)
# What an item or a heading is numbered with is no sentence.
_NUMBER = re.compile(rf"[\s{_set(BULLETS + '(')}]*(?:\d{{1,3}}(?:\.\d{{1,3}})*|[IVXLC]{{1,6}}|[A-Z])\.\)?\s+")
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
    if _EMPTY.search(text):
        return False
    lines = len(re.findall(_LINE_END, text)) + 1
    return lines > 1 and len(text) / lines > PRINTED_LINE


def sentence_starts(text: str) -> list[int]:
    """Character offsets at which sentences begin; every paragraph begins one; the first is 0.

    >>> text = "The U.S. and Sen. Smith paid US$ 3.74 billion. “Why?” he asked."
    >>> [text[a:b] for a, b in zip(sentence_starts(text), sentence_starts(text)[1:] + [len(text)])]
    ['The U.S. and Sen. Smith paid US$ 3.74 billion. ', '“Why?” he asked.']
    """
    paragraphs = paragraph_starts(text)
    starts = {end.end() for end in _ENDS.finditer(text) if _ends_sentence(text, end)}
    starts.difference_update([len(text)], _numbered(text, paragraphs))
    return sorted(starts.union(paragraphs))


def _numbered(text: str, paragraphs: list[int]) -> Iterator[int]:
    """Yield where the words of paragraphs begin that have a number in front."""
    return (number.end() for start in paragraphs if (number := _NUMBER.match(text, start)))


def is_number(words: str) -> bool:
    """Whether what a paragraph begins with is only its number.

    >>> is_number("1. "), is_number("In 1. ")
    (True, False)
    """
    return _NUMBER.fullmatch(words) is not None


def start_after(text: str, at: int, *, whole: bool = True) -> int | None:
    """Where a sentence begins after the marks at a place, as `sentence_starts` has it but for numbers of paragraphs.

    Args:
        text: a text, or a part of one that reaches back 40 characters from the place.
        at: the first of the marks.
        whole: whether the text goes on to its end.

    Returns:
        The character, or -1 where the marks end no sentence; None where that takes more of the text.

    >>> start_after("Who? Me.", 3), start_after("Who? Me.", 7), start_after("Who? M", 3, whole=False)
    (5, -1, None)
    """
    if not whole and not _SEEN.match(text, at):
        return None
    end = _ENDS.match(text, at)
    return end.end() if end and end.end() < len(text) and _ends_sentence(text, end) else -1


def _ends_sentence(text: str, end: re.Match[str]) -> bool:
    """Whether a sentence ends here, judged by the word before the mark and the word after the space."""
    if end.group(1) is None:
        return True
    after = _WORD_AFTER.match(text, end.end())
    following = after.group(1) if after else ""
    if following[:1].islower() or text[end.end() : end.end() + 1] in tuple(MARKS):
        return False  # what goes on, or dots with blanks between: . . .
    if text[end.start()] != ".":
        return True
    before = _WORD_BEFORE.search(text, max(0, end.start() - 40), end.start())
    return _dot_ends(before.group() if before else "", following)


def _dot_ends(before: str, following: str) -> bool:
    word = before.lower().rstrip(".")
    if word in TITLES:
        return False
    if word in NUMBERED:
        return not following[:1].isdigit()
    if before in OTHERS or _INITIALS.fullmatch(before + "."):
        return following in STARTERS
    return True


def containing(starts: list[int], position: int) -> int:
    """The index of the run, among runs that begin at `starts`, in which a position lies.

    >>> containing([0, 24], 23), containing([0, 24], 24)
    (0, 1)
    """
    return bisect_right(starts, position) - 1
