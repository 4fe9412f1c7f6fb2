"""The facets of search and lists: the name in the address, the label and the values of each."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from kb_site.members.models import Network
from kb_site.members.vocabularies import Role, SiaeType
from practices.models import Theme
from practices.vocabularies import (
    Audience,
    Challenge,
    Channel,
    Evidence,
    Free,
    Kind,
    Modality,
    ResourceType,
    ToolCategory,
)


@dataclass(frozen=True)
class Facet:
    """One facet. `choices` is a closed list, or a model whose slug and name are the values."""

    name: str
    label: Any
    choices: Any

    def labels(self) -> dict[str, str]:
        """Return value → label (one query when the values are rows)."""
        if hasattr(self.choices, "choices"):
            return {str(code): str(label) for code, label in self.choices.choices}
        if isinstance(self.choices, dict):
            return {code: str(label) for code, label in self.choices.items()}
        return dict(self.choices.objects.values_list("slug", "name"))


KINDS = {
    "pratique": _("Fiches pratiques"),
    "outil": _("Outils"),
    "ressource": _("Ressources"),
    "dossier": _("Dossiers"),
}
KIND = Facet("type", _("Type de contenu"), KINDS)
NO_DATA = Facet("sans-data", _("Sans data"), {"oui": _("Sans data ni Wi-Fi")})
SMARTPHONE = Facet("smartphone", _("Smartphone"), {"oui": _("Fonctionne sur smartphone")})

PRACTICE_FACETS = (
    Facet("probleme", _("Problème"), Challenge),
    NO_DATA,
    Facet("public", _("Public"), Audience),
    Facet("canal", _("Canal"), Channel),
    Facet("modalite", _("Modalité"), Modality),
    Facet("nature", _("Nature"), Kind),
    Facet("metier", _("Métier"), Role),
    Facet("siae", _("Type de structure"), SiaeType),
    Facet("preuve", _("Niveau de preuve"), Evidence),
    Facet("reseau", _("Réseau"), Network),
)
TOOL_FACETS = (Facet("categorie", _("Catégorie"), ToolCategory), Facet("gratuit", _("Prix"), Free), SMARTPHONE)
RESOURCE_FACETS = (Facet("ressource", _("Genre"), ResourceType),)
SEARCH_FACETS = (PRACTICE_FACETS[0], NO_DATA, Facet("theme", _("Thème"), Theme), *PRACTICE_FACETS[2:4])
ALL_FACETS = {facet.name: facet for facet in (KIND, *SEARCH_FACETS, *PRACTICE_FACETS, *TOOL_FACETS, *RESOURCE_FACETS)}
