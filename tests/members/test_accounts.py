"""Accounts: sign-up, sign-in by e-mailed code, the coordinators' decision, and what an outsider can learn (nothing)."""

import json
import re
import smtplib

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from kb_site.members import groups, services
from kb_site.members.demo import DEMO_PASSWORD
from kb_site.members.models import Structure, User
from kb_site.members.principals import PUBLIC, principals_of
from kb_site.notifications.tasks import defer_mail, send_mail

pytestmark = pytest.mark.django_db

ANSWERS = {
    "email": "Nadia@Exemple.fr",
    "first_name": "Nadia",
    "last_name": "Benali",
    "role": "cip",
    "structure_declared": "Les Ateliers d’Été",
    "siae_type_declared": "ACI",
    "territory_declared": "93",
}


@pytest.fixture(autouse=True)
def fresh(settings):
    """No limit left by another test; this is not the demonstration."""
    settings.DEMO = False
    cache.clear()


@pytest.fixture
def person(db):
    """Return a maker of accounts whose address is confirmed."""

    def make(email="sam@exemple.fr", *, group=None, verified=True, **fields):
        status = fields.pop("status", User.Status.PENDING)
        user = User.objects.create_user(email, first_name="Sam", last_name="Diop", status=status, **fields)
        EmailAddress.objects.create(user=user, email=email, verified=verified, primary=True)
        if group:
            user.groups.add(groups.ensure_group(group))
        return user

    return make


@pytest.fixture
def coordinator(person):
    return person("coordination@exemple.fr", group=groups.COORDINATION, status=User.Status.APPROVED)


@pytest.fixture
def browser():
    return Client()


def browser_of(user):
    client = Client()
    client.force_login(user)
    return client


def deliver():
    """Run the mail jobs that the transaction holds, as the worker would; return what they sent."""
    before = len(mail.outbox)
    for job in ProcrastinateJob.objects.filter(queue_name="mails", status="todo").order_by("id"):
        send_mail(**json.loads(json.dumps(job.args)))
    return mail.outbox[before:]


def code_of(message):
    return re.search(r"^\d{6}$", message.body, re.MULTILINE)[0]


def ask_code(browser, email, **query):
    return browser.post(reverse("account_request_login_code", query=query), {"email": email} | query, follow=True)


def give_code(browser, code, **extra):
    return browser.post(reverse("account_confirm_login_code"), {"code": code} | extra)


def is_signed_in(browser):
    return "_auth_user_id" in browser.session


def sign_up(browser, **changes):
    return browser.post(reverse("account_signup"), ANSWERS | changes, follow=True)


# Sign-up


def test_a_person_signs_up_confirms_the_address_and_waits(browser, coordinator):
    page = sign_up(browser)
    assert page.redirect_chain[-1][0] == reverse("account_email_verification_sent")
    assert "nadia@exemple.fr" in page.content.decode()
    user = User.objects.get(email="nadia@exemple.fr")
    assert not User.objects.pending().filter(pk=user.pk).exists(), "an unconfirmed address bothers no coordinator"
    assert deliver() == []
    mail.outbox[:] = mail.outbox[-1:]
    page = browser.post(reverse("account_email_verification_sent"), {"code": code_of(mail.outbox[0])}, follow=True)
    assert page.redirect_chain[-1][0] == reverse("account_profile")
    assert "attend la validation" in page.content.decode()
    user.refresh_from_db()
    assert (user.structure_declared, user.siae_type_declared, user.territory_declared, user.role) == (
        "Les Ateliers d’Été", "ACI", "93", "cip",
    )  # fmt: skip
    assert not user.has_usable_password()
    assert User.objects.pending().filter(pk=user.pk).exists()
    told = deliver()
    assert "coordination@exemple.fr" in {message.to[0] for message in told}
    assert all("Nadia Benali" in message.subject for message in told)


def test_an_account_that_waits_holds_what_a_visitor_holds(person):
    user = person()
    assert not user.is_approved
    assert principals_of(user) == {PUBLIC}


def test_an_invalid_sign_up_keeps_what_was_typed_and_says_what_is_missing(browser):
    page = sign_up(browser, role="", first_name="<b>Zoé</b>").content.decode()
    assert "Les Ateliers d’Été" in page
    assert "&lt;b&gt;Zoé&lt;/b&gt;" in page
    assert '<p class="error" id="id_role_error">' in page
    assert re.search(r'<select name="role"[^>]*aria-invalid="true"[^>]*aria-describedby="[^"]*id_role_error', page)
    assert not User.objects.filter(email="nadia@exemple.fr").exists()


