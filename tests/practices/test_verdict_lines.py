"""Each line of a verdict, on a card made for it: what makes up for a lack, in which words, and in which order ways are tried.

The properties of tests/practices/test_feasibility.py hold for all cards and see no single line; these see nothing else.
"""

from dataclasses import replace

import pytest

from practices.feasibility.card_facts import ConditionFacts, ToolFacts
from practices.feasibility.lacks import Lack, Need
from practices.feasibility.verdicts import Verdict, barring, judge, says_how
from practices.feasibility.ways import Medium, main_needs, medium_of, other_ways
from practices.models.tools import DataRange
from tests.practices.test_feasibility import (
    BY_PHONE,
    BY_VISIO,
    LACKS,
    MESSAGES,
    ON_SITE,
    PHONE,
    VISIO,
    essential,
    verdict,
)

HYBRID = replace(BY_VISIO, modality="hybride")
ROOM = Lack("salle", "Une salle", None, "Commencez petit.")
BY_NUMBER = "Sans forfait : la personne compose le numéro et le code."
LENT = "La structure prête le sien : un poste ou un appareil, sa connexion, une salle."
ALOUD = "Quelqu’un lit à voix haute, à côté de la personne."
SPOKEN = "Dites de vive voix, au téléphone, ce qui est écrit."
ALSO_FOR = "La fiche s’adresse aussi à ces personnes : voyez ses étapes avec elles."
STAFF = replace(
    BY_VISIO, kind="organisation", functions=frozenset({"organisation_interne"}), who=("Animateur",), fallback=BY_NUMBER
)


def recommended(need, note):
    return (ConditionFacts(need.value, need, essential=False, note=note),)


def of_team(note=""):
    return ConditionFacts("salle", None, essential=True, note=note)


@pytest.mark.parametrize(
    ("card", "need", "made_up"),
    [
        # What the structure lifts: only what it has there, unless the limits advise against it.
        (HYBRID, Need.DATA, LENT),
        (replace(BY_VISIO, channels=frozenset({"visio", "presentiel"})), Need.DATA, LENT),
        (replace(HYBRID, limits="- sans forfait."), Need.DATA, None),
        (BY_VISIO, Need.DATA, None),
        (HYBRID, Need.VIDEO, "Faites ceci."),
        (replace(BY_VISIO, level=None), Need.VIDEO, "Faites ceci."),
        (replace(BY_VISIO, level=2), Need.VIDEO, "Faites ceci."),
        (replace(BY_VISIO, level=3), Need.VIDEO, None),
        # Reading: by somebody beside, else by voice where the card has one.
        (HYBRID, Need.READING, ALOUD),
        (replace(BY_VISIO, channels=frozenset({"visio", "telephone"})), Need.READING, SPOKEN),
        (replace(BY_VISIO, channels=frozenset({"visio", "audioconference"})), Need.READING, SPOKEN),
        (BY_VISIO, Need.READING, None),
        # A quiet place: another hour; a sentence about it is no answer.
        (replace(BY_PHONE, conditions=essential(Need.QUIET)), Need.QUIET, "Faites ceci."),
        (replace(BY_PHONE, conditions=essential(Need.QUIET), adaptations="Jamais seule : parlez bas."), Need.QUIET, "Faites ceci."),
        # The note of the condition, where the card cannot do without, or where it is a skill.
        (replace(BY_VISIO, conditions=essential(Need.DATA, "Prêtez une carte si besoin.")), Need.DATA, "Prêtez une carte si besoin."),
        (replace(BY_VISIO, conditions=essential(Need.DATA, "4 Go par mois.")), Need.DATA, None),
        (replace(BY_VISIO, conditions=recommended(Need.DATA, "Prêtez une carte si besoin.")), Need.DATA, None),
        (replace(BY_VISIO, conditions=recommended(Need.VIDEO, "Entrez avec elle si besoin.")), Need.VIDEO, "Entrez avec elle si besoin."),
        (replace(BY_VISIO, conditions=recommended(Need.PHOTO, "Entrez avec elle si besoin.")), Need.VIDEO, "Faites ceci."),
        # What its steps say; what it says to be made for.
        (replace(BY_VISIO, step_texts=("Sans forfait, on prête une carte.",)), Need.DATA, "Sans forfait, on prête une carte."),
        (replace(BY_VISIO, audiences=frozenset({"sans_forfait"})), Need.DATA, ALSO_FOR),
        (replace(BY_VISIO, audiences=frozenset({"sans_smartphone"})), Need.DATA, None),
    ],
)  # fmt: skip
def test_a_lack_is_made_up_for_by_what_the_card_says_then_by_what_the_structure_lifts(card, need, made_up):
    said = verdict(card, need)
    assert (said.verdict, said.missing) == (Verdict.ADAPT if made_up else Verdict.NO, (need.value,))
    if made_up:
        assert (said.label, said.reason) == ("À adapter", made_up)


