"""What a type is counted as: folding, words and stop words, decided once per type.

`token` is what the text says, `term` is what is counted. Because folding depends on the type alone, counts of
parts add up to the counts of the whole.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

# Acronyms that are another word in lower case keep their capitals; all others are folded (NATO is nato).
ACRONYMS = frozenset({"US", "IT", "WHO", "AIDS", "START", "SALT"})

# Marks that phrases are looked for through, also apostrophes that stand alone.
QUOTATION_MARKS = frozenset("\"'“”„‟«»‹›‘’‚‛`＂")

# After these, 's is a verb or "us", not a possessive.
CONTRACTING = frozenset("it that he she who what here there let where how when why".split())

# Function words of English. Nouns, verbs of saying and numbers are never stop words: they are findings.
STOP_WORDS = frozenset(
    """
    a about above after again against all along also although am among an and any are aren't around as at away
    be because been before being below between both but by can can't cannot could couldn't did didn't do does
    doesn't doing don't done down during each either else even ever every few for from further had hadn't has
    hasn't have haven't having he he'd he'll he's hence her here here's hers herself him himself his how however
    how's i i'd i'll i'm i've if in indeed into is isn't it it'd it'll it's its itself just least less let let's
    may me might mine more moreover most much must my myself neither no nor not now of off often on once one only
    onto or other others otherwise ought our ours ourselves out over own per perhaps quite rather same shall
    shan't she she'd she'll she's should shouldn't since so some still such than that that's the their theirs
    them themselves then thence there there's thereby therefore these they they'd they'll they're they've this
    those though through throughout thus till to too toward towards under until unto up upon us very via was
    wasn't we we'd we'll we're we've were weren't what what's when when's where where's whereas whereby wherein
    whether which while who who's whoever whom whose why why's will with within without won't would wouldn't yet
    you you'd you'll you're you've your yours yourself yourselves
    """.split()
)

_VARIANTS = str.maketrans({"’": "'", "＇": "'", "ʼ": "'", "‐": "-", "‑": "-"})
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?")


def trim(token: str) -> str:
    """A token in its own capitals: NFC, one apostrophe and one hyphen, no possessive *'s*, no dots in capital initials.

    >>> trim("U.S."), trim("Russia’s"), trim("that’s")
    ('US', 'Russia', "that's")
    """
    text = unicodedata.normalize("NFC", token).translate(_VARIANTS)
    if text[-2:] in ("'s", "'S") and text[:-2].lower() not in CONTRACTING:
        text = text[:-2]
    if "." not in text:
        return text
    parts = text.split("-")
    return "-".join(part.replace(".", "") if part.isupper() and _INITIALS.fullmatch(part) else part for part in parts)


def fold(token: str) -> str:
    """The term a token is counted as: `trim`, then lower case.

    *US* and *U.S.* are `US`, never `us`. Nothing is transliterated.

    >>> [fold(t) for t in ["Russia’s", "U.S.", "US-led", "NATO’s", "it’s", "Türkiye", "e.g.", "Multi‑Vector"]]
    ['russia', 'US', 'US-led', 'nato', "it's", 'türkiye', 'e.g.', 'multi-vector']
    """
    if token.isascii() and token.isalpha():  # most types: nothing to trim
        return token if token in ACRONYMS else token.lower()
    parts = trim(token).split("-")
    return unicodedata.normalize("NFC", "-".join(part if part in ACRONYMS else part.lower() for part in parts))


def check_terms(terms: Iterable[str]) -> None:
    """Refuse terms in capitals that are folded: as such they occur nowhere.

    >>> check_terms(["War of"])
    Traceback (most recent call last):
    ValueError: terms must be written as in the column `term` of a table; got 'War of'. Write 'war of'.
    """
    for term in terms:
        counted = " ".join(map(fold, term.split(" ")))
        if counted != term and counted.lower() == term.lower():
            raise ValueError(
                f"terms must be written as in the column `term` of a table; got {term!r}. Write {counted!r}."
            )


def is_word(token: str) -> bool:
    """Whether a token contains a letter or a digit.

    >>> is_word("3.74"), is_word("$")
    (True, False)
    """
    return token.isalnum() or any(unicodedata.category(character)[0] in "LN" for character in token)


def type_table(types: Iterable[str] | pa.LargeStringArray) -> pd.DataFrame:
    """One row per type, in the order of the ids: `token, term, is_word, is_stop`.

    Args:
        types: the types as written; strings, or an Arrow array of them.

    >>> type_table(["The", "Kremlin’s", "—"]).values.tolist()
    [['The', 'the', True, True], ['Kremlin’s', 'kremlin', True, False], ['—', '—', False, False]]
    """
    tokens = types if isinstance(types, pa.Array) else pa.array(list(types), pa.large_string())
    plain = pc.string_is_ascii(tokens)
    terms = _where(pc.and_not(plain, _intricate(tokens)), pc.ascii_lower(tokens), tokens, fold)
    words = _where(plain, pc.match_substring_regex(tokens, "[A-Za-z0-9]"), tokens, is_word)
    stops = pc.is_in(terms, pa.array(sorted(STOP_WORDS), pa.large_string()))
    return pd.DataFrame(
        {
            "token": pd.array(tokens, "str"),
            "term": pd.array(terms, "str"),
            "is_word": words.to_numpy(zero_copy_only=False),
            "is_stop": stops.to_numpy(zero_copy_only=False),
        }
    )


def _intricate(tokens: pa.LargeStringArray) -> pa.BooleanArray:
    """Where folding is more than lower case: an apostrophe, dots of initials, an acronym between hyphens."""
    return pc.match_substring_regex(tokens, rf"'|[A-Za-z]\.|(?:^|-)(?:{'|'.join(sorted(ACRONYMS))})(?:-|$)")


def _where(simple: pa.BooleanArray, found: pa.Array, tokens: pa.Array, function: Callable[[str], Any]) -> pa.Array:
    """What was found for simple tokens, and for the others what a function gives."""
    others = pa.array([function(token) for token in tokens.filter(pc.invert(simple)).to_pylist()], found.type)
    return pc.replace_with_mask(found, pc.invert(simple), others)

