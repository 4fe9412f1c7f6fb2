"""What a link to the first page or to a page of text shows of it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from kb_site.identity.face import face
from kb_site.sharing.kinds import Shared, ShareKind, register
from kb_site.sharing.structured_data import publisher
from practices.models.visibility import VisiblePage
from practices.sharing import path_of, public_pages

from .models import HomePage, TextPage


def _home(page: HomePage) -> Shared:
    words = _("Les pratiques d’accompagnement des structures d’insertion, partagées et vérifiées.")
    site = {"@type": "WebSite", "name": face().name, "url": publisher()["url"], "inLanguage": "fr"}
    return Shared(
        title=page.title,
        summary=page.introduction or words,
        path="/",
        label=_("Pratiques d’accompagnement"),
        structured=[site],
    )


def _text(page: TextPage) -> Shared:
    return Shared(title=page.title, summary=page.summary, path=path_of(page), label=face().name)


KINDS: tuple[tuple[str, type[VisiblePage], Callable[[Any], Shared]], ...] = (
    ("accueil", HomePage, _home),
    ("page", TextPage, _text),
)
for name, model, describe in KINDS:
    public = partial(public_pages, model)
    register(
        ShareKind(name, model, public, describe, VisiblePage.is_visible_to_all, path_of, changed="last_published_at")
    )
