"""The live pages: who reads what, how light they are, what is typed is never lost."""

import gzip
import re
import uuid
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exchange_groups.live.drafts import owner_mark
from exchange_groups.live.services import notes, voting
from exchange_groups.live.services.running import end_session, start_item
from exchange_groups.live.tokens import pulse_address
from exchange_groups.sessions.models import AgendaItem, Note, Registration, Session
from kb_site.accounts.models import User
from tests.stylesheets import served

pytestmark = pytest.mark.django_db

STATIC = Path(settings.BASE_DIR) / "kb_site/static/kb_site"
CSS = served("site", "live")
SCRIPT = {"HTTP_X_LIVE": "1"}
HOSTILE = [
    "<script>alert(1)</script>",
    "'; DROP TABLE x; --",
    "\x00",
    "é" * 3000,
    "\u202eltr",
    "{{ 7 }}",
    '" onload="x',
]


def note_form(**fields):
    return {"do": "noter", "kind": "note", "text": "Un mot", "key": str(uuid.uuid4())} | fields


def crowd(session, people=40, items=30, notes=60):
    member = User.objects.get(email="membre@example.org")
    for n in range(people):
        Registration.objects.create(session=session, guest_name=f"Invité {n}", presence="visio" if n % 2 else "")
    for n in range(items):
        AgendaItem.objects.create(session=session, title=f"Un sujet proposé numéro {n}", proposed_by=member)
    for n in range(notes):
        Note.objects.create(session=session, author=member, text=f"Une note assez longue, numéro {n}. " * 5)


@pytest.mark.parametrize(
    ("role", "end"), [("animation", "animer/"), ("membre", "suivre/"), ("membre", "suivre/notes/")]
)
@pytest.mark.parametrize("full", [False, True])
def test_a_page_is_light_and_asks_little_however_much_it_holds(held, signed_in, role, end, full):
    if full:
        crowd(held)
        start_item(session=held, item_id=held.items.first().pk)
        voting.call_thumbs(session=held)
    browser = signed_in(role)
    address = held.get_absolute_url() + end
    browser.get(address)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        html = browser.get(address).content
    assert len(queries) <= 12, [q["sql"][:90] for q in queries]
    assert len(gzip.compress(html)) + len(gzip.compress(CSS)) <= 14_000
    assert len(re.findall(rb"<[a-z]", html)) <= 250
    assert html.count(b"<h1") == 1


def test_what_a_change_costs_a_participant(held, signed_in, at):
    crowd(held)
    regions = signed_in("membre").get(at(held, "suivre/etat/"), **SCRIPT).content
    assert len(gzip.compress(regions)) <= 2_500


def test_a_page_that_is_up_to_date_gets_a_new_pass_alone(held, signed_in, at):
    for role, end in (("animation", "animer/etat/"), ("membre", "suivre/etat/")):
        answer = signed_in(role).get(at(held, end), headers={"x-live": str(held.live_version)})
        assert answer.content.count(b"data-region") == 1
        assert b"/pouls/" in answer.content
        assert len(answer.content) < 250


def test_the_version_is_answered_with_one_query_no_cookie_and_few_bytes(held, client):
    address = pulse_address(held.pk)
    with CaptureQueriesContext(connection) as queries:
        changed = client.get(address)
        same = client.get(address, headers={"if-none-match": changed["ETag"]})
    assert len(queries) == 2
    assert (changed.status_code, changed.content) == (200, str(held.live_version).encode())
    assert (same.status_code, same.content) == (304, b"")
    for answer in (changed, same):
        assert not answer.cookies
        assert "Content-Security-Policy" not in answer
        assert sum(len(f"{name}: {value}\r\n") for name, value in answer.items()) < 240


def test_the_version_answers_anew_after_a_change(held, client, account):
    address = pulse_address(held.pk)
    tag = client.get(address)["ETag"]
    notes.capture(session=held, author=account("membre"), text="Du nouveau")
    assert client.get(address, headers={"if-none-match": tag}).status_code == 200


def test_a_pass_opens_one_session_for_half_an_hour(held, client, monkeypatch):
    from exchange_groups.live import tokens

    address = pulse_address(held.pk)
    assert client.get(address.replace(f"/{held.pk}/", f"/{held.pk + 1}/")).status_code == 403
    assert client.get(address[:-1] + ("A" if address[-1] != "A" else "B")).status_code == 403
    assert client.get(f"/seances/{held.pk}/pouls/x").status_code == 403
    monkeypatch.setattr(tokens, "HOLDS_SECONDS", -1)
    assert client.get(address).status_code == 403


