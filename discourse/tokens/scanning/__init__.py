"""Text cut into tokens: one contract, two kernels."""

__all__: list[str] = []
