"""A codebook as our own YAML, which reads as the same codebook again."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from discourse._writing import write_whole

from ..entries import Codebook, Entry, Negation, known
from ..patterns import Condition, Pattern

_BREAK = re.compile(r"[^\S ]|\ufeff")

Plain = dict[str, Any]


def write_codebook(codebook: Codebook, path: str | Path) -> None:
    """Write a codebook as YAML; `read_codebook` reads it as an equal one, with its entries in the same order.

    The file takes its place when it is complete: after an error the old one is as it was.

    Args:
        codebook: what to write.
        path: of the file; UTF-8.

    >>> import tempfile
    >>> from discourse.codebook import parse_pattern, read_codebook
    >>> book = Codebook({"force": Entry("frame", "force", (parse_pattern("war|no"),), definition="Violence: any.")})
    >>> file = Path(tempfile.mkdtemp()) / "codebook.yaml"
    >>> write_codebook(book, file)
    >>> print(file.read_text("utf-8"))
    frames:
      force:
        definition: 'Violence: any.'
        include:
        - war|no
    <BLANKLINE>
    >>> read_codebook(file) == book
    True
    """
    path = Path(path)
    text = yaml.dump(_codebook(known(codebook)), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=116)
    write_whole(path, text.encode("utf-8"))


class _Dumper(yaml.SafeDumper):
    """Writes what stands twice twice, not as an alias, and breaks of lines as escapes: others are read as blanks."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def represent_str(self, data: str) -> yaml.ScalarNode:
        return self.represent_scalar("tag:yaml.org,2002:str", data, style='"' if _BREAK.search(data) else None)


_Dumper.add_representer(str, _Dumper.represent_str)


def _codebook(codebook: Codebook) -> Plain:
    parts: Plain = {
        "frames": {key: _frame(entry) for key, entry in codebook.frames.items()},
        "actors": {key: _plain(entry) for key, entry in codebook.actors.items()},
        "names": {key: {n: _plain(way) for n, way in ways.items()} for key, ways in codebook.names.items()},
        "nested_scope": codebook.nested_scope if codebook.nested_scope != "key" else "",
        "negation": _negation(codebook.negation) if codebook.negation != Negation() else {},
    }
    return {key: part for key, part in parts.items() if part}


def _negation(negation: Negation) -> Plain:
    return {"words": list(negation.words), "within": negation.within, "until": list(negation.until)}


def _frame(entry: Entry) -> Plain:
    about: Plain = {"definition": entry.definition} if entry.definition else {}
    texts = {"examples": list(entry.examples), "counterexamples": list(entry.counterexamples)}
    return about | _sought(entry) | {key: value for key, value in texts.items() if value}


def _plain(entry: Entry) -> Plain | list[Any]:
    sought = _sought(entry)
    return sought if len(sought) > 1 else list(sought["include"])


def _sought(entry: Entry) -> Plain:
    exclude = {"exclude": [pattern.text for pattern in entry.exclude]} if entry.exclude else {}
    return {"include": [_pattern(pattern) for pattern in entry.include]} | exclude | _conditions(entry.conditions)


def _pattern(pattern: Pattern) -> str | Plain:
    if pattern.weight == 1 and not pattern.conditions:
        return pattern.text
    weight = {"weight": pattern.weight} if pattern.weight != 1 else {}
    return {"pattern": pattern.text} | weight | _conditions(pattern.conditions)


def _conditions(conditions: tuple[Condition, ...]) -> Plain:
    kinds = {"near": True, "not_near": False}
    found = {
        key: [{"patterns": [p.text for p in c.patterns], "within": c.within} for c in conditions if c.wanted == wanted]
        for key, wanted in kinds.items()
    }
    return {key: value for key, value in found.items() if value}
