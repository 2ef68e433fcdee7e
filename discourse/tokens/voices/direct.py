"""The rules for passages in quotation marks, in the order in which they are tried."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from . import mentions, signs
from .blocks import block
from .cues import (
    ANSWERED,
    BINDS,
    IN_A_VOICE,
    IN_WORDS,
    INDEFINITE,
    LEANING,
    NORM,
    NOUN_CUE,
    OWN_CLAUSE,
    PLEA,
    PROVIDED,
    RUN,
    RUN_AT_END,
    SEEN_AS,
    SEEN_SO,
    cue_after,
    cues_before,
    trie,
    words_in,
)
from .fullnames import cleaned
from .namings import following
from .openings import cited, doing
from .passages import TAIL, Judgement, Passage, lowered, words_of
from .passive import passive
from .subjects import NOBODY, Source, subject, without_auxiliaries
from .titles import HOLDERS
from .verbs import DEMANDING, NOUNLIKE, SPEAKING

_LEAD_WORDS = 16  # a cue before a quotation stands within so many words
_TAIL_WORDS = 12  # a cue after it, within so many
_LEGAL_WORDS = 3  # fewer words that a law demands may be the writer's
_OWN_WORDS = 4  # *I said then that “…”*, *I said last year that “…”*
_ARTICLES = frozenset("the a an our this".split())
_MESSAGE_WORDS = 3  # a message has more
_ENDING_WORDS = 5  # *The price is “as low as I have seen.”*: so many words that end a sentence are no term
_CLOSING = "”’\"'»›"  # of a quotation that ends inside: “… ‘so,’” he said
_SEEN = 1 << 10  # ways to look at a glance that are kept

_SHORT = "".join(f"(?<!{short})" for short in "Gen Sen Rep Gov Col Maj Adm Lt Mr Mrs Ms Dr Prof St".split())
_STOP = re.compile(rf"(?:(?<!\b[A-Z]){_SHORT}\.|[?!:;])\s")
_ONE_WORD = re.compile(r",?\s*(?:(?:he|she|a)\s+)?", re.I)
_OWNED = re.compile(r"\b(?:the|an?|his|her|its|their|this|these|those|\w+['’]s)\s+$", re.I)  # *his alleged “friend”*
_TAG_ENDS = re.compile(r"[.]|$|,(?!\s*[“\"‘«„])")
_PAUSE = re.compile(r"[.,]|$")
# Who somebody is, at length: *“…,” Ada Lind, a fellow of the institute and a former minister, said.*
_APPOSED = re.compile(
    rf"\s*{RUN.pattern},\s+(?:an?|the|who|whose|former|\d\d|(?:[a-z][\w\-]*\s+){{0,2}}(?:{trie(HOLDERS)}))\b"
    r"[^.;:“”\"]*$"
)
_BEHIND_COMMA = re.compile(r",\s[^,]{2,40}$")
_THIS = re.compile(r"(?:These|This|Those|That)\b")
_BE = re.compile(r"\b(?:is|are|was|were|been|be)\b")
_NAMED_BEHIND = re.compile(
    rf"\s*(?:\w+\s+){{0,3}}{RUN.pattern}\s+(?:{trie(SPEAKING)})\b(?!\s+that\b)(?!\W*[“\"‘«„])"
)
_SAID_BY = re.compile(rf"\s+(?:the\s+(?:\w+\s+)?\w+|he|she|{RUN.pattern}),\s+(?:an?\s+|the\s+)?")
_TOLD = frozenset("tell tells told".split())  # with its hearer behind it
_CLAIMS = frozenset("claim claims warning remark remarks promise pledge vow demand".split())
_HIS = {"his": "he", "her": "she"}
_REFERENCE = re.compile(r"\s*\((?P<source>[A-Z]\w+)[^()]*\d[^()]*\)")
_INTRODUCED = re.compile(rf"\bI, (?P<name>{RUN.pattern}),|\b[Mm]y name is (?P<given>{RUN.pattern})")


def judged(passage: Passage) -> Judgement:
    """What the first rule that fits says of a passage; where none does, it is held at arm’s length."""
    for rule in _fitting(passage.signs):
        said = rule(passage)
        if said is not None:
            return said
    return mentions.scare(passage)


def _cue_before(passage: Passage) -> Judgement | None:
    """*Lavrov warned that “…”*, *according to Lavrov, “…”*."""
    lead = passage.lead
    cues = [cue for cue in cues_before(lead, passage.hints) if _is_verb(lead, cue)]
    seen_as = None if cues else SEEN_SO.search(lead)
    cues = [seen_as] if seen_as else cues
    between = words_in(lead[cues[-1].end() :]) if cues else []
    if not cues or len(between) > _LEAD_WORDS:
        return None
    if passage.words[-1] == "," and between and _NAMED_BEHIND.match(passage.tail):
        return None  # *The court confirmed that “it is over,” Lind said*
    if len(cues) == 1 and passage.sentence is not None and passage.sentence.rule == "cue after":
        return None  # “…,” he said, “…”: the one cue between belongs to the part before, see _same_sentence
    cue = cues[-1]
    if len(cues) > 1 and cue.group().lower() in DEMANDING and cues[-2].group().endswith("ing"):
        cue = cues[-2]  # *saying the mutiny highlights “…”*
    word, before = cue.group().lower(), lead[: cue.start()]
    behind = word in ("according to", "in the words of") or _set_in(before, lead[cue.end() :])
    source = following(lead[cue.end() :]) if behind else doing(before, word)
    if source.words.lower() in INDEFINITE:
        return None  # nobody has said it
    earlier = passage.sentence
    if word.endswith("ing") and source.kind == "other" and earlier is not None and earlier.voice == "quoted":
        return None  # *he called it “late” and comments suggesting an end “absurd”*
    _, auxiliaries = without_auxiliaries(before)
    if _BE.search(auxiliaries) and not word.endswith("ing"):
        return passive(passage, source, word)
    if source.kind == "first" and not _is_own_cue(passage, lowered(between)):
        return None
    if source.kind == "none" and passage.continues:
        return passage.earlier.judged[-1]._replace(voice="quoted", marking="", cue=word, rule="cue before")
    speaker = _possessor(passage, before, word) or passage.earlier.names.of(source, passage.at)
    return Judgement("quoted", "", speaker, source.words, word, "cue before")


def _set_in(before: str, after: str) -> bool:
    """Whether verb and subject stand between commas: *it was, said Lind, “late”*."""
    return before.rstrip().endswith(",") and _SAID_BY.fullmatch(after) is not None


def _is_verb(lead: str, cue: re.Match[str]) -> bool:
    """Whether a word is no noun that looks like a verb of speech: *in a half whisper*, *the United States*."""
    word = cue.group()
    capitalised = word[0].isupper() and word.lower() in NOUNLIKE
    adjective = word.endswith("ed") and not lead[cue.end() :].strip() and _OWNED.search(lead, 0, cue.start())
    return not (capitalised or adjective or IN_A_VOICE.search(lead, 0, cue.start()))


def _possessor(passage: Passage, before: str, word: str) -> str:
    """Whose claim it is: *Russia’s claim that it is “…”*."""
    owner = before.rstrip()
    pronoun = _HIS.get(owner.rpartition(" ")[2].lower()) if word in _CLAIMS else None
    if pronoun:
        return passage.earlier.names.of(Source(pronoun, "pronoun"), passage.at)
    found = RUN_AT_END.search(owner[:-2]) if word in _CLAIMS and owner.endswith(("’s", "'s")) else None
    return passage.earlier.names.of(Source(found["run"], "name"), passage.at) if found else ""


def _is_own_cue(passage: Passage, between: list[str]) -> bool:
    """Whether *I said* introduces the passage: nothing or few words to *that* between, or a sentence behind a comma."""
    if between and between[-1] in _ARTICLES and len(passage.parts) > _LEGAL_WORDS:
        between = between[:-1]
    if not between or (between[-1] == "that" and len(between) <= _OWN_WORDS):
        return True
    return passage.lead.rstrip().endswith((",", ":")) and passage.words[-1] in ".!?" and passage.sentence_like


def _cue_after(passage: Passage) -> Judgement | None:
    """*“…,” Lavrov said*, *“…,” said Lavrov*."""
    stop = _STOP.search(passage.tail)
    cue = cue_after(passage.tail, stop.start() if stop else TAIL)
    if cue is None or OWN_CLAUSE.match(passage.tail) or passage.tail.lstrip().startswith("("):
        return None
    group = cue.lastgroup if cue.lastgroup in ("says", "may") else "may"
    begin = cue.start(group)
    before, after = passage.tail[:begin], passage.tail[cue.end() :]
    pauses = passage.words.rstrip(_CLOSING)[-1:] in ",?!.—-" or passage.tail.startswith(",") or passage.whole
    pauses = pauses or (_set_off(before, after) and not (passage.lead.strip() and passage.capitalised))
    if not pauses and not _ONE_WORD.fullmatch(before) and not _name_only(before):
        return None
    between = words_in(before)
    if (len(between) > _TAIL_WORDS and not _APPOSED.match(before)) or (not after and not before.strip(" ,")):
        return None
    if not between and cue[group].lower() in DEMANDING:
        return None  # *Her “…” underlines the weight of it*
    source = cited(passage.tail, begin) or (subject(before) if between else NOBODY)
    if source.kind == "none" and cue[group].lower() not in _TOLD:
        source = following(after)
    if source.kind == "none":
        return None
    if passage.words[-1] == "." and between and not (_short(before) or (_name_only(before) and _TAG_ENDS.match(after))):
        return None
    speaker = passage.earlier.names.of(source, passage.at) or _introducing_himself(passage, source)
    return Judgement("quoted", "", speaker, source.words, cue[group].lower(), "cue after")


def _introducing_himself(passage: Passage, source: Source) -> str:
    """Who names himself in what he says: *“I, Ida Berg, …,” she said.*"""
    named = _INTRODUCED.search(passage.words) if source.kind == "pronoun" else None
    return cleaned(named["name"] or named["given"]) if named else ""


def _set_off(before: str, after: str) -> bool:
    """Whether subject and verb stand behind a comma and end their sentence: *“…” such reports, she said.*"""
    return _PAUSE.match(after) is not None and _BEHIND_COMMA.search(before) is not None


def _short(before: str) -> bool:
    """Whether only a subject stands between a passage that ends like a sentence and the verb: *he said*."""
    return not before.lstrip()[:1].isupper() and len(words_in(before)) <= 3


def _name_only(before: str) -> bool:
    return bool(cleaned(before.strip())) and before.strip()[:1].isupper() and len(before.split()) <= 3


def _cue_noun(passage: Passage) -> Judgement | None:
    """*Russia’s rhetoric about “…”*, *their message: “…”*."""
    found = NOUN_CUE.search(passage.lead) or SEEN_AS.search(passage.lead)
    if found:
        speaker = passage.earlier.names.of(Source(found["source"], "name"), passage.at)
        return Judgement("quoted", "", speaker, found["source"], found["cue"], "cue noun")
    found = PLEA.search(passage.lead)
    if found and len(passage.parts) > _MESSAGE_WORDS:
        speaker = _introduced(passage)
        return Judgement("quoted", "", speaker, "", found["cue"].lower(), "cue noun")
    return None


def _answer(passage: Passage) -> Judgement | None:
    """*“…” was the minister’s reply*: the noun of speech stands behind; *in her own words, “…”*."""
    found = ANSWERED.match(passage.tail) or (IN_WORDS.search(passage.lead) if passage.signs & signs.IN_WORDS else None)
    if found is None:
        return None
    source = Source(found["pronoun"], "pronoun") if found["pronoun"] else following(f" {found['source'] or ''}")
    speaker = passage.earlier.names.of(source, passage.at)
    return Judgement("quoted", "", speaker, source.words, found.groupdict().get("cue", "words").lower(), "cue noun")


def _same_sentence(passage: Passage) -> Judgement | None:
    """The second quotation of a sentence is by the speaker of the first."""
    before = passage.sentence
    if before is None or before.voice != "quoted":
        return None
    return Judgement("quoted", "", before.speaker, before.source, before.cue, "same sentence")


def _carried_on(passage: Passage) -> Judgement | None:
    """A sentence in marks after a quotation of the same paragraph goes on with it; so does *These include … “…”*."""
    before = passage.heard
    if before is None:
        return None
    ends = passage.words[-1] in ".!?" and len(passage.parts) >= _ENDING_WORDS and not passage.capitalised
    ends = ends and passage.sentence is None and not passage.lead.rstrip().endswith(":")
    whole = ends or passage.whole or (passage.heads and passage.sentence_like)
    if whole or _THIS.match(passage.lead):
        return Judgement("quoted", "", before.speaker, before.source, "", "quotation carried on")
    return None


def _sentence_before(passage: Passage) -> Judgement | None:
    """A sentence in marks after one with a speech verb that has said nothing yet."""
    if not passage.heads or not passage.sentence_like:
        return None
    cues = cues_before(passage.behind.rstrip(" .!"))
    if not cues:
        return _person_before(passage)
    source = doing(passage.behind[: cues[-1].start()], cues[-1].group())
    speaker = passage.earlier.names.of(source, passage.at)
    return Judgement("quoted", "", speaker, source.words, cues[-1].group().lower(), "sentence before")


def _person_before(passage: Passage) -> Judgement | None:
    """A whole sentence in marks after one about one person, who is its subject: *Lund was blunt. “Burn it.”*"""
    speaker = passage.earlier.names.opening(passage.behind)
    if not speaker or passage.words[-1] not in ".!?":
        return None
    return Judgement("quoted", "", speaker, "", "", "person before")


def _introduced_by_colon(passage: Passage) -> Judgement | None:
    """*The treaty is explicit: “…”*: a colon before a sentence in marks."""
    if not passage.lead.rstrip().endswith((":", ":-", ":--")) or not passage.sentence_like:
        return None
    return Judgement("quoted", "", _introduced(passage), "", "", "colon")


def _introduced(passage: Passage) -> str:
    """The one person that the sentence before a colon names, or who is named before *her answer*, *the last*."""
    if passage.continues:
        return passage.earlier.judged[-1].speaker
    person = passage.earlier.names.only_person(passage.lead)
    if person or not LEANING.match(passage.lead) or passage.earlier.names.names_any(passage.lead):
        return person
    return passage.earlier.names.last_named(passage.at)


def _reference(passage: Passage) -> Judgement | None:
    """*“…” (Micah 6:8)*: a source in brackets."""
    found = _REFERENCE.match(passage.tail)
    if found is None:
        return None
    return Judgement("quoted", "", found["source"], found["source"], "", "reference")


def _law(passage: Passage) -> Judgement | None:
    """*The treaty obliges each side to “…”*, *under the charter no state “shall …”*: the words of a law."""
    norm = NORM.search(passage.lead)
    if norm is None or len(passage.parts) < _LEGAL_WORDS:
        return None
    binds = BINDS.search(passage.lead, norm.end())
    if PROVIDED.search(passage.lead):
        return Judgement("quoted", "", "", norm["source"], "provided", "law")
    if binds is None and "shall" not in words_of(passage.words)[:2]:
        return None
    return Judgement("quoted", "", "", norm["source"], binds["cue"].lower() if binds else "shall", "law")


_Rule = Callable[[Passage], Judgement | None]

# Each with the signs of which a passage must show one, else the rule cannot fit.
_RULES: tuple[tuple[_Rule, int], ...] = (
    (mentions.title_of_work, signs.WORKS | signs.CAPITALISED | signs.TO),
    (mentions.nickname, signs.CAPITALISED),
    (mentions.newspaper, signs.CAPITALISED),
    (mentions.called, signs.CALLED),
    (mentions.explained, signs.COMMA),
    (mentions.mentioned, signs.MENTIONED),
    (mentions.listed, signs.TERMS | signs.SENTENCE),
    (mentions.named, signs.CAPITALISED),
    (_cue_before, signs.SPEAKING),
    (_cue_after, signs.ALWAYS),
    (_cue_noun, signs.NOUNS),
    (_answer, signs.ALWAYS),
    (_same_sentence, signs.SENTENCE),
    (_carried_on, signs.PARAGRAPH),
    (_introduced_by_colon, signs.ALWAYS),
    (_reference, signs.BRACKET),
    (_law, signs.NORMS),
    (mentions.echo, signs.ALWAYS),
    (mentions.name, signs.CAPITALISED),
    (_sentence_before, signs.ALWAYS),
    (block, signs.ALWAYS),
)


@lru_cache(_SEEN)
def _fitting(seen: int) -> tuple[_Rule, ...]:
    """The rules that a passage with some signs may fit, in their order."""
    return tuple(rule for rule, needed in _RULES if seen & needed)
