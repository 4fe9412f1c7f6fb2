"""What opens something without signing in, or answers one person alone: in no log, in no cache.

Every address is found from the URLconf, so that a new one cannot be forgotten; what the others answer to who is signed in is
asked where they all are visited (tests/answers.py).
"""

import io
import logging
import logging.config
import runpy
import uuid
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.test import Client
from django.urls import get_resolver
from django.urls.converters import StringConverter, UUIDConverter
from gunicorn.config import Config

from kb_site.logging_filters import hide_secrets
from kb_site.secret_addresses import PART, SECRET, SecretConverter, SecretUUIDConverter, secret_routes

pytestmark = pytest.mark.django_db

SECRETS = sorted(secret_routes())
# They name a thing, which its own rights open.
NAMES = {"file_id", "invitation_id", "action", "app_label", "model_name"}


def address(route, secret):
    """Return an address of this route, with this secret and, in the other places, a 1."""
    return "/" + PART.sub(lambda part: secret if part[0].startswith(SECRET) else "1", route)


def secret_of(route):
    return str(uuid.uuid4()) if f"{SECRET}_uuid" in route else f"mot{uuid.uuid4().hex[:9]}"


def converters(patterns):
    for pattern in patterns:
        module = getattr(getattr(pattern, "urlconf_module", None), "__name__", "")
        if module.startswith("wagtail"):
            continue
        yield from pattern.pattern.converters.items()
        if hasattr(pattern, "url_patterns"):
            yield from converters(pattern.url_patterns)


def test_what_may_be_a_secret_in_an_address_is_declared_so():
    free = {
        name
        for name, converter in converters(get_resolver().url_patterns)
        if type(converter) in {StringConverter, UUIDConverter} and name not in NAMES
    }
    assert not free, "declare <secret:…> or <secret_uuid:…>"
    assert len(SECRETS) >= 12
    declared = {type(one) for _name, one in converters(get_resolver().url_patterns)}
    assert {SecretConverter, SecretUUIDConverter} <= declared


@pytest.fixture
def log():
    """Return what the console of the site gets, everything said included."""
    stream = io.StringIO()
    console = logging.config.DictConfigurator(settings.LOGGING)
    console.config["filters"] = {"secrets": console.configure_filter(settings.LOGGING["filters"]["secrets"])}
    console.config["formatters"] = {"line": console.configure_formatter(dict(settings.LOGGING["formatters"]["line"]))}
    handler = logging.StreamHandler(stream)
    handler.addFilter(console.config["filters"]["secrets"])
    handler.setFormatter(console.config["formatters"]["line"])
    root, before = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield stream
    root.removeHandler(handler)
    root.setLevel(before)


@pytest.mark.parametrize("route", SECRETS)
def test_no_log_keeps_the_secret_of_an_address(route, log):
    secret = secret_of(route)
    path = address(route, secret)
    browser = Client(raise_request_exception=False)
    for answer in (browser.get(path), browser.post(path), browser.put(path)):
        assert answer.status_code < 600
    try:
        raise ValueError(f"cannot serve {path}")
    except ValueError:
        logging.getLogger("django.request").exception("Internal Server Error: %s", path)
    logging.getLogger("anything").warning(f"from {settings.SITE_URL}{path}, ?next={path.replace('/', '%2F')}")
    said = log.getvalue()
    assert "Internal Server Error" in said
    assert secret not in said


@pytest.mark.parametrize("route", SECRETS)
def test_the_access_log_of_the_server_does_not_either(route):
    secret = secret_of(route)
    path = address(route, secret)
    logger = runpy.run_path(str(Path(settings.BASE_DIR) / "gunicorn.conf.py"))["logger_class"](Config())
    environ = {
        "REQUEST_METHOD": "GET", "RAW_URI": f"{path}?a=1", "SERVER_PROTOCOL": "HTTP/1.1", "PATH_INFO": path,
        "QUERY_STRING": f"next={path}", "HTTP_REFERER": f"https://example.org{path}",
    }  # fmt: skip
    asked = SimpleNamespace(headers=[("REFERER", environ["HTTP_REFERER"])])
    answered = SimpleNamespace(status="200 OK", sent=1, headers=[("Location", path)])
    atoms = logger.atoms(answered, asked, environ, SimpleNamespace(seconds=0, microseconds=1, days=0))
    assert not [name for name, value in atoms.items() if secret in str(value)]
    assert atoms["r"].startswith("GET /")


def test_other_addresses_are_logged_whole():
    for path in ("/groupes/cip-ile-de-france/sujets/1-a/", "/verifier/page/12/", "/pratiques/le-cafe/?q=dates"):
        assert hide_secrets(path) == path


@pytest.mark.parametrize("route", SECRETS)
def test_what_a_secret_opens_is_kept_by_no_cache(route):
    answer = Client(raise_request_exception=False).get(address(route, secret_of(route)))
    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]


@pytest.mark.parametrize(
    "path",
    ["/admin/", "/admin/pages/", "/admin/reports/", "/admin/api/main/pages/", "/admin/snippets/", "/admin/nulle-part/"],
)
def test_no_cache_keeps_the_screens_of_editors(signed_in, path):
    assert "no-store" in signed_in("admin").get(path)["Cache-Control"]


def test_what_a_visitor_reads_may_be_kept(client):
    for path in ("/pratiques/", "/groupes/"):
        assert "no-store" not in client.get(path).get("Cache-Control", "")
