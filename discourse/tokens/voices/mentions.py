"""Words in quotation marks that are only mentioned: titles, names, terms, echoes, and what has no source."""

from __future__ import annotations

import re

from ..types import STOP_WORDS
from . import signs
from .cues import (
    CALLED_SO,
    COINED,
    CUE_BEFORE,
    ENTITLED,
    EXPLAINED,
    IN_WORDS,
    MENTIONED,
    NAMED,
    NEWSPAPER,
    TERMS,
    TITLE_OF,
    TITLED,
    WORK_BEFORE,
    WORK_BEHIND,
)
from .openings import doing
from .passages import Judgement, Passage, lowered, words_of
from .passive import BY, passive
from .subjects import NOBODY, subject, without_auxiliaries
from .verbs import CALLING

_TITLE_WORDS = 4  # capitalised words after the name of a kind of work are its title
_WHAT = re.compile(r"\bwhat\s+(?:[\w’'\-]+\s+){1,3}$", re.I)
# *on NBC’s “Today”*
_ON_AIR = re.compile(r"\b(?:on|of|for)\s+(?:[A-Z][\w.]*\s+)*(?:[A-Z]{2,}|News|Radio|TV|Television)['’]s?\s+$")
_YEAR = re.compile(r"\s*\((?:1[5-9]|20)\d\d\)")  # *“The Ferryman” (1998)*
_NAME_WORDS = 3
_KIND = re.compile(r"\s+(?:Movement|Party|Union|Group|Alliance|Bloc|Coalition|Front|Foundation|Society|Club|Centre)\b")
_ARTICLE = re.compile(r"\b(?:the|new)\s+$")
_NAME_BEFORE, _NAME_BEHIND = re.compile(r"[A-Z][\w\-]+\s$"), re.compile(r"\s[A-Z][\w\-]")
_NICKNAME_WORDS = 2
_AND = re.compile(r"[\s,]*(?:and|but)\s+(?:\w+ly\s+|later\s+|also\s+)?")
_BRACKETS = re.compile(r"\[.*?\]")
_TERM_WORDS = 16  # more words are no term
_PART_WORDS = 3  # fewer may be one word with its article
_JOINING = frozenset("a an and of or the".split())


def title_of_work(passage: Passage) -> Judgement | None:
    """*piece on “…”*, *“…” list*, *an act entitled “…”*."""
    before = passage.lead if passage.signs & signs.WORKS else ""
    named = ENTITLED.search(before)
    found = named or TITLED.search(before) or TITLE_OF.match(passage.tail) or WORK_BEHIND.match(passage.tail)
    if found and (named or passage.capitalised or passage.words.startswith("To ")):
        return Judgement("author", "title", cue=found["cue"].lower(), rule="title of a work")
    if passage.capitalised and _YEAR.match(passage.tail):
        return Judgement("author", "title", rule="title of a work")
    if passage.capitalised and _ON_AIR.search(passage.lead):
        return Judgement("author", "title", rule="title of a work")
    work = WORK_BEFORE.search(before) if passage.capitalised else None
    if work and len(passage.parts) >= _TITLE_WORDS:
        return Judgement("author", "title", cue=work["cue"].lower(), rule="title of a work")
    return None


def nickname(passage: Passage) -> Judgement | None:
    """*Joko “Jokowi” Wirata*: between two words of a name."""
    between = _NAME_BEFORE.search(passage.lead) and _NAME_BEHIND.match(passage.tail)
    if not between or len(passage.parts) > _NICKNAME_WORDS or not passage.words[-1].isalpha():
        return None
    return Judgement("author", "name", rule="capitalised name")


def newspaper(passage: Passage) -> Judgement | None:
    """*According to «Morgenbladet», …*, *told the newspaper “Bild” that …*: the marks hold a name."""
    if not NEWSPAPER.search(passage.lead):
        return None
    return Judgement("author", "name", rule="capitalised name")


def named(passage: Passage) -> Judgement | None:
    """*said that the “Treaty of the Nine Rivers” had lapsed*: a name with its article, also behind a verb of speech."""
    if not _ARTICLE.search(passage.lead) or (len(passage.parts) < _NAME_WORDS and not _KIND.match(passage.tail)):
        return None  # the “Solidarity” Movement
    return name(passage)


