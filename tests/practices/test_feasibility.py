"""The verdict of a card with what people lack: computed from the whole card, never from its name."""

from dataclasses import replace
from itertools import combinations

import pytest
from django.core.management import CommandError, call_command

from practices.diagnostic.views.my_public import TICKS
from practices.feasibility.card_facts import READ_BESIDE, CardFacts, ConditionFacts, ToolFacts, facts_of
from practices.feasibility.lacks import Lack, Need, lacks_named, needs_named
from practices.feasibility.verdicts import Verdict, barring, judge
from practices.feasibility.ways import main_needs, other_ways
from practices.models import Condition, PracticePage

ORDER = list(Verdict)
SETS = [some for number in range(len(TICKS) + 1) for some in combinations(TICKS, number)]
LACKS = {need: Lack(need.value, need.value, need, "Faites ceci.") for need in Need}

VISIO = ToolFacts("principal", "Visio", "visio", plain=False, phone_in=False, smartphone="application")
MESSAGES = ToolFacts("principal", "Messagerie", "messagerie", plain=False, phone_in=False, smartphone="application")
PHONE = ToolFacts("principal", "Téléphone", "audio", plain=True, phone_in=True, smartphone="non")
BY_VISIO = CardFacts(
    kind="lien_collectif",
    modality="distance_direct",
    channels=frozenset({"visio"}),
    audiences=frozenset({"tous"}),
    level=1,
    tools=(VISIO,),
)
BY_PHONE = replace(BY_VISIO, channels=frozenset({"telephone"}), tools=(PHONE,))
ON_SITE = replace(BY_VISIO, modality="presentiel", channels=frozenset({"presentiel", "visio"}))


def verdict(card, *needs):
    return judge(card, [LACKS[need] for need in needs])


def essential(need, note=""):
    return (ConditionFacts(need.value, need, essential=True, note=note),)


@pytest.fixture
def cards(db):
    return {page.slug: facts_of(page) for page in PracticePage.objects.live().prefetch_related(*READ_BESIDE)}


@pytest.fixture
def of_ticks(db):
    lacks = {lack.slug: lack for lack in lacks_named(TICKS)}
    return lambda ticks: [lacks[tick] for tick in ticks]


def test_one_more_lack_never_makes_a_card_better_but_by_a_way_that_the_card_writes_for_it(cards, of_ticks):
    for slug, card in cards.items():
        ways = {way.words: way.named for way in other_ways(card)}
        said = {ticks: judge(card, of_ticks(ticks)) for ticks in SETS}
        for ticks in SETS:
            for added in set(TICKS) - set(ticks):
                more = said[tuple(tick for tick in TICKS if tick in {*ticks, added})]
                if ORDER.index(more.verdict) < ORDER.index(said[ticks].verdict):
                    assert more.verdict is Verdict.FALLBACK, (slug, ticks, added)
                    assert {lack.need for lack in of_ticks([added])} & ways[more.reason], (slug, ticks, added)


def test_once_out_of_reach_a_card_is_brought_back_by_no_other_lack(cards, of_ticks):
    for slug, card in cards.items():
        refused = [set(ticks) for ticks in SETS if judge(card, of_ticks(ticks)).verdict is Verdict.NO]
        for ticks in SETS:
            if any(fewer <= set(ticks) for fewer in refused):
                assert judge(card, of_ticks(ticks)).verdict is Verdict.NO, (slug, ticks)


def test_what_search_leaves_out_is_what_the_verdict_refuses(cards, of_ticks):
    for slug, card in cards.items():
        bars = barring(card, of_ticks(TICKS))
        for ticks in SETS:
            refused = judge(card, of_ticks(ticks)).verdict is Verdict.NO
            assert refused == any(set(bar) <= set(ticks) for bar in bars), (slug, ticks)


def test_nothing_lacking_every_card_is_feasible_and_each_other_verdict_says_why(cards, of_ticks):
    for card in cards.values():
        assert judge(card, []).verdict is Verdict.FEASIBLE
        for ticks in SETS:
            said = judge(card, of_ticks(ticks))
            assert (said.verdict is Verdict.FEASIBLE) == (not said.missing)
            assert said.verdict is Verdict.FEASIBLE or said.reason


def test_without_data_no_card_of_accompanied_people_that_needs_data_is_feasible_as_written(cards, of_ticks):
    needing = [
        slug
        for slug, card in cards.items()
        if card.is_online and not card.on_site and not card.is_between_staff
    ]  # fmt: skip
    assert len(needing) >= 3
    for slug in needing:
        for ticks in SETS:
            if "forfait-data" in ticks:
                assert judge(cards[slug], of_ticks(ticks)).verdict is not Verdict.FEASIBLE, (slug, ticks)


