"""See kb_site/members/personal_data.py."""

from django.utils.translation import gettext as _
from wagtail.models import PageLogEntry

from kb_site.members.models import User
from kb_site.members.personal_data import acted, hold, register_eraser
from kb_site.members.traces import Traces, take_off

from .models import ExpertInvitation

hold({"experts.ExpertInvitation.invited_by": acted("the opinion belongs to the card's history")})


def _take_expert_off(user: User) -> None:
    """A member may also have been invited as an expert, by their address."""
    invited = ExpertInvitation.objects.filter(email__iexact=user.email)
    for card in set(invited.values_list("card", flat=True)):
        take_off(PageLogEntry.objects.filter(page=card, action__startswith="experts."), Traces(user))
    invited.update(name=_("Ancien membre"), email="")


register_eraser(_take_expert_off)
