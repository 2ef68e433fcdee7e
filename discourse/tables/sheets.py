"""Coding sheets as files: written without what would sway a coder, and read back with their codes."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from discourse._errors import StudyError, at, demand, listed, nearest
from discourse._writing import write_whole
from discourse.codebook.files.decoding import decoded, read_bytes
from discourse.counts import labels
from discourse.tokens.voices.spans import VOICES

from .coding import SEEN
from .spreadsheet import sheets_of, xlsx
from .wording import number

CODES = ("yes", "no")
STANCES = ("endorsed", "reported", "contested", "neutral")
OPTIONS = {"code": CODES, "stance": STANCES, "voice": VOICES}
HEARD = ["unit", "before", "sentence", "after", "voice", "speaker", "note"]  # of a sheet of voices
_Rows = list[tuple[int, list[str]]]  # each with its line
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_coding_sheet(sheet: pd.DataFrame, path: str | Path) -> None:
    """Write what a coder may see of a coding sheet; keep the sheet itself (`sheet.to_csv`), which tells the design.

    Args:
        sheet: made by `coding_sheet` or `voice_sheet`.
        path: ends in `.csv` or `.xlsx`. The same sheet gives the same bytes.

    Raises:
        ValueError: another ending, or a file in which somebody has filled in codes that the sheet does not have.

    >>> import tempfile
    >>> unit = {"unit": "u1", "frame": "war", "sentence": "=War.", "doc_id": "a"}
    >>> sheet = pd.DataFrame([dict.fromkeys(SEEN, "") | unit])
    >>> file = Path(tempfile.mkdtemp()) / "sheet.csv"
    >>> write_coding_sheet(sheet, file)
    >>> print(file.read_text("utf-8-sig"))
    unit,frame,definition,before,sentence,after,code,stance,note
    u1,war,,,'=War.,,,,
    <BLANKLINE>
    """
    path = Path(path)
    voices = isinstance(sheet, pd.DataFrame) and "voice" in sheet and "frame" not in sheet
    seen, maker = (HEARD, "voice_sheet") if voices else (SEEN, "coding_sheet")
    demand(sheet, seen, maker, name="sheet")
    rows = [seen, *([str(value) for value in row] for row in sheet[seen].itertuples(index=False))]
    _refuse_to_lose(path, sheet, "voice" if voices else "code")
    if path.suffix.lower() == ".xlsx":
        write_whole(path, xlsx(rows, options=OPTIONS))
    elif path.suffix.lower() == ".csv":
        write_whole(path, _csv(rows))
    else:
        raise ValueError(f"path must end in '.csv' or '.xlsx'; got {path.name!r}. Choose one.")


def _refuse_to_lose(path: Path, sheet: pd.DataFrame, column: str) -> None:
    """Refuse to write over what a coder has done: a notebook is run again while the file lies there, filled in."""
    kept = set(sheet["unit"][sheet[column].astype(str) != ""])
    lost = _done(path, column).difference(kept)
    if lost:
        raise ValueError(
            f"path must be that of a new file; {path.name!r} has {number(len(lost), 'code')} that would be lost. "
            "Name another, or delete the file."
        )


def _done(path: Path, column: str) -> set[str]:
    """The units of a file, if it is one, that somebody has coded, rightly or not."""
    try:
        rows = _rows(path) if path.is_file() else []
    except StudyError:
        return set()
    header, body = _table(rows)
    cells = [_row(header, row, ("unit", column)) for _, row in body]
    return {unit for unit, code in cells if code}


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    """CSV that a spreadsheet program opens as UTF-8, and in which no cell is a formula."""
    out = io.StringIO()
    plain = [["'" + cell if cell.startswith(_FORMULA) else cell for cell in row] for row in rows]
    csv.writer(out, lineterminator="\n").writerows(plain)
    return out.getvalue().encode("utf-8-sig")


def read_codes(path: str | Path) -> pd.DataFrame:
    """Read a coding sheet that somebody has filled in, as CSV (with commas, semicolons or tabs) or XLSX.

    Args:
        path: of the file; it needs the columns `unit` and `code`, or `unit` and `voice`.

    Returns:
        One row per unit: `unit, frame, sentence, code` (yes, no or empty)`, stance` (endorsed, reported, contested,
        neutral or empty)`, note`; of a sheet of voices `unit, sentence, voice` (author, quoted, reported, marked or
        empty)`, speaker, note`.

    Raises:
        ValueError: no path.
        StudyError: the file cannot be read, a column is missing, a unit stands twice, or a code or stance is none of
            these; the message names the line.

    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "coded.csv"
    >>> _ = file.write_text("unit;code\\nu1;Yes\\nu2;\\n", "utf-8")
    >>> read_codes(file)[["unit", "code"]].values.tolist()
    [['u1', 'yes'], ['u2', '']]
    """
    given: object = path
    if not isinstance(given, str | Path):
        raise ValueError(f"path must be that of a coded sheet; got a {type(given).__name__}. Write it to a file first.")
    path = Path(path)
    header, rows = _table(_rows(path))
    voices = "voice" in header and "code" not in header
    maker, kind = ("voice_sheet", HEARD) if voices else ("coding_sheet", SEEN)
    for name in ("unit", "voice" if voices else "code"):
        if name not in header:
            raise StudyError(f"{path.name}: there is no column {name!r}. Fill in a sheet that {maker} made.")
    wanted = tuple(name for name in kind if name not in ("before", "after", "definition"))
    table = pd.DataFrame([_row(header, row, wanted) for _, row in rows], columns=list(wanted), dtype="str")
    for name, options in ((name, options) for name, options in OPTIONS.items() if name in wanted):
        table[name] = table[name].str.lower()
        _check(path.name, table[name], [line for line, _ in rows], options)
    twice = table["unit"].duplicated()
    if twice.any():
        first = int(twice.to_numpy().argmax())
        line = at(path.name, rows[first][0])
        raise StudyError(f"{line}: the unit {table['unit'][first]!r} stands twice. Keep one.")
    return table


def codes_of(given: str | Path | pd.DataFrame, column: str, name: str) -> pd.DataFrame:
    """What a coder filled in: a file, or a table, whose codes may be in capitals and missing ones empty.

    Raises:
        ValueError: no table of units and codes, a code that is none, or a unit that stands twice.

    >>> codes_of(pd.DataFrame({"unit": ["u1", "u2"], "code": ["Yes", None]}), "code", "codes")["code"].tolist()
    ['yes', '']
    """
    if isinstance(given, str | Path):
        table = read_codes(given)
        if column not in table:
            raise ValueError(f"{name} must be of a sheet with {column}s; {given} has none. Give another file.")
        return table
    demand(given, ("unit", column), "read_codes", name=name)
    codes = [str(code).strip().lower() for code in labels(given[column])]
    wrong = [code for code in codes if code not in (*OPTIONS[column], "")]
    if wrong:
        raise ValueError(f"{name} must be {listed(OPTIONS[column])} or empty, one a unit; got {wrong[0]!r}. Mend them.")
    twice = given["unit"][given["unit"].duplicated()]
    if len(twice):
        raise ValueError(f"{name} must have each unit once; {twice.iloc[0]!r} stands twice. Keep one.")
    return given.assign(**{column: codes})


def refuse_another(sheet: pd.DataFrame, codes: pd.DataFrame, name: str) -> None:
    """Refuse codes of another sheet: each numbers its units anew, so that theirs have the same names.

    Raises:
        ValueError: most of the units have another frame or sentence; one may have been mended by hand.

    >>> sheet = pd.DataFrame({"unit": ["u1"], "sentence": ["War."]})
    >>> refuse_another(sheet, sheet.assign(sentence="=war"), "codes")
    >>> refuse_another(sheet, sheet.assign(sentence="Peace."), "codes")
    Traceback (most recent call last):
    ValueError: codes must be of the same sheet; 'u1' is 'War.' there and 'Peace.' here. Give those drawn together.
    """
    both = sheet.merge(codes, on="unit", suffixes=("", "_of_codes"))
    for column in ("frame", "sentence"):
        if column not in sheet or column not in codes:
            continue
        pairs = both[[column, f"{column}_of_codes"]].fillna("").astype(str)
        pairs = pairs.assign(unit=both["unit"])[(pairs != "").all(axis=1)]
        apart = pairs[_letters(pairs.iloc[:, 0]) != _letters(pairs.iloc[:, 1])]
        if len(apart) > len(pairs) / 2:
            own, other, unit = apart.iloc[0]
            raise ValueError(
                f"{name} must be of the same sheet; {unit!r} is {own!r} there and {other!r} here. "
                "Give those drawn together."
            )


def refuse_strangers(sheet: pd.DataFrame, codes: pd.DataFrame) -> None:
    """Refuse codes of units that the sheet does not have.

    Raises:
        ValueError: names one.

    >>> refuse_strangers(pd.DataFrame({"unit": ["u1"]}), pd.DataFrame({"unit": ["u2"]}))
    Traceback (most recent call last):
    ValueError: codes must be of the units of the sheet; got 'u2'. Give the sheet they are from.
    """
    known = set(sheet["unit"])
    strange = [unit for unit in codes["unit"] if unit not in known]
    if strange:
        raise ValueError(f"codes must be of the units of the sheet; got {strange[0]!r}. Give the sheet they are from.")


def _letters(texts: pd.Series) -> pd.Series:
    """Texts without what a spreadsheet may do to them."""
    plain: pd.Series = texts.str.casefold().str.replace(r"[\W_]+", "", regex=True)
    return plain


def _rows(path: Path) -> _Rows:
    data = read_bytes(path)
    if data.startswith(b"PK"):
        try:
            sheets = list(sheets_of(data))
        except ValueError as error:
            raise StudyError(f"{path.name}: {error}. Save it as XLSX or CSV again.") from None
        return next((rows for rows in sheets if _headed(rows) is not None), sheets[0])
    text, _ = decoded(data, path.name)
    first = text.partition("\n")[0]
    lines = csv.reader(io.StringIO(text), delimiter=max(",;\t", key=first.count))
    return [(lines.line_num, [_said(cell) for cell in row]) for row in lines]


def _headed(rows: _Rows) -> int | None:
    """Which row names the columns: somebody may have written above them, or on a sheet before."""
    units = (place for place, (_, row) in enumerate(rows) if "unit" in [cell.strip().lower() for cell in row])
    return next(units, None)


def _table(rows: _Rows) -> tuple[list[str], _Rows]:
    """The names of the columns, and the rows under them in which anything stands."""
    told = [(line, row) for line, row in rows if any(cell.strip() for cell in row)]
    told = told[_headed(told) or 0 :]
    return [cell.strip().lower() for cell in told[0][1]] if told else [], told[1:]


def _said(cell: str) -> str:
    """A cell of CSV without the sign that keeps a spreadsheet program from reading it as a formula."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell


def _row(header: list[str], row: list[str], wanted: tuple[str, ...]) -> list[str]:
    cells = dict(zip(header, row, strict=False))
    return [cells.get(name, "").strip() for name in wanted]


def _check(file: str, column: pd.Series, lines: list[int], options: tuple[str, ...]) -> None:
    for line, value in zip(lines, column, strict=True):
        if value and value not in options:
            raise StudyError(
                f"{at(file, line)}: {column.name} must be {listed(options)} or empty; got {value!r}."
                f"{nearest(value, options)}"
            )
