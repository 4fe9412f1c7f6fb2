"""Everything the site holds about a person: to hand it to them, or to erase it.

The export is complete by construction: it walks every relation to an account, whatever the app, so that a new model is
in it without anyone thinking of it. What is theirs is given whole; where they only acted on something (reviewed a page,
decided on a report) the row is named, not opened: it holds other people's words. Erasing is the reverse: each app says
what it erases; whatever it keeps is kept without the person's name, since the account itself is emptied (erasure.py).
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.db import models
from django.utils import timezone

from .models import User

# The names of relations by which a row belongs to the person.
OWN = {"user", "author", "recipient", "reporter", "person", "account", "requested_by"}
# Keys and tokens open doors: they are told of, never copied.
SECRET_MODELS = {"mfa.Authenticator", "usersessions.UserSession", "socialaccount.SocialToken", "wagtailcore.APIToken"}
SECRET_FIELDS = {"password", "token", "session_key", "submission_key", "digest"}
# Bookkeeping of the framework, without meaning for a person.
LEFT_OUT = {"members.User_groups", "members.User_user_permissions", "wagtailadmin.EditingSession"}

Eraser = Callable[[User], None]
_erasers: list[Eraser] = []


def register_eraser(erase: Eraser) -> None:
    """Erase what an app holds for a person's own use (drafts, bookmarks). What they wrote for others stays, unsigned."""
    if erase not in _erasers:
        _erasers.append(erase)


def erase_belongings(user: User) -> None:
    """Run every app's eraser."""
    for erase in _erasers:
        erase(user)


def export_of(user: User) -> dict[str, Any]:
    """Return everything about a person, as values that JSON holds, by kind of thing."""
    account = _values(user)
    account["groups"] = list(user.groups.values_list("name", flat=True))
    account["structure"] = str(user.structure or "")
    found: dict[str, Any] = {"exported_at": timezone.now().isoformat(), "account": account}
    for model, field in _relations():
        label = model._meta.label
        rows = model._base_manager.filter(**{field.name: user.pk})  # type: ignore[attr-defined]
        if label in SECRET_MODELS or field.name not in OWN:
            described = [{"id": str(pk)} for pk in rows.values_list("pk", flat=True)]
        else:
            described = [_values(row) for row in rows]
        if described:
            found[f"{label}.{field.name}"] = described
    return found


def _relations() -> Iterator[tuple[type[models.Model], Any]]:
    """Yield the models and the fields that name an account."""
    for relation in User._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel) and relation.related_model._meta.label not in LEFT_OUT:
            yield relation.related_model, relation.field


def _values(row: models.Model) -> dict[str, Any]:
    shown = (field for field in row._meta.concrete_fields if field.name not in SECRET_FIELDS)
    return {field.name: _plain(field.value_from_object(row)) for field in shown}


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else str(value)
