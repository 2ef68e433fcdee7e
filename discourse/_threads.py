"""Threads: the same done to one thing after the other, several at a time."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

S = TypeVar("S")
T = TypeVar("T")

WORTH = 1 << 17  # rows, terms or entries from which on a second thread gains more than its start costs


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_order(function: Callable[[S], T], things: Iterable[S], threads: int | None = None) -> Iterator[T]:
    """Yield what a function gives for each thing, in order; no more results wait than there are threads.

    Args:
        function: best one that spends its time in numpy or Arrow, which let other threads work.
        things: taken one by one.
        threads: as many as there are processors, unless it is said; one does without threads.

    >>> list(in_order(len, ["a", "bc"], threads=2))
    [1, 2]
    """
    threads = threads or processors()
    if threads == 1:
        yield from map(function, things)
        return
    with ThreadPoolExecutor(threads) as pool:
        waiting: deque[Future[T]] = deque()
        for thing in things:
            waiting.append(pool.submit(function, thing))
            if len(waiting) > threads:
                yield waiting.popleft().result()
        yield from (future.result() for future in waiting)


def both(one: Callable[[], S], other: Callable[[], T], size: int) -> tuple[S, T]:
    """What two functions give; the other one runs at the same time if there is much to do, and a processor for it.

    Args:
        one, other: best functions that spend their time in numpy or Arrow, as for `in_order`.
        size: how many rows, terms or entries they work on.

    >>> both(dict, list, size=1 << 20)
    ({}, [])
    """
    if size < WORTH or processors() == 1:
        return one(), other()
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(other)
        return one(), waiting.result()
