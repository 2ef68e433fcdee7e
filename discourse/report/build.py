"""From a study folder to a report: run the notebooks, collect what they showed, write it down."""

from __future__ import annotations

import base64
import platform
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from importlib import metadata, resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from discourse._errors import StudyError
from discourse.counts.matches import COLUMNS
from discourse.report.bundle import Bundle
from discourse.report.cells import DIGITS, Plain, csv_text
from discourse.report.figure import DPI, HASHSALT
from discourse.report.folder import ENVIRONMENT, MANIFEST, files_in, replacing, sha256, write_json, write_text
from discourse.report.kernel import SETTINGS, run_notebooks
from discourse.report.methods import SEEDS, methods
from discourse.report.page import collected, page_html, twins

if TYPE_CHECKING:
    from discourse.study import Study

DISTRIBUTION = "discourse-contrast"
PAGE, EVIDENCE = "report.html", "evidence.csv"
EVIDENCE_ORDER = ("doc_id", "start", "end", "hit_id")


def build_report(
    study_folder: str | Path, output: str | Path, *, notebooks: str | Path | None = None
) -> Path:
    """Run the notebooks on a study and write the report; return the path of its page.

    The study is read first, so that its errors come before anything runs. The report is written beside the
    output folder and takes its place when complete: after an error the old report is as it was.

    Args:
        study_folder: The folder with `study.toml`.
        output: The folder of the report: new, empty, or holding a former report and nothing else.
        notebooks: A folder of notebooks `NN-name.ipynb`; default the package's own.

    Raises:
        StudyError: the study cannot be used as it stands.
        NotebookError: a cell failed.
        FileExistsError: the output folder holds files that no report wrote.
    """
    from discourse.study import read_study

    study = read_study(study_folder)
    if notebooks is None:
        _check_group(study)
    output = Path(output).resolve()
    with replacing(output) as folder:
        write_report(study, folder, notebooks=notebooks, recorded=recorded_path(study.folder, output))
    return output / PAGE


def _check_group(study: Study) -> None:
    """Check that the notebooks can compare the groups of a study, before they run."""
    if study.group in COLUMNS:
        raise StudyError(
            f"study.toml: group must not be {study.group!r}, which is a column of the tables of hits. Rename yours."
        )
    if len(study.order) < 2:
        raise StudyError(
            f"study.toml: the report compares groups, and there is one {study.group} only: {study.order[0]!r}. "
            "Name another column as group, or add documents of others."
        )


def default_output(study_folder: Path) -> Path:
    """Return where a report goes: `reports/` beside the shipped study, else `report/` in the study."""
    checkout = _checkout()
    if checkout and study_folder.resolve() == checkout / "seeds":
        return checkout / "reports"
    return study_folder / "report"


def recorded_path(study_folder: Path, output: Path) -> str | None:
    """Return the way from the report to its study, or None where it would tell of the machine's folders."""
    root = output.parent
    study_folder = study_folder.resolve()
    if study_folder == output.parent:
        return ".."
    return f"../{study_folder.relative_to(root).as_posix()}" if study_folder.is_relative_to(root) else None


def write_report(
    study: Study, folder: Path, *, notebooks: str | Path | None = None, recorded: str | None = None
) -> None:
    """Write all files of a report into a folder."""
    paths = notebook_paths(notebooks)
    inputs = input_hashes(study, paths)
    executed = run_notebooks(paths, study.folder.resolve())
    bundles = collected(executed)
    page = page_html(executed, title=study.title, version=_version(), inputs=inputs, methods=methods(study))
    write_text(folder / PAGE, page)
    _write_items(bundles, folder)
    write_text(folder / EVIDENCE, evidence_csv(bundles))
    outputs = {name: sha256(path) for name, path in files_in(folder).items()}
    write_json(folder / MANIFEST, _manifest(study, inputs, outputs, recorded))
    write_json(folder / ENVIRONMENT, _environment())


