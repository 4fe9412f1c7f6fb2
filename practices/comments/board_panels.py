"""What the board shows of comments: those that readers reported."""

from django.db.models import CharField, Count, Min, Q
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from practices.board.panels import Found, Panel, Row, Scope, register

from ..models import PracticePage
from .threads import moderable_comments


def _reported_comments(scope: Scope, limit: int) -> Found:
    comments = moderable_comments(scope.user).filter(is_removed=False, reports__outcome="")
    if scope.section:
        pages = scope.pages.order_by().annotate(key=Cast("pk", CharField())).values("key")
        comments = comments.filter(object_pk__in=pages)
    comments = comments.annotate(
        reported_at=Min("reports__created_at"), reporters=Count("reports", filter=Q(reports__outcome=""))
    ).order_by("reported_at")
    count = comments.count()
    shown = list(comments[:limit]) if count and limit else []
    pages_of = PracticePage.objects.in_bulk({int(comment.object_pk) for comment in shown}) if shown else {}
    rows = []
    for comment in shown:
        page = pages_of.get(int(comment.object_pk))
        facts = ngettext("%(count)s signalement", "%(count)s signalements", comment.reporters)
        about = page.title if page else ""
        rows.append(
            Row(
                Truncator(comment.comment).chars(80),
                _("Décider"),
                reverse("comment_moderation"),
                f"{facts % {'count': comment.reporters}} · {about}",
                scope.network_of(page) if page else "",
            )
        )
    return Found(count, rows)


register(Panel("commentaires", gettext_lazy("Commentaires signalés"), _reported_comments, 50))
