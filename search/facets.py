"""The facets of search and lists: the name in the address, the label and the values of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from kb_site.accounts.choices import Role, SiaeType
from kb_site.accounts.models import Network
from practices.choices import Audience, Challenge, Channel, Evidence, Free, Kind, Modality, ResourceType, ToolCategory
from practices.models import Condition, Theme


@dataclass(frozen=True)
class Facet:
    """One facet. `choices` is a closed list, or a model whose slug and name (`named_by`) are the values.

    A facet that `excludes` leaves out the things that bear one of its chosen values.
    """

    name: str
    label: Any
    choices: Any
    named_by: str = "name"
    excludes: bool = False

    def labels(self) -> dict[str, str]:
        """Return value → label (one query when the values are rows)."""
        if hasattr(self.choices, "choices"):
            return {str(code): str(label) for code, label in self.choices.choices}
        if isinstance(self.choices, dict):
            return {code: str(label) for code, label in self.choices.items()}
        rows = self.choices.objects.values_list("slug", self.named_by)
        return {slug: _("sans « %s »") % name if self.excludes else name for slug, name in rows}


KINDS = {
    "pratique": _("Fiches pratiques"),
    "outil": _("Outils"),
    "ressource": _("Ressources"),
    "dossier": _("Dossiers"),
    "sujet": _("Sujets des groupes"),
    "seance": _("Séances"),
    "compte-rendu": _("Comptes rendus de séances"),
}
# One of them, as a line of results names it.
KIND_LABELS = {
    "pratique": _("Fiche pratique"),
    "outil": _("Outil"),
    "ressource": _("Ressource"),
    "dossier": _("Dossier"),
    "sujet": _("Sujet d’un groupe"),
    "seance": _("Séance"),
    "compte-rendu": _("Compte rendu"),
}
KIND = Facet("type", _("Type de contenu"), KINDS)
NO_DATA = Facet("sans-data", _("Sans data"), {"oui": _("Sans data")})
SMARTPHONE = Facet("smartphone", _("Smartphone"), {"oui": _("Smartphone suffit")})
# What one's people do not have: leaves out the cards that cannot do without (« faisable avec mon public »).
LACK = Facet("manque", _("Ce qui manque"), Condition, named_by="label", excludes=True)
# The two filters that decide whether people can take part: shown above the results, one touch each.
TOGGLES = (NO_DATA, SMARTPHONE)

PROBLEM = Facet("probleme", _("Problème"), Challenge)
THEME = Facet("theme", _("Thème"), Theme)
AUDIENCE = Facet("public", _("Public"), Audience)
CHANNEL = Facet("canal", _("Canal"), Channel)
EVIDENCE = Facet("preuve", _("Niveau de preuve"), Evidence)

# The first ones are shown at once, the others behind « Plus de filtres » (see listings.py).
SEARCH_FACETS = (PROBLEM, THEME, AUDIENCE, CHANNEL, EVIDENCE, Facet("modalite", _("Modalité"), Modality))
PRACTICE_FACETS = (
    PROBLEM,
    AUDIENCE,
    CHANNEL,
    Facet("nature", _("Nature"), Kind),
    THEME,
    Facet("modalite", _("Modalité"), Modality),
    Facet("metier", _("Métier"), Role),
    Facet("siae", _("Type de structure"), SiaeType),
    EVIDENCE,
    Facet("reseau", _("Réseau"), Network),
)
TOOL_FACETS = (Facet("categorie", _("Catégorie"), ToolCategory), Facet("gratuit", _("Prix"), Free), THEME)
RESOURCE_FACETS = (Facet("ressource", _("Genre"), ResourceType), THEME)
ALL_FACETS = {
    facet.name: facet
    for facet in (KIND, LACK, *TOGGLES, *SEARCH_FACETS, *PRACTICE_FACETS, *TOOL_FACETS, *RESOURCE_FACETS)
}
EXCLUDING = frozenset(facet.name for facet in ALL_FACETS.values() if facet.excludes)


def facet_of(token: str) -> str:
    """Return the facet of one of its values: "canal" of "canal:visio"."""
    return token.partition(":")[0]


def by_facet(counts: Mapping[str, int]) -> dict[str, dict[str, int]]:
    """Return facet → value → count from the counts of tokens; a facet that excludes has none."""
    facets: dict[str, dict[str, int]] = {}
    for token, count in counts.items():
        if (name := facet_of(token)) not in EXCLUDING:
            facets.setdefault(name, {})[token.removeprefix(f"{name}:")] = count
    return facets
