"""What people follow and were told; see kb_site/personal_data.py."""

from django.utils.translation import gettext_lazy as _

from kb_site.personal_data import ERASED, Description, Matter, acted, describe, hold

from .digests import KEPT

hold(
    {
        "notifications.Follow.user": ERASED,
        "notifications.CadenceChoice.user": ERASED,
        "notifications.PushSubscription.user": ERASED,
        "notifications.PushChoice.user": ERASED,
        "notifications.Notification.recipient": ERASED,
        "notifications.Notification.actor": acted("told to somebody else, who reads « Ancien membre »"),
        "notifications.IncomingMail.user": ERASED,
        "notifications.HeldReply.user": ERASED,
    }
)

describe(
    Description(
        Matter.FOLLOWED,
        _("Ce que vous suivez, et quand vous voulez être prévenu"),
        _("vous"),
        (
            "notifications.Follow",
            "notifications.CadenceChoice",
            "notifications.PushChoice",
        ),
    ),
    Description(
        Matter.FOLLOWED,
        _("Les appareils que vous voulez prévenir, jusqu’à ce que vous vous y déconnectiez"),
        _("vous ; le service de votre navigateur sait qu’un message part, sans pouvoir le lire"),
        ("notifications.PushSubscription",),
    ),
    Description(
        Matter.FOLLOWED,
        _("Vos notifications, et la trace des e-mails envoyés"),
        _("vous"),
        (
            "notifications.Notification",
            "mailing.Delivery",
        ),
        kept_for=KEPT,
    ),
    Description(
        Matter.FOLLOWED,
        _("Vos réponses par e-mail, le temps de les publier"),
        _("vous"),
        (
            "notifications.IncomingMail",
            "notifications.HeldReply",
        ),
    ),
    Description(
        Matter.FOLLOWED,
        _("Les adresses qui ne reçoivent plus nos e-mails"),
        _("la coordination"),
        ("mailing.AddressProblem",),
    ),
)
