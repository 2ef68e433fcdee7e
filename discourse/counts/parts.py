"""Parts of a corpus that a worker can come by: a block of a source, a saved shard, or what it keeps in memory."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from discourse.corpus import Corpus, without
from discourse.tokens import Tokens, tokenize
from discourse.tokens.opened import SavedTokens, Shard
from discourse.tokens.saved import ShardEntry

if TYPE_CHECKING:
    import pandas as pd

    from discourse.tokens.encoding import Readable


class Part(Protocol):
    """A part of a corpus. Small, and can be pickled."""

    @property
    def name(self) -> str:
        """What it is called in messages."""

    @property
    def size(self) -> int:
        """About how many bytes of text it has."""

    def documents(self) -> pd.DataFrame:
        """Its table of documents, if possible without encoding it."""

    def corpus(self) -> Corpus:
        """Its texts, if possible without encoding them."""

    def tokens(self) -> Tokens:
        """The part, encoded."""


@dataclass(frozen=True)
class Fresh:
    """A block that is read and encoded whenever it is asked.

    Attributes:
        block: of a source.
        number: its place among all blocks.
        large: whether there is so much text in all that the compiled kernel is worth loading.
    """

    block: Readable
    number: int
    large: bool = False

    @property
    def name(self) -> str:
        """Where it comes from."""
        return self.block.name

    @property
    def size(self) -> int:
        """About how many bytes of text it has."""
        return self.block.size

    def documents(self) -> pd.DataFrame:
        """Its table of documents."""
        return self.corpus().documents

    def corpus(self) -> Corpus:
        """Its texts."""
        return self.block.read()

    def tokens(self) -> Tokens:
        """The block, read and encoded."""
        kernel = "numba" if self.large and find_spec("numba") else "auto"
        # A worker asks as many parts at once as it has threads.
        return tokenize(self.corpus(), kernel=kernel, threads=1)


@dataclass(frozen=True)
class Stored:
    """A shard of a saved corpus."""

    folder: Path
    entry: ShardEntry

    @property
    def name(self) -> str:
        """Where it is."""
        return str(self.folder / self.entry.name)

    @property
    def size(self) -> int:
        """About how many bytes of text it has."""
        return self.entry.characters

    def documents(self) -> pd.DataFrame:
        """Its table of documents."""
        return self.tokens().documents

    def corpus(self) -> Corpus:
        """Its texts, none of which is read yet."""
        return self.tokens().corpus

    def tokens(self) -> Tokens:
        """The shard, opened."""
        return SavedTokens(Shard(self.folder, self.entry))


@dataclass(frozen=True)
class Kept:
    """What a worker keeps in memory of a part: the part encoded, or what it said."""

    name: str
    size: int
    held: Any

    def documents(self) -> pd.DataFrame:
        """Its table of documents."""
        return self.tokens().documents

    def corpus(self) -> Corpus:
        """Its texts."""
        return self.tokens().corpus

    def tokens(self) -> Tokens:
        """The part, encoded."""
        encoded: Tokens = self.held
        return encoded


def text_with(part: Part, *, doc_id: str) -> str | None:
    """The text of a document, if the part has it."""
    corpus = part.corpus()
    return corpus.text(doc_id) if doc_id in corpus.documents.index else None


def rest_of(part: Part, broken: Container[str]) -> Part | None:
    """What is left of a part without what is broken, given by name; None if nothing is."""
    if not isinstance(part, Fresh):
        return None if part.name in broken else part
    block = without(part.block, broken)
    return None if block is None else replace(part, block=block)


def bytes_of(part: Kept) -> int:
    """About how much memory a part takes; what it said has an attribute `nbytes`.

    >>> import pandas as pd
    >>> from discourse.corpus import Corpus
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["War."]})))
    >>> bytes_of(Kept("one", 4, tokens)) >= 4 + 8 * len(tokens)
    True
    """
    held = part.held
    if isinstance(held, Tokens):
        return int(held.ids.nbytes + held.starts.nbytes + held.corpus.texts.nbytes)
    return int(held.nbytes)
