"""What a draft cites may be deleted meanwhile: the draft loses it, says so, and everything else goes on."""

import datetime
import io
from html import unescape

import pytest
from django.core.management import call_command
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone
from modelcluster.models import get_all_child_relations
from PIL import Image as Picture
from wagtail.images import get_image_model
from wagtail.log_actions import log
from wagtail.models import Page

from kb_site.accounts.models import Network, Structure, User
from practices.editorial.proposed_card import ProposedCard
from practices.editorial.services.proposals import propose_card
from practices.import_export.models import CardIdentifier
from practices.import_export.services import check_cards, import_cards
from practices.models import (
    Condition,
    PracticeCondition,
    PracticePage,
    PracticeSectionPage,
    PracticeTheme,
    PracticeTool,
    Theme,
    ToolPage,
)
from practices.models.deleted_references import gone_from

pytestmark = pytest.mark.django_db


def cite_condition(card):
    condition = Condition.objects.create(slug="un-lieu-clos", label="Un lieu clos", question="Clos ?", dimension="lieu")
    card.condition_links.add(PracticeCondition(condition=condition, sort_order=9))
    return condition


def cite_tool(card):
    tool = ToolPage.objects.first().copy(update_attrs={"title": "Un outil d’essai", "slug": "un-outil-d-essai"})
    card.tool_links.add(PracticeTool(tool=tool, sort_order=9))
    return tool


def cite_theme(card):
    theme = Theme.objects.create(name="Un thème d’essai", slug="un-theme-d-essai")
    card.theme_items.add(PracticeTheme(tag=theme))
    return theme


def cite_structure(card):
    card.origin_structure = Structure.objects.create(name="Une structure d’essai", siae_type="ACI", territory="75")
    return card.origin_structure


def cite_image(card):
    content = io.BytesIO()
    Picture.new("RGB", (8, 8)).save(content, "JPEG")
    from django.core.files.images import ImageFile

    image = get_image_model().objects.create(title="Une photo d’essai", file=ImageFile(content, "essai.jpg"))
    card.photo, card.photo_description = image, "Une photo"
    return image


def cite_card(card):
    other = PracticePage.objects.exclude(pk=card.pk).exclude(slug="tour-de-table").filter(replaced_by=None)[0]
    card.replaces = other
    return other


def cite_person(card):
    person = User.objects.create_user("essai@exemple.fr", first_name="Une", last_name="Personne")
    card.card_owner = card.backup_owner = card.last_verified_by = person
    return person


CITED = [cite_condition, cite_tool, cite_theme, cite_structure, cite_image, cite_card, cite_person]


@pytest.fixture
def card(db):
    return PracticePage.objects.get(slug="cafe-visio-du-jeudi")


GONE = "n’existe plus sur le site"


def drafted(card, *cites):
    """Return the published card, whose draft cites things that were deleted since."""
    latest = card.get_latest_revision_as_object()
    cited = [cite(latest) for cite in cites]
    latest.limits = f"{latest.limits} Revu."
    latest.save_revision(user=User.objects.get(email="admin@example.org"), clean=False)
    for one in cited:
        one.delete()
    return PracticePage.objects.get(pk=card.pk)


@pytest.fixture(params=CITED, ids=lambda cite: cite.__name__.removeprefix("cite_"))
def draft(request, card):
    return drafted(card, request.param)


def test_the_editor_opens_looks_compares_goes_back_and_is_told_what_went_away(card, signed_in):
    """Until the draft is saved again. All is gone at once: a screen takes half a second, whatever the draft cites."""
    draft, browser = drafted(card, *CITED), signed_in("admin")
    first, last = draft.revisions.order_by("created_at").first(), draft.latest_revision
    for address in (
        "view_draft/", "history/", "revisions/compare/earliest...latest/", "revisions/compare/live...latest/",
        f"revisions/{last.pk}/view/", f"revisions/{last.pk}/revert/", f"revisions/{first.pk}/revert/",
    ):  # fmt: skip
        assert browser.get(f"/admin/pages/{draft.pk}/{address}").status_code == 200, address
    told = gone_from(last)
    assert len(told) >= len(CITED)
    page = unescape(browser.get(f"/admin/pages/{draft.pk}/edit/").content.decode())
    assert [words for words in told if f"{words[1:]} {GONE}" not in page] == []
    draft.get_latest_revision_as_object().save_revision(clean=False)
    assert GONE not in browser.get(f"/admin/pages/{draft.pk}/edit/").content.decode()


def test_each_thing_that_went_away_is_told_alone_too(draft):
    assert gone_from(draft.latest_revision)
    draft.get_latest_revision_as_object().save_revision(clean=False)
    assert gone_from(PracticePage.objects.get(pk=draft.pk).latest_revision) == []


