"""Tokens: a corpus encoded once into integers. Everything after this is array work on them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow.compute as pc
from numpy.typing import NDArray

from discourse._errors import choose
from discourse.corpus import Corpus

from .layers import Index, Layer, layer_of, numbered
from .scan import scan
from .sentences import paragraph_starts, sentence_starts
from .types import type_table
from .vocabulary import Vocabulary
from .voice import voice_spans

if TYPE_CHECKING:
    import nltk

LAYERS = ("zone", "section", "voice", "marking", "speaker", "sentence", "paragraph")
QUOTATION_MARKS = frozenset("\"'“”„‟«»‹›‘’‚‛`＂")


@dataclass(frozen=True, eq=False, repr=False)
class Tokens:
    """The tokens of a corpus as arrays. Made by `tokenize`; nothing in it may be changed.

    Attributes:
        corpus: where the tokens come from.
        ids: int32, one a token: the type, as written.
        starts: uint32, one a token: byte offset in its document.
        doc_offsets: int64, one more than documents: the tokens of document i are `doc_offsets[i]:doc_offsets[i+1]`.
        types: one row a type: `token, term, is_word, is_stop`.
        extra: layers of one's own, see `with_layer`.
    """

    corpus: Corpus
    ids: NDArray[np.int32]
    starts: NDArray[np.uint32]
    doc_offsets: Index
    types: pd.DataFrame
    extra: dict[str, Layer] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.ids)

    def __repr__(self) -> str:
        return f"Tokens({len(self.corpus):,} documents, {len(self):,} tokens, {len(self.types):,} types)"

    # ── types ────────────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def terms(self) -> pd.Index:
        """The distinct terms of words, sorted."""
        return pd.Index(np.unique(self.types["term"][self.types["is_word"]].to_numpy(object)), name="term")

    @cached_property
    def term_codes(self) -> NDArray[np.int32]:
        """One a type: index into `terms`, -1 for what is no word."""
        codes = self.terms.get_indexer(self.types["term"].to_numpy(object)).astype(np.int32)
        codes[~self.types["is_word"].to_numpy()] = -1
        return codes

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The types by their spellings, for words with wildcards."""
        return Vocabulary(self.types)

    @cached_property
    def is_word(self) -> NDArray[np.bool_]:
        """One a token."""
        return self.types["is_word"].to_numpy()[self.ids]

    # ── places ───────────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def stream(self) -> Index:
        """The tokens that phrases are made of: all but quotation marks, which are transparent."""
        marks = self.types["token"].isin(QUOTATION_MARKS).to_numpy()
        return np.flatnonzero(~marks[self.ids])

    @cached_property
    def postings(self) -> tuple[Index, Index]:
        """Where each type stands: positions sorted by type, and where each type's positions begin."""
        order = np.argsort(self.ids, kind="stable")
        return order, np.concatenate([[0], np.cumsum(np.bincount(self.ids, minlength=len(self.types)))])

    def documents_of(self, positions: Index) -> Index:
        """The number of the document in which each token lies."""
        return np.searchsorted(self.doc_offsets, positions, side="right") - 1

    @cached_property
    def char_starts(self) -> Index:
        """One a token: the character in its document at which it starts."""
        base, continuation = self._bytes
        document = np.repeat(base[:-1], np.diff(self.doc_offsets))
        before = np.searchsorted(continuation, document + self.starts)
        return self.starts - (before - np.searchsorted(continuation, document))

    @cached_property
    def char_ends(self) -> Index:
        """One a token: the character after its last."""
        return self.char_starts + self.types["token"].str.len().to_numpy()[self.ids]

    @cached_property
    def _bytes(self) -> tuple[Index, Index]:
        """Where each document begins in the text buffer, and which bytes there go on with a character."""
        texts = self.corpus.texts
        if not len(texts):
            return np.zeros(1, np.int64), np.empty(0, np.int64)
        _, offsets, data = texts.buffers()
        base = np.frombuffer(offsets, np.int64)[texts.offset : texts.offset + len(texts) + 1]
        raw = np.frombuffer(data or b"", np.uint8)[: base[-1]]
        return base, np.flatnonzero((raw & 0xC0) == 0x80)

    def first_token(self, document: Index, character: Index) -> Index:
        """The first token that starts at or after a character of a document."""
        size = pc.utf8_length(self.corpus.texts).to_numpy(zero_copy_only=False).astype(np.int64)
        base = np.concatenate([[0], np.cumsum(size + 1)])
        own = self.char_starts + np.repeat(base[:-1], np.diff(self.doc_offsets))
        return np.searchsorted(own, base[document] + character)

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
        if name == "sentence":
            return self._sentences
        if name == "paragraph":
            return self._paragraphs
        return self._zone_layers[name] if name in ("zone", "section") else self._voice_layers[name]

    @cached_property
    def _zone_layers(self) -> dict[str, Layer]:
        zones = self.corpus.zones
        document = self.corpus.documents.index.get_indexer(zones["doc_id"])
        first = self.first_token(document, zones["start"].to_numpy())
        return {name: layer_of(first, zones[name], len(self)) for name in ("zone", "section")}

    @cached_property
    def _paragraphs(self) -> Layer:
        return numbered(self._runs_of_text(paragraph_starts), self.doc_offsets)

    @cached_property
    def _sentences(self) -> Layer:
        return numbered(self._runs_of_text(sentence_starts), self.doc_offsets)

    def _runs_of_text(self, split: Callable[[str], list[int]]) -> Index:
        """Where stretches begin that a function finds in the text, and that zones set apart.

        A zone begins a stretch at the head of a line, and after a label; a note in a sentence does not.
        """
        starts = [split(text.as_py()) for text in self.corpus.texts]
        document = np.repeat(np.arange(len(starts)), [len(found) for found in starts])
        heads = self._zone_heads()
        return np.sort(
            self.first_token(
                np.concatenate([document, heads["document"]]).astype(np.int64),
                np.concatenate([np.array([c for found in starts for c in found], np.int64), heads["start"]]),
            )
        )

    def _zone_heads(self) -> dict[str, Index]:
        zones = self.corpus.zones
        document = self.corpus.documents.index.get_indexer(zones["doc_id"])
        labelled = zones["zone"].shift().eq("label").to_numpy() & (zones["start"] > 0).to_numpy()
        inner = np.flatnonzero((zones["start"] > 0).to_numpy() & ~labelled)
        texts = {d: self.corpus.texts[int(d)].as_py() for d in np.unique(document[inner])}
        start = zones["start"].to_numpy()
        head = [i for i in inner if not texts[document[i]][: start[i]].rpartition("\n")[2].strip()]
        kept = np.sort(np.concatenate([np.flatnonzero(labelled), np.array(head, np.int64)]))
        return {"document": document[kept], "start": start[kept]}

    @cached_property
    def _voice_layers(self) -> dict[str, Layer]:
        spans, n = self.voice_spans, len(self.corpus)
        document = self.corpus.documents.index.get_indexer(spans["doc_id"])
        place = np.concatenate([np.arange(n), document, document])
        character = np.concatenate([np.zeros(n, np.int64), spans["start"], spans["end"]])
        first = self.first_token(place, character)
        # Where one passage ends at the token at which the next begins, the beginning must come last.
        order = np.lexsort([np.repeat([0, 2, 1], [n, len(spans), len(spans)]), character, place])
        layers = {}
        for name, outside in (("voice", "author"), ("marking", ""), ("speaker", "")):
            values = np.concatenate([[outside] * n, spans[name], [outside] * len(spans)]).astype(object)
            layers[name] = layer_of(first[order], values[order], len(self))
        return layers

    @cached_property
    def voice_spans(self) -> pd.DataFrame:
        """One row per passage in quotation marks: `doc_id, start, end, voice, marking, speaker, cue, rule, lost`."""
        found = [
            voice_spans(text.as_py()).assign(doc_id=doc_id)
            for doc_id, text in zip(self.corpus.documents.index, self.corpus.texts, strict=True)
        ]
        table = pd.concat(found, ignore_index=True) if found else voice_spans("").assign(doc_id="")
        return table[["doc_id", *table.columns.drop("doc_id")]]

    def with_layer(self, name: str, spans: pd.DataFrame, *, value: str = "yes", other: str = "no") -> Tokens:
        """Tokens with one more layer, for `by` and `where`.

        Args:
            name: what the layer is called.
            spans: `doc_id, start, end` (characters); spans of a document must not overlap.
            value: what holds inside the spans.
            other: what holds outside.

        Raises:
            ValueError: the name is taken by a layer or a document column.
        """
        if name in LAYERS or name in self.corpus.documents.columns or name == "doc_id":
            raise ValueError(f"name must not be that of a layer or a document column; got {name!r}. Choose another.")
        document = self.corpus.documents.index.get_indexer(spans["doc_id"])
        inside, after = (self.first_token(document, spans[edge].to_numpy()) for edge in ("start", "end"))
        marked = np.zeros(len(self) + 1, np.int64)
        np.add.at(marked, inside, 1)
        np.add.at(marked, after, -1)
        state = np.cumsum(marked)[:-1] > 0
        first = np.concatenate([[0], np.flatnonzero(np.diff(state.astype(np.int8))) + 1])[: max(len(self), 0)]
        layer = layer_of(first, np.where(state[first], value, other), len(self))
        return Tokens(
            self.corpus, self.ids, self.starts, self.doc_offsets, self.types, self.extra | {name: layer}
        )

    # ── for people and for other tools ───────────────────────────────────────────────────────────────────────────

    def frame(self) -> pd.DataFrame:
        """One row per token: `doc_id, position, token, term, start, end` (characters)`, is_word, is_stop` and layers."""
        every = np.arange(len(self))
        document = self.documents_of(every)
        types = self.types.take(self.ids).reset_index(drop=True)
        table = pd.DataFrame(
            {
                "doc_id": self.corpus.documents.index.take(document),
                "position": every - self.doc_offsets[document],
                "token": types["token"],
                "term": types["term"],
                "start": self.char_starts,
                "end": self.char_ends,
                "is_word": types["is_word"],
                "is_stop": types["is_stop"],
            }
        )
        return table.assign(**{name: self.layer(name).at(every) for name in (*LAYERS, *self.extra)})

    def to_nltk(self) -> nltk.Text:
        """The tokens as written, as an `nltk.Text`."""
        import nltk

        return nltk.Text(self.types["token"].to_numpy(object)[self.ids].tolist())


def tokenize(corpus: Corpus) -> Tokens:
    """Encode a corpus: where each token is and which type.

    Sentences, paragraphs and voices are computed when they are first needed.

    >>> import pandas as pd
    >>> tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["Russia’s “near abroad” is near."]})))
    >>> tokens.frame()[["token", "term", "voice"]].iloc[:4].values.tolist()
    [['Russia’s', 'russia', 'author'], ['“', '“', 'author'], ['near', 'near', 'marked'], ['abroad', 'abroad', 'marked']]
    """
    found = scan(corpus.texts)
    return Tokens(corpus, found.ids, found.starts, found.doc_offsets, type_table(found.types))
