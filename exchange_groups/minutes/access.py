"""Who comes in: the minutes of an address, for those who read them, write them, or validate them."""

from typing import Any

from kb_site.access import approved_account_required, object_of_address

from .models import Minutes


def _minutes_of(session_id: int) -> Minutes | None:
    found = Minutes.objects.select_related("session__group__network", "session__group__charter", "session__tool")
    return found.select_related("session__facilitator", "session__secretary").filter(session=session_id).first()


def _read(user: Any, session_id: int, slug: str) -> Minutes | None:
    minutes = _minutes_of(session_id)
    return minutes if minutes and minutes.is_visible_to(user) else None


def _written(user: Any, session_id: int, slug: str) -> Minutes | None:
    minutes = _minutes_of(session_id)
    return minutes if minutes and minutes.session.may_be_run_by(user) else None


def _validated(user: Any, session_id: int, slug: str) -> Minutes | None:
    minutes = _written(user, session_id, slug)
    return minutes if minutes and minutes.may_be_validated_by(user) else None


# Minutes that this approved account reads whole: to anyone else there is no such page.
minutes_of_address = object_of_address(_read, accounts=approved_account_required)
# Minutes that this person writes up: who runs the session.
minutes_to_write = object_of_address(_written, accounts=approved_account_required)
# Minutes that this person validates and publishes: who facilitates.
minutes_to_publish = object_of_address(_validated, accounts=approved_account_required)
