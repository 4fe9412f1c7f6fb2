"""What the board shows of the life of pages: freshness, broken links."""

from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kb_site.facts.models import Fact
from kb_site.french.dates import french_date
from practices.board.panels import Found, Panel, Row, Scope, register

from .models.links import ExternalLink, LinkUse
from .reminders import SOON
from .report import WITHOUT_ACTIVE_OWNER, ageing_pages


def _dated(scope: Scope, limit: int, condition: Q, words: str) -> Found:
    today = timezone.localdate()
    pages = ageing_pages(scope.user, today).filter(scope.within, condition, live=True)

    def row(page) -> Row:  # type: ignore[no-untyped-def]
        facts = words % {"day": french_date(page.next_review_on, "j F Y") if page.next_review_on else "–"}
        if page.owner_name:
            facts += " · " + _("responsable : %(name)s") % {"name": page.owner_name}
        address = reverse("page_still_true", args=[page.pk])
        return Row(page.title, _("Vérifier"), address, facts, scope.network_of(page))

    return scope.found(pages, limit, row)


def _due_soon(scope: Scope, limit: int) -> Found:
    today = timezone.localdate()
    return _dated(scope, limit, Q(next_review_on__gte=today, next_review_on__lte=today + SOON), _("Avant le %(day)s"))


def _stale(scope: Scope, limit: int) -> Found:
    late = Q(next_review_on__lt=timezone.localdate()) | Q(next_review_on=None)
    return _dated(scope, limit, late, _("Depuis le %(day)s"))


def _orphans(scope: Scope, limit: int) -> Found:
    pages = ageing_pages(scope.user, timezone.localdate()).filter(scope.within, WITHOUT_ACTIVE_OWNER, live=True)

    def row(page) -> Row:  # type: ignore[no-untyped-def]
        facts = _("Ni responsable ni suppléance avec un compte actif")
        edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
        return Row(page.title, _("Choisir une personne"), edit, facts, scope.network_of(page))

    return scope.found(pages.order_by(F("next_review_on").asc(nulls_first=True)), limit, row)


register(Panel("en-retard", gettext_lazy("Vérification en retard"), _stale, 30))
register(Panel("a-verifier", gettext_lazy("À vérifier dans les 30 jours"), _due_soon, 40))
register(Panel("sans-responsable", gettext_lazy("Sans responsable"), _orphans, 45))


def _broken(scope: Scope, limit: int) -> Found:
    pages = scope.pages.order_by().values("pk")
    uses = (
        LinkUse.objects.filter(Q(page__in=pages), link__state=ExternalLink.State.BROKEN)
        .select_related("link", "page")
        .order_by("link__failing_since", "pk")
    )

    def row(use: LinkUse) -> Row:
        day = french_date(localtime(use.link.failing_since), "j F") if use.link.failing_since else "–"
        facts = _("%(url)s : %(reason)s, depuis le %(day)s") % {
            "url": use.link.url,
            "reason": use.link.reason,
            "day": day,
        }
        address = reverse("wagtailadmin_pages:edit", args=[use.page_id])
        return Row(use.page.title, _("Corriger"), address, facts, scope.network_of(use.page))

    return scope.found(uses, limit, row)


def _facts(scope: Scope, limit: int) -> Found:
    facts = Fact.objects.to_review(by=timezone.localdate() + SOON).order_by("review_on", "code")

    def row(fact: Fact) -> Row:
        day = _("Avant le %(day)s") % {"day": french_date(fact.ends_on, "j F Y")}
        return Row(str(fact), _("Relire"), reverse("wagtailsnippets_facts_fact:edit", args=[fact.pk]), day)

    return scope.found(facts, limit, row)


register(Panel("faits", gettext_lazy("Faits et chiffres à relire"), _facts, 50))
register(Panel("liens", gettext_lazy("Liens cassés"), _broken, 80))
