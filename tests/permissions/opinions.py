from . import APPROVED, OPEN, Door, everyone


def _card() -> int:
    from practices.models import PracticePage

    return PracticePage.objects.get(slug="cafe-visio-du-jeudi").pk


DOORS = {
    # Nothing pressed: the page again.
    "opinion": Door(lambda: f"/avis/{_card()}/", OPEN, post=OPEN),
    "opinion_thanks": Door(lambda: f"/avis/{_card()}/merci/", OPEN),
    "opinion_list": Door("/avis/", APPROVED),
    # One that is there, and who reads it: tests/opinions/test_opinions.py.
    "opinion_decide": Door(
        "/avis/traiter/999999/",
        everyone(404, visitor=302, attente=403),
        post=everyone(404, visitor=302, attente=403),
    ),
}
ELSEWHERE: set[str] = set()
