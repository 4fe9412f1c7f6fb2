"""Wagtail's admin, every address of it: an editor of another network reads no draft there, not even its title."""

import json

import pytest

from practices.models import PracticePage
from tests.editorial.test_visibility import RARE, _propose, text_of
from tests.urlconf import admin_addresses

pytestmark = pytest.mark.django_db

FOREIGN = "edition-numerique"
# Wagtail's own page that fails on purpose; signing out ends the walk.
LEFT_OUT = {"wagtailadmin_error_test", "wagtailadmin_logout"}


def things_of(card):
    """What the arguments of addresses name: the draft, its section, its revision, its workflow."""
    section, task = card.get_parent().pk, card.current_workflow_task_state
    return {
        **dict.fromkeys(["page_id", "pk", "object_id", "page_to_move_id"], card.pk),
        "parent_page_id": section,
        "content_type_id": card.content_type_id,
        **dict.fromkeys(["content_type_app_name", "app_label"], "practices"),
        **dict.fromkeys(["content_type_model_name", "model_name"], "practicepage"),
        "revision_id": card.latest_revision_id,
        "revision_id_a": "earliest",
        "revision_id_b": card.latest_revision_id,
        "workflow_state_id": card.current_workflow_state.pk,
        "task_state_id": task.pk,
        "action_name": "approve",
        "action": "publish",
    }


def asked_about(card):
    """What one would type to find it: lists, searches, choosers, reports, the API."""
    section = card.get_parent().pk
    return [
        f"/admin/pages/search/?q={RARE}",
        f"/admin/pages/{section}/?q={RARE}",
        f"/admin/choose-page/{section}/?page_type=practices.practicepage",
        f"/admin/choose-page/search/?q={RARE}",
        f"/admin/choose-page/search/?q={RARE}&page_type=practices.practicepage",
        f"/admin/api/main/pages/?child_of={section}&fields=*",
        f"/admin/api/main/pages/?search={RARE}",
        f"/admin/reports/site-history/?label={RARE}",
        f"/admin/users/history/{card.owner_id}/" if card.owner_id else "/admin/users/",
    ]


def walk(browser, card):
    browser.raise_request_exception = False
    found = {name: address for name, address in admin_addresses(things_of(card)).items() if name not in LEFT_OUT}
    assert len(found) > 250
    return [*found.values(), *asked_about(card)]


def named(answer):
    """Whether a page tells of the draft, apart from the words asked for, which it repeats."""
    return f"{RARE} du lundi" in text_of(answer) or f"{RARE} en une" in text_of(answer)


def test_an_editor_of_another_network_reads_no_draft_nor_its_title(account, signed_in):
    card = _propose(account)
    browser = signed_in(FOREIGN)
    shown, broken = [], []
    for address in walk(browser, card):
        answer = browser.get(address)
        if answer.status_code >= 500:
            broken.append(address)
        elif answer.status_code == 200 and named(answer):
            shown.append(address)
    assert not shown, "\n".join(shown)
    assert not broken, "\n".join(broken)


def test_no_message_names_it_on_the_page_that_comes_next(account, signed_in):
    card = _propose(account)
    browser = signed_in(FOREIGN)
    state = card.current_workflow_task_state
    for address in (
        f"/admin/pages/workflow/preview/{card.pk}/1/",
        f"/admin/pages/workflow/preview/{card.pk}/{state.task_id}/",
        f"/admin/pages/workflow/action/{card.pk}/approve/{state.pk}/",
        f"/admin/pages/workflow/confirm_cancellation/{card.pk}/",
        f"/admin/pages/{card.pk}/move/1/confirm/",
    ):
        browser.get(address)
        assert not named(browser.get("/admin/")), address
    card.current_workflow_state.cancel(user=account("admin"))
    for address in (
        f"/admin/pages/workflow/action/{card.pk}/approve/{state.pk}/",
        f"/admin/pages/workflow/collect_action_data/{card.pk}/approve/{state.pk}/",
        f"/admin/pages/workflow/confirm_cancellation/{card.pk}/",
    ):
        browser.post(address)
        assert not named(browser.get("/admin/")), address


def test_nor_the_title_that_a_published_card_is_to_take(account, signed_in):
    card = PracticePage.objects.get(slug="cafe-visio-du-jeudi")
    title = card.title
    card.title = f"{RARE} du lundi"
    card.save_revision(user=account("edition"))
    browser, section = signed_in(FOREIGN), card.get_parent().pk
    for address in (*asked_about(card), f"/admin/choose-page/{section}/", f"/admin/pages/{section}/"):
        assert not named(browser.get(address)), address
    chosen = browser.get(f"/admin/choose-page/{section}/?page_type=practices.practicepage").content.decode()
    assert title in json.loads(chosen)["html"] if chosen.startswith("{") else title in chosen
    own = signed_in("edition").get(f"/admin/pages/{card.pk}/edit/").content.decode()
    assert f"{RARE} du lundi" in own
