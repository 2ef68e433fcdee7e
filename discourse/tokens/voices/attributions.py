"""What is said according to somebody, and what a noun of speech tells: *Lind’s claim that …*."""

from __future__ import annotations

import re

from .clauses import REACH, Clause, Cue, clause_start, stretches
from .cues import FINITE, FINITE_BEHIND, NO_SOURCE, NOUN_THAT, RUN, SPEAKING_NOUN, STATED, STATEMENTS
from .fullnames import cleaned
from .namings import following
from .passages import words_of
from .subjects import NOBODY, Source, subject

_SHORT = "Mr Mrs Ms Dr Gen Sen Rep Gov Lt Col Prof Rev".split()
_NAMING_ENDS = re.compile(rf"(?:[,;]|{''.join(rf'(?<!{short})' for short in _SHORT)}(?<!\b[A-Z])\.)(?:\s|$)|$")
_APPOSED = re.compile(rf",\s+(?P<run>{RUN.pattern})(?=,)")  # *according to the mayor, Ada Lind,*
_DETERMINED = re.compile(r"\s+(?=(?:the|an?|this|these|its?|his|her|their|he|she|they|there|no|some|many|most)\s)")
_CONNECTED = re.compile(
    r"[\s“‘\"'(]*(?:(?:But|And|So|Yet|Still|Now|Indeed|However|Meanwhile|Moreover|Also|In fact|In addition),?|"
    r".*\bthat)?",
    re.S,
)
_WHICH = re.compile(r"(?:\b(?:which|who|that)|,\s(?:but|and|while)),$")
_MAIN = re.compile(rf",\s+(?=(?:[\w’'\-]+\s+){{1,5}}?{FINITE})")  # *amid reports that it fell, people left*
_THAT = re.compile(r"\s(?:that|which|who|made|led|run|based)\s")
_VERB_NEXT = re.compile(rf",\s+{FINITE}")
_OWNERS = {"his": "he", "her": "she"}
_HIS = re.compile(r"\b(?P<whose>his|her)\s+(?:\w+\s+)?$", re.I)


def owned(text: str, noun: int) -> bool:
    """Whether a word is a noun of speech with whose it is before it, and that behind it: *Lind’s claim that*."""
    return text[noun - 2 : noun] in ("s ", "’ ", "' ") and NOUN_THAT.match(text, _apostrophe(text, noun)) is not None


def _apostrophe(text: str, noun: int) -> int:
    return noun - (3 if text[noun - 2] == "s" and text[noun - 3] in "'’" else 2)


def according(cue: Cue) -> Clause | None:
    """*According to Lind, …*, *…, according to officials.*"""
    source, width = _named_after(cue.after)
    before = cue.before.rstrip()
    heads = _CONNECTED.fullmatch(before) is not None
    set_off = heads or before.endswith((",", "—", "–", "("))
    if source.kind == "none" or NO_SOURCE.search(source.words) or not (set_off or speaks(source)):
        return None
    if heads:
        begin = cue.end + width
        if cue.text[begin : begin + 1] != ",":
            return _according_without_comma(cue, source)
        return Clause(stretches(cue.text, begin + 1, cue.stop), source, "according to")
    own = _WHICH.search(before)
    if own and cue.text[cue.end + width : cue.end + width + 1] == ",":  # *a town that, according to Lind, is shut*
        return Clause(stretches(cue.text, cue.end + width + 1, cue.stop), source, "according to")
    begin = clause_start(cue, cue.start)
    verbless = not FINITE_BEHIND.search(f" {cue.text[begin : cue.start]}")
    goes_on = verbless and _VERB_NEXT.match(cue.text, cue.end + width)
    after = stretches(cue.text, cue.end + width + 1, cue.stop) if goes_on else []  # *Ten, according to Lind, are ill*
    return Clause([(begin, cue.start), *after], source, "according to")


def _according_without_comma(cue: Cue, source: Source) -> Clause | None:
    """*According to Lind the port was closed*: a name, and a clause right behind it."""
    begin = cue.after.find(source.words) + len(source.words)
    clause = _DETERMINED.match(cue.after, begin) if source.kind == "name" else None
    return Clause(stretches(cue.text, cue.end + clause.end(), cue.stop), source, "according to") if clause else None


def speaks(source: Source) -> bool:
    return source.kind == "name" or SPEAKING_NOUN.search(source.words) is not None


def _named_after(after: str) -> tuple[Source, int]:
    """Who is named after *according to*, and how many characters the naming takes."""
    comma = _NAMING_ENDS.search(after)
    width = comma.start() if comma else len(after)
    source = following(after[:width])
    apposed = re.match(
        r",\s+(?:an?|the|who|which|his|her|its|head|director|president|author)\b[^,;]{1,120}(?=,\s)", after[width:]
    )
    named = _APPOSED.match(after, width) if source.kind == "other" else None
    if named and " " in cleaned(named["run"]):
        return Source(named["run"], "name"), named.end()
    if source.kind == "none" and after[:width].strip():
        source = Source(after[:width].strip(), "other")
    if source.kind == "name" and apposed and not FINITE_BEHIND.search(_THAT.split(apposed.group()[4:])[0]):
        width += apposed.end()
    return source, width


def claim(cue: Cue) -> Clause | None:
    """*Lind’s claim that …*: to the verb of the sentence if the claim is its subject, else to the end."""
    owner = _apostrophe(cue.text, cue.start)
    before = cue.text[max(cue.first, owner - REACH) : owner]
    source = subject(before)
    begin = cue.end + len(" that ")
    stop = cue.stop
    heads = len(words_of(before)) <= len(words_of(source.words))
    verbs = list(FINITE_BEHIND.finditer(cue.text[begin : cue.stop]))
    second = next((verb for verb in verbs[1:] if _apart(cue, begin, verbs[0], verb)), None)
    if heads and second:
        stop = begin + second.start()
    return Clause(stretches(cue.text, begin, stop), source, "claim that")


def _apart(cue: Cue, begin: int, first: re.Match[str], second: re.Match[str]) -> bool:
    """Whether two verbs are two: *have stabilised* is one."""
    between = cue.text[begin + first.end() : begin + second.start()]
    return bool(words_of(between)) or not re.search(r"(?:ha[sd]|have|is|are|was|were|will|would)$", first.group())


def stated(cue: Cue) -> Clause | None:
    """*There are reports that …*, *his vow on Monday that …*: what is stated, whoever does."""
    that = STATED.match(cue.after) if cue.word in STATEMENTS else None
    if that is None:
        return None
    owner = _HIS.search(cue.before)
    source = Source(_OWNERS[owner["whose"].lower()], "pronoun") if owner else NOBODY
    begin, stop = cue.end + that.end(), cue.stop
    main = None if FINITE_BEHIND.search(cue.before) else _MAIN.search(cue.text, begin, stop)
    return Clause(stretches(cue.text, begin, main.start() if main else stop), source, "claim that")
