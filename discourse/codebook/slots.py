"""Whether an actor fills the slot it stands in, or whether the words around it say that somebody else is meant.

No grammar is known, so nothing is guessed: where one of the signs below stands, the slot stays empty. They are those of
English, but for punctuation, apostrophes, and the negators, which a codebook names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from discourse.tokens import Tokens
from discourse.tokens.neighbours import token_beside
from discourse.tokens.types import STOP_WORDS, fold, is_word
from discourse.tokens.vocabulary import fits

from .slot_words import (
    APART,
    ARTICLES,
    AVERSE,
    AWAY,
    BEFORE_NOUNS,
    DATES,
    DENYING,
    EXERTING,
    IN_S,
    JOINING,
    LEADERS,
    OBJECTS,
    ORGANS,
    OTHERS,
    PREPOSITIONS,
    TEMPORAL,
    VERBAL,
)
from .spans import Index, Mask

_GRAMMAR = STOP_WORDS | PREPOSITIONS | APART
AHEAD = 3  # words of a noun phrase that are looked at after an adjective: *Russian regional allies*

_OF_NATIONS = re.compile(r"(?:ian|ean|ese|ish|ican|ern|aqi|eli|ani|nch|utch|oviet)$")
_LED = re.compile(r"-(?:\w\w+ed|\w\w\w+ing|led|run|made|held|born|built|bound|friendly|style|like|era|wary|free)$")
_OTHERWISE = re.compile(r"^(?:anti|pro|non|ex|post|pre)-|-(?:friendly|free|born|style|like|era|speaking|wary)$")

Test = Callable[[str], bool]


class Places(NamedTuple):
    """The actors in one slot of some occurrences, and what stands around them.

    Attributes:
        before: the last token of the word of the pattern before the slot, else the one before the occurrence.
        first, last: the tokens of the actor.
        after: the first token of the word of the pattern after the slot, else the one after the occurrence.
        opens, closes: whether the pattern begins, or ends, with the slot and has more than the slot.
    """

    before: Index
    first: Index
    last: Index
    after: Index
    opens: Mask
    closes: Mask

    def take(self, rows: Index) -> Places:
        """Some of them."""
        before, first, last, after = (edge[rows] for edge in (self.before, self.first, self.last, self.after))
        return Places(before, first, last, after, self.opens[rows], self.closes[rows])


def filled(tokens: Tokens, places: Places, negators: Sequence[str]) -> Mask:
    """Which actors fill the slot they stand in.

    Args:
        tokens: the corpus.
        places: where the actors stand.
        negators: words, with wildcards, over which no gap beside a slot reaches.
    """
    ahead = _Stretch.of(tokens, places.before, places.first)
    behind = _Stretch.of(tokens, places.last, places.after)
    empty = ahead.broken(negators) | behind.broken(negators) | ahead.about_others() | behind.leads_away()
    empty |= _bare(tokens, places.last) & behind.opposed() & ~_has_object(tokens, places)
    for some, rule in ((places.opens, _denied), (places.closes, _goes_on)):
        rows = np.flatnonzero(some & ~empty)
        if len(rows):
            empty[rows] = rule(tokens, places.take(rows))
    return ~empty


def names_another(token: str) -> bool:
    """Whether a word with a hyphen names somebody by what an actor is not: *anti-Russian*, *Russia-friendly*.

    >>> [names_another(word) for word in ["Anti-Russian", "Russia-friendly", "NATO-led", "Turkish-Russian"]]
    [True, True, False, False]
    """
    return "-" in token and _OTHERWISE.search(fold(token).lower()) is not None


class _Stretch(NamedTuple):
    """What stands between two tokens of each row, quotation marks left out: the row and the place of each token."""

    tokens: Tokens
    rows: Index
    at: Index
    number: int

    @classmethod
    def of(cls, tokens: Tokens, low: Index, high: Index) -> _Stretch:
        size = np.maximum(high - low - 1, 0)
        rows = np.repeat(np.arange(len(low)), size)
        at = low[rows] + 1 + np.arange(len(rows)) - np.repeat(np.cumsum(size) - size, size)
        seen = np.flatnonzero(~tokens.type_is_mark[tokens.ids_at(at)])
        return cls(tokens, rows[seen], at[seen], len(low))

    def _some(self, which: Mask) -> Mask:
        some: Mask = np.bincount(self.rows[which], minlength=self.number) > 0
        return some

    def _are(self, test: Test) -> Mask:
        return are(self.tokens, self.at, test)

    def broken(self, negators: Sequence[str]) -> Mask:
        """Where a sign, a negator or a word that sets apart lies between, or nothing but *and*."""
        splits = self._are(_splitting(negators))
        joins, light = self._are(_one_of(JOINING)), self._are(_one_of(BEFORE_NOUNS))
        return self._some(splits) | (self._some(joins) & ~self._some(~joins & ~light))

    def about_others(self) -> Mask:
        """In front of an actor: *allies of Russia*, *opponents in Russia*."""
        others, of = self._are(_one_of(OTHERS)), self._are(_one_of(PREPOSITIONS))
        others[:-1] &= of[1:] & (self.rows[1:] == self.rows[:-1])
        others[-1:] = False
        return self._some(others)

    def leads_away(self) -> Mask:
        """Behind an actor: *Russian allies*, *Russia's neighbour's*, *with Russia on*, *Russia's talk about*."""
        opens = np.ones(len(self.rows), bool)
        opens[1:] = self.rows[1:] != self.rows[:-1]
        away = self._are(_one_of(OTHERS | AWAY)) | self._are(_possessive) | (opens & self._are(_one_of(PREPOSITIONS)))
        return self._some(away)

    def verbal(self) -> Mask:
        """Where an auxiliary lies between."""
        return self._some(self._are(_one_of(VERBAL)))

    def acting(self) -> Mask:
        """Where a noun phrase begins in between, or something is done."""
        return self._some(self._are(_one_of(OBJECTS))) | self._some(self._are(_is_verb))

    def opposed(self) -> Mask:
        """Behind a bare name: something else is done than having it, *rejects*, *left the*."""
        done, had = self._are(_is_verb), self._are(_one_of(EXERTING | VERBAL))
        return self._some(done & ~had) | (self._some(self._are(_one_of(ARTICLES))) & ~self._some(had))


