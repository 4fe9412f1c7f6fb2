"""The sample card requests, gaps and saved searches of fixtures/; loading them twice changes nothing."""

import datetime
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from wagtail.models import Page

from kb_site.members.models import User

from .card_requests.models import CardRequest, Support
from .card_requests.services import key_of
from .gaps.models import SearchGap
from .gaps.words import digest
from .queries import SearchQuery
from .saved.models import SavedSearch
from .saved.services import save_search


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


def load_search_gaps(rows: list[dict[str, Any]]) -> int:
    """Add those of these gaps that are not there yet; return how many."""
    added = 0
    for row in rows:
        last_day = timezone.localdate() - datetime.timedelta(days=row.pop("days_ago"))
        _gap, new = SearchGap.objects.get_or_create(digest=digest(row["words"]), defaults={**row, "last_day": last_day})
        added += new
    return added


def load_saved_searches(rows: list[dict[str, Any]]) -> int:
    """Add those of these saved searches that are not there yet; return how many."""
    added = 0
    for row in rows:
        user = User.objects.get(email=row["user"])
        params = QueryDict(mutable=True)
        for name, values in row["query"].items():
            params.setlist(name, values if isinstance(values, list) else [values])
        query = SearchQuery.from_params(params, principals=frozenset())
        if not SavedSearch.objects.filter(user=user, name=row["name"]).exists():
            save_search(user=user, name=row["name"], query=query, frequency=row["frequency"])
            added += 1
    return added


def _ago(days: int) -> datetime.datetime:
    return timezone.now() - datetime.timedelta(days=days)
