from practices.models import PracticePage

from . import NOT_ALLOWED, OPEN, Door, everyone


def _of_card(ending: str) -> str:
    return f"/partage/fiche/{PracticePage.objects.get(slug='lean-coffee-cip-60-minutes').pk}.{ending}"


DOORS = {
    "components": Door("/composants/", OPEN),
    # Nothing typed, nothing to show; what a text gets: tests/helplines/test_pages.py.
    "helplines": Door("/numeros-d-aide/", NOT_ALLOWED, post=everyone(204)),
    # Its token, and what it says: tests/health/test_health.py.
    "metrics": Door("/metrics", everyone(404)),
    "help_home": Door("/aide/", OPEN),
    "help_guide": Door("/aide/edition/", OPEN),
    **{
        name: Door(address, OPEN)
        for name, address in {
            "legal_notice": "/mentions-legales/",
            "personal_data": "/donnees-personnelles/",
            "accessibility": "/accessibilite/",
            "accessibility_plan": "/accessibilite/schema-pluriannuel/",
            "accessibility_criteria": "/accessibilite/criteres/11/",
            "frugality": "/ecoconception/",
            "frugality_criteria": "/ecoconception/criteres/4/",
        }.items()
    },
    "fact_list": Door("/faits/", OPEN),
    "fact": Door("/faits/zoom-audio/", OPEN),
    "healthz": Door("/healthz", OPEN),
    "readyz": Door("/readyz", OPEN),
    "what_is_kept": Door("/ce-que-nous-gardons/", OPEN),
    "sitemap": Door("/sitemap.xml", OPEN),
    "robots": Door("/robots.txt", OPEN),
    # Nobody is named in the sample: tests/identity/test_identity.py gives a contact.
    "security_txt": Door("/.well-known/security.txt", everyone(404)),
    "favicon": Door("/favicon.ico", everyone(302)),
    "share_picture": Door(lambda: _of_card("png"), OPEN),
    "share_code": Door(lambda: _of_card("svg"), OPEN),
}
ELSEWHERE = {"wagtail_serve", "wagtail_bulk_action"}  # tests/test_bulk_actions.py
