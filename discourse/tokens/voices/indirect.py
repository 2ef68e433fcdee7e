"""Indirect speech: clauses that a speech verb, *according to* or a noun of speech makes somebody else's."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from .attributions import according, claim, owned, speaks, stated
from .bare import sets_off
from .clauses import REACH, Clause, Cue, clause_start, stretches
from .complements import complement
from .cues import FINITE_BEHIND, HEADING, ONLY_NOUNS, RUN, SPEECH, SPEECH_AT_HEAD, STATEMENTS, is_people, words_in
from .names import Names
from .namings import following
from .passages import Judgement, Places, words_of
from .quotations import Quotation
from .subjects import NOBODY, Source, subject, without_auxiliaries
from .verbs import DEMANDING, NOUNLIKE, SUGGESTING, TELLING

_FEWEST = 3  # words of a stretch that is told

_BLANKS = "".join(character for character in map(chr, range(0x3001)) if character.isspace())
_TRAILING = f"{_BLANKS}.,;:!?…—–-)]'’\"”"
_SUBORDINATE = re.compile(r"\W*(?:when|while|after|before|asked|if|though|although|because|since|in|on|at)\b", re.I)
_AS = re.compile(r"[\s\"“‘(]*as\s+(?P<who>[^,;:]*)$", re.I)
_AS_BEHIND = re.compile(r",\s+as\s+(?P<who>[^,;:]{0,60})$")
_PEOPLE = re.compile(
    r"\s+(?P<who>(?:(?!(?:in|on|at|of|to|by|from|with|during)\s)[a-z][\w\-]*\s+){0,3}[a-z][\w\-]*)(?=\s*(?:$|[.,;])|\s(?:in|on|at|of|from|who)\b)"
)
_ENDS = re.compile(r"\s*(?:$|[.,;])")
_NOT_SET_IN = (SUGGESTING | DEMANDING | {"state", "states"}) - {"revealed"}  # *Türkiye, EU states, …*
_NO_SETTING = re.compile(r"\b(?:to|am|is|are|was|were|be|been|being)\b")
_NO_LIST = re.compile(r"[.]|,\s(?!and\b|or\b)")
_IT_IS = re.compile(r"\s+it\s+(?:is|was|has\s+been)(?:\s+(?:\w+ly|often|sometimes|now))?\s+")
_QUOTED_FIRST = re.compile(r"^\s*q{2,}\W*(?:(?:said|says)\s+)?")  # *“…,” said Lind, adding that*
_QUOTED_NEXT = re.compile(r",?\s*qq|:")
_GOES_ON = re.compile(r",\s(?!who|which|whose|while|but|though|although|despite|without|\w+ing\b)")
_WHO = re.compile(r",\s(?:who|which|whose)\b")
_COMMA_SOON = re.compile(r"[^,;.]{0,60},\s")
_AFTER_VERB = re.compile(
    r"\s*(?:$|[.,;:!?])|\s+(?:on|in|at|last|yesterday|today|this|during|after|to|of|early|late|earlier|ahead|before|outside|"
    r"[A-Z]\w+day|"
    r"(?:Jan|Febr)uary|March|April|May|June|July|August|(?:Sept|Nov|Dec)ember|October)\b[^,;:]{0,80}(?:$|[.,;])"
)
_TOLD_WHOM = re.compile(
    r"\s+(?:[^\s,;:.]+\s+){0,3}[^\s,;:.]+(?:\s*(?:$|[.,;])|\s+(?:on|in|at|during|after|last|this)\b[^;:]{0,80}(?:$|[.,;]))"
)
_MARK = re.compile(r"[,;:](?=\s)|qq")
_IF = re.compile(
    r"\W*(?:(?:if|because|since|although|though)\b|(?:when|while|once|unless)\s+(?!in\b|on\b|at\b|\w+(?:ed|ing)\b))",
    re.I,
)
_ASKED = re.compile(r"\b(?:asked|questioned|pressed)\b")
_NAMED_WITHIN = 160  # characters before a verb in which a name and what it is stand apart
_NAMED_APART = re.compile(
    rf",\s+(?:(?:the|its|his|her|their)\s[^,]{{2,60}},\s+{RUN.pattern},|{RUN.pattern},\s+(?:an?|the|its|his|her)\s[^,]{{2,80}},)\s*$"
)
_PLACED = re.compile(r"\W*(?:in|on|at)\b", re.I)


class Told(NamedTuple):
    """A stretch of indirect speech: characters, and what is said of it."""

    start: int
    end: int
    said: Judgement


def indirect(places: Places, pairs: list[Quotation], names: Names, named: frozenset[int] = frozenset()) -> list[Told]:
    """The clauses of a text that are indirect speech, in order and never overlapping; they may have quotations inside.

    Args:
        places: the text, its sentences and paragraphs.
        pairs: its quotations.
        names: its names.
        named: the opening marks of the quotations that are names: *“Kommersant” reported*.

    >>> text = "Lavrov said that the talks had failed."
    >>> [(text[told.start : told.end], told.said.speaker) for told in indirect(Places(text, [0], [0]), [], Names(text))]
    [('the talks had failed.', 'Lavrov')]
    """
    masked, marks = _masked(places.text, pairs, named), [pair.mark for pair in pairs]
    told: list[Told] = []
    reached = 0
    for cue in _cues(masked, places, pairs, marks):
        if cue.start < reached:
            continue
        found = _found(cue if reached <= cue.first else _from(cue, reached))
        if found is None or not found.stretches:
            continue
        reached = max(reached, found.stretches[-1][1])
        set_in = found.rule == "set into the clause" and found.stretches[0][0] < cue.start
        speaker, source = names.of(found.source, found.stretches[0][0] if set_in else cue.start), found.source.words
        goes_on = found.source.kind == "none" or _goes_on(cue, told)
        if goes_on and told and told[-1].start >= places.sentence(cue.start)[0]:
            speaker, source = told[-1].said.speaker, told[-1].said.source  # *said it was over, adding that*
        elif not speaker and _is_open(cue) and (first := names.opening(_QUOTED_FIRST.sub("", cue.before))):
            speaker = source = first
        said = Judgement("reported", "", speaker, source, cue.word, found.rule)
        told += [Told(start, end, said) for start, end in found.stretches]
    return sorted(told)


def _goes_on(cue: Cue, told: list[Told]) -> bool:
    """Whether a participle has the subject of the verb set in before it: *It is late, Lind said, adding that*."""
    behind = cue.participle and cue.before.endswith((", ", " and "))
    return behind and told != [] and told[-1].said.rule == "set into the clause"


def _is_open(cue: Cue) -> bool:
    """Whether a participle may be anybody's: not *quoted a diplomat as saying*."""
    return cue.participle and not cue.before.rstrip().endswith(" as")


