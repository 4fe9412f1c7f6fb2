"""The names and addresses that an account ever had, and texts without them: for its end."""

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.db.models import Field, JSONField, Model, QuerySet
from django.db.models.fields import CharField, TextField
from django.dispatch import Signal
from django.utils.translation import gettext as _

# Between the words of one name, and between names: what people, and the editor of texts, write there.
_SPACE, _GAP = r"(?:\s|&nbsp;)+", r"(?:\s|&nbsp;|-)+"
# Letter without accent → the same with each of them (« e » → « éèêë… »).
_ACCENTED: dict[str, str] = defaultdict(str)
for _code in range(0xC0, 0x180):
    if (_base := unicodedata.normalize("NFD", chr(_code))[0]) != chr(_code):
        _ACCENTED[_base] += chr(_code)

ERASED_IN_ADDRESSES = "ancien-membre"
# A slug; a path; the name of a file.
IS_ADDRESS = re.compile(r"[a-z0-9_-]+|[^\s<>]*/[^\s<>]*|[^\s<>]+\.[A-Za-z0-9]{2,5}")
# The kinds of columns that hold words.
TEXTS = {CharField.__name__, TextField.__name__, JSONField.__name__}

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
        return _rewritten(value, self._everywhere_in)

    def _everywhere_in(self, text: str) -> str:
        return self._everywhere.sub(_("Ancien membre"), text)

    def redacted_credits(self, credits: str) -> str:
        """Return credits without the person, whose account may have one name only."""
        return self._in_credits.sub(_("Ancien membre"), str(self.redacted(credits)))


class LastMentions:
    """What no text of the site may hold after the end of an account, whoever wrote it: full names, addresses.

    A name that another account has too is left: it may be the other person that is spoken of.
    """

    def __init__(self, user: Any) -> None:
        others = {_folded(*names) for other in type(user).objects.exclude(pk=user.pk) for names in _names_of(other)}
        pairs = [(first, last) for first, last in _names_of(user) if first and last]
        pairs = [names for names in pairs if _folded(*names) not in others]
        addresses = sorted(_addresses_of(user))
        self._in_texts = _any_of([*(_full_name(*names) for names in pairs), *map(_address, addresses)])
        self._in_addresses = _any_of([_name_in_address(*names) for names in pairs])
        # For the database to find rows: a word of each name, letters with an accent written as JSON may write them.
        words = [max(re.split(r"[\W_]+", last), key=len) for _first, last in pairs]
        mailboxes = [re.escape(address) for address in addresses]
        self.likely = "|".join(mailboxes + ["".join(map(_likely_letter, word)) for word in words if word])

    def redacted(self, value: Any) -> Any:
        """Return a text, or a list or dictionary of texts, without the person."""
        return _rewritten(value, self._off_text)

    def _off_text(self, text: str) -> str:
        without = self._in_texts.sub(_("Ancien membre"), text)
        return self._in_addresses.sub(ERASED_IN_ADDRESSES, without) if IS_ADDRESS.fullmatch(without) else without


def _rewritten(value: Any, off: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        if value[:1] in {"[", "{"}:  # a version of a page holds the text of its blocks as JSON
            with suppress(ValueError):
                inner = json.loads(value)
                without = _rewritten(inner, off)
                return value if without == inner else json.dumps(without)
        return off(value)
    if isinstance(value, dict):
        return {key: _rewritten(item, off) for key, item in value.items()}
    return [_rewritten(item, off) for item in value] if isinstance(value, list) else value


def redact(rows: "QuerySet[Any]", redactor: Redactor) -> None:
    """Rewrite the texts of these rows without the person. Not through save(): nothing is published nor told by it."""
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


def _names_of(user: Any) -> list[tuple[str, str]]:
    return [(user.first_name.strip(), user.last_name.strip()), *((first, last) for first, last in user.former_names)]


def _addresses_of(user: Any) -> set[str]:
    from allauth.account.models import EmailAddress  # models are loaded only now

    known = EmailAddress.objects.filter(user=user).values_list("email", flat=True)
    return {user.email, *user.former_addresses, *known} - {""}


def _words(text: str) -> str:
    return _GAP.join("".join(map(_letter, word)) for word in re.split(r"[\s-]+", text) if word)


def _letter(letter: str) -> str:
    """A letter with or without its accent; any apostrophe for an apostrophe."""
    if letter in "'’":
        return r"(?:['’]|&#x27;|&#39;)"
    base = unicodedata.normalize("NFD", letter)[0]
    same = _ACCENTED.get(base, "")
    return f"[{base}{same}]" if same else re.escape(letter)


def _full_name(first: str, last: str) -> str:
    first, last = _words(first), _words(last)
    return rf"(?i:(?<!\w)(?:{first}{_SPACE}{last}|{last}{_SPACE}{first})(?!\w))"


def _name_in_address(first: str, last: str) -> str:
    """The name as addresses of pages and names of files write it: « prenom-nom », « Nom_Prénom »."""
    first, last = (_words(name).replace(_GAP, r"[-_.+ ]?") for name in (first, last))
    return rf"(?i:(?<![^\W_])(?:{first}[-_.+]{last}|{last}[-_.+]{first})(?![^\W_]))"


def _short_names(first: str, last: str) -> list[str]:
    # Case counts: « marie a. » may be the end of a sentence.
    return [
        rf"(?<!\w){_words(first)}{_SPACE}{_letter(last[:1])}\.",
        rf"(?<!\w){_letter(first[:1])}\.\s*{_words(last)}(?!\w)",
    ]


def _folded(first: str, last: str) -> frozenset[str]:
    return frozenset(unicodedata.normalize("NFD", name).casefold() for name in (first, last))


def _likely_letter(letter: str) -> str:
    base = unicodedata.normalize("NFD", letter)[0]
    same = _ACCENTED.get(base.lower(), "") + _ACCENTED.get(base.upper(), "")
    return rf"(?:[{base}{same}]|\\+u00..)" if same else re.escape(letter)


def _address(address: str) -> str:
    return rf"(?i:(?<![\w.+-]){re.escape(address)}(?![\w-]))"


def _any_of(patterns: list[str]) -> "re.Pattern[str]":
    return re.compile("|".join(patterns) or r"(?!)")
