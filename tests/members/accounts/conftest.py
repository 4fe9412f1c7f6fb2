"""People of the tests of accounts."""

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client

from kb_site.accounts import groups
from kb_site.accounts.models import User


@pytest.fixture(autouse=True)
def fresh(settings):
    """No limit left by another test; this is not the demonstration."""
    settings.DEMO = False
    cache.clear()


@pytest.fixture
def person(db):
    """Return a maker of accounts whose address is confirmed."""

    def make(email="sam@exemple.fr", *, group=None, verified=True, **fields):
        status = fields.pop("status", User.Status.PENDING)
        user = User.objects.create_user(email, first_name="Sam", last_name="Diop", status=status, **fields)
        EmailAddress.objects.create(user=user, email=email, verified=verified, primary=True)
        if group:
            user.groups.add(groups.ensure_group(group))
        return user

    return make


@pytest.fixture
def coordinator(person):
    return person("coordination@exemple.fr", group=groups.COORDINATION, status=User.Status.APPROVED)


@pytest.fixture
def browser():
    return Client()
