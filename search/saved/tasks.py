"""When saved searches are looked at."""

import datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from .models import Alert
from .services import tell_what_is_new

DAYS_KEPT = 30


@app.periodic(cron="*/10 * * * *")
@app.task(name="saved_searches.tell_saved_searches", queue="mails", queueing_lock="saved_searches", pass_context=False)
def tell_saved_searches(timestamp: int) -> None:
    """Every ten minutes: « tout de suite » is told at once, the others when their hour has come (see services)."""
    tell_what_is_new(timezone.now())


@app.periodic(cron="35 3 * * *")
@app.task(
    name="saved_searches.forget_old_alerts",
    queue="mails",
    queueing_lock="saved_search_alerts_purge",
    pass_context=False,
)
def forget_old_alerts(timestamp: int) -> None:
    """Each night: forget the alerts whose mail left long ago."""
    limit = timezone.now() - datetime.timedelta(days=DAYS_KEPT)
    Alert.objects.filter(created_at__lt=limit).delete()
