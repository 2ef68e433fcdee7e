"""Who is named behind a verb of speech: *said Ole Brandt*, *said a spokesman for the rebels, Amadou Keita*."""

from __future__ import annotations

import re

from ..types import STOP_WORDS
from .cues import FINITE, RUN, UPPER, trie
from .fullnames import cleaned
from .places import DEMONYMS
from .subjects import NOBODY, Source
from .titles import HOLDERS

_BEFORE_NAME = re.compile(r"\s+(?:the\s+(?=[A-Z]))?")
_COUNTRY = re.compile(r"[A-Z]\w+\s+(?=[a-z])")
_THIRD_PERSON = re.compile(r"(?:he|she|him)\b|her(?=\s*(?:[.,;:]|$))")
# Where the naming of somebody ends that a verb stands before: *said the head of the port in a letter*.
_NAMING_ENDS = re.compile(
    r"[,.;:!?—–()“”\"‘\n]|\s(?:on|in|at|to|with|by|about|during|after|before|who|which|that|when|while|as|last|this|yesterday|"
    rf"today|earlier|later)\b|\s{FINITE}"
)
_ANOTHER_NAMED = re.compile(r"(?:(?!\b(?:of|for)\b).)*?(?=\s(?:and|or|but)\s)")  # not *of roads and bridges*
_NAMING_WORDS = 16
# The end of an institution's name behind *and*.
_REST = re.compile(
    rf"\s+and\s+(?:[{UPPER}][\w\-]+\s+){{1,3}}(?:Council|Committee|Commission|Agency|Association|Administration|"
    r"Authority|Bureau|Department|Institute|Ministry|Office|Organization|Organisation|Service|Union|Fund|Bank|Company)\b"
)
_DETERMINED = re.compile(
    r"(?:the|a|an|one|his|her|its|their|some|many|several|two|three|both|most|another|each)\b", re.I
)
_OF = "(?:of|in|for|from|to|at|on|by|with|about)"
_WITH_NAME = re.compile(
    rf"\w+\s+(?:(?!{_OF}\b)[\w’'\-]+\s+){{0,2}}(?!{_OF}\b)[\w’'\-]+,?\s+(?P<run>{RUN.pattern})"
    rf"(?![\w\-]|\s+[{UPPER}]|\s+(?!(?:of|in|on|at|who|and|for|from|during|after|before|as|with|last|this|to|by)\b)[a-z])"
)
# What somebody is, behind what it is of: *said White House spokesman Jon Ek*.
_OFFICE_OF = re.compile(rf"(?:['’]s)?\s+(?:[a-z][\w\-]*\s+){{0,3}}?(?:{trie(HOLDERS)})\s+(?P<run>{RUN.pattern})")
# *said Ada Lind of Norham University’s Centre for Roads*
# *said Norland’s Port Authority*
_OWNED = re.compile(rf"{RUN.pattern}['’]s?\s(?P<run>{RUN.pattern})(?=\s*(?:[.,;]|$))")
_OF_WHOLE = re.compile(
    rf"(?P<person>[{UPPER}][\w.\-]*(?:\s[{UPPER}][\w.’'\-]*){{1,2}})\s(?:of|from|at)\s(?:the\s)?{RUN.pattern}['’]s?\s"
)
# The name behind what somebody is: *said a spokesman for the rebels, Amadou Keita.*
_NAMED_LAST = re.compile(rf"[^,;:.]*\b(?:{trie(HOLDERS)})\b[^,;:.]*,\s+(?P<run>{RUN.pattern})(?=\s*(?:[,.;]|$))")
# A document speaks for its author: *said a report by the Port Authority*.
_WRITTEN_BY = re.compile(
    rf"an?\s(?:[\w\-]+\s){{0,2}}?(?:report|statement|study|letter|analysis|note|memo)\s(?:by|from)\s(?:the\s)?"
    rf"(?P<run>{RUN.pattern})(?!['’\w])"
)
# Lower-case words before the name of who is what they say: *said former minister Rashid Qureshi*.
_LOWER = r"(?:[a-z][\w’'\-]*\s+(?:[A-Z][a-z]+(?:an|ese|ish|ch|i)\s+(?=[a-z]))?){1,5}"  # *former Norwegian envoy*
_DESCRIBED = re.compile(rf"(?P<words>{_LOWER}?(?:and\s+{_LOWER})?)(?P<run>{RUN.pattern})")
# What is no person, before its name: *described by homelessness charity Shelter as*.
_BODY = re.compile(
    r"(?:charity|company|group|agency|firm|bank|broadcaster|newspaper|magazine|party|union|watchdog|regulator|airline|maker|"
    r"retailer|website|network|publisher|giant)\s+$"
)
_HELD_LAST = re.compile(
    rf"(?:[a-z][\w\-]*\s+){{0,2}}(?:{trie(HOLDERS)})\s+(?:for|of|at)\s[^,;.]{{2,60}},\s+(?P<run>{RUN.pattern})"
    r"(?=\s*(?:[,.;]|$))"
)
_AGED = re.compile(r"\d+-year-old\s+")
_PARTICLED = re.compile(rf"(?:de|van|von|al|el|bin|der|den)\s+{RUN.pattern}")


