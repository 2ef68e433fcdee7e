"""Quotations inside quotations: “The guard said, ‘Nobody leaves.’”"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..sentences.rules import paragraph_starts, sentence_starts
from .direct import judged
from .names import Names
from .passages import Earlier, Judgement, Places
from .quotations import Quotation, quotations

INSIDE = "inside a quotation"
_MAY_OPEN = re.compile(r"[“„«»\"‘‚‹`'](?<!\w')")
# The marks of a quotation say nothing about those inside it: they stand again at the heads of its paragraphs.
_OWN = {mark: re.compile(f"[{kind}]") for kind in ("“”„", "«»", '"', "‘‚", "‹", "'") for mark in kind}
_BACKTICKS = re.compile("``|''")
_FIRST_PERSON = frozenset({"i", "we", "us"})

# *They were like, ‘…’* is not the outer speaker's; *I was like, ‘…’* is.
_LIKE = re.compile(
    r"(?<!\bI\s)(?<!\b[Ww]e\s)(?:\b(?:is|are|was|were)|(?<=\w)['’](?:s|re))\s(?:all\s|just\s)?like,?\s*$"
)


class Inner(NamedTuple):
    """A quotation inside another one, what is said of it, and in how many others it stands."""

    pair: Quotation
    said: Judgement
    depth: int


def inner(text: str, pair: Quotation, said: Judgement, names: Names, depth: int = 1) -> Iterable[Inner]:
    """The quotations inside one, each before those inside it.

    With a cue of its own inside a quotation it is the source's whom the cue names; else the words are those of the
    quotation around them, also a name or a term.

    Args:
        text: of the document.
        pair: the quotation.
        said: whose words it is.
        names: of the document.
        depth: in how many quotations those inside it stand.

    >>> text = "“Colonel Ek said, ‘Go,’ and we went.”"
    >>> [(text[i.pair.start : i.pair.end], i.said.speaker) for i in inner(text, quotations(text)[0],
    ...     Judgement("quoted"), Names(text))]
    [('Go,', 'Ek')]
    """
    words = text[pair.start : pair.end]
    return _inside(text, words, pair, said, names, depth) if _MAY_OPEN.search(words) else ()


def _inside(text: str, words: str, pair: Quotation, said: Judgement, names: Names, depth: int) -> Iterator[Inner]:
    """Yield them where there may be some."""
    pairs = [found for found in quotations(_without_own_marks(text, pair)) if not found.lost]
    earlier = Earlier(names.inside(words, pairs))
    places = Places(words, sentence_starts(words), paragraph_starts(words))
    for passage, found in zip(places.passages(pairs, earlier), pairs, strict=False):
        told = judged(passage)
        earlier.learn(passage, told)
        whose = _others(told, said) if _LIKE.search(passage.lead) else _whose(told, said)
        own = Inner(_shifted(found, pair.start), whose, depth)
        yield own
        yield from inner(text, own.pair, own.said, names, depth + 1)


def _without_own_marks(text: str, pair: Quotation) -> str:
    """The words with blanks in place of marks of the kind around them; inside ``…'' single ones are `…'."""
    words, mark = text[pair.start : pair.end], text[pair.mark]
    if mark == "`":
        return _BACKTICKS.sub("  ", words).replace("`", "'")
    return _OWN[mark].sub(" ", words) if mark in _OWN else words


def _shifted(pair: Quotation, by: int) -> Quotation:
    return Quotation(pair.start + by, pair.end + by, pair.lost, pair.mark + by, pair.after + by)


def _others(told: Judgement, around: Judgement) -> Judgement:
    """Whose words a passage is behind *they were like*: nobody’s by name."""
    return around._replace(speaker="", source="", cue="", rule=INSIDE) if told.voice != "author" else told


def _whose(told: Judgement, around: Judgement) -> Judgement:
    """Whose words a passage is, from what the rules say of it and of the quotation around it."""
    if around.voice != "quoted" or told.voice != "quoted" or not told.cue:
        return around._replace(cue="", rule=INSIDE)
    if told.source.lower() in _FIRST_PERSON:
        return told._replace(speaker=around.speaker)
    return told
