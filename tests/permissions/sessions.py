"""Sessions of the group of the CIP, that « membre », « edition » and « animation » (facilitator) are in."""

from . import Door, everyone

TALK = everyone(404, visitor=302, membre=200, animation=200, edition=200)


def session_address(end: str = "") -> str:
    from exchange_groups.sessions.models import Session

    return Session.objects.get(title="Lean coffee de décembre").get_absolute_url() + end


DOORS = {
    "session_list": Door("/seances/", everyone(200)),
    "session_page": Door(session_address, TALK),
}
ELSEWHERE: set[str] = set()
