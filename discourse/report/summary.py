"""The findings of all notebooks at the head of the page: their first sentences, with the way to the rest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from discourse.report.bundle import Bundle

# Sentences of each list; the first list, which says what the texts cannot show, is given whole.
LEAD = 3
# From here on numbered lists (`claim-1`, `claim-2`, …) share a card.
SERIES = 5


@dataclass(frozen=True)
class Card:
    """The head of a list of findings: where it stands, what it is about, and how many sentences are left there."""

    anchor: str
    title: str
    sentences: list[str]
    more: int


def in_short(placed: Iterable[tuple[str, Bundle]]) -> list[Card]:
    """Return a card for each list of findings, in the order of the page.

    Args:
        placed: Shown things, each with the heading that it stands under.

    >>> lists = [("Limits", Bundle("limits", "findings", "What it cannot show.", sentences=["One document."]))]
    >>> in_short(lists)
    [Card(anchor='limits', title='What it cannot show', sentences=['One document.'], more=0)]
    """
    found = [(heading, bundle) for heading, bundle in placed if bundle.kind == "findings" and bundle.sentences]
    lists = [one for _, series in groupby(found, key=lambda placed: _series(placed[1])) for one in _lists(list(series))]
    return [_card(*one, lead=LEAD if number else None) for number, one in enumerate(lists)]


def _series(bundle: Bundle) -> str:
    return re.sub(r"-\d+$", "", bundle.id)


def _lists(series: list[tuple[str, Bundle]]) -> Iterator[tuple[str, str, list[str]]]:
    """Give anchor, title and sentences of each list, or of all together where they are many."""
    if len(series) < SERIES:
        for _, bundle in series:
            yield bundle.id, bundle.caption, bundle.sentences
    else:
        heading, first = series[0]
        yield first.id, heading, [f"{bundle.caption} {bundle.sentences[0]}" for _, bundle in series]


def _card(anchor: str, title: str, sentences: list[str], *, lead: int | None) -> Card:
    shown = sentences[:lead]
    return Card(anchor, title.removesuffix("."), shown, len(sentences) - len(shown))
