"""Keeping pages true: confirm that one still is, tell owners what is due."""

import datetime

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from kb_site.accounts.models import User
from kb_site.mailing.tasks import defer_mail

from ...models import OrientationPage, PracticePage, ToolPage
from ..models.verification import Reminder, ReminderMail
from ..reminders import SOON, due_by_person, keepers, not_told
from ..tokens import StillTrueLink

STILL_TRUE = "practices.still_true"
FIELDS = ("last_verified_at", "last_verified_by", "next_review_at")


class UpkeepError(Exception):
    """A page that cannot be confirmed."""


class NotPublished(UpkeepError):
    """The page is a draft, or was withdrawn."""


class NotTheKeeper(UpkeepError):
    """The person no longer answers for this page, or no longer has an account."""


class AlreadyConfirmed(UpkeepError):
    """The review of this link was done meanwhile."""


def may_confirm(page: PracticePage | ToolPage | OrientationPage, user: User) -> bool:
    """Whether this person may say that a page is still true: its owner, its backup owner, those who publish it."""
    if not user.is_authenticated or not user.is_approved or not page.live:
        return False
    if user.pk in (page.card_owner_id, page.backup_owner_id):
        return True
    # Not permissions_for_user(): four eyes keep authors from publishing their own card, not from vouching for it.
    return bool(page_permission_policy.user_has_permission_for_instance(user, "publish", page))


def asks_whether_true(page: PracticePage | ToolPage | OrientationPage, user: User) -> bool:
    """Whether the page itself asks this reader « toujours vrai ? »: due within 30 days, and theirs to confirm."""
    soon = timezone.localdate() + SOON
    return (page.next_review_at is None or page.next_review_at <= soon) and may_confirm(page, user)


@transaction.atomic
def confirm_still_true(*, page: PracticePage | ToolPage | OrientationPage, by: User) -> None:
    """Record that a published page was verified today, and by whom; its next review moves on.

    Nothing is published: a draft in progress stays one, and keeps the new date. Wagtail's audit log says who. Whether
    the person may is for the caller to check. Raises NotPublished.
    """
    current = type(page).objects.select_for_update(of=("self",)).get(pk=page.pk)
    if not current.live:
        raise NotPublished
    current.last_verified_at = timezone.localdate()
    current.last_verified_by = by
    # clean=False: a card older than a rule of publication can still be true.
    current.save(clean=False, update_fields=FIELDS)
    revision = current.latest_revision
    if revision is not None:
        revision.content |= {"last_verified_at": current.last_verified_at.isoformat(), "last_verified_by": by.pk}
        revision.save(update_fields=["content"])
    log(instance=current, action=STILL_TRUE, user=by, data={"next_review_at": str(current.next_review_at)})


@transaction.atomic
def confirm_by_link(*, link: StillTrueLink) -> PracticePage | ToolPage | OrientationPage:
    """Confirm the page of a reminder's link and return it. Raises NotTheKeeper, NotPublished or AlreadyConfirmed."""
    Page.objects.select_for_update().filter(pk=link.page_id).first()  # a double click waits, then is refused
    page, person = page_of_link(link)
    confirm_still_true(page=page, by=person)
    return page


def page_of_link(link: StillTrueLink) -> tuple[PracticePage | ToolPage | OrientationPage, User]:
    """Return the page and the person of a link, checked as of now. Raises as `confirm_by_link` does."""
    page = Page.objects.filter(pk=link.page_id).specific().first()
    person = User.objects.filter(pk=link.person_id).first()
    if not isinstance(page, PracticePage | ToolPage | OrientationPage) or person is None or person not in keepers(page):
        raise NotTheKeeper
    if not page.live:
        raise NotPublished
    if page.next_review_at != link.due_on:
        raise AlreadyConfirmed
    return page, person


def send_reminders(*, today: datetime.date) -> int:
    """Queue one mail for each person who has something to verify; return their number. Twice the same day: nothing."""
    sent = 0
    for person_id, dues in due_by_person(today).items():
        with transaction.atomic():
            # The lock makes two rounds at the same instant wait for one another: the second finds nothing to tell.
            person = User.objects.select_for_update().get(pk=person_id)
            new = not_told(person, dues)
            if not new:
                continue
            mail = ReminderMail.objects.create(person=person)
            Reminder.objects.bulk_create(
                Reminder(mail=mail, person=person, page_id=due.page_id, due_on=due.due_on, stage=due.stage)
                for due in new
            )
            defer_mail("pages_to_verify", to=person, reminder=mail.pk)
        sent += 1
    return sent
