"""The steps of a session: copied from its method or from the last session, then its own."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from ..choices import SessionState
from ..models import Session, SessionStep
from ..models.methods import Step
from .errors import WrongState


def copy_steps(*, session: Session, steps: Iterable[Step]) -> list[SessionStep]:
    """Give a session its own copy of these steps, in their order; those it had are replaced."""
    session.steps.all().delete()
    return SessionStep.objects.bulk_create(
        SessionStep(
            session=session,
            order=order,
            name=step.name,
            minutes=step.minutes,
            role=step.role,
            instruction=step.instruction,
            takes_items=step.takes_items,
        )
        for order, step in enumerate(steps, start=1)
    )


@transaction.atomic
def change_steps(*, session: Session, rows: Iterable[dict[str, Any]]) -> None:
    """Give a session these steps, in this order; a row with the `id` of a step changes it, the steps left out go.

    Raises WrongState once the session has begun: the page of the day follows its steps.
    """
    current = Session.objects.select_for_update().get(pk=session.pk)
    if current.state not in {SessionState.DRAFT, SessionState.POLLING, SessionState.OPEN}:
        raise WrongState
    known = {step.pk: step for step in current.steps.all()}
    kept = set()
    for order, row in enumerate(rows, start=1):
        step = known.get(row.get("id") or 0) or SessionStep(session=current)
        for name in ("name", "minutes", "role", "instruction", "takes_items"):
            setattr(step, name, row[name])
        step.order = order
        step.save()
        kept.add(step.pk)
    current.steps.exclude(pk__in=kept).delete()