def test_a_quiet_place_of_ones_own_touches_neither_what_is_done_on_the_spot_nor_staff(cards, of_ticks):
    for slug, card in cards.items():
        if card.on_site or card.is_between_staff:
            assert judge(card, of_ticks(["lieu-calme"])).verdict is Verdict.FEASIBLE, slug


@pytest.mark.parametrize("need", list(Need))
def test_a_card_between_staff_asks_nothing_of_the_people(need):
    between = replace(
        BY_VISIO,
        kind="organisation",
        functions=frozenset({"organisation_interne"}),
        who=("Animateur", "Tout le monde", "Animateur et personne qui note"),
        conditions=essential(Need.QUIET),
    )
    assert verdict(between, need).verdict is Verdict.FEASIBLE
    with_people = replace(between, who=("CIP et personne accompagnée",))
    assert verdict(with_people, Need.DATA, Need.VIDEO).verdict is not Verdict.FEASIBLE


@pytest.mark.parametrize(
    ("card", "needs"),
    [
        (BY_VISIO, {Need.DATA, Need.SMARTPHONE, Need.VIDEO, Need.READING}),
        (replace(BY_VISIO, tools=()), {Need.DATA, Need.SMARTPHONE, Need.VIDEO, Need.READING}),
        (replace(BY_VISIO, channels=frozenset({"messagerie"}), tools=(MESSAGES,)), {Need.DATA, Need.SMARTPHONE, Need.READING}),
        (replace(BY_VISIO, conditions=essential(Need.COMPUTER)), {Need.DATA, Need.COMPUTER, Need.VIDEO, Need.READING}),
        (BY_PHONE, {Need.PHONE}),
        (replace(BY_PHONE, conditions=essential(Need.QUIET)), {Need.PHONE, Need.QUIET}),
        (replace(BY_PHONE, limits="- avec une personne qui ne lit pas le français."), {Need.PHONE, Need.READING}),
        (ON_SITE, {Need.READING}),
        (replace(ON_SITE, tools=(), kind="suivi_individuel"), set()),
        (replace(ON_SITE, tools=(), kind="atelier_numerique"), {Need.READING}),
        (replace(ON_SITE, conditions=essential(Need.SMARTPHONE)), {Need.SMARTPHONE, Need.READING}),
        (replace(ON_SITE, conditions=essential(Need.QUIET)), {Need.READING}),
    ],
)  # fmt: skip
def test_what_the_main_way_asks_follows_from_channels_tool_place_and_conditions(card, needs):
    assert main_needs(card) == needs


@pytest.mark.parametrize(
    ("fallback", "lacks", "expected", "label"),
    [
        ("", (Need.DATA,), Verdict.NO, "Non, il manque : data"),
        ("Sans forfait : la personne compose le numéro et le code.", (Need.DATA,), Verdict.FALLBACK, "Faisable par téléphone"),
        ("Pas de smartphone : un poste est réservé dans la structure.", (Need.SMARTPHONE,), Verdict.FALLBACK, "Faisable avec le repli"),
        # Written for another lack, it still serves: with a change.
        ("Sans forfait : la personne compose le numéro et le code.", (Need.SMARTPHONE,), Verdict.ADAPT, "À adapter"),
        # What is called by an SMS has to be read.
        ("Sans forfait : la personne est sur la liste de SMS.", (Need.DATA, Need.READING), Verdict.NO, "Non, il manque : data, reading"),
        ("Sans forfait : la personne dépose le papier sous enveloppe.", (Need.DATA, Need.READING), Verdict.FALLBACK, "Faisable avec le repli"),
        # The structure lends its post, not the skill.
        ("Sans forfait : un poste est réservé dans la structure.", (Need.DATA, Need.READING), Verdict.NO, "Non, il manque : data, reading"),
        # A word on the way does not make a way.
        ("Sans forfait : c’est dommage.", (Need.DATA,), Verdict.NO, "Non, il manque : data"),
    ],
)  # fmt: skip
def test_a_sentence_of_the_fallback_serves_those_it_names_by_its_own_medium(fallback, lacks, expected, label):
    said = verdict(replace(BY_VISIO, fallback=fallback), *lacks)
    assert (said.verdict, said.label) == (expected, label)
    if expected is Verdict.FALLBACK:
        assert said.reason == fallback


