"""Parquet: blocks of rows, whatever the row groups; a column has one type in all of them."""

import datetime
import random

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from put_together import check_blocks, put_together, same

from discourse._errors import StudyError
from discourse.corpus import Corpus, parquet, plan, read_corpus

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
DAYS = st.datetimes(datetime.datetime(1960, 1, 1), datetime.datetime(2030, 1, 1)).map(lambda day: day.replace(hour=0))
COLUMNS = {
    "n": (st.integers(0, 9), pa.int8()), "large": (st.integers(0, 9), pa.uint64()), "yes": (st.booleans(), pa.bool_()),
    "f": (st.floats(-9, 9, width=32), pa.float32()), "name": (TEXTS, pa.string()),
    "kind": (TEXTS, pa.dictionary(pa.int8(), pa.string())),
    "code": (st.integers(0, 3), pa.dictionary(pa.int8(), pa.int16())), "day": (st.dates(), pa.date32()),
    "moment": (DAYS, pa.timestamp("us")), "zoned": (DAYS, pa.timestamp("ms", tz="Europe/Berlin")),
    "list": (st.lists(st.integers(0, 9), max_size=2), pa.list_(pa.int64())),
    "nested": (st.fixed_dictionaries({"a": st.integers(0, 9) | st.none()}), pa.struct([("a", pa.int64())])),
    "nothing": (st.none(), pa.null()),
}  # fmt: skip


@st.composite
def tables(draw):
    """Tables with columns of any type, with missing values or without."""
    n = draw(st.integers(1, 12))
    kind = draw(st.sampled_from([pa.string(), pa.large_string()]))
    columns = {"text": pa.array(draw(st.lists(TEXTS, min_size=n, max_size=n)), kind)}
    for name in draw(st.lists(st.sampled_from(sorted(COLUMNS)), unique=True, max_size=4)):
        values, kind = COLUMNS[name]
        values = draw(st.sampled_from([values, values | st.none()]))
        columns[name] = pa.array(draw(st.lists(values, min_size=n, max_size=n)), kind)
    return pa.table(columns)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("parquet") / "t.parquet"


@given(table=tables(), rows=st.integers(1, 13), size=st.integers(1, 400), statistics=st.booleans(), codes=st.booleans())
def test_blocks_of_any_size_hold_what_is_read_at_once(path, table, rows, size, statistics, codes):
    pq.write_table(table, path, row_group_size=rows, write_statistics=statistics, use_dictionary=codes)
    check_blocks(path, block_bytes=size)
    flat = [name for name in table.column_names if name not in ("code", "list", "nested")]
    expected = Corpus.from_frame(table.select(flat).to_pandas())
    found = read_corpus(path)
    pd.testing.assert_frame_equal(found.documents[flat[1:]], expected.documents[flat[1:]])
    assert found.texts.to_pylist() == table["text"].to_pylist()


@pytest.fixture
def nothing_parked():
    """No file is begun yet."""
    for cursor in parquet._parked:
        cursor.close()
    parquet._parked.clear()


def write(path, n=60, *, group, text="text number {} of many"):
    frame = pd.DataFrame({"text": [text.format(k) for k in range(n)], "n": range(n)})
    frame.to_parquet(path, row_group_size=group, index=False)
    return frame


@pytest.mark.parametrize("group", [1, 7, 60])
def test_blocks_can_be_read_in_any_order_and_again(path, group):
    write(path, group=group)
    blocks = plan(path, block_bytes=300)
    order = [*range(len(blocks)), *range(len(blocks))]
    random.Random(1).shuffle(order)
    found = {number: blocks[number].read() for number in order}
    same(put_together(found[number] for number in range(len(blocks))), read_corpus(path))
    assert len(blocks) > 3


def test_a_row_group_is_gone_through_once_where_blocks_are_read_in_order(path, monkeypatch, nothing_parked):
    write(path, group=60)
    blocks = plan(path, block_bytes=300)
    opened = []
    reader = parquet._Reader
    monkeypatch.setattr(parquet, "_Reader", lambda *given, **named: opened.append(given) or reader(*given, **named))
    for block in blocks:
        block.read()
    assert len(opened) == 1
    assert not parquet._parked
    blocks[0].read()
    blocks[2].read()
    blocks[1].read()
    assert len(opened) == 3
    assert len(parquet._parked) == 2


def test_what_was_begun_is_not_gone_on_with_in_another_file(path):
    write(path, group=60)
    plan(path, block_bytes=300)[0].read()
    changed = write(path, group=60, text="term number {} of many")
    blocks = plan(path, block_bytes=300)
    assert blocks[1].read().texts.to_pylist() == changed["text"].tolist()[blocks[1].span.start : blocks[1].span.stop]


def test_files_that_are_begun_do_not_stay_open_for_long(tmp_path):
    for number in range(10):
        path = tmp_path / f"{number}.parquet"
        write(path, group=60)
        plan(path, block_bytes=300)[0].read()
    assert len(parquet._parked) <= 4


