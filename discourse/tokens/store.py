"""Tokens: a corpus encoded once into integers. Everything after this is array work on them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import PurePath
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from discourse._errors import choose, demand
from discourse.corpus import Corpus

from .arrays import Arrays
from .encoded import LAYERS, T
from .hearing import supplied_voices
from .layers import Index, Layer, first_tokens, layer_of, numbered
from .runs import bytes_of, document_numbers, text_runs, voice_runs, voices, zone_runs
from .said import OUTSIDE, Said, innermost
from .scanning.scan import scan
from .sentences.boundaries import offsets_of
from .types import type_table

if TYPE_CHECKING:
    import nltk

COLUMNS = ("doc_id", "position", "token", "term", "start", "end", "is_word", "is_stop")


@dataclass(frozen=True, eq=False, repr=False)
class Tokens(Arrays):
    """The tokens of a corpus as arrays. Made by `tokenize`; nothing in it may be changed.

    Attributes:
        corpus: where the tokens come from.
        ids: int32, one a token: the type, as written.
        starts: uint32, one a token: byte offset in its document.
        doc_offsets: int64, one more than documents: the tokens of document i are `doc_offsets[i]:doc_offsets[i+1]`.
        types: one row a type: `token, term, is_word, is_stop`.
        extra: layers of one's own, see `with_layer`.
        supplied: voices that somebody else found, see `with_voices`; None: those of the rules.
    """

    extra: Mapping[str, Layer] = field(default_factory=dict)
    _computed: dict[str, Layer] = field(default_factory=dict)  # layers wait here once they are known
    supplied: pd.DataFrame | None = None

    def __repr__(self) -> str:
        return f"Tokens({len(self.corpus):,} documents, {len(self):,} tokens, {len(self.types):,} types)"

    # ── one part of a corpus, or all of it ───────────────────────────────────────────────────────────────────────

    def reduce(self, part: Callable[[Tokens], T], merge: Callable[[Sequence[T]], T]) -> T:
        """What the one part says."""
        return merge([part(self)])

    @property
    def documents(self) -> pd.DataFrame:
        """The table of documents; index `doc_id`."""
        return self.corpus.documents

    @property
    def layers(self) -> tuple[str, ...]:
        """The layers there are, with those added by `with_layer`."""
        return (*LAYERS, *self.extra)

    def values(self, name: str) -> list[str]:
        """The values that occur in a layer, sorted, as names of groups."""
        layer = self.layer(name)
        return sorted({str(value) for value in layer.decode(np.unique(layer.codes))})

    # ── layers ───────────────────────────────────────────────────────────────────────────────────────────────────

    def layer(self, name: str) -> Layer:
        """The runs of `zone, section, voice, marking, speaker, sentence, paragraph`, or of a layer added.

        Computed on first use and kept.

        Raises:
            ValueError: there is no such layer.
        """
        if name in self.extra:
            return self.extra[name]
        choose("layer", name, [*LAYERS, *self.extra])
        if name not in self._computed:
            self._computed[name] = self._compute(name)
        return self._computed[name]

    def computed(self, name: str) -> bool:
        """Whether a layer was asked for before: then it is there at once."""
        return name in self._computed

    @cached_property
    def breaks(self) -> list[Index]:
        """The tokens at which documents, zones and sentences begin: no sequence of words goes on there.

        Where sentences were not asked for before, they are those that begin after a word: another sign ends a
        sequence anyway, and to look only at *U.S.* and at paragraphs takes half of the time.
        """
        if self.computed("sentence"):
            sentences = self.layer("sentence").starts
        else:
            sentences = self._tokens_at(text_runs(self.corpus, sentences=True, marks=self._last_dots()))
        return [self.doc_offsets, self.layer("zone").starts, sentences]

    def _last_dots(self) -> Index:
        """The bytes of all texts at which words end in a dot."""
        dotted = pc.ends_with(pa.array(self.types["token"], pa.large_string()), ".").to_numpy(zero_copy_only=False)
        at = np.flatnonzero((dotted & self.type_is_word).take(self.ids))
        texts = offsets_of(self.corpus.texts)
        found: Index = texts[self.documents_of(at)] - texts[0] + self.ends_at(at) - 1
        return found

    def _compute(self, name: str) -> Layer:
        if name in ("sentence", "paragraph"):
            at = text_runs(self.corpus, sentences=name == "sentence")
            return numbered(self._tokens_at(at), self.doc_offsets)
        if name in OUTSIDE:
            changes, values = voice_runs(self.corpus, self.voice_spans, name, OUTSIDE[name])
            return layer_of(self._tokens_at(bytes_of(self.corpus, changes)), values, len(self))
        return layer_of(self._tokens_at(zone_runs(self.corpus)), self.corpus.zones[name], len(self))

    def _tokens_at(self, at: Index) -> Index:
        """The first token at or after each of some bytes of all texts, which ascend."""
        texts = offsets_of(self.corpus.texts)
        return first_tokens(at, texts - texts[0], self.starts, self.doc_offsets)

    @cached_property
    def voice_spans(self) -> pd.DataFrame:
        """One row per passage in other words than the author's: `doc_id` and the columns of `voice_spans`."""
        return voices(self.corpus.texts, self.documents.index) if self.supplied is None else self.supplied

    def knows(self, name: str) -> bool:
        """Whether a layer is there already, or soon: all but voices are computed at once."""
        there = name in self.extra or name in self._computed or "voice_spans" in self.__dict__
        return there or name not in OUTSIDE or self.supplied is not None

    def voices_at(self, name: str, positions: Index) -> pa.LargeStringArray:
        """Voice, marking or speaker at some tokens, see `said_at`."""
        said, place = self.said_at(positions)
        return said.values(name).take(pa.array(place))

    def said_at(self, positions: Index) -> tuple[Said, Index]:
        """What is said, and in which of its passages some tokens stand; only their documents are looked at."""
        documents = np.zeros(len(self.doc_offsets) - 1, bool)
        documents[self.documents_of(positions)] = True
        said = self._said_in(np.flatnonzero(documents))
        place = np.searchsorted(said.first, positions, side="right")
        place *= np.append(0, said.after).take(place) > positions
        return said, place

    def _said_in(self, documents: Index) -> Said:
        """What `voice_spans` has of these documents, and of those that were asked for before."""
        said = self._said[0]
        new = documents[~said.heard[documents]]
        if len(new):
            spans = innermost(voices(self._texts.whole(new), self.documents.index.take(new)))
            document = document_numbers(self.corpus, spans["doc_id"])
            first, after = (self.first_token(document, spans[edge].to_numpy()) for edge in ("start", "end"))
            self._said[0] = said.with_spans(new, first, after, spans)
        return self._said[0]

    @cached_property
    def _said(self) -> list[Said]:
        return [Said.nothing(len(self.documents))]

    def with_layer(self, name: str, spans: pd.DataFrame, *, value: str = "yes", other: str = "no") -> Tokens:
        """Tokens with one more layer, for `by` and `where`.

        Args:
            name: what the layer is called.
            spans: `doc_id, start, end` (characters).
            value: what holds inside the spans.
            other: what holds outside.

        Raises:
            ValueError: the name is taken by a column, or a span is in no document of the corpus.

        >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["Not this but that."]})))
        >>> spans = pd.DataFrame({"doc_id": ["0"], "start": [4], "end": [8]})
        >>> tokens.with_layer("mine", spans).layer("mine").at(np.arange(3)).tolist()
        ['no', 'yes', 'no']
        """
        if name in (*COLUMNS, *LAYERS, *self.corpus.documents.columns):
            raise ValueError(f"name must not be that of a layer or a column; got {name!r}. Choose another.")
        demand(spans, ("doc_id", "start", "end"), "hits", name="spans")
        document = document_numbers(self.corpus, spans["doc_id"])
        if (document < 0).any():
            unknown = spans["doc_id"].iloc[int(np.argmin(document))]
            raise ValueError(f"spans must lie in documents of the corpus; got {unknown!r}. Correct or remove it.")
        inside, after = (self.first_token(document, spans[edge].to_numpy()) for edge in ("start", "end"))
        change = np.zeros(len(self) + 1, np.int64)
        np.add.at(change, inside, 1)
        np.add.at(change, after, -1)
        covered = np.cumsum(change)[:-1] > 0
        first = np.flatnonzero(np.diff(covered, prepend=~covered[:1]))
        layer = layer_of(first, np.where(covered[first], value, other), len(self))
        return self._with_extra({**self.extra, name: layer})

    def with_voices(self, spans: pd.DataFrame) -> Tokens:
        """Tokens whose voices were found by somebody else, by spaCy, a language model or a reader, not by the rules.

        Everything that tells voices or speakers apart goes by them, also after `save`. What is in no span is the
        author's. `voice_passages` gives those of the rules, to be corrected.

        Args:
            spans: one row per passage: `doc_id, start, end` (characters, without quotation marks) and `voice` (quoted,
                reported, marked, author); where known `marking, speaker, source` (as the text words it)`, cue, rule`
                (what decided; else `given`)`, lost`. One passage may stand in another; the innermost holds. With a
                column `text`, the words must stand where the row says.

        Raises:
            ValueError: a column is missing, a span is in no document or has no voice, two overlap and neither is inside
                the other, or the text is another; names the row.

        >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["No war, thinks Ek."]})))
        >>> spans = pd.DataFrame({"doc_id": ["0"], "start": [0], "end": [6], "voice": ["reported"], "speaker": ["Ek"]})
        >>> tokens.with_voices(spans).frame()[["token", "voice", "speaker"]].iloc[1:3].values.tolist()
        [['war', 'reported', 'Ek'], [',', 'author', '']]
        """
        return self._with_supplied(supplied_voices(self.corpus, spans))

    def _with_supplied(self, spans: pd.DataFrame) -> Tokens:
        others = {name: layer for name, layer in self._computed.items() if name not in OUTSIDE}
        return replace(self, supplied=spans, _computed=others)

    def _with_extra(self, extra: Mapping[str, Layer]) -> Tokens:
        return replace(self, extra=extra)

    # ── on disk ──────────────────────────────────────────────────────────────────────────────────────────────────

    def save(self, folder: str | PurePath, *, append: bool = False) -> None:
        """Save the tokens with the texts, an index and all layers, so that `open_tokens` has them at once.

        The folder takes about 3.3 times the space of the texts, the texts themselves included. It appears complete
        or not at all.

        Args:
            folder: a new or an empty folder.
            append: add the documents, as one more shard, to a corpus saved there before.

        Raises:
            ValueError: the folder holds something else, or the documents do not fit those that are there.
        """
        from .saved import as_folder
        from .shards import save_tokens

        save_tokens(self, as_folder(folder), append=append)

    # ── for people and for other tools ───────────────────────────────────────────────────────────────────────────

    def frame(self) -> pd.DataFrame:
        """One row per token: `doc_id, position, token, term, start, end, is_word, is_stop` and the layers.

        `position` counts from 0 within a document; `start` and `end` are characters of `corpus.text(doc_id)`.

        >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["A war?"]}, index=["d"])))
        >>> tokens.frame()[["doc_id", "position", "token", "start", "end", "zone", "sentence"]].values.tolist()[1]
        ['d', 1, 'war', 2, 5, 'body', 0]
        """
        every = np.arange(len(self))
        document = self.documents_of(every)
        table = pd.DataFrame(
            {
                "doc_id": self.corpus.documents.index.take(document),
                "position": every - self.doc_offsets[document],
                "start": self.char_starts,
                "end": self.char_ends,
            }
        )
        table = table.join(self.types.take(self.ids).reset_index(drop=True))[list(COLUMNS)]
        return table.assign(**{name: self._column(name) for name in (*LAYERS, *self.extra)})

    def _column(self, name: str) -> pd.Series:
        """A layer as a column; of strings also where there is no token to tell that."""
        layer = self.layer(name)
        return pd.Series(layer.at(np.arange(len(self))), dtype=None if layer.values is None else "str")  # noqa: PD011

    def to_nltk(self) -> nltk.Text:
        """The tokens as written, as an `nltk.Text`."""
        import nltk

        return nltk.Text(self.types["token"].to_numpy(object)[self.ids].tolist())


