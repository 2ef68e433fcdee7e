"""The findings at the head of the page."""

from discourse.report.bundle import Bundle
from discourse.report.summary import LEAD, SERIES, in_short


def said(id: str, number: int) -> tuple[str, Bundle]:
    return "A heading", Bundle(id, "findings", f"About {id}.", sentences=[f"{id} {i}." for i in range(number)])


def test_the_first_list_is_given_whole_and_the_others_by_their_first_sentences() -> None:
    first, second = in_short([said("limits", 9), said("frames", LEAD + 2)])
    assert (len(first.sentences), first.more) == (9, 0)
    assert (second.anchor, second.title, second.more) == ("frames", "About frames", 2)
    assert second.sentences == ["frames 0.", "frames 1.", "frames 2."]


def test_a_long_series_shares_a_card_under_its_heading() -> None:
    cards = in_short([said("limits", 1), *(said(f"claim-{i}", 2) for i in range(SERIES))])
    assert len(cards) == 2
    assert (cards[1].anchor, cards[1].title, cards[1].more) == ("claim-0", "A heading", SERIES - LEAD)
    assert cards[1].sentences[0] == "About claim-0. claim-0 0."


def test_a_short_series_keeps_its_own_cards() -> None:
    assert len(in_short([said(f"claim-{i}", 1) for i in range(SERIES - 1)])) == SERIES - 1


def test_tables_and_empty_lists_have_no_card() -> None:
    assert in_short([said("none", 0), ("A heading", Bundle("table", "table", "A table."))]) == []