def test_every_question_of_sign_up_must_be_answered(browser):
    for name in ANSWERS:
        assert f'id="id_{name}_error"' in sign_up(browser, **{name: " "}).content.decode(), name


def test_signing_up_twice_with_one_address_shows_the_same_page_and_creates_nothing(browser, person):
    person("nadia@exemple.fr")
    count = User.objects.count()
    known, unknown = sign_up(browser), sign_up(Client(), email="autre@exemple.fr")
    assert known.redirect_chain == unknown.redirect_chain
    assert _text(known, "nadia@exemple.fr") == _text(unknown, "autre@exemple.fr")
    assert User.objects.count() == count + 1
    assert mail.outbox[-2].subject == "Vous avez déjà un compte"
    assert reverse("account_request_login_code") in mail.outbox[-2].body


def test_a_name_stays_on_one_line(browser):
    sign_up(browser, first_name="Nadia\r\nBcc: tous@exemple.fr")
    assert User.objects.get(email="nadia@exemple.fr").first_name == "Nadia Bcc: tous@exemple.fr"


# Sign-in by code


def test_a_code_received_by_mail_opens_the_account(browser, person):
    user = person()
    ask_code(browser, "SAM@exemple.fr")
    assert mail.outbox[-1].to == ["sam@exemple.fr"]
    response = give_code(browser, code_of(mail.outbox[-1]))
    assert (response.status_code, response.url) == (302, "/")
    assert browser.session["_auth_user_id"] == str(user.pk)


def test_an_account_that_waits_can_sign_in_and_sees_that_it_waits(browser, person):
    person()
    ask_code(browser, "sam@exemple.fr")
    give_code(browser, code_of(mail.outbox[-1]))
    assert "attend la validation" in browser.get(reverse("account_profile")).content.decode()


def test_a_wrong_code_opens_nothing_and_three_are_the_end(browser, person):
    person()
    ask_code(browser, "sam@exemple.fr")
    right = code_of(mail.outbox[-1])
    wrong = "000000" if right != "000000" else "111111"
    page = give_code(browser, wrong).content.decode()
    assert 'id="id_code_error"' in page
    give_code(browser, wrong)
    response = give_code(browser, wrong)
    assert response.url == reverse("account_request_login_code")
    assert "Trop d’essais" in browser.get(response.url).content.decode()
    give_code(browser, right)
    assert not is_signed_in(browser)


def test_a_code_opens_only_the_browser_that_asked(browser, person):
    person()
    ask_code(browser, "sam@exemple.fr")
    other = Client()
    ask_code(other, "sam@exemple.fr")
    give_code(other, code_of(mail.outbox[-2]))
    assert not is_signed_in(other)


def test_an_unknown_address_gets_the_same_page_as_a_known_one(person):
    person()
    known, unknown = Client(), Client()
    pages = ask_code(known, "sam@exemple.fr"), ask_code(unknown, "personne@exemple.fr")
    assert pages[0].redirect_chain == pages[1].redirect_chain
    assert _text(pages[0], "sam@exemple.fr") == _text(pages[1], "personne@exemple.fr")
    assert mail.outbox[-1].to == ["personne@exemple.fr"]
    assert reverse("account_signup") in mail.outbox[-1].body
    wrong = [give_code(client, "123456x") for client in (known, unknown)]
    assert _text(wrong[0], "sam@exemple.fr") == _text(wrong[1], "personne@exemple.fr")


def test_a_closed_account_looks_like_an_unknown_one(browser, person):
    person(is_active=False)
    ask_code(browser, "sam@exemple.fr")
    assert mail.outbox[-1].subject == "Pas de compte à cette adresse"


def test_codes_are_not_sent_without_end(browser, person):
    person()
    for _attempt in range(3):
        ask_code(Client(), "sam@exemple.fr")
    sent = len(mail.outbox)
    assert "Trop d’essais" in ask_code(browser, "sam@exemple.fr").content.decode()
    assert len(mail.outbox) == sent


def test_the_code_page_offers_a_new_code_and_another_address(browser, person):
    person()
    page = ask_code(browser, "sam@exemple.fr", next="/outils/").content.decode()
    assert 'name="action" value="resend"' in page
    assert f'value="{reverse("account_request_login_code")}?next=%2Foutils%2F"' in page
    first = code_of(mail.outbox[-1])
    browser.post(reverse("account_confirm_login_code"), {"action": "resend"})
    second = code_of(mail.outbox[-1])
    if first != second:
        give_code(browser, first)
        assert not is_signed_in(browser)
    give_code(browser, second)
    assert is_signed_in(browser)


