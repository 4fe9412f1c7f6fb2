"""Everything the site holds about a person: to hand it to them, or to erase it.

Each app says in its `data_retention.py`, in one table, what becomes of every row that names an account, and whether the person takes
it away whole. What is theirs is exported whole; where they only acted on something (reviewed a page, decided on a report)
the row is named, not opened: it holds other people's words. What stays after the end of an account stays without the
person's name, since the account itself is emptied (accounts/services/erasure.py). A test demands a line for every relation to an account.

The same files say it to people, in plain words (`describe`): what, who reads it, until when. What becomes of it at the end
of an account is read from the tables, durations from the constants that the jobs obey: the page « Ce que nous gardons » is
made of them, and a test demands that no table is left out of it.
"""

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .redaction import Redactor, redact
from .sweep import sweep

# Keys open doors: they are told of, never copied.
SECRET_FIELDS = {"password", "token", "session_key", "submission_key", "digest", "endpoint", "p256dh", "auth"}


class AtEnd(Enum):
    """What becomes of a row when the account that it names ends."""

    ERASED = "the row goes"
    UNSIGNED = "the row stays and names nobody any more"
    KEPT = "the row stays and names the emptied account"


@dataclass(frozen=True)
class Held:
    """A relation to an account. `theirs`: exported whole. `why`: the reason to keep what is not erased.

    `their_words`: what stays may hold words of theirs, signed or not, which lose their name.
    """

    at_end: AtEnd
    theirs: bool
    why: str = ""
    their_words: bool = True


ERASED = Held(AtEnd.ERASED, theirs=True)
ERASED_KEY = Held(AtEnd.ERASED, theirs=False)  # opens a door, or is the framework's own bookkeeping


def kept(why: str) -> Held:
    """What the person wrote or did for others, and which stays."""
    return Held(AtEnd.KEPT, theirs=True, why=why)


def acted(why: str, *, their_words: bool = True) -> Held:
    """What others made, on which the person acted, with a reason or an answer perhaps.

    `their_words` is false where the whole row is what others wrote: another person of the same name keeps it.
    """
    return Held(AtEnd.KEPT, theirs=False, why=why, their_words=their_words)


def unsigned(why: str) -> Held:
    """What belongs to the network, from which the person is taken away."""
    return Held(AtEnd.UNSIGNED, theirs=False, why=why)


class Matter(models.TextChoices):
    """The parts of the page « Ce que nous gardons », in their order."""

    ACCOUNT = "compte", _("Votre compte")
    WRITTEN = "ecrits", _("Ce que vous écrivez sur les fiches")
    GROUPS = "groupes", _("Groupes et séances")
    FOLLOWED = "suivis", _("Ce que vous suivez et recevez")
    EDITED = "edition", _("Ce que vous faites pour les fiches et les groupes")
    NAMELESS = "sans-nom", _("Ce qui ne nomme personne")


@dataclass(frozen=True)
class Description:
    """One kind of thing that the site keeps, as people are told of it.

    `tables`: the models that hold it. `kept_for`: how long a job of the site keeps it, whatever becomes of the account; None
    when only the end of the account, or the person, ends it. `after`: what that time is counted from.
    """

    matter: Matter
    what: str | Promise
    readers: str | Promise
    tables: tuple[str, ...]
    kept_for: datetime.timedelta | None = None
    after: str | Promise = ""

    @property
    def ends(self) -> AtEnd | None:
        """What becomes of it at the end of the account; None for what names no account."""
        lines = [line for name, line in _held.items() if name.rpartition(".")[0] in self.tables]
        own = [line.at_end for line in lines if line.theirs or line.at_end is AtEnd.ERASED] or [
            line.at_end for line in lines
        ]
        return max(own, key=list(AtEnd).index, default=None)  # the least that is done


_descriptions: list[Description] = []


def describe(*descriptions: Description) -> None:
    """Add what an app keeps to the page « Ce que nous gardons »."""
    _descriptions.extend(one for one in descriptions if one not in _descriptions)


def descriptions() -> Iterator[tuple[Matter, list[Description]]]:
    """Yield each part of the page with what it tells."""
    for matter in Matter:
        yield matter, [one for one in _descriptions if one.matter is matter]


Eraser = Callable[[Any], None]
_erasers: list[Eraser] = []
_held: dict[str, Held] = {}


def hold(table: Mapping[str, Held]) -> None:
    """Add an app's table: "app.Model.field" → what becomes of it. Raises ValueError for a line given twice."""
    if twice := _held.keys() & table.keys():
        raise ValueError(f"{sorted(twice)} in two tables")
    _held.update(table)


def held() -> Mapping[str, Held]:
    """Return the tables of all apps in one."""
    return _held


def register_eraser(erase: Eraser) -> None:
    """Do something more at the end of an account, before the rows go: what no relation shows, or what tells others."""
    if erase not in _erasers:
        _erasers.append(erase)


def erase_belongings(user: Any) -> None:
    """Run every app's eraser, apply the tables, then look everywhere: nothing that stays holds the person's names or addresses.

    Of the person's own words, forms that may be somebody else's go too (« Prénom N. »).
    """
    redactor = Redactor(user)
    for erase in _erasers:
        erase(user)
    for name, model, field in relations():
        line = _held.get(name)
        rows = model._base_manager.filter(**{field.name: user.pk})
        if line is None or line.at_end is AtEnd.KEPT:
            if line and line.their_words:
                redact(rows, redactor)
        elif line.at_end is AtEnd.ERASED:
            _forget_files(model, rows)
            rows.delete()
        else:
            rows.update(**{field.name: None})
    sweep(user)


def _forget_files(model: type[models.Model], rows: "models.QuerySet[Any]") -> None:
    """Delete the files of rows that go, once they are gone: rows deleted together leave them on the storage."""
    for column in model._meta.local_concrete_fields:
        if isinstance(column, models.FileField):
            for name in filter(None, rows.values_list(column.name, flat=True)):
                transaction.on_commit(partial(column.storage.delete, name))


def export_of(user: Any) -> dict[str, Any]:
    """Return everything about a person, as values that JSON holds, by kind of thing."""
    account = _values(user)
    account["groups"] = list(user.groups.values_list("name", flat=True))
    account["structure"] = str(user.structure or "")
    found: dict[str, Any] = {"exported_at": timezone.now().isoformat(), "account": account}
    for name, model, field in relations():
        rows = model._base_manager.filter(**{field.name: user.pk})
        if name in _held and _held[name].theirs:
            described = [_values(row) for row in rows]
        else:
            described = [{"id": str(pk)} for pk in rows.values_list("pk", flat=True)]
        if described:
            found[name] = described
    return found


def relations() -> Iterator[tuple[str, type[models.Model], Any]]:
    """Yield every relation to an account: its name in the tables, the model and the field."""
    for relation in get_user_model()._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel):
            model: Any = relation.related_model
            yield f"{model._meta.label}.{relation.field.name}", model, relation.field


def _values(row: models.Model) -> dict[str, Any]:
    shown = (field for field in row._meta.concrete_fields if field.name not in SECRET_FIELDS)
    return {field.name: _plain(field.value_from_object(row)) for field in shown}


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, bytes | memoryview):
        return f"({len(value)} octets)"
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else str(value)
