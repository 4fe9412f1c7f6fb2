"""What the board shows of experiences: contested cards, levels of evidence to confirm."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from practices.board.panels import Found, Panel, Row, Scope, register

from ..models import PracticePage
from .evidence import CardToLookAt, cards_to_look_at
from .templatetags.experiences import in_words


def _in_scope(scope: Scope) -> list[CardToLookAt]:
    within = set(PracticePage.objects.filter(scope.within).values_list("pk", flat=True)) if scope.section else None
    return [one for one in cards_to_look_at(scope.user) if within is None or one.card.pk in within]


def _contested(scope: Scope, limit: int) -> Found:
    found = [one for one in _in_scope(scope) if one.contested]
    address = "experience_list"
    rows = [
        Row(one.card.title, _("Lire les retours"), reverse(address, args=[one.card.pk]), in_words(one.summary),
            scope.network_of(one.card))
        for one in found[:limit]
    ]  # fmt: skip
    return Found(len(found), rows)


def _to_confirm(scope: Scope, limit: int) -> Found:
    found = [one for one in _in_scope(scope) if one.suggestion]
    rows = [
        Row(one.card.title, _("Confirmer"), reverse("experiences_to_look_at"), one.suggestion_label,
            scope.network_of(one.card))
        for one in found[:limit]
    ]  # fmt: skip
    return Found(len(found), rows)


register(Panel("contestees", gettext_lazy("Fiches contestées par les retours"), _contested, 35))
register(Panel("preuves", gettext_lazy("Niveaux de preuve à confirmer"), _to_confirm, 60))