def test_the_name_of_what_was_deleted_is_given(card, signed_in):
    browser = signed_in("admin")
    latest = card.get_latest_revision_as_object()
    condition = cite_condition(latest)
    latest.save_revision(clean=False)
    log(instance=condition, action="wagtail.delete", deleted=True)  # the editing screens would have it replaced first
    condition.delete()
    page = browser.get(f"/admin/pages/{card.pk}/edit/").content.decode()
    assert "« Un lieu clos » (condition) n’existe plus sur le site" in page


def test_it_is_saved_and_published_without_it(draft):
    draft.get_latest_revision_as_object().save_revision(clean=False)
    PracticePage.objects.get(pk=draft.pk).latest_revision.publish()
    assert PracticePage.objects.get(pk=draft.pk).limits.endswith("Revu.")


def test_it_is_published_as_it_was(draft):
    draft.latest_revision.publish()
    assert PracticePage.objects.get(pk=draft.pk).limits.endswith("Revu.")


def test_it_is_published_on_the_day_that_was_set(draft):
    draft.revisions.filter(pk=draft.latest_revision_id).update(
        approved_go_live_at=timezone.now() - datetime.timedelta(minutes=1)
    )
    call_command("publish_scheduled", verbosity=0)
    assert PracticePage.objects.get(pk=draft.pk).limits.endswith("Revu.")


def test_an_import_brings_it_up_to_date(draft, account):
    section = PracticeSectionPage.objects.ancestor_of(draft).get()
    CardIdentifier.objects.update_or_create(page=draft, defaults={"section": section, "identifier": "essai"})
    content = b"Identifiant;En une phrase\r\nessai;Une autre phrase.\r\n"
    for call in (check_cards, import_cards):
        report = call(content=content, section=section, by=account("admin"))
        assert [line.messages for line in report.lines if line.outcome == line.ERROR] == []


def test_a_proposal_stays_readable_and_its_author_may_correct_it(account, signed_in):
    author = account("membre")
    idea = ProposedCard(title="Une fiche", challenges=("isolement",), steps=("Un", "Deux"), limits="Aucune")
    proposed = drafted(
        propose_card(author=author, network=Network.objects.get(slug="chantiers-idf"), idea=idea), *CITED
    )
    assert signed_in("membre").get(reverse("proposal", args=[proposed.proposal.pk])).status_code == 200
    assert signed_in("edition").get(f"/admin/pages/{proposed.pk}/edit/").status_code == 200
    proposed.current_workflow_task_state.reject(user=account("edition"), comment="À revoir")
    assert signed_in("membre").get(reverse("proposal_correct", args=[proposed.proposal.pk])).status_code == 200


def test_the_draft_of_a_section_keeps_its_network_when_the_other_is_deleted(signed_in):
    section = PracticeSectionPage.objects.first()
    latest = section.get_latest_revision_as_object() if section.latest_revision else section
    latest.network = Network.objects.create(name="Un réseau d’essai", slug="un-reseau-d-essai")
    latest.save_revision(clean=False)
    latest.network.delete()
    section = PracticeSectionPage.objects.get(pk=section.pk)
    assert section.get_latest_revision_as_object().network == section.network
    for address in ("edit/", "view_draft/"):
        assert signed_in("admin").get(f"/admin/pages/{section.pk}/{address}").status_code in (200, 302)


def test_what_a_published_card_needs_is_not_deleted(card, signed_in):
    condition = card.condition_links.first().condition
    with pytest.raises(ProtectedError):
        condition.delete()
    answer = signed_in("admin").post(f"/admin/snippets/practices/condition/delete/{condition.pk}/", follow=True)
    assert answer.status_code == 200
    assert Condition.objects.filter(pk=condition.pk).exists()


def test_every_reference_of_every_page_may_be_gone():
    """Of each page and of each row that hangs on it: a new reference must not make drafts unreadable."""
    gone = 987_654
    for model in {PracticePage, PracticeSectionPage, ToolPage, *(type(page) for page in Page.objects.specific())}:
        relations = get_all_child_relations(model)
        bare = model.objects.first().serializable_data() | {rel.get_accessor_name(): [] for rel in relations}
        for field in references_of(model):
            assert model.from_serializable_data(bare | {field.name: gone}, check_fks=True) is not None, field
        for rel in relations:
            blank = {one.name: None for one in rel.related_model._meta.fields} | {"pk": None}
            for field in references_of(rel.related_model, but=rel.field.name):
                data = bare | {rel.get_accessor_name(): [blank | {field.name: gone}]}
                assert model.from_serializable_data(data, check_fks=True) is not None, field


def references_of(model, *, but=None):
    """Return the fields of a model that name something which may be deleted."""
    fixed = {"locale", "content_type", but}
    found = [field for field in model._meta.fields if field.is_relation and field.name not in fixed]
    return [field for field in found if not field.name.endswith("_ptr")]
