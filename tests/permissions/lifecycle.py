from . import Door, only


def page_address() -> str:
    from practices.models import PracticePage

    return f"/verifier/page/{PracticePage.objects.get(slug='cafe-visio-du-jeudi').pk}/"


EDITORS = ("edition", "coordination", "admin")
DOORS = {"page_still_true": Door(page_address, only(*EDITORS), only(*EDITORS, status=303))}
# The signed link, which needs no account: tests/lifecycle/test_still_true.py.
ELSEWHERE = {"still_true"}
