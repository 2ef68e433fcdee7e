"""Weights: what the hits of a frame add up to where its patterns weigh differently; counts stay counts."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from discourse.codebook import Codebook, search
from discourse.tokens import Encoded, Tokens

from .frequencies import counted, counted_in_parts
from .selection import By, Conditions, Where
from .spans import qualifying
from .store import Counts


def weighted_counts(
    tokens: Encoded, codebook: Codebook, *, by: By = None, where: Where | None = None
) -> NDArray[np.float64]:
    """The weights of the hits of each frame, added up per group.

    Hits are counted by frame and weight, and these counts are multiplied: parts add up to the last integer.

    Returns:
        Groups × frames, in the order of `frame_counts(…).grouped(by)`.

    >>> from dataclasses import replace
    >>> from discourse.codebook import Entry, parse_pattern
    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["War and war.", "Peace, clash."]})))
    >>> patterns = (parse_pattern("war"), replace(parse_pattern("clash"), weight=0.5))
    >>> weighted_counts(tokens, Codebook({"force": Entry("frame", "force", patterns)})).tolist()
    [[2.5]]
    """
    kinds = sorted({(entry.key, p.weight) for entry in codebook.frames.values() for p in entry.include})
    found = counted_in_parts(tokens, partial(_part, codebook=codebook, kinds=kinds), by=by, where=where).grouped(by)
    frames = sorted(codebook.frames)
    weights = np.zeros((len(kinds), len(frames)))
    for i, (frame, weight) in enumerate(kinds):
        weights[i, frames.index(frame)] = weight
    return np.asarray(found.matrix @ weights)


def _part(
    tokens: Tokens, *, codebook: Codebook, kinds: list[tuple[str, float]], by: By, where: Conditions
) -> Counts:
    found = search(tokens, codebook, kinds=("frame",))
    kept = qualifying(tokens, found.spans.first, found.spans.last, where)
    numbers = {kind: i for i, kind in enumerate(kinds)}
    owners = [entry.key for entry in codebook.frames.values() for _ in entry.include]
    number = np.array([numbers[key, p.weight] for key, p in zip(owners, found.patterns, strict=True)], np.int64)
    items = pd.Index([f"{i:06}" for i in range(len(kinds))], dtype="str", name="weight")
    return counted(tokens, found.spans.first[kept], number[found.spans.key[kept]], items, by=by, where=where)
