"""What a person writes, and what it is read as."""

import pytest

from discourse.codebook.patterns import Element, parse_pattern
from discourse.tokens.types import ACRONYMS


def words(text):
    """Every sequence, an element as its spellings joined by a bar, with gap and slot."""
    return [
        [f"{'~' * e.gap}{'|'.join(e.words) or e.slot or '*'}" for e in sequence]
        for sequence in parse_pattern(text).sequences
    ]


READ = {
    "Sphere of  influence": [["sphere", "of", "influence"]],
    "sphere* of ~3 influence": [["sphere*", "of", "~~~influence"]],
    "a * b": [["a", "*", "b"]],
    "*circle*": [["*circle*"]],
    "a|b c": [["a|b", "c"]],
    "multi-vector": [["multi-vector|multivector"], ["multi", "vector"]],
    "multi‑vector*": [["multi-vector*|multivector*"], ["multi", "vector*"]],
    "a|b-c d": [["a|b-c|bc", "d"], ["b", "c", "d"]],
    "re-balancing of ~1 power": [["re-balancing|rebalancing", "of", "~power"], ["re", "balancing", "of", "~power"]],
    "non-*": [["non-*"]],
    "*-led": [["*-led"]],
    "US": [["US"]],
    "us": [["us"]],
    "U.S.": [["US"]],
    "US$": [["US", "$"]],
    "US-led": [["US-led|usled"], ["US", "led"]],
    "Russia’s war": [["russia", "war"]],
    "=West": [["West"]],
    "= West Bank": [["West", "Bank"]],
    "“sphere” of 'influence'": [["sphere", "of", "influence"]],
    "{agent} sphere of {target}": [["agent", "sphere", "of", "target"]],
    "to ~2 {target}": [["to", "~~target"]],
    "Türkiye": [["türkiye"]],
    "3.74 billion": [["3.74", "billion"]],
}


@pytest.mark.parametrize(("text", "sequences"), READ.items())
def test_a_pattern_is_read_as(text, sequences):
    assert words(text) == sequences


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "A pattern must have at least one word; got ''. Write a word or leave the line out."),
        (" = ", "A pattern must have at least one word; got ' = '. Write a word or leave the line out."),
        ("a ~ b", "A gap is written ~N between two words, as in 'sphere* of ~3 influence'; got '~' in 'a ~ b'."),
        ("~2 b", "A gap is written ~N between two words, as in 'sphere* of ~3 influence'; got '~2' in '~2 b'."),
        ("a ~2", "A gap is written ~N between two words, as in 'sphere* of ~3 influence'; got '~2' in 'a ~2'."),
        (
            "a ~1 ~1 b",
            "A gap is written ~N between two words, as in 'sphere* of ~3 influence'; got '~1' in 'a ~1 ~1 b'.",
        ),
        ("a|", "Every alternative of a|b must be a word; 'a|' in 'a|' has an empty one. Remove a bar."),
        ("a|* b", "Every alternative of a|b must be a word; 'a|*' in 'a|* b' has an empty one. Remove a bar."),
        ("**", "A lone * is one word; got '**' in '**'. Write '* *' for two, or ~N for up to N."),
        ("*'s", 'Every word of a pattern needs a letter, a digit or a sign; got "*\'s" in "*\'s". Add one.'),
        ("“ ”", "Every word of a pattern needs a letter, a digit or a sign; got '“' in '“ ”'. Add one."),
        ("{who} came", "A slot must be {agent} or {target}, as a word of its own; got '{who}' in '{who} came'."),
        (
            "{agent}s came",
            "A slot must be {agent} or {target}, as a word of its own; got '{agent}s' in '{agent}s came'.",
        ),
        (
            " ".join(["a-b"] * 10),
            f"A pattern must stand for at most 512 spellings; {' '.join(['a-b'] * 10)!r} stands for 1024. "
            "Split it into several patterns.",
        ),
    ],
)
def test_what_cannot_be_read_is_said_in_two_sentences(text, message):
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole text is compared
        parse_pattern(text)
    assert str(caught.value) == message


def test_a_pattern_knows_whether_it_has_a_slot():
    assert parse_pattern("{agent} orbit").slotted
    assert not parse_pattern("orbit").slotted


def test_capitals_agree_only_when_asked_and_acronyms_always_keep_theirs():
    assert parse_pattern("=West").cased
    assert not parse_pattern("West").cased
    assert all(words(acronym) == [[acronym]] for acronym in ACRONYMS)


def test_the_words_of_a_slot_and_of_a_lone_star_are_empty():
    assert parse_pattern("{agent} *").sequences == ((Element(slot="agent"), Element()),)
