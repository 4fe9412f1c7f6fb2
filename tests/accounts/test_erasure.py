"""After the end of an account, nothing that the site stores holds the person's names or address."""

import datetime
import uuid

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, PageLogEntry, Revision

from exchange_groups.choices import GroupState, MemberRole
from exchange_groups.minutes.models import MinutesLine
from exchange_groups.models import ExchangeGroup
from exchange_groups.services.charters import publish_charter
from exchange_groups.services.memberships import enter
from exchange_groups.services.moderation import close_topic
from exchange_groups.services.states import change_state
from exchange_groups.services.topics import open_topic
from exchange_groups.sessions.models import Note
from kb_site.accounts.models import Network, Structure, User
from kb_site.accounts.services import erasure
from practices.comments.services import edit_comment, post_comment
from practices.editorial.proposed_card import ProposedCard
from practices.editorial.services.experts import invite_expert
from practices.editorial.services.proposals import propose_card
from practices.models import PracticePage
from search.card_requests.services import decline_request, request_card
from search.models import SearchEntry

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 24)
TRACES = ("Zébuline", "Trifouillard", "Quincampoix", "zebuline.t@exemple.fr")


@pytest.fixture
def zebuline(member):
    jardins, _made = Structure.objects.get_or_create(
        name="Les Jardins du Canal", defaults={"territory": "75", "siae_type": "ACI"}
    )
    return member("zebuline.t@exemple.fr", first_name="Zébuline", last_name="Quincampoix", structure=jardins)


def everything_stored() -> str:
    """Return every value of every row of every table, one a line, with the table and the column that hold it."""
    lines = []
    for model in apps.get_models(include_auto_created=True):
        fields = [field for field in model._meta.local_concrete_fields if not isinstance(field, models.BinaryField)]
        for row in model._base_manager.values_list(*(field.attname for field in fields)):
            lines += [f"{model._meta.label}.{f.attname}: {value}" for f, value in zip(fields, row, strict=True)]
    return "\n".join(lines)


def left_of(*traces: str) -> list[str]:
    folded = [trace.casefold() for trace in traces]
    return [line[:200] for line in everything_stored().splitlines() if any(t in line.casefold() for t in folded)]


def propose(author, **fields):
    idea = ProposedCard(title="Une fiche", challenges=("isolement",), steps=("Un", "Deux"), limits="Aucune", **fields)
    return propose_card(author=author, network=Network.objects.get(slug="chantiers-idf"), idea=idea)


def rewrite(card, user, **fields):
    """Change a draft as the editor's screen does."""
    latest = card.get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(latest, name, value)
    return latest.save_revision(user=user, log_action=True, clean=False)


def rename(user, last_name):
    user.last_name = last_name
    user.save()


def test_neither_names_nor_address_stay_in_any_table(zebuline, account):
    proposed = propose(zebuline)  # credited « Zébuline Q., Les Jardins du Canal », a name given up since
    published = PracticePage.objects.get(slug="cafe-visio-du-jeudi")
    rewrite(published, zebuline, credits="Zébuline Quincampoix, Les Jardins du Canal").publish()
    rename(zebuline, "Trifouillard")
    rewrite(
        proposed,
        zebuline,
        credits="TRIFOUILLARD Zébuline, Les Jardins du Canal",
        context="Écrire à Zébuline Trifouillard",
    )
    rewrite(
        published,
        zebuline,
        credits="Zébuline Trifouillard, Les Jardins du Canal ; d’autres",
        observed_results="Vu par Zébuline Trifouillard.",
    ).publish()
    rewrite(published, account("edition"), credits="Zébuline T. (Les Jardins du Canal)")  # a draft on top
    comment = post_comment(
        target=published, author=zebuline, text="Bien à vous, Zébuline Trifouillard", submission_key=uuid.uuid4()
    )
    edit_comment(comment=comment, author=zebuline, text="Cordialement, Zébuline Trifouillard (zebuline.t@exemple.fr)")
    group = ExchangeGroup.objects.get(slug="cip-ile-de-france")
    enter(group, zebuline)
    open_topic(
        group=group, author=zebuline, type="question", title="Zébuline Trifouillard demande", body="Signé Zébuline T."
    )
    invite_expert(card=published, by=account("edition"), name="Zébuline Trifouillard", email="zebuline.t@exemple.fr")
    log(instance=zebuline, action="wagtail.edit")
    log(instance=proposed, action="wagtail.edit", data={"comment": "Merci à Zébuline Trifouillard"})
    assert left_of(*TRACES)

    erasure.erase(user=zebuline, today=TODAY)

    assert left_of(*TRACES) == []
    published.refresh_from_db()
    assert published.credits == "Ancien membre, Les Jardins du Canal ; d’autres"
    proposed = PracticePage.objects.get(pk=proposed.pk)
    assert proposed.get_latest_revision_as_object().context == "Écrire à Ancien membre"
    assert Revision.objects.filter(content__credits="Ancien membre, Les Jardins du Canal").exists()
    assert "Vu par Ancien membre." in PracticePage.objects.get(pk=published.pk).observed_results
    assert ModelLogEntry.objects.filter(object_id=str(zebuline.pk), label="Ancien membre").exists()
    assert PageLogEntry.objects.filter(page=proposed.pk, data__comment="Merci à Ancien membre").exists()
    assert SearchEntry.objects.filter(title="Ancien membre demande").exists()


