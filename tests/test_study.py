"""Studies: a folder read as `study.toml` says, and every way in which it can be wrong."""

import hashlib
import re
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from discourse._errors import StudyError
from discourse.corpus import PROSE, later_copies, repeated_passages
from discourse.corpus.documents import lengths
from discourse.corpus.zones import partition_defect
from discourse.report.methods import methods
from discourse.study import Study, current_study, read_study

SEEDS = Path(__file__).parent.parent / "seeds"

PAGE = "Menu\nFirst title\nBy A\n\nThe corridor opens.\n\nSecond\r\nIt closes.\nImprint\n"
HASH = hashlib.sha256(PAGE.encode()).hexdigest()
STUDY = f"""\
title = "Two articles"
group = "camp"
order = ["north", "south"]
spotlight = ["corridor*"]

[[sources]]
path = "texts/page.txt"
sha256 = "{HASH}"
furniture = "1, 9"

[[sources.documents]]
id = "one"
lines = "2-5"
camp = "south"
date = 2025-11

[[sources.documents]]
id = "two"
lines = "7-8"
camp = "north"
year = 2025

[[zones]]
zone = "title"
where = {{camp = "south"}}
match = "^First"

[[zones]]
zone = "byline"
document = "one"
lines = "3"
"""
STUDY = STUDY.replace("date = 2025-11\n", 'date = "2025-11"\n')


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "page.txt").write_bytes(PAGE.encode())
    (tmp_path / "study.toml").write_text(STUDY, encoding="utf-8")
    return tmp_path


def rewrite(folder, *changes):
    text = STUDY
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (folder / "study.toml").write_text(text, encoding="utf-8")
    return folder


def line_of(part):
    return STUDY[: STUDY.index(part)].count("\n") + 1


def refusal(folder):
    with pytest.raises(StudyError) as error:
        read_study(folder)
    return str(error.value)


def test_a_study_is_read_as_it_is_written(folder):
    study = read_study(folder)
    assert isinstance(study, Study)
    assert repr(study) == "Study('Two articles': 2 documents by camp, 2 groups)"
    assert (study.group, study.order, study.spotlight) == ("camp", ("north", "south"), ("corridor*",))
    assert study.corpus.text("two") == "Second\r\nIt closes.\n"
    assert study.corpus.documents.loc["one"].to_dict() == {
        "camp": "south",
        "date": "2025-11",
        "year": "",
        "source": "texts/page.txt",
        "lines": "2-5",
        "sha256": HASH,
    }
    assert study.corpus.documents.loc["two", "year"] == "2025"
    assert list(study.corpus.zones["zone"]) == ["title", "body", "byline", "body", "body"]
    assert study.files == (folder / "study.toml", folder / "texts/page.txt")
    assert study.coded_hits is None
    assert len(study.codebook.frames) == 0
    assert len(study.tokens.ids) > 0
    assert study.tokens is study.tokens


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_voices_may_come_from_a_file(folder, mark):
    rows = pd.DataFrame({"doc_id": ["two"], "start": [3], "end": [9], "voice": ["quoted"], "speaker": ["Ada Lind"]})
    (folder / "v.csv").write_bytes(rows.to_csv(index=False, sep=mark).encode("utf-8-sig"))
    rewrite(folder, ("spotlight =", 'voices = "v.csv"\nvoices_by = "two readers."\nspotlight ='))
    study = read_study(folder)
    assert study.tokens.voice_spans[[*rows]].values.tolist() == rows.values.tolist()
    assert folder / "v.csv" in study.files
    told = dict(methods(study))["Voices"]
    assert "given with the study: two readers. They" in told
    assert "nobody tells who found them" in dict(methods(replace(study, voices_by="")))["Voices"]
    assert "by the rules of the package" not in dict(methods(replace(study, voices=None)))["Voices"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("doc_id,start,end\none,0,1\n", "v.csv: spans must have a column 'voice'"),
        ("doc_id,start,end,voice\none,0,9999,quoted\n", "row 1: start and end must be characters of 'one'"),
        ("", "v.csv: No columns to parse from file"),
        ('doc_id,start,end,voice\n"one,0,1,quoted\n', "v.csv: "),
    ],
)
def test_voices_that_are_none_are_named_with_their_file(folder, text, message):
    (folder / "v.csv").write_text(text, encoding="utf-8")
    rewrite(folder, ("spotlight =", 'voices = "v.csv"\nspotlight ='))
    with pytest.raises(StudyError, match=message):
        read_study(folder)


