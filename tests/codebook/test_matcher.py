"""The array matcher against a matcher that tries every place."""

from dataclasses import replace
from unittest.mock import patch

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discourse.codebook import matcher, plans
from discourse.codebook.matcher import Matcher
from discourse.codebook.patterns import parse_pattern
from discourse.codebook.spans import Spans, in_order, joined, longest
from discourse.corpus import Corpus
from discourse.tokens import tokenize
from discourse.tokens.types import QUOTATION_MARKS

# ── a slow matcher: pieces of a pattern are tried at every token of the stream ───────────────────────────────────


def tokens_of(*texts, notes=False):
    """Tokens of texts; with notes, every `[1]` is a zone of its own."""
    corpus = Corpus.from_frame(pd.DataFrame({"text": list(texts)}, index=[f"d{i}" for i in range(len(texts))]))
    if not notes:
        return tokenize(corpus)
    rows = []
    for doc_id, text in zip(corpus.documents.index, texts, strict=True):
        at = 0
        for k, part in enumerate(text.split("[1]")):
            pieces = [("note", "[1]")] * (k > 0) + [("body", part)] * (part != "")
            for zone, piece in pieces:
                rows.append((doc_id, at, at + len(piece), zone, "", ""))
                at += len(piece)
    zones = pd.DataFrame(rows, columns=["doc_id", "start", "end", "zone", "section", "rule"])
    return tokenize(replace(corpus, zones=zones))


def spelled(piece, cased=False):
    """All ways to write one piece, each as a list of words: as written, spaced, closed."""
    ways = []
    for word in piece.split("|"):
        ways.append([word])
        if "-" in word:
            ways += [word.split("-"), [word.replace("-", "")]]
    return ways


def same(glob, word):
    head, star, tail = glob.partition("*")
    return word == glob if not star else len(word) >= len(head + tail) and word.startswith(head) and word.endswith(tail)


