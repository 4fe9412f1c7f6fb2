from practices.models import PracticePage

from . import BUTTON, SIGNED_IN, Door, everyone

NOBODY = everyone(404)


def a_card() -> str:
    return f"/compte/suivis/fiche/{PracticePage.objects.filter(slug='cafe-visio-du-jeudi').get().pk}/"


DOORS = {
    "notification_list": Door("/compte/notifications/", SIGNED_IN),
    "notifications_read": Door("/compte/notifications/lues/", everyone(302), post=everyone(302)),
    "notification_open": Door("/compte/notifications/1/", everyone(404, visitor=302)),
    "mail_settings": Door("/compte/courriels/", SIGNED_IN, post=everyone(422, visitor=302)),
    "address_works": Door("/compte/courriels/adresse/", BUTTON, post=everyone(302)),
    "stop_mails": Door("/compte/courriels/arreter/1:genre:comment_reply:faux/", NOBODY, post=NOBODY),
    "push_settings": Door("/compte/courriels/telephone/", SIGNED_IN, post=everyone(303, visitor=302)),
    "push_subscribe": Door("/compte/courriels/telephone/abonner/", BUTTON, post=everyone(422, visitor=302)),
    "push_drop": Door("/compte/courriels/telephone/1/retirer/", BUTTON, post=everyone(303, visitor=302)),
    "unfollow": Door("/compte/suivis/1/retirer/", BUTTON, post=everyone(302)),
    "follow": Door(a_card, everyone(200, visitor=302, attente=403), post=everyone(302, attente=403)),
    # The link of a mail: tests/notifications/test_held_replies.py.
    "held_reply": Door("/courriels/confirmer/1:faux/", NOBODY, post=NOBODY),
    # The mail server's own doors: closed without a secret, whoever comes.
    "mail_reports": Door("/courriels/retours/", everyone(405), post=NOBODY),
    "mail_replies": Door("/courriels/reponses/", everyone(405), post=NOBODY),
}
ELSEWHERE: set[str] = set()
