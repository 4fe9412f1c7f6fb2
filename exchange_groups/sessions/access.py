"""Who comes in: the session of an address, for those who may know of it, read its talk, or run it."""

from typing import Any

from kb_site.access import approved_account_required, object_of_address

from .models import Session


def _with_what_pages_show() -> Any:
    return Session.objects.select_related("group__network", "group__charter", "facilitator", "secretary", "tool")


def _known(user: Any, session_id: int, slug: str) -> Session | None:
    return _with_what_pages_show().visible_to(user).filter(pk=session_id).first()  # type: ignore[no-any-return]


def _that_talks_to(user: Any, session_id: int, slug: str) -> Session | None:
    return _with_what_pages_show().readable_by(user).filter(pk=session_id).first()  # type: ignore[no-any-return]


def _run(user: Any, session_id: int, slug: str) -> Session | None:
    return _with_what_pages_show().run_by(user).filter(pk=session_id).first()  # type: ignore[no-any-return]


# A session, for those who may know of it.
session_of_address = object_of_address(_known)
# A session whose talk this approved account shares: to anyone else it has no such page.
session_for_talk = object_of_address(_that_talks_to, accounts=approved_account_required)
# A session that this person runs: to anyone else it has no such page.
session_to_run = object_of_address(_run, accounts=approved_account_required)
