"""Logs keep no address that opens something without signing in."""

import logging
import uuid

import pytest
from django.conf import settings

from exchange_groups.live.tokens import pulse_address
from exchange_groups.sessions.models import Session
from exchange_groups.sessions.tokens import DATES, PLACE, path_for
from kb_site.logging_filters import HideSecrets


def written(*args):
    record = logging.LogRecord("django.request", logging.WARNING, __file__, 1, "%s: %s", args, None)
    assert HideSecrets().filter(record)
    return record.getMessage()


@pytest.mark.django_db
def test_the_signed_part_of_an_address_is_left_out(account):
    person, session = account("membre"), Session.objects.first()
    for path in (*(path_for(link, session=session, user=person) for link in (DATES, PLACE)), pulse_address(12)):
        start = path.partition(":")[0].rpartition("/")[0]
        assert written("Forbidden (CSRF cookie not set.)", path).rstrip("/") == (
            f"Forbidden (CSRF cookie not set.): {start}/…"
        )


def test_the_key_of_a_private_calendar_is_left_out():
    assert written("Internal Server Error", f"/seances/agenda/{uuid.uuid4()}.ics").endswith("/seances/agenda/….ics")


@pytest.mark.parametrize("path", ["/pratiques/cafe-visio-du-jeudi/", "/seances/12-a-10-h/", "http://127.0.0.1:8000/x/"])
def test_other_addresses_are_written_whole(path):
    assert written("Not Found", path) == f"Not Found: {path}"


def test_what_goes_to_the_console_passes_through_it():
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["secrets"]