def test_a_call_listed_as_fallback_replaces_what_is_recommended_not_what_is_essential():
    rescue = replace(PHONE, usage="repli")
    card = replace(BY_VISIO, channels=frozenset({"visio", "telephone"}), tools=(VISIO, rescue))
    said = verdict(card, Need.VIDEO)
    assert (said.verdict, said.reason) == (Verdict.FALLBACK, "Repli de la fiche : Téléphone.")
    strict = replace(card, conditions=essential(Need.VIDEO))
    assert verdict(strict, Need.VIDEO).verdict is Verdict.ADAPT
    told = replace(card, conditions=essential(Need.VIDEO, "Pour venir par le lien ; sinon, on vient par téléphone."))
    assert verdict(told, Need.VIDEO).verdict is Verdict.FALLBACK


def test_an_audience_named_in_the_adaptations_is_a_change_and_a_picture_goes_by_no_sms():
    adapted = replace(BY_VISIO, adaptations="Petits lecteurs : le dessin du bouton.\n\nParents isolés : 14 h.")
    said = verdict(adapted, Need.READING)
    assert (said.verdict, said.reason) == (Verdict.ADAPT, "Petits lecteurs : le dessin du bouton.")
    by_sms = replace(adapted, fallback="Pas de smartphone : la personne est sur la liste de SMS.")
    assert verdict(by_sms, Need.READING, Need.SMARTPHONE).verdict is Verdict.NO


def test_limits_that_advise_against_are_heeded_unless_the_card_says_how():
    card = replace(ON_SITE, limits="- avec une personne qui ne lit pas le français : on mesurerait la lecture.")
    assert verdict(card, Need.READING).verdict is Verdict.NO
    told = replace(card, adaptations="Petits lecteurs : consignes à voix haute.")
    assert verdict(told, Need.READING).verdict is Verdict.ADAPT


def test_a_card_that_asks_for_ease_does_not_lend_a_skill():
    card = replace(BY_VISIO, conditions=essential(Need.VIDEO))
    assert verdict(card, Need.VIDEO).verdict is Verdict.ADAPT
    assert verdict(replace(card, level=3), Need.VIDEO).verdict is Verdict.NO


def test_what_the_team_lacks_stops_a_card_that_cannot_do_without():
    lack = Lack("salle", "Une salle", None, "Commencez petit.")
    needed = replace(BY_PHONE, conditions=(ConditionFacts("salle", None, essential=True),))
    said = judge(needed, [lack])
    assert (said.verdict, said.label) == (Verdict.NO, "Non, il manque : une salle")
    assert said.reason == "Pour lever ce manque : Commencez petit."
    told = replace(needed, conditions=(ConditionFacts("salle", None, essential=True, note="Sinon, au café."),))
    assert judge(told, [lack]).verdict is Verdict.ADAPT
    assert judge(BY_PHONE, [lack]).verdict is Verdict.FEASIBLE


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Pas de forfait, sans internet ou téléphone sans appareil photo", {Need.DATA, Need.SMARTPHONE}),
        ("même sans smartphone et sans connexion", {Need.SMARTPHONE, Need.DATA}),
        ("Téléphone perdu ou coupé", {Need.PHONE}),
        ("Si elle n’est pas joignable", {Need.PHONE}),
        ("quand la personne n’a qu’un téléphone", {Need.COMPUTER}),
        ("Allophones et petits lecteurs", {Need.READING}),
        ("qui ne lisent pas leurs SMS", {Need.READING}),
        ("Sans bruit, avec un smartphone et du Wi-Fi", set()),
        ("Le forfait est payé, l’ordinateur prêté", set()),
    ],
)
def test_a_text_names_a_lack_by_what_is_absent(text, named):
    assert needs_named(text) == named


def test_a_condition_means_what_its_rule_asks_whatever_it_is_called(db):
    Condition.objects.filter(slug="smartphone").update(slug="appareil-recent", label="Appareil")
    assert [lack.need for lack in lacks_named(["appareil-recent"])] == [Need.SMARTPHONE]


@pytest.mark.django_db
def test_the_command_writes_a_line_a_profile_and_card(tmp_path):
    profiles, out = tmp_path / "profiles.txt", tmp_path / "run.tsv"
    profiles.write_text("none\nsmartphone+lecture-francais\n", encoding="utf-8")
    call_command("feasibility_run", profiles=str(profiles), out=str(out), verbosity=0)
    rows = [line.split("\t") for line in out.read_text("utf-8").splitlines()]
    assert len(rows) == 2 * PracticePage.objects.live().count()
    assert {row[2] for row in rows} <= set(Verdict)
    assert {row[2] for row in rows if row[0] == "none"} == {Verdict.FEASIBLE}
    profiles.write_text("inconnue\n", encoding="utf-8")
    with pytest.raises(CommandError, match="inconnue"):
        call_command("feasibility_run", profiles=str(profiles), out=str(out))
