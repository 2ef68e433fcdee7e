"""Codebooks from files of any kind that is known, told apart by what is in them."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

from discourse._errors import StudyError

from ..entries import Codebook
from .decoding import decoded, read_bytes
from .lists import read_cat, read_lc3
from .liwc import read_dic, read_dicx
from .yaml import read_yaml
from .yoshikoder import read_ykd

_READERS: dict[str, Callable[[str, str], Codebook]] = {
    "dic": read_dic,
    "dicx": read_dicx,
    "ykd": read_ykd,
    "lcd": read_ykd,
    "cat": read_cat,
    "lc3": read_lc3,
}
_WEIGHTS = re.compile(r"^\s+\S.*\([-+]?\d+(?:[.,]\d+)?\)\s*$", re.MULTILINE)


def read_codebook(path: str | Path, *, encoding: str | None = None) -> Codebook:
    """Read a codebook and check that every example matches and no counterexample does.

    Args:
        path: a YAML file with `frames`, `actors` and `names` (see docs/codebook.md), or a dictionary of LIWC (`.dic`,
            `.dicx`), Yoshikoder (`.ykd`), WordStat (`.cat`), Lexicoder (`.lc3`, `.lcd`) or quanteda (YAML), each
            category of which becomes a frame. What is in the file says which it is.
        encoding: of a dictionary that is not in UTF-8 and has no mark or declaration of its own; None:
            Windows-1252. Codebooks in our own YAML are UTF-8 or UTF-16.

    Raises:
        StudyError: the file is missing or empty, is not in its encoding or of its format, has a key twice or an
            unknown one, an unquoted yes, no, date or number where words are meant, a pattern that cannot be read or
            never found, or an example that the patterns contradict. The message names file and line.

    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "codebook.yaml").write_text("frames:\\n  power:\\n    include: [hegemon*, no]\\n", "utf-8")
    >>> read_codebook(folder / "codebook.yaml")
    Traceback (most recent call last):
    discourse._errors.StudyError: codebook.yaml, line 3: 'no' is read as a truth value. Put it in quotes: "no".
    """
    if not isinstance(path, str | os.PathLike):
        raise ValueError(f"path must be that of a codebook; got a {type(path).__name__}. Write it to a file first.")
    path = Path(path)
    text, strange = decoded(read_bytes(path), path.name, encoding)
    if not text.strip():
        raise StudyError(f"{path.name}: the file is empty. Write at least one frame, actor or name.")
    kind = _kind(text, path.suffix.lower().removeprefix("."))
    return _READERS[kind](text, path.name) if kind else read_yaml(text, path.name, strange=strange)


def _kind(text: str, ending: str) -> str:
    """Which format a file is in; empty for YAML."""
    first = text.lstrip().partition("\n")[0].strip()
    signs = {
        "dic": first == "%",
        "dicx": re.match(r"\"?DicTerm\b", first, re.IGNORECASE) is not None,
        "ykd": first.startswith("<"),
        "lc3": first.startswith("+"),
        "cat": ending in ("cat", "txt") and _WEIGHTS.search(text) is not None,
    }
    return next((kind for kind, there in signs.items() if there), ending if ending in _READERS else "")
