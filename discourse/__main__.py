"""`python -m discourse` is the `discourse` command."""

from discourse.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
