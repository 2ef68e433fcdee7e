"""Texts that no writer wrote take time in proportion to their length."""

import time
from collections.abc import Callable

import pytest

from discourse.tokens import voice_spans

WORDS = "the sea was calm and nobody sailed there "

# A text of about so many characters.
TEXTS: dict[str, Callable[[int], str]] = {
    "opening marks": lambda size: "“" * size,
    "closing marks": lambda size: "”" * size,
    "straight marks": lambda size: '"' * size,
    "single marks": lambda size: " ‘" * (size // 2),
    "no blank": lambda size: "Aa" * (size // 2),
    "unclosed marks": lambda size: "“word " * (size // 6),
    "unclosed lines": lambda size: "“word\n" * (size // 6),
    "unopened marks": lambda size: "word” " * (size // 6),
    "unopened sentences": lambda size: "We go,” said Lind. " * (size // 19),
    "marks in marks": lambda size: "“a ‘" * (size // 8) + "b’ a” " * (size // 10),
    "deep marks": lambda size: "“a «" * (size // 8) + "»b”" * (size // 8),
    "one paragraph": lambda size: WORDS * (size // len(WORDS)),
    "one paragraph of quotations": lambda size: "Lind said “the sea was calm” and " * (size // 33),
    "one sentence of speech": lambda size: "Lind said that the sea was calm and nobody sailed, " * (size // 51),
    "according to": lambda size: "according to " * (size // 13),
    "claims": lambda size: "’s claim that " * (size // 14),
    "other words each time": lambda size: "".join(f"L{i} said “sea {i}”. An “old{i}”. " for i in range(size // 30)),
    "other names each time": lambda size: "".join(f"Ada L{i}x said that it was so. " for i in range(size // 32)),
    "last names": lambda size: "".join(f"L{i}x said that it was so. " for i in range(size // 28)),
    "one pronoun": lambda size: "It said that it was so, Ada Lind told Ole Ek. " * (size // 46),
    "one council": lambda size: "".join(f"The L{i} Council met. The council said it was. " for i in range(size // 46)),
    "short names": lambda size: "".join(f"L{i} Council (LC) met. LC said it was so. " for i in range(size // 42)),
    "participles": lambda size: "Lind left the port, calling it “a sham”, adding that it was so, and " * (size // 68),
    "one office": lambda size: "".join(f"Minister L{i}x left. The minister said he had. " for i in range(size // 48)),
}
SIZE = 6_000
TIMES = 10
LIMIT = 2.5 * TIMES  # what takes the square takes 100 times as long


def seconds(text: str) -> float:
    started = time.process_time()
    voice_spans(text)
    return time.process_time() - started


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_time_grows_with_the_length(text, record_property):
    tries = (seconds(text(TIMES * SIZE)) / max(seconds(text(SIZE)), 0.005) for _ in range(3))
    ratio = next((ratio for ratio in tries if ratio < LIMIT), LIMIT)
    record_property("ratio", ratio)
    assert ratio < LIMIT


def test_a_megabyte_of_marks_and_one_paragraph_of_five_come_to_an_end():
    assert seconds('"' * 1_000_000) < 10
    assert seconds(WORDS * (5_000_000 // len(WORDS))) < 20