def outside(text: str, told: list[Told], pairs: list[Quotation]) -> Iterator[Told]:
    """Yield what of indirect speech stands outside quotation marks."""
    marks = [pair.mark for pair in pairs]
    for start, end, said in told:
        for first, last in _unmarked(text, start, end, pairs, marks):
            yield Told(first, last, said)


def inside(told: list[Told], pair: Quotation) -> Judgement | None:
    """What is said of the indirect speech in which a quotation stands; None where it stands in none."""
    index = bisect_right(told, pair.mark, key=lambda clause: clause.start) - 1
    return told[index].said if index >= 0 and pair.end <= told[index].end + 1 else None


def _from(cue: Cue, reached: int) -> Cue:
    return Cue(cue.text, cue.word, reached, cue.start, cue.end, cue.stop, cue.head)


def _masked(text: str, pairs: list[Quotation], named: frozenset[int]) -> str:
    """The text with letters in place of what stands in quotation marks: no comma in there ends a clause.

    Names lose only their marks: they may be who speaks.
    """
    parts, at = [], 0
    for pair in pairs:
        if pair.mark in named:
            parts += [text[at : pair.mark], " " * (pair.start - pair.mark), text[pair.start : pair.end]]
            parts.append(" " * (pair.after - pair.end))
        else:
            pause = "," if text[pair.end - 1] == "," and pair.after > pair.end else ""
            parts += [text[at : pair.mark], "q" * (pair.after - pair.mark - len(pause)) + pause]
        at = pair.after
    return "".join([*parts, text[at:]])


def _cues(masked: str, places: Places, pairs: list[Quotation], marks: list[int]) -> Iterator[Cue]:
    """Yield the words of speech that stand in no quotation marks."""
    found = [cue.span("cue") for cue in SPEECH.finditer(masked)]
    # Few texts have one of the two, and to look for a mark in front takes longer than for the words.
    if "ccording to" in masked or any(word in masked for word in HEADING):
        found = sorted([*found, *(cue.span("cue") for cue in SPEECH_AT_HEAD.finditer(masked))])
        head = SPEECH_AT_HEAD.match(f"\n{masked[:REACH]}")
        if head:
            found.insert(0, (0, head.end("cue") - 1))
    for start, end in found:
        word = masked[start:end]
        if (word not in ONLY_NOUNS or word in STATEMENTS or owned(masked, start)) and not _within(start, pairs, marks):
            first, stop = places.sentence(start)
            yield Cue(masked, word.lower(), first, start, end, stop)


