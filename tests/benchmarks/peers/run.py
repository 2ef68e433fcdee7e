"""Beside Conc, pycorpdiff and scattertext: `make bench-peers` installs them, runs every task, and writes docs/peers.md.

    python -m tests.benchmarks.peers.run                   all documents: written down
    python -m tests.benchmarks.peers.run --documents 20    some of them: only printed

Every tool answers from a process of its own, whose Python is that of build/peers/.venv; they take turns.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from threading import Timer
from types import TracebackType
from typing import Any

import pandas as pd

from ..contenders import Contender, Rounds, compared
from ..machine import described, versions
from ..texts import HERE, check, read_text
from .page import TASKS, Result, task_lines, write

ROOT = HERE.parent.parent
CACHE = ROOT / "build" / "peers"  # made anew when missing; never kept under version control
REQUIREMENTS = Path(__file__).with_name("requirements.txt")
SIZE, FEW = 12, 20  # megabytes of text; one document of so many is there to warm up with
ROUNDS = Rounds(5, once_above=30)
LIMIT = 300  # seconds that a tool may take for one answer
OURS = "discourse"
TOOLS = {OURS: "in_discourse", "Conc": "in_conc", "pycorpdiff": "in_pycorpdiff", "scattertext": "in_scattertext"}


class Failed(Exception):
    """A way of a tool brought no answer, or an error."""

    def __init__(self, who: str, what: str) -> None:
        super().__init__(f"{who}: {what}")
        self.who, self.what = who, what


class Tool:
    """A process that does tasks, one at a time.

    Args:
        name: of the tool.
        command: that starts it.
        log: a file for what it prints.
    """

    def __init__(self, name: str, command: Sequence[str], log: Path) -> None:
        self.name, self.late = name, False
        with log.open("w", encoding="utf-8") as told:
            pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": told}
            self.process = subprocess.Popen(command, cwd=ROOT, text=True, encoding="utf-8", **pipes)

    def __enter__(self) -> Tool:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.process.kill()
        self.process.communicate()

    def heard(self, who: str = "") -> dict[str, Any]:
        """The next line that the process writes, in answer to who was asked.

        Raises:
            Failed: it ended, was too slow, or tells of an error.
        """
        timer = Timer(LIMIT, self.stop)
        timer.start()
        line = self.process.stdout.readline()
        timer.cancel()
        answer = json.loads(line) if line else {"error": f"more than {LIMIT} s" if self.late else "its process ended"}
        if "error" in answer:
            raise Failed(who or self.name, answer["error"])
        return answer

    def stop(self) -> None:
        """It has had its time."""
        self.late = True
        self.process.kill()

    def ask(self, task: str, way: str) -> dict[str, Any]:
        """Do a task once: `seconds` and `found`."""
        with suppress(BrokenPipeError):  # a process that ended is heard of
            self.process.stdin.write(json.dumps([task, way]) + "\n")
            self.process.stdin.flush()
        return self.heard(called(self.name, way))


def called(tool: str, way: str) -> str:
    """A way of a tool, as tables name it."""
    return f"{tool} ({way})" if way else tool


def installed() -> Path:
    """The Python of the peers, with all of them that can be installed; those that cannot will not start."""
    folder = CACHE / ".venv"
    python, ready = folder / "bin" / "python", folder / "requirements.txt"
    asked = REQUIREMENTS.read_text(encoding="utf-8")
    if ready.exists() and ready.read_text(encoding="utf-8") == asked:
        return python
    sys.stdout.write("Installing the peers into build/peers/.venv: two minutes and 1.5 GB, only once.\n")
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
    pip = [str(python), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    if subprocess.run([*pip, "-r", str(REQUIREMENTS)], check=False).returncode:
        wanted = [line for line in asked.splitlines() if not line.startswith("#")]
        done = [subprocess.run([*pip, one], check=False).returncode == 0 for one in wanted]
        if not all(done):  # another run tries again
            return python
    ready.write_text(asked, encoding="utf-8")
    return python


def prepare(frame: pd.DataFrame, folder: Path) -> None:
    """Write the documents and each half of them into a folder, and a few of them into one within it."""
    half = ["early" if number < len(frame) / 2 else "late" for number in range(len(frame))]
    halved = frame.assign(half=half)[["doc_id", "half", "text"]]
    few = halved.iloc[:: min(FEW, len(frame) // 4)]
    for place, table in {folder: halved, folder / "few": few}.items():
        place.mkdir(parents=True, exist_ok=True)
        for name, own in {"all": table, **dict(list(table.groupby("half")))}.items():
            own.to_csv(place / f"{name}.csv", index=False)


def contenders(task: str, tools: Mapping[str, Tool], offers: Mapping[str, Any]) -> list[Contender]:
    """Every way of every tool to do a task, ours first."""
    return [
        Contender(
            called(name, way),
            partial(tools[name].ask, task, way),
            name == OURS,
            found=lambda answer: answer["found"],
            reported=lambda answer: answer["seconds"],
            # From the corpus: what is made once and kept has been made.
            warm=task != "words",
        )
        for name, offer in offers.items()
        for way in offer["offers"].get(task, [])
    ]


def measured(every: Sequence[Contender], rounds: Rounds) -> dict[str, Any]:
    """A task by all who can; who fails is left out, and the others begin again."""
    failed: dict[str, str] = {}
    while True:
        try:
            return {"contenders": compared([one for one in every if one.name not in failed], rounds), "failed": failed}
        except Failed as failure:
            failed[failure.who] = failure.what


def run(commands: Mapping[str, Sequence[str]], folder: Path, rounds: Rounds = ROUNDS) -> dict[str, Any]:
    """Start every tool, and have all tasks done.

    Args:
        commands: by the name of the tool, what starts it; the folder is added.
        folder: with the text, see `prepare`; logs are written there.
        rounds: how often each way is run.

    Returns:
        `tools`, with versions and what each offers, or nothing where it did not start; `tasks`.
    """
    tools, offers = {}, {}
    with ExitStack() as running:
        for name, command in commands.items():
            tools[name] = running.enter_context(Tool(name, [*command, str(folder)], folder / f"{name}.log"))
            offers[name] = started(tools[name])
        able = {name: offer for name, offer in offers.items() if offer}
        tasks: dict[str, Any] = {}
        for task in TASKS:
            tasks[task] = measured(contenders(task, tools, able), rounds)
            sys.stdout.write("\n".join(task_lines({"tasks": tasks}, task)) + "\n\n")
            sys.stdout.flush()
    return {"tools": offers, "tasks": tasks}


def started(tool: Tool) -> dict[str, Any]:
    """What a tool offers; nothing where it does not start."""
    try:
        return tool.heard()
    except Failed as failure:
        sys.stdout.write(f"{failure}\n")
        return {}


def commands(python: Path) -> dict[str, list[str]]:
    """What starts each tool: ours in this environment, the peers in theirs."""
    return {
        name: [sys.executable if name == OURS else str(python), "-m", f"tests.benchmarks.peers.{script}"]
        for name, script in TOOLS.items()
    }


def main() -> None:
    """Install, run, and write down what is complete."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=0, help="so many of all documents")
    few = parser.parse_args().documents
    check(SIZE)
    frame = read_text(SIZE).table.to_pandas()
    if few:
        frame = frame.iloc[:: len(frame) // few]
    folder = CACHE / ("some" if few else "text")
    prepare(frame, folder)
    about = {"documents": len(frame), "bytes": int(frame["text"].str.encode("utf-8").str.len().sum())}
    result: Result = {"text": about, "machine": described(), "versions": versions()}
    result |= run(commands(installed()), folder)
    if not few:
        write(result)


if __name__ == "__main__":
    main()
