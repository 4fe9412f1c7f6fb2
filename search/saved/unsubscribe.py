"""What the links at the foot of an alert stop: one saved search (« recherche:12 »), or all (« recherche: »)."""

from django.utils.translation import gettext as _

from kb_site.http import is_id
from kb_site.mailing.tokens import stop_url
from kb_site.notifications.unsubscribe import Stoppable, register_stoppable

from .models import SavedSearch
from .services import stop_alerts

NAME = "recherche"
ALL = f"{NAME}:"


def stop_url_of(saved: SavedSearch) -> str:
    """Return the full address that stops the mails of this saved search, without signing in."""
    return stop_url(person=saved.user_id, scope=f"{NAME}:{saved.pk}")


def register() -> None:
    """Let these links work."""
    register_stoppable(Stoppable(name=NAME, words=_words, stop=_stop))


def _words(person: int, which: str) -> str:
    if not which:
        return _("les e-mails de toutes vos recherches enregistrées")
    saved = SavedSearch.objects.filter(user=person, pk=which).first() if is_id(which) else None
    return _("les e-mails de la recherche « %s »") % saved.name if saved else ""


def _stop(person: int, which: str) -> None:
    if not which:
        stop_alerts(person=person)
    elif is_id(which):
        stop_alerts(person=person, saved=int(which))
