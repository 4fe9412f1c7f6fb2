"""What was confided in a group of peers comes out by no address of the site that is read here, by two who are not in it.

Addresses come from the URLconf (tests/urlconf.py): each is filled in with what belongs to the group, as one who guesses numbers
or kept a link would. Lists, searches, feeds and suggestions are asked for its words, and for words near them.
"""

import datetime
import itertools
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from exchange_groups.minutes.choices import MinutesState
from exchange_groups.minutes.models import Minutes
from exchange_groups.minutes.services.writing import write_minutes
from exchange_groups.models import TopicReport
from exchange_groups.permissions import group_principal
from exchange_groups.services.reactions import mark_useful
from exchange_groups.services.topics import open_topic
from exchange_groups.sessions.choices import NoteKind, Presence, SessionState
from exchange_groups.sessions.models import AgendaItem, Note, Registration
from practices.diagnostic.services import open_campaign
from practices.models import PracticePage
from tests.factories import GroupFactory, SessionFactory, facilitator_of, member_of, say
from tests.test_admin_walk import LEFT_OUT
from tests.urlconf import KEYS, filled, keys_by_namespace, places

pytestmark = pytest.mark.django_db

# Each text that is confided has both: the first is searched, and repeated by the pages that search; the second is not.
ASKED_FOR, TOLD = "zorglub", "quivoltige"
# The same, of what presents the group: the coordination knows of it.
NAME_ASKED_FOR, NAME = "bulgroz", "troiscouleurs"
KNOW_OF_IT = {"coordination", "admin"}
# Of Wagtail's admin: what is not of groups is read by tests/test_admin_walk.py.
ABOUT_GROUPS = "exchange_groups"
KINDS = ("sujet", "groupe", "seance", "compte-rendu", "fiche")
SEARCHES = [
    "/recherche/?q={}", "/recherche/?q={}&type=sujet", "/recherche/suggestions/?q={}", "/recherche/flux/?q={}",
    "/pratiques/?q={}", "/ressources/?q={}", "/recherche/ressemblantes/?titre={}", "/groupes/?q={}", "/seances/?q={}",
    "/recherche/demandes/nouvelle/?q={}", "/compte/comptes/?q={}", "/admin/pages/search/?q={}",
    "/admin/choose-page/search/?q={}", "/admin/api/main/pages/?search={}&fields=*", "/admin/images/?q={}",
    "/admin/documents/?q={}", "/admin/reports/site-history/?label={}",
    "/admin/snippets/exchange_groups/exchangegroup/?q={}",
]  # fmt: skip
NEAR = (ASKED_FOR, ASKED_FOR[:5], "zorglob", "zorglub bulgros", NAME_ASKED_FOR)
LISTS = [
    "/", "/recherche/?type=sujet", "/recherche/?q=objectif", "/seances/?groupe=groupe-du-mardi", "/besoins/rapport.csv",
    "/donnees-ouvertes/fiches.csv", "/donnees-ouvertes/fiches.json", "/admin/reports/site-history/?export=csv",
    "/admin/bulk/exchange_groups/exchangegroup/delete/?id=all",
]  # fmt: skip


def text(words):
    return f"{ASKED_FOR} {TOLD} {words}"