def _denied(tokens: Tokens, places: Places) -> Mask:
    """A bare name at the beginning: *and not Russia contains*, *allies of Russia contain the unrest*."""
    before = token_beside(tokens, places.first, -1)
    for _ in range(2):
        light = _stands(tokens, places.first, before, _one_of(BEFORE_NOUNS))
        before[light] = token_beside(tokens, before[light], -1)
    inside = _stands(tokens, places.first, before, _one_of(PREPOSITIONS))
    inside &= ~_of_leaders(tokens, places.first, before)
    between = _Stretch.of(tokens, places.last, places.after)
    verbal = _stands(tokens, places.last, places.after, _one_of(VERBAL)) | between.verbal()
    acting = between.acting() | _has_object(tokens, places)
    inside &= verbal | (acting & ~_stands(tokens, places.first, before, _one_of(TEMPORAL)))
    empty: Mask = _bare(tokens, places.last) & (inside | _stands(tokens, places.first, before, _one_of(DENYING)))
    return empty


def _bare(tokens: Tokens, last: Index) -> Mask:
    """Which actors are a bare name, neither *Russia's* nor *Russian* nor *the Iranians'*."""
    return ~are(tokens, last, lambda token: _possessive(token) or _of_a_nation(token)) & ~_plural(tokens, last)


def _attached(tokens: Tokens, last: Index) -> Mask:
    """Whether the next token follows without a blank."""
    attached: Mask = tokens.starts_at(_inside(tokens, last + 1)) == tokens.ends_at(last)
    return attached


def _plural(tokens: Tokens, last: Index) -> Mask:
    """Whether an actor ends like the possessive of a plural; a quotation may end so too."""
    mark = _stands(tokens, last, last + 1, _APOSTROPHES.__contains__)
    return _attached(tokens, last) & mark & are(tokens, last, _ends_in_s)


def _of_leaders(tokens: Tokens, first: Index, before: Index) -> Mask:
    """Whether *of* stands before an actor, and before that who acts for it."""
    head = token_beside(tokens, before, -1)
    return _stands(tokens, first, before, "of".__eq__) & _stands(tokens, first, head, _one_of(LEADERS | ORGANS))


def _has_object(tokens: Tokens, places: Places) -> Mask:
    """Whether the word after an actor is followed as verbs are: *contain the unrest*, *contain China*."""
    word = _inside(tokens, places.after)
    beside = token_beside(tokens, word, 1)
    name = _stands(tokens, places.last, beside, _names) & ~are(tokens, word, _capitalised)
    return name | _stands(tokens, places.last, beside, _one_of(OBJECTS))


def _goes_on(tokens: Tokens, places: Places) -> Mask:
    """At the end of a pattern: where the name or the noun phrase goes on after the actor, as in *China hawks*."""
    last, following = places.last, token_beside(tokens, places.last, 1)
    attached, plural = _attached(tokens, last), _plural(tokens, last)
    owner = are(tokens, last, _possessive) & _stands(tokens, last, following, is_word)
    owner |= plural & _stands(tokens, last, following, _content)
    closed = attached & ~plural & tokens.type_is_mark[tokens.ids_at(_inside(tokens, last + 1))]
    other = _in_compound(tokens, last, attached) | _with_others(tokens, last, following)
    empty: Mask = are(tokens, last, _is_led) | (~closed & (owner | other))
    return empty