@pytest.mark.parametrize("role", ["partenaire", "coordination", "admin"])
def test_whoever_does_not_share_the_talk_has_no_such_page(held, signed_in, at, role):
    for end in ("suivre/", "suivre/etat/", "suivre/notes/", "animer/", "animer/etat/"):
        assert signed_in(role).get(at(held, end)).status_code == 404
    answer = signed_in(role).post(at(held, "suivre/"), note_form(), **SCRIPT)
    assert answer.status_code == 404
    assert held.notes.count() == 0


def test_a_guest_of_a_public_session_follows_but_reads_neither_agenda_nor_notes(public_session, signed_in, at, account):
    notes.capture(session=public_session, author=account("membre"), text="Entre nous seulement")
    Registration.objects.filter(session=public_session).exclude(user__email="karim@example.org").delete()
    guest = signed_in("karim")
    page = guest.get(at(public_session, "suivre/")).content.decode()
    assert "Proposer" in page  # the step under way
    assert "Entre nous seulement" not in page
    assert "Qui appelle ?" not in page
    assert guest.post(at(public_session, "suivre/"), note_form(text="De l’extérieur")).status_code == 303
    assert "De l’extérieur" in guest.get(at(public_session, "suivre/notes/")).content.decode()
    assert "Entre nous seulement" not in guest.get(at(public_session, "suivre/notes/")).content.decode()
    others = Note.objects.get(text="Entre nous seulement")
    assert guest.get(at(public_session, f"suivre/notes/{others.pk}/")).status_code == 404
    assert guest.post(at(public_session, "suivre/"), {"do": "proposer", "title": "Un sujet"}).status_code == 422
    assert guest.get(at(public_session, "animer/")).status_code == 404


def test_a_guest_does_not_read_the_agenda_by_numbering_notes_after_its_items(public_session, signed_in, at):
    guest = signed_in("karim")
    for item in public_session.items.all():
        guest.post(at(public_session, "suivre/"), note_form(text=f"Note {item.pk}", item=item.pk))
    for end in ("suivre/", "suivre/notes/"):
        page = guest.get(at(public_session, end)).content.decode()
        assert "Note " in page
        assert not any(item.title in page for item in public_session.items.all())


def test_a_guest_who_gives_up_their_place_is_out(public_session, signed_in, at):
    Registration.objects.filter(session=public_session, user__email="karim@example.org").update(state="withdrawn")
    assert signed_in("karim").get(at(public_session, "suivre/")).status_code == 404


def test_a_session_that_is_public_no_more_closes_to_guests(public_session, signed_in, at):
    Session.objects.filter(pk=public_session.pk).update(is_public=False)
    assert signed_in("karim").get(at(public_session, "suivre/")).status_code == 404


def test_a_participant_writes_no_decision(held, signed_in, at):
    answer = signed_in("membre").post(at(held, "suivre/"), note_form(kind="decision"))
    assert answer.status_code == 422
    assert "Un mot" in answer.content.decode()
    assert held.notes.count() == 0


def test_a_button_acts_by_redirection_or_in_place(held, signed_in, at):
    browser = signed_in("animation")
    answer = browser.post(at(held, "animer/"), {"do": "tour"})
    assert (answer.status_code, answer["Location"]) == (303, at(held, "animer/"))
    regions = browser.post(at(held, "animer/"), {"do": "tour-fini"}, **SCRIPT)
    assert regions.status_code == 200
    assert b'data-region="step"' in regions.content
    assert b"<html" not in regions.content


def test_an_unknown_button_is_refused_and_says_so(held, signed_in, at):
    for role, end in (("animation", "animer/"), ("membre", "suivre/")):
        answer = signed_in(role).post(at(held, end), {"do": "rm -rf"})
        assert answer.status_code == 422
        assert "remise à jour" in answer.content.decode()


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("end", ["animer/", "suivre/"])
def test_hostile_words_are_kept_as_words_or_refused(held, signed_in, at, text, end):
    browser = signed_in("animation")
    fields = note_form(text=text, kind="action", who=text, due_on=text, item=text, at=text)
    for answer in (browser.post(at(held, end), fields), browser.post(at(held, end), fields | {"due_on": ""}, **SCRIPT)):
        assert answer.status_code in {201, 303, 422}
    assert browser.post(at(held, end), fields | {"owner": text}).status_code == 422
    browser.post(at(held, "suivre/"), {"do": "proposer", "title": text})
    browser.post(at(held, "animer/personnes/"), {"name": text, "how": "visio"})
    for page in ("animer/", "suivre/", "suivre/notes/", "animer/personnes/", "animer/terminer/"):
        html = browser.get(at(held, page)).content.decode()
        assert "<script>alert" not in html
        assert '" onload="' not in html