@pytest.fixture
def confided(private_files):
    """A group of peers by invitation where everything has been said: what its addresses are made of, and the keys."""
    about = f"{NAME_ASKED_FOR} {NAME}"
    group = GroupFactory(
        name=about, slug="groupe-du-mardi", summary=about, purpose=about, charter=about, access="invitation",
        confidentiality="entre_pairs",
    )  # fmt: skip
    lead, asker = facilitator_of(group), member_of(group)
    card = PracticePage.objects.get(slug="cafe-visio-du-jeudi")
    topic = open_topic(
        group=group, author=asker, type="besoin", title=text("titre"), body=text("sujet"), masked=True, quoted_page=card,
        files=[SimpleUploadedFile("joint.txt", text("fichier").encode())],
    )  # fmt: skip
    reply = say(topic, lead, text("réponse"))
    mark_useful(topic=topic, comment=reply, by=lead)
    TopicReport.objects.create(topic=topic, reporter=lead, reason="autre", details=text("signalement"))
    held = SessionFactory(
        group=group, title=text("séance"), objective=text("objectif"), facilitator=lead, minutes=60,
        video_link=f"https://visio.example.org/{TOLD}", state=SessionState.TO_WRITE_UP,
        starts_at=timezone.now() - datetime.timedelta(days=1),
    )  # fmt: skip
    SessionFactory(group=group, title=text("à venir"), facilitator=lead)
    item = AgendaItem.objects.create(session=held, topic=topic, title=text("point"), order=1, proposed_by=asker)
    place = Registration.objects.create(session=held, user=asker, presence=Presence.PRESENT)
    Note.objects.create(session=held, item=item, kind=NoteKind.BESOIN, text=text("besoin"), author=lead)
    action = Note.objects.create(session=held, kind="action", state="to_do", text=text("action"), doer=asker)
    minutes = write_minutes(session=held, by=lead)
    published = {"state": MinutesState.PUBLISHED, "published_at": timezone.now(), "summary": text("synthèse")}
    Minutes.objects.filter(pk=minutes.pk).update(**published)
    principal = group_principal(group.pk, with_institutions=False)
    campaign = open_campaign(opened_by=lead, structure=None, place=f"{ASKED_FOR} {TOLD}", principal=principal)
    things = {
        "topic_id": topic.pk, "comment_id": reply.pk, "session_id": held.pk, "note_id": action.pk, "page_id": card.pk,
        "minutes_id": minutes.pk, "line_id": minutes.lines.first().pk, "item_id": item.pk, "registration_id": place.pk,
        "membership_id": group.memberships.first().pk, "file_id": topic.files.get().pk, "target_id": topic.pk,
        "slug": group.slug,
    }  # fmt: skip
    return things, [topic.pk, held.pk, minutes.pk, campaign.pk]


def addresses_about(things, numbers, *, admin):
    """Yield every address, filled in with what belongs to the group; where it takes any key or kind, with each of them."""
    keys = keys_by_namespace()
    for place in places():
        if place.name in LEFT_OUT | {"account_logout"} or (
            place.in_admin and not (admin and ABOUT_GROUPS in place.name)
        ):
            continue
        key = next(iter({*place.arguments} & (KEYS | {"key"})), None)
        kinds = KINDS if "kind" in place.arguments else (None,)
        own = numbers if key and not place.in_admin else (None,)
        for kind, number in itertools.product(kinds, own):
            more = ({"kind": kind} if kind else {}) | ({key: number} if number else {})
            yield filled(place, keys, things | more)
    asked = [address.format(words.replace(" ", "+")) for address in SEARCHES for words in NEAR]
    yield from (address for address in asked + LISTS if admin or not address.startswith("/admin/"))


@pytest.mark.parametrize("role", ["membre", "coordination"])
def test_nothing_of_it_comes_out(confided, signed_in, role):
    """Asked by two: a member who is not in it, and the coordination, which reads the most of the admin. Other roles are not
    asked here: the permission matrix says what each of them gets at these addresses.
    """
    words = re.compile(TOLD if role in KNOW_OF_IT else f"{TOLD}|{NAME}")
    browser, found = signed_in(role), []
    browser.raise_request_exception = False
    asked = dict.fromkeys(addresses_about(*confided, admin=role in KNOW_OF_IT))
    for address in filter(None, asked):
        with transaction.atomic():
            answer = browser.get(address)
            told = answer.getvalue().decode("utf-8", "replace") + str(answer.headers)
            transaction.set_rollback(True)
        if answer.status_code >= 500 or words.search(told):
            found.append((address, answer.status_code))
    assert found == []
    assert len(asked) > 400
