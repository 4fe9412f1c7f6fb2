"""A real Chromium before the real site: phone or desktop, with or without JavaScript, signed in or not."""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import axe_playwright_python
import pytest
from django.conf import settings
from django.db import connections
from playwright.sync_api import Browser, Page, sync_playwright

# Playwright's synchronous API keeps an event loop in this thread; Django would refuse its database there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
CHROMIUM_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip
AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, the one without windows first: it takes half the time.

    Without any, these tests are skipped, or fail when services are required.
    """
    path = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if path is None:
        reason = "Chromium is not installed (apt-get install chromium-headless-shell)"
        if os.environ.get("REQUIRE_SERVICES"):
            pytest.fail(reason)
        pytest.skip(reason)
    # With Playwright's loop, Django keeps another connection for this thread: the one of earlier tests must not linger.
    connections.close_all()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


def slow_down(page: Page) -> None:
    """Make the window that of an old phone far from the antenna, where a test that hurries ahead of a script is seen to."""
    device = page.context.new_cdp_session(page)
    device.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    slow = {"offline": False, "latency": 300, "downloadThroughput": -1, "uploadThroughput": -1}
    device.send("Network.emulateNetworkConditions", slow)


@pytest.fixture(scope="session")
def server(django_db_setup, django_db_blocker) -> Iterator[str]:
    """The address of the site, served from this process; use `site` in tests."""
    from pytest_django.live_server_helper import LiveServer

    with django_db_blocker.unblock():
        live = LiveServer("127.0.0.1")
        yield live.url
        live.stop()


@pytest.fixture
def site(server, committed_site, settings, typography) -> str:
    """The address of the site on a copy of the sample database that this test may change."""
    settings.SITE_URL = server
    from wagtail.models import Site

    port = int(server.rsplit(":", 1)[1])
    Site.objects.update(hostname="127.0.0.1", port=port)
    Site.clear_site_root_paths_cache()
    return server


@pytest.fixture
def open_page(chromium, site, signed_in):
    """Open an address as a sample account (None: a visitor) and return the page; every context closes at the end."""
    contexts = []

    def open_(
        address: str,
        *,
        role: str | None = None,
        phone: bool = True,
        javascript: bool = True,
        beacons: bool = False,
        service_worker: bool = False,
    ) -> Page:
        context = chromium.new_context(
            viewport=PHONE if phone else DESKTOP,
            java_script_enabled=javascript,
            locale="fr-FR",
            base_url=site,
            reduced_motion="reduce",
            # It arrives when it can: only tests that wait for it let it stand between a page and the network.
            service_workers="allow" if service_worker else "block",
        )
        context.set_default_timeout(20_000)
        if not beacons:  # sent when a page closes, they would reach the database of the next test
            context.add_init_script("navigator.sendBeacon = () => true")
        contexts.append(context)
        if role:
            session = signed_in(role).cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}])
        page = context.new_page()
        if os.environ.get("SLOW_DEVICE"):
            slow_down(page)
        page.goto(address)
        return page

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture
def axe_violations():
    """Return what axe-core finds on a page: a list of « rule: first element », empty when all is well.

    Playwright evaluates outside the page's content security policy, so the policy stays in force.
    """

    def check(page: Page) -> list[str]:
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE.read_text("utf-8"))
        only = {"runOnly": AXE_TAGS, "resultTypes": ["violations"]}
        found = page.evaluate("only => axe.run(only).then(found => found.violations)", only)
        return [f"{rule['id']}: {rule['nodes'][0]['html'][:160]}" for rule in found]

    return check


@pytest.fixture
def axe_at_both_widths(axe_violations):
    """Return what is wrong on a page, on a phone then on a desktop: what axe-core finds; outside the admin, what is too wide."""

    def check(page: Page) -> list[str]:
        before, found = page.viewport_size, []
        for width, size in {"phone": PHONE, "desktop": DESKTOP}.items():
            page.set_viewport_size(size)
            found += [f"{width}: {violation}" for violation in axe_violations(page)]
            too_wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
            if "/admin/" not in page.url and page.evaluate(too_wide):
                found.append(f"{width}: wider than the window")
        page.set_viewport_size(before)
        return found

    return check


@pytest.fixture
def wrong_on_pages(open_page, axe_at_both_widths):
    """Return what is wrong on these pages (role, address), at both widths, each opened once: a line for each fault.

    `before` is done on each page first. One copy of the site and one window a role serve them all: a test for each page
    would cost a second more than axe does.
    """

    def look(pages: Iterable[tuple[str | None, str]], *, before: Callable[[Page], object] | None = None) -> list[str]:
        opened: dict[str | None, Page] = {}
        found = []
        for role, address in pages:
            if role in opened:
                opened[role].goto(address)
            else:
                opened[role] = open_page(address, role=role)
            if before:
                before(opened[role])
            found += [f"{address} as {role or 'a visitor'}: {fault}" for fault in axe_at_both_widths(opened[role])]
        return found

    return look
