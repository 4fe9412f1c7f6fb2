"""The sitemap: what a visitor may read."""

import datetime

from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap
from wagtail.models import Page

from exchange_groups.minutes.models import Minutes
from exchange_groups.sessions.choices import SessionState
from exchange_groups.sessions.models import Session
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


class PublicSessions(Sitemap[Session]):
    """Sessions that a visitor may know of, cancelled ones left out."""

    def items(self) -> list[Session]:
        sessions = Session.objects.visible_to(AnonymousUser()).exclude(state=SessionState.CANCELLED)
        return list(sessions.order_by("pk"))

    def location(self, session: Session) -> str:
        return session.get_absolute_url()


class PublicMinutes(Sitemap[Minutes]):
    """The public versions of minutes."""

    def items(self) -> list[Minutes]:
        return list(Minutes.objects.public().order_by("pk"))

    def location(self, minutes: Minutes) -> str:
        return minutes.get_public_url()

    def lastmod(self, minutes: Minutes) -> datetime.datetime | None:
        return minutes.public_at
