"""The `discourse` command: what it prints, what it writes, how it fails."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from discourse import cli
from discourse.report import build

STUDY = """
title = "Two papers"
group = "paper"
codebook = "codebook.yaml"

[[sources]]
path = "texts/north.txt"
[[sources.documents]]
id = "north"
paper = "North"

[[sources]]
path = "texts/south.txt"
[[sources.documents]]
id = "south"
paper = "South"
"""
CODEBOOK = """
frames:
  spheres:
    definition: Space is ordered by a great power.
    include: ["sphere* of ~3 influence", "orbit"]
    examples: ["a sphere of influence"]
    counterexamples: ["a steel sphere"]
"""
TEXTS = {
    "north.txt": "A sphere of Russian influence. Nobody left the orbit.\n",
    "south.txt": "There are spheres of influence in Türkiye.\n",
}


@pytest.fixture
def study(tmp_path: Path) -> Path:
    folder = tmp_path / "study"
    (folder / "texts").mkdir(parents=True)
    (folder / "study.toml").write_text(STUDY, encoding="utf-8")
    (folder / "codebook.yaml").write_text(CODEBOOK, encoding="utf-8")
    for name, text in TEXTS.items():
        (folder / "texts" / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def notebooks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One notebook in the place of the package's own."""
    folder = tmp_path / "notebooks"
    folder.mkdir()
    write_cell(folder, "from discourse.report import show\nshow(['Said.'], id='said', caption='Findings.')")
    monkeypatch.setattr(build, "_own_notebooks", lambda: folder)
    return folder


def write_cell(folder: Path, source: str) -> None:
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)]), folder / "01-a.ipynb")


def run(*arguments: object) -> int:
    return cli.main([str(argument) for argument in arguments])


def test_frames_are_printed_as_csv_by_the_group_of_the_study(study: Path, capsysbinary: pytest.CaptureFixture) -> None:
    assert run("frames", study) == 0
    table = pd.read_csv(io.BytesIO(capsysbinary.readouterr().out))
    assert table.set_index("paper")["count"].to_dict() == {"North": 2, "South": 1}


def test_a_concordance_is_written_to_a_file_in_utf_8(study: Path, tmp_path: Path) -> None:
    assert run("concordance", "sphere* of ~3 influence", study, "--width", 3, "-o", tmp_path / "lines.csv") == 0
    lines = pd.read_csv(tmp_path / "lines.csv", encoding="utf-8")
    assert sorted(lines["node"]) == ["sphere of Russian influence", "spheres of influence"]
    assert lines["right"].str.contains("in Türkiye").any()
    assert not list(tmp_path.glob(".*"))


def test_a_report_is_built_and_verified(
    study: Path, notebooks: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("report", study) == 0
    printed = capsys.readouterr()
    assert printed.out == f"{study / 'report' / 'report.html'}\n"
    assert "running 01-a.ipynb" in printed.err
    assert run("verify", study / "report") == 0
    assert "identical: all 3 files, byte for byte." in capsys.readouterr().out


def test_verify_names_what_differs_and_exits_with_one(
    study: Path, notebooks: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("report", study, "-o", tmp_path / "out")
    (tmp_path / "out" / "report.html").write_text("changed", encoding="utf-8")
    capsys.readouterr()
    assert run("verify", tmp_path / "out") == 1
    assert capsys.readouterr().out == "differs: report.html\n2 of 3 files are the same.\n"


def test_a_failing_notebook_is_one_message_and_code_two(
    study: Path, notebooks: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_cell(notebooks, "1 / 0")
    assert run("report", study) == 2
    assert capsys.readouterr().err.splitlines()[-1] == (
        "discourse: 01-a.ipynb, cell 1: ZeroDivisionError: division by zero"
    )
    assert not (study / "report").exists()


def test_a_study_that_is_not_there_is_one_message_and_code_two(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("report", tmp_path / "none") == 2
    message = capsys.readouterr().err
    assert message.startswith("discourse: ")
    assert "study.toml" in message
    assert "Traceback" not in message
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("file", "content", "expected"),
    [
        ("study.toml", STUDY.replace("title", "titel"), "titel"),
        ("codebook.yaml", CODEBOOK.replace("a sphere of influence", "a cube"), "codebook.yaml"),
        ("texts/north.txt", None, "north.txt"),
    ],
)
def test_bad_input_is_one_message_and_code_two(
    study: Path, file: str, content: str | None, expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if content is None:
        (study / file).unlink()
    else:
        (study / file).write_text(content, encoding="utf-8")
    assert run("report", study) == 2
    message = capsys.readouterr().err
    assert expected in message
    assert "Traceback" not in message
    assert not (study / "report").exists()


def test_an_empty_pattern_and_an_unknown_group_are_errors(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("concordance", "", study) == 2
    assert run("frames", study, "--by", "papers") == 2
    assert "paper" in capsys.readouterr().err


def test_frames_of_a_study_without_a_codebook_are_an_error(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (study / "study.toml").write_text(STUDY.replace('codebook = "codebook.yaml"', ""), encoding="utf-8")
    assert run("frames", study) == 2
    assert 'has no frames to count. List them in codebook.yaml, and write codebook = ' in capsys.readouterr().err


def test_a_folder_that_is_not_there_is_named(
    study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("frames", study, "-o", tmp_path / "none" / "frames.csv") == 2
    assert f"{tmp_path / 'none'} is no folder" in capsys.readouterr().err


def test_a_wrong_option_exits_with_two(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        run("reprot")
    assert stopped.value.code == 2
    assert "invalid choice" in capsys.readouterr().err


def test_the_module_is_the_command_and_tells_its_version() -> None:
    command = [sys.executable, "-m", "discourse", "--version"]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.startswith("discourse ")


def test_a_reader_who_stops_reading_is_no_error(study: Path) -> None:
    command = f'"{sys.executable}" -m discourse concordance "orbit" "{study}" | true'
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


# Kernels take about a second to start: they are met before, while they do, and after.
@pytest.mark.parametrize(("how", "seconds"), [(signal.SIGINT, 0.05), (signal.SIGINT, 0.4), (signal.SIGTERM, 1.5)])
def test_an_interrupted_report_leaves_nothing_behind(
    study: Path, notebooks: Path, tmp_path: Path, how: signal.Signals, seconds: float
) -> None:
    write_cell(notebooks, "import time\ntime.sleep(60)")
    work = tmp_path / "work"
    work.mkdir()
    program = (
        "import signal, sys, pathlib; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from discourse import cli\nfrom discourse.report import build\n"
        "build._own_notebooks = lambda: pathlib.Path(sys.argv[1])\n"
        "sys.exit(cli.main(['report', sys.argv[2]]))"
    )
    command = [sys.executable, "-c", program, str(notebooks), str(study)]
    env = {**os.environ, "TMPDIR": str(work)}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=env) as process:
        assert process.stderr is not None
        assert "running 01-a.ipynb" in process.stderr.readline()
        time.sleep(seconds)
        process.send_signal(how)
        assert process.stderr.read() == "discourse: interrupted; nothing was changed.\n"
    assert process.returncode == cli.INTERRUPTED
    assert not list(work.iterdir())
    assert sorted(path.name for path in study.iterdir()) == ["codebook.yaml", "study.toml", "texts"]
