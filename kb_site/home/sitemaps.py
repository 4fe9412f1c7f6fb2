"""The sitemap: what a visitor may read."""

import datetime

from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap
from wagtail.models import Page

from practices.models import DossierPage, PracticePage, ResourcePage, ToolPage

from .models import TextPage


class PublicPages(Sitemap[Page]):
    def items(self) -> list[Page]:
        findable = [
            page
            for model in (PracticePage, ToolPage, ResourcePage, DossierPage)
            for page in model.objects.visible_to(AnonymousUser()).order_by("pk")
        ]
        return [*findable, *TextPage.objects.live().public().order_by("pk")]

    def location(self, page: Page) -> str:
        return page.get_url() or "/"

    def lastmod(self, page: Page) -> datetime.datetime | None:
        return page.last_published_at
