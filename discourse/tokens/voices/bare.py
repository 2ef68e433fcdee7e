"""Clauses that a verb of speech has without *that*: *said the road was open*, *told reporters it would close*."""

from __future__ import annotations

import re

from ..types import STOP_WORDS
from .clauses import Cue
from .cues import FINITE, FINITE_BEHIND, WORD
from .verbs import BARE, BARE_TOO, SPEAKING, TELLING

_SHORTEST = 3  # words of a clause without that
_SHORTEST_SAID = 4  # the same after say, which has other objects

_SAY = frozenset("say says said saying".split())
_BY_PRONOUN = re.compile(r"(?:he|she|they|it|we|there)\s")
# When and where it is said: *on Monday*, *in a letter*, *at a rally*.
_DAYS = (
    r"(?:(?:on|last|this|earlier|late|early)\s+)+(?:[A-Z]\w+|week|month|year)\s+(?:\d{1,2}\s+)?|"
    r"[A-Z]\w+day\s+(?:(?:morning|afternoon|evening|night)\s+)?|yesterday\s+|"
    r"today\s+|earlier\s+|later\s+|in\s+(?:[A-Z]\w+\s+)?\d{4}\s+"
)
_LETTERS = (
    "statement|interview|report|letter|speech|post|email|note|briefing|message|conference|rally|memo|tweet|address|call"
)
_WHEN = (
    rf"(?:{_DAYS}|(?:in|at|during)\s+(?:an?|the|its|his|her|their)\s+(?:\w+\s+){{0,2}}(?:{_LETTERS})\s+|"
    r"(?:in|from)\s+[A-Z]\w+\s+|by\s+(?:phone|telephone|email)\s+|on\s+social\s+media\s+){0,2}"
)
_NAME = r"(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b)[A-Z][\w’'\-/.]*"
_CLAUSE = re.compile(
    rf"\s+{_WHEN}"
    r"(?=(?:the|an?|his|her|its|their|our|this|these|those|no|many|some|most|all|both|two|three|such|any|every|each|another|"
    r"other|others|several|anyone|anybody|someone|everybody|dozens|hundreds|thousands|up\s+to|as\s+many\s+as|as\s+much\s+as|"
    r"(?:it|he|she|they|we|there)(?:['’]\w+)?|one|neither|nobody|everyone|more|fewer|less|"
    r"(?:about|around)(?=\s(?:\d|an?\s|half\b|one|two|three|\w+ty\b))|nearly|almost|at\s+least|"
    rf"as\s+of|only|if|\d[\d,.]*|{_NAME}(?:,(?=[^,;:]{{2,40}},?\sand\s))?|\w+s)\s)"
)
_NO_CLAUSE = re.compile(
    r"\s+(?:a (?:few|couple|lot|great deal|thing)|the (?:words?|same|least|truth|opposite)|"
    r"(?:these|those|his|her) words|a (?:word|prayer)|no word|(?:yes|no)(?=[.,;]))"
)
# Verbs that no noun follows as a participle, so that the words before them are their subject.
_VERB = r"(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|did|does|do|cannot|\w+n['’]t)\b"
_WORDS = r"(?:(?!(?:that|which|who|whom|whose|where|when|what|how|why|whether|if|about|to|and|or|but)\b)[\w’'.\-]+\s+)"
_BY_ANY = r"(?:it|he|she|they|we|there)\s+(?!(?:and|or|of|in|at|to|for|with|who|which|that|from|by|on|as|about)\b)[a-z]"
_FIRM = (
    rf"(?={_BY_ANY}|(?:the|an?|his|her|its|their|our|this|these|those|no|some|many|most|all|"
    rf"both|{_NAME})\s+(?!(?:it|he|she|they|we|there)\s){_WORDS}{{1,10}}?{_VERB}|"
    rf"[a-z]+s\s+(?!(?:the|an?|his|her|its|their)\s){_WORDS}{{0,3}}?{_VERB})"
)
_FIRM_CLAUSE = re.compile(rf"\s+{_WHEN}{_FIRM}")
# Who is told: *told reporters in Rome*, *told the state news agency*.
_LISTENING = r"(?:(?!(?:of|about|how|why|what|who|where|when|to|and|that|which)\b)[\w’'.\-]+\s+)"
_TOLD_CLAUSE = re.compile(
    r"\s+(?:(?:reporters|journalists|lawmakers|parliament|police|staff|state\s+(?:television|media)|me|him|her|them|us|"
    r"[a-z]+(?:s|men|women|people)|(?:the\s+)?[A-Z][\w’'/\-]*(?:\s+(?:of\s+)?[A-Z][\w’'/\-]*){0,3}|"
    r"(?:[A-Z]\w+\s+)?(?:public|state|national|private|local)\s+(?:television|radio|media|news)(?:\s+[A-Z][\w’'/\-]*){0,3})"
    rf"\s+|(?:an?|the|his|her|its|{_NAME})\s+{_LISTENING}{{1,6}}?){_WHEN}{_FIRM}"
)
_PLURAL_VERB = (
    "(?:show|say|need|want|remain|face|continue|hope|plan|expect|offer|make|take|give|include|come|go|get|seem|live|work|"
    "use|meet|fail|help|cost|lack|feel|hold|keep|lead|leave|lose|mean|pay|pose|provide|reflect|require|run|serve|stand|"
    "suffer|support|tend|threaten|know|believe|think|grow|rise|fall|deserve|point)\\b"
)
# Without an article: *said global output would fall*, *said rain, wind and high waves were to come*.
_SUBJECT = (
    r"(?:(?!(?:that|which|who|whom|whose|where|when|what|how|why|whether|if|but)\b)[\w’'.\-]+"
    r"(?:,(?=[^,;:]{2,40}\sand\s))?\s+)"
)
_PLAIN_CLAUSE = re.compile(
    rf"\s+{_WHEN}(?=(?P<word>(?!qq)[a-z][\w’'\-]*),?\s+(?:{_SUBJECT}{{0,12}}?{FINITE}|"
    rf"{_SUBJECT}{{0,8}}?(?<=s\s)(?:{FINITE}|{_PLURAL_VERB})|{_SUBJECT}{{1,6}}?q{{3}}))"
)
# *said since the war, trade has grown*
_LATER_CLAUSE = re.compile(
    rf"\s+{_WHEN}(?!(?:in|on|at|during)\s[^,]*\b(?:\w+day|\d{{4}}|{_LETTERS})\b)(?=(?:even\s+)?"
    r"(?:as|since|if|when|while|although|because|by|with|under|despite|unlike|unless|once|where|after|before|during|in|on|"
    r"at|for|until|without|given|following|contrary\s+to)\s+"
    rf"[^,;:.]{{3,60}},\s+(?!\w+ing\s)(?:(?:it|he|she|they|we|there)\s+{FINITE}|{_WORDS}{{1,7}}?{_VERB}))"
)
# *said displaced farmers, many of them ill, lack food*: whatever has a verb, where nothing else is said.
_ANY_CLAUSE = re.compile(
    rf"\s+{_WHEN}(?!q{{3}})(?=(?!(?:so|to|of|about|as|by|with|from|for|on|at|during|through|between|into|in|after|before|very|enough|when|"
    r"and|or|but|because|how|why|what|who|which|that|nothing|something|little|much|more|yes|no|goodbye|hello|sorry|thanks|"
    r"\w+ly|\w+ing|qq\w*)\b)[^;:.]{0,160}?"
    rf"\s(?:{_VERB}|{_PLURAL_VERB}|(?<!,\s)\w+ed)\s\w)"
)
# *what Lind said*, *it was all said*
_RELATIVE_TO = re.compile(r"\b(?:what|which|whom|who|that|as|than)\s+\w|\b(?:is|are|was|were|been)\s+(?:\w+\s+)?$")
# *firms it said had ties*
_OF_WHICH = re.compile(r"\b[a-z]{3,}\s+(?:he|she|it|they)\s+$")
_VERB_BEHIND = re.compile(rf"\s+(?={FINITE}|(?!this\s|as\s)[a-z]{{3,}}s\s(?:the|an?|his|her|its|their|to|in|on|at)\s)")
_WAS = re.compile(r"\b(?:was|were|been)\s+$")
_QUOTED_SUBJECT = re.compile(rf"\s+(?=q{{3,}}\s+(?:{FINITE}|meant\b))")  # *admitted “politics” meant trouble*
# *John Kern, the minister, left*, *its minister, John Kern, left*
_APPOSED = re.compile(
    r"^([^,;:.]+),\s+(?:(?:an?|the|who|which|its|his|her|their|[A-Z][\w’.\-]+|\w+ed)\s[^,;:]+|q{3,}),"
)
_PRESENT = re.compile(rf"\s[a-z]+s\b|q{{3}}|s\s{_PLURAL_VERB}")
_LIST = re.compile(r"^(?:[\w’'.\-]+(?:\s+[\w’'.\-]+){0,3},\s+){1,8}(?=and\s)")  # *Rome, Oslo, and Bonn met*
_PAUSE = re.compile(r"[,;:](?!\d)")
_RELATIVE = re.compile(r",\s+(?:which|who|whose)\b[^,;:.]*,")
_CONTRACTED = re.compile(r"(?:it|he|she|they|we|there)['’](?:s|re|ve|ll|d)\b")
_MODAL = re.compile(r"\s(?:will|would|can|could|may|might|must|should|cannot|is|are|was|were|has|have|had)\b")
_NOTHING = frozenset("nothing something everything little".split())
_NO_SUBJECT = STOP_WORDS | _NOTHING | frozenset(
    "enough goodbye yes whatever morning afternoon evening night".split()
)
_ADVERBIAL = re.compile(
    r"^\s*(?:(?:On|In|At|Last|Earlier|After|During|By|This|Late|Early)\b[^,]{2,60}|However|Meanwhile|Still|Moreover|Indeed),\s+"
)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d)")
_AGE = re.compile(r",\s\d\d(?=,)")
# *Li, a judge at Holm, a member of the board,*
_DESCRIBED = re.compile(r"^([^,]+,\s(?:an?|the)\s[^,]+),\s(?:an?|the)\s[^,]+(?=,$)")
# A subject, with words behind it that a comma sets off, and no verb: *Li, a professor at Kunming, said*.
_SET_OFF = re.compile(
    rf"(?![^,]*\b{_VERB})(?:[^,]*\w[^,]*,\s+(?:[a-z\d]|[A-Z][^,]*\bof\b|[\w\-]+['’]s?\s)[^,]*|"
    r"(?:The|His|Her|Its|An?)\s[^,]*,\s+[A-Z][^,]*|[^,]*(?:\b(?:of|for|at|in)\b|['’]s?\s)[^,]*,(?:\s+[A-Z][\w’'.\-]+){2,4}),$",
    re.S,
)


