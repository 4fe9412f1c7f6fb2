"""A clock that tests move, and one card of the sample whose date of review they choose."""

import datetime
import time

import pytest
from django.utils import timezone


@pytest.fixture
def move_clock(monkeypatch):
    """Return a function that moves the clock of Django and of signed links by a number of days."""
    real_now, real_time = timezone.now, time.time

    def move(days):
        monkeypatch.setattr(timezone, "now", lambda: real_now() + datetime.timedelta(days=days))
        monkeypatch.setattr(time, "time", lambda: real_time() + days * 86_400)

    return move


@pytest.fixture
def due_card(db, account):
    """Return a function: the sample card « café visio », owned by Marta with Denise as backup, due in so many days."""
    from practices.models import PracticePage

    def make(days):
        PracticePage.objects.update(next_review_at=timezone.localdate() + datetime.timedelta(days=400))
        card = PracticePage.objects.get(slug="cafe-visio-du-jeudi")
        PracticePage.objects.filter(pk=card.pk).update(
            card_owner=account("edition"),
            backup_owner=account("coordination"),
            next_review_at=timezone.localdate() + datetime.timedelta(days=days),
        )
        from practices.models import ToolPage

        ToolPage.objects.update(next_review_at=timezone.localdate() + datetime.timedelta(days=400))
        card.refresh_from_db()
        return card

    return make
