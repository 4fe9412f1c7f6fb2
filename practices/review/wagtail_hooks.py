"""What the history of a card says of its review."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from ..log_sentences import register_sentences


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    register_sentences(
        actions,
        ("review.ask", _("Question à l’auteur"), _("Question à l’auteur : « %(question)s »")),
        ("review.answer", _("Réponse de l’auteur"), _("Réponse de l’auteur : « %(answer)s »")),
        ("review.deadline", _("Date de relecture"), _("À relire avant le : %(due_on)s")),
    )
