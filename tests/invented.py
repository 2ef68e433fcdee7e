"""A study that has nothing in common with the shipped one: another column, no dates, no names, a few made-up texts."""

from __future__ import annotations

from pathlib import Path

TEXTS = {
    ("Harbour Gazette", "ferry-1"): """The ferry must stay, the council said on Monday.

“We will not let the island be cut off,” Mayor Ada Lind said. The ferry is a lifeline for the school, the clinic and
the fish market, and every family on the island depends on it. Without the ferry the island would lose its doctor.

The harbour board called the plan a burden. Its figures show that the ferry costs more each winter.
""",
    ("Harbour Gazette", "ferry-2"): """Islanders met in the school again.

They spoke of the ferry as a lifeline, and of the bridge as a dream of people who live on the mainland. The bridge
would bring cars, noise and a toll. The ferry brings neighbours, said Ole Brandt, who has steered it for thirty years.

Nobody at the meeting called the ferry a burden. The fish market, the clinic and the school need it every day.
""",
    ("Harbour Gazette", "ferry-3"): """A storm kept the ferry in port for two days.

The clinic sent its nurse by boat. “This is what a lifeline looks like when it breaks,” the nurse said. The harbour
board promised a second engine. The island waits, as it has waited before, and the school stays closed until the ferry
sails. """,
    ("Mainland Post", "bridge-1"): """A bridge would pay for itself in twelve years, a study finds.

The ferry has become a burden on every taxpayer of the county. Its engines are old, its crew is hard to find, and each
winter the harbour board asks for more money. A bridge needs no crew. The so-called "lifeline" carries forty cars a day.

The county will vote in spring. Supporters of the bridge expect a clear majority.
""",
    ("Mainland Post", "bridge-2"): """County engineers have drawn three bridges.

The cheapest crosses the sound at its narrowest point. It would replace the ferry, which the county auditor described as
“a burden without end”. Trucks could reach the fish market in nine minutes. The bridge would have a toll for ten years.

Island families fear the toll. The county auditor answered that the ferry has a price too, which rises every winter.
""",
}

CODEBOOK = """\
frames:
  lifeline:
    definition: The ferry keeps people alive, supplied and together.
    include: ["lifeline*", "depends on it", "need* it"]
    examples: ["the ferry is a lifeline"]
    counterexamples: ["a line of cars"]
  burden:
    definition: The ferry costs more than it is worth.
    include: ["burden*", "costs more", "asks for more money", "replace the ferry"]
    examples: ["a burden on the county"]
    counterexamples: ["an open question"]
"""


def write_study(folder: Path, *, codebook: str | None = CODEBOOK) -> Path:
    """Write the study into a folder that may exist; return the folder."""
    (folder / "texts").mkdir(parents=True, exist_ok=True)
    lines = ['title = "The ferry and the bridge"', 'group = "paper"']
    if codebook is not None:
        (folder / "codebook.yaml").write_text(codebook, encoding="utf-8")
        lines += ['codebook = "codebook.yaml"', 'spotlight = ["lifeline", "toll"]']
    for (paper, name), text in TEXTS.items():
        (folder / "texts" / f"{name}.txt").write_text(text, encoding="utf-8")
        lines += ["", "[[sources]]", f'path = "texts/{name}.txt"', f'paper = "{paper}"']
    (folder / "study.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder
