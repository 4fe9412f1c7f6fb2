"""The bar of facilitators prepares the session shown, or goes on with it while it is held."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kb_site.role_bar import BarLink, register

from .models import Session


def _session(user: Any, shown: Any) -> Iterator[BarLink]:
    session = shown.get("session")
    if isinstance(session, Session) and session.group.slug in getattr(user, "led_groups", ()):
        yield BarLink(_("Modifier la séance"), reverse("session_edit", args=[session.pk, session.slug]))


register("modifier-la-seance", _session, order=12)
