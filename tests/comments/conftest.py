"""People and cards of the tests of comments."""

import pytest

from kb_site.accounts.models import User
from practices.comments.models import Comment
from practices.models import PracticePage, PracticeSectionPage
from tests.factories import CardFactory, SectionFactory, StructureFactory, UserFactory


@pytest.fixture
def no_other_comment(db):
    """Leave the sample comments aside."""
    Comment.objects.all().delete()


def make_places() -> dict[str, int]:
    """Make two networks' sections with a card in each; return the primary keys of the four pages."""
    north, south = (
        SectionFactory(network__name=slug.capitalize(), network__slug=slug) for slug in ("essai-nord", "essai-sud")
    )
    card = CardFactory(parent=north, title="Cafe-zoom", slug="cafe-zoom")
    other = CardFactory(parent=south, title="Appels", slug="appels")
    return {"north": north.pk, "south": south.pk, "card": card.pk, "other": other.pk}


@pytest.fixture(scope="module")
def places(kept_by_module):
    return make_places()


@pytest.fixture
def sections(places):
    """Two networks' sections."""
    return [PracticeSectionPage.objects.get(pk=places[name]) for name in ("north", "south")]


@pytest.fixture
def card(places):
    """A card in the first section."""
    return PracticePage.objects.get(pk=places["card"])


@pytest.fixture
def other_card(places):
    """A card in the second."""
    return PracticePage.objects.get(pk=places["other"])


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