def _with_others(tokens: Tokens, last: Index, following: Index) -> Mask:
    """Whether a longer name or somebody else follows: at once, or, after an adjective, within its noun phrase."""
    # A lower-case adjective says that nouns may be capitalised: *Eindämmung russischer Macht*.
    capitals = are(tokens, last, _capitalised)
    other = np.zeros(len(last), bool)
    rows = np.arange(len(last))
    for _ in range(AHEAD):
        at, beside = last[rows], following[rows]
        other[rows] |= _stands(tokens, at, beside, _one_of(OTHERS))
        other[rows] |= capitals[rows] & _stands(tokens, at, beside, _names)
        rows = rows[are(tokens, at, _of_a_nation) & _stands(tokens, at, beside, _goes_further)]
        following[rows] = token_beside(tokens, following[rows], 1)
    return other


def _in_compound(tokens: Tokens, last: Index, attached: Mask) -> Mask:
    """Whether a dash without blanks ties the actor to another word: *the Russia–China axis*."""
    dash = _stands(tokens, last, last + 1, "–".__eq__) & attached
    after = _inside(tokens, last + 2)
    dash &= tokens.starts_at(after) == tokens.ends_at(_inside(tokens, last + 1))
    return dash & are(tokens, after, is_word)


# ── words ────────────────────────────────────────────────────────────────────────────────────────────────────────────

_APOSTROPHES = "'’"


def _one_of(terms: frozenset[str]) -> Test:
    return lambda token: fold(token) in terms


def _splitting(negators: Sequence[str]) -> Test:
    """Whether a token is a sign, a negator or a word that sets apart; contractions with *n't* are negators."""
    folded = [fold(word) for word in ("*n't", *negators)]
    words = APART.union(word for word in folded if "*" not in word)
    globs = [word.split("*") for word in folded if "*" in word]

    def splits(token: str) -> bool:
        term = fold(token)
        return term in words or not is_word(token) or any(fits(term, pieces) for pieces in globs)

    return splits


def _is_verb(token: str) -> bool:
    """Whether a word looks like a verb; nouns of the kind are told by what follows."""
    term = fold(token)
    regular = (term.endswith("s") and not term.endswith(("ss", "us", "is", "'s"))) or term.endswith("ed")
    plain = token.islower() and "-" not in token
    return plain and (term in AVERSE or (regular and term not in STOP_WORDS and term not in IN_S))


def _possessive(token: str) -> bool:
    return token[-2:] in ("'s", "’s", "'S", "’S", "ʼs", "＇s")


def _ends_in_s(token: str) -> bool:
    return token[-1:] in "sS"


def _of_a_nation(token: str) -> bool:
    return _OF_NATIONS.search(fold(token)) is not None


def _is_led(token: str) -> bool:
    return _LED.search(token) is not None


def _capitalised(token: str) -> bool:
    return token[:1].isupper()


def _content(token: str) -> bool:
    """A word that a noun phrase may go on with."""
    return is_word(token) and fold(token) not in _GRAMMAR


def _names(token: str) -> bool:
    """A capitalised word that may go on with another name."""
    return _capitalised(token) and _content(token) and fold(token) not in DATES and fold(token) not in ORGANS


def _goes_further(token: str) -> bool:
    """A word after which the noun phrase may go on with somebody else."""
    return _content(token) and not (_capitalised(token) and fold(token) in ORGANS)


# ── places ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def are(tokens: Tokens, at: Index, test: Test) -> Mask:
    """Whether a test says yes to the types of tokens; each type is tested once."""
    if not len(at):
        return np.zeros(0, bool)
    types = tokens.ids_at(at)
    there = np.flatnonzero(np.bincount(types))
    yes = np.zeros(int(np.max(types, initial=0)) + 1, bool)
    yes[there] = [test(token) for token in tokens.types["token"].take(there)]
    found: Mask = yes[types]
    return found


def _inside(tokens: Tokens, at: Index) -> Index:
    """Places that may lie outside the corpus, moved to its edge."""
    return np.clip(at, 0, len(tokens) - 1)


def _stands(tokens: Tokens, origin: Index, at: Index, test: Test) -> Mask:
    """Whether a token of a kind stands at a place, in the sentence of another."""
    near = _inside(tokens, at)
    found: Mask = (near == at) & are(tokens, near, test)
    for name in ("zone", "sentence"):
        runs = tokens.layer(name).runs
        rows = np.flatnonzero(found)
        found[rows] = runs(origin[rows]) == runs(near[rows])
    return found
