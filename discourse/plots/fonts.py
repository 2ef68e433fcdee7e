"""Fonts: which one figures are written in, and what is written where none has a character.

DejaVu Sans comes with matplotlib, so that a figure looks the same on every machine. What it lacks, such as Chinese and
emoji, comes from a font of the machine, if one of these is installed.
"""

from __future__ import annotations

import re
import unicodedata
import warnings
from functools import cache

from matplotlib.font_manager import findfont, fontManager, get_font

BASE = "DejaVu Sans"
# Outlines in black; fonts of coloured emoji cannot be drawn.
OTHERS = (
    "Noto Sans", "Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Sans CJK TC", "Noto Sans CJK KR", "Noto Sans SC",
    "Noto Sans JP", "Noto Sans KR", "Source Han Sans SC", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei", "PingFang SC",
    "Hiragino Sans", "Apple SD Gothic Neo", "Microsoft YaHei", "Yu Gothic", "Malgun Gothic", "Arial Unicode MS",
    "Droid Sans Fallback", "Noto Sans Devanagari", "Noto Sans Bengali", "Noto Sans Tamil", "Noto Sans Thai",
    "Nirmala UI", "Leelawadee UI", "Noto Emoji", "Noto Sans Symbols", "Noto Sans Symbols 2", "Segoe UI Emoji",
    "Segoe UI Symbol", "Symbola",
)  # fmt: skip


def families(installed: frozenset[str] | None = None) -> list[str]:
    """Return the fonts of all words in figures: the one that is always there, then those of the others that are.

    >>> families(frozenset(["Symbola", "Comic Sans MS"]))
    ['DejaVu Sans', 'Symbola']
    """
    known = frozenset(entry.name for entry in fontManager.ttflist) if installed is None else installed
    return [BASE, *(name for name in OTHERS if name in known)]


FONT = families()


@cache
def _drawable() -> frozenset[int]:
    """Every character that one of the fonts has."""
    return frozenset().union(*(get_font(findfont(name)).get_charmap() for name in FONT))


def legible(words: str) -> str:
    """Return words as they can be drawn: signs that no font has by their names, letters by their numbers.

    A box would make all groups that are named in them look alike.

    >>> legible("Türkiye")
    'Türkiye'
    """
    if words.isascii() or _drawable().issuperset(map(ord, words.replace("\n", ""))):
        return words
    lacking = "".join(dict.fromkeys(c for c in words if c != "\n" and ord(c) not in _drawable()))
    written = re.sub(f"[{re.escape(lacking)}]+", lambda run: f"[{' '.join(map(_spelled, run[0]))}]", words)
    warnings.warn(
        f"No font here has the characters {lacking!r}; figures write {written!r} for {words!r}. "
        "Install a font that has them, such as Noto Sans CJK or Noto Emoji.",
        stacklevel=2,
    )
    return written


def _spelled(character: str) -> str:
    """A sign by its name, anything else by its number."""
    name = unicodedata.name(character, "") if unicodedata.category(character)[0] == "S" else ""
    return name.lower() or f"U+{ord(character):04X}"
