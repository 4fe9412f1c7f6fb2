"""What a link to the public version of minutes shows of it: its own words, which name nobody."""

from typing import Any

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from kb_site.sharing.kinds import Shared, ShareKind, register
from kb_site.sharing.structured_data import article

from .models import Minutes

SUMMARY_LENGTH = 180


def _public() -> Any:
    return Minutes.objects.public().select_related("session__group").order_by("pk")


def _is_public(minutes: Minutes, reader: Any) -> bool:
    return _public().filter(pk=minutes.pk).exists()  # type: ignore[no-any-return]


def _minutes(minutes: Minutes) -> Shared:
    summary = Truncator(" ".join(minutes.public_summary.split())).chars(SUMMARY_LENGTH)
    path = minutes.get_public_url()
    return Shared(
        title=minutes.public_title,
        summary=summary,
        path=path,
        label=_("Compte rendu public"),
        crumbs=((_("Séances"), reverse("session_list")), (_("Comptes rendus publics"), reverse("public_minutes_list"))),
        structured=[
            article(headline=minutes.public_title, description=summary, path=path, published=minutes.public_at)
        ],
    )


register(
    ShareKind("compte-rendu", Minutes, _public, _minutes, _is_public, path=Minutes.get_public_url, changed="public_at")
)
