from . import APPROVED, OPEN, Door, everyone


def _card() -> int:
    from practices.models import PracticePage

    return PracticePage.objects.get(slug="cafe-visio-du-jeudi").pk


DOORS = {
    "experience_list": Door(lambda: f"/experiences/fiche/{_card()}/", OPEN),
    "experience_tell": Door(
        lambda: f"/experiences/fiche/{_card()}/raconter/", APPROVED, post=everyone(422, visitor=302, attente=403)
    ),
    "experience_thanks": Door("/experiences/merci/", OPEN),
    # The link of a mail names its person: whoever holds it, signed in or not, gets the same; a made-up one opens nothing.
    "experience_by_link": Door("/experiences/lien/inventee/", everyone(404), post=everyone(404)),
}
# Needs an experience of one's own: tests/experiences/test_tell.py.
ELSEWHERE = {"experience_withdraw"}