class Slow:
    def __init__(self, tokens, actors=()):
        self.frame = frame = tokens.frame()
        frame = frame[~frame["token"].isin(QUOTATION_MARKS)]
        self.written = frame["token"].tolist()
        self.place = frame.index.to_numpy()
        self.terms, self.is_word = frame["term"].tolist(), frame["is_word"].tolist()
        runs = [tokens.layer(name).runs(self.place) for name in ("zone", "sentence")]
        self.runs = list(zip(*runs, strict=True))
        self.actors = actors  # (first, last, number) in positions of the stream

    def find(self, text):
        pieces, gap, steps = text.split(), 0, []
        for piece in pieces:
            if piece.startswith("~"):
                gap = int(piece[1:])
            else:
                steps.append((piece, gap))
                gap = 0
        found = {}
        for start in range(len(self.terms)):
            for end, bound, path in self.ends(steps, start):
                if self.runs[start] == self.runs[end - 1] and self.filled(path):
                    found[(int(self.place[start]), int(self.place[end - 1]), *bound)] = True
        if len(steps) == 1 and "{" not in text:
            found |= dict.fromkeys(self.parts(pieces[0]), True)
        return list(found)

    def parts(self, piece):
        """A pattern of one word is found in a whole part of a hyphenated token too."""
        globs = [way[0] for way in spelled(piece) if len(way) == 1 and "-" not in way[0]]
        hit = [any(same(g, part) for g in globs for part in t.split("-") if "-" in t and part) for t in self.terms]
        return {(int(at), int(at), -1, -1) for at, yes in zip(self.place, hit, strict=True) if yes}

    def ends(self, steps, at, bound=(-1, -1), path=()):
        """Where the rest of a pattern may end if it begins at a place, with the actors bound and what stands where."""
        if not steps:
            yield at, bound, path
            return
        piece, gap = steps[0]
        after_slot = path and path[-1][0].startswith("{")
        for begin in self.begins(at, gap, not path, beside=after_slot or piece.startswith("{")):
            for end, now in self.one(piece, begin, bound):
                yield from self.ends(steps[1:], end, now, (*path, (piece, begin, end)))

    # ── who is meant in a slot: the rules once more, token by token, for the few words of the texts below ──

    def filled(self, path):
        """Whether no slot is beside a word that says that somebody else is meant."""
        for k, (piece, begin, end) in enumerate(path):
            if piece.startswith("{"):
                before = [own for own in path[:k] if own[0] != "*"]
                after = [own for own in path[k + 1 :] if own[0] != "*"]
                ahead = range(before[-1][2] if before else path[0][1], begin)
                behind = range(end, after[0][1] if after else path[-1][2])
                if self.led_away(ahead, behind) or self.does_something_else(end, behind, bool(after)):
                    return False
                if k == 0 < len(path) - 1 and self.denied(begin, end, behind, bool(after)):
                    return False
                if k == len(path) - 1 > 0 and self.goes_on(end - 1):
                    return False
        return True

    def led_away(self, ahead, behind):
        for places in (ahead, behind):
            terms = [self.terms[at] for at in places]
            if any(term in ("not", "that", ",", "–", ".") for term in terms):
                return True
            if "and" in terms and set(terms) <= {"and", "the"}:
                return True
        for at in ahead:
            if self.terms[at] == "allies" and at + 1 in ahead and self.terms[at + 1] == "of":
                return True
        others = any(self.terms[at] == "allies" or self.written[at].endswith("’s") for at in behind)
        return others or (len(behind) > 0 and self.terms[behind[0]] == "of")

    def bare(self, last):
        plural = self.written_after(last) == "’" and self.written[last].endswith("s")
        return not (self.written[last].endswith("’s") or self.terms[last] == "chinese" or plural)

    def does_something_else(self, end, behind, named):
        terms = {self.terms[at] for at in behind}
        opposed = "allies" in terms or (not terms.isdisjoint(("a", "the")) and "will" not in terms)
        return self.bare(end - 1) and opposed and not self.has_object(end, behind, named)

    def has_object(self, end, behind, named):
        run, at = self.runs[end - 1], behind.stop
        marked = not named and (at == len(self.terms) or self.place[at] != self.place[at - 1] + 1)
        beside = at if marked else at + 1
        if beside >= len(self.terms) or self.runs[beside] != run:
            return False
        name = self.written[beside] in ("Dee", "Chinese", "Chinese’s", "B")
        return self.terms[beside] in ("a", "the") or (name and (marked or not self.written[at][0].isupper()))

    def denied(self, begin, end, behind, named):
        if not self.bare(end - 1):
            return False
        at, run = begin - 1, self.runs[begin]
        for _ in range(2):
            if at >= 0 and self.runs[at] == run and self.terms[at] == "the":
                at -= 1
        if at < 0 or self.runs[at] != run:
            return False
        words = [*behind, behind.stop] if self.follows(behind.stop, run, named) else behind
        acting = any(self.terms[place] == "will" for place in words) or self.has_object(end, behind, named)
        acting |= any(self.terms[place] in ("a", "the", "allies") for place in behind)
        leads = at > 0 and self.runs[at - 1] == run and self.terms[at - 1] == "republic"
        return self.terms[at] == "not" or (self.terms[at] == "of" and acting and not leads)

    def follows(self, at, run, named):
        """Whether a word of the pattern stands at a place, or one right after the pattern in its sentence."""
        inside = at < len(self.terms) and self.runs[at] == run
        return inside and (named or self.place[at] == self.place[at - 1] + 1)

    def goes_on(self, last):
        beside = self.written_after(last)
        plural = beside == "’" and self.written[last].endswith("s")
        words = self.words_after(last)
        content = [self.terms[at] not in ("the", "of", "and", "not", "that", "will", "a") for at in words]
        if self.written[last].endswith("-led") or (plural and content[:1] == [True]):
            return True
        if beside in QUOTATION_MARKS and not plural:
            return False
        if beside == "–" and self.written_after(last + 1):
            return self.is_word[last + 2]
        return bool(self.written[last].endswith("’s") and words) or self.others_among(last, words, content)

    def words_after(self, last):
        words = []
        for at in range(last + 1, len(self.terms)):
            if self.runs[at] != self.runs[last] or not self.is_word[at]:
                break
            words.append(at)
        return words

    def others_among(self, last, words, content):
        for n, at in enumerate(words[: 3 if self.terms[last] == "chinese" else 1]):
            if self.terms[at] == "allies" or (self.written[at] == "Dee" and self.written[last][0].isupper()):
                return True
            if not content[n] or self.written[at] == "Republic":
                return False
        return False

    def written_after(self, at):
        """What stands right behind a token, without a blank."""
        place, frame = int(self.place[at]), self.frame
        if place + 1 == len(frame) or frame["doc_id"][place] != frame["doc_id"][place + 1]:
            return ""
        return frame["token"][place + 1] if frame["start"][place + 1] == frame["end"][place] else ""

    def begins(self, at, gap, first, beside):
        if first or not gap:
            yield from [at] * (at < len(self.terms))
            return
        seen = 0
        for place in range(at, len(self.terms)):
            if self.is_word[place]:
                yield place
                seen += 1
                if seen > gap:
                    return
            if beside and any(start == place for start, _, _ in self.actors):
                return

    def one(self, piece, at, bound):
        if piece == "*":
            if self.is_word[at]:
                yield at + 1, bound
        elif piece.startswith("{"):
            for start, last, number in self.actors:
                if start == at:
                    yield last + 1, (number, bound[1]) if piece == "{agent}" else (bound[0], number)
        else:
            for way in spelled(piece):
                ends = at + len(way)
                if ends <= len(self.terms) and all(map(same, way, self.terms[at:ends])):
                    yield ends, bound


