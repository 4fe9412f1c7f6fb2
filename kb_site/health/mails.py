"""The mail to administrators when something is not well."""

from typing import Any

from kb_site.mailing.compose import Mail

from .checks import examine


def site_unwell(*, to: Any) -> Mail | None:
    """What is not well when the mail leaves; nothing when all is well again."""
    unwell = [(check.label, found.words, found.advice) for check, found in examine() if not found.is_well]
    return Mail("site_unwell", {"unwell": unwell}) if unwell and to.is_superuser else None
