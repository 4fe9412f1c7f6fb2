"""What the home page tells of writing: the cards to review, the card being written."""

from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _

from kb_site.home_blocks import SHOWN, HomeBlock, Line, Part, register

from .models import ProposalDraft
from .queue import queue_for


def _reviews(user: Any) -> QuerySet[Any, Any] | None:
    """Cards that wait for this person's review, as on the desk."""
    if not user.group_ids and not user.is_superuser:  # read with the account
        return None
    pages = queue_for(user)
    return pages.values(row=JSONObject(id="pk", title="draft_title"))[:SHOWN]


def _review_line(row: dict[str, Any]) -> Line:
    address = reverse("review_card", args=[row["id"]])
    return Line(_("À relire : %s") % row["title"], address)


def _draft(user: Any) -> QuerySet[Any, Any]:
    written = ProposalDraft.objects.filter(author=user.pk)
    return written.values(row=JSONObject(title="fields__title"))[:1]


def _draft_line(row: dict[str, Any]) -> Line:
    return Line(row["title"] or _("Une pratique sans titre"), reverse("propose"), _("Proposition à terminer"))


register(HomeBlock(name="relectures", part=Part.ROLE, rows=_reviews, line=_review_line, order=30))
register(HomeBlock(name="proposition-en-brouillon", part=Part.MINE, rows=_draft, line=_draft_line, order=20))
