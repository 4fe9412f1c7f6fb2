"""The sample diagnostics of fixtures/diagnostics.toml; loading them twice changes nothing."""

import datetime
from typing import Any

from django.utils import timezone

from kb_site.accounts.models import User

from . import services
from .models import DiagnosticCampaign, Mode
from .questions import TEAM, from_digits


def load_diagnostics(rows: list[dict[str, Any]]) -> int:
    """Add the sample diagnostics, oldest first, to a site that has none; return how many."""
    if DiagnosticCampaign.objects.exists():
        return 0
    for row in rows:
        _load(row)
    return len(rows)


def _load(row: dict[str, Any]) -> None:
    today = timezone.localdate()
    opened_by = User.objects.select_related("structure").get(email=row["opened_by"])
    campaign = services.open_campaign(
        opened_by=opened_by,
        structure=opened_by.structure,
        place=row["place"],
        self_service=row["mode"] == Mode.SELF_SERVICE,
    )
    digits = zip(TEAM, row["team"], strict=True)
    services.record_team(campaign=campaign, values={question.code: int(digit) for question, digit in digits})
    give = services.issue_codes if campaign.self_service else services.print_sheets
    tokens = give(campaign=campaign, number=len(row["people"]))
    for token, line in zip(tokens, row["people"], strict=True):
        services.record_answer(campaign=campaign, token=token, values=from_digits(line), mode=row["mode"])
    services.release_answers(campaign=campaign)
    dates = {"opened_on": today - datetime.timedelta(days=row["opened"])}
    counted_on = today - datetime.timedelta(days=row.get("closed", 3))
    if "closed" in row:
        dates["closed_on"] = counted_on
    DiagnosticCampaign.objects.filter(pk=campaign.pk).update(**dates)
    campaign.releases.update(released_on=counted_on)
