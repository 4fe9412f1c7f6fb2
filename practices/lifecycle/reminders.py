"""Which pages are due, and for whom: decided here, without effect."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kb_site.accounts.models import User

from ..models import OrientationPage, PracticePage, ToolPage
from .models.verification import Reminder

SOON = datetime.timedelta(days=30)
FRESH_MODELS: tuple[type[PracticePage] | type[ToolPage] | type[OrientationPage], ...] = (
    PracticePage,
    ToolPage,
    OrientationPage,
)


@dataclass(frozen=True)
class Due:
    """A page to verify, at one stage; `due_on` is the date of its next review."""

    page_id: int
    due_on: datetime.date
    stage: Reminder.Stage


def due_by_person(today: datetime.date) -> dict[int, list[Due]]:
    """Return, for each active owner or backup owner (by id), the pages to verify within 30 days and their stage."""
    found: dict[int, list[Due]] = defaultdict(list)
    for model in FRESH_MODELS:
        pages = model.objects.live().filter(next_review_at__lte=today + SOON).order_by("next_review_at", "pk")
        for page in pages.select_related("card_owner", "backup_owner"):
            stage = Reminder.Stage.DUE if page.next_review_at <= today else Reminder.Stage.SOON
            for person in keepers(page):
                found[person.pk].append(Due(page.pk, page.next_review_at, stage))
    return found


def keepers(page: PracticePage | ToolPage | OrientationPage) -> list[User]:
    """Return the owner and the backup owner of a page, without those who left."""
    people = {person.pk: person for person in (page.card_owner, page.backup_owner) if person and person.is_approved}
    return list(people.values())


def not_told(person: User, dues: Iterable[Due]) -> list[Due]:
    """Keep what this person was not told yet: once 30 days before, once at the date; a missed round is caught up."""
    told = set(Reminder.objects.filter(person=person).values_list("page_id", "due_on", "stage"))
    return [due for due in dues if (due.page_id, due.due_on, due.stage.value) not in told]
