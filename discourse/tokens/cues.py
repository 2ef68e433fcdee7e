"""The words by which a text says who is speaking: lists, and the expressions made of them. English only."""

from __future__ import annotations

import re

# Forms that say that somebody speaks.
_VERBS = """say says said saying stated stating announce announces announced announcing warn warns warned warning
claimed claiming admit admits admitted write writes wrote written describe describes described argue argues argued
noted tell tells told declare declares declared insist insists insisted add adds added explain explains explained
replied acknowledge acknowledges acknowledged suggest suggests suggested ask asks asked asking answered stress
stresses stressed emphasize emphasizes emphasized emphasise emphasises emphasised assert asserts asserted assure
assures assured promised vowed demanded complain complains complained recall recalls recalled remarked observe
observes observed conclude concludes concluded quoted urged deny denies denied proclaim proclaims proclaimed
boasted tweeted""".split()
# Forms that are nouns as often (the states, a demand for): they speak after to, and before that, how, a comma, a colon
# or the mark.
_NOUNLIKE = """state states claim claims note notes reply replies answer answers promise promises vow vows demand
demands remark remarks quote quotes urge urges boast boasts tweet tweets""".split()
_NOUNS = """rhetoric statement statements remark remarks words warning claim claims pledge promise argument phrase
slogan assertion comment comments""".split()
_WORKS = """analysis article piece essay book report paper study column editorial headline film novel titled entitled
headlined""".split()
_LISTED = "list|ranking|index|report|article|essay|study|paper|book|film|novel|series"
_NAMING = "referred to as|known as|so-called|called|dubbed|nicknamed|termed|labelled|labeled"
OFFICES = frozenset(
    """President Minister Prime Foreign Defence Defense Chancellor Secretary General Director Programme Program
    Senator Governor Ambassador Chairman Chairwoman Chair Speaker King Queen Pope Mr Mrs Ms Dr Professor Spokesman
    Spokeswoman Spokesperson Analyst Leader Commander Colonel Major Captain Admiral Deputy Vice Chief""".split()
)
SMALL = frozenset("a an and as at back by for from in is of on or the to with".split())

_SAYS = rf"(?:according to|{'|'.join(_VERBS)})\b"
_MAY_SAY = rf"(?:{'|'.join(_NOUNLIKE)})\b"
CUE_BEFORE = re.compile(rf"\b(?:{_SAYS}|(?<=\bto ){_MAY_SAY}|{_MAY_SAY}(?=\s+(?:that|how|why|what)\b|[\s,:]*$))", re.I)
CUE_AFTER = re.compile(rf"\b(?P<says>(?i:{_SAYS}))|\b(?:[Hh]e|[Ss]he|[Tt]hey|[A-Z][\w-]+)\s+(?P<may>{_MAY_SAY})")
OWN_CLAUSE = re.compile(r"\W*(?:and|but|yet|so|which|who|while)\b")
NOUN_CUE = re.compile(rf"(?P<source>[A-Z]\w+)['’]s? (?P<cue>{'|'.join(_NOUNS)}) (?:about|of|that|on)\s*$")
NAMED = re.compile(rf"(?P<cue>{_NAMING})\s+(?:an?\s+|the\s+|their\s+|its\s+)?$", re.I)
TITLED = re.compile(rf"\b(?P<cue>{'|'.join(_WORKS)})\W+(?:(?:about|on|how|called|titled)\W+)*$", re.I)
TITLE_OF = re.compile(rf"\s(?P<cue>{_LISTED})\b", re.I)
CAPITALS = re.compile(r"(?:(?:[A-Z]\.|[A-Z][\w-]+)\s+)*[A-Z][\w-]+")
PRONOUN = re.compile(r"\b(?:he|she)\W+(?:\w+\W+){0,2}$", re.I)
WORD = re.compile(r"[^\W_](?:[\w’'-]*[^\W_])?")
