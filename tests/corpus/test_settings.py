"""Settings: TOML values that know their lines."""

import tomllib

import pytest

from discourse._errors import StudyError
from discourse.corpus.settings import key_lines, read_settings

TEXT = """\
# a comment with a = sign
title = "A"
spotlight = [
  "not = a key",
  "[[nor]]", # a header
]

[[sources]]
path = '''
[[zones]]
'''
  [[sources.documents]]
  id = "a"
  lines = "1"
[[sources.documents]]
"id" = "b"
note.of = 1

[[sources]] # the second
[[sources.documents]]
id = "c"
[other]
key = 1
"""


def read(tmp_path, text):
    (tmp_path / "study.toml").write_text(text, encoding="utf-8")
    return read_settings(tmp_path / "study.toml")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_header_and_key_knows_its_line(end):
    text = TEXT.replace("\n", end)
    assert tomllib.loads(text)["title"] == "A"
    assert key_lines(text) == {
        ("title",): 2,
        ("spotlight",): 3,
        ("sources", 0): 8,
        ("sources", 0, "path"): 9,
        ("sources", 0, "documents", 0): 12,
        ("sources", 0, "documents", 0, "id"): 13,
        ("sources", 0, "documents", 0, "lines"): 14,
        ("sources", 0, "documents", 1): 15,
        ("sources", 0, "documents", 1, "id"): 16,
        ("sources", 0, "documents", 1, "note"): 17,
        ("sources", 1): 19,
        ("sources", 1, "documents", 0): 20,
        ("sources", 1, "documents", 0, "id"): 21,
        ("other",): 22,
        ("other", "key"): 23,
    }


def test_tables_name_the_line_of_a_key_else_of_their_header(tmp_path):
    source = read(tmp_path, TEXT).tables("sources")[0]
    second = source.tables("documents")[1]
    assert second.place("id") == "study.toml, line 16"
    assert second.place("lines") == "study.toml, line 15"


def test_tables_written_in_one_line_are_named_by_their_key_or_by_the_file(tmp_path):
    table = read(tmp_path, 'title = "A"\nzones = [{zone = 1}, {}]\n')
    assert table.tables("zones")[1].place("zone") == "study.toml, line 2"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('title = "A"\ngroup = \n', "study.toml, line 2: this is not valid TOML (Invalid value). Look for a missing"),
        ('a = 1\n\na = "', "study.toml, line 3: this is not valid TOML ("),
        ('title = "A"\n\nx = [1,\n2', "study.toml, line 4: this is not valid TOML ("),
        ("a = 1\na = 2\n", "study.toml, line 2: this is not valid TOML (Cannot overwrite a value)."),
    ],
)
def test_what_is_no_toml_names_the_line(tmp_path, text, message):
    with pytest.raises(StudyError) as error:
        read(tmp_path, text)
    assert str(error.value).startswith(message)
    assert str(error.value).endswith("Look for a missing quotation mark or bracket here or above.")


def test_toml_that_is_not_utf8_names_the_line(tmp_path):
    (tmp_path / "study.toml").write_bytes(b'a = 1\ntitle = "caf\xe9"\n')
    with pytest.raises(StudyError, match=r"^study\.toml, line 2: byte 18 \(0xe9\) is not valid utf-8\."):
        read_settings(tmp_path / "study.toml")


@pytest.mark.parametrize(
    ("text", "read_key", "message"),
    [
        ("\ntitle = 7", lambda t: t.string("title"), 'line 2: title must be a string; got 7. Write it as title = "…".'),
        ('title = " "', lambda t: t.string("title"), "line 1: title must be a string; got ' '."),
        ("order = 'a'", lambda t: t.strings("order"), "line 1: order must be a list of strings, none"),
        ("order = ['a', 2]", lambda t: t.strings("order"), "none of them empty; got ['a', 2]."),
        ("zones = 3", lambda t: t.tables("zones"), "line 1: zones must be tables. Write each of them under [[zones]]."),
        (
            "x = 1",
            lambda t: t.required("group", "names a column"),
            'group is missing; it names a column. Add group = "…".',
        ),
        (
            "x = 1\ntilte = 2",
            lambda t: t.only(["x", "title"]),
            "line 2: unknown key 'tilte'; the keys here are 'x', 'title'. Did you mean 'title'?",
        ),
    ],
)
def test_a_value_of_the_wrong_kind_is_named(tmp_path, text, read_key, message):
    table = read(tmp_path, text)
    with pytest.raises(StudyError) as error:
        read_key(table)
    assert message in str(error.value)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(StudyError, match=r"study\.toml: there is no such file\. Check the folder"):
        read_settings(tmp_path / "study.toml")
