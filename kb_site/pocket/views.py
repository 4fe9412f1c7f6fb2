"""« Ma poche »: what a person put aside, and the button that does."""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from kb_site.access import account_required, button_of
from kb_site.accounts.requests import MemberRequest
from kb_site.http import COPY_HEADER, SeeOther
from kb_site.identity.colours import PAPER
from kb_site.identity.face import face

from . import services
from .kinds import PocketKind, pocket_kind_named
from .models import PocketItem
from .online_only import ONLINE_ONLY

BUDGETS = (2, 5, 20)  # megabytes that a person lets the pocket take on a device


@require_safe
@account_required
def pocket(request: MemberRequest) -> HttpResponse:
    """What this person put aside, the latest first."""
    context = {"lines": services.pocket_of(request.user), "budgets": BUDGETS}
    return render(request, "pocket/pocket.html", context)


@require_safe
@account_required
def pocket_contents(request: MemberRequest) -> HttpResponse:
    """What a device may keep for this person, the latest put aside first: the service worker keeps nothing else."""
    lines = [line for line in services.pocket_of(request.user) if line.title and not line.stays]
    items = [{"url": line.url, "title": line.title, "label": str(line.kind.label)} for line in lines]
    return JsonResponse({"account": str(request.user.pk), "items": items})


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """The page shown without network for what is not on the device."""
    return render(request, "pocket/offline.html")


@require_safe
@cache_control(public=True, no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """The script that reads without network, at the root so that it sees every page.

    It stands before what it must know of this site: `VERSION` changes with the files of the page without network.
    """
    files = [static(f"kb_site/{name}") for name in ("site.css", "site.js", "drafts.js", "pocket.js", "outbox.js")]
    version = hashlib.sha256(" ".join(files).encode()).hexdigest()[:12]
    known = {"VERSION": version, "MARK": COPY_HEADER, "ONLINE_ONLY": list(ONLINE_ONLY)}
    first = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in known.items())
    return HttpResponse(first + _script(), content_type="text/javascript; charset=utf-8")


@cache
def _script() -> str:
    return Path(__file__).with_name("service_worker.js").read_text("utf-8")


@require_safe
@cache_control(public=True, max_age=24 * 3600)
def web_manifest(request: HttpRequest) -> HttpResponse:
    """What a phone needs to put the site among its applications (W3C Web Application Manifest)."""
    icons = [
        {"src": static(f"kb_site/icons/{name}.png"), "sizes": size, "type": "image/png", "purpose": purpose}
        for name, size, purpose in (
            ("192", "192x192", "any"),
            ("512", "512x512", "any"),
            ("maskable", "512x512", "maskable"),
        )
    ]
    manifest = {
        "id": "/",
        "name": face().name,
        "short_name": face().name,
        "description": _("Les pratiques d’accompagnement des structures d’insertion, partagées et vérifiées."),
        "lang": "fr",
        "dir": "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": face().colour,
        "icons": icons,
        "shortcuts": [
            {"name": _("Ma poche"), "url": reverse("pocket")},
            {"name": _("Chercher"), "url": reverse("search")},
        ],
    }
    return JsonResponse(manifest, content_type="application/manifest+json")


@require_http_methods(["GET", "HEAD", "POST"])
@account_required
def pocket_keep(request: MemberRequest, kind: str, pk: int) -> HttpResponseBase:
    """Put a thing aside or let it go; read, the page where one comes back to after sign-in."""
    found = pocket_kind_named(kind)
    if found is None:
        raise Http404
    thing = get_object_or_404(found.visible_to(request.user), pk=pk)
    if request.method != "POST":
        context = {"title": found.title(thing), "back": found.url(thing), "thing": thing}
        return render(request, "pocket/keep.html", context)
    _keep_or_drop(request, found, thing)
    return SeeOther(found.url(thing))


def _keep_or_drop(request: MemberRequest, kind: PocketKind, thing: Any) -> None:
    title = kind.title(thing)
    if "drop" in request.POST:
        services.let_go(user=request.user, thing=thing)
        messages.success(request, _("« %s » n’est plus dans votre poche.") % title)
    else:
        services.put_aside(user=request.user, thing=thing)
        messages.success(request, _("« %s » est dans votre poche.") % title)


@button_of("pocket")
@account_required
def pocket_drop(request: MemberRequest, pk: int) -> HttpResponse:
    """Let go of something, even of what may no longer be read."""
    PocketItem.objects.filter(user=request.user, pk=pk).delete()
    messages.success(request, _("C’est retiré de votre poche."))
    return SeeOther(reverse("pocket"))
