"""The editorial work done outside the request: mails to experts, drafts and addresses forgotten in time."""

from typing import Any, cast

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from kb_site.mailing.bounces import may_write_to
from kb_site.mailing.send import composer, render
from kb_site.mailing.tasks import TRY_AGAIN

from .models.experts import ExpertInvitation
from .services.experts import forget_addresses
from .services.proposals import forget_old_drafts


@app.periodic(cron="40 4 * * *")
@app.task(name="proposals.forget_drafts", queue="editorial")
def forget_drafts(timestamp: int) -> None:
    """Each night: the drafts left alone for 90 days."""
    forget_old_drafts()


@app.task(name="experts.mail_invitation", queue="mails", retry=TRY_AGAIN)
def mail_invitation(invitation: int) -> None:
    """Send the secret link, once, if it still waits for an answer."""
    with transaction.atomic():
        waiting = ExpertInvitation.objects.select_for_update().filter(pk=invitation, mailed_at=None).first()
        if waiting is None:
            return
        mail = composer("expert_invitation")(to=waiting)
        if mail is None or not may_write_to(waiting.email, wanted_only=False):
            return
        ExpertInvitation.objects.filter(pk=waiting.pk).update(mailed_at=timezone.now())
        # An invitation has an address, as an account does; that is all that a message needs.
        render(mail, cast(Any, waiting), key=f"expert_invitation:{waiting.pk}").send()


@app.periodic(cron="30 4 * * *")
@app.task(name="experts.forget_experts", queue="editorial")
def forget_experts(timestamp: int) -> None:
    """Each night: the addresses of experts whose link ended long ago."""
    forget_addresses()