def test_texts_that_repeat_are_measured_as_they_are_read(path):
    text = "the same words again and again " * 30
    pd.DataFrame({"text": [text] * 2000}).to_parquet(path)
    assert path.stat().st_size < 10_000
    blocks = plan(path, block_bytes=100_000)
    assert sum(block.size for block in blocks) == len(text) * 2000
    assert max(len(block.read()) for block in blocks) * len(text) <= 101_000


def test_dates_have_their_time_of_day_in_all_blocks_or_in_none(path):
    days = pd.to_datetime(["2025-11-03", "2025-11-04", None, "2025-11-05T08:30"], format="ISO8601")
    pd.DataFrame({"text": list("abcd"), "day": days}).to_parquet(path, row_group_size=1)
    assert read_corpus(path).documents["day"].iloc[0] == "2025-11-03T00:00:00"
    assert check_blocks(path, block_bytes=1) == 4
    pd.DataFrame({"text": list("abc"), "day": days[:3]}).to_parquet(path, row_group_size=1)
    assert read_corpus(path).documents["day"].tolist() == ["2025-11-03", "2025-11-04", ""]
    assert check_blocks(path, block_bytes=1) == 3


def test_lists_are_written_as_in_json(path):
    pq.write_table(pa.table({"text": ["a", "b"], "tags": [["x", "y"], None], "years": [[2024, None], [2025]]}), path)
    documents = read_corpus(path).documents
    assert documents["tags"].tolist() == ["['x', 'y']", ""]
    assert documents["years"].tolist() == ["[2024, None]", "[2025]"]


def test_an_index_that_pandas_stored_is_no_column(path):
    frame = pd.DataFrame({"text": ["a", "b"], "n": [1, 2]}, index=pd.Index(["x", "y"], name="key"))
    frame.to_parquet(path, row_group_size=1)
    assert list(read_corpus(path).documents.columns) == ["n", "source", "lines", "sha256"]
    assert check_blocks(path, block_bytes=1) == 2


def test_nothing_but_the_row_groups_of_a_block_is_read(path):
    write(path, group=6)
    data = bytearray(path.read_bytes())
    begin = pq.ParquetFile(path).metadata.row_group(4).column(0).data_page_offset
    data[begin : begin + 40] = b"\xff" * 40
    path.write_bytes(data)
    blocks = plan(path, block_bytes=200)
    broken = [number for number, block in enumerate(blocks) if block.span.start <= 24 < block.span.stop]
    for number, block in enumerate(blocks):
        if number not in broken:
            assert len(block.read())
    with pytest.raises(StudyError) as error:
        blocks[broken[0]].read()
    assert str(error.value).startswith(f"{blocks[broken[0]].name}: this is no readable .parquet table (")
    assert str(error.value).endswith("). Open it in the program that wrote it, and save it again.")


def test_a_broken_file_is_one_block_that_says_so(path):
    path.write_bytes(b"nonsense")
    (block,) = plan(path, block_bytes=10)
    assert block.name == path.as_posix()
    with pytest.raises(StudyError, match=r"t\.parquet: this is no readable \.parquet table \(.*\)\. Open it in the"):
        block.read()


def test_a_text_that_is_no_utf8_is_refused(path):
    texts = pa.array([b"a", b"b\xff"], pa.binary()).view(pa.string())
    pq.write_table(pa.table({"text": texts}), path)
    with pytest.raises(StudyError, match=r"t\.parquet: this is no readable \.parquet table \(.*UTF8"):
        read_corpus(path)


@pytest.mark.parametrize("size", [1, 1000])
def test_missing_texts_and_ids_and_columns_are_named_with_their_row(path, size):
    pq.write_table(pa.table({"text": ["a", "b", None, None], "key": ["x", None, "y", "z"]}), path)
    name = path.as_posix()

    def message(**options):
        with pytest.raises(StudyError) as error:
            [block.read() for block in plan(path, block_bytes=size, **options)]
        return str(error.value)

    block = f"{name}, rows 0 to 0" if size == 1 else name
    of = "1 of 1" if size == 1 else "2 of 4"
    assert message() == (
        f"{name}, row 2 (from 0): the text is missing, as in {of} rows. Fill the column 'text', or drop these rows."
    )
    assert message(text="key", id="text").startswith(f"{name}, row 1 (from 0): the text is missing, as in 1 of ")
    assert message(id="key").startswith(f"{name}, row ")
    assert message(text="body") == (f"{block}: text must be one of 'text', 'key', 'source', 'sha256'; got 'body'.")
    assert message(id="kye").endswith("got 'kye'. Did you mean 'key'?")


def test_files_without_rows_are_left_out_among_others_and_named_alone(tmp_path):
    empty, full = pa.table({"text": pa.array([], pa.string())}), pa.table({"text": ["a"]})
    pq.write_table(empty, tmp_path / "0.parquet")
    with pytest.raises(StudyError, match=r"0\.parquet: the table has no rows\. Fill it, or leave it out\."):
        plan(tmp_path / "0.parquet")[0].read()
    pq.write_table(full, tmp_path / "1.parquet")
    assert [list(block.read().documents.index) for block in plan(tmp_path)] == [["1:0"]]
