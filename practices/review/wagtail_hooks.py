"""What the history of a card says of its review."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogFormatter


def _quoting(field: str, words: Any) -> type[LogFormatter]:
    """Return a formatter whose message quotes one value of the entry."""

    class Quoting(LogFormatter):
        def format_message(self, log_entry: Any) -> str:
            value = log_entry.data.get(field) or "–"
            return str(words % {"value": value})

    return Quoting


@hooks.register("register_log_actions")
def register_review_actions(actions: Any) -> None:
    for action, label, field, words in (
        ("review.ask", _("Question à l’auteur"), "question", _("Question à l’auteur : « %(value)s »")),
        ("review.answer", _("Réponse de l’auteur"), "answer", _("Réponse de l’auteur : « %(value)s »")),
        ("review.deadline", _("Date de relecture"), "due_on", _("À relire avant le : %(value)s")),
    ):
        formatter = _quoting(field, words)
        formatter.label = label
        actions.register_action(action)(formatter)
