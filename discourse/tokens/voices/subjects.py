"""Who speaks: the subject of a verb of speech, before it or behind."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from ..types import STOP_WORDS
from .bodies import whole_body
from .cues import FINITE, FINITE_BEHIND, FIRST_PERSON, PRONOUN, RUN, RUN_AT_END, is_people, plain_word, trie
from .fullnames import NAMES_IN_CAPITALS, cleaned, is_office
from .places import DEMONYMS, PLACES
from .titles import CALENDAR, DOMAINS, HOLDERS, NO_PERSONS
from .verbs import SPEAKING

_KEPT = 16  # answers: the rules ask the same of one place one after the other
_PHRASE_REACH = 160  # characters in which the subject right before a verb is looked for
# What stands between a subject and its verb.
_BETWEEN = frozenset(
    """has have had is are was were be been being did does do not never ever also then later now already again even just
    still yet once only further always often rather hitherto pretty much long first earlier nevertheless nonetheless
    meanwhile therefore thus sometimes soon twice am will would can could may might
    must shall should cannot to""".split()
)
_SELVES = frozenset("himself herself itself themselves".split())
_JOINING = frozenset("and or after before".split())
# What says how a sentence is joined to others, between commas: *Lind, for example, said*, *Lind did, however, say*.
_CONNECTING = (
    ", however,", ", for example,", ", for instance,", ", meanwhile,", ", too,", ", in turn,", ", of course,",
    ", though,", ", for one,", ", nevertheless,", ", therefore,", ", in fact,",
)  # fmt: skip
_NO_ADVERBS = frozenset("family assembly ally rally supply monopoly daily weekly monthly".split())
TRIES = re.compile(r"\s(?:tried|tries|began|continued|continues|went on|used|wanted|managed|liked|seemed|hastened)$")
_OF_PERSONS = frozenset("he He hE HE we We us".split())  # what the last two letters of a pronoun are, but for I
_RELATIVE = re.compile(r",?\s*\b(?:who|which|that)$")
_PREPOSITION = re.compile(
    r"\b(?:of|in|from|for|by|at|on|with|to|about|near|between|against|after|before|into|over|through|under|within|among|behind|"
    r"and|or)(?:\s+the)?\s+$|\b(?:of|for|from|by)\s+the(?:\s+[\w\-]+){1,2}\s+$"
)
# *Korea expert Ada Lind of the council*, *The Courier’s Ole Ek in Norham*
_HEADS = re.compile(
    rf"(?:[Tt]he\s+)?(?:(?:(?!{FINITE})[\w\-]+\s+){{0,4}}(?:{trie(HOLDERS)})\s+|{RUN.pattern}['’]s\s+)?"
    rf"(?P<run>{RUN.pattern})\s+(?:in|under|at|of|for|from|with)\s"
)
_KIND = re.compile(
    rf"(?:[Tt]he\s+)?(?P<run>{RUN.pattern})\s+"
    r"(?:daily|weekly|newspaper|magazine|news agency|website|channel|party|group)$"
)
_PAPER = re.compile(r"\s(?:daily|weekly|newspaper|magazine|news agency|website)$")
_AROUND = "Beyond|Across|Amid|Around|Outside|Inside|Throughout|Within|In|At|On|From|Near|Despite|Besides|Unlike|Like"
_DESCRIBED_BEHIND = re.compile(rf"(?:^|[.;:]\s+)(?!(?:{_AROUND})\s)(?P<run>{RUN.pattern}),\s+$")
_MET = re.compile(rf"\b(?:by|with|met|including|and|than|like|was|were|to)\s+(?P<run>{RUN.pattern})$")
_BY_AGENT = re.compile(
    r"\b(?:\w+ed|led|run|made|written|held|drawn) by\s+"
    r"(?:(?!(?:what|which|who|that|as|and|how|when|where)\b)[\w’'\-]+\s+){1,6}$"
)
_PHRASE = re.compile(
    r"(?:^(?:(?:As|When|While|If|Because)\s+)?|[,;:—–(\-“”\"‘]\s*(?:(?:and|but|yet|so|as|while|when)\s+)?|\b(?:and|but|yet|or|as|when|while|if|because|that|after|before|where|what|which|than|so)\s+)"
    r"(?P<phrase>(?:(?:(?:[A-Z]\.)+|(?:Mrs?|Ms|Dr)\.|[\w'’/\-]+)\s+){0,15}[\w'’/\-]+(?:\.(?:com|net|org|info))?)$"
)
_SITES = (".com", ".net", ".org", ".info")
_PHRASE_MARKS = ',;:—–(“”"‘'  # no phrase goes over one
# What tells the time between a subject and its verb: *Lind on Friday dismissed*.
_WHEN = re.compile(
    rf"\s(?:(?:late|early|earlier|just)\s)?(?:(?:on|in|last|this)\s(?:{'|'.join(sorted(CALENDAR))}|week|month|year)"
    rf"(?:\s\d{{1,2}})?|(?<=late\s|arly\s)(?:{'|'.join(sorted(CALENDAR))})|yesterday|today|in\s(?:an?|his|her|its|their)\s(?:\w+\s)?"
    r"(?:statement|tweet|interview|speech|letter|post|report|address|briefing|email))$"
)
_TIMES = CALENDAR | frozenset(
    """week month year yesterday today statement tweet interview speech letter post report address briefing
    email""".split()
)
_WHEN_WORDS = 4  # *late on January 12*
# *He paid and the head of the port*: a subject of its own behind a verb.
_OWN_SUBJECT = re.compile(
    rf"\s{FINITE}.*?\b(?:and|but|yet|or|as|when|while|if|because|that)\s+(?=(?:the|an?|his|her|its|their)\s)"
)
_PLACED = re.compile(rf"(?P<run>{RUN.pattern})\s+(?:in|of|from)\s+(?:the\s+)?$")
_OWNER = re.compile(r"(?<=\s)[A-Z][\w\-]*(?:['’]s|(?<=s)['’])\s+$")  # *a spokesman for Norland’s Defence Ministry*
_SHORT = re.compile(r"[A-Z]{2,}\w*")
_DASHED = re.compile(r"\s(?:--|[–—])\s[^–—]{3,160}?\s(?:--|[–—])$")
_DESCRIBING = re.compile(r"\s*(?:(?:the|an?|who|whose|former|his|her|its)\b|\d)")
# *UN special envoy for Norland Ada Lind*
_HELD_FOR = re.compile(
    rf"\b(?:{trie(HOLDERS)})\s+(?:for|to|in|of)\s+(?:the\s+)?(?:{'|'.join(sorted(PLACES))})\s+(?P<run>{RUN.pattern})$"
)
_BRACKETS = re.compile(r"\s*\([^()]{1,40}\)$")
_IT = re.compile(
    rf"(?:^|[,;:—–(]\s*|\b(?:that|and|but|as|when|while|because|if|{trie(sorted(SPEAKING))})\s+)(?:it|they)$"
)
_TWO_SUBJECTS = 3  # words, at the least, of *left-and the mayor*
_GOING_ON = frozenset("and but or then while by before after when instead without".split())
_ADDED = re.compile(
    r"(?:(?:the|a|an|who|which|his|her|its|their|head|director|chief|former|then)\b|[a-z\d])|[\w\-]+['’]s?\s", re.I
)
_IN_PLACE = re.compile(r"\b(?:in|of|from|at)\s+[A-Z][\w\-]*(?:\s[A-Z][\w\-]*)?$")
_HELD_BY = re.compile(rf"^[A-Z][\w’'\- ]*\s(?:{trie(HOLDERS)})\s+(?P<run>{RUN.pattern})$")


# *Ada Lind, head of the port and of the town, told the paper*: what somebody is, with or without a comma behind.
_WHO_IS = re.compile(
    rf"^\W*(?P<run>{RUN.pattern}),\s+(?:an?\s+|the\s+)?(?:[\w\-]+\s+){{0,2}}(?i:{trie(HOLDERS)})\b[^.;:“”\"]*$"
)


# *Ada Lind, who was met by Beck, an envoy, after the vote, said*: no clause but that and what is subordinate.
_WHO_DID = re.compile(
    rf"^\W*(?P<run>{RUN.pattern}),\s+who\s[^,;:.]+,"
    rf"(?:(?:\s(?:after|before|when|while|since|as)\s[^,;:.]*|(?!\s(?:after|before|when|while|since|as)\s)"
    rf"(?:(?!\s{FINITE})[^,;:.])*),)*$"
)


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
    region = _unconnected(before.rstrip())
    cut = len(region)
    while cut:
        first = max(region.rfind(" ", 0, cut), region.rfind("\n", 0, cut)) + 1
        word = region[first:cut]
        emphatic = word in _SELVES and not region.startswith(" to", cut)  # *he has himself said*
        if not (emphatic or _stands_between(word)):
            break
        cut = len(region[:first].rstrip())
    return region[:cut], region[cut:].strip()


def _unconnected(region: str) -> str:
    connecting = next((words for words in _CONNECTING if region.endswith(words)), "") if region.endswith(",") else ""
    return region.removesuffix(connecting)


def _stands_between(word: str) -> bool:
    """Whether a word is an auxiliary or an adverb, and no name or noun that only looks so: *Kelly*, *family*."""
    if word.endswith("ly"):
        return word.islower() and word not in _NO_ADVERBS
    return (word.lower() in _BETWEEN and word not in NAMES_IN_CAPITALS) or word.endswith(("n’t", "n't"))


@lru_cache(_KEPT)
def subject(before: str) -> Source:
    """The subject of the verb that follows.

    >>> subject("Foreign Minister Sergey Lavrov "), subject("Kazakhstan, which "), subject("Critics ")
    (Source(words='Foreign Minister Sergey Lavrov', kind='name', after_comma=False), Source(words='Kazakhstan', \
kind='name', after_comma=True), Source(words='Critics', kind='other', after_comma=False))
    """
    region, auxiliaries = without_auxiliaries(before)
    if region.endswith(")"):
        return _bracketed(region)
    last = region[region.rfind(" ") + 1 :]
    if last in _TIMES or not last.isalpha():
        region = _without_time(_without_time(region))  # *in a tweet on Friday*
    tries = TRIES.search(region) if auxiliaries.startswith("to") else None
    if tries:
        return subject(region[: tries.start() + 1])
    some = region.endswith(("who", "which", "that"))
    relative = _RELATIVE.search(region, _before_last(region, 1) - 1) if some else None
    if relative:
        which = relative.group().endswith("which")
        region = _BRACKETS.sub("", region[: relative.start()])
        run = RUN_AT_END.search(region, plain_word(region)) if which else None
        placed = _PLACED.search(region, 0, run.start()) if run and run["run"] in PLACES else None
        run = placed or run  # *the Dialogue Group in Norland, which says*
        if run and cleaned(run["run"]):
            return Source(run["run"], "name", relative.group().startswith(","))  # *fire from the Council, which says*
        person = None if which else _MET.search(region)
        if person and _is_person(person["run"]):
            return Source(person["run"], "name", relative.group().startswith(","))  # *she met Ada Lind, who said*
        return _phrase_at_end(region)._replace(after_comma=relative.group().startswith(","))
    if ", " in region and (heads := _heading(region)):
        return heads
    if region.endswith(","):
        return _apposed(region[:-1])
    dashed = _DASHED.search(region) if region[-1:] in "-–—" else None
    if dashed:
        outer = region[: dashed.start()]
        return _apposed(outer) if _DESCRIBING.match(outer.rpartition(",")[2]) else _phrase_at_end(outer)
    return _phrase_at_end(region)


def _heading(region: str) -> Source | None:
    """The name that a sentence begins with, if only who it is stands between that and the verb."""
    held = _WHO_IS.match(region)
    if held and _is_person(held["run"]) and not FINITE_BEHIND.search(region, held.end("run")):
        return Source(held["run"], "name")
    did = _WHO_DID.match(region) if region.endswith(",") else None
    return Source(did["run"], "name", True) if did and cleaned(did["run"]) else None


def _is_person(run: str) -> bool:
    """Whether capitalised words name a person with two names."""
    words = cleaned(run).split()
    return len(words) > 1 and NO_PERSONS.isdisjoint(words)


def _without_time(region: str) -> str:
    when = _WHEN.search(region, _before_last(region, _WHEN_WORDS) - 1)
    return region[: when.start()] if when else region


def _before_last(text: str, words: int) -> int:
    """Where the text ends before its last words: the search for what stands there begins at it."""
    parts = text.rsplit(None, words)
    return len(parts[0]) if len(parts) > words else 0


def _bracketed(region: str) -> Source:
    """The subject before brackets, or what is short for it in them: *The refugee agency (UNHCR)*."""
    brackets = _BRACKETS.search(region)
    if brackets is None:
        return NOBODY
    source = subject(region[: brackets.start()])
    short = _SHORT.fullmatch(brackets.group().strip(" ()"))
    return Source(short.group(), "name") if short and source.kind == "other" else source


def _apposed(region: str) -> Source:
    """The subject before words set off by commas (*Mara Quist, who chaired the panel,*), or these words if a name."""
    outer, comma, inner = region.rpartition(",")
    inner = inner.strip()
    run = RUN.fullmatch(inner)
    if run and inner in PLACES and _IN_PLACE.search(outer):
        return subject(f"{outer} ")  # *Ada Lind of the Institute in Norham, Norland,*
    if not comma or (run and outer.strip()):
        return _phrase_at_end(inner)
    held = _HELD_BY.search(inner)
    if held and outer.strip() and cleaned(held["run"]):
        return Source(held["run"], "name")  # *The host, council member Ada Lind,*
    if not _ADDED.match(inner):
        return NOBODY
    further, comma, added = outer.rstrip().rpartition(",")
    named = RUN.fullmatch(added.strip())
    if comma and named and cleaned(named.group()):
        return Source(named.group(), "name")  # *However, Jean Ayrel, the minister of Norland,*
    if comma and _ADDED.match(added.strip()) and RUN_AT_END.search(further):
        return _phrase_at_end(further)  # *Jean Ayrel, the minister of Norland, a member of the council,*
    source = _phrase_at_end(outer.rstrip())
    institution = RUN.fullmatch(inner.removeprefix("the "))
    return Source(institution.group(), "name") if institution and source.kind == "other" else source


def _phrase_at_end(region: str) -> Source:
    """The name, the pronoun or the noun that a text ends with."""
    region = region[-_PHRASE_REACH:].strip()
    last = region[region.rfind(" ") + 1 :]
    if last in _GOING_ON:
        return NOBODY  # *left and said*
    if pronoun := _pronoun_at_end(region, last):
        return pronoun
    run = None if last.islower() else RUN_AT_END.search(region, plain_word(region))  # a name ends in a capitalised word
    whole = whole_body(region, run.start()) if run else ""
    if run and (whole or (not _is_within(region, run) and cleaned(run["run"]))):
        return Source(whole or run["run"], "name")
    phrase = _PHRASE.search(region, max(0, *map(region.rfind, _PHRASE_MARKS)))
    if phrase is None:
        return NOBODY
    words = phrase["phrase"]
    if words.endswith(_SITES):
        return Source(words.rpartition(" ")[2], "name")
    if len(words.split()) >= _TWO_SUBJECTS:
        words = _OWN_SUBJECT.split(f" {words}")[-1].strip()
    return _described(words, region, run is not None)


def _pronoun_at_end(region: str, last: str) -> Source | None:
    """The pronoun that a text ends with."""
    if last[-2:] in _OF_PERSONS or last.endswith("I"):
        if PRONOUN.search(last):
            return Source(region.split()[-1], "pronoun")
        if FIRST_PERSON.search(last):
            return Source(region.split()[-1], "first")
    return Source(last, "other") if last in ("it", "they") and _IT.search(region) else None


def _described(words: str, region: str, capitalised: bool) -> Source:
    """What words at the end of a text describe, if they name it, or a name stands before them; else these words."""
    placed = _HELD_FOR.search(words) if capitalised else None
    if placed and _is_person(placed["run"]):
        return Source(placed["run"], "name")
    heads = _HEADS.match(words) if capitalised else _KIND.match(words)  # *the Council in Manila*, *Bild daily*
    if heads is None and words.startswith(("a ", "an ", "the ")):
        heads = _DESCRIBED_BEHIND.search(region[: len(region) - len(words)])  # *Ada Lind, a spokeswoman*
    name = cleaned(heads["run"]) if heads else ""
    own = heads is not None and (" " in name or (name.isupper() and len(name) > 2))  # not *the US newspaper*
    own = own or (_PAPER.search(words) is not None and name != "" and name not in DEMONYMS and name not in PLACES)
    return Source(heads["run"], "name") if heads and own else Source(words, "other")


def _is_within(region: str, run: re.Match[str]) -> bool:
    """Whether a name only belongs to the noun before it (*a spokesman for Siemens*), or is the first word alone."""
    words = run["run"].split()
    if words[0] in NAMES_IN_CAPITALS and len(words) == 1 and not region[: run.start()].strip():
        return False
    before = _OWNER.sub("", region[: run.start()])
    if len(words) == 1 and not _mid_sentence(before) and (is_people(words[0]) or words[0].lower() in STOP_WORDS):
        return True
    dated = words[0] in CALENDAR or words[0].lower() in STOP_WORDS
    attached = _PREPOSITION.search(before, _before_last(before, 4)) or _BY_AGENT.search(before)
    if attached is None or dated or before[: attached.start()].rstrip().endswith((",", ":", ";")):
        return False
    joined = attached.group().split()[0] in _JOINING  # *It fell and the Pentagon said*
    outer = before[: attached.start()].split()
    if joined and (not outer or (outer[-1] in DOMAINS and any(map(is_office, words[:-1])))):
        return False  # *“…” and Ada Lind said*; *Justice and Trade Minister Ada Lind*
    return not (joined and FINITE_BEHIND.search(before, before.rfind(",", 0, attached.start()) + 1, attached.start()))


def _mid_sentence(before: str) -> bool:
    before = before.rstrip()
    return bool(before) and before[-1] not in ".!?:“\"‘"
