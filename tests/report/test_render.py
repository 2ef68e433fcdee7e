"""Bundles as HTML."""

import re
from html.parser import HTMLParser

import pandas as pd
import pytest
from tiny import HOSTILE

from discourse.report.bundle import Bundle, make_bundle
from discourse.report.grid import make_grid
from discourse.report.render import (
    FOLDED_FROM,
    LINES,
    LONG,
    MANY,
    NARROW,
    UNFOLDED,
    WIDE,
    WIDEST_ID,
    heading,
    look,
    notebook_html,
    passages,
    picture,
    row_header,
    template_text,
)


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
    assert 'name="evidence"' not in html
    assert "Open an underlined count" not in html


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
    assert "Flags of every row: few documents. Flags of some rows: <b>sa</b> single author." in html
    assert "<li><b>few documents</b>: Fewer than" in html
    assert html.index("<li><b>few documents") < html.index("<li><b>single author")


def test_flags_stand_in_the_table_as_initials_that_say_what_they_mean(frames: pd.DataFrame) -> None:
    html = notebook_html(make_bundle(frames, id="frames", caption="Frames."))
    assert '<td class="text flags"><abbr title="single author">sa</abbr></td>' in html


def test_flags_with_equal_initials_are_written_out() -> None:
    table = pd.DataFrame({"term": ["a", "b"], "flags": ["single_author", "shared_archive"]})
    html = notebook_html(make_bundle(table, id="terms", caption="Terms."))
    assert '<abbr title="single author">single author</abbr>' in html


def test_what_every_row_says_is_said_once(frames: pd.DataFrame) -> None:
    table = frames.assign(interval="Garwood, 95 %", p_value=float("nan"))
    html = notebook_html(make_bundle(table, id="frames", caption="Frames."))
    assert "In every row: interval: Garwood, 95 %. Empty in every row: p value." in html
    assert '<th scope="col" class="text">interval' not in html


def test_one_column_names_the_row(frames: pd.DataFrame) -> None:
    def names(table: pd.DataFrame) -> list[str]:
        grid = make_grid(table, 9)
        return [row[row_header(grid)] for row in grid.rows[:1]]

    assert names(frames) == ["corridors"]
    assert names(frames.drop(columns="frame")) == ["North"]
    assert names(frames[["paper", "frame"]]) == ["North"]
    assert names(pd.DataFrame({"left": ["a"], "node": ["b"], "right": ["c"]})) == ["b"]
    assert Tags(notebook_html(make_bundle(frames, id="f", caption="F."))).named("th")[-1]["scope"] == "row"


def test_rows_of_one_group_stand_together(frames: pd.DataFrame) -> None:
    html = notebook_html(make_bundle(frames, id="frames", caption="Frames."))
    assert html.count('<tr class="new">') == 1
    assert html.count("again") == 2
    assert 'class="new"' not in notebook_html(make_bundle(frames.iloc[[0, 2]], id="two", caption="Two."))


def test_a_long_table_is_folded_and_keeps_all_its_rows() -> None:
    table = pd.DataFrame({"term": [f"t{i}" for i in range(FOLDED_FROM + 1)], "count": 1})
    html = notebook_html(make_bundle(table, id="long", caption="Long."))
    assert f"Show all {FOLDED_FROM + 1} rows" in html
    assert html.count("<tr>") == FOLDED_FROM + 2
    assert "Show all" not in notebook_html(make_bundle(table.head(FOLDED_FROM), id="short", caption="Short."))


def test_the_style_of_the_page_folds_as_many_rows_as_the_summary_says() -> None:
    assert f"tbody tr:nth-child(n+{UNFOLDED + 1})" in template_text("page.css")


def test_a_crowded_header_is_shortened_and_says_so() -> None:
    table = pd.DataFrame({f"documents_{i}": [1] for i in range(MANY + 1)})
    html = notebook_html(make_bundle(table, id="wide", caption="Wide."))
    assert '<th scope="col" class="number" title="documents 3">docs 3</th>' in html
    assert ">documents 3</th>" in notebook_html(make_bundle(table.iloc[:, :MANY], id="a", caption="A."))


def test_running_text_takes_the_room_of_two_columns() -> None:
    table = pd.DataFrame({f"documents_{i}": [1] for i in range(MANY - 2)}).assign(text="words " * 20)
    assert '<table class="many">' not in notebook_html(make_bundle(table, id="a", caption="A."))
    assert '<table class="many">' in notebook_html(make_bundle(table.assign(more="words " * 20), id="b", caption="B."))


def test_a_figure_is_embedded_in_its_shorter_form() -> None:
    head = '<svg width="72pt" height="36.5pt">'
    drawing = picture(Bundle("a", "figure", "A.", svg=f'{head}\n#%</svg>', png="A" * 999))
    address = "data:image/svg+xml,%3Csvg width=%2272pt%22 height=%2236.5pt%22%3E %23%25%3C/svg%3E"
    assert drawing == {"src": address, "width": 96, "height": 49}
    pixels = picture(Bundle("a", "figure", "A.", svg=f"{head}{'<g/>' * 99}", png="AAAA"))
    assert pixels["src"] == "data:image/png;base64,AAAA"


def test_no_script_is_needed_in_the_notebook(frames: pd.DataFrame, hits: pd.DataFrame) -> None:
    assert "<script" not in notebook_html(make_bundle(frames, id="frames", caption="Frames.", evidence=hits))


@pytest.mark.parametrize(
    ("longest", "style"), [(NARROW, "text short"), (WIDE, "text"), (LONG, "text wide"), (LONG + 1, "text wide long")]
)
def test_a_column_is_set_by_its_longest_cell(longest: int, style: str) -> None:
    grid = make_grid(pd.DataFrame({"text": ["a", "x" * longest]}), 9)
    assert look(grid, 0) == style
    ids = [make_grid(pd.DataFrame({"doc_id": ["a", "x" * n]}), 9) for n in (WIDEST_ID, WIDEST_ID + 1)]
    assert [look(grid, 0) for grid in ids] == ["text short", "text"]
    assert all(f"td.{name}" in template_text("page.css") for name in style.split()[1:])


@pytest.mark.parametrize(
    ("column", "told"),
    [
        ("per_1k_target", "per 1,000 target"),
        ("doc_id", "document"),
        ("doc_id_a", "document a"),
        ("dp_norm", "DPnorm"),
        ("dp", "DP"),
        ("mi", "MI"),
        ("mixed_udp", "mixed udp"),
    ],
)
def test_columns_are_headed_as_readers_know_them(column: str, told: str) -> None:
    assert heading(column) == told
