"""*Mr* and *Ms*: what stands before a name tells whether *he* or *she* stands for it."""

from __future__ import annotations

import re
from collections.abc import Callable

from .cues import RUN
from .fullnames import cleaned

# One set in front, as for names.
_TITLED = re.compile(
    r"[DKLMPQS](?<!\w\w)(?:(?<=M)(?:rs|s|iss)|(?<=L)ady|(?<=D)ame|(?<=Q)ueen|(?<=P)rincess|"
    rf"(?P<he>(?<=M)r|(?<=S)ir|(?<=L)ord|(?<=K)ing|(?<=P)rince))\.?\s+(?P<run>{RUN.pattern})"
)


def titled(text: str, full: Callable[[str], str]) -> dict[str, str]:
    """The pronoun for each name that *Mr*, *Mrs* or the like stand before; empty for who has both.

    Args:
        text: of a document.
        full: gives a last name in full, so that a *Ms Ek* says nothing of her brother Jan Ek.

    >>> titled("Mr. Beck met Ms. Lind. Mr. Ek and Mrs. Ek came.", str)
    {'Beck': 'he', 'Lind': 'she', 'Ek': ''}
    """
    pronouns: dict[str, str] = {}
    for title in _TITLED.finditer(text):
        pronoun, name = "he" if title["he"] else "she", full(cleaned(title["run"]))
        pronouns[name] = pronoun if pronouns.get(name, pronoun) == pronoun else ""
    return pronouns
