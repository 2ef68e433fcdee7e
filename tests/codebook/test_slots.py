"""Who is meant in a slot: sentences coded by hand, and each rule by itself."""

from pathlib import Path

import pytest

from discourse.codebook import Codebook, Entry, Negation, parse_pattern, search

from .slot_gold import GOLD, accuracy, bound, gold
from .test_finds import found, tokens_of


def test_of_sentences_that_the_rules_were_written_for_none_binds_a_wrong_actor():
    table = gold().query("set != 'after'")  # what was written after the rules is counted below and never looked at
    have = bound(table)
    wrong = [
        sentence
        for sentence, *pairs in zip(
            table["sentence"], have["agent"], table["agent"], have["target"], table["target"], strict=True
        )
        if (pairs[0] and pairs[0] != pairs[1]) or (pairs[2] and pairs[2] != pairs[3])
    ]
    assert wrong == []


def test_a_hit_whose_slot_stays_empty_is_counted_all_the_same():
    assert (bound(gold())["hits"] > 0).all()


def test_how_often_slots_are_right_is_what_the_documentation_says(record_property):
    table = accuracy()
    for name, row in table.iterrows():
        record_property(f"slots: {name}", f"precision {row['precision']}, recall {row['recall']}")
    pages = [Path(__file__).parents[2] / "docs" / "codebook.md", GOLD.parent / "README.md"]
    told = [page.read_text("utf-8") for page in pages]
    for name, row in table.iterrows():
        assert f"| {name} | {row['bound']:.0f} | {row['true']:.0f} | {row['agreed']:.0f} |" in told[1]
    every = table.loc["all"].astype(int)
    assert f"{every['bound']} of 126 bindings are left, and {every['agreed']} of them are right" in told[0]
    after = table.loc["after"].astype(int)
    assert f"{after['bound']} are bound, {after['agreed']} of them rightly, of the {after['true']}" in told[0]


AGENT, TARGET = "{agent} ~2 power", "contain ~3 {target}"


