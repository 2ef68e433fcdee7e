"""Dictionaries of Yoshikoder (`.ykd`) and of Lexicoder 2 (`.lcd`): XML with categories in categories."""

from __future__ import annotations

from ..entries import Codebook
from .categories import Categories
from .markup import MarkupError, walk

_ENGINES = ("", "substring", "wildcard")


def read_ykd(text: str, name: str) -> Codebook:
    """Read a Yoshikoder dictionary.

    Where one category holds all others, as Yoshikoder writes them, it is the dictionary's own name and left out of the
    keys.

    Raises:
        StudyError: it is no XML or no such dictionary, a pattern is outside of the categories, or the patterns are
            regular expressions.

    >>> book = read_ykd('<dictionary><cnode name="all"><cnode name="war"><pnode name="arm*"/></cnode></cnode>'
    ...     '</dictionary>', "a.ykd")
    >>> [(key, entry.include[0].text) for key, entry in book.frames.items()]
    [('war', 'arm*')]
    """
    tree = _Tree(name)
    try:
        walk(text, tree)
    except MarkupError as error:
        raise tree.listed.error(error.line, f"this is not XML: {error}. Save the dictionary again.") from None
    return _without_the_name(tree.listed).codebook()


class _Tree:
    def __init__(self, name: str) -> None:
        self.listed = Categories(name)
        self.path: list[str] = []
        self.begun = False

    def start(self, tag: str, attributes: dict[str, str], line: int) -> None:
        if not self.begun:
            self._root(tag, attributes, line)
        elif tag in ("cnode", "pnode"):
            if "name" not in attributes:
                raise self.listed.error(line, f"a {tag} must have a name. Add name=\"…\".")
            self._node(tag, attributes, line)

    def _root(self, tag: str, attributes: dict[str, str], line: int) -> None:
        self.begun = True
        if tag != "dictionary":
            raise self.listed.error(line, f"the file must hold a <dictionary>; got <{tag}>. Name another file.")
        engine = attributes.get("patternengine", "")
        if engine not in _ENGINES:
            raise self.listed.error(line, f"patterns of the kind {engine!r} cannot be read. Write them with * only.")

    def _node(self, tag: str, attributes: dict[str, str], line: int) -> None:
        if tag == "cnode":
            self.path.append(attributes["name"])
            self.listed.open(self.path, line, attributes.get("desc") or "")
        elif self.path:
            self.listed.add(self.path, attributes["name"], line)
        else:
            raise self.listed.error(line, f"{attributes['name']!r} stands in no category. Put it in a cnode.")

    def end(self, tag: str, text: str) -> None:
        if tag == "cnode":
            self.path.pop()


def _without_the_name(listed: Categories) -> Categories:
    top = {path[0] for path in listed.words}
    if len(top) > 1 or any(words and len(path) == 1 for path, words in listed.words.items()):
        return listed
    words = {path[1:]: words for path, words in listed.words.items() if path[1:]}
    return Categories(listed.name, words, {path[1:]: about for path, about in listed.about.items() if path[1:]})
