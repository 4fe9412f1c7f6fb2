"""A condition, a theme or a tool that cards hold is replaced there before it is deleted; drafts and reviews too."""

import pytest
from django.urls import reverse
from wagtail.models import PageLogEntry

from practices.editorial.services.replacing import holders_of, replace_everywhere
from practices.models import Condition, PracticePage, Theme, ToolPage
from practices.models.cards import PracticeCondition, PracticeTheme, PracticeTool

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(account):
    """A published card whose draft alone holds a theme and a condition that nothing else holds."""
    theme, condition = (
        Theme.objects.create(name="Thème d’essai"),
        Condition.objects.create(
            slug="essai", label="Un essai", question="Est-ce un essai ?", dimension=Condition.objects.first().dimension
        ),
    )
    card = PracticePage.objects.get(slug="cafe-visio-du-jeudi")
    latest = card.get_latest_revision_as_object()
    latest.themes.add(theme)
    latest.condition_links.add(PracticeCondition(condition=condition))
    latest.save_revision(user=account("edition"))
    return PracticePage.objects.get(pk=card.pk), theme, condition


def test_what_a_draft_alone_holds_is_told_before_it_is_deleted(signed_in, draft):
    card, theme, condition = draft
    for thing in (theme, condition):
        assert card in holders_of(thing)
        model = thing._meta.model_name
        answer = signed_in("admin").get(
            reverse(f"wagtailsnippets_practices_{model}:delete", args=[thing.pk]), follow=True
        )
        assert card.title in answer.content.decode()
        assert "sert encore" in answer.content.decode()
        assert type(thing).objects.filter(pk=thing.pk).exists()


def test_the_replacement_takes_its_place_online_and_in_drafts_and_the_history_says_so(signed_in, draft):
    card, theme, condition = draft
    other = Condition.objects.exclude(pk=condition.pk).exclude(practice_links__practice=card).first()
    address = reverse("replace_everywhere", args=["condition", condition.pk])
    signed_in("admin").post(address, {"replacement": other.pk})
    latest = PracticePage.objects.get(pk=card.pk).get_latest_revision_as_object()
    assert [link.condition_id for link in latest.condition_links.all()].count(other.pk) == 1
    assert not holders_of(condition).exists()
    assert PageLogEntry.objects.filter(page=card.pk, action="vocabulary.replace").exists()
    signed_in("admin").post(reverse("wagtailsnippets_practices_condition:delete", args=[condition.pk]))
    assert not Condition.objects.filter(pk=condition.pk).exists()


def test_a_card_that_holds_both_keeps_the_replacement_once(account):
    row = PracticeTheme.objects.first()
    kept = Theme.objects.exclude(pk=row.tag_id).first()
    PracticeTheme.objects.get_or_create(tag=kept, content_object=row.content_object)
    card, gone = row.content_object, row.tag
    replace_everywhere(thing=gone, by=account("admin"), replacement=kept)
    assert list(PracticeTheme.objects.filter(content_object=card).values_list("tag", flat=True)).count(kept.pk) == 1
    assert not holders_of(gone).exists()


def test_a_tool_is_replaced_or_taken_off(account, signed_in):
    tool = PracticeTool.objects.select_related("tool").first().tool
    answer = signed_in("admin").post(reverse("wagtailadmin_pages:delete", args=[tool.pk]))
    assert answer.url == reverse("replace_everywhere", args=["outil", tool.pk])
    assert ToolPage.objects.filter(pk=tool.pk).exists()
    replace_everywhere(thing=tool, by=account("admin"), replacement=None)
    assert not PracticeTool.objects.filter(tool=tool).exists()


def test_who_may_not_delete_does_not_replace_either(signed_in, draft):
    _card, theme, _condition = draft
    assert signed_in("edition").post(reverse("replace_everywhere", args=["theme", theme.pk])).status_code in (302, 403)
    assert holders_of(theme).exists()
