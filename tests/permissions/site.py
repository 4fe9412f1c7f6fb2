from . import OPEN, Door

DOORS = {
    "components": Door("/composants/", OPEN),
    "healthz": Door("/healthz", OPEN),
    "readyz": Door("/readyz", OPEN),
    "sitemap": Door("/sitemap.xml", OPEN, post=OPEN),
}
ELSEWHERE = {"wagtail_serve"}
