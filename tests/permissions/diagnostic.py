from . import BUTTON, OPEN, PREPARING, Door, everyone

# A campaign of the structure of « membre » (and of « edition », who works there too): the others do not know of it.
OWN = everyone(404, visitor=302, attente=403, membre=200, edition=200)


def _posted(status: int, **other: int) -> dict[str | None, int]:
    return OWN | {role: status for role, got in OWN.items() if got == 200} | other  # type: ignore[return-value]


def _campaign(rest: str = "", **asked: object) -> str:
    from practices.diagnostic.models import DiagnosticCampaign

    campaigns = DiagnosticCampaign.objects.filter(structure__name="Les Jardins du Canal", **asked)
    return f"/diagnostic/{campaigns.latest('pk').pk}/{rest}"


def _card() -> int:
    from practices.models import PracticePage

    return PracticePage.objects.get(slug="cafe-visio-du-jeudi").pk


def _code() -> str:
    from practices.diagnostic import services
    from practices.diagnostic.models import DiagnosticCampaign

    campaign = DiagnosticCampaign.objects.open().get(self_service=True)
    return campaign.access_code + services.issue_codes(campaign=campaign, number=1)[0]


DOORS = {
    "diagnostic_home": Door("/diagnostic/", OPEN),
    "diagnostic_rules": Door("/diagnostic/regles/", OPEN),
    "diagnostic_lift": Door("/diagnostic/conditions/smartphone/", OPEN),
    "diagnostic_my_public": Door("/diagnostic/mon-public/", OPEN),
    "diagnostic_thanks": Door("/diagnostic/merci/", OPEN),
    "diagnostic_open": Door(
        "/diagnostic/nouveau/",
        PREPARING,
        # Nothing is asked of who works in a structure, nor of who prepares; the others have no structure to open it for.
        post=everyone(422, visitor=302, attente=303, membre=303, animation=303, edition=303),
    ),
    # Whoever holds the code of an open campaign answers, signed in or not.
    "diagnostic_answer": Door(lambda: f"/diagnostic/repondre/{_code()}/", OPEN, post=OPEN),
    "diagnostic_campaign": Door(_campaign, OWN),
    # The sample campaign is closed.
    "diagnostic_interview": Door(lambda: _campaign("entretien/"), _posted(410), post=OWN),
    "diagnostic_team": Door(lambda: _campaign("equipe/"), OWN, post=_posted(422)),
    "diagnostic_paper": Door(lambda: _campaign("papier/"), OWN),
    # The sample campaign is on paper: it has no codes.
    "diagnostic_codes": Door(lambda: _campaign("codes/"), _posted(404), post=_posted(404)),
    "diagnostic_paper_entry": Door(lambda: _campaign("saisie/"), OWN, post=_posted(303)),
    "diagnostic_withdraw": Door(lambda: _campaign("effacer/"), BUTTON, post=_posted(303)),
    "diagnostic_count": Door(lambda: _campaign("compter/"), BUTTON, post=_posted(303)),
    "diagnostic_close": Door(lambda: _campaign("clore/"), BUTTON, post=_posted(303)),
    "diagnostic_result": Door(lambda: _campaign("resultat/"), OWN),
    "diagnostic_card": Door(lambda: _campaign(f"resultat/{_card()}/"), OWN),
}
ELSEWHERE: set[str] = set()
