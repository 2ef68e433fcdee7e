"""Shards that workers write, each for itself, and that stand in order when all are there."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from uuid import uuid4

from discourse.tokens.encoding import QUICK_LAYERS
from discourse.tokens.saved import ShardEntry, write_shard

from .parts import Fresh, Part
from .survey import Survey, survey_of


def write(part: Part, *, run: Path) -> Survey:
    """Write one shard, under a name that nobody else has until it is complete.

    A task may run twice, even at the same time, when its worker seems dead: both write the same, the later one counts.

    Raises:
        ValueError: this worker does not see the folder of the run.
    """
    number = part.number if isinstance(part, Fresh) else 0
    tokens = part.tokens()
    own = run / uuid4().hex
    try:
        own.mkdir()
    except FileNotFoundError:
        raise ValueError(
            f"folder must be one that this process and all workers share; a worker does not see {run.parent}. "
            "Name another."
        ) from None
    entry = write_shard(own, number, tokens, QUICK_LAYERS)
    if (run / entry.name).exists():
        shutil.rmtree(run / entry.name)
    (own / entry.name).rename(run / entry.name)
    own.rmdir()
    return survey_of(part.name, tokens.documents, {number: entry})


def in_order(run: Path, shards: Mapping[int, ShardEntry]) -> list[ShardEntry]:
    """Put the shards where they belong, under numbers without gaps, also where blocks were left out."""
    found: list[ShardEntry] = []
    for _, old in sorted(shards.items()):
        found.append(old._replace(name=f"{len(found):05}"))
        (run / old.name).rename(run.parent / found[-1].name)
    return found