def test_another_hour_is_what_a_condition_without_advice_gets():
    card = replace(BY_PHONE, conditions=essential(Need.QUIET))
    said = judge(card, [replace(LACKS[Need.QUIET], how_to_lift="")])
    assert said.reason == "Changez l’heure, ou recevez la personne dans une salle de la structure."


@pytest.mark.parametrize(
    ("card", "lacks", "reason"),
    [
        (STAFF, [LACKS[Need.DATA]], "Se passe entre permanents."),
        (STAFF, [ROOM], ""),
        (ON_SITE, [LACKS[Need.DATA]], "Se fait dans la structure, avec ce qu’elle prête."),
        (ON_SITE, [LACKS[Need.VIDEO]], ""),
        (BY_PHONE, [LACKS[Need.DATA]], ""),
    ],
)
def test_a_feasible_card_says_why_where_one_would_wonder(card, lacks, reason):
    assert (judge(card, lacks).verdict, judge(card, lacks).reason) == (Verdict.FEASIBLE, reason)


def test_what_the_team_and_the_people_lack_are_both_made_up_for_or_the_first_that_is_not_is_told():
    card = replace(BY_VISIO, fallback=BY_NUMBER, conditions=(of_team("Sinon, au café."),))
    said = judge(card, [LACKS[Need.DATA], ROOM])
    assert (said.verdict, said.reason) == (Verdict.ADAPT, f"Sinon, au café. {BY_NUMBER}")
    assert said.missing == ("data", "salle")
    without = judge(replace(card, conditions=(of_team(),)), [LACKS[Need.DATA], ROOM])
    assert (without.verdict, without.reason) == (Verdict.NO, "Pour lever ce manque : Commencez petit.")
    assert judge(replace(card, conditions=(of_team(),)), [replace(ROOM, how_to_lift="")]).reason == ""


def test_of_several_lacks_the_advice_is_of_the_one_that_nothing_makes_up_for():
    card = replace(BY_VISIO, adaptations="Petits lecteurs : consignes à voix haute.")
    said = judge(card, [LACKS[Need.READING], Lack("data", "Data", Need.DATA, "Demandez une carte.")])
    assert (said.label, said.reason) == ("Non, il manque : reading, data", "Pour lever ce manque : Demandez une carte.")


def test_the_main_way_with_a_change_comes_before_another_way_that_was_written_for_somebody_else():
    card = replace(BY_VISIO, fallback=BY_NUMBER, adaptations="Petits lecteurs : consignes à voix haute.")
    assert verdict(card, Need.READING).reason == "Petits lecteurs : consignes à voix haute."
    assert verdict(card, Need.VIDEO).reason == "Faites ceci."
    assert verdict(replace(card, level=3), Need.VIDEO).reason == BY_NUMBER


def test_a_way_written_for_a_lack_asks_the_rest_with_a_change():
    card = replace(BY_VISIO, fallback=BY_NUMBER, conditions=essential(Need.QUIET))
    said = verdict(card, Need.DATA, Need.QUIET)
    assert (said.verdict, said.reason) == (Verdict.ADAPT, f"Faites ceci. {BY_NUMBER}")


def test_a_drawing_helps_on_the_spot():
    card = replace(BY_VISIO, adaptations="Petits lecteurs : le dessin du bouton.", fallback="Pas de smartphone : un poste au bureau.")  # fmt: skip
    said = verdict(card, Need.SMARTPHONE, Need.READING)
    assert said.reason == "Petits lecteurs : le dessin du bouton. Pas de smartphone : un poste au bureau."


@pytest.mark.parametrize(
    ("adaptations", "reason"),
    [
        ("Petits lecteurs, sans forfait : on téléphone", "Petits lecteurs, sans forfait : on téléphone."),
        ("Petits lecteurs : au téléphone.\nSans forfait : au téléphone aussi !", "Petits lecteurs : au téléphone. Sans forfait : au téléphone aussi !"),
    ],
)  # fmt: skip
def test_changes_are_told_once_each_as_sentences(adaptations, reason):
    assert verdict(replace(BY_VISIO, adaptations=adaptations), Need.READING, Need.DATA).reason == reason


def test_a_change_that_another_one_says_in_more_words_is_left_out():
    card = replace(BY_VISIO, conditions=(*recommended(Need.VIDEO, "Entrez avec elle si besoin"), *essential(Need.DATA, "Prêtez une carte, et entrez avec elle si besoin")))  # fmt: skip
    assert verdict(card, Need.VIDEO, Need.DATA).reason == "Prêtez une carte, et entrez avec elle si besoin."


