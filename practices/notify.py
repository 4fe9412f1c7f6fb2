"""What is told when a card is published."""

from kb_site.notifications.services import notify

from .models import PracticePage


def announce_card(*, page: PracticePage) -> None:
    """Tell those who follow one of its themes that a card is published; later publications of it are not news."""
    notify(kind="card_published", target=page, key=f"card:{page.pk}", actor=page.owner, followers_of=page.themes.all())
