"""Groups, topics and replies of fixtures/groups.toml and topics.toml; what exists already is left as it is."""

import datetime
import tomllib
import uuid
from typing import Any

from django.conf import settings
from django.utils import timezone

from kb_site.accounts.models import Network, Structure, User
from kb_site.given_addresses.models import is_free
from practices.comments.models import Comment
from practices.comments.services import post_comment
from practices.models import PracticePage, Theme

from .choices import GroupState, MemberRole, TopicState
from .models import ExchangeGroup, JoinRequest, Membership, Reaction, SupportGroup, Topic, UsefulReply
from .services.charters import accept_charter, publish_charter
from .services.topics import open_topic


def _table(file: str, name: str) -> list[dict[str, Any]]:
    path = settings.BASE_DIR / "fixtures" / f"{file}.toml"
    table: list[dict[str, Any]] = tomllib.loads(path.read_text("utf-8"))[name]
    return table


def _account(name: str) -> User:
    return User.objects.get(email=f"{name}@example.org")


def _days_ago(days: int) -> datetime.datetime:
    return timezone.now() - datetime.timedelta(days=days)


def _structure_names() -> dict[str, str]:
    return {row["slug"]: row["name"] for row in _table("structures", "structures")}


def support_groups() -> int:
    """Load the support groups; return how many were added."""
    added, names = 0, _structure_names()
    for row in _table("groups", "support_groups"):
        structures = [names[slug] for slug in row.pop("structures")]
        row["network"] = Network.objects.get(slug=row["network"])
        row["institutions"] = row["institutions"].strip()
        if is_free(SupportGroup.address_kind, row["slug"], to=None):
            group = SupportGroup.objects.create(**row)
            group.structures.set(Structure.objects.filter(name__in=structures))
            added += 1
    return added


def exchange_groups() -> int:
    """Load the exchange groups with their members, charter and requests; return how many were added."""
    added = 0
    for row in _table("groups", "groups"):
        slug = row.pop("slug")
        if not is_free(ExchangeGroup.address_kind, slug, to=None):
            continue
        people = dict.fromkeys(row.pop("facilitators"), MemberRole.FACILITATOR)
        people |= dict.fromkeys(row.pop("members"), MemberRole.MEMBER)
        charter, requests = row.pop("charter", "").strip(), row.pop("requests", [])
        row["network"] = Network.objects.get(slug=row["network"])
        row["support_group"] = SupportGroup.objects.get(number=row["support_group"])
        row["purpose"] = row["purpose"].strip()
        row["state"] = GroupState(row["state"])
        started = _days_ago(row.pop("started_days_ago"))
        group = ExchangeGroup.objects.create(slug=slug, starts_on=started.date(), **row)
        for name, role in people.items():
            Membership.objects.create(group=group, user=_account(name), role=role, joined_at=started)
        if charter:
            version = publish_charter(group=group, text=charter, by=None)
            for name in people:
                accept_charter(charter=version, user=_account(name))
        for request in requests:
            JoinRequest.objects.create(
                group=group,
                user=_account(request["user"]),
                message=request["message"],
                created_at=_days_ago(request["days_ago"]),
            )
        added += 1
    return added


def topics() -> int:
    """Load the topics with their replies, marks and reactions; return how many topics were added."""
    return sum(_topic(row) for row in _table("topics", "topics"))


def _key(*names: str) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_URL, ":".join(["sample-topic", *names]))


def _topic(row: dict[str, Any]) -> bool:
    key = _key(row["key"])
    if Topic.objects.filter(submission_key=key).exists():
        return False
    topic = open_topic(
        group=ExchangeGroup.objects.get(slug=row["group"]),
        author=_account(row["author"]),
        type=row["type"],
        title=row["title"],
        body=row["body"].strip(),
        masked=row.get("masked", False),
        themes=Theme.objects.filter(slug__in=row.get("themes", [])),
        quoted_page=PracticePage.objects.filter(slug=row.get("quotes", "")).first(),
        submission_key=key,
    )
    written = {"created_at": _days_ago(row["days_ago"]), "last_activity_at": _days_ago(row["days_ago"])}
    Topic.objects.filter(pk=topic.pk).update(**written)
    _react(topic, None, row.get("reactions", {}))
    by_key: dict[str, Comment] = {}
    for reply in row.get("replies", []):
        by_key[reply["key"]] = _reply(topic, row["key"], reply, by_key)
    topic.refresh_from_db()
    default = TopicState.ANSWERED if topic.useful_replies.exists() else TopicState.OPEN
    topic.state = TopicState(row.get("state", default))
    topic.pinned = row.get("pinned", False)
    topic.resulting_card = PracticePage.objects.filter(slug=row.get("resulting_card", "")).first()
    topic.last_activity_at = _days_ago(min([row["days_ago"], *(reply["days_ago"] for reply in row.get("replies", []))]))
    topic.save()
    return True


def _reply(topic: Topic, topic_key: str, row: dict[str, Any], by_key: dict[str, Comment]) -> Comment:
    comment = post_comment(
        target=topic,
        author=_account(row["author"]),
        text=row["text"].strip(),
        submission_key=_key(topic_key, row["key"]),
        parent=by_key.get(row.get("reply_to", "")),
    )
    # queryset.update: saving again would set off the library's signal
    Comment.objects.filter(pk=comment.pk).update(submit_date=_days_ago(row["days_ago"]))
    if row.get("useful"):
        UsefulReply.objects.create(topic=topic, comment=comment, marked_by=topic.author)
    _react(topic, comment, row.get("reactions", {}))
    return comment


def _react(topic: Topic, comment: Comment | None, reactions: dict[str, list[str]]) -> None:
    for kind, names in reactions.items():
        for name in names:
            Reaction.objects.create(topic=topic, comment=comment, user=_account(name), kind=kind)
