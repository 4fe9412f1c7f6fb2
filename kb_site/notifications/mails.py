"""Every mail of the site, in one list: who receives it and when, its subject, its templates.

Codes and the other mails of sign-in are allauth's, sent while the person waits: templates/account/email/.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from kb_site.members.models import User


@dataclass(frozen=True)
class Mail:
    """A mail to render: its subject, its templates (templates/mails/<template>.txt and .html) and what they show."""

    subject: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)


# Each function composes one mail when it leaves, from ids; None when there is nothing left to say.


def account_to_approve(*, to: User, account: int) -> Mail | None:
    """To a coordinator, when the address of a new account is confirmed."""
    person = User.objects.pending().filter(pk=account).first()
    if person is None:  # decided or deleted meanwhile
        return None
    return Mail(_("Un compte à valider : %s") % person, "account_to_approve", {"person": person})


def account_approved(*, to: User) -> Mail | None:
    """To the person, when a coordinator has approved the account."""
    return Mail(_("Votre compte est validé"), "account_approved") if to.is_approved else None


def account_refused(*, to: User) -> Mail | None:
    """To the person, when a coordinator has refused the account."""
    return Mail(_("Votre demande de compte"), "account_refused") if to.status == User.Status.REFUSED else None


MAILS: dict[str, Callable[..., Mail | None]] = {
    compose.__name__: compose for compose in (account_to_approve, account_approved, account_refused)
}
