"""The complement of a verb of speech: what is said, and whether anybody says it."""

from __future__ import annotations

import re

from .bare import without_that
from .clauses import REACH, Clause, Cue, stretches
from .cues import EVIDENCE, FINITE, FINITE_BEHIND, WORD, is_people
from .namings import following
from .openings import doing
from .subjects import NOBODY, TRIES, Source, subject, without_auxiliaries
from .verbs import ASKING, DEMANDING, FINDING, NOUNLIKE, SPEAKING, SUGGESTING, TELLING

_GAP = r"(?:\s*,[^,;:]{1,80},)?(?:\s+[^\s,;:]+){0,14}?(?:\s*,[^,;:]{1,80},)?"
_THAT = re.compile(rf"(?P<gap>{_GAP})\s+that,?\s+(?!of\b)(?=\w)")
_BESIDE = re.compile(
    r"(?:,|on|in|at|last|this|earlier|late|later|yesterday|today|to|during|after|before|again|repeatedly|early|publicly|once|"
    r"only|also|instead|through|via|by|with|from|for|as|\w+ly|\w+day|in\s+a|the\s+(?:previous|same|following|next)\s+"
    r"(?:day|week|month|year))\b|,",
    re.I,
)
# *in answer to the fact that*: the clause goes with a noun.
_NOUN_LAST = re.compile(r"\bthat\b|\b(?:fact|idea|notion|view|belief|hope|fear|hopes|fears|sense|evidence)$")
_WHETHER = re.compile(r"(?P<gap>(?:\s+[^\s,;:]+){0,4}?)\s+(?P<word>whether|if|how|why|what|who|when|where)\s+(?=\w)")
_ALWAYS = frozenset({"whether", "how", "why"})  # the others after asked only
# *warned at a meeting that ended on Friday*, but not *that unspecified sources*
_VERB_NEXT = re.compile(
    rf"(?!\w+ed\s(?!(?:on|in|at|to|by|with|from|for|as|over|after|before|the|an?|his|her|its|their)\b)){FINITE}"
)
_INFINITIVE = re.compile(r"\bto(?:\s+\w+ly)?$", re.I)
_TO = re.compile(r"\s+(?=to\s+\w)")
_REPUTED = frozenset("said reported alleged claimed estimated rumoured".split())
_GENERIC = re.compile(r"(?:one|it|you|some|anyone|nobody|no one|we|many|people|man|no man|others)$", re.I)
_MODAL = re.compile(r"\b(?:can|could|may|might|must|should|shall|cannot|would)\b", re.I)
_NEGATED = re.compile(r"\b(?:not|never|cannot)\b|n['’]t\b", re.I)
_BE = re.compile(r"\b(?:am|is|are|was|were|be|been|being)\b", re.I)
_NO_SPEECH_TO = re.compile(
    r"\b(?:difficult|hard|easy|fair|safe|enough|possible|impossible|wrong|right|true|idle|needless|want|wants|like|going|have|has|"
    r"had|need|needs|ought|able|ready|happy|proud|pleased|sorry|glad|dare|refused|refuses|declined|declines|failed|fails|"
    r"suffice|essential|necessary|important|order|as|sufficient|is|that is|strange|is not|I|we)$",
    re.I,
)
_DETERMINER = re.compile(
    r"(?:^|\s)(?:the|an?|this|that|these|those|its|his|her|their|our|my|your|no|any|such|of|for|in|by|with|and|or|\w+['’]s|\w+s['’])$",
    re.I,
)
_AND = re.compile(r"\b(?:and|but)$")
_SAID_SO = re.compile(r"\b(?:said|says|added|told\s\w+)(?:\s[^,;]{1,40})?,\s*$")
_IMPERSONAL = re.compile(r"\b[Ii]t\b[^.;]{0,80}$")
_OURS = re.compile(r"\b(?:I|we|us|me|my|our)\b[^.;]{0,60}$", re.I)
_PLURALS = frozenset("people men women they some police both others media who".split())
_WRITER = re.compile(r"\b(?:I|we|We)\b")
_THIS_TEXT = re.compile(
    r"(?:this|the present)\s+(?:\w+\s+)?"
    r"(?:brief|paper|article|essay|study|chapter|report|analysis|column|piece|post|note)$",
    re.I,
)
_SUBORDINATE = re.compile(
    r"\W*(?:(?:Just|Even) (?=[a-z]))?(?:[Aa]s|While|When|After|Although|Though|Because|Since)\b[^,]*"
)
_MAIN = re.compile(rf",\s+(?=(?:[\w’'\-]+\s+){{1,5}}?{FINITE})")
# Who finds something and says so: not *the crew found that*.
_RULING = re.compile(
    r"\b(?:[Cc]ourts?|judges?|tribunal|jury|inquiry|inquest|hearing|panel|ruling|verdict|watchdog|reports?|audit|review|"
    r"investigat(?:ion|ors)|inspectors|auditors|observers|mission)\b",
    re.I,
)
_BY_WHOM = re.compile(r"\s+by(?P<who>(?:\s+[\w’'.\-]+){1,6}?)\s+that\s")  # *claims by Norway that*
_LET = re.compile(r"\b(?:let|lets)\b", re.I)


