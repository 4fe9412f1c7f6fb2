"""From talk to a card: draft, review, credit with consent, provenance, publication told; a question moved into a group."""

import uuid

import pytest
from django.urls import reverse

from exchange_groups.models import CreditConsent, ExchangeGroup, Topic
from exchange_groups.services import cards
from kb_site.accounts.models import User
from practices.comments.models import Comment
from practices.comments.services import post_comment
from practices.models import PracticePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic(db):
    return Topic.objects.select_related("group").get(title__startswith="Nous avons remplacé la visio")


def card_address(topic):
    return f"{topic.get_absolute_url()}fiche/"


@pytest.fixture
def chosen(topic):
    """Karim's useful reply as steps, Marta's as limits."""
    karim = Comment.objects.get(comment__startswith="Même chose chez nous, à deux")
    marta = Comment.objects.get(comment__startswith="Pour les papiers")
    return {"sujet": "context", f"reponse-{karim.pk}": "steps", f"reponse-{marta.pk}": "limits"}


@pytest.fixture
def sent(chosen):
    return chosen | {
        "envoyer": "1",
        "title": "L’appel à deux du lundi",
        "challenges": ["isolement"],
        "steps": "Prévenir par SMS la veille\nAppeler à deux, vingt minutes",
        "limits": "Pas pour remplir un papier",
        "submission_key": str(uuid.uuid4()),
    }


def test_the_words_chosen_fill_the_fields_of_the_card(signed_in, topic, chosen):
    browser = signed_in("animation")
    assert "Réponse 1" in browser.get(card_address(topic)).content.decode()
    form = browser.post(card_address(topic), chosen).context["form"]
    assert form["title"].value() == topic.title
    assert "Nous alternons" in form["steps"].value()
    assert "rendez-vous sur place" in form["limits"].value()
    assert "conférence téléphonique" in form["context"].value()
    assert not form["conditions"].value()
    assert not CreditConsent.objects.exists()


def test_the_draft_enters_the_network_s_review_and_is_not_online(signed_in, topic, sent):
    browser = signed_in("animation")
    assert browser.post(card_address(topic), sent).status_code == 303
    card = PracticePage.objects.get(title="L’appel à deux du lundi")
    assert not card.live
    assert card.get_parent().slug == "chantiers-idf"
    assert card.current_workflow_state is not None
    assert card.proposal.origin == topic
    topic.refresh_from_db()
    assert (topic.resulting_card, topic.state) == (card, "answered")
    # twice is harmless
    assert browser.post(card_address(topic), sent).status_code == 302
    assert PracticePage.objects.filter(title="L’appel à deux du lundi").count() == 1
    assert browser.get(card_address(topic)).status_code == 302


def test_a_name_in_the_draft_is_pointed_at_and_nothing_is_lost(signed_in, topic, sent):
    response = signed_in("animation").post(card_address(topic), sent | {"limits": "Pas avec M. Diallo"})
    html = response.content.decode()
    assert response.status_code == 422
    assert "M. Diallo" in html
    assert "J’ai relu" in html
    assert "Appeler à deux, vingt minutes" in html
    assert not PracticePage.objects.filter(title="L’appel à deux du lundi").exists()


def test_participants_are_named_only_if_they_agree(signed_in, account, topic, sent):
    signed_in("animation").post(card_address(topic), sent)
    card = PracticePage.objects.get(title="L’appel à deux du lundi")
    assert set(CreditConsent.objects.values_list("user__first_name", flat=True)) == {"Awa", "Karim", "Marta"}
    for name in ("Awa", "Karim", "Marta", "CIP"):
        assert name not in card.credits
    karim = CreditConsent.objects.get(user=account("karim"))
    address = reverse("credit_consent", args=[karim.pk])
    assert signed_in("membre").get(address).status_code == 404
    assert signed_in(None).get(address).status_code == 302
    browser = signed_in("karim")
    assert "L’appel à deux du lundi" in browser.get(address).content.decode()
    assert browser.post(address, {"accord": "oui"}).status_code == 303
    latest = PracticePage.objects.get(pk=card.pk).get_latest_revision_as_object()
    assert latest.credits == "Karim D. (Atelier Rebond) et d’autres permanents"
    browser.post(address, {"accord": "non"})
    assert "Karim" not in PracticePage.objects.get(pk=card.pk).get_latest_revision_as_object().credits


