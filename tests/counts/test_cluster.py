"""A cluster says what one process says, whatever the files, the cut, and whoever dies; what is broken is named."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from types import SimpleNamespace

import fsspec
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from distributed import Client, Future, LocalCluster

import discourse as d
from discourse._errors import StudyError
from discourse.corpus import Corpus, plan
from discourse.counts import Distributed, cluster, tasks, written
from discourse.counts.parts import Fresh
from discourse.counts.tasks import Machines
from discourse.tokens import Encoded, Tokens
from discourse.tokens.shards import FAN_IN

from .samples import BOOK, PIECES

SIZE = 60
QUESTIONS: dict[str, Callable[[Encoded], pd.DataFrame]] = {
    "terms": lambda tokens: d.term_frequencies(tokens, by="outlet"),
    "terms of the authors": lambda tokens: d.term_frequencies(tokens, by=["outlet", "year"], where={"voice": "author"}),
    "pairs": lambda tokens: d.term_frequencies(tokens, by="outlet", ngram=2, where={"outlet": "A"}),
    "frames": lambda tokens: d.frame_frequencies(tokens, BOOK, by=["outlet", "voice"]),
    "hits": lambda tokens: d.hits(tokens, BOOK, where={"zone": "all"}),
    "terms found": lambda tokens: d.term_hits(tokens, ["war", "no war"]),
    "keyness": lambda tokens: d.keyness(tokens, by="outlet", min_count=1),
    "concordance": lambda tokens: d.concordance(tokens, "sphere* of ~2 influence", width=3),
    "sample of lines": lambda tokens: d.concordance(tokens, "war", sample=20, seed=1),
    "collocates": lambda tokens: d.collocates(tokens, "war", window=(2, 2), min_count=1),
    "bootstrap": lambda tokens: d.bootstrap_intervals(tokens, codebook=BOOK, by="outlet", draws=49, seed=1),
}
SOME = ["terms", "frames", "hits", "bootstrap"]


def rows(size: int = SIZE) -> pd.DataFrame:
    """Documents by three outlets and authors, some without a year."""
    rng = np.random.default_rng(7)
    texts = [" ".join(rng.choice(PIECES, rng.integers(3, 40))) for _ in range(size)]
    about = {"outlet": rng.choice(list("ABC"), size), "author": rng.choice(list("xyz"), size)}
    ids = [f"d{number:03}" for number in range(size)]
    return pd.DataFrame({"doc_id": ids, "text": texts, **about, "year": 2000 + np.arange(size) % 3})


ROWS = rows()


@pytest.fixture(scope="module")
def processes() -> Iterator[Client]:
    """Two workers that are processes of their own."""
    how = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": ":0", "silence_logs": 50}
    with LocalCluster(**how) as machines, Client(machines, set_as_default=False) as client:
        yield client


@pytest.fixture(scope="module")
def threads() -> Iterator[Client]:
    """Two workers inside of this process."""
    how = {"n_workers": 2, "processes": False, "dashboard_address": ":0", "silence_logs": 50}
    with LocalCluster(**how) as machines, Client(machines, set_as_default=False) as client:
        yield client


@pytest.fixture(autouse=True)
def _small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A memory so small that a block has a few documents."""
    monkeypatch.setattr(cluster, "block_bytes", lambda limit: 3_000)


def in_files(folder: Path, ending: str, files: int) -> list[str]:
    """The rows in so many files."""
    folder.mkdir(exist_ok=True)
    paths = []
    for number, own in enumerate(np.array_split(np.arange(len(ROWS)), files)):
        path, table = folder / f"{number:02}.{ending}", ROWS.iloc[own]
        if ending == "parquet":
            table.to_parquet(path, row_group_size=7)
        elif ending == "csv":
            table.to_csv(path, index=False)
        else:
            path.write_text("".join(json.dumps(row) + "\n" for row in table.to_dict("records")), encoding="utf-8")
        paths.append(str(path))
    return paths


def same(encoded: Encoded, whole: Encoded, names: Sequence[str] = tuple(QUESTIONS)) -> None:
    """Ask both the same, and compare to the last bit."""
    for name in names:
        pd.testing.assert_frame_equal(QUESTIONS[name](encoded), QUESTIONS[name](whole), check_exact=True, obj=name)


