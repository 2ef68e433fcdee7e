"""Dictionaries of Yoshikoder (`.ykd`) and of Lexicoder 2 (`.lcd`): XML with categories in categories."""

from __future__ import annotations

import math
import re
import warnings

from discourse._errors import at, nearest
from discourse.tokens.scanning.characters import HYPHENS

from ..entries import Codebook
from .categories import Categories
from .markup import MarkupError, walk

_ANY = r"\.|\\w|\\S|\[a-z\]|\[A-Za-z\]"
_PIECE = re.compile(rf"({_ANY})([*+]?)|([\w\s'’-])|\\([^\w*?])|(.)", re.DOTALL)  # the last: what has no counterpart
_ELEMENTS = ("dictionary", "cnode", "pnode", "category", "pattern", "name", "comment", "score")
_ANCHORS = re.compile(r"^(?:\^|\\b)|(?:\$|\\b)$")


def read_ykd(text: str, name: str) -> Codebook:
    """Read a Yoshikoder dictionary, with its scores of patterns as weights.

    Where one category holds all others, as Yoshikoder writes them, it is the dictionary's own name and left out of the
    keys. As Yoshikoder does, patterns are taken for words with `*` whatever else they look like; only in a dictionary
    of regular expressions they are such, and those are read that `*` and `?` can say. In Lexicoder's, which looks for
    characters, blanks say where words begin and end. Elements of other names are left out with all that they hold, with
    a warning that names the first.

    Raises:
        StudyError: it is no XML or no such dictionary, a pattern is outside of the categories, or a regular expression
            has no counterpart.

    >>> book = read_ykd('<dictionary><cnode name="all"><cnode name="war"><pnode name="arm*"/></cnode></cnode>'
    ...     '</dictionary>', "a.ykd")
    >>> [(key, entry.include[0].text) for key, entry in book.frames.items()]
    [('war', 'arm*')]
    >>> book = read_ykd('<dictionary style="Lexicoder"><cnode name="tax"><pnode name=" levy"/><pnode name=" toll "/>'
    ...     '</cnode></dictionary>', "a.lcd")
    >>> [pattern.text for pattern in book.frames["tax"].include]
    ['levy*', 'toll']
    """
    tree = _Tree(name)
    try:
        walk(text, tree)
    except MarkupError as error:
        raise tree.listed.error(error.line, f"this is not XML: {error}. Save the dictionary again.") from None
    tree.tell_unknown()
    return _without_the_name(tree.listed).codebook()


