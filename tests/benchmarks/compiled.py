"""Yardsticks outside Python: our own loop in C, compiled where there is gcc, and `wc -w`."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from .contenders import Contender
from .texts import CACHE, HERE, Text

SOURCE = HERE / "encode.c"
FLAGS = ("-O3", "-march=native")
LOOP, WORDS = "C loop (gcc -O3), 1 thread", "wc -w"


def compiled_loop(text: Text) -> list[Contender]:
    """The loop of `encode.c`, timed by itself; none where there is no gcc."""
    program = compiled(CACHE / "encode")
    if program is None:
        return []
    return [
        Contender(
            LOOP,
            lambda: output([program, *text.files]),
            found=lambda printed: {"tokens": int(printed.split()[1])},
            reported=lambda printed: float(printed.split()[0]),
        )
    ]


def compiled(program: Path) -> Path | None:
    """Compile `encode.c` for this machine; None where there is no gcc."""
    if not shutil.which("gcc"):
        return None
    program.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["gcc", *FLAGS, "-o", program, SOURCE], check=True)
    return program


def word_counter(text: Text) -> list[Contender]:
    """`wc -w` of the same text in UTF-8, with the start of its process; none where there is no such program."""
    if not shutil.which("wc"):
        return []
    return [
        Contender(WORDS, lambda: output(["wc", "-w", text.files[0]]), found=lambda out: {"words": int(out.split()[0])})
    ]


def output(command: list[str | Path]) -> str:
    """What a program prints."""
    environment = os.environ | {"LC_ALL": "C.UTF-8"}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
