"""Who frames what, in whose words, how much more than the others, and how sure can we be?

The package has one rule, and everything follows from it:

    The source is never changed. Everything else is a span over it, an array of ids, or a table; every step takes the
    one before and returns something new.

    seeds ─► corpus ─► tokens ─► hits ───► tables ─► plots ─► report
             (zones)   (voice)    ▲  counts    ▲
                              codebook     measures

- Cleaning removes nothing: what is title, byline, caption or prose is a *zone*, what is quoted, and by whom, is a
  *voice*: spans of characters. Counting chooses spans (`where`).
- Text is encoded once into integers (`tokenize`). After that no Python loop touches a token: counts, sequences, phrase
  matches, concordances and collocations are operations on arrays.
- Every hit keeps the characters it came from, so any number leads back to sentences (`evidence`).
- Counts add up: the counts of two halves added are the counts of the whole, to the last integer.
- Results are plain pandas tables, sorted by a stated key, each score beside the counts it follows from. `flags` says
  what a row cannot carry.
- Measures are pure functions from numbers to numbers and know nothing of texts.

Each room of the package imports from earlier rooms only (tests/test_architecture.py holds it): `measures`, `corpus`,
`tokens`, `codebook`, `counts`, `tables`, `plots`, `report`. Beside them stand `study` (a folder on disk), `vectorizers`
(for scikit-learn) and `cli`.
A measure is added in `measures/`, a pattern feature in `codebook/patterns.py`, a table in `tables/` with its plot of
the same name in `plots/`, and what the report shows in `notebooks/`.
"""

from __future__ import annotations

import importlib
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from discourse.codebook import Codebook, read_codebook, write_codebook
    from discourse.corpus import Corpus, later_copies, read_corpus, repeated_passages
    from discourse.counts import (
        Counts,
        Distributed,
        encode,
        evidence,
        frame_counts,
        hits,
        on_cluster,
        term_counts,
        term_hits,
    )
    from discourse.report import build_report, show, verify_report
    from discourse.study import Study, current_study, read_study
    from discourse.tables import (
        FLAGS,
        Choices,
        agreement,
        ambiguous_names,
        bootstrap_intervals,
        codebook_overview,
        codebook_precision,
        codebook_validity,
        coding_sheet,
        collocates,
        comparison_design,
        concordance,
        corpus_overview,
        corrected_frequencies,
        dispersion,
        findings,
        frame_actor_hits,
        frame_actors,
        frame_frequencies,
        frame_positions,
        headlines,
        keyness,
        lexical_diversity,
        multiverse,
        name_habits,
        name_shares,
        naming_distance,
        pattern_frequencies,
        permutation_test,
        read_codes,
        robustness,
        similarity,
        speaker_cues,
        specification_summary,
        speech_hits,
        spotlight,
        term_frequencies,
        voice_passages,
        voice_shares,
        voice_sheet,
        voice_validity,
        without_stop_words,
        write_coding_sheet,
    )
    from discourse.tokens import Shards, Tokens, open_tokens, tokenize
    from discourse.vectorizers import FrameVectorizer

__version__ = version("discourse-contrast")



_ROOMS = {
    "corpus": "Corpus read_corpus repeated_passages later_copies",
    "tokens": "Shards Tokens open_tokens tokenize",
    "codebook": "Codebook read_codebook write_codebook",
    "counts": "Counts Distributed encode on_cluster term_counts frame_counts hits term_hits evidence",
    "tables": "FLAGS Choices agreement ambiguous_names bootstrap_intervals codebook_overview codebook_precision "
    "codebook_validity coding_sheet collocates comparison_design concordance corpus_overview "
    "corrected_frequencies dispersion findings frame_actor_hits frame_actors frame_frequencies "
    "frame_positions headlines keyness lexical_diversity multiverse name_habits name_shares "
    "naming_distance pattern_frequencies permutation_test read_codes robustness similarity speaker_cues "
    "specification_summary speech_hits spotlight term_frequencies voice_passages voice_shares "
    "voice_sheet voice_validity without_stop_words write_coding_sheet",
    "study": "Study read_study current_study",
    "vectorizers": "FrameVectorizer",
    "report": "show build_report verify_report",
}
_HOME = {name: room for room, names in _ROOMS.items() for name in names.split()}

__all__ = [
    "FLAGS",
    "Choices",
    "Codebook",
    "Corpus",
    "Counts",
    "Distributed",
    "FrameVectorizer",
    "Shards",
    "Study",
    "Tokens",
    "__version__",
    "agreement",
    "ambiguous_names",
    "bootstrap_intervals",
    "build_report",
    "codebook_overview",
    "codebook_precision",
    "codebook_validity",
    "coding_sheet",
    "collocates",
    "comparison_design",
    "concordance",
    "corpus_overview",
    "corrected_frequencies",
    "current_study",
    "dispersion",
    "encode",
    "evidence",
    "findings",
    "frame_actor_hits",
    "frame_actors",
    "frame_counts",
    "frame_frequencies",
    "frame_positions",
    "headlines",
    "hits",
    "keyness",
    "later_copies",
    "lexical_diversity",
    "multiverse",
    "name_habits",
    "name_shares",
    "naming_distance",
    "on_cluster",
    "open_tokens",
    "pattern_frequencies",
    "permutation_test",
    "read_codebook",
    "read_codes",
    "read_corpus",
    "read_study",
    "repeated_passages",
    "robustness",
    "show",
    "similarity",
    "speaker_cues",
    "specification_summary",
    "speech_hits",
    "spotlight",
    "term_counts",
    "term_frequencies",
    "term_hits",
    "tokenize",
    "verify_report",
    "voice_passages",
    "voice_shares",
    "voice_sheet",
    "voice_validity",
    "without_stop_words",
    "write_codebook",
    "write_coding_sheet",
]


def __getattr__(name: str) -> Any:
    """Import a public name, or a room, when it is first used: `import discourse` stays cheap."""
    if name in _HOME:
        value = getattr(importlib.import_module(f"discourse.{_HOME[name]}"), name)
        globals()[name] = value
        return value
    if name in ("measures", "plots", *_ROOMS):
        return importlib.import_module(f"discourse.{name}")
    from discourse._errors import nearest

    raise AttributeError(f"module 'discourse' has no attribute {name!r}.{nearest(name, __all__)}")


def __dir__() -> list[str]:
    return sorted([*__all__, "measures", "plots", *_ROOMS])
