"""Executed notebooks as one page: their prose, what they showed, and the code that made it."""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from discourse.report.bundle import MIMETYPE, Bundle, read_bundle
from discourse.report.references import REFERENCES
from discourse.report.render import environment, explained, template_text
from discourse.report.summary import in_short

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

# The page's own title is the first heading; a notebook's title is one level below.
TOP, DEEPEST, LISTED = 2, 6, 3
OWN_ANCHORS = ("content", "in-short", "how-to-read-this", "how-this-was-made")


@dataclass(frozen=True)
class Heading:
    """A heading of the table of contents."""

    level: int
    title: str
    anchor: str


@dataclass(frozen=True)
class Section:
    """One notebook: its heading, the headings below it and its pieces in order."""

    title: str
    anchor: str
    parts: list[Heading]
    pieces: list[dict[str, Any]]


@dataclass
class Numbering:
    """What must not repeat or jump over the whole page: anchors and heading levels."""

    anchors: set[str] = field(default_factory=lambda: set(OWN_ANCHORS))
    level: int = 1

    def anchor(self, title: str) -> str:
        """Return a name for a heading, numbered where another heading has it."""
        plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode("ascii").lower()
        name = base = "-".join(re.findall(r"[a-z0-9]+", plain)) or "part"
        number = 1
        while name in self.anchors:
            number += 1
            name = f"{base}-{number}"
        self.anchors.add(name)
        return name

    def step(self, level: int) -> int:
        """Return the level of a heading: one below the page's title, and never skipping one."""
        self.level = min(level + 1, self.level + 1, DEEPEST)
        return self.level


def collected(notebooks: Mapping[str, Any]) -> list[Bundle]:
    """Return all bundles of the executed notebooks in order.

    Raises:
        ValueError: two of them have the same id.
    """
    seen: dict[str, str] = {}
    bundles = []
    for name, notebook in notebooks.items():
        for bundle in (b for cell in notebook.cells for b in shown_by(cell)):
            if bundle.id in seen:
                raise ValueError(
                    f"{name}: show(id={bundle.id!r}) repeats an id of {seen[bundle.id]}. "
                    "Give each table, figure and list of findings an id of its own."
                )
            seen[bundle.id] = name
            bundles.append(bundle)
    return bundles


def shown_by(cell: Any) -> list[Bundle]:
    """Return the bundles among a cell's outputs."""
    outputs = [output.get("data", {}) for output in cell.get("outputs", [])]
    return [read_bundle(data[MIMETYPE]) for data in outputs if MIMETYPE in data]


def labels(bundles: Sequence[Bundle]) -> dict[str, str]:
    """Return for each id `Table 3` or `Figure 1`, counted over all notebooks; findings have no number."""
    counts: dict[str, int] = {}
    found = {}
    for bundle in bundles:
        counts[bundle.kind] = counts.get(bundle.kind, 0) + 1
        found[bundle.id] = "" if bundle.kind == "findings" else f"{bundle.kind.capitalize()} {counts[bundle.kind]}"
    return found


def twins(bundles: Sequence[Bundle]) -> dict[str, Bundle]:
    """Return for the id of a figure or of findings the table, or what came earlier, that has the same numbers."""
    homes: dict[str, Bundle] = {}
    for bundle in sorted(bundles, key=lambda bundle: bundle.kind != "table"):
        if bundle.grid:
            homes.setdefault(bundle.grid.csv, bundle)
    return {
        bundle.id: homes[bundle.grid.csv] for bundle in bundles
        if bundle.grid and bundle.kind != "table" and homes[bundle.grid.csv] is not bundle
    }


def page_html(
    notebooks: Mapping[str, Any], *, title: str, version: str, inputs: Mapping[str, str],
    methods: Sequence[tuple[str, str]] = (),
) -> str:
    """Return the whole page as one text that needs no other file."""
    script = template_text("page.js")
    digest = hashlib.sha256(f"\n{script}".encode()).digest()
    bundles = collected(notebooks)
    numbering = Numbering()
    numbering.anchors |= {bundle.id for bundle in bundles}
    sections = [_section(name, notebook, numbering) for name, notebook in notebooks.items()]
    placed = [(piece["under"], piece["bundle"]) for s in sections for piece in s.pieces if piece["kind"] == "shown"]
    return environment().get_template("page.html.j2").render(
        title=title, version=version, inputs=inputs, methods=methods, references=REFERENCES, flags=_all_flags(bundles),
        sections=sections, cards=in_short(placed), labels=labels(bundles), twins=twins(bundles), links=links,
        style=template_text("page.css"), script=script,
        script_hash=f"sha256-{base64.b64encode(digest).decode('ascii')}",
    ) + "\n"


def _all_flags(bundles: Sequence[Bundle]) -> list[tuple[str, str]]:
    return explained(dict.fromkeys(sorted({flag for b in bundles for flag in b.flags}), True), True)


def _section(name: str, notebook: Any, numbering: Numbering) -> Section:
    headings: list[Heading] = []
    pieces = list(_pieces(notebook, numbering, headings))
    if not headings or headings[0].level != TOP:
        title = re.sub(r"^\d+-|\.ipynb$", "", name).replace("-", " ").capitalize()
        headings.insert(0, Heading(TOP, title, numbering.anchor(title)))
        html = environment().from_string('<h2 id="{{ h.anchor }}">{{ h.title }}</h2>\n').render(h=headings[0])
        pieces.insert(0, {"kind": "prose", "html": html})
    return Section(headings[0].title, headings[0].anchor, headings[1:], pieces)


def _pieces(notebook: Any, numbering: Numbering, headings: list[Heading]) -> Iterator[dict[str, Any]]:
    """Give prose, shown things and, after them, the code since the last shown thing."""
    waiting: list[str] = []
    numbering.level = 1
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            yield {"kind": "prose", "html": prose_html(cell.source, numbering, headings)}
        elif cell.cell_type == "code" and cell.source.strip():
            waiting.append(cell.source.strip())
            bundles = shown_by(cell)
            for bundle in bundles:
                yield {"kind": "shown", "bundle": bundle, "under": headings[-1].title if headings else ""}
            if bundles:
                yield {"kind": "code", "source": "\n\n".join(waiting)}
                waiting = []


def links(bundle: Bundle, twin: Bundle | None = None) -> list[tuple[str, str]]:
    """Return the names and addresses of the files that hold a shown thing; equal numbers share a file."""
    table = [("CSV", f"tables/{(twin or bundle).id}.csv")] if bundle.grid else []
    figure = [("SVG", f"figures/{bundle.id}.svg"), ("PNG", f"figures/{bundle.id}.png")] if bundle.svg else []
    return figure + table


def prose_html(source: str, numbering: Numbering, headings: list[Heading]) -> str:
    """Write markdown as HTML: headings get anchors and are noted, raw HTML is text, no image is loaded."""
    markdown = _markdown()
    tokens = markdown.parse(source)
    for i, token in enumerate(tokens):
        if token.type == "heading_open":
            _place_heading(tokens[i : i + 3], numbering, headings)
    return str(markdown.renderer.render(tokens, markdown.options, {}))


def _place_heading(tokens: Sequence[Token], numbering: Numbering, headings: list[Heading]) -> None:
    opening, inline, closing = tokens
    level = numbering.step(int(opening.tag[1:]))
    title = "".join(child.content for child in inline.children or [])
    anchor = numbering.anchor(title)
    opening.tag = closing.tag = f"h{level}"
    opening.attrSet("id", anchor)
    if level <= LISTED:
        headings.append(Heading(level, title, anchor))


def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
