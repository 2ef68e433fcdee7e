"""Codebooks in YAML, read strictly: what YAML would guess or drop silently is an error with its line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml

from discourse._errors import StudyError, at, listed, nearest

from .entries import Codebook, Entry
from .examples import check_examples
from .patterns import Pattern, parse_pattern

_PARTS = ("frames", "actors", "names")
_FRAME_KEYS = ("definition", "include", "exclude", "examples", "counterexamples")
_STRING = "tag:yaml.org,2002:str"
_MEANT = {"bool": "a truth value", "timestamp": "a date", "int": "a number", "float": "a number", "null": "nothing"}


def read_codebook(path: str | Path) -> Codebook:
    """Read a codebook and check that every example matches and no counterexample does.

    Args:
        path: a YAML file with `frames`, `actors` and `names` (see docs/codebook.md); UTF-8.

    Raises:
        StudyError: the file is missing or empty, is not UTF-8 or YAML, has a key twice or an unknown one, an
            unquoted yes, no, date or number where words are meant, a pattern that cannot be read or never found,
            or an example that the patterns contradict. The message names file and line.

    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "codebook.yaml").write_text("frames:\\n  power:\\n    include: [hegemon*, no]\\n", "utf-8")
    >>> read_codebook(folder / "codebook.yaml")
    Traceback (most recent call last):
    discourse._errors.StudyError: codebook.yaml, line 3: 'no' is read as a truth value. Put it in quotes: "no".
    """
    reader = _Reader(Path(path))
    codebook = reader.codebook()
    for frame, line, text in check_examples(codebook, reader.lines):
        raise StudyError(f"{at(reader.path.name, line)}: {text} Mend the patterns of {frame!r} or the example.")
    return codebook


class _Reader:
    """Reads one file; `lines` says where each example stands."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines: dict[tuple[str, ...], int] = {}
        self.acting = False  # whether there are actors for slots to stand for

    def error(self, node: yaml.Node | None, text: str) -> StudyError:
        return StudyError(f"{at(self.path.name, node.start_mark.line + 1 if node else None)}: {text}")

    # ── the file ─────────────────────────────────────────────────────────────────────────────────────────────────

    def codebook(self) -> Codebook:
        root = self._compose(self._text_of_file())
        parts = dict(self._pairs(root, "the codebook", _PARTS))
        actors = {key: self._plain("actor", key, node) for key, node in self._entries(parts, "actors")}
        self.acting = bool(actors)
        frames = {key: self._frame(key, node) for key, node in self._entries(parts, "frames")}
        names = {
            key: {name: self._plain("name", key, way, name) for name, way in self._pairs(node, f"names of {key!r}")}
            for key, node in self._entries(parts, "names")
        }
        if not (frames or actors or names):
            raise self.error(None, "the file lists nothing to look for. Write at least one frame, actor or name.")
        return Codebook(frames, actors, names)

    def _text_of_file(self) -> str:
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            raise StudyError(f"{self.path}: there is no such file. Write a codebook or correct the path.") from None
        except OSError as error:
            raise StudyError(f"{self.path}: cannot be read ({error.strerror}). Name a codebook file.") from None
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            raise StudyError(f"{at(self.path.name, line)}: this is not UTF-8. Save the file as UTF-8.") from None

    def _compose(self, text: str) -> yaml.Node:
        try:
            root = yaml.compose(text, Loader=yaml.SafeLoader)
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else None
            raise self._not_yaml(line, str(error.problem), "Check indentation, colons and quotes.") from None
        except yaml.reader.ReaderError as error:
            line = text.count("\n", 0, error.position) + 1
            raise self._not_yaml(line, error.reason, "Remove the invisible character.") from None
        except RecursionError:
            raise self._not_yaml(None, "it is nested too deeply", "Check brackets.") from None
        if root is None:
            raise self.error(None, "the file is empty. Write at least one frame, actor or name.")
        return root

    def _not_yaml(self, line: int | None, why: str, remedy: str) -> StudyError:
        return StudyError(f"{at(self.path.name, line)}: this is not YAML: {why}. {remedy}")

    # ── mappings, lists and words ────────────────────────────────────────────────────────────────────────────────

    def _entries(self, parts: dict[str, yaml.Node], part: str) -> Iterator[tuple[str, yaml.Node]]:
        return self._pairs(parts[part], part) if part in parts else iter(())

    def _pairs(self, node: yaml.Node, what: str, allowed: tuple[str, ...] = ()) -> Iterator[tuple[str, yaml.Node]]:
        """The keys and values of a mapping, each key once and, if there is a list of allowed ones, known."""
        if not isinstance(node, yaml.MappingNode):
            raise self.error(
                node, f"{what} must be a mapping of names to values. Indent them and end names with a colon."
            )
        seen: set[str] = set()
        for key_node, value in node.value:
            key = self._words(key_node, "a key")
            if key in seen:
                raise self.error(key_node, f"the key {key!r} stands twice. Join the two, or rename one.")
            if allowed and key not in allowed:
                known = f"the keys here are {listed(allowed)}.{nearest(key, allowed)}"
                raise self.error(key_node, f"unknown key {key!r}; {known}")
            seen.add(key)
            yield key, value

    def _words(self, node: yaml.Node, what: str) -> str:
        if not isinstance(node, yaml.ScalarNode):
            raise self.error(node, f"{what} must be words, not a list or mapping. Put it on one line, in quotes.")
        if node.tag != _STRING:
            meant = _MEANT.get(node.tag.rpartition(":")[2], "something else than words")
            shown = repr(node.value) if node.value else "an empty value"
            raise self.error(node, f'{shown} is read as {meant}. Put it in quotes: "{node.value}".')
        return str(node.value)

    def _list(self, node: yaml.Node, what: str) -> Iterator[tuple[str, yaml.Node]]:
        """The items of a list of words, each with its place."""
        if not isinstance(node, yaml.SequenceNode):
            raise self.error(node, f"{what} must be a list. Put each on a line of its own with '- ' in front.")
        for item in node.value:
            yield self._words(item, f"an item of {what}"), item

    # ── entries ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _frame(self, key: str, node: yaml.Node) -> Entry:
        what = f"the frame {key!r}"
        parts = dict(self._pairs(node, what, _FRAME_KEYS))
        return Entry(
            "frame",
            key,
            self._include(parts.get("include"), node, what, slots=True),
            exclude=self._patterns(parts["exclude"], f"exclude of {key!r}", slots=True) if "exclude" in parts else (),
            definition=self._words(parts["definition"], "a definition") if "definition" in parts else "",
            examples=self._examples(parts, key, "examples"),
            counterexamples=self._examples(parts, key, "counterexamples"),
        )

    def _plain(self, kind: str, key: str, node: yaml.Node, name: str = "") -> Entry:
        """An actor or a name: a list of patterns, or a mapping with `include` and `exclude`."""
        what = f"the {kind} {name or key!r}"
        if isinstance(node, yaml.SequenceNode):
            return Entry(kind, key, self._include(node, node, what), name=name)
        parts = dict(self._pairs(node, what, ("include", "exclude")))
        exclude = self._patterns(parts["exclude"], f"exclude of {what}") if "exclude" in parts else ()
        return Entry(kind, key, self._include(parts.get("include"), node, what), name=name, exclude=exclude)

    def _include(
        self, node: yaml.Node | None, owner: yaml.Node, what: str, *, slots: bool = False
    ) -> tuple[Pattern, ...]:
        patterns = () if node is None else self._patterns(node, f"include of {what}", slots=slots)
        if not patterns:
            raise self.error(
                owner, f"{what} lists no pattern, so it could never be found. Add one, or remove the entry."
            )
        return patterns

    def _patterns(self, node: yaml.Node, what: str, *, slots: bool = False) -> tuple[Pattern, ...]:
        return tuple(self._pattern(text, item, slots) for text, item in self._list(node, what))

    def _pattern(self, text: str, node: yaml.Node, slots: bool) -> Pattern:
        try:
            pattern = parse_pattern(text)
        except ValueError as error:
            raise self.error(node, str(error)) from None
        if pattern.slotted and not slots:
            raise self.error(node, f"{text!r}: only patterns of frames have slots. Name the actor itself.")
        if pattern.slotted and not self.acting:
            raise self.error(
                node, f"{text!r} has a slot, but the codebook lists no actors. Add some, or name one here."
            )
        return pattern

    def _examples(self, parts: dict[str, yaml.Node], frame: str, kind: str) -> tuple[str, ...]:
        if kind not in parts:
            return ()
        found = list(self._list(parts[kind], f"{kind} of {frame!r}"))
        self.lines.update({(frame, kind, text): node.start_mark.line + 1 for text, node in found})
        return tuple(text for text, _ in found)
