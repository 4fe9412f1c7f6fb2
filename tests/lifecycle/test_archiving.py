"""A card comes online at its time, and leaves with a reason or towards another; nothing of it stays in the search."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry, PageViewRestriction

from practices.lifecycle.models.archiving import CardEnding
from practices.lifecycle.services.archiving import (
    NotOnline,
    ReplacedByItself,
    archive_card,
    publish_and_expire,
    replace_card,
)
from practices.models import PracticePage
from search.models import SearchEntry

pytestmark = pytest.mark.django_db

REASON = "L’outil sur lequel elle reposait a fermé."


@pytest.fixture
def card(db):
    return PracticePage.objects.get(slug="cafe-visio-du-jeudi")


@pytest.fixture
def other(db):
    return PracticePage.objects.get(slug="choisir-audio-messagerie-visio")


def now_in(**delta):
    return timezone.now() + datetime.timedelta(**delta)


def test_the_address_of_an_archived_card_says_why_and_shows_cards_alike(client, account, card):
    address = card.url
    archive_card(card=card, by=account("edition"), reason=REASON)
    answer = client.get(address)
    html = answer.content.decode()
    assert answer.status_code == 410
    assert REASON in html
    assert "Sur le même sujet" in html
    assert "noindex" in html
    assert not SearchEntry.objects.filter(key=f"page:{card.pk}").exists()


def test_the_reason_of_a_card_for_members_is_not_told_to_visitors(client, signed_in, account):
    card = PracticePage.objects.get(slug="codeveloppement-encadrants")
    address = card.url
    archive_card(card=card, by=account("edition-parcours"), reason=REASON)
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/compte/connexion/")
    assert signed_in("attente").get(address).status_code == 403
    assert signed_in("membre").get(address).status_code == 410


def test_the_reason_of_a_restricted_card_is_not_told_either(client, account, card):
    PageViewRestriction.objects.create(page=card, restriction_type=PageViewRestriction.LOGIN)
    archive_card(card=card, by=account("edition"), reason=REASON)
    assert client.get(card.url).status_code == 302


def test_the_address_of_a_replaced_card_leads_to_the_new_one_which_says_so(client, account, card, other):
    old = card.url
    replace_card(card=card, by=account("edition"), replacement=other, reason=REASON)
    answer = client.get(old)
    assert answer.status_code == 301
    assert answer["Location"].endswith(other.url)
    html = client.get(other.url).content.decode()
    assert "Cette fiche remplace « Le café visio du jeudi »" in html
    assert not SearchEntry.objects.filter(key=f"page:{card.pk}").exists()


def members_only(page):
    PracticePage.objects.filter(pk=page.pk).update(visibility="membres")
    return PracticePage.objects.get(pk=page.pk)


def test_the_address_of_a_replacement_for_members_is_told_to_members_alone(client, signed_in, account, card, other):
    old, other = card.url, members_only(other)
    replace_card(card=card, by=account("edition"), replacement=other, reason=REASON)
    answer = client.get(old)
    html = answer.content.decode()
    assert answer.status_code == 410
    assert REASON in html
    assert "Se connecter pour la lire" in html
    assert other.slug not in html + str(answer.headers)
    assert signed_in("membre").get(old)["Location"].endswith(other.url)
    assert signed_in("attente").get(old).status_code == 410


def test_the_title_of_a_replaced_card_is_told_to_those_who_could_read_it(client, signed_in, account, card, other):
    card = members_only(card)
    replace_card(card=card, by=account("edition"), replacement=other, reason=REASON)
    assert card.title not in client.get(other.url).content.decode()
    assert card.title in signed_in("membre").get(other.url).content.decode()
    PracticePage.objects.filter(pk=card.pk).update(first_published_at=None)
    assert card.title not in signed_in("membre").get(other.url).content.decode()


def test_the_new_address_of_a_page_is_told_to_those_who_may_read_it(
    client, signed_in, card, django_capture_on_commit_callbacks
):
    old = card.url
    card.slug = "nouvelle-adresse-du-cafe"
    with django_capture_on_commit_callbacks(execute=True):
        card.save_revision().publish()
    assert client.get(old)["Location"].endswith("/nouvelle-adresse-du-cafe/")
    members_only(card)
    answer = client.get(old)
    assert answer["Location"].startswith("/compte/connexion/")
    assert "nouvelle-adresse" not in answer["Location"]
    assert signed_in("membre").get(old)["Location"].endswith("/nouvelle-adresse-du-cafe/")
    PracticePage.objects.get(pk=card.pk).unpublish()
    for role in (None, "membre"):
        assert "nouvelle-adresse" not in str(signed_in(role).get(old).headers), role


def test_addresses_follow_in_one_step_when_a_replacement_is_replaced(client, account, card, other):
    third = PracticePage.objects.get(slug="salle-relais")
    editor, old = account("coordination"), card.url
    replace_card(card=card, by=editor, replacement=other, reason=REASON)
    replace_card(card=other, by=editor, replacement=third, reason=REASON)
    assert client.get(old)["Location"].endswith(third.url)


def test_when_the_replacement_leaves_too_the_reason_is_told(client, account, card, other):
    editor = account("coordination")
    replace_card(card=card, by=editor, replacement=other, reason=REASON)
    archive_card(card=other, by=editor, reason="Elle aussi.")
    assert REASON in client.get(card.url).content.decode()


def test_a_replacement_is_still_known_after_the_new_card_is_published_again(account, card, other):
    replace_card(card=card, by=account("coordination"), replacement=other, reason=REASON)
    PracticePage.objects.get(pk=other.pk).get_latest_revision().publish()
    assert PracticePage.objects.get(pk=other.pk).replaces_id == card.pk


def test_only_a_card_online_is_archived_and_replaced_by_a_card_online(account, card, other):
    editor = account("coordination")
    with pytest.raises(ReplacedByItself):
        replace_card(card=card, by=editor, replacement=card, reason=REASON)
    other.unpublish()
    with pytest.raises(NotOnline):
        replace_card(card=card, by=editor, replacement=other, reason=REASON)
    with pytest.raises(NotOnline):
        archive_card(card=other, by=editor, reason=REASON)
    assert PracticePage.objects.get(pk=card.pk).live


def test_a_card_published_again_is_read_again(client, account, card):
    archive_card(card=card, by=account("edition"), reason=REASON)
    PracticePage.objects.get(pk=card.pk).get_latest_revision().publish()
    assert client.get(card.url).status_code == 200
    assert not CardEnding.objects.exists()


def test_a_card_only_unpublished_tells_nothing(client, card):
    card.unpublish()
    assert client.get(card.url).status_code == 404


def test_the_history_says_why_a_card_left(account, card, signed_in):
    archive_card(card=card, by=account("edition"), reason=REASON)
    assert PageLogEntry.objects.filter(page=card.pk, action="lifespan.archive").exists()
    html = signed_in("edition").get(reverse("wagtailadmin_pages:history", args=[card.pk])).content.decode()
    assert REASON in html


@pytest.mark.parametrize(
    ("name", "status"),
    [("edition", 200), ("coordination", 200), ("admin", 200), ("edition-numerique", 302), ("membre", 302), (None, 302)],
)
def test_only_the_editors_of_the_network_may_archive(signed_in, card, name, status):
    address = reverse("end_card", args=[card.pk])
    assert signed_in(name).get(address).status_code == status
    if status != 200:
        signed_in(name).post(address, {"reason": REASON})
        assert PracticePage.objects.get(pk=card.pk).live


def test_an_editor_archives_and_replaces_from_the_editing_screens(signed_in, card, other):
    browser = signed_in("edition")
    address = reverse("end_card", args=[card.pk])
    assert browser.post(address, {"reason": "non"}).status_code == 422
    assert browser.post(address, {"reason": REASON, "replacement": card.pk}).status_code == 422
    assert browser.post(address, {"reason": REASON, "replacement": other.pk}).status_code == 302
    assert CardEnding.objects.get(card=card).replacement == other
    assert browser.post(address, {"reason": REASON}).status_code in (302, 403)


def test_a_scheduled_card_appears_at_its_time_and_not_before(client, card):
    card.unpublish()
    draft = PracticePage.objects.get(pk=card.pk)
    draft.go_live_at = now_in(hours=2)
    draft.save_revision().publish()
    assert client.get(card.url).status_code == 404
    assert publish_and_expire(now=now_in(hours=1)) == (0, 0)
    assert client.get(card.url).status_code == 404
    PracticePage.objects.filter(pk=card.pk).update(go_live_at=now_in(hours=-1))
    revision = draft.get_latest_revision()
    revision.content["go_live_at"] = now_in(hours=-1).isoformat()
    revision.approved_go_live_at = now_in(hours=-1)
    revision.save()
    assert publish_and_expire() == (0, 1)
    assert client.get(card.url).status_code == 200
    assert SearchEntry.objects.filter(key=f"page:{card.pk}").exists()


def test_a_card_leaves_when_its_end_is_past(client, card):
    PracticePage.objects.filter(pk=card.pk).update(expire_at=now_in(hours=1))
    assert publish_and_expire() == (0, 0)
    assert publish_and_expire(now=now_in(hours=2)) == (1, 0)
    answer = client.get(card.url)
    assert answer.status_code == 410
    assert "sa date de fin est passée" in answer.content.decode()
    assert not SearchEntry.objects.filter(key=f"page:{card.pk}").exists()


def test_a_card_that_cannot_be_published_does_not_hold_the_others(card, other, caplog):
    for page in (card, other):
        page.unpublish()
        draft = PracticePage.objects.get(pk=page.pk)
        if page is card:
            draft.limits = ""
        revision = draft.save_revision(clean=False)
        revision.approved_go_live_at = now_in(hours=-1)
        revision.save()
    assert publish_and_expire() == (0, 1)
    assert not PracticePage.objects.get(pk=card.pk).live
    assert PracticePage.objects.get(pk=other.pk).live
    assert "could not be published" in caplog.text


def test_visitors_find_no_trace_of_a_card_that_left(client, account, card):
    archive_card(card=card, by=account("edition"), reason=REASON)
    for address in (
        "/",
        "/pratiques/",
        "/recherche/?q=café visio",
        "/sitemap.xml",
        "/recherche/ressemblantes/?q=café visio",
    ):
        assert "cafe-visio-du-jeudi" not in client.get(address).content.decode()
    assert not PracticePage.objects.visible_to(AnonymousUser()).filter(pk=card.pk).exists()
