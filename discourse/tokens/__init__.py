"""Encoded once: where each token is, which type it is, and what holds there."""

from discourse.tokens.encoded import LAYERS, Encoded, check_encoded
from discourse.tokens.layers import Layer
from discourse.tokens.shards import Shards, open_tokens
from discourse.tokens.store import Tokens, tokenize
from discourse.tokens.types import fold
from discourse.tokens.voices.spans import voice_spans

__all__ = [
    "LAYERS",
    "Encoded",
    "Layer",
    "Shards",
    "Tokens",
    "check_encoded",
    "fold",
    "open_tokens",
    "tokenize",
    "voice_spans",
]
