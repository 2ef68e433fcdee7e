"""Frame contrasts between outlets and authors."""
