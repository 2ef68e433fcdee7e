"""What is compared, and how it is run: in turn, several times, each call on a clean heap."""

from __future__ import annotations

import gc
import inspect
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from math import inf
from typing import Any

from discourse import Tokens, tokenize

KERNELS = ("numpy", "numba")
THREADS = (1, 2)


def no_arguments() -> tuple[()]:
    """Nothing to prepare."""
    return ()


def nothing_found(answer: object) -> dict[str, float]:
    """Nothing to count."""
    return {}


@dataclass(frozen=True)
class Contender:
    """One way to do a task.

    Attributes:
        name: what it is called in the table.
        call: what is timed.
        ours: whether it is this package.
        prepare: what is done before each call and not timed; its results are the arguments of the call.
        found: the size of the answer, so that a reader sees whether both sides did the same work.
        reported: seconds as a program measured them itself, in place of the time of the call.
        warm: whether one call on the same text goes before those that are timed: the corpus is encoded, and what is
            computed once and kept has been computed.
    """

    name: str
    call: Callable[..., Any]
    ours: bool = False
    prepare: Callable[[], tuple[Any, ...]] = no_arguments
    found: Callable[[Any], Mapping[str, float]] = nothing_found
    reported: Callable[[Any], float] | None = None
    warm: bool = False

    def take(self) -> tuple[float, dict[str, float]]:
        """Seconds of one call, and what it found."""
        arguments = self.prepare()
        gc.collect()
        begin = time.perf_counter()
        answer = self.call(*arguments)
        seconds = time.perf_counter() - begin
        return (self.reported(answer) if self.reported else seconds), dict(self.found(answer))


@dataclass(frozen=True)
class Rounds:
    """How often each contender runs: so many times, or once where that took more than so many seconds."""

    number: int
    once_above: float = inf

    def enough(self, taken: Sequence[float]) -> bool:
        """Whether a contender with these times has run often enough."""
        return len(taken) >= self.number or (len(taken) > 0 and taken[0] > self.once_above)


def compared(contenders: Sequence[Contender], rounds: Rounds) -> dict[str, dict[str, Any]]:
    """Run every contender in turn, round after round, and collect times and what was found.

    >>> compared([Contender("none", dict, found=size_in("items"))], Rounds(2))["none"]["found"]
    {'items': 0}
    """
    times: dict[str, list[float]] = {contender.name: [] for contender in contenders}
    found: dict[str, dict[str, float]] = {}
    for contender in contenders:
        if contender.warm:
            contender.take()
    # Collections during a call skip what was made before it: big inputs must not slow the side that makes many objects.
    gc.collect()
    gc.freeze()
    while waiting := [contender for contender in contenders if not rounds.enough(times[contender.name])]:
        for contender in waiting:
            seconds, found[contender.name] = contender.take()
            times[contender.name].append(float(f"{seconds:.6g}"))
    gc.unfreeze()
    return {c.name: {"ours": c.ours, "seconds": times[c.name], "found": found[c.name]} for c in contenders}


def size_in(unit: str) -> Callable[[Any], dict[str, float]]:
    """How many items of a kind an answer has."""
    return lambda answer: {unit: len(answer)}


def tokenizers() -> dict[str, Callable[..., Tokens]]:
    """Every way to encode a corpus that is installed, by its name: kernel and threads."""
    known = inspect.signature(tokenize).parameters
    if "kernel" not in known:
        return {"numpy": tokenize}
    kernels = [kernel for kernel in KERNELS if kernel == "numpy" or find_spec("numba")]
    if "threads" not in known:
        return {kernel: partial(tokenize, kernel=kernel) for kernel in kernels}
    return {
        f"{kernel}, {threads} thread{'s' if threads > 1 else ''}": partial(tokenize, kernel=kernel, threads=threads)
        for kernel in kernels
        for threads in THREADS
    }
