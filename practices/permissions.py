"""What an editor answers for: the pages they may publish, the sections of their networks."""

from typing import Any

from django.db.models import Q, QuerySet
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from .models import PracticeSectionPage

# Root, home, « Pratiques », section: four steps of four characters in a path of the page tree.
SECTION_PATH_LENGTH = 16


def publishes_pages(user: Any) -> bool:
    """Whether this person publishes at least some pages: an editor, a coordinator, an administrator."""
    return bool(
        user.is_authenticated and user.is_approved and page_permission_policy.user_has_permission(user, "publish")
    )


def pages_to_publish(user: Any) -> QuerySet[Page]:
    """Every page that this person may publish, drafts included."""
    if not publishes_pages(user):
        return Page.objects.none()
    return page_permission_policy.instances_user_has_permission_for(user, "publish")  # type: ignore[no-any-return]


def sections_to_publish(user: Any) -> QuerySet[PracticeSectionPage]:
    """The sections of the networks whose cards this person publishes, by title."""
    pages = pages_to_publish(user).order_by().values("pk")
    return PracticeSectionPage.objects.filter(pk__in=pages).order_by("title")


def within(section: PracticeSectionPage | None) -> Q:
    """Return the condition that a page lies in this section; no condition without one."""
    return Q(path__startswith=section.path) if section else Q()
