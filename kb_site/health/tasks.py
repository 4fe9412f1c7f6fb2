"""Administrators are told once a day while something is not well.

The worker itself looks; when it is the worker that is dead, `manage.py site_health --mail` tells (docs/operations.md).
"""

from django.utils import timezone
from procrastinate.contrib.django import app

from kb_site.accounts.models import User
from kb_site.mailing.tasks import defer_mail

from .checks import examine


@app.periodic(cron="7,37 * * * *", periodic_id="watch_site")
@app.task(name="health.watch_site", queue="notifications")
def watch_site(timestamp: int) -> None:
    """Tell administrators of what began to go wrong: each matter once a day."""
    unwell = "+".join(check.name for check, found in examine() if not found.is_well)
    if unwell:
        day = timezone.localdate().isoformat()
        for person in User.objects.filter(is_superuser=True, is_active=True):
            defer_mail("site_unwell", to=person, key=f"site_unwell:{person.pk}:{day}:{unwell}")
