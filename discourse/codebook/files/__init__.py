"""Codebooks in files: our own, and those of other programs."""

__all__: list[str] = []
