"""A codebook proves itself: every example must match its frame, and no counterexample may."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from discourse.corpus import Corpus
from discourse.tokens import tokenize

from .entries import Codebook
from .finds import search


def check_examples(codebook: Codebook, lines: Mapping[tuple[str, ...], int]) -> Iterator[tuple[str, int | None, str]]:
    """Yield the frame, the line and what is wrong for each example that the patterns contradict.

    Args:
        codebook: what to check.
        lines: where an example stands, by frame, `examples` or `counterexamples`, and text.

    >>> from discourse.codebook import Entry, parse_pattern
    >>> frame = Entry("frame", "power", (parse_pattern("hegemon*"),), examples=("a hegemon", "an empire"))
    >>> list(check_examples(Codebook({"power": frame}), {("power", "examples", "an empire"): 7}))
    [('power', 7, "the example 'an empire' does not match.")]
    """
    rows = [
        (frame.key, kind, text)
        for frame in codebook.frames.values()
        for kind, texts in (("examples", frame.examples), ("counterexamples", frame.counterexamples))
        for text in texts
    ]
    if not rows:
        return
    tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": [text for _, _, text in rows]})))
    found = search(tokens, codebook, kinds=("frame",))
    frame_of = np.array([entry.key for entry in codebook.entries], object)[found.entry]
    hit = set(zip(tokens.documents_of(found.spans.first).tolist(), frame_of, strict=True))
    for i, (key, kind, text) in enumerate(rows):
        if ((i, key) in hit) != (kind == "examples"):
            what = "the example {!r} does not match." if kind == "examples" else "the counterexample {!r} matches."
            yield key, lines.get((key, kind, text)), what.format(text)
