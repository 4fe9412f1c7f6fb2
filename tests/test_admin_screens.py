"""What may be chosen in the admin is seen by whoever may see it in its own list: a hidden group is not named to editors."""

import pytest

from exchange_groups.models import ExchangeGroup

pytestmark = pytest.mark.django_db
GROUPS = "/admin/snippets/choose/exchange_groups/exchangegroup/"


def test_an_editor_does_not_learn_of_a_group_by_choosing_one(signed_in, account):
    hidden = ExchangeGroup.objects.get(slug="paroles-de-permanents")
    for address in (GROUPS, f"{GROUPS}results/", f"{GROUPS}chosen/{hidden.pk}/"):
        assert hidden.name not in signed_in("edition").get(address).content.decode()
        assert signed_in("coordination").get(address).status_code == 200


def test_editors_still_choose_the_structure_that_a_card_comes_from(signed_in, account):
    answer = signed_in("edition").get("/admin/snippets/choose/members/structure/")
    assert account("membre").structure.name in answer.json()["html"]


def test_what_something_needs_is_not_deleted_and_the_page_says_why(signed_in):
    """Wagtail knows what is needed from its index of references; the database refuses what that index does not know."""
    from wagtail.models import ReferenceIndex

    from kb_site.helplines.models import DangerSituation, Helpline

    admin = signed_in("admin")
    number = DangerSituation.objects.first().lines.first().helpline
    address = f"/admin/snippets/helplines/helpline/delete/{number.pk}/"
    ReferenceIndex.create_or_update_for_object(DangerSituation.objects.first())
    page = admin.get(address).content.decode()
    assert "empêche d'être supprimé" in page
    assert '<form action="' not in page[page.index('id="main"') :]
    admin.post(address)
    assert Helpline.objects.filter(pk=number.pk).exists()
    ReferenceIndex.objects.all().delete()
    assert "Rien n’a été effacé" in admin.post(address, follow=True).content.decode()
    assert Helpline.objects.filter(pk=number.pk).exists()


def test_a_form_that_arrives_incomplete_is_said_so(signed_in):
    answer = signed_in("admin").post("/admin/snippets/practices/condition/add/", {"label": "Une prise"})
    assert answer.status_code == 400
    assert "incomplet" in answer.content.decode()
