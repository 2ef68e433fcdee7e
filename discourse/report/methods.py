"""How the numbers of a report were made: general rules in words, with the settings that hold for this study."""

from __future__ import annotations

from collections.abc import Mapping
from inspect import signature
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from discourse.study import Study

# Seeds of what a report draws at random, by what is drawn.
SEEDS: Mapping[str, int] = {}


def methods(study: Study) -> list[tuple[str, str]]:
    """Return what a methods section must state, as pairs of a heading and a few sentences.

    Numbers are computed from the study or read from the package's own settings, so that they cannot grow stale.
    """
    return [
        ("Texts", _texts(study)),
        ("Words", _words()),
        ("Prose", _prose()),
        ("Voices", _voices(study)),
        *([("Frames and names", _frames(study))] if study.codebook.frames or study.codebook.names else []),
        ("Rates and intervals", _intervals()),
        ("Contrasts", _contrasts()),
        ("p values", _p_values()),
        ("Spread, company, likeness", _other_measures()),
        ("Repeated passages and robustness", _robustness()),
        ("Flags", _flags()),
        ("Chance", _chance()),
    ]


def _texts(study: Study) -> str:
    from discourse.tables import corpus_overview

    overview = corpus_overview(study.tokens)
    groups = overview[study.group].astype(str).fillna("").value_counts()
    sizes = ", ".join(f"{name or 'unknown'} {groups[name]}" for name in study.order if name in groups)
    return (
        f"{len(overview):,} document{'s' if len(overview) != 1 else ''}, compared by {study.group} ({sizes}); "
        f"{overview['prose_words'].sum():,} words of prose of {overview['words'].sum():,} words in all."
    )


def _words() -> str:
    return (
        "A word is a run of letters, marks and digits, with the apostrophes, hyphens and dots inside it (well-known, "
        "U.S., 3.74). Case, kinds of apostrophe and hyphen, and possessive ’s are folded; spelling is not, and "
        "nothing is lemmatised. U.S. and US are one word, kept apart from us; the US of US$ counts too, and a comma "
        "parts a number (1,000 is two words). Every total counts all words, function words too; views without them "
        "use a list of English function words that comes with the package. Nodes and patterns of one word are also "
        "found in parts of hyphenated words (Turkish-Russian), the words of frequency tables are not."
    )


def _prose() -> str:
    from discourse.corpus.zones import PROSE, ZONES

    left_out = [zone for zone in ZONES if zone not in PROSE]
    return (
        f"Counted are the zones {', '.join(PROSE[:-1])} and {PROSE[-1]}. {', '.join(left_out[:-1]).capitalize()} and "
        f"{left_out[-1]} stay in the corpus and out of the counts, unless a table names them."
    )


def _voices(study: Study) -> str:
    if study.voices is not None:
        found = study.voices_by or "nobody tells who found them, nor how"
        return (
            f"Not told apart by the rules of the package, but given with the study: {found}. They are the passages of "
            "the table of quotations, each with what decided it; everything else counts as the author’s. Tables count "
            "all voices unless their caption says otherwise."
        )
    return (
        "Told apart by written rules, without a model. Words in quotation marks are quoted where the text names a "
        "source or uses a verb of speech, and marked where it does not (so-called terms, echoes of an earlier "
        "quotation, words held at arm’s length). The clause that a verb of speech or “according to” makes somebody "
        "else’s is reported; thoughts and points of view are not. Names and titles in quotation marks, and everything "
        "else, count as the author’s. The rules err: in reports of real news that they had never seen, some nineteen "
        "words of twenty had the voice that a reader gave them, some five of six stretches of indirect speech and "
        "three of four named speakers were right, by the codes of a language model (docs/voices.md in the package "
        "tells of every set). What depends on a speaker should be read in its sentences; voice_sheet draws words by "
        "whose codes the share of right ones in these texts can be told. Tables count all voices unless their caption "
        "says otherwise."
    )


def _frames(study: Study) -> str:
    from discourse.tables.wording import number

    book = study.codebook
    coder = f" The hits were coded by {study.coded_by}." if study.coded_by else " The study does not say who coded."
    return (
        f"The codebook has {number(len(book.frames), 'frame')}, {number(len(book.actors), 'actor')} and "
        f"{number(len(book.names), 'thing')} with several names. "
        "Each is a list of patterns; inside one the longest match wins, then the leftmost, and no match crosses a "
        "sentence or a zone. One wording may count for two frames. A negated hit is marked as such and counted. A "
        "count says how salient a wording is, never whether the writer endorses it. An actor is agent or target of a "
        "frame only where the pattern itself has a place for it; a hit without one stays unbound, also where a "
        "pronoun stands. Expected co-mentions assume that frame and actor are independent over the group’s sentences; "
        "they and their log odds, which have 0.5 added to each cell, count every sentence with both, bound or not."
        f"{coder if study.coded_hits else ''}"
    )


