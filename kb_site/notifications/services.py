"""Follow, tell, read: what the apps above call."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from kb_site.accounts.models import User
from kb_site.jobs import defer

from .models import LETTER, Cadence, CadenceChoice, Follow, Notification
from .tasks import spread
from .types import content_type_of, event_named, events, followable_of


class MayNotFollow(Exception):
    """The account is not approved, or may not read the thing."""


def _key_of(obj: Model) -> dict[str, Any]:
    return {"content_type": content_type_of(followable_of(type(obj))), "object_id": obj.pk}


def follow(*, user: User, obj: Model, cadence: Cadence | str = "") -> Follow:
    """Follow a thing, or change the cadence of a follow; twice is harmless.

    An empty cadence means the one chosen for each kind of event. Raises MayNotFollow.
    """
    followable = followable_of(type(obj))
    if not user.is_approved or not followable.visible_to(user).filter(pk=obj.pk).exists():
        raise MayNotFollow
    stored, _created = Follow.objects.update_or_create(user=user, **_key_of(obj), defaults={"cadence": cadence})
    return stored


def unfollow(*, user: User, obj: Model) -> None:
    """Follow a thing no more; what was already told stays in the list. Twice is harmless."""
    Follow.objects.filter(user=user, **_key_of(obj)).delete()


def follow_of(*, user: Any, obj: Model) -> Follow | None:
    """Return this person's follow of a thing, or None."""
    if not user.is_authenticated:
        return None
    return Follow.objects.filter(user=user, **_key_of(obj)).first()


@transaction.atomic
def notify(
    *,
    kind: str,
    target: Model,
    key: str,
    actor: User | None = None,
    source: int | None = None,
    recipients: Iterable[User] = (),
    followers_of: Iterable[Model] = (),
    excluding: Iterable[User] = (),
) -> None:
    """Tell people of an event, outside the request and only if the transaction commits.

    `target` decides who may read it. `recipients` are told first, then those who follow one of `followers_of`, except
    `excluding` and the actor. `key` names the event ("comment:12"): a person is told of it once.
    An author who is masked is no actor: leave it out and put them in `excluding`. Raises KeyError for an unknown kind.
    """
    event = event_named(kind)
    defer(
        spread,
        kind=event.name,
        target=target.pk,
        key=key,
        actor=actor.pk if actor else None,
        source=source,
        recipients=[person.pk for person in recipients],
        followers_of=[[followable_of(type(thing)).name, thing.pk] for thing in followers_of],
        excluding=[person.pk for person in excluding],
    )


def choose_cadences(*, user: User, choices: dict[str, str]) -> None:
    """Store the cadence of each kind of event named in `choices`; unknown kinds are left out."""
    known = {LETTER, *(kind.name for kind in events())} & set(choices)
    CadenceChoice.objects.bulk_create(
        [CadenceChoice(user=user, kind=name, cadence=Cadence(choices[name])) for name in sorted(known)],
        update_conflicts=True,
        unique_fields=["user", "kind"],
        update_fields=["cadence"],
    )


def mark_read(*, user: User, notifications: Iterable[int] | None = None, target: Model | None = None) -> int:
    """Mark as read those with these ids, or those about this thing, or all; return how many were unread."""
    unread = Notification.objects.filter(recipient=user, read_at=None)
    if notifications is not None:
        unread = unread.filter(pk__in=list(notifications))
    if target is not None:
        unread = unread.filter(**_key_of(target))
    return unread.update(read_at=timezone.now())


def withdraw(*, door: str = "", sources: Iterable[int] = (), target: Model | None = None) -> None:
    """Count no more, for anybody, what tells of words that are gone: those written under these ids (`door`: the reply handler of
    their events, which answers under them), or all that tells of a thing that is no longer there."""
    unread = Notification.objects.filter(read_at=None)
    if target is not None:
        unread = unread.filter(**_key_of(target))
    else:
        unread = unread.filter(
            kind__in=[kind.name for kind in events() if door and kind.reply == door], source_id__in=list(sources)
        )
    unread.update(read_at=timezone.now())
