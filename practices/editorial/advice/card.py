"""What to tell an editor before a card is published: what is missing, how it reads, what looks like it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ...marks import without_marks
from ...models import PracticePage, PracticeTheme
from ...text_normalization import folded
from .contradictions import contradictions_of
from .readability import Readability, readability, words_of

TEXTS = (
    "summary",
    "objective",
    "limits",
    "fallback",
    "watchpoints",
    "adaptations",
    "gdpr_note",
    "context",
    "observed_results",
    "words_for_the_person",
)
NEEDED = ("title", "summary", "kind", "objective", "modality", "channels", "evidence")
SIMILAR = 3
CANDIDATES = 200
TITLE_WORD = 4  # letters; shorter words tell nothing
LOOKS_ALIKE = 0.34
# What all the pictures of a card may weigh together: half a minute of a messaging app's call.
PICTURES_WEIGH_MOST = 300_000  # bytes


@dataclass(frozen=True)
class Advice:
    """Everything the panel shows. `missing` blocks publication, `contradictions` and `recommended` do not."""

    missing: list[str]
    contradictions: list[str]
    recommended: list[str]
    reading: Readability
    similar: list[PracticePage]


def advice_for(card: PracticePage, user: Any) -> Advice:
    """Return the advice on a card as it is now in the editor's form, or in its last saved draft."""
    return Advice(
        missing_of(card),
        contradictions_of(card),
        recommended_for(card),
        readability(full_text(card)),
        similar_to(card, user),
    )


def missing_of(card: PracticePage) -> list[str]:
    """Return, in words, what prevents publication."""
    empty = [name for name in NEEDED if not getattr(card, name)]
    words = [_("« %s » est vide.") % capfirst(str(_label(card, name))) for name in empty]
    return [*words, *(str(message) for message in card.publication_errors().values())]


def _label(card: PracticePage, name: str) -> Any:
    return getattr(card._meta.get_field(name), "verbose_name", name)


def recommended_for(card: PracticePage) -> list[str]:
    """Return, in words, what would make the card easier to find, to try and to keep true."""
    wishes = [
        (not card.card_owner_id, _("Choisissez une personne responsable : elle recevra les rappels.")),
        (not card.backup_owner_id, _("Choisissez une suppléance : les auteurs partent.")),
        (not card.theme_items.count(), _("Ajoutez un ou deux thèmes : la fiche se trouvera mieux.")),
        (not card.roles, _("Dites pour quels métiers.")),
        (not card.audiences, _("Dites pour quels publics.")),
        (card.duration_minutes is None, _("Donnez la durée.")),
        (not card.condition_links.count(), _("Dites à quelles conditions cela marche.")),
        (not card.tool_links.count(), _("Nommez l’outil principal, ou le téléphone : la data se calcule seule.")),
        (card.participant_level is None, _("Donnez le niveau demandé au participant.")),
        (not card.observed_results.strip(), _("Écrivez ce que vous avez observé, même un échec.")),
        (
            bool(card.data_processed) and not card.gdpr_note.strip(),
            _("Ajoutez une note RGPD sur les données traitées."),
        ),
        (
            sum(picture.weight for picture in card.shown_pictures.values()) > PICTURES_WEIGH_MOST,
            _("Les images pèsent plus de 300 Ko en tout : gardez les plus utiles, un dessin ne pèse rien."),
        ),
        (not card.sources, _("Citez une source, si vous en avez une.")),
    ]
    return [words for wished, words in wishes if wished]


def full_text(card: PracticePage) -> str:
    """Return all that a reader of the card reads."""
    steps = [
        text for child in card.steps for text in (child.value["title"], child.value["instruction"], child.value["tip"])
    ]
    return without_marks("\n".join(filter(None, [card.title, *(getattr(card, name) for name in TEXTS), *steps])))


def similar_to(card: PracticePage, user: Any) -> list[PracticePage]:
    """Return the published cards that may say the same: words of the title in common, then themes.

    Likeness is the share of words in common (Jaccard) of the titles, plus a little for each theme in common.
    """
    own = _title_words(card.title)
    if not own:
        return []
    themes = {item.tag_id for item in card.theme_items.all()}
    alike = Q()
    for word in words_of(card.title):  # as typed: the database compares accents too
        if len(word) >= TITLE_WORD:
            alike |= Q(title__icontains=word)
    alike |= Q(theme_items__tag__in=themes)
    candidates = PracticePage.objects.visible_to(user).filter(alike).exclude(pk=card.pk).distinct()[:CANDIDATES]
    found = {page.pk: page for page in candidates}
    shared: dict[int, int] = {}
    for page_id, tag in PracticeTheme.objects.filter(content_object__in=found).values_list("content_object", "tag"):
        shared[page_id] = shared.get(page_id, 0) + (tag in themes)
    scored = []
    for page in found.values():
        words = _title_words(page.title)
        likeness = len(own & words) / len(own | words) + 0.08 * shared.get(page.pk, 0)
        if likeness >= LOOKS_ALIKE:
            scored.append((likeness, page))
    return [page for _likeness, page in sorted(scored, key=lambda pair: -pair[0])[:SIMILAR]]


def _title_words(title: str) -> set[str]:
    parts = (part for word in words_of(title) for part in folded(word).replace("-", " ").replace("'", " ").split())
    return {part.rstrip("sx") for part in parts if len(part) >= TITLE_WORD}
