"""Zones: a partition of every document, by rules of which the first keeps what it claims."""

import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse._errors import StudyError
from discourse.corpus import PROSE, ZONES, Corpus
from discourse.corpus.zones import ZoneRule, partition_defect, zones_by_rules


def cut(text, *rules, **columns):
    corpus = Corpus.from_frame(pd.DataFrame({"text": [text], **columns}, index=["d"]))
    return zones_by_rules(corpus.documents, corpus.texts, rules)


def rule(zone, match, **more):
    return ZoneRule(zone, f"study.toml, line {ZONES.index(zone)}", match=re.compile(match), **more)


def shown(zones, text):
    return [(row.zone, row.section, text[row.start : row.end]) for row in zones.itertuples()]


PIECES = st.lists(st.sampled_from(["A: ", "x", "• item", "\n", "\r\n", " ", "[1]", "\ufeff", "ß", "A:"]), min_size=1)


@given(PIECES)
def test_zones_cover_every_text_once_and_without_a_gap(pieces):
    text = "".join(pieces) + "\nA:\n[1]•"
    zones = cut(text, rule("label", "(?P<section>A):"), rule("list", "•.*"), rule("note", r"\[1\]"))
    assert partition_defect(zones, ["d"], np.array([len(text)])) == ""
    assert "".join(part for _, _, part in shown(zones, text)) == text
    assert set(zones["section"][~zones["zone"].isin(PROSE)]) <= {""}


def test_the_first_rule_that_claims_a_character_keeps_it():
    text = "Read more\nBody"
    zones = cut(text, rule("furniture", "^Read"), rule("title", "^Read more$"))
    assert shown(zones, text) == [("furniture", "", "Read"), ("title", "", " more\n"), ("body", "", "Body")]


def test_a_group_called_span_narrows_what_is_claimed():
    text = "Borders,[1] he says [2].\nNo [9]"
    zones = cut(text, rule("note", r"\w,(?P<span>\[\d\])"))
    assert shown(zones, text) == [
        ("body", "", "Borders,"),
        ("note", "", "[1] "),
        ("body", "", "he says [2].\nNo [9]"),
    ]


def test_a_section_holds_for_prose_from_its_label_to_the_next():
    text = "Intro\nBACKGROUND: one\n• two\nCONCLUSIONS three\nBIO me\nend"
    zones = cut(
        text,
        rule("label", r"^(?P<section>BACKGROUND|CONCLUSION)S?:?"),
        rule("list", "^•.*"),
        rule("bio", "^BIO.*"),
    )
    assert shown(zones, text) == [
        ("body", "", "Intro\n"),
        ("label", "", "BACKGROUND: "),
        ("body", "BACKGROUND", "one\n"),
        ("list", "BACKGROUND", "• two\n"),
        ("label", "", "CONCLUSIONS "),
        ("body", "CONCLUSION", "three\n"),
        ("bio", "", "BIO me\n"),
        ("body", "CONCLUSION", "end"),
    ]


def test_a_heading_can_name_a_section_that_it_belongs_to():
    text = "One\nbody\nTwo\nThree\nbody"
    zones = cut(text, rule("heading", "^(?P<section>[A-Z].*)$"))
    assert shown(zones, text) == [
        ("heading", "One", "One\n"),
        ("body", "One", "body\n"),
        ("heading", "Two", "Two\n"),
        ("heading", "Three", "Three\n"),
        ("body", "Three", "body"),
    ]


def test_blanks_go_with_the_text_before_them_and_first_blanks_with_the_text_after():
    text = "\n\u00a0\nTitle\n\u00a0\n\nBody"
    zones = cut(text, rule("title", "^Title$"))
    assert shown(zones, text) == [("title", "", "\n\u00a0\nTitle\n\u00a0\n\n"), ("body", "", "Body")]


def test_the_start_of_a_line_stands_behind_a_byte_order_mark():
    text = "\ufeffTitle\r\nBody"
    assert shown(cut(text, rule("title", "^Title$")), text)[0] == ("title", "", "\ufeffTitle\r\n")


def test_lines_of_a_rule_are_lines_of_the_page():
    text = "one\ntwo\nthree\n"
    lines = ZoneRule("byline", "here", document="d", lines=((51, 51), (53, 53)))
    assert shown(cut(text, lines, lines="51-53"), text) == [
        ("byline", "", "one\n"),
        ("body", "", "two\n"),
        ("byline", "", "three\n"),
    ]


def test_where_limits_a_rule_to_documents():
    corpus = Corpus.from_frame(pd.DataFrame({"text": ["Read", "Read"], "outlet": ["A", "B"]}))
    zones = zones_by_rules(corpus.documents, corpus.texts, [rule("furniture", "Read", where={"outlet": ("B",)})])
    assert list(zones["zone"]) == ["body", "furniture"]
    assert list(zones["rule"]) == ["", "study.toml, line 10"]


@pytest.mark.parametrize("match", ["nowhere", "Body", "x*"])
def test_a_rule_that_claims_nothing_is_an_error(match):
    idle = rule("caption", match)
    with pytest.raises(StudyError) as error:
        cut("Body", rule("title", "Body"), idle)
    assert str(error.value) == (
        "study.toml, line 6: this rule for the zone 'caption' matches nothing that an earlier rule has left free. "
        "Mend its expression, its lines or its `where`, or take the rule out."
    )


def test_a_document_without_text_has_no_zone():
    corpus = Corpus.from_frame(pd.DataFrame({"text": ["", "Read"]}))
    assert list(zones_by_rules(corpus.documents, corpus.texts, [rule("furniture", "Read")])["doc_id"]) == ["1"]