def of_blocks(client: Client, blocks: Sequence[object], **how: bool) -> Distributed:
    return Distributed([Fresh(block, number) for number, block in enumerate(blocks)], Machines(client, **how))


# ── the same answers ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_cluster_says_what_one_process_says(tmp_path, processes):
    paths = in_files(tmp_path / "in", "parquet", 2)
    whole = d.tokenize(d.read_corpus(paths))
    spread = d.encode(paths, client=processes)
    assert len(spread._parts) > 3
    same(spread, whole)
    pd.testing.assert_frame_equal(spread.documents, whole.documents)
    assert spread.columns == whole.columns
    assert spread.values("voice") == whole.values("voice")
    assert repr(spread) == f"Distributed({len(spread._parts)} parts, 2 workers)"


@pytest.mark.parametrize(("ending", "files"), [("parquet", 1), ("parquet", 20), ("csv", 1), ("csv", 2), ("jsonl", 1)])
def test_any_files_in_any_number(ending, files, tmp_path, threads):
    paths = in_files(tmp_path / "in", ending, files)
    source = paths[0] if files == 1 else str(tmp_path / "in" / f"*.{ending}")
    same(d.encode(source, client=threads), d.tokenize(d.read_corpus(source)), ["terms", "hits"])


def test_a_list_of_text_files(tmp_path, threads):
    paths = [tmp_path / f"{number:02}.txt" for number in range(9)]
    for path, text in zip(paths, ROWS["text"], strict=False):
        path.write_text(text, encoding="utf-8")
    whole = d.tokenize(d.read_corpus(tmp_path))
    spread = d.encode(paths, client=threads)
    pd.testing.assert_frame_equal(d.term_frequencies(spread, by="doc_id"), d.term_frequencies(whole, by="doc_id"))


def test_files_on_other_storage(tmp_path, threads, processes):
    (path,) = in_files(tmp_path / "in", "parquet", 1)
    whole = d.tokenize(d.read_corpus(path))
    memory = fsspec.filesystem("memory")
    memory.pipe("/texts/all.parquet", Path(path).read_bytes())
    same(d.encode("memory://texts/all.parquet", client=threads), whole, ["terms"])
    same(d.encode(f"file://{path}", client=processes), whole, ["terms"])
    memory.rm("/texts", recursive=True)


def test_a_table_in_memory(threads):
    whole = d.tokenize(Corpus.from_frame(ROWS))
    same(d.encode(ROWS, client=threads), whole, ["frames"])


@pytest.mark.parametrize("most", [1, 3])
def test_where_parts_are_many_a_task_asks_several(most, threads, monkeypatch):
    monkeypatch.setattr(tasks, "MOST_TASKS", most)
    same(d.encode(ROWS, client=threads), d.tokenize(Corpus.from_frame(ROWS)), ["terms", "hits"])


def test_answers_are_put_together_a_few_at_a_time(threads):
    spread = of_blocks(threads, plan(ROWS, block_bytes=1))
    assert len(spread._parts) == SIZE > FAN_IN**1.5
    assert spread.reduce(_one, _few) == list(ROWS["doc_id"])


def _one(tokens: Tokens) -> list[str]:
    return tokens.documents.index.tolist()


def _few(answers: Sequence[list[str]]) -> list[str]:
    assert len(answers) <= FAN_IN
    return [each for answer in answers for each in answer]


def test_parts_that_are_kept_answer_without_being_read_again(tmp_path, threads):
    (path,) = in_files(tmp_path / "in", "parquet", 1)
    spread = d.encode(path, client=threads).persist()
    whole = d.tokenize(d.read_corpus(path))
    same(spread, whole, ["terms"])
    Path(path).unlink()
    same(spread, whole, ["frames"])


