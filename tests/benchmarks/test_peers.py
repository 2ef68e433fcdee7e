"""The benchmark beside other tools asks real processes and shows what they say. Nothing is timed, no peer is needed."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from .contenders import Rounds
from .peers import page, run
from .texts import HERE

OURS = run.commands(Path(sys.executable))[run.OURS]
# A tool that answers, one that fails at a task and one that ends: what they need of Python is in the command line.
ANSWERING = """
from pathlib import Path
from tests.benchmarks.peers.answering import Way, answer, rows
def offer(folder):
    print("said to nobody")
    text = (folder / "all.csv").read_text()
    ways = {"words": Way(text.split, rows("words")), "raises": Way(lambda: 1 / 0, rows("words"))}
    return {"words": {"quick": ways["words"]}, "lines": {"": ways["raises"]}}
answer(offer, ["pandas"])
"""
ENDING = """
import json, sys
print(json.dumps({"offers": {"words": [""]}, "versions": {}}), flush=True)
sys.stdin.readline()
"""
ONCE = Rounds(1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Eight documents."""
    texts = ["The government of the people, by the people. A government!"] * 4 + ["No government knows no words."] * 4
    run.prepare(pd.DataFrame({"doc_id": [*"abcdefgh"], "text": texts}), tmp_path)
    return tmp_path


def python(script: str) -> list[str]:
    return [sys.executable, "-c", script]


def test_the_page_shows_the_results():
    shown = page.PAGE.read_text(encoding="utf-8")
    assert page.with_results(shown, page.read_results()) == shown


def test_results_are_of_the_tools_and_tasks_that_there_are_and_all_of_ours_are_measured():
    result = page.read_results()
    assert list(result["tools"]) == list(run.TOOLS)
    assert list(result["tasks"]) == list(page.TASKS)
    for name, task in result["tasks"].items():
        ours = [one for one in task["contenders"].values() if one["ours"]]
        assert len(ours) == len(result["tools"][run.OURS]["offers"][name])
        offered = sum(len(tool.get("offers", {}).get(name, [])) for tool in result["tools"].values())
        assert len(task["contenders"]) + len(task["failed"]) == offered


def test_the_peers_are_pinned_and_no_requirement_of_the_package():
    pins = re.findall(r"^(\S+)==\S+$", run.REQUIREMENTS.read_text(encoding="utf-8"), re.MULTILINE)
    assert {name.lower() for name in run.TOOLS} - {run.OURS} <= set(pins)
    root = HERE.parent.parent
    asked = (root / "pyproject.toml").read_text(encoding="utf-8") + (root / "requirements.lock").read_text("utf-8")
    assert [name for name in pins if re.search(rf"\b{name}\b", asked)] == []


def test_the_text_is_cut_into_halves_and_a_few_documents_of_each_are_there_to_warm_up(folder: Path):
    early, late, few = (pd.read_csv(folder / name) for name in ("early.csv", "late.csv", "few/all.csv"))
    assert ["".join(half["doc_id"]) for half in (early, late)] == ["abcd", "efgh"]
    assert few["half"].tolist() == ["early", "early", "late", "late"]


def test_a_peer_that_cannot_be_installed_stops_no_other_and_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    asked: list[str] = []
    refused = {"-r", "pycorpdiff"}

    def runs(command: list[str], check: bool) -> subprocess.CompletedProcess[str]:
        wanted = command[6].split("==")[0] if "pip" in command else "venv"
        asked.append(wanted)
        (tmp_path / ".venv").mkdir(exist_ok=True)
        return subprocess.CompletedProcess(command, int(wanted in refused))

    monkeypatch.setattr(run, "CACHE", tmp_path)
    monkeypatch.setattr(run.subprocess, "run", runs)
    assert run.installed() == tmp_path / ".venv" / "bin" / "python"
    assert asked == ["venv", "-r", "conc", "pycorpdiff", "scattertext", "spacy"]
    refused.clear()
    run.installed()
    run.installed()
    assert asked[6:] == ["venv", "-r"]


def test_every_task_is_done_by_our_own_process(folder: Path):
    result = run.run({run.OURS: OURS}, folder, ONCE)
    assert list(result["tools"][run.OURS]["offers"]) == list(page.TASKS) == list(result["tasks"])
    found = {name: [one["found"] for one in task["contenders"].values()] for name, task in result["tasks"].items()}
    assert {json.dumps(one) for one in found["words"]} == {'{"counted": 60, "distinct": 9}'}
    assert found["lines"] == [{"lines": 12}]
    assert found["keyness"] == [{"words": 9}, {"words": 9}]
    assert len(found["pairs"]) == 2
    assert found["pairs"][0] == found["pairs"][1]


def test_who_fails_ends_or_does_not_start_is_named_and_the_others_go_on(folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(run, "OURS", "mine")
    commands = {"mine": python(ANSWERING), "short": python(ENDING), "broken": python("raise SystemExit")}
    result = run.run(commands, folder, Rounds(2))
    assert result["tools"]["broken"] == {}
    words, lines = result["tasks"]["words"], result["tasks"]["lines"]
    assert words["failed"] == {"short": "its process ended"}
    assert list(words["contenders"]) == ["mine (quick)"]
    assert words["contenders"]["mine (quick)"]["found"] == {"words": 61}
    assert len(words["contenders"]["mine (quick)"]["seconds"]) == 2
    assert lines == {"contenders": {}, "failed": {"mine": "ZeroDivisionError"}}
    assert "ZeroDivisionError: division by zero" in (folder / "mine.log").read_text(encoding="utf-8")
    shown = page.measured({**page.read_results(), **result})
    assert "- broken: could not be installed here, or did not start." in shown
    assert "short failed: its process ended." in shown


def test_a_tool_that_takes_too_long_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(run, "LIMIT", 0.5)
    slow = run.Tool("slow", python("import time; time.sleep(60)"), tmp_path / "log")
    with slow, pytest.raises(run.Failed, match=r"slow: more than 0\.5 s"):
        slow.heard()
    assert slow.process.returncode


def test_what_a_tool_has_no_way_to_do_is_told():
    tool = {"versions": {"a": "1"}, "offers": list(page.TASKS)[1:]}
    assert page.told(tool) == "a 1. Lacks: From text to word frequencies."
    assert page.told({**tool, "offers": list(page.TASKS)}) == "a 1."
