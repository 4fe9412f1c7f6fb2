"""The demonstration's accounts and their published password (settings.DEMO; refused elsewhere, see backends.py)."""

import tomllib
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

DEMO_PASSWORD = "insertion-demo"  # noqa: S105 - published on purpose

KINDS = {
    "member": _("Membre"),
    "partner": _("Partenaire institutionnel"),
    "facilitator": _("Animation"),
    "editor": _("Édition"),
    "coordinator": _("Coordination"),
    "admin": _("Administration"),
}


@cache
def demo_accounts() -> list[tuple[str, Any]]:
    """Return the address and the role of each sample account; none when the sample content is not there."""
    path = settings.BASE_DIR / "fixtures" / "accounts.toml"
    if not path.exists():
        return []
    rows = tomllib.loads(path.read_text("utf-8"))["accounts"]
    waiting = _("En attente de validation")
    return [(row["email"], KINDS[row["group"]] if row["status"] == "approved" else waiting) for row in rows]
