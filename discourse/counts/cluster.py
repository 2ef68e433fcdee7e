"""A corpus on a cluster: its parts are read, encoded and asked where there is room, by the workers of Dask."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from uuid import uuid4

import pandas as pd

from discourse._errors import choose
from discourse.corpus import plan
from discourse.corpus.documents import unknown_document
from discourse.tokens import Encoded, Shards, Tokens
from discourse.tokens.encoded import T, stacked
from discourse.tokens.encoding import LEAST, block_bytes, checked_memory, encode_blocks
from discourse.tokens.opened import SavedTokens, Shard
from discourse.tokens.saved import (
    UNFINISHED,
    alone,
    as_folder,
    discard,
    prepare,
    read_manifest,
    write_manifest,
)
from discourse.tokens.scanning.scan import WORTH_LOADING

from .mapped import Anew, Mapped
from .parts import Fresh, Kept, Part, Stored, rest_of, text_with
from .survey import MOST_NAMED, Survey, all_surveyed, documents_with, refuse_twice, surveyed, without_hashes
from .tasks import Machines, keep
from .written import in_order, write

if TYPE_CHECKING:
    from dask.delayed import Delayed
    from distributed import Client

# Of the memory of a worker, what a task may take: the rest is for answers, and Dask begins to write to disk at 60 %.
SHARE = 0.5
# Memory of a worker that has no limit, in bytes a thread.
UNLIMITED = 4 << 30
# What parts say, to be asked again, takes at most so many bytes a byte of text, and may take that share of all memory.
SAID, ROOM = 0.75, 0.25

A = TypeVar("A")
B = TypeVar("B")


def encode(
    source: str | PurePath | Sequence[str | PurePath] | pd.DataFrame,
    folder: str | PurePath | None = None,
    *,
    client: Client | None = None,
    text: str | None = None,
    id: str | None = None,
    encoding: str = "utf-8",
    memory: int | None = None,
    on_error: str = "raise",
    progress: bool | None = None,
) -> Encoded:
    """Encode texts of any size, block by block: on this machine, or with a client on a cluster.

    Args:
        source: what `read_corpus` reads: files (also several, or a glob), on any storage that fsspec knows.
        folder: a new or an empty folder for the encoded corpus; with a client, one that all workers share. With a
            client it may be left out: then nothing is saved, and each question reads and encodes anew, unless the
            corpus is told to `.persist()`.
        client: of a Dask cluster.
        text, id, encoding: see `read_corpus`.
        memory: the limit for this process, or for a worker, in bytes; by default a quarter of the machine, or the
            limit that the workers were started with.
        on_error: `raise`, or `skip`: leave out text files and blocks of tables that cannot be read, with a warning;
            `.skipped` of a corpus on a cluster lists them.
        progress: show a bar; by default on a terminal.

    Returns:
        The corpus, for all public functions.

    Raises:
        StudyError: a file cannot be read (`raise`), or none can, or one has other columns; names file and place.
        ValueError: no folder and no client; the folder holds something; an id occurs twice; another `on_error`.

    >>> import tempfile
    >>> frame = pd.DataFrame({"text": ["No more war.", "Peace."]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     encode(frame, folder)
    Tokens(2 documents, 6 tokens, 5 types; saved)
    """
    choose("on_error", on_error, ["raise", "skip"])
    memory = None if memory is None else checked_memory(memory)
    if client is not None:
        check_client(client)
    if client is None and folder is None:
        raise ValueError("folder must be given without a client: the encoded corpus goes there. Name an empty one.")
    size = block_bytes(memory) if client is None else _block_bytes(client, memory)
    blocks = plan(source, text=text, id=id, encoding=encoding, block_bytes=size)
    if client is None:
        return encode_blocks(blocks, as_folder(folder), on_error=on_error, progress=progress)
    large = sum(block.size for block in blocks) >= WORTH_LOADING * len(Machines(client).workers())
    parts = [Fresh(block, number, large) for number, block in enumerate(blocks)]
    machines = Machines(client, on_error == "skip", progress)
    return _on_workers(parts, machines) if folder is None else _saved(parts, as_folder(folder).absolute(), machines)


def on_cluster(tokens: Tokens | Shards | str | PurePath, client: Client) -> Distributed:
    """Have a saved corpus answered by the workers of a cluster.

    Args:
        tokens: what `open_tokens` opened, or its folder; the workers must see it under the same path.
        client: of a Dask cluster.

    Raises:
        ValueError: it is not saved, or the folder holds no saved corpus.
    """
    check_client(client)
    folder = _folder_of(tokens)
    return Distributed([Stored(folder, entry) for entry in read_manifest(folder)], Machines(client))


def check_client(client: Client) -> None:
    """Refuse what is no client, such as its address."""
    if not hasattr(client, "scheduler_info"):
        raise ValueError(f"client must be that of a Dask cluster; got {client!r}. Make one: Client(address).")


def _folder_of(tokens: Tokens | Shards | str | PurePath) -> Path:
    if isinstance(tokens, Shards):
        return tokens.folder.absolute()
    if isinstance(tokens, SavedTokens):
        return tokens._shard.folder.parent.absolute()
    if isinstance(tokens, str | PurePath):
        return as_folder(tokens).absolute()
    raise ValueError(f"tokens must be saved for workers to share them; got {tokens!r}. Call tokens.save(folder) first.")


class Distributed(Encoded):
    """A corpus in parts that the workers of a cluster answer for. Public functions take it as they take `Tokens`.

    Attributes:
        skipped: the text files and blocks that could not be read and were left out, and why.
    """

    def __init__(
        self,
        parts: Sequence[Part],
        machines: Machines,
        *,
        skipped: Mapping[str, str] | None = None,
        kept: Sequence[Delayed] = (),
    ) -> None:
        self.skipped = dict(skipped or {})
        self._all_parts = list(parts)
        self._machines = machines
        self._kept = kept
        self._values: dict[str, list[str]] = {}

    @property
    def _parts(self) -> list[Part]:
        rests = (rest_of(part, self.skipped) for part in self._all_parts)
        return [part for part in rests if part is not None]

    def __repr__(self) -> str:
        workers = len(self._machines.client.nthreads())
        return f"Distributed({len(self._parts):,} parts, {workers:,} workers)"

    def __getattr__(self, name: str) -> Any:
        """Say what to do where one part is needed."""
        if name.startswith("__") or not (hasattr(Tokens, name) or name in Tokens.__dataclass_fields__):
            raise AttributeError(f"'Distributed' object has no attribute {name!r}")
        raise AttributeError(
            f"A corpus on a cluster has no {name!r} of its own. Use a public function, or `.reduce` with a "
            "function that asks each part."
        )

    def reduce(self, part: Callable[[Tokens], T], merge: Callable[[Sequence[T]], T]) -> T:
        """What all parts say together; the workers ask them."""
        return self._answer(partial(_of_tokens, part=part), merge)

    def _answer(self, ask: Callable[[Part], T], merge: Callable[[Sequence[T]], T]) -> T:
        answer, skipped = self._machines.answer(self._parts, ask, merge, kept=self._kept)
        self.skipped |= skipped
        return answer

    def persist(self) -> Distributed:
        """Keep the encoded parts in the memory of the workers, so that questions are answered from there.

        They take about three times the space of the texts. What a worker had that dies is encoded again.
        """
        if any(isinstance(part, Stored) for part in self._parts):
            return self  # the system keeps files in memory by itself
        return Distributed(self._parts, self._machines, skipped=self.skipped, kept=self._keep(None))

    def _keep(self, ask: Callable[[Tokens], Any] | None) -> Sequence[Delayed]:
        """Have the workers keep their parts, or what these say."""
        from dask import delayed

        keeping: Any = delayed(partial(keep, ask=ask), pure=False)
        parts = self._kept or [delayed(part, traverse=False) for part in self._parts]
        kept: Sequence[Delayed] = self._machines.client.persist([keeping(part) for part in parts])
        return kept

    def mapped(self, part: Callable[[Tokens], A]) -> Mapped[A]:
        """What each part says to a question that others build on; the workers keep it where they have room."""
        room = sum(_memory(worker) for worker in self._machines.workers())
        needed = SAID * sum(own.size for own in self._parts)
        if self._machines.skip or needed > ROOM * room:
            return Anew(self, part)
        return Said(self._parts, self._machines, self._keep(part))

    @cached_property
    def documents(self) -> pd.DataFrame:
        """The table of documents of all parts; index `doc_id`. All of it comes to this machine."""
        return self._answer(_documents, stacked)

    def text(self, doc_id: str) -> str:
        """The source text of a document, nothing changed; only it comes to this machine.

        Raises:
            UnknownDocument: (a KeyError) names the nearest id.
        """
        found = self._answer(partial(text_with, doc_id=doc_id), _first_some)
        if found is None:
            raise unknown_document(doc_id, self.documents.index)
        return found

    @cached_property
    def columns(self) -> list[str]:
        """Everything that `by` and `where` may name: `doc_id`, document columns and layers."""
        # All parts have the same ones: that of the first are asked.
        own, _ = self._machines.quiet().answer(self._parts[:1], _columns, _first, kept=self._kept[:1])
        return ["doc_id", *own, *self.layers]

    @cached_property
    def layers(self) -> tuple[str, ...]:
        """The layers that every part has."""
        own = [Shard(part.folder, part.entry).layers for part in self._parts if isinstance(part, Stored)]
        shared = [name for name in (own[0] if own else ()) if all(name in layers for layers in own)]
        return tuple(dict.fromkeys([*super().layers, *shared]))

    def values(self, name: str) -> list[str]:
        """The values that occur in a layer, sorted, as names of groups."""
        if name not in self._values:
            self._values[name] = super().values(name)
        return self._values[name]


@dataclass(frozen=True)
class Said(Generic[A]):
    """What parts said and workers keep."""

    parts: Sequence[Part]
    machines: Machines
    kept: Sequence[Delayed]

    def reduce(self, then: Callable[[A], B], merge: Callable[[Sequence[B]], B]) -> B:
        """What follows from what each part said, put together."""
        answer, _ = self.machines.answer(self.parts, partial(_of_held, then=then), merge, kept=self.kept)
        return answer


def _of_held(own: Kept, *, then: Callable[[A], B]) -> B:
    return then(own.held)


def _of_tokens(own: Part, *, part: Callable[[Tokens], T]) -> T:
    return part(own.tokens())


def _documents(part: Part) -> pd.DataFrame:
    return part.documents()


def _columns(part: Part) -> list[str]:
    return [str(name) for name in part.documents().columns]


def _first_some(answers: Sequence[str | None]) -> str | None:
    return next((answer for answer in answers if answer is not None), None)


def _first(answers: Sequence[T]) -> T:
    return answers[0]


# ── encoding ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _block_bytes(client: Client, memory: int | None) -> int:
    """How much text a task reads at once, so that no worker needs more than its memory."""
    workers = Machines(client).workers()
    threads = max((worker["nthreads"] for worker in workers), default=1)
    each = [int((memory or _memory(worker)) // worker["nthreads"]) for worker in workers]
    task = int(min(each, default=memory or UNLIMITED) * SHARE)
    if task < LEAST:
        raise ValueError(
            f"A worker of {threads} threads must have at least {int(LEAST / SHARE) * threads:,} bytes; got "
            f"{memory or min(map(_memory, workers)):,}. Give more memory, or start workers with fewer threads."
        )
    return block_bytes(task)


def _memory(worker: Mapping[str, Any]) -> int:
    """What a worker may take, in bytes."""
    return int(worker["memory_limit"] or UNLIMITED * worker["nthreads"])


def _on_workers(parts: Sequence[Fresh], machines: Machines) -> Distributed:
    survey, skipped = machines.answer(parts, surveyed, all_surveyed, finish=without_hashes)
    corpus = Distributed(parts, machines, skipped=skipped)
    _check_ids(corpus, survey)
    return corpus


def _check_ids(corpus: Distributed, survey: Survey) -> None:
    """Look up the ids whose hashes occur twice.

    Raises:
        ValueError: an id occurs twice.
    """
    if len(survey.twice):
        refuse_twice(corpus._answer(partial(documents_with, hashes=survey.twice[:MOST_NAMED]), stacked))


def _saved(parts: Sequence[Fresh], folder: Path, machines: Machines) -> Distributed:
    """Have the workers write the shards, next to one another in a folder of this run; the manifest comes last.

    When a part fails, others are still being written: they must not get into what is encoded next.
    """
    with alone(folder):
        prepare(folder, append=False)
        run = folder / f"{uuid4().hex}{UNFINISHED}"
        run.mkdir()
        try:
            survey, skipped = machines.answer(parts, partial(write, run=run), all_surveyed, finish=without_hashes)
            _check_ids(Distributed(parts, machines, skipped=skipped), survey)
            shards = in_order(run, survey.shards)
        finally:
            discard(run)
        write_manifest(folder, shards)
    saved = on_cluster(folder, machines.client)
    return Distributed(saved._parts, saved._machines, skipped=skipped)
