"""The journey of a card in the browser: its author on a phone, its network's editor, another network's, an expert."""

import re

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.models import Page

from practices.editorial.models.experts import ExpertInvitation
from practices.editorial.models.proposals import Proposal, ProposalDraft
from practices.models import PracticePage

TITLE = "Le panier du vendredi"


def card_of(title):
    return PracticePage.objects.get(draft_title=title)


def tell(page):
    page.get_by_label("Comment appelez-vous cette pratique ?").fill(TITLE)
    page.get_by_label("Isolement").check()
    page.get_by_label("Qu’avez-vous fait ?").fill("Remplir un panier ensemble.\nL’apporter à deux.")
    page.get_by_label("Quand ne faut-il pas s’en servir ?").fill("Jamais sans prévenir la personne.")


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_an_author_proposes_a_card_on_a_phone(open_page, javascript):
    page = open_page("/proposer/", role="membre", javascript=javascript)
    tell(page)
    page.get_by_role("button", name="Envoyer au réseau").click()
    page.wait_for_url(re.compile(r"/mes-propositions/\d+/"))
    assert page.get_by_role("heading", name=TITLE).is_visible()
    assert page.get_by_role("heading", name="En relecture").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert not card_of(TITLE).live


def test_what_is_typed_is_kept_on_the_server_while_typing(open_page, account):
    page = open_page("/proposer/", role="membre")
    with page.expect_response("**/proposer/brouillon/") as saved:
        tell(page)
    assert saved.value.status == 204
    page.get_by_text("Brouillon enregistré à").wait_for()
    assert ProposalDraft.objects.get(author=account("membre")).fields["title"] == TITLE
    again = open_page("/proposer/", role="membre")
    assert again.get_by_label("Comment appelez-vous cette pratique ?").input_value() == TITLE
    assert again.get_by_label("Isolement").is_checked()


def test_what_is_typed_without_a_connection_is_kept_on_the_device(open_page):
    page = open_page("/proposer/", role="membre")
    page.route("**/proposer/brouillon/", lambda route: route.abort())
    tell(page)
    page.get_by_text("votre texte est gardé sur cet appareil").wait_for()
    page.reload()
    assert page.get_by_label("Comment appelez-vous cette pratique ?").input_value() == TITLE
    assert page.get_by_label("Isolement").is_checked()


def test_cards_alike_are_shown_while_typing(open_page):
    page = open_page("/proposer/", role="membre")
    page.get_by_label("Comment appelez-vous cette pratique ?").fill("Café visio entre collègues")
    page.get_by_role("link", name="Le café visio du jeudi").wait_for()


def test_an_author_is_shown_what_could_name_a_person_and_keeps_the_text(open_page, axe_violations):
    page = open_page("/proposer/", role="membre")
    tell(page)
    page.get_by_label("Qu’est-ce que ça a donné ?").fill("Mme Kaboré est revenue, au 06 12 34 56 78.")
    page.get_by_role("button", name="Envoyer au réseau").click()
    page.get_by_role("heading", name="Peut-on reconnaître quelqu’un ?").wait_for()
    assert page.get_by_role("link", name="06 12 34 56 78").is_visible()
    assert axe_violations(page) == []
    page.get_by_label("Qu’est-ce que ça a donné ?").fill("La personne est revenue.")
    page.get_by_role("button", name="J’ai relu : envoyer").click()
    page.wait_for_url(re.compile(r"/mes-propositions/\d+/"))


def test_an_author_sees_who_reads_answers_and_corrects(open_page, account):
    card = card_of("Le répondeur de l’équipe")
    base = ContentType.objects.get_for_model(Page)
    page = open_page(f"/proposer/mes-propositions/{card.proposal.pk}/", role="karim")
    page.get_by_label("Votre réponse").fill("La cheffe d’équipe.")
    page.get_by_role("button", name="Répondre").click()
    page.get_by_text("Votre réponse est envoyée.").wait_for()
    EditingSession.objects.create(
        user=account("edition"), content_type=base, object_id=str(card.pk), last_seen_at=timezone.now()
    )
    page.reload()
    assert page.get_by_text("Marta D. relit en ce moment.").is_visible()
    refused = Proposal.objects.get(card__draft_title="Le tableau blanc du vendredi")
    page = open_page(f"/proposer/mes-propositions/{refused.pk}/", role="lucie")
    assert page.get_by_text("ceux qui n’ont pas de smartphone").is_visible()
    page.get_by_role("link", name="Corriger et renvoyer").click()
    page.get_by_label("Quand ne faut-il pas s’en servir ?").fill("Pas si le tableau porte des noms ou des numéros.")
    page.get_by_role("button", name="Renvoyer au réseau").click()
    page.get_by_role("heading", name="En relecture").wait_for()


