"""What the home page tells of writing: the cards to review, the card being written."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef, QuerySet
from django.db.models.functions import Cast, JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState

from kb_site.home_blocks import SHOWN, HomeBlock, Line, Part, register

from .board_panels import tasks_of
from .models import ProposalDraft


def _reviews(user: Any) -> QuerySet[Any, Any] | None:
    """Cards that wait for this person's review, the oldest first; nobody approves their own."""
    if not user.group_ids and not user.is_superuser:  # read with the account
        return None
    waiting = TaskState.objects.filter(
        tasks_of(user),
        status=TaskState.STATUS_IN_PROGRESS,
        workflow_state__base_content_type=ContentType.objects.get_for_model(Page),
        workflow_state__object_id=Cast(OuterRef("pk"), CharField()),
    )
    pages = Page.objects.filter(Exists(waiting)).exclude(owner=user.pk).order_by("latest_revision_created_at")
    return pages.values(row=JSONObject(id="pk", title="draft_title"))[:SHOWN]


def _review_line(row: dict[str, Any]) -> Line:
    address = reverse("wagtailadmin_pages:edit", args=[row["id"]])
    return Line(_("À relire : %s") % row["title"], address)


def _draft(user: Any) -> QuerySet[Any, Any]:
    written = ProposalDraft.objects.filter(author=user.pk)
    return written.values(row=JSONObject(title="fields__title"))[:1]


def _draft_line(row: dict[str, Any]) -> Line:
    return Line(row["title"] or _("Une pratique sans titre"), reverse("propose"), _("Proposition à terminer"))


register(HomeBlock(name="relectures", part=Part.ROLE, rows=_reviews, line=_review_line, order=30))
register(HomeBlock(name="proposition-en-brouillon", part=Part.MINE, rows=_draft, line=_draft_line, order=20))
