from practices.models import PracticePage

from . import BUTTON, OPEN, SIGNED_IN, Door, everyone


def a_card() -> str:
    return f"/ma-poche/fiche/{PracticePage.objects.get(slug='cafe-visio-du-jeudi').pk}/"


DOORS = {
    "pocket_contents": Door("/ma-poche/contenu.json", SIGNED_IN),
    "offline": Door("/hors-connexion/", OPEN),
    "service_worker": Door("/sw.js", OPEN),
    "web_manifest": Door("/application.webmanifest", OPEN),
    "pocket": Door("/ma-poche/", SIGNED_IN),
    # An account that waits keeps what is public.
    "pocket_keep": Door(a_card, SIGNED_IN, post=everyone(303, visitor=302)),
    "pocket_drop": Door("/ma-poche/1/retirer/", BUTTON, post=everyone(303, visitor=302)),
}
ELSEWHERE: set[str] = set()