def test_what_columns_hold_and_who_coded_is_told_by_the_study(folder):
    told = 'coded_by = "two readers."\n[columns]\ncamp = "the side of the river."\n'
    rewrite(folder, ("[[sources]]", f"{told}[[sources]]"))
    study = read_study(folder)
    assert (study.coded_by, study.columns) == ("two readers", {"camp": "the side of the river"})


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ('[columns]\ncmap = "x"\n', "the documents have no column 'cmap'; they have 'camp', 'date',"),
        ('[columns]\ncamp = 7\n', 'camp must be a string; got 7. Write it as camp = "…".'),
        ('columns = "camp"\n', "columns must be a table. Write its keys under [columns]."),
    ],
)
def test_what_is_wrong_with_columns_is_named_with_its_line(folder, given, message):
    rewrite(folder, ("[[sources]]", f"{given}[[sources]]"))
    assert re.match(rf"study\.toml, line \d+: {re.escape(message)}", refusal(folder))


def test_the_file_itself_names_the_study_too(folder):
    assert read_study(folder / "study.toml").corpus.text("one") == read_study(str(folder)).corpus.text("one")


def test_groups_that_the_order_leaves_out_follow_and_the_unnamed_come_last(folder):
    rewrite(folder, ('order = ["north", "south"]\n', ""))
    assert read_study(folder).order == ("south", "north")
    rewrite(folder, ('order = ["north", "south"]\n', 'order = ["north"]\n'))
    assert read_study(folder).order == ("north", "south")
    rewrite(folder, ('camp = "south"\n', ""), ('where = {camp = "south"}\n', ""), ('["north", "south"]', "[]"))
    assert read_study(folder).order == ("north", "")


def test_a_column_that_table_and_study_both_give_must_agree(folder):
    (folder / "t.csv").write_text("text,camp\nOne.,\nTwo.,north\n", encoding="utf-8")
    source = 'group = "camp"\n[[sources]]\npath = "t.csv"\ncamp = '
    (folder / "study.toml").write_text(f'{source}"north"\n', encoding="utf-8")
    assert read_study(folder).corpus.documents["camp"].tolist() == ["north", "north"]
    assert repr(read_study(folder)).endswith("2 documents by camp, 1 group)")
    (folder / "study.toml").write_text(f'{source}"south"\n', encoding="utf-8")
    assert refusal(folder) == (
        "study.toml, line 4: 't.csv' has a column 'camp' itself, which is 'north' in row 2. Take camp out here, or out "
        "of the table."
    )


def test_tables_in_a_glob_are_not_read_as_texts(folder):
    (folder / "t.csv").write_text("text,camp\nOne.,north\n", encoding="utf-8")
    (folder / "study.toml").write_text('group = "camp"\n[[sources]]\npath = "*.csv"\ncamp = "a"\n', encoding="utf-8")
    assert refusal(folder) == (
        "t.csv: this is a table, whose commas and other columns would be counted. Name each table by itself, in a "
        "source of its own."
    )


def test_the_order_can_name_groups_that_are_numbers(folder):
    rewrite(folder, ('camp = "south"', "camp = 1"), ('camp = "north"', "camp = 2"),
            ('["north", "south"]', '["2", "1"]'), ('{camp = "south"}', "{camp = 1}"))  # fmt: skip
    assert read_study(folder).order == ("2", "1")
    assert list(read_study(folder).corpus.documents["camp"]) == ["1", "2"]