@pytest.mark.parametrize(
    ("card", "says"),
    [
        (BY_VISIO, False),
        (replace(BY_VISIO, adaptations="Sans forfait : on prête une carte."), True),
        (replace(BY_VISIO, fallback=BY_NUMBER), True),
        (replace(BY_VISIO, fallback="Pas de smartphone : la personne compose le numéro."), False),
        (replace(BY_VISIO, conditions=(ConditionFacts("forfait", Need.DATA, essential=True, note="Sinon, une carte."),)), True),
        (replace(BY_VISIO, conditions=(ConditionFacts("forfait", Need.PHOTO, essential=True, note="Sinon, une carte."),)), False),
        (STAFF, False),
    ],
)  # fmt: skip
def test_a_card_says_how_to_do_by_a_change_a_note_or_a_way_written_for_it(card, says):
    assert says_how(card, Need.DATA) is says


def test_what_bars_a_card_is_the_smallest_sets_of_lacks_and_of_the_team_only_what_it_cannot_do_without():
    card = replace(BY_VISIO, fallback=BY_NUMBER, conditions=(of_team(),))
    lacks = [LACKS[Need.READING], LACKS[Need.PHONE], LACKS[Need.DATA], ROOM, Lack("autre", "Autre", None)]
    assert barring(card, lacks) == [("salle",), ("data", "phone"), ("phone", "reading")]
    assert barring(STAFF, [LACKS[need] for need in Need]) == []
    drawing = "Petits lecteurs : le dessin du bouton."
    two_ways = replace(BY_VISIO, adaptations=drawing, fallback=f"{BY_NUMBER} Sans forfait : une lettre.")
    barred = barring(two_ways, [LACKS[need] for need in (Need.DATA, Need.PHONE, Need.READING)])
    assert barred == [("data", "phone", "reading")]


VIDEO_CHANNEL = frozenset({"visio"})
TRAINING = replace(VISIO, category="formation")
BY_BROWSER = replace(VISIO, smartphone="navigateur")
ON_COMPUTER = replace(VISIO, smartphone="non")
SMS = ToolFacts("repli", "SMS", "sms", plain=True, phone_in=False, smartphone="non")
BASE = {Need.DATA, Need.SMARTPHONE, Need.READING}


@pytest.mark.parametrize(
    ("card", "needs"),
    [
        # Its data, as corrected by hand: none asked, or some even where the tool asks for none.
        (replace(BY_VISIO, own_data=DataRange(0, 0)), {Need.SMARTPHONE, Need.VIDEO, Need.READING}),
        (replace(BY_VISIO, own_data=DataRange(0, 5)), BASE | {Need.VIDEO}),
        (replace(BY_PHONE, own_data=DataRange(1, 5)), {Need.PHONE, Need.DATA}),
        (replace(BY_PHONE, own_data=DataRange(0, 5)), {Need.PHONE}),
        # Its tool: a screen of one's own, ease with video where the channel has it.
        (replace(BY_VISIO, tools=(BY_BROWSER,)), BASE | {Need.VIDEO}),
        (replace(BY_VISIO, tools=(ON_COMPUTER,)), {Need.DATA, Need.VIDEO, Need.READING}),
        (replace(BY_VISIO, tools=(TRAINING,)), BASE | {Need.VIDEO}),
        (replace(BY_VISIO, tools=(TRAINING,), channels=frozenset({"plateforme"})), BASE),
        (replace(BY_VISIO, tools=(MESSAGES,)), BASE),
        (replace(BY_VISIO, tools=(), channels=frozenset({"courrier"})), {Need.READING}),
        # What its limits say: reading and a computer, nothing else; a condition about reading, recommended or not.
        (replace(BY_PHONE, limits="- sans ordinateur."), {Need.PHONE, Need.COMPUTER}),
        (replace(BY_PHONE, limits="- sans forfait."), {Need.PHONE}),
        (replace(BY_PHONE, conditions=recommended(Need.READING, "")), {Need.PHONE, Need.READING}),
        (replace(BY_PHONE, conditions=recommended(Need.QUIET, "")), {Need.PHONE}),
    ],
)  # fmt: skip
def test_what_the_main_way_asks_line_by_line(card, needs):
    assert main_needs(card) == needs


@pytest.mark.parametrize(
    ("text", "medium"),
    [
        ("La fiche sous enveloppe, à prendre au bureau", Medium.BY_HAND),
        ("Un appel, ou un message", Medium.PHONE),
        ("Un SMS lu à l’accueil", Medium.WRITTEN),
        ("Un poste au bureau", Medium.ON_SITE),
        ("C’est dommage", None),
    ],
)
def test_the_medium_of_a_text_is_the_first_that_it_says(text, medium):
    assert medium_of(text) is medium


