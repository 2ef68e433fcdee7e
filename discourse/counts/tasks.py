"""Questions to many parts on a Dask cluster: tasks that ask, tasks that put answers together, one answer at the end.

A task asks one part, or several neighbours one after the other, and holds one of them at a time. Answers are put
together in a tree, few at a time, where they are: only the last one travels to the client. What a worker had done when
it died is done again by another.
"""

from __future__ import annotations

import ctypes
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar
from uuid import uuid4

import pyarrow as pa

from discourse._errors import StudyError, listed
from discourse.corpus import reasons
from discourse.tokens.shards import FAN_IN, folded

from .parts import Kept, Part, bytes_of, rest_of

if TYPE_CHECKING:
    from dask.delayed import Delayed
    from distributed import Client

    from discourse.tokens import Tokens

T = TypeVar("T")

# A scheduler is at ease with so many tasks; of more parts than this several share one.
MOST_TASKS = 10_000
# Settings of the C library, and up to which size freed memory is kept, in bytes: what it comes to by itself.
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3
KEPT = 32 << 20


@dataclass(frozen=True)
class Question:
    """What is asked of each part, and how answers are put together; can be pickled.

    Attributes:
        ask: answers for one part.
        merge: puts one or more answers of neighbours together.
        finish: what is done with the last answer before it leaves the worker.
        skip: leave out parts that cannot be read.
        topic: under which workers report what is done; empty where nobody listens.
    """

    ask: Callable[[Part], Any]
    merge: Callable[[Sequence[Any]], Any]
    finish: Callable[[Any], Any] | None = None
    skip: bool = False
    topic: str = ""


class Answer(NamedTuple):
    """What some parts say together.

    Attributes:
        said: the answer, in a tuple; empty where no part could be read.
        skipped: the parts that could not be read, and why.
    """

    said: tuple[Any, ...]
    skipped: Mapping[str, str]


@dataclass(frozen=True)
class Machines:
    """Who answers, and how.

    Attributes:
        client: of a Dask cluster.
        skip: leave out parts that cannot be read.
        progress: show a bar; None: on a terminal.
    """

    client: Client
    skip: bool = False
    progress: bool | None = False

    def answer(
        self,
        parts: Sequence[Part],
        ask: Callable[[Part], T],
        merge: Callable[[Sequence[T]], T],
        *,
        finish: Callable[[T], T] | None = None,
        kept: Sequence[Delayed] = (),
    ) -> tuple[T, Mapping[str, str]]:
        """What the parts say together, and which of them had to be left out, with a warning.

        Args:
            parts: what is asked, in order.
            ask, merge, finish: see `Question`.
            kept: the parts as Dask knows them, if workers keep them.

        Raises:
            StudyError: a part cannot be read and is not to be left out, or no part can be read.
            MemoryError: workers died again and again over the same parts.
        """
        shown = sys.stderr.isatty() if self.progress is None else self.progress
        question = Question(ask, merge, finish, self.skip, f"discourse-{uuid4().hex}" if shown else "")
        runs: Sequence[Any] = kept or _runs(parts)
        with _bar(self.client, question.topic, sum(part.size for part in parts)):
            said, skipped = self._answer(runs, question)
        for name, why in skipped.items():
            warnings.warn(f"{why} Left out: {name}.", stacklevel=4)
        if not said:
            raise StudyError("There is nothing to encode: no block could be read. Check the source.")
        return said[0], skipped

    def _answer(self, runs: Sequence[Any], question: Question) -> Answer:
        from dask import config
        from distributed import KilledWorker

        # Sums to compare with travel with the question: scattered beforehand they would be lost with a worker.
        with config.set({"distributed.admin.large-graph-warning-threshold": "1TB"}):
            future = self.client.compute(_tree(runs, question))
        try:
            answer: Answer = future.result()
        except KilledWorker as error:
            raise MemoryError(
                f"Every worker that was given {_named(str(error.task), runs)} died, most likely for want of memory. "
                "Start workers with more, or encode with a smaller memory."
            ) from error
        except BaseException:
            future.cancel()
            raise
        return answer

    def workers(self) -> list[Mapping[str, Any]]:
        """What Dask knows of each worker: `memory_limit`, `nthreads` and more."""
        return list(self.client.scheduler_info()["workers"].values())

    def quiet(self) -> Machines:
        """The same without a bar."""
        return replace(self, progress=False)


