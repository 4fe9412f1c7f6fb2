"""What a person changes of their account."""

import pytest
from django.urls import reverse

from kb_site.accounts.models import User

from .acting import browser_of

pytestmark = pytest.mark.django_db


def test_a_person_changes_name_and_job(person):
    user = person(role="cip", status=User.Status.APPROVED)
    form = {"first_name": "Samia", "last_name": "Diop", "role": "asp", "status": "approved", "is_superuser": "on"}
    assert browser_of(user).post(reverse("account_profile"), form).status_code == 302
    user.refresh_from_db()
    assert (user.first_name, user.role, user.is_superuser) == ("Samia", "asp", False)


@pytest.mark.parametrize(("before", "after"), [("partenaire", "cip"), ("cip", "partenaire")])
def test_nobody_crosses_alone_the_line_between_colleagues_and_institutions(person, before, after):
    user = person(role=before, status=User.Status.APPROVED)
    browser_of(user).post(reverse("account_profile"), {"first_name": "Sam", "last_name": "Diop", "role": after})
    user.refresh_from_db()
    assert user.role == before


def test_the_profile_keeps_what_was_typed_when_something_is_missing(person):
    form = {"first_name": "Samia", "last_name": "", "role": "asp"}
    response = browser_of(person()).post(reverse("account_profile"), form)
    assert response.status_code == 422
    assert 'value="Samia"' in response.content.decode()
    assert 'id="id_last_name_error"' in response.content.decode()


# Mails
