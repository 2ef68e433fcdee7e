"""The wheel alone, outside the checkout: it holds what a report needs, not the texts, and builds one."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from invented import write_study

import discourse

ROOT = Path(discourse.__file__).parent.parent
# The dependencies come from this environment; the checkout, which it installed for editing, must not.
BOOT = """
import sys
sys.path[:] = [{site!r}] + [place for place in sys.path if place and place != {root!r}]
import discourse, runpy
found = discourse.__file__
sys.exit(f"the checkout got in: {{found}}") if not found.startswith({site!r}) else None
sys.argv = ["discourse", *sys.argv[1:]]
runpy.run_module("discourse", run_name="__main__")
"""


def call(*arguments: object, cwd: Path, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *map(str, arguments)]
    return subprocess.run(
        command, cwd=cwd, env=env, capture_output=True, text=True, check=False, encoding="utf-8", timeout=300
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the source archive."""
    folder = tmp_path_factory.mktemp("dist")
    done = call("-m", "build", "--no-isolation", "--wheel", "--sdist", "-o", folder, ROOT, cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def site(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the wheel is installed, without dependencies."""
    folder = tmp_path_factory.mktemp("elsewhere") / "site"
    wheel = next(built.glob("*.whl"))
    done = call("-m", "pip", "install", "--no-deps", "--no-index", "--target", folder, wheel, cwd=built)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def run(site: Path, *arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the command from the wheel; the kernels of its notebooks find it in the same place."""
    env = {name: value for name, value in os.environ.items() if name not in ("DISCOURSE_STUDY", "PYTHONPATH")}
    boot = BOOT.format(site=str(site), root=str(ROOT))
    return call("-c", boot, *arguments, cwd=cwd, env=env | {"PYTHONPATH": str(site)})


def wheel_names(built: Path) -> set[str]:
    with zipfile.ZipFile(next(built.glob("*.whl"))) as archive:
        return set(archive.namelist())


def test_the_wheel_holds_code_notebooks_templates_and_licence(built):
    names = wheel_names(built)
    package = {path for path in (ROOT / "discourse").rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    notebooks = {f"discourse/notebooks/{path.name}" for path in (ROOT / "notebooks").glob("*.ipynb")}
    expected = {path.relative_to(ROOT).as_posix() for path in package} | notebooks
    assert len(notebooks) == 7
    assert {"discourse/py.typed", "discourse/templates/codebook.yaml"} <= expected
    assert {name for name in names if ".dist-info/" not in name} == expected
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)


def test_no_archive_holds_a_text_of_the_shipped_study(built):
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        source = {name.split("/", 1)[1] for name in archive.getnames()}
    assert {"LICENSE", "README.md", "discourse/__init__.py", "notebooks/01-corpus.ipynb"} <= source
    texts = {path.name for path in (ROOT / "seeds" / "texts").iterdir()}
    for name in source | wheel_names(built):
        assert Path(name).name not in texts
        assert Path(name).parts[0] not in ("seeds", "reports", "tests")


def test_outside_a_checkout_a_bare_report_says_that_there_are_no_texts(site, tmp_path):
    done = run(site, "report", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("discourse: There is no study.toml in ")
    assert "the installed package holds no texts, because their owners keep the rights" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_wheel_builds_a_report_on_a_study_of_its_own(site, tmp_path):
    study = write_study(tmp_path / "study")
    done = run(site, "report", study, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    page = study / "report" / "report.html"
    assert done.stdout == f"{page}\n"
    assert "The ferry and the bridge" in page.read_text(encoding="utf-8")
    assert (study / "report" / "tables" / "documents.csv").is_file()
    assert (study / "report" / "manifest.json").is_file()
    assert str(ROOT) not in page.read_text(encoding="utf-8")
