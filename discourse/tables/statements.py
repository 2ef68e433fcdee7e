"""In words: sentences computed from a table, for any study.

The rules are general: an item that one group alone uses; hits that all stand in one voice; names whose shares differ;
a group that is not uniform; what the design of the sample does not allow. None of them knows a study's words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pandas as pd

from discourse._errors import demand, listed

from .choices import of_actors, of_names
from .designs import of_designs
from .limits import of_overview, of_passages, of_robustness
from .usage import of_frames, of_hits, of_keyness, of_spotlight, of_voices

_KINDS: tuple[tuple[tuple[str, ...], Callable[[pd.DataFrame, str | None], Iterator[str]]], ...] = (
    (("hit_id", "sentence_text", "mentioned"), of_spotlight),
    (("hit_id", "sentence_text", "voice"), of_hits),
    (("log_ratio", "count_reference", "reference"), of_keyness),
    (("specification", "holds"), of_robustness),
    (("referent", "name", "share", "count"), of_names),
    (("frame", "actor", "role"), of_actors),
    (("frame", "per_1k", "documents"), of_frames),
    (("reference", "smallest_p_documents", "intervals"), of_designs),
    (("prose_words", "quoted_share"), of_overview),
    (("voice", "share", "total"), of_voices),
    (("similarity", "text_a", "text_b"), of_passages),
)


def findings(table: pd.DataFrame, *, by: str | None = None) -> list[str]:
    """What a table says, as sentences with their numbers.

    Args:
        table: made by `hits, term_hits, spotlight, frame_frequencies, name_shares, frame_actors, keyness, voice_shares,
            corpus_overview, comparison_design, robustness` or `repeated_passages`.
        by: for hits and the overview, which have no groups of their own: the column whose groups are told apart.

    Returns:
        Sentences in the order of the table; none where there is nothing to say.

    Raises:
        ValueError: the table is none of these, or `by` is missing.

    >>> table = pd.DataFrame({"outlet": ["A", "B"], "frame": "force", "count": [3, 0], "total": [100, 500],
    ...     "per_1k": [30.0, 0.0], "documents": [2, 0], "n_documents": [2, 1], "flags": ""})
    >>> findings(table)
    ['“force”: only A, 3 hits in 2 of 2 documents (30.0 per 1,000 words).']
    """
    demand(table, (), "this package")
    for columns, tell in _KINDS:
        if set(columns) <= set(table.columns):
            return list(tell(table, by))
    raise ValueError(
        "findings needs a table made by this package, with the columns of one of "
        f"{listed([' '.join(columns) for columns, _ in _KINDS])}; got {listed(table.columns[:12])}."
    )