def test_one_can_change_address_before_giving_the_code(browser, person):
    person()
    ask_code(browser, "sma@exemple.fr")
    assert browser.get(reverse("account_request_login_code")).url == reverse("account_confirm_login_code")
    start = reverse("account_request_login_code") + "?next=%2Foutils%2F"
    page = browser.post(reverse("account_logout"), {"next": start}, follow=True)
    assert page.redirect_chain == [(start, 302)]
    assert 'name="next" value="/outils/"' in page.content.decode()


def test_a_mail_server_that_fails_is_said_and_breaks_nothing(browser, person, monkeypatch):
    person()

    def refuse(*args, **kwargs):
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    page = ask_code(browser, "sam@exemple.fr")
    assert page.status_code == 503
    assert "n’est pas parti" in page.content.decode()


# Where one comes back to


@pytest.mark.parametrize("step", ["account_login", "account_request_login_code"])
def test_one_comes_back_to_the_page_that_asked(browser, person, step):
    person()
    page = browser.get(reverse(step), {"next": "/outils/?a=1&b=2"}, follow=True)
    assert 'name="next" value="/outils/?a=1&amp;b=2"' in page.content.decode()
    page = ask_code(browser, "sam@exemple.fr", next="/outils/?a=1&b=2")
    assert 'name="next" value="/outils/?a=1&amp;b=2"' in page.content.decode()
    response = give_code(browser, code_of(mail.outbox[-1]), next="/outils/?a=1&b=2")
    assert response.url == "/outils/?a=1&b=2"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://exemple.net/", "//exemple.net/", "/\\exemple.net", "javascript:alert(1)", "http:///exemple.net",
     "http://localhost/", "account_logout", "\thttps://exemple.net"],
)  # fmt: skip
def test_one_never_comes_back_to_another_site(browser, person, elsewhere):
    person()
    first = browser.get(reverse("account_login"), {"next": elsewhere})
    assert first.url == reverse("account_request_login_code")
    ask_code(browser, "sam@exemple.fr", next=elsewhere)
    assert give_code(browser, code_of(mail.outbox[-1]), next=elsewhere).url == "/"
    assert browser.get(reverse("account_login"), {"next": elsewhere}, follow=True).redirect_chain[-1][0] == "/"
    assert browser.post(reverse("account_logout"), {"next": elsewhere}).url == "/"


def test_an_expired_code_does_not_lose_the_page_that_asked(browser):
    response = browser.get(reverse("account_confirm_login_code"), {"next": "/outils/"})
    assert response.url == reverse("account_request_login_code") + "?next=%2Foutils%2F"


def test_a_new_account_lands_on_its_profile_with_a_link_back(browser):
    browser.post(reverse("account_signup"), ANSWERS | {"next": "/outils/"})
    response = browser.post(reverse("account_email_verification_sent"), {"code": code_of(mail.outbox[-1])})
    assert response.url == reverse("account_profile") + "?next=%2Foutils%2F"
    assert '<a href="/outils/">' in browser.get(response.url).content.decode()


def test_a_signed_in_person_refused_by_the_editing_screens_is_told_so_once(person):
    browser = browser_of(person(status=User.Status.APPROVED))
    response = browser.get("/admin/")
    assert response.url.startswith(reverse("account_login"))
    assert browser.get(response.url).status_code == 403


# Passwords


def test_a_password_opens_nothing_outside_the_demonstration(browser, person):
    user = person()
    user.set_password(DEMO_PASSWORD)
    user.save()
    response = browser.post(reverse("account_login"), {"login": user.email, "password": DEMO_PASSWORD})
    assert response.url == reverse("account_request_login_code")
    browser.post("/admin/login/", {"username": user.email, "password": DEMO_PASSWORD})
    assert not browser.login(username=user.email, password=DEMO_PASSWORD)
    assert not is_signed_in(browser)
    assert "password" not in browser.get(response.url).content.decode()


def test_the_demonstration_lists_its_accounts_and_takes_the_password(browser, account, settings):
    settings.DEMO = True
    page = browser.get(reverse("account_login"), {"next": "/outils/"}).content.decode()
    assert 'value="membre@example.org"' in page
    assert DEMO_PASSWORD in page
    assert reverse("account_request_login_code") in page
    form = {"login": "membre@example.org", "password": DEMO_PASSWORD, "next": "/outils/"}
    assert browser.post(reverse("account_login"), form).url == "/outils/"
    page = Client().post(reverse("account_login"), form | {"password": "faux"}).content.decode()
    assert "L’adresse ou le mot de passe n’est pas le bon." in page


# The coordinators' decision


