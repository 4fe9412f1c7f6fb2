"""What a person may do with a session, asked in one query of the rules of SessionQuerySet."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from .choices import RegistrationState
from .models import Registration, Session


@dataclass(frozen=True)
class Rights:
    """`reads`: its talk; `runs`: prepares, runs, writes it up; `joins`: may register now; `place`: their registration."""

    reads: bool
    runs: bool
    joins: bool
    place: Registration | None

    @property
    def is_registered(self) -> bool:
        return self.place is not None and self.place.state == RegistrationState.REGISTERED

    @property
    def sees_access(self) -> bool:
        """Whether the link, the phone number and the code are shown: to the group and to those who have a place."""
        return self.reads or self.runs or self.is_registered


def rights_on(session: Session, user: Any) -> Rights:
    """Return what this person may do with this session (one query, one more for their registration)."""
    if not user.is_authenticated:
        return Rights(reads=False, runs=False, joins=False, place=None)

    def among(sessions: QuerySet[Session]) -> Exists:
        return Exists(sessions.filter(pk=OuterRef("pk")))

    reads, runs, joins = (
        Session.objects.filter(pk=session.pk)
        .values_list(
            among(Session.objects.readable_by(user)),
            among(Session.objects.run_by(user)),
            among(Session.objects.joinable_by(user)),
        )
        .get()
    )
    place = Registration.objects.filter(session=session, user=user).first()
    return Rights(reads=reads, runs=runs, joins=joins, place=place)
