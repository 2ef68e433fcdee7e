"""The project around the package: what is pinned, what is kept, under which terms, and whether its pages are true."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from itertools import chain
from pathlib import Path

import yaml

import discourse

ROOT = Path(discourse.__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PINS = re.findall(r"^([\w.-]+)==(\S+)", LOCK, re.MULTILINE)

TOP = set("""
    .ci .gitattributes .gitignore CHANGELOG.md CITATION.cff LICENSE Makefile README.md discourse docs notebooks
    pyproject.toml reports requirements.lock seeds tests
""".split())
GENERATED = (".git", ".venv", ".mypy_cache", ".pytest_cache", ".ruff_cache", ".hypothesis", "build", "dist")
# Folders of one machine, and hosts of packages; spelt so that this file does not hold them.
MACHINE = re.compile(
    r"[\s\"'(=]/(?:root|work|home|Users|opt)/|[A-Z]:\\Users|pypi[.]org|python[h]osted|:/[/]localhost|127[.]0[.]"
)
TEMPORARY = re.compile(r"[\s\"'(=]/tmp/")
EMBEDDED = re.compile(r"base64,[A-Za-z0-9+/=\s]+")

# Started as programs or by name and never imported: the kernel of the notebooks, and their conversion without a report.
STARTED = {"ipykernel", "nbconvert"}
# Weak copyleft, file by file; used as they are and not passed on with the package.
MPL = {"certifi", "fqdn", "hypothesis", "pathspec", "tqdm"}


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def requirement_names(lines: list[str]) -> set[str]:
    return {plain(re.split(r"[^\w.-]", line, maxsplit=1)[0]) for line in lines}


def project_files() -> list[Path]:
    """The files under version control, or, where git cannot tell, all but what is generated."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode == 0:
        names = listed.stdout.decode("utf-8").split("\0")
        return [ROOT / name for name in names if name and (ROOT / name).is_file()]
    return sorted(walked(ROOT))