def test_ordered_categories_of_a_table_are_the_order_of_the_groups(tmp_path):
    tiers = pd.Categorical(["mid", "low", "mid"], ["low", "mid", "high"], ordered=True)
    pd.DataFrame({"text": ["One.", "Two.", "Three."], "tier": tiers}).to_parquet(tmp_path / "texts.parquet")
    plain = 'title = "T"\ngroup = "tier"\n{}[[sources]]\npath = "texts.parquet"\n'
    for order, expected in (("", ("low", "mid")), ('order = ["mid"]\n', ("mid", "low"))):
        (tmp_path / "study.toml").write_text(plain.format(order))
        assert read_study(tmp_path).order == expected


def test_dates_are_iso_strings_however_they_are_written(folder):
    for written, read in (("2025-11-03", "2025-11-03"), ("2025", "2025"), ('""', ""), ('"2025-11"', "2025-11")):
        rewrite(folder, ('date = "2025-11"', f"date = {written}"))
        assert read_study(folder).corpus.documents.loc["one", "date"] == read


def test_a_document_without_lines_is_the_whole_page(folder):
    text = '[[sources]]\npath = "texts/page.txt"\n[[sources.documents]]\nid = "all"\ncamp = "x"\n'
    (folder / "study.toml").write_text('group = "camp"\n' + text)
    study = read_study(folder)
    assert study.corpus.text("all") == PAGE
    assert study.corpus.documents.loc["all", "lines"] == "1-9"
    assert study.title == folder.name


def test_a_glob_makes_each_file_a_document_that_the_source_describes(folder):
    for name in ("b.txt", "a.txt", "sub/a.txt"):
        (folder / "more" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "more" / name).write_text(f"Read\n{name}")
    (folder / "study.toml").write_text(
        'group = "camp"\n[[sources]]\npath = "more/*.txt"\ncamp = "x"\n'
        '[[sources]]\npath = "more/sub"\ncamp = "y"\n[[zones]]\nzone = "furniture"\nmatch = "^Read$"\n'
    )
    message = refusal(folder)
    assert message == (
        "study.toml, line 6, more/sub/a.txt: the document id 'a' is taken already (study.toml, line 3, more/a.txt). "
        "Give each document an id of its own."
    )
    (folder / "more" / "sub" / "a.txt").rename(folder / "more" / "sub" / "c.txt")
    study = read_study(folder)
    assert list(study.corpus.documents.index) == ["a", "b", "c"]
    assert list(study.corpus.documents["camp"]) == ["x", "x", "y"]
    assert list(study.corpus.documents["source"]) == ["more/a.txt", "more/b.txt", "more/sub/c.txt"]
    assert list(study.corpus.zones["zone"]) == ["furniture", "body"] * 3
    assert len(study.files) == 4


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_a_table_gives_one_document_per_row(folder, ending):
    table = pd.DataFrame({"key": ["k1", "k2"], "body": ["One.", "Two."], "camp": ["x", "y"]})
    path = folder / f"t.{ending}"
    if ending == "csv":
        table.to_csv(path, index=False)
    elif ending == "jsonl":
        table.to_json(path, orient="records", lines=True)
    else:
        table.to_parquet(path)
    text = f'group = "camp"\n[[sources]]\npath = "t.{ending}"\ntext = "body"\nid = "key"\noutlet = "O"\n'
    (folder / "study.toml").write_text(text)
    study = read_study(folder)
    assert study.corpus.text("k2") == "Two."
    assert list(study.corpus.documents.columns) == ["camp", "outlet", "source", "lines", "sha256"]
    assert set(study.corpus.documents["source"]) == {f"t.{ending}"}
    (folder / "study.toml").write_text(text.replace('id = "key"\n', ""))
    assert list(read_study(folder).corpus.documents.index) == ["0", "1"]


ONE_ID, ONE_LINES, FURNITURE = (line_of(part) for part in ('id = "one"', 'lines = "2-5"', "furniture"))