def found(tokens, text, actors=None):
    spans = Matcher(tokens, actors).find([parse_pattern(text)])
    rows = (spans.first, spans.last, spans.agent, spans.target)
    return list(zip(*(row.tolist() for row in rows), strict=True))


def found_from_anywhere(tokens, text, actors=None):
    """What is found from each element of the pattern on, instead of from the rarest."""
    most = max(len(sequence) for sequence in parse_pattern(text).sequences)
    for place in range(most):
        with patch.object(matcher, "rarest", lambda row, place=place: place % len(row)):
            yield found(tokens, text, actors)


def first_bound(rows):
    """The actors that come first where the same words are found."""
    return {row[:2]: row[2:] for row in reversed(rows)}


# ── both say the same ────────────────────────────────────────────────────────────────────────────────────────────

TEXTS = st.lists(
    st.sampled_from(["a", "b", "ab", "a-b", "b-a-a", "c", ",", ". B", "“", "”", "\n\n", "[1]", "’"]), max_size=14
)
DOCUMENTS = st.lists(TEXTS.map(" ".join), min_size=1, max_size=3)
WORD = st.sampled_from(["a", "b", "c", "a*", "*b", "a-b", "a|b", "c|a-b", "b*a", "*", ",", ",|a", "nothing"])
GAP = st.sampled_from(["", "", "~1", "~2"])


def pattern_of(words):
    return st.lists(st.tuples(GAP, words), min_size=1, max_size=4).map(
        lambda pairs: " ".join(part for i, pair in enumerate(pairs) for part in pair[i == 0 :] if part)
    )


@settings(max_examples=150, deadline=None)
@given(DOCUMENTS, pattern_of(WORD))
def test_patterns_are_found_where_trying_every_place_finds_them(texts, pattern):
    tokens = tokens_of(*texts, notes=True)
    slow = set(Slow(tokens).find(pattern))
    assert set(found(tokens, pattern)) == slow
    assert all(set(rows) == slow for rows in found_from_anywhere(tokens, pattern))


@settings(max_examples=150, deadline=None)
@given(DOCUMENTS, st.lists(pattern_of(WORD), min_size=2, max_size=5))
def test_patterns_are_found_together_as_each_is_alone(texts, patterns):
    tokens = tokens_of(*texts)
    together = Matcher(tokens).find([parse_pattern(pattern) for pattern in patterns])
    with patch.object(plans, "TOGETHER", 1), patch.object(plans, "TABLE", 0):
        apart = [Matcher(tokens).find([parse_pattern(pattern)]) for pattern in patterns]
    rows = zip(*(getattr(together, name).tolist() for name in ("key", "first", "last")), strict=True)
    assert sorted(rows) == [
        (key, *places)
        for key, own in enumerate(apart)
        for places in sorted(zip(own.first.tolist(), own.last.tolist(), strict=True))
    ]


