"""See kb_site/personal_data.py."""

from kb_site.personal_data import ERASED, acted, hold, kept

hold(
    {
        "card_requests.CardRequest.asked_by": kept("others said « moi aussi »: the need outlives the account"),
        "card_requests.CardRequest.decided_by": acted("what an editor answered"),
        "card_requests.Support.user": ERASED,
    }
)
