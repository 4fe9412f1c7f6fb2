"""People and cards of the tests of comments."""

import pytest

from kb_site.accounts.models import User
from practices.comments.models import Comment
from tests.factories import CardFactory, SectionFactory, StructureFactory, UserFactory


@pytest.fixture
def no_other_comment(db):
    """Leave the sample comments aside."""
    Comment.objects.all().delete()


@pytest.fixture
def sections():
    """Two networks' sections."""
    return [SectionFactory(network__name=slug.capitalize(), network__slug=slug) for slug in ("essai-nord", "essai-sud")]


@pytest.fixture
def card(sections):
    return CardFactory(parent=sections[0], title="Cafe-zoom", slug="cafe-zoom")


@pytest.fixture
def other_card(sections):
    return CardFactory(parent=sections[1], title="Appels", slug="appels")


@pytest.fixture
def members_card(sections):
    return CardFactory(parent=sections[0], title="Reservee", slug="reservee", visibility="membres")


@pytest.fixture
def make_user():
    structure = StructureFactory(name="Chantier d’essai")

    def make(email, **fields):
        values = {"first_name": email.split("@")[0].capitalize(), "last_name": "Durand", "structure": structure}
        return UserFactory(email=email, **values | fields)

    return make


@pytest.fixture
def anna(make_user):
    return make_user("anna@example.net")


@pytest.fixture
def paul(make_user):
    return make_user("paul@example.net")


@pytest.fixture
def pending(make_user):
    return make_user("attente@example.net", status=User.Status.PENDING)
