"""How fast on a cluster: two worker processes against one process, and more text than they have memory for.

    python -m tests.benchmarks.cluster              1 GB of Parquet (make bench-cluster)
    python -m tests.benchmarks.cluster --drawn 10   10 GB that the workers draw themselves, block by block

A run over 1 GB or more, of all questions or of those that `--ask` names, writes cluster.json and docs/cluster.md; a
smaller one only prints.

Documents are paragraphs of the messages in `data`, drawn with a seed; each has one invented word of its own, so that
the vocabulary grows with the text as that of news does.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from importlib.util import find_spec
from pathlib import Path
from shutil import rmtree
from typing import Any, TypeVar

import numpy as np
import pandas as pd
import psutil
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from distributed import Client, LocalCluster

import discourse
from discourse.codebook import Codebook, Entry, parse_pattern
from discourse.corpus import Corpus, plan
from discourse.counts.cluster import Distributed
from discourse.counts.parts import Fresh
from discourse.counts.tallies import term_tally
from discourse.counts.tasks import Machines
from discourse.tokens import Encoded, Tokens, tokenize
from discourse.tokens.encoding import block_bytes
from discourse.tokens.shards import folded

from .cluster_page import Result, Row, line, write
from .machine import described, versions
from .memory import peak, start

T = TypeVar("T")
HERE = Path(__file__).parent
CACHE = HERE.parent.parent / "build" / "benchmarks" / "cluster"
MEGABYTE = 1_000_000
SEED = 1790
LEAST = 1000  # megabytes of a run that is written down
WARM = 6 * MEGABYTE
FILE, BLOCK = 64 * MEGABYTE, 48 * MEGABYTE
MEMORY = 2_000_000_000  # of a worker
GROUPS = np.array(list("ABCDEFGH"))
PARAGRAPHS = 12  # of a document, on average: about six thousand characters
INVENTED = 10_000_000
KERNEL = "numba" if find_spec("numba") else "numpy"
BOOK = Codebook(
    frames={
        name: Entry("frame", name, tuple(map(parse_pattern, patterns)))
        for name, patterns in {
            "war": ["war|wars|warfare", "act* of ~3 aggression", "arm* conflict*"],
            "peace": ["peace*", "treat* of ~2 peace|commerce|friendship"],
            "trade": ["trade|commerce", "foreign ~2 market*", "tariff*"],
        }.items()
    }
)


# ── the text ─────────────────────────────────────────────────────────────────────────────────────────────────────


@cache
def paragraphs() -> pa.Array:
    """All paragraphs of the source."""
    texts = pq.read_table(HERE / "data" / "sotu.parquet", columns=["text"])["text"].combine_chunks()
    return pc.list_flatten(pc.split_pattern(texts.cast(pa.string()), "\n\n"))


@dataclass(frozen=True)
class Drawn:
    """A block of documents that is made where it is read."""

    number: int
    size: int = BLOCK

    @property
    def name(self) -> str:
        """The number of its seed."""
        return f"drawn {self.number}"

    def read(self) -> Corpus:
        """Draw its documents."""
        return Corpus.from_frame(self.frame(), id="doc_id")

    def frame(self) -> pd.DataFrame:
        """`doc_id, group, text`, of about the size."""
        rng = np.random.default_rng([SEED, self.number])
        every = paragraphs()
        mean = float(pc.mean(pc.binary_length(every)).as_py()) + 2
        count = max(int(self.size / mean / PARAGRAPHS), 1)
        edges = np.concatenate([[0], np.cumsum(rng.integers(1, 2 * PARAGRAPHS, count))]).astype(np.int32)
        drawn = every.take(pa.array(rng.integers(0, len(every), int(edges[-1]))))
        texts = pc.binary_join(pa.ListArray.from_arrays(pa.array(edges), drawn), "\n\n")
        # The smaller the number, the more often it comes: some invented words are frequent, most are met once.
        invented = pa.array((INVENTED * rng.random(count) ** 3).astype(np.int64)).cast(pa.string())
        own = pc.binary_join_element_wise(texts, pc.binary_join_element_wise(" Q", invented, "q.", ""), "")
        ids = [f"{self.number}-{i}" for i in range(count)]
        return pd.DataFrame({"doc_id": ids, "group": rng.choice(GROUPS, count), "text": own.to_pandas()})


def files(size: int) -> list[Path]:
    """So many megabytes of Parquet, made when missing."""
    folder = CACHE / str(size)
    paths = [folder / f"{number:04}.parquet" for number in range(-(-size * MEGABYTE // FILE))]
    folder.mkdir(parents=True, exist_ok=True)
    for number, path in enumerate(paths):
        if not path.exists():
            table = Drawn(number, min(FILE, size * MEGABYTE - number * FILE)).frame()
            table.to_parquet(path.with_suffix(".part"), row_group_size=2_000)
            path.with_suffix(".part").rename(path)
    return paths


# ── who answers ──────────────────────────────────────────────────────────────────────────────────────────────────


class OneProcess(Encoded):
    """The same blocks, one after the other, in this process."""

    def __init__(self, blocks: Sequence[Any]) -> None:
        self.blocks = blocks

    @property
    def documents(self) -> pd.DataFrame:
        """The documents of the first block: enough for names of columns."""
        return self.blocks[0].read().documents

    def values(self, name: str) -> list[str]:
        """Not asked here."""
        raise NotImplementedError(name)

    def reduce(self, part: Callable[[Tokens], Any], merge: Callable[[Sequence[Any]], Any]) -> Any:
        """What all blocks say together."""
        return folded((part(tokenize(block.read(), kernel=KERNEL, threads=1)) for block in self.blocks), merge)


@contextmanager
def two_workers() -> Iterator[Client]:
    """Two processes of one thread and two gigabytes each."""
    how = {"n_workers": 2, "threads_per_worker": 1, "memory_limit": MEMORY, "dashboard_address": ":0"}
    with LocalCluster(**how, silence_logs=40) as machines, Client(machines) as client:
        yield client


def begun() -> float:
    """Seconds of processor that this process has taken; where the system can, the peak of its memory starts anew."""
    start()
    return seconds_taken()


def spent() -> tuple[float, int]:
    """Seconds of processor that this process has taken, and the most memory since it was asked, in bytes."""
    return seconds_taken(), peak()


def seconds_taken() -> float:
    """Seconds of processor, of this process."""
    times = psutil.Process().cpu_times()
    return float(times.user + times.system)


def each(client: Client | None, ask: Callable[[], T]) -> list[T]:
    """What each process that works says: the workers, or this one."""
    return list(client.run(ask).values()) if client else [ask()]


# ── what is asked ────────────────────────────────────────────────────────────────────────────────────────────────

Question = Callable[[Encoded], Any]
QUESTIONS: dict[str, Question] = {
    "terms per group": partial(term_tally, by="group"),
    "term_frequencies": partial(discourse.term_frequencies, by="group"),
    "frame_frequencies": partial(discourse.frame_frequencies, codebook=BOOK, by="group"),
    "bootstrap_intervals": partial(discourse.bootstrap_intervals, codebook=BOOK, by="group", seed=1),
    "hits of a word": partial(discourse.hits, patterns="reconciliation"),
}


def timed(who: str, name: str, work: Callable[[], Any], size: int, client: Client | None = None) -> Row:
    """What a question over so many bytes takes; work must run in this process or in that of the workers."""
    before, begin = sum(each(client, begun)), time.perf_counter()
    work()
    seconds, after = time.perf_counter() - begin, each(client, spent)
    taken = sum(own for own, _ in after) - before
    return {
        "who": who,
        "what": name,
        "bytes": size,
        "seconds": round(seconds, 2),
        "core seconds": round(taken, 2),
        "memory": sorted(memory for _, memory in after),
    }


def asked(who: str, names: Sequence[str], encoded: Encoded, size: int, client: Client | None = None) -> Iterator[Row]:
    """A row for each question."""
    for name in names:
        yield timed(who, name, partial(QUESTIONS[name], encoded), size, client)


def on_workers(blocks: Sequence[Drawn], client: Client) -> Distributed:
    """Blocks that are drawn by the workers."""
    return Distributed([Fresh(block, number, large=True) for number, block in enumerate(blocks)], Machines(client))


def warmed(names: Sequence[str], client: Client) -> None:
    """Have everything loaded before the clock runs."""
    for name in names:
        QUESTIONS[name](on_workers([Drawn(number, WARM) for number in range(4)], client))


def compare(size: int, names: Sequence[str]) -> Iterator[Row]:
    """One process against two workers, from the same files."""
    paths, folder = files(size), CACHE / "saved"
    blocks = plan(paths, block_bytes=block_bytes(MEMORY // 2))
    total = sum(block.size for block in blocks)
    for name in names:
        QUESTIONS[name](OneProcess([Drawn(0, WARM)]))
    yield from asked("one process", names, OneProcess(blocks), total)
    with two_workers() as client:
        warmed(names, client)
        yield from asked("two workers", names, discourse.encode(paths, client=client), total, client)
        rmtree(folder, ignore_errors=True)
        yield timed(
            "two workers", "encode and save", lambda: discourse.encode(paths, folder, client=client), total, client
        )
        yield from asked("two workers, saved", names, discourse.on_cluster(folder, client), total, client)
        rmtree(folder)


def drawn(size: int, names: Sequence[str]) -> Iterator[Row]:
    """So many gigabytes that no file holds."""
    blocks = [Drawn(number) for number in range(size * 1000 * MEGABYTE // BLOCK)]
    with two_workers() as client:
        warmed(names, client)
        yield from asked("two workers", names, on_workers(blocks, client), len(blocks) * BLOCK, client)


def main() -> None:
    """Print a line for each figure; write those of a run that is large enough."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=LEAST, help="megabytes of Parquet")
    parser.add_argument("--drawn", type=int, default=0, help="gigabytes drawn by the workers, instead of Parquet")
    parser.add_argument("--ask", nargs="+", choices=list(QUESTIONS), default=list(QUESTIONS), help="questions")
    chosen = parser.parse_args()
    result: Result = {"machine": described(), "versions": versions(), "rows": []}
    for row in drawn(chosen.drawn, chosen.ask) if chosen.drawn else compare(chosen.size, chosen.ask):
        result["rows"].append(row)
        sys.stdout.write(f"{line(row)}\n")
        sys.stdout.flush()
    if chosen.drawn or chosen.size >= LEAST:
        write(f"{chosen.drawn} GB drawn" if chosen.drawn else f"{chosen.size} MB", result)


if __name__ == "__main__":
    main()
