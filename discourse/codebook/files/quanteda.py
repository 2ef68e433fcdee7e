"""Dictionaries of quanteda: YAML with keys, keys in keys, and words."""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from ..entries import Codebook
from .categories import Categories

_OWN = "__"  # the key of words that stand beside keys


def read_quanteda(root: yaml.Node, name: str) -> Codebook:
    """Read a dictionary of quanteda from composed YAML; values are taken as they are written, also `no` and `1917`.

    `?` is one character. What stands under `__` is the key's own, beside keys below it, as quanteda writes it.

    Raises:
        StudyError: something is neither keys nor words.

    >>> node = yaml.compose("tax: [tax, {income: [levy, pay as you earn]}]\\n", Loader=yaml.SafeLoader)
    >>> {key: [pattern.text for pattern in entry.include] for key, entry in read_quanteda(node, "a.yml").frames.items()}
    {'tax': ['tax'], 'tax > income': ['levy', 'pay as you earn']}
    """
    listed = Categories(name, single=True)
    _read(listed, (), root, set())
    return listed.codebook()


def _read(listed: Categories, path: tuple[str, ...], node: yaml.Node, seen: set[int]) -> None:
    for key, value in _parts(node):
        line = value.start_mark.line + 1
        # Through aliases a small file can stand for gigabytes.
        if not isinstance(value, yaml.ScalarNode) and id(value) in seen:
            raise listed.error(line, "what was written before is repeated by an alias (*). Write it out.")
        seen.add(id(value))
        if key is not None:
            below = path if path and key.value == _OWN else (*path, str(key.value))
            listed.open(below, key.start_mark.line + 1)
            _read(listed, below, value, seen)
        elif not isinstance(value, yaml.ScalarNode):
            _read(listed, path, value, seen)
        elif not path:
            raise listed.error(line, f"{value.value!r} stands under no key. Write 'key:' in front of it.")
        elif value.value:
            listed.add(path, str(value.value), line)


def _parts(node: yaml.Node) -> Iterator[tuple[yaml.ScalarNode | None, yaml.Node]]:
    """Keys with what is under them, and words and lists without one."""
    if isinstance(node, yaml.MappingNode):
        yield from ((key if isinstance(key, yaml.ScalarNode) else None, value) for key, value in node.value)
    elif isinstance(node, yaml.SequenceNode):
        yield from ((None, item) for item in node.value)
    else:
        yield None, node
