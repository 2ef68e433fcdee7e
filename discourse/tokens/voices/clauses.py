"""Clauses: a word of speech in its sentence, and where what is said begins and ends."""

from __future__ import annotations

import re
from typing import NamedTuple

from .cues import FINITE, FINITE_BEHIND, trie
from .subjects import Source
from .verbs import SPEAKING

REACH = 450  # characters before a verb in which its subject is looked for, and after it in which its clause begins

# What somebody does who has said something, beside it: *…, citing a letter*, *… and vowed to return*.
_DOES = """blamed called declined defended demanded dismissed expressed levied offered outlined pledged pointed pressed
promised refused rejected signed spoke thanked vowed welcomed insists maintains says""".split()
_SAYS_ON = sorted(word for word in SPEAKING if word.endswith(("ed", "s")))
_ACTS = trie([*_DOES, "met with", "held talks", "held discussions", *_SAYS_ON])
_ACTING = trie(
    sorted(
        {word for word in SPEAKING if word.endswith("ing")}.union(
            """referring speaking calling comparing pointing blaming vowing pledging promising demanding alluding
            telling reflecting raising prompting sparking fuelling fueling marking commenting responding describing
            claiming stating warning urging praising condemning recalling thanking playing backing echoing defending
            rejecting hinting lamenting contradicting""".split()
        )
        | {"making good", "doubling down"}
    )
)
_SAYS = "said|says|say|added|adds|told|reported|reports"
_VERB = "(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|did|does|do|cannot)\\b"
_SEEMS = "(?:is|was|has|had|appears|appeared|seems|seemed)"  # what the writer makes of it
_SUBJECT = r"(?:[\w’'\-]+\s+){1,5}?"
# Where a clause that is told may end. One set in front lets the search skip to marks and blanks.
_JOINT = re.compile(
    r"[;:,\s](?:(?<=;)|(?<=:)\s+(?=(?:Among|In|On|At|The|It|He|She|They|But|And)\s)"
    rf"|(?<=,)\s+(?:(?P<that>(?:and|or|but)\s+that|that(?!\s+{_VERB})|(?:and|or)\s+(?:whether|how|why))\s+|"
    r"(?P<set_off>and|but|yet|while|whereas|although|though|so|nor|hence)\s+|"
    rf"(?:{_ACTING}|according to|in what {_SEEMS})\b|(?=(?:the\s+)?[\w’'\-]+"
    r"(?:\s+[\w’'\-]+){0,6}\s+(?:said|says|reported|reports)\W*$))"
    rf"|(?<=q,)\s+(?=\w+ing\b|without\s|(?=[A-Z]|he\s|she\s|it\s|they\s|the\s)(?:[\w’'.\-]+\s+){{1,5}}"
    rf"(?:{_SAYS}|wrote|writes)\b)"
    rf"|(?<=\s)(?:[–—-]|--)\s+(?=but\s|(?:[\w’']+\s+){{1,3}}(?:{_SAYS})\b)"
    r"|(?<=[^,]\s)(?:(?P<also_that>(?:and|or|but)\s+that|(?:and|or)\s+(?:whether|how|why))\s+|"
    rf"while\s+(?:{_ACTING})\b|(?P<joined>and|but|while)\s+))"
)
_ACTS_SO = re.compile(rf"(?:(?:also|then|later|has|have)\s+)*(?:{_ACTS}|said)\b")
# A subject of its own and its verb; one that no comma sets off must be near and plain to see, else things are joined.
_NO_ADVERB = r"(?!(?:also|then|later|not|to|for|in|on|by|\w+ly)\s)"
_BUT_FOR = "that|which|who|or|if|because|when|where|while|than"
_OWN = re.compile(rf"{_NO_ADVERB}(?:(?!(?:{_BUT_FOR})\b)[\w’'.\-]+\s+){{1,14}}?{FINITE}")
_NEAR = re.compile(rf"{_NO_ADVERB}(?!\w+ing\s)(?:(?!(?:{_BUT_FOR}|to|with)\b)[\w’'.\-]+\s+){{1,8}}?{FINITE}")
_PLAIN = re.compile(
    r"(?:the|an?|his|her|its|their|this|these|those|no|some|many|one|two|three|others|it|he|she|they|there|[A-Z][\w\-]+)\s"
)
_SPEAKS = re.compile(rf"\b(?:{trie(sorted(SPEAKING))}|spoke|says)\b")
_AUXILIARY = re.compile(rf"(?:not\s+)?{_VERB}")
_IF = re.compile(r"\b(?:if|when|once|unless)\b")
_CAPITALISED = re.compile(r"\b[A-Z][\w\-]*$")
_CLAUSE_HEAD = re.compile(rf";\s+|,\s+(?:but|yet)\s+(?={_SUBJECT}{_VERB})")
_DASH = re.compile(r"\s[–—]\s")


