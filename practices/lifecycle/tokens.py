"""The signed link of a reminder: one person, one page, one date of review, nothing else."""

import datetime
from dataclasses import dataclass

from django.core import signing
from django.urls import reverse

from kb_site.accounts.models import User

from ..models import OrientationPage, PracticePage, ToolPage

SALT = "practices.upkeep.still_true"
LIFETIME = datetime.timedelta(days=60)


@dataclass(frozen=True)
class StillTrueLink:
    """What a link says: this person may confirm this page for the review due on this date."""

    page_id: int
    person_id: int
    due_on: datetime.date


class LinkExpired(Exception):
    """The link is older than 60 days."""


class LinkInvalid(Exception):
    """The link was not made here, or was cut on its way."""


def still_true_address(*, page: PracticePage | ToolPage | OrientationPage, person: User) -> str:
    """Return the address (without host) at which this person confirms this page without signing in."""
    due_on = page.next_review_at.isoformat() if page.next_review_at else ""
    return reverse("still_true", args=[signing.dumps([page.pk, person.pk, due_on], salt=SALT)])


def read_link(token: str) -> StillTrueLink:
    """Return what a token says. Raises LinkExpired or LinkInvalid."""
    try:
        page_id, person_id, due_on = signing.loads(token, salt=SALT, max_age=LIFETIME)
        return StillTrueLink(page_id, person_id, datetime.date.fromisoformat(due_on))
    except signing.SignatureExpired as error:
        raise LinkExpired from error
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise LinkInvalid from error
