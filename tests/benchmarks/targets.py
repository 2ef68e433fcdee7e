"""What was asked for, and the number of a run that answers it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from math import inf
from statistics import median
from typing import Any

from .compiled import LOOP, WORDS
from .contenders import KERNELS
from .dictionaries import LOOSE, NUMBERS
from .memory import LIMIT, LIMITED
from .saving import RARE
from .texts import MEGABYTE

Result = Mapping[str, Any]  # what `__main__` writes for one size
QUICK = 2.5  # how many times as fast as `wc -w` a loop in C must be to be a yardstick
Value = Callable[[Result], float | None]  # None where a run did not measure it, inf where it is void


@dataclass(frozen=True)
class Target:
    """One row of what was asked for.

    Attributes:
        task: the key of the task that answers it.
        text: what is compared.
        value: the number.
        bound: what it must reach.
        unit: after the number.
        most: whether the bound is the most, not the least.
        at: the size of text that it was asked for, if not every one.
    """

    task: str
    text: str
    value: Value
    bound: float
    unit: str = "×"
    most: bool = False
    at: int | None = None

    def reached(self, value: float) -> bool:
        """Whether a number is within the bound."""
        return value <= self.bound if self.most else value >= self.bound


def contender(result: Result, task: str, name: str, *, threads: int = -1) -> Mapping[str, Any] | None:
    """The contender whose name begins so; of several the last, with the most threads, or with 0 the first, with one."""
    found = [one for key, one in result["tasks"].get(task, {}).items() if key.startswith(name)]
    return found[threads] if found else None


def seconds(task: str, name: str, *, threads: int = -1) -> Value:
    """The median of a contender."""

    def value(result: Result) -> float | None:
        found = contender(result, task, name, threads=threads)
        return median(found["seconds"]) if found else None

    return value


def faster(task: str, ours: str, peer: str, *, threads: int = -1) -> Value:
    """How many times as fast we are."""

    def value(result: Result) -> float | None:
        mine, other = seconds(task, ours, threads=threads)(result), seconds(task, peer)(result)
        return None if mine is None or other is None else other / mine

    return value


def beside_loop(kernel: str) -> Value:
    """One thread beside the loop in C; infinite where that is no yardstick, because it is too slow."""
    ratio = faster("encoding", f"discourse ({kernel}", LOOP, threads=0)
    loop = faster("encoding", LOOP, WORDS)

    def value(result: Result) -> float | None:
        quick = loop(result)
        return inf if quick is not None and quick < QUICK else ratio(result)

    return value


def peak(result: Result) -> float | None:
    """Memory beyond the text, in bytes a byte, of the way to encode that takes most."""
    found = [one["found"].get("bytes", 0) for one in result["tasks"].get("memory", {}).values()]
    return max(found) / result["text"]["bytes"] if found else None


def within_limit(result: Result) -> float | None:
    """The peak of a process that was given a limit, as a share of it."""
    found = contender(result, "memory", LIMITED)
    return found["found"]["bytes in all"] / LIMIT if found else None


def cost(one: Mapping[str, Any]) -> float:
    """Nanoseconds a word."""
    return float(1e9 * median(one["seconds"]) / one["found"]["counted"])


def growth(kernel: str) -> Value:
    """The cost of a word in the largest text, over that in the smallest; the worst number of threads."""

    def value(result: Result) -> float | None:
        costs: dict[str, list[float]] = {}
        for key, one in result["tasks"].get("growth", {}).items():
            costs.setdefault(key.partition(" MB ")[2], []).append(cost(one))
        grown = [own[-1] / own[0] for name, own in costs.items() if name.startswith(f"({kernel}") and len(own) > 1]
        return max(grown, default=None)

    return value


def speed(task: str, name: str) -> Value:
    """Megabytes of text a second."""

    def value(result: Result) -> float | None:
        taken = seconds(task, name)(result)
        return result["text"]["bytes"] / MEGABYTE / taken if taken else None

    return value


def on_disk(result: Result) -> float | None:
    """Size of a saved corpus without its text, in bytes a byte of text."""
    saved = contender(result, "saved", "save")
    return (saved["found"]["bytes"] - saved["found"]["of them texts"]) / result["text"]["bytes"] if saved else None


def thousand(call: str, kind: str) -> Value:
    """Seconds for a thousand patterns."""
    return seconds("patterns", f"{call}, {NUMBERS[-1]:,} {kind}")


def grown(result: Result) -> float | None:
    """How many times as long a thousand patterns take as fifty."""
    few, many = (seconds("patterns", f"frame_counts, {number:,} patterns")(result) for number in NUMBERS)
    return None if few is None or many is None else many / few


def _for_kernels(task: str, text: str, value: Callable[[str], Value], bounds: tuple[float, float]) -> list[Target]:
    return [
        Target(task, f"{text}, {kernel}", value(kernel), bound) for kernel, bound in zip(KERNELS, bounds, strict=True)
    ]


def _matrix(peer: str) -> Callable[[str], Value]:
    return lambda kernel: faster("matrix", f"discourse ({kernel}", peer)


def _bigrams(kernel: str) -> Value:
    return faster("bigrams", f"discourse ({kernel}", "CountVectorizer")


_LINES, _PHRASES = partial(faster, "concordance", "text order"), partial(faster, "phrases", peer="re, ignoring")
_DICTIONARIES = [("frame_counts", "patterns"), ("hits", "patterns"), ("frame_counts", LOOSE)]
_RARE = f"first concordance: “{RARE}"

TARGETS = [
    *_for_kernels("matrix", "tokens + matrix against `CountVectorizer`", _matrix("CountVectorizer, our"), (5, 10)),
    *_for_kernels("matrix", "tokens + matrix against nltk", _matrix("nltk"), (15, 25)),
    *_for_kernels("bigrams", "bigrams from text against `CountVectorizer`", _bigrams, (15, 20)),
    Target("concordance", "concordance against `re`", _LINES("re, ignoring"), 10),
    Target("concordance", "concordance against `nltk.Text`, building its index", _LINES("nltk.Text, building"), 20),
    Target("concordance", "concordance against `nltk.Text`, indexed before", _LINES("nltk.Text, indexed"), 20),
    Target("phrases", "50 phrases, `frame_counts`, against `re`", _PHRASES("frame_counts, encoded"), 300),
    Target("phrases", "50 phrases, `hits`, against `re`", _PHRASES("hits, encoded"), 300),
    Target("phrases", "50 phrases from text against `re`", _PHRASES("frame_counts from text (numpy"), 50),
    *(
        Target("patterns", f"1,000 {kind}, `{call}`", thousand(call, kind), 10, " s", most=True, at=100)
        for call, kind in _DICTIONARIES
    ),
    Target("patterns", "1,000 patterns beside 50, `frame_counts`", grown, 5, most=True, at=100),
    Target("encoding", "yardstick: the loop in C against `wc -w`", faster("encoding", LOOP, WORDS), QUICK),
    *_for_kernels("encoding", "encoding beside C, one thread", beside_loop, (0.15, 0.4)),
    Target("memory", "peak memory of encoding beyond the text", peak, 2.5, " bytes a byte", most=True),
    Target("memory", "memory of `encode` with a limit of 1 GB", within_limit, 1, " of the limit", most=True),
    *(
        Target("growth", f"cost of a word, {kernel}", growth(kernel), 1.2, "× that in 12 MB", most=True, at=1000)
        for kernel in KERNELS
    ),
    Target("keyness", "keyness of 300,000 terms", seconds("keyness", "keyness"), 0.1, " s", most=True),
    Target("layers", "sentences, one core", speed("layers", "sentence"), 10, " MB/s"),
    Target("saved", "opening a saved corpus", seconds("saved", "open"), 0.05, " s", most=True, at=1000),
    Target("saved", f"first concordance, “{RARE}”", seconds("saved", _RARE), 0.1, " s", most=True, at=1000),
    Target("saved", "size on disk, text aside", on_disk, 2.6, " bytes a byte", most=True),
]
