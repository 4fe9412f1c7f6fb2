"""The names and addresses that an account ever had, and texts without them: for its end."""

import re
from typing import Any

from django.db.models import Field, JSONField, Model, QuerySet
from django.db.models.fields import CharField, TextField
from django.dispatch import Signal
from django.utils.translation import gettext as _

# Sent with `instance`, read before the change: texts of this row lost a name by other ways than save().
rewritten = Signal()


class Redactor:
    """What leads back to a person in a text: full names whatever their case and order, « Prénom N. », « P. Nom », addresses.

    A first or a last name alone is left, but in the credits of one's own card: it is also an ordinary word, or somebody else's.
    """

    def __init__(self, user: Any) -> None:
        names = [names for names in _names_of(user) if any(names)]
        pairs = [(first, last) for first, last in names if first and last]
        self._everywhere = _any_of(
            [
                *(_full_name(first, last) for first, last in pairs),
                *map(_address, _addresses_of(user)),
                *(form for first, last in pairs for form in _short_names(first, last)),
            ]
        )
        self._in_credits = _any_of(
            [rf"(?<!\w){_words(first or last)}(?!\w)" for first, last in names if not (first and last)]
        )

    def redacted(self, value: Any) -> Any:
        """Return a text, or a list or dictionary of texts, where « Ancien membre » stands instead."""
        if isinstance(value, str):
            return self._everywhere.sub(_("Ancien membre"), value)
        if isinstance(value, dict):
            return {key: self.redacted(item) for key, item in value.items()}
        return [self.redacted(item) for item in value] if isinstance(value, list) else value

    def redacted_credits(self, credits: str) -> str:
        """Return credits without the person, whose account may have one name only."""
        return self._in_credits.sub(_("Ancien membre"), str(self.redacted(credits)))


def redact(rows: "QuerySet[Any]", redactor: Redactor) -> None:
    """Rewrite the texts of these rows. Not through save(): nothing is published nor told by it."""
    for row in rows.iterator(chunk_size=200):
        changes = {field.attname: text for field, text in _changed(row, redactor)}
        if changes:
            type(row)._base_manager.filter(pk=row.pk).update(**changes)
            rewritten.send(sender=type(row), instance=row)


def _changed(row: Model, redactor: Redactor) -> "list[tuple[Field[Any, Any], Any]]":
    changed = []
    for field in row._meta.concrete_fields:
        # A closed list holds codes; a subclass such as StreamField or FileField has a shape of its own.
        if field.choices or type(field).get_internal_type(field) not in TEXTS:
            continue
        before = field.value_from_object(row)
        if field.primary_key or (after := redactor.redacted(before)) == before:
            continue
        length = getattr(field, "max_length", None)
        changed.append((field, after[:length] if length and isinstance(after, str) else after))
    return changed


TEXTS = {CharField.__name__, TextField.__name__, JSONField.__name__}


def _names_of(user: Any) -> list[tuple[str, str]]:
    return [(user.first_name.strip(), user.last_name.strip()), *((first, last) for first, last in user.former_names)]


def _addresses_of(user: Any) -> set[str]:
    from allauth.account.models import EmailAddress

    return {user.email, *EmailAddress.objects.filter(user=user).values_list("email", flat=True)} - {""}


def _words(text: str) -> str:
    return r"\s+".join(map(re.escape, text.split()))


def _full_name(first: str, last: str) -> str:
    first, last = _words(first), _words(last)
    return rf"(?i:(?<!\w)(?:{first}\s+{last}|{last}\s+{first})(?!\w))"


def _short_names(first: str, last: str) -> list[str]:
    # Case counts: « marie a. » may be the end of a sentence.
    return [
        rf"(?<!\w){_words(first)}\s+{re.escape(last[:1])}\.",
        rf"(?<!\w){re.escape(first[:1])}\.\s*{_words(last)}(?!\w)",
    ]


def _address(address: str) -> str:
    return rf"(?i:(?<![\w.+-]){re.escape(address)}(?![\w-]))"


def _any_of(patterns: list[str]) -> "re.Pattern[str]":
    return re.compile("|".join(patterns) or r"(?!)")