class Clause(NamedTuple):
    """What a rule finds: stretches of the text, who is speaking, the name of the rule."""

    stretches: list[tuple[int, int]]
    source: Source
    rule: str


class Cue:
    """A word of speech in its sentence.

    Attributes:
        text: of the document, with letters in place of what stands in quotation marks.
        word: the cue in lower case.
        participle: whether it is one: *saying*, *pointing out*.
        first: where its sentence begins, or what is left of it.
        head: where its sentence begins.
        start: where the cue begins.
        end: the character after it.
        stop: where the sentence ends.
        before: what of the sentence stands before the cue.
        after: what of it stands after.
    """

    __slots__ = ("after", "before", "end", "first", "head", "participle", "start", "stop", "text", "word")

    def __init__(self, text: str, word: str, first: int, start: int, end: int, stop: int, head: int = -1) -> None:
        self.text, self.word = text, word
        self.participle = word.partition(" ")[0].endswith("ing") and word != "according to"
        self.head = first if head < 0 else head
        self.first, self.start, self.end, self.stop = first, start, end, stop
        self.before = text[max(first, start - REACH) : start]
        self.after = text[end : min(stop, end + REACH)]


def clause_start(cue: Cue, end: int) -> int:
    """Where the clause begins that ends at a character: after a semicolon, or with its sentence.

    >>> clause_start(Cue("It ends; it fell, he said.", "said", 0, 21, 25, 26), 16)
    9
    """
    stops = [stop.end() for stop in _CLAUSE_HEAD.finditer(cue.text, cue.first, end - 1)]
    begin = stops[-1] if stops else cue.first
    if _DASH.match(cue.text, end):
        return begin  # *It is shut – and so is the bridge – Lind said*
    dashes = list(_DASH.finditer(cue.text, begin, end))
    return dashes[0].end() if len(dashes) == 1 else begin  # two stand around what is set in


def stretches(text: str, begin: int, stop: int) -> list[tuple[int, int]]:
    """The clause from a character on, and those that go on with *and that*.

    >>> text = "it rose and that it fell, but she left"
    >>> [text[slice(*edges)] for edges in stretches(text, 0, len(text))]
    ['it rose', 'it fell']
    """
    told, at = [], begin
    one = text[:begin].endswith("that ")  # one *that* holds for all behind it
    while (joint := _JOINT.search(text, at, stop)) is not None:
        way = _way(joint, text[begin : joint.start()], one)
        if way is not None:
            told.append((begin, joint.start()))
            begin = joint.end()
        if way is False:
            return told
        at = joint.end()
    return [*told, (begin, stop)]


def _way(joint: re.Match[str], clause: str, one: bool) -> bool | None:
    """Whether what is said goes on behind a joint with a clause of its own, or ends; None where the joint is none."""
    word = joint["set_off"] or joint["joined"]
    if joint["that"] or joint["also_that"]:
        return True
    if word is None or (joint["set_off"] and word not in ("and", "while")):
        return None if word == "but" and joint.string.startswith("also ", joint.end()) else False
    if _ACTS_SO.match(joint.string, joint.end()):
        return False
    if joint["joined"] == "but":  # *would not wait but would sail*
        return _AUXILIARY.match(joint.string, joint.end()) and True
    if joint["joined"] == "and" and one:
        return None
    own = (_NEAR if joint["joined"] else _OWN).match(joint.string, joint.end(), joint.endpos)
    listed = "," in clause and not FINITE_BEHIND.search(f" {clause}")  # *Rome, Oslo, and the island were*
    if own is None or listed or (joint["joined"] and not _plain_to_see(joint, clause)):
        return False if joint["set_off"] == "while" else None
    return _SPEAKS.search(own.group()) is None


def _plain_to_see(joint: re.Match[str], clause: str) -> bool:
    """Whether *and* without a comma joins clauses, and not things: *the road was open and the port was shut*."""
    if joint["joined"] == "while":
        return _IF.search(clause) is None  # *if it ended while the port was shut*
    begins = joint.string[joint.end()]
    listed = begins.isupper() and _CAPITALISED.search(clause) is not None
    plain = _PLAIN.match(joint.string, joint.end()) is not None
    return plain and not listed and FINITE_BEHIND.search(f" {clause}") is not None
