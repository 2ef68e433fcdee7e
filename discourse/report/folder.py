"""The folder of a report: written beside the old one and put in its place when it is complete."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from discourse._writing import writing_to

MANIFEST = "manifest.json"
ENVIRONMENT = "environment.json"


def sha256(path: Path) -> str:
    """Return the fingerprint of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def files_in(folder: Path) -> dict[str, Path]:
    """Return the files of a folder by their name inside it, sorted; hidden ones are nobody's business."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: found[name] for name in sorted(found) if not name.startswith(".")}


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 with LF line ends, making the folder where needed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8"))


def write_json(path: Path, data: Mapping[str, Any]) -> None:
    """Write JSON for people: indented, keys in the given order."""
    write_text(path, json.dumps(data, indent=2, ensure_ascii=False) + "\n")


def read_manifest(folder: Path) -> dict[str, Any]:
    """Read the manifest of a report.

    Raises:
        FileNotFoundError: there is none.
        ValueError: it is not ours.
    """
    path = folder / MANIFEST
    if not path.is_file():
        raise FileNotFoundError(f"{folder} holds no report (no {MANIFEST}). Build one: discourse report")
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        manifest = None
    if not isinstance(manifest, dict) or not isinstance(manifest.get("outputs"), dict):
        raise ValueError(f"{path} was not written by discourse. Name the folder of a report.")
    return manifest


def check_replaceable(output: Path) -> None:
    """Check that an output folder is new, empty or a former report, and holds nothing else.

    Raises:
        FileExistsError: it holds files that no report wrote; the first is named.
        NotADirectoryError: it is a file.
    """
    if not output.exists():
        return
    if not output.is_dir():
        raise NotADirectoryError(f"{output} is a file. Name a folder for the report.")
    ours = {MANIFEST, ENVIRONMENT}
    if (output / MANIFEST).is_file():
        ours |= set(read_manifest(output)["outputs"])
    foreign = [name for name in files_in(output) if name not in ours]
    if foreign:
        raise FileExistsError(
            f"{output} holds {foreign[0]!r}, which no report wrote"
            f"{f', and {len(foreign) - 1} more' if len(foreign) > 1 else ''}. "
            "Name another folder, or move these files away."
        )


@contextmanager
def replacing(output: Path) -> Iterator[Path]:
    """Give a new folder to write into; at the end it takes the place of `output`, on an error it vanishes."""
    check_replaceable(output)
    with writing_to(output):
        output.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=f".{output.name}-", dir=output.parent))
        try:
            new = work / "new"
            new.mkdir()
            yield new
            _swap(new, output, work / "former")
        finally:
            shutil.rmtree(work, ignore_errors=True)


def _swap(new: Path, output: Path, former: Path) -> None:
    if not output.exists():
        new.rename(output)
        return
    for hidden in output.glob(".*"):
        shutil.copytree(hidden, new / hidden.name) if hidden.is_dir() else shutil.copy2(hidden, new)
    output.rename(former)
    try:
        new.rename(output)
    except BaseException:
        former.rename(output)
        raise
