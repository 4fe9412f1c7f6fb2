"""Inviting an expert, taking the invitation back, recording an opinion."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from kb_site.jobs import defer
from kb_site.mailing.tasks import defer_mail

from ...models import PracticePage
from ..models.experts import ADDRESS_KEPT, VALID_FOR, ExpertInvitation, ExpertNote


class InvitationClosed(Exception):
    """The link was used, taken back, or is too old."""


@transaction.atomic
def invite_expert(*, card: PracticePage, by: Any, name: str, email: str, message: str = "") -> ExpertInvitation:
    """Invite someone to give an opinion on a card, by a mail with a secret link; logged.

    Invited again while the first link waits, the same address receives nothing more and the first invitation is returned.
    """
    PracticePage.objects.select_for_update(of=("self",)).get(pk=card.pk)
    waiting = ExpertInvitation.objects.filter(
        card=card, email__iexact=email, answered_at=None, withdrawn_at=None, expires_at__gt=timezone.now()
    ).first()
    if waiting is not None:
        return waiting
    invitation = ExpertInvitation.objects.create(
        card=card, name=name, email=email, message=message, invited_by=by, expires_at=timezone.now() + VALID_FOR
    )
    log(instance=card, action="experts.invite", user=by, data={"name": name})
    defer("experts.mail_invitation", invitation=invitation.pk)
    return invitation


@transaction.atomic
def withdraw_invitation(*, invitation: ExpertInvitation, by: Any) -> None:
    """Close a link that waits for an answer; twice is harmless. Raises InvitationClosed once it was answered."""
    current = _locked(invitation)
    if current.answered_at:
        raise InvitationClosed
    if current.withdrawn_at is None:
        ExpertInvitation.objects.filter(pk=current.pk).update(withdrawn_at=timezone.now())
        log(instance=current.card, action="experts.withdraw", user=by, data={"name": current.name})


def record_opening(*, invitation: ExpertInvitation) -> None:
    """Note the first time the link was opened."""
    opened = ExpertInvitation.objects.filter(pk=invitation.pk, opened_at=None).update(opened_at=timezone.now())
    if opened:
        log(instance=invitation.card, action="experts.open", data={"name": invitation.name})


@transaction.atomic
def record_opinion(
    *, invitation: ExpertInvitation, verdict: ExpertInvitation.Verdict | str, opinion: str, notes: Mapping[str, str]
) -> None:
    """Store an expert's opinion, once, and tell the editor who asked. Raises InvitationClosed."""
    current = _locked(invitation)
    if not current.is_open:
        raise InvitationClosed
    current.verdict, current.opinion, current.answered_at = verdict, opinion, timezone.now()
    current.save(update_fields=["verdict", "opinion", "answered_at"])
    ExpertNote.objects.bulk_create(
        ExpertNote(invitation=current, field=field, text=text) for field, text in notes.items() if text
    )
    data = {"name": current.name, "verdict": str(current.get_verdict_display()), "opinion": opinion}
    log(instance=current.card, action="experts.answer", data=data)
    if current.invited_by is not None:
        defer_mail("expert_answered", to=current.invited_by, invitation=current.pk)


def _locked(invitation: ExpertInvitation) -> ExpertInvitation:
    return ExpertInvitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)


def forget_addresses(*, now: datetime.datetime | None = None) -> int:
    """Forget the addresses of experts 90 days after their link ended; return their number."""
    limit = (now or timezone.now()) - ADDRESS_KEPT
    return ExpertInvitation.objects.filter(expires_at__lt=limit).exclude(email="").update(email="")
