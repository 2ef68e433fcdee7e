"""What a person writes, and what it is read as."""

import pandas as pd
import pytest

from discourse.codebook.patterns import Element, parse_pattern
from discourse.corpus import Corpus
from discourse.counts import hits
from discourse.tokens import tokenize
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
    "wom?n ag??": [["wom?n", "ag??"]],
    "?omen's": [["?omen"]],
    "non-?tate": [["non-?tate|non?tate"], ["non", "?tate"]],
    r"why\? or a\?b": [["why", "?", "or", "a", "?", "b"]],
    "why ? ?!": [["why", "?", "?", "!"]],
    "ü?er": [["ü?er"]],
    "b.m.a.": [["b.m.a.|bma"]],
    "r.c.o.g u.s.": [["r.c.o.g|rcog", "u.s.|US"]],
    "=b.m.a. a.b": [["b.m.a.", "a.b"]],
    "a.b": [["a.b"]],
    "US-led": [["US-led|usled"], ["US", "led"]],
    "Russia’s war": [["russia", "war"]],
    "=West": [["West"]],
    "= West Bank": [["West", "Bank"]],
    "“sphere” of 'influence'": [["sphere", "of", "influence"]],
    "{agent} sphere of {target}": [["agent", "sphere", "of", "target"]],
    "to ~2 {target}": [["to", "~~target"]],
    "Türkiye": [["türkiye"]],
    "3.74 billion": [["3.74", "billion"]],
    "near\u00a0abroad": [["near", "abroad"]],
    "\ufeff=West\u200f \u00ad\u2060Bank\u200b": [["West", "Bank"]],
    "of\u200b ~1\u200b power": [["of", "~power"]],
    "می\u200cخواهم": [["می", "خواهم"]],
    "cafe\u0301": [["café"]],
    "-5 to 5-": [["-", "5", "to", "5", "-"]],
    "- vector –": [["-", "vector", "–"]],
    "～ ＊ a＝b": [["～", "＊", "a", "＝", "b"]],
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
        ("(a|b)s", "'(a|b)s' looks like a regular expression. Write * for letters, a|b for either."),
        *(
            (given, f"{given!r} looks like a regular expression. Write * for letters, a|b for either.")
            for given in ("war.*", "a war.+ in", "war.?", "war(s)?", "the (new )?war", "[Ww]ar", "the [Ww]ar", "^war")
        ),
        ("*?", "A lone * is one word; got '*?' in '*?'. Write '* *' for two, or ~N for up to N."),
        ("US$?", "Every word of a pattern needs a letter, a digit or a sign; got 'US$?' in 'US$?'. Add one."),
        ("?'s", 'Every word of a pattern needs a letter, a digit or a sign; got "?\'s" in "?\'s". Add one.'),
        *(
            (
                given,
                "= must stand in front of the whole pattern, whose capitals it is about; "
                f"got {given!r}. Write {whole!r}, or \\= for the sign.",
            )
            for given, whole in [("the =West", "=the West"), ("=East|=West", "=East|West"), ("a =“B”", "=a “B”")]
        ),
        (r"*\=", "Every word of a pattern needs a letter, a digit or a sign; got '*\\\\=' in '*\\\\='. Add one."),
        (r"\{x}", "A slot must be {agent} or {target}, as a word of its own; got '\\\\{x}' in '\\\\{x}'."),
        ("**", "A lone * is one word; got '**' in '**'. Write '* *' for two, or ~N for up to N."),
        ("*'s", 'Every word of a pattern needs a letter, a digit or a sign; got "*\'s" in "*\'s". Add one.'),
        ("“ ”", "Every word of a pattern needs a letter, a digit or a sign; got '“' in '“ ”'. Add one."),
        ("{who} came", "A slot must be {agent} or {target}, as a word of its own; got '{who}' in '{who} came'."),
        (
            "{agent}s came",
            "A slot must be {agent} or {target}, as a word of its own; got '{agent}s' in '{agent}s came'.",
        ),
        *(
            (
                f"the {given}",
                f"A hyphen must stand between two parts of a word; got {word!r} in {f'the {given}'!r}. "
                f"Write {longer!r} for longer words, or {apart!r} for the sign by itself.",
            )
            for given, word, longer, apart in [
                ("-vector", "-vector", "*-vector", "- vector"),
                ("-vector*", "-vector*", "*-vector*", "- vector*"),
                ("“multi‑”", "multi‑", "multi‑*", "multi ‑"),
                ("x|vector*-", "vector*-", "vector*-*", "vector* -"),
            ]
        ),
        *(
            (
                text,
                f"A word of a pattern must have no character that cannot be seen; got {code} after {before!r} in "
                f"{text!r}. Delete it, or write a blank.",
            )
            for text, code, before in [
                ("a con\u00adtain*", "U+00AD", "con"),
                ("near\u200b\u2060|far", "U+200B", "near"),
                ("=\ufeffWest", "U+FEFF", "="),
            ]
        ),
        *(
            (text, f"Signs of a pattern must not be full-width; got {word!r} in {text!r}. Write {plain!r}.")
            for text, word, plain in [
                ("the 力＊", "力＊", "力*"),
                ("a ～2 b", "～2", "~2"),
                ("a｜b c", "a｜b", "a|b"),
                ("｛agent｝ c", "｛agent｝", "{agent}"),
                ("＝West", "＝West", "=West"),
            ]
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


def test_a_question_mark_is_one_character_and_not_a_character_that_may_be_missing():
    tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["War, wars, warsh; women, womn."]})))
    assert [hits(tokens, text)["text"].tolist() for text in ("wars?", "wom?n", "war|wars")] == [
        ["warsh"], ["women"], ["War", "wars"],
    ]