def complement(cue: Cue) -> Clause | None:
    """*Lind said that …*, *asked whether …*, *claims …*.

    >>> complement(Cue("Lind said that it fell.", "said", 0, 5, 9, 23))
    Clause(stretches=[(15, 23)], source=Source(words='Lind', kind='name', after_comma=False), rule='speech verb')
    """
    begin = _begin(cue)
    source = _speaker(cue) if begin >= 0 else None
    if source is None:
        return None
    stop = cue.stop
    if cue.participle and cue.text[cue.start].isupper():
        return _heading(cue, begin)
    if source.after_comma or (cue.word in ("asked", "ask") and not WORD.search(cue.before)):
        comma = re.search(r",\s", cue.text[begin:stop])
        stop = begin + comma.start() if comma else stop
    elif _SUBORDINATE.fullmatch(cue.text, cue.head, cue.start):  # *As they were saying that it was over, it began*
        comma = _MAIN.search(cue.text, begin, stop)
        stop = comma.start() if comma else stop
    return Clause(stretches(cue.text, begin, stop), source, "speech verb")


def _heading(cue: Cue, begin: int) -> Clause | None:
    """*Noting that it rained, Lind left*: to the main clause, whose subject speaks."""
    comma = _MAIN.search(cue.text, begin, cue.stop)
    verb = FINITE_BEHIND.search(cue.text, comma.end(), cue.stop) if comma else None
    source = subject(cue.text[comma.end() : verb.start() + 1]) if comma and verb else NOBODY
    known = comma is not None and source.kind not in ("none", "first")
    return Clause(stretches(cue.text, begin, comma.start()), source, "speech verb") if comma and known else None


def _begin(cue: Cue) -> int:
    """Where the complement of a verb begins, -1 where it has none."""
    if cue.after.startswith(": "):
        return cue.end + 2 if _is_told_behind_colon(cue) else -1
    if cue.after[:1] != "," and not cue.after[:1].isspace():
        return -1  # said.
    that = _THAT.match(cue.after) if "that" in cue.after and cue.word not in ASKING else None
    if that and _fits_between(cue, that["gap"]) and not (that["gap"] and _VERB_NEXT.match(cue.after, that.end())):
        return cue.end + that.end()
    whether = _WHETHER.match(cue.after) if cue.word in ASKING or _asks(cue.after) else None
    if whether and _fits_whether(cue, whether):
        return cue.end + whether.end()
    if cue.word in _REPUTED and (to := _TO.match(cue.after)) and _BE.search(without_auxiliaries(cue.before)[1]):
        return cue.end + to.end()
    return without_that(cue)


def _is_told_behind_colon(cue: Cue) -> bool:
    """Whether a clause without marks stands behind a verb and a colon: *she explained: the port would be shut*."""
    clause = cue.after[2:]
    told = cue.word in SPEAKING and clause[:1].islower() and not clause.startswith("qq")
    return told and FINITE_BEHIND.search(clause) is not None


def _asks(after: str) -> bool:
    return "how" in after or "why" in after or "whether" in after


def _fits_whether(cue: Cue, whether: re.Match[str]) -> bool:
    """Whether a question word goes with the verb, and what stands between the two is who is asked."""
    if whether["word"] not in _ALWAYS and cue.word not in ASKING:
        return False
    return not whether["gap"].strip() or cue.word in TELLING or cue.word in ASKING or _fits_between(cue, whether["gap"])


def _fits_between(cue: Cue, gap: str) -> bool:
    """Whether words between a verb and *that* are a time, a place, or who is told."""
    words = gap.strip()
    if not words:
        return True
    about = re.match if cue.word in TELLING else re.search  # *told the board of the port that*
    if "qqq" in words or _NOUN_LAST.search(words) or about(r"\b(?:about|of)\b", words):
        return False
    if words.startswith(",") and not words.endswith(","):
        return False  # *apples, they explained, grow on trees that*
    if FINITE_BEHIND.search(gap) and not words.startswith(","):
        return False
    if not SUGGESTING.isdisjoint(words.split()):
        return False  # *new reports from the port suggest that*
    return cue.word in TELLING or _BESIDE.match(words) is not None


