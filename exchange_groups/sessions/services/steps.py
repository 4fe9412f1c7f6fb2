"""The steps of a session: copied from its method or from the last session, then its own."""

from collections.abc import Iterable

from ..models import Session, SessionStep
from ..models.methods import Step


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
