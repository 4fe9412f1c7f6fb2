"""Pages of the site itself: health, refusals that help, the page of components."""

import datetime
import sys
from http import HTTPStatus

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.defaults import server_error

from kb_site.identity.face import face
from kb_site.media.missing_files import FileMissing

from .addresses import absolute
from .typed_words import typed_words


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """The process and its database answer; else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (OperationalError, InterfaceError):
        return HttpResponse("no database", content_type="text/plain", status=HTTPStatus.SERVICE_UNAVAILABLE)
    return HttpResponse("ok", content_type="text/plain")


SECURITY_TXT_HOLDS = datetime.timedelta(days=180)  # less than a year, as RFC 9116 recommends

# What search engines have no use for: it answers to accounts or to holders of links.
NOT_CRAWLED = ("/admin/", "/compte/", "/documents/", "/relecture/", "/recherche/flux/")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read, and where the list of it is."""
    closed = [f"Disallow: {path}" for path in NOT_CRAWLED]
    lines = ["User-agent: *", *closed, f"Sitemap: {absolute(reverse('sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain")


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a weakness of the site (RFC 9116); nothing while no contact is known."""
    contact = face().contact
    if not contact:
        raise Http404
    expires = (timezone.now() + SECURITY_TXT_HOLDS).replace(microsecond=0).isoformat()
    lines = [
        f"Contact: mailto:{contact}",
        f"Expires: {expires}",
        "Preferred-Languages: fr, en",
        f"Canonical: {absolute(request.path)}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Where feed readers and old browsers look for the icon that pages name themselves."""
    return redirect(static("kb_site/icons/192.png"))


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """The components of the design on one page, for whoever works on it."""
    if not (settings.DEBUG or settings.DEMO):
        raise Http404
    return render(request, "components.html")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """An expired form: give back what was typed, so that nothing is lost."""
    return render(request, "expired_form.html", {"typed": typed_words(request)}, status=HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """No such page, or a file that the storage has lost: give back what was typed."""
    context = {"typed": typed_words(request), "missing": str(exception) if isinstance(exception, FileMissing) else ""}
    return render(request, "404.html", context, status=HTTPStatus.NOT_FOUND)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A page that is not for this person: give back what was typed."""
    return render(request, "403.html", {"typed": typed_words(request)}, status=HTTPStatus.FORBIDDEN)


def failed(request: HttpRequest) -> HttpResponse:
    """A fault of ours, or a database that is away for a moment: 503 then, which tells everyone to come back."""
    if not isinstance(sys.exception(), OperationalError | InterfaceError):
        return server_error(request)
    page = render_to_string("503.html")  # needs nothing that may be away
    return HttpResponse(page, status=HTTPStatus.SERVICE_UNAVAILABLE, headers={"Retry-After": "10"})