def notebook_paths(folder: str | Path | None = None) -> list[Path]:
    """Return the notebooks in order: of the given folder, else of the wheel, else of the checkout.

    Raises:
        FileNotFoundError: there are none.
    """
    place = Path(folder) if folder is not None else _own_notebooks()
    found = sorted(path for path in place.glob("*.ipynb") if re.match(r"\d+-", path.name))
    if not found:
        raise FileNotFoundError(f"{place} holds no notebook named like '01-corpus.ipynb'. Name another.")
    return found


def _own_notebooks() -> Path:
    installed = Path(str(resources.files("discourse") / "notebooks"))
    checkout = _checkout()
    return installed if installed.is_dir() or not checkout else checkout / "notebooks"


def _checkout() -> Path | None:
    """Return the checkout this package runs from, if it does."""
    root = Path(str(resources.files("discourse"))).resolve().parent
    return root if (root / "pyproject.toml").is_file() and (root / "notebooks").is_dir() else None


def input_hashes(study: Study, notebooks: Iterable[Path]) -> dict[str, str]:
    """Return the fingerprint of every file that goes in: of the study, the notebooks and the lock file."""
    folder = study.folder.resolve()
    named = {f"study/{_inside(path.resolve(), folder)}": path for path in study.files}
    named |= {f"notebooks/{path.name}": path for path in notebooks}
    checkout = _checkout()
    if checkout and (checkout / "requirements.lock").is_file():
        named["requirements.lock"] = checkout / "requirements.lock"
    return {name: sha256(named[name]) for name in sorted(named)}


def _inside(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.name


def _write_items(bundles: Sequence[Bundle], folder: Path) -> None:
    repeated = twins(bundles)
    for bundle in bundles:
        if bundle.grid and bundle.id not in repeated:
            write_text(folder / "tables" / f"{bundle.id}.csv", bundle.grid.csv)
        if bundle.svg:
            write_text(folder / "figures" / f"{bundle.id}.svg", bundle.svg)
            (folder / "figures" / f"{bundle.id}.png").write_bytes(base64.b64decode(bundle.png))


def evidence_csv(bundles: Sequence[Bundle]) -> str:
    """Return every hit behind a count of the page once, in the order of the documents and of the text."""
    columns = list(dict.fromkeys(c for bundle in bundles for c in bundle.evidence.columns)) or ["hit_id"]
    hits: dict[Plain, dict[str, Plain]] = {}
    for bundle in bundles:
        for row in bundle.evidence.rows:
            hit = dict(zip(bundle.evidence.columns, row, strict=True))
            hits[hit["hit_id"]] = hit | hits.get(hit["hit_id"], {})
    ordered = sorted(hits.values(), key=_evidence_key)
    return csv_text(columns, ([hit.get(column) for column in columns] for hit in ordered))


def _evidence_key(hit: Mapping[str, Plain]) -> tuple[str, ...]:
    values = [hit.get(column) for column in EVIDENCE_ORDER]
    return tuple(f"{value:012d}" if isinstance(value, int) else str(value) for value in values)


def _manifest(
    study: Study, inputs: dict[str, str], outputs: dict[str, str], recorded: str | None
) -> dict[str, Any]:
    figures = {"dpi": DPI, "svg.hashsalt": HASHSALT}
    return {
        "made_by": {"name": DISTRIBUTION, "version": _version()},
        "title": study.title,
        "study": recorded,
        "settings": {"environment": SETTINGS, "figures": figures, "digits": DIGITS},
        "seeds": dict(SEEDS),
        "inputs": inputs,
        "outputs": outputs,
    }


def _environment() -> dict[str, Any]:
    return {
        "python": platform.python_version(),
        "implementation": platform.python_implementation(),
        "system": f"{sys.platform} {platform.machine()}",
        "packages": {name: metadata.version(name) for name in _dependencies()},
    }


def _dependencies() -> list[str]:
    """Return the packages that ours needs to run, without those of extras."""
    lines = [line for line in metadata.requires(DISTRIBUTION) or [] if "extra ==" not in line]
    return sorted({re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in lines})


def _version() -> str:
    return metadata.version(DISTRIBUTION)