def following(after: str) -> Source:
    """Who is named right after a verb: *said Ole Brandt*, *said the minister*.

    >>> following(" Ole Brandt, who left"), following(" the minister."), following(" nothing")
    (Source(words='Ole Brandt', kind='name', after_comma=False), Source(words='the minister', kind='other', \
after_comma=False), Source(words='', kind='none', after_comma=False))
    """
    blank = _BEFORE_NAME.match(after)
    text = after[blank.end() :] if blank else after
    country = _COUNTRY.match(text)
    if country and country.group().strip() in DEMONYMS:  # *Norwegian minister Ada Lind*, *Norwegian sources*
        source = following(f" {text[country.end() :]}")
        return source if source.kind == "name" else Source(_named(text), "other")
    run = None if text[:1].islower() else RUN.match(text)
    held = _OFFICE_OF.match(text, run.end()) if run else None
    if held and cleaned(held["run"]):
        return Source(held["run"], "name")
    part = _OF_WHOLE.match(text) if run else None
    if part:
        return Source(part["person"], "name")
    owned = _OWNED.match(text) if run else None
    if owned and " " in cleaned(owned["run"]):
        return Source(owned["run"], "name")
    if run and not text.startswith(("’s", "'s"), run.end()):
        return Source(_whole(run, text), "name") if cleaned(run.group()) else Source(run.group(), "other")
    if _THIRD_PERSON.match(text):
        return Source(text.split()[0].strip(",.;:"), "pronoun")
    if run or _DETERMINED.match(text):  # *Norway’s envoy*, *the envoy*
        return _named_within(text) or (Source(_named(text), "other") if _named(text) else NOBODY)
    return _undetermined(text)


def _named_within(text: str) -> Source | None:
    """The name in what describes somebody: *the envoy Ada Lind*, *a spokesman for the rebels, Amadou Keita*."""
    for found in (_WITH_NAME.match(text), _NAMED_LAST.match(text), _WRITTEN_BY.match(text)):
        if found and cleaned(found["run"]):
            return Source(found["run"], "name")
    return None


def _undetermined(text: str) -> Source:
    """Who is named without an article: *de Witte*, *spokesman for farms, Amadou Keita*, *former envoy Ada Lind*."""
    aged = _AGED.match(text)
    text = text[aged.end() :] if aged else text
    if aged and (run := RUN.match(text)) and " " in cleaned(run.group()):
        return Source(run.group(), "name")
    particled = _PARTICLED.match(text)
    if particled:
        return Source(particled.group(), "name")
    last = _HELD_LAST.match(text)
    if last and cleaned(last["run"]):
        return Source(last["run"], "name")
    described = _DESCRIBED.match(text)
    if described is None or not (STOP_WORDS - {"and"}).isdisjoint(described["words"].split()):
        return NOBODY
    own = " " in cleaned(described["run"]) or _BODY.search(described["words"])
    return Source(described["run"], "name") if own else NOBODY


def _named(text: str) -> str:
    """The words with which a text begins to name somebody."""
    naming = _NAMING_ENDS.search(text)
    named = text[: naming.start()] if naming else text
    another = _ANOTHER_NAMED.match(named)
    return " ".join((another.group() if another else named).split()[:_NAMING_WORDS])


def _whole(run: re.Match[str], text: str) -> str:
    """A name with the rest of it behind *and*: *the Town and Country Council*."""
    rest = _REST.match(text, run.end())
    return f"{run.group()}{rest.group()}" if rest else run.group()
