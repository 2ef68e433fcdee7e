"""The tasks as scattertext does them: parsed documents, then a matrix of documents and terms."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from .answering import Offer, Way, answer, rows


def counted(table: Any) -> dict[str, int]:
    """Of frequencies by term and half."""
    return {"counted": int(table.to_numpy().sum()), "distinct": len(table)}


def offer(folder: Path) -> Offer:
    """Frequencies, keyness and pairs: lines and collocates it has not."""
    import pandas as pd
    import scattertext as st

    frame = pd.read_csv(folder / "all.csv")

    def parsed() -> Any:
        return frame.assign(parse=frame["text"].apply(st.whitespace_nlp_with_sentences))

    def build(documents: Any, features: Any) -> Any:
        build = st.CorpusFromParsedDocuments(documents, "half", "parse", feats_from_spacy_doc=features).build
        return build()

    # Words alone are counted faster than words and pairs of which the pairs are thrown away.
    words = cache(lambda: build(kept(), st.UnigramsFromSpacyDoc()))
    kept = cache(parsed)

    def begun() -> Any:
        return build(parsed(), st.FeatsFromSpacyDoc()).get_unigram_corpus().get_term_freq_df()

    def scored() -> Any:
        return words().get_term_freq_df().assign(score=st.G2(words()).set_categories("early", ["late"]).get_scores())

    return {
        "words": {
            "as its page begins": Way(begun, counted),
            "words alone": Way(lambda: build(parsed(), st.UnigramsFromSpacyDoc()).get_term_freq_df(), counted),
        },
        "keyness": {"": Way(scored, rows("words"))},
        "pairs": {"with words": Way(lambda: build(kept(), st.FeatsFromSpacyDoc()).get_term_freq_df(), counted)},
    }


if __name__ == "__main__":
    answer(offer, ["scattertext", "pandas", "numpy"])