def test_a_masked_author_is_never_asked_nor_named(signed_in, account):
    masked = Topic.objects.get(title__startswith="Les forfaits")
    data = {
        "envoyer": "1", "sujet": "context", "title": "Forfaits", "challenges": ["connexion_insuffisante"],
        "steps": "Passer en SMS\nRappeler", "limits": "Rien d’urgent", "submission_key": str(uuid.uuid4()),
    }  # fmt: skip
    signed_in("animation").post(card_address(masked), data)
    assert Topic.objects.get(pk=masked.pk).resulting_card is not None
    assert not CreditConsent.objects.filter(user=account("membre")).exists()


def test_publication_makes_a_card_of_the_topic_and_shows_provenance_to_its_readers_only(
    signed_in, account, topic, sent
):
    signed_in("animation").post(card_address(topic), sent)
    card = PracticePage.objects.get(title="L’appel à deux du lundi")
    consent = CreditConsent.objects.get(user=account("karim"))
    cards.answer_consent(consent=consent, agreed=True)
    completed = PracticePage.objects.get(pk=card.pk).get_latest_revision_as_object()
    completed.summary, completed.objective, completed.kind = "Un appel à deux", "Garder le lien", "suivi_individuel"
    completed.modality, completed.channels = "distance_direct", ["telephone"]
    completed.save_revision(clean=False).publish(user=account("edition"), skip_permission_checks=True)
    card = PracticePage.objects.get(pk=card.pk)
    assert card.live
    assert card.credits.startswith("Karim D.")
    topic.refresh_from_db()
    assert topic.state == "became_card"
    assert topic.title in signed_in("membre").get(card.url).content.decode()
    for outsider in (None, "lucie", "coordination"):
        html = signed_in(outsider).get(card.url).content.decode()
        assert topic.title not in html
        assert "CIP d’Île-de-France" not in html
    assert card.title in signed_in("membre").get(topic.get_absolute_url()).content.decode()


def test_only_the_facilitator_draws_a_card(signed_in, topic, sent):
    for role, status in {"membre": 404, "lucie": 404, "coordination": 404, None: 403}.items():
        assert signed_in(role).post(card_address(topic), sent).status_code == status
    assert not PracticePage.objects.filter(title="L’appel à deux du lundi").exists()


@pytest.fixture
def question(account):
    """A question with a reply, under a card of the network « entreprises-parcours »."""
    card = PracticePage.objects.get(slug="lean-coffee-cip-60-minutes")
    asked = post_comment(
        target=card, author=account("membre"), text="Et avec des débutants ?", submission_key=uuid.uuid4()
    )
    post_comment(target=card, author=account("karim"), text="Deux votes.", submission_key=uuid.uuid4(), parent=asked)
    return asked


def test_a_question_moves_into_a_group_with_its_replies(signed_in, question):
    browser = signed_in("animation")
    card = PracticePage.objects.get(slug="lean-coffee-cip-60-minutes")
    group = ExchangeGroup.objects.get(slug="cip-ile-de-france")
    assert "Porter cette question" in browser.get(reverse("comment_reply", args=[question.pk])).content.decode()
    address = reverse("question_move", args=[question.pk])
    response = browser.post(address, {"title": "Lean coffee : débutants", "group": group.pk})
    assert response.status_code == 303
    topic = Topic.objects.get(title="Lean coffee : débutants")
    assert (topic.body, topic.origin_card, topic.reply_count) == ("Et avec des débutants ?", card, 1)
    assert "débutants" not in browser.get(card.url).content.decode()
    html = browser.get(topic.get_absolute_url()).content.decode()
    assert "Deux votes." in html
    assert "Question posée sous la fiche" in html
    assert browser.post(address, {"title": "Lean coffee : encore", "group": group.pk}).status_code == 404


def test_a_member_or_an_editor_elsewhere_moves_nothing(signed_in, question):
    group = ExchangeGroup.objects.get(slug="cip-ile-de-france")
    for role, status in {"karim": 404, "membre": 404, "partenaire": 404, "coordination": 404, None: 302}.items():
        address = reverse("question_move", args=[question.pk])
        assert signed_in(role).post(address, {"title": "Ailleurs", "group": group.pk}).status_code == status
    assert Comment.objects.filter(pk=question.pk).exists()


def test_a_facilitator_moves_a_question_into_their_own_groups_only(signed_in, question):
    group = ExchangeGroup.objects.get(slug="encadrants-techniques")
    address = reverse("question_move", args=[question.pk])
    assert signed_in("animation").post(address, {"title": "Ailleurs", "group": group.pk}).status_code == 422


def test_consents_of_a_person_outlive_no_account(account, topic, signed_in, sent):
    signed_in("animation").post(card_address(topic), sent)
    User.objects.get(pk=account("karim").pk).delete()
    assert not CreditConsent.objects.filter(user__first_name="Karim").exists()
