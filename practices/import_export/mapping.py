"""Which heading of a file fills which field: the same words, words that mean it elsewhere, or what the editor chose."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from ..text_normalization import folded
from .cells import SEPARATOR, Known
from .columns import IDENTIFIER, Column
from .documents.documents import BEGINNING, WHOLE
from .limits import CellError, Unreadable
from .shaping import shaped
from .tables import Table

# Field → how other sites and people call it, folded; the first that a file has and that reads is taken.
OTHER_NAMES: dict[str, tuple[str, ...]] = {
    "title": ("title", "nom", "name", "intitule", "titre de la fiche"),
    "summary": ("resume", "summary", "description", "excerpt", "chapo", "chapeau", "accroche", "en bref", "extrait", "subtitle", "sous-titre"),
    "body": (folded(WHOLE), "texte", "contenu", "content"),
    "description": ("presentation", "description (partie du texte)", folded(WHOLE)),
    "themes": ("theme", "tags", "tag", "categories", "categorie", "mots-cles", "keywords"),
    "type": ("format", "type de ressource", "support"),
    "url": ("url", "lien", "link", "adresse", "source", "site", "website"),
    "website": ("url", "lien", "link", "site web", "adresse", "site officiel"),
    "publisher": ("editeur", "auteur", "author", "publisher", "organisation", "source", "creator"),
    "published_on": ("date", "date de publication", "published", "pubdate", "createdat", "created", "post_date"),
    "limits": ("limites", "limite", "quand ne pas s'en servir", "inconvenients", "limites et points d'attention"),
    "objective": ("objectifs", "but", "finalite", "pourquoi", "goal"),
    "steps": ("deroulement", "deroule", "mode d'emploi", "comment faire", "methode", "marche a suivre", "pas a pas", "steps"),
    "watchpoints": ("vigilance", "points d'attention", "attention", "precautions", "a savoir"),
    "adaptations": ("variantes", "adaptation", "variante"),
    "context": ("contexte", "origine", "constat"),
    "observed_results": ("resultats", "bilan", "effets", "impact"),
    "fallback": ("sans connexion", "repli"),
    "duration_minutes": ("duree", "temps", "duration"),
    "audiences": ("public", "public cible", "pour qui", "publics cibles"),
    "credits": ("auteur", "auteurs", "author", "credits", "creator"),
    "sources": ("source", "references", "pour aller plus loin", "liens utiles", "bibliographie", "ressources"),
    "licence": ("license",),
    "tool_links": ("outils", "outil"),
    "condition_links": ("conditions", "prerequis"),
    "category": ("type", "categories"),
    "gdpr_text": ("rgpd", "donnees personnelles"),
    "last_verified_at": ("date de verification", "mise a jour"),
}  # fmt: skip
SAID_IN_HEADS = {
    "publisher",
    "url",
    "website",
    "published_on",
    "credits",
    "type",
    "category",
    "licence",
    "themes",
    "last_verified_at",
}
TRIED = 20  # rows looked at to know whether a heading reads as a field


@dataclass(frozen=True)
class Mapping:
    """`sources`: each column that the file fills → its headings. `ignored`: headings that fill nothing."""

    sources: dict[str, list[str]]
    ignored: list[str]


def chosen_mapping(table: Table, columns: Sequence[Column], chosen: dict[str, str], known: Known) -> Mapping:
    """Return which headings fill which fields; `chosen`: heading → field or "", for those that somebody decided on."""
    fields = {column.field for column in columns}
    sources: dict[str, list[str]] = {}
    for heading in table.headings:
        if chosen.get(heading, "") in fields:
            sources.setdefault(chosen[heading], []).append(heading)
    free = [heading for heading in table.headings if heading not in chosen and folded(heading) != folded(IDENTIFIER)]
    for column in columns:
        if column.field not in sources and (found := _guessed(column, free, table, known)):
            sources[column.field] = [found]
            free.remove(found)
    taken = {heading for headings in sources.values() for heading in headings}
    ignored = [h for h in table.headings if h not in taken and folded(h) != folded(IDENTIFIER)]
    return Mapping(sources, ignored)


def _guessed(column: Column, headings: list[str], table: Table, known: Known) -> str:
    own = (folded(column.heading), folded(column.field))
    for heading in headings:
        if folded(heading) in own:
            return heading
    if not table.documents:
        return ""  # who fills a table knows our headings: another one is told, never taken for ours
    # « ## Source » inside a text is not the publisher of its head.
    told = headings if column.field not in SAID_IN_HEADS else [h for h in headings if h not in table.sections]
    by_name = {folded(heading): heading for heading in told}
    names = [*OTHER_NAMES.get(column.field, ()), *([folded(BEGINNING)] if column.field == "summary" else [])]
    for name in names:
        if name in by_name and _reads(column, by_name[name], table, known):
            return by_name[name]
    return ""


def _reads(column: Column, heading: str, table: Table, known: Known) -> bool:
    """Whether most of what stands under a heading is what this field takes."""
    cells = [cells[heading] for _number, cells in table.rows if cells.get(heading)][:TRIED]
    return bool(cells) and 2 * sum(_is_read(column, cell, known) for cell in cells) > len(cells)


def _is_read(column: Column, cell: str, known: Known) -> bool:
    if isinstance(cell, Unreadable):
        return False
    if column.is_list and SEPARATOR in cell:  # one item that is known is enough: the others will be told
        return any(_is_read(column, piece, known) for piece in cell.split(SEPARATOR))
    text = shaped(column.field, cell)
    try:
        column.read(text, known)
    except (CellError, ValidationError):
        return False
    return column.longest is None or len(text) <= column.longest
