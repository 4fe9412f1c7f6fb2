"""The sample searches without answer of fixtures/search_gaps.toml; loading them twice changes nothing."""

import datetime
from typing import Any

from django.utils import timezone

from .anonymization import digest
from .models import SearchGap


def load_search_gaps(rows: list[dict[str, Any]]) -> int:
    """Add those of these gaps that are not there yet; return how many."""
    added = 0
    for row in rows:
        last_day = timezone.localdate() - datetime.timedelta(days=row.pop("days_ago"))
        _gap, new = SearchGap.objects.get_or_create(digest=digest(row["words"]), defaults={**row, "last_day": last_day})
        added += new
    return added