def test_the_text_of_a_document_is_asked_of_the_part_that_has_it(tmp_path, threads):
    (path,) = in_files(tmp_path / "in", "parquet", 1)
    whole, spread = d.read_corpus(path), d.encode(path, client=threads)
    d.tokenize(whole).save(tmp_path / "saved")
    last = ROWS["doc_id"].iloc[-1]
    for corpus in (spread, spread.persist(), d.on_cluster(tmp_path / "saved", threads)):
        assert corpus.text(last) == whole.text(last) == ROWS["text"].iloc[-1]
        with pytest.raises(KeyError, match=f"There is no document 'nowhere' in this corpus of {len(ROWS)}"):
            corpus.text("nowhere")


@pytest.mark.parametrize("room", [0, 1])
def test_what_parts_said_is_kept_where_there_is_room_and_said_anew_elsewhere(room, threads, monkeypatch):
    monkeypatch.setattr(cluster, "ROOM", room)
    before = len(READ)
    spread = of_blocks(threads, [Noted(Corpus.from_frame(ROWS[at : at + 20])) for at in (0, 20, 40)])
    table = d.term_frequencies(spread, by="outlet")
    columns = 1  # one block is looked at for its columns
    assert len(READ) - before == columns + (3 if room else 6)
    whole = d.term_frequencies(d.tokenize(Corpus.from_frame(ROWS)), by="outlet")
    pd.testing.assert_frame_equal(table, whole, check_exact=True)


READ: list[str] = []


@dataclass(frozen=True)
class Noted:
    """A block that writes down when it is read."""

    corpus: Corpus
    name: str = "noted.csv"
    size: int = 1

    def read(self) -> Corpus:
        READ.append(self.name)
        return self.corpus


# ── saved ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_workers_save_what_opens_anywhere_and_is_answered_by_workers(tmp_path, processes):
    paths = in_files(tmp_path / "in", "csv", 2)
    whole = d.tokenize(d.read_corpus(paths))
    saved = d.encode(paths, tmp_path / "saved", client=processes)
    here = d.open_tokens(tmp_path / "saved")
    assert repr(here).startswith(f"Shards({len(saved._parts)} shards, {SIZE} documents")
    same(saved, whole, SOME)
    same(here, whole, SOME)
    for same_corpus in (here, tmp_path / "saved", str(tmp_path / "saved")):
        assert d.on_cluster(same_corpus, processes).reduce(_one, _few) == list(ROWS["doc_id"])
    assert saved.persist() is saved
    assert saved.layers == here.layers


def test_one_shard_and_its_own_layers_are_seen_by_workers(tmp_path, threads):
    tokens = d.tokenize(Corpus.from_frame(ROWS))
    spans = pd.DataFrame({"doc_id": ["d000"], "start": [0], "end": [9]})
    tokens.with_layer("mine", spans).save(tmp_path / "saved")
    opened = d.open_tokens(tmp_path / "saved")
    spread = d.on_cluster(opened, threads)
    assert isinstance(opened, Tokens)
    assert spread.layers == opened.layers
    table = d.frame_frequencies(spread, BOOK, by="mine")
    pd.testing.assert_frame_equal(table, d.frame_frequencies(opened, BOOK, by="mine"))


def test_a_shard_that_is_written_twice_is_there_once(tmp_path):
    part = Fresh(plan(ROWS)[0], 3)
    entries = [written.write(part, run=tmp_path).shards[3] for _ in range(2)]
    assert entries[0] == entries[1]
    assert [path.name for path in tmp_path.iterdir()] == ["00003"]


def test_a_folder_that_is_not_shared_is_named(tmp_path):
    message = r"one that this process and all workers share; a worker does not see .*elsewhere\. Name another"
    with pytest.raises(ValueError, match=message):
        written.write(Fresh(plan(ROWS)[0], 0), run=tmp_path / "elsewhere" / "run")


def test_nothing_opens_when_encoding_failed(tmp_path, threads):
    paths = [*in_files(tmp_path / "in", "csv", 2), broken(tmp_path)]
    with pytest.raises(StudyError):
        d.encode(paths, tmp_path / "saved", client=threads)
    assert not list((tmp_path / "saved").iterdir())
    with pytest.raises(ValueError, match="holds no saved corpus"):
        d.open_tokens(tmp_path / "saved")
    same(d.encode(paths[:2], tmp_path / "saved", client=threads), d.tokenize(d.read_corpus(paths[:2])), ["terms"])


