"""What owners are told of their pages."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from kb_site.accounts.models import User
from kb_site.facts.models import Fact
from kb_site.mailing.compose import Mail

from .models.verification import ReminderMail
from .reminders import SOON, keepers
from .tokens import still_true_address


def facts_to_check(*, to: User) -> Mail | None:
    """To the owner of facts, on Monday: those to read again within 30 days, and those whose date is past."""
    facts = [fact for fact in Fact.objects.to_review(by=timezone.localdate() + SOON) if fact.owner_id == to.pk]
    if not facts:
        return None
    return Mail(
        "facts_to_check", {"facts": sorted(facts, key=lambda fact: fact.ends_on), "address": reverse("fact_list")}
    )


def pages_to_verify(*, to: User, reminder: int) -> Mail | None:
    """To an owner or a backup owner, on Monday: the pages due within 30 days, and those due now."""
    mail = ReminderMail.objects.filter(pk=reminder, person=to).first()
    if mail is None:
        return None
    rows = list(mail.reminders.order_by("due_on", "pk"))
    pages = {page.pk: page for page in Page.objects.filter(pk__in=[row.page_id for row in rows]).specific()}
    today = timezone.localdate()
    shown: list[dict[str, Any]] = []
    for row in rows:
        page = pages.get(row.page_id)
        # Verified, withdrawn or given to somebody else meanwhile: nothing left to ask.
        if page is None or not page.live or page.next_review_at != row.due_on or to not in keepers(page):
            continue
        shown.append(
            {
                "page": page,
                "due_on": row.due_on,
                "late": row.due_on < today,
                "address": still_true_address(page=page, person=to),
                "is_backup": page.card_owner_id != to.pk,
            }
        )
    if not shown:
        return None
    return Mail("pages_to_verify", {"rows": shown})
