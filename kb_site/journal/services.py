"""Write an act in the journal; forget those that are old."""

import datetime
from typing import Any

from .kinds import Kind
from .models import KEPT, LONGEST, SensitiveAct


def record(
    kind: Kind, *, by: Any, about: Any = None, thing: object = "", before: object = "", after: object = ""
) -> SensitiveAct:
    """Write that `by` did this. Called inside the transaction of the act: one does not stay without the other.

    `by`, `about`: accounts; `by` None: the site did it by itself. `thing` names what is no person (a group, a network), `before`
    and `after` say its states in the words of the screen. None of the three may hold a person's name nor what they wrote:
    the end of an account could not take it away.
    """
    words = {"thing": thing, "before": before, "after": after}
    return SensitiveAct.objects.create(
        kind=kind.name, by=by, about=about, **{name: str(value)[:LONGEST] for name, value in words.items()}
    )


def forget_old_acts(*, now: datetime.datetime) -> int:
    """Erase the acts older than a year; return how many."""
    erased, _by_model = SensitiveAct.objects.filter(at__lt=now - KEPT).delete()
    return erased
