"""What editors keep for the reading of searches is kept ready by each process, and never out of date."""

from contextlib import suppress

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from kb_site.accounts.principals import PUBLIC
from practices.models import PracticePage, Theme
from search.editor_rules import read_editor_rules
from search.models import Constraint, Need, NeedCard, SynonymGroup
from search.queries import SearchQuery
from search.services import understand

pytestmark = pytest.mark.django_db


def asked(text):
    return understand(SearchQuery(text=text, principals=frozenset({PUBLIC}), exact=True))[0]


def other_words(text):
    return {synonym.text for word in asked(text).words for synonym in word.synonyms}


def test_a_search_asks_for_the_rules_only_when_they_changed():
    asked("téléphone")
    with CaptureQueriesContext(connection) as queries:
        asked("garder le lien sans smartphone")
    assert len(queries) == 1
    SynonymGroup.objects.create(wordings=["brouette", "carriole"])
    with CaptureQueriesContext(connection) as queries:
        assert other_words("brouette") == {"carriole"}
    assert len(queries) == 3  # noqa: PLR2004 - what is known of the words, the rules, what is known of the words now


def test_whatever_writes_them_the_next_search_follows():
    group = SynonymGroup.objects.create(wordings=["brouette", "carriole"])
    assert other_words("brouette") == {"carriole"}
    SynonymGroup.objects.filter(pk=group.pk).update(wordings=["brouette", "diable"])
    assert other_words("brouette") == {"diable"}
    SynonymGroup.objects.filter(pk=group.pk)._raw_delete(connection.alias)
    assert other_words("brouette") == set()
    theme = Theme.objects.create(name="Brouettes", slug="brouettes", synonyms=["charrette"])
    assert other_words("brouettes") == {"charrette"}
    theme.delete()
    assert other_words("brouettes") == set()
    Constraint.objects.bulk_create([Constraint(slug="sans-brouette", label="sans brouette", lacking="brouette")])
    assert [one.slug for one in asked("sans brouette").constraints] == ["sans-brouette"]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM findable_constraint WHERE slug = 'sans-brouette'")
    assert asked("sans brouette").constraints == ()


def test_what_is_undone_was_never_read():
    before = read_editor_rules().version
    with suppress(RuntimeError), transaction.atomic():
        SynonymGroup.objects.create(wordings=["brouette", "carriole"])
        assert other_words("brouette") == {"carriole"}
        raise RuntimeError
    assert other_words("brouette") == set()
    assert read_editor_rules().version == before


def test_a_need_leads_to_its_cards_while_they_may_be_found():
    page = PracticePage.objects.live().first()
    need = Need.objects.create(name="Pousser une brouette", wordings="pousser une brouette")
    NeedCard.objects.create(need=need, page=page)
    (found,) = asked("pousser une brouette").needs
    assert found.answered
    assert [key for _pk, key in found.cards] == [f"page:{page.pk}"]
    page.unpublish()
    (found,) = asked("pousser une brouette").needs
    assert not found.answered
