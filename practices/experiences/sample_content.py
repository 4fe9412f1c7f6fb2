"""The sample experiences of fixtures/experiences.toml; loading them twice changes nothing."""

import datetime
import uuid
from typing import Any

from django.utils import timezone

from kb_site.accounts.models import User

from ..models import Condition, PracticePage
from .models import Experience


def load_experiences(rows: list[dict[str, Any]]) -> int:
    """Add those of these rows that are not there yet; return how many. No mail leaves for sample experiences."""
    added = 0
    for row in rows:
        key = uuid.uuid5(uuid.NAMESPACE_URL, f"sample-experience:{row.pop('key')}")
        if Experience.objects.filter(submission_key=key).exists():
            continue
        author = User.objects.select_related("structure").get(email=row.pop("author"))
        missing = Condition.objects.filter(slug__in=row.pop("missing", []))
        tried_on = timezone.localdate() - datetime.timedelta(days=row.pop("days_ago"))
        experience = Experience.objects.create(
            practice=PracticePage.objects.get(slug=row.pop("card")),
            author=author,
            structure=author.structure,
            siae_type=author.structure.siae_type if author.structure else "",
            role=author.role,
            tried_on=tried_on,
            submission_key=key,
            **row,
        )
        experience.missing_conditions.set(missing)
        added += 1
    return added
