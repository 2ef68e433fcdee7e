"""Whose words they are: the subject of a verb of speech, and the name that the document gives him or her."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import NamedTuple

from ..types import STOP_WORDS
from .cues import (
    CALENDAR,
    FINITE,
    FIRST_PERSON,
    NO_PERSONS,
    PRONOUN,
    RUN,
    RUN_AT_END,
    is_people,
    plain_word,
)
from .fullnames import FullNames, cleaned, is_office
from .offices import Offices

_KEPT = 16  # answers: the rules ask the same of one place one after the other
_REACH = 700  # characters before a pronoun in which the person it stands for is looked for
_PHRASE_REACH = 160  # characters in which the subject right before a verb is looked for

# What stands between a subject and its verb.
_BETWEEN = frozenset(
    """has have had is are was were be been being did does do not never ever also then later now already again even just
    still once only further always often rather am will would can could may might must shall should cannot to""".split()
)
TRIES = re.compile(r"\s(?:tried|tries|began|continued|continues|went on|used|wanted|managed|liked|seemed|hastened)$")
_OF_PERSONS = frozenset("he He hE HE we We us".split())  # what the last two letters of a pronoun are, but for I
_RELATIVE = re.compile(r",?\s*\b(?:who|which|that)$")
_PREPOSITION = re.compile(
    r"\b(?:of|in|from|for|by|at|on|with|to|about|near|between|against|after|before|into|over|through|and|or)(?:\s+the)?\s+$"
)
_PHRASE = re.compile(
    r"(?:^|[,;:—–(\-“”\"‘]\s*(?:(?:and|but|yet|so|as|while|when)\s+)?|\b(?:and|but|yet|or|as|when|while|if|because|that|after|before|where|what|which|than|so)\s+)"
    r"(?P<phrase>(?:(?:(?:[A-Z]\.)+|[\w'’\-]+)\s+){0,15}[\w'’\-]+)$"
)
_PHRASE_MARKS = ',;:—–(“”"‘'  # no phrase goes over one
# What tells the time between a subject and its verb: *Lind on Friday dismissed*.
_WHEN = re.compile(
    rf"\s(?:(?:late|early|earlier)\s)?(?:(?:on|in|last|this)\s(?:{'|'.join(sorted(CALENDAR))}|week|month|year)"
    r"(?:\s\d{1,2})?|yesterday|today)$"
)
_TIMES = CALENDAR | frozenset("week month year yesterday today".split())
_WHEN_WORDS = 4  # *late on January 12*
# *He paid and the head of the port*: a subject of its own behind a verb.
_OWN_SUBJECT = re.compile(
    rf"\s{FINITE}.*?\b(?:and|but|yet|or|as|when|while|if|because|that)\s+(?=(?:the|an?|his|her|its|their)\s)"
)
_ARTICLE = re.compile(r"\b(?:the|a|an|this|that|these|those)\s+$", re.I)
_BEFORE_NAME = re.compile(r"\s+(?:the\s+(?=[A-Z]))?")
_THIRD_PERSON = re.compile(r"(?:he|she)\b")
_BRACKETS = re.compile(r"\s*\([^()]{1,40}\)$")
# Where the naming of somebody ends that a verb stands before: *said the head of the port in a letter*.
_NAMING_ENDS = re.compile(
    r"[,.;:!?—–()“”\"‘\n]|\s(?:on|in|at|to|with|by|about|during|after|before|who|which|that|when|while|as|last|this|yesterday|"
    rf"today|earlier|later)\b|\s{FINITE}"
)
_ANOTHER_NAMED = re.compile(r"(?:(?!\b(?:of|for)\b).)*?(?=\s(?:and|or|but)\s)")  # not *of roads and bridges*
_NAMING_WORDS = 16
_TWO_SUBJECTS = 3  # words, at the least, of *left-and the mayor*
_NOT_IN_A_PERSON = NO_PERSONS | {"of", "for"}
_DETERMINED = re.compile(
    r"(?:the|a|an|one|his|her|its|their|some|many|several|two|three|both|most|another|each)\b", re.I
)
_ADDED = re.compile(r"(?:(?:the|a|an|who|which|his|her|its|their|head|director|chief|former|then)\b|[a-z])", re.I)
_WITH_NAME = re.compile(
    rf"\w+\s+(?:(?!of|in|for|from|to|at|on|by|with|about)[\w'’\-]+\s+){{0,2}}[\w'’\-]+,?\s+(?P<run>{RUN.pattern})"
)
# Lower-case words before the name of who is what they say: *said former minister Rashid Qureshi*.
_DESCRIBED = re.compile(rf"(?P<words>(?:[a-z][\w’'\-]*\s+){{1,4}})(?P<run>{RUN.pattern})")
_PRONOUNS = re.compile(r"\b(?:he|she|him|his|her)\b", re.I)
_SENTENCE_END = re.compile(r"[.!?\n](?:(?<=\n)|['’”\"»)]*\s+)")  # one set in front: the search skips to marks
_MARKED = re.compile(r"“[^“”]*”|\"[^\"]*\"|«[^«»]*»")


class Source(NamedTuple):
    """Who a text says is speaking.

    Attributes:
        words: as they stand in the text.
        kind: `name`, `pronoun` (he, she), `first` (I, we), `other` (a common noun, they), `none`.
        after_comma: whether the verb stands in a relative clause set off by a comma.
    """

    words: str
    kind: str
    after_comma: bool = False


NOBODY = Source("", "none")


@lru_cache(_KEPT)
def without_auxiliaries(before: str) -> tuple[str, str]:
    """The text before a verb up to its subject, and what stands between the two.

    >>> without_auxiliaries("Lavrov has also ")
    ('Lavrov', 'has also')
    """
    region = before.rstrip()
    cut = len(region)
    while cut:
        first = max(region.rfind(" ", 0, cut), region.rfind("\n", 0, cut)) + 1
        word = region[first:cut].lower()
        if word not in _BETWEEN and not word.endswith(("ly", "n’t", "n't")):
            break
        cut = len(region[:first].rstrip())
    return region[:cut], region[cut:].strip()


@lru_cache(_KEPT)
def subject(before: str) -> Source:
    """The subject of the verb that follows.

    >>> subject("Foreign Minister Sergey Lavrov "), subject("Kazakhstan, which "), subject("Critics ")
    (Source(words='Foreign Minister Sergey Lavrov', kind='name', after_comma=False), Source(words='Kazakhstan', \
kind='name', after_comma=True), Source(words='Critics', kind='other', after_comma=False))
    """
    region, auxiliaries = without_auxiliaries(before)
    region = _BRACKETS.sub("", region) if region.endswith(")") else region
    last = region[region.rfind(" ") + 1 :]
    if last in _TIMES or not last.isalpha():
        when = _WHEN.search(region, _before_last(region, _WHEN_WORDS) - 1)
        region = region[: when.start()] if when else region
    tries = TRIES.search(region) if auxiliaries.startswith("to") else None
    if tries:
        return subject(region[: tries.start() + 1])
    some = region.endswith(("who", "which", "that"))
    relative = _RELATIVE.search(region, _before_last(region, 1) - 1) if some else None
    if relative:
        region = region[: relative.start()]
        return _phrase_at_end(region)._replace(after_comma=relative.group().startswith(","))
    if region.endswith(","):
        return _apposed(region[:-1])
    return _phrase_at_end(region)


def _before_last(text: str, words: int) -> int:
    """Where the text ends before its last words: the search for what stands there begins at it."""
    parts = text.rsplit(None, words)
    return len(parts[0]) if len(parts) > words else 0


def _apposed(region: str) -> Source:
    """The subject before words set off by commas (*Mara Quist, who chaired the panel,*), or these words if a name."""
    outer, comma, inner = region.rpartition(",")
    inner = inner.strip()
    run = RUN.fullmatch(inner)
    if not comma or (run and outer.strip()):
        return _phrase_at_end(inner)
    if not _ADDED.match(inner):
        return NOBODY
    return _phrase_at_end(outer.rstrip())


def _phrase_at_end(region: str) -> Source:
    """The name, the pronoun or the noun that a text ends with."""
    region = region[-_PHRASE_REACH:].strip()
    last = region[region.rfind(" ") + 1 :]
    if last[-2:] in _OF_PERSONS or last.endswith("I"):
        if PRONOUN.search(last):
            return Source(region.split()[-1], "pronoun")
        if FIRST_PERSON.search(last):
            return Source(region.split()[-1], "first")
    run = None if last.islower() else RUN_AT_END.search(region, plain_word(region))  # a name ends in a capitalised word
    if run and not _is_within(region, run) and cleaned(run["run"]):
        return Source(run["run"], "name")
    phrase = _PHRASE.search(region, max(0, *map(region.rfind, _PHRASE_MARKS)))
    if phrase is None:
        return NOBODY
    words = phrase["phrase"]
    if len(words.split()) >= _TWO_SUBJECTS:
        words = _OWN_SUBJECT.split(f" {words}")[-1].strip()
    return Source(words, "other")


def _is_within(region: str, run: re.Match[str]) -> bool:
    """Whether a name only belongs to the noun before it (*a spokesman for Siemens*), or is the first word alone."""
    words = run["run"].split()
    before = region[: run.start()]
    if len(words) == 1 and not _mid_sentence(before) and (is_people(words[0]) or words[0].lower() in STOP_WORDS):
        return True
    dated = words[0] in CALENDAR or words[0].lower() in STOP_WORDS
    attached = _PREPOSITION.search(before, _before_last(before, 2))
    return attached is not None and not dated and not before[: attached.start()].rstrip().endswith((",", ":", ";"))


def _mid_sentence(before: str) -> bool:
    before = before.rstrip()
    return bool(before) and before[-1] not in ".!?:“\"‘"


@dataclass
class Names:
    """The names of one document.

    Attributes:
        text: of the document, or what of it may say whom a pronoun stands for.
        around: the names of the document, if `text` is a quotation in it.
    """

    text: str
    around: Names | None = None
    _speakers: dict[str, set[str]] = field(default_factory=dict)  # so far, by the first word of their names

    def inside(self, words: str) -> Names:
        """The same names for a quotation, in which a pronoun stands for somebody whom the quotation names."""
        return Names(words, self)

    def heard(self, speaker: str) -> None:
        """Take in who has spoken."""
        self._speakers.setdefault(speaker.partition(" ")[0], set()).add(speaker)

    def _heard_of(self, first: str) -> set[str]:
        """The speakers so far whose names begin with a word."""
        own = self._speakers.get(first, set())
        return own | self.around._heard_of(first) if self.around else own

    @cached_property
    def _forms(self) -> FullNames:
        return self.around._forms if self.around else FullNames(self.text)

    def of(self, source: Source, at: int) -> str:
        """The name of a source that is spoken of at a character: in full, and empty where the text leaves it open."""
        if source.kind == "name":
            return self.full(cleaned(source.words))
        if source.kind == "other" and not self.around:
            return self._offices.holder(source.words, at)
        return self.last_named(at) if source.kind == "pronoun" else ""

    @cached_property
    def _offices(self) -> Offices:
        return Offices(self.text, self._holder)

    def _holder(self, run: re.Match[str]) -> str:
        """The full name of who has an office; empty where the words name something else."""
        name = cleaned(run.group())
        return "" if NO_PERSONS.intersection(name.split()) or any(map(_shouted, name.split())) else self.full(name)

    def full(self, name: str) -> str:
        """The fullest form of a last name in the document; the name itself where there are two."""
        if " " in name or not name:
            return name
        full = self._forms.of(name)
        return full if full != name else self._family_first(name)

    def _family_first(self, name: str) -> str:
        """The one speaker so far whose name begins with it, as where the family name comes first: *Li*, *Li Wenhao*."""
        longer = self._heard_of(name) - {name}
        return longer.pop() if len(longer) == 1 else name

    def only_person(self, sentence: str) -> str:
        """The person that a sentence names; empty if it names none or two.

        >>> Names("").only_person("Mara Quist was blunt:")
        'Mara Quist'
        """
        persons = self._persons(sentence)
        return persons.pop() if len(persons) == 1 else ""

    def names_any(self, sentence: str) -> bool:
        """Whether a sentence names a person."""
        return bool(self._persons(sentence))

    def opening(self, sentence: str) -> str:
        """The person that a sentence begins with, if it names no other: the subject of *…, saying that*."""
        run = RUN.match(sentence.lstrip())
        return self.only_person(sentence) if run and self._person(run) else ""

    def last_named(self, at: int) -> str:
        """The one person in the nearest sentence before that names any; empty where it names two."""
        begin = max(0, at - _REACH)
        before = _MARKED.sub(lambda words: " " * len(words.group()), self.text[begin:at])
        ends = [0, *(end.end() for end in _SENTENCE_END.finditer(before)), len(before)]
        for first, last in zip(ends[-2::-1], ends[:0:-1], strict=True):
            persons = self._persons(before[first:last])
            if persons:
                # *He wrote to General Hamilton that he …*: a pronoun before the name is somebody else's.
                earlier = _PRONOUNS.search(before[first:last].partition(min(persons).split()[-1])[0])
                return persons.pop() if len(persons) == 1 and not earlier else ""
        return ""

    def _persons(self, sentence: str) -> set[str]:
        """The persons that a sentence names."""
        return {name for run in RUN.finditer(sentence) if (name := self._person(run))}

    def _person(self, run: re.Match[str]) -> str:
        """The person that a run of capitalised words names; empty if it names something else."""
        name = cleaned(run.group())
        parts = name.split()
        if not parts or not _NOT_IN_A_PERSON.isdisjoint(parts) or any(map(_shouted, parts)):
            return ""
        titled = any(map(is_office, run.group().split()[: -len(parts)]))
        if len(parts) > 1:
            return name if titled or not _articled(run.string[max(0, run.start() - 20) : run.start()]) else ""
        full = self.full(name)
        return full if titled or full in self._heard_of(full.partition(" ")[0]) or full != name else ""


def _shouted(word: str) -> bool:
    return len(word) > 1 and word.isupper() and "." not in word


def _articled(before: str) -> bool:
    return _ARTICLE.search(before) is not None


def following(after: str) -> Source:
    """Who is named right after a verb: *said Ole Brandt*, *said the minister*.

    >>> following(" Ole Brandt, who left"), following(" the minister."), following(" nothing")
    (Source(words='Ole Brandt', kind='name', after_comma=False), Source(words='the minister', kind='other', \
after_comma=False), Source(words='', kind='none', after_comma=False))
    """
    blank = _BEFORE_NAME.match(after)
    text = after[blank.end() :] if blank else after
    run = None if text[:1].islower() else RUN.match(text)
    if run:
        return Source(run.group(), "name") if cleaned(run.group()) else Source(run.group(), "other")
    if _THIRD_PERSON.match(text):
        return Source(text.split()[0].strip(",.;:"), "pronoun")
    if _DETERMINED.match(text):
        apposed = _WITH_NAME.match(text)
        if apposed and cleaned(apposed["run"]):
            return Source(apposed["run"], "name")
        naming = _NAMING_ENDS.search(text)
        named = text[: naming.start()] if naming else text
        another = _ANOTHER_NAMED.match(named)
        words = (another.group() if another else named).split()
        return Source(" ".join(words[:_NAMING_WORDS]), "other") if words else NOBODY
    described = _DESCRIBED.match(text)
    if described is None or not STOP_WORDS.isdisjoint(described["words"].split()):
        return NOBODY
    return Source(described["run"], "name") if " " in cleaned(described["run"]) else NOBODY
