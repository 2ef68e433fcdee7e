"""What a verb of speech has as its complement, with *that* and without, and what stands behind it without being it."""

import pytest

from discourse.tokens import voice_spans

TOLD = {
    "a subject with its description": (
        "He said displaced men — many of them ill — lack food.", ["displaced men — many of them ill — lack food"]),
    "a clause that begins with another": (
        "She said where the tax was kept low she was content.", ["where the tax was kept low she was content"]),
    "even if": (
        "Lind said even if the crop were to grow, that would not do.",
        ["even if the crop were to grow, that would not do"]),
    "he, too": ("Jon M. Beck said he, too, was expecting rain.", ["he, too, was expecting rain"]),
    "a name with a description and no verb": (
        "Ada Lind, from Holm, said the fair brought growers together.", ["the fair brought growers together"]),
    "nobody known": (
        "The Vesna (Spring) farmers’ centre in Holm said the court on Monday also fined two men.",
        ["the court on Monday also fined two men"]),
    "what he said when": ("That was what Lind said when she left the board.", []),
    "so": ("Having come to Holm, she said so, and all of them believed her.", []),
    "enough": ("The man had said enough to give the board some hopes that were new.", []),
    "a passive": ("It was all said very gently, and the cards were laid on the table.", []),
    "what she said of old": ("That was what Ada Lind said even if nobody of the board had heard her.", []),
    "a talk that ended": ("The minister told growers at the long meeting that was held in Holm.", []),
    "trees that ripen": (
        "Fruit trees of Holm, they explained, bear plums and pears, from kinds that many growers have lost to others.",
        ["Fruit trees of Holm", "bear plums and pears, from kinds that many growers have lost to others"]),
    "a name from a place": (
        "One of the growers, Ada Lind, from Holm, said the fair brought them together.",
        ["the fair brought them together"]),
    "they had": ("Half the farmers said they had, compared with a third last year.", []),
    "about": ("“It looks good,” he said about the idea of a fair in the old port.", []),
    "about so many": ("He said about forty farmers were lost.", ["about forty farmers were lost"]),
    "not yet": ("Mr Beck has not yet said he will back it.", []),
    "an afternoon": (
        "The port was an insult, officials said Friday afternoon, as they left it.", ["The port was an insult"]),
    "told a paper with of": (
        "Lind told Rest of Norland a few firms have left.", ["a few firms have left"]),
    "of which it said": ("It listed dozens of farms it said had ties to the board.", ["had ties to the board"]),
    "in an interview with many": (
        "Lind said in a joint talk with Holm Radio and some other state media outlets that the port had closed.",
        ["the port had closed"]),
    "instead": ("He dashed that hope, insisting instead that the board stood firm.", ["the board stood firm"]),
    "a relative clause": ("He was quoted as having said so at a two-day talk that ended on Friday.", []),
    "a subject that only looks like a verb": (
        "Lind said Monday that unspecified growers had left.", ["unspecified growers had left"]),
    "a verb set in before a relative clause": (
        "Apple trees, they explained, bear fruit of all kinds, from pears that ripen late to plums.",
        ["bear fruit of all kinds, from pears that ripen late to plums"]),
    "when": (
        "When we fell our trees, they concluded, we lose our shade.", ["When we fell our trees", "we lose our shade"]),
    "when asked": ("When Lind was asked to speak, she said, the hall was empty.", ["the hall was empty"]),
    "people": ("The sea is shallow here, say sailors, but strong winds blow.", ["The sea is shallow here"]),
    "people in lower case": ("It was over by noon, said officials.", ["It was over by noon"]),
    "no people": ("The port is shut, said in a hurry by nobody.", []),
    "ahead of": ("The fair should go on, the mayor, Ada Lind, said ahead of the vote.", ["The fair should go on"]),
    "what a survey finds": ("The survey found that one farmer in four had left.", []),
    "what a court finds": ("The court found that one farmer in four had left.", ["one farmer in four had left"]),
    "one that for two clauses": (
        "She claimed that the mayor had begun it and he was only ending it.",
        ["the mayor had begun it and he was only ending it"]),
    "two clauses without": (
        "She said the road was open and the port was shut.", ["the road was open", "the port was shut"]),
    "concurred": ("The growers concurred that it was a loss.", ["it was a loss"]),
    "describing how": ("Lind wept while describing how she had lost her farm.", ["she had lost her farm"]),
    "by suggesting": (
        "The firm misled them by suggesting the lost papers were to blame.", ["the lost papers were to blame"]),
    "assurances from": (
        "The line has assurances from Norland that its boats will be spared.", ["its boats will be spared"]),
    "a declaration": ("Beck’s declaration that the port was safe came late.", ["the port was safe"]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "stretches"), TOLD.values(), ids=TOLD)
def test_what_is_told_is_found_whole_and_nothing_else(text, stretches):
    told = [text[row.start : row.end] for row in voice_spans(text).itertuples() if row.voice == "reported"]
    assert told == stretches


SET_IN = {
    "said besides": "The standard of the wine was high, Lord Baker added, saying there had been a fall in price.",
    "told besides": "Norland has to make up for lost time, Baker noted, adding that it would not be easy.",
}


@pytest.mark.parametrize("text", SET_IN.values(), ids=SET_IN)
def test_a_participle_behind_a_verb_set_in_has_its_subject(text):
    assert voice_spans(text)["speaker"].tolist() == ["Baker", "Baker"]