def _within(at: int, pairs: list[Quotation], marks: list[int]) -> bool:
    index = bisect_right(marks, at) - 1
    return index >= 0 and at < pairs[index].after


def _unmarked(
    text: str, start: int, end: int, pairs: list[Quotation], marks: list[int]
) -> Iterator[tuple[int, int]]:
    """Yield what is left of a stretch between quotations, where it has words enough."""
    edges = [start]
    for pair in pairs[max(bisect_right(marks, start) - 1, 0) : bisect_right(marks, end)]:
        if pair.after > start and pair.mark < end:
            edges += [pair.mark, pair.after]
    edges.append(end)
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        words = text[first:last]
        left = first + len(words) - len(words.lstrip(" \t\n,.;:'\"“‘"))
        right = left + len(text[left:last].rstrip(_TRAILING))
        if len(words_in(text[left:right])) >= _FEWEST:
            yield left, right


def _found(cue: Cue) -> Clause | None:
    """What the first rule that fits finds at a word of speech."""
    if cue.word == "according to":
        return according(cue)
    if owned(cue.text, cue.start):
        return claim(cue)
    if cue.word in ONLY_NOUNS:
        return stated(cue)
    behind = None if cue.participle else _AS_BEHIND.search(cue.before)
    if behind:
        return _as_behind(cue, behind) or (complement(cue) if behind["who"].strip() else None)
    return _as_said(cue) or complement(cue) or _set_in(cue) or stated(cue)


# ── verbs ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _as_said(cue: Cue) -> Clause | None:
    """*As scholars have noted, …*: the clause after it."""
    found = _AS.match(cue.before)
    if found is None or cue.after.startswith(" that "):
        return None
    comma = _COMMA_SOON.match(cue.after)
    source = subject(found["who"]) if found["who"].strip() else NOBODY
    noun = cue.word in NOUNLIKE and source.kind not in ("name", "pronoun") and cue.word != "note"
    if comma is None or source.kind == "first" or noun:
        return None
    return Clause(stretches(cue.text, cue.end + comma.end(), cue.stop), source, "as said")


def _as_behind(cue: Cue, found: re.Match[str]) -> Clause | None:
    """*It was calm, as Lind reports*, *It was calm, as reported by Lind*."""
    comma = cue.start - len(found.group())
    by = cue.after.startswith(" by ") and not found["who"].strip()
    source = following(cue.after[3:]) if by else subject(found["who"])
    told = by or (_is_speaker(source) and _ENDS.match(cue.after) is not None)
    return Clause([(clause_start(cue, comma), comma)], source, "as said") if told and source.kind != "none" else None


# ── verbs set into a clause ──────────────────────────────────────────────────────────────────────────────────────


def _set_in(cue: Cue) -> Clause | None:
    """*The plan, Ek said, was to wait*, *It is over, said Lind.*: a verb of speech set into the clause or after it."""
    reported = cue.word == "reports" and cue.after[1:2].isupper() and cue.before.rstrip().endswith(",")
    comma = -1 if cue.word in _NOT_SET_IN and not reported else _set_off_at(cue)
    if comma < 0:
        return None
    behind = not cue.text[comma + 1 : cue.start].strip()
    if not behind and not (_AFTER_VERB.match(cue.after) or _tells(cue)):
        return None
    if not _IT_IS.fullmatch(cue.text[comma + 1 : cue.start]) and _NO_SETTING.search(without_auxiliaries(cue.before)[1]):
        return None
    near = max(cue.first, cue.start - _NAMED_WITHIN)
    several = behind and cue.text.count(", ", near, cue.start) > 1
    apposed = _NAMED_APART.search(cue.text, near, cue.start) if several else None  # *…, the mayor, Ada Lind, said*
    if apposed:
        comma, behind = apposed.start(), False
    if (behind and sets_off(cue.before.rstrip())) or cue.after.strip() == ",":
        return None  # *Ek, who led it, described the port*; *Ek said,*
    source, rest = _said_by(cue) if behind else (subject(cue.before), cue.end) if apposed else _who_said(cue, comma)
    ends = _AFTER_VERB.match(cue.text[rest : cue.stop]) or _tells(cue)
    at_length = behind and not _MARK.search(cue.text, rest, cue.stop)  # *It is shut, said the men who had built it.*
    if source.kind in ("none", "first") or not (ends or at_length):
        return None
    if cue.word in NOUNLIKE and not reported and (behind or not _is_speaker(source) or not _NO_LIST.match(cue.after)):
        return None
    if _QUOTED_NEXT.match(cue.text, rest, cue.stop):
        return None
    return Clause(_around(cue, comma, rest, behind), source, "set into the clause")


