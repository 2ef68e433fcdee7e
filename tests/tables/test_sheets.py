"""Sheets as files: what a coder may see, the same bytes each time, and every way that codes come back."""

from __future__ import annotations

import io
import re
import zipfile

import pandas as pd
import pytest

from discourse._errors import StudyError
from discourse.tables import read_codes, write_coding_sheet
from discourse.tables.coding import KEYS, SEEN

ROWS = [
    {"unit": "u0001", "frame": "war", "sentence": "=1+1 & “war” <b>"},
    {"unit": "u0002", "frame": "war", "sentence": "Çay, \"Bakı\"; +5", "before": "@home"},
]
SHEET = pd.DataFrame([dict.fromkeys([*SEEN, *KEYS], "") | {"doc_id": "secret", "outlet": "CACI"} | row for row in ROWS])


@pytest.mark.parametrize("name", ["sheet.csv", "sheet.xlsx", "SHEET.XLSX"])
def test_a_sheet_shows_no_source_and_is_the_same_each_time(tmp_path, name):
    for again in ("a", "b"):
        (tmp_path / again).mkdir()
        write_coding_sheet(SHEET, tmp_path / again / name)
    data = (tmp_path / "a" / name).read_bytes()
    assert data == (tmp_path / "b" / name).read_bytes()
    texts = zipfile.ZipFile(io.BytesIO(data)) if name.lower().endswith("xlsx") else None
    plain = texts.read("xl/worksheets/sheet1.xml") if texts else data
    assert b"secret" not in plain
    assert b"CACI" not in plain
    assert not texts or {entry.date_time for entry in texts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("name", ["sheet.csv", "sheet.xlsx"])
def test_codes_come_back(tmp_path, name):
    coded = SHEET.assign(code=["yes", "no"], stance=["reported", ""], note=["=x", "“é”"])
    write_coding_sheet(coded, tmp_path / name)
    back = read_codes(tmp_path / name)
    assert back[["unit", "frame", "code", "stance"]].values.tolist() == [
        ["u0001", "war", "yes", "reported"], ["u0002", "war", "no", ""],
    ]
    assert back["note"].tolist() == ["=x", "“é”"]
    assert back["sentence"].tolist() == SHEET["sentence"].tolist()


def test_a_sheet_of_sentences_may_have_a_column_voice(tmp_path):
    (tmp_path / "coded.csv").write_text("unit,code,voice\nu1,yes,loud\n", encoding="utf-8")
    assert read_codes(tmp_path / "coded.csv")[["unit", "code"]].values.tolist() == [["u1", "yes"]]


def test_no_cell_of_csv_is_a_formula(tmp_path):
    write_coding_sheet(SHEET, tmp_path / "sheet.csv")
    table = pd.read_csv(tmp_path / "sheet.csv", dtype=str, keep_default_na=False)
    assert table["sentence"].tolist() == ["'=1+1 & “war” <b>", "Çay, \"Bakı\"; +5"]
    assert table["before"].tolist() == ["", "'@home"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_table_is_read_as_spreadsheet_programs_save_it(tmp_path, mark, encoding):
    text = "Unit,CODE,note\r\nu1, YES ,é\r\n,,\r\nu2,,\r\n".replace(",", mark)
    (tmp_path / "coded.csv").write_bytes(text.encode(encoding))
    back = read_codes(tmp_path / "coded.csv")[["unit", "code", "note"]]
    assert back.values.tolist() == [["u1", "yes", "é"], ["u2", "", ""]]


def saved(**parts):
    """A spreadsheet as a program saves it: shared strings, gaps, numbers."""
    out, names = io.BytesIO(), {"sheet": "worksheets/sheet1", "other": "worksheets/sheet10", "shared": "sharedStrings"}
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            archive.writestr(f"xl/{names[name]}.xml", text)
    return out.getvalue()


SHARED = "<sst><si><t>unit</t></si><si><r><t>co</t></r><r><t>de</t></r><rPh><t>x</t></rPh></si>"
SHARED += "<si><t>yes</t></si></sst>"
CELLS = """<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row>
<row r="3"><c r="A3"><v>7</v></c><c r="C3" t="s"><v>2</v></c></row></sheetData></worksheet>"""


def test_shared_strings_gaps_and_numbers_of_a_spreadsheet_are_read(tmp_path):
    (tmp_path / "coded.xlsx").write_bytes(saved(sheet=CELLS, shared=SHARED))
    assert read_codes(tmp_path / "coded.xlsx")[["unit", "code"]].values.tolist() == [["7", "yes"]]


def test_columns_are_found_below_a_title_and_on_another_sheet(tmp_path):
    summary = '<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>mine</v></c></row></sheetData></worksheet>'
    for sheet, other in ((CELLS, summary), (summary, CELLS)):
        (tmp_path / "coded.xlsx").write_bytes(saved(other=other, sheet=sheet, shared=SHARED))
        assert read_codes(tmp_path / "coded.xlsx")["code"].tolist() == ["yes"]
    (tmp_path / "titled.csv").write_text("Coded by Ada;\n;\nunit;code\nu1;no\nu2;maybe\n", encoding="utf-8")
    with pytest.raises(StudyError, match=r"titled\.csv, line 5: code must be"):
        read_codes(tmp_path / "titled.csv")


def test_a_cell_of_truth_is_named_as_it_shows(tmp_path):
    cells = CELLS.replace('t="s"><v>2</v>', 't="b"><v>0</v>')
    (tmp_path / "coded.xlsx").write_bytes(saved(sheet=cells, shared=SHARED))
    with pytest.raises(StudyError, match=r"coded\.xlsx, line 3: code must be 'yes', 'no' or empty; got 'false'"):
        read_codes(tmp_path / "coded.xlsx")


def test_a_spreadsheet_can_be_read_and_offers_the_codes(tmp_path):
    long = SHEET.assign(sentence=["word " * 40, "short"])
    write_coding_sheet(long, tmp_path / "sheet.xlsx")
    with zipfile.ZipFile(tmp_path / "sheet.xlsx") as archive:
        sheet, styles = (archive.read(f"xl/{name}.xml").decode() for name in ("worksheets/sheet1", "styles"))
    widths = dict(zip(SEEN, re.findall(r'<col [^>]*width="(\d+)"', sheet), strict=True))
    assert (widths["sentence"], widths["code"]) == ("60", "12")
    assert 'state="frozen"' in sheet
    assert dict(re.findall(r'sqref="([A-Z]2:[A-Z]3)"><formula1>"([^"]*)"', sheet)) == {
        "G2:G3": "yes,no", "H2:H3": "endorsed,reported,contested,neutral",
    }
    assert SEEN[6:8] == ["code", "stance"]
    assert 'wrapText="1"' in styles


def test_no_cell_of_a_spreadsheet_is_longer_than_programs_allow(tmp_path):
    write_coding_sheet(SHEET.assign(sentence=["a" * 32_767, "b" * 40_000]), tmp_path / "sheet.xlsx")
    assert [len(text) for text in read_codes(tmp_path / "sheet.xlsx")["sentence"]] == [32_767, 32_767]
    assert read_codes(tmp_path / "sheet.xlsx")["sentence"][1].endswith("b…")


@pytest.mark.parametrize("name", ["sheet.csv", "sheet.xlsx"])
def test_what_somebody_has_coded_is_not_written_over(tmp_path, name):
    path = tmp_path / name
    for kept in ({}, {"code": ["no", ""]}, {"code": ["yes", "perhaps"]}):  # blank, coded, mended
        write_coding_sheet(SHEET.assign(**kept), path)
    for lost, told in {"1 code": ["yes", ""], "2 codes": ["", ""]}.items():
        with pytest.raises(ValueError, match=f"path must be that of a new file; '{name}' has {lost} that would be"):
            write_coding_sheet(SHEET.assign(code=told), path)
    path.write_bytes(b"something else")
    write_coding_sheet(SHEET, path)


LAUGHS = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
MISTAKES = {
    "no code": (b"unit\nu1\n", "coded.csv: there is no column 'code'."),
    "nothing": (b"", "coded.csv: there is no column 'unit'."),
    "a strange code": (b"unit,code\nu1,yes\n\nu2,maybe\n", "coded.csv, line 4: code must be 'yes', 'no' or empty; got"),
    "a strange stance": (b"unit,code,stance\nu1,yes,for\n", "coded.csv, line 2: stance must be 'endorsed'"),
    "a unit twice": (b"unit,code\nu1,yes\nu1,no\n", "coded.csv, line 3: the unit 'u1' stands twice."),
    "a broken spreadsheet": (b"PK\x03\x04x", "coded.csv: it is no spreadsheet"),
    "no sheet": (saved(), "coded.csv: it holds no sheet."),
    "laughs": (saved(sheet=LAUGHS), r"coded.csv: it is no spreadsheet \(it declares an entity\)"),
    "a string too far": (saved(sheet=CELLS), "coded.csv: it is no spreadsheet"),
}


@pytest.mark.parametrize(("data", "message"), MISTAKES.values(), ids=MISTAKES)
def test_what_cannot_be_read_is_named_with_its_line(tmp_path, data, message):
    (tmp_path / "coded.csv").write_bytes(data)
    with pytest.raises(StudyError, match=message):
        read_codes(tmp_path / "coded.csv")


def test_another_ending_is_refused(tmp_path):
    with pytest.raises(ValueError, match=r"path must end in '\.csv' or '\.xlsx'; got 'sheet.ods'"):
        write_coding_sheet(SHEET, tmp_path / "sheet.ods")


def test_codes_that_are_in_no_file_are_refused():
    with pytest.raises(ValueError, match=r"path must be that of a coded sheet; got a DataFrame. Write it to a file"):
        read_codes(pd.DataFrame({"unit": ["u1"], "code": ["yes"]}))
