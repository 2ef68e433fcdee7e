"""Codebooks in YAML, read strictly: what YAML would guess or drop silently is an error with its line."""

from __future__ import annotations

import difflib
import math
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

import yaml

from discourse._errors import StudyError, at, listed, nearest

from ..entries import BELOW, SCOPES, Codebook, Entry, Negation
from ..examples import check_examples
from ..patterns import MOST_BETWEEN, Condition, Pattern, parse_pattern
from .quanteda import read_quanteda

_PARTS = ("frames", "actors", "names", "nested_scope", "negation")
_PLAIN_KEYS = ("include", "exclude", "near", "not_near")
_FRAME_KEYS = ("definition", *_PLAIN_KEYS, "examples", "counterexamples", "frames")
_PATTERN_KEYS = ("pattern", "weight", "near", "not_near")
_WITHIN = ("sentence", "paragraph", "document")
_STRING = "tag:yaml.org,2002:str"
_NUMBERS = ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float")
_MEANT = {"bool": "a truth value", "timestamp": "a date", "int": "a number", "float": "a number", "null": "nothing"}


def read_yaml(text: str, name: str, *, strange: int = 0) -> Codebook:
    """Read a codebook, or a dictionary of quanteda, from YAML.

    Args:
        text: the file.
        name: of the file, for errors.
        strange: the first line that is not UTF-8, if there is one.

    Raises:
        StudyError: see `read_codebook`.
    """
    reader = _Reader(name)
    root = reader.compose(text)
    if not _is_ours(root):
        return read_quanteda(root, name)
    if strange:
        raise StudyError(f"{at(name, strange)}: this is not UTF-8. Save the file as UTF-8.")
    codebook = reader.codebook(root)
    for frame, line, wrong in check_examples(codebook, reader.lines):
        raise StudyError(f"{at(name, line)}: {wrong} Mend the patterns of {frame!r} or the example.")
    return codebook


def _is_ours(root: yaml.Node) -> bool:
    """Whether a file means to be a codebook: a mistyped part is no dictionary of quanteda."""
    if not isinstance(root, yaml.MappingNode) or not root.value:
        return True
    inside = [str(key.value) for _, part in root.value for key in _keys_below(part)]
    parts = any(key.value in _PARTS and not isinstance(part, yaml.SequenceNode) for key, part in root.value)
    return parts or all(_means_part(key) for key, _ in root.value) or not set(_PLAIN_KEYS[:2]).isdisjoint(inside)


def _means_part(key: yaml.Node) -> bool:
    """Whether a key is that of a part, be it mistyped; *negative* is none."""
    return bool(difflib.get_close_matches(str(key.value).lower(), _PARTS, cutoff=0.82))


def _keys_below(node: yaml.Node) -> Iterator[yaml.Node]:
    """The keys of the entries of a part."""
    if isinstance(node, yaml.MappingNode):
        for _, entry in node.value:
            yield from (key for key, _ in entry.value) if isinstance(entry, yaml.MappingNode) else ()


