"""What is asked of every answer bites: each rule of tests/answers.py finds the fault that it is there for."""

from django.http import HttpResponse

from .answers import faults

WRITTEN = (
    '<script src="/static/kb_site/site.js"></script><form method="post"{}><textarea name="text"></textarea></form>'
)
KEPT = '<script src="/static/kb_site/drafts.js"></script>'
PRIVATE = {"Cache-Control": "private, no-store"}


def wrong_with(html="", *, role="membre", headers=PRIVATE):
    return [fault.partition(":")[0] for fault in faults("home", "get", role, HttpResponse(html, headers=headers))]


def test_what_answers_somebody_signed_in_must_be_kept_by_no_cache():
    assert wrong_with(headers={}) == wrong_with(headers={"Cache-Control": "private"}) == ["a cache may keep it"]
    assert wrong_with() == wrong_with(role=None, headers={}) == []


def test_a_form_must_keep_what_is_written_in_it():
    lost = ["what is written is lost with the network"]
    assert wrong_with(WRITTEN.format("")) == lost
    assert wrong_with(WRITTEN.format(" data-keep")) == lost, "without the script that keeps it"
    assert wrong_with(WRITTEN.format(" data-keep") + KEPT) == []
