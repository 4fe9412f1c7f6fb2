from . import NOT_ALLOWED, OPEN, Door, everyone

DOORS = {
    "components": Door("/composants/", OPEN),
    # Nothing typed, nothing to show; what a text gets: tests/helplines/test_pages.py.
    "helplines": Door("/numeros-d-aide/", NOT_ALLOWED, post=everyone(204)),
    "healthz": Door("/healthz", OPEN),
    "readyz": Door("/readyz", OPEN),
    "what_is_kept": Door("/ce-que-nous-gardons/", OPEN),
    "sitemap": Door("/sitemap.xml", OPEN, post=OPEN),
}
ELSEWHERE = {"wagtail_serve"}
