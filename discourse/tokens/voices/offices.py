"""Offices: *the foreign minister* is the one person whom the text has given that office."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import NamedTuple

from .cues import RUN, RUN_AT_END, plain_word, trie
from .fullnames import apart_in
from .titles import OFFICES
from .verbs import SPEAKING

_REACH = 90  # characters before an office in which the name stands that it is given to
_MORE = r"(?P<more>(?:[\w\-’']+\s+){0,4}?)"
_FOLDED = frozenset(office.casefold() for office in OFFICES)
_SPOKEN_OF = re.compile(
    rf"(?:^|\b(?:and|but|yet|so|as|when|while|if|because|that)\s+)the\s+{_MORE}"
    rf"(?P<head>(?:\w+-)?{trie(sorted(_FOLDED))})$",
    re.I,
)
_LOWER = re.compile(r"(?P<more>(?:[\w’'\-.]+\s+){0,4})$")
_IN_FRONT = re.compile(r"(?:(?P<word>\w+)[\s-]+)?(?P<more>(?:[A-Z][\w\-]*\s+)*)$")
_BEHIND = re.compile(r",\s+(?:the|an?|its|his|her|their)\s+(?P<more>(?:[\w\-’']+\s+){0,4})$")
_PLACED = re.compile(r"\b(?i:in|at|near|on)\s+[A-Z][\w\-]*(?:\s+[A-Z][\w\-]*)*$")  # *in Norham, the mayor said*
_ARTICLE = re.compile(r"\bthe\s+(?P<more>(?:[\w\-’']+\s+){0,4}?)$", re.I)
_IN_WORD = re.compile(r"\w")
_SPEAKS = re.compile(rf"\s+(?:{trie(SPEAKING)})\b")
_LEADING = re.compile(r"(?:^|[.!?\n]\W*)[A-Z]\w+ing\s[^,.;:]*$")  # *Speaking to the Courier, a spokesman of the port*
_BESIDE = re.compile(r",\s+(?=[A-Z])")
# Who has been it, or stands in for it, is not called by the office alone; nor is a prime minister a minister.
_ANOTHER = frozenset("former ex late then vice deputy assistant acting prime".split())
_MANY = frozenset(
    """analyst engineer economist historian author editor officer detective lawyer attorney activist diplomat negotiator
    correspondent fellow professor judge justice""".split()
)
# Offices that are one under several words.
_ALIKE = (
    "lawmaker congressman congresswoman senator sen representative rep mp mep".split(),
    "governor gov".split(),
    "general gen".split(),
)




class Held(NamedTuple):
    """An office that the text gives a person at a character: the words before its last one, in lower case, the name."""

    at: int
    more: frozenset[str]
    name: str


class Offices:
    """The offices of the persons of one text.

    >>> text = "Foreign Minister Jonas Beck met Rita Sol, the mayor. The minister left."
    >>> offices = Offices(text, lambda run: run.group())
    >>> offices.holder("The minister", 60), offices.holder("the mayor", 60), offices.holder("the king", 60)
    ('Jonas Beck', 'Rita Sol', '')
    """

    def __init__(self, text: str, person: Callable[[re.Match[str]], str]) -> None:
        self._text, self._person = text, person
        self._held: dict[str, list[Held]] = {}

    def holder(self, words: str, at: int) -> str:
        """The one person before a character who has an office; empty where none or several have it."""
        spoken = _spoken_of(words)
        if spoken is None:
            return ""
        more, head = frozenset(spoken["more"].lower().split()), spoken["head"].lower()
        names = self._named(head, more, at)
        if not names:  # *the Republican lawmaker* after *Rep. Ada Lind*
            alike = next((group for group in _ALIKE if head in group), ())
            names = {name for other in alike for name in self._named(other, frozenset(), at)}
        return names.pop() if len(names) == 1 else ""

    def is_new(self, words: str) -> bool:
        """Whether an office is spoken of that the text gives nobody: *the governor*, but no trade, which many have."""
        spoken = _spoken_of(words)
        head = spoken["head"].lower() if spoken else ""
        return head != "" and head not in _MANY and not self._every(head)

    def is_held(self, words: str) -> bool:
        """Whether an office is spoken of that the text gives somebody: *the finance minister* beside another one."""
        spoken = _spoken_of(words)
        return spoken is not None and bool(self._every(spoken["head"].lower()))

    def _named(self, head: str, more: frozenset[str], at: int) -> set[str]:
        """The persons before a character who have an office: none, one, or two of several."""
        own = (held for held in self._every(head) if held.at < at and more <= held.more)
        names: set[str] = set()
        for held in own:
            names |= {held.name} if not (held.more - more) & _ANOTHER else set()
            if len(names) > 1:
                break
        return names

    def _every(self, head: str) -> list[Held]:
        """All who have an office, looked for once."""
        if head not in self._held:
            first = {held[1:]: held for held in reversed(list(self._holders(head)))}
            self._held[head] = sorted(first.values(), key=lambda held: held.at)
        return self._held[head]

    def _holders(self, head: str) -> Iterator[Held]:
        """Yield who has an office: *Minister Jonas Beck*, *the minister, Jonas Beck,*, *Jonas Beck, the minister*."""
        for start in apart_in(self._folded, head, _IN_WORD):
            for more, run in self._beside(start, start + len(head)):
                name = self._person(run) if run else ""
                if name:
                    yield Held(start, frozenset(more.lower().split()), name)

    @cached_property
    def _folded(self) -> str:
        return self._text.replace("İ", "i").lower()  # no other letter becomes two

    def _beside(self, start: int, end: int) -> Iterator[tuple[str, re.Match[str] | None]]:
        """Yield the words before an office, and the capitalised words that may be its holder."""
        before = self._text[max(0, start - _REACH) : start]
        front = _IN_FRONT.search(before, plain_word(before)) if self._text[start].isupper() else None
        if not front and (lower := _LOWER.search(before)):
            yield lower["more"].replace(".", ""), RUN.match(self._text, end + 1)
        if front:
            name = end + (2 if self._text.startswith(".", end) else 1)  # *Rep. Ada Lind*
            yield f"{front['word'] or ''} {front['more']}", RUN.match(self._text, name)
        comma = _BESIDE.match(self._text, end)
        article = _ARTICLE.search(before) if comma else None
        if article and comma:
            yield article["more"], RUN.match(self._text, comma.end())
        behind = _BEHIND.match(before, before.rfind(",")) if "," in before else None
        if behind and not _PLACED.search(before, 0, behind.start()):
            run = RUN_AT_END.search(before[: behind.start()])
            front_of = before[: run.start()] if run else ""
            led = _LEADING.search(front_of) or (_SPEAKS.match(self._text, end) and front_of.rstrip()[-1:].isalpha())
            yield behind["more"], None if led else run  # *After a talk with Ada Lind, the mayor said*


def _spoken_of(words: str) -> re.Match[str] | None:
    """The office that words spell: *the foreign minister*."""
    last = words[words.rfind(" ") + 1 :].casefold().rpartition("-")[2]
    return _SPOKEN_OF.search(words) if last in _FOLDED or not last.isalpha() else None
