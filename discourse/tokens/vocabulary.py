"""The vocabulary in the order of the alphabet: which types a word with wildcards stands for."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Self

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from .types import trim

Index = NDArray[np.int64]

FEW, KEPT = 256, 1 << 14  # words with so many types are kept, so many of them: at most 32 MB

_AFTER = b"\xff"  # sorts behind every character: no byte of UTF-8 is as high
_NEXT = b"\x01"  # sorts before every character of a token


@dataclass(frozen=True, eq=False)
class Spellings:
    """Strings in the order of their code points, each with a type that it stands for.

    Attributes:
        strings: sorted; a string stands there once for each of its types.
        owners: int32, the type of each.

    >>> spellings = Spellings.of(pa.array(["war", "art", "warm"], pa.large_string()), np.array([0, 1, 2]))
    >>> [types.tolist() for types in spellings.match(["war*", "*ar", "war", "?ar?"])]
    [[0, 2], [0], [0], [2]]
    """

    strings: pa.LargeStringArray
    owners: NDArray[np.int32]

    @classmethod
    def of(cls, strings: pa.LargeStringArray, owners: NDArray[np.integer]) -> Self:
        """Put strings in order."""
        order = pc.sort_indices(strings)
        return cls(strings.take(order), np.asarray(owners, np.int32)[order.to_numpy()])

    def match(self, globs: Sequence[str]) -> list[Index]:
        """For each word with `*` (any characters, also none) and `?` (one) the types, as sorted ids, it stands for."""
        heads = [_head(glob) for glob in globs]
        edges = self._places([edge for head, glob in zip(heads, globs, strict=True) for edge in _edges(head, glob)])
        return [self._between(glob, *edges[2 * i : 2 * i + 2].tolist()) for i, glob in enumerate(globs)]

    def _between(self, glob: str, first: int, last: int) -> Index:
        """The types that a word stands for, all of which are among some strings."""
        head, *rest = glob.split("*")
        owners = self.owners[first:last]
        if _single(glob):
            return _distinct(owners[_of_length(self.strings.slice(first, last - first), glob)])
        if any(rest):
            owners = owners[_fitting(self.strings.slice(first, last - first), head, rest)]
        return _distinct(owners)

    def _places(self, keys: Sequence[bytes]) -> Index:
        """Where bytes would stand among the strings: all are bisected at once, few strings are read."""
        sought = np.array([*keys, b""])[:-1]
        low, high = np.zeros(len(keys), np.int64), np.full(len(keys), len(self.strings))
        while (wide := low < high).any():
            middle = (low + high) // 2
            before = wide & (self._beginning(np.where(wide, middle, 0), sought.dtype.itemsize) < sought)
            low, high = np.where(before, middle + 1, low), np.where(wide & ~before, middle, high)
        return low

    def _beginning(self, place: Index, width: int) -> NDArray[np.bytes_]:
        """So many bytes of some strings, as numpy compares them: shorter ones end with zeros, which no string has."""
        offsets, data = self._raw
        at = offsets[place][:, None] + np.arange(width)
        inside = at < offsets[place + 1][:, None]
        found: NDArray[np.bytes_] = np.where(inside, data[np.where(inside, at, 0)], 0).astype(np.uint8)
        return found.view(f"S{width}")[:, 0]

    @cached_property
    def _raw(self) -> tuple[Index, NDArray[np.uint8]]:
        """Where each string begins among the bytes of all, and these bytes."""
        _, offsets, data = self.strings.buffers()
        return np.frombuffer(offsets, np.int64)[self.strings.offset :], np.frombuffer(data or b"\0", np.uint8)


def _head(glob: str) -> str:
    """What a word begins with before anything may stand."""
    head = glob.partition("*")[0]
    return head.partition("?")[0] if _single(glob) else head


def _single(glob: str) -> bool:
    """Whether a word has `?` for one character; by itself it is the sign."""
    return "?" in glob and glob.strip("?") != ""


def _of_length(strings: pa.LargeStringArray, glob: str) -> NDArray[np.bool_]:
    """Which strings fit a word in which `?` stands for one character."""
    expression = "".join({"*": ".*", "?": "."}.get(sign, re.escape(sign)) for sign in glob)
    found: NDArray[np.bool_] = pc.match_substring_regex(strings, f"^{expression}$").to_numpy(zero_copy_only=False)
    return found


def _edges(head: str, glob: str) -> tuple[bytes, bytes]:
    """Before and behind the strings that begin with a head, or, without a wildcard, that are one word."""
    return head.encode(), head.encode() + (_AFTER if len(glob) > len(head) else _NEXT)


def _fitting(strings: pa.LargeStringArray, head: str, rest: list[str]) -> NDArray[np.bool_]:
    """Which strings, all of which begin with the head, have the other pieces after it."""
    *middle, tail = rest
    mask = pc.greater_equal(pc.binary_length(strings), len(head.encode()) + len(tail.encode()))
    if tail:
        mask = pc.and_(mask, pc.ends_with(strings, tail))
    for piece in filter(None, dict.fromkeys(middle)):
        mask = pc.and_(mask, pc.match_substring(strings, piece))
    found: NDArray[np.bool_] = mask.to_numpy(zero_copy_only=False)
    if any(middle) and (head or tail or len(middle) > 1):
        # Each piece is there; whether they stand one after the other is looked at where all are.
        near = np.flatnonzero(found)
        found[near] = [fits(text, [head, *rest]) for text in strings.take(pa.array(near)).to_pylist()]
    return found


def fits(text: str, pieces: list[str]) -> bool:
    """Whether a text consists of the pieces with anything in between; linear in the length of the text.

    >>> fits("encirclement", ["", "circle", ""]), fits("circle", ["circle", "e"])
    (True, False)
    """
    head, *middle, tail = pieces
    if len(text) < len(head) + len(tail) or not (text.startswith(head) and text.endswith(tail)):
        return False
    at, end = len(head), len(text) - len(tail)
    for piece in middle:
        at = text.find(piece, at, end)
        if at < 0:
            return False
        at += len(piece)
    return True


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """All types of a corpus by their spellings.

    Attributes:
        whole: the spellings of whole types.
        parts: the parts between hyphens, of types that have some.
        cased: makes the vocabulary in the types' own capitals, once it is asked for; None: this is it.

    >>> from discourse.tokens.types import type_table
    >>> vocabulary = Vocabulary.of(type_table(["Russia’s", "Russian", "Turkish-Russian", "russian"]))
    >>> vocabulary.match("russia*").tolist(), vocabulary.match("russian", parts=True).tolist()
    ([0, 1, 3], [1, 2, 3])
    >>> vocabulary.match("Russian", cased=True).tolist()
    [1]
    """

    whole: Spellings
    parts: Spellings
    cased: Callable[[], Vocabulary] | None = None

    @classmethod
    def of(cls, types: pd.DataFrame) -> Vocabulary:
        """The vocabulary of a table of types: by term, and by token where capitals matter."""
        whole, parts = _spellings(_strings(types["term"]))
        return cls(whole, parts, partial(_in_capitals, types["token"]))

    def match(self, glob: str, *, parts: bool = False, cased: bool = False) -> Index:
        """The types, as sorted ids, that a word with wildcards stands for.

        Args:
            glob: a folded word (or one in its own capitals, if `cased`); `*` = any characters.
            parts: also types of which a whole part between hyphens fits.
            cased: compare capitals too.
        """
        return self.match_all([glob], parts=parts, cased=cased)[0]

    def match_all(self, globs: Sequence[str], *, parts: bool = False, cased: bool = False) -> list[Index]:
        """The same for many words, which are looked up together; those with few types are kept for the next time."""
        if cased and self.cased:
            return self.in_capitals.match_all(globs, parts=parts)
        known = self._known[parts]
        found = {glob: known[glob] for glob in globs if glob in known}
        new = [glob for glob in dict.fromkeys(globs) if glob not in found]
        found |= zip(new, self._looked_up(new, parts=parts), strict=True)
        if len(known) + len(new) > KEPT:
            known.clear()
        known.update((glob, found[glob]) for glob in new if len(found[glob]) <= FEW)
        return [found[glob] for glob in globs]

    def _looked_up(self, globs: Sequence[str], *, parts: bool) -> list[Index]:
        found = self.whole.match(globs)
        if not parts:
            return found
        pairs = zip(found, self.parts.match(globs), strict=True)
        return [_distinct(np.concatenate([whole, part])) if len(part) else whole for whole, part in pairs]

    @cached_property
    def _known(self) -> dict[bool, dict[str, Index]]:
        """What was looked up before, by whether parts were asked for: a codebook is asked again for each table."""
        return {True: {}, False: {}}

    @cached_property
    def in_capitals(self) -> Vocabulary:
        """The vocabulary in the types' own capitals."""
        return self.cased() if self.cased else self