class _Reader:
    """Reads one file; `lines` says where each example stands."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: dict[tuple[str, ...], int] = {}
        self.acting = False  # whether there are actors for slots to stand for

    def error(self, node: yaml.Node | None, text: str) -> StudyError:
        return StudyError(f"{at(self.name, node.start_mark.line + 1 if node else None)}: {text}")

    # ── the file ─────────────────────────────────────────────────────────────────────────────────────────────────

    def codebook(self, root: yaml.Node) -> Codebook:
        parts = dict(self._pairs(root, "the codebook", _PARTS))
        actors = {key: self._plain("actor", key, node) for key, node in self._entries(parts, "actors")}
        self.acting = bool(actors)
        frames = self._frames(parts["frames"], ()) if "frames" in parts else {}
        names = {key: self._ways(key, node) for key, node in self._entries(parts, "names")}
        if not (frames or actors or names):
            raise self.error(None, "the file lists nothing to look for. Write at least one frame, actor or name.")
        scope = self._choice(parts["nested_scope"], "nested_scope", SCOPES) if "nested_scope" in parts else SCOPES[0]
        negation = self._negation(parts["negation"]) if "negation" in parts else Negation()
        return Codebook(frames, actors, names, scope, negation)

    def _frames(self, node: yaml.Node, above: tuple[str, ...]) -> dict[str, Entry]:
        """The frames of a mapping and those below them; one that only holds others is no frame itself."""
        found: dict[str, Entry] = {}
        for name, value in self._pairs(node, "frames"):
            path = (*above, name)
            below = self._below(value)
            if below is None or len(value.value) > 1:
                found[BELOW.join(path)] = self._frame(BELOW.join(path), value)
            for key, entry in (self._frames(below, path) if below else {}).items():
                if key in found:
                    raise self.error(below, f"the key {key!r} stands twice. Join the two, or rename one.")
                found[key] = entry
        return found

    def _ways(self, key: str, node: yaml.Node) -> dict[str, Entry]:
        """The ways to name a referent."""
        ways = {name: self._plain("name", key, way, name) for name, way in self._pairs(node, f"names of {key!r}")}
        if not ways:
            raise self.error(node, f"the referent {key!r} has no names. Write at least one.")
        return ways

    def _below(self, node: yaml.Node) -> yaml.Node | None:
        pairs = node.value if isinstance(node, yaml.MappingNode) else []
        return next((value for key, value in pairs if key.value == "frames"), None)

    def _negation(self, node: yaml.Node) -> Negation:
        parts = dict(self._pairs(node, "negation", ("words", "within", "until")))
        usual = Negation()
        words = {
            key: tuple(text for text, _ in self._list(parts[key], f"{key} of negation"))
            for key in ("words", "until")
            if key in parts
        }
        within = self._whole(parts["within"], "within of negation") if "within" in parts else usual.within
        return Negation(words.get("words", usual.words), within, words.get("until", usual.until))

    def compose(self, text: str) -> yaml.Node:
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
        return StudyError(f"{at(self.name, line)}: this is not YAML: {why}. {remedy}")

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
            if not key.strip() or "\t" in key:
                raise self.error(key_node, f"a key must be words without a tab; got {key!r}. Name what it holds.")
            if unicodedata.normalize("NFC", key) in seen:
                raise self.error(key_node, f"the key {key!r} stands twice. Join the two, or rename one.")
            if allowed and key not in allowed:
                known = f"the keys here are {listed(allowed)}.{nearest(key, allowed)}"
                raise self.error(key_node, f"unknown key {key!r}; {known}")
            seen.add(unicodedata.normalize("NFC", key))
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
        for item in self._items(node, what):
            yield self._words(item, f"an item of {what}"), item

    def _items(self, node: yaml.Node, what: str) -> list[yaml.Node]:
        if not isinstance(node, yaml.SequenceNode):
            raise self.error(node, f"{what} must be a list. Put each on a line of its own with '- ' in front.")
        return list(node.value)

    # ── entries ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _frame(self, key: str, node: yaml.Node) -> Entry:
        what = f"the frame {key!r}"
        parts = dict(self._pairs(node, what, _FRAME_KEYS))
        return Entry(
            "frame",
            key,
            self._include(parts.get("include"), node, what, frame=True),
            exclude=self._patterns(parts["exclude"], f"exclude of {key!r}", slots=True) if "exclude" in parts else (),
            definition=self._words(parts["definition"], "a definition") if "definition" in parts else "",
            examples=self._examples(parts, key, "examples"),
            counterexamples=self._examples(parts, key, "counterexamples"),
            conditions=self._conditions(parts, what, slots=True),
        )

    def _plain(self, kind: str, key: str, node: yaml.Node, name: str = "") -> Entry:
        """An actor or a name: a list of patterns, or a mapping with `include` and what decides on their matches."""
        what = f"the {kind} {name or key!r}"
        if isinstance(node, yaml.SequenceNode):
            return Entry(kind, key, self._include(node, node, what), name=name)
        parts = dict(self._pairs(node, what, _PLAIN_KEYS))
        exclude = self._patterns(parts["exclude"], f"exclude of {what}") if "exclude" in parts else ()
        include = self._include(parts.get("include"), node, what)
        return Entry(kind, key, include, name=name, exclude=exclude, conditions=self._conditions(parts, what))

    def _include(
        self, node: yaml.Node | None, owner: yaml.Node, what: str, *, frame: bool = False
    ) -> tuple[Pattern, ...]:
        name = f"include of {what}"
        items = [] if node is None else self._items(node, name)
        patterns = tuple(
            self._conditional(item, name, frame) if isinstance(item, yaml.MappingNode)
            else self._pattern(self._words(item, f"an item of {name}"), item, frame)
            for item in items
        )
        if not patterns:
            raise self.error(
                owner, f"{what} lists no pattern, so it could never be found. Add one, or remove the entry."
            )
        return patterns

    def _conditional(self, node: yaml.MappingNode, what: str, frame: bool) -> Pattern:
        """A pattern with a weight or conditions of its own."""
        parts = dict(self._pairs(node, f"an item of {what}", _PATTERN_KEYS))
        if "pattern" not in parts:
            raise self.error(node, f"an item of {what} has no pattern. Write pattern: in front of its words.")
        if "weight" in parts and not frame:
            raise self.error(parts["weight"], "only patterns of frames have weights. Remove it.")
        pattern = self._pattern(self._words(parts["pattern"], "a pattern"), parts["pattern"], frame)
        weight = self._number(parts["weight"], "a weight") if "weight" in parts else 1.0
        return replace(pattern, weight=weight, conditions=self._conditions(parts, what, slots=frame))

    def _conditions(self, parts: dict[str, yaml.Node], what: str, *, slots: bool = False) -> tuple[Condition, ...]:
        return tuple(
            self._condition(node, f"{key} of {what}", key == "near", slots)
            for key in ("near", "not_near")
            if key in parts
            for node in self._several(parts[key])
        )

    def _several(self, node: yaml.Node) -> list[yaml.Node]:
        """The conditions of a list of mappings; a list of words, or a mapping, is one."""
        items = node.value if isinstance(node, yaml.SequenceNode) else []
        return list(items) if items and all(isinstance(item, yaml.MappingNode) for item in items) else [node]

    def _condition(self, node: yaml.Node, what: str, wanted: bool, slots: bool) -> Condition:
        within: int | str = "sentence"
        patterns: yaml.Node | None = node
        if isinstance(node, yaml.MappingNode):
            parts = dict(self._pairs(node, what, ("patterns", "within")))
            patterns = parts.get("patterns")
            within = self._within(parts["within"], what) if "within" in parts else within
        found = () if patterns is None else self._patterns(patterns, what, slots=slots)
        if not found:
            raise self.error(node, f"{what} lists no pattern. Add one, or remove it.")
        return Condition(found, within, wanted)

    def _within(self, node: yaml.Node, what: str) -> int | str:
        if node.tag == _NUMBERS[0]:
            return self._whole(node, f"within of {what}")
        return self._choice(node, f"within of {what}", _WITHIN)

    def _choice(self, node: yaml.Node, what: str, options: tuple[str, ...]) -> str:
        word = self._words(node, what)
        if word not in options:
            raise self.error(node, f"{what} must be one of {listed(options)}; got {word!r}.{nearest(word, options)}")
        return word

    def _number(self, node: yaml.Node, what: str) -> float:
        value = float(yaml.safe_load(str(node.value))) if node.tag in _NUMBERS else math.nan
        if not math.isfinite(value):
            raise self.error(node, f"{what} must be a number; got {node.value!r}. Write one without quotes.")
        return value

    def _whole(self, node: yaml.Node, what: str) -> int:
        value = self._number(node, what)
        if value < 0 or value != int(value):
            raise self.error(node, f"{what} must be a whole number from 0; got {node.value!r}. Write one.")
        if value > MOST_BETWEEN:
            raise self.error(node, f"{what} must be up to {MOST_BETWEEN}; got {node.value!r}. Write sentence instead.")
        return int(value)

    def _patterns(self, node: yaml.Node, what: str, *, slots: bool = False) -> tuple[Pattern, ...]:
        return tuple(self._pattern(text, item, slots) for text, item in self._list(node, what))

    def _pattern(self, text: str, node: yaml.Node, slots: bool) -> Pattern:
        try:
            pattern = parse_pattern(text)
        except ValueError as error:
            raise self.error(node, str(error)) from None
        if pattern.finds_all:
            raise self.error(node, f"{text!r} would find every word there is. Add a word to it.")
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
