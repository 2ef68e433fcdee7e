"""docs/speed.md shows what results.json holds, and nothing that was measured is missing."""

from __future__ import annotations

from statistics import median

import pytest

from . import page
from .compiled import LOOP, WORDS
from .finding import LARGEST_FOR_NLTK
from .targets import TARGETS, Target
from .tasks import TASKS
from .texts import DIGESTS

RESULTS = page.read_results()
SHOWN = page.PAGE.read_text(encoding="utf-8")


def test_the_page_shows_the_results():
    assert page.with_results(SHOWN, RESULTS) == SHOWN


def test_results_are_those_of_the_tasks_and_texts_that_there_are():
    assert "12" in RESULTS
    for size, result in RESULTS.items():
        assert list(result["tasks"]) == [name for name in TASKS if name in result["tasks"]]
        assert result["text"]["sha256"] == DIGESTS[int(size)]


def test_every_contender_has_a_row_with_its_median():
    for size, result in RESULTS.items():
        own = SHOWN.partition(f"\n## {size} MB\n")[2].partition("\n## ")[0]
        for task, contenders in result["tasks"].items():
            section = own.partition(f"### {TASKS[task].title}\n")[2].partition("\n### ")[0]
            rows = [row for row in section.splitlines() if row.startswith("| ")][1:]
            assert [row.split(" | ")[0].removeprefix("| ") for row in rows] == list(contenders)
            assert [row.split(" | ")[1] for row in rows] == [
                page.duration(median(one["seconds"])) for one in contenders.values()
            ]


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.text)
def test_every_target_is_answered_by_a_task(target: Target):
    assert target.task in TASKS
    for size, result in RESULTS.items():
        compiled = any("numba" in name for own in result["tasks"].values() for name in own)  # whether it was installed
        asked = target.at in (None, int(size)) and target.task in result["tasks"]
        asked &= "nltk.Text" not in target.text or int(size) <= LARGEST_FOR_NLTK
        if asked and (compiled or "numba" not in target.text):
            assert target.value(result) is not None


def test_the_page_says_what_the_text_and_the_machine_were():
    for result in RESULTS.values():
        for told in (result["text"]["sha256"], result["machine"]["processor"], result["versions"]["numpy"]):
            assert told in SHOWN


def contenders(**seconds: float) -> dict:
    return {name: {"ours": name == "a", "seconds": [taken], "found": {}} for name, taken in seconds.items()}


def test_a_row_compares_us_with_each_of_the_others():
    result = {"text": {"bytes": 2_000_000}, "tasks": {"matrix": contenders(a=0.5, b=2.0, c=0.25)}}
    rows = page.task_lines(result, "matrix")[-3:]
    assert rows == [
        "| a | 500 ms | 1 | 4.00 |  | 4.00× faster | 0.500×, that is 2.00× slower |",
        "| b | 2.00 s | 1 | 1.00 |  |  |  |",
        "| c | 250 ms | 1 | 8.00 |  |  |  |",
    ]


def encoding(ours: float, loop: float, count: float) -> dict:
    times = {"discourse (numpy, 1 thread)": ours, "discourse (numpy, 2 threads)": ours / 2, LOOP: loop, WORDS: count}
    return {"tasks": {"encoding": {name: {"seconds": [taken]} for name, taken in times.items()}}}


@pytest.mark.parametrize(
    ("result", "told"),
    [
        (encoding(4.0, 1.0, 3.0), ["0.250×", "reached"]),
        (encoding(10.0, 1.0, 3.0), ["0.100×", "**missed**"]),
        (encoding(4.0, 1.0, 2.0), ["", "void"]),
        ({"tasks": {"encoding": {}}}, ["", "not measured"]),
    ],
)
def test_a_target_is_reached_missed_void_or_not_measured(result: dict, told: list[str]):
    target = next(target for target in TARGETS if target.text == "encoding beside C, one thread, numpy")
    assert page.target_row(target, result)[2:] == told


def test_the_cost_of_a_word_is_that_of_the_largest_text_in_that_of_the_smallest():
    growth = {
        f"{size} MB (numpy, {threads})": {"seconds": [seconds], "found": {"counted": words}}
        for threads, seconds, size, words in [
            ("a", 1.0, 12, 10),
            ("b", 1.0, 12, 10),
            ("a", 11.0, 100, 100),
            ("b", 9.0, 100, 100),
        ]
    }
    target = next(target for target in TARGETS if target.text == "cost of a word, numpy")
    assert target.value({"tasks": {"growth": growth}}) == pytest.approx(1.1)
    assert target.reached(1.1)
    assert not target.reached(1.3)