WRONG = {
    "a missing file": (
        '"texts/page.txt"',
        '"texts/pag.txt"',
        "path",
        "there is no file 'texts/pag.txt' in the folder of the study. Put it there, or mend the path.",
    ),
    "a changed hash": (
        HASH,
        "00ff",
        "sha256",
        f"'texts/page.txt' has changed: the study pins sha256 00ff, the file has {HASH}. Restore the file, or "
        "write the second hash here if the change is meant.",
    ),
    "an unknown key": (
        "spotlight =",
        "spotligt =",
        "spotlight",
        "unknown key 'spotligt'; the keys here are 'title', 'group', 'order', 'codebook', 'spotlight', "
        "'coded_hits', 'coded_by', 'voices', 'voices_by', 'columns', 'sources', 'zones'. Did you mean 'spotlight'?",
    ),
    "a slip in a key of a source": (
        "sha256 =",
        "sha265 =",
        "sha256",
        "unknown key 'sha265'. Did you mean 'sha256'? If it is a column of yours, rename it.",
    ),
    "a slip in a key of a document": (
        'lines = "2-5"',
        'line = "2-5"',
        'lines = "2-5"',
        "unknown key 'line'. Did you mean 'lines'? If it is a column of yours, rename it.",
    ),
    "an unknown key of a rule": (
        "match =",
        "regex =",
        "match =",
        "unknown key 'regex'; the keys here are 'zone', 'where', 'match', 'document', 'lines'.",
    ),
    "a column with a name that is taken": (
        "year =",
        "voice =",
        "year",
        "a column may not be called 'voice': the package uses this name. Rename it.",
    ),
    "a value that is not plain": (
        "year = 2025",
        "year = [2025]",
        "year",
        "year must be one plain value; got [2025]. Write a string or a number.",
    ),
    "a date that is none": (
        '"2025-11"',
        '"Nov 2025"',
        "date",
        "date must be an ISO date; got 'Nov 2025'. Write 2025-11-03, 2025-11 or 2025, or leave it empty.",
    ),
    "a day that is none": (
        '"2025-11"',
        '"2025-02-30"',
        "date",
        "date must be an ISO date; got '2025-02-30'.",
    ),
    "an unknown group": (
        'group = "camp"',
        'group = "camps"',
        "group",
        "the documents have no column 'camps'; they have 'camp', 'date', 'year', 'source', 'lines', "
        "'sha256'. Did you mean 'camp'?",
    ),
    "an unknown value in order": (
        '"south"]',
        '"suoth"]',
        "order",
        "no document has camp = 'suoth'; the values are 'south', 'north'. Did you mean 'south'? Write each "
        "value as the documents do.",
    ),
    "an empty pattern": (
        '["corridor*"]',
        '["a|"]',
        "spotlight",
        "Every alternative of a|b must be a word; 'a|' in 'a|' has an empty one. Remove a bar.",
    ),
    "a slot in the spotlight": (
        '["corridor*"]',
        '["{agent} corridor"]',
        "spotlight",
        "A pattern must have no slot where no codebook lists actors; got '{agent} corridor'. Name the actor itself.",
    ),
    "a codebook that is missing": (
        "spotlight =",
        'codebook = "c.yaml"\nspotlight =',
        "spotlight",
        "there is no file 'c.yaml' in the folder of the study. Mend the path, or take codebook out.",
    ),
    "coded hits that are missing": (
        "spotlight =",
        'coded_hits = "h.csv"\nspotlight =',
        "spotlight",
        "there is no file 'h.csv' in the folder of the study. Mend the path, or take coded_hits out.",
    ),
    "overlapping documents": (
        '"7-8"',
        '"5-8"',
        '"7-8"',
        f"lines 5-8 of 'texts/page.txt' overlap lines 2-5 (study.toml, line {ONE_LINES}). Give every line to "
        "one document, or to furniture.",
    ),
    "furniture in a document": (
        '"1, 9"',
        '"1-2, 9"',
        'lines = "2-5"',
        f"lines 2-5 of 'texts/page.txt' overlap lines 1-2 (study.toml, line {FURNITURE}). Give every line",
    ),
    "lost lines": (
        '"1, 9"',
        '"1"',
        "path",
        "these lines of 'texts/page.txt' belong to no document: 9. Give them to one, or write furniture = \"9\".",
    ),
    "lines outside the page": (
        '"7-8"',
        '"7-10"',
        '"7-8"',
        "lines names line 10, but 'texts/page.txt' has 9 lines. Mend the range.",
    ),
    "lines that are none": (
        '"7-8"',
        '"8-7"',
        '"7-8"',
        "lines: '8-7' is no range of lines. Write a line as '5' and a range as '5-7', counted from 1.",
    ),
    "two ranges for a document": (
        '"7-8"',
        '"7, 8"',
        '"7-8"',
        "a document is one range of lines; got '7, 8'. Write it as '5-70'.",
    ),
    "blank lines for a document": (
        '"7-8"',
        '"6"',
        '"7-8"',
        "the lines '6' of 'texts/page.txt' are blank. Name lines with text.",
    ),
    "an id that is taken": (
        'id = "two"',
        'id = "one"',
        'id = "two"',
        f"the document id 'one' is taken already (study.toml, line {ONE_ID}). Give each document an id of its own.",
    ),
    "an id that is missing": (
        'id = "two"\n',
        "\n",
        None,
        'id is missing; it names the document in every table. Add id = "…".',
    ),
    "a column of a table for a page": (
        "furniture",
        'text = "body"\nfurniture',
        "furniture",
        "'text' names a column of a table (.csv, .parquet, .jsonl), and this is none. Take it out.",
    ),
    "an unknown zone": (
        'zone = "byline"',
        'zone = "by-line"',
        'zone = "byline"',
        "zone must be one of 'title', 'byline', 'standfirst', 'heading', 'body', 'list', 'caption', 'label', "
        "'bio', 'note', 'furniture'; got 'by-line'. Did you mean 'byline'?",
    ),
    "an unknown column in where": (
        "{camp =",
        "{cmap =",
        "where",
        "the documents have no column 'cmap'; they have 'doc_id', 'camp', 'date', 'year', 'source', 'lines', "
        "'sha256'. Did you mean 'camp'?",
    ),
    "an unknown value in where": (
        '{camp = "south"}',
        '{camp = ["south", "suoth"]}',
        "where",
        "no document has camp = 'suoth'. Did you mean 'south'? Write it as the documents do.",
    ),
    "a where that is no table": (
        '{camp = "south"}',
        '"camp"',
        "where",
        "where must name columns; got 'camp'. Write where = {outlet = \"…\"}.",
    ),
    "an expression that is none": (
        '"^First"',
        '"(First"',
        "match",
        "match is no regular expression (missing ), unterminated subpattern at position 0). Mend it;",
    ),
    "a rule that matches nothing": (
        '"^First"',
        '"^Nothing"',
        None,
        "this rule for the zone 'title' matches nothing that an earlier rule has left free.",
    ),
    "a rule for an unknown document": (
        'document = "one"',
        'document = "oone"',
        'document = "one"',
        "there is no document 'oone'. Did you mean 'one'? Name one by its id.",
    ),
    "a rule for lines of another document": (
        'lines = "3"',
        'lines = "4-7"',
        'lines = "3"',
        "line 4-7 is not in document 'one', which has lines 2-5 of its page. Lines are counted in the page",
    ),
    "a rule with match and lines": (
        'lines = "3"',
        'lines = "3"\nmatch = "x"',
        None,
        "a rule has either match, or document and lines. Write match = '''…''', or both of the others.",
    ),
    "a rule with lines and where": (
        'lines = "3"',
        'lines = "3"\nwhere = {camp = "south"}',
        None,
        "where goes with match; a rule with document and lines has none. Take it out.",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_named_with_file_and_line_and_remedy(folder, case):
    old, new, at_line, message = WRONG[case]
    rewrite(folder, (old, new))
    found = refusal(folder)
    assert re.match(r"study\.toml, line \d+: ", found)
    assert message in found
    if at_line:
        assert found.startswith(f"study.toml, line {line_of(at_line)}: ")


def test_pages_that_cannot_be_read_are_named_as_the_study_names_them(folder):
    rewrite(folder, (f'sha256 = "{HASH}"\n', ""))
    page = folder / "texts" / "page.txt"
    page.write_bytes(PAGE.encode().replace(b"closes", b"clos\xe9s"))
    assert refusal(folder).startswith("texts/page.txt, line 8: byte 59 (0xe9) is not valid utf-8. Save the file")
    page.write_bytes(b"\n")
    assert refusal(folder) == "texts/page.txt: the file is empty. Fill it, or leave it out of the study."


def test_an_encoding_must_be_declared_and_is_then_used(folder):
    (folder / "texts" / "page.txt").write_bytes(PAGE.replace("closes", "closés").encode("cp1252"))
    rewrite(folder, (f'sha256 = "{HASH}"', 'encoding = "cp1252"'))
    assert "It closés." in read_study(folder).corpus.text("two")


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ('path = "none/*.txt"', "line 3: none/*.txt: there is no text file. Check the folder"),
        ('path = "texts/*.txt"\nsha256 = "0"', "line 4: sha256 pins one file, and 'texts/*.txt' names many."),
        ('path = "texts"\nfurniture = "1"', "line 4: 'furniture' needs [[sources.documents]] that say which lines"),
        ('path = "t.csv"\ntext = "boody"', "line 4: 't.csv' has no column 'boody' to be the text; it has 'body'"),
        ('path = "t.csv"\ntext = "body"\nid = "kye"', "line 5: 't.csv' has no column 'kye' to be the id; it has"),
        ('path = "t.csv"\ntext = "body"\nid = "same"', "id 'x' is taken already (study.toml, line 3, t.csv, row 1)."),
        ('path = "t.csv"\ntext = "body"\nid = "void"', "t.csv, row 1: a document has an empty id. Give each document"),
        ('path = "v.csv"', "line 3: a column may not be called 'voice': the package uses this name."),
        ('path = "t.jsonl"', "line 3: 't.jsonl' has no text in row 2. Fill or drop it."),
        ('path = "t.csv"\nfurniture = "1"', "line 4: 'furniture' describes a page of text, not a table. Take it out."),
        ('paths = "t.csv"', "line 2: path is missing; it names the file, folder or glob of the texts. Add path = "),
    ],
)  # fmt: skip
def test_sources_that_contradict_themselves_are_refused(folder, source, message):
    (folder / "t.csv").write_text("body,key,same,void\nOne,a,x,\nTwo,b,x,\n")
    (folder / "v.csv").write_text("text,voice\nOne,v\n")
    (folder / "t.jsonl").write_text('{"text": "One"}\n{"camp": "x"}\n')
    (folder / "study.toml").write_text(f'group = "camp"\n[[sources]]\n{source}\n')
    assert message in refusal(folder)


