"""The facets of search and lists: which ones each offers, of those that apps declare beside their choices."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from kb_site.accounts.choices import ROLE, SIAE_TYPE
from kb_site.accounts.models import NETWORK
from kb_site.search_documents import Facet
from practices.choices import (
    ACCOUNT,
    AUDIENCE,
    CHALLENGE,
    CHANNEL,
    EVIDENCE,
    FREE,
    FUNCTION,
    KIND_OF_PRACTICE,
    MODALITY,
    NO_DATA,
    NUMBER_SHOWN,
    RESOURCE_TYPE,
    SMARTPHONE,
    TOOL_CATEGORY,
)
from practices.models.conditions import LACK
from practices.models.themes import THEME

KINDS = {
    "pratique": _("Fiches pratiques"),
    "outil": _("Outils"),
    "ressource": _("Ressources"),
    "dossier": _("Dossiers"),
    "orientation": _("Orientations"),
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
    "orientation": _("Orientation"),
    "sujet": _("Sujet d’un groupe"),
    "seance": _("Séance"),
    "compte-rendu": _("Compte rendu"),
}
KIND = Facet("type", _("Type de contenu"), KINDS)
# The two filters that decide whether people can take part: shown above the results, one touch each.
TOGGLES = (NO_DATA, SMARTPHONE)

# The first ones are shown at once, the others behind « Plus de filtres » (see listings.py).
SEARCH_FACETS = (CHALLENGE, THEME, AUDIENCE, CHANNEL, EVIDENCE, MODALITY)
PRACTICE_FACETS = (
    CHALLENGE,
    AUDIENCE,
    CHANNEL,
    KIND_OF_PRACTICE,
    THEME,
    MODALITY,
    ROLE,
    FUNCTION,
    SIAE_TYPE,
    EVIDENCE,
    NETWORK,
)
TOOL_FACETS = (TOOL_CATEGORY, FREE, ACCOUNT, NUMBER_SHOWN, THEME)
RESOURCE_FACETS = (RESOURCE_TYPE, THEME)
ORIENTATION_FACETS = (THEME,)
ALL_FACETS = {
    facet.name: facet
    for facet in (KIND, LACK, *TOGGLES, *SEARCH_FACETS, *PRACTICE_FACETS, *TOOL_FACETS, *RESOURCE_FACETS)
}
EXCLUDING = frozenset(facet.name for facet in ALL_FACETS.values() if facet.excludes)


def asked_tokens(name: str, values: Iterable[str]) -> list[str]:
    """Return the tokens of the chosen values of a facet: what an entry bears to pass, or to be left out."""
    return ALL_FACETS[name].asked_tokens(values)


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
