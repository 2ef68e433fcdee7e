"""Dictionaries of LIWC: `.dic` with numbered categories, `.dicx` as a table."""

from __future__ import annotations

import csv
import math
import re
import warnings

from discourse._errors import StudyError

from ..entries import Codebook
from .categories import Categories, Indented, depth_of

_CATEGORY = re.compile(r"(\d+)\s+(.*\S)")
_WORD = re.compile(r"(\S.*?)((?:\s+\d+)+)\s*")
_CONDITIONAL = re.compile(r"\S+\s.*(<of>|\(.+\)\s*\d|\d{2,}/\d{2,})")


def read_dic(text: str, name: str) -> Codebook:
    """Read a LIWC dictionary (2001 to 2015): a legend of categories between two lines with %, then words.

    Categories that are indented lie under the one above them. Words that LIWC counts on conditions (`like`, `kind`)
    are left out with a warning; so are numbers of categories that the legend does not have.

    Raises:
        StudyError: the legend is not closed, a line is not what it must be, a category has no name or stands twice.

    >>> book = read_dic("%\\n1 joy\\n2 calm\\n%\\nhapp* 1\\nat ease\\t1\\t2\\n", "a.dic")
    >>> {key: [pattern.text for pattern in entry.include] for key, entry in book.frames.items()}
    {'joy': ['happ*', 'at ease'], 'calm': ['at ease']}
    """
    listed = Categories(name)
    lines = [(i, line) for i, line in enumerate(text.split("\n"), start=1) if line.strip()]
    bars = [i for i, (_, line) in enumerate(lines) if line.strip() == "%"]
    if len(bars) < 2 or bars[0] > 0:
        raise listed.error(
            lines[0][0] if lines else None,
            "a LIWC dictionary begins with categories between two lines with %. Add them.",
        )
    paths = _legend(listed, lines[1 : bars[1]])
    unknown: set[int] = set()
    for number, line in lines[bars[1] + 1 :]:
        _word(listed, paths, unknown, number, line)
    return listed.codebook()


def _legend(listed: Categories, lines: list[tuple[int, str]]) -> dict[int, tuple[str, ...]]:
    paths: dict[int, tuple[str, ...]] = {}
    places = Indented()
    for number, line in lines:
        found = _CATEGORY.fullmatch(line.strip())
        if not found:
            raise listed.error(number, f"a category is a number and a name; got {line.strip()!r}. Write '1 name'.")
        if int(found[1]) in paths:
            raise listed.error(number, f"the category {found[1]} stands twice. Give each its own number.")
        path = places.path(depth_of(line), " ".join(found[2].split()))
        if path in listed.words:
            raise listed.error(number, f"the category {path[-1]!r} stands twice. Rename one.")
        listed.open(path, number)
        paths[int(found[1])] = path
    return paths


def _word(
    listed: Categories, paths: dict[int, tuple[str, ...]], unknown: set[int], number: int, line: str
) -> None:
    found = _WORD.fullmatch(line.strip())
    if _CONDITIONAL.match(found[1] if found else line.strip()):
        warnings.warn(
            f"{listed.name}, line {number}: {line.split()[0]!r} counts on conditions that only LIWC knows; "
            "it is left out.",
            stacklevel=5,
        )
        return
    if not found:
        raise listed.error(
            number, f"a word is followed by the numbers of its categories; got {line.strip()!r}. Add them."
        )
    for code in map(int, found[2].split()):
        if code in paths:
            listed.add(paths[code], found[1], number)
        elif code not in unknown:
            unknown.add(code)
            warnings.warn(
                f"{listed.name}, line {number}: there is no category {code}; no word is counted in it. Add it above "
                "the second %, or mend the number.",
                stacklevel=4,
            )


def read_dicx(text: str, name: str) -> Codebook:
    """Read a LIWC-22 dictionary: a table with the words in the column DicTerm and a column for each category.

    X in a cell puts the word in the category; a number does, with that weight; 0 or nothing does not. Cells are parted
    by commas, by tabs, or, as spreadsheet programs of many countries save them, by semicolons, with decimal commas.

    Raises:
        StudyError: there is no such table, a row is longer than the header, or a cell holds something else.

    >>> book = read_dicx("DicTerm,joy,calm\\nhapp*,X,\\nat ease,,0.5\\n", "a.dicx")
    >>> [(key, entry.include[0].text, entry.include[0].weight) for key, entry in book.frames.items()]
    [('joy', 'happ*', 1.0), ('calm', 'at ease', 0.5)]
    """
    listed = Categories(name)
    mark = _mark(text.partition("\n")[0])
    rows = csv.reader(text.split("\n"), delimiter=mark, strict=True)
    try:
        header = [cell.strip() for cell in next(rows, [])]
        for category in header[1:]:
            if (category,) in listed.words:
                raise listed.error(1, f"the category {category!r} stands twice. Rename one.")
            listed.open((category,), 1)
        for row in rows:
            cells = [cell.replace(",", ".") for cell in row[1:]] if mark == ";" else row[1:]
            _row(listed, header, [*row[:1], *cells], rows.line_num)
    except csv.Error as error:
        raise listed.error(rows.line_num, f"this is not a table: {error}. Check quotation marks.") from None
    return listed.codebook()


def _mark(header: str) -> str:
    """What parts the cells: the first sign behind the name of the first column."""
    return next((sign for sign in header if sign in ",;\t"), ",")


def _row(listed: Categories, header: list[str], row: list[str], line: int) -> None:
    if not any(cell.strip() for cell in row):
        return
    if len(row) > len(header) or not row[0].strip():
        raise listed.error(line, f"a row has a word and up to {len(header) - 1} cells; got {row}. Mend the commas.")
    for category, cell in zip(header[1:], row[1:], strict=False):
        weight = _weight(listed, cell.strip(), line)
        if weight:
            listed.add((category,), row[0], line, weight)


def _weight(listed: Categories, cell: str, line: int) -> float:
    if not cell or cell.upper() == "X":
        return float(bool(cell))
    try:
        weight = float(cell)
    except ValueError:
        weight = math.nan
    if not math.isfinite(weight):
        raise _no_weight(listed, cell, line)
    return weight


def _no_weight(listed: Categories, cell: str, line: int) -> StudyError:
    return listed.error(line, f"a cell must be X, a number or empty; got {cell!r}. Mend it.")
