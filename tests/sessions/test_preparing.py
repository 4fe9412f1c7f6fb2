"""A session is prepared in a few fields, opened, changed and cancelled; everyone is told once of each."""

import datetime

import pytest
from django.utils import timezone

from exchange_groups.models import ExchangeGroup
from exchange_groups.sessions.models import Method, Registration, Session
from exchange_groups.sessions.recurrence import next_start
from exchange_groups.sessions.services import preparing
from exchange_groups.sessions.services.errors import NoDate, NowhereToMeet, WrongState

pytestmark = pytest.mark.django_db
NEW = "/seances/nouvelle/cip-ile-de-france/"
METHOD = f"{NEW}?methode=codeveloppement"


def tomorrow(days=1):
    return (timezone.localdate() + datetime.timedelta(days=days)).isoformat()


def fields(**values):
    return {"title": "Codéveloppement de janvier", "day": tomorrow(30), "start": "13:00", "place": "Ici"} | values


# Create


def test_a_method_gives_its_steps_and_its_length(signed_in):
    answer = signed_in("animation").post(METHOD, fields(suite="brouillon"))
    assert answer.status_code == 303
    session = Session.objects.get(title="Codéveloppement de janvier")
    assert session.state == "draft"
    assert session.minutes == session.method.minutes == 120
    assert [step.name for step in session.steps.all()][1:3] == ["Exposé", "Clarification"]
    assert session.steps.filter(takes_items=True).count() == 1


def test_three_fields_are_enough_to_open(signed_in, deliver):
    signed_in("animation").post(METHOD, fields(suite="ouvrir"))
    session = Session.objects.get(title="Codéveloppement de janvier")
    assert session.state == "open"
    assert session.registrations.registered().get().user.email == "animation@example.org"
    assert set(deliver()) == {"animation", "membre", "karim", "edition"}


def test_the_last_session_is_taken_up_with_its_steps_and_its_next_date(signed_in, coming):
    coming.steps.filter(order=2).update(minutes=9, name="Proposer vite")
    browser = signed_in("animation")
    page = browser.get(NEW).content.decode()
    assert f"?depuis={coming.pk}" in page
    form = browser.get(f"{NEW}?depuis={coming.pk}").context["form"]
    expected = next_start(coming.starts_at, coming.group.rhythm)
    assert form.initial["day"] == expected.date()
    assert form.initial["phone_code"] == "4521 88#"
    browser.post(
        f"{NEW}?depuis={coming.pk}",
        fields(title="La suite", day=expected.date().isoformat(), video_link="", suite="brouillon"),
    )
    session = Session.objects.get(title="La suite")
    assert session.previous == coming
    assert session.steps.get(order=2).name == "Proposer vite"
    assert coming.steps.count() == session.steps.count()


def test_a_double_submit_makes_one_session(signed_in):
    browser = signed_in("animation")
    key = browser.get(METHOD).context["form"]["submission_key"].value()
    for _time in range(2):
        assert browser.post(METHOD, fields(submission_key=key, suite="ouvrir")).status_code == 303
    assert Session.objects.filter(title="Codéveloppement de janvier").count() == 1


def test_a_session_of_another_group_is_not_taken_up(signed_in, public):
    assert signed_in("animation").get(f"{NEW}?depuis={public.pk}").status_code == 404


@pytest.mark.parametrize("hostile", ["?depuis=99999999999999999999", "?depuis=²", "?methode=x"])
def test_a_made_up_address_has_no_page(signed_in, hostile):
    assert signed_in("animation").get(NEW + hostile).status_code == 404


def test_a_closed_group_prepares_no_session(signed_in):
    ExchangeGroup.objects.filter(slug="cip-ile-de-france").update(state="closed")
    assert signed_in("animation").post(METHOD, fields()).status_code == 302
    assert not Session.objects.filter(title="Codéveloppement de janvier").exists()


WRONG = [
    ({"title": ""}, "title", "Donnez un titre"),
    ({"day": ""}, "day", "Choisissez le jour"),
    ({"start": ""}, "start", "l’heure de début"),
    ({"day": "2020-01-01"}, "day", "Cette date est passée"),
    ({"start": "14:00", "end": "13:30"}, "end", "La fin vient après le début"),
    ({"start": "14:00", "end": "14:05"}, "end", "un quart d’heure"),
    ({"place": ""}, "place", "Dites où se retrouver"),
    ({"capacity": "0"}, "capacity", "Au moins une place"),
    ({"video_link": "pas une adresse"}, "video_link", "https://"),
    ({"video_link": "https://visio.example.org/x"}, "phone_number", "une personne sans data"),
    ({"phone_number": "appelez-moi"}, "phone_number", "Écrivez un numéro"),
    ({"phone_code": "12#"}, "phone_number", "le code seul"),
    ({"day": "2027-03-28", "start": "02:30"}, "start", "on change d’heure"),
]


