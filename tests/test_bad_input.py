"""Mistakes that a user can make with a study: each is named with file and line, and nothing is written."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import discourse
from discourse import cli

ROOT = Path(discourse.__file__).parent.parent
PAGE = "texts/000_a30b5597d8c1c8b5.txt"
PINNED = 'sha256 = "32c38598dcdfc16bd79bc68d880bf78bf7d36a97148679c4b9728e0707e31573"'
LINES = 'lines = "1-30"'
MANIFEST = {"study": "seeds", "inputs": {}, "outputs": {"report.html": "…"}}

Mistake = Callable[[Path], object]


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """A copy of the shipped study, with a former report beside it."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    shutil.copytree(ROOT / "tests" / "gold", tmp_path / "tests" / "gold")
    (tmp_path / "former").mkdir()
    (tmp_path / "former" / "manifest.json").write_text(json.dumps(MANIFEST), encoding="utf-8")
    (tmp_path / "former" / "report.html").write_text("The former report.", encoding="utf-8")
    return tmp_path / "seeds"


def put(name: str, old: str, new: str) -> Mistake:
    """Replace the first occurrence of a text in a file of the study."""

    def change(study: Path) -> None:
        text = (study / name).read_text(encoding="utf-8")
        assert old in text, f"{name} no longer holds {old!r}"
        (study / name).write_bytes(text.replace(old, new, 1).encode("utf-8"))

    return change


def page(data: bytes) -> Mistake:
    """Write a page whose hash and lines the study does not name."""

    def change(study: Path) -> None:
        put("study.toml", PINNED, "")(study)
        put("study.toml", LINES, "")(study)
        (study / PAGE).write_bytes(data)

    return change


def longer(study: Path) -> None:
    with (study / PAGE).open("ab") as file:
        file.write(b" ")


MISTAKES: dict[str, tuple[Mistake, str, tuple[str, ...]]] = {
    "no study": (
        lambda study: (study / "study.toml").unlink(), "study.toml",
        ("there is no such file. Check the folder",),
    ),
    "no TOML": (
        put("study.toml", 'group = "outlet"', "group = outlet"), "group = outlet",
        ("this is not valid TOML", "Look for a missing quotation mark"),
    ),
    "a missing source": (
        lambda study: (study / PAGE).unlink(), f'path = "{PAGE}"',
        (f"there is no file '{PAGE}'", "Put it there, or mend the path."),
    ),
    "a changed source": (
        longer, PINNED,
        (f"'{PAGE}' has changed", "Restore the file, or write the second hash"),
    ),
    "an unknown key": (
        put("study.toml", 'outlet = "Korybko"\n', 'outlet = "Korybko"\nlinez = "1-3"\n'), 'linez = "1-3"',
        ("unknown key 'linez'. Did you mean 'lines'?",),
    ),
    "an unknown key at the top": (
        put("study.toml", "codebook =", "code_book ="), "code_book =",
        ("unknown key 'code_book'", "Did you mean 'codebook'?"),
    ),
    "overlapping documents": (
        put("study.toml", 'lines = "51-93"', 'lines = "40-93"'), 'lines = "40-93"',
        ("lines 40-93 of", "overlap lines 1-43", "Give every line to one document"),
    ),
    "an unknown group": (
        put("study.toml", 'group = "outlet"', 'group = "oulet"'), 'group = "oulet"',
        ("the documents have no column 'oulet'", "Did you mean 'outlet'?"),
    ),
    "an unknown value of the group": (
        put("study.toml", '["Korybko", "Azernews"', '["Korybko", "Azernws"'), "order = [",
        ("no document has outlet = 'Azernws'", "Did you mean 'Azernews'?"),
    ),
    "an empty pattern in the spotlight": (
        put("study.toml", '"multi-vector", ', '"", '), "spotlight = [",
        ("spotlight must be", "Write spotlight = ["),
    ),
    "a page that is not UTF-8": (
        page(b"First line.\nIt is \xff broken.\n"), PAGE,
        (f"{PAGE}, line 2: byte 18 (0xff) is not valid utf-8.", "Save the file as UTF-8, or name the encoding"),
    ),
    "an empty page": (
        page(b""), PAGE,
        (f"{PAGE}: the file is empty. Fill it, or leave it out of the study.",),
    ),
    "a codebook with a key twice": (
        put("codebook.yaml", "\nactors:\n", "\nframes:\n  again: {include: [x]}\nactors:\n"), "frames:\n  again",
        ("the key 'frames' stands twice. Join the two, or rename one.",),
    ),
    "an example that does not match": (
        put("codebook.yaml", "    examples:\n", '    examples:\n      - "about nothing"\n'), '- "about nothing"',
        ("the example 'about nothing' does not match. Mend the patterns of",),
    ),
    "a counterexample that matches": (
        put("codebook.yaml", "    counterexamples:\n", '    counterexamples:\n      - "an old sphere of influence"\n'),
        '- "an old sphere of influence"',
        ("the counterexample 'an old sphere of influence' matches. Mend the patterns of",),
    ),
    "an empty pattern in the codebook": (
        put("codebook.yaml", "    include:\n", '    include:\n      - ""\n'), '- ""',
        ("A pattern must have at least one word; got ''. Write a word or leave the line out.",),
    ),
}  # fmt: skip


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def place(study: Path, sign: str) -> str:
    """The file, and the line if it has one, on which a sign of the mistake first stands."""
    for name in ("study.toml", "codebook.yaml"):
        text = (study / name).read_text(encoding="utf-8") if (study / name).exists() else ""
        if sign in text and sign != PAGE:
            return f"{name}, line {text[: text.index(sign)].count(chr(10)) + 1}: "
    return sign


