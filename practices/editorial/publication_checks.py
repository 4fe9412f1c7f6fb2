"""What stands between a card and its publication, in words."""

from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ..models import PracticePage


def problems_of(version: PracticePage) -> dict[str, list[str]]:
    """Return what keeps this version of a card from going live: name of the field ("__all__": the card) → sentences."""
    problems: dict[str, list[str]] = {field: [str(said)] for field, said in version.publication_errors().items()}
    try:
        version.full_clean()
    except ValidationError as error:
        for field, messages in error.message_dict.items():
            problems.setdefault(field, messages)
    return problems


def in_words(problems: dict[str, list[str]]) -> list[str]:
    """Return one sentence for each field."""
    return [f"{_label(field)} : {_sentence(messages)}" for field, messages in problems.items()]


def missing_for_publication(card: PracticePage) -> list[str]:
    """Return one sentence for each thing that keeps the latest revision of this card from going live."""
    return in_words(problems_of(card.get_latest_revision_as_object()))


def _label(field: str) -> str:
    if field == "__all__":
        return _("Fiche")
    return capfirst(str(PracticePage._meta.get_field(field).verbose_name))  # type: ignore[union-attr]


def _sentence(messages: list[str]) -> str:
    text = " ".join(messages)
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
