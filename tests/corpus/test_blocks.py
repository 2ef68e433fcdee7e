"""Blocks: any source in stretches of bounded size that hold together what is read at once."""

import csv
import json
import pickle
import subprocess
import sys

import fsspec
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from put_together import check_blocks, put_together, same

from discourse._errors import StudyError
from discourse.corpus import Block, Corpus, id_hashes, plan, read_corpus
from discourse.corpus.blocks import joined

ENDINGS = ["parquet", "csv", "jsonl"]
ROWS = [{"text": f"Text number {k},\nof “some”.", "outlet": "AB"[k % 2], "year": str(2000 + k)} for k in range(20)]


def write(path, rows=ROWS):
    """Write a table in the format that its ending names."""
    if path.suffix == ".parquet":
        pq.write_table(pa.Table.from_pylist(rows), path, row_group_size=6)
    elif path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    else:
        path.write_bytes("".join(json.dumps(row) + "\n" for row in rows).encode())
    return path


@pytest.fixture
def memory():
    """An empty file system in memory."""
    system = fsspec.filesystem("memory")
    yield system
    for name in system.ls("/", detail=False):
        system.rm(name, recursive=True)


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("options", [{}, {"id": "year"}, {"text": "outlet", "id": "text"}])
def test_a_table_in_blocks_is_the_table(tmp_path, ending, options):
    path = write(tmp_path / f"t.{ending}")
    assert check_blocks(path, block_bytes=200, **options) > 3
    assert check_blocks(path, block_bytes=1 << 20, **options) == 1


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_block_can_be_sent_and_says_what_it_is(tmp_path, ending):
    path = write(tmp_path / f"t.{ending}")
    blocks = plan(path, block_bytes=200)
    for block in blocks:
        assert isinstance(block, Block)
        sent = pickle.dumps(block)
        assert len(sent) < 1000
        same(pickle.loads(sent).read(), block.read())
    rows = [name.partition(", rows ")[2].split(" to ") for name in (block.name for block in blocks)]
    assert rows[0][0] == "0"
    assert rows[-1][1] == "19"
    assert [int(last) + 1 for _, last in rows[:-1]] == [int(first) for first, _ in rows[1:]]
    text = sum(len(row["text"].encode()) for row in ROWS)
    assert text / 2 < sum(block.size for block in blocks) < text * 4


@pytest.mark.parametrize("ending", ENDINGS)
def test_several_tables_have_ids_by_file_and_row(tmp_path, ending):
    for year in ("2024", "2025"):
        (tmp_path / year).mkdir()
        write(tmp_path / year / f"may.{ending}", ROWS[:5])
    sources = [tmp_path / year / f"may.{ending}" for year in ("2024", "2025")]
    for source in (tmp_path, f"{tmp_path}/*/*.{ending}", sources, iter(sources)):
        corpus = put_together(block.read() for block in plan(source, block_bytes=90))
        assert list(corpus.documents.index) == [f"{year}/may:{k}" for year in ("2024", "2025") for k in range(5)]
        assert list(corpus.documents["source"].unique()) == [path.as_posix() for path in sources]
    assert check_blocks(tmp_path, block_bytes=90) > 5
    assert list(read_corpus(tmp_path / "2024").documents.index) == list("01234")
    with pytest.raises(ValueError, match=r"'2000', '2001', '2002' occurs more than once"):
        read_corpus(tmp_path, id="year")


def test_tables_with_other_columns_are_joined_and_what_is_unknown_is_empty(tmp_path):
    write(tmp_path / "1.jsonl", [{"text": "a", "n": 1, "f": 1.5}])
    write(tmp_path / "2.jsonl", [{"text": "b", "f": 2.5, "outlet": "X"}])
    documents = read_corpus(tmp_path).documents
    assert list(documents.columns) == ["n", "f", "outlet", "source", "lines", "sha256"]
    assert documents["n"].tolist() == ["1", ""]
    assert documents["f"].tolist() == [1.5, 2.5]
    assert documents["outlet"].tolist() == ["", "X"]


