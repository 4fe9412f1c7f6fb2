"""Whatever a result shows, in all its pages, nobody's answers are read in it: not even by who knows all the others."""

import re

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from kb_site.observatory import needs
from kb_site.observatory.periods import year
from kb_site.observatory.report import report
from practices.diagnostic import services
from practices.diagnostic.access_codes import sheet_tokens
from practices.diagnostic.models import DiagnosticCampaign, Mode
from practices.diagnostic.questions import PEOPLE, UNKNOWN
from practices.models import PracticePage

pytestmark = pytest.mark.django_db

some_examples = settings(max_examples=4)
answers = st.fixed_dictionaries({str(q.code): st.sampled_from(sorted(q.values)) for q in PEOPLE})
NOBODY_KNOWS = {str(question.code): UNKNOWN for question in PEOPLE}


def best_and_worst():
    top = {str(question.code): max(choice.value for choice in question.choices) for question in PEOPLE}
    return top, dict.fromkeys(top, 0)


def answered(campaign, people):
    """Record these answers after those already there."""
    before = campaign.answers.count()
    tokens = sheet_tokens(campaign.pk, before + len(people))[before:]
    for token, values in zip(tokens, people, strict=True):
        services.record_answer(campaign=campaign, token=token, values=values, mode=Mode.PAPER)


@pytest.fixture
def told_of(account, signed_in):
    """Return everything that the site tells of these answers, released as they come; what was done is undone."""

    def pages(campaign):
        browser = signed_in("membre")
        addresses = [
            "resultat/",
            *(f"resultat/{pk}/" for pk in PracticePage.objects.live().values_list("pk", flat=True)),
        ]
        told = [browser.get(f"/diagnostic/{campaign.pk}/{address}").content.decode() for address in addresses]
        told.append(browser.get("/diagnostic/mon-public/").content.decode())
        told.append(browser.get(f"/diagnostic/{campaign.pk}/").content.decode())
        now = year(timezone.localdate().year)
        told.append(str([table.rows for table in report(now)]))
        told.append(str(needs.people_lacking(needs.releases(now), [])))
        # What is different from one page to the next whatever the answers: addresses and keys of forms.
        kept = [re.sub(r'(csrfmiddlewaretoken" value=|nonce=)"[^"]+"', "", page) for page in told]
        return [re.sub(rf"/diagnostic/{campaign.pk}/", "/diagnostic/N/", page) for page in kept]

    def told_of_(*batches, purge=False):
        with transaction.atomic():
            member = account("membre")
            DiagnosticCampaign.objects.all().delete()
            campaign = services.open_campaign(opened_by=member, structure=member.structure, place="Serres")
            for people in batches:
                answered(campaign, people)
                services.release_answers(campaign=campaign)
            if purge:
                services.purge_answers(campaign=campaign, today=timezone.localdate())
                campaign.refresh_from_db()
            told = pages(campaign)
            transaction.set_rollback(True)
        return told

    return told_of_


@pytest.mark.parametrize("purge", [False, True], ids=["", "answers erased"])
def test_one_person_who_knows_among_four_who_do_not_is_not_read(told_of, purge):
    top, bottom = best_and_worst()
    among = [NOBODY_KNOWS] * 5
    assert told_of([top, *among], purge=purge) == told_of([bottom, *among], purge=purge)


def test_one_person_who_knows_among_many_who_do_not_is_not_read(told_of):
    top, bottom = best_and_worst()
    among = [NOBODY_KNOWS] * 14
    assert told_of([top, *among]) == told_of([bottom, *among])


@some_examples
@given(known=st.lists(answers, min_size=9, max_size=9), one=answers, other=answers, others=st.sampled_from([5, 9]))
def test_who_knows_all_the_answers_but_one_does_not_read_the_last(told_of, known, one, other, others):
    assert told_of([*known[:others], one]) == told_of([*known[:others], other])


def test_one_person_unlike_all_the_others_is_not_read(told_of):
    """Everybody but one, or one alone: the page says the same as of everybody, or of nobody."""
    top, bottom = best_and_worst()
    assert told_of([top] * 14 + [bottom]) == told_of([top] * 15)
    assert told_of([bottom] * 14 + [top]) == told_of([bottom] * 15)


@some_examples
@given(first=st.lists(answers, min_size=11, max_size=11), late=st.lists(answers, min_size=1, max_size=4))
def test_the_result_does_not_move_when_fewer_than_five_answers_come(account, first, late):
    with transaction.atomic():
        member = account("membre")
        campaign = services.open_campaign(opened_by=member, structure=member.structure, place="Serres")
        answered(campaign, first)
        services.release_answers(campaign=campaign)
        answered(campaign, late)
        with pytest.raises(services.TooFewAnswers):
            services.release_answers(campaign=campaign)
        services.close_campaign(campaign=campaign)
        assert [release.total for release in campaign.releases.all()] == [10]
        transaction.set_rollback(True)


@some_examples
@given(arrivals=st.lists(st.integers(1, 9), min_size=2, max_size=5))
def test_results_move_by_whole_fives(account, arrivals):
    with transaction.atomic():
        member = account("membre")
        campaign = services.open_campaign(opened_by=member, structure=member.structure, place="Serres")
        for number in arrivals:
            answered(campaign, [NOBODY_KNOWS] * number)
            try:
                release = services.release_answers(campaign=campaign)
            except services.TooFewAnswers:
                continue
            assert release.total % 5 == release.answers % 5 == 0
        assert sum(campaign.releases.values_list("answers", flat=True)) == 5 * ((sum(arrivals) - 1) // 5)
        transaction.set_rollback(True)


def test_what_is_kept_of_a_release_tells_no_small_cell_either(account):
    """The counts outlive the answers: read in the database or in a backup, they isolate nobody."""
    top, bottom = best_and_worst()
    kept = []
    for values in (top, bottom):
        with transaction.atomic():
            member = account("membre")
            campaign = services.open_campaign(opened_by=member, structure=member.structure, place="Serres")
            answered(campaign, [values] + [NOBODY_KNOWS] * 14)
            kept.append(services.release_answers(campaign=campaign).counts)
            transaction.set_rollback(True)
    assert kept[0] == kept[1]


def test_a_part_of_the_people_is_told_by_fives(told_of):
    top, bottom = best_and_worst()
    told = " ".join(told_of([top] * 12 + [bottom] * 9))
    assert "Oui pour de 10 à 14 de vos 20 personnes" in told
    assert not re.search(r"\b(12|8) (de vos|sur|personnes)", told)
    assert "moins de 5 de vos 20 personnes" in " ".join(told_of([top] * 2 + [bottom] * 19))
