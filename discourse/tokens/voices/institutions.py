"""Institutions: *the council* is the one council that the text has named; what is short for a name stands for it."""

from __future__ import annotations

import re
from functools import cached_property

from .cues import RUN, RUN_AT_END, UPPER, trie
from .fullnames import apart_in

_REACH = 120  # characters before a word in which the name stands that ends with it
_MENTIONS = 16  # of a kind of institution that are looked at
_KINDS = """academy administration agency alliance army association authority bank bloc board bureau cabinet center
centre coalition college commission committee company congress corporation council court delegation department
embassy federation forum foundation fund government hospital museum observatory group institute institution league
ministry mission movement navy network office organisation organization panel parliament party police secretariat
senate service society tribunal union university""".split()
_SPOKEN_OF = re.compile(
    rf"(?:^|\b(?:and|but|yet|so|as|when|while|if|because|that)\s+)the\s+(?P<kind>{trie(_KINDS)})$", re.I
)
_SHORT = re.compile(r"\s\((?P<short>[A-Z][A-Za-z]?[A-Z]\w*)\)")
_INITIAL = re.compile(rf"(?<![\w’'])[{UPPER}]")
_ANY_INITIAL = re.compile(r"(?<![\w’'\-])\w")
_FEWEST = 3  # letters of what is short for a name that stands in no brackets
# *the Board for Bees, Cows and Sheep (BBCS)*
_JOINED_AT_END = re.compile(
    rf"(?<![\w-])[{UPPER}][\w\-]*(?:(?:,?\s+and|,|\s+of|\s+for)?\s+(?:the\s+)?[{UPPER}][\w\-]*){{1,9}}$"
)
_MOST = 32  # abbreviations of a text that are looked for in its names
_JOINED = r"(?:\s+(?:and|of|for|the|on|in)){0,2}\s+"
_IN_WORD = re.compile(r"[\w\-]")


class Institutions:
    """The institutions of one text.

    >>> held = Institutions("The World Dairy Council (WDC) met. The council said no.")
    >>> held.named("The council", 35), held.in_full("WDC"), held.in_full("UN")
    ('World Dairy Council', 'World Dairy Council', 'UN')
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._named: dict[str, list[tuple[int, str]]] = {}
        self._spelt: dict[str, str] = {}

    def named(self, words: str, at: int) -> str:
        """The one institution of a kind that the text names before a character; empty where none or several."""
        spoken = _SPOKEN_OF.search(words)
        if spoken is None:
            return ""
        kind = spoken["kind"].capitalize()
        if kind not in self._named:
            self._named[kind] = list(self._of_kind(kind))
        names = {name for place, name in self._named[kind] if place < at}
        return names.pop() if len(names) == 1 else ""

    def in_full(self, short: str) -> str:
        """The name that stands before what is short for it, in brackets; the short form itself where none does."""
        return self._shorts.get(short) or self._spelt_out(short)

    def _spelt_out(self, short: str) -> str:
        """The one name in the text whose words begin with the letters of what may be short for it; else that itself."""
        if short not in self._spelt:
            words = (rf"{letter}[a-z][\w\-]*" for letter in short)
            worth = len(short) >= _FEWEST and len(self._spelt) < _MOST  # each is a search through the text
            named = re.compile(rf"\b{_JOINED.join(words)}(?!\s[{UPPER}])") if worth else None
            names = {name.group() for name in named.finditer(self._text)} if named else set()
            self._spelt[short] = names.pop() if len(names) == 1 else short
        return self._spelt[short]

    def _of_kind(self, kind: str) -> list[tuple[int, str]]:
        """Where the text names institutions of a kind, and their names."""
        found = []
        for at in apart_in(self._text, kind, _IN_WORD):
            before = self._text[max(0, at - _REACH) : at]
            run = RUN_AT_END.search(before + kind)
            behind = RUN.match(self._text, at)
            name = _without_article(f"{run['run'][: -len(kind)] if run else ''}{behind.group() if behind else kind}")
            if " " in name:
                found.append((at, name))
            if len(found) == _MENTIONS:
                break
        return found

    @cached_property
    def _shorts(self) -> dict[str, str]:
        """What is short for a name."""
        shorts: dict[str, str] = {}
        for found in _SHORT.finditer(self._text):
            before = self._text[max(0, found.start() - _REACH) : found.start()]
            run, joined = RUN_AT_END.search(before), _JOINED_AT_END.search(before)
            name = _abbreviated(_without_article(run["run"]), found["short"]) if run else ""
            name = name or (_abbreviated(_without_article(joined.group()), found["short"]) if joined else "")
            if name:
                shorts.setdefault(found["short"], name)
        return shorts


def _abbreviated(name: str, short: str) -> str:
    """The last words of a name that begin with the letters of what is short for it."""
    for initial in (_INITIAL, _ANY_INITIAL):  # *League of Eastern Farm States (LOEFS)*
        heads = list(initial.finditer(name))[-len(short) :]
        if "".join(head.group() for head in heads).lower() == short.lower():
            return name[heads[0].start() :]
    return ""


def _without_article(name: str) -> str:
    return re.sub(r"^(?:The|A|An|In|On|At)\s+", "", name)
