from practices.models import PracticePage

from . import OPEN, Door, everyone

MEMBERS_ONLY = "codeveloppement-encadrants"


def _key(slug="cafe-visio-du-jeudi"):
    return PracticePage.objects.get(slug=slug).pk


# A session says nothing to the API: whoever looks is anybody, unless their program shows a token (tests/api/test_api.py).
DOORS = {
    "api_openapi": Door("/api/v1/openapi.json", OPEN, post=everyone(405)),
    "api_pages": Door("/api/v1/pages/", OPEN, post=everyone(405)),
    "api_page": Door(lambda: f"/api/v1/pages/{_key(MEMBERS_ONLY)}/", everyone(404), post=everyone(405)),
    "api_search": Door("/api/v1/recherche/?q=visio", OPEN, post=everyone(405)),
    "oembed": Door("/oembed", everyone(404)),
    "embedded_page": Door(lambda: f"/integrer/{_key()}/", OPEN),
    "embedded_search": Door("/integrer/recherche/", OPEN),
}
ELSEWHERE: set[str] = set()
