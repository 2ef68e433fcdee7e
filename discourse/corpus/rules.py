"""Rules: the `[[zones]]` of `study.toml`, checked against the documents."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from discourse._errors import listed, nearest
from discourse.corpus.documents import DOC_ID
from discourse.corpus.pages import LineRange, parse_lines, write_lines
from discourse.corpus.settings import Table
from discourse.corpus.zones import ZONES, ZoneRule

RULE_KEYS = ("zone", "where", "match", "document", "lines")


def read_rules(tables: Sequence[Table], documents: pd.DataFrame) -> list[ZoneRule]:
    """Read the zone rules of a study, in their order.

    Raises:
        StudyError: an unknown key, zone, column, value or document; an expression or a range that is none.
    """
    return [_read_rule(table, documents) for table in tables]


def _read_rule(table: Table, documents: pd.DataFrame) -> ZoneRule:
    """Read one rule: a `match` in lines, or the `lines` of a document."""
    table.only(RULE_KEYS)
    zone = table.required("zone", f"is one of {listed(ZONES)}")
    if zone not in ZONES:
        raise table.error("zone", f"zone must be one of {listed(ZONES)}; got {zone!r}.{nearest(zone, ZONES)}")
    by_match = "match" in table.entries
    if by_match == ("document" in table.entries or "lines" in table.entries):
        raise table.error(
            "", "a rule has either match, or document and lines. Write match = '''…''', or both of the others."
        )
    if by_match:
        return ZoneRule(zone, table.place(), where=_where(table, documents), match=_expression(table))
    if "where" in table.entries:
        raise table.error("where", "where goes with match; a rule with document and lines has none. Take it out.")
    document = table.required("document", "names the document whose lines these are")
    return ZoneRule(zone, table.place(), document=document, lines=_lines(table, document, documents))


def _expression(table: Table) -> re.Pattern[str]:
    """Compile the expression of a rule."""
    try:
        return re.compile(table.string("match"))
    except re.error as error:
        raise table.error(
            "match",
            f"match is no regular expression ({error}). Mend it; brackets and dots that are meant literally "
            "need a backslash.",
        ) from None


def _where(table: Table, documents: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """Return the columns and values that a rule is limited to."""
    given = table.entries.get("where", {})
    if not isinstance(given, dict):
        raise table.error("where", f'where must name columns; got {given!r}. Write where = {{outlet = "…"}}.')
    return {str(column): _values(table, str(column), value, documents) for column, value in given.items()}


def _values(table: Table, column: str, value: object, documents: pd.DataFrame) -> tuple[str, ...]:
    """Return the values of a column, all of which must occur."""
    columns = [DOC_ID, *documents.columns]
    if column not in columns:
        raise table.error(
            "where",
            f"the documents have no column {column!r}; they have {listed(columns)}.{nearest(column, columns)}",
        )
    held = documents.index if column == DOC_ID else documents[column]
    known = list(dict.fromkeys(str(item) for item in held))
    wanted = tuple(str(item) for item in (value if isinstance(value, list) else [value]))
    for item in wanted:
        if item not in known:
            raise table.error(
                "where", f"no document has {column} = {item!r}.{nearest(item, known)} Write it as the documents do."
            )
    return wanted


def _lines(table: Table, document: str, documents: pd.DataFrame) -> tuple[LineRange, ...]:
    """Return the lines of a rule, all of which must be lines of its document."""
    if document not in documents.index:
        raise table.error(
            "document", f"there is no document {document!r}.{nearest(document, documents.index)} Name one by its id."
        )
    held = str(documents.loc[document, "lines"])
    if not held:
        raise table.error("lines", f"document {document!r} is a row of a table and has no lines. Use match instead.")
    try:
        lines = parse_lines(table.required("lines", "says which lines of the document's page these are"))
    except ValueError as error:
        raise table.error("lines", f"lines: {error}") from None
    first, last = parse_lines(held)[0]
    for span in lines:
        if span[0] < first or span[1] > last:
            raise table.error(
                "lines",
                f"line {write_lines(span)} is not in document {document!r}, which has lines {held} of its page. "
                "Lines are counted in the page, as an editor shows them.",
            )
    return lines