def test_only_coordinators_see_the_accounts_that_wait(person, coordinator, browser):
    waiting = person(structure_declared="Le Potager")
    address = reverse("account_requests")
    decision = reverse("account_decide", args=[waiting.pk])
    assert browser.get(address).url == f"{reverse('account_login')}?next={address}"
    assert browser.post(decision, {"decision": "approve"}).url == f"{reverse('account_login')}?next={address}"
    unapproved = person("ancien@exemple.fr", group=groups.COORDINATION, status=User.Status.REFUSED)
    for user in (waiting, unapproved, person("membre@exemple.fr", group=groups.MEMBERS, status="approved")):
        assert browser_of(user).get(address).status_code == 403
        assert browser_of(user).post(decision, {"decision": "refuse"}).status_code == 403
    assert "Le Potager" in browser_of(coordinator).get(address).content.decode()
    waiting.refresh_from_db()
    assert waiting.status == User.Status.PENDING


def test_a_coordinator_approves_with_a_structure_and_the_person_is_told(person, coordinator):
    user = person(role="cip", territory_declared="93")
    structure = Structure.objects.create(name="Le Potager", siae_type="ACI", territory="93")
    address = reverse("account_decide", args=[user.pk])
    form = {"decision": "approve", "structure": structure.pk}
    assert browser_of(coordinator).post(address, form).url == reverse("account_requests")
    user = User.objects.get(pk=user.pk)
    assert user.is_approved
    assert (user.structure, user.decided_by) == (structure, coordinator)
    assert [group.name for group in user.groups.all()] == [groups.MEMBERS]
    assert principals_of(user) > {PUBLIC}
    (message,) = deliver()
    assert (message.to, message.subject) == ([user.email], "Votre compte est validé")
    assert "Compte validé" in browser_of(user).get(reverse("account_profile")).content.decode()


def test_a_coordinator_creates_the_structure_that_was_declared(person, coordinator):
    declared = {"structure_declared": "Le Potager", "siae_type_declared": "ACI", "territory_declared": "93"}
    first, second = person(**declared), person("eva@exemple.fr", **declared | {"structure_declared": "le potager"})
    for user in (first, second):
        browser_of(coordinator).post(reverse("account_decide", args=[user.pk]), {"decision": "create"})
        user.refresh_from_db()
    assert first.structure.name == "Le Potager"
    assert second.structure == first.structure, "the same name in the same département is the same structure"


def test_an_approval_without_structure_is_asked_again_beside_its_field(person, coordinator):
    user = person(role="cip")
    for decision in ("approve", "create"):
        response = browser_of(coordinator).post(reverse("account_decide", args=[user.pk]), {"decision": decision})
        assert response.status_code == 422
        assert 'id="id_structure_error"' in response.content.decode()
    response = browser_of(coordinator).post(reverse("account_decide", args=[user.pk]), {})
    assert response.status_code == 422
    user.refresh_from_db()
    assert user.status == User.Status.PENDING
    assert deliver() == []


def test_an_institution_is_approved_without_structure_in_its_own_group(person, coordinator):
    user = person(role="partenaire")
    browser_of(coordinator).post(reverse("account_decide", args=[user.pk]), {"decision": "approve"})
    assert [group.name for group in user.groups.all()] == [groups.PARTNERS]


def test_a_refused_account_reads_what_is_public_and_is_told(person, coordinator):
    user = person()
    browser_of(coordinator).post(reverse("account_decide", args=[user.pk]), {"decision": "refuse"})
    user = User.objects.get(pk=user.pk)
    assert user.status == User.Status.REFUSED
    assert principals_of(user) == {PUBLIC}
    assert [message.subject for message in deliver()] == ["Votre demande de compte"]
    assert "n’a pas été validé" in browser_of(user).get(reverse("account_profile")).content.decode()


def test_the_second_coordinator_learns_that_it_is_done(person, coordinator):
    user = person()
    services.refuse_account(user=user, by=coordinator)
    page = browser_of(coordinator).post(reverse("account_decide", args=[user.pk]), {"decision": "create"}, follow=True)
    assert "n’attend plus de décision" in page.content.decode()
    with pytest.raises(services.AlreadyDecided):
        services.approve_account(user=user, by=coordinator)
    assert len(deliver()) == 1


def test_the_list_costs_the_same_for_one_request_and_for_ten(person, coordinator, django_assert_max_num_queries):
    for number in range(10):
        person(f"p{number}@exemple.fr", territory_declared="93")
    browser = browser_of(coordinator)
    with django_assert_max_num_queries(6):
        browser.get(reverse("account_requests"))


