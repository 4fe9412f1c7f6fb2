"""The mails about an expert's opinion."""

from django.urls import reverse
from django.utils.translation import gettext as _

from kb_site.members.models import User
from kb_site.notifications.compose import Mail

from .models import ExpertInvitation


def expert_invitation(*, to: ExpertInvitation) -> Mail | None:
    """To the expert, who has no account: the secret link."""
    if not to.is_open or not to.email:
        return None
    subject = _("Votre avis sur une fiche : %s") % to.card.draft_title
    address = reverse("expert_opinion", args=[to.token])
    return Mail(subject, "expert_invitation", {"invitation": to, "card": to.card, "address": address})


def expert_answered(*, to: User, invitation: int) -> Mail | None:
    """To the editor who asked, when the expert has answered."""
    answered = ExpertInvitation.objects.filter(pk=invitation, answered_at__isnull=False).select_related("card").first()
    if answered is None or not answered.card.permissions_for_user(to).can_edit():
        return None
    subject = _("%(name)s a donné son avis sur : %(title)s") % {
        "name": answered.name,
        "title": answered.card.draft_title,
    }
    return Mail(subject, "expert_answered", {"invitation": answered, "card": answered.card})
