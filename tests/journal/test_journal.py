"""The journal of sensitive acts: what is written, who reads it, how long it stays."""

import datetime

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from kb_site.accounts import sensitive_acts as acts
from kb_site.accounts.models import Structure, User
from kb_site.accounts.services import approval, erasure, structures
from kb_site.journal import urls
from kb_site.journal.kinds import Kind, Matter, kinds, register
from kb_site.journal.models import KEPT, SensitiveAct
from kb_site.journal.services import forget_old_acts, record

pytestmark = pytest.mark.django_db


def written():
    """What the journal holds, oldest first: who, what kind, about whom, which thing."""
    rows = SensitiveAct.objects.order_by("pk").values_list("by__email", "kind", "about__email", "thing")
    return [
        (by and by.split("@")[0], kind.split(".")[1], about and about.split("@")[0], thing)
        for by, kind, about, thing in rows
    ]


@pytest.fixture(autouse=True)
def nothing_before(db):
    SensitiveAct.objects.all().delete()


def test_a_decision_on_an_account_is_written_with_who_took_it(account):
    approval.refuse_account(user=account("attente"), by=account("coordination"))
    assert written() == [("coordination", "refused", "attente", "")]


def test_what_fails_is_not_written(account):
    with pytest.raises(approval.AlreadyDecided):
        approval.approve_account(user=account("membre"), by=account("coordination"))
    assert written() == []


def test_a_coordinator_who_changes_an_account_writes_each_change(account, signed_in):
    person, other = account("membre"), Structure.objects.exclude(pk=account("membre").structure_id).first()
    page = reverse("account_detail", args=[person.pk])
    signed_in("coordination").post(page, {"structure": other.pk})
    assert {kind for _by, kind, _about, _thing in written()} == {"moved", "closed"}
    moved = SensitiveAct.objects.get(kind=acts.MOVED.name)
    assert (moved.before, moved.after) == (str(person.structure), str(other))


def test_saving_an_account_without_a_change_writes_nothing(account, signed_in):
    person = account("membre")
    form = {"structure": person.structure_id, "is_active": "on"}
    signed_in("coordination").post(reverse("account_detail", args=[person.pk]), form)
    assert written() == []


def test_an_export_and_an_erasure_asked_and_given_up_are_written(signed_in):
    browser = signed_in("membre")
    for page in ("my_data_export", "erasure_ask", "erasure_ask", "erasure_cancel", "erasure_cancel"):
        browser.post(reverse(page))
    assert [kind for _by, kind, _about, _thing in written()] == ["exported", "erasure_asked", "erasure_cancelled"]


def user_form(person, **changes):
    fields = {"email": person.email, "first_name": person.first_name, "last_name": person.last_name, "is_active": "on"}
    return fields | {"groups": list(person.groups.values_list("pk", flat=True))} | changes


def test_a_role_given_and_taken_in_the_administration_is_written(account, signed_in):
    person, browser = account("membre"), signed_in("admin")
    page = reverse("wagtailusers_users:edit", args=[person.pk])
    role = Group.objects.get(name="Coordination")
    own = list(person.groups.values_list("pk", flat=True))
    assert browser.post(page, user_form(person, groups=[*own, role.pk])).status_code == 302
    assert browser.post(page, user_form(person, groups=own)).status_code == 302
    assert written() == [
        ("admin", "role_given", "membre", "Coordination"),
        ("admin", "role_taken", "membre", "Coordination"),
    ]


def test_every_right_given_in_the_administration_is_written(account, signed_in):
    person = account("membre")
    page = reverse("wagtailusers_users:edit", args=[person.pk])
    signed_in("admin").post(page, user_form(person, is_superuser="on"))
    assert written() == [("admin", "administrator_named", "membre", "")]


@pytest.mark.parametrize(
    ("action", "form", "kind"),
    [
        ("set_active_state", {"mark_as_active": "False"}, "closed"),
        ("assign_role", {"role": "Coordination"}, "role_given"),
    ],
)
def test_accounts_changed_by_a_list_are_written_one_by_one(account, signed_in, action, form, kind):
    people = [account("membre"), account("partenaire")]
    if "role" in form:
        form = {"role": Group.objects.get(name=form["role"]).pk}
    page = reverse("wagtail_bulk_action", args=["members", "user", action])
    chosen = "&".join(f"id={person.pk}" for person in people)
    assert signed_in("admin").post(f"{page}?{chosen}", form).status_code == 302
    assert {(about, what) for _by, what, about, _thing in written()} == {("membre", kind), ("partenaire", kind)}


def test_a_leaver_taken_out_of_a_structure_is_written(account):
    referent, leaver = account("membre"), account("edition")
    User.objects.filter(pk=leaver.pk).update(structure=referent.structure)
    structures.name_referent(by=account("coordination"), user=referent, referent=True)
    referent.refresh_from_db()
    structures.remove_leaver(by=referent, user=leaver)
    assert [(by, kind, about) for by, kind, about, _thing in written()] == [
        ("coordination", "referent_named", "membre"),
        ("membre", "detached", "edition"),
    ]


def test_the_end_of_an_account_takes_its_name_off_the_journal(account, signed_in):
    person = account("membre")
    name = str(person)
    record(acts.EXPORTED, by=person)
    assert name in signed_in("coordination").get(reverse("journal")).content.decode()
    erasure.erase(user=person)
    page = signed_in("coordination").get(reverse("journal")).content.decode()
    assert name not in page
    assert "Ancien membre" in page


def test_the_journal_is_sorted_by_matter(account, signed_in):
    record(acts.EXPORTED, by=account("membre"))
    record(acts.ROLE_GIVEN, by=account("admin"), about=account("edition"), thing="Coordination")
    page = signed_in("coordination").get(reverse("journal"), {"sujet": Matter.ROLES}).content.decode()
    assert "« Coordination »" in page
    assert "a emporté ses données" not in page


def test_an_act_stays_for_a_year(account):
    now = timezone.now()
    for age in (KEPT + datetime.timedelta(days=1), KEPT - datetime.timedelta(days=1)):
        act = record(acts.EXPORTED, by=account("membre"))
        SensitiveAct.objects.filter(pk=act.pk).update(at=now - age)
    assert forget_old_acts(now=now) == 1
    assert SensitiveAct.objects.count() == 1


def test_a_name_stands_for_one_kind_of_act():
    with pytest.raises(ValueError, match=r"accounts\.approved"):
        register(Kind(acts.APPROVED.name, Matter.DATA, "autre chose"))
    assert kinds()[acts.APPROVED.name] == acts.APPROVED


def test_no_screen_changes_or_erases_an_act():
    from wagtail.snippets.models import get_snippet_models

    assert SensitiveAct not in get_snippet_models()
    assert [pattern.name for pattern in urls.urlpatterns] == ["journal"]
