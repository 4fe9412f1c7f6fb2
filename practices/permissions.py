"""What an editor answers for: the pages they may publish, the sections of their networks."""

from typing import Any

from django.db.models import OuterRef, Q, QuerySet
from wagtail.models import GroupPagePermission, Page
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


def published_paths(account: OuterRef) -> QuerySet[Any, Any]:
    """Return the paths of the tree under which an account publishes, for the query that reads it."""
    held = GroupPagePermission.objects.filter(group__user=account, permission__codename="publish_page")
    return held.order_by().values("page__path").distinct()


def keeps_pages(user: Any) -> bool:
    """Whether this person publishes pages, as it was read with the account of the session: no query."""
    return bool(user.is_superuser or getattr(user, "published_paths", ()))


def keeps(user: Any, page: Page) -> bool:
    """Whether this person changes and publishes this page: no query either."""
    return bool(user.is_superuser or page.path.startswith(tuple(getattr(user, "published_paths", ()))))
