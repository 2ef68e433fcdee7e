"""How varied the vocabulary of texts is: many texts at once, as one stream of word numbers and the borders in it.

Everywhere: `ids` one whole number a word, the same for the same word, in the order of the text; `offsets` where each
text begins, and the end (one more than there are texts). Without offsets the stream is one text, the result one number.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from discourse._errors import choose
from discourse.measures._inputs import Floats

Ints = NDArray[np.int64]
AHEAD = 64  # words that are looked at when a factor begins; four times as many where it has not ended in them
AT_ONCE = 1 << 18  # words of all texts together that are looked at
SIDE_BY_SIDE = 16  # from so many texts on that costs less than one after the other


@dataclass(frozen=True)
class Stream:
    """Texts as word numbers: the text of each word, the place of the same word before (-1), and the borders."""

    ids: Ints
    offsets: Ints
    single: bool

    @property
    def lengths(self) -> Ints:
        """Return the words of each text."""
        return np.diff(self.offsets)

    @property
    def texts(self) -> Ints:
        """Return the number of the text of each word."""
        return np.repeat(np.arange(self.lengths.size), self.lengths)

    def before(self) -> Ints:
        """Return, for each word, the place in the stream where it stood last in its text, -1 where it is new."""
        earlier, later = self._neighbours()
        places = np.full(self.ids.size, -1, dtype=np.int64)
        places[later] = earlier
        return places

    def after(self) -> Ints:
        """Return, for each word, the place where it stands next in its text, -1 where it does not."""
        earlier, later = self._neighbours()
        places = np.full(self.ids.size, -1, dtype=np.int64)
        places[earlier] = later
        return places

    def _neighbours(self) -> tuple[Ints, Ints]:
        """Return the places of a word and of the same word where it stands next in its text."""
        order, texts = _order(self.ids), self.texts
        earlier, later = order[:-1], order[1:]
        same = (self.ids[earlier] == self.ids[later]) & (texts[earlier] == texts[later])
        return earlier[same], later[same]

    def frequencies(self) -> tuple[Ints, Ints]:
        """Return the frequency of each different word of each text, and the number of its text."""
        order = np.lexsort((self.ids, self.texts))
        ids, texts = self.ids[order], self.texts[order]
        first = np.flatnonzero(np.append(True, (ids[1:] != ids[:-1]) | (texts[1:] != texts[:-1]))[: ids.size])
        return np.diff(np.append(first, ids.size)), texts[first]

    def result(self, values: Floats) -> Floats:
        """Return one number a text, or the number of the only one."""
        return values[0] if self.single else values


def _order(ids: Ints) -> Ints:
    """Return the places of equal numbers side by side, in the order of the stream."""
    # Numbers of 16 bits are sorted without comparing them.
    order = np.argsort((ids & 0xFFFF).astype(np.uint16), kind="stable")
    high = ids >> 16
    return order[np.argsort(high[order], kind="stable")] if high.any() else order


def _stream(ids: ArrayLike, offsets: ArrayLike | None) -> Stream:
    """Check ids and offsets.

    Raises:
        ValueError: ids are no whole numbers in a row, or offsets do not cut them.
    """
    words = np.asarray(ids)
    if words.ndim != 1 or (words.size and (words != np.floor(words)).any()):
        raise ValueError("ids must be whole numbers in one dimension; got others. Number the words of the text first.")
    borders = np.array([0, words.size]) if offsets is None else np.asarray(offsets)
    rising = borders.ndim == 1 and borders.size > 0 and (np.diff(borders) >= 0).all()
    if not rising or borders[0] != 0 or borders[-1] != words.size:
        raise ValueError(
            f"offsets must rise from 0 to the number of words, {words.size}; got others. "
            "Pass where each text begins, and the end."
        )
    return Stream(words.astype(np.int64), borders.astype(np.int64), offsets is None)


def type_token_ratio(ids: ArrayLike, offsets: ArrayLike | None = None) -> Floats:
    """Divide the different words of a text by all its words: TTR.

    It falls with the length of the text: compare texts of one length, or use `mattr`, `mtld` or `hdd`.

    Args:
        ids: one whole number a word, equal for equal words.
        offsets: where each text begins in ids, and the end; None: one text.

    Returns:
        One number per text in (0, 1]: 1 = no word twice. `nan` where a text has no words.

    Raises:
        ValueError: ids or offsets are no words and borders.

    Source: Johnson (1944), Psychological Monographs 56(2).

    >>> float(type_token_ratio([1, 2, 1, 3]))
    0.75
    """
    stream = _stream(ids, offsets)
    new = np.bincount(stream.texts[stream.before() < 0], minlength=stream.lengths.size)
    return stream.result(new / np.where(stream.lengths > 0, stream.lengths, np.nan))


def mattr(ids: ArrayLike, offsets: ArrayLike | None = None, *, window: int = 50, short: str = "nan") -> Floats:
    """Average the type-token ratio over all windows of one length: the moving-average TTR.

    Mean of types / window over the windows that begin at each word and fit into the text. Computed at once: a word
    counts in each window in which it is the first of its kind.

    Args:
        ids: one whole number a word, equal for equal words.
        offsets: where each text begins in ids, and the end; None: one text.
        window: words of a window.
        short: what a text with fewer words gets: `nan`, or the TTR of the `whole` text (quanteda), which is higher.

    Returns:
        One number per text in (0, 1]: 1 = no word twice within a window. `nan` where a text is shorter than the
        window (or, with `whole`, empty).

    Raises:
        ValueError: ids or offsets are no words and borders, the window is below 1, or the option is unknown.

    Source: Covington and McFall (2010), Journal of Quantitative Linguistics 17(2).

    >>> round(float(mattr([1, 1, 2, 1, 1, 2, 1], window=2)), 4)
    0.8333
    """
    choose("short", short, ["nan", "whole"])
    if window < 1:
        raise ValueError(f"window must be 1 or more; got {window}. The usual length is 50 words.")
    stream = _stream(ids, offsets)
    texts, lengths = stream.texts, stream.lengths
    place = np.arange(stream.ids.size) - stream.offsets[texts]
    before = np.where(stream.before() < 0, -1, stream.before() - stream.offsets[texts])
    # The windows that hold a word begin from window - 1 words before it to itself; those from `before` on do not count.
    earliest = np.maximum(place - window + 1, before + 1)
    latest = np.minimum(place, (lengths - window)[texts])
    first = np.bincount(texts, weights=np.maximum(latest - np.maximum(earliest, 0) + 1, 0), minlength=lengths.size)
    windows = lengths - window + 1
    average = first / window / np.where(windows > 0, windows, np.nan)
    if short == "whole":
        average = np.where(windows > 0, average, type_token_ratio(stream.ids, stream.offsets))
    return stream.result(average)


def _factors(before: Ints, offsets: Ints, bounds: Ints, threshold: float) -> Floats:
    """Count the stretches of each text in which the type-token ratio falls to the threshold, the rest in part.

    Args:
        before: the place in the stream where each word stood last in its text, -1 where it is new.
        offsets: where each text begins, and the end.
        bounds: the types with which a stretch of 1, 2, … words ends.
        threshold: the ratio that these follow from.
    """
    if len(offsets) > SIDE_BY_SIDE:
        return _factors_side_by_side(before, offsets, bounds, threshold)
    texts = [(before[begin:end], begin) for begin, end in pairwise(offsets.tolist())]
    return np.array([_factors_of_one(own - begin, bounds, threshold) for own, begin in texts], np.float64)


def _factors_of_one(before: Ints, bounds: Ints, threshold: float) -> float:
    start, count, ahead = 0, 0.0, AHEAD
    while start < before.size:
        types = np.cumsum(before[start : start + ahead] < start)
        low = types <= bounds[: types.size]
        end = int(low.argmax())
        if low[end]:
            start, count, ahead = start + end + 1, count + 1, AHEAD
        elif start + ahead < before.size:
            ahead *= 4
        else:
            return count + float(1 - types[-1] / types.size) / (1 - threshold)
    return count


def _factors_side_by_side(before: Ints, offsets: Ints, bounds: Ints, threshold: float) -> Floats:
    """Count factors of many texts, one of each text at a time; texts whose factor is longer wait for the others."""
    start, last, count = offsets[:-1].copy(), offsets[1:], np.zeros(len(offsets) - 1)
    ahead = np.full(len(start), min(AHEAD, len(bounds)))
    going = np.flatnonzero(start < last)
    while going.size:
        width = int(ahead[going].min())
        rows = going[ahead[going] == width][: max(AT_ONCE // width, 1)]
        types, end, found = _next_end(before, start[rows], last[rows] - start[rows], bounds[:width])
        over = ~found & (start[rows] + width >= last[rows])
        rest, words = rows[over], (last - start)[rows[over]]
        count[rest] += (1 - types[over] / words) / (1 - threshold)
        count[rows[found]] += 1
        start[rows[found]] += end[found] + 1
        start[rest] = last[rest]
        ahead[rows] = np.minimum(np.where(found, AHEAD, 4 * width), len(bounds))
        going = going[start[going] < last[going]]
    return count


def _next_end(before: Ints, start: Ints, left: Ints, bounds: Ints) -> tuple[Ints, Ints, NDArray[np.bool_]]:
    """Look at as many words from each start as there are bounds, or are left in its text.

    Returns:
        Types of these words; the word at which a factor ends first; and whether there is one.
    """
    reach = np.arange(bounds.size)
    inside = reach < left[:, None]
    place = np.minimum(start[:, None] + reach, before.size - 1)
    types = np.cumsum((before[place] < start[:, None]) & inside, axis=1)
    low = (types <= bounds) & inside
    end = low.argmax(axis=1)
    return types[:, -1], end, low[np.arange(len(end)), end]


def _bounds(longest: int, threshold: float, *, at: bool, least: int) -> Ints:
    """Return for stretches of 1, 2, … words the most types whose ratio ends a factor, -1 where none does."""
    words = np.arange(1, longest + 1)
    # The product may be off by a last bit either way: the quotient decides, as it does word by word.
    most: Ints = np.floor(threshold * words).astype(np.int64) + 1
    for _ in range(2):
        ratio = most / words
        most -= ~((ratio <= threshold) if at else (ratio < threshold))
    most[: least - 1] = -1
    return most


def mtld(
    ids: ArrayLike,
    offsets: ArrayLike | None = None,
    *,
    threshold: float = 0.72,
    ends: str = "at_or_below",
    min_words: int = 1,
) -> Floats:
    """Give the mean number of words in a row that keep the type-token ratio up: MTLD.

    Words / factors, a factor being a stretch after which the running type-token ratio has fallen to the threshold; the
    rest of the text counts (1 - its ratio) / (1 - threshold). Averaged over the text forwards and backwards.

    Args:
        ids: one whole number a word, equal for equal words.
        offsets: where each text begins in ids, and the end; None: one text.
        threshold: the ratio at which a factor ends, between 0 and 1.
        ends: `at_or_below` the threshold (the Python packages) or `below` it (koRpus).
        min_words: words that a factor has at the least: 1, or 10 as in TAALED.

    Returns:
        Words, one number per text; higher is more varied. `inf` where no word comes twice, `nan` where a text has no
        words; unreliable below 100 words.

    Raises:
        ValueError: ids or offsets are no words and borders, the threshold lies outside (0, 1), min_words is below 1,
            or the option is unknown.

    Source: McCarthy and Jarvis (2010), Behavior Research Methods 42(2).

    >>> float(mtld([1, 2, 1, 2, 1, 2, 1, 2]))
    4.0
    """
    choose("ends", ends, ["at_or_below", "below"])
    if not 0 < threshold < 1:
        raise ValueError(f"threshold must lie between 0 and 1; got {threshold:g}. The usual one is 0.72.")
    if min_words < 1:
        raise ValueError(f"min_words must be 1 or more; got {min_words}. Pass the least words of a factor.")
    stream = _stream(ids, offsets)
    bounds = _bounds(int(stream.lengths.max(initial=1)), threshold, at=ends == "at_or_below", least=min_words)
    after, last = stream.after()[::-1], stream.ids.size - 1
    there, back = stream.offsets, last + 1 - stream.offsets[::-1]
    forwards = _factors(stream.before(), there, bounds, threshold)
    backwards = _factors(np.where(after < 0, -1, last - after), back, bounds, threshold)[::-1]
    lengths = np.where(stream.lengths > 0, stream.lengths, np.nan)
    with np.errstate(divide="ignore"):
        return stream.result((lengths / forwards + lengths / backwards) / 2)


def hdd(ids: ArrayLike, offsets: ArrayLike | None = None, *, sample: int = 42) -> Floats:
    """Give the type-token ratio that random samples of one size would have on average: HD-D.

    Σ over types of (1 - P(no hit of the type in a sample)) / sample, the probability hypergeometric (without
    replacement). The order of the words plays no role.

    Args:
        ids: one whole number a word, equal for equal words.
        offsets: where each text begins in ids, and the end; None: one text.
        sample: words of a sample.

    Returns:
        One number per text in (0, 1]: 1 = no word twice. `nan` where a text is shorter than the sample.

    Raises:
        ValueError: ids or offsets are no words and borders, or the sample is below 1.

    Source: McCarthy and Jarvis (2007), Language Testing 24(4), p. 465.

    >>> round(float(hdd([1, 1, 2, 3], sample=2)), 4)
    0.9167
    """
    if sample < 1:
        raise ValueError(f"sample must be 1 or more; got {sample}. The usual size is 42 words.")
    stream = _stream(ids, offsets)
    frequencies, texts = stream.frequencies()
    words = stream.lengths[texts]
    absent = np.ones(frequencies.size)
    for drawn in range(sample):
        absent *= np.maximum(words - frequencies - drawn, 0) / np.maximum(words - drawn, 1)
    types = np.bincount(texts, weights=1 - absent, minlength=stream.lengths.size)
    # The probabilities add up to the sample at the most; rounding could pass it.
    return stream.result(np.where(stream.lengths >= sample, np.minimum(types / sample, 1), np.nan))


def yule_k(ids: ArrayLike, offsets: ArrayLike | None = None) -> Floats:
    """Measure how often words repeat themselves: Yule's characteristic K.

    10⁴ (Σ f² - N) / N² over the frequencies f of the different words of a text of N words; 10⁴ times nearly the
    probability that two words drawn are the same. Hardly dependent on the length of the text.

    Args:
        ids: one whole number a word, equal for equal words.
        offsets: where each text begins in ids, and the end; None: one text.

    Returns:
        One number per text, ≥ 0: 0 = no word twice, **higher = more repetition**, so less diversity. `nan` where a
        text has no words.

    Raises:
        ValueError: ids or offsets are no words and borders.

    Source: Yule (1944), The statistical study of literary vocabulary; Tweedie and Baayen (1998), eq. 16.

    >>> float(yule_k([1, 1, 2, 3]))
    1250.0
    """
    stream = _stream(ids, offsets)
    frequencies, texts = stream.frequencies()
    squares = np.bincount(texts, weights=frequencies.astype(np.float64) ** 2, minlength=stream.lengths.size)
    words = np.where(stream.lengths > 0, stream.lengths, np.nan)
    return stream.result(1e4 * (squares - words) / words**2)