@pytest.mark.parametrize(("wrong", "field", "words"), WRONG)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(signed_in, wrong, field, words):
    answer = signed_in("animation").post(METHOD, fields(objective="Mes mots", suite="ouvrir") | wrong)
    assert answer.status_code == 422
    assert words in " ".join(answer.context["form"].errors[field])
    html = answer.content.decode()
    assert f'id="id_{field}_error"' in html
    assert "Mes mots" in html


def test_a_link_without_a_number_is_accepted_once_said_so(signed_in):
    values = fields(place="", video_link="https://visio.example.org/x", without_phone="on", suite="ouvrir")
    assert signed_in("animation").post(METHOD, values).status_code == 303


def test_a_peer_group_never_opens_a_session_to_all(signed_in):
    address = "/seances/nouvelle/paroles-de-permanents/?methode=analyse-de-pratiques"
    answer = signed_in("animation").post(address, fields(is_public="on"))
    assert answer.status_code == 422
    assert "entre pairs" in str(answer.context["form"].errors["is_public"])


# Rhythm


def moment(text):
    return timezone.make_aware(datetime.datetime.fromisoformat(text))


RHYTHMS = [
    ("Une séance par mois, le premier jeudi", "2026-12-03T13:00", "2027-01-07T13:00"),
    ("Un sujet par quinzaine", "2026-11-26T10:00", "2026-12-10T10:00"),
    ("Toutes les six semaines", "2026-11-23T17:30", "2027-01-04T17:30"),
    ("", "2026-11-26T10:00", "2026-12-24T10:00"),
    # Clocks change between the two: the hour stays.
    ("Un atelier par mois", "2027-03-04T13:00", "2027-04-01T13:00"),
]


@pytest.mark.parametrize(("rhythm", "last", "expected"), RHYTHMS)
def test_the_next_date_follows_the_rhythm_of_the_group(rhythm, last, expected):
    now = moment(last) + datetime.timedelta(days=1)
    assert next_start(moment(last), rhythm, now=now) == moment(expected)


def test_a_date_long_past_gives_one_to_come():
    assert next_start(moment("2020-01-02T13:00"), "Une séance par mois") > timezone.now()


# Open, change, cancel


def test_a_session_is_not_opened_without_a_date_or_a_place(draft):
    Session.objects.filter(pk=draft.pk).update(place="", phone_number="")
    with pytest.raises(NowhereToMeet):
        preparing.open_session(session=draft)
    Session.objects.filter(pk=draft.pk).update(starts_at=None, place="Ici")
    with pytest.raises(NoDate):
        preparing.open_session(session=draft)


def test_opened_twice_the_group_is_told_once(draft, deliver):
    preparing.open_session(session=draft)
    preparing.open_session(session=draft)
    assert {name: len(messages) for name, messages in deliver().items()} == dict.fromkeys(
        ["animation", "membre", "karim", "edition"], 1
    )
    assert deliver() == {}


def test_a_new_appointment_is_told_once_and_a_new_title_is_not(coming, deliver):
    preparing.change_session(session=coming, values={"title": "Autre titre"})
    assert deliver() == {}
    later = coming.starts_at + datetime.timedelta(hours=1)
    for _time in range(2):
        preparing.change_session(session=coming, values={"starts_at": later})
    coming.refresh_from_db()
    assert coming.calendar_sequence == 1
    left = deliver()
    assert {name: len(messages) for name, messages in left.items()} == dict.fromkeys(
        ["animation", "membre", "karim", "edition"], 1
    )
    assert "Changement" in left["karim"][0].subject


