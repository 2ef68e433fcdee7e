"""Who speaks where what somebody is stands beside the name: sentences made up after constructions of news."""

import pytest

from discourse.tokens import voice_spans

# text; then words, voice and speaker of its last passage
CASES = {
    "for example": (
        "Sen. Ada Lind (R-Norham), for example, said it was “late for us all.”", ("late for us all.", "Ada Lind"),
    ),
    "however": ("Lind did, however, say it was a “late step” for them.", ("late step", "Lind")),
    "himself": (
        "Ole Ek left. However, he has himself warned that it would use “all means” there.", ("all means", "Ole Ek"),
    ),
    "exerted herself": ("It rained. Ada Lind exerted herself to ask Mr. Beck if it was “late”.", ("late", "Ada Lind")),
    "by saying": (
        "Lind called Mr. Beck’s attention to it by saying, “Do look at that.”", ("Do look at that.", "Lind"),
    ),
    "somebody of a university": (
        "“It is late,” said Ada Lind of Norham University’s Centre for Roads.", ("It is late,", "Ada Lind"),
    ),
    "a people among what somebody is": (
        "“It is late,” said former Norwegian opposition leader Ole Brandt.", ("It is late,", "Ole Brandt"),
    ),
    "an envoy for a country": (
        "UN special envoy for Syria Ada Lind said that a “new inclusive cabinet” would do.",
        ("new inclusive cabinet", "Ada Lind"),
    ),
    "an office in lower case before told": (
        "‘We will dig,’ Ada Lind, director (roads) of NORA told The Courier on Friday.", ("We will dig,", "Ada Lind"),
    ),
    "an office at length behind the marks": (
        "“We dig for hay,” Ada Lind, director general for roads and ports, who met Beck in the port, told The Post.",
        ("We dig for hay,", "Ada Lind"),
    ),
    "who was met": (
        "Ada Lind, who was asked by The Courier, an old paper, after the vote, called Mr. Beck a “kind man,” and left.",
        ("kind man,", "Ada Lind"),
    ),
    "a place before the subject": (
        "Beyond Des Lagos, the new board of the union came to town in March, and has declared, “We stay”.",
        ("We stay", ""),
    ),
    "who is told": ("‘We will dig,’ director (roads) of NORA told The Courier on Friday.", ("We will dig,", "")),
    "by somebody as": (
        "The bill, which was described by housing charity Hearth as a ‘late step’, passed.", ("late step", "Hearth"),
    ),
    "called Mr Beck": ("Ada Lind called Mr. Beck a “kind man,” and left.", ("kind man,", "Ada Lind")),
    "and called it": ("Ada Lind said it was “over” and called it “good news.”", ("good news.", "Ada Lind")),
    "said somebody, in the sentence before": (
        "The plan is bad, said Ada Lind, an economist at a firm, Rover Analytics.\n\nShe added that it was “late”.",
        ("late", "Ada Lind"),
    ),
    "told somebody, in the sentence before": (
        "The plan is bad, Ole Ek, speaker of the house, told Harrow Wire.\n\nHe added that it was “bad for us all”.",
        ("bad for us all", "Ole Ek"),
    ),
    "the first name, before her own pronoun": (
        "Ada Lind, 34, came. Counting her hens, Ada says now she can sell hay. She adds that it is “visible”.",
        ("visible", "Ada Lind"),
    ),
    "an expert from somewhere": (
        "Korea expert Ada Lind from the RONA Corporation told them it was “late”.", ("late", "Ada Lind"),
    ),
    "somebody of a newspaper": ("The Courier’s Ada Lind in Norham says it is “late”.", ("late", "Ada Lind")),
    "an institution of a country": (
        "“It is late,” said Norland’s Central Road Hospital.", ("It is late,", "Central Road Hospital"),
    ),
    "initials": ("A.H. Lind came. Mr Lind said it was “late”.", ("late", "A.H. Lind")),
    "he behind what leads to a family name": (
        "It rained. But instead of going home, Lind sold hay. “It is late,” he said.", ("It is late,", "Lind"),
    ),
    "a given name, and the other pronoun": ("It rained. Matilda sold hay. “It is late,” he said.", ("It is late,", "")),
    "an owner": ("It rained. Lind’s had sold hay. “It is late,” he said.", ("It is late,", "")),
    "a book": (
        "Ms Lind came. Ms Lind’s book entitled Some Hidden Thing is out. “I read all there is,” she said.",
        ("I read all there is,", "Lind"),
    ),
    "a company": (
        "Brenwick Farms said it would close. “We are out of hay,” the company said.",
        ("We are out of hay,", "Brenwick Farms"),
    ),
    "a force": (
        "Norham Constabulary has sent two boats. The force said it was “a dark night”.",
        ("a dark night", "Norham Constabulary"),
    ),
    "no company": ("Oren Gutvik said it rained. Gutvik left. “It is late,” the company said.", ("It is late,", "")),
    "two companies": (
        "Brenwick Farms and Ostrand Bank said it was late. “It is late,” the firm said.", ("It is late,", ""),
    ),
    "a mother of three": (
        "Aisa Melk, 36, sells hay. “It is late,” says the mother of three.", ("It is late,", "Aisa Melk"),
    ),
    "an age": ("Aisa Melk sells hay in Norham. “It is late,” the 36-year-old said.", ("It is late,", "Aisa Melk")),
    "an age of one of two": ("Aisa Melk and Ole Ek sell hay. “It is late,” says the 36-year-old.", ("It is late,", "")),
    "a leader of a people": ("Ole Ek sells hay. “It is late,” the Norwegian leader said.", ("It is late,", "")),
    "a description behind another’s name": (
        "Aisa Melk sells hay. After a talk with the farmer Ole Ek, the former nurse and singer said it was “late”.",
        ("late", "Aisa Melk"),
    ),
    "an office behind another’s name": (
        "After a talk with the host Ada Lind, the mayor said it was “late for hay”.", ("late for hay", ""),
    ),
    "he behind somebody without a name": (
        "Ole Ek left. The farm official said it rained. “It is late,” he said.", ("It is late,", ""),
    ),
    "he behind a description": (
        "Ole Ek sells hay. The former singer said it rained. “It is late,” he said.", ("It is late,", ""),
    ),
    "a town in its country": (
        "Ole Ek of the Institute for Roads in Dublin, Ireland, adds that it is “late for hay”.",
        ("late for hay", "Ole Ek"),
    ),
    "an office in capitals behind the name": (
        "Ole Ek, Director of the Hay Office, Advis, compared it to “a long winter”.", ("a long winter", "Ole Ek"),
    ),
    "a particle that heads a sentence": (
        "Mara de Lund wrote it. De Lund said it was “late”.", ("late", "Mara de Lund"),
    ),
    "the first of two last names": (
        "Anna Ruiz Soto sells hay. “It is late,” Ruiz said.", ("It is late,", "Anna Ruiz Soto"),
    ),
    "no name but a place": (
        "Strand said that it closes. Beck wrote to Camp Strand. Strand called it “a late step”.",
        ("a late step", "Strand"),
    ),
    "an office for two domains": (
        "The hay “is too late” for farms, Justice and Human Rights Minister Ada Marie Lind said.",
        ("is too late", "Ada Marie Lind"),
    ),
    "and behind the marks": (
        "Beck called it “a barn,” and President Ole Ek of Norham called it a “late barn.”", ("late barn.", "Ole Ek"),
    ),
    "two companies that speak": (
        "Brenwick Farms said it was late and Ostrand Bank said it was not. “It is late,” the firm said.",
        ("It is late,", ""),
    ),
    "experts": ("Experts said the hay was “late again”.", ("late again", "")),
    "another": ("Another called the plan “late again.”", ("late again.", "")),
}


@pytest.mark.parametrize("name", CASES)
def test_who_is_described_speaks(name):
    text, expected = CASES[name]
    last = voice_spans(text).iloc[-1]
    assert (text[last["start"] : last["end"]], last["speaker"]) == expected