def called(passage: Passage) -> Judgement | None:
    """*so-called “…”*, *what Lind calls “…”*: how something is called; *Lind called it “…”* is speech."""
    so = CALLED_SO.search(passage.lead)
    if so:
        return _called_by_someone(passage, so)
    found = NAMED.search(passage.lead)
    if found is None:
        return None
    if BY.match(passage.tail) and found["cue"].lower() in CALLING:
        return passive(passage, NOBODY, found["cue"].lower())
    if passage.capitalised and found["cue"].lower().startswith("code"):
        return Judgement("author", "name", cue=found["cue"].lower(), rule="capitalised name")
    before = passage.lead[: found.start()]
    source = subject(before) if re.search(r"\bwhat\b", before, re.I) else NOBODY
    speaker = passage.earlier.names.of(source, passage.at)
    return Judgement("marked", "term", speaker, source.words, found["cue"].lower(), "what it is called")


def _called_by_someone(passage: Passage, so: re.Match[str]) -> Judgement:
    before, cue = passage.lead[: so.start()], so["cue"].lower()
    earlier = passage.sentence
    if earlier and earlier.voice == "quoted" and _AND.fullmatch(before):  # *said it was “late” and called it “bad”*
        return Judgement("quoted", "", earlier.speaker, earlier.source, cue, "cue before")
    source = doing(before, cue)
    _, auxiliaries = without_auxiliaries(before)
    if _WHAT.search(before):
        speaker = passage.earlier.names.of(source, passage.at)
        return Judgement("marked", "term", speaker, source.words, cue, "what it is called")
    of_passive = re.search(r"\b(?:is|are|was|were|been|be)\b", auxiliaries)
    if of_passive and BY.match(passage.tail):
        return passive(passage, source, cue)
    if of_passive or source.words.lower() in ("they", "some", "people", "we", "that we") or source.kind == "none":
        return Judgement("marked", "term", source=source.words, cue=cue, rule="what it is called")
    speaker = passage.earlier.names.of(source, passage.at)
    return Judgement("quoted", "", speaker, source.words, cue, "cue before")


def mentioned(passage: Passage) -> Judgement | None:
    """*the word “…”*: a word is spoken of."""
    found = MENTIONED.search(passage.lead)
    if found is None or len(passage.parts) > _TERM_WORDS or CUE_BEFORE.search(passage.lead[found.end() :]):
        return None
    if IN_WORDS.search(passage.lead):
        return None
    if re.search(rf"\b(?:in (?:the|his|her|their|those)|these)\s+{found['cue']}\b", passage.lead, re.I):
        return None
    return Judgement("marked", "term", cue=found["cue"].lower(), rule="what it is called")


def explained(passage: Passage) -> Judgement | None:
    """*“…”, a phrase that nobody defines*: a word is spoken of, whatever stands before it."""
    found = EXPLAINED.match(passage.tail)
    if found is None or CUE_BEFORE.search(passage.lead):
        return None
    return Judgement("marked", "term", cue=found["cue"].lower(), rule="what it is called")


def listed(passage: Passage) -> Judgement | None:
    """The next of several terms with nothing but a comma or *and* between them; *three words: “…”*."""
    before = passage.sentence
    terms = TERMS.search(passage.lead) if passage.signs & signs.TERMS else None
    if terms and not passage.sentence_like:
        return Judgement("marked", "term", cue=terms["cue"].lower(), rule="list of terms")
    if before and before.marking == "term" and re.fullmatch(r"[\s,;]*(?:and|or)?\s*", passage.between):
        return Judgement("marked", "term", before.speaker, before.source, before.cue, "list of terms")
    return None


def echo(passage: Passage) -> Judgement | None:
    """Words of an earlier quotation, also with a word put in brackets."""
    words = words_of(_BRACKETS.sub("", passage.words)) if "[" in passage.words else lowered(passage.parts)
    for earlier, said in passage.earlier.sharing(words):
        together = f" {' '.join(words)} " in f" {' '.join(earlier)} "
        if together or (len(words) > 3 and sum(word in earlier for word in words) >= 0.8 * len(words)):
            return Judgement("marked", "echo", said.speaker, rule="earlier quotation taken up")
    return None


def name(passage: Passage) -> Judgement:
    if passage.words in passage.earlier.coined or _head(passage.words) in COINED:
        return Judgement("marked", "term", rule="one of its kind")
    return Judgement("author", "name", rule="capitalised name")


def _head(words: str) -> str:
    """The noun that capitalised words turn on: *New Détente with the West*."""
    return re.split(r"\s+(?:of|for|with|between|in|to)\b", words)[0].rstrip(".,;!?").rpartition(" ")[2]


def scare(passage: Passage) -> Judgement:
    return Judgement("marked", "scare", rule="no source")


def is_part(words: str) -> bool:
    """Whether words are part of a sentence and no word or compound, which joins with *of* and *and* alone.

    >>> is_part("as soon as they can"), is_part("sphere of influence"), is_part("loyal wingman")
    (True, False, False)
    """
    parts = words_of(words)
    return len(parts) >= _PART_WORDS and not STOP_WORDS.isdisjoint(set(parts) - _JOINING)
