"""What the board shows of broken links."""

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..board.panels import Found, Panel, Row, Scope, register
from .models import ExternalLink, LinkUse


def _broken(scope: Scope, limit: int) -> Found:
    pages = scope.pages.order_by().values("pk")
    uses = (
        LinkUse.objects.filter(Q(page__in=pages), link__state=ExternalLink.State.BROKEN)
        .select_related("link", "page")
        .order_by("link__failing_since", "pk")
    )

    def row(use: LinkUse) -> Row:
        day = date_format(localtime(use.link.failing_since), "j F") if use.link.failing_since else "–"
        facts = _("%(url)s : %(reason)s, depuis le %(day)s") % {
            "url": use.link.url,
            "reason": use.link.reason,
            "day": day,
        }
        address = reverse("wagtailadmin_pages:edit", args=[use.page_id])
        return Row(use.page.title, _("Corriger"), address, facts, scope.network_of(use.page))

    return scope.found(uses, limit, row)


register(Panel("liens", gettext_lazy("Liens cassés"), _broken, 80))
