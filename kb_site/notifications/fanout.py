"""From an event to the rows of those who are told: gathers what decide.py needs, then stores what it decides."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from kb_site.accounts.models import User

from .decide import Candidate, Decision, decide
from .models import Cadence, CadenceChoice, Follow, Notification
from .types import content_type_of, event_named, followable_named, followable_of


def spread_event(
    *,
    kind: str,
    target: int,
    key: str,
    actor: int | None,
    source: int | None,
    recipients: Sequence[int],
    followers_of: Sequence[tuple[str, int]],
    excluding: Sequence[int],
) -> list[int]:
    """Store one notification per person to tell; return who has a mail to receive at once. Twice is harmless."""
    event = event_named(kind)
    followable = followable_of(event.target)
    follows = _follows(followers_of)
    wanted = [*recipients, *(person for person in follows if person not in recipients)]
    people = User.objects.filter(pk__in=wanted, is_active=True).exclude(pk__in=excluding).in_bulk()
    chosen = dict(CadenceChoice.objects.filter(user__in=people, kind=kind).values_list("user_id", "cadence"))
    candidates = [
        Candidate(
            person=person,
            may_read=people[person].is_approved and event.targets_for(people[person]).filter(pk=target).exists(),
            is_actor=person == actor,
            follow=follows[person].pk if person in follows else None,
            cadence_of_item=follows[person].cadence if person in follows else "",
            cadence_of_kind=chosen.get(person, ""),
        )
        for person in wanted
        if person in people
    ]
    decisions = decide(candidates, default=event.default)
    about = {"content_type": content_type_of(followable), "object_id": target, "source_id": source, "actor_id": actor}
    _store(decisions, {"kind": kind, "key": key} | about)
    return [decision.person for decision in decisions if decision.cadence == Cadence.AT_ONCE]


def _follows(followers_of: Sequence[tuple[str, int]]) -> dict[int, Follow]:
    """Return the first follow of each person, in the order of the things followed."""
    follows: dict[int, Follow] = {}
    for name, object_id in followers_of:
        followable = followable_named(name)
        if followable is None:
            continue
        found = Follow.objects.filter(content_type=content_type_of(followable), object_id=object_id)
        for follow in found.order_by("pk"):
            follows.setdefault(follow.user_id, follow)
    return follows


@transaction.atomic
def _store(decisions: list[Decision], fields: dict[str, Any]) -> None:
    rows = [
        Notification(recipient_id=decision.person, cadence=decision.cadence, follow_id=decision.follow, **fields)
        for decision in decisions
    ]
    Notification.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
