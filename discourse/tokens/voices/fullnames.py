"""Names without what stands before them, and in the fullest form that a document gives them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import islice

from ..types import STOP_WORDS
from .cues import UPPER, plain_word
from .given import GIVEN
from .places import DEMONYMS, PLACES
from .titles import (
    BEFORE_NAME,
    BEFORE_OFFICE,
    CALENDAR,
    DOMAINS,
    GIVEN_NAMES,
    NO_PERSONS,
    OFFICES,
    SHORT_OFFICES,
    TRADES,
)

_KEPT = 1 << 12  # names whose words are looked through once
_ACRONYMS = re.compile(rf"[{UPPER}]{{2,}}s")  # MPs
_MENTIONS = 4  # of a last name that are looked at for the full one
_FIRST = 2  # of them in which a name stands in full
_LONG = 100_000  # characters of a text that is not searched for names of two words
_SCANS = 32  # names for each of which the text is searched; where there are more, all are noted at once

# Words in capitals that are names, and no words of a sentence.
NAMES_IN_CAPITALS = frozenset("US WHO CAN".split())
_PEOPLES = DEMONYMS | frozenset("American European Russian Chinese British French German Turkish Ukrainian".split())
_SIDES = frozenset("North South".split())
# Who many are: no one by name speaks.
_MANY = frozenset("Democrats Republicans Conservatives Liberals Tories Government Governments Officials".split())
_STYLES = re.compile(r"(?:Tan Sri|Toh Puan|Dat(?:o|uk|in)(?: S(?:er|r)i)?|Tun|Puan)\s+(?=\S)")
_OFFICE_OF = re.compile(r"(?:The )?(?P<name>.*['’]s Office)")
_BEFORE = CALENDAR | BEFORE_NAME
_NO_PERSONS = NO_PERSONS | DOMAINS
_LEADING = frozenset("De Da Del Della Di Dos Du".split())  # *De Lima* heads a sentence
_JOINS = ("of", "for", "from", "at")
_TRADE_ENDS = ("ist", "ician", "ologer", "grapher")  # of words for trades
_LONGEST = 4  # words of a person's name
_IN_NAME = re.compile(r"[\w\-]")
_BEFORE_LAST = re.compile(
    rf"(?<![\w.])((?:(?:[{UPPER}]\.?|(?!U\.|E\.U)(?:[{UPPER}]\.)+|[{UPPER}][\w\-]*[\w])\s+)+(?:(?:van|von|der|den|de|da|del|di|al|bin|el)\s+)*)$"
)
_AFTER_FIRST = re.compile(
    rf"(?P<more>(?: (?:al-|de |bin )?[{UPPER}][\w\-]+){{1,3}})(?P<described>,\s+(?:an?|the|who|whose|\d\d),?\s)?"
)
_ANOTHER = re.compile(rf" (?P<word>[{UPPER}][a-zà-ž]+)(?![\w\-’']| [{UPPER}])")
_NICKNAME = re.compile(
    rf"[“\"‘](?<=\w\s.)(?P<nick>[{UPPER}][\w\-]*(?:\s[{UPPER}][\w\-]*)?)[”\"’]\s(?P<last>[{UPPER}][\w\-]+)"
)
_CAPITALISED_END = re.compile(rf"(?<![\w\-])(?P<word>[{UPPER}][\w\-]*)\s$")
_CAPITALISED = re.compile(rf"(?<![\w\-])[{UPPER}][\w\-]*")


@lru_cache(_KEPT)
def cleaned(run: str) -> str:
    """A name without offices, days and the first word of a sentence; empty where nothing is left.

    >>> cleaned("Programme Director Timofei Bordachev"), cleaned("On Tuesday Lavrov"), cleaned("Prime Minister")
    ('Timofei Bordachev', 'Lavrov', '')
    """
    whole = _OFFICE_OF.fullmatch(run)
    if whole:
        return whole["name"]  # *the Attorney General’s Office* is no general
    words = _STYLES.sub("", run).split()
    if len(words) == 2 and words[0] in GIVEN_NAMES:  # June Avery
        return run
    while words and words[0] not in NAMES_IN_CAPITALS and (words[0].lower() in STOP_WORDS or words[0] in _BEFORE):
        words = words[1:]
    if words == ["Economist"]:
        return "Economist"  # with a name, one by profession
    if len(words) > 2 and (words[0] in TRADES or words[0].endswith(_TRADE_ENDS)) and NO_PERSONS.isdisjoint(words):
        words = words[1:]
    words = words[_office_ends(words) :]
    if len(words) == 1 and (words[0] in BEFORE_OFFICE or _ACRONYMS.fullmatch(words[0])):
        return ""
    while len(words) > 1 and words[0] in ("of", "for", "to"):
        words = _without_domain(words[3:] if words[1] == "the" else words[2:])
    return " ".join(_without_rest(words))


def names_nobody(name: str) -> bool:
    """Whether a name is that of a people or a party’s members, none of whom is named.

    >>> names_nobody("South Korean"), names_nobody("Democrats"), names_nobody("Dawn French")
    (True, True, False)
    """
    words = name.split()
    return name in _MANY or (words[-1:] != [] and words[-1] in _PEOPLES and _SIDES.issuperset(words[:-1]))


def _without_rest(words: list[str]) -> list[str]:
    """A person without where he or she is from: *Edwin Moss [of the Council]*."""
    first = next((i for i, word in enumerate(words) if word in _JOINS), 0)
    person = 1 < first < _LONGEST and _NO_PERSONS.isdisjoint(words[:first])
    return words[:first] if person else words


def _office_ends(words: list[str]) -> int:
    """How many words the office before a name takes; *Hun Sen* holds none."""
    last = len(words) - 1
    holds = (is_office(word) and not (0 < i == last and word in SHORT_OFFICES) for i, word in enumerate(words))
    return max((i + 1 for i, office in enumerate(holds) if office), default=0)


def _without_domain(words: list[str]) -> list[str]:
    """A name without the rest of what the office before it is for: *[Minister of Foreign] Affairs Ada Lind*."""
    while len(words) > 2 and (words[0].rstrip(",") in DOMAINS or words[0] == "and"):
        words = words[1:]
    return words


def is_office(word: str) -> bool:
    return word.rstrip(".").removesuffix("-elect").rpartition("-")[2] in OFFICES


def apart_in(text: str, words: str, joined: re.Pattern[str]) -> Iterator[int]:
    """Yield where words stand with nothing joined to them; an expression for each would take far longer.

    >>> list(apart_in("Ek, Ekberg and McEk met Ek-Lund.", "Ek", re.compile(r"\\w")))
    [0, 24]
    """
    at = text.find(words)
    while at >= 0:
        end = at + len(words)
        apart = not joined.match(text, end) and not (at and joined.match(text, at - 1))
        if apart:
            yield at
        at = text.find(words, end if apart else at + 1)


class FullNames:
    """The full forms of the last names of one text.

    >>> FullNames("Ada Lind came. Then Lind and Beck left.").of("Lind")
    'Ada Lind'
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._full: dict[str, str] = {}

    def of_several(self, name: str) -> str:
        """The full form of a last name of two words: *de Mistura*, *Aguiar Branco*; of others the name itself."""
        if name in self._nicknamed:
            return self._nicknamed[name]
        if name.count(" ") != 1 or (name not in self._full and (len(self._full) >= _SCANS or len(self._text) > _LONG)):
            return name
        first, _, last = name.partition(" ")
        full = self.of(last if first[0].islower() or first in _LEADING else name)
        return full if full.endswith((f" {name}", f" {first.lower()} {last}")) else name

    def of(self, name: str) -> str:
        """The one fuller form of a last name; the name itself where there is none, or two."""
        if name not in self._full:
            self._full[name] = self._nicknamed.get(name) or self._fullest(name)
        return self._full[name]

    def is_person(self, name: str) -> bool:
        """Whether a name of several words begins with a given one, or its last word stands for it: *Gutfeld said*."""
        first, _, rest = name.partition(" ")
        last = rest.rpartition(" ")[2]
        if not rest or last in PLACES or not _NO_PERSONS.isdisjoint(name.split()):
            return False
        if first in GIVEN:
            return True
        return any(self._before(at) is None for at in islice(self._mentions(last), _MENTIONS))

    def _fullest(self, name: str) -> str:
        forms: set[str] = set()
        for number, at in enumerate(islice(self._mentions(name), _MENTIONS)):
            before = self._before(at)
            own = self._text[at : at + len(name)]
            words = _without_domain(cleaned(f"{before.group()} {own}").split()) if before else [own]
            words = words[1:] if len(words) > 2 and words[0] in PLACES else words  # *envoy for Norland Ada Lind*
            # Persons are named in full at first: *Strava*, named so again and again, is no *Camp Strava*.
            is_name = 1 < len(words) <= 4 and NO_PERSONS.isdisjoint(words[:-1]) and words[0] not in _LEADING
            held = before is not None and len(words) <= before.group().count(" ")  # *Minister Rehman Malik*
            if is_name and (words[0] in GIVEN or (number < _FIRST and (not number or forms or held))):
                forms.add(" ".join([*words, *self._last_behind(at + len(name))]))
        forms = forms or self._beginning_with(name)
        if not forms and name.startswith(("El-", "Al-")):  # the first word of a sentence
            return self.of(f"{name[0].lower()}{name[1:]}")
        if len(forms) == 1:
            return forms.pop()
        shortest = min(forms, key=len, default=name)  # *Hanna Klint* of *Democrat Hanna Klint*
        return shortest if all(form == shortest or form.endswith(f" {shortest}") for form in forms) else name

    @cached_property
    def _nicknamed(self) -> dict[str, str]:
        """The names with a nickname in marks in them, by last name and without it: *Jan “Captain” Ek*."""
        found: dict[str, set[str]] = {}
        for nick in _NICKNAME.finditer(self._text):
            first = _CAPITALISED_END.search(self._text[max(0, nick.start() - 30) : nick.start()])
            if first and not is_office(first["word"]):
                last = nick["last"]
                for short in (last, f"{first['word']} {last}", f"{first['word']} {nick['nick']} {last}"):
                    found.setdefault(short, set()).add(f"{first['word']} {nick.group()}")
        return {short: forms.pop() for short, forms in found.items() if len(forms) == 1}

    def _last_behind(self, at: int) -> list[str]:
        """The last name behind one that stands for it too: *Ana Ruiz Soto*, of whom *Ruiz* is said."""
        behind = _ANOTHER.match(self._text, at)
        word = behind["word"] if behind else ""
        others = word in CALENDAR or word in PLACES or word in NO_PERSONS or is_office(word)
        return [] if others or not word else [word]

    def _before(self, at: int) -> re.Match[str] | None:
        """The capitalised words before a last name."""
        words = self._text[max(0, at - 60) : at]
        before = _BEFORE_LAST.search(words, plain_word(words))
        return None if before and words[: before.start()].endswith(("U.", "E.")) else before  # *the U.S. Lind left*

    def _beginning_with(self, name: str) -> set[str]:
        """The persons introduced by office or description whose first name it is: *minister Retno Marsudi*."""
        if name in PLACES:
            return set()
        forms = set()
        for at in islice(self._mentions(name), _MENTIONS):
            behind = _AFTER_FIRST.match(self._text, at + len(name))
            before = self._text[max(0, at - 30) : at].rstrip().rpartition(" ")[2]
            if behind and (behind["described"] or is_office(before.capitalize()) or name in GIVEN):
                words = f"{name}{behind['more']}".split()
                forms |= {" ".join(words)} if NO_PERSONS.isdisjoint(words) else set()
        return forms

    def _mentions(self, name: str) -> Iterable[int]:
        """Where a name stands."""
        if len(self._full) >= _SCANS and _CAPITALISED.fullmatch(name):
            return self._noted.get(name, [])
        return apart_in(self._plain, name.replace("’", "'"), _IN_NAME)

    @cached_property
    def _plain(self) -> str:
        """The text with one apostrophe: a page may write *O’Neill* and *O'Neill*."""
        return self._text.replace("’", "'")

    @cached_property
    def _noted(self) -> dict[str, list[int]]:
        """Where each capitalised word stands, the first few times."""
        noted: dict[str, list[int]] = {}
        for word in _CAPITALISED.finditer(self._text):
            places = noted.setdefault(word.group(), [])
            if len(places) < _MENTIONS:
                places.append(word.start())
        return noted
