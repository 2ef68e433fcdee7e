"""One run: each task in a process of its own, one after the other, all on the same text."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

from .contenders import Rounds, compared
from .machine import described, versions
from .saving import SCRATCH
from .tasks import TASKS
from .texts import CACHE, DIGESTS, check, read_text

ROUNDS = {12: Rounds(5), 100: Rounds(3, once_above=120), 1000: Rounds(3, once_above=60)}
WARM_UP = 3  # documents


def run(size: int, names: Sequence[str], tell: Callable[[dict[str, Any], str], None]) -> dict[str, Any]:
    """Run tasks on a text.

    Args:
        size: of the text, in megabytes.
        names: of the tasks.
        tell: is given what there is so far, and the name of the task that was just done.
    """
    check(size)
    text = read_text(size)
    about = {"bytes": text.bytes, "documents": len(text.table), "sha256": DIGESTS[size]}
    result: dict[str, Any] = {"text": about, "machine": described(), "versions": versions(), "tasks": {}}
    for name in names:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            result["tasks"][name] = pool.submit(run_task, name, size).result()
        shutil.rmtree(CACHE / SCRATCH, ignore_errors=True)
        tell(result, name)
        # A long run that is broken off leaves what it has measured.
        CACHE.mkdir(parents=True, exist_ok=True)
        (CACHE / f"run-{size}.json").write_text(json.dumps(result, indent=1), encoding="utf-8")
    return result


def run_task(name: str, size: int) -> dict[str, dict[str, Any]]:
    """All contenders of a task, in this process, after each has done a few documents: imports, compiled code."""
    build = TASKS[name].build
    compared(build(read_text(size).head(WARM_UP)), Rounds(1))
    return compared(build(read_text(size)), ROUNDS[size])
