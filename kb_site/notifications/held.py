"""What people follow and were told; see kb_site/members/personal_data.py."""

from kb_site.members.models import User
from kb_site.members.personal_data import ERASED, acted, hold, register_eraser

from .models import AddressProblem

hold(
    {
        "notifications.Follow.user": ERASED,
        "notifications.CadenceChoice.user": ERASED,
        "notifications.Notification.recipient": ERASED,
        "notifications.Notification.actor": acted("told to somebody else, who reads « Ancien membre »"),
        "notifications.Delivery.recipient": ERASED,
        "notifications.IncomingMail.user": ERASED,
        "notifications.HeldReply.user": ERASED,
    }
)


def _erase_problems(user: User) -> None:
    """What mail servers said of the address, which no relation shows."""
    AddressProblem.objects.filter(email__iexact=user.email).delete()


register_eraser(_erase_problems)
