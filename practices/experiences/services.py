"""What people do with experiences: tell one, withdraw it, ask for one; and confirm a level of evidence."""

import datetime
import uuid
from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from kb_site.accounts.models import User
from kb_site.mailing.tasks import defer_mail

from ..choices import Visibility
from ..models import Condition, PracticePage
from .evidence import suggested_evidence
from .models import Experience
from .summary import summaries


class ExperienceError(Exception):
    """Something that cannot be done with an experience; `message` says it to the person."""

    message = _("Ce n’est pas possible.")


class SubmissionKeyUsed(ExperienceError):
    """The submission key belongs to another experience."""

    message = _("Ce formulaire a déjà servi. Ce que vous avez écrit est gardé : relisez-le, puis envoyez de nouveau.")


class NothingToConfirm(ExperienceError):
    """The experiences no longer suggest this level."""

    message = _("Les retours ne proposent plus ce niveau : la fiche a changé entre-temps.")


@transaction.atomic
def tell_experience(
    *,
    card: PracticePage,
    author: User,
    outcome: str,
    tried_on: datetime.date,
    submission_key: uuid.UUID,
    group_size: int | None = None,
    worked: str = "",
    stuck: str = "",
    adaptation: str = "",
    missing_conditions: Iterable[Condition] = (),
    data_mb: int | None = None,
    would_recommend: bool | None = None,
    visibility: str = Visibility.PUBLIC,
) -> Experience:
    """Store what a person tried, and tell the author of the card.

    The same key sent again for the same card returns what was stored first. Whether the person may read the card is
    for the caller to check. Raises SubmissionKeyUsed when the key stands for another card or another person.
    """
    structure = author.structure
    experience = Experience(
        practice=card,
        author=author,
        structure=structure,
        siae_type=structure.siae_type if structure else "",
        role=author.role,
        outcome=outcome,
        tried_on=tried_on,
        group_size=group_size,
        worked=worked,
        stuck=stuck,
        adaptation=adaptation,
        data_mb=data_mb,
        would_recommend=would_recommend,
        visibility=visibility,
        submission_key=submission_key,
    )
    try:
        with transaction.atomic():
            experience.save()
    except IntegrityError:
        stored = Experience.objects.filter(submission_key=submission_key, author=author, practice=card).first()
        if stored is None:
            raise SubmissionKeyUsed from None
        return stored
    experience.missing_conditions.set(missing_conditions)
    for reader in {card.owner_id: card.owner, card.card_owner_id: card.card_owner}.values():
        if reader is not None and reader.pk != author.pk:
            defer_mail("experience_told", to=reader, experience=experience.pk)
    return experience


@transaction.atomic
def withdraw_experience(*, experience: Experience) -> None:
    """Take an experience out of every list and every count; its words go too. Whether it may be is for the caller."""
    Experience.objects.filter(pk=experience.pk).update(removed=True, worked="", stuck="", adaptation="")


@transaction.atomic
def invite_to_tell(*, card: PracticePage, people: Iterable[User]) -> int:
    """Ask people by mail whether they tried this card (after a session, or some weeks after they saved it).

    Returns how many mails are queued. Who may read the card is checked when each mail is composed.
    """
    asked = list(people)
    for person in asked:
        defer_mail("experience_invitation", to=person, card=card.pk)
    return len(asked)


@transaction.atomic
def confirm_evidence(*, card: PracticePage, by: Any) -> bool:
    """Give a card the level of evidence that its experiences suggest; return whether it is published.

    When a draft is in progress the level is written in the draft and waits for its publication. Whether the person
    may publish is for the caller to check. Raises NothingToConfirm.
    """
    summary = summaries([card.pk]).get(card.pk)
    suggestion = suggested_evidence(card.evidence, summary) if summary else ""
    if not suggestion:
        raise NothingToConfirm
    in_progress = card.has_unpublished_changes
    latest = card.get_latest_revision_as_object()
    latest.evidence = suggestion
    revision = latest.save_revision(user=by, log_action=True)
    if not in_progress:
        revision.publish(user=by, skip_permission_checks=True)
    return not in_progress
