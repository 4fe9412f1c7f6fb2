"""What somebody typed while their sign-in had expired: kept in the browser's session until they are back."""

from typing import Any

from django.core.signing import Signer
from django.http import HttpRequest

from kb_site.members.models import User

KEPT = "live_typed"
FIELDS = ("kind", "text", "who", "due_on", "key", "item")
MOST = 2000


def owner_mark(user: User) -> str:
    """Return what tells this person's texts from those of others on a shared device, without telling who they are."""
    return Signer(salt="exchange_groups.live.owner").signature(str(user.pk))[:16]


def keep_typed(request: HttpRequest, session_id: int) -> None:
    """Keep the note of this form for the person who opened the page, in a browser that is no longer signed in."""
    if request.POST.get("text", "").strip():
        fields = {name: request.POST.get(name, "")[:MOST].replace("\x00", "") for name in FIELDS}
        request.session[KEPT] = [session_id, request.POST.get("owner", "")[:16], fields]


def typed_before(request: HttpRequest, session_id: int, user: User) -> dict[str, Any]:
    """Return once what this person had typed for this session, nothing of what another person had."""
    if KEPT not in request.session:
        return {}
    kept_for, owner, fields = request.session[KEPT]
    own = owner == owner_mark(user)
    if not own or kept_for == session_id:
        del request.session[KEPT]
    return fields if own and kept_for == session_id else {}
