"""What the benchmark of a cluster asks is answered, measured for each process, and shown. Nothing is timed."""

from __future__ import annotations

from . import cluster, cluster_page
from .cluster import Drawn, OneProcess, asked, compare
from .cluster_page import cells, estimates, measured, with_results

SMALL = 60_000  # bytes
ROW = {
    "who": "two workers",
    "what": "terms per group",
    "bytes": 1_000_000_000,
    "seconds": 12.5,
    "core seconds": 25.0,
    "memory": [700_000_000, 1_200_000_000],
}
RESULT = {"machine": dict.fromkeys(["processor", "cores", "memory", "system", "day", "load before"], "x")}
RESULT |= {"versions": {"Python": "3"}, "rows": [ROW]}


def test_the_page_shows_the_results():
    shown = cluster_page.PAGE.read_text(encoding="utf-8")
    assert with_results(shown, cluster_page.read_results()) == shown


def test_a_row_tells_the_rates_and_the_memory_of_each_process():
    assert cells(ROW) == ["two workers", "terms per group", "12.5 s", "80.0", "40.0", "700, 1,200"]


def test_hours_for_more_text_follow_from_the_slowest_rate_of_a_core():
    faster = {"rows": [ROW | {"core seconds": 10.0}, ROW | {"who": "one process", "core seconds": 99.0}]}
    assert "| terms per group | 6.94 | 694 |" in estimates({"a": RESULT, "b": faster})
    assert estimates({}) == []
    assert "### 10 GB drawn" in measured({"10 GB drawn": RESULT})


def test_a_block_is_drawn_again_as_it_was():
    table = Drawn(3, SMALL).frame()
    assert table.equals(Drawn(3, SMALL).frame())
    assert not table["text"].equals(Drawn(4, SMALL).frame()["text"])
    assert 0.5 < table["text"].str.len().sum() / SMALL < 2


def test_every_question_is_answered_and_measured():
    rows = list(asked("one process", list(cluster.QUESTIONS), OneProcess([Drawn(0, SMALL)]), SMALL))
    assert [row["what"] for row in rows] == list(cluster.QUESTIONS)
    assert all(row["seconds"] >= 0 and row["memory"][0] > 10_000_000 for row in rows)


def test_files_are_made_and_asked_by_one_process_and_by_two_workers(tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "CACHE", tmp_path)
    for name, value in {"MEGABYTE": 2_000, "FILE": 100_000, "WARM": 20_000}.items():
        monkeypatch.setattr(cluster, name, value)
    rows = list(compare(100, ["terms per group"]))
    assert [(row["who"], row["what"]) for row in rows] == [
        ("one process", "terms per group"),
        ("two workers", "terms per group"),
        ("two workers", "encode and save"),
        ("two workers, saved", "terms per group"),
    ]
    assert [len(row["memory"]) for row in rows] == [1, 2, 2, 2]
    assert sorted(path.name for path in (tmp_path / "100").iterdir()) == ["0000.parquet", "0001.parquet"]


def test_results_answer_questions_that_there_are_and_all_of_them_at_least_once():
    answered = [{row["what"] for row in result["rows"]} for result in cluster_page.read_results().values()]
    for some in answered:
        assert some <= {*cluster.QUESTIONS, "encode and save"}
    assert not answered or max(answered, key=len) >= set(cluster.QUESTIONS)
