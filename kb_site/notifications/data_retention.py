"""What people follow and were told; see kb_site/personal_data.py."""

from kb_site.personal_data import ERASED, acted, hold

hold(
    {
        "notifications.Follow.user": ERASED,
        "notifications.CadenceChoice.user": ERASED,
        "notifications.Notification.recipient": ERASED,
        "notifications.Notification.actor": acted("told to somebody else, who reads « Ancien membre »"),
        "notifications.IncomingMail.user": ERASED,
        "notifications.HeldReply.user": ERASED,
    }
)
