"""What a device sends again is taken once; every form of the site can wait for the network, or says why not.

Forms are found by themselves: every address of the permission matrix, as the roles that read it.
"""

from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from exchange_groups.models import Topic
from kb_site.accounts.fresh_proof import ASKED
from kb_site.middleware.form_received import LONGEST
from kb_site.pocket.models import MARKS_KEPT_FOR, TakenForm
from kb_site.pocket.online_only import ONLINE_ONLY, why_online
from kb_site.pocket.tasks import forget_marks
from practices.comments.models import Comment
from practices.models import PracticePage
from tests.test_permissions import MATRIX

pytestmark = pytest.mark.django_db
MARK = "0123456789abcdef" * 2
LATER = {"X-Outbox": "1"}


@pytest.fixture
def commenting():
    card = PracticePage.objects.get(slug="cafe-visio-du-jeudi")
    return reverse("comment_add", args=["page", card.pk])


def words(**more):
    return {"text": "Et sans salle ?", "submission_key": "7c9e6679-7425-40de-944b-e07fc1f90ae7", "kept": MARK} | more


def test_what_is_sent_later_is_taken_and_what_is_said_waits_for_the_next_page(signed_in):
    browser = signed_in("membre")
    ask = reverse("card_request_add")
    asked = {"need": "Préparer un entretien avec une personne sourde", "details": "", "kept": MARK}
    answer = browser.post(ask, asked, headers=LATER)
    assert (answer.status_code, answer.content) == (204, b"")
    assert "chez les éditeurs" in browser.get(reverse("card_request_list")).content.decode()


def test_a_form_whose_answer_was_lost_is_not_taken_twice(signed_in):
    browser = signed_in("membre")
    ask = reverse("card_request_add")
    asked = {"need": "Préparer un entretien avec une personne sourde", "details": "", "kept": MARK}
    from search.card_requests.models import CardRequest

    before = CardRequest.objects.count()
    assert browser.post(ask, asked).status_code == 303
    assert browser.post(ask, asked, headers=LATER).status_code == 204
    assert CardRequest.objects.count() == before + 1


def test_the_same_sending_as_a_plain_form_leads_back_to_its_page_and_is_taken_once(signed_in):
    topic = Topic.objects.filter(author__email="membre@example.org", masked=False).first()
    browser, react = signed_in("membre"), f"{topic.get_absolute_url()}reagir/"
    sent = {"reaction": "merci", "kept": MARK}
    before = topic.reactions.filter(kind="merci").count()
    assert browser.post(react, sent, headers=LATER).status_code == 204
    again = browser.post(react, sent, headers={"Referer": f"http://testserver{topic.get_absolute_url()}"})
    assert (again.status_code, again["Location"]) == (303, f"http://testserver{topic.get_absolute_url()}")
    assert topic.reactions.filter(kind="merci").count() == before + 1
    assert browser.post(react, sent, headers={"Referer": "https://ailleurs.example/"})["Location"] == "/"


def test_a_form_that_the_site_is_still_working_on_is_asked_about_again(signed_in, commenting):
    TakenForm.objects.create(mark=MARK)
    before = Comment.objects.count()
    assert signed_in("membre").post(commenting, words(), headers=LATER).status_code == 503
    assert Comment.objects.count() == before


def test_a_form_whose_taking_was_cut_is_taken_when_it_is_sent_again(signed_in, commenting):
    TakenForm.objects.create(mark=MARK)
    TakenForm.objects.update(begun_at=timezone.now() - LONGEST * 2)
    before = Comment.objects.count()
    browser = signed_in("membre")
    assert browser.post(commenting, words(), headers=LATER).status_code == 204
    assert browser.post(commenting, words(), headers=LATER).status_code == 204
    assert Comment.objects.count() == before + 1


def test_what_is_refused_is_not_taken_and_may_be_sent_again(signed_in, client, commenting):
    assert signed_in("membre").post(commenting, words(text=""), headers=LATER).status_code == 422
    assert client.post(commenting, words(), headers=LATER).status_code in {401, 403}
    assert not TakenForm.objects.exists()
    assert signed_in("membre").post(commenting, words(), headers=LATER).status_code == 204


def test_marks_are_forgotten_once_no_device_holds_the_form():
    TakenForm.objects.create(mark=MARK)
    TakenForm.objects.update(begun_at=timezone.now() - MARKS_KEPT_FOR * 2)
    TakenForm.objects.create(mark=MARK[::-1])
    forget_marks(timestamp=0)
    assert list(TakenForm.objects.values_list("mark", flat=True)) == [MARK[::-1]]


# Every form


class Forms(HTMLParser):
    """The forms of a page that are posted, where they go, and whether the page can let them wait."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.page, self.actions, self.waits, self.ours = page, set(), False, False

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.ours = self.ours or "site.js" in (given.get("src") or "")
        self.waits = self.waits or "data-outbox" in given
        if tag == "form" and (given.get("method") or "").lower() == "post":
            self.actions.add(urlsplit(urljoin(self.page, given.get("action") or "")).path)
        if given.get("formaction"):
            self.actions.add(urlsplit(urljoin(self.page, given["formaction"])).path)


def read(browser, address):
    browser.raise_request_exception = False
    with transaction.atomic():
        answer = browser.get(address)
        whole = answer.getvalue()  # a file is closed once it is read
        html = whole.decode() if not answer.streaming and "html" in answer.headers["Content-Type"] else ""
        transaction.set_rollback(True)
    return html


def address_of(name):
    door = MATRIX[name]
    return door.address if isinstance(door.address, str) else door.address()


@pytest.mark.parametrize("name", sorted(MATRIX))
def test_every_form_of_an_account_can_wait_for_the_network_or_says_why_not(name, signed_in):
    address = address_of(name)
    readers = [role for role in ("membre", "animation", "edition", "coordination") if MATRIX[name].get[role] == 200]
    for role in readers[:1]:
        browser = signed_in(role)
        forms = Forms(address)
        forms.feed(read(browser, address))
        for action in forms.actions if forms.ours else ():
            if why_online(action):
                continue
            assert forms.waits, f"{address}: nothing sends {action} later"
            with transaction.atomic():
                answer = browser.post(action, {"kept": MARK}, headers=LATER)
                transaction.set_rollback(True)
            # Never a page that nobody sees, nor a redirection that hides whether it was taken; 405: a form whose buttons
            # say where it goes.
            assert answer.status_code in {204, 409, 422, 403, 404, 405}, f"{action}: {answer.status_code}"


def test_what_asks_for_a_fresh_proof_is_done_at_once():
    ours = [name for name in ASKED if name in MATRIX]
    assert ours
    assert [name for name in ours if why_online(address_of(name)) is None] == []


def test_each_exception_is_the_address_of_a_form_and_has_its_reason():
    addresses = [address_of(name) for name in MATRIX if MATRIX[name].post]
    elsewhere = {r"^/admin/", r"^/(?:documents|media)/"}
    used = {rule for rule in ONLINE_ONLY for address in addresses if why_online(address) == ONLINE_ONLY[rule]}
    assert set(ONLINE_ONLY) - used <= elsewhere
    assert all(ONLINE_ONLY.values())
