from . import NOT_ALLOWED, OPEN, Door

DOORS = {
    "components": Door("/composants/", OPEN),
    "helplines": Door("/numeros-d-aide/", NOT_ALLOWED, post=OPEN),
    "healthz": Door("/healthz", OPEN),
    "readyz": Door("/readyz", OPEN),
    "what_is_kept": Door("/ce-que-nous-gardons/", OPEN),
    "sitemap": Door("/sitemap.xml", OPEN, post=OPEN),
}
ELSEWHERE = {"wagtail_serve"}
