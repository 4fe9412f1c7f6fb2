"""What a link to a support group, a group or a topic shows of it: never what was confided, nor a group of peers."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from kb_site.sharing.kinds import Shared, ShareKind, register
from kb_site.sharing.structured_data import article

from .choices import Confidentiality
from .models import ExchangeGroup, SupportGroup, Topic

SUMMARY_LENGTH = 180


def _groups() -> Any:
    known = ExchangeGroup.objects.visible_to(AnonymousUser())
    return known.exclude(confidentiality=Confidentiality.ENTRE_PAIRS).order_by("pk")


def _topics() -> Any:
    return Topic.objects.visible_to(AnonymousUser()).select_related("group").order_by("pk")


def _support_group(group: SupportGroup) -> Shared:
    return Shared(
        title=group.name,
        summary=group.summary,
        path=group.get_absolute_url(),
        label=_("Groupe d’appui"),
        crumbs=((_("Groupes"), reverse("group_list")),),
    )


def _group(group: ExchangeGroup) -> Shared:
    return Shared(
        title=group.name,
        summary=group.summary,
        path=group.get_absolute_url(),
        label=_("Groupe d’échanges"),
        crumbs=((_("Groupes"), reverse("group_list")),),
    )


def _topic(topic: Topic) -> Shared:
    """No author: nothing says who wrote it, masked or not."""
    summary = Truncator(" ".join(topic.body.split())).chars(SUMMARY_LENGTH)
    path = topic.get_absolute_url()
    dates = {"published": topic.created_at, "modified": topic.last_activity_at}
    return Shared(
        title=topic.title,
        summary=summary,
        path=path,
        label=topic.get_type_display(),
        crumbs=((_("Groupes"), reverse("group_list")), (topic.group.name, topic.group.get_absolute_url())),
        structured=[article(headline=topic.title, description=summary, path=path, **dates)],
    )


register(
    ShareKind("groupe-d-appui", SupportGroup, SupportGroup.objects.all, _support_group, lambda group, reader: True)
)
register(
    ShareKind(
        "groupe",
        ExchangeGroup,
        _groups,
        _group,
        lambda group, reader: group.is_known_to_all and not group.is_peer_group,
    )
)
register(
    ShareKind(
        "sujet",
        Topic,
        _topics,
        _topic,
        lambda topic, reader: topic.is_visible_to(AnonymousUser()),
        changed="last_activity_at",
    )
)