def test_a_study_without_sources_or_group_says_so(folder):
    (folder / "study.toml").write_text('group = "camp"\n')
    assert refusal(folder) == 'study.toml: there are no sources. Name a file under [[sources]] with path = "…".'
    (folder / "study.toml").write_text('title = "x"\n')
    assert refusal(folder).startswith("study.toml: group is missing; it names the column of the documents that is")


def test_a_rule_with_lines_needs_a_document_with_lines(folder):
    (folder / "t.csv").write_text("text,camp\nOne,a\n")
    text = 'group = "camp"\n[[sources]]\npath = "t.csv"\n[[zones]]\nzone = "title"\ndocument = "0"\nlines = "1"\n'
    (folder / "study.toml").write_text(text)
    assert refusal(folder) == (
        "study.toml, line 7: document '0' is a row of a table and has no lines. Use match instead."
    )


def test_a_study_is_found_by_the_variable_then_above_then_in_seeds_then_as_shipped(folder, monkeypatch):
    deep = folder / "a" / "b"
    deep.mkdir(parents=True)
    monkeypatch.delenv("DISCOURSE_STUDY", raising=False)
    monkeypatch.chdir(deep)
    assert current_study().title == "Two articles"
    (folder / "a" / "seeds").mkdir()
    shutil.move(folder / "study.toml", folder / "a" / "seeds" / "study.toml")
    shutil.move(folder / "texts", folder / "a" / "seeds" / "texts")
    assert current_study().folder == folder / "a" / "seeds"
    monkeypatch.setenv("DISCOURSE_STUDY", str(SEEDS))
    assert current_study().group == "outlet"
    monkeypatch.setenv("DISCOURSE_STUDY", str(folder / "nowhere"))
    with pytest.raises(StudyError, match=r"nowhere.study\.toml: there is no such file\. Check the folder"):
        current_study()


