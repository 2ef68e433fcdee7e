"""For scikit-learn: a transformer that makes of texts how often each frame's wording occurs in them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Self

import numpy as np
import pandas as pd
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted

from discourse.codebook import Codebook, read_codebook
from discourse.corpus import Corpus
from discourse.counts import Where, frame_counts
from discourse.tokens import tokenize


class FrameVectorizer(TransformerMixin, BaseEstimator):  # type: ignore[misc]  # scikit-learn has no types
    """Count the frames of a codebook in each text, as `CountVectorizer` counts words.

    Args:
        codebook: a codebook, or the path of one.
        where: which tokens count, as in `frame_counts`: `{"voice": "author"}` leaves out what others are made to say.

    Attributes:
        codebook_: the codebook that was read.

    >>> from discourse.codebook import Codebook, Entry, parse_pattern
    >>> book = Codebook(frames={"force": Entry("frame", "force", (parse_pattern("war*"),))})
    >>> texts = ["War and wars.", "Peace.", "Lind said: “No war.”"]
    >>> FrameVectorizer(book).fit_transform(texts).toarray().tolist()
    [[2], [0], [1]]
    >>> FrameVectorizer(book, where={"voice": "author"}).fit_transform(texts).toarray().tolist()
    [[2], [0], [0]]
    """

    def __init__(self, codebook: Codebook | str | Path | None = None, *, where: Where | None = None) -> None:
        self.codebook = codebook
        self.where = where

    def fit(self, raw_documents: Iterable[str], y: object = None) -> Self:
        """Take the codebook; nothing is learned from the texts.

        Raises:
            ValueError: there is no codebook or it has no frames, or what is given are no texts.
            OSError: the codebook cannot be read.
        """
        _texts(raw_documents)
        return self._fitted()

    def _fitted(self) -> Self:
        if self.codebook is None:
            raise ValueError("codebook must be given to FrameVectorizer. Give what read_codebook reads, or its path.")
        book = self.codebook if isinstance(self.codebook, Codebook) else read_codebook(self.codebook)
        if not book.frames:
            raise ValueError("codebook must have frames to count; this one has none. Add some under `frames:`.")
        self.codebook_ = book
        return self

    def fit_transform(self, raw_documents: Iterable[str], y: object = None) -> sp.csr_array:
        """`fit`, then `transform`."""
        return self._fitted().transform(raw_documents)

    def transform(self, raw_documents: Iterable[str]) -> sp.csr_array:
        """Count the frames.

        Args:
            raw_documents: n strings.

        Returns:
            n × frames whole numbers, sparse; the frames in the order of `get_feature_names_out`.

        Raises:
            NotFittedError: `fit` was not called.
            ValueError: what is given are no texts.
        """
        check_is_fitted(self, "codebook_")
        corpus = Corpus.from_frame(pd.DataFrame({"text": _texts(raw_documents)}))
        return frame_counts(tokenize(corpus), self.codebook_, where=self.where).to_sparse()

    def get_feature_names_out(self, input_features: object = None) -> NDArray[np.object_]:
        """The names of the frames, sorted: one a column."""
        check_is_fitted(self, "codebook_")
        return np.array(sorted(self.codebook_.frames), object)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        return tags


def _texts(given: Iterable[str]) -> list[str]:
    """The texts as a list.

    Raises:
        ValueError: one string, a table, or something among them that is no string.
    """
    if isinstance(given, (str, pd.DataFrame)) or not isinstance(given, Iterable):
        kind = type(given).__name__
        raise ValueError(f"raw_documents must be a list or column of strings; got {kind}. Give one string a text.")
    texts = list(given)
    wrong = next((i for i, text in enumerate(texts) if not isinstance(text, str)), None)
    if wrong is not None:
        kind = type(texts[wrong]).__name__
        raise ValueError(f"raw_documents must be strings; number {wrong} is {kind}. Leave it out, or make it text.")
    return texts
