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
from discourse.report.render import environment, explained, template_text

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

# The page's own title is the first heading; a notebook's title is one level below.
TOP, DEEPEST, LISTED = 2, 6, 3


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
    """What must not repeat or jump over the whole page: anchors, heading levels, numbers of figures."""

    anchors: set[str] = field(default_factory=lambda: {"content", "how-to-read-this", "how-this-was-made"})
    level: int = 1
    counts: dict[str, int] = field(default_factory=dict)

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

    def label(self, kind: str) -> str:
        """Return `Table 3.`; findings have no number."""
        if kind == "findings":
            return ""
        self.counts[kind] = self.counts.get(kind, 0) + 1
        return f"{kind.capitalize()} {self.counts[kind]}."


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


def page_html(
    notebooks: Mapping[str, Any], *, title: str, version: str, inputs: Mapping[str, str]
) -> str:
    """Return the whole page as one text that needs no other file."""
    script = template_text("page.js")
    digest = hashlib.sha256(f"\n{script}".encode()).digest()
    numbering = Numbering()
    numbering.anchors |= {bundle.id for bundle in collected(notebooks)}
    return environment().get_template("page.html.j2").render(
        title=title, version=version, inputs=inputs, flags=_all_flags(collected(notebooks)),
        sections=[_section(name, notebook, numbering) for name, notebook in notebooks.items()],
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
                label = numbering.label(bundle.kind)
                yield {"kind": "shown", "bundle": bundle, "label": label, "links": links(bundle)}
            if bundles:
                yield {"kind": "code", "source": "\n\n".join(waiting)}
                waiting = []


def links(bundle: Bundle) -> list[tuple[str, str]]:
    """Return the names and addresses of the files that hold a shown thing."""
    table = [("CSV", f"tables/{bundle.id}.csv")] if bundle.grid else []
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
