"""The sample card requests of fixtures/card_requests.toml; loading them twice changes nothing."""

import datetime
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from kb_site.accounts.models import User

from .models import CardRequest, Support
from .services import key_of


def load_card_requests(rows: list[dict[str, Any]]) -> int:
    """Add those of these requests that are not there yet; return how many. No mail leaves for sample requests."""
    added = 0
    for row in rows:
        if CardRequest.objects.filter(need=row["need"]).exists():
            continue
        people = {user.email: user for user in User.objects.filter(email__endswith="@example.org")}
        request = CardRequest.objects.create(
            need=row["need"], details=row.get("details", ""), key=key_of(row["need"]), asked_by=people[row["asked_by"]]
        )
        CardRequest.objects.filter(pk=request.pk).update(asked_at=_ago(row["days_ago"]))
        for email in [row["asked_by"], *row.get("supporters", ())]:
            Support.objects.create(request=request, user=people[email])
        if "answer" in row:
            answered = "answer_page" in row
            CardRequest.objects.filter(pk=request.pk).update(
                state=CardRequest.State.ANSWERED if answered else CardRequest.State.DECLINED,
                answer_page=Page.objects.get(slug=row["answer_page"]) if answered else None,
                answer=row["answer"],
                decided_by=people[row["decided_by"]],
                decided_at=_ago(row["decided_days_ago"]),
            )
        added += 1
    return added


def _ago(days: int) -> datetime.datetime:
    return timezone.now() - datetime.timedelta(days=days)
