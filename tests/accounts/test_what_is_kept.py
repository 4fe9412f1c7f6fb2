"""« Ce que nous gardons, qui le voit, combien de temps »: the page says what the code does, and leaves nothing out."""

import datetime

import pytest
from django.apps import apps
from django.utils.html import escape

from kb_site.accounts.retention_periods import ERASE_AFTER
from kb_site.accounts.views.personal_data import duration_in_words
from kb_site.journal.models import KEPT
from kb_site.personal_data import AtEnd, descriptions, held
from practices.diagnostic.models import DiagnosticAnswer
from practices.editorial.models.experts import ADDRESS_KEPT
from search.zero_results.services import DAYS_KEPT

OPTIONAL = "socialaccount."  # installed by configuration alone
# Tables that name nobody but hold what people did, or their address: no relation shows them.
NAMELESS = {
    "diagnostic.DiagnosticAnswer",
    "diagnostic.Release",
    "search_gaps.SearchGap",
    "practice_statistics.DailyViews",
    "limits.Count",
    "mailing.AddressProblem",
    "comments.CommentRevision",
}


def described():
    return [one for _matter, found in descriptions() for one in found]


def told():
    return [table for one in described() for table in one.tables]


def test_no_declared_table_is_left_out():
    declared = {name.rpartition(".")[0] for name in held()} | NAMELESS
    assert declared - set(told()) == set()


def test_no_table_is_told_twice_nor_is_gone():
    assert len(told()) == len(set(told()))
    known = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    assert [table for table in told() if table not in known and not table.startswith(OPTIONAL)] == []


def test_each_kind_says_its_end_as_the_end_of_an_account_does_it():
    for one in described():
        lines = [line for name, line in held().items() if name.rpartition(".")[0] in one.tables]
        assert (one.ends is None) == (not lines)
        if one.ends is AtEnd.ERASED:
            own = [line for line in lines if line.theirs or line.at_end is AtEnd.ERASED]
            assert all(line.at_end is AtEnd.ERASED for line in own)


@pytest.mark.parametrize(
    ("table", "kept_for"),
    [
        ("members.User", ERASE_AFTER),
        ("journal.SensitiveAct", KEPT),
        ("editorial.ExpertInvitation", ADDRESS_KEPT),
        ("search_gaps.SearchGap", datetime.timedelta(days=DAYS_KEPT)),
    ],
)
def test_durations_are_those_that_the_jobs_obey(table, kept_for):
    assert next(one.kept_for for one in described() if table in one.tables) == kept_for


@pytest.mark.django_db
def test_anyone_reads_the_page_and_finds_every_kind_in_it(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        html = client.get("/ce-que-nous-gardons/").content.decode()
    for one in described():
        assert escape(str(one.what)) in html
    assert "2 ans sans visite" in html
    assert "12 mois après la clôture" in html
    assert "Effacé avec votre compte" in html


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "role"), [("/", None), ("/compte/donnees/", "membre")])
def test_the_page_is_reached_from_every_page_and_from_ones_account(signed_in, address, role):
    assert 'href="/ce-que-nous-gardons/"' in signed_in(role).get(address).content.decode()


@pytest.mark.parametrize(
    ("days", "words"),
    [(1, "1 jour"), (14, "14 jours"), (90, "3 mois"), (182.6, "6 mois"), (365, "12 mois"), (730.5, "2 ans")],
)
def test_durations_in_words(days, words):
    assert duration_in_words(datetime.timedelta(days=days)) == words


def test_an_answer_to_a_diagnostic_has_no_relation_to_an_account():
    assert not [
        field for field in DiagnosticAnswer._meta.fields if field.related_model and "User" in str(field.related_model)
    ]
