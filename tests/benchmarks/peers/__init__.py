"""The same work in packages that others wrote, each in a process of its own and in an environment of its own."""
