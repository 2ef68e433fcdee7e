"""The words by which a text says who is speaking: lists, and the expressions made of them. English only."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from .verbs import CALLING, CLAUSAL, NOUNLIKE, SPOKEN

# ── nouns and names ──────────────────────────────────────────────────────────────────────────────────────────────

_NOUNS = """rhetoric statement statements remark remarks words warning warnings claim claims pledge promise argument
phrase slogan assertion comment comments admission allegation allegations insistence contention complaint declaration
threat plea announcement suggestion denial accusation accusations assertions pledges vow assurances prediction
boast""".split()
_SEEING = "recognition|description|characterization|characterisation|portrayal|depiction|praise|denunciation"
_WORKS = """analysis article piece essay book report paper study column editorial headline film novel play poem song
album titled entitled headlined bill act law pamphlet series author""".split()
_LISTED = "list|ranking|index|report|article|essay|study|paper|book|film|novel|series"
_NAMING = (
    "referred to as|known as|so-called|calls?|called|dubbed|nicknamed|termed|labelled|labeled|code-named|codenamed|"
    "(?:portrayal|depiction|reputation) as"
)
_MENTIONS = """word words term phrase name expression label slogan motto catchword catchphrase concept notion formula
evils rule order""".split()
_LISTED_TERMS = """words terms concepts phrases notions labels expressions slogans buzzwords mottos catchwords
formulas vocabulary""".split()
_ANSWERS = """answer reply response verdict message comment slogan motto explanation conclusion advice warning words
phrase question order refrain""".split()
# What the capitalised words that end with it name is a state of affairs, and no institution, route, ship or product.
COINED = frozenset(
    """Détente Detente Entente Bargain Order Disorder Game War Peace Reset Thaw Era Age Decade Century Moment Normal
    Consensus Concert Trap Dream Divide Rapprochement Realignment Awakening Nightmare Curtain Illusion Delusion
    Paradox Dilemma""".split()
)
SMALL = frozenset("a an and as at back by for from in is of on or the to with".split())
INDEFINITE = frozenset("nobody somebody everybody anybody someone everyone anyone none nothing".split())
_NORMS = """constitution treaty treaties act law article section charter convention resolution statute agreement
covenant protocol clause directive regulation amendment ordinance decree code compact declaration""".split()
_BINDING = """obliges oblige obliged obliging requires require required requiring binds bind bound binding commits
commit committed committing forbids forbid forbade forbidding prohibits prohibit prohibited prohibiting bans ban banned
permits permit permitted permitting allows allow allowed allowing authorizes authorize authorized authorizing authorises
authorise authorised authorising entitles entitle entitled guarantees guarantee guaranteed provides provide provided
empowers empower empowered directs directed commands commanded mandates mandated""".split()
# Common nouns that speak without the.
_PEOPLE = re.compile(
    r"(?:\w+(?:ers|ors|ists|ysts|ants|ents|ics|ees|yers|ians|eers|men|women)|people|officials|police|reports|sources|scholars|"
    r"authorities|witnesses|experts|another|some|many|others|both|aides|allies|lawyers|state|data|studies|activists)",
    re.I,
)
_NO_PLURALS = frozenset("Reuters Sanders Rogers Flanders Athens Brussels Connors".split())
EVIDENCE = re.compile(
    r"\b(?:data|figures?|results?|numbers?|evidence|facts?|events?|experience|findings?|history|signs?|name|title|logic|"
    r"statistics|polls?|trends?|patterns?|this|that|it|which)\s*$|^(?:the|an?|these|this)\s+(?:\w+\s+)?(?:patterns?|"
    r"trends?|rise|fall|increase|drop|decline|growth|size|lack|absence|presence|timing|way|fact|evidence|data)\s+of\b",
    re.I,
)
NO_SOURCE = re.compile(
    r"\b(?:laws?|plans?|rules?|principles?|customs?|needs?|circumstances|tenor|size|numbers?|wish(?:es)?|interests?|"
    r"schedule|constructions?|sanctions?|doctrines?|stipulations?|provisions?|terms?|usages?|practice|letter|spirit|merits?|abilit(?:y|ies)|means|taste|rank|age|population|usage|value)\b",
    re.I,
)
SPEAKING_NOUN = re.compile(
    r"\b(?:officials?|reports?|study|studies|police|sources?|witnesses|analysts?|experts?|spokes\w+|media|papers?|accounts?|"
    r"statements?|survey|polls?|researchers?|scientists?|ministry|government|company|authorities|agency|data|figures)\b",
    re.I,
)

# Forms that are the verb of a clause: a list of frequent ones, and -ed.
FINITE = (
    r"(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|shall|did|does|do|cannot|\w+n['’]t|(?!(?:hundred|speed|seed|indeed|greed|breed|weed|bed|red|shed)\b)[a-z]+ed|"
    r"left|went|came|took|made|got|gave|found|knew|saw|became|began|kept|lost|won|met|sent|stood|fell|rose|led|held|told|"
    r"thought|felt|brought|bought|built|paid|ran|spoke|broke|wrote|said|says|tore|drove|grew|withdrew|undertook|overcame|blew|bore|rode|sank|hid|chose|threw|drew|flew|"
    r"shot|struck|taught|caught|fought|sought|froze|helps|makes|gives|takes|wants|seems|remains|includes|"
    r"heard|spent|sold|stole|swept|fled|fed|wore|woke|slept|ate|drank|hung|laid|lent|dealt|dug|meant|understood|upheld|arose|"
    r"forgot|forgave|shook|shrank|stuck|swore|withheld|foresaw|sang|rang|bit|lit|slid|swung|underwent|oversaw|forbade|clung|"
    r"overtook|crept|requires|allows|becomes|comes|goes|keeps|poses|threatens|provides|represents|contains)\b"
)
FINITE_BEHIND = re.compile(rf"\s{FINITE}")

# ── expressions ──────────────────────────────────────────────────────────────────────────────────────────────────


def trie(words: Iterable[str]) -> str:
    """One expression for many words: each letter is looked at once, however many words there are.

    >>> trie(["say", "says", "said"])
    'sa(?:y(?:s)?|id)'
    """
    root: dict[str, Any] = {}
    for word in words:
        node = root
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}
    return _branches(root)


def _branches(node: dict[str, Any]) -> str:
    """The expression for all that may follow."""
    ways = [re.escape(letter) + _branches(below) for letter, below in node.items() if letter]
    if not ways:
        return ""
    joined = ways[0] if len(ways) == 1 and "" not in node else f"(?:{'|'.join(ways)})"
    return f"{joined}?" if "" in node else joined


UPPER = "".join(chr(code) for code in range(0x41, 0x530) if chr(code).isupper())
_AFTER_MARK = rf"(?:['’/](?=[{UPPER}])|(?<=ildren)['’]s|(?<=omen)['’]s|(?<=Men)['’]s|(?<=eople)['’]s)[\w\-]*"
_IN_CAPITAL = rf"[\w\-]*(?:{_AFTER_MARK}(?:{_AFTER_MARK})*|)"  # most words have no mark: to look for more takes longer
_CAPITAL = rf"[{UPPER}]{_IN_CAPITAL}"
_PARTICLE = "van|von|der|den|de|da|dos|del|della|di|du|la|le|el|al|bin|ibn|ter|ten|zu"
_ARABIC = "(?:el|al|as|ash|ad|an|ar|at|az)-"  # *Omar el-Sayed*
_IN_RUNS = frozenset([*_PARTICLE.split("|"), "of", "for", "to", "the"])  # what may stand in the midst of a name
_SHORT = (
    r"(?:(?<=M)(?:r|rs|s|aj)|(?<=A)dm|(?<=C)apt|(?<=B)rig|(?<=S)gt|(?<=D)r|(?<=G)en|(?<=S)en|(?<=R)ep|(?<=G)ov|(?<=L)t|(?<=C)ol|(?<=P)rof|(?<=R)ev|(?<=H)on|(?<=S)t|(?<=J)r|(?<=S)r)\."
)
# One set in front lets the search skip to capitals. What is short for an office, initials, a word.
_PART = rf"[{UPPER}](?:{_SHORT}|\.(?:[{UPPER}]\.)*|{_IN_CAPITAL})"
# Capitalised words that stand together: a name with what stands before it, or several.
_BLANK = r"[^\S\n]+"  # a name does not go over a line: headings have no stop
_TO = r"(?:(?<=[Aa]mbassador\s)|(?<=[Ee]nvoy\s)|(?<=[Aa]dviser\s)|(?<=[Rr]epresentative\s))to"
RUN = re.compile(
    rf"{_PART}(?:{_BLANK}(?:(?:{_PARTICLE}){_BLANK})*(?:{_ARABIC})?{_PART}|{_BLANK}(?:of|for|{_TO}){_BLANK}(?:the{_BLANK})?{_CAPITAL})*"
)
RUN_AT_END = re.compile(rf"(?<![\w'’\-])(?P<run>(?:{_ARABIC})?{RUN.pattern})$")

WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
SAYS = rf"(?:according to|in the words of|{trie(word for word in SPOKEN if word not in NOUNLIKE)})\b"
_MAY_SAY = rf"(?:{trie(word for word in SPOKEN if word in NOUNLIKE)})\b"
_MARKS_NEXT = r"(?=\s+(?:that|how|why|what|to\s+(?:be|have))\b|[\s,:\-—–]*$)"
CUE_BEFORE = re.compile(rf"\b(?:{SAYS}|(?<=\bto ){_MAY_SAY}|{_MAY_SAY}{_MARKS_NEXT})", re.I)
CUE_AFTER = re.compile(
    rf"\b(?P<says>(?i:{SAYS}))|\b(?P<who>[Hh]e|[Ss]he|[Tt]hey|[Ii]t|statement|letter|message|resolution|{_CAPITAL})\s+(?P<may>{_MAY_SAY})"
)
CALLED_SO = re.compile(
    rf"\b(?P<cue>{trie(sorted(CALLING))})\s+"
    r"(?P<object>(?:(?:(?:Mr|Mrs|Ms|Dr)\.|[\w'’\-]+,?)\s+){1,16})(?<!saying,\s)$",
    re.I,
)
OWN_CLAUSE = re.compile(r"\W*(?:and|but|yet|so|which|who|while)\b")
NOUN_CUE = re.compile(
    rf"(?P<source>{_CAPITAL}(?:\s+{_CAPITAL})*)['’]s? (?P<cue>{trie(_NOUNS)})(?:,|:| about| of| that| on| to)?\s*$"
)
SEEN_AS = re.compile(
    rf"(?P<source>{_CAPITAL}(?:\s+{_CAPITAL})*)['’]s? (?:\w+ )?(?P<cue>{_SEEING}) of [^.;:]{{1,60}} as (?:an? |the )?$"
)
# *rejected the questions as “…”*: what is no cue with other words behind it.
SEEN_SO = re.compile(
    r"\b(?:(?:rejected|welcomed|dismissed|hailed)\b(?=[^.;:]{3,120}\bas\s+(?:an?\s+|the\s+|being\s+)?$)|"
    r"(?:compared|likened)\b(?=[^.;:]{3,120}\b(?:to|with)\s+(?:an?\s+|the\s+)?$))"
)
PLEA = re.compile(
    rf"\b(?P<cue>{trie(_NOUNS)}|message|quote|question|story|letter)\b[^.?!]*(?:[:—–]|--)[^.?!]{{0,60}}$", re.I
)
# What has been said is told, whoever has: *there are reports that …*, *a vow on Monday that …*.
STATEMENTS = frozenset(
    """claim claims allegation allegations accusations warning reports assertion assertions warnings
    vow vows pledge pledges assurances insistence declaration""".split()
)
STATED = re.compile(
    rf"(?:\s+(?:on|in|at|last|this)\s[\w ]{{3,30}}?|\s+(?:from|by)\s+(?:the\s+)?[A-Z][\w’'\-]+|"
    r"\s+have\s(?:mounted|emerged|surfaced|circulated))?\s+that\s"
    rf"(?!of\b|{FINITE})"
)
NOUN_THAT = re.compile(rf"['’]s? (?P<cue>{trie(_NOUNS)}) that\s")
NAMED = re.compile(rf"\b(?P<cue>{_NAMING})[\s,]+(?:an?\s+|the\s+|their\s+|its\s+|{_CAPITAL}['’]s\s+)?$", re.I)
MENTIONED = re.compile(rf"\b(?P<cue>{trie(_MENTIONS)})(?:\s+(?:of|like|such as|is|was|to))?\s*[:,]?\s*$", re.I)
TERMS = re.compile(rf"\b(?P<cue>{trie(_LISTED_TERMS)})\b[^.:;]*:\s*$", re.I)
# *“…”, a phrase that nobody defines*, *“…”, the idea that great powers must fight*.
EXPLAINED = re.compile(
    r",\s+(?:an?|the)\s+(?:[\w\-]+\s+)?(?P<cue>phrase|term|word|expression|label|slogan|euphemism|buzzword|metaphor|idea|"
    r"notion|concept|theory|thesis|doctrine|belief)\b"
)
ANSWERED = re.compile(
    rf",?\s+(?:was|is|were|are|came|ran|read)\s+(?:(?P<source>(?:the\s+)?(?:[\w\-]+\s+){{0,4}}[\w\-]+)(?:['’]s|(?<=s)['’])|"
    rf"(?P<pronoun>his|her)|the|their)\s+(?:[\w\-]+\s+)?(?P<cue>{trie(_ANSWERS)})\b"
)
# A sentence that leans on who is named before it: *The last was short: “…”*, *Her answer was short: “…”*.
LEANING = re.compile(r"\s*(?:The (?:first|second|third|last|next|other|latter|former|final)|Another|One|His|Her)\b")
NEWSPAPER = re.compile(
    r"\b(?:according to|newspaper|daily|weekly|magazine|agency|website|channel|broadcaster|tabloid|portal|station)\s+"
    r"(?:the\s+)?$",
    re.I,
)
PROVIDED = re.compile(
    r"\b(?:provided\s+(?:for\s+)?(?:by|in|under)\b[^.;:]{0,120}\bthat|prescribed\s+by\b[^.;:]{0,120})\s*$"
)
IN_WORDS = re.compile(
    rf"\b[Ii]n (?:(?P<pronoun>his|her)|(?P<source>{_CAPITAL}(?:\s+{_CAPITAL})*)['’]s?) (?:own )?words\W+"
    r"(?:[^.;:,]{0,60}\s)?$"
)
# *in a half whisper*: a noun that only looks like a verb of speech.
IN_A_VOICE = re.compile(r"\b(?:in|with)\s+an?\s+(?:[\w\-]+\s+)?$")
TITLED = re.compile(rf"\b(?P<cue>{trie(_WORKS)})\W+(?:(?:of|about|on|how|called|titled|entitled)\W+)*$", re.I)
WORK_BEFORE = re.compile(rf"\b(?P<cue>{trie(_WORKS)})\b", re.I)
ENTITLED = re.compile(r"\b(?P<cue>entitled|titled|headlined)\W+$", re.I)
WORK_BEHIND = re.compile(rf",\s+(?:an?|the|his|her|their)\s+(?:[\w\-]+\s+){{0,3}}?(?P<cue>{trie(_WORKS)})\b")
NORM = re.compile(rf"\b(?P<source>{trie(_NORMS)})s?\b", re.I)
BINDS = re.compile(rf"\b(?P<cue>{trie(_BINDING)})\b[^.;:]{{0,60}}$", re.I)
TITLE_OF = re.compile(rf"\s(?P<cue>{_LISTED})\b", re.I)
PRONOUN = re.compile(r"\b(?P<who>he|she)$", re.I)
FIRST_PERSON = re.compile(r"\b(?:I|we|We|us)$")
_HEADING = "Saying Noting Warning Stressing Arguing Adding Claiming Insisting Acknowledging Explaining Stating".split()
HEADING = "Asked", "Pointing out", *_HEADING  # participles that a sentence begins with
# Every place where indirect speech may begin. One character in front lets the search skip from blank to blank.
SPEECH = re.compile(rf" (?P<cue>{trie([*CLAUSAL, *_NOUNS, *HEADING, 'according to', 'According to'])})\b")
SPEECH_AT_HEAD = re.compile(rf"[\n\"“‘(—](?P<cue>[Aa]ccording to|{trie(HEADING)})\b")
ONLY_NOUNS = frozenset(_NOUNS) - CLAUSAL  # where what they belong to stands before them, see NOUN_THAT

# What must stand somewhere before a quotation, apart and in lower case, for one of the expressions to be found there.
SPEAKING_HINTS = frozenset([*(words.split()[0] for words in SPOKEN), "according", "words", "compared", "likened"])
CALLED_HINTS = frozenset(
    [*CALLING, *"referred known dubbed nicknamed named codenamed portrayal depiction reputation".split()]
)
MENTIONED_HINTS, TERMS_HINTS, WORKS_HINTS = frozenset(_MENTIONS), frozenset(_LISTED_TERMS), frozenset(_WORKS)
NOUN_HINTS = frozenset([*_NOUNS, *_SEEING.split("|"), *"message quote question story letter".split()])
NORM_HINTS = frozenset([*_NORMS, *(f"{norm}s" for norm in _NORMS)])

_WORD_APART = re.compile(r"\w+")
_MOST_ODD = 16  # words with marks that are replaced one by one


def words_in(text: str, word: re.Pattern[str] = WORD) -> list[str]:
    """All that an expression for one word finds: the same in half the time, for most words stand between blanks.

    >>> words_in("It’s a by-law, said she.")
    ['It’s', 'a', 'by-law', 'said', 'she']
    """
    words = text.replace(",", " ").replace(".", " ").split()
    odd = [place for place, plain in enumerate(map(str.isalnum, words)) if not plain]
    if len(odd) > _MOST_ODD:
        return word.findall(text)
    for place in reversed(odd):
        words[place : place + 1] = word.findall(words[place])
    return words


def apart(text: str) -> list[str]:
    """The words of a text in lower case, apart at every mark: *by-law* is two.

    >>> apart("It’s a by-law.")
    ['it', 's', 'a', 'by', 'law']
    """
    return words_in(text.casefold(), _WORD_APART)


def cues_before(text: str, words: Iterable[str] | None = None) -> list[re.Match[str]]:
    """All that `CUE_BEFORE` finds; it is tried only where one of its words begins.

    Args:
        text: what stands before a quotation.
        words: its words as `apart` has them, or those that are hints, if they are known.

    >>> [cue.group() for cue in cues_before("In the words of Lind, who said that")]
    ['In the words of', 'said']
    """
    folded = text.casefold()
    if len(folded) > len(text):  # a letter that becomes two moves what stands behind
        return list(CUE_BEFORE.finditer(text))
    begins = set()
    some = SPEAKING_HINTS.intersection(words_in(folded, _WORD_APART) if words is None else words)
    for word in some | {"in"} if "words" in some else some:  # in the words of
        at = folded.find(word)
        while at >= 0:
            begins.add(at)
            at = folded.find(word, at + 1)
    return [cue for begin in sorted(begins) if (cue := CUE_BEFORE.match(text, begin))]


def plain_word(text: str) -> int:
    """Where the last word begins that no name goes over; 0 where there is none.

    >>> "then from the Bank of the North"[plain_word("then from the Bank of the North") :]
    'from the Bank of the North'
    """
    end = len(text)
    while end > 0:
        first = text.rfind(" ", 0, end) + 1
        word = text[first:end]
        if word.isalpha() and word.islower() and word not in _IN_RUNS:
            return first
        end = first - 1
    return 0


def cue_after(text: str, stop: int) -> re.Match[str] | None:
    """What `CUE_AFTER` finds before a character; most texts have none of its words and are not searched."""
    if SPEAKING_HINTS.isdisjoint(apart(text[:stop])):
        return None
    return CUE_AFTER.search(text, 0, stop)


def is_people(word: str) -> bool:
    """Whether a capitalised first word is a common noun.

    >>> is_people("Critics"), is_people("Reuters"), is_people("Moscow")
    (True, False, False)
    """
    return word not in _NO_PLURALS and (_PEOPLE.fullmatch(word) is not None or word.lower() in INDEFINITE)
