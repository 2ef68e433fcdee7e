"""JSONL: one object a line, types as pandas would choose them for the whole file, every mistake with its line."""

import json

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from put_together import check_blocks

from discourse._errors import StudyError
from discourse.corpus import Corpus, plan, read_corpus
from discourse.corpus.jsonl import count_objects

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
DATES = st.sampled_from(["2025-11-03", "2025-11-03T08:30:00Z", "autumn"])
VALUES = {
    "n": st.integers(-9, 9), "f": st.floats(-9, 9), "number": st.integers(-9, 9) | st.floats(-9, 9),
    "yes": st.booleans(), "name": TEXTS, "day": DATES, "large": st.integers(-(2**63), 2**63 - 1),
    "mixed": st.integers(0, 9) | TEXTS | st.booleans() | st.floats(-9, 9),
    "list": st.lists(st.integers(0, 9), max_size=2), "nested": st.fixed_dictionaries({"a": st.integers(0, 9)}),
}  # fmt: skip
BLANKS = ["", "", "", "\n", " \n", "\u00a0\n"]


@st.composite
def rows(draw):
    """Rows of a table; any value but a text may be missing or null."""
    names = draw(st.lists(st.sampled_from(sorted(VALUES)), unique=True, max_size=4))
    kinds = {name: draw(st.sampled_from([VALUES[name], VALUES[name] | st.none()])) for name in names}
    row = st.fixed_dictionaries({"text": TEXTS}, optional=kinds)
    return draw(st.lists(row, min_size=1, max_size=9))


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("jsonl") / "t.jsonl"


def write(path, table, *, ascii=False, end="\n", blanks=()):
    lines = [json.dumps(row, ensure_ascii=ascii) + end for row in table]
    between = [*blanks, *[""] * len(lines)]
    path.write_bytes("".join(blank + line for blank, line in zip(between, lines, strict=False)).encode())


def is_odd(table, name):
    """Whether a column has no value but null: pandas calls it a float where it is missing too, here it is empty."""
    return all(row.get(name) is None for row in table)


@settings(max_examples=60)
@given(
    table=rows(), ascii=st.booleans(), end=st.sampled_from(["\n", "\r\n"]), size=st.integers(1, 120),
    blanks=st.lists(st.sampled_from(BLANKS), max_size=9), piece=st.sampled_from([20, 60, 1 << 20]),
)  # fmt: skip
def test_blocks_of_any_size_hold_what_pandas_makes_of_all_rows(path, table, ascii, end, size, blanks, piece):
    write(path, table, ascii=ascii, end=end, blanks=blanks)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("discourse.corpus.jsonl.PIECE", piece)
        corpus = read_corpus(path)
        check_blocks(path, block_bytes=size)
    assert corpus.texts.to_pylist() == [row["text"] for row in table]
    found = corpus.documents.drop(columns=["source", "lines", "sha256"])
    expected = Corpus.from_frame(pd.DataFrame(table)).documents.drop(columns=["source", "lines", "sha256"])
    odd = [name for name in expected if is_odd(table, name)]
    assert list(found.columns) == list(expected.columns)
    pd.testing.assert_frame_equal(found.drop(columns=odd), expected.drop(columns=odd))


def test_a_column_has_one_type_whatever_each_block_holds(path):
    table = [
        {"text": "a", "n": 1, "mixed": 1, "yes": True, "day": "2025-11-03"},
        {"text": "b", "n": 2.5, "mixed": "x", "yes": None, "day": "today"},
        {"text": "c", "n": 3, "mixed": 2.0, "late": 5},
    ]
    write(path, table)
    documents = read_corpus(path).documents
    assert documents["n"].tolist() == [1.0, 2.5, 3.0]
    assert documents["mixed"].tolist() == ["1", "x", "2"]  # 2 and 2.0 are one
    assert documents["yes"].tolist() == ["True", "", ""]
    assert documents["day"].tolist() == ["2025-11-03", "today", ""]
    assert documents["late"].isna().tolist() == [True, True, False]
    assert check_blocks(path, block_bytes=10) == 3


def test_dates_stay_as_they_are_written(path):
    write(path, [{"text": "a", "day": "2025-11-03"}, {"text": "b", "day": "2025-11-03T08:30:00+02:00"}])
    assert read_corpus(path).documents["day"].tolist() == ["2025-11-03", "2025-11-03T08:30:00+02:00"]
    late = [{"text": "a"}] * 9000 + [{"text": "b", "day": "2025-11-03"}]
    write(path, late)
    assert read_corpus(path).documents["day"].iloc[-1] == "2025-11-03"


