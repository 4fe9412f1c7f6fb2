"""The verdict of a card follows from answers and conditions, and from nothing else."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb_site.disclosure import FEWEST_PEOPLE, exactly
from practices.choices import DiagnosticQuestion
from practices.diagnostic.feasibility import Answer, Diagnosed, Rule, Verdict, answer_to
from practices.diagnostic.questions import PEOPLE, PEOPLE_CODES, TEAM, TEAM_CODES, UNKNOWN

ORDER = [Verdict.FEASIBLE, Verdict.FOR_SOME, Verdict.ALMOST, Verdict.UNKNOWN, Verdict.NOT_FEASIBLE]
RULED = [question for question in (*PEOPLE, *TEAM) if question.code in DiagnosticQuestion.values]


def answers(questions, unknown=True):
    return st.fixed_dictionaries(
        {
            str(question.code): st.sampled_from(sorted(question.values if unknown else question.values - {UNKNOWN}))
            for question in questions
        }
    )


@st.composite
def rules(draw):
    question = draw(st.sampled_from(RULED))
    slug = draw(st.text(string.ascii_lowercase, min_size=1, max_size=6))
    if draw(st.integers(0, 9)) == 0:
        return Rule(slug, essential=draw(st.booleans()))
    threshold = draw(st.sampled_from([choice.value for choice in question.choices]))
    return Rule(slug, str(question.code), draw(st.sampled_from(["gte", "lte", "eq"])), threshold, draw(st.booleans()))


cards = st.lists(rules(), max_size=6, unique_by=lambda rule: rule.slug)
people = st.lists(answers(PEOPLE), max_size=12)
known_people = st.lists(answers(PEOPLE, unknown=False), min_size=1, max_size=12)


def judged(answered, team):
    """The rules of verdicts on counts as they are; what is told of people is another matter (test_disclosure.py)."""
    return Diagnosed(answered, team, tell=exactly)


def number(verdict, answered):
    """How many follow: all, when the card asks nothing of people."""
    return verdict.people.low if verdict.people else len(answered)


def without(card, slug):
    return [rule for rule in card if rule.slug != slug]


@given(people, answers(TEAM), cards)
def test_the_people_add_up_and_those_who_follow_are_those_who_meet_every_condition(answered, team, card):
    result = judged(answered, team).verdict(card)
    essential = [rule for rule in card if rule.essential and rule.about_people]
    followers = [one for one in answered if all(answer_to(rule, one) is Answer.MET for rule in essential)]
    if not essential:
        assert result.people is None
        return
    assert result.people.total == len(answered)
    assert result.people.low == result.people.high == len(followers)


@given(people, answers(TEAM), cards)
def test_a_recommended_condition_never_decides(answered, team, card):
    diagnosed = judged(answered, team)
    essential = [rule for rule in card if rule.essential]
    assert diagnosed.verdict(card).verdict == diagnosed.verdict(essential).verdict


@given(known_people, answers(TEAM, unknown=False), cards, st.data())
def test_one_condition_less_never_makes_a_card_less_feasible(answered, team, card, data):
    if not card:
        return
    lifted = data.draw(st.sampled_from(card))
    diagnosed = judged(answered, team)
    before, after = diagnosed.verdict(card), diagnosed.verdict(without(card, lifted.slug))
    assert ORDER.index(after.verdict) <= ORDER.index(before.verdict)
    assert number(after, answered) >= number(before, answered)


@given(people, answers(TEAM), cards)
def test_lifting_the_condition_that_is_named_does_what_is_promised(answered, team, card):
    diagnosed = judged(answered, team)
    before = diagnosed.verdict(card)
    if before.verdict is Verdict.ALMOST:
        assert before.lift
    if before.lift:
        after = diagnosed.verdict(without(card, before.lift))
        assert before.lift in before.missing
        assert after.verdict not in {Verdict.ALMOST, Verdict.NOT_FEASIBLE}
        assert number(after, answered) >= number(before, answered) + before.gain


@given(people, answers(TEAM), cards)
def test_what_is_not_feasible_names_what_is_missing_and_a_feasible_card_misses_nothing(answered, team, card):
    result = judged(answered, team).verdict(card)
    if result.verdict in {Verdict.NOT_FEASIBLE, Verdict.ALMOST}:
        assert result.missing
    if result.verdict is Verdict.FEASIBLE:
        assert not result.missing
        assert number(result, answered) == len(answered)
    if result.verdict is Verdict.FOR_SOME:
        assert 0 < number(result, answered) < len(answered)


@given(people, answers(TEAM))
def test_a_card_without_condition_is_always_feasible(answered, team):
    assert judged(answered, team).verdict([]).verdict is Verdict.FEASIBLE


@given(rules())
def test_who_does_not_know_is_neither_for_nor_against(rule):
    assert answer_to(rule, {rule.question: UNKNOWN}) is Answer.UNKNOWN
    assert answer_to(rule, {}) is Answer.UNKNOWN


def test_every_question_that_a_rule_may_read_is_asked_once_with_all_its_answers():
    assert set(DiagnosticQuestion.values) | {"wish", "worry"} == PEOPLE_CODES | TEAM_CODES
    assert not PEOPLE_CODES & TEAM_CODES
    assert len(PEOPLE) == 12 + 2
    assert len(TEAM) == 8
    for question in (*PEOPLE, *TEAM):
        assert [choice.value for choice in question.choices] == list(range(len(question.choices)))


SMARTPHONE = Rule("smartphone", "phone", "gte", 2)
QUIET = Rule("lieu-calme", "quiet_place", "gte", 1)
ROOM = Rule("salle-equipee", "room", "gte", 1)


@pytest.mark.parametrize(
    ("answered", "team", "card", "verdict", "lift"),
    [
        ([{"phone": 2}] * 3, {}, [SMARTPHONE], Verdict.FEASIBLE, ""),
        ([{"phone": 2}, {"phone": 1}], {}, [SMARTPHONE], Verdict.FOR_SOME, "smartphone"),
        ([{"phone": 1}] * 3, {}, [SMARTPHONE], Verdict.ALMOST, "smartphone"),
        ([{"phone": 1, "quiet_place": 0}] * 3, {}, [SMARTPHONE, QUIET], Verdict.NOT_FEASIBLE, ""),
        ([{"phone": 2}] * 3, {"room": 0}, [SMARTPHONE, ROOM], Verdict.ALMOST, "salle-equipee"),
        ([{"phone": 1}] * 3, {"room": 0}, [SMARTPHONE, ROOM], Verdict.NOT_FEASIBLE, ""),
        ([{"phone": 2}] * 3, {}, [SMARTPHONE, ROOM], Verdict.UNKNOWN, ""),
        ([{"phone": UNKNOWN}] * 3, {}, [SMARTPHONE], Verdict.UNKNOWN, ""),
        ([], {}, [SMARTPHONE], Verdict.UNKNOWN, ""),
    ],
)
def test_the_verdicts_said_with_examples(answered, team, card, verdict, lift):
    result = judged(answered, team).verdict(card)
    assert (result.verdict, result.lift) == (verdict, lift)


@given(st.lists(answers(PEOPLE), max_size=FEWEST_PEOPLE - 1), st.data(), answers(TEAM), cards)
def test_with_fewer_than_ten_answers_a_verdict_depends_on_the_team_alone(answered, data, team, card):
    others = data.draw(st.lists(answers(PEOPLE), min_size=len(answered), max_size=len(answered)))
    assert Diagnosed(answered, team).verdict(card) == Diagnosed(others, team).verdict(card)
