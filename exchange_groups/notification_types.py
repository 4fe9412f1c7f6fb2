"""What one follows in groups, and what people are told. A masked author is never an actor: nothing tells the name."""

import datetime
from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kb_site.notifications.letter_sections import LINES_PER_SECTION, DigestLine, register_section
from kb_site.notifications.models import Cadence
from kb_site.notifications.types import (
    Followable,
    NotificationType,
    Source,
    register_followable,
    register_notification_type,
)
from practices.comments.mail_replies import register_door
from practices.comments.models import Comment
from practices.comments.services import COMMENT_DOOR

from .comment_policy import TopicPolicy
from .models import CreditConsent, ExchangeGroup, Topic, TopicVisit
from .permissions import groups_open_to
from .services.conversation import WAITING_ON_MY_THEME

WORDS_QUOTED = 60
TOPIC_DOOR = TopicPolicy.name


def _replies(ids: Collection[int]) -> Mapping[int, Source]:
    readable = Comment.objects.filter(pk__in=ids, is_public=True, is_removed=False)
    return {
        pk: Source(Truncator(text).words(WORDS_QUOTED), reverse("comment_show", args=[pk]))
        for pk, text in readable.values_list("pk", "comment")
    }


def _consents(ids: Collection[int]) -> Mapping[int, Source]:
    waiting = CreditConsent.objects.filter(pk__in=ids)
    return {pk: Source("", reverse("credit_consent", args=[pk])) for pk in waiting.values_list("pk", flat=True)}


def _led(user: Any) -> Any:
    """Who asks to enter is for those who answer: not for who led the group once, has left it, or reads it from outside."""
    return ExchangeGroup.objects.readable_by(user).managed_by(user)


def _topics(user: Any) -> Any:
    return Topic.objects.visible_to(user).select_related("group")


def _event(
    name: str,
    label: Any,
    sentence: Any,
    target: Any = Topic,
    cadence: Cadence = Cadence.AT_ONCE,
    *,
    addressed: bool = False,
    reply: str = "",
) -> None:
    kind = NotificationType(
        name=name, label=label, sentence=sentence, target=target, default=cadence, addressed=addressed, reply=reply
    )
    register_notification_type(kind)


def _count_of_replies(number: int) -> str:
    words = ngettext("%(number)d réponse dans un de vos groupes", "%(number)d réponses dans vos groupes", number)
    return words % {"number": number}


def _reply_event(name: str, label: Any, sentence: Any) -> None:
    kind = NotificationType(
        name=name,
        label=label,
        sentence=sentence,
        target=Topic,
        default=Cadence.AT_ONCE,
        sources=_replies,
        count=_count_of_replies,
        reply=COMMENT_DOOR,
        addressed=True,
    )
    register_notification_type(kind)


def _missed(user: Any, since: datetime.datetime, until: datetime.datetime) -> list[DigestLine]:
    """What was said in the groups of this person and not read, the most answered first."""
    visits = TopicVisit.objects.filter(user=user.pk, topic=OuterRef("pk"), seen_at__gte=OuterRef("last_activity_at"))
    topics = Topic.objects.visible_to(user).filter(group__in=list(groups_open_to(user)))
    missed = topics.filter(last_activity_at__range=(since, until)).exclude(author=user.pk, reply_count=0)
    rows = missed.exclude(Exists(visits)).select_related("group").order_by("-reply_count", "-pk")
    return [
        DigestLine(
            topic.title, topic.get_absolute_url(), f"{topic.group.name} · {_replies_in_words(topic.reply_count)}"
        )
        for topic in rows[:LINES_PER_SECTION]
    ]


def _replies_in_words(number: int) -> str:
    return ngettext("%(n)d réponse", "%(n)d réponses", number) % {"n": number}


def register() -> None:
    """Declare groups and topics as followable, their events, and who publishes the answers to the mails of a topic."""
    register_section("missed", title=_("Ce que vous n’avez pas lu dans vos groupes"), read=_missed)
    register_door(TOPIC_DOOR)
    register_followable(
        Followable(
            name="groupe",
            model=ExchangeGroup,
            label=_("Groupe d’échanges"),
            visible_to=ExchangeGroup.objects.readable_by,
            title=lambda group: group.name,
            url=lambda group: group.get_absolute_url(),
            place=lambda group: group.name,
        )
    )
    register_followable(
        Followable(
            name="sujet",
            model=Topic,
            label=_("Sujet d’un groupe"),
            visible_to=_topics,
            title=lambda topic: topic.title,
            url=lambda topic: topic.get_absolute_url(),
            place=lambda topic: topic.group.name,
        )
    )
    _event(
        "topic_opened",
        _("Un nouveau sujet dans un groupe que je suis"),
        _("Nouveau sujet : « %(title)s »"),
        cadence=Cadence.DAILY,
        reply=TOPIC_DOOR,
    )
    _reply_event(
        "topic_answer",
        _("Une réponse à un sujet que j’ai ouvert ou que je suis"),
        _("%(actor)s a répondu dans « %(title)s »"),
    )
    _reply_event(
        "topic_mention", _("Quelqu’un m’appelle dans un groupe"), _("%(actor)s vous appelle dans « %(title)s »")
    )
    _event(
        "topic_call",
        _("Quelqu’un m’appelle dans un nouveau sujet"),
        _("%(actor)s vous appelle dans un nouveau sujet : « %(title)s »"),
        addressed=True,
        reply=TOPIC_DOOR,
    )
    _event(
        "topic_unanswered",
        _("Une question reste sans réponse dans un groupe que j’anime"),
        _("Sans réponse depuis un jour : « %(title)s »"),
        reply=TOPIC_DOOR,
    )
    _event(
        WAITING_ON_MY_THEME,
        _("Une question attend depuis deux jours sur un thème où j’ai écrit"),
        _("Vous avez écrit sur ce thème ; on attend une réponse : « %(title)s »"),
        cadence=Cadence.NEVER,  # only who chose another is asked
        addressed=True,
        reply=TOPIC_DOOR,
    )
    _event(
        "topic_became_card",
        _("Un échange que je suis devient une fiche"),
        _("« %(title)s » est devenu une fiche"),
        cadence=Cadence.DAILY,
    )
    register_notification_type(
        NotificationType(
            name="credit_asked",
            addressed=True,
            label=_("On me demande si je veux être cité"),
            sentence=_("Voulez-vous être cité ? « %(title)s » devient une fiche"),
            target=Topic,
            default=Cadence.AT_ONCE,
            sources=_consents,
        )
    )
    register_notification_type(
        NotificationType(
            name="group_request",
            label=_("Une demande d’entrée dans un groupe que j’anime"),
            sentence=_("%(actor)s demande à entrer dans « %(title)s »"),
            target=ExchangeGroup,
            default=Cadence.AT_ONCE,
            addressed=True,
            visible_to=_led,
        )
    )
