"""Minutes of the sample sessions (fixtures/minutes.toml); what exists already is left as it is."""

import datetime
import tomllib
from typing import Any

from django.conf import settings
from django.utils import timezone

from exchange_groups.sessions.choices import SessionState
from exchange_groups.sessions.models import Session

from .choices import MinutesState
from .models import Minutes
from .services.publishing import CHECKS
from .services.writing import write_minutes


def minutes() -> int:
    """Write the sample minutes; return how many were added."""
    path = settings.BASE_DIR / "fixtures" / "minutes.toml"
    return sum(_minutes(row) for row in tomllib.loads(path.read_text("utf-8"))["minutes"])


def _minutes(row: dict[str, Any]) -> bool:
    session = Session.objects.filter(title=row["session"], state=SessionState.TO_WRITE_UP).first()
    if session is None or Minutes.objects.filter(session=session).exists():
        return False
    written = write_minutes(session=session, by=session.secretary)
    written.summary = row["summary"].strip()
    if days := row.get("published_days_ago"):
        _publish(written, row, timezone.now() - datetime.timedelta(days=days))
    written.save()
    return True


def _publish(written: Minutes, row: dict[str, Any], moment: datetime.datetime) -> None:
    """Bring minutes to their end without the mails of the way there."""
    for line in written.lines.filter(text__in=row["public_lines"]):
        line.public_text, line.is_public = line.text, True
        line.save()
    written.state = MinutesState.PUBLISHED
    written.sent_at = written.amendable_until = written.window_told_at = moment - datetime.timedelta(days=5)
    written.validated_at = written.published_at = written.public_at = moment
    written.validated_by = written.public_by = written.session.facilitator
    written.public_title, written.public_summary = row["public_title"], row["public_summary"]
    written.public_checks = list(CHECKS)
    Session.objects.filter(pk=written.session_id).update(state=SessionState.CLOSED, closed_at=moment)