def without_that(cue: Cue) -> int:
    """Where a clause begins that a verb has without *that*, -1 where it has none.

    >>> without_that(Cue("Lind said the road was open.", "said", 0, 5, 9, 28))
    10
    >>> without_that(Cue("Lind told a story.", "told", 0, 5, 9, 18))
    -1
    """
    if not WORD.search(cue.text, cue.head, cue.start) or _inverted(cue):
        return -1
    begin = _firm(cue)
    return _loose(cue) if begin < 0 and cue.word in BARE else begin


def _firm(cue: Cue) -> int:
    """Where a clause begins whose subject and verb are plain to see."""
    clause = _TOLD_CLAUSE.match(cue.after) if cue.word in TELLING else None
    if clause is None and cue.word == "told" and _WAS.search(cue.before):
        clause = _FIRM_CLAUSE.match(cue.after)
    if clause is None and cue.word in BARE_TOO:
        objectless = cue.word.startswith("complain") and not cue.after.startswith(" about")
        clause = (_CLAUSE if objectless else _FIRM_CLAUSE).match(cue.after)
    return cue.end + clause.end() if clause else -1


def _loose(cue: Cue) -> int:
    """Where a clause begins after a verb that has few other objects."""
    if cue.word in _SAY and _OF_WHICH.search(cue.before) and (verb := _VERB_BEHIND.match(cue.after)):
        return cue.end + verb.end()
    clause = _CLAUSE.match(cue.after)
    if clause and not _NO_CLAUSE.match(cue.after) and _is_clause(cue, cue.after[clause.end() :]):
        return cue.end + clause.end()
    later = _LATER_CLAUSE.match(cue.after) or _QUOTED_SUBJECT.match(cue.after)
    if later:
        return cue.end + later.end()
    plain = _PLAIN_CLAUSE.match(cue.after) if cue.word in _SAY else None
    if plain and _may_begin(plain):
        return cue.end + plain.end()
    return cue.end + any_.end() if (any_ := _ANY_CLAUSE.match(cue.after)) and _is_all(cue) else -1