def test_what_they_decided_and_what_others_noted_of_them_in_their_groups_lose_the_name(zebuline, account):
    group = ExchangeGroup.objects.get(slug="cip-ile-de-france")
    enter(group, zebuline, role=MemberRole.FACILITATOR)
    signed = "Dit par Zébuline Quincampoix (zebuline.t@exemple.fr)"
    asked, _new = request_card(user=account("membre"), need="Une fiche sur le vélo")
    decline_request(request=asked, answer=signed, by=zebuline)
    publish_charter(group=group, text=signed, by=zebuline)
    topic = open_topic(group=group, author=account("membre"), type="question", title="Un sujet", body="Des mots.")
    close_topic(topic=topic, reason=signed)
    change_state(group=group, state=GroupState.PAUSED, reason=signed)
    line = MinutesLine.objects.filter(minutes__session__group=group).first()
    MinutesLine.objects.filter(pk=line.pk).update(text="Zébuline Quincampoix appelle la caisse", changed_by=None)
    Note.objects.filter(session__group=group).update(doer_name="Zébuline Quincampoix")
    assert left_of(*TRACES)
    erasure.erase(user=zebuline, today=TODAY)
    assert left_of(*TRACES) == []
    line.refresh_from_db()
    assert line.text == "Ancien membre appelle la caisse"


def test_a_card_that_an_editor_credited_to_a_person_and_their_structure_is_theirs(zebuline):
    card = PracticePage.objects.get(slug="cafe-visio-du-jeudi")
    PracticePage.objects.filter(pk=card.pk).update(credits="Idée de Zébuline Quincampoix (Les Jardins du Canal)")
    erasure.erase(user=zebuline, today=TODAY)
    card.refresh_from_db()
    assert card.credits == "Idée de Ancien membre (Les Jardins du Canal)"


def test_a_former_name_is_kept_for_the_end_of_the_account_only(zebuline):
    rename(zebuline, "Trifouillard")
    zebuline = User.objects.get(pk=zebuline.pk)
    assert zebuline.former_names == [["Zébuline", "Quincampoix"]]
    erasure.erase(user=zebuline, today=TODAY)
    assert User.objects.get(pk=zebuline.pk).former_names == []


def test_the_credit_of_somebody_of_the_same_name_stays(zebuline, member):
    homonym = member("autre@exemple.fr", first_name="Zébuline", last_name="Quincampoix")
    theirs = propose(homonym)
    elsewhere = PracticePage.objects.get(slug="cafe-visio-du-jeudi")
    PracticePage.objects.filter(pk=elsewhere.pk).update(credits="Zébuline Quincampoix, Atelier d’ailleurs")
    rewrite(theirs, zebuline, summary="Relue")
    erasure.erase(user=zebuline, today=TODAY)
    assert PracticePage.objects.get(pk=theirs.pk).get_latest_revision_as_object().credits == "Zébuline Q."
    elsewhere.refresh_from_db()
    assert elsewhere.credits == "Zébuline Quincampoix, Atelier d’ailleurs"


def test_words_that_look_like_a_name_stay(member):
    rose = member("rose@exemple.fr", first_name="Rose", last_name="Adam")
    card = propose(rose, conditions="Une carte rose a suffi ; rose adamantine")
    erasure.erase(user=rose, today=TODAY)
    assert card.proposal.conditions_told == "Une carte rose a suffi ; rose adamantine"
    assert PracticePage.objects.get(pk=card.pk).get_latest_revision_as_object().credits == "Ancien membre"


def test_the_log_of_other_accounts_stays_as_it_is(zebuline, account):
    other = account("membre")
    kept = ModelLogEntry.objects.create(
        object_id=str(other.pk), label=str(other), uuid=uuid.uuid4(), action="wagtail.edit",
        timestamp=timezone.now(), content_type=ContentType.objects.get_for_model(User),
    )  # fmt: skip
    erasure.erase(user=zebuline, today=TODAY)
    kept.refresh_from_db()
    assert kept.label == str(other)
