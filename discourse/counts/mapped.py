"""What the parts of a corpus say, asked again: kept where there is room, else said anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Generic, Protocol, TypeVar

from discourse.tokens import Encoded, Tokens

A = TypeVar("A")
B = TypeVar("B")
C = TypeVar("C", covariant=True)


class Mapped(Protocol[C]):
    """What each part of a corpus says."""

    def reduce(self, then: Callable[[C], B], merge: Callable[[Sequence[B]], B]) -> B:
        """What follows from what each part says, put together; see `Encoded.reduce`."""


@dataclass(frozen=True)
class Anew(Generic[A]):
    """Parts that are asked anew for each question.

    Attributes:
        encoded: the corpus.
        part: what is asked of its parts.
    """

    encoded: Encoded
    part: Callable[[Tokens], A]

    def reduce(self, then: Callable[[A], B], merge: Callable[[Sequence[B]], B]) -> B:
        """What follows from what each part says, put together."""
        return self.encoded.reduce(partial(_then, part=self.part, then=then), merge)


def _then(tokens: Tokens, *, part: Callable[[Tokens], A], then: Callable[[A], B]) -> B:
    return then(part(tokens))


def mapped(encoded: Encoded, part: Callable[[Tokens], A]) -> Mapped[A]:
    """What each part says to a question that others build on.

    Args:
        encoded: the corpus; it may have a method of this name, and keep the answers.
        part: can be pickled; its answers have an attribute `nbytes`.

    >>> import pandas as pd
    >>> from discourse.corpus import Corpus
    >>> from discourse.tokens import tokenize
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["No more war."]})))
    >>> mapped(tokens, len).reduce(float, sum)
    4.0
    """
    own = getattr(encoded, "mapped", None)
    return Anew(encoded, part) if own is None else own(part)
