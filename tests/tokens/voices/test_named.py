"""Who is named beside a verb of speech, and who is nobody by name: sentences made up after constructions of news."""

import pytest

from discourse.tokens import voice_spans

# text, and the speaker of its last passage in another voice
NAMED = {
    "early on a day": ("Ada Lind early Friday said that it had rained.", "Ada Lind"),
    "just this month": ("Bo Energy just this month said that it had rained.", "Bo Energy"),
    "nevertheless": ("Ada Lind nevertheless said that it had rained.", "Ada Lind"),
    "had earlier": ("Ada Lind had earlier said that it had rained.", "Ada Lind"),
    "according to a doctor": ("It had rained all night, according to Dr. Ada Lind, a fellow of the board.", "Ada Lind"),
    "according to initials": ("It had rained all night, according to J. Lind, a fellow of the board.", "J. Lind"),
    "short for it, like a word": (
        "The Club of Able Navvies (CAN) met. CAN said that it had rained.", "Club of Able Navvies",
    ),
    "short for it, who": ("WHO said that it had rained.", "WHO"),
    "an age": ("“It rained,” said 99-year-old Jan Ek, a sailor.", "Jan Ek"),
    "a title of honour": ("Tan Sri Lee Wen Hao said that it had rained.", "Lee Wen Hao"),
    "a consul": ("Honorary Consul Ada Lind said that it had rained.", "Ada Lind"),
    "a party": ("Democrat Ada Lind came. Ada Lind said that it had rained.", "Ada Lind"),
    "initials of an office": ("TPL MNA Ada Lind said that it had rained.", "Ada Lind"),
    "two last names": ("Candidate Ana Ruiz Soto left. They met Ruiz Soto. “It rained,” she said.", "Ana Ruiz Soto"),
    "no place": ("Ada Lind left. He came to Las Vegas. “It rained,” she said.", "Ada Lind"),
    "the one forum": ("The World Dairy Forum met. The forum said that it had rained.", "World Dairy Forum"),
    "a note": ("It had rained, according to a note by Bo Energy consultants.", "Bo Energy"),
    "an institution’s and": ("The Hay and Rain Watch Agency said that it had rained.", "Hay and Rain Watch Agency"),
    "an institution’s commas": (
        "The Norland Water, Soil and Air Services Administration said that it had rained.",
        "Norland Water, Soil and Air Services Administration",
    ),
    "an owner’s office": ("“It rained,” the Attorney General’s Office said.", "Attorney General’s Office"),
    "short for a list": (
        "Boats, Barns and Bees of Norway (BBBN) met. BBBN said that it had rained.", "Boats, Barns and Bees of Norway",
    ),
    "a nickname": ("President Jan “Captain” Ek came. Ek said that it had rained.", "Jan “Captain” Ek"),
    "a nickname, first and last name": ("Jan Ek said that it had rained. Jan “Old Salt” Ek left.", "Jan “Old Salt” Ek"),
    "two nicknames": ("Jan “Captain” Ek met Ida “Mate” Ek. Ek said that it had rained.", "Ek"),
    "a first name, in full nowhere but where words are reported": (
        "Bobi Ruud says that forces struck him. On his page Bobi wrote of it. “It hurt,” Bobi said.", "Bobi Ruud",
    ),
    "a first name that two have": (
        "Bobi Ruud says that it hurt him. Bobi Ek says that it did not hurt. “It rained,” Bobi said.", "Bobi",
    ),
    "no first name": (
        "The Ruud Company said that it had rained. “It rained,” Ruud said.", "Ruud",
    ),
    "a state": ("Norway Rising said that it had rained all day. “It rained,” Norway said.", "Norway"),
    "a member": ("Upper Norland TD Ole Ek left. Ek said that it had rained.", "Ole Ek"),
}
NOBODY = {
    "two institutions": ("The Pentagon and State Department said that it had rained.", ""),
    "whom somebody spoke to": (
        "Speaking to Ole Ek, a spokesperson from the port left. The spokesperson said that it had rained.", "",
    ),
    "a people": ("“It rained,” said the German government.", ""),
    "a people’s papers": ("It had rained all night, according to British and Australian papers.", ""),
    "a party’s members": ("Democrats said that it had rained.", ""),
    "whose embassy": ("According to a statement by Norway’s embassy in Rome, it had rained.", ""),
    "a paper in a town": ("Grainpost London said no. The governor also said that it had rained.", ""),
    "they were like": ("“I rang, and they were like, ‘No, you wait for a day,’ again,” Ada Lind said.", ""),
    "I was like": ("“I rang, and I was like, ‘No, you wait for a day,’ again,” Ada Lind said.", "Ada Lind"),
    "the name Dawn French": ("Dawn French left. French said that it had rained.", "Dawn French"),
}


@pytest.mark.parametrize(("text", "speaker"), [*NAMED.values(), *NOBODY.values()], ids=[*NAMED, *NOBODY])
def test_who_is_named(text, speaker):
    said = voice_spans(text).query("voice != 'author'")
    assert said["speaker"].iloc[-1] == speaker
