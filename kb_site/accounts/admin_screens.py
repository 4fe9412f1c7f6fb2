"""What Wagtail's own screens do to accounts and roles, heard by signals and written in the journal.

Those screens have forms and bulk actions of their own: each change of a row is heard, whichever made it, and Wagtail says who
acts. Our services write what they do themselves.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db.models.signals import m2m_changed, post_save, pre_save
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _text
from wagtail import hooks
from wagtail.log_actions import get_active_log_context
from wagtail.models import ModelLogEntry

from kb_site.journal.kinds import Kind
from kb_site.journal.services import record

from . import sensitive_acts as acts
from .models import User
from .services.erasure import erase

FLAGS = {
    "is_superuser": (acts.ADMINISTRATOR_ENDED, acts.ADMINISTRATOR_NAMED),
    "is_active": (acts.CLOSED, acts.OPENED),
}
ROLES = {"post_add": acts.ROLE_GIVEN, "post_remove": acts.ROLE_TAKEN}


def acting() -> Any:
    """Return who works in Wagtail's screens during this request; None elsewhere."""
    return get_active_log_context().user


@receiver(m2m_changed, sender=User.groups.through)
def roles_changed(action: str, instance: Any, reverse: bool, pk_set: set[int] | None, **kwargs: Any) -> None:
    """A role given or taken, by the account's form or by a list of accounts."""
    by = acting()
    if by is None or action not in ROLES or not pk_set:
        return
    if reverse:
        _roles(ROLES[action], by, User.objects.filter(pk__in=pk_set), [instance])
    else:
        _roles(ROLES[action], by, [instance], Group.objects.filter(pk__in=pk_set))


def _roles(kind: Kind, by: Any, people: Iterable[User], roles: Iterable[Group]) -> None:
    given = list(roles)
    for person in people:
        for role in given:
            record(kind, by=by, about=person, thing=role.name)


@receiver(pre_save, sender=User)
def flags_changed(instance: User, **kwargs: Any) -> None:
    """Every right given or taken, an account closed or opened again."""
    if (by := acting()) is None or not instance.pk:
        return
    stored = User.objects.filter(pk=instance.pk).values(*FLAGS).first() or {}
    for flag, (lowered, raised) in FLAGS.items():
        if flag in stored and stored[flag] != (now := getattr(instance, flag)):
            record(raised if now else lowered, by=by, about=instance)


@receiver(post_save, sender=User)
def administrator_created(instance: User, created: bool, **kwargs: Any) -> None:
    """An account made with every right."""
    if created and instance.is_superuser and (by := acting()) is not None:
        record(acts.ADMINISTRATOR_NAMED, by=by, about=instance)


@hooks.register("after_bulk_action")
def accounts_closed(request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any) -> None:
    """Accounts opened or closed by a list: that action changes rows without a signal."""
    if action_type != "set_active_state":
        return
    kind = acts.OPENED if action.cleaned_form.cleaned_data["mark_as_active"] else acts.CLOSED
    for person in objects:
        record(kind, by=request.user, about=person)


@hooks.register("before_delete_user")
def erased_instead(request: HttpRequest, user: User) -> HttpResponse | None:
    """Deleted by an administrator, an account ends as any other: emptied, and its name off what stays."""
    return _erased(request, [user]) if request.method == "POST" else None


@hooks.register("before_bulk_action")
def accounts_erased_instead(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """The same by a list."""
    people = [one for one in objects if isinstance(one, User)]
    return _erased(request, people) if action_type == "delete" and people else None


def _erased(request: HttpRequest, people: Iterable[User]) -> HttpResponse:
    for person in people:
        erase(user=person, by=request.user)  # type: ignore[arg-type]
    messages.success(request, _text("C’est effacé : ce qui reste ne porte plus de nom."))
    return redirect("wagtailusers_users:index")


@receiver(post_save, sender=ModelLogEntry)
def role_redefined(instance: ModelLogEntry, created: bool, **kwargs: Any) -> None:
    """A role made, renamed, deleted, or whose rights changed: Wagtail's own log says so."""
    if created and instance.user_id and instance.content_type_id == ContentType.objects.get_for_model(Group).pk:
        record(acts.ROLE_REDEFINED, by=instance.user, thing=instance.label)