def some_actors(tokens, names=("c", "a b", "b ,", "a")):
    """Some actors, also such as overlap and such as end with what is no word; for both matchers."""
    actors = Matcher(tokens).find([parse_pattern(text) for text in names])
    seen = np.flatnonzero(~tokens.type_is_mark[tokens.ids])
    places = [np.searchsorted(seen, edge).tolist() for edge in (actors.first, actors.last)]
    return actors, sorted(zip(*places, actors.key.tolist(), strict=True))


SAID = "Republic republic and not the of that allies will Dee chinese chinese Chinese Chinese’s c-led a–c".split()
SAID += "c” “c a– of will a b c ab , . “ ” ’ a’s c’s as’".split()
SPOKEN = st.lists(st.sampled_from([*SAID, ". B", "\n\n", "[1]"]), max_size=14).map(" ".join)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(SPOKEN, min_size=1, max_size=3),
    pattern_of(st.sampled_from(["a", "b*", "of", "will", "{agent}", "{target}", "*"])),
)
def test_slots_bind_whom_trying_every_place_binds_where_the_words_around_matter(texts, pattern):
    tokens = tokens_of(*texts, notes=True)
    actors, tried = some_actors(tokens, ("c", "a b", "a", "as", "chinese", "c*"))
    slow = Slow(tokens, tried).find(pattern)
    for rows in found_from_anywhere(tokens, pattern, actors):
        assert set(rows) == set(slow)
        assert first_bound(rows) == first_bound(slow)
    with patch.object(matcher, "BESIDE", 2):
        assert set(found(tokens, pattern, actors)) == set(slow)


@settings(max_examples=150, deadline=None)
@given(DOCUMENTS, pattern_of(st.sampled_from(["a", "b*", ",", "{agent}", "{target}", "*"])))
def test_slots_bind_the_actors_that_trying_every_place_binds(texts, pattern):
    tokens = tokens_of(*texts, notes=True)
    actors, tried = some_actors(tokens)
    slow = Slow(tokens, tried).find(pattern)
    assert set(found(tokens, pattern, actors)) == set(slow)
    for rows in found_from_anywhere(tokens, pattern, actors):
        assert set(rows) == set(slow)
        assert first_bound(rows) == first_bound(slow)


@pytest.mark.parametrize(
    "pattern", ["a ~1 ,", ", ~1 b", ",|a ~2 b", ", ~2 {agent}", "{agent} ~1 ,", "{agent} ~2 b", ", ~1 , b"]
)
@pytest.mark.parametrize("text", ["a a , , b , a b", "a c , a b a , , b", "c a , b , c , a", "a b b , c b , , a b a b"])
def test_gaps_beside_what_is_no_word(pattern, text):
    tokens = tokens_of(text)
    actors, tried = some_actors(tokens)
    slow = set(Slow(tokens, tried).find(pattern))
    assert all(set(rows) == slow for rows in found_from_anywhere(tokens, pattern, actors))


@pytest.mark.parametrize(
    ("text", "pattern", "names"),
    [
        ("c b c a a a b", "{agent} ~3 a ~2 b", ["a b", "c a", "a", "c"]),
        ("a b c c a b a , b a b", "{agent} * ~3 b", ["c", "a b", "b", "c a"]),
        ("a b a b c b a", "* ~2 {target} ~1 * ~1 *", ["a", "b a", "b", "a b c"]),
    ],
)
def test_which_actor_is_bound_first_does_not_hang_on_where_the_search_begins(text, pattern, names):
    tokens = tokens_of(text)
    actors, tried = some_actors(tokens, names)
    expected = first_bound(Slow(tokens, tried).find(pattern))
    assert all(first_bound(rows) == expected for rows in found_from_anywhere(tokens, pattern, actors))


