"""Stop a mail: what the link at the foot of each mail does, without signing in. Twice is harmless."""

from collections.abc import Callable
from dataclasses import dataclass

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


_stoppables: dict[str, Stoppable] = {}


def register_stoppable(stoppable: Stoppable) -> None:
    """Let the stop links of these mails work. Each app does it in its AppConfig.ready()."""
    _stoppables[stoppable.name] = stoppable


def words_for(stop: Stop) -> str:
    """Return, in words, what a stop link stops; "" when there is no such thing (any more)."""
    what, _colon, which = stop.scope.partition(":")
    if what == "suivi":
        return _("les e-mails sur ce que vous suivez ici")
    if what == "genre" and (kind := find_event(which)):
        return _("les e-mails « %s »") % kind.label
    if what == "rythme" and which == Cadence.DAILY:
        return _("les e-mails du jour")
    whole = {LETTER: _("la lettre de la semaine"), push.SCOPE: _("de messages sur vos appareils")}
    if what in whole:
        return whole[what]
    if other := _stoppables.get(what):
        return other.words(stop.person, which)
    return ""


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
    elif what == "genre" and find_event(which):
        _never(user, [which])
        waiting.filter(kind=which).update(cadence=Cadence.NEVER)
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
