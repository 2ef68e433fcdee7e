"""Names of institutions with *and*, commas or an owner in them: *the Fire and Flood Agency*, *the Mayor’s Office*."""

from __future__ import annotations

import re

from .cues import RUN, UPPER
from .places import PLACES
from .titles import NO_PERSONS

_DEPARTMENT = re.compile(
    rf"(?P<head>(?:{RUN.pattern}\s+)?(?:Department|Ministry|Minister|Office|Agency|Committee|Commission|Secretary|Board)"
    rf"\s+(?:of|for|on)\s+(?:the\s+)?(?:{RUN.pattern},?\s+){{1,3}}and\s+)$"
)
_ENDS = frozenset(
    """Administration Agency Association Authority Bureau Centre Center Commission Committee Council Department
    Foundation Fund Institute Ministry Office Organisation Organization Service Services Society Trust Union""".split()
)
# *the Fire and [Flood Agency]*, *the Norland Soil, Water and [Air Administration]*: of one part each.
_JOINED = re.compile(
    rf"(?:^|\W)[Tt]he\s+(?P<head>(?:[{UPPER}][\w\-]+\s){{0,2}}(?:[{UPPER}][\w\-]+,\s+)*[{UPPER}][\w\-]+,?\s+and\s+)$"
)
_OWNED = re.compile(rf"(?P<head>{RUN.pattern}['’]s\s+)$")
_NO_PARTS = NO_PERSONS | PLACES


def whole_body(region: str, start: int) -> str:
    """The whole name of the institution that a text ends with; empty where what stands there is all of it.

    Args:
        region: the text.
        start: where its last capitalised words begin.

    >>> whole_body("the Fire and Flood Agency", 13), whole_body("the Pentagon and State Department", 17)
    ('Fire and Flood Agency', '')
    """
    before, run = region[:start], region[start:]
    if run == "Office" and (owner := _OWNED.search(before)):
        return f"{owner['head']}{run}"
    if not before.endswith("and "):
        return ""
    found = _DEPARTMENT.search(before)
    if found is None and run.rpartition(" ")[2] in _ENDS and " " in run:
        found = _JOINED.search(before)
        if found and not _may_be_part(found["head"]):
            return ""
    return f"{found['head']}{run}" if found else ""


def _may_be_part(head: str) -> bool:
    """Whether words are no name of their own: *the Pentagon and the Port Authority* are two."""
    words = head.replace(",", "").split()[:-1]
    return words[-1] not in _NO_PARTS and not any(word.isupper() for word in words)