@pytest.mark.parametrize("value", ["", "0", "-1", "1e9", "99999999999999999999", "x", "\x00"])
def test_what_the_page_fills_in_may_be_spoilt_without_losing_the_words(held, signed_in, at, value):
    answer = signed_in("membre").post(at(held, "suivre/"), note_form(key=value, item=value, at=value), **SCRIPT)
    assert answer.status_code == 201
    assert held.notes.get().text == "Un mot"


@pytest.mark.parametrize("who", ["", "x", "99999999999999999999999", "-1", "١"])
def test_ticking_nobody_harms_nothing(held, signed_in, at, who):
    answer = signed_in("animation").post(at(held, "animer/personnes/"), {"presence": "visio", "who": who})
    assert answer.status_code == 303
    assert set(held.registrations.values_list("presence", flat=True)) == {""}


def test_the_facilitator_ticks_several_people_and_adds_one(held, signed_in, at):
    browser = signed_in("animation")
    ticked = list(held.registrations.values_list("pk", flat=True))[:2]
    assert browser.post(at(held, "animer/personnes/"), {"presence": "telephone", "who": ticked}).status_code == 303
    assert held.registrations.filter(presence="telephone").count() == 2
    assert browser.post(at(held, "animer/personnes/"), {"name": "", "how": "visio"}).status_code == 422
    browser.post(at(held, "animer/personnes/"), {"name": "Une voix", "how": "telephone"})
    assert held.registrations.get(guest_name="Une voix").presence == "telephone"


def test_the_words_typed_when_the_sign_in_has_expired_come_back_to_their_author_alone(held, client, account, at):
    address = at(held, "suivre/")
    fields = note_form(text="À ne pas perdre", owner=owner_mark(account("membre")))
    answer = client.post(address, fields)
    assert (answer.status_code, answer["Location"]) == (302, f"/compte/connexion/?next={address}")
    client.force_login(account("membre"))
    page = client.get(address).content.decode()
    assert "À ne pas perdre" in page
    assert fields["key"] in page
    assert "À ne pas perdre" not in client.get(address).content.decode()


def test_a_proposal_and_a_correction_typed_when_the_sign_in_has_expired_come_back_too(held, client, account, at):
    note = notes.capture(session=held, author=account("membre"), text="Avant")
    owner = {"owner": owner_mark(account("membre"))}
    for end, fields in (
        ("suivre/", {"do": "proposer", "title": "Un sujet à garder"}),
        (f"suivre/notes/{note.pk}/", {"text": "Un texte à garder", "version": "1"}),
    ):
        client.post(at(held, end), fields | owner)
        client.force_login(account("membre"))
        page = client.get(at(held, end)).content.decode()
        assert "à garder" in page
        assert "il reste à l’envoyer" in page
        client.logout()


def test_words_left_on_a_device_are_never_sent_in_the_name_of_the_next_person(held, signed_in, account, at):
    browser = signed_in("edition")
    fields = note_form(text="De quelqu’un d’autre", owner=owner_mark(account("membre")))
    assert browser.post(at(held, "suivre/"), fields, **SCRIPT).status_code == 401
    page = browser.post(at(held, "suivre/"), fields)
    assert page.status_code == 422
    assert "Relisez, puis envoyez en votre nom" in page.content.decode()
    assert held.notes.count() == 0


def test_the_next_person_on_the_computer_sees_nothing_of_it(held, client, account, at):
    client.post(at(held, "suivre/"), note_form(text="À moi seul", owner=owner_mark(account("membre"))))
    client.force_login(account("edition"))
    assert "À moi seul" not in client.get(at(held, "suivre/")).content.decode()


def test_the_script_is_told_that_the_sign_in_has_expired(held, client, at):
    for end in ("suivre/", "animer/"):
        assert client.post(at(held, end), note_form(), **SCRIPT).status_code == 401
        assert client.get(at(held, f"{end}etat/"), **SCRIPT).status_code == 401
    assert held.notes.count() == 0


def test_after_rereading_has_begun_the_script_is_told_to_keep_the_note(held, signed_in, at):
    end_session(session=held)
    browser = signed_in("membre")
    assert browser.post(at(held, "suivre/"), note_form(text="En retard"), **SCRIPT).status_code == 201
    Session.objects.filter(pk=held.pk).update(state="in_review")
    answer = browser.post(at(held, "suivre/"), note_form(text="Trop tard"), **SCRIPT)
    assert answer.status_code == 409
    assert "relecture" in answer.content.decode()


