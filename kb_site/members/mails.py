"""The mails about accounts. Each is composed when it leaves, from ids; None when there is nothing left to say."""

from django.utils.translation import gettext as _

from kb_site.notifications.compose import Mail

from .models import User


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
