"""Measure the CPU of pages (web and database), against a bare Django view in the same interleaved run."""

import contextlib
import statistics
import time
from collections.abc import Callable
from typing import Any

import psutil
from django.conf import settings
from django.core.cache import caches
from django.core.handlers.wsgi import WSGIHandler
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import override_settings
from django.urls import reverse

from exchange_groups.models import Topic
from kb_site.accounts.models import User
from practices.models import PracticePage

ROUNDS, EACH = 5, 40
MEMBER = "membre@example.org"


def _session_of(email: str) -> str:
    browser = Client()
    browser.force_login(User.objects.get(email=email))
    return browser.cookies[settings.SESSION_COOKIE_NAME].value


class Command(BaseCommand):
    help = "Mesure le temps processeur des pages (site et base), en rapport à une vue Django nue, dans la même série."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--rounds", type=int, default=ROUNDS)

    def handle(self, *args: Any, rounds: int, **options: Any) -> None:
        card = PracticePage.objects.live().order_by("pk").first()
        topic = Topic.objects.visible_to(User.objects.get(email=MEMBER)).order_by("-reply_count").first()
        if card is None or topic is None:
            raise CommandError("Chargez d’abord le contenu d’exemple : manage.py load_sample_content.")
        member = f"{settings.SESSION_COOKIE_NAME}={_session_of(MEMBER)}"
        pages = {
            "Vue Django nue": self._bare(),
            "Fiche, visiteur, page gardée": self._page(card.url),
            "Fiche, visiteur": self._page(card.url, afresh=True),
            "Fiche, membre": self._page(card.url, cookie=member),
            "Liste des pratiques, visiteur": self._page(reverse("practice_list"), afresh=True),
            "Recherche, visiteur": self._page(reverse("search") + "?q=que+faire+sans+wifi"),
            f"Sujet de {topic.reply_count} réponses, membre": self._page(topic.get_absolute_url(), cookie=member),
        }
        self._print(self._measure(pages, rounds))

    @staticmethod
    def _bare() -> Callable[[], None]:
        with override_settings(MIDDLEWARE=[]):
            handler = WSGIHandler()
        environ = RequestFactory().get(reverse("healthz")).environ
        return lambda: _answer(handler, environ)

    @staticmethod
    def _page(address: str, *, cookie: str = "", afresh: bool = False) -> Callable[[], None]:
        """Return what asks for a page once; `afresh`: as if no page had been kept."""
        handler = WSGIHandler()
        environ = RequestFactory().get(address).environ | {
            "HTTP_COOKIE": cookie, "HTTP_ACCEPT_ENCODING": "gzip", "HTTP_HOST": "127.0.0.1"
        }  # fmt: skip

        def ask() -> None:
            if afresh:
                caches["pages"].clear()
            _answer(handler, environ)

        return ask

    @staticmethod
    def _measure(pages: dict[str, Callable[[], None]], rounds: int) -> dict[str, list[float]]:
        """Return for each page the milliseconds of CPU of one answer, a figure a round, the pages taking turns."""
        found: dict[str, list[float]] = {name: [] for name in pages}
        for _round in range(rounds):
            for name, ask in pages.items():
                ask()  # what the page before left out of the caches is not counted to this one
                web, database = time.process_time(), _database_seconds()
                for _time in range(EACH):
                    ask()
                spent = time.process_time() - web + _database_seconds() - database
                found[name].append(spent / EACH * 1000)
        return found

    def _print(self, found: dict[str, list[float]]) -> None:
        anchor = statistics.median(found["Vue Django nue"])
        self.stdout.write(f"{'CPU d’une réponse (site et base)':44}{'ms':>8}{'× vue nue':>12}")
        for name, figures in found.items():
            median = statistics.median(figures)
            self.stdout.write(f"{name:44}{median:8.2f}{median / anchor:12.1f}")


def _answer(handler: WSGIHandler, environ: dict[str, Any]) -> None:
    status: list[str] = []
    response = handler(dict(environ), lambda code, *_headers: status.append(code))  # type: ignore[arg-type,return-value,func-returns-value]
    b"".join(response)
    response.close()
    if not status[0].startswith("200"):
        raise CommandError(f"{environ['PATH_INFO']} : {status[0]}")


def _database_seconds() -> float:
    """Return the CPU of this connection's server process; 0 when the server is on another machine."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (number,) = cursor.fetchone() or (0,)
    with contextlib.suppress(psutil.Error):
        times = psutil.Process(number).cpu_times()
        return float(times.user + times.system)
    return 0.0