def test_one_corrects_ones_own_note_and_the_facilitator_any(held, signed_in, at, account):
    note = notes.capture(session=held, author=account("membre"), text="Avant")
    address = at(held, f"suivre/notes/{note.pk}/")
    assert signed_in("edition").get(address).status_code == 404
    form = {"text": "Après", "version": 1, "key": str(uuid.uuid4())}
    assert signed_in("membre").post(address, form).status_code == 303
    late = signed_in("animation").post(address, form | {"text": "Autrement", "key": str(uuid.uuid4())}, follow=True)
    assert "les deux textes sont gardés" in late.content.decode()
    assert "à départager" in late.content.decode()
    assert signed_in("membre").post(address, {"text": "", "version": 2}).status_code == 422
    assert signed_in("membre").post(address, {"retirer": "1"}).status_code == 303
    assert signed_in("membre").get(address).status_code == 404
    assert [n.text for n in held.notes.standing()] == ["Autrement"]


def test_the_end_says_what_it_postpones(held, signed_in, at):
    browser = signed_in("animation")
    assert "Les forfaits vides" in browser.get(at(held, "animer/terminer/")).content.decode()
    assert browser.post(at(held, "animer/terminer/")).status_code == 303
    after = browser.get(at(held, "animer/")).content.decode()
    assert "La séance est terminée" in after
    assert "Compte rendu" in after
    assert "compte-rendu" not in signed_in("membre").get(at(held, "suivre/")).content.decode()


@pytest.mark.parametrize(
    "state", ["draft", "polling", "open", "running", "to_write_up", "in_review", "closed", "cancelled"]
)
def test_every_state_has_its_page(session, signed_in, at, state):
    Session.objects.filter(pk=session.pk).update(state=state)
    for end in ("", "animer/", "animer/etat/", "animer/personnes/", "animer/terminer/", "suivre/", "suivre/notes/"):
        assert signed_in("animation").get(at(session, end)).status_code == 200
    assert signed_in("membre").get(at(session, "suivre/")).status_code == (404 if state == "draft" else 200)


def test_the_page_of_the_session_leads_there(held, signed_in, at):
    assert at(held, "animer/") in signed_in("animation").get(at(held, "")).content.decode()
    member = signed_in("membre").get(at(held, "")).content.decode()
    assert at(held, "suivre/") in member
    assert at(held, "animer/") not in member


def test_a_secretary_runs_the_session_too(held, signed_in, at, account):
    Session.objects.filter(pk=held.pk).update(secretary=account("membre"))
    assert signed_in("membre").get(at(held, "animer/")).status_code == 200


def test_a_number_without_end_ticks_nobody(signed_in, held, at):
    answer = signed_in("animation").post(at(held, "animer/personnes/"), {"who": ["9" * 5000], "presence": "present"})
    assert answer.status_code == 303


# The subject that a note stands under, without a script


def test_a_refused_note_keeps_the_subject_it_was_written_under(held, signed_in, at):
    first, second = held.items.order_by("order")
    start_item(session=held, item_id=second.pk)
    for role, end in (("animation", "animer/"), ("membre", "suivre/")):
        answer = signed_in(role).post(at(held, end), note_form(text=" ", item=first.pk))
        page = answer.content.decode()
        assert answer.status_code == 422
        assert re.search(rf'<input type="hidden" name="item" value="{first.pk}"', page)
        assert f"<b data-about>{first.title}</b>" in page


def test_a_note_taken_up_after_signing_in_again_keeps_the_subject_it_was_written_under(held, client, account, at):
    first, second = held.items.order_by("order")
    for item, title in ((first.pk, first.title), ("", "en général")):
        owner = owner_mark(account("membre"))
        client.post(at(held, "suivre/"), note_form(text="Avant de se reconnecter", item=item, owner=owner))
        start_item(session=held, item_id=second.pk)
        client.force_login(account("membre"))
        page = client.get(at(held, "suivre/")).content.decode()
        assert "Avant de se reconnecter" in page
        assert f"<b data-about>{title}</b>" in page
        client.logout()


@pytest.mark.parametrize("item", ["x", "9" * 30, "-1", "\x00", "1;2", "999999"])
def test_a_subject_that_is_not_one_of_the_session_harms_nothing(held, signed_in, at, item):
    page = signed_in("membre").post(at(held, "suivre/"), note_form(text=" ", item=item))
    assert page.status_code == 422
    assert "<b data-about>en général</b>" in page.content.decode()
