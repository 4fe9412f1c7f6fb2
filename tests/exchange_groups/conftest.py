"""People and topics of the sample groups."""

import uuid

import pytest
from django.test import Client

from exchange_groups.models import ExchangeGroup, Topic
from exchange_groups.services.topics import open_topic
from practices.comments.services import post_comment
from tests.conftest import sign_in


def browser_of(person):
    """Return a client signed in as this person (None: a visitor)."""
    browser = Client()
    if person:
        sign_in(browser, person)
    return browser


@pytest.fixture
def cip(db):
    return ExchangeGroup.objects.get(slug="cip-ile-de-france")


@pytest.fixture
def topic(db):
    """A need that nobody has answered: opened by « edition » in the group of the CIP."""
    return Topic.objects.select_related("group").get(title="Des casques pour la salle relais")


@pytest.fixture
def say():
    """Post a reply as this person."""

    def post(topic, author, text="J’en ai six en trop", parent=None, **fields):
        return post_comment(
            target=topic, author=author, text=text, submission_key=uuid.uuid4(), parent=parent, **fields
        )

    return post


@pytest.fixture
def ask():
    """Open a topic as this person."""

    def ask_(group, author, **fields):
        values = {"type": "question", "title": "Une question", "body": "Que faites-vous dans ce cas ?"} | fields
        return open_topic(group=group, author=author, **values)

    return ask_


@pytest.fixture
def peers(db):
    """Peers by invitation: « animation » leads, « karim » and « lucie » are in."""
    return ExchangeGroup.objects.get(slug="paroles-de-permanents")
