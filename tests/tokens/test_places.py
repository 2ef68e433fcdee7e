"""From tokens to characters and back."""

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from discourse.tokens.places import Places
from discourse.tokens.scan import scan

TEXTS = st.lists(st.text("aé界😀 .\n", max_size=12), max_size=5)


def places(texts):
    array = pa.array(["not mine, é", *texts], pa.large_string()).slice(1)
    found = scan(array)
    return found, Places(array, found.starts, found.doc_offsets)


@given(TEXTS)
def test_characters_name_the_token_in_its_document(texts):
    found, where = places(texts)
    document = np.repeat(np.arange(len(texts)), np.diff(found.doc_offsets))
    for i, start, number in zip(found.ids, where.char_starts, document, strict=True):
        assert texts[number][start:].startswith(found.types[i])


@given(TEXTS.filter(bool), st.data())
def test_the_first_token_is_the_first_that_starts_at_or_after_a_character(texts, data):
    found, where = places(texts)
    number = data.draw(st.integers(0, len(texts) - 1))
    character = data.draw(st.integers(0, len(texts[number])))
    low, high = found.doc_offsets[number : number + 2]
    later = [i for i in range(low, high) if where.char_starts[i] >= character]
    assert where.first_token(np.array([number]), np.array([character])).tolist() == [later[0] if later else high]
