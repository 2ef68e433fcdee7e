"""XML read with nothing followed: no entity of its own, no file beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol
from xml.parsers import expat


class MarkupError(ValueError):
    """XML that cannot be read, with its line."""

    def __init__(self, line: int, text: str) -> None:
        super().__init__(text)
        self.line = line


class Handler(Protocol):
    """What is told of each element as it begins and ends, and of the text in between."""

    def start(self, tag: str, attributes: dict[str, str], line: int) -> None:
        """An element begins."""

    def end(self, tag: str, text: str) -> None:
        """An element ends; `text` is what stood in it since the last tag."""


def walk(text: str, handler: Handler) -> None:
    """Go through XML.

    Args:
        text: the whole of it; an encoding that it declares no longer matters.
        handler: is told of every element. Prefixes of names are left out.

    Raises:
        MarkupError: it is no XML, or declares entities, by which a small file can stand for gigabytes.

    >>> class Shown:
    ...     def start(self, tag, attributes, line): print(line, tag, attributes)
    ...     def end(self, tag, text): print(tag, repr(text))
    >>> walk('<a x="1">\\n b</a>', Shown())
    1 a {'x': '1'}
    a '\\n b'
    >>> walk('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', Shown())
    Traceback (most recent call last):
    discourse.codebook.files.markup.MarkupError: it declares an entity
    """
    parser = expat.ParserCreate("utf-8")
    pieces: list[str] = []

    def refuse(*_: object) -> None:
        raise MarkupError(parser.CurrentLineNumber, "it declares an entity")

    def start(tag: str, attributes: dict[str, str]) -> None:
        pieces.clear()
        handler.start(_plain(tag), attributes, parser.CurrentLineNumber)

    def end(tag: str) -> None:
        handler.end(_plain(tag), "".join(pieces))
        pieces.clear()

    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = pieces.append
    parser.EntityDeclHandler = parser.UnparsedEntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = _refused(refuse)
    try:
        parser.Parse(text.encode("utf-8", errors="surrogatepass"), True)
    except expat.ExpatError as error:
        raise MarkupError(error.lineno, expat.ErrorString(error.code)) from None


def _refused(refuse: Callable[..., None]) -> Callable[..., int]:
    def refused(*given: object) -> int:
        refuse(*given)
        return 0

    return refused


def _plain(tag: str) -> str:
    return tag.rpartition(":")[2]
