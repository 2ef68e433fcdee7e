"""Characters told from bytes are those that Python tells from text."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from discourse.tokens.sentences.kinds import BLANKS, Kind, code_points

MEMBERS = " \n\u00a0é»…\u3000"
KIND = Kind(MEMBERS)
TEXT = st.text(f"{MEMBERS}aèß中‥😀", min_size=1, max_size=40)


def encoded(text):
    """The bytes, and where each character begins."""
    sizes = [len(character.encode()) for character in text]
    return np.frombuffer(text.encode(), np.uint8), np.cumsum([0, *sizes[:-1]]), np.array(sizes)


@given(TEXT, st.data())
def test_members_are_found_from_every_character_on_and_back(text, data):
    data_, at, sizes = encoded(text)
    low = np.full(len(text), at[data.draw(st.integers(0, len(text) - 1))])
    high = np.full(len(text), (at + sizes)[data.draw(st.integers(0, len(text) - 1))])
    inside = at < high
    member = np.array([character in MEMBERS for character in text])
    assert KIND.sizes(data_, at, high).tolist() == np.where(member & inside, sizes, 0).tolist()
    assert KIND.at(data_, at, high).tolist() == (member & inside).tolist()
    for i in np.flatnonzero(inside):
        rest = data_[at[i] : high[i]].tobytes().decode()
        kept = rest[len(rest) - len(rest.lstrip(MEMBERS)) :]
        assert KIND.after(data_, at[[i]], high[[i]]) == high[i] - len(kept.encode())
    for i in np.flatnonzero(at >= low):
        rest = data_[low[i] : at[i]].tobytes().decode()
        assert KIND.before(data_, at[[i]], low[[i]]) == low[i] + len(rest.rstrip(MEMBERS).encode())
        last = rest[-1:]
        assert KIND.sizes_before(data_, at[[i]], low[[i]]) == (len(last.encode()) if last and last in MEMBERS else 0)


@given(TEXT)
def test_code_points_are_those_of_the_text(text):
    data, at, _ = encoded(text)
    assert code_points(data, at).tolist() == [ord(character) for character in text]


def test_runs_longer_than_any_are_stepped_over():
    data = np.frombuffer(("…" * 10_000 + "a").encode(), np.uint8)
    ends = KIND.after(data, np.array([0, 3, 30_000]), np.array([30_001, 300, 30_001]))
    assert ends.tolist() == [30_000, 300, 30_000]


def test_blanks_are_those_of_python():
    assert {chr(code) for code in range(0x110000) if chr(code).isspace()} == set(BLANKS)
