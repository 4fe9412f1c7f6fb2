"""The mails about an expert's opinion."""

from django.urls import reverse

from kb_site.accounts.models import User
from kb_site.mailing.compose import Mail

from ..models.experts import ExpertInvitation


def expert_invitation(*, to: ExpertInvitation) -> Mail | None:
    """To the expert, who has no account: the secret link."""
    if not to.is_open or not to.email:
        return None
    address = reverse("expert_opinion", args=[to.token])
    return Mail("expert_invitation", {"invitation": to, "card": to.card, "address": address})


def expert_answered(*, to: User, invitation: int) -> Mail | None:
    """To the editor who asked, when the expert has answered."""
    answered = ExpertInvitation.objects.filter(pk=invitation, answered_at__isnull=False).select_related("card").first()
    if answered is None or not answered.card.permissions_for_user(to).can_edit():
        return None
    return Mail("expert_answered", {"invitation": answered, "card": answered.card})