class _Tree:
    """What is told of a file; until 2005 Yoshikoder wrote names as elements of their own, `<category><name>`."""

    def __init__(self, name: str) -> None:
        self.listed = Categories(name)
        self.path: list[str] = []
        self.begun = self.bounded = self.in_pattern = False
        self.pattern, self.weight = "", 1.0
        self.line = self.ignored = 0  # the latter: of elements that hold each other, the first of which is not known
        self.unknown: list[tuple[str, int]] = []

    def start(self, tag: str, attributes: dict[str, str], line: int) -> None:
        self.line = line
        if not self.begun:
            self._root(tag, attributes)
        elif self.ignored or tag not in _ELEMENTS:
            self.unknown += [] if self.ignored else [(tag, line)]
            self.ignored += 1
        elif tag in ("cnode", "pnode"):
            if "name" not in attributes:
                raise self.listed.error(line, f"a {tag} must have a name. Add name=\"…\".")
            self._node(tag, attributes)
        elif tag in ("category", "pattern"):
            self.in_pattern = tag == "pattern"
            self.pattern, self.weight = "", 1.0
            if not self.in_pattern:
                self.path.append("")

    def tell_unknown(self) -> None:
        """Warn of elements that no Yoshikoder writes: a mistyped one would take its words away in silence."""
        if self.unknown:
            tag, line = self.unknown[0]
            more = f", and so are {len(self.unknown) - 1} more" if len(self.unknown) > 1 else ""
            warnings.warn(
                f"{at(self.listed.name, line)}: <{tag}> is no element of such a dictionary. It is left out with all "
                f"that it holds{more}.{nearest(tag, _ELEMENTS)}",
                stacklevel=4,
            )

    def _root(self, tag: str, attributes: dict[str, str]) -> None:
        self.begun = True
        if tag != "dictionary":
            raise self.listed.error(self.line, f"the file must hold a <dictionary>; got <{tag}>. Name another file.")
        self.listed.single = attributes.get("patternengine") == "regexp"
        self.bounded = attributes.get("style") == "Lexicoder"

    def _node(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "cnode":
            self.path.append(attributes["name"])
            self.listed.open(self.path, self.line, attributes.get("desc") or "")
        else:
            self._add(attributes["name"], _weight(attributes.get("score")))

    def _add(self, pattern: str, weight: float = 1.0) -> None:
        if not self.path:
            raise self.listed.error(self.line, f"{pattern!r} stands in no category. Put it in a cnode.")
        self.listed.open(self.path, self.line)
        for word in self._words(pattern):
            self.listed.add(self.path, word, self.line, weight)

    def _words(self, pattern: str) -> list[str]:
        if not self.listed.single:
            return [_bounded(pattern) if self.bounded else pattern]
        words = [_glob(_ANCHORS.sub("", part)) for part in pattern.split("|")]
        if not all(words):
            raise self.listed.error(
                self.line, f"the regular expression {pattern!r} cannot be read. Write it as words with * and ?."
            )
        return words

    def end(self, tag: str, text: str) -> None:
        if self.ignored:
            self.ignored -= 1
        elif tag == "name" and self.in_pattern:
            self.pattern = text
        elif tag == "score" and self.in_pattern:
            self.weight = _weight(text)
        elif tag == "pattern":
            self._end_pattern()
        elif tag == "name" and self.path:
            self.path[-1] = text.strip()
            self.listed.open(self.path, self.line)
        elif tag == "comment" and self.path:
            self.listed.open(self.path, self.line, text)
        elif tag in ("cnode", "category"):
            self.path.pop()


    def _end_pattern(self) -> None:
        """Note a pattern of the first format, whose name and score stand in it."""
        if not self.pattern.strip():
            raise self.listed.error(self.line, "a pattern must have a name. Add <name>…</name>.")
        self._add(self.pattern, self.weight)
        self.in_pattern = False


def _glob(expression: str) -> str:
    """A regular expression as a word with wildcards; empty if there is none.

    >>> _glob("arm(y|ies)"), _glob("arm.*"), _glob(r"\\w+ism")
    ('', 'arm*', '?*ism')
    """
    pieces = list(_PIECE.finditer(expression))
    if any(piece[5] for piece in pieces):
        return ""
    free = {"*": "*", "+": "?*", "": "?"}
    return "".join(free[piece[2]] if piece[1] else piece[3] or piece[4] for piece in pieces)


def _bounded(pattern: str) -> str:
    """Characters that are looked for anywhere, as words: a word goes on where no blank says that it does not."""
    edges = (pattern[:1], pattern[-1:])
    before, after = ("*" if edge.isalnum() or edge in set(HYPHENS) else "" for edge in edges)
    return f"{before}{pattern.strip()}{after}"


def _weight(score: str | None) -> float:
    """The score of a pattern; what is no number is none, as for Yoshikoder."""
    try:
        weight = float(score or "")
    except ValueError:
        return 1.0
    return weight if math.isfinite(weight) else 1.0


def _without_the_name(listed: Categories) -> Categories:
    top = {path[0] for path in listed.words}
    if len(top) > 1 or any(words and len(path) == 1 for path, words in listed.words.items()):
        return listed
    words = {path[1:]: words for path, words in listed.words.items() if path[1:]}
    lines = {path[1:]: line for path, line in listed.lines.items() if path[1:]}
    about = {path[1:]: about for path, about in listed.about.items() if path[1:]}
    return Categories(listed.name, listed.single, words=words, lines=lines, about=about, senses=listed.senses)
