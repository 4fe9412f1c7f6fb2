"""Archive or replace, in the editing screens; what the history says of it."""

from collections.abc import Iterator
from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button

from ..log_sentences import register_sentences
from ..models import PracticePage
from .views import end_card


@hooks.register("register_admin_urls")
def urls() -> list[Any]:
    return [path("fiches/<int:card_id>/archiver/", end_card, name="end_card")]


@hooks.register("register_page_header_buttons")
def header_button(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    if isinstance(page, PracticePage) and page.live and page.permissions_for_user(user).can_unpublish():
        yield Button(_("Archiver ou remplacer"), reverse("end_card", args=[page.pk]), icon_name="history", priority=60)


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    register_sentences(
        actions,
        ("lifespan.archive", _("Archivage"), _("Archivée : « %(reason)s »")),
        ("lifespan.replace", _("Remplacement"), _("Remplacée par « %(replacement)s » : « %(reason)s »")),
        ("lifespan.replaces", _("Remplacement"), _("Remplace « %(replaced)s »")),
    )