def _intervals() -> str:
    from discourse.tables.flags import FEW_DOCUMENTS

    return (
        "Rates are hits per 1,000 words of the same cell; shares are of the total beside them. The column interval "
        f"names the method of the limits. In a group of at least {FEW_DOCUMENTS} documents (authors, where they wrote "
        "several) they follow from how much documents differ: the linearised ratio of totals with a quantile of "
        "Student’s t, on a scale of logarithms or log odds, whose coverage was simulated. In smaller groups they are "
        "counting intervals, exact Poisson limits for rates (Garwood 1936) and score limits for shares (Wilson 1927): "
        "they say how fine a count of this size is if words were independent, and nothing about texts that are not "
        "here. A finding says “most often” of a group, and “then” of those after it, only where all limits before lie "
        "above all limits after; groups whose limits overlap stand by falling rate and are not ranked. For limits over "
        "documents that is strict: the limits of a ratio can leave out 1 while those of its two rates still "
        "overlap. For counting limits it is not, since documents differ more than independent words would: those rank "
        "the texts at hand and no outlet."
    )


def _contrasts() -> str:
    from discourse.tables import keyness
    from discourse.tables.contrasts import PRIOR_SHARE

    return (
        "Each group against all others. Shown is what has, on both sides together, at least "
        f"{_default(keyness, 'min_count')} hits in {_default(keyness, 'min_documents')} documents, unless a caption "
        "says otherwise. G2 is the four-cell log-likelihood without continuity correction, natural logarithm, with "
        "the sign of the difference (Dunning 1993). The log ratio is to base 2, with 0.5 for a count of zero and for "
        "no other (Hardie 2014). Where a side has few documents or no hit, its limits at 95 % are Wald limits of the "
        "logarithm (Katz and others 1978), which count these texts only; on the side of a count of zero they are "
        "infinite. Else they are over documents, with the degrees of freedom of Welch (1947), and an author or "
        "document on both sides is one unit. "
        "Log odds, natural logarithm, and their z have an informative Dirichlet prior (Monroe, Colaresi and Quinn "
        f"2008): the pooled counts of both sides, weighing {_percent(PRIOR_SHARE)} of their words."
    )


def _p_values() -> str:
    from discourse.tables.flags import FEW_DOCUMENTS

    return (
        "Documents, or authors who wrote several, are what is sampled, and words are not. p by documents is of the "
        "same t as the limits of the log ratio: below .05 exactly where these leave 0 out. It is withheld where a side "
        f"has fewer than {FEW_DOCUMENTS} documents or no hit, and adjusted over the items of one group (Benjamini and "
        "Hochberg 1995). The p of G2, also withheld there, takes words for independent: it only ranks."
    )


def _other_measures() -> str:
    from discourse.tables import collocates

    left, right = _default(collocates, "window")
    return (
        "Dispersion is the deviation of proportions, DP (Gries 2008), 0 for even, and DPnorm (Lijffijt and Gries "
        f"2012). Collocates stand within {left} words to the left or {right} to the right, at least "
        f"{_default(collocates, 'min_count')} times, across sentences but never across the end of a document, with "
        "the words actually there as the window of the expected counts; beside G2 they have MI in bits (Church and "
        "Hanks 1990), t and logDice (Rychlý 2008). Likeness is the cosine of the counts of content words. Undefined "
        "is shown as a dash, never as zero."
    )


def _robustness() -> str:
    from discourse.corpus import repeated_passages
    from discourse.tables import Choices

    return (
        f"A passage counts as repeated from {_default(repeated_passages, 'min_words')} words on, word for word or "
        f"with a Dice coefficient of its three-word sequences of {_default(repeated_passages, 'min_similarity')} or "
        "more. Headlines are asked again under a declared grid, of which each specification departs from the usual one "
        f"in at most {Choices().together} choices: quotations in or out; without standfirsts and headings, or with "
        "titles and captions; without later copies of repeated passages; hyphenated words as one, as several, or found "
        "as wholes only; capitals kept; English lemmas; rates per word that is no stop word; the codebook without its "
        "most frequent pattern or without exclusions; the rate of all words, the mean of the documents’ rates or the "
        "share of documents with the item; a minimum of hits; without each document, or those on other topics "
        "(Steegen et al. 2016; Simonsohn, Simmons and Nelson 2020). A claim about rates is judged against each other "
        "group, while "
        "the log ratio beside it is against all of them together; for a name it compares shares of the referent’s "
        "mentions. That a group is alone with a name is judged by counts. A tie is no verdict."
    )


def _flags() -> str:
    from discourse.tables.flags import DRIVES_COUNT, DRIVES_SHARE, FEW_DOCUMENTS, LOW_EXPECTED

    return (
        f"Few documents: fewer than {FEW_DOCUMENTS}, or as few authors where they wrote several. One document drives: "
        f"it has more than {_percent(DRIVES_SHARE)} of at least {DRIVES_COUNT} hits. Low expected: fewer than "
        f"{LOW_EXPECTED} hits expected on one side. A row of one group is compared with all other groups together: "
        "topics, dates, and whether leaving out any one document turns the sign of the difference. All others state "
        "facts of the sample."
    )


def _chance() -> str:
    if not SEEDS:
        return "Nothing was drawn at random."
    return f"Draws start from fixed seeds: {', '.join(f'{name} {seed}' for name, seed in SEEDS.items())}."


def _percent(share: float) -> str:
    return f"{100 * share:g} %"


def _default(function: Any, parameter: str) -> Any:
    return signature(function).parameters[parameter].default
