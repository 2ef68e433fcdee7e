"""What the tests of readers share: blocks put together must be what is read at once."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import pyarrow as pa

from discourse.corpus import Corpus, plan, read_corpus


def same(found: Corpus, expected: Corpus) -> None:
    """Two corpora are equal in values, types and order."""
    pd.testing.assert_frame_equal(found.documents, expected.documents)
    pd.testing.assert_frame_equal(found.zones, expected.zones)
    assert found.texts.equals(expected.texts)


def put_together(corpora: Iterable[Corpus]) -> Corpus:
    """Corpora one after the other, without any of the care that the package takes."""
    parts = list(corpora)
    documents = pd.concat([part.documents for part in parts])
    zones = pd.concat([part.zones for part in parts], ignore_index=True)
    return Corpus(documents, zones, pa.concat_arrays([part.texts for part in parts]))


def check_blocks(source, *, block_bytes: int, **options) -> int:
    """Check that blocks put together are what is read at once, in each block with its types; return how many."""
    whole = read_corpus(source, **options)
    parts = [block.read() for block in plan(source, block_bytes=block_bytes, **options)]
    for part in parts:
        assert part.documents.dtypes.equals(whole.documents.dtypes)
    same(put_together(parts), whole)
    return len(parts)
