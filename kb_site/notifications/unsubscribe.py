"""Stop a mail: what the link at the foot of each mail does, without signing in. Twice is harmless."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kb_site.accounts.models import User
from kb_site.http import is_id
from kb_site.mailing.tokens import Stop

from . import push
from .models import LETTER, Cadence, CadenceChoice, Follow, Notification
from .types import events, find_event


@dataclass(frozen=True, kw_only=True)
class Stoppable:
    """Mails of an app that decides itself what it sends: what « name:which » stops, in words ("" when there is no such
    thing any more) and in deed."""

    name: str
    words: Callable[[int, str], str]  # person, which
    stop: Callable[[int, str], None]


BOTH = "+"  # between the kinds that one link stops
_stoppables: dict[str, Stoppable] = {}


def register_stoppable(stoppable: Stoppable) -> None:
    """Let the stop links of these mails work. Each app does it in its AppConfig.ready()."""
    _stoppables[stoppable.name] = stoppable


def words_for(stop: Stop) -> str:
    """Return, in words, what a stop link stops; "" when there is no such thing (any more)."""
    what, _colon, which = stop.scope.partition(":")
    if what == "suivi":
        return _("les e-mails sur ce que vous suivez ici")
    if what == "genre" and (labels := [str(find_event(name).label) for name in kinds_of(stop)]):  # type: ignore[union-attr]
        return _("les e-mails « %s »") % _(" » et « ").join(labels)
    if what == "rythme" and which == Cadence.DAILY:
        return _("les e-mails du jour")
    whole = {LETTER: _("la lettre de la semaine"), push.SCOPE: _("de messages sur vos appareils")}
    if what in whole:
        return whole[what]
    if other := _stoppables.get(what):
        return other.words(stop.person, which)
    return ""


def kinds_of(stop: Stop) -> list[str]:
    """Return the kinds of events that a stop link stops: those of the mail that it was in, which may be several."""
    what, _colon, which = stop.scope.partition(":")
    return [name for name in which.split(BOTH) if find_event(name)] if what == "genre" else []


def parts_of(stop: Stop) -> list[tuple[str, Any]]:
    """Return what may be stopped alone, where a link stops several kinds: the name of each, what it is called."""
    kinds = kinds_of(stop)
    return [(name, find_event(name).label) for name in kinds] if len(kinds) > 1 else []  # type: ignore[union-attr]


def only(stop: Stop, kind: str) -> Stop:
    """Return a stop of this kind alone, if the link stops it; else the same."""
    return Stop(stop.person, f"genre:{kind}") if kind in kinds_of(stop) else stop


@transaction.atomic
def stop(asked: Stop) -> None:
    """Send no more of it, what waits to leave included. The list on the site goes on."""
    user = User.objects.filter(pk=asked.person).first()
    if user is None:
        return
    waiting = Notification.objects.filter(recipient=user, delivery=None)
    what, _colon, which = asked.scope.partition(":")
    if what == "suivi" and is_id(which):
        Follow.objects.filter(user=user, pk=which).update(cadence=Cadence.NEVER)
        waiting.filter(follow=int(which)).update(cadence=Cadence.NEVER)
    elif kinds := kinds_of(asked):
        _never(user, kinds)
        waiting.filter(kind__in=kinds).update(cadence=Cadence.NEVER)
    elif what == "rythme" and which == Cadence.DAILY:
        _stop_cadence(user, Cadence.DAILY)
    elif what == push.SCOPE:
        push.stop_all(user.pk)
    elif what == LETTER:
        _never(user, [LETTER])
        _stop_cadence(user, Cadence.WEEKLY)
    elif other := _stoppables.get(what):
        other.stop(user.pk, which)


def _never(user: User, kinds: list[str]) -> None:
    CadenceChoice.objects.bulk_create(
        [CadenceChoice(user=user, kind=kind, cadence=Cadence.NEVER) for kind in kinds],
        update_conflicts=True,
        unique_fields=["user", "kind"],
        update_fields=["cadence"],
    )


def _stop_cadence(user: User, cadence: Cadence) -> None:
    chosen = dict(user.cadence_choices.values_list("kind", "cadence"))
    _never(user, [kind.name for kind in events() if chosen.get(kind.name, kind.default) == cadence])
    user.follows.filter(cadence=cadence).update(cadence=Cadence.NEVER)
    Notification.objects.filter(recipient=user, delivery=None, cadence=cadence).update(cadence=Cadence.NEVER)
