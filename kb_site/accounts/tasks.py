"""What happens to accounts outside requests: invitations by mail, the end of unused accounts."""

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from kb_site.mailing.send import hand_over_once, render

from .mails import structure_invitation
from .models import Invitation
from .services import addresses, erasure
from .services.approval import remind_coordinators

TRY_AGAIN = RetryStrategy(max_attempts=5, exponential_wait=5)


@app.task(name="members.mail_invitation", queue="mails", retry=TRY_AGAIN)
def mail_invitation(invitation: int) -> None:
    """Send one invitation, unless it left, was withdrawn or is no longer needed."""
    row = Invitation.objects.select_related("structure", "invited_by").filter(pk=invitation, accepted_at=None).first()
    if row is None or row.mailed_at is not None:
        return
    hand_over_once(render(structure_invitation(to=row), row, key=f"invitation:{row.pk}"), row=row, left="mailed_at")


@app.periodic(cron="25 * * * *")
@app.task(name="members.give_addresses", queue="members", retry=TRY_AGAIN)
def give_addresses(timestamp: int) -> None:
    """Every hour: the addresses asked for by an administrator, whose notice is over."""
    addresses.apply_due_changes(now=timezone.now())


@app.periodic(cron="0 8 * * 1-5")
@app.task(name="members.remind_coordinators", queue="members", retry=TRY_AGAIN)
def remind_of_accounts(timestamp: int) -> None:
    """Each working morning: the accounts that wait longer than was announced."""
    remind_coordinators(now=timezone.now())


@app.periodic(cron="30 3 * * *")
@app.task(name="members.end_accounts", queue="members", retry=TRY_AGAIN)
def end_accounts(timestamp: int) -> None:
    """Each night: warn those who have not come for long, empty the accounts that are due."""
    today = timezone.localdate()
    erasure.warn_inactive(today=today)
    erasure.erase_due(today=today)
