"""Before a site is opened: `manage.py check --deploy --database default` refuses what the law asks and nobody wrote."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError

from kb_site.home.blanks import blank_pages
from kb_site.identity.face import face

from .publisher import lacking


@register(Tags.database, deploy=True)
def legal_notice_is_written(
    app_configs: Any = None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Refuse a site that answers for nothing: identity without publisher, host or contact; pages with a blank."""
    if settings.DEMO or not databases:
        return []
    try:
        missing, blank = lacking(face()), [page.title for page in blank_pages()]
    except DatabaseError:
        return []  # no table yet: what runs the migrations is not stopped by what comes after them
    found: list[CheckMessage] = []
    if missing:
        words = f"Les mentions légales sont incomplètes : {', '.join(missing)}."
        found.append(Error(words, hint="Wagtail → Réglages → « Identité du site ».", id="compliance.E001"))
    if blank:
        words = f"Il reste un blanc dans : {', '.join(blank)}."
        found.append(Error(words, hint="Complétez-les dans l’édition, puis publiez.", id="compliance.E002"))
    return found
