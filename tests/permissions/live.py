"""A session to come of the group of the CIP: « animation » runs it, « membre » and « edition » share its talk."""

from . import Door, everyone
from .sessions import session_address

RUNS = everyone(404, visitor=302, attente=403, animation=200)
FOLLOWS = everyone(404, visitor=302, attente=403, membre=200, animation=200, edition=200)
# Nothing is asked in an empty form: those who may write are told so.
RUNS_POST = everyone(404, visitor=302, attente=403, animation=422)
FOLLOWS_POST = everyone(404, visitor=302, attente=403, membre=422, animation=422, edition=422)


def _at(end: str):
    return lambda: session_address(end)


def _note() -> str:
    from exchange_groups.sessions.models import Note, Session

    session = Session.objects.get(title="Lean coffee de décembre")
    note, _made = Note.objects.get_or_create(session=session, text="Une note de Karim")
    return session_address(f"suivre/notes/{note.pk}/")


def _pulse() -> str:
    from exchange_groups.live.tokens import pulse_address
    from exchange_groups.sessions.models import Session

    return pulse_address(Session.objects.get(title="Lean coffee de décembre").pk)


DOORS = {
    "live_run": Door(_at("animer/"), RUNS, post=RUNS_POST),
    "live_run_state": Door(_at("animer/etat/"), RUNS),
    "live_people": Door(_at("animer/personnes/"), RUNS, post=RUNS_POST),
    "live_end": Door(_at("animer/terminer/"), RUNS, post=everyone(404, visitor=302, attente=403, animation=303)),
    "live_follow": Door(_at("suivre/"), FOLLOWS, post=FOLLOWS_POST),
    "live_follow_state": Door(_at("suivre/etat/"), FOLLOWS),
    "live_notes": Door(_at("suivre/notes/"), FOLLOWS),
    # Its author and those who run the session.
    "live_note": Door(_note, RUNS, post=RUNS_POST),
    # The pass in the address is the right; it was given to somebody who follows.
    "live_pulse": Door(_pulse, everyone(200)),
}
ELSEWHERE: set[str] = set()
