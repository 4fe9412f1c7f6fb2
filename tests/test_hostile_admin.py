"""A text that attacks, in every field of every form of the admin: nothing fails, nothing shows it as it is, there or on the site.

Forms are found from what is registered in Wagtail: screens of models, types of pages, settings. Their fields, inline forms and
stream blocks are those of the form itself.
"""

import pytest
from django.db import transaction
from django.urls import reverse
from wagtail.admin.viewsets import viewsets
from wagtail.contrib.settings.registry import registry
from wagtail.models import Page, get_page_models
from wagtail.snippets.views.snippets import SnippetViewSet

from tests.hostile_forms import Filler, shown_raw
from tests.test_permissions import MATRIX

pytestmark = pytest.mark.django_db
ROUNDS = 4
FAILED = 500


def addresses():
    """Yield the address of each form that adds or changes something, with what it adds or changes."""
    for screens in viewsets.viewsets:
        if isinstance(screens, SnippetViewSet):
            name = screens.model._meta.label
            yield f"+ {name}", reverse(screens.get_url_name("add"))
            found = screens.model._default_manager.first()
            if found is not None:
                yield f"~ {name}", reverse(screens.get_url_name("edit"), args=[found.pk])
    for model in registry:
        yield (
            f"~ {model._meta.label}",
            reverse("wagtailsettings:edit", args=[model._meta.app_label, model._meta.model_name]),
        )
    for model in get_page_models():
        if model is Page or not model.is_creatable:
            continue
        found = model.objects.live().first()
        if found is not None:
            yield f"~ {model._meta.label}", reverse("wagtailadmin_pages:edit", args=[found.pk])
        parent = next((one for kind in model.allowed_parent_page_models() if (one := kind.objects.first())), None)
        if parent is not None and model.can_create_at(parent.specific):
            label, name = model._meta.app_label, model._meta.model_name
            yield f"+ {model._meta.label}", reverse("wagtailadmin_pages:add", args=[label, name, parent.pk])


def errors_of(form):
    """Return the names, as sent, of the fields that were refused."""
    faulty = {form.add_prefix(name) for name in form.errors}
    for formset in getattr(form, "formsets", {}).values():
        for row in formset.forms:
            faulty |= {row.add_prefix(name) for name in row.errors}
    return faulty


@pytest.fixture
def attack(signed_in):
    browser = signed_in("admin")
    browser.raise_request_exception = False

    def attack_(address):
        """Send the form until it is taken, tamer each time; return what went wrong, what is refused still, how many attacks."""
        shown = browser.get(address, follow=True)  # settings lead to those of the site
        address = shown.request["PATH_INFO"]
        blank, tame, wrong, attacks = shown.context["form"], frozenset(), [], 0
        form = blank
        for _round in range(ROUNDS):
            filler = Filler(blank, tame=tame)
            sent = filler.data() | {"action-publish": "action-publish"}
            with transaction.atomic():
                answer = browser.post(address, sent)
                if answer.status_code >= FAILED:
                    transaction.set_rollback(True)
            attacks += filler.attacked
            if answer.status_code >= FAILED:
                return [*wrong, f"{answer.status_code}"], {"failed"}, attacks
            if answer.status_code != 200:
                after = browser.get(address)
                wrong += [f"once saved: {mark}" for mark in shown_raw(after.content.decode())]
                return wrong, set(), attacks
            wrong += [f"refused: {mark}" for mark in shown_raw(answer.content.decode())]
            form = answer.context["form"]
            tame |= errors_of(form)
        return wrong, errors_of(form), attacks

    return attack_


def test_no_form_of_the_admin_fails_nor_shows_what_attacks(attack, signed_in):
    wrong, refused, attacks, forms = [], {}, 0, 0
    for name, address in list(addresses()):
        faults, left, sent = attack(address)
        forms, attacks = forms + 1, attacks + sent
        wrong += [f"{name} {address}: {fault}" for fault in faults]
        if left:
            refused[name] = left
    # Now that everything holds it: the pages that show it, to visitors and to members.
    for role in (None, "animation", "admin"):
        browser = signed_in(role)
        browser.raise_request_exception = False
        doors = [door.address if isinstance(door.address, str) else door.address() for door in MATRIX.values()]
        doors += [page.get_url() for page in Page.objects.live() if page.get_url()]
        for address in dict.fromkeys(doors):
            answer = browser.get(address)
            html = answer.content.decode() if "html" in answer.get("Content-Type", "") else ""
            answer.getvalue()  # a file is closed once it is read
            if answer.status_code >= FAILED or shown_raw(html):
                wrong.append(f"{role} {address}: {answer.status_code} {shown_raw(html)}")
    assert wrong == []
    # The others ask for what their fields must have together; they were shown again with what attacks.
    assert len(refused) <= forms // 2, refused
    assert (forms > 40, attacks > 400) == (True, True), (forms, attacks)
