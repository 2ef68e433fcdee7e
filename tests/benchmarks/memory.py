"""Memory that encoding takes at its peak, measured in a process of its own.

`python -m tests.benchmarks.memory SIZE NAME` prints bytes beyond the text: the text is in memory and a few documents
have been encoded (imports, compiled code) before measuring begins. `python -m tests.benchmarks.memory FILE` prints all
that a process takes that encodes a file into a folder within a limit.
"""

from __future__ import annotations

import gc
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import psutil
import pyarrow as pa

from discourse import encode

from .contenders import Contender, tokenizers
from .texts import HERE, Text, read_text

WARM_UP = 3  # documents
LIMIT = 1_000_000_000  # bytes
LIMITED = "encode a file within 1 GB"
RESET, STATUS = Path("/proc/self/clear_refs"), Path("/proc/self/status")


def peaks(text: Text) -> list[Contender]:
    """The peak of each way to encode; nothing for a few documents, which need no warming up."""
    if not text.size:
        return []
    calls = {f"discourse ({name})": partial(peak_of, str(text.size), name) for name in tokenizers()}
    return [
        *(Contender(name, call, True, found=lambda most: {"bytes": most}) for name, call in calls.items()),
        Contender(LIMITED, partial(peak_of, str(text.parquet)), True, found=lambda most: {"bytes in all": most}),
    ]


def peak_of(*arguments: str) -> int:
    """What this module prints when it is started with arguments."""
    command = [sys.executable, "-m", "tests.benchmarks.memory", *arguments]
    done = subprocess.run(command, cwd=HERE.parent.parent, stdout=subprocess.PIPE, text=True, check=True)
    return int(done.stdout)


def within_limit(source: Path, folder: Path) -> int:
    """All that this process takes at its peak while it encodes a file within the limit."""
    encode(source, folder, memory=LIMIT, progress=False)
    return peak()


def beyond(text: Text, way: Callable[..., Any]) -> int:
    """How far memory rises above where it stood with the text in it, in bytes."""
    way(text.head(WARM_UP).corpus)
    corpus = text.corpus
    gc.collect()
    pa.default_memory_pool().release_unused()
    before = start()
    tokens = way(corpus)
    risen = peak() - before
    del tokens
    return risen


def start() -> int:
    """Bytes now; where the system can, the peak starts anew from here."""
    if not RESET.exists():
        return peak()
    RESET.write_text("5")
    return int(psutil.Process().memory_info().rss)


def peak() -> int:
    """The most bytes so far."""
    if STATUS.exists():
        line = next(line for line in STATUS.read_text().splitlines() if line.startswith("VmHWM"))
        return 1024 * int(line.split()[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def main() -> None:
    """Measure what the command line names, and print it."""
    first, *name = sys.argv[1:]
    if name:
        most = beyond(read_text(int(first)), tokenizers()[name[0]])
    else:
        with tempfile.TemporaryDirectory(dir=Path(first).parent) as folder:
            most = within_limit(Path(first), Path(folder))
    sys.stdout.write(str(most))


if __name__ == "__main__":
    main()
