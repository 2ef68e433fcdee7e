"""Whom a pronoun stands for where the sentence before names several, and who goes on in a paragraph of a report."""

import pytest

from discourse.tokens import voice_spans

SAYS = "\n\n“Hay is dear,” {} said.\n\n“Nobody sells it.”"
FIGURE = "Hay rose by three per cent."

# text, and who speaks in its last passage
CASES = {
    "who said": (
        "Ole Ek sold hay. He had the backing of Jonas Beck, who said his barn was full. “Hay is dear,” he said.",
        "Jonas Beck",
    ),
    "it was who": (
        "After Mara Quist had left, it was Ada Lind who sold the hay before Ida Holm. “Hay is dear,” she said.",
        "Ada Lind",
    ),
    "echoed by": (
        "Ole Ek sold hay. His words were echoed by Jonas Beck, a farmer. “Hay is dear,” he said.", "Jonas Beck",
    ),
    "she is not he who said": (
        "Ole Ek sold hay. He had the backing of Ada Lind, who said the barn was full. “It is dear,” he said.", "Ole Ek",
    ),
    "it was two": ("It was Ada Lind who sold hay, and it was Ida Holm who had it. “Hay is dear,” she said.", ""),
    "behind what leads to the subject": (
        "Ivan Holm left. Meanwhile, in answer to Jonas Beck, Ole Ek sold his hay. “It is dear,” he said.", "Ole Ek",
    ),
    "behind what leads to nobody": (
        "Ivan Holm left. In answer to Jonas Beck, hay was sold to Ole Ek. “It is dear,” he said.", "",
    ),
    "who speaks among others, in full": (
        "“It is late,” said Ole Martin Ek. Martin Ek said Jonas Beck had sold hay to Ivan Holm. “It is dear,” he said.",
        "Ole Martin Ek",
    ),
    "on in a report": (FIGURE + SAYS.format("Ek"), "Ek"),
    "on in a report, a pronoun": (f"{FIGURE} Mr Ek said it was late." + SAYS.format("he"), "Ek"),
    "on in no report": ("Hay rose." + SAYS.format("Ek"), ""),
    "on in a report where somebody answers": (
        f"{FIGURE}\n\n“Is it late?”\n\n“It is late.”" + SAYS.format("Ek"), "",
    ),
    "on in a report, another named last": (
        f"{FIGURE}\n\n“Hay is dear,” Ek said as Jonas Beck left.\n\n“Nobody sells it.”", "",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "speaker"), CASES.values(), ids=CASES)
def test_who_speaks_last(text, speaker):
    assert [row.speaker for row in voice_spans(text).itertuples() if row.voice != "reported"][-1] == speaker
