"""What was written: documents, their zones, the readers, and passages that repeat."""

from discourse.corpus.blocks import Block, id_hashes, reasons, without
from discourse.corpus.documents import Corpus
from discourse.corpus.passages import later_copies, repeated_passages
from discourse.corpus.planning import plan
from discourse.corpus.readers import read_corpus
from discourse.corpus.zones import PROSE, ZONES

__all__ = ["PROSE", "ZONES", "Block", "Corpus", "id_hashes", "later_copies", "plan", "read_corpus",
           "reasons", "repeated_passages", "without"]