def test_every_structure_is_at_hand_for_one_account(person, coordinator):
    user = person(territory_declared="93")
    Structure.objects.create(name="Au Loin", siae_type="EI", territory="29")
    browser = browser_of(coordinator)
    assert "Au Loin" not in browser.get(reverse("account_requests")).content.decode()
    assert "Au Loin" in browser.get(reverse("account_requests"), {"compte": user.pk}).content.decode()
    assert browser.get(reverse("account_requests"), {"compte": "9" * 18}).status_code == 404
    assert browser.get(reverse("account_requests"), {"compte": "²x"}).status_code == 200


# Profile


def test_a_person_changes_name_and_job(person):
    user = person(role="cip", status=User.Status.APPROVED)
    form = {"first_name": "Samia", "last_name": "Diop", "role": "asp", "status": "approved", "is_superuser": "on"}
    assert browser_of(user).post(reverse("account_profile"), form).status_code == 302
    user.refresh_from_db()
    assert (user.first_name, user.role, user.is_superuser) == ("Samia", "asp", False)


@pytest.mark.parametrize(("before", "after"), [("partenaire", "cip"), ("cip", "partenaire")])
def test_nobody_crosses_alone_the_line_between_colleagues_and_institutions(person, before, after):
    user = person(role=before, status=User.Status.APPROVED)
    browser_of(user).post(reverse("account_profile"), {"first_name": "Sam", "last_name": "Diop", "role": after})
    user.refresh_from_db()
    assert user.role == before


def test_the_profile_keeps_what_was_typed_when_something_is_missing(person):
    form = {"first_name": "Samia", "last_name": "", "role": "asp"}
    response = browser_of(person()).post(reverse("account_profile"), form)
    assert response.status_code == 422
    assert 'value="Samia"' in response.content.decode()
    assert 'id="id_last_name_error"' in response.content.decode()


# Mails


def test_every_mail_has_a_text_and_an_html_body(person, coordinator):
    user = person()
    services.announce_account(user=user)
    services.approve_account(user=user, by=coordinator)
    waiting = person("eva@exemple.fr", structure_declared="L’Été & Cie <b>")
    defer_mail("account_to_approve", to=coordinator, account=waiting.pk)
    refused = person("luc@exemple.fr")
    services.refuse_account(user=refused, by=coordinator)
    sent = deliver()
    assert {message.subject.split(" :")[0] for message in sent} == {
        "Un compte à valider", "Votre compte est validé", "Votre demande de compte",
    }  # fmt: skip
    for message in sent:
        ((html, kind),) = message.alternatives
        assert kind == "text/html"
        assert '<html lang="fr">' in html
        assert 'content="light dark"' in html
        assert "http" in message.body
        assert "{{" not in message.body + html
        assert "{%" not in message.body + html
    to_approve = next(message for message in sent if "à valider" in message.subject)
    assert "L’Été & Cie <b>" in to_approve.body
    assert "L’Été &amp; Cie &lt;b&gt;" in to_approve.alternatives[0][0]


@pytest.mark.parametrize(
    "name",
    ["login_code", "email_confirmation", "email_confirmation_signup", "unknown_account", "account_already_exists"],
)
def test_every_mail_of_sign_in_is_french_in_text_and_html(name):
    context = {"code": "123456", "site_name": "Passe-relais", "site_url": "https://exemple.fr"}
    endings = ("subject.txt", "message.txt", "message.html")
    parts = [render_to_string(f"account/email/{name}_{ending}", context) for ending in endings]
    assert len(parts[0].strip().splitlines()) == 1
    assert all("Bonjour," in part for part in parts[1:])
    assert "&" not in parts[1]
    if "code" in name or "confirmation" in name:
        assert all("123456" in part for part in parts)


def test_a_mail_that_has_lost_its_reason_is_not_sent(person, coordinator):
    user = person()
    services.announce_account(user=user)
    services.refuse_account(user=user, by=coordinator)
    User.objects.filter(pk=user.pk).update(status=User.Status.APPROVED)
    assert deliver() == []


def test_a_mail_job_holds_no_personal_data(person, coordinator):
    services.approve_account(user=person(), by=coordinator)
    args = ProcrastinateJob.objects.filter(queue_name="mails").latest("id").args
    assert "Sam" not in str(args)
    assert "@" not in str(args)


# Every screen that a person can reach


@pytest.mark.parametrize(
    "name", ["account_inactive", "account_logout", "account_signup", "account_reset_password", "account_email"]
)
def test_other_screens_answer(browser, name):
    assert browser.get(reverse(name), follow=True).status_code == 200


def _text(page, email):
    """A page without what differs between two people: the address, the token."""
    words = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page.content.decode())
    return words.replace(email, "…")