def test_text_files_are_grouped_and_one_is_never_cut(tmp_path):
    for number, size in enumerate([10, 10, 10, 50, 10]):
        (tmp_path / f"{number}.txt").write_bytes(b"a\r\n" + b"x" * (size - 3))
    blocks = plan(tmp_path, block_bytes=25)
    name = tmp_path.as_posix()
    assert [block.size for block in blocks] == [20, 10, 50, 10]
    assert [block.name for block in blocks[:2]] == [f"{name}/0.txt to {name}/1.txt (2 files)", f"{name}/2.txt"]
    assert check_blocks(tmp_path, block_bytes=25) == 4
    assert check_blocks(f"{tmp_path}/[1-3].txt", block_bytes=1) == 3
    assert blocks[0].read().documents["lines"].tolist() == ["1-2", "1-2"]


def test_a_text_file_that_cannot_be_read_is_named(tmp_path):
    (tmp_path / "1.txt").write_bytes(b"One.")
    (tmp_path / "2.txt").write_bytes(b"Two.\n\xff")
    first, second = plan(tmp_path, block_bytes=1)
    assert first.read().text("1") == "One."
    with pytest.raises(StudyError, match=r"2\.txt, line 2: byte 5 \(0xff\) is not valid utf-8\. Save the file as"):
        second.read()
    (tmp_path / "1.txt").unlink()
    with pytest.raises(StudyError, match=r"1\.txt: there is no such file\."):
        first.read()


@settings(max_examples=30)
@given(st.lists(st.text(max_size=9), max_size=9), st.integers(1, 30))
def test_a_frame_and_a_corpus_are_sliced_by_bytes(texts, size):
    frame = pd.DataFrame({"text": pd.Series(texts, dtype="str"), "n": range(len(texts))})
    corpus = Corpus.from_frame(frame)
    for source in (frame, corpus):
        blocks = plan(source, block_bytes=size)
        if texts:
            same(put_together(block.read() for block in blocks), corpus)
        for block in blocks:
            assert block.size <= size or len(block.read()) == 1
            same(pickle.loads(pickle.dumps(block)).read(), block.read())


def test_slices_of_a_corpus_keep_their_zones():
    corpus = Corpus.from_frame(pd.DataFrame({"text": ["abcd", "", "ef", "gh"]}))
    zones = pd.DataFrame({
        "doc_id": ["0", "0", "2", "3"], "start": [0, 1, 0, 0], "end": [1, 4, 2, 2],
        "zone": ["title", "body", "body", "note"], "section": "", "rule": "",
    })  # fmt: skip
    corpus = Corpus(corpus.documents, zones, corpus.texts)
    blocks = plan(corpus, block_bytes=4)
    assert [block.name for block in blocks] == ["documents 0 to 1", "documents 2 to 3"]
    assert [list(block.read().zones["zone"]) for block in blocks] == [["title", "body"], ["body", "note"]]
    same(put_together(block.read() for block in blocks), corpus)


def test_a_slice_is_sent_without_what_it_was_cut_out_of():
    frame = pd.DataFrame({"text": ["x" * 1000] * 1000})
    blocks = plan(frame, block_bytes=1000)
    assert len(blocks) == 1000
    assert len(pickle.dumps(blocks[500])) < 20_000


def test_several_frames_are_numbered_through_unless_they_have_ids():
    frames = [pd.DataFrame({"text": ["a", "b"]}), pd.DataFrame({"text": ["c"]})]
    assert list(read_corpus(iter(frames)).documents.index) == ["0", "1", "2"]
    assert [block.name for block in plan(frames)] == ["documents 0 to 1", "documents 2 to 2"]
    named = [frame.set_axis(labels) for frame, labels in zip(frames, (["x", "y"], ["z"]), strict=True)]
    assert list(read_corpus(named).documents.index) == ["x", "y", "z"]
    mixed = [Corpus.from_frame(named[0]), frames[1]]
    assert list(read_corpus(mixed).documents.index) == ["x", "y", "2"]