def walked(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.name in (*GENERATED, "__pycache__", ".ipynb_checkpoints"):
            continue
        if path.is_dir():
            yield from walked(path)
        else:
            yield path


FILES = project_files()


# What is pinned


def test_every_requirement_of_the_lock_has_a_hash():
    entries = re.split(r"^(?=[\w.-]+==)", re.sub(r"^\s*#.*\n", "", LOCK, flags=re.MULTILINE), flags=re.MULTILINE)[1:]
    assert len(entries) == len(PINS) > 100
    assert [entry.split()[0] for entry in entries if not re.search(r"--hash=sha256:[0-9a-f]{64}", entry)] == []


def test_the_lock_names_no_host_and_no_option():
    assert "://" not in LOCK
    assert not re.findall(r"^\s*-(?!-hash)\S+", LOCK, re.MULTILINE)
    assert " @ " not in LOCK


def test_the_lock_holds_everything_that_the_project_asks_for():
    extras = PROJECT["optional-dependencies"]
    asked = requirement_names([*PROJECT["dependencies"], *extras["test"], *extras["lab"]]) - {PROJECT["name"]}
    assert asked <= {plain(name) for name, _ in PINS}


def test_what_is_installed_is_what_is_pinned():
    pinned: dict[str, set[str]] = {}
    for name, version in PINS:
        pinned.setdefault(plain(name), set()).add(version)
    for name in requirement_names(PROJECT["dependencies"]):
        assert metadata.version(name) in pinned[name], name


def imported_packages() -> set[str]:
    found = set()
    for path in (ROOT / "discourse").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                found.add(str(node.module).split(".")[0])
    return found - set(sys.stdlib_module_names) - {"discourse"}


def test_every_dependency_is_used_and_every_import_is_a_dependency():
    homes = metadata.packages_distributions()
    used = {plain(homes[name][0]) for name in imported_packages()}
    extras = [PROJECT["optional-dependencies"][name] for name in ("cluster", "fast")]
    assert used | STARTED == requirement_names([*PROJECT["dependencies"], *chain(*extras)])


def terms(name: str) -> str:
    """What a distribution says of its licence, in its short fields."""
    fields = metadata.metadata(name)
    short = (fields.get("License") or "").split("\n")[0]
    classifiers = [text for text in fields.get_all("Classifier") or [] if text.startswith("License")]
    return " ".join([fields.get("License-Expression") or "", short, *classifiers]).strip()


def test_no_dependency_is_under_a_copyleft_licence_that_reaches_further_than_its_own_files():
    installed = {plain(found.name) for found in metadata.distributions()}
    said = {plain(name): terms(name) for name, _ in PINS if plain(name) in installed}
    assert [name for name, text in said.items() if not text] == []
    assert [name for name, text in said.items() if re.search(r"GPL|GNU|CC-BY-NC|SSPL|EUPL", text)] == []
    assert {name for name, text in said.items() if re.search(r"MPL|Mozilla", text)} <= MPL


# What is kept


def test_the_top_level_holds_what_is_planned():
    assert {path.relative_to(ROOT).parts[0] for path in FILES} <= TOP


def test_no_file_names_a_machine_or_a_host_of_packages():
    for path in FILES:
        text = EMBEDDED.sub("", path.read_bytes().decode("utf-8", errors="ignore"))
        assert not MACHINE.findall(text), path
        assert path.is_relative_to(ROOT / "tests") or not TEMPORARY.findall(text), path


def test_no_file_is_a_pickle():
    assert [p for p in FILES if p.suffix in (".pkl", ".pickle", ".joblib", ".dill")] == []
    assert [p for p in FILES if re.match(rb"\x80[\x02-\x05]", p.read_bytes()[:2])] == []
    assert not imported_packages() & {"pickle", "joblib", "cloudpickle"}


def test_no_stored_notebook_has_outputs():
    for path in (path for path in FILES if path.suffix == ".ipynb"):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        assert not [cell for cell in cells if cell.get("outputs") or cell.get("execution_count")], path


def test_line_ends_are_never_converted():
    assert "* -text" in (ROOT / ".gitattributes").read_text(encoding="utf-8").split("\n")
    texts = [path for path in FILES if path.suffix in (".py", ".md", ".toml", ".yaml", ".ipynb", ".lock")]
    assert [path for path in texts if b"\r" in path.read_bytes()] == []


# Under which terms


def test_the_licence_is_bsd_and_leaves_the_texts_to_their_owners():
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "BSD 3-Clause License" in licence
    assert "Copyright (c) 2026, The discourse authors" in licence
    assert "seeds/texts" in licence
    assert PROJECT["license"] == "BSD-3-Clause"


def test_the_citation_is_of_this_version():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= citation.keys()
    assert citation["cff-version"] == "1.2.0"
    assert str(citation["version"]) == PROJECT["version"]
    assert citation["license"] == PROJECT["license"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", citation["date-released"])
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## {PROJECT['version']} - {citation['date-released']}" in changes


# What its pages say


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_readme_fits_on_one_screen():
    assert len(page("README.md").splitlines()) <= 100


def test_every_make_command_of_the_readme_exists():
    targets = set(re.findall(r"^([a-z]+):", page("Makefile"), re.MULTILINE))
    named = set(re.findall(r"(?:`|^    )make ([a-z]+)", page("README.md"), re.MULTILINE))
    assert {"report", "test", "lab"} <= named <= targets


def test_the_study_that_the_readme_shows_is_one(tmp_path):
    for name in ("north", "south"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}-1.txt").write_text("A ferry.", encoding="utf-8")
    shown = re.findall(r"```toml\n(.*?)```", page("README.md"), re.DOTALL)
    (tmp_path / "study.toml").write_text(shown[0], encoding="utf-8")
    study = discourse.read_study(tmp_path)
    assert (study.group, study.order, len(study.corpus)) == ("paper", ("North", "South"), 2)
    template = ROOT / "discourse" / "templates" / "codebook.yaml"
    assert discourse.read_codebook(template).frames


def test_every_file_that_the_pages_link_to_is_there():
    for path in (path for path in FILES if path.suffix == ".md"):
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.name} links to {target}"


def test_the_readme_names_places_that_exist():
    places = re.findall(r"`((?:discourse|notebooks|seeds|tests|reports|docs)/[\w./-]*)`", page("README.md"))
    built = {"reports/report.html"}
    assert len(places) > 8
    assert [place for place in places if place not in built and not (ROOT / place).exists()] == []


def test_the_commands_without_make_are_those_of_make():
    made = page("Makefile").replace("--quiet --disable-pip-version-check ", "").replace("--editable", "-e")
    for line in ("--require-hashes --no-deps -r requirements.lock", "--no-deps --no-build-isolation -e ."):
        assert f"pip install {line}\n" in page("docs/installing.md")
        assert f"pip install {line}\n" in made


def test_continuous_integration_runs_the_test_command_of_the_readme():
    script = ROOT / ".ci" / "run"
    commands = [line for line in script.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    assert commands[0] == "set -euo pipefail"
    assert [line for line in commands if line.startswith("make")] == ["make test </dev/null"]
    assert os.name == "nt" or os.access(script, os.X_OK)
