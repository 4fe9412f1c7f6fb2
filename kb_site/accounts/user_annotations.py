"""What is read with the account of a session, in its one query: what every page shows of a person costs no other."""

from typing import Any

_annotations: dict[str, Any] = {}


def read_with_account(**annotations: Any) -> None:
    """Add expressions over the account (OuterRef("pk")), under the names by which pages ask the account for them."""
    _annotations.update(annotations)


def annotations() -> dict[str, Any]:
    """Return the expressions that apps added, by name."""
    return _annotations