def _in_capitals(tokens: pd.Series) -> Vocabulary:
    return Vocabulary(*_spellings(_trimmed(_strings(tokens))))


def _distinct(owners: NDArray[np.integer]) -> Index:
    if len(owners) < 2:
        return owners.astype(np.int64)
    ordered: Index = np.sort(owners).astype(np.int64)
    again: NDArray[np.bool_] = ordered[1:] == ordered[:-1]
    return np.delete(ordered, np.flatnonzero(again)) if again.any() else ordered


def _strings(column: pd.Series) -> pa.LargeStringArray:
    strings = pa.array(column, pa.large_string())
    return strings.combine_chunks() if isinstance(strings, pa.ChunkedArray) else strings


def _spellings(strings: pa.LargeStringArray) -> tuple[Spellings, Spellings]:
    """Whole strings, and the parts of those with hyphens; the type of each is its place."""
    hyphened = np.flatnonzero(pc.match_substring(strings, "-").to_numpy(zero_copy_only=False))
    split = pc.split_pattern(strings.take(pa.array(hyphened)), "-")
    parts = pc.list_flatten(split)
    owners = hyphened[pc.list_parent_indices(split).to_numpy()]
    spelled = pc.not_equal(parts, "")
    whole = Spellings.of(strings, np.arange(len(strings)))
    return whole, Spellings.of(parts.filter(spelled), owners[spelled.to_numpy(zero_copy_only=False)])


def _trimmed(tokens: pa.LargeStringArray) -> pa.LargeStringArray:
    """Tokens in their own capitals; there is nothing to trim where all is plain letters."""
    plain = pc.ascii_is_alpha(tokens)
    rest = [trim(token) for token in tokens.filter(pc.invert(plain)).to_pylist()]
    return pc.replace_with_mask(tokens, pc.invert(plain), pa.array(rest, pa.large_string()))
