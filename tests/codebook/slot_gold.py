"""Who is bound in the slots of patterns, in sentences coded by hand."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from discourse.codebook import Codebook, Entry, parse_pattern, search
from discourse.corpus import Corpus
from discourse.tokens import tokenize

GOLD = Path(__file__).parents[1] / "gold" / "slots.txt"
MORE = {name: GOLD.with_name(f"slots_{name}.txt") for name in ("later", "after")}

SETS = ("work", "held-out", *MORE)

# Gaps as wide as nobody should write them: what is bound wrongly in them is bound wrongly in narrow ones too.
FRAMES = {
    "contain": [
        "contain|contains|contained|containing",
        "{agent} ~3 contain|contains|contained",
        "contain|contains|contained|containing ~3 {target}",
        "{agent} ~3 contain|contains|contained ~3 {target}",
    ],
    "containment": [
        "containment",
        "containment of ~2 {target}",
        "{agent} ~2 containment",
        "{agent} ~2 containment of ~2 {target}",
    ],
    "sphere": [
        "sphere|spheres of influence",
        "{agent} ~2 sphere|spheres of influence",
        "sphere of influence of ~2 {agent}",
    ],
    "dominance": ["dominance", "{agent} ~2 dominance", "dominance of ~3 {agent}"],
    "dependence": ["dependence", "dependence on ~4 {target}"],
    "threat": ["threat", "{agent} ~2 threat", "threat from ~3 {agent}"],
}
ACTORS = {
    "Russia": ["Russia*", "Russian Federation", "Moscow", "Kremlin"],
    "United States": ["US", "United States", "America*", "Washington"],
    "China": ["China", "Chinese", "Beijing"],
    "Turkey": ["Turkey", "Turkish"],
    "NATO": ["NATO"],
    "the West": ["=West", "=Western"],
}


def codebook() -> Codebook:
    kinds = [("frame", FRAMES), ("actor", ACTORS)]
    return Codebook(
        *({key: Entry(kind, key, tuple(map(parse_pattern, own))) for key, own in some.items()} for kind, some in kinds)
    )


def gold() -> pd.DataFrame:
    """One row a sentence: `frame, agent, target, sentence, set`."""
    first, more = _sentences(GOLD), {name: _sentences(path) for name, path in MORE.items()}
    sets = ["held-out" if i % 2 else "work" for i in range(len(first))]
    sets += [name for name, table in more.items() for _ in range(len(table))]
    return pd.concat([first, *more.values()], ignore_index=True).assign(set=sets)


def _sentences(path: Path) -> pd.DataFrame:
    lines = [line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    rows = [[cell.strip() for cell in line.split("|", 3)] for line in lines]
    return pd.DataFrame(rows, columns=["frame", "agent", "target", "sentence"])


def bound(table: pd.DataFrame) -> pd.DataFrame:
    """The actors that are bound in the frame of each sentence: `hits, agent, target`."""
    book = codebook()
    tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": table["sentence"]})))
    found = search(tokens, book)
    frames, actors = list(book.frames), [*book.actors, ""]
    document = tokens.documents_of(found.spans.first)
    rows = []
    for i, frame in enumerate(table["frame"]):
        own = (document == i) & (found.entry == frames.index(frame))
        who = [{actors[n] for n in role[own]} - {""} for role in (found.spans.agent, found.spans.target)]
        rows.append((int(own.sum()), *(" ".join(sorted(names)) for names in who)))
    return pd.DataFrame(rows, columns=["hits", "agent", "target"])


def accuracy() -> pd.DataFrame:
    """How many of the actors that are bound are right, and how many of the right ones are bound."""
    table = gold()
    found = bound(table)
    rows = []
    for name in (*SETS, "all"):
        chosen = table["set"].isin(SETS[:2] if name == "all" else [name])
        have, right = (t.loc[chosen, ["agent", "target"]].to_numpy() for t in (found, table))
        agreed, bindings, true = int(((have == right) & (right != "")).sum()), (have != "").sum(), (right != "").sum()
        rows.append((name, int(chosen.sum()), int(bindings), int(true), agreed, agreed / bindings, agreed / true))
    columns = ["set", "sentences", "bound", "true", "agreed", "precision", "recall"]
    return pd.DataFrame(rows, columns=columns).set_index("set").round(3)
