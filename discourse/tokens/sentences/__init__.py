"""Where sentences begin: the rule, and the same at the speed of the scan."""

__all__: list[str] = []
