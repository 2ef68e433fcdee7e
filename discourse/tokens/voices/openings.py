"""Who goes on speaking: the subject that a sentence opens with, for a verb behind it that has none of its own."""

from __future__ import annotations

import re
from itertools import islice

from .cues import FINITE_BEHIND, RUN
from .namings import following
from .subjects import NOBODY, Source, subject, without_auxiliaries
from .verbs import DEMANDING

_BEFORE_PARTICIPLE = (
    ",", " statement", " article", " report", " post", " letter", " lawsuit", " complaint", " memo", " email",
)  # fmt: skip
_VERBS = 4  # of a sentence whose subjects are looked at
# What a verb stands behind that shares its subject with the verb before: *left and said*, *left, calling it “…”*.
_GOES_ON = re.compile(
    r"(?:,|\b(?:and|but|or|then|while|by|before|after|when|instead|also|in|statement|article|report|post|letter|lawsuit|complaint|memo|email))$"
)
_SUBORDINATE = re.compile(
    r"\W*(?:If|When|While|After|Before|As|Although|Though|Because|Since|Once|Even)\b[^,]*,\s*(?=\S)"
)
_REACH = 160  # characters before *as saying* in which it is looked for who is quoted
_NEAR = 90
_CITED = re.compile(
    r"\b(?:quot|cit)(?:es?|ed|ing)\s+(?P<who>[^,;:.]{2,80}?)(?:,[^;:]{2,80},)?\s+as\s+(?=saying|telling|warning|having\s+said)"
)
_PRESENT = re.compile(
    rf"(?:[^,]{{3,80}},\s+)?(?:[\w’'\-]+\s+){{0,5}}?(?P<run>{RUN.pattern})\s+(?:\w+ly\s+)?[a-z]+s\b"
)
_RELATIVE = re.compile(r",\s+(?:who|which|whose)\b")
_FOR_SAYING = re.compile(rf"(?P<run>{RUN.pattern})\s+(?:for|of)$")  # *criticised Ada Lind for saying*


def doing(before: str, verb: str, head: str = "") -> Source:
    """Who does what a verb says: its own subject, or that of its sentence for *left and said*, *left, calling it*."""
    quoted = cited(f"{before}{verb}", len(before)) if verb.endswith("ing") else None
    if quoted:
        return quoted
    for_saying = verb.endswith("ing") and verb not in DEMANDING and before.endswith((" for ", " of "))
    blamed = _FOR_SAYING.search(before.rstrip()) if for_saying else None
    if blamed:
        return Source(blamed["run"], "name")
    participle = verb.endswith("ing") and before.rstrip().endswith(_BEFORE_PARTICIPLE)
    source = NOBODY if participle else subject(before)
    goes_on = source.kind == "other" and (verb.endswith("ing") or before.endswith(" to "))
    acts = FINITE_BEHIND.search(f" {source.words}") if goes_on else None
    if acts and acts.start():
        return subject(f"{source.words[: acts.start()]} ")  # *Ek posted on X claiming that*, *Ek came to condemn it*
    if source.kind != "none":
        return source
    first = opening(head or before)
    if first.kind != "none" or not participle:
        return first
    own = subject(before)
    return own if own.kind in ("name", "pronoun") else NOBODY


def opening(before: str) -> Source:
    """The subject of the first verb of a sentence, where a later one goes on with it.

    >>> opening("Foreign Minister Sergey Lavrov rejected the report, "), opening("Lind met Beck, who left, ")
    (Source(words='Foreign Minister Sergey Lavrov', kind='name', after_comma=False), Source(words='', kind='none', \
after_comma=False))
    """
    region = without_auxiliaries(before)[0]
    if not _GOES_ON.search(region):
        return NOBODY
    subordinate = _SUBORDINATE.match(region)
    region = region[subordinate.end() if subordinate else 0 :]
    for verb in islice(FINITE_BEHIND.finditer(region), _VERBS):
        source = subject(region[: verb.start() + 1])
        inverted = verb.group().strip() in ("said", "says")
        if region[: verb.start()].endswith(",") and source.kind != "name" and not inverted:
            continue  # *the talks, held in Rome*
        quoted = source.words.startswith("qq")  # what stands in quotation marks, see `indirect`
        if (quoted or source.kind == "none") and inverted:
            source = following(region[verb.end() :])  # *“…,” said Lind, adding that*
        if source.kind not in ("none", "first"):
            return NOBODY if _RELATIVE.search(region, verb.end()) else source
    present = _PRESENT.match(region)
    return Source(present["run"], "name") if present else NOBODY


def cited(text: str, at: int) -> Source | None:
    """Who is cited as saying something, if the verb at a character says so: *it quoted Ek, a sailor, as saying*."""
    found = _CITED.search(text, max(0, at - _REACH))
    return following(f" {found['who']}") if found and abs(found.end() - at) < _NEAR else None