def test_a_cancelled_session_is_told_once_with_the_reason(signed_in, account, coming, deliver):
    Registration.objects.create(session=coming, user=account("membre"), state="withdrawn")
    browser = signed_in("animation")
    address = f"{coming.get_absolute_url()}annuler/"
    assert browser.post(address, {"reason": ""}).status_code == 422
    assert browser.post(address, {"reason": "La salle est prise."}).status_code == 303
    assert browser.post(address, {"reason": "Encore"}).status_code == 302
    left = deliver()
    assert set(left) == {"animation", "karim", "edition"}  # « membre » had given up
    assert "La salle est prise." in left["karim"][0].body
    coming.refresh_from_db()
    assert (coming.state, coming.calendar_sequence) == ("cancelled", 1)
    page = signed_in("karim").get(coming.get_absolute_url()).content.decode()
    assert "La salle est prise." in page


def test_a_held_session_is_neither_changed_nor_cancelled():
    held = Session.objects.get(title__startswith="Lean coffee : garder")
    with pytest.raises(WrongState):
        preparing.change_session(session=held, values={"title": "Autre"})
    with pytest.raises(WrongState):
        preparing.cancel_session(session=held, reason="Non")


def test_places_are_not_fewer_than_the_registered(signed_in, coming):
    values = {"title": "x", "day": tomorrow(9), "start": "13:00", "place": "Ici", "capacity": "2"}
    answer = signed_in("animation").post(f"{coming.get_absolute_url()}modifier/", values)
    assert answer.status_code == 422
    assert "3 personnes ont déjà une place" in answer.content.decode()


def test_a_public_session_with_people_from_elsewhere_stays_public(signed_in, account, public):
    values = {"title": "x", "day": tomorrow(9), "start": "13:00", "place": "Ici"}
    browser = signed_in("edition-numerique")
    Registration.objects.create(session=public, user=account("lucie"))
    answer = browser.post(f"{public.get_absolute_url()}modifier/", values)
    assert answer.status_code == 422
    assert "reste ouverte à tous" in answer.content.decode()
    Registration.objects.filter(user=account("lucie")).delete()
    assert browser.post(f"{public.get_absolute_url()}modifier/", values).status_code == 303


# Steps


def steps_form(session, **changed):
    rows = list(session.steps.all())
    values = {"etape-TOTAL_FORMS": str(len(rows) + 1), "etape-INITIAL_FORMS": str(len(rows))}
    for number, step in enumerate(rows):
        values |= {
            f"etape-{number}-{name}": getattr(step, name) for name in ("id", "name", "minutes", "role", "instruction")
        }
        values |= {f"etape-{number}-takes_items": "on"} if step.takes_items else {}
    return values | {name.replace("__", "-"): value for name, value in changed.items()}


def test_the_steps_of_a_session_change_and_those_of_its_method_do_not(signed_in, coming):
    last = coming.steps.count()
    before = list(coming.method.steps.values_list("name", "minutes"))
    address = f"{coming.get_absolute_url()}deroule/"
    assert 'value="Discuter"' in signed_in("animation").get(address).content.decode()
    values = steps_form(coming, etape__3__minutes="25", etape__1__DELETE="on")
    values |= {f"etape-{last}-name": "Une étape à nous", f"etape-{last}-minutes": "15"}
    assert signed_in("animation").post(address, values).status_code == 303
    names = list(coming.steps.values_list("name", "minutes"))
    assert ("Discuter", 25) in names
    assert names[-1] == ("Une étape à nous", 15)
    assert "Proposer" not in dict(names)
    assert list(coming.method.steps.values_list("name", "minutes")) == before


def test_a_wrong_step_is_said_and_nothing_typed_is_lost(signed_in, coming):
    values = steps_form(coming, etape__0__minutes="0", etape__2__name="Voter autrement")
    answer = signed_in("animation").post(f"{coming.get_absolute_url()}deroule/", values)
    assert answer.status_code == 422
    assert "Au moins une minute" in answer.content.decode()
    assert "Voter autrement" in answer.content.decode()


def test_a_step_of_another_session_is_not_touched(signed_in, coming, public):
    other = public.steps.first()
    values = steps_form(coming, etape__0__id=str(other.pk), etape__0__name="Volée")
    signed_in("animation").post(f"{coming.get_absolute_url()}deroule/", values)
    other.refresh_from_db()
    assert other.name != "Volée"
    assert other.session_id == public.pk


def test_editors_keep_the_methods(signed_in):
    method = Method.objects.get(slug="lean-coffee")
    address = f"/admin/snippets/exchange_sessions/method/edit/{method.pk}/"
    assert signed_in("edition").get(address).status_code == 200
    assert signed_in("membre").get(address).status_code in {302, 403}
