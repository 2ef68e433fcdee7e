"""A saved corpus: saving, opening and the first concordance; and what the layers cost that saving computes."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from discourse import Tokens, concordance, encode, open_tokens, tokenize

from .contenders import Contender
from .finding import LINES, WORD
from .texts import CACHE, Text

RARE = "armistice"  # twice in a megabyte
SCRATCH = "saved"  # a folder in the cache; a run removes it


def layers(text: Text) -> list[Contender]:
    """Sentences and voices of a corpus just encoded, one core."""

    def fresh() -> tuple[Tokens]:
        return (tokenize(text.corpus),)

    return [Contender(f"{name} layer", _layer(name), True, prepare=fresh) for name in ("sentence", "voice")]


def _layer(name: str) -> Callable[[Tokens], Any]:
    return lambda tokens: tokens.layer(name)


def saved(text: Text) -> list[Contender]:
    """Save, open, first concordance, later concordance; sizes on disk."""
    place = CACHE / SCRATCH
    shutil.rmtree(place, ignore_errors=True)
    tokens = tokenize(text.corpus)
    tokens.save(place / "kept")

    def emptied() -> tuple[Path]:
        shutil.rmtree(place / "new", ignore_errors=True)
        return (place / "new",)

    def opened() -> tuple[Any]:
        return (open_tokens(place / "kept"),)

    return [
        Contender("encode from a Parquet file", partial(encoded_file, text.parquet), True, emptied),
        Contender("save", tokens.save, True, emptied, lambda _: on_disk(place / "new"), warm=True),
        Contender("open", lambda: open_tokens(place / "kept"), True),
        *(Contender(f"first concordance: “{word}”", lines_of(word), True, opened, LINES) for word in (WORD, RARE)),
    ]


def encoded_file(source: Path, folder: Path) -> object:
    """Read, encode and save block by block."""
    return encode(source, folder, progress=False)


def lines_of(word: str) -> Callable[[Tokens], Any]:
    """Every line of a word."""
    return partial(concordance, pattern=word, sort="")


def on_disk(folder: Path) -> dict[str, float]:
    """Bytes of a saved corpus, and how many of them are the text itself."""
    sizes = {path: path.stat().st_size for path in folder.rglob("*") if path.is_file()}
    texts = sum(size for path, size in sizes.items() if path.name == "texts.arrow")
    return {"bytes": sum(sizes.values()), "of them texts": texts}
