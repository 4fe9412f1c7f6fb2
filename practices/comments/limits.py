"""What holds a text back before it is published: a blocked word, too many messages in a short time."""

import datetime
import re
import unicodedata

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kb_site.accounts.models import User
from kb_site.http import RATE_LIMITED

from .models import BlockedWord, Comment
from .services import CommentError


class WordBlocked(CommentError):
    """The text holds a word that nobody may publish; the message names it, with the editors' advice."""

    def __init__(self, blocked: BlockedWord) -> None:
        words = _("« %(word)s » ne peut pas être publié ici.") % {"word": blocked.word}
        self.message = f"{words} {blocked.advice}".strip()  # type: ignore[assignment]
        super().__init__(self.message)


class TooManyMessages(CommentError):
    """This person has written much in a short time; the message says when to come back."""

    code = RATE_LIMITED

    def __init__(self, minutes: int) -> None:
        self.message = ngettext(  # type: ignore[assignment]
            "Vous avez écrit beaucoup de messages à la suite. Votre texte est gardé : publiez-le dans une minute.",
            "Vous avez écrit beaucoup de messages à la suite. Votre texte est gardé : publiez-le dans %(n)d minutes.",
            minutes,
        ) % {"n": minutes}
        super().__init__(self.message)


def _folded(text: str) -> str:
    """Return the letters that are read: no case, no accent, nothing invisible between them."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in letters if not unicodedata.combining(one) and unicodedata.category(one) != "Cf")


def check_words(text: str) -> None:
    """Raise WordBlocked when the text holds a blocked word, as a whole word, whatever its case, accents and plural."""
    words = _folded(text)
    for blocked in BlockedWord.objects.all():
        if re.search(rf"(?<!\w){re.escape(_folded(blocked.word))}(?:s|x|es)?(?!\w)", words):
            raise WordBlocked(blocked)


def check_pace(author: User) -> None:
    """Raise TooManyMessages when this person has just written as many comments as settings.COMMENT_PACE allows."""
    most, minutes = settings.COMMENT_PACE
    since = timezone.now() - datetime.timedelta(minutes=minutes)
    recent = Comment.objects.filter(user=author, submit_date__gt=since).order_by("-submit_date")
    oldest = recent.values_list("submit_date", flat=True)[most - 1 : most].first()
    if oldest is not None:
        wait = oldest + datetime.timedelta(minutes=minutes) - timezone.now()
        raise TooManyMessages(max(1, -(-int(wait.total_seconds()) // 60)))