@pytest.mark.parametrize("name", MISTAKES)
@pytest.mark.parametrize("output", ["new", "former"])
def test_a_mistake_is_named_with_its_place_and_nothing_is_written(study, capsys, name, output):
    mistake, sign, words = MISTAKES[name]
    mistake(study)
    before = snapshot(study.parent)
    assert cli.main(["report", str(study), "-o", str(study.parent / output)]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("discourse: ")
    assert "Traceback" not in printed.err
    assert printed.err.count("\n") == 1
    assert snapshot(study.parent) == before
    assert not (study.parent / "new").exists()
    assert place(study, sign) in printed.err
    for said in words:
        assert said in printed.err


def test_the_command_itself_ends_with_code_2_and_no_traceback(study):
    (study / PAGE).unlink()
    command = [sys.executable, "-W", "error", "-m", "discourse", "report", str(study), "-o", str(study.parent / "out")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("discourse: study.toml, line ")
    assert "Traceback" not in done.stderr
    assert not (study.parent / "out").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["concordance", ""], "A pattern must have at least one word; got ''."),
        (["concordance", "   "], "A pattern must have at least one word"),
        (["concordance", "~3"], "A gap is written ~N between two words"),
        (["frames", "--by", "oulet"], "got 'oulet'. Did you mean 'outlet'?"),
    ],
)
def test_other_commands_name_the_argument(study, capsys, arguments, said):
    assert cli.main([*arguments, str(study), "-o", str(study.parent / "table.csv")]) == 2
    printed = capsys.readouterr()
    assert said in printed.err
    assert "Traceback" not in printed.err
    assert not (study.parent / "table.csv").exists()


def test_a_folder_with_other_files_is_never_replaced(study, capsys):
    (study.parent / "letters").mkdir()
    (study.parent / "letters" / "draft.txt").write_text("Dear reader,", encoding="utf-8")
    assert cli.main(["report", str(study), "-o", str(study.parent / "letters")]) == 2
    assert "'draft.txt', which no report wrote" in capsys.readouterr().err
    assert (study.parent / "letters" / "draft.txt").read_text(encoding="utf-8") == "Dear reader,"
