"""What the board shows of readers: what they say of pages, and the pages that do not help."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kb_site.french.dates import french_date
from practices.board.panels import Found, Panel, Row, Scope, register

from .models import Opinion, State
from .services import Balance, pages_without_help


def _waiting(scope: Scope, limit: int) -> Found:
    opinions = Opinion.objects.filter(page__in=scope.pages.order_by().values("pk"), state=State.OPEN)

    def row(one: Opinion) -> Row:
        facts = f"{one.get_kind_display()} · {one.page.title} · {french_date(one.created_at, 'j F Y')}"
        return Row(one.words, _("Traiter"), reverse("opinion_decide", args=[one.pk]), facts, scope.network_of(one.page))

    return scope.found(opinions.select_related("page").order_by("created_at", "pk"), limit, row)


def _in_words(balance: Balance) -> str:
    said = [
        (balance.errors, ngettext("%d erreur signalée", "%d erreurs signalées", balance.errors)),
        (balance.not_found, ngettext("%d personne n’a pas trouvé", "%d personnes n’ont pas trouvé", balance.not_found)),
        (balance.helped, ngettext("%d personne aidée", "%d personnes aidées", balance.helped)),
    ]
    return " · ".join(words % count for count, words in said if count)


def _without_help(scope: Scope, limit: int) -> Found:
    found = pages_without_help(scope.pages)
    rows = [
        Row(one.page.title, _("Reprendre"), reverse("wagtailadmin_pages:edit", args=[one.page.pk]), _in_words(one),
            scope.network_of(one.page))
        for one in found[:limit]
    ]  # fmt: skip
    return Found(len(found), rows)


register(Panel("avis", gettext_lazy("Avis de lecteurs"), _waiting, 52))
register(Panel("n-aident-pas", gettext_lazy("Pages qui n’aident pas"), _without_help, 54))
