"""What a person may do about entering a group: one word, and what the page says with it."""

from typing import Any

from .choices import Access, GroupState
from .models import ExchangeGroup, JoinRequest, Membership
from .permissions import groups_open_to


def way_in_of(group: ExchangeGroup, user: Any) -> dict[str, Any]:
    """Return `way_in` (in, sign_in, waiting_account, closed, no_institution, charter, removed, invitation, open,
    requested, ask) and what goes with it, as variables of groups/parts/way_in.html."""
    if not user.is_authenticated:
        return {"way_in": "sign_in"}
    if group.pk in groups_open_to(user):
        return {"way_in": "in"}
    if not user.is_approved:
        return {"way_in": "waiting_account"}
    if not group.may_welcome(user):
        return {"way_in": "closed" if group.state == GroupState.CLOSED else "no_institution"}
    return _of_approved(group, user)


def _of_approved(group: ExchangeGroup, user: Any) -> dict[str, Any]:
    membership = Membership.objects.filter(group=group, user=user).first()
    if membership is not None and membership.left_at is None:
        return {"way_in": "charter"}
    if membership is not None and membership.departure_reason:
        return {"way_in": "removed", "reason": membership.departure_reason}
    if group.access != Access.SUR_DEMANDE:
        return {"way_in": "open" if group.access == Access.OUVERT else "invitation"}
    request = JoinRequest.objects.filter(group=group, user=user).order_by("-created_at").first()
    if request is not None and request.state == JoinRequest.State.PENDING:
        return {"way_in": "requested", "join_request": request}
    return {"way_in": "ask", "refused": request if request and request.state == JoinRequest.State.REFUSED else None}
