"""Quotations whose verb is in the passive: *was described as “…” by Lind*."""

from __future__ import annotations

import re

from .namings import following
from .passages import Judgement, Passage
from .subjects import Source

_COMMONLY = re.compile(
    r"\b(?:often|widely|commonly|sometimes|frequently|generally|popularly)\s+(?:been\s+)?\w+(?:\s+\w+)?\s*$"
)
_AGENT = re.compile(r"\w+ed\s+by\s+(?P<who>[^,;:.]{2,80}?)\s+as\s+(?:an?\s+|the\s+)?$")
BY = re.compile(r"[\s,]*by\b")


def passive(passage: Passage, source: Source, cue: str) -> Judgement:
    """*was described as “…” by Lind*; *This is described as “…”* leans on who was quoted or named before."""
    by = BY.match(passage.tail)
    if by:
        source = following(passage.tail[by.end() :])
        return Judgement("quoted", "", passage.earlier.names.of(source, passage.at), source.words, cue, "passive cue")
    agent = _AGENT.search(passage.lead)
    if agent:
        source = following(f" {agent['who']}")
        return Judgement("quoted", "", passage.earlier.names.of(source, passage.at), source.words, cue, "passive cue")
    if _COMMONLY.search(passage.lead):
        return Judgement("marked", "term", cue=cue, rule="what it is called")
    speaker = ""
    if re.fullmatch(r"(?:This|That|It|These)", source.words) and passage.paragraph:
        before = passage.paragraph
        speaker = before.speaker if before.voice != "author" else passage.earlier.names.last_named(passage.at)
    return Judgement("quoted", "", speaker, "", cue, "passive cue")
