"""The end of an account: asked for by the person, or because they left long ago.

Asked for, it waits fourteen days during which the person may change their mind. Then the account is emptied: name, address,
structure, keys, sessions, what they followed and received. What they wrote for colleagues stays, under « Ancien membre »,
without the names they ever had nor their address (redaction.py).
Without a visit for 23 months a mail warns; at 24 months, and never less than thirty days after it, the account is emptied.
"""

import datetime
import logging

from django.db import transaction
from django.db.models import DateField, QuerySet
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from kb_site.journal.services import record
from kb_site.mailing.tasks import defer_mail
from kb_site.personal_data import erase_belongings

from .. import sensitive_acts
from ..models import Invitation, User
from ..retention_periods import ERASE_AFTER, WAITING, WARN_AFTER, WARNED_FOR
from ..sessions import close_sessions

logger = logging.getLogger(__name__)


class CannotBeErased(Exception):
    """The last administrator stays: someone must hold the keys."""


@transaction.atomic
def ask_erasure(*, user: User, today: datetime.date | None = None) -> None:
    """Begin the waiting period, and tell the person how to change their mind. Raises CannotBeErased."""
    if user.is_superuser and not User.objects.filter(is_superuser=True, is_active=True).exclude(pk=user.pk).exists():
        raise CannotBeErased
    asked = today or timezone.localdate()
    if User.objects.filter(pk=user.pk, erasure_asked_on=None).update(erasure_asked_on=asked):
        record(sensitive_acts.ERASURE_ASKED, by=user)
        defer_mail("erasure_asked", to=user)


@transaction.atomic
def cancel_erasure(*, user: User) -> None:
    """The person changed their mind. Twice is harmless."""
    if User.objects.filter(pk=user.pk, erased_on=None).exclude(erasure_asked_on=None).update(erasure_asked_on=None):
        record(sensitive_acts.ERASURE_CANCELLED, by=user)


@transaction.atomic
def erase(*, user: User, by: User | None = None, today: datetime.date | None = None) -> None:
    """Empty an account for good: nothing leads back to the person. Twice is harmless. `by`: the administrator who decided it."""
    user.refresh_from_db(from_queryset=User.objects.select_for_update())
    if user.erased_on:
        return
    close_sessions(user)
    erase_belongings(user)
    Invitation.objects.filter(email__iexact=user.email).delete()
    user.first_name, user.last_name, user.former_names = _("Ancien membre"), "", []
    user.former_addresses = []
    user.email = f"ancien-membre-{user.pk}@compte.invalid"  # a domain that never exists (RFC 2606)
    user.structure_declared = user.territory_declared = user.siae_type_declared = user.role = ""
    user.structure = user.last_seen_on = user.last_login = None
    user.inactivity_warned_on = user.coordinators_reminded_on = None
    user.is_referent = user.is_superuser = user.is_staff = user.is_active = False
    user.erased_on = today or timezone.localdate()
    user.set_unusable_password()
    user.save()
    record(sensitive_acts.ERASED, by=by, about=user)
    logger.info("Account %s erased", user.pk)


def _unseen_since(day: datetime.date) -> QuerySet[User]:
    """Return the accounts in use whose last visit, or creation, is before this day; administrators are left out."""
    last = Coalesce("last_seen_on", Cast("last_login", DateField()), Cast("date_joined", DateField()))
    people: QuerySet[User] = User.objects.annotate(last_visit=last).filter(last_visit__lt=day)
    return people.filter(is_active=True, erased_on=None, is_superuser=False)


def warn_inactive(*, today: datetime.date) -> int:
    """Warn by mail those who have not come for 23 months, once; return their number."""
    warned = 0
    for user in _unseen_since(today - WARN_AFTER).filter(inactivity_warned_on=None):
        with transaction.atomic():
            if User.objects.filter(pk=user.pk, inactivity_warned_on=None).update(inactivity_warned_on=today):
                defer_mail("inactivity_warning", to=user)
                warned += 1
    return warned


def erase_due(*, today: datetime.date) -> int:
    """Empty the accounts whose waiting period is over and those unused for 24 months and warned; return their number."""
    asked = User.objects.filter(erasure_asked_on__lte=today - WAITING, erased_on=None)
    gone = _unseen_since(today - ERASE_AFTER).filter(inactivity_warned_on__lte=today - WARNED_FOR)
    people = [*asked, *gone.exclude(pk__in=asked)]
    for user in people:
        erase(user=user, today=today)
    return len(people)