def _runs(parts: Sequence[Part]) -> list[list[Part]]:
    """What each task asks: one part, or neighbours together where there are very many.

    >>> _runs(range(3)), len(_runs(range(25_000))), _runs(range(25_000))[0]
    ([[0], [1], [2]], 8334, [0, 1, 2])
    """
    size = -(-len(parts) // MOST_TASKS)
    return [list(parts[at : at + size]) for at in range(0, len(parts), size)] if parts else []


def _named(key: str, runs: Sequence[Any]) -> str:
    """The parts that a task was to ask, by the number at the end of its key."""
    kind, _, number = key.partition("-")
    if kind != "ask":
        return "answers to put together"
    run = runs[int(number.rpartition("-")[2])]
    return listed([part.name for part in run[:3]]) if isinstance(run, list) else "a part to keep"


def _tree(runs: Sequence[Any], question: Question) -> Delayed:
    """The last of all tasks, with those that it needs."""
    from dask import delayed

    key = uuid4().hex
    shared = delayed(question, traverse=False, name=f"question-{key}")
    level = [_asking(run, shared, f"ask-{key}-{number}") for number, run in enumerate(runs)]
    put_together = delayed(_put_together, pure=False)
    while len(level) > 1:
        level = [put_together(shared, level[at : at + FAN_IN]) for at in range(0, len(level), FAN_IN)]
    return delayed(_finished, pure=False)(shared, *level)


def _asking(run: Any, question: Delayed, key: str) -> Delayed:
    from dask import delayed

    if isinstance(run, list):
        # Inside of a function Dask does not look for tasks in it.
        return delayed(partial(_asked, run), pure=False)(question, dask_key_name=key)
    return delayed(_asked_one, pure=False)(run, question, dask_key_name=key)


# ── on the workers ───────────────────────────────────────────────────────────────────────────────────────────────


def _asked(parts: Sequence[Part], question: Question) -> Answer:
    _settle()
    skipped: dict[str, str] = {}
    answers = chain.from_iterable(_tried(part, question, skipped) for part in parts)
    for first in answers:
        return Answer((folded(chain([first], answers), question.merge),), skipped)
    return Answer((), skipped)


def _asked_one(part: Part, question: Question) -> Answer:
    return _asked([part], question)


def keep(part: Part, ask: Callable[[Tokens], Any] | None = None) -> Kept:
    """Keep a part, or what it says to a question, and tell Dask how much memory that takes."""
    from dask.sizeof import sizeof

    _settle()
    sizeof.register(Kept, bytes_of)
    return Kept(part.name, part.size, ask(part.tokens()) if ask else part.tokens())


def _tried(part: Part, question: Question, skipped: dict[str, str]) -> tuple[Any, ...]:
    """The answer of a part, or of what is left of it, or none if it cannot be read."""
    try:
        return (question.ask(part),)
    except StudyError as error:
        if not question.skip:
            raise
        broken = reasons(part, error)
        skipped.update(broken)
        rest = rest_of(part, broken)
        return () if rest is None else (question.ask(rest),)
    finally:
        _report(question.topic, part.size)


def _report(topic: str, size: int) -> None:
    from distributed import get_worker

    if topic:
        get_worker().log_event(topic, size)


def _put_together(question: Question, answers: Sequence[Answer]) -> Answer:
    _settle()
    skipped = {name: why for answer in answers for name, why in answer.skipped.items()}
    said = [each for answer in answers for each in answer.said]
    return Answer((question.merge(said),) if said else (), skipped)


def _finished(question: Question, *answers: Answer) -> Answer:
    said, skipped = answers[0] if answers else Answer((), {})
    return Answer(tuple(map(question.finish, said)) if question.finish else said, skipped)


def _settle() -> None:
    """Have libraries use no more threads than the worker was given, and memory twice, if it is a process of its own."""
    from distributed import get_worker

    worker = get_worker()
    if not worker.nanny:
        return
    if pa.cpu_count() != worker.state.nthreads:
        pa.set_cpu_count(worker.state.nthreads)
    if pa.default_memory_pool().backend_name != "system":
        pa.set_memory_pool(pa.system_memory_pool())
        _keep_freed_memory()


def _keep_freed_memory() -> None:
    """Have memory that is freed serve again, as in any process.

    Dask starts workers with a setting of the C library by which every larger array is asked of the system anew, page by
    page, and given back. Two workers then got half of what they could do done (docs/cluster.md).
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if mallopt:
        mallopt(M_MMAP_THRESHOLD, KEPT)
        mallopt(M_TRIM_THRESHOLD, 2 * KEPT)


# ── on the client ────────────────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def _bar(client: Client, topic: str, size: int) -> Iterator[None]:
    """A bar that moves when a worker reports under the topic."""
    from tqdm import tqdm

    if not topic:
        yield
        return
    with tqdm(total=size, unit="B", unit_scale=True) as bar:
        client.subscribe_topic(topic, lambda event: bar.update(event[1]))
        try:
            yield
            bar.update(max(size - bar.n, 0))
        finally:
            client.unsubscribe_topic(topic)
