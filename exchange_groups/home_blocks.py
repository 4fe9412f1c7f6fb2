"""What the home page tells a member of their groups: replies, questions, what is new, who knocks at the door."""

import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kb_site.accounts.models import full_name_in_sql, public_name_in_sql
from kb_site.accounts.user_annotations import coordinates
from kb_site.french.dates import french_date
from kb_site.home_blocks import SHOWN, HomeBlock, Line, Part, moment, register
from kb_site.notifications.models import Notification
from practices.comments.models import Comment

from .choices import TYPES_WAITING_FOR_ANSWERS, GroupState, MemberRole, TopicState
from .models import AskedGroup, ExchangeGroup, JoinRequest, Topic, TopicDraft, TopicReport, TopicVisit
from .permissions import groups_open_to

ASLEEP = datetime.timedelta(days=60)
CALLS = ("topic_mention", "topic_call")
TOLD = ("topic_answer", *CALLS)


def _replies(user: Any) -> QuerySet[Any, Any]:
    """The last unread answer or call of each topic, if this person still reads it and its words still stand."""
    topic = Topic.objects.visible_to(user).filter(pk=OuterRef("object_id")).order_by()
    words = Comment.objects.filter(pk=OuterRef("source_id"), is_public=True, is_removed=False)
    stands = Exists(words) | Q(kind="topic_call")  # the words of a topic stand as long as it is read
    unread = Notification.objects.filter(stands, recipient=user.pk, read_at=None, kind__in=TOLD)
    newer = unread.filter(object_id=OuterRef("object_id"), pk__gt=OuterRef("pk")).order_by()
    rows = unread.filter(Exists(topic), ~Exists(newer))
    return (
        rows.order_by("-pk")
        .annotate(title=Subquery(topic.values("title")[:1]), who=public_name_in_sql("actor"))
        .values(row=JSONObject(id="pk", kind="kind", title="title", who="who"))[:SHOWN]
    )


def _reply_line(row: dict[str, Any]) -> Line:
    told = _("%(actor)s vous appelle") if row["kind"] in CALLS else _("%(actor)s a répondu")
    who = row["who"] or _("Un membre")
    return Line(row["title"], reverse("notification_open", args=[row["id"]]), told % {"actor": who})


def _of_my_groups(user: Any) -> QuerySet[Topic]:
    visits = TopicVisit.objects.filter(user=user.pk, topic=OuterRef("pk"), seen_at__gte=OuterRef("last_activity_at"))
    topics = Topic.objects.visible_to(user).filter(group__in=list(groups_open_to(user)))
    return topics.exclude(Exists(visits)).order_by("-last_activity_at", "-pk")


def _as_rows(topics: QuerySet[Topic]) -> QuerySet[Any, Any]:
    row = JSONObject(id="pk", title="title", slug="group__slug", group="group__name", replies="reply_count")
    return topics.values(row=row)[:SHOWN]


def _questions(user: Any) -> QuerySet[Any, Any]:
    """Questions that nobody has answered, in the groups of this person, asked by others."""
    mine = Topic.objects.visible_to(user).filter(group__in=list(groups_open_to(user))).unanswered()  # type: ignore[attr-defined]
    return _as_rows(mine.exclude(author=user.pk).order_by("-created_at"))


def _news(user: Any) -> QuerySet[Any, Any]:
    """Topics with words that this person has not read, but for the questions told above."""
    waits = Q(type__in=TYPES_WAITING_FOR_ANSWERS, state=TopicState.OPEN, answer_count=0)
    return _as_rows(_of_my_groups(user).exclude(waits).exclude(author=user.pk, reply_count=0))


def _topic_line(row: dict[str, Any]) -> Line:
    address = reverse("topic_page", args=[row["slug"], row["id"], Topic(title=row["title"]).slug])
    replies = ngettext("%(n)s réponse", "%(n)s réponses", row["replies"]) % {"n": row["replies"]}
    return Line(row["title"], address, f"{row['group']} · {replies}" if row["replies"] else row["group"])


def _question_line(row: dict[str, Any]) -> Line:
    line = _topic_line(row)
    return Line(line.title, line.url, line.facts, [(_("Répondre"), f"{line.url}#comment_text")])