# ── by hand ──────────────────────────────────────────────────────────────────────────────────────────────────────


def phrases(text, pattern):
    tokens = tokens_of(text)
    frame = tokens.frame()
    return sorted(text[frame["start"][a] : frame["end"][b]] for a, b, *_ in found(tokens, pattern))


@pytest.mark.parametrize(
    ("text", "pattern", "hits"),
    [
        ("A sphere of Russian influence.", "sphere* of ~3 influence", ["sphere of Russian influence"]),
        ("A sphere of the old Russian state’s influence.", "sphere* of ~3 influence", []),
        ("A “sphere of” influence.", "sphere of influence", ["sphere of” influence"]),
        ("A sphere. Of influence.", "sphere of influence", []),
        ("A sphere, of influence.", "sphere of influence", []),
        ("It is multi-vector.", "multi-vector", ["multi-vector"]),
        ("It is multi vector.", "multi-vector", ["multi vector"]),
        ("It is multivector.", "multi-vector", ["multivector"]),
        ("A multi-vector policy.", "multi vector", []),
        ("A multi-vector policy.", "multivector", []),
        ("A Turkish-Russian deal.", "Russia*", ["Turkish-Russian"]),
        ("A Turkish-Russian deal.", "Russian deal", []),
        ("Non-NATO and nonsense.", "non-*", ["Non-NATO"]),
        ("US and U.S. and us.", "US", ["U.S.", "US"]),
        ("The West goes west.", "=West", ["West"]),
        ("It cost US$ 5.", "US$", ["US$"]),
        ("Russia’s war.", "Russia war", ["Russia’s war"]),
    ],
)  # fmt: skip
def test_a_pattern_finds_by_hand(text, pattern, hits):
    assert phrases(text, pattern) == hits


def test_a_match_never_crosses_a_document_a_zone_or_a_sentence():
    for texts in (["a", "b"], ["a[1] b"], ["a! B"], ["a\n\nb"]):
        tokens = tokens_of(*texts, notes=True)
        assert found(tokens, "a b") == found(tokens, "a ~2 b") == []


def test_nothing_is_found_in_nothing():
    for tokens in (tokens_of(), tokens_of(""), tokens_of("😀")):
        assert found(tokens, "a ~2 b") == found(tokens, "*") == []
    assert len(Matcher(tokens_of("a")).find([])) == 0


# ── competition ──────────────────────────────────────────────────────────────────────────────────────────────────

ROWS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 4), st.integers(0, 2), st.integers(0, 1)), max_size=12)


@given(ROWS)
def test_longest_then_leftmost_then_first_listed_wins_inside_a_group(rows):
    rows = sorted({(first, first + more, key, group) for first, more, key, group in rows})
    columns = np.array(rows, np.int64).reshape(-1, 4).T
    spans = Spans(*columns[:3], *np.full((2, len(rows)), -1))
    best, taken = [], []
    for first, last, key, group in sorted(rows, key=lambda row: (row[0] - row[1], row[0], row[2])):
        if all(last < a or first > b or group != other for a, b, other in taken):
            taken.append((first, last, group))
            best.append((first, last, key, group))
    kept = longest(spans, columns[3])
    assert [rows[i] for i in kept] == sorted(best, key=lambda row: (row[0], row[1], row[3]))


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 5)), max_size=12), st.sampled_from([1, 2**31, 2**60]))
def test_rows_are_in_order_whether_or_not_their_numbers_fit_into_one(rows, large):
    columns = np.array(rows, np.int64).reshape(-1, 2).T * np.array([[large], [1]])
    assert in_order(*columns).tolist() == np.lexsort(columns[::-1]).tolist()


def test_of_the_same_words_the_match_that_binds_more_actors_wins():
    bound = ([-1, -1, 5, 5], [-1, -1, -1, 4])
    spans = Spans(*(np.array(column) for column in ([7, 2, 2, 2], [7, 3, 3, 3], [0, 1, 2, 3], *bound)))
    assert longest(spans, np.zeros(4, np.int64)).tolist() == [3, 0]


def test_joining_no_spans_gives_no_spans():
    assert len(joined([])) == 0