WRITING, WAITED = threading.Event(), threading.Event()


@dataclass(frozen=True)
class Broken:
    """A block that fails while another one is being written."""

    name: str = "broken.csv"
    size: int = 1

    def read(self) -> Corpus:
        assert WRITING.wait(30)
        raise StudyError("It is broken.")


def test_what_a_failed_encoding_still_writes_is_in_nothing_that_follows(tmp_path, threads, monkeypatch):
    late, folder, write = [], tmp_path / "saved", written.write_shard

    def slowly(*args: object) -> object:
        WRITING.set()
        assert WAITED.wait(30)
        try:
            return write(*args)
        except FileNotFoundError as error:
            late.append(error)
            raise

    monkeypatch.setattr(written, "write_shard", slowly)
    parts = [Fresh(Slow(Corpus.from_frame(ROWS[:2])), 0), Fresh(Broken(), 1)]
    with pytest.raises(StudyError, match="It is broken"):
        cluster._saved(parts, folder, Machines(threads))
    after = d.encode(ROWS, folder)
    files = sorted(folder.rglob("*"))
    WAITED.set()
    deadline = time.monotonic() + 30
    while not late:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert sorted(folder.rglob("*")) == files
    same(after, d.tokenize(Corpus.from_frame(ROWS)), ["terms"])


def test_without_a_client_it_is_this_machine_that_encodes(tmp_path):
    here = d.encode(ROWS, tmp_path / "saved")
    assert not isinstance(here, Distributed)
    same(here, d.tokenize(Corpus.from_frame(ROWS)), ["terms"])
    with pytest.raises(ValueError, match="folder must be given without a client"):
        d.encode(ROWS)


# ── who dies ─────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Slow:
    """A block that takes a while, and after which the worker may be dead."""

    corpus: Corpus
    seconds: float = 0.0
    deadly: bool = False
    name: str = "slow.csv"
    size: int = 1

    def read(self) -> Corpus:
        time.sleep(self.seconds)
        if self.deadly:
            os.kill(os.getpid(), signal.SIGKILL)
        return self.corpus


def test_a_worker_that_is_killed_changes_nothing(processes):
    parts = [block.read() for block in plan(ROWS, block_bytes=1_500)]
    spread = of_blocks(processes, [Slow(part, 0.2) for part in parts])
    victim = next(iter(processes.run(os.getpid).values()))
    killing = threading.Timer(0.7, os.kill, (victim, signal.SIGKILL))
    killing.start()
    begin = time.monotonic()
    table = d.frame_frequencies(spread, BOOK, by="outlet")
    assert time.monotonic() - begin > 0.7
    killing.join()
    whole = d.tokenize(Corpus.from_frame(ROWS))
    pd.testing.assert_frame_equal(table, d.frame_frequencies(whole, BOOK, by="outlet"), check_exact=True)
    processes.wait_for_workers(2)
    assert victim not in processes.run(os.getpid).values()


def test_a_part_that_kills_every_worker_is_named(processes):
    processes.run_on_scheduler(_allow_failures, number=0)
    spread = of_blocks(processes, [Slow(Corpus.from_frame(ROWS), deadly=True, name="huge.csv")])
    with pytest.raises(MemoryError, match=r"Every worker that was given 'huge.csv' died, .* with a smaller memory"):
        spread.reduce(len, sum)
    processes.run_on_scheduler(_allow_failures, number=3)
    processes.wait_for_workers(2)


def _allow_failures(dask_scheduler: SimpleNamespace, *, number: int) -> None:
    dask_scheduler.allowed_failures = number


def test_an_interrupted_question_is_taken_back(threads, monkeypatch):
    spread = of_blocks(threads, [Slow(Corpus.from_frame(ROWS), 0.1)] * 20)
    taken_back: list[Future] = []
    monkeypatch.setattr(Future, "result", _interrupt)
    monkeypatch.setattr(Future, "cancel", lambda future: taken_back.append(future))
    with pytest.raises(KeyboardInterrupt):
        spread.reduce(len, sum)
    assert len(taken_back) == 1


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


# ── what is broken ───────────────────────────────────────────────────────────────────────────────────────────────


