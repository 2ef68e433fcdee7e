"""Texts larger than memory: block by block, all of them, within a limit, or nothing."""

from __future__ import annotations

import subprocess
import sys

import pandas as pd
import pytest

import discourse
from discourse._errors import StudyError
from discourse.corpus import Corpus, plan, read_corpus
from discourse.tokens import Shards, open_tokens, tokenize
from discourse.tokens.encoding import BASE, LARGEST_BLOCK, PEAK, VOICES, block_bytes, checked_memory, encode_blocks

TEXTS = [f"The {n}th “orbit” of Türkiye.\n\nNo war." for n in range(40)]
FRAME = pd.DataFrame({"text": TEXTS, "outlet": list("AB") * 20})


class Broken:
    """A block that cannot be read, as readers say it."""

    name, size = "broken.csv, rows 3 to 7", 100

    def read(self) -> Corpus:
        raise StudyError("broken.csv, line 4: there are 3 fields. Mend the line.")


@pytest.mark.parametrize("size", [50, 400, 10_000])
def test_blocks_hold_what_the_whole_holds(tmp_path, size):
    opened = encode_blocks(plan(FRAME, block_bytes=size), tmp_path / "saved")
    whole = tokenize(Corpus.from_frame(FRAME))
    assert isinstance(opened, Shards) == (size < 10_000)
    pd.testing.assert_frame_equal(opened.frame(), whole.frame())
    pd.testing.assert_frame_equal(opened.documents, whole.documents)


def test_voices_are_saved_only_when_they_are_asked_for(tmp_path):
    quick = encode_blocks(plan(FRAME), tmp_path / "quick")
    assert not any(quick.knows(name) for name in VOICES)
    slow = encode_blocks(plan(FRAME), tmp_path / "slow", layers=quick.layers)
    assert all(slow.knows(name) for name in VOICES)
    assert slow.layer("voice").expand().tolist() == quick.layer("voice").expand().tolist()


def test_a_block_that_cannot_be_read_is_raised_or_left_out_with_a_warning(tmp_path):
    blocks = [*plan(FRAME.head(2)), Broken()]
    with pytest.raises(StudyError, match=r"broken.csv, line 4: there are 3 fields"):
        encode_blocks(blocks, tmp_path / "raised")
    with pytest.raises(ValueError, match="holds no saved corpus"):
        open_tokens(tmp_path / "raised")
    with pytest.warns(UserWarning, match=r"there are 3 fields. Mend the line. Left out: broken.csv, rows 3 to 7\."):
        opened = encode_blocks(blocks, tmp_path / "skipped", on_error="skip")
    assert len(opened.documents) == 2
    with pytest.warns(UserWarning, match="Left out"), pytest.raises(StudyError, match="no block could be read"):
        encode_blocks([Broken()], tmp_path / "nothing", on_error="skip")
    with pytest.raises(ValueError, match="on_error must be one of 'raise', 'skip'; got 'ignore'"):
        encode_blocks(blocks, tmp_path / "other", on_error="ignore")


def test_of_many_text_files_only_the_broken_ones_are_left_out(tmp_path):
    for name, text in {"a": b"War.", "b": b"\xff", "c": b"Peace.", "d": b""}.items():
        (tmp_path / f"{name}.txt").write_bytes(text)
    blocks = plan(tmp_path)
    assert len(blocks) == 1
    with pytest.raises(StudyError, match=r"b\.txt, line 1: byte 0"):
        encode_blocks(blocks, tmp_path / "raised")
    with pytest.warns(UserWarning, match="Left out") as told:
        opened = encode_blocks(blocks, tmp_path / "skipped", on_error="skip")
    assert opened.documents.index.tolist() == ["a", "c"]
    assert [str(warning.message).rpartition("/")[2] for warning in told] == ["b.txt.", "d.txt."]


def test_an_id_that_occurs_twice_is_found_between_blocks(tmp_path):
    blocks = [*plan(FRAME.head(3)), *plan(FRAME.iloc[2:5])]
    with pytest.raises(ValueError, match="the id '2' occurs twice in the source"):
        encode_blocks(blocks, tmp_path / "saved")


def test_blocks_with_other_columns_are_refused(tmp_path):
    blocks = [*plan(FRAME.head(3)), *plan(FRAME.tail(3).drop(columns="outlet"))]
    named = r"documents 0 to 2 has the columns 'source', .*; documents 0 to 2 has 'outlet', 'source', .*Give all files"
    with pytest.raises(StudyError, match=named):
        encode_blocks(blocks, tmp_path / "saved")


def test_the_bar_shows_the_bytes_done(tmp_path, capsys):
    encode_blocks(plan(FRAME, block_bytes=400), tmp_path / "shown", progress=True)
    assert "100%" in capsys.readouterr().err
    encode_blocks(plan(FRAME, block_bytes=400), tmp_path / "hidden")
    assert capsys.readouterr().err == ""


def test_blocks_grow_with_the_limit_and_never_beyond_what_answers_well():
    assert block_bytes(BASE + (10 << 20) * PEAK) == 10 << 20
    assert block_bytes(1 << 50) == LARGEST_BLOCK
    assert 1 << 20 <= block_bytes() <= LARGEST_BLOCK
    for given in ("2 GB", 0, -1, float("nan"), float("inf")):
        with pytest.raises(ValueError, match=r"memory must be a number of bytes, 1 or more; got .* Write 2_000"):
            checked_memory(given)
    with pytest.raises(ValueError, match=r"memory must be at least [\d,]+ bytes; got 1,000. Give more"):
        block_bytes(1000)


def test_a_corpus_larger_than_the_limit_is_encoded_within_it(tmp_path):
    limit = 620_000_000
    text = " ".join(f"word{n % 5000} and “more” of the war." for n in range(10_000))
    frame = pd.DataFrame({"text": [f"{n} {text}" for n in range(250)]})
    frame.to_parquet(tmp_path / "source.parquet", row_group_size=20)
    code = (
        "import re, sys; from pathlib import Path\n"
        "from discourse.corpus import plan; from discourse.tokens.encoding import block_bytes, encode_blocks\n"
        "blocks = plan(sys.argv[1] + '/source.parquet', block_bytes=block_bytes(int(sys.argv[2])))\n"
        "print(encode_blocks(blocks, Path(sys.argv[1], 'saved')))\n"
        # Not ru_maxrss: it begins with what the process had that started this one.
        "print(int(re.search(r'VmHWM:\\s*(\\d+)', Path('/proc/self/status').read_text())[1]) * 1024)"
    )
    command = [sys.executable, "-W", "error", "-c", code, str(tmp_path), str(limit)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    shown, peak = done.stdout.splitlines()
    assert "250 documents" in shown
    assert int(peak) < limit
    assert sum(len(text) for text in frame["text"]) > 75_000_000


def test_the_home_of_the_user_may_be_written_with_a_tilde(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "a.txt").write_text("No war.", encoding="utf-8")
    assert read_corpus("~/a.txt").text("a") == "No war."
    discourse.encode("~/*.txt", "~/encoded")
    tokenize(read_corpus("~/a.txt")).save("~/saved")
    assert len(open_tokens("~/encoded")) == len(open_tokens(tmp_path / "saved")) == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "encoded", "saved"]