def _speaker(cue: Cue) -> Source | None:
    """Who says so; None where it is the writer, nobody, or no speech."""
    region, auxiliaries = without_auxiliaries(cue.before)
    if _INFINITIVE.search(auxiliaries):
        return _infinitive(region, auxiliaries)
    by = _BY_WHOM.match(cue.after) if cue.word in NOUNLIKE and not auxiliaries else None
    if by:
        return following(by["who"])
    if cue.word in NOUNLIKE and not auxiliaries and _is_noun(cue, region):
        return None
    if region.endswith(" worth"):
        return None  # *it is worth noting that*
    source = _doing(cue)
    if _BE.search(auxiliaries) and not cue.participle:
        return _passive(cue, source, auxiliaries)
    if _is_writer(cue, source) or _lets(cue.before[-60:]):
        return None
    if _is_unsaid(cue, source, auxiliaries) or (cue.word in SUGGESTING and EVIDENCE.search(source.words)):
        return None
    nobody = source.kind == "none" and not (cue.participle or cue.word in ASKING or cue.word in ("said", "says"))
    return None if nobody else source


def _lets(before: str) -> bool:
    return "let" in before.lower() and _LET.search(before) is not None


def _doing(cue: Cue) -> Source:
    return doing(cue.before, cue.word.partition(" ")[0], cue.text[max(cue.head, cue.start - REACH) : cue.start])


def _is_writer(cue: Cue, source: Source) -> bool:
    """Whether the writer speaks himself: *I said that*, *I began by saying that*, *this paper argues that*."""
    own = source.kind == "first" or _THIS_TEXT.match(source.words) is not None
    return own or (cue.participle and _WRITER.search(cue.before) is not None)


def _is_unsaid(cue: Cue, source: Source, auxiliaries: str) -> bool:
    """Whether it is not said, not yet, or by nobody in particular: *has not said how*, *one could argue that*."""
    if _NEGATED.search(auxiliaries) and not cue.word.startswith("den"):
        return True
    if "will" in auxiliaries.lower().split() and source.kind != "name":
        return True
    if cue.word in FINDING and not _RULING.search(source.words):
        return True
    if cue.word in DEMANDING and source.kind == "other" and not is_people(source.words.split()[-1]):
        return _SAID_SO.search(cue.before) is None  # *it said, underlining that*
    if not _MODAL.search(auxiliaries):
        return False
    return _GENERIC.search(source.words) is not None or source.kind == "none"


def _infinitive(region: str, auxiliaries: str) -> Source | None:
    """*tried to argue that*: the subject; *met to announce that*: somebody; *hard to say that*: nobody."""
    if TRIES.search(region):
        return subject(f"{region} {auxiliaries}")
    head = re.split(r"\bto\b", auxiliaries)[0].strip()
    if head or _IMPERSONAL.search(region) or _NO_SPEECH_TO.search(region) or _OURS.search(region):
        return None
    return NOBODY


def _is_noun(cue: Cue, region: str) -> bool:
    """Whether a form that is a noun as often is one: *the claim that*, *member states that*."""
    if _AND.search(region) and cue.after.startswith(" that ") and FINITE_BEHIND.search(cue.text, cue.head, cue.start):
        return False  # *has left and maintains that*
    if _DETERMINER.search(region):
        return True
    if region.endswith(",") and cue.participle:
        return False  # *left, warning that*
    source = _doing(cue)
    if source.kind != "other":
        return source.kind == "none"
    last = source.words.split()[-1]
    if not last.isalpha():
        return True
    if cue.word.endswith("s") and cue.word != "stress":
        return re.match(r"(?:the|an?|this|that|his|her|its|their|one|each|every|who|it)\b", source.words, re.I) is None
    plural = last.endswith("s") or last.lower() in _PLURALS
    return not plural and not cue.word.endswith("ed")


def _passive(cue: Cue, source: Source, auxiliaries: str) -> Source | None:
    """*It is said that*, *was told that*, *were warned by the crew that*, *is said to*: somebody, by name or not."""
    if _NEGATED.search(auxiliaries) or _MODAL.search(auxiliaries):
        return None
    if source.kind == "first" and cue.word == "reminded":
        return None
    by = re.match(r"\s+by\s+", cue.after)
    if by:
        words = following(" " + re.split(r"\s+that\b", cue.after[by.end() :])[0])
        return words if words.kind != "none" else NOBODY
    impersonal = re.search(r"\b(?:it)$", source.words, re.I) is not None
    addressed = cue.word in TELLING or cue.word == "asked"
    reputed = cue.word in _REPUTED
    return NOBODY if impersonal or addressed or reputed or cue.word in ("announced",) else None
