"""Three plain ways to be written to; the lines, kind by kind, are there for those who want them."""

import pytest

from kb_site.notifications.forms import CadenceForm, Manner
from kb_site.notifications.models import Cadence
from kb_site.notifications.types import events

pytestmark = pytest.mark.django_db
ADDRESS = "/compte/courriels/"


def fields_of(person, **changes):
    """What a browser sends of the page as it is, but for these changes."""
    form = CadenceForm(user=person)
    sent = {name: form[name].value() for name in form.fields}
    if not sent["lettre"]:
        del sent["lettre"]
    return sent | changes


def cadences(person):
    return dict(person.cadence_choices.values_list("kind", "cadence"))


def test_whoever_chose_nothing_has_the_digest(signed_in):
    html = signed_in("membre").get(ADDRESS).content.decode()
    assert 'value="digest" required' not in html
    assert html.count("checked") == 2  # the digest, and the letter
    assert "<details><summary>" in html


@pytest.mark.parametrize("manner", [Manner.AT_ONCE, Manner.DIGEST, Manner.ADDRESSED])
def test_one_choice_says_them_all_and_is_shown_again(signed_in, account, manner):
    person, browser = account("membre"), signed_in("membre")
    assert browser.post(ADDRESS, fields_of(person, manner=manner)).status_code == 302
    assert cadences(person) == manner.cadences()
    assert CadenceForm(user=person)["manner"].value() == manner


def test_nothing_but_what_is_addressed_to_me(account):
    told = Manner.ADDRESSED.cadences()
    assert told["topic_mention"] == Cadence.AT_ONCE
    assert told["comment_reply"] == Cadence.AT_ONCE
    assert {told["card_published"], told["topic_opened"], told["lettre"]} == {Cadence.NEVER}
    assert all(told[kind.name] == kind.default for kind in events() if kind.addressed)


def test_a_line_changed_counts_whatever_the_choice_above(signed_in, account):
    person, browser = account("membre"), signed_in("membre")
    browser.post(ADDRESS, fields_of(person, topic_opened="never"))
    assert cadences(person)["topic_opened"] == "never"
    html = browser.get(ADDRESS).content.decode()
    assert "<details open>" in html
    browser.post(ADDRESS, fields_of(person, manner="at_once"))
    assert set(cadences(person).values()) == {"at_once", "weekly"}


def test_a_choice_that_does_not_exist_is_refused_beside_it(signed_in, account):
    answer = signed_in("membre").post(ADDRESS, fields_of(account("membre"), manner="<b>"))
    assert answer.status_code == 422
    assert cadences(account("membre")) == {}