@pytest.mark.parametrize("ending", ENDINGS)
def test_urls_are_read_as_files_are_and_have_no_hash(tmp_path, memory, ending):
    path = write(tmp_path / f"t.{ending}")
    memory.pipe(f"/shelf/t.{ending}", path.read_bytes())
    url = f"memory://shelf/t.{ending}"
    assert check_blocks(url, block_bytes=200) > 3
    assert check_blocks(f"memory://shelf/*.{ending}", block_bytes=200) > 3
    found, expected = read_corpus(url), read_corpus(path)
    assert found.texts.equals(expected.texts)
    assert set(found.documents["sha256"]) == {""}
    assert set(found.documents["source"]) == {url}


def test_text_files_at_a_url_are_read(memory):
    for name in ("a/1", "b"):
        memory.pipe(f"/shelf/{name}.txt", b"One.\ntwo\n")
    corpus = read_corpus("memory://shelf")
    assert list(corpus.documents.index) == ["a/1", "b"]
    assert check_blocks("memory://shelf", block_bytes=1) == 2


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_broken_file_is_told_when_its_block_is_read(tmp_path, ending):
    write(tmp_path / f"1.{ending}")
    (tmp_path / f"2.{ending}").write_bytes(b'"\xff broken')
    for size in (1, 1 << 20):
        *good, bad = plan(tmp_path, block_bytes=size)
        assert sum(len(block.read()) for block in good) == 20
        with pytest.raises(StudyError, match=rf"2\.{ending}"):
            bad.read()


def test_ids_that_occur_twice_in_a_block_are_refused(tmp_path):
    path = write(tmp_path / "t.csv")
    with pytest.raises(StudyError) as error:
        plan(path, id="outlet")[0].read()
    assert str(error.value) == (
        f"{path.as_posix()}: Every document needs an id of its own; 'A', 'B' occurs more than once. "
        "Name another column as `id`, or leave it out; frame.reset_index(drop=True) numbers rows anew."
    )


def test_hashes_of_ids_are_the_same_in_every_block():
    frame = pd.DataFrame({"text": ["a", "b", "c"]}, index=["x", "ü", "z"])
    hashes = id_hashes(Corpus.from_frame(frame))
    assert hashes.dtype == np.uint64
    assert len(set(hashes.tolist())) == 3
    assert id_hashes(Corpus.from_frame(frame.iloc[1:2])).tolist() == hashes[1:2].tolist()


def test_an_empty_table_in_memory_has_no_blocks():
    assert plan(pd.DataFrame({"text": pd.Series([], dtype="str")})) == []


@pytest.mark.parametrize(
    ("source", "options", "message"),
    [
        ([], {}, "source must name something to read; it is empty. Give a path, a table, or several."),
        ([pd.DataFrame({"text": ["a"]}), "a.csv"], {}, "source must hold DataFrames and Corpora, or paths; after the"),
        (pd.DataFrame({"text": ["a"]}), {"encoding": None}, "encoding must be a name such as 'utf-8'; got None"),
        (pd.DataFrame({"text": ["a"]}), {"block_bytes": 0}, "block_bytes must be 1 or more; got 0. The default is"),
        (Corpus.from_frame(pd.DataFrame({"text": ["a"]})), {"id": "x"}, "id names a column of a table, and a Corpus"),
        (pd.DataFrame({"text": ["a"]}), {"text": "x"}, "text must be one of 'text'; got 'x'."),
    ],
)
def test_what_is_no_source_is_refused(source, options, message):
    with pytest.raises(ValueError) as error:  # noqa: PT011
        plan(source, **options)
    assert message in str(error.value)


