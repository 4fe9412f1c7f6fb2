"""What can be followed and what can be told: the apps above register here, so that this one need not know them.

Each app does it in its AppConfig.ready(), from its own `notification_types.py`.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet

from .models import Cadence, Notification


@dataclass(frozen=True, kw_only=True)
class Followable:
    """A kind of thing that people follow. `visible_to(user)` is the thing's own rule: it decides who may follow it,
    who is told, and what is still shown or sent later."""

    name: str  # in addresses: "fiche", "theme", "sujet"
    model: type[Model]
    label: Any  # « Fiche pratique »
    visible_to: Callable[[Any], QuerySet[Any]]
    title: Callable[[Any], str] = str
    url: Callable[[Any], str]
    place: Callable[[Any], str] = lambda _thing: ""  # the group or the network where it stands, at the head of mails


@dataclass(frozen=True)
class Source:
    """What was written: its words (plain text, cut when shown) and its own address when it has one."""

    text: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class NotificationType:
    """A kind of event. `sentence` may use %(actor)s and %(title)s. `sources(ids)` returns what is still readable of
    what was written; an id that it leaves out is gone, and is neither shown nor sent. `visible_to(user)`: the targets
    of which this event is told to a person, where fewer are told than may read the target (who leads a group)."""

    name: str
    label: Any  # the line of the settings: « Réponses à mes commentaires »
    sentence: Any  # « %(actor)s a répondu à votre commentaire sur « %(title)s » »
    target: type[Model]
    default: Cadence = Cadence.DAILY
    addressed: bool = False  # to the person: an answer, a call, an invitation; not the life of what they follow
    sources: Callable[[Collection[int]], Mapping[int, Source]] | None = None
    visible_to: Callable[[Any], QuerySet[Any]] | None = None
    count: Callable[[int], str] | None = None  # « 2 réponses dans vos groupes », for a phone: no name, no title
    reply: str = ""  # name of the reply handler (replies.py) when one may answer the mail

    def targets_for(self, user: Any) -> QuerySet[Any]:
        """Return the things of which this person may be told, or may still read, such an event."""
        return (self.visible_to or followable_of(self.target).visible_to)(user)


_followables: dict[str, Followable] = {}
_events: dict[str, NotificationType] = {}


def register_followable(followable: Followable) -> None:
    """Make a kind of thing followable. Raises ValueError when another one has its name."""
    _add(_followables, followable)


def register_notification_type(kind: NotificationType) -> None:
    """Declare a kind of event. Raises ValueError when another one has its name."""
    _add(_events, kind)


def _add(registry: dict[str, Any], item: Any) -> None:
    if registry.get(item.name, item) != item:
        raise ValueError(f"{item.name} is registered twice")
    registry[item.name] = item


def followables() -> list[Followable]:
    """Return every kind of followable thing, in the order of registration."""
    return list(_followables.values())


def events() -> list[NotificationType]:
    """Return every kind of event, in the order of registration: the lines of the settings page."""
    return list(_events.values())


def event_named(name: str) -> NotificationType:
    """Return a kind of event. Raises KeyError."""
    return _events[name]


def find_event(name: str) -> NotificationType | None:
    """Return a kind of event, or None when it no longer exists."""
    return _events.get(name)


def followable_named(name: str) -> Followable | None:
    """Return the followable with this name, or None."""
    return _followables.get(name)


def followable_of(model: type[Model]) -> Followable:
    """Return the followable of a model. Raises LookupError."""
    for followable in _followables.values():
        if issubclass(model, followable.model):
            return followable
    raise LookupError(f"{model.__name__} cannot be followed")


def content_type_of(followable: Followable) -> ContentType:
    """Return the content type under which follows and notifications of this kind are stored."""
    return ContentType.objects.get_for_model(followable.model)


def target_of(notification: Notification) -> Followable | None:
    """Return the followable that decides who may read a notification, or None when its kind no longer exists."""
    kind = _events.get(notification.kind)
    return followable_of(kind.target) if kind else None
