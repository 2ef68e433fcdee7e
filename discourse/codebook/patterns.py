"""The pattern language: what a person writes, as sequences of words to look for.

- words are separated by blanks and stand side by side; quotation marks between them are transparent; what cannot be
  seen (no-break blanks, zero width, BOM) is a blank, as in texts, and refused inside a word
- `*` inside a word: any characters; `?` inside or at the edge of a word: exactly one; a lone `*`: exactly one word;
  `~N`: up to N words in between
- `a|b`: either
- a word written with a hyphen also stands for its spaced and its closed spelling; a hyphen at its edge is refused
- `=` in front of the pattern: capitals must agree
- `{agent}`, `{target}`: an actor of the codebook in that role; not where `slots` sees that somebody else may be meant
- `\\` in front of `= | ~ ? { } \\`: the sign itself
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product
from math import prod

import pyarrow as pa

from discourse.tokens.scanning.characters import HYPHENS
from discourse.tokens.scanning.scan import scan
from discourse.tokens.types import ACRONYMS, QUOTATION_MARKS, fold, trim

ROLES = ("agent", "target")
MOST_VARIANTS = 512
MOST_BETWEEN = 100  # words in a gap: more is a sentence, and sentences end a hit anyway

SIGNS = "=|~{}\\?"  # what means something, and stands for itself after a backslash
_HIDDEN = {ord(sign): chr(0xF0000 + i) for i, sign in enumerate(SIGNS)}  # private characters in their place
_SHOWN = {ord(hidden): chr(sign) for sign, hidden in _HIDDEN.items()}
_QUOTED = re.compile(r"\\U000f000(\d)")  # one of them in quotation marks
_ESCAPED = re.compile(r"\\([=|~{}\\?])")

_LETTERS = "𐘀𐘁"  # of an undeciphered script; they stand for * and ? while a pattern is cut into tokens
_HELD, _GIVEN = str.maketrans("*?", _LETTERS), str.maketrans(_LETTERS, "*?")
_SLOT = re.compile(r"\{(\w*)\}")
_GAP = re.compile(r"~(\d+)")

_LATE = re.compile(r"(?<=[\s|])=(?=[\"“‘]?\w)")  # the =West, east|=West
# (a|b), \bwar\b, war.*, war(s)?, [Ww]ar, ^war; wars? means something here: wars and one character more
_FOREIGN = re.compile(r"\([^\s\\]*\||^\\b\w|\w\\b$|\w\w\.[*+?](?:\s|$)|[\w ]\)\?|(?:^|[\s\w])\[[^\s\]]{2,}\]\w|^\^\w")
_JOINERS = "\u200c\u200d"  # some scripts have them inside their words; texts are cut there
_UNSEEN = "\0"
_INSIDE = re.compile(r"[^\s\0]\0+[^\s\0]")
_INITIALS = re.compile(r"(?:[^\W\d_]\.){2,}[^\W\d_]?")
_EDGE = re.compile(rf"[{HYPHENS}][^\W\d_].*|.*[^\W\d_]\*?[{HYPHENS}]")
_WIDE = re.compile(r"[^\W_][＊｜]|[＊｜][^\W_]|^～\d|｛\w*｝|^＝\w")  # as an East Asian keyboard types them
_PLAIN = str.maketrans("＊｜～｛｝＝", "*|~{}=")


@dataclass(frozen=True)
class Element:
    """One token of a pattern.

    Attributes:
        words: spellings with wildcards, any of which fits; empty for any word, and for a slot.
        gap: how many words may stand between the element before and this one.
        slot: the role of an actor that stands here, or empty.
    """

    words: tuple[str, ...] = ()
    gap: int = 0
    slot: str = ""


@dataclass(frozen=True)
class Condition:
    """What must, or must not, stand near a match for it to be a hit.

    Attributes:
        patterns: any of them.
        within: how many words before and after the match, never beyond its sentence; or the `sentence`, `paragraph` or
            `document` it stands in. What overlaps the match is near it; 0: only what overlaps it.
        wanted: whether it must be there, or must not.
    """

    patterns: tuple[Pattern, ...]
    within: int | str = "sentence"
    wanted: bool = True


@dataclass(frozen=True)
class Pattern:
    """A pattern as written, and every sequence of elements that it stands for.

    Attributes:
        text: as written.
        sequences: what it stands for.
        cased: whether capitals must agree.
        weight: what a hit adds to `weighted`; never to a count.
        conditions: what decides whether a match is a hit; all must hold.
    """

    text: str
    sequences: tuple[tuple[Element, ...], ...]
    cased: bool = False
    weight: float = 1.0
    conditions: tuple[Condition, ...] = ()

    @property
    def slotted(self) -> bool:
        """Whether an actor has a place in the pattern."""
        return any(element.slot for sequence in self.sequences for element in sequence)

    @property
    def finds_all(self) -> bool:
        """Whether any words fit."""
        return not any(element.words or element.slot for sequence in self.sequences for element in sequence)


def literal(text: str, *, single: bool = False) -> str:
    """Words as a pattern in which only `*` means something, and, with `single`, `?` too.

    >>> literal("=) {x|y}"), parse_pattern(literal("=)")).cased
    ('\\\\=) \\\\{x\\\\|y\\\\}', False)
    """
    return re.sub(r"[=|~{}\\]" if single else r"[=|~{}\\?]", r"\\\g<0>", text)


@lru_cache(maxsize=65536)
def parse_pattern(text: str) -> Pattern:
    """Read a pattern.

    Raises:
        ValueError: the pattern is empty, has a gap at an end, an empty alternative, an unknown slot, a word with a
            hyphen at its edge or a character inside that nobody sees, `=` in front of a later word, or looks like a
            regular expression.

    >>> [[e.words for e in s] for s in parse_pattern("multi-vector polic*").sequences]
    [[('multi-vector', 'multivector'), ('polic*',)], [('multi',), ('vector',), ('polic*',)]]
    >>> [(e.words, e.gap) for e in parse_pattern("sphere* of ~3 influence").sequences[0]]
    [(('sphere*',), 0), (('of',), 0), (('influence',), 3)]
    """
    try:
        return _parsed(text)
    except ValueError as error:
        raise ValueError(_QUOTED.sub(lambda sign: f"\\\\{SIGNS[int(sign[1])]}", str(error))) from None


def _parsed(text: str) -> Pattern:
    written = _ESCAPED.sub(lambda match: match[1].translate(_HIDDEN), _seen(text)).strip()
    cased = written.startswith("=")
    pieces = written.removeprefix("=").split()
    if not pieces:
        raise ValueError(f"A pattern must have at least one word; got {text!r}. Write a word or leave the line out.")
    if _FOREIGN.search(text):
        raise ValueError(f"{text!r} looks like a regular expression. Write * for letters, a|b for either.")
    if _LATE.search(written, 1):
        raise ValueError(
            f"= must stand in front of the whole pattern, whose capitals it is about; got {text!r}. "
            f"Write {'=' + _LATE.sub('', written.removeprefix('='))!r}, or \\= for the sign."
        )
    choices: list[list[tuple[Element, ...]]] = []
    gap = 0
    for i, piece in enumerate(pieces):
        if piece.startswith("~"):
            gap = _gap(piece, text, inside=0 < i < len(pieces) - 1 and not pieces[i - 1].startswith("~"))
        else:
            choices.append([_after(gap, variant) for variant in _variants(piece, text, cased)])
            gap = 0
    sequences = tuple(tuple(e for part in chosen for e in part) for chosen in _combine(choices, text))
    return Pattern(text, tuple(dict.fromkeys(sequences)), cased)


def _seen(text: str) -> str:
    """A pattern with blanks in place of characters that cannot be seen: texts are cut at them too."""
    if text.isascii() and text.isprintable():
        return text
    shown = "".join(_blank(character) for character in text)
    inside = _INSIDE.search(shown)
    if inside:
        at = inside.start() + 1
        raise ValueError(
            f"A word of a pattern must have no character that cannot be seen; got U+{ord(text[at]):04X} after "
            f"{shown[:at].split()[-1]!r} in {text!r}. Delete it, or write a blank."
        )
    return shown.replace(_UNSEEN, " ")


def _blank(character: str) -> str:
    """A character, a blank for one that parts words, or the sign of one that cannot be seen."""
    if character.isspace() or character in _JOINERS:
        return " "
    return _UNSEEN if unicodedata.category(character)[0] == "C" else character


def _gap(piece: str, text: str, *, inside: bool) -> int:
    found = _GAP.fullmatch(piece)
    if not found or not inside:
        raise ValueError(
            f"A gap is written ~N between two words, as in 'sphere* of ~3 influence'; got {piece!r} in {text!r}."
        )
    if len(found[1]) > len(str(MOST_BETWEEN)) or int(found[1]) > MOST_BETWEEN:
        raise ValueError(f"A gap has up to {MOST_BETWEEN} words; got {piece!r} in {text!r}. Write a smaller number.")
    return int(found[1])


def _after(gap: int, variant: tuple[Element, ...]) -> tuple[Element, ...]:
    return (replace(variant[0], gap=gap), *variant[1:])


def _combine(choices: list[list[tuple[Element, ...]]], text: str) -> list[tuple[tuple[Element, ...], ...]]:
    number = prod(len(options) for options in choices)
    if number > MOST_VARIANTS:
        raise ValueError(
            f"A pattern must stand for at most {MOST_VARIANTS} spellings; {text!r} stands for {number}. "
            "Split it into several patterns."
        )
    return list(product(*choices))


def _variants(piece: str, text: str, cased: bool) -> list[tuple[Element, ...]]:
    """The sequences of tokens one blank-separated piece stands for; one-token alternatives are one element."""
    if "{" in piece or "}" in piece:
        return [(Element(slot=_slot(piece, text)),)]
    if piece == "*":
        return [(Element(),)]
    if "*" in piece and not piece.strip("*?"):
        raise ValueError(f"A lone * is one word; got {piece!r} in {text!r}. Write '* *' for two, or ~N for up to N.")
    alternatives = piece.split("|")
    if not all(alternative.strip("*") for alternative in alternatives):
        raise ValueError(
            f"Every alternative of a|b must be a word; {piece!r} in {text!r} has an empty one. Remove a bar."
        )
    ways = [way for alternative in alternatives for way in _spellings(alternative, text, cased)]
    single = tuple(dict.fromkeys(way[0] for way in ways if len(way) == 1))
    longer = [tuple(Element((word,)) for word in way) for way in ways if len(way) > 1]
    return ([(Element(single),)] if single else []) + longer


def _slot(piece: str, text: str) -> str:
    found = _SLOT.fullmatch(piece)
    if not found or found[1] not in ROLES:
        raise ValueError(f"A slot must be {{agent}} or {{target}}, as a word of its own; got {piece!r} in {text!r}.")
    return found[1]


def _spellings(word: str, text: str, cased: bool) -> list[list[str]]:
    """The tokens of a word, and those of its spaced and closed spellings if it has a hyphen."""
    _refuse_signs(word, text)
    tokens = _cut(word)
    if not tokens:
        raise ValueError(
            f"Every word of a pattern needs a letter, a digit or a sign; got {word!r} in {text!r}. Add one."
        )
    ways = [tokens]
    if not cased and len(tokens) == 1 and _INITIALS.fullmatch(tokens[0]):  # most dictionaries have no capitals: b.m.a.
        ways.append([tokens[0].removesuffix(".").upper() + "."])
    parts = trim(tokens[0]).split("-") if len(tokens) == 1 else []
    # With a part that may be anything (non-*), the closed spelling would be found in unrelated words (nonsense).
    if len(parts) > 1 and all(part.strip("*?") for part in parts):
        ways += [parts, ["".join(parts)]]
    return [[_written(token, cased) for token in way] for way in ways]


def _refuse_signs(word: str, text: str) -> None:
    """Refuse a word with a sign that can hardly be meant as the sign."""
    word = word.strip("".join(QUOTATION_MARKS))
    if _EDGE.fullmatch(word):
        first = word[0] in HYPHENS
        longer, apart = (f"*{word}", f"{word[0]} {word[1:]}") if first else (f"{word}*", f"{word[:-1]} {word[-1]}")
        raise ValueError(
            f"A hyphen must stand between two parts of a word; got {word!r} in {text!r}. "
            f"Write {longer!r} for longer words, or {apart!r} for the sign by itself."
        )
    if _WIDE.search(word):
        plain = word.translate(_PLAIN)
        raise ValueError(f"Signs of a pattern must not be full-width; got {word!r} in {text!r}. Write {plain!r}.")


def _cut(word: str) -> list[str]:
    """Cut a word as the texts are cut: `US$` is two tokens. Quotation marks are transparent here too.

    Nothing is left where a token would have no character of its own.
    """
    letters = word.replace("*", "").replace("?", "")
    if letters.isascii() and letters.isalnum():  # most words: nothing to cut
        return [word]
    held = _HELD if "*" in word or any(map(str.isalnum, letters)) else {}  # among signs a question mark is a sign
    found = scan(pa.array([word.translate(held).translate(_SHOWN)], pa.large_string()))
    tokens = [token for token in found.tokens() if token not in QUOTATION_MARKS]
    return [token.translate(_GIVEN) for token in tokens] if all(trim(t).strip(_LETTERS) for t in tokens) else []


def _written(token: str, cased: bool) -> str:
    if cased:
        return trim(token)
    return "-".join(part if part.strip("*") in ACRONYMS else fold(part) for part in trim(token).split("-"))
