"""Bundles as HTML."""

import re
from html.parser import HTMLParser

import pandas as pd
from tiny import HOSTILE

from discourse.report.bundle import make_bundle
from discourse.report.render import LINES, notebook_html, passages


class Tags(HTMLParser):
    """Every tag that is opened, with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.opened: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.opened.append((tag, dict(attrs)))

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.opened if name == tag]


def test_whatever_is_inserted_is_escaped(hits: pd.DataFrame) -> None:
    for text in HOSTILE:
        row = hits.iloc[[0]].assign(
            frame=text, text=text, sentence_text=f"a {text} b", speaker=text, doc_id=text, paper=text, voice=text
        )
        table = pd.DataFrame({"paper": [text], "frame": [text], "count": [1], text: [text]})
        html = notebook_html(make_bundle(table, id="a", caption=text, evidence=row))
        tags = Tags(html)
        assert not tags.named("script") + tags.named("img")
        assert not any(name.startswith("on") for _, attributes in tags.opened for name in attributes)


def test_every_header_cell_says_what_it_heads(frames: pd.DataFrame) -> None:
    headers = Tags(notebook_html(make_bundle(frames, id="frames", caption="Frames."))).named("th")
    assert {header["scope"] for header in headers} == {"col", "row"}


def test_a_count_opens_as_many_sentences_as_it_says(frames: pd.DataFrame, hits: pd.DataFrame) -> None:
    html = notebook_html(make_bundle(frames, id="frames", caption="Frames.", evidence=hits))
    cells = re.findall(r"<summary>(\d+)</summary>(.*?)</details>", html, flags=re.S)
    assert [(int(count), body.count("<li>"), body.count("<mark>")) for count, body in cells] == [
        (1, 1, 1), (2, 2, 2), (2, 2, 2),
    ]


def test_a_sentence_is_shown_word_for_word_with_its_voice(frames: pd.DataFrame, hits: pd.DataFrame) -> None:
    html = notebook_html(make_bundle(frames, id="frames", caption="Frames.", evidence=hits))
    assert "<li>The <mark>sphere</mark>, he said. <small>quoted: Lavrov</small></li>" in html
    assert "<li>One <mark>sphere</mark> &lt;more&gt;. <small>author</small></li>" in html


def test_the_marked_words_stand_where_the_sentence_start_says(hits: pd.DataFrame) -> None:
    hit = hits.iloc[[0]].assign(start=112, sentence_start=100, text="orbit")
    evidence = make_bundle(["x"], id="a", caption="A.", evidence=hit).evidence
    line = passages(evidence, [0])[0]["lines"][0]
    assert (line["before"], line["hit"], line["after"]) == ("An orbit is ", "an or", "bit.")


def test_a_zero_opens_nothing(frames: pd.DataFrame, hits: pd.DataFrame) -> None:
    html = notebook_html(make_bundle(frames.iloc[[2]], id="zero", caption="Zero.", evidence=hits))
    assert "<details" not in html


def test_sentences_left_out_are_announced(hits: pd.DataFrame) -> None:
    many = pd.concat([hits.iloc[[0]]] * (LINES + 1), ignore_index=True)
    many["hit_id"] = [f"h{i}" for i in range(len(many))]
    table = pd.DataFrame({"paper": ["North"], "frame": ["spheres"], "count": [LINES + 1]})
    html = notebook_html(make_bundle(table, id="many", caption="Many.", evidence=many))
    assert html.count("<mark>") == LINES
    assert f"The first {LINES} of {LINES + 1}; evidence.csv has them all." in html


def test_rows_left_out_are_announced(frames: pd.DataFrame) -> None:
    html = notebook_html(make_bundle(frames, id="frames", caption="Frames.", rows=3))
    assert "The first 3 of 4 rows; the CSV file has them all." in html


def test_flags_are_explained_where_they_apply(frames: pd.DataFrame) -> None:
    html = notebook_html(make_bundle(frames, id="frames", caption="Frames."))
    assert "<b>few documents</b>: " in html
    assert html.index("holds for every row") < html.index("<b>few documents") < html.index("<b>single author")


def test_no_script_is_needed_in_the_notebook(frames: pd.DataFrame, hits: pd.DataFrame) -> None:
    assert "<script" not in notebook_html(make_bundle(frames, id="frames", caption="Frames.", evidence=hits))
