"""Tokens in Wagtail's menu."""

from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from practices.permissions import publishes_pages

from .screens import api_tokens, webhooks


class TokensMenuItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return publishes_pages(request.user)


@hooks.register("register_admin_menu_item")
def tokens_menu_item() -> MenuItem:
    return TokensMenuItem(_("Ouvrir le site"), reverse("api_tokens"), icon_name="key", order=860)


@hooks.register("register_admin_urls")
def tokens_urls() -> list[URLPattern]:
    return [path("ouvrir/", api_tokens, name="api_tokens"), path("ouvrir/avis/", webhooks, name="webhooks")]
