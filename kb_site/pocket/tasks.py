"""What the pocket forgets by itself."""

from django.utils import timezone
from procrastinate.contrib.django import app

from .models import MARKS_KEPT_FOR, TakenForm


@app.periodic(cron="40 3 * * *")
@app.task(name="pocket.forget_marks", queue="maintenance")
def forget_marks(timestamp: int) -> None:
    """Each night: forget the marks of forms taken so long ago that no device still holds them."""
    TakenForm.objects.filter(begun_at__lt=timezone.now() - MARKS_KEPT_FOR).delete()
