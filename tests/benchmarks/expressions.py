"""What the peers are given: regular expressions that mean, as closely as `re` can, what the package means."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable

# A letter, mark or digit; `re` has no class for marks, so words of scripts that need them come out in pieces.
CHARACTER = r"[^\W_]"

# U.S., e.g.: single letters with dots between them, and a last dot if no word follows it without a blank.
INITIALS = rf"[^\W\d_](?:\.[^\W\d_](?!{CHARACTER}))+(?:\.(?!{CHARACTER}))?"
# Possessive quantifiers (++, *+) spare the peers a sixth of the time; over groups they are wrong in Python 3.11.2.
ANY = "*+" if sys.version_info >= (3, 11, 5) else "*"
# 3.74: dots between digits.
RUN = rf"{CHARACTER}++(?:\.(?<=\d.)(?=\d){CHARACTER}++){ANY}"
# multi-vector, Russia's: apostrophes and hyphens between two characters of words.
WORD = rf"(?:{INITIALS}|{RUN})(?:['’＇\-‐‑](?:{INITIALS}|{RUN})){ANY}"

POSSESSIVE = r"(?:['’＇]s)?"  # dropped where words are folded
ANYTHING = r"\w*(?:['’\-]\w+)*"  # what a star may stand for
QUOTES = "\"'“”„‟«»‹›‘’‚‛`＂"
# What may stand between neighbours: white space, and quotation marks, which are transparent.
BETWEEN = rf"[\s{QUOTES}]+"
SENTENCE_END = ".!?"


def as_expression(patterns: Iterable[str]) -> str:
    """One alternation for patterns of words, wildcards (`*`), gaps (`~N`) and alternatives (`a|b`); lower case.

    It crosses no full stop, exclamation or question mark, nor punctuation where there is no gap.

    >>> found = re.compile(as_expression(["sphere* of ~3 influence"])).findall
    >>> found("spheres of “russian influence”, a sphere of its. influence")
    ['spheres of “russian influence']
    """
    # The longest first: a pattern that begins another one must not hide it.
    listed = sorted(patterns, key=len, reverse=True)
    return rf"\b(?:{'|'.join(_phrase(pattern) for pattern in listed)}){POSSESSIVE}(?!['’\-]?{CHARACTER})"


def _phrase(pattern: str) -> str:
    written, gap = "", ""
    for piece in pattern.split():
        if piece.startswith("~"):
            gap = rf"(?:[^\w{SENTENCE_END}]+{WORD}){{0,{int(piece[1:])}}}[^\w{SENTENCE_END}]+"
        else:
            written += (gap or BETWEEN if written else "") + _word(piece)
            gap = ""
    return written


def _word(piece: str) -> str:
    if piece == "*":
        return WORD
    ways = "|".join(ANYTHING.join(map(_hyphens, way.split("*"))) for way in piece.split("|"))
    return f"(?:{ways}){POSSESSIVE}"


def _hyphens(part: str) -> str:
    """A hyphen may be a blank or nothing."""
    return r"(?:-|\s+)?".join(map(re.escape, part.split("-")))
