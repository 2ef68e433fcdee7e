"""Codebooks in YAML, read strictly: what YAML would guess or drop silently is an error with its line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml

from discourse._errors import StudyError, at, listed, nearest

from .entries import Codebook, Entry
from .examples import check_examples
from .patterns import Pattern, parse_pattern

_FRAME_KEYS = ("definition", "include", "exclude", "examples", "counterexamples")
_PLAIN = ("tag:yaml.org,2002:str",)
_MEANT = {"bool": "a truth value", "timestamp": "a date", "int": "a number", "float": "a number", "null": "nothing"}


def read_codebook(path: str | Path) -> Codebook:
    """Read a codebook and check that every example matches and no counterexample does.

    Args:
        path: a YAML file with `frames`, `actors` and `names` (see docs/codebook.md); UTF-8.

    Raises:
        StudyError: the file is missing or empty, is not UTF-8 or YAML, has a key twice or an unknown one, an
            unquoted yes, no, date or number where words are meant, a pattern that cannot be read, or an example
            that the patterns contradict. The message names file and line.
    """
    return _Reader(Path(path)).codebook()


class _Reader:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines: dict[tuple[str, ...], int] = {}

    def error(self, node: yaml.Node | None, text: str) -> StudyError:
        return StudyError(f"{at(self.path.name, node.start_mark.line + 1 if node else None)}: {text}")

    def codebook(self) -> Codebook:
        root = self._compose()
        parts = dict(self._pairs(root, ("frames", "actors", "names"), "the codebook"))
        frames = {key: self._frame(key, node) for key, node in self._pairs(parts.get("frames"), None, "frames")}
        actors = {key: self._plain("actor", key, node) for key, node in self._pairs(parts.get("actors"), None, "actors")}
        names = {
            key: {name: self._name(key, name, way) for name, way in self._pairs(node, None, f"names of {key!r}")}
            for key, node in self._pairs(parts.get("names"), None, "names")
        }
        codebook = Codebook(frames, actors, names)
        for frame, line, text in check_examples(codebook, self.lines):
            raise StudyError(f"{at(self.path.name, line)}: {text} Mend the patterns of {frame!r} or the example.")
        return codebook

    def _compose(self) -> yaml.Node:
        try:
            text = self.path.read_bytes().decode("utf-8")
            root = yaml.compose(text, Loader=yaml.SafeLoader)
        except FileNotFoundError:
            raise StudyError(f"{self.path}: there is no such file. Write a codebook or correct the path.") from None
        except UnicodeDecodeError as error:
            raise StudyError(f"{self.path.name}: byte {error.start} is not UTF-8. Save the file as UTF-8.") from None
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else None
            raise StudyError(
                f"{at(self.path.name, line)}: this is not YAML: {error.problem}. Check indentation, colons and quotes."
            ) from None
        except yaml.YAMLError as error:
            raise StudyError(f"{self.path.name}: this is not YAML: {error}. Save the file as plain text.") from None
        if root is None:
            raise self.error(None, "the file is empty. Write at least one frame, actor or name.")
        return root

    def _pairs(
        self, node: yaml.Node | None, allowed: tuple[str, ...] | None, what: str
    ) -> Iterator[tuple[str, yaml.Node]]:
        """The keys and values of a mapping, each key once and known."""
        if node is None:
            return
        if not isinstance(node, yaml.MappingNode):
            raise self.error(node, f"{what} must be a mapping of names to values. Indent them and end names with a colon.")
        seen: set[str] = set()
        for key_node, value in node.value:
            key = self._text(key_node, "a key")
            if key in seen:
                raise self.error(key_node, f"the key {key!r} stands twice. Join the two, or rename one.")
            if allowed and key not in allowed:
                known = f"the keys here are {listed(allowed)}.{nearest(key, allowed)}"
                raise self.error(key_node, f"unknown key {key!r}; {known}")
            seen.add(key)
            yield key, value

    def _text(self, node: yaml.Node, what: str) -> str:
        if not isinstance(node, yaml.ScalarNode):
            raise self.error(node, f"{what} must be words, not a list or mapping. Put it on one line, in quotes.")
        if node.tag not in _PLAIN:
            meant = _MEANT.get(node.tag.rpartition(":")[2], "something else than words")
            raise self.error(node, f'{node.value or "an empty value"!r} is read as {meant}. Put it in quotes: "{node.value}".')
        return str(node.value)

    def _texts(self, node: yaml.Node | None, what: str, place: tuple[str, ...] = ()) -> tuple[str, ...]:
        if node is None:
            return ()
        if not isinstance(node, yaml.SequenceNode):
            raise self.error(node, f"{what} must be a list. Put each on a line of its own with '- ' in front.")
        texts = [self._text(item, what) for item in node.value]
        self.lines.update({(*place, text): item.start_mark.line + 1 for text, item in zip(texts, node.value, strict=True)})
        return tuple(texts)

    def _patterns(self, node: yaml.Node | None, what: str, *, slots: bool = False) -> tuple[Pattern, ...]:
        if node is None:
            return ()
        found = []
        for text, item in zip(self._texts(node, what), node.value, strict=True):
            try:
                found.append(parse_pattern(text))
            except ValueError as error:
                raise self.error(item, str(error)) from None
            if "{" in text and not slots:
                raise self.error(item, f"{text!r}: only patterns of frames have slots. Name the actor itself.")
        return tuple(found)

    def _include(self, node: yaml.Node | None, owner: yaml.Node, what: str, *, slots: bool = False) -> tuple[Pattern, ...]:
        patterns = self._patterns(node, what, slots=slots)
        if not patterns:
            raise self.error(owner, f"{what} lists no pattern, so it could never be found. Add one, or remove the entry.")
        return patterns

    def _frame(self, key: str, node: yaml.Node) -> Entry:
        parts = dict(self._pairs(node, _FRAME_KEYS, f"the frame {key!r}"))
        return Entry(
            "frame",
            key,
            self._include(parts.get("include"), node, f"the frame {key!r}", slots=True),
            exclude=self._patterns(parts.get("exclude"), f"exclude of {key!r}", slots=True),
            definition=self._text(parts["definition"], "a definition") if "definition" in parts else "",
            examples=self._texts(parts.get("examples"), f"examples of {key!r}", (key, "examples")),
            counterexamples=self._texts(
                parts.get("counterexamples"), f"counterexamples of {key!r}", (key, "counterexamples")
            ),
        )

    def _plain(self, kind: str, key: str, node: yaml.Node, name: str = "") -> Entry:
        """An actor or a name: a list of patterns, or a mapping with `include` and `exclude`."""
        what = f"the {kind} {name or key!r}"
        if isinstance(node, yaml.SequenceNode):
            return Entry(kind, key, self._include(node, node, what), name=name)
        parts = dict(self._pairs(node, ("include", "exclude"), what))
        exclude = self._patterns(parts.get("exclude"), f"exclude of {what}")
        return Entry(kind, key, self._include(parts.get("include"), node, what), name=name, exclude=exclude)

    def _name(self, referent: str, name: str, node: yaml.Node) -> Entry:
        return self._plain("name", referent, node, name)
