"""Rebuild a report elsewhere and compare every byte."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pandas as pd

from discourse.report.build import write_report
from discourse.report.folder import ENVIRONMENT, files_in, read_manifest


def verify_report(
    output: str | Path, *, study: str | Path | None = None, notebooks: str | Path | None = None
) -> pd.DataFrame:
    """Build a report again from its study and compare it with the one that is there.

    Args:
        output: The folder of the report.
        study: The study folder; default the one the manifest names.
        notebooks: The folder of notebooks, where the report was not built from the package's own.

    Returns:
        One row per file, sorted by name: `file, status`, where status is `same`, `differs`, `missing` (only
        the rebuilt report has it) or `extra` (only the old one has it). Installed versions
        (environment.json) are not compared.

    Raises:
        FileNotFoundError: the folder holds no report.
        ValueError: the manifest names no study and none is given.
    """
    from discourse.study import read_study

    folder = Path(output).resolve()
    recorded = read_manifest(folder).get("study")
    if study is None and recorded is None:
        raise ValueError(f"study must be given: the manifest of {output} does not say where it lies.")
    found = read_study(study if study is not None else (folder / str(recorded)).resolve())
    with tempfile.TemporaryDirectory(prefix="discourse-") as rebuilt:
        write_report(found, Path(rebuilt), notebooks=notebooks, recorded=recorded)
        return compared(folder, Path(rebuilt))


def compared(old: Path, new: Path) -> pd.DataFrame:
    """Compare two folders file by file: `file, status`."""
    before, after = files_in(old), files_in(new)
    names = sorted((before.keys() | after.keys()) - {ENVIRONMENT})
    status = [_status(before.get(name), after.get(name)) for name in names]
    return pd.DataFrame({"file": names, "status": status}, dtype=str)


def _status(old: Path | None, new: Path | None) -> str:
    if old is None or new is None:
        return "missing" if old is None else "extra"
    return "same" if old.read_bytes() == new.read_bytes() else "differs"
