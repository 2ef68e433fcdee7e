"""The page of a report."""

import re
from itertools import pairwise
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from test_render import Tags

from discourse.report.bundle import Bundle, make_bundle
from discourse.report.page import Numbering, collected, labels, page_html, prose_html, twins


def notebook(*bundles: object) -> nbformat.NotebookNode:
    cell = nbformat.v4.new_code_cell("show(...)")
    cell.outputs = [nbformat.v4.new_output("display_data", data=b._repr_mimebundle_()) for b in bundles]
    return nbformat.v4.new_notebook(cells=[cell])


def test_hostile_labels_open_no_tag_of_their_own(report: Path) -> None:
    page = (report / "report.html").read_text(encoding="utf-8")
    tags = Tags(page)
    assert len(tags.named("script")) == 1
    assert all((image["src"] or "").startswith("data:image/svg+xml,") for image in tags.named("img"))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert not any(name.startswith("on") for _, attributes in tags.opened for name in attributes)


def test_the_page_loads_nothing_from_elsewhere(report: Path) -> None:
    tags = Tags((report / "report.html").read_text(encoding="utf-8"))
    assert not tags.named("link")
    for tag, attributes in tags.opened:
        address = attributes.get("src") or attributes.get("href") or ""
        assert not re.match(r"(https?:)?//", address), (tag, attributes)


def test_ids_are_unique_and_every_anchor_leads_somewhere(report: Path) -> None:
    tags = Tags((report / "report.html").read_text(encoding="utf-8"))
    ids = [attributes["id"] for _, attributes in tags.opened if "id" in attributes]
    anchors = {a["href"] for a in tags.named("a") if (a["href"] or "").startswith("#")}
    assert len(ids) == len(set(ids))
    assert anchors <= {f"#{id}" for id in ids}


def test_headings_never_skip_a_level(report: Path) -> None:
    tags = Tags((report / "report.html").read_text(encoding="utf-8"))
    levels = [int(tag[1]) for tag, _ in tags.opened if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_images_have_alt_text_and_tables_captions(report: Path) -> None:
    tags = Tags((report / "report.html").read_text(encoding="utf-8"))
    assert [image["alt"] for image in tags.named("img")] == ["Three bars <one> & two."]
    assert len(tags.named("table")) == len(tags.named("caption"))


def test_the_code_that_made_a_number_stands_with_it(report: Path) -> None:
    page = (report / "report.html").read_text(encoding="utf-8")
    assert "show(labels, id=&#39;hostile&#39;" in page


def test_links_lead_to_files_of_the_report(report: Path) -> None:
    tags = Tags((report / "report.html").read_text(encoding="utf-8"))
    files = [a["href"] for a in tags.named("a") if not (a["href"] or "").startswith("#")]
    assert sorted(files) == ["figures/bars.png", "figures/bars.svg", "tables/hostile.csv"]
    assert all((report / str(file)).is_file() for file in files)


def test_an_id_used_twice_is_an_error_that_names_both_notebooks() -> None:
    bundle = make_bundle(["x"], id="said", caption="Said.")
    with pytest.raises(ValueError, match=r"02-b\.ipynb: show\(id='said'\) repeats an id of 01-a\.ipynb"):
        collected({"01-a.ipynb": notebook(bundle), "02-b.ipynb": notebook(bundle)})


def test_tables_and_figures_are_numbered_over_all_notebooks() -> None:
    kinds = {"a": "table", "b": "figure", "c": "table", "d": "findings"}
    shown = [Bundle(id, kind, "C.") for id, kind in kinds.items()]
    assert labels(shown) == {"a": "Table 1", "b": "Figure 1", "c": "Table 2", "d": ""}


def test_equal_numbers_are_shown_once_and_in_a_table_if_there_is_one(frames: pd.DataFrame) -> None:
    shown = [
        make_bundle(["Said."], id="said", caption="Said.", evidence=frames),
        make_bundle(frames, id="frames", caption="Frames."),
        make_bundle(["Other."], id="other", caption="Other.", evidence=frames.head(2)),
        make_bundle(["Again."], id="again", caption="Again.", evidence=frames.head(2)),
    ]
    assert {id: home.id for id, home in twins(shown).items()} == {"said": "frames", "again": "other"}
    page = page_html({"01-a.ipynb": notebook(*shown)}, title="T", version="1", inputs={})
    assert 'The numbers behind it: <a href="#frames">Table 1</a>' in page
    assert 'The numbers behind it: <a href="#other">Other.</a>' in page
    assert page.count("<table") == 3
    assert page.count('href="tables/frames.csv"') == 2


def test_the_page_begins_with_the_findings_and_their_limits() -> None:
    bundle = make_bundle(["One.", "Two.", "Three.", "Four."], id="said", caption="What <it> says.")
    page = page_html({"01-a.ipynb": notebook(bundle)}, title="T", version="1", inputs={})
    short = page[page.index('id="in-short"') : page.index('id="how-to-read-this"')]
    assert '<a href="#said">What &lt;it&gt; says</a>' in short
    assert short.count("<li>") == 4


def test_a_page_without_findings_has_no_summary(frames: pd.DataFrame) -> None:
    shown = make_bundle(frames, id="frames", caption="Frames.")
    assert "in-short" not in page_html({"01-a.ipynb": notebook(shown)}, title="T", version="1", inputs={})


def test_methods_are_told_at_the_end() -> None:
    page = page_html({}, title="T", version="1.2", inputs={}, methods=[("Words", "A <run>.")])
    assert "<dt>Words</dt><dd>A &lt;run&gt;.</dd>" in page
    assert "Made with discourse 1.2, which is distributed as discourse-contrast;" in page
    assert '<dt>References</dt>\n<dd class="reference">Benjamini, Y., and Hochberg, Y. (1995). Controlling' in page


def test_a_notebook_without_a_title_is_named_by_its_file() -> None:
    executed = {"04-contrasts.ipynb": notebook(make_bundle(["x"], id="said", caption="Said."))}
    page = page_html(executed, title="T", version="1", inputs={})
    assert '<h2 id="contrasts">Contrasts</h2>' in page


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<script>x</script>", "&lt;script&gt;"),
        ("[a](javascript:alert(1))", "[a](javascript:alert(1))"),
        ("![a](https://example.org/a.png)", "!<a href"),
        ("$x$ and $$y$$", "<p>$x$ and $$y$$</p>"),
    ],
)
def test_prose_brings_no_markup_script_image_or_formula(source: str, expected: str) -> None:
    html = prose_html(source, Numbering(), [])
    assert expected in html
    assert "<img" not in html


def test_equal_headings_get_anchors_of_their_own() -> None:
    html = prose_html("# Same\n\n# Same\n\n# –", Numbering(), [])
    assert re.findall('id="([^"]+)"', html) == ["same", "same-2", "part"]
