"""One end of a pipe: a process that does the work it is told to do, and says how long it took and what it found.

It runs in the environment of each tool, so it needs nothing but the standard library.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

WORD = "government"
LINE, NEAR, OFTEN = 10, 5, 5  # words on either side of a line and of a node; how often a collocate must stand near


@dataclass(frozen=True)
class Way:
    """One way to do a task.

    Attributes:
        call: what is timed.
        found: the size of its answer, which is not timed.
    """

    call: Callable[[], Any]
    found: Callable[[Any], dict[str, int]]


Offer = dict[str, dict[str, Way]]  # by task, then by what a table calls the way, empty where there is one


def answer(offer: Callable[[Path], Offer], packages: Sequence[str]) -> None:
    """Say what is on offer for the folder that the command line names; then answer every line of standard input.

    Args:
        offer: the ways of a tool, for a folder with `all.csv, early.csv, late.csv` (`doc_id, half, text`).
        packages: whose versions matter.
    """
    # Tools print what they like: answers leave by a door of their own.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    folder = Path(sys.argv[1])
    for own in offer(folder / "few").values():  # imports and compiled code are not timed
        for way in own.values():
            done(way)
    ways = offer(folder)
    tell: dict[str, Any] = {"offers": {task: list(own) for task, own in ways.items()}}
    say(tell | {"versions": {name: version(name) for name in packages}}, answers)
    for line in sys.stdin:
        task, name = json.loads(line)
        say(done(ways[task][name]), answers)


def say(what: dict[str, Any], answers: Any) -> None:
    """One line."""
    answers.write(json.dumps(what) + "\n")
    answers.flush()


def done(way: Way) -> dict[str, Any]:
    """Seconds and what was found, or the name of the error; its text goes to the log.

    >>> done(Way(lambda: [1, 2], lambda found: {"items": len(found)}))["found"]
    {'items': 2}
    """
    gc.collect()
    begin = time.perf_counter()
    try:
        found = way.call()
        return {"seconds": time.perf_counter() - begin, "found": way.found(found)}
    except Exception as error:  # whatever a tool raises is told, and the others go on
        traceback.print_exc()
        return {"error": type(error).__name__}


def rows(unit: str) -> Callable[[Any], dict[str, int]]:
    """How many rows an answer has."""
    return lambda table: {unit: len(table)}