def broken(folder: Path) -> str:
    path = folder / "broken.csv"
    path.write_bytes(b"doc_id,text,outlet,author,year\nx1,caf\xe9,A,x,2000\n")
    return str(path)


@pytest.mark.parametrize("saved", [False, True])
def test_a_broken_file_is_named(saved, tmp_path, processes):
    paths = [*in_files(tmp_path / "in", "csv", 1), broken(tmp_path)]
    with pytest.raises(StudyError, match=r"broken\.csv, line 2"):
        d.encode(paths, tmp_path / "saved" if saved else None, client=processes)


@pytest.mark.parametrize("saved", [False, True])
def test_a_broken_file_is_left_out_as_asked_and_never_silently(saved, tmp_path, processes):
    good = in_files(tmp_path / "in", "csv", 2)
    paths = [good[0], broken(tmp_path), good[1]]
    with pytest.warns(UserWarning, match=r"broken\.csv, line 2.* Left out: .*broken\.csv\."):
        spread = d.encode(paths, tmp_path / "saved" if saved else None, client=processes, on_error="skip")
    (name,) = spread.skipped
    assert name.endswith("broken.csv")
    assert "line 2" in spread.skipped[name]
    assert spread.reduce(_one, _few) == list(ROWS["doc_id"])
    if saved:
        assert sorted(path.name for path in (tmp_path / "saved").iterdir()) == [
            *(f"{number:05}" for number in range(len(spread._parts))),
            "manifest.json",
        ]


@pytest.mark.parametrize("saved", [False, True])
def test_of_many_text_files_only_the_broken_one_is_left_out(saved, tmp_path, processes):
    for name, text in {"a": b"War.", "b": b"\xff", "c": b"Peace."}.items():
        (tmp_path / f"{name}.txt").write_bytes(text)
    folder = tmp_path / "saved" if saved else None
    with pytest.raises(StudyError, match=r"b\.txt, line 1: byte 0"):
        d.encode(tmp_path / "*.txt", folder, client=processes)
    with pytest.warns(UserWarning, match=r"Left out: .*b\.txt\."):
        spread = d.encode(tmp_path / "*.txt", folder, client=processes, on_error="skip")
    assert [Path(name).name for name in spread.skipped] == ["b.txt"]
    assert spread.documents.index.tolist() == ["a", "c"]
    assert d.term_frequencies(spread)["term"].tolist() == ["peace", "war"]
    assert d.term_frequencies(spread.persist())["total"].tolist() == [2, 2]


def test_what_breaks_later_is_named_too(tmp_path, threads):
    paths = in_files(tmp_path / "in", "csv", 3)
    spread = d.encode(paths, client=threads, on_error="skip")
    Path(paths[1]).unlink()
    with pytest.warns(UserWarning, match="Left out"):
        assert len(spread.reduce(_one, _few)) == 40
    assert all(paths[1] in name for name in spread.skipped)
    assert len(spread.reduce(_one, _few)) == 40


def test_nothing_that_can_be_read_is_an_error(tmp_path, threads):
    with (
        pytest.warns(UserWarning, match="Left out"),
        pytest.raises(StudyError, match="There is nothing to encode: no block could be read"),
    ):
        d.encode(broken(tmp_path), client=threads, on_error="skip")


def test_a_mistake_in_a_question_is_not_skipped(threads):
    with pytest.raises(ZeroDivisionError):
        of_blocks(threads, plan(ROWS), skip=True).reduce(_divided, sum)


def _divided(tokens: Tokens) -> float:
    return len(tokens) / 0


@pytest.mark.parametrize("saved", [False, True])
def test_an_id_that_occurs_in_two_blocks_is_named_with_both(saved, tmp_path, threads):
    paths = in_files(tmp_path / "in", "csv", 2)
    twice = pd.concat([ROWS.iloc[[0]].assign(doc_id="new"), ROWS.iloc[[42]]])
    twice.to_csv(tmp_path / "in" / "99.csv", index=False)
    with pytest.raises(ValueError, match=r"01\.csv.* and .*99\.csv both have a document 'd042'"):
        d.encode([*paths, tmp_path / "in" / "99.csv"], tmp_path / "saved" if saved else None, client=threads)
    assert not saved or list((tmp_path / "saved").iterdir()) == []


