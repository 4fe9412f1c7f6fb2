"""Nothing is told of fewer than five people, not even by subtraction."""

import random
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb_site.disclosure import THRESHOLD, rounded_down
from practices.diagnostic import services
from practices.diagnostic.models import DiagnosticAnswer, DiagnosticCampaign, Mode, Release
from practices.diagnostic.questions import PEOPLE

people = st.integers(THRESHOLD, 60)


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from("XYZ"), people, st.integers(0, 60)), max_size=8))
def test_no_combination_of_figures_told_beyond_the_structure_isolates_fewer_than_five(structures):
    """Differencing: every part of every cut, the whole, their sums and differences are all sums of fives."""
    releases = [(territory, kind, min(lacking, total)) for territory, kind, total, lacking in structures]

    def told(kept):
        return sum(rounded_down(lacking) for territory, kind, lacking in releases if kept(territory, kind))

    cuts = [lambda t, k: True]
    cuts += [lambda t, k, value=value: t == value for value in "ABC"] + [
        lambda t, k, value=value: k == value for value in "XYZ"
    ]
    figures = [told(cut) for cut in cuts]
    for one, other in combinations(figures, 2):
        assert abs(one - other) % THRESHOLD == 0
    assert (figures[0] - figures[1] - figures[4]) % THRESHOLD == 0


def answers(rng):
    return {str(question.code): rng.choice([choice.value for choice in question.choices]) for question in PEOPLE}


@pytest.mark.django_db(transaction=False)
@settings(max_examples=12)
@given(arrivals=st.lists(st.integers(1, 9), min_size=1, max_size=5), seed=st.integers(0, 999))
def test_two_results_of_a_campaign_never_differ_by_fewer_than_five_people(account, arrivals, seed):
    rng = random.Random(seed)  # noqa: S311 - answers drawn for a test
    member = account("membre")
    campaign = services.open_campaign(opened_by=member, structure=member.structure)
    totals, number = [0], 0
    for arriving in arrivals:
        for _one in range(arriving):
            number += 1
            services.record_answer(campaign=campaign, token=f"t{number}", values=answers(rng), mode=Mode.PAPER)
        try:
            release = services.release_answers(campaign=campaign)
        except services.TooFewAnswers:
            continue
        totals.append(release.total)
        for steps in release.counts["questions"].values():
            assert {band["total"] for band in steps.values()} == {release.total}
    for early, late in combinations(totals, 2):
        assert late - early == 0 or late - early >= THRESHOLD
    assert totals[-1] <= number


@pytest.mark.django_db
def test_an_answer_that_was_counted_can_no_longer_be_withdrawn_alone(account):
    member = account("membre")
    campaign = services.open_campaign(opened_by=member, structure=member.structure)
    for number in range(6):
        services.record_answer(campaign=campaign, token=f"t{number}", values=answers(random), mode=Mode.PAPER)
    assert services.withdraw_answer(campaign=campaign, token="t0")
    assert not services.withdraw_answer(campaign=campaign, token="t0")
    with pytest.raises(services.TooFewAnswers):
        services.release_answers(campaign=campaign)
    services.record_answer(campaign=campaign, token="t0", values=answers(random), mode=Mode.PAPER)
    services.release_answers(campaign=campaign)
    assert sum(services.withdraw_answer(campaign=campaign, token=f"t{number}") for number in range(6)) == 1
    assert campaign.answers.count() == 5


@pytest.mark.django_db
def test_the_same_token_sent_twice_is_one_answer(account):
    campaign = services.open_campaign(opened_by=account("membre"), structure=None)
    first = answers(random)
    code = services.issue_codes(campaign=campaign, number=1)[0]
    stored, new = services.record_answer(campaign=campaign, token=code, values=first, mode=Mode.SELF_SERVICE)
    typed = f"{code[:3]} {code[3:]}".lower()
    again, new_again = services.record_answer(
        campaign=campaign, token=typed, values=answers(random), mode=Mode.SELF_SERVICE
    )
    assert (new, new_again) == (True, False)
    assert again.pk == stored.pk
    assert campaign.answers.get().values == first


def test_an_answer_keeps_no_name_no_hour_no_address_and_no_text():
    kept = {field.name for field in DiagnosticAnswer._meta.fields}
    assert kept == {"id", "campaign", "target", "mode", "token_digest", "values", "release"}


@pytest.mark.django_db
def test_answers_are_erased_twelve_months_after_closing_and_counts_stay(account):
    import datetime

    from django.utils import timezone

    from practices.diagnostic.tasks import purge_old_answers

    member = account("membre")
    old, recent = (
        services.open_campaign(opened_by=member, structure=member.structure, place=place)
        for place in ("Serres", "Cuisine")
    )
    for campaign in (old, recent):
        for number in range(6):
            services.record_answer(campaign=campaign, token=f"t{number}", values=answers(random), mode=Mode.PAPER)
        services.close_campaign(campaign=campaign)
    today = timezone.localdate()
    DiagnosticCampaign.objects.filter(pk=old.pk).update(closed_on=today - datetime.timedelta(days=366))
    DiagnosticCampaign.objects.filter(pk=recent.pk).update(closed_on=today - datetime.timedelta(days=360))
    purge_old_answers(0)
    assert not old.answers.exists()
    assert recent.answers.count() == 6
    kept = Release.objects.get(campaign=old)
    assert kept.total == 5
    assert kept.counts["cards"]
    old.refresh_from_db()
    assert old.purged_on == today
