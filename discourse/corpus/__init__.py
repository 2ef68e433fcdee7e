"""What was written: documents, their zones, the readers, and passages that repeat."""

from discourse.corpus.documents import Corpus
from discourse.corpus.passages import later_copies, repeated_passages
from discourse.corpus.readers import read_corpus
from discourse.corpus.zones import PROSE, ZONES

__all__ = ["PROSE", "ZONES", "Corpus", "later_copies", "read_corpus", "repeated_passages"]
