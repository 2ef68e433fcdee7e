"""What is measured, and what was asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from . import counting, dictionaries, finding, memory, saving, scoring
from .contenders import Contender
from .texts import Text


@dataclass(frozen=True)
class Task:
    """A piece of work that all its contenders do.

    Attributes:
        title: heading of its table.
        build: its contenders, for a text.
        note: what a reader must know to judge the comparison.
        rate: what else is told of each contender, see `page.RATES`.
    """

    title: str
    build: Callable[[Text], list[Contender]]
    note: str
    rate: str = "MB/s"


TASKS = {
    "matrix": Task(
        "Tokens and document-term matrix",
        counting.matrix,
        "`tokenize` and `term_counts`. “Our tokens” is a regular expression that finds the same words in the text put "
        "into lower case. The peers skip punctuation, which we encode too, and keep no offsets. We count “nation’s” as "
        "“nation”, hence fewer distinct terms.",
    ),
    "bigrams": Task(
        "Pairs of words from text",
        counting.bigrams,
        "`term_counts(ngram=2)`. Our pairs end at punctuation and at sentences, which have to be found first; those of "
        "`CountVectorizer` run on, so it counts more of them.",
    ),
    "concordance": Task(
        f"All lines of “{finding.WORD}”",
        finding.lines,
        f"`concordance` from the encoded corpus, {finding.WIDTH} words a side, each line with its voice, zone and "
        f"document. `re` cuts {finding.CHARACTERS} characters a side and knows no words; that it finds a literal much "
        "faster is little known. `nltk.Text` finds whole tokens (no possessives, no parts of hyphenated words), "
        "hence fewer lines.",
        "",
    ),
    "phrases": Task(
        "Fifty phrases with wildcards",
        finding.found_phrases,
        "`frame_counts` (each phrase a frame) and `hits` (a row a hit, with sentence and voice), from the encoded "
        "corpus and from text. One alternation of `re` gives places only, and where phrases overlap only the first.",
    ),
    "patterns": Task(
        "Fifty and a thousand patterns",
        dictionaries.dictionary,
        f"The first {dictionaries.TOKENS / 1e6:.0f} million tokens (or all), encoded before. Patterns as dictionaries "
        "have them, drawn with a seed: half of them words, a quarter words with a wildcard, a quarter phrases that "
        "begin and end with words that mean something; each is a frame. The time follows what is found, and a thousand "
        "find many times as much as the first fifty: the fifty of them that are found most often are shown as well. "
        "Phrases of running text are no dictionary: nearly all have words such as *the* and *of*, which stand "
        "everywhere; they show the most that matching costs.",
        "",
    ),
    "encoding": Task(
        "Text to ids and offsets",
        counting.encoding,
        "`tokenize` alone, with its table of types. The loop in C has one thread, takes every byte above 127 for a "
        "letter, has its memory ready, and tells the fastest of three passes. `wc -w` is timed with the start of its "
        "process.",
    ),
    "memory": Task(
        "Peak memory of encoding",
        memory.peaks,
        "Each in a process of its own, above where it stood with the text in memory; the last one reads a file and is "
        "told in all, with Python and its libraries. The blocks in work take the same for every text, so they weigh "
        "most in the smallest. The time is that of the process.",
        "bytes a byte",
    ),
    "growth": Task(
        "Cost of a word in more text",
        counting.growth,
        "`tokenize` and `term_counts`, one size after the other in each round.",
        "ns a word",
    ),
    "keyness": Task(
        "Keyness of 300,000 terms",
        scoring.key_terms,
        "From counts made after Zipf’s law: two groups of ten documents, ten million words, every term shown.",
        "",
    ),
    "layers": Task(
        "Sentences and voices",
        saving.layers,
        "One core, right after encoding, which is not timed.",
    ),
    "saved": Task(
        "A saved corpus",
        saving.saved,
        "The files are in the memory of the system, as they are after saving. “First” is the first question to a "
        "corpus just opened.",
        "bytes a byte",
    ),
}
