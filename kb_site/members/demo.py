"""The demonstration's published password (settings.DEMO; refused elsewhere, see backends.py)."""

DEMO_PASSWORD = "insertion-demo"  # noqa: S105 - published on purpose
