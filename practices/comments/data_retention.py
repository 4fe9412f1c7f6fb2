"""Who wrote, reported and decided on comments; see kb_site/personal_data.py."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kb_site.personal_data import Description, Matter, acted, describe, hold, kept, register_eraser
from kb_site.redaction import Redactor, redact

from .models import CommentRevision

hold(
    {
        "django_comments.Comment.user": kept("a thread keeps its thread; signed « Ancien membre »"),
        "django_comments.CommentFlag.user": acted("what a moderator decided"),
        "comments.CommentReport.reporter": kept("the report waits for its decision, whoever made it"),
        "comments.CommentReport.decided_by": acted("what a moderator decided"),
    }
)


def _take_person_off_revisions(user: Any) -> None:
    redact(CommentRevision.objects.filter(comment__user=user), Redactor(user))


register_eraser(_take_person_off_revisions)

describe(
    Description(
        Matter.WRITTEN,
        _("Vos commentaires, avec votre prénom et l’initiale de votre nom"),
        _("tout le monde, ou les membres seulement quand la fiche leur est réservée"),
        (
            "django_comments.Comment",
            "comments.CommentRevision",
        ),
    ),
    Description(
        Matter.WRITTEN,
        _("Les signalements de commentaires"),
        _("vous et les personnes qui modèrent"),
        (
            "comments.CommentReport",
            "django_comments.CommentFlag",
        ),
    ),
)
