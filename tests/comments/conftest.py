"""People and cards of the tests of comments."""

import pytest

from kb_site.accounts.models import Structure, User
from practices.comments.models import Comment
from practices.models import PracticeIndexPage

from .acting import make_card, make_section


@pytest.fixture
def no_other_comment(db):
    """Leave the sample comments aside."""
    Comment.objects.all().delete()


@pytest.fixture
def sections():
    """Two networks' sections."""
    index = PracticeIndexPage.objects.get()
    return make_section(index, "essai-nord"), make_section(index, "essai-sud")


@pytest.fixture
def card(sections):
    return make_card(sections[0], "cafe-zoom")


@pytest.fixture
def other_card(sections):
    return make_card(sections[1], "appels")


@pytest.fixture
def members_card(sections):
    return make_card(sections[0], "reservee", visibility="membres")


@pytest.fixture
def make_user():
    structure = Structure.objects.create(name="Chantier d’essai", siae_type="ACI", territory="93")

    def make(email, **fields):
        values = {"first_name": email.split("@")[0].capitalize(), "last_name": "Durand", "role": "cip"}
        return User.objects.create_user(
            email, **values | {"structure": structure, "status": User.Status.APPROVED} | fields
        )

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
