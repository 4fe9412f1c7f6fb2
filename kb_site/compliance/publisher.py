"""Who answers for the site: what of its identity the law asks to be said, and what is still lacking."""

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kb_site.home.blanks import BLANK
from kb_site.identity.face import Face
from kb_site.identity.models import Identity

# Law of 21 June 2004, article 1-1; GDPR, article 13. Field of Identity → its name on the screen.
ASKED: dict[str, str | Promise] = {
    "publisher": _("éditeur du site"),
    "publisher_address": _("adresse de l’éditeur"),
    "publication_director": _("responsable de la publication"),
    "host": _("hébergeur"),
    "contact": _("adresse de contact"),
}


def lacking(who: Face | Identity) -> list[str]:
    """Return, in words, what the legal notice lacks, or holds as a blank."""
    return [str(label) for name, label in ASKED.items() if not said(getattr(who, name))]


def said(value: str) -> str:
    """Return what was written, nothing for a blank."""
    return "" if BLANK in value.lower() else value.strip()


def publisher_lines(face: Face) -> Iterator[tuple[str, str]]:
    """Yield each line of the legal notice that is known: its name, its value."""
    for name, label in ASKED.items():
        if value := said(getattr(face, name)):
            yield str(label), value
