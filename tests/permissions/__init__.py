"""The permission matrix, one module per room: what each role gets at each address, for reading and for writing.

A new address is a line of its room:

    "propose": Door("/proposer/", APPROVED, post=everyone(422, visitor=302, attente=403)),

A module holds `DOORS` (name of the address → Door) and `ELSEWHERE` (names whose rights are tested where their behaviour
is, because they need an object of their own). tests/test_permissions.py fails when an address is in neither.
"""

from collections.abc import Callable
from dataclasses import dataclass

ROLES = [None, "attente", "membre", "partenaire", "animation", "edition", "coordination", "admin"]
Statuses = dict[str | None, int]


def everyone(status: int, **other: int) -> Statuses:
    """Return this status for every role, except those named (visitor=… is the role None)."""
    if "visitor" in other:
        return dict.fromkeys(ROLES, status) | {None: other.pop("visitor")} | other
    return dict.fromkeys(ROLES, status) | other


def only(*roles: str, status: int = 200) -> Statuses:
    """Return this status for these roles; a visitor is sent to sign in (302), the others are refused (403)."""
    return everyone(403, visitor=302, **dict.fromkeys(roles, status))


OPEN = everyone(200)
SIGNED_IN = everyone(200, visitor=302)
APPROVED = everyone(200, visitor=302, attente=403)
PREPARING = (
    SIGNED_IN  # members, and those who wait to be: refused and detached accounts are in tests/accounts/test_waiting.py
)
NOT_ALLOWED = everyone(405)
BUTTON = everyone(302)  # reading the address of a button leads to the page that holds it


@dataclass(frozen=True)
class Door:
    """An address, and the status that each role gets when reading it and when posting an empty form to it."""

    address: str | Callable[[], str]  # a function where it names an object of the sample site
    get: Statuses
    post: Statuses | None = None  # None: 405 for everyone