def test_corpora_are_joined_in_order():
    corpora = [
        Corpus.from_frame(pd.DataFrame({"text": ["a", ""]}, index=["x", "y"])),
        read_corpus(pd.DataFrame({"text": ["b"]})),
    ]
    whole = joined(corpora)
    assert whole.texts.to_pylist() == ["a", "", "b"]
    assert list(whole.zones["doc_id"]) == ["x", "0"]
    assert joined(corpora[:1]) is corpora[0]


MEASURE = """
import sys
from pathlib import Path
import psutil
from discourse.corpus import plan

def peak():
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text().partition("VmHWM:")[2].split()[0]) * 1024
    used = psutil.Process().memory_info()
    return getattr(used, "peak_wset", used.rss)

small, large, size = sys.argv[1], sys.argv[2], int(sys.argv[3])
for block in plan(small, block_bytes=size // 8):
    block.read()
before = peak()
for block in plan(large, block_bytes=size):
    assert len(block.read())
sys.stdout.write(str(peak() - before))
"""
SIZE = 16 << 20
ROOM = 24 << 20  # what allocators keep, whatever the size of the blocks


@pytest.mark.parametrize("ending", ENDINGS)
def test_memory_is_a_few_blocks_however_large_the_file(tmp_path, ending):
    line = "Die Straße führt über die Brücke, sagte er.\n" * 60

    def table(name, n):
        path = tmp_path / f"{name}.{ending}"
        if ending == "parquet":
            pd.DataFrame({"text": [f"{k} {line}" for k in range(n)], "n": range(n)}).to_parquet(path)
        elif ending == "csv":
            path.write_bytes(b"text,n\n" + b"".join(f'"{k} {line}",{k}\n'.encode() for k in range(n)))
        else:
            shown = json.dumps(line, ensure_ascii=False)[1:]
            path.write_bytes("".join(f'{{"text": "{k} {shown}, "n": {k}}}\n' for k in range(n)).encode())
        return path

    sources = [table("small", 1500), table("large", 40_000)]
    command = [sys.executable, "-c", MEASURE, *map(str, sources), str(SIZE)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert 0 < int(done.stdout) <= 4 * SIZE + ROOM


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_id_that_is_empty_is_named_by_its_row_in_the_file(tmp_path, ending):
    rows = [row | {"key": "" if number == 13 else str(number)} for number, row in enumerate(ROWS)]
    path = write(tmp_path / f"table.{ending}", rows)
    for size in (100, 1 << 20):
        with pytest.raises(StudyError, match=rf"{ending}, row 13 \(from 0\): the id is missing.*"):
            [block.read() for block in plan(path, id="key", block_bytes=size)]


def test_a_link_to_nothing_is_named_as_a_file_that_is_missing(tmp_path):
    (tmp_path / "a.txt").write_text("War.", encoding="utf-8")
    (tmp_path / "b.txt").symlink_to(tmp_path / "nowhere")
    with pytest.raises(StudyError, match=r"b\.txt: there is no such file"):
        read_corpus(tmp_path)
    with pytest.raises(StudyError, match=r"b\.txt: there is no such file"):
        read_corpus(f"{tmp_path}/*.txt")
    (tmp_path / "nowhere").write_text("Peace." * 9, encoding="utf-8")
    assert list(read_corpus(tmp_path).documents.index) == ["a", "b"]
    assert sum(block.size for block in plan(tmp_path)) == 4 + 54


@pytest.mark.parametrize("ending", ["csv", "jsonl"])
def test_a_table_that_may_not_be_opened_is_no_broken_table(tmp_path, ending, monkeypatch):
    path = write(tmp_path / f"table.{ending}")

    def forbid(*arguments, **options):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("discourse.corpus.files.File.open", forbid)
    monkeypatch.setattr("discourse.corpus.files.File.read", forbid)
    with pytest.raises(StudyError, match=rf"{ending}: this file cannot be read \(.*Permission denied.*\)\. Check that"):
        read_corpus(path)