def tokenize(corpus: Corpus, *, kernel: str = "auto", threads: int | None = None) -> Tokens:
    """Encode a corpus: where each token is and which type.

    Sentences, paragraphs and voices are computed when they are first needed.

    Args:
        corpus: documents of less than 4 GiB each.
        kernel: `numpy`, `numba` (the extra `fast`), or `auto`: numba where it is installed and worth while. Both
            give the same tokens.
        threads: how many blocks of text are scanned at once; by default as many as there are processors.

    Raises:
        ValueError: what is given is no corpus, there is no such kernel, a document is too long, or there are more than
            2,147,483,647 tokens.
        ModuleNotFoundError: numba is asked for and not installed.

    >>> import pandas as pd
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["Russia’s “near abroad” is near."]})))
    >>> tokens.frame()[["token", "term", "voice"]].iloc[:4].values.tolist()
    [['Russia’s', 'russia', 'author'], ['“', '“', 'author'], ['near', 'near', 'marked'], ['abroad', 'abroad', 'marked']]
    """
    _check_corpus(corpus)
    found = scan(corpus.texts, kernel=kernel, threads=threads, names=corpus.documents.index)
    for array in (found.ids, found.starts, found.doc_offsets):
        array.flags.writeable = False
    return Tokens(corpus, found.ids, found.starts, found.doc_offsets, type_table(found.types))


def _check_corpus(given: object) -> None:
    if not isinstance(given, Corpus):
        remedy = "It has tokens: study.tokens" if hasattr(type(given), "tokens") else "Make one: read_corpus(…)"
        raise ValueError(f"corpus must be a Corpus; got a {type(given).__name__}. {remedy}.")
