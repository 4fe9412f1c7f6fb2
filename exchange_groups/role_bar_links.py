"""The bar of facilitators leads to the desk of the group shown, or of the groups they lead."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kb_site.role_bar import BarLink, register

from .models import ExchangeGroup


def _lead(user: Any, shown: Any) -> Iterator[BarLink]:
    led = list(getattr(user, "led_groups", ()))
    group = shown.get("group") or getattr(shown.get("topic") or shown.get("session"), "group", None)
    if isinstance(group, ExchangeGroup) and group.slug in led:
        yield BarLink(_("Animer"), reverse("group_manage", args=[group.slug]))
    elif len(led) == 1:
        yield BarLink(_("Animer"), reverse("group_manage", args=led))
    elif led:
        yield BarLink(_("Animer"), reverse("group_list"))


register("animer", _lead, order=50)
