"""`make bench`: run every task and its peers, print what came out, write results.json and docs/speed.md."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence

from .page import RESULTS, read_results, target_lines, task_lines, write_page
from .run import run
from .tasks import TASKS
from .texts import SIZES


def say(lines: Sequence[str]) -> None:
    """Print at once."""
    sys.stdout.write("\n".join(lines) + "\n\n")
    sys.stdout.flush()


def main() -> None:
    """Read the command line, run, write what is complete."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--size", type=int, choices=SIZES, default=min(SIZES), help="megabytes of text")
    parser.add_argument("--only", nargs="+", choices=TASKS, default=list(TASKS), help="some tasks")
    parser.add_argument("--keep", action="store_true", help="write the results of some tasks too")
    asked = parser.parse_args()
    result = run(asked.size, asked.only, lambda so_far, name: say(task_lines(so_far, name)))
    say(target_lines(result, asked.size))
    if asked.keep or asked.only == list(TASKS):
        results = read_results()
        known = results.get(str(asked.size), {"tasks": {}})["tasks"] | result["tasks"]
        results[str(asked.size)] = result | {"tasks": {name: known[name] for name in TASKS if name in known}}
        RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
        write_page(results)


if __name__ == "__main__":
    main()
