"""Block quotations: paragraphs that stand wholly in marks."""

from __future__ import annotations

import re

from .passages import Judgement, Passage

_ASKED = re.compile(r"\?[”\"’»][^“”\"«»]*$")
_ANSWERING = re.compile(r"(?:Yes|No|Oh|Ah|Well|Indeed|My dear|Certainly|Thank you)\b")
_ADDRESSED = re.compile(r"(?:Mr|Mrs|Miss|Lady|Sir|Lord)\b")


def block(passage: Passage) -> Judgement | None:
    """Paragraphs that stand wholly in marks are quoted, whoever says so."""
    if not (passage.alone or "\n" in passage.words) or not passage.sentence_like:
        return None
    reference = re.match(r"\s*\((?P<source>[A-Z]\w+)", passage.tail)
    source = reference["source"] if reference else ""
    return Judgement("quoted", "", source or _speaking_on(passage), source, "", "block quotation")


def _speaking_on(passage: Passage) -> str:
    """Who goes on in a paragraph of quotation: somebody with a full name; nobody in a dialogue, where others answer."""
    if not passage.follows:
        return passage.earlier.names.sole_speaker(passage.above)
    before = passage.earlier.judged[-1]
    if before.voice != "quoted" or _ADDRESSED.match(before.source):
        return ""
    if before.rule == "block quotation" or (" " in before.source and " " in before.speaker):
        return before.speaker
    if passage.in_dialogue or _ASKED.search(passage.above) or _ANSWERING.match(passage.words):
        return ""
    in_full, alone = " " in before.speaker, passage.earlier.names.is_only
    known = in_full or (passage.in_report and alone(before.speaker, passage.between))
    return before.speaker if known else ""
