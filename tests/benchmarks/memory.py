"""Memory that encoding takes beyond the text, at its peak, measured in a process of its own.

`python -m tests.benchmarks.memory SIZE NAME` prints bytes. The text is in memory and a few documents have been encoded
(imports, compiled code) before measuring begins.
"""

from __future__ import annotations

import gc
import resource
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import psutil
import pyarrow as pa

from .contenders import Contender, tokenizers
from .texts import HERE, Text, read_text

WARM_UP = 3  # documents
RESET, STATUS = Path("/proc/self/clear_refs"), Path("/proc/self/status")


def peaks(text: Text) -> list[Contender]:
    """The peak of each way to encode; nothing for a few documents, which need no warming up."""
    names = tokenizers() if text.size else ()
    return [
        Contender(f"discourse ({name})", partial(_peak_of, text.size, name), True, found=_as_bytes) for name in names
    ]


def _as_bytes(peak: int) -> dict[str, float]:
    return {"bytes": peak}


def _peak_of(size: int, name: str) -> int:
    command = [sys.executable, "-m", "tests.benchmarks.memory", str(size), name]
    done = subprocess.run(command, cwd=HERE.parent.parent, capture_output=True, text=True, check=True)
    return int(done.stdout)


def beyond(text: Text, encode: Callable[..., Any]) -> int:
    """How far memory rises above where it stood with the text in it, in bytes."""
    encode(text.head(WARM_UP).corpus)
    corpus = text.corpus
    gc.collect()
    pa.default_memory_pool().release_unused()
    before = _start()
    tokens = encode(corpus)
    risen = _peak() - before
    del tokens
    return risen


def _start() -> int:
    """Bytes now; where the system can, the peak starts anew from here."""
    if not RESET.exists():
        return _peak()
    RESET.write_text("5")
    return int(psutil.Process().memory_info().rss)


def _peak() -> int:
    """The most bytes so far."""
    if STATUS.exists():
        line = next(line for line in STATUS.read_text().splitlines() if line.startswith("VmHWM"))
        return 1024 * int(line.split()[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    sys.stdout.write(str(beyond(read_text(int(sys.argv[1])), tokenizers()[sys.argv[2]])))
