"""The sample proposals: one at each stage of its review."""

import datetime
import tomllib
import uuid
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.utils import timezone

from kb_site.accounts import groups
from kb_site.accounts.models import Network, User

from ..models import PracticePage
from .models.proposals import Proposal
from .proposed_card import ProposedCard
from .services.experts import invite_expert, record_opinion
from .services.proposals import propose_card
from .services.review import ask_author


def proposals() -> int:
    """Load the proposals of fixtures/proposals.toml that are missing; return how many were added."""
    rows = tomllib.loads((settings.BASE_DIR / "fixtures" / "proposals.toml").read_text("utf-8"))["proposals"]
    return sum(_load(row) for row in rows)


def _load(row: dict[str, Any]) -> bool:
    key = uuid.uuid5(uuid.NAMESPACE_URL, f"sample-proposal:{row['key']}")
    if Proposal.objects.filter(submission_key=key).exists():
        return False
    network = Network.objects.get(slug=row["network"])
    editor = User.objects.filter(groups=Group.objects.get(name=groups.editors_group_name(network))).first()
    texts: dict[str, Any] = {name: row[name] for name in ("title", "summary", "conditions", "limits", "results")}
    lists = {name: tuple(row[name]) for name in ("challenges", "audiences", "steps")}
    card = propose_card(
        author=User.objects.get(email=row["author"]),
        network=network,
        idea=ProposedCard(**{**texts, **lists}),
        submission_key=key,
    )
    proposed = timezone.now() - datetime.timedelta(days=row["days_ago"])
    Proposal.objects.filter(card=card).update(created_at=proposed)
    if row["stage"] == "privacy":
        _decide(card, editor, "approve", comment="")
    if row["stage"] == "refused":
        _decide(card, editor, "reject", comment=row["reason"])
    if question := row.get("question"):
        ask_author(card=card, by=editor, text=question)
    for expert in row.get("experts", []):
        _invite(card, editor, **expert)
    return True


def _decide(card: PracticePage, editor: User | None, action: str, **data: Any) -> None:
    state = PracticePage.objects.get(pk=card.pk).current_workflow_task_state
    state.task.specific.on_action(state.specific, editor, action, **data)


def _invite(
    card: PracticePage,
    editor: User | None,
    *,
    verdict: str = "",
    opinion: str = "",
    notes: dict[str, str] | None = None,
    **who: str,
) -> None:
    invitation = invite_expert(card=card, by=editor, **who)
    if verdict:
        record_opinion(invitation=invitation, verdict=verdict, opinion=opinion, notes=notes or {})
