"""Sessions of the group of the CIP, that « membre », « edition » and « animation » (facilitator) are in."""

from . import APPROVED, BUTTON, Door, everyone

TALK = everyone(404, visitor=302, membre=200, animation=200, edition=200)
# The same behind the door of approved accounts.
SHARED = TALK | {"attente": 403}
SHARED_POST = everyone(404, visitor=302, attente=403, membre=303, animation=303, edition=303)
RUN = everyone(404, visitor=302, attente=403, animation=200)
RUN_POST = RUN | {"animation": 303}
RUN_WRONG = RUN | {"animation": 422}


def _address(title: str, end: str = "") -> str:
    from exchange_groups.sessions.models import Session

    return Session.objects.get(title=title).get_absolute_url() + end


def session_address(end: str = "") -> str:
    """A session to come, open to registration."""
    return _address("Lean coffee de décembre", end)


def _draft(end: str = "") -> str:
    return _address("Codéveloppement : une situation de rupture", end)


def _item() -> str:
    from exchange_groups.sessions.models import AgendaItem

    return session_address(f"sujets/{AgendaItem.objects.get(title='Qui appelle pendant les congés ?').pk}/")


NEW = "/seances/nouvelle/cip-ile-de-france/?methode=lean-coffee"
DOORS = {
    "session_list": Door("/seances/", everyone(200)),
    "session_calendar": Door("/seances/agenda/", APPROVED, post=everyone(303, visitor=302, attente=403)),
    "session_new": Door(NEW, RUN, post=RUN_WRONG),
    "session_page": Door(session_address, TALK),
    "session_file": Door(lambda: session_address("agenda.ics"), TALK),
    "session_edit": Door(lambda: session_address("modifier/"), RUN, post=RUN_WRONG),
    "session_steps": Door(lambda: session_address("deroule/"), RUN, post=RUN_WRONG),
    "session_open": Door(lambda: _draft("ouvrir/"), BUTTON, post=RUN_POST),
    "session_cancel": Door(lambda: session_address("annuler/"), RUN, post=RUN_WRONG),
    "session_dates": Door(lambda: _draft("dates/"), RUN, post=RUN_WRONG),
    "session_dates_answer": Door(lambda: session_address("dates/repondre/"), BUTTON, post=SHARED_POST),
    "session_join": Door(lambda: session_address("inscription/"), BUTTON, post=SHARED_POST),
    "session_people": Door(lambda: session_address("inscrits/"), RUN, post=RUN_WRONG),
    "session_ask_again": Door(lambda: session_address("relancer/"), BUTTON, post=RUN_POST),
    "session_links_withdraw": Door(lambda: session_address("liens/retirer/"), BUTTON, post=RUN_POST),
    "session_propose": Door(
        lambda: session_address("sujets/"), SHARED, post=SHARED | {"membre": 422, "animation": 422, "edition": 422}
    ),
    "session_vote": Door(_item, BUTTON, post=SHARED_POST),
    "session_agenda": Door(lambda: session_address("ordre-du-jour/"), RUN, post=RUN_POST),
}
# They need a link or a poll of their own: tests/sessions/.
ELSEWHERE = {
    "session_feed",
    "session_dates_by_link",
    "session_place_by_link",
    "session_date_choose",
    "session_dates_for",
}
