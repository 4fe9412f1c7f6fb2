"""What is thrown at minutes by hand or by mistake is answered."""

import datetime
import uuid

import pytest
from django.utils import timezone

from exchange_groups.minutes.choices import MinutesState
from exchange_groups.minutes.documents import internal_document
from exchange_groups.minutes.exports import as_docx
from exchange_groups.minutes.models import Amendment
from exchange_groups.minutes.services.review import propose_amendment

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("number", ["9" * 5000, "9" * 30, "-1", "²", ""])
def test_an_action_that_cannot_exist_is_not_found(signed_in, number):
    answer = signed_in("membre").post("/seances/mes-actions/", {"action": f"done:{number}"})
    assert answer.status_code == 404


def test_a_document_is_made_whatever_characters_its_title_holds(minutes):
    minutes.session.title = "Un\x0btitre\x01"
    assert as_docx(internal_document(minutes))


def test_the_same_key_by_two_people_makes_two_requests(minutes, account):
    minutes.state, minutes.amendable_until = MinutesState.IN_REVIEW, timezone.now() + datetime.timedelta(days=1)
    minutes.save()
    key = uuid.uuid4()
    for name in ("membre", "karim", "karim"):
        propose_amendment(minutes=minutes, author=account(name), line=None, text=name, submission_key=key)
    assert sorted(Amendment.objects.values_list("text", flat=True)) == ["karim", "membre"]


@pytest.mark.parametrize("number", [2**31, 10**20, 10**40])
@pytest.mark.parametrize(
    "address",
    [
        "/seances/{n}-x/",
        "/seances/{n}-x/agenda.ics",
        "/seances/{n}-x/attestations/{n}/",
        "/seances/{n}-x/compte-rendu/",
        "/seances/{n}-x/suivre/",
        "/seances/comptes-rendus/{n}-x/",
        "/seances/comptes-rendus/{n}-x.md",
    ],
)
def test_a_number_too_large_for_the_database_is_not_found(signed_in, address, number):
    assert signed_in("animation").get(address.format(n=number)).status_code == 404


STRINGS = [
    "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>",
    "a\x00b",
    "9" * 5000,
    "-1",
    "²",
    "{{ 7*7 }} '; DROP TABLE members_user; --",
    "x" * 1_000_000,
    "0001-01-01",
    "9999-12-31",
]


@pytest.mark.parametrize("number", range(len(STRINGS)))
def test_a_hostile_form_of_minutes_is_answered(signed_in, minutes, held, line, number):
    text, start = STRINGS[number], f"{minutes.get_absolute_url()}"
    said = line("On garde")
    section = next(iter(minutes.lines.filter(item=held.calls)))
    forms = {
        "synthese/": ["summary", "amendment_days", "version"],
        f"points/{section.pk}/": [
            f"{said.pk}-text", f"{said.pk}-version", "nouvelle-kind", "nouvelle-text", "faire",
        ],
        f"actions/{held.action.pk}/": ["doer", "doer_name", "due_on"],
        f"idees/{line('à trois').pk}/": ["title", "problem", "context", "steps", "submission_key", "summary"],
        "relecture/": ["relu"],
        f"demander/{said.pk}/": ["text", "reason", "submission_key", "personal_data_checked"],
        "etat/": ["etape"],
        "essais/": ["fiche"],
        "version-publique/": ["public_title", "public_summary", "version", f"ligne-{said.pk}", "ouvrir"],
    }  # fmt: skip
    browser = signed_in("animation")
    for end, names in forms.items():
        answer = browser.post(f"{start}{end}", dict.fromkeys(names, text))
        assert answer.status_code < 500, end
        assert b"<script>alert" not in answer.content
    minutes.refresh_from_db()
    minutes.state, minutes.published_at = MinutesState.PUBLISHED, timezone.now()
    minutes.save()
    for end in ("version-publique/", "demander/0/", "essais/"):
        answer = browser.post(f"{start}{end}", dict.fromkeys([*forms["version-publique/"], "fiche"], text))
        assert answer.status_code < 500, end
    browser.post(f"{start}actions/{held.action.pk}/", {"doer": "", "doer_name": "", "due_on": text})
    for page in (start, f"{start.rstrip('/')}.docx", f"{start.rstrip('/')}.md", "/seances/mes-actions/"):
        answer = browser.get(page)
        assert answer.status_code == 200
        assert page.endswith(".md") or b"<script>alert" not in answer.content
