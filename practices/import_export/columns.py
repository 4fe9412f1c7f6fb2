"""The columns of the tables of cards: one list for the template, the import and the exports.

A cell of text is what an editor may type in a spreadsheet; `write` and `read` of a column undo one another.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, CharField, Field, TextField
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from ..models import PracticePage, ResourcePage, ToolPage
from .cells import Read, Write, codec


@dataclass(frozen=True)
class Column:
    """A column: the field that it holds, its heading, what to write in it, and how to go both ways."""

    field: str
    heading: str
    help: str | Promise
    read: Read
    write: Write
    required: bool = False
    personal: bool = False  # never in an open-data export
    model: type[Any] = PracticePage

    @property
    def has_default(self) -> bool:
        """Whether a page must have a value here and has one before anybody chose: an empty cell leaves it."""
        field = self.model._meta.get_field(self.field)
        if isinstance(field, BooleanField):
            return True
        return isinstance(field, Field) and not field.blank and bool(field.choices) and field.has_default()

    @property
    def is_list(self) -> bool:
        """Whether it takes several items, which may be read one by one."""
        return self.field == "themes" or isinstance(self.model._meta.get_field(self.field), ArrayField)

    @property
    def is_text(self) -> bool:
        """Whether it takes words as they come, several sections one after the other."""
        field = self.model._meta.get_field(self.field)
        return isinstance(field, TextField) or (isinstance(field, CharField) and not field.choices)

    @property
    def longest(self) -> int | None:
        """How many characters it takes, when it says."""
        field = self.model._meta.get_field(self.field)
        return getattr(field, "max_length", None) if self.is_text else None


def _column(
    field: str,
    help_text: Any = "",
    *,
    heading: str = "",
    required: bool = False,
    personal: bool = False,
    model: type[Any] = PracticePage,
) -> Column:
    model_field = model._meta.get_field(field)
    label = heading or capfirst(str(getattr(model_field, "verbose_name", field)))
    read, write, told = codec(model, field)
    return Column(field, label, help_text or told, read, write, required, personal, model)


@cache
def all_columns() -> list[Column]:
    """Return the columns in their order; « Identifiant » comes before them, and is not a field of the card."""
    return [
        _column("title", _("100 caractères au plus."), heading="Titre", required=True),
        _column("summary", _("200 caractères au plus."), required=True),
        _column("kind", required=True),
        _column("challenges", required=True),
        _column("functions"),
        _column("roles"),
        _column("siae_types"),
        _column("audiences"),
        _column("themes"),
        _column("modality", required=True),
        _column("channels", required=True),
        _column("objective", _("300 caractères au plus."), required=True),
        _column("limits", _("Quand ne pas s’en servir."), required=True),
        _column("questions", _("Une par ligne, avec les mots des gens.")),
        _column("steps"),
        _column("condition_links", heading="Conditions"),
        _column("tool_links", heading="Outils"),
        _column("fallback", _("Obligatoire pour publier si un canal demande une connexion.")),
        _column("watchpoints"),
        _column("adaptations"),
        _column("words_for_the_person", _("En mots très simples, pour la feuille remise à la personne.")),
        _column("group_size_min"),
        _column("group_size_max"),
        _column("duration_minutes"),
        _column("frequency"),
        _column("setup_time"),
        _column("cost"),
        _column("cost_note"),
        _column("participant_level"),
        _column("staff_level"),
        _column("data_mb_min"),
        _column("data_mb_max"),
        _column("data_source"),
        _column("data_processed"),
        _column("gdpr_note"),
        _column("context"),
        _column("observed_results"),
        _column("evidence", required=True),
        _column("provenance"),
        _column("maturity"),
        _column("sources"),
        _column("origin_structure"),
        _column("origin_period"),
        _column("credits"),
        _column("visibility"),
        _column("licence"),
        _column("card_owner", personal=True),
        _column("backup_owner", personal=True),
        _column("last_verified_at"),
        _column("review_every_months", heading="À revoir (mois)"),
    ]


IDENTIFIER = "Identifiant"
IDENTIFIER_HELP = _("Le vôtre, unique dans votre réseau : le même identifiant une autre fois met la fiche à jour.")


@cache
def tool_columns() -> list[Column]:
    """Return the columns of tool cards, in their order."""

    def of(field: str, *, heading: str = "", required: bool = False) -> Column:
        return _column(field, heading=heading, required=required, model=ToolPage)

    required = (
        "category", "limits", "free", "smartphone", "participant_account", "hosting", "end_to_end", "licence", "gdpr_advice",
        "accessibility", "skill_level",
    )  # fmt: skip
    optional = (
        "publisher", "website", "description", "themes", "free_limit", "minimum_version", "number_visible", "phone_in",
        "phone_in_note", "audio_fact", "video_fact", "offline", "app_size_mb", "gdpr_text", "gdpr_date", "gdpr_author",
        "data_saving_tips", "last_verified_at",
    )  # fmt: skip
    return [
        of("title", heading="Titre", required=True),
        of("summary", required=True),
        *(of(field, required=True) for field in required),
        *(of(field) for field in optional),
        of("review_every_months", heading="À revoir (mois)"),
    ]


@cache
def resource_columns() -> list[Column]:
    """Return the columns of resources, in their order."""

    def of(field: str, *, heading: str = "", required: bool = False) -> Column:
        return _column(field, heading=heading, required=required, model=ResourcePage)

    return [
        of("title", heading="Titre", required=True),
        of("summary", required=True),
        of("type", required=True),
        *(
            of(field)
            for field in ("body", "publisher", "published_on", "url", "themes", "duration_seconds", "transcript")
        ),
    ]
