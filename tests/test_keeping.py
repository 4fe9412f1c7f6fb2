"""Whatever a person writes on the site stays on their device until the server has taken it (drafts.js, site.js).

Forms are found by themselves: every address of the permission matrix, as each role that reads it (tests/answers.py), other
pages and every template here.
"""

import re
from pathlib import Path

import pytest
from django.conf import settings

from .answers import OTHER_WAYS, lost
from .test_pages import PAGES
from .test_permissions import MATRIX

pytestmark = pytest.mark.django_db

TEMPLATES = Path(settings.BASE_DIR) / "templates"


@pytest.mark.parametrize("address", PAGES)
def test_forms_of_pages_keep_what_is_written_in_them(signed_in, address):
    answer = signed_in("membre").get(address)
    assert answer.status_code == 200
    assert lost(answer) == []


FORM = re.compile(r"<form\b((?:[^>{]|\{[{%].*?[}%]\})*)>(.*?)</form>", re.DOTALL)
SHOWS_FIELDS = re.compile(
    r"<textarea|type=\"text\"|\{\{\s*(?:\w+\.)*\w*form\w*(?:\.\w+)*\s*\}\}|as_field_group|\{% include \S*field"
)
ACCOUNT = "names and addresses, which browsers fill in; codes and passwords are never kept"
CHOICES = "choices, dates or numbers"
NAME = "a name and choices"
# Forms whose template shows fields and that keep nothing, each with its reason.
NOT_KEPT = {
    "429.html": "what was refused, carried as it was sent",
    "account/address.html": ACCOUNT,
    "account/form_page.html": ACCOUNT,
    "account/reauthenticate.html": "a code received by mail",
    "account/parts/decision.html": CHOICES,
    "account/structure/staff.html": ACCOUNT,
    "editorial/review/parts/beside.html": CHOICES,
    "editorial/review/typing_error.html": CHOICES,
    "groups/group_leave.html": CHOICES,
    "groups/manage/diagnostic.html": NAME,
    "live/people.html": NAME,
    "mfa/webauthn/add_form.html": NAME,
    "minutes/action.html": NAME,
    "minutes/move.html": CHOICES,
    "notifications/follow.html": CHOICES,
    "notifications/push.html": CHOICES,
    "notifications/settings.html": CHOICES,
    "practices/diagnostic/campaign.html": CHOICES,
    "practices/diagnostic/codes.html": CHOICES,
    "practices/diagnostic/open.html": NAME,
    "practices/diagnostic/team.html": CHOICES,
    "sessions/session_dates.html": CHOICES,
    "sessions/session_dates_for.html": CHOICES,
    "sessions/session_people.html": NAME,
}


def test_no_template_has_a_form_that_nobody_thought_of():
    forgotten = []
    for path in sorted(TEMPLATES.rglob("*.html")):
        name = str(path.relative_to(TEMPLATES))
        if "/admin/" in f"/{name}":
            continue
        for attributes, body in FORM.findall(path.read_text("utf-8")):
            posted = 'method="post"' in attributes
            keeps = "data-keep" in attributes or any(one in attributes for one in OTHER_WAYS)
            if posted and SHOWS_FIELDS.search(body) and not keeps and name not in NOT_KEPT:
                forgotten.append(name)
    assert forgotten == []
    assert {name for name in NOT_KEPT if not (TEMPLATES / name).exists()} == set()


# The server says what it has taken


MARK = "0123456789abcdef" * 2
ASKED = {"need": "Préparer un entretien avec une personne sourde", "details": "Au téléphone surtout.", "kept": MARK}


@pytest.fixture
def asking():
    return MATRIX["card_request_add"].address


def received(answer):
    return answer.cookies["received"].value if "received" in answer.cookies else None


def test_a_form_that_is_taken_is_marked_as_received(signed_in, asking):
    answer = signed_in("membre").post(asking, ASKED)
    assert (answer.status_code, received(answer)) == (303, MARK)
    assert answer.cookies["received"]["samesite"] == "Lax"
    assert received(signed_in("membre").get(answer["Location"])) is None


def test_a_form_that_is_refused_or_sent_without_a_script_is_not(signed_in, asking):
    refused = signed_in("membre").post(asking, ASKED | {"need": ""})
    assert (refused.status_code, received(refused)) == (422, None)
    assert received(signed_in("membre").post(asking, {name: ASKED[name] for name in ("need", "details")})) is None
    assert received(signed_in("membre").post(asking, ASKED | {"kept": "x; path=/"})) is None


def test_a_form_whose_sign_in_has_expired_is_not(client, asking):
    assert received(client.post(asking, ASKED)) is None


def test_a_form_that_leads_to_an_error_is_not_and_the_error_is_shown(signed_in, account, monkeypatch):
    from exchange_groups.minutes.models import Minutes
    from exchange_groups.minutes.services import writing
    from exchange_groups.minutes.services.errors import NotEditable

    minutes = Minutes.objects.get(state="draft")

    def validated_just_before(**_fields):
        raise NotEditable

    monkeypatch.setattr(writing, "edit_summary", validated_just_before)
    browser = signed_in("animation")
    words = {"summary": "Une bonne heure.", "amendment_days": 5, "version": minutes.version, "kept": MARK}
    answer = browser.post(f"{minutes.get_absolute_url()}synthese/", words)
    assert (answer.status_code, received(answer)) == (303, None)
    assert str(NotEditable.message) in browser.get(answer["Location"]).content.decode()