def _around(cue: Cue, comma: int, rest: int, inverted: bool) -> list[tuple[int, int]]:
    """The clause before the comma, if it is one, and behind who says so, if it goes on."""
    begin = clause_start(cue, comma)
    part = cue.text[begin:comma]
    goes_on = _GOES_ON.match(cue.text, rest, cue.stop) is not None
    whole = _is_whole(part, goes_on) if _SUBORDINATE.match(part) else True
    if cue.word in TELLING and not cue.word.startswith("warn") and not FINITE_BEHIND.search(part):
        whole = False
    if inverted and not FINITE_BEHIND.search(_WHO.split(cue.text[rest + 1 : cue.stop])[0]):
        goes_on = False  # *said Ek, a sailor.*
    after = stretches(cue.text, rest + 1, cue.stop) if goes_on else []
    return [(begin, comma), *after] if whole else after


def _set_off_at(cue: Cue) -> int:
    """Where the comma or dash stands before a verb and its subject; -1 if words in marks before it are what is said."""
    near = max(cue.first, cue.start - REACH)
    comma = max(cue.text.rfind(mark, near, cue.start) for mark in (", ", " – ", " — "))
    quoted = cue.text[comma - 1 : comma] == "q"
    return -1 if quoted and not _tells_around(cue, comma) else comma


def _tells_around(cue: Cue, comma: int) -> bool:
    """Whether a clause stands before the words in quotation marks that a comma ends: *It is “over,” Lind said*."""
    part = cue.text[clause_start(cue, comma) : comma]
    lead = part.rstrip("q ,")
    flows = len(lead.split()) >= _FEWEST and not part.rstrip("q ").endswith((",", ":"))
    return (flows or FINITE_BEHIND.search(f" {lead} ") is not None) and not part.lstrip().startswith("qq")


def _is_whole(part: str, goes_on: bool) -> bool:
    """Whether what begins with *if*, *in* and the like is more than when it is said: *If it rains, it falls*."""
    comma = part.find(",")
    verb = FINITE_BEHIND.search(part, max(comma, 0))
    clause = verb is not None and (comma >= 0 or _PLACED.match(part) is not None)
    told = goes_on and (_IF.match(part) or FINITE_BEHIND.search(part)) and not _ASKED.search(part)
    return clause or bool(told)


def _tells(cue: Cue) -> bool:
    """Whether a verb has nothing behind it but who is told: *…, Lind told reporters*."""
    return cue.word in ("told", "tells") and _TOLD_WHOM.match(cue.after) is not None


def _is_speaker(source: Source) -> bool:
    """Whether a source is somebody beyond doubt, so that the word behind it is a verb: *the paper notes*."""
    return source.kind == "pronoun" or source.words == "they" or speaks(source)


def _said_by(cue: Cue) -> tuple[Source, int]:
    """Who is named behind the verb, and the character after the name: *…, said Lind.*"""
    source = following(cue.after) if cue.word not in TELLING else NOBODY
    people = _PEOPLE.match(cue.after) if source.kind == "none" and cue.word in ("said", "say") else None
    if people and is_people(people["who"].rpartition(" ")[2]):
        source = Source(people["who"], "other")  # *…, say sailors*
    at = cue.text.find(source.words, cue.end, cue.stop)
    return source, at + len(source.words) if source.words and at >= 0 else cue.end


def _who_said(cue: Cue, comma: int) -> tuple[Source, int]:
    """Who is named between the comma and the verb, and the character after the verb: *…, Lind said.*"""
    region = without_auxiliaries(cue.text[comma + 1 : cue.start])[0]
    if not region.strip():
        return NOBODY, cue.end
    source = subject(cue.before)
    whole = len(words_of(region)) <= len(words_of(source.words)) + 1
    whole = whole or (source.kind == "name" and not FINITE_BEHIND.search(f" {region.strip(' –—')}"))
    return source if whole else NOBODY, cue.end
