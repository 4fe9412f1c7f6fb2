"""The editorial work done outside the request: mails to experts, drafts and addresses forgotten in time."""

from typing import Any, cast

from procrastinate.contrib.django import app

from kb_site.accounts.models import User
from kb_site.mailing.bounces import may_write_to
from kb_site.mailing.send import composer, hand_over_once, render
from kb_site.mailing.tasks import TRY_AGAIN

from .models.experts import ExpertInvitation
from .services.desk import apply_decision
from .services.experts import forget_addresses
from .services.proposals import forget_old_drafts, send_prepared


@app.periodic(cron="40 4 * * *")
@app.task(name="proposals.forget_drafts", queue="editorial")
def forget_drafts(timestamp: int) -> None:
    """Each night: the drafts left alone for 90 days."""
    forget_old_drafts()


@app.task(name="proposals.send_prepared", queue="editorial", retry=TRY_AGAIN)
def send_prepared_card(author: int) -> None:
    """Propose what a person had ready when their account was approved."""
    person = User.objects.filter(pk=author).first()
    if person is not None:
        send_prepared(author=person)


@app.task(name="review.apply_decision", queue="editorial", retry=TRY_AGAIN)
def apply_review_decision(decision: int) -> None:
    """Ten seconds after a decision of the desk, unless it was undone."""
    apply_decision(decision)


@app.task(name="experts.mail_invitation", queue="mails", retry=TRY_AGAIN)
def mail_invitation(invitation: int) -> None:
    """Send the secret link, once, if it still waits for an answer."""
    waiting = ExpertInvitation.objects.filter(pk=invitation, mailed_at=None).first()
    mail = composer("expert_invitation")(to=waiting) if waiting else None
    if waiting is None or mail is None or not may_write_to(waiting.email, wanted_only=False):
        return
    # An invitation has an address, as an account does; that is all that a message needs.
    message = render(mail, cast(Any, waiting), key=f"expert_invitation:{waiting.pk}")
    hand_over_once(message, row=waiting, left="mailed_at")


@app.periodic(cron="30 4 * * *")
@app.task(name="experts.forget_experts", queue="editorial")
def forget_experts(timestamp: int) -> None:
    """Each night: the addresses of experts whose link ended long ago."""
    forget_addresses()
