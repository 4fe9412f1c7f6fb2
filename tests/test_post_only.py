"""Buttons pressed by somebody whose sign-in has expired: they sign in, and find the page that holds the button.

Every address that takes nothing but a form is found from the URLconf, so that a new one cannot be forgotten.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import get_resolver, reverse

from kb_site.accounts.demo import DEMO_PASSWORD
from tests.permissions.sessions import session_address
from tests.test_permissions import MATRIX

pytestmark = pytest.mark.django_db

# Asked by programs, which are never sent to sign in.
PROGRAMS = {"mail_reports", "mail_replies", "search_outcome", "helplines"}


def patterns_of(patterns, inside: str = "") -> Iterator[tuple[str, Callable]]:
    """Return the name and the view of every address, Wagtail's own left out, those we add to its screens included."""
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from patterns_of(
                pattern.url_patterns, f"{inside}{pattern.namespace}:" if pattern.namespace else inside
            )
        elif pattern.name and not pattern.callback.__module__.startswith("wagtail"):
            yield f"{inside}{pattern.name}", pattern.callback


def takes_only_forms(view: Any) -> bool:
    """Whether this view refuses anything but POST: asked by a method that does not exist, it says what it takes.

    Wagtail's door to its screens stands before ours, and hides what they take.
    """
    request = RequestFactory().generic("UNKNOWN", "/")
    request.user = AnonymousUser()
    while view is not None:
        try:
            answer = view(request)
        except Exception:  # it went on: it takes any method
            return False
        if "Allow" in answer.headers:
            return bool(answer.headers["Allow"] == "POST")
        view = getattr(view, "__wrapped__", None)
    return False


POST_ONLY = {name for name, view in patterns_of(get_resolver().url_patterns) if takes_only_forms(view)} - PROGRAMS


def _a_card() -> Any:
    from practices.models import PracticePage

    return PracticePage.objects.get(slug="cafe-visio-du-jeudi")


def _saved_search() -> str:
    from search.saved.models import SavedSearch

    return reverse(
        "saved_search_delete", args=[SavedSearch.objects.filter(user__email="membre@example.org").first().pk]
    )


def _card_request() -> str:
    from search.card_requests.models import CardRequest

    return reverse("card_request_support", args=[CardRequest.objects.first().pk])


def _date() -> str:
    from exchange_groups.sessions.models import Session

    poll = Session.objects.get(title="Tour de table : l’heure numérique du vendredi")
    return reverse("session_date_choose", args=[poll.pk, poll.slug, poll.date_options.first().pk])


def _topic(name: str) -> str:
    from exchange_groups.models import Topic

    topic = Topic.objects.get(title__startswith="Des casques")
    return (
        reverse(name, args=[topic.group.slug, topic.pk])
        if name == "manage_report"
        else f"{topic.get_absolute_url()}reagir/"
    )


def _proposal() -> str:
    from practices.editorial.models import Proposal

    return reverse("refusal_answer", args=[Proposal.objects.filter(author__email="membre@example.org").first().pk])


def _desk(name: str, *more: int) -> tuple[str, Callable[[], str]]:
    return "admin", lambda: reverse(name, args=[_a_card().pk, *more])


# Those that need an object of their own: who presses, and where.
OWN: dict[str, tuple[str, Callable[[], str]]] = {
    "saved_search_delete": ("membre", _saved_search),
    "card_request_support": ("membre", _card_request),
    "session_date_choose": ("edition-parcours", _date),
    "manage_report": ("animation", lambda: _topic("manage_report")),
    "topic_react": ("membre", lambda: _topic("topic_react")),
    "manage_revocation": (
        "animation",
        lambda: reverse("manage_revocation", args=["cip-ile-de-france", "00000000-0000-4000-8000-000000000000"]),
    ),
    "decision_answer": ("membre", lambda: reverse("decision_answer", args=["cip-ile-de-france", 1])),
    "decision_withdraw": ("membre", lambda: reverse("decision_withdraw", args=["cip-ile-de-france", 1])),
    "minutes_step": ("animation", MATRIX["minutes_step"].address),
    "review_actions": ("animation", lambda: session_address("suivi-des-actions/")),  # before a session to come
    "group_withdraw": ("coordination", lambda: MATRIX["group_withdraw"].address),  # who is in has nothing to withdraw
    "structure_invite": ("animation", lambda: reverse("structure_invite")),
    "invitation_withdraw": ("animation", lambda: reverse("invitation_withdraw", args=[1])),
    "comment_decide": ("animation", lambda: reverse("comment_decide", args=[1])),
    "refusal_answer": ("membre", _proposal),
    "review_undo": _desk("review_undo"),
    "review_assign": _desk("review_assign"),
    "review_complete": _desk("review_complete"),
    "review_remark": _desk("review_remark"),
    "review_resolve": _desk("review_resolve", 1),
    "review_send": _desk("review_send"),
    "saved_reply_delete": ("admin", lambda: reverse("saved_reply_delete", args=[1])),
    "withdraw_expert": ("admin", lambda: reverse("withdraw_expert", args=[_a_card().pk, 1])),
    "search_gap_decide": ("admin", lambda: reverse("search_gap_decide", args=[1])),
    "experiences_confirm_evidence": ("admin", lambda: reverse("experiences_confirm_evidence", args=[1])),
}


def pressed(name: str) -> tuple[str, str]:
    """Return who may press a button, and the address where it leads."""
    if name in OWN:
        role, address = OWN[name]
        return role, address()
    door = MATRIX[name]
    role = next(role for role, status in (door.post or {}).items() if role and status not in {403, 404})
    return role, door.address if isinstance(door.address, str) else door.address()


def holds(page: HttpResponse, name: str) -> bool:
    """Whether one of the templates of this page has the button, shown or not for what the sample site contains."""
    sources = [Path(part.origin.name).read_text() for part in page.templates if part.origin]  # type: ignore[attr-defined]
    return any(f"url '{name}'" in source or f'url "{name}"' in source for source in sources)


@pytest.mark.parametrize("name", sorted(POST_ONLY))
def test_who_signs_in_after_pressing_a_button_finds_the_page_that_holds_it(account, name):
    role, address = pressed(name)
    person = account(role)
    if name in {"invitation_withdraw", "structure_invite"}:
        type(person).objects.filter(pk=person.pk).update(structure=account("membre").structure, is_referent=True)
    cache.clear()  # sign-ins are counted there
    browser = Client()
    sign_in = browser.post(address)
    assert sign_in.status_code == 302
    page = browser.post(sign_in.url, {"login": person.email, "password": DEMO_PASSWORD}, follow=True)
    assert page.status_code == 200
    assert page.context["user"] == person
    assert holds(page, name)
    assert "appuyez à nouveau" in page.content.decode()


def test_an_address_of_programs_says_in_words_that_there_is_nothing_to_read(client):
    page = client.get("/recherche/suite/")
    assert page.status_code == 405
    assert page.headers["Allow"] == "POST"
    assert "Il n’y a rien à lire à cette adresse" in page.content.decode()


def test_a_program_gets_no_page_when_its_method_is_refused(client):
    assert client.get("/recherche/suite/", headers={"Accept": "application/json"}).content == b""
