"""Spreadsheets without a library: a sheet of text written as XLSX, always the same bytes, and read back."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from xml.sax.saxutils import escape

from discourse.codebook.files.markup import MarkupError, walk

FIXED = (1980, 1, 1, 0, 0, 0)  # the earliest date a ZIP can hold: no build leaves its own
MOST = 64 << 20  # bytes that a part of a spreadsheet may unpack to

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_SHEET = "xl/worksheets/sheet1.xml"
_NARROW, _WIDE = 10, 60  # widths of columns, in characters
_LONGEST = 32_767  # characters of a cell; programs call a file with longer ones damaged
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")

_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/{_SHEET}" ContentType="{_TYPE}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
    '<bookViews><workbookView/></bookViews><sheets><sheet name="coding" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
    # Style 1 is text that stays text and is broken into lines.
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}">'
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1">'
    '<alignment vertical="top" wrapText="1"/></xf></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}


def xlsx(rows: Sequence[Sequence[str]], *, options: Mapping[str, Sequence[str]] | None = None) -> bytes:
    """Rows of text as a spreadsheet that can be read and filled in. Every cell is text: none can be a formula.

    Args:
        rows: the first has the names of the columns, and stays in view.
        options: what the cells of a column offer to choose from.

    >>> data = xlsx([["word", "code"], ["=1+1", ""]], options={"code": ["yes", "no"]})
    >>> data == xlsx([["word", "code"], ["=1+1", ""]], options={"code": ["yes", "no"]}), next(sheets_of(data))
    (True, [(1, ['word', 'code']), (2, ['=1+1', ''])])
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {**_PARTS, _SHEET: _sheet(rows, options or {})}.items():
            entry = zipfile.ZipInfo(name, FIXED)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            archive.writestr(entry, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}'.encode())
    return packed.getvalue()


def _sheet(rows: Sequence[Sequence[str]], options: Mapping[str, Sequence[str]]) -> str:
    told = "".join(
        f'<row r="{number}">{"".join(_cell(text, _letters(column), number) for column, text in enumerate(row))}</row>'
        for number, row in enumerate(rows, start=1)
    )
    view = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    return (
        f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">{view}</sheetView></sheetViews>'
        f"<cols>{_columns(rows)}</cols><sheetData>{told}</sheetData>{_offers(rows, options)}</worksheet>"
    )


def _columns(rows: Sequence[Sequence[str]]) -> str:
    widths = [min(max(_NARROW, *map(len, cells)) + 2, _WIDE) for cells in zip(*rows, strict=True)]
    return "".join(
        f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
        for number, width in enumerate(widths, start=1)
    )


def _offers(rows: Sequence[Sequence[str]], options: Mapping[str, Sequence[str]]) -> str:
    """Lists to choose from; what else is typed is not refused, for it is checked where the file is read."""
    told = [
        f'<dataValidation type="list" allowBlank="1" sqref="{letters}2:{letters}{max(len(rows), 2)}">'
        f'<formula1>"{",".join(options[name])}"</formula1></dataValidation>'
        for letters, name in ((_letters(column), name) for column, name in enumerate(rows[0]))
        if name in options
    ]
    return f'<dataValidations count="{len(told)}">{"".join(told)}</dataValidations>' if told else ""


def _cell(text: str, column: str, row: int) -> str:
    if not text:
        return f'<c r="{column}{row}" s="1"/>'
    cut = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    shown = escape(_NO_XML.sub("\ufffd", cut))
    return f'<c r="{column}{row}" s="1" t="inlineStr"><is><t xml:space="preserve">{shown}</t></is></c>'


def _letters(column: int) -> str:
    """The name of a column, counted from 0: A, B, …, Z, AA."""
    name = ""
    while column >= 0:
        name, column = chr(ord("A") + column % 26) + name, column // 26 - 1
    return name


def sheets_of(data: bytes) -> Iterator[list[tuple[int, list[str]]]]:
    """The sheets of a spreadsheet as programs save them: the rows of each, with their numbers.

    Raises:
        ValueError: it is no spreadsheet, or unpacks to too much.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [name for name in archive.namelist() if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name)]
            shared = _Shared()
            if "xl/sharedStrings.xml" in archive.namelist():
                walk(_part(archive, "xl/sharedStrings.xml"), shared)
            if not names:
                raise ValueError("it holds no sheet")
            for name in sorted(names, key=lambda name: (len(name), name)):
                cells = _Cells(shared.texts)
                walk(_part(archive, name), cells)
                yield cells.rows
    except (zipfile.BadZipFile, MarkupError, IndexError, UnicodeDecodeError) as error:
        raise ValueError(f"it is no spreadsheet ({error})") from None


def _part(archive: zipfile.ZipFile, name: str) -> str:
    with archive.open(name) as file:
        data = file.read(MOST + 1)
    if len(data) > MOST:
        raise ValueError(f"{name} unpacks to more than {MOST >> 20} MB")
    return data.decode("utf-8-sig")


class _Shared:
    """Strings that cells share; what is written in pieces is put together, readings (`rPh`) are left out."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.reading = False

    def start(self, tag: str, attributes: dict[str, str], line: int) -> None:
        if tag == "si":
            self.texts.append("")
        self.reading = tag == "rPh" or (self.reading and tag != "r")

    def end(self, tag: str, text: str) -> None:
        if tag == "t" and not self.reading:
            self.texts[-1] += text
        self.reading = self.reading and tag != "rPh"


class _Cells:
    """The cells of a sheet; gaps between them are empty ones."""

    def __init__(self, shared: list[str]) -> None:
        self.shared = shared
        self.rows: list[tuple[int, list[str]]] = []
        self.kind = ""

    def start(self, tag: str, attributes: dict[str, str], line: int) -> None:
        if tag == "row":
            number = int(attributes.get("r") or (self.rows[-1][0] + 1 if self.rows else 1))
            self.rows.append((number, []))
        elif tag == "c":
            self.kind = attributes.get("t", "n")
            column = _number(attributes.get("r", ""))
            row = self.rows[-1][1]
            row += [""] * (max(column - len(row), 0) + 1)

    def end(self, tag: str, text: str) -> None:
        if tag in ("t", "v"):
            self.rows[-1][1][-1] += self._said(text)

    def _said(self, text: str) -> str:
        """What a cell shows: numbers stand for shared strings and for true and false."""
        if self.kind == "s":
            return self.shared[int(text)]
        return {"0": "FALSE", "1": "TRUE"}.get(text, text) if self.kind == "b" else text


def _number(cell: str) -> int:
    """The number of a column from 0; 0 where the cell has no name."""
    letters = re.match("[A-Z]{0,3}", cell)
    number = 0
    for letter in letters[0] if letters else "":
        number = number * 26 + ord(letter) - ord("A") + 1
    return max(number - 1, 0)