def _drafts(user: Any) -> QuerySet[Any, Any]:
    written = TopicDraft.objects.filter(user=user.pk, group__in=list(groups_open_to(user))).order_by("-saved_at")
    return written.values(row=JSONObject(slug="group__slug", group="group__name", title="fields__title"))[:SHOWN]


def _draft_line(row: dict[str, Any]) -> Line:
    title = row["title"] or _("Un sujet sans titre")
    return Line(title, reverse("topic_new", args=[row["slug"]]), _("Brouillon, pour %s") % row["group"])


def _led(user: Any) -> list[int]:
    return [group for group, role in groups_open_to(user).items() if role == MemberRole.FACILITATOR]


def _requests(user: Any) -> QuerySet[Any, Any] | None:
    """Who asks to enter a group that this person leads."""
    led = _led(user)
    if not led:
        return None
    asked = JoinRequest.objects.filter(group__in=led, state=JoinRequest.State.PENDING).order_by("created_at")
    asked = asked.annotate(who=full_name_in_sql("user"))
    return asked.values(row=JSONObject(who="who", slug="group__slug", group="group__name"))[:SHOWN]


def _request_line(row: dict[str, Any]) -> Line:
    address = reverse("manage_requests", args=[row["slug"]])
    return Line(_("%s demande à entrer") % row["who"], address, row["group"])


def _reports(user: Any) -> QuerySet[Any, Any] | None:
    """Topics reported in a group that this person leads."""
    led = _led(user)
    if not led:
        return None
    waiting = TopicReport.objects.filter(topic__in=Topic.objects.visible_to(user).filter(group__in=led), outcome="")
    row = JSONObject(title="topic__title", slug="topic__group__slug", group="topic__group__name")
    return waiting.order_by("pk").values(row=row)[:SHOWN]


def _report_line(row: dict[str, Any]) -> Line:
    return Line(_("Sujet signalé : %s") % row["title"], reverse("manage_reports", args=[row["slug"]]), row["group"])


def _asleep(user: Any) -> QuerySet[Any, Any] | None:
    """The active groups where nothing was said for long, for coordinators: their name and the day, nothing of what was said."""
    if not coordinates(user):
        return None
    said = Topic.objects.filter(group=OuterRef("pk")).order_by("-last_activity_at").values("last_activity_at")
    groups = ExchangeGroup.objects.filter(state=GroupState.ACTIVE).annotate(
        since=Coalesce(Subquery(said[:1]), "created_at")
    )
    asleep = groups.filter(since__lt=timezone.now() - ASLEEP).order_by("since")
    return asleep.values(row=JSONObject(name="name", slug="slug", since="since"))[:SHOWN]


def _asleep_line(row: dict[str, Any]) -> Line:
    facts = _("Rien depuis le %s") % french_date(moment(row["since"]), "j F Y")
    return Line(_("Groupe endormi : %s") % row["name"], reverse("group_page", args=[row["slug"]]), facts)


def _asked(user: Any) -> QuerySet[Any, Any] | None:
    """The groups that members ask for, for coordinators."""
    if not coordinates(user):
        return None
    waiting = AskedGroup.objects.filter(decided_at=None).annotate(who=full_name_in_sql("asked_by")).order_by("asked_at")
    return waiting.values(row=JSONObject(id="pk", name="name", who="who"))[:SHOWN]


def _asked_line(row: dict[str, Any]) -> Line:
    return Line(_("Groupe demandé : %s") % row["name"], reverse("asked_group", args=[row["id"]]), row["who"])


register(HomeBlock(name="groupes-demandes", part=Part.ROLE, rows=_asked, line=_asked_line, order=30))
register(HomeBlock(name="groupes-endormis", part=Part.ROLE, rows=_asleep, line=_asleep_line, order=40))
register(HomeBlock(name="demandes", part=Part.ROLE, rows=_requests, line=_request_line, order=10))
register(HomeBlock(name="signalements", part=Part.ROLE, rows=_reports, line=_report_line, order=15))
register(HomeBlock(name="reponses", part=Part.REPLIES, rows=_replies, line=_reply_line))
register(HomeBlock(name="sujets-en-brouillon", part=Part.MINE, rows=_drafts, line=_draft_line, order=30))
register(HomeBlock(name="questions", part=Part.HELP, rows=_questions, line=_question_line))
register(HomeBlock(name="sujets", part=Part.GROUPS, rows=_news, line=_topic_line))