def test_large_integers_lose_no_digit(path):
    write(path, [{"text": "a", "n": 2**64 + 1}, {"text": "b", "n": 1.5}])
    assert read_corpus(path).documents["n"].tolist() == ["18446744073709551617", "1.5"]
    write(path, [{"text": "a", "n": 2**63 - 1}])
    assert read_corpus(path).documents["n"].tolist() == [2**63 - 1]


def test_a_key_that_stands_twice_counts_as_in_json(path):
    path.write_bytes(b'{"text": "a", "text": "b"}\n')
    assert read_corpus(path).text("0") == "b"


def test_a_line_longer_than_what_is_parsed_at_once_is_kept(path):
    text = "wörd " * 400_000
    write(path, [{"text": "a"}, {"text": text}, {"text": "b"}])
    assert read_corpus(path).text("1") == text
    assert check_blocks(path, block_bytes=1000) == 3


def test_many_rows_that_arrow_cannot_read_are_parsed_a_piece_at_a_time(path):
    write(path, [{"text": "a", "tags": ["x", k % 2]} for k in range(40_000)])
    documents = read_corpus(path).documents
    assert documents["tags"].tolist() == ["['x', 0]", "['x', 1]"] * 20_000


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b'{"text": ', "a line must be one JSON object (Expecting value). Write one document a line."),
        (b"[1]", "a line must be one JSON object ([1]). Write one document a line."),
        (b'{"text": "b"} {"text": "c"}', "a line must be one JSON object (Extra data)."),
        (b'{"text":\n"b"}', "a line must be one JSON object (Expecting value)."),
        (b'{"text": "\\ud83d"}', "a line must be one JSON object (half of a surrogate pair is no character)."),
        (b'{"text": "b\xff"}', "(0xff) is not valid utf-8. Save the file as UTF-8, or name the encoding"),
    ],
)
@pytest.mark.parametrize("size", [8, 1000])
def test_a_mistake_is_named_with_its_line_in_the_file(path, line, message, size):
    path.write_bytes(b'{"text": "a"}\r\n\n' + line + b'\n{"text": "d"}\n')
    with pytest.raises(StudyError) as error:
        [block.read() for block in plan(path, block_bytes=size)]
    assert message in str(error.value)
    assert str(error.value).startswith(f"{path.as_posix()}, line 3: ")


def test_only_the_block_with_the_mistake_is_lost(path):
    path.write_bytes(b'{"text": "a", "n": 1}\n{"text"\n{"text": "c", "n": 2}\n')
    first, broken, last = plan(path, block_bytes=8)
    assert first.read().documents["n"].tolist() == [1]
    assert last.read().documents.index.tolist() == ["2"]
    with pytest.raises(StudyError, match=r"line 2: a line must be one JSON object"):
        broken.read()


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig"])
def test_other_encodings_give_the_same_texts(path, encoding):
    path.write_bytes('{"text": "café"}\n{"text": "ñ"}\n'.encode(encoding))
    assert read_corpus(path, encoding=encoding).texts.to_pylist() == ["café", "ñ"]
    assert check_blocks(path, block_bytes=4, encoding=encoding) == (1 if encoding == "utf-16" else 2)


def test_a_file_without_line_ends_does_not_take_all_memory(path, monkeypatch):
    monkeypatch.setattr("discourse.corpus.cuts.LONGEST", 1000)
    path.write_bytes(b"[" + b'{"text": "a"}, ' * 1000 + b"]")
    with pytest.raises(StudyError, match=r"line 1: the record that starts here has no end within 1,000 bytes\. Look"):
        plan(path, block_bytes=8)[0].read()


def test_objects_are_counted_only_where_each_has_its_line():
    assert count_objects(b'{"a":1}\n\n{}\r\n{"b":{}}') == 3
    for data in (b'{"a":\n1}', b' {"a":1}', b"[1]\n", b'{"a":1} \n'):
        assert count_objects(data) == -1


def test_lists_in_lists_without_end_are_named_with_their_line(tmp_path):
    path = tmp_path / "deep.jsonl"
    path.write_text('{"text": "War."}\n{"text": "War.", "x": ' + "[" * 5000 + "]" * 5000 + "}\n", encoding="utf-8")
    with pytest.raises(StudyError, match=r"line 2: a line must be one JSON object \(lists in lists without end\)"):
        read_corpus(path)
