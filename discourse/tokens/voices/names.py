"""Whose words they are: the name that the document gives to who is speaking."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice, pairwise

from ..types import STOP_WORDS
from . import pronouns
from .cues import FINITE, RUN, is_people, trie
from .descriptions import AUTHORED, is_body, is_known, is_of_a_state
from .fullnames import FullNames, cleaned, is_office, names_nobody
from .given import GIVEN, may_be
from .honorifics import titled
from .institutions import Institutions
from .namings import following
from .offices import Offices
from .openings import doing
from .persons import articled, inverts, is_cited, may_be_body, may_be_person, shouted, speaks_up
from .places import DEMONYMS, PLACES
from .quotations import Quotation, blanked
from .subjects import Source, subject
from .titles import NO_PERSONS
from .verbs import SPEAKING

_SENTENCES = 3  # before *the company* in which its name is looked for
_CHAIN = 2000  # characters from one *he said* to the next
_REACH = 700  # characters before a pronoun in which the person it stands for is looked for
_NOT_IN_A_PERSON = NO_PERSONS | DEMONYMS | {"of", "for"}
_LAST_WORD = re.compile(r".*\W", re.S)  # what stands before it
# *Lund did not answer, but he said*: in one sentence, also somebody who is named nowhere in full.
_ACTS = re.compile(rf"\s*(?P<who>[A-Z][\w’'\-]+)\s+(?:{FINITE})")
_SHORT = "Mr Mrs Ms Dr Gen Sen Rep Gov Col Maj Lt St Prof [A-Z]".split()
_UNENDED = "".join(rf"(?<!{short}\.)" for short in _SHORT)
# One set in front: the search skips to marks.
_SENTENCE_END = re.compile(rf"[.!?\n](?:(?<=\n)|{_UNENDED}['’”\"»)]*\s+)")
_SPEAKS_LAST = re.compile(rf",\s+(?P<who>[^,]{{2,60}})\s(?:{trie(SPEAKING)})\b[^,;:]{{0,40}}[.]?\s*$")
_HEADS_SENTENCE = re.compile(
    rf"\s*(?:The\s+)?(?P<run>{RUN.pattern})\s+(?:has|had|did|does|is|was|will|would|[a-z]+ed)\b"
)
_SPEAKS = re.compile(rf"\s(?:{trie(SPEAKING)})\b")
_ENTITLED = re.compile(r"\b(?:en)?titled\s$")  # *a book entitled Grey River*
_SOMEBODY = re.compile(
    r"\b(?:an?|one|the)\s(?:[\w\-]+\s){0,4}"
    r"(?:official|source|spokes\w+|diplomat|witness|resident|man|woman|activist|lawyer|officer)$",
    re.I,
)


@dataclass
class Names:
    """The names of one document.

    Attributes:
        text: of the document, or what of it may say whom a pronoun stands for.
        around: the names of the document, if `text` is a quotation in it.
        pairs: the quotations in the text, if they are known.
    """

    text: str
    around: Names | None = None
    pairs: Sequence[Quotation] | None = None
    _stood_for: dict[str, tuple[int, str]] = field(default_factory=dict)  # for whom *he* stood last, and where
    _speakers: dict[str, set[str]] = field(default_factory=dict)  # so far, by the first word of their names

    def inside(self, words: str, pairs: Sequence[Quotation] | None = None) -> Names:
        """The same names for a quotation, in which a pronoun stands for somebody whom the quotation names."""
        return Names(words, self, pairs)

    def heard(self, speaker: str) -> None:
        """Take in who has spoken."""
        self._speakers.setdefault(speaker.partition(" ")[0], set()).add(speaker)

    def _heard_of(self, first: str) -> set[str]:
        """The speakers so far whose names begin with a word."""
        own = self._speakers.get(first, set())
        return own | self.around._heard_of(first) if self.around else own

    @cached_property
    def _forms(self) -> FullNames:
        return self.around._forms if self.around else FullNames(self.text)

    def of(self, source: Source, at: int) -> str:
        """The name of a source that is spoken of at a character: in full, and empty where the text leaves it open."""
        if source.kind == "name":
            return self._named(source)
        if source.kind == "other" and not self.around:
            return self._described(source.words, at)
        pronoun = _LAST_WORD.sub("", source.words.lower())  # *the message--he said*
        return self._stands_for(pronouns.SUBJECT_FORM.get(pronoun, pronoun), at) if source.kind == "pronoun" else ""

    def _named(self, source: Source) -> str:
        """The full name of who is named; empty for *the British*, *Democrats*."""
        name = self.full(cleaned(source.words))
        return "" if names_nobody(name) else name

    def _stands_for(self, pronoun: str, at: int) -> str:
        """Who a pronoun is: the same as before where nobody is named in between, else the last person named."""
        before, name = self._stood_for.get(pronoun, (at, ""))
        between = self._outside[before:at] if before < at <= before + _CHAIN else ""
        if not between or self.names_any(between):
            name = self._forms.of_several(self.last_named(at, pronoun))
        self._stood_for[pronoun] = at, name
        return name

    def _described(self, words: str, at: int) -> str:
        """Who is spoken of as *the minister*, *the council* or *it*."""
        if words.lower() == "it":
            return self._last_institution(at)
        authored = AUTHORED.fullmatch(words)  # *Lind’s report*, *a statement from the Port Authority*
        if authored:
            return self.full(cleaned(authored["own"] or authored["by"]))
        named = self._offices.holder(words, at) or self._institutions.named(words, at)
        if named or is_body(words):
            return named or self._last_body(at)
        spoke = self._who_spoke(at) if self._offices.is_new(words) else None
        if spoke is not None or not is_known(words) or self._offices.is_held(words):
            return spoke or ""
        if is_of_a_state(words):
            return ""  # who *the Norwegian leader* is a reader knows, the text does not tell
        # *After a talk with Ada Lind, the former nurse said*: who is named before in her sentence is another.
        return self.last_named(at - len(next(self._sentences_before(at))))

    def _last_body(self, at: int) -> str:
        """What *the company* takes up: what speaks or heads the nearest sentence, if it is one, and no person."""
        for sentence in islice(self._sentences_before(at), _SENTENCES):
            names = {name for name in self._speaking(sentence) if name}
            head = None if names else _HEADS_SENTENCE.match(sentence)
            if head and may_be_body(name := cleaned(head["run"])):
                names = {self.full(name)}
            bodies = {name for name in names if not self._forms.is_person(name) and name not in self._titled}
            if bodies:
                return bodies.pop() if len(bodies) == 1 else ""
        return ""

    def _who_spoke(self, at: int) -> str | None:
        """The person who spoke last before *the governor said*; empty if several did, None if nobody."""
        for sentence in self._sentences_before(at):
            speakers = set(self._speaking(sentence))
            if speakers:
                return speakers.pop() if len(speakers) == 1 and speakers <= self._persons(sentence) else ""
        return None

    @cached_property
    def _institutions(self) -> Institutions:
        return Institutions(self.text)

    @cached_property
    def _offices(self) -> Offices:
        return Offices(self.text, self._holder)

    def _holder(self, run: re.Match[str]) -> str:
        """The full name of who has an office; empty where the words name something else."""
        name = cleaned(run.group())
        return "" if NO_PERSONS.intersection(name.split()) or any(map(shouted, name.split())) else self.full(name)

    def full(self, name: str) -> str:
        """The fullest form of a last name in the document; the name itself where there are two."""
        if not name or " " in name:
            return self._forms.of_several(name)
        if shouted(name) and not self.around:
            return self._institutions.in_full(name)
        full = self._forms.of(name)
        return full if full != name else self._family_first(name)

    def _family_first(self, name: str) -> str:
        """The one speaker so far whose name begins with it, as where the family name comes first: *Li*, *Li Wenhao*."""
        longer = self._heard_of(name) - {name}
        return longer.pop() if len(longer) == 1 else name

    def only_person(self, sentence: str) -> str:
        """The person that a sentence names; empty if it names none or two.

        >>> Names("").only_person("Mara Quist was blunt:")
        'Mara Quist'
        """
        persons = self._persons(sentence)
        return persons.pop() if len(persons) == 1 else ""

    def names_any(self, sentence: str) -> bool:
        """Whether a sentence names a person."""
        return bool(self._persons(sentence))

    def is_only(self, person: str, words: str) -> bool:
        """Whether some words name nobody but one person."""
        return self._persons(words) <= {person}

    def opening(self, sentence: str) -> str:
        """The person that a sentence begins with, if it names no other: the subject of *…, saying that*."""
        return self.only_person(sentence) if self._head(sentence) else ""

    def _head(self, sentence: str) -> str:
        run = RUN.match(sentence.lstrip())
        return self._person(run) if run else ""

    def last_named(self, at: int, pronoun: str = "") -> str:
        """The one person in the nearest sentence before that names any; empty where it names two.

        Where two are named it is the one who speaks, the one named before the pronoun (*Ek wondered how she would
        treat Beck*), the subject behind what leads to it (*At Beck’s wish, Ek left*), or the only one who is no mere
        owner (*Ek read Beck’s plans*). A sentence with the pronoun before the name is about somebody before it.
        """
        same = pronouns.SAME.get(pronoun)
        for number, sentence in enumerate(self._sentences_before(at)):
            if number == 1 and pronoun and (actor := self._brought_in(sentence, pronoun)):
                return actor
            if number == 0 and pronouns.HEADS.match(sentence):
                continue
            persons = self._persons(sentence, pronoun)
            if not persons and self._another_speaks(sentence):
                return ""
            leading = pronouns.LEADING.match(sentence)
            first = leading.end() if leading else 0
            near = pronoun != "" and (number == 0 or (number == 1 and not persons))
            acting = _ACTS.match(sentence, first) if near else None
            who = acting["who"] if acting else ""
            if who and may_be_person(who) and may_be(f"{who} {who}", pronoun):  # *Ada left*: her first name may be all
                return self.full(who)
            if not persons:
                continue
            if same and (again := same.search(sentence, first)):
                before = self._persons(sentence[: again.start()], pronoun)
                if not before:
                    continue
                persons = before if len(before) == 1 and len(persons) > 1 else persons
            if len(persons) > 1:
                called = {*persons, *map(self.full, persons)}
                speaking = next((name for name in self._speaking(sentence) if name in called), "")
                head = self._head(sentence[first:]) if leading else ""
                return speaking or (head if head in called else self._unpossessed(sentence))
            # *He wrote to General Hamilton that he …*: a pronoun before the name is somebody else's.
            places = [at for word in min(persons).split() if (at := sentence.find(word, first)) >= 0]
            forms = pronouns.FORMS.get(pronoun, pronouns.ANY)
            earlier = forms.search(sentence, first, min(places, default=len(sentence)))
            return "" if earlier or self._another_speaks(sentence) else persons.pop()
        return ""

    def _brought_in(self, sentence: str, pronoun: str) -> str:
        """The person for whom a pronoun may stand whom a sentence brings in: *his words were echoed by Ada Lind*."""
        run = RUN.search(pronouns.brought_in(sentence))
        name = self._person(run) if run else ""
        return self.full(name) if name and self._may_be(name, pronoun) else ""

    def _unpossessed(self, sentence: str) -> str:
        """The one person of several whom a sentence does not only name as an owner: *Ek read Beck’s plans*."""
        names = {
            name
            for run in RUN.finditer(sentence)
            if (name := self._person(run)) and not sentence.startswith(("’", "'"), run.end())
        }
        return names.pop() if len(names) == 1 else ""

    def sole_speaker(self, paragraph: str) -> str:
        """The one who speaks in a paragraph, if it is named in full."""
        ends = [0, *(end.end() for end in _SENTENCE_END.finditer(paragraph)), len(paragraph)]
        names = {name for edges in pairwise(ends) for name in self._speaking(paragraph[slice(*edges)])}
        name = names.pop() if len(names) == 1 else ""
        return name if " " in name else ""

    def _another_speaks(self, sentence: str) -> bool:
        """Whether somebody without a name speaks in a sentence: *an official told Ada Lind*; *he* may be that one."""
        for verb in _SPEAKS.finditer(sentence):
            before = sentence[: verb.start() + 1]
            source = subject(before) if before.strip() else following(sentence[verb.end() :])
            if source.kind == "other" and (_SOMEBODY.search(source.words) or is_known(source.words)):
                return True
        return False

    def _last_institution(self, at: int) -> str:
        """What spoke last before *it said*, if it is no person; empty where the text does not name it."""
        for sentence in self._sentences_before(at):
            persons = self._persons(sentence)
            for name in self._speaking(sentence):
                if name not in persons or " " not in name:
                    return name
            head = _HEADS_SENTENCE.match(sentence)
            name = cleaned(head["run"]) if head else ""
            if name and name not in persons and name.lower() not in STOP_WORDS and not is_people(name):
                return self.full(name)
        return ""

    def _sentences_before(self, at: int) -> Iterator[str]:
        """Yield the sentences before a character, the nearest first, without what stands in quotation marks."""
        before = self._outside[max(0, at - _REACH) : at]
        ends = [0, *(end.end() for end in _SENTENCE_END.finditer(before)), len(before)]
        for first, last in zip(ends[-2::-1], ends[:0:-1], strict=True):
            yield before[first:last]

    @cached_property
    def _outside(self) -> str:
        return blanked(self.text, self.pairs)

    def _speaking(self, sentence: str) -> Iterator[str]:
        """Yield the names of who speaks in a sentence; empty for who has none."""
        sentence = f" {sentence}"
        last = _SPEAKS_LAST.search(sentence)  # *…, Retno said.*
        verbs = _SPEAKS.finditer(sentence, last.end("who") if last else 0)
        for verb in verbs:
            before = sentence[: verb.start() + 1]
            inverted = not before.strip() or inverts(verb)  # *“…,” said Lind*, *it fell, said Lind*
            source = following(sentence[verb.end() :]) if inverted else doing(before, verb.group().strip())
            if source.kind == "name":
                yield self._named(source)
            elif source.kind == "other" and source.words.lower() not in ("it", "they"):
                yield self._institutions.named(source.words, len(self.text)) if not self.around else ""

    def _persons(self, sentence: str, pronoun: str = "") -> set[str]:
        """The persons that a sentence names, and for whom a pronoun may stand."""
        return {name for run in RUN.finditer(sentence) if (name := self._person(run)) and self._may_be(name, pronoun)}

    def _may_be(self, name: str, pronoun: str) -> bool:
        """Whether a pronoun may stand for a person: *she* for no Gordon, and for nobody called *Mr*."""
        other = pronouns.OTHER.get(pronoun)
        return other is None or (may_be(name, pronoun) and self._titled.get(name) != other)

    @cached_property
    def _titled(self) -> dict[str, str]:
        return self.around._titled if self.around else titled(self.text, self.full)

    def _person(self, run: re.Match[str]) -> str:
        """The person that a run of capitalised words names; empty if it names something else."""
        name = cleaned(run.group())
        parts = name.split()
        if not parts or not _NOT_IN_A_PERSON.isdisjoint(parts) or any(map(shouted, parts)):
            return ""
        titled = any(map(is_office, run.group().split()[: -len(parts)]))
        placed = name in PLACES or (parts[-1] in PLACES and parts[0] not in GIVEN)  # *Courier London*
        if placed or _ENTITLED.search(run.string, max(0, run.start() - 12), run.start()):
            return ""
        if len(parts) > 1:
            return name if titled or not articled(run.string[max(0, run.start() - 20) : run.start()]) else ""
        full = self.full(name)
        known = titled or full != name or full in self._heard_of(full.partition(" ")[0])
        return full if known or speaks_up(run, name) or is_cited(run) else ""
