"""The name that is shown, by a row at hand and by a query alike."""

import pytest

from kb_site.accounts.models import User, full_name_in_sql, public_name_in_sql
from tests.factories import UserFactory

NAMES = [
    ("Camille", "Durand"),
    ("Camille", ""),
    ("", "Durand"),
    ("", ""),
    ("Jean-Noël", "de la Tour"),
    (" Ana ", "Élie"),
]


@pytest.mark.django_db
def test_a_query_names_people_as_their_row_does():
    people = [UserFactory(first_name=first, last_name=last) for first, last in NAMES]
    named = User.objects.annotate(told=public_name_in_sql(), whole=full_name_in_sql()).in_bulk(
        [one.pk for one in people]
    )
    for person in people:
        assert (named[person.pk].told, named[person.pk].whole) == (person.public_name, person.get_full_name())
