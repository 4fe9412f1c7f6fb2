"""The notification centre, the button to follow, the settings: what a person sees and does."""

import uuid

import pytest
from django.core.cache import cache

from kb_site.notifications import services
from kb_site.notifications.models import Follow, Notification
from practices.comments.services import delete_comment, post_comment
from practices.models import PracticePage
from tests.factories import CardFactory

from .conftest import unread_count

pytestmark = pytest.mark.django_db


@pytest.fixture
def card(db):
    return CardFactory(title="Le café visio du jeudi")


@pytest.fixture
def say(account, card, perform):
    """Awa writes under the card, and those to tell are told."""

    def write(text="Nous l’avons essayé."):
        comment = post_comment(target=card, author=account("membre"), text=text, submission_key=uuid.uuid4())
        perform("spread")
        return comment

    return write


def test_a_member_follows_a_card_reads_what_happens_and_stops(signed_in, account, card, say):
    browser = signed_in("karim")
    assert "Suivre" in browser.get(card.url).content.decode()
    follow = f"/compte/suivis/fiche/{card.pk}/"
    page = browser.post(follow, {"next": card.url, "cadence": ""}, follow=True)
    assert page.redirect_chain == [(card.url, 302)]
    assert "Ne plus suivre" in page.content.decode()
    comment = say()
    page = browser.get("/compte/notifications/").content.decode()
    assert "Awa D. a commenté « Le café visio du jeudi »" in page
    assert "1 à lire" in page
    row = Notification.objects.get(recipient=account("karim"))
    assert browser.get(f"/compte/notifications/{row.pk}/").url == f"/commentaires/{comment.pk}/"
    assert "à lire" not in browser.get("/compte/notifications/").content.decode()
    browser.post(follow, {"stop": "1", "next": "https://ailleurs.example/"})
    assert not Follow.objects.exists()


def test_the_way_back_never_leaves_the_site(signed_in, card):
    for wanted in ("https://ailleurs.example/", "//ailleurs.example/", "/\\ailleurs.example", "javascript:alert(1)"):
        page = signed_in("karim").post(f"/compte/suivis/fiche/{card.pk}/", {"next": wanted, "cadence": ""})
        assert page.url == card.url


def test_a_visitor_who_follows_signs_in_first(client, card):
    cache.clear()
    assert f"/compte/suivis/fiche/{card.pk}/" in client.get(card.url).content.decode()
    assert client.get(f"/compte/suivis/fiche/{card.pk}/").url.endswith(f"?next=/compte/suivis/fiche/{card.pk}/")


def test_a_wrong_cadence_is_refused_beside_its_field(signed_in, card):
    page = signed_in("karim").post(f"/compte/suivis/fiche/{card.pk}/", {"cadence": "<b>"})
    assert page.status_code == 422
    assert "<b>" not in page.content.decode().split("<main")[1]


@pytest.mark.parametrize("address", ["/compte/suivis/inconnu/1/", "/compte/suivis/fiche/999999999/"])
def test_what_cannot_be_followed_is_not_found(signed_in, address):
    assert signed_in("karim").get(address).status_code == 404


def test_nobody_opens_the_notification_of_another(signed_in, account, card, say):
    services.follow(user=account("karim"), obj=card)
    say()
    row = Notification.objects.get(recipient=account("karim"))
    assert signed_in("lucie").get(f"/compte/notifications/{row.pk}/").status_code == 404


def test_what_was_withdrawn_is_neither_shown_nor_counted(signed_in, account, card, say):
    services.follow(user=account("karim"), obj=card)
    comment = say("Une phrase retirée")
    assert unread_count(account("karim")) == 1
    delete_comment(comment=comment, author=account("membre"))
    assert unread_count(account("karim")) == 0, "the badge of any page is right at once"
    browser = signed_in("karim")
    page = browser.get("/compte/notifications/").content.decode()
    assert "Une phrase retirée" not in page
    assert unread_count(account("karim")) == 0


def test_the_list_asks_the_same_queries_for_one_and_for_twenty(
    signed_in, account, card, say, django_assert_max_num_queries
):
    services.follow(user=account("karim"), obj=card)
    for _time in range(20):
        say("<b>gras</b>")
    browser = signed_in("karim")
    browser.get("/compte/notifications/")
    with django_assert_max_num_queries(9):
        page = browser.get("/compte/notifications/")
    assert page.content.decode().count("&lt;b&gt;gras") == 20


def test_everything_is_marked_as_read_at_once(signed_in, account, card, say):
    services.follow(user=account("karim"), obj=card)
    say()
    signed_in("karim").post("/compte/notifications/lues/")
    assert unread_count(account("karim")) == 0


def test_a_person_chooses_what_they_receive(signed_in, account):
    browser = signed_in("karim")
    choices = {"comment_reply": "never", "comment_on_card": "weekly", "card_published": "at_once"}
    fields = dict.fromkeys(_kinds(), "daily") | choices
    assert browser.post("/compte/courriels/", fields).status_code == 302
    stored = dict(account("karim").cadence_choices.values_list("kind", "cadence"))
    assert stored["comment_reply"] == "never"
    assert stored["lettre"] == "never", "the box of the letter was not ticked"
    assert 'value="weekly" selected' in browser.get("/compte/courriels/").content.decode()


def _kinds():
    from kb_site.notifications.types import events

    return [kind.name for kind in events()]


def test_one_stops_following_even_what_may_no_longer_be_read(signed_in, account, card):
    services.follow(user=account("karim"), obj=card)
    PracticePage.objects.filter(pk=card.pk).update(live=False)
    browser = signed_in("karim")
    page = browser.get("/compte/courriels/").content.decode()
    assert card.title not in page
    assert signed_in("lucie").post(f"/compte/suivis/{Follow.objects.get().pk}/retirer/").status_code == 302
    assert Follow.objects.count() == 1, "only one’s own"
    browser.post(f"/compte/suivis/{Follow.objects.get().pk}/retirer/")
    assert not Follow.objects.exists()


def test_editors_see_the_letter_before_it_leaves(signed_in):
    page = signed_in("edition").get("/admin/lettre/")
    assert page.status_code == 200
    assert "Nouvelles fiches" in page.content.decode()
    assert signed_in("membre").get("/admin/lettre/").status_code == 302


def test_a_theme_is_followed_from_its_own_page(signed_in, account):
    from practices.models import Theme

    theme = Theme.objects.first()
    address = f"/recherche/?theme={theme.slug}"
    browser = signed_in("karim")
    page = browser.get(address).content.decode()
    assert f"Suivre « {theme.name} »" in page
    browser.post(f"/compte/suivis/theme/{theme.pk}/", {"next": address, "cadence": ""})
    assert Follow.objects.filter(user=account("karim"), object_id=theme.pk).exists()
    assert f"Ne plus suivre « {theme.name} »" in browser.get(address).content.decode()