def ways(card):
    return [(way.medium, way.words, way.named, way.needs) for way in other_ways(card)]


DATA = frozenset({Need.DATA})
REPLACED = frozenset({Need.SMARTPHONE, Need.COMPUTER, Need.DATA, Need.VIDEO, Need.PHOTO, Need.EMAIL})
WITH_NOTE = "Pour venir par le lien ; sinon, on vient par téléphone."


@pytest.mark.parametrize(
    ("card", "expected"),
    [
        # A sentence of the fallback: who it is for before the colon, how after; what its medium spares, and asks.
        (replace(BY_VISIO, fallback=BY_NUMBER), (Medium.PHONE, BY_NUMBER, DATA, {Need.PHONE})),
        (replace(BY_VISIO, fallback="Sans forfait : un SMS."), (Medium.WRITTEN, "Sans forfait : un SMS.", DATA, {Need.PHONE, Need.READING})),
        (replace(BY_VISIO, fallback="Sans forfait : une lettre."), (Medium.WRITTEN, "Sans forfait : une lettre.", DATA, {Need.READING})),
        (replace(BY_VISIO, fallback="Sans forfait : un poste au bureau."), (Medium.ON_SITE, "Sans forfait : un poste au bureau.", DATA, {Need.VIDEO, Need.READING})),
        (replace(BY_VISIO, fallback="Sans forfait, on téléphone."), (Medium.PHONE, "Sans forfait, on téléphone.", DATA, {Need.PHONE})),
        (replace(BY_VISIO, fallback="Sans forfait : deux choix : un appel."), (Medium.PHONE, "Sans forfait : deux choix : un appel.", DATA, {Need.PHONE})),
        (replace(BY_VISIO, fallback="Ne lisent pas leurs SMS : un appel."), (Medium.PHONE, "Ne lisent pas leurs SMS : un appel.", frozenset({Need.READING}), {Need.PHONE})),
        (replace(BY_PHONE, fallback="Téléphone perdu : un SMS."), (Medium.WRITTEN, "Téléphone perdu : un SMS.", frozenset({Need.PHONE}), {Need.PHONE, Need.READING})),
        # The note of a condition: what stands after « sinon », or, where it is only recommended, after the lack it names.
        (replace(BY_VISIO, conditions=essential(Need.DATA, WITH_NOTE)), (Medium.PHONE, "On vient par téléphone.", DATA, {Need.PHONE, Need.READING})),
        (replace(BY_VISIO, conditions=recommended(Need.DATA, "Sans forfait, on vient par téléphone.")), (Medium.PHONE, "On vient par téléphone.", DATA, {Need.PHONE, Need.READING})),
        (replace(BY_VISIO, conditions=essential(Need.DATA, "Sans forfait, on vient par téléphone.")), None),
        (replace(BY_VISIO, conditions=(of_team(), *essential(Need.DATA, "Le lien ; sinon, au bureau ; sinon, sur place."))), (Medium.ON_SITE, "Au bureau ; sinon, sur place.", DATA, {Need.VIDEO, Need.READING})),
        (replace(BY_VISIO, conditions=essential(Need.DATA, "Quatre gigas, sinon rien.")), None),
        (replace(BY_VISIO, conditions=(of_team("Sinon, on vient par téléphone."),)), None),
        # A tool listed beside the main one, where the channels hold it; the number of the main one.
        (replace(BY_VISIO, channels=VIDEO_CHANNEL | {"sms"}, tools=(VISIO, SMS)), (Medium.WRITTEN, "Repli de la fiche : SMS.", REPLACED, {Need.PHONE, Need.READING})),
        (replace(BY_VISIO, channels=VIDEO_CHANNEL | {"telephone"}, tools=(VISIO, replace(PHONE, usage="alternative"))), (Medium.PHONE, "Repli de la fiche : Téléphone.", REPLACED, {Need.PHONE, Need.READING})),
        (replace(BY_VISIO, channels=VIDEO_CHANNEL | {"telephone"}, tools=(VISIO, SMS)), None),
        (replace(BY_VISIO, tools=(VISIO, replace(PHONE, usage="repli"))), None),
        (replace(BY_VISIO, channels=VIDEO_CHANNEL | {"telephone"}, tools=(replace(VISIO, phone_in=True),)), (Medium.PHONE, "Par le numéro d’appel de Visio.", REPLACED, {Need.PHONE, Need.READING})),
        (replace(BY_VISIO, tools=(replace(VISIO, phone_in=True),)), None),
        (replace(BY_VISIO, channels=VIDEO_CHANNEL | {"telephone"}), None),
    ],
)  # fmt: skip
def test_another_way_is_read_from_the_line_that_names_it(card, expected):
    assert ways(card) == ([] if expected is None else [expected])
