"""Documents and authors dealt out: p by brute force, what a design can reach, and nothing where it cannot."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from counts.parts import singles
from counts.samples import BOOK, STUDY

from discourse import measures
from discourse.counts import Counts, frame_counts
from discourse.study import read_study
from discourse.tables import permutation_test
from discourse.tables.permutations import LEVEL

SHIPPED = read_study(Path(__file__).parent.parent.parent / "seeds")


def counts_of(hits: list[int], **about: list[str]) -> Counts:
    documents = pd.DataFrame(about)
    return Counts.from_matrix(np.array(hits)[:, None], ["war"], documents, totals=[100] * len(hits))


def test_p_is_that_of_going_through_all_splits_by_hand():
    rng = np.random.default_rng(1)
    hits, words = rng.poisson(6, 9), rng.integers(50, 200, 9)
    about = pd.DataFrame({"side": list("AAAABBBBB")})
    counts = Counts.from_matrix(hits[:, None], ["war"], about, totals=words)
    observed = None
    extreme = []
    for own in combinations(range(9), 4):
        rest = [i for i in range(9) if i not in own]
        difference = hits[list(own)].sum() / words[list(own)].sum() - hits[rest].sum() / words[rest].sum()
        observed = difference if own == (0, 1, 2, 3) else observed
        extreme.append(abs(difference))
    expected = np.mean(np.array(extreme) >= abs(observed) - 1e-12)
    row = permutation_test(counts, by="side", target="A").iloc[0]
    assert row["p_value"] == pytest.approx(expected)
    assert row["difference"] == pytest.approx(1000 * observed)
    assert (row["splits"], row["method"], row["smallest_p"]) == (126, "all 126 splits", 1 / 126)


def test_three_against_four_reach_one_in_35_over_documents_and_one_in_5_over_authors():
    given = {"by": "outlet", "target": "Korybko", "reference": "CACI Analyst", "alternative": "greater"}
    documents = permutation_test(SHIPPED.tokens, SHIPPED.codebook, unit="document", **given)
    assert set(documents["smallest_p"]) == {1 / 35}
    assert documents["p_value"].between(1 / 35, 1).all()
    authors = permutation_test(SHIPPED.tokens, SHIPPED.codebook, **given)
    assert set(authors["unit"]) == {"author"}
    assert (authors["units_target"].iloc[0], authors["units_reference"].iloc[0]) == (1, 4)
    assert set(authors["smallest_p"]) == {1 / 5}
    assert authors["p_value"].isna().all()
    assert set(authors["method"]) == {"none: 5 splits cannot bring p to 0.05"}
    assert authors["flags"].str.contains("descriptive").all()


def test_nothing_that_the_shipped_study_compares_can_be_tested_over_authors():
    table = permutation_test(SHIPPED.tokens, SHIPPED.codebook, by="outlet")
    assert (table["smallest_p"] > LEVEL).all()
    assert table["p_value"].isna().all()
    assert table["flags"].str.contains("aliased").groupby(table["outlet"]).all().to_dict() == {
        "Azernews": True, "CACI Analyst": False, "Korybko": True,
    }
    for flag in ("descriptive", "few_documents", "period_differs", "topic_differs"):
        assert table["flags"].str.contains(flag).all()


def test_authors_are_dealt_out_with_all_their_documents():
    author = list("ppqqrrssttuu")
    hits = [9, 8, 7, 9, 8, 9, 2, 1, 2, 0, 1, 2]
    counts = counts_of(hits, side=["A"] * 6 + ["B"] * 6, author=author)
    row = permutation_test(counts, by="side", target="A", alternative="greater").iloc[0]
    assert (row["unit"], row["units_target"], row["units_reference"], row["splits"]) == ("author", 3, 3, 20)
    assert row["p_value"] == row["smallest_p"] == 1 / 20
    alone = permutation_test(counts, by="side", target="A", alternative="greater", unit="document").iloc[0]
    assert alone["p_value"] == pytest.approx(1 / 924)
    assert alone["p_value"] < row["p_value"]


def test_an_author_on_both_sides_cannot_be_dealt_out():
    counts = counts_of([3, 4, 5, 6], side=list("AABB"), author=list("xyxz"))
    row = permutation_test(counts, by="side", target="A").iloc[0]
    assert (row["method"], row["flags"].split()[0]) == ("none: an author is on both sides", "descriptive")
    assert np.isnan(row["p_value"])
    assert np.isnan(row["smallest_p"])


def test_authors_nobody_knows_are_each_another():
    counts = counts_of([3, 4, 5, 6, 7], side=list("AABBB"), author=["x", "x", "", "", ""])
    assert permutation_test(counts, by="side", target="A").iloc[0]["units_reference"] == 3


def test_groups_of_authors_are_compared_by_their_documents():
    counts = counts_of([9, 8, 7, 9, 1, 0, 1, 1], author=list("xxxxyyyy"))
    row = permutation_test(counts, by="author", target="x").iloc[0]
    assert (row["unit"], row["splits"]) == ("document", 70)
    assert row["p_value"] == 2 / 70


def test_many_documents_are_drawn_and_p_is_never_0():
    hits = [*range(20, 40), *range(20)]
    counts = counts_of(hits, side=["A"] * 20 + ["B"] * 20)
    table = permutation_test(counts, by="side", target="A", seed=3)
    row = table.iloc[0]
    assert (row["splits"], row["method"]) == (9_999, "9,999 splits drawn, seed 3")
    assert row["p_value"] == row["smallest_p"] == 1 / 10_000
    assert "descriptive" not in row["flags"]
    pd.testing.assert_frame_equal(permutation_test(counts, by="side", target="A", seed=3), table)


def test_a_corpus_in_parts_and_counts_made_before_give_the_same():
    whole = permutation_test(STUDY, BOOK, by="outlet")
    pd.testing.assert_frame_equal(permutation_test(singles(STUDY.corpus), BOOK, by="outlet"), whole)
    pd.testing.assert_frame_equal(permutation_test(frame_counts(STUDY, BOOK, by="outlet")), whole)
    assert whole["outlet"].unique().tolist() == ["", "A", "B"]
    assert set(whole["reference"]) == {"all others"}


def test_p_comes_from_the_measure_for_each_item():
    rng = np.random.default_rng(5)
    hits = rng.poisson(4, (10, 3))
    about = pd.DataFrame({"side": list("AAAAABBBBB")})
    counts = Counts.from_matrix(hits, ["c", "a", "b"], about, totals=[90] * 10)
    table = permutation_test(counts, by="side", target="B", alternative="less")
    expected = measures.permutation_p(hits, [90] * 10, np.arange(10) > 4, alternative="less")
    assert table["term"].tolist() == ["a", "b", "c"]
    np.testing.assert_array_equal(table["p_value"], expected[[1, 2, 0]])


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"by": "voice"}, "by must be one of 'outlet', 'author', 'year'.*got 'voice'"),
        ({"by": ["outlet", "year"]}, "by must name one column of documents"),
        ({"by": "outlet", "target": "C"}, "target must be one of '', 'A', 'B'; got 'C'"),
        ({"by": "outlet", "target": "A", "reference": "A"}, "reference must be one of '', 'B'; got 'A'"),
        ({"by": "outlet", "unit": "word"}, "unit must be one of 'author', 'document'; got 'word'"),
        ({"by": "outlet", "alternative": "larger"}, "alternative must be one of 'two-sided', 'greater', 'less'"),
    ],
)
def test_what_cannot_be_is_named(given, message):
    with pytest.raises(ValueError, match=message):
        permutation_test(STUDY, BOOK, **given)


def test_one_group_alone_tokens_without_codebook_and_authors_nobody_has_are_refused():
    with pytest.raises(ValueError, match="Groups with words are compared; 'side' has 1"):
        permutation_test(counts_of([1, 2], side=["A", "A"]), by="side")
    with pytest.raises(ValueError, match="codebook must be given with tokens"):
        permutation_test(STUDY, by="outlet")
    with pytest.raises(ValueError, match="codebook has no effect on counts made before"):
        permutation_test(counts_of([1, 2], side=["A", "B"]), BOOK, by="side")
    with pytest.raises(ValueError, match="unit must be one of 'document'; got 'author'"):
        permutation_test(counts_of([1, 2], side=["A", "B"]), by="side", unit="author")