def test_files_with_other_columns_are_named(tmp_path, threads):
    paths = in_files(tmp_path / "in", "csv", 2)
    pd.read_csv(paths[1]).drop(columns="author").to_csv(paths[1], index=False)
    with pytest.raises(StudyError, match=r"01\.csv.* has the columns .*; .*00\.csv.* has 'outlet', 'author'"):
        d.encode(paths, client=threads)


def test_arguments_that_cannot_be_are_named(tmp_path, threads):
    with pytest.raises(ValueError, match="on_error must be one of 'raise', 'skip'; got 'ignore'"):
        d.encode(ROWS, client=threads, on_error="ignore")
    with pytest.raises(ValueError, match="tokens must be saved for workers to share them"):
        d.on_cluster(d.tokenize(Corpus.from_frame(ROWS)), threads)
    with pytest.raises(ValueError, match="holds no saved corpus"):
        d.on_cluster(tmp_path, threads)
    spread = of_blocks(threads, plan(ROWS))
    with pytest.raises(AttributeError, match="A corpus on a cluster has no 'char_starts' of its own"):
        _ = spread.char_starts
    with pytest.raises(AttributeError, match="'Distributed' object has no attribute 'chars'"):
        _ = spread.chars


# ── room ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("workers", "memory", "expected"),
    [
        ([(8, 2), (6, 1)], None, 2),
        ([(8, 2)], 4, 1),
        ([(0, 1)], None, cluster.UNLIMITED // 2),
        ([], None, cluster.UNLIMITED // 2),
    ],
)
def test_a_block_leaves_room_in_the_smallest_share_of_any_worker(workers, memory, expected, monkeypatch):
    monkeypatch.setattr(cluster, "block_bytes", int)
    monkeypatch.setattr(cluster, "LEAST", 0)
    about = {str(i): {"memory_limit": limit, "nthreads": n} for i, (limit, n) in enumerate(workers)}
    assert cluster._block_bytes(SimpleNamespace(scheduler_info=lambda: {"workers": about}), memory) == expected


def test_too_little_memory_is_told_as_it_was_given(threads):
    with pytest.raises(ValueError, match=r"^A worker of \d threads must have .*; got 50,000\. Give more"):
        d.encode(ROWS, client=threads, memory=50_000)


@pytest.mark.parametrize("client", ["scheduler:8786", None])
def test_what_is_no_client_is_named(client, tmp_path):
    with pytest.raises(ValueError, match=r"client must be that of a Dask cluster; got .*\. Make one: Client"):
        d.on_cluster(str(tmp_path), client)
    with pytest.raises(ValueError, match=r"client must be|folder must be given"):
        d.encode(ROWS, client=client)


def test_libraries_keep_to_the_threads_and_the_memory_of_a_worker(processes, threads):
    before = _settings()
    assert of_blocks(processes, plan(ROWS)).reduce(_of_worker, max)[:2] == (1, "system")
    of_blocks(threads, plan(ROWS)).reduce(_of_worker, max)
    assert _settings() == before


def test_a_worker_uses_freed_memory_again(processes):
    # Else, under the settings of Dask, each array takes its 256 pages anew.
    assert of_blocks(processes, plan(ROWS)).reduce(_of_worker, max)[2] < 100 * 256 / 10


def _settings() -> tuple[int, str]:
    return pa.cpu_count(), pa.default_memory_pool().backend_name


def _of_worker(tokens: Tokens) -> tuple[int, str, int]:
    """Settings, and the pages that the system gave for a hundred arrays of a megabyte, one after the other."""
    np.ones(1 << 17)
    before = getrusage(RUSAGE_SELF).ru_minflt
    for _ in range(100):
        np.ones(1 << 17)
    return *_settings(), getrusage(RUSAGE_SELF).ru_minflt - before


def test_a_bar_shows_the_bytes_that_are_done(threads, capsys):
    d.encode(ROWS, client=threads, progress=True)
    assert "100%" in capsys.readouterr().err
    d.encode(ROWS, client=threads)
    assert capsys.readouterr().err == ""
