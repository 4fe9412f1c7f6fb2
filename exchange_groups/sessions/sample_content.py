"""Methods, and the sessions of fixtures/sessions.toml; what exists already is left as it is."""

import datetime
import tomllib
import uuid
from typing import Any

from django.conf import settings
from django.utils import timezone

from kb_site.accounts.models import User
from practices.models import Theme, ToolPage

from ..models import ExchangeGroup, Topic
from .choices import ActionState, ItemState, NoteKind, SessionState
from .models import AgendaItem, DateOption, DateVote, ItemVote, Method, MethodStep, Note, Registration, Session
from .services.steps import copy_steps

WEEKEND = (5, 6)


def _table(name: str) -> list[dict[str, Any]]:
    path = settings.BASE_DIR / "fixtures" / f"{name}.toml"
    table: list[dict[str, Any]] = tomllib.loads(path.read_text("utf-8"))[name]
    return table


def ensure_methods() -> int:
    """Give the methods of fixtures/methods.toml to a site that has none; return how many were added."""
    if Method.objects.exists():
        return 0
    rows = _table("methods")
    for row in rows:
        steps = row.pop("steps")
        method = Method(**row | {"rules": row["rules"].strip()})
        method.steps.set([MethodStep(sort_order=order, **step) for order, step in enumerate(steps)])
        method.save()
    return len(rows)


def sessions() -> int:
    """Load the sample sessions with their people, agenda and notes; return how many were added."""
    ensure_methods()
    return sum(_session(row) for row in _table("sessions"))


def _key(*names: str) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_URL, ":".join(["sample-session", *names]))


def _account(name: str | None) -> User | None:
    return User.objects.get(email=f"{name}@example.org") if name else None


def _moment(row: dict[str, Any]) -> datetime.datetime:
    """The moment of a row: `in_days` from today (a working day, so that the sample looks real), at `at`."""
    day = timezone.localdate() + datetime.timedelta(days=row.pop("in_days"))
    while day.weekday() in WEEKEND:
        day += datetime.timedelta(days=1)
    hour = datetime.time.fromisoformat(row.pop("at"))
    return timezone.make_aware(datetime.datetime.combine(day, hour))


def _session(row: dict[str, Any]) -> bool:
    name = row.pop("key")
    if Session.objects.filter(uid=_key(name)).exists():
        return False
    people, items, notes = row.pop("people", []), row.pop("items", []), row.pop("notes", [])
    dates, themes = row.pop("dates", []), row.pop("themes", [])
    method = Method.objects.get(slug=row.pop("method"))
    previous = Session.objects.filter(uid=_key(row.pop("previous", ""))).first()
    values: dict[str, Any] = {
        "group": ExchangeGroup.objects.get(slug=row.pop("group")),
        "tool": ToolPage.objects.filter(slug=row.pop("tool", "")).first(),
        "state": SessionState(row.pop("state")),
        "starts_at": _moment(row) if "in_days" in row else None,
        "facilitator": _account(row.pop("facilitator")),
        "secretary": _account(row.pop("secretary", None)),
    }
    session = Session(
        uid=_key(name), method=method, format=method.format, minutes=method.minutes, previous=previous, **values, **row
    )
    if session.starts_at and session.state in {SessionState.TO_WRITE_UP, SessionState.CLOSED}:
        session.started_at = session.starts_at
        session.closed_at = session.starts_at + datetime.timedelta(minutes=session.minutes)
    session.save()
    session.themes.set(Theme.objects.filter(slug__in=themes))
    copy_steps(session=session, steps=method.steps.all())
    for person in people:
        _person(session, person)
    by_key = {item["key"]: _item(session, item) for item in items}
    for number, note in enumerate(notes):
        _note(session, note, by_key, _key(name, "note", str(number)))
    for date in dates:
        votes = date.pop("votes", {})
        option = DateOption.objects.create(session=session, starts_at=_moment(date))
        for user, answer in votes.items():
            DateVote.objects.create(option=option, user=User.objects.get(email=f"{user}@example.org"), answer=answer)
    return True


def _person(session: Session, row: dict[str, Any]) -> None:
    moment = (session.starts_at or timezone.now()) - datetime.timedelta(days=10)
    Registration.objects.create(
        session=session,
        user=_account(row.get("user")),
        guest_name=row.get("guest", ""),
        presence=row.get("presence", ""),
        registered_at=min(moment, timezone.now()),
        spoken=bool(row.get("presence")),
    )


def _item(session: Session, row: dict[str, Any]) -> AgendaItem:
    former = AgendaItem.objects.filter(session=session.previous_id, title=row.get("postponed_from", "")).first()
    item = AgendaItem.objects.create(
        session=session,
        title=row["title"],
        detail=row.get("detail", ""),
        type=row["type"],
        topic=Topic.objects.filter(group=session.group, title=row.get("topic", "")).first(),
        order=row.get("order"),
        minutes=row["minutes"],
        bearer=_account(row["by"]),
        proposed_by=_account(row["by"]),
        postponed_from=former,
        state=ItemState(row.get("state", ItemState.TO_DISCUSS)),
    )
    ItemVote.objects.bulk_create([ItemVote(item=item, user=_account(name)) for name in row["votes"]])
    return item


def _note(session: Session, row: dict[str, Any], items: dict[str, AgendaItem], key: uuid.UUID) -> None:
    assert session.starts_at is not None
    due = row.get("due_in_days")
    Note.objects.create(
        session=session,
        key=key,
        item=items.get(row.get("item", "")),
        kind=row["kind"],
        text=row["text"],
        author=_account(row["by"]),
        written_at=session.starts_at,
        changed_at=session.starts_at,
        doer=_account(row.get("doer")),
        doer_name=row.get("doer_name", ""),
        due_on=timezone.localdate() + datetime.timedelta(days=due) if due else None,
        state=ActionState.TO_DO if row["kind"] == NoteKind.ACTION else "",
    )