def test_without_any_study_the_message_says_why_and_what_to_do(tmp_path, monkeypatch):
    monkeypatch.delenv("DISCOURSE_STUDY", raising=False)
    monkeypatch.chdir(tmp_path)
    assert current_study().folder == SEEDS.resolve()
    monkeypatch.setattr("discourse.__file__", str(tmp_path / "site" / "discourse" / "__init__.py"))
    with pytest.raises(StudyError) as error:
        current_study()
    assert str(error.value) == (
        f"There is no study.toml in {tmp_path} or above it, and the installed package holds no texts, because their "
        "owners keep the rights. Go to the folder of a study, or set DISCOURSE_STUDY to it."
    )


# The shipped study.


@pytest.fixture(scope="module")
def shipped():
    return read_study(SEEDS)


def zone_texts(study, doc_id, *zones):
    rows = study.corpus.zones
    rows = rows[(rows["doc_id"] == doc_id) & rows["zone"].isin(zones)]
    return [study.corpus.text(doc_id)[row.start : row.end].strip() for row in rows.itertuples()]


def test_the_shipped_study_has_eight_documents_of_three_outlets(shipped):
    documents = shipped.corpus.documents
    assert list(documents.index) == [
        "korybko-2025-11-03", "korybko-2025-12-11", "korybko-2026-03-08", "novruz-2025-12-01",
        "cutler", "haider", "turgunbaeva", "dipirro",
    ]  # fmt: skip
    assert shipped.order == ("Korybko", "Azernews", "CACI Analyst")
    assert documents["outlet"].value_counts().to_dict() == {"CACI Analyst": 4, "Korybko": 3, "Azernews": 1}
    assert documents["author"].nunique() == 6
    caci = documents[documents["outlet"] == "CACI Analyst"]
    assert set(caci["date"]) == set(caci["title"]) == {""}
    assert documents.loc["korybko-2026-03-08", "title"] == ""


