"""What somebody typed while their sign-in had expired: kept in the browser's session until they are back."""

from typing import Any

from django.core.signing import Signer
from django.http import HttpRequest

from kb_site.accounts.models import User

KEPT = "live_typed"
FIELDS = ("kind", "text", "who", "due_on", "key", "item", "version", "title")
MOST = 2000


def owner_mark(user: User) -> str:
    """Return what tells this person's texts from those of others on a shared device, without telling who they are."""
    return Signer(salt="exchange_groups.live.owner").signature(str(user.pk))[:16]


def is_of_another(request: HttpRequest, user: User) -> bool:
    """Whether the page that sends this form was opened by somebody else, who left it open on this device."""
    return request.POST.get("owner", "") not in {"", owner_mark(user)}


def keep_typed(request: HttpRequest) -> None:
    """Keep the words of this form for the person who opened the page, in a browser that is no longer signed in."""
    if request.POST.get("text", "").strip() or request.POST.get("title", "").strip():
        fields = {name: request.POST.get(name, "")[:MOST].replace("\x00", "") for name in FIELDS}
        request.session[KEPT] = [request.path, request.POST.get("owner", "")[:16], fields]


def typed_before(request: HttpRequest, user: User) -> dict[str, Any]:
    """Return once what this person had typed on this page, nothing of what another person had."""
    if KEPT not in request.session:
        return {}
    path, owner, fields = request.session[KEPT]
    own = owner == owner_mark(user)
    if not own or path == request.path:
        del request.session[KEPT]
    return {name: value for name, value in fields.items() if value} if own and path == request.path else {}
