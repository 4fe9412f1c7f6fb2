"""Who is there and who speaks."""

from collections.abc import Iterable

from django.db.models import Max

from exchange_groups.sessions.choices import THERE, Presence, RegistrationState
from exchange_groups.sessions.models import Registration, Session

from ...models import Membership
from ..people import person_named
from .running import changing


def mark_presence(*, session: Session, registration_ids: Iterable[int], presence: Presence) -> int:
    """Tick these people of the session; return how many there were. The sheet stays open after the end."""
    with changing(session, running=False) as current:
        return current.registrations.filter(pk__in=list(registration_ids)).update(presence=presence)


def add_person(*, session: Session, name: str, presence: Presence) -> Registration:
    """Add somebody who was not registered: the member of the group who has this name, or a guest without account.

    The same name again only corrects the presence.
    """
    with changing(session, running=False) as current:
        known = current.registrations.filter(guest_name__iexact=name).first()
        if known is None:
            members = [
                m.user for m in Membership.objects.in_effect().filter(group=current.group_id).select_related("user")
            ]
            user = person_named(name, members)
            known = current.registrations.filter(user=user).first() if user else None
            known = known or Registration(session=current, user=user, guest_name="" if user else name)
        known.presence = presence
        known.state = RegistrationState.REGISTERED
        known.save()
        return known


def start_round(*, session: Session) -> None:
    """Give a turn to each person who is there, in the order they came; before anybody is ticked, to the registered."""
    with changing(session) as current:
        people = list(current.registrations.filter(presence__in=THERE)) or list(
            current.registrations.registered().exclude(presence__in=(Presence.EXCUSE, Presence.ABSENT))
        )
        current.registrations.update(speaking_order=None, spoken=False)
        for order, person in enumerate(people, start=1):
            person.speaking_order, person.spoken = order, False
        Registration.objects.bulk_update(people, ["speaking_order", "spoken"])


def has_spoken(*, session: Session, registration_id: int) -> None:
    """The turn of this person is over. Raises NotRunning."""
    with changing(session) as current:
        current.registrations.filter(pk=registration_id, speaking_order__isnull=False).update(spoken=True)


def speak_later(*, session: Session, registration_id: int) -> None:
    """Put this person at the end of the round. Raises NotRunning."""
    with changing(session) as current:
        last = current.registrations.aggregate(last=Max("speaking_order"))["last"] or 0
        current.registrations.filter(pk=registration_id, spoken=False, speaking_order__lt=last).update(
            speaking_order=last + 1
        )


def speak_now(*, session: Session, registration_id: int) -> None:
    """Put this person at the head of those who have not spoken; who was not in the round enters it."""
    with changing(session) as current:
        waiting = list(
            current.registrations.filter(speaking_order__isnull=False)
            .exclude(pk=registration_id)
            .order_by("-spoken", "speaking_order")
        )
        person = current.registrations.filter(pk=registration_id).first()
        if person is None:
            return
        person.spoken = False
        done = [other for other in waiting if other.spoken]
        ordered = [*done, person, *(other for other in waiting if not other.spoken)]
        for order, one in enumerate(ordered, start=1):
            one.speaking_order = order
        Registration.objects.bulk_update(ordered, ["speaking_order", "spoken"])


def end_round(*, session: Session) -> None:
    """The round is over. Raises NotRunning."""
    with changing(session) as current:
        current.registrations.update(speaking_order=None, spoken=False)