def _is_all(cue: Cue) -> bool:
    """Whether what is said can only stand behind the verb: no clause and nothing in marks stands before it."""
    before = cue.before
    said_before = "qq" in before or _RELATIVE_TO.search(before) or FINITE_BEHIND.search(before.rpartition(",")[0])
    return cue.word in _SAY and not (cue.participle or said_before)


def _may_begin(plain: re.Match[str]) -> bool:
    """Whether a word begins a clause: *rain fell*, *nothing was found*, but not *nothing to those who were there*."""
    nothing = plain["word"] in _NOTHING and _MODAL.match(plain.string, plain.end("word")) is not None
    return nothing or (plain["word"] not in _NO_SUBJECT and plain["word"] not in SPEAKING)


def _is_clause(cue: Cue, words: str) -> bool:
    """Whether words after a verb without *that* are a clause and not its object."""
    if _CONTRACTED.match(words):
        return True
    words = _LIST.sub(lambda things: things.group().replace(",", ""), words, count=1)
    start = " ".join(_PAUSE.split(_RELATIVE.sub("", _APPOSED.sub(r"\1", words, count=1)))[0].split()[:20])
    finite = FINITE_BEHIND.search(f" {start}")
    plain = cue.word in _SAY and not re.match(r"(?!(?:its|his|this)\s)\w+s\s", words)
    verb = finite or (plain and _PRESENT.search(start))
    plain_to_see = _BY_PRONOUN.match(words) or _MODAL.search(start)
    shortest = _SHORTEST_SAID if plain and not plain_to_see and "qqq" not in start else _SHORTEST
    return len(start.split()) >= shortest and verb is not None and verb is not False


def _inverted(cue: Cue) -> bool:
    """Whether what is said stands before the verb: *It is over, said Lind*."""
    before = cue.before.rstrip()
    if not before.endswith(",") or cue.participle or sets_off(before):
        return False
    return "qq" in before or FINITE_BEHIND.search(f" {before}") is not None  # not *Ada Lind, from Holm, said*


def sets_off(before: str) -> bool:
    """Whether a text ends with words that commas set off behind a subject.

    >>> sets_off("Li, a professor at Kunming,"), sets_off("It is over,")
    (True, False)
    """
    before = _THOUSANDS.sub("", before)
    if before.count(",") == 3:
        before = _AGE.sub("", before)
    if before.count(",") == 3:
        before = _DESCRIBED.sub(r"\1", _ADVERBIAL.sub("", before, count=1))
    return before.count(",") == 2 and _SET_OFF.match(before) is not None
