"""The kinds of acts that the journal knows. An app declares its own in a `sensitive_acts.py`, as constants:

GROUP_OPENED = register(Kind("exchange_groups.opened", Matter.GROUPS, _("a élargi la confidentialité du groupe")))

and its service writes them in the transaction of the act itself (see services.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Matter(models.TextChoices):
    """What an act is about: the filter of the journal's page."""

    ACCOUNTS = "comptes", _("Comptes ouverts et fermés")
    ROLES = "roles", _("Rôles donnés et retirés")
    GROUPS = "groupes", _("Groupes et confidentialité")
    DATA = "donnees", _("Données emportées et effacées")
    SIGNING_IN = "connexion", _("Moyens de se connecter")


@dataclass(frozen=True)
class Kind:
    """A kind of act. `name` is stored and never changes; `words` follow the name of who acted: « a validé le compte de »."""

    name: str
    matter: Matter
    words: str | Promise


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Declare a kind of act and return it. Raises ValueError for a name given to another kind."""
    if _kinds.setdefault(kind.name, kind) != kind:
        raise ValueError(f"{kind.name} names two kinds of acts")
    return kind


def kinds() -> Mapping[str, Kind]:
    """Return every kind by its name."""
    return _kinds
