"""Claims: which lines of a page belong to which document, so that none is lost or used twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from discourse._errors import StudyError
from discourse.corpus.pages import LineRange, Page, is_blank, parse_lines, write_lines
from discourse.corpus.settings import Table

_SHOWN_RANGES = 5

Claim = tuple[LineRange, str]


def document_lines(entry: Table, page: Page) -> LineRange:
    """Return the lines of a document; without `lines` it is the whole page."""
    ranges = line_ranges(entry, "lines", page) or ((1, page.n_lines),)
    if len(ranges) > 1:
        raise entry.error(
            "lines", f"a document is one range of lines; got {entry.string('lines')!r}. Write it as '5-70'."
        )
    if is_blank(page.slice(ranges[0])):
        raise entry.error(
            "lines", f"the lines {write_lines(ranges[0])!r} of {page.name!r} are blank. Name lines with text."
        )
    return ranges[0]


def line_ranges(table: Table, key: str, page: Page) -> tuple[LineRange, ...]:
    """Return the line ranges under a key, checked against the page."""
    if key not in table.entries:
        return ()
    try:
        ranges = parse_lines(table.string(key))
    except ValueError as error:
        raise table.error(key, f"{key}: {error}") from None
    for span in ranges:
        if span[1] > page.n_lines:
            raise table.error(
                key,
                f"{key} names line {span[1]}, but {page.name!r} has {page.n_lines} lines. Mend the range.",
            )
    return ranges


def check_overlap(claims: Iterable[Claim], page: Page) -> None:
    """Check that no line belongs to two documents, or to a document and to furniture."""
    for (lower, first), (upper, second) in pairwise(sorted(claims)):
        if upper[0] <= lower[1]:
            raise StudyError(
                f"{second}: lines {write_lines(upper)} of {page.name!r} overlap lines {write_lines(lower)} "
                f"({first}). Give every line to one document, or to furniture."
            )


def check_nothing_lost(table: Table, page: Page, spans: Iterable[LineRange]) -> None:
    """Check that every line that is not blank belongs to a document or to furniture."""
    owned = {line for first, last in spans for line in range(first, last + 1)}
    lost = _as_ranges([line for line in page.filled_lines() if line not in owned])
    if lost:
        shown = ", ".join(write_lines(span) for span in lost[:_SHOWN_RANGES])
        more = f" and {len(lost) - _SHOWN_RANGES} more stretches" if len(lost) > _SHOWN_RANGES else ""
        raise table.error(
            "path",
            f"these lines of {page.name!r} belong to no document: {shown}{more}. "
            f'Give them to one, or write furniture = "{shown}".',
        )


def _as_ranges(lines: Sequence[int]) -> list[LineRange]:
    """Join neighbouring lines into ranges."""
    ranges: list[LineRange] = []
    for line in lines:
        follows = bool(ranges) and ranges[-1][1] == line - 1
        ranges[-1:] = [(ranges[-1][0], line)] if follows else [*ranges[-1:], (line, line)]
    return ranges
