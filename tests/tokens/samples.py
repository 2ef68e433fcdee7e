"""Corpora for tests."""

import dataclasses

import pandas as pd

from discourse.corpus import Corpus


def corpus_of(*texts):
    """Texts as documents d0, d1, …, all body."""
    return Corpus.from_frame(pd.DataFrame({"text": list(texts)}, index=[f"d{i}" for i in range(len(texts))]))


def zoned(*parts):
    """One document of (zone, section, text) parts."""
    corpus = corpus_of("".join(text for _, _, text in parts))
    rows, start = [], 0
    for zone, section, text in parts:
        rows.append(("d0", start, start + len(text), zone, section, ""))
        start += len(text)
    zones = pd.DataFrame(rows, columns=["doc_id", "start", "end", "zone", "section", "rule"])
    return dataclasses.replace(corpus, zones=zones)
