"""Conditions decide hit by hit, the same whether matches are looked at together or alone."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.codebook import Codebook, Condition, Entry, parse_pattern, search
from discourse.corpus import Corpus
from discourse.tokens import tokenize


def corpus(*texts):
    return tokenize(Corpus.from_frame(pd.DataFrame({"text": texts})))


def condition(words, within="sentence", wanted=True):
    return Condition(tuple(map(parse_pattern, words.split("/"))), within, wanted)


def found(tokens, entry):
    spans = search(tokens, Codebook({entry.key: entry})).spans
    return spans.first.tolist()


def frame(pattern, *conditions, **more):
    return Entry("frame", "f", (parse_pattern(pattern),), conditions=conditions, **more)


@pytest.mark.parametrize(
    ("within", "hits"),
    [(0, []), (1, []), (2, [0]), (3, [0]), ("sentence", [0]), ("paragraph", [0, 7]), ("document", [0, 7, 12])],
)
def test_near_reaches_as_far_as_it_says(within, hits):
    # orbit of “old” Moscow . | A satellite in orbit . || in orbit
    tokens = corpus("orbit, (old) Moscow. Orbit again.\n\nAn orbit.", "orbit")
    starts = [i for i, t in enumerate(tokens.frame()["term"]) if t == "orbit"]
    assert len(starts) == 4
    expected = {0: starts[0], 7: starts[1], 12: starts[2]}
    assert found(tokens, frame("orbit", condition("Moscow", within))) == [expected[i] for i in hits]
    rest = [at for at in starts if at not in [expected[i] for i in hits]]
    assert found(tokens, frame("orbit", condition("Moscow", within, False))) == rest


def test_words_are_counted_on_both_sides_and_never_beyond_the_sentence():
    tokens = corpus("War in Georgia. The orbit was Russian. Georgia.")
    assert found(tokens, frame("orbit", condition("Russian", 2))) == [5]
    assert found(tokens, frame("orbit", condition("Georgia", 9))) == []


def test_what_overlaps_is_near():
    tokens = corpus("A sphere of Russian influence.")
    assert found(tokens, frame("sphere of ~2 influence", condition("Russian", 0))) == [1]
    assert found(tokens, frame("sphere of ~2 influence", condition("Russian", 0, False))) == []
    assert found(tokens, frame("sphere of ~2 influence", exclude=(parse_pattern("Russian"),))) == []


def test_all_conditions_must_hold_and_any_of_their_patterns_will_do():
    tokens = corpus("Moscow orbit. Kremlin orbit rocket. The orbit.")
    both = (condition("Moscow/Kremlin"), condition("rocket", 5, False))
    assert found(tokens, frame("orbit", *both)) == [1]


def test_a_condition_of_a_pattern_holds_for_it_alone():
    tokens = corpus("The orbit. The backyard.")
    patterns = (parse_pattern("orbit"), parse_pattern("backyard"))
    own = type(patterns[0])(*(getattr(patterns[1], name) for name in ("text", "sequences", "cased")), 1.0,
                            (condition("garden"),))
    assert found(tokens, Entry("frame", "f", (patterns[0], own))) == [1]


def test_a_match_that_fails_leaves_its_words_to_another():
    tokens = corpus("sphere of influence")
    long, short = parse_pattern("sphere of influence"), parse_pattern("influence")
    barred = type(long)(long.text, long.sequences, False, 1.0, (condition("Russia"),))
    assert found(tokens, Entry("frame", "f", (barred, short))) == [2]


def test_a_slot_binds_only_actors_that_meet_their_conditions():
    tokens = corpus("The Georgia orbit, Atlanta.", "The Georgia orbit.")
    actor = Entry("actor", "Georgia", (parse_pattern("Georgia"),), conditions=(condition("Atlanta", wanted=False),))
    book = Codebook({"f": frame("{agent} orbit")}, {"Georgia": actor})
    spans = search(tokens, book, kinds=("frame",)).spans
    assert tokens.documents_of(spans.first).tolist() == [1]


NEARBY = st.sampled_from(["moscow", "rocket", "the orbit"])
WORDS = ["orbit", "moscow", "rocket", ".", "the", "“"]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(WORDS), max_size=12), min_size=1, max_size=3),
    st.lists(st.tuples(NEARBY, st.integers(0, 4), st.booleans()), max_size=2),
)
def test_conditions_agree_with_trying_every_hit(texts, conditions):
    tokens = corpus(*(" ".join(words) for words in texts))
    entry = frame("orbit", *(condition(words, within, wanted) for words, within, wanted in conditions))
    term = tokens.frame()
    kept = []
    for at in np.flatnonzero(term["term"] == "orbit") if len(term) else []:
        same = (term["doc_id"] == term["doc_id"][at]) & (term["sentence"] == term["sentence"][at])
        words = np.flatnonzero(same & term["is_word"])
        place = int(np.searchsorted(words, at))
        ok = True
        for text, within, wanted in conditions:
            window = set(words[max(place - within, 0) : place + within + 1].tolist())
            others = search(tokens, Codebook({"o": frame(text)})).spans
            near = any(window & set(range(a, b + 1)) for a, b in zip(others.first, others.last, strict=True))
            ok &= near == wanted
        kept += [at] if ok else []
    assert found(tokens, entry) == kept
