"""Dictionaries that are plain lists: WordStat `.cat` by indentation, Lexicoder `.lc3` by plus signs."""

from __future__ import annotations

import re

from ..entries import Codebook
from .categories import Categories, Indented, depth_of

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}$")
_WEIGHTED = re.compile(r"(.*\S)\s*\(([-+]?\d+(?:[.,]\d+)?)\)")


def read_cat(text: str, name: str) -> Codebook:
    """Read a WordStat dictionary: categories and words by indentation, each word with its weight in brackets.

    An underscore in a word is a blank, `?` one character. Where all words are in capitals, as WordStat writes them,
    `IT` is *it* as well.

    Raises:
        StudyError: a word stands in no category, or is a rule (`@…`), which has no counterpart here.

    >>> book = read_cat("STATE\\n\\tPOWER\\n\\t\\tARMED_FORCES (1)\\n\\t\\tARM* (2)\\n", "a.cat")
    >>> [(key, pattern.text, pattern.weight) for key, entry in book.frames.items() for pattern in entry.include]
    [('STATE > POWER', 'ARMED FORCES', 1.0), ('STATE > POWER', 'ARM*', 2.0)]
    """
    listed, places = Categories(name, single=True, capitals=True), Indented()
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        found = _WEIGHTED.fullmatch(line.strip())
        if line.strip().startswith("@"):
            raise listed.error(
                number,
                f"{line.strip()!r} is a rule of WordStat, not a word. Delete the line, write what is read as YAML with "
                "write_codebook, and say there with near or not_near what the rule says.",
            )
        if not found:
            listed.open(places.path(depth_of(line), line.strip()), number)
            continue
        path = places.under(depth_of(line))
        if not path:
            raise listed.error(number, f"{found[1]!r} stands in no category. Indent it under one.")
        listed.add(path, found[1].replace("_", " "), number, float(found[2].replace(",", ".")))
    return listed.codebook()


def read_lc3(text: str, name: str) -> Codebook:
    """Read a Lexicoder dictionary: a line with + begins a category, which may have a colour; each other line is a word.

    Raises:
        StudyError: a word stands before the first category.

    >>> book = read_lc3("+NEGATIVE#FF0000\\n a lie\\nabandon*\\n+POSITIVE\\nable\\n", "a.lc3")
    >>> {key: [pattern.text for pattern in entry.include] for key, entry in book.frames.items()}
    {'NEGATIVE': ['a lie', 'abandon*'], 'POSITIVE': ['able']}
    """
    listed = Categories(name)
    path: tuple[str, ...] = ()
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip().startswith("+"):
            path = (_COLOUR.sub("", line.strip()[1:]).strip(),)
            listed.open(path, number)
        elif line.strip() and not path:
            raise listed.error(number, f"{line.strip()!r} stands in no category. Put a line with +NAME above it.")
        elif line.strip():
            listed.add(path, line, number)
    return listed.codebook()