def test_every_shipped_document_is_a_slice_of_its_page_to_the_byte(shipped):
    for doc_id, row in shipped.corpus.documents.iterrows():
        data = (SEEDS / row["source"]).read_bytes()
        first, last = (int(part) for part in row["lines"].split("-"))
        assert hashlib.sha256(data).hexdigest() == row["sha256"]
        lines = data.splitlines(keepends=True)
        assert shipped.corpus.text(doc_id).encode() == b"".join(lines[first - 1 : last])


def test_shipped_zones_cover_every_document(shipped):
    corpus = shipped.corpus
    assert partition_defect(corpus.zones, list(corpus.documents.index), lengths(corpus.texts)) == ""
    assert (np.diff(corpus.zones.index) == 1).all()


def test_no_furniture_is_left_in_the_prose_of_the_shipped_study(shipped):
    lines = re.compile(
        r"^(Read( more)?|Opinion|Geopolitics|Avatar|.*Roundup.*|Subscribe|.*[Nn]ewspaper.*|Thank you!"
        r"|Loading.*|Latest.*"
        r"|Azernews.*|Akbar Novruz|(By )?(Robert M|Syed Faz|Aigerim|John DiP).*|.*Authored by.*|AZB flag|File:.*"
        r"|shutterstock.*|Bild 1|BACKGROUND.*|IMPLICATIONS.*|CONCLUSION.*|AUTHOR.*|.*\[1\].*|-+|\d* ?December.*"
        r"|Here we are.*|Choose to.*|Newsletter|Feature Articles)$"
    )
    for doc_id in shipped.corpus.documents.index:
        for text in zone_texts(shipped, doc_id, *PROSE):
            assert not [line for line in text.splitlines() if lines.match(line.strip())]


