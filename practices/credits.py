"""The names that cards bear, in their credits above all: taken off at the end of an account, in every version."""

from collections.abc import Callable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.db.models.fields.json import KT
from wagtail.models import PageLogEntry, Revision

from kb_site.accounts.models import User
from kb_site.redaction import Redactor, redact

from .models import PracticePage

Content = dict[str, Any]


def cards_of(user: User) -> QuerySet[PracticePage]:
    """Return the cards of a person: those they own, and those they wrote a version of.

    The latter not when another account has the same public name: a name read there may be the other's.
    """
    theirs = Q(owner=user)
    if not _same_name(user).exists():
        written = _versions().filter(user=user).values_list("object_id", flat=True)
        theirs |= Q(pk__in=[int(pk) for pk in written])
    return PracticePage.objects.filter(theirs)


def take_person_off(*, cards: QuerySet[PracticePage], user: User) -> None:
    """Take a person off cards that are theirs: every text, live, draft or former, and the log. Nothing is published."""
    redactor = Redactor(user)

    def without(content: Content) -> Content:
        rest: Content = redactor.redacted(content)
        return rest | {"credits": redactor.redacted_credits(rest.get("credits", ""))}

    for pk in set(cards.values_list("pk", flat=True)):
        redact(PracticePage.objects.filter(pk=pk), redactor)
        _rewrite(pk, without)
        redact(PageLogEntry.objects.filter(page=pk), redactor)


def take_person_off_credits(*, user: User) -> None:
    """Take a person off the credits of any other card, wherever they stand with the structure where they work.

    The same name with other words, or with none, may be somebody else's: it stays.
    """
    structure = user.structure.name if user.structure else ""
    if not structure or _same_name(user).filter(structure=user.structure).exists():
        return
    redactor = Redactor(user)

    def without(content: Content) -> Content:
        credits = content.get("credits") or ""
        theirs = structure.casefold() in credits.casefold()
        return content | {"credits": redactor.redacted(credits)} if theirs else content

    live = PracticePage.objects.filter(credits__icontains=structure).values_list("pk", flat=True)
    stored = _versions().annotate(credits=KT("content__credits")).filter(credits__icontains=structure)
    for pk in {*live, *map(int, stored.values_list("object_id", flat=True))}:
        _rewrite(pk, without)


def _same_name(user: User) -> QuerySet[User]:
    """Return the other accounts that readers know by the same name."""
    same = User.objects.filter(first_name__iexact=user.first_name, last_name__istartswith=user.last_name[:1])
    return same.exclude(pk=user.pk)


def _versions() -> QuerySet[Revision]:
    return Revision.objects.filter(content_type=ContentType.objects.get_for_model(PracticePage))


def _rewrite(pk: int, without: Callable[[Content], Content]) -> None:
    """Apply a change to the credits of a card and to the whole of its versions."""
    row = PracticePage.objects.filter(pk=pk)
    for credits in row.values_list("credits", flat=True):
        row.update(credits=without({"credits": credits})["credits"])
    for version in _versions().filter(object_id=str(pk)).iterator(chunk_size=50):
        content = without(version.content)
        if content != version.content:
            Revision.objects.filter(pk=version.pk).update(content=content, object_str=content.get("title", ""))