def choose(page, action):
    page.get_by_role("button", name="Plus d’actions").click()
    page.get_by_role("button", name=action).click()


def test_the_network_s_editor_accepts_then_ticks_the_checklist_in_the_editing_screen(open_page):
    card = card_of("Le répondeur de l’équipe")
    page = open_page(f"/admin/pages/{card.pk}/edit/", role="edition", phone=False)
    page.get_by_role("tab", name="Relecture").click()
    assert page.get_by_text("Qui écoute les messages").is_visible()
    choose(page, "Valider la relecture")
    page.wait_for_url(lambda url: "/edit/" not in url)
    assert PracticePage.objects.get(pk=card.pk).current_workflow_task.name.startswith("Confidentialité")
    page.goto(f"/admin/pages/{card.pk}/edit/")
    choose(page, "Cocher la liste et valider")
    modal = page.get_by_role("dialog")
    modal.get_by_label("Personne n’est reconnaissable").check()
    modal.get_by_label("Les accords sont donnés").check()
    modal.get_by_label("Les avis sur les outils sont à jour").check()
    modal.get_by_role("button").last.click()
    modal.get_by_text("Avant de publier, complétez").wait_for()
    assert not PracticePage.objects.get(pk=card.pk).live


def test_the_editor_of_another_network_is_refused(open_page):
    card = card_of("Le répondeur de l’équipe")
    page = open_page(f"/admin/pages/{card.pk}/edit/", role="edition-numerique", phone=False)
    assert f"/pages/{card.pk}/edit" not in page.url
    page = open_page(f"/admin/fiches/{card.pk}/experts/", role="edition-numerique", phone=False)
    assert "Mireille" not in page.content()


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_an_expert_answers_by_the_secret_link_once(open_page, axe_violations, javascript):
    invitation = ExpertInvitation.objects.get(name="Mireille Démo")
    page = open_page(f"/relecture/{invitation.token}/", javascript=javascript)
    assert page.get_by_text("Brouillon, pas encore publié.").is_visible()
    if javascript:
        assert axe_violations(page) == []
    page.get_by_text("Étapes", exact=True).last.click()
    page.get_by_label("Remarque sur : Étapes").fill("Dites qui écoute pendant les congés.")
    page.get_by_label("Cette fiche peut être publiée").check()
    page.get_by_role("button", name="Envoyer mon avis").click()
    page.get_by_text("votre avis est bien arrivé").wait_for()
    assert invitation.notes.get().text == "Dites qui écoute pendant les congés."
    page.goto(f"/relecture/{invitation.token}/")
    assert page.get_by_text("votre avis est bien arrivé").is_visible()


def test_axe_finds_nothing_where_cards_are_proposed(wrong_on_pages):
    mine = "/proposer/mes-propositions/"
    assert wrong_on_pages([("membre", "/proposer/"), ("membre", mine), ("partenaire", mine)]) == []


def test_axe_finds_nothing_with_errors_shown_nor_on_one_s_proposal(open_page, axe_violations):
    page = open_page("/proposer/", role="membre")
    page.get_by_role("button", name="Envoyer au réseau").click()
    page.locator("#id_title_error", has_text="Donnez un nom à votre pratique.").wait_for()
    assert axe_violations(page) == []
    for name, title in (("karim", "Le répondeur de l’équipe"), ("lucie", "Le tableau blanc du vendredi")):
        address = f"/proposer/mes-propositions/{Proposal.objects.get(card__draft_title=title).pk}/"
        assert axe_violations(open_page(address, role=name)) == []
    assert axe_violations(open_page(f"{address}corriger/", role="lucie")) == []
