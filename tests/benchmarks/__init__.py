"""How fast, beside what others do with the same text: `make bench`. Nothing here is timed by the tests."""
