"""The tasks as Conc does them: a corpus on disk, built from CSV, asked through its class `Conc`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from .answering import LINE, NEAR, OFTEN, WORD, Offer, Way, answer, rows

ALL = 10**9  # rows of a page, where 0 does not mean all
# What Conc turns off in the model it loads, and cannot if it is not there.
PARTS = ("parser", "ner", "lemmatizer", "tagger", "senter", "tok2vec", "attribute_ruler")


def blank_model(folder: Path) -> str:
    """English as spaCy tokenizes it without any model: the rules are those of its small model."""
    import spacy

    model = spacy.blank("en")
    for name in PARTS:
        model.add_pipe("sentencizer", name=name)
    model.to_disk(folder / "blank")
    return str(folder / "blank")


def counted(table: Any) -> dict[str, int]:
    """Of a table of frequencies."""
    return {"counted": int(table["frequency"].sum()), "distinct": len(table)}


def offer(folder: Path) -> Offer:
    """All tasks; the report of a page of twenty rows, its default, beside that of all rows."""
    from conc.conc import Conc
    from conc.corpus import Corpus

    model = blank_model(folder)

    def build(name: str) -> Any:
        corpus = Corpus(name, "benchmark")
        source = str(folder / f"{name}.csv")
        return Conc(corpus.build_from_csv(source, str(folder), text_column="text", model=model))

    built = cache(build)

    @cache
    def halves() -> Any:
        early = build("early")
        early.set_reference_corpus(build("late").corpus)
        return early

    def lines(**page: int) -> Any:
        return built("all").concordance(WORD, context_length=LINE, **page).to_frame()

    def near() -> Any:
        found = built("all").collocates(WORD, context_length=NEAR, min_collocate_frequency=OFTEN, page_size=0)
        return found.to_frame()

    def pairs(**page: int) -> Any:
        return built("all").ngram_frequencies(ngram_length=2, **page).to_frame()

    return {
        "words": {"": Way(lambda: build("all").frequencies(page_size=0).to_frame(), counted)},
        "lines": {
            "all lines": Way(lambda: lines(page_size=ALL), rows("lines")),
            "a page": Way(lines, rows("lines")),
        },
        "collocates": {"": Way(near, rows("words"))},
        "keyness": {
            "": Way(lambda: halves().keywords(page_size=0, exclude_negative_keywords=False).to_frame(), rows("words"))
        },
        "pairs": {"all pairs": Way(lambda: pairs(page_size=ALL), counted), "a page": Way(pairs, counted)},
    }


if __name__ == "__main__":
    answer(offer, ["conc", "spacy", "polars", "numpy"])
