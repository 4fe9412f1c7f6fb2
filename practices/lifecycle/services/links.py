"""Find the addresses of published pages, check them politely, call broken only what failed for days."""

import datetime
import time
from collections.abc import Callable
from itertools import groupby
from urllib.parse import urldefrag, urlsplit
from urllib.robotparser import RobotFileParser

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from kb_site.facts.models import Fact

from ...models import DossierPage, OrientationPage, PracticePage, ResourcePage, ToolPage
from ..link_extraction import addresses_of
from ..link_fetching import Answer, Forbidden, MayReach, Unreachable, fetch, is_public
from ..models.links import ExternalLink, LinkUse

WEEK = datetime.timedelta(days=7)
RETRY_AFTER = datetime.timedelta(days=1)
BROKEN_AFTER = 3  # failures, a day apart
PAUSE = 2.0  # seconds between two requests to the same host
ROUND = 40  # links in one round
ROUND_SECONDS = 60.0  # a round gives the worker back to the mails; the rest waits for the next
ROBOTS_NAME = "PasseRelaisLiens"
REDIRECT_FROM, ERROR_FROM, SERVER_ERROR_FROM = 300, 400, 500
# « Not to you » is not « gone »: the page may well be there for a person.
REFUSALS = {401, 403, 405, 406, 407, 418, 429, 451, 999}
HEAD_UNKNOWN = {400, 403, 404, 405, 406, 501, 503}
CHECKED_MODELS: tuple[type[Page], ...] = (PracticePage, ToolPage, ResourcePage, DossierPage, OrientationPage)


def user_agent() -> str:
    """Say who asks, and where to complain."""
    return f"{ROBOTS_NAME}/1.0 (+{settings.SITE_URL}/a-propos/)"


def refresh_links() -> int:
    """Bring the list of addresses in line with the published pages and the sources of facts; return how many there are."""
    now = timezone.now()
    held: dict[str, set[int]] = {}
    for model in CHECKED_MODELS:
        for page in model.objects.live().iterator(chunk_size=200):
            for address in addresses_of(page):
                held.setdefault(address, set()).add(page.pk)
    for address in Fact.objects.values_list("source_url", flat=True):
        held.setdefault(urldefrag(address).url, set())
    with transaction.atomic():
        ExternalLink.objects.exclude(url__in=held).delete()
        ExternalLink.objects.bulk_create(
            (ExternalLink(url=url, host=urlsplit(url).hostname or "", next_check_at=now) for url in held),
            ignore_conflicts=True,
        )
        ids = dict(ExternalLink.objects.values_list("url", "pk"))
        LinkUse.objects.all().delete()
        LinkUse.objects.bulk_create(
            LinkUse(link_id=ids[url], page_id=page) for url, pages in held.items() for page in sorted(pages)
        )
    return len(held)


def check_due_links(*, may_reach: MayReach = is_public, pause: Callable[[float], None] = time.sleep) -> int:
    """Check some of the links whose turn has come, one host after the other; return how many were checked."""
    started = time.monotonic()
    due = ExternalLink.objects.filter(next_check_at__lte=timezone.now()).order_by("next_check_at")[:ROUND]
    checked = 0
    for _host, links in groupby(sorted(due, key=lambda link: link.host), key=lambda link: link.host):
        robots: dict[str, RobotFileParser] = {}
        for link in links:
            if time.monotonic() - started > ROUND_SECONDS:
                return checked
            site = "{0.scheme}://{0.netloc}".format(urlsplit(link.url))
            if site not in robots:
                robots[site] = _robots(site, may_reach)
            pause(_delay(robots[site]))
            _check(link, robots[site], may_reach)
            checked += 1
    return checked


def _robots(site: str, may_reach: MayReach) -> RobotFileParser:
    """Return the rules of a site; without a readable file everything is allowed (RFC 9309, 2.3.1.3)."""
    rules = RobotFileParser()
    try:
        answer = fetch(f"{site}/robots.txt", method="GET", user_agent=user_agent(), may_reach=may_reach, read=True)
        lines = answer.body.decode("utf-8", "replace").splitlines() if answer.status < REDIRECT_FROM else []
    except (Forbidden, Unreachable):
        lines = []
    rules.parse(lines)
    return rules


def _delay(rules: RobotFileParser) -> float:
    asked = rules.crawl_delay(ROBOTS_NAME)
    return min(max(PAUSE, float(asked or 0)), 30.0)


def _check(link: ExternalLink, rules: RobotFileParser, may_reach: MayReach) -> None:
    if not rules.can_fetch(ROBOTS_NAME, link.url):
        _record(link, ExternalLink.State.UNCHECKED, "")
        return
    try:
        answer = _answer(link.url, may_reach)
    except Forbidden:
        _fail(link, _("adresse interne ou inhabituelle"))
    except Unreachable as error:
        _fail(link, str(error))
    else:
        if answer.status < ERROR_FROM:
            _record(link, ExternalLink.State.OK, "")
        elif answer.status in REFUSALS:
            _record(link, ExternalLink.State.UNCHECKED, _("le site refuse les vérifications"))
        else:
            words = _("erreur du site") if answer.status >= SERVER_ERROR_FROM else _("page introuvable")
            _fail(link, f"{words} ({answer.status})")


def _answer(url: str, may_reach: MayReach) -> Answer:
    """Ask with HEAD, which costs the site least; with GET when it does not understand."""
    try:
        answer = fetch(url, method="HEAD", user_agent=user_agent(), may_reach=may_reach)
        if answer.status not in HEAD_UNKNOWN:
            return answer
    except Unreachable:
        pass
    return fetch(url, method="GET", user_agent=user_agent(), may_reach=may_reach)


def _record(link: ExternalLink, state: ExternalLink.State, reason: str) -> None:
    now = timezone.now()
    link.state, link.reason, link.failures, link.failing_since = state, reason, 0, None
    link.checked_at, link.next_check_at = now, now + WEEK
    link.save()


def _fail(link: ExternalLink, reason: str) -> None:
    now = timezone.now()
    link.failures += 1
    link.failing_since = link.failing_since or now
    link.reason, link.checked_at = reason[:200], now
    broken = link.failures >= BROKEN_AFTER
    link.state = ExternalLink.State.BROKEN if broken else ExternalLink.State.FAILING
    link.next_check_at = now + (WEEK if broken else RETRY_AFTER)
    link.save()
