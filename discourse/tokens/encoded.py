"""What the public functions take: one block of tokens, or many that are worked through part by part."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import pandas as pd

from discourse.corpus.documents import Corpus

if TYPE_CHECKING:
    from .store import Tokens

T = TypeVar("T")

LAYERS = ("zone", "section", "voice", "marking", "speaker", "sentence", "paragraph")


class Encoded(ABC):
    """A corpus encoded once, in one part (`Tokens`) or in several.

    A question is answered by what each part says, put together: `reduce` is all that tells one block, files, threads
    and machines apart.
    """

    @property
    @abstractmethod
    def documents(self) -> pd.DataFrame:
        """The table of documents of all parts; index `doc_id`."""

    @abstractmethod
    def reduce(self, part: Callable[[Tokens], T], merge: Callable[[Sequence[T]], T]) -> T:
        """What all parts say together.

        Args:
            part: answers for one part; can be pickled (a function of a module, or a `partial` of one).
            merge: puts one or more answers together, in the order of the parts. Answers of neighbours may be put
                together before others: the grouping must not matter.
        """

    def values(self, name: str) -> list[str]:
        """The values that occur in a layer, sorted, as names of groups."""
        return self.reduce(partial(_values, name=name), _united)

    @property
    def layers(self) -> tuple[str, ...]:
        """The layers there are."""
        return LAYERS

    @property
    def columns(self) -> list[str]:
        """Everything that `by` and `where` may name: `doc_id`, document columns and layers."""
        return ["doc_id", *self.documents.columns, *self.layers]


def check_encoded(given: object) -> None:
    """Refuse what is no encoded corpus, before anything is asked of it.

    Raises:
        ValueError: says what to pass instead.

    >>> check_encoded("war")
    Traceback (most recent call last):
    ValueError: tokens must be an encoded corpus; got a str. Make one: discourse.tokenize(discourse.read_corpus(…)).
    """
    if isinstance(given, Encoded):
        return
    # By what it has, since a study is of a later room.
    if hasattr(type(given), "tokens"):
        remedy = "Pass study.tokens."
    elif isinstance(given, Corpus):
        remedy = "Pass discourse.tokenize(corpus)."
    else:
        remedy = "Make one: discourse.tokenize(discourse.read_corpus(…))."
    raise ValueError(f"tokens must be an encoded corpus; got a {type(given).__name__}. {remedy}")


def _values(tokens: Tokens, *, name: str) -> list[str]:
    return tokens.values(name)


def _united(values: Sequence[list[str]]) -> list[str]:
    return sorted(set().union(*values))


def stacked(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Tables of neighbouring parts, one below the other."""
    return pd.concat(tables)
