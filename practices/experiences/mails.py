"""The mails of experiences; listed with all the others in kb_site/mails.py."""

from kb_site.accounts.models import User
from kb_site.mailing.compose import Mail

from ..models import PracticePage
from .models import Experience
from .tokens import experience_link


def experience_told(*, to: User, experience: int) -> Mail | None:
    """To the author and to the owner of a card, when someone tells what they tried."""
    told = Experience.objects.visible_to(to).select_related("practice").filter(pk=experience).first()
    if told is None:  # withdrawn meanwhile, or the card is no longer open to this person
        return None
    context = {"experience": told, "card": told.practice}
    return Mail("experience_told", context)


def experience_invitation(*, to: User, card: int) -> Mail | None:
    """To someone who may have tried a card: a link to tell it in 60 seconds, without signing in."""
    page = PracticePage.objects.visible_to(to).filter(pk=card).first()
    if page is None or not to.is_approved or to.experiences.filter(practice=page).exists():
        return None
    context = {"card": page, "link": experience_link(to, page)}
    return Mail("experience_invitation", context)