def test_what_is_not_prose_in_the_shipped_study_is_short_and_known(shipped):
    assert zone_texts(shipped, "korybko-2025-11-03", "furniture", "byline") == [
        "Read", "• Independent News Roundup By Independent News Roundup", "• Nov 3, 2025", "Andrew Korybko",
        "Opinion\nGeopolitics\nAvatar",
    ]  # fmt: skip
    assert zone_texts(shipped, "korybko-2025-12-11", "furniture")[2:4] == ["----------", "----------"]
    assert zone_texts(shipped, "dipirro", "note") == [
        "[1]",
        "[1] This excludes Crimea, Donetsk, Luhansk, Zaporizhzhia, Kherson, Abkhazia and South Ossetia as Russian "
        "territory.",
    ]
    captions = [zone_texts(shipped, name, "caption") for name in ("cutler", "haider", "turgunbaeva", "dipirro")]
    assert captions == [
        ["AZB flag"], ["File:Pakistan JF-17 (modified).jpg - Wikimedia Commons"],
        ["shutterstock Tajikkyrgyzborder"], ["Bild 1"],
    ]  # fmt: skip
    assert zone_texts(shipped, "dipirro", "label") == ["BACKGROUND:", "IMPLICATIONS", "CONCLUSION:"]


def test_headings_lists_and_standfirsts_of_the_shipped_study(shipped):
    assert len(zone_texts(shipped, "korybko-2025-12-11", "heading")) == 5
    headings = zone_texts(shipped, "novruz-2025-12-01", "heading")
    assert headings == ["The backdrop", "Central Asia as another potential front"]
    lists = "\n".join(zone_texts(shipped, "novruz-2025-12-01", "list"))
    assert lists.count("•") == 3
    assert lists.endswith("drift away from Moscow’s orbit.")
    assert zone_texts(shipped, "dipirro", "list")[0].count("•") == 3
    firsts = shipped.corpus.zones.query("zone == 'standfirst'")["doc_id"]
    assert sorted(firsts) == sorted(name for name in shipped.corpus.documents.index if name != "novruz-2025-12-01")


def test_sections_of_the_shipped_study_are_three_and_only_of_prose(shipped):
    zones = shipped.corpus.zones
    named = zones[zones["section"] != ""]
    assert set(named["zone"]) == {"body", "list"}
    found = named.groupby("doc_id")["section"].unique().map(list).to_dict()
    assert set(found) == {"cutler", "dipirro", "haider", "turgunbaeva"}
    assert all(sections == ["BACKGROUND", "IMPLICATIONS", "CONCLUSION"] for sections in found.values())


def test_repeated_passages_of_the_shipped_study(shipped):
    found = repeated_passages(shipped.corpus)
    assert found[["doc_id_a", "doc_id_b", "similarity"]].round(2).to_numpy().tolist() == [
        ["korybko-2025-11-03", "korybko-2025-11-03", 0.57],
        ["korybko-2025-12-11", "korybko-2025-12-11", 1.0],
        ["korybko-2026-03-08", "korybko-2026-03-08", 0.58],
    ]
    assert found["text_a"].tolist()[1] == found["text_b"].tolist()[1]
    spans = later_copies(found)
    assert [shipped.corpus.text(row.doc_id)[row.start : row.start + 9] for row in spans.itertuples()] == [
        "These obs", "The essen", "TRIPP is ",
    ]  # fmt: skip


@pytest.mark.parametrize("sign", [";", "\t", "|"])
def test_a_table_parted_by_other_signs_is_told_how_to_write_anew(folder, sign):
    (folder / "t.csv").write_text(f"\ufeffcamp{sign}text\nx{sign}One.\n", "utf-8")
    (folder / "study.toml").write_text('group = "camp"\n[[sources]]\npath = "t.csv"\n')
    assert refusal(folder).endswith(
        f"Its columns are parted by {sign!r}, and here commas part them. "
        f"Write it anew: pandas.read_csv('t.csv', sep={sign!r}).to_csv('t.csv', index=False)."
    )