@pytest.mark.parametrize(
    ("text", "pattern", "who"),
    [
        ("Moscow has power.", AGENT, "Russia"),
        ("Moscow “has” power.", AGENT, "Russia"),
        ("Moscow, has power.", AGENT, ""),
        ("Moscow (has) power.", AGENT, ""),
        ("Moscow — has power.", AGENT, ""),
        ("Moscow has no power.", AGENT, ""),
        ("Moscow hasn’t power.", AGENT, ""),
        ("Moscow and power.", AGENT, ""),
        ("Moscow and the power.", AGENT, ""),
        ("Moscow and great power.", AGENT, "Russia"),
        ("Moscow about power.", AGENT, ""),
        ("Moscow said power.", AGENT, ""),
        ("Moscow once about power.", AGENT, ""),
        ("Moscow once near power.", AGENT, "Russia"),
        ("Moscow’s safety from power.", AGENT, ""),
        ("Mayors of Moscow swear their power.", "{agent} ~2 power", ""),
        ("After all Moscow swear their power.", "{agent} ~2 power", "Russia"),
        ("Moscow when power.", AGENT, ""),
        ("Moscow and power.", "{agent} * power", ""),
        ("Moscow’s old power.", "{agent} * power", "Russia"),
        ("Moscow’s ally power.", AGENT, ""),
        ("Moscow’s mayor’s power.", AGENT, ""),
        ("Moscow’s own power.", AGENT, "Russia"),
        ("Not Moscow has power.", AGENT, ""),
        ("Not the Moscow power.", AGENT, ""),
        ("Not Moscow’s power.", AGENT, "Russia"),
        ("Not Chinese power.", AGENT, "China"),
        ("A friend. Not. Moscow has power.", AGENT, "Russia"),
        ("A man from Moscow has power.", AGENT, ""),
        ("A man from Moscow gains power.", AGENT, ""),
        ("A friend of Moscow power.", AGENT, "Russia"),
        ("A fear of Moscow military power.", AGENT, "Russia"),
        ("A friend of Moscow the power.", AGENT, ""),
        ("A friend of Moscow wants power.", AGENT, ""),
        ("A friend of Moscow power the land.", AGENT, ""),
        ("A friend of the Moscow power the land.", AGENT, ""),
        ("A friend of Moscow power Rome.", AGENT, ""),
        ("A Friend of Moscow Power Rome.", AGENT, "Russia"),
        ("A friend of Moscow’s power the land.", AGENT, "Russia"),
        ("A friend of Russian power its land.", AGENT, "Russia"),
        ("The leaders of Moscow power the land.", AGENT, "Russia"),
        ("The leaders from Moscow power the land.", AGENT, ""),
        ("After Moscow power the land.", AGENT, "Russia"),
        ("Moscow rejects power.", AGENT, ""),
        ("Moscow rejected power.", AGENT, ""),
        ("Moscow denies power.", AGENT, ""),
        ("Moscow denies the power.", AGENT, ""),
        ("Moscow left the power.", AGENT, ""),
        ("Moscow wields power.", AGENT, "Russia"),
        ("Moscow wields the power.", AGENT, "Russia"),
        ("Moscow is the power.", AGENT, "Russia"),
        ("Moscow keeps its power.", AGENT, "Russia"),
        ("Moscow always has power.", AGENT, "Russia"),
        ("Moscow serious power.", AGENT, "Russia"),
        ("Moscow fear power.", AGENT, ""),
        ("Moscow hard-headed power.", AGENT, "Russia"),
        ("Moscow Sells power.", AGENT, "Russia"),
        ("Moscow troops power the land.", AGENT, "Russia"),
        ("Moscow’s increased power.", AGENT, "Russia"),
        ("Chinese increased power.", AGENT, "China"),
        ("The Iranians’ increased power.", AGENT, "Iran"),
        ("A man from Moscow will.", "{agent} will", ""),
        ("A man from old Moscow will.", "{agent} will", "Russia"),
        ("From Moscow’s will.", "{agent} will", "Russia"),
        ("Anti-Russian power.", AGENT, ""),
        ("Russia-friendly power.", AGENT, ""),
        ("Russia-led power.", AGENT, "Russia"),
        ("To contain old Moscow.", TARGET, "Russia"),
        ("To contain all but Moscow.", TARGET, ""),
        ("To contain states beyond Moscow.", TARGET, ""),
        ("To contain Russia-bound goods.", TARGET, ""),
        ("To contain states that Moscow has.", TARGET, ""),
        ("To contain friends of Moscow.", TARGET, ""),
        ("To contain goods from Moscow.", TARGET, "Russia"),
        ("To contain their friend Moscow.", TARGET, "Russia"),
        ("To contain old friends near Moscow.", TARGET, ""),
        ("To contain old friends now Moscow.", TARGET, "Russia"),
        ("To contain friends Moscow. To contain of Moscow.", TARGET, "RussiaRussia"),
        ("To contain and Moscow.", TARGET, ""),
        ("To contain Moscow’s fleet.", TARGET, ""),
        ("To contain Moscow’s.", TARGET, "Russia"),
        ("To contain Moscow’s. Allies say.", TARGET, "Russia"),
        ("To “contain Moscow’s” fleet.", TARGET, "Russia"),
        ("To contain Moscow’s “fleet”.", TARGET, ""),
        ("To ‘contain the Iranians’ and go.", TARGET, "Iran"),
        ("To contain the Iranians’ fleet.", TARGET, ""),
        ("To contain Moscow hawks.", TARGET, ""),
        ("To “contain Moscow” hawks.", TARGET, "Russia"),
        ("To contain Moscow Daily.", TARGET, ""),
        ("To contain Moscow Monday.", TARGET, "Russia"),
        ("To contain the Chinese Republic.", TARGET, "China"),
        ("To contain Chinese President Li.", TARGET, "China"),
        ("To contain Chinese president Li.", TARGET, ""),
        ("To contain Chinese Taipei.", TARGET, ""),
        ("To Contain Moscow And Win.", TARGET, "Russia"),
        ("To contain Moscow. Daily it fails.", TARGET, "Russia"),
        ("To contain russian Macht.", TARGET, "Russia"),
        ("To contain Chinese regional power allies.", TARGET, ""),
        ("To contain Chinese power.", TARGET, "China"),
        ("To contain Chinese power, allies say.", TARGET, "China"),
        ("To contain Chinese power over allies.", TARGET, "China"),
        ("To contain Chinese power beyond Rome.", TARGET, "China"),
        ("To contain Chinese power amid Roman wars.", TARGET, "China"),
        ("To contain Moscow worries allies.", TARGET, "Russia"),
        ("To contain Russia-led troops.", TARGET, ""),
        ("To contain the Russia–Ukraine war.", TARGET, ""),
        ("To contain Russia – once more.", TARGET, "Russia"),
        ("To contain Russia–(once more).", TARGET, "Russia"),
        ("To contain Moscow\n\nDaily it fails.", TARGET, "Russia"),
        ("To contain Russia–", TARGET, "Russia"),
        ("To contain Russia", TARGET, "Russia"),
    ],
)
def test_a_slot_stays_empty_where_somebody_else_may_be_meant(text, pattern, who):
    assert "".join(agent + target for _, agent, target in found(text, pattern)) == who


def test_a_slot_that_is_the_whole_pattern_takes_every_actor():
    assert found("Not Moscow’s allies.", "{agent}") == [("Moscow’s", "Russia", "")]


def test_no_gap_beside_a_slot_reaches_over_the_negators_of_the_codebook():
    assert found("Moscow nie power.", AGENT)[0][1] == "Russia"
    assert found("Moscow nie power.", AGENT, negation=Negation(words=("ni*",))) == []
    assert found("Moscow no power.", AGENT, negation=Negation(words=("ni*",)))[0][1] == "Russia"


def test_an_actor_that_the_codebook_lists_with_its_hyphen_fills_a_slot():
    for actor, agents in (("Anti-Russian*", [0]), ("Russian*", [])):
        actors = {"they": Entry("actor", "they", (parse_pattern(actor),))}
        book = Codebook({"f": Entry("frame", "f", (parse_pattern("{agent} power"),))}, actors)
        assert search(tokens_of("Anti-Russian power."), book, kinds=["frame"]).spans.agent.tolist() == agents
