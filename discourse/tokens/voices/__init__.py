"""Who is speaking: passages in quotation marks, indirect speech, and whose words they are."""

__all__: list[str] = []
