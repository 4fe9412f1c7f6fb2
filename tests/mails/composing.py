"""One example of each mail of the site, on days far ahead so that the words never change: name → (to, ids)."""

import datetime
import uuid
from typing import Any

from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import TaskState

from exchange_groups.minutes.models import Amendment, Minutes
from exchange_groups.minutes.services.writing import write_minutes
from exchange_groups.models import AskedGroup, ExchangeGroup, GroupDecision, Invitation, JoinRequest, Membership, Topic
from exchange_groups.sessions.models import AgendaItem, DateOption, Note, Registration, Session
from kb_site.accounts.groups import editors_group_name
from kb_site.accounts.models import AddressChange, Network, Structure, User
from kb_site.accounts.models import Invitation as StructureInvitation
from kb_site.accounts.services.roles import give_roles
from kb_site.facts.models import Fact
from kb_site.mailing.models import Delivery
from kb_site.notifications.models import Cadence, HeldReply, IncomingMail, Notification
from kb_site.notifications.types import content_type_of, followable_of
from practices.comments.services import post_comment
from practices.editorial.proposed_card import ProposedCard
from practices.editorial.services.desk import answer_refusal, assign, remark
from practices.editorial.services.experts import invite_expert, record_opinion
from practices.editorial.services.proposals import propose_card
from practices.editorial.services.review import answer_question, ask_author, stop_review
from practices.experiences.models import Experience
from practices.lifecycle.models.verification import Reminder, ReminderMail
from practices.models import PracticePage
from search.card_requests.models import CardRequest, Support
from search.models import SearchEntry
from search.saved.models import Alert, SavedSearch

DAY = datetime.date(2031, 3, 4)
NOON = datetime.datetime(2031, 3, 4, 11, tzinfo=datetime.UTC)
LONG_AGO = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
Example = tuple[Any, dict[str, int]]


def person(name: str) -> User:
    return User.objects.get(email=f"{name}@example.org")


def _set(user: User, **fields: Any) -> User:
    User.objects.filter(pk=user.pk).update(**fields)
    user.refresh_from_db()
    return user


def _card() -> PracticePage:
    return PracticePage.objects.get(slug="cafe-visio-du-jeudi")


def _group() -> ExchangeGroup:
    return ExchangeGroup.objects.get(slug="cip-ile-de-france")


# Accounts


def account_to_approve() -> Example:
    return person("coordination"), {"account": person("attente").pk}


def accounts_waiting() -> Example:
    waiting = _set(person("attente"), date_joined=LONG_AGO)
    User.objects.pending().exclude(pk=waiting.pk).order_by().update(date_joined=timezone.now())
    return person("coordination"), {}


def account_approved() -> Example:
    return person("membre"), {}


def account_refused() -> Example:
    return _set(person("membre"), status=User.Status.REFUSED), {}


def structure_invitation() -> Example:
    structure = Structure.objects.get(name="Les Jardins du Canal")
    by = person("membre")
    return StructureInvitation.objects.create(structure=structure, email="nouvelle@example.org", invited_by=by), {}


def structure_left() -> Example:
    return _set(person("membre"), status=User.Status.DETACHED, structure=None), {}


def referent_named() -> Example:
    return _set(person("membre"), is_referent=True), {}


def role_given() -> Example:
    to, role = person("membre"), Group.objects.get(name=editors_group_name(Network.objects.get(slug="chantiers-idf")))
    give_roles(user=to, roles=[role], by=person("coordination"))
    return to, {"role": role.pk}


def passkeys_changed() -> Example:
    return person("membre"), {}


def address_change_asked() -> Example:
    to, by = person("membre"), person("admin")
    AddressChange.objects.create(user=to, email="nouvelle@example.org", asked_by=by, asked_at=NOON, due_at=NOON)
    return to, {}


def address_given() -> Example:
    return person("membre"), {}


def erasure_asked() -> Example:
    return _set(person("membre"), erasure_asked_on=DAY), {}


def inactivity_warning() -> Example:
    return _set(person("membre"), inactivity_warned_on=DAY), {}


# Notifications


def _told(*, to: User, kind: str, target: Any, actor: User, delivery: Delivery, source: int | None = None) -> None:
    Notification.objects.create(
        recipient=to, kind=kind, key=f"{kind}:{target.pk}", content_type=content_type_of(followable_of(type(target))),
        object_id=target.pk, source_id=source, actor=actor, cadence=Cadence.DAILY, delivery=delivery,
    )  # fmt: skip


def _notified() -> Example:
    to, by, card = person("karim"), person("membre"), _card()
    asked = post_comment(target=card, author=to, text="Comment faire sans wifi ?", submission_key=uuid.uuid4())
    said = post_comment(target=card, author=by, text="Par téléphone.", submission_key=uuid.uuid4(), parent=asked)
    delivery = Delivery.objects.create(key="essai", mail="essai", recipient=to)
    _told(to=to, kind="comment_reply", target=card, source=said.pk, actor=by, delivery=delivery)
    return to, {"delivery": delivery.pk}


def notifications_at_once() -> Example:
    return _notified()


def notifications_of_the_day() -> Example:
    to, ids = _notified()
    topic = Topic.objects.get(title="Des casques pour la salle relais")
    delivery = Delivery.objects.get(pk=ids["delivery"])
    _told(to=to, kind="topic_opened", target=topic, actor=person("edition"), delivery=delivery)
    return to, ids


def weekly_letter() -> Example:
    PracticePage.objects.update(first_published_at=LONG_AGO)
    PracticePage.objects.filter(pk=_card().pk).update(first_published_at=timezone.now())
    return _notified()


def reply_refused() -> Example:
    to = person("karim")
    reason = "Ce sujet est clos : on peut le lire, pas y répondre."
    refused = IncomingMail.objects.create(
        user=to, digest=uuid.uuid4().hex, outcome=IncomingMail.Outcome.REFUSED, reason=reason
    )
    return to, {"incoming": refused.pk}


def reply_without_files() -> Example:
    to = person("karim")
    written = IncomingMail.objects.create(user=to, digest=uuid.uuid4().hex, outcome=IncomingMail.Outcome.WRITTEN)
    return to, {"incoming": written.pk, "files": 2}


def reply_held() -> Example:
    to = person("karim")
    reasons = {"masked": "Dans cette discussion, votre nom est masqué : vérifiez que rien dans ce texte ne vous nomme."}
    text = "Merci, j’en prends deux.\n\nKarim Démo"
    held = HeldReply.objects.create(
        user=to, handler="comment", about=1, text=text, reasons=reasons, submission_key=uuid.uuid4()
    )
    return to, {"held": held.pk}


# Cards


def _proposed() -> PracticePage:
    idea = ProposedCard(
        title="Le café du lundi", summary="Un café par téléphone.", challenges=("isolement",),
        steps=("Appeler.", "Écouter."), limits="Jamais pour une urgence.", objective="Garder le lien.",
    )  # fmt: skip
    return propose_card(author=person("membre"), network=Network.objects.get(slug="chantiers-idf"), idea=idea)


def pages_to_verify() -> Example:
    to, card = person("edition"), _card()
    PracticePage.objects.filter(pk=card.pk).update(card_owner=to, next_review_at=DAY)
    mail = ReminderMail.objects.create(person=to)
    Reminder.objects.create(mail=mail, person=to, page=card, due_on=DAY, stage=Reminder.Stage.SOON)
    return to, {"reminder": mail.pk}


def facts_to_check() -> Example:
    Fact.objects.update(owner=None)
    Fact.objects.filter(code="zoom-audio").update(owner=person("edition"), review_on=LONG_AGO.date())
    return person("edition"), {}


def card_to_review() -> Example:
    card = _proposed()
    return person("edition"), {"card": card.pk, "task": card.current_workflow_task.pk}


def card_to_correct() -> Example:
    card = _proposed()
    state = card.current_workflow_task_state
    state.task.specific.on_action(state.specific, person("edition"), "reject", comment="Dites qui appelle.")
    return person("membre"), {"task_state": TaskState.objects.get(pk=state.pk).pk}


def word_to_author() -> Example:
    card = _proposed()
    state = card.current_workflow_task_state
    state.task.specific.on_action(state.specific, person("edition"), "approve", comment="Belle idée,\nmerci.")
    return person("membre"), {"task_state": state.pk}


def review_stopped() -> Example:
    card = _proposed()
    stop_review(card=card, by=person("edition"), reason="Une autre fiche dit déjà cela.")
    return person("membre"), {"stopped": card.stopped_reviews.get().pk}


def refusal_answered() -> Example:
    card = _proposed()
    stop_review(card=card, by=person("edition"), reason="Une autre fiche dit déjà cela.", final=True)
    answer_refusal(stopped=card.stopped_reviews.get(), by=person("membre"), text="La mienne parle du téléphone.")
    return person("edition"), {"stopped": card.stopped_reviews.get().pk}


def review_assigned() -> Example:
    card = _proposed()
    assign(card=card, to=person("edition"), by=person("coordination"))
    return person("edition"), {"assignment": card.review_assignment.pk}


def review_remark() -> Example:
    text = "« Envoyer le numéro. » : à qui ?"
    written = remark(card=_proposed(), by=person("coordination"), field="steps", text=text)
    return person("edition"), {"remark": written.pk}


def question_to_author() -> Example:
    question = ask_author(card=_proposed(), by=person("edition"), text="Combien de temps ?")
    return person("membre"), {"question": question.pk}


def question_answered() -> Example:
    question = ask_author(card=_proposed(), by=person("edition"), text="Combien de temps ?")
    answer_question(question=question, by=person("membre"), text="Vingt minutes.")
    return person("edition"), {"question": question.pk}


def proposal_published() -> Example:
    card = _proposed()
    PracticePage.objects.filter(pk=card.pk).update(live=True)
    return person("membre"), {"proposal": card.proposal.pk}


def experience_told() -> Example:
    told = Experience.objects.create(
        practice=_card(), author=person("karim"), outcome="mitige", tried_on=DAY, worked="Le rendez-vous régulier.",
        stuck="Pas d’endroit calme.", submission_key=uuid.uuid4(),
    )  # fmt: skip
    return person("edition"), {"experience": told.pk}


def experience_invitation() -> Example:
    Experience.objects.filter(practice=_card()).delete()
    return person("karim"), {"card": _card().pk}


def expert_invitation() -> Example:
    invitation = invite_expert(
        card=_proposed(), by=person("edition"), name="Inès Démo", email="ines@example.org", message="Dix minutes."
    )
    invitation.expires_at = NOON
    return invitation, {}


def expert_answered() -> Example:
    invitation = invite_expert(card=_proposed(), by=person("edition"), name="Inès Démo", email="ines@example.org")
    record_opinion(invitation=invitation, verdict="approve", opinion="Claire et prudente.", notes={})
    return person("edition"), {"invitation": invitation.pk}


# Searches


def card_request_decided() -> Example:
    to = person("karim")
    request = CardRequest.objects.create(
        need="Accueillir par téléphone", asked_by=to, state=CardRequest.State.ANSWERED, answer_page=_card(),
        answer="Elle vient de paraître.",
    )  # fmt: skip
    Support.objects.create(request=request, user=to)
    return to, {"request": request.pk}


def saved_search_alert() -> Example:
    to = person("karim")
    SearchEntry.objects.update(published_at=LONG_AGO)
    SearchEntry.objects.filter(key=f"page:{_card().pk}").update(published_at=timezone.now())
    saved = SavedSearch.objects.create(user=to, name="Le café", query="q=café+visio&type=pratique")
    window = [(timezone.now() - datetime.timedelta(hours=1)).isoformat(), timezone.now().isoformat()]
    return to, {"alert": Alert.objects.create(user=to, windows={str(saved.pk): window}).pk}


# Groups


def group_request_decided() -> Example:
    to = person("lucie")
    reason = "Le groupe est complet jusqu’en avril."
    asked = JoinRequest.objects.create(group=_group(), user=to, state=JoinRequest.State.REFUSED, reason=reason)
    return to, {"request": asked.pk}


def group_member_removed() -> Example:
    to = person("membre")
    left = Membership.objects.get(group=_group(), user=to)
    left.departure, left.departure_reason, left.left_at = "retrait", "Propos répétés sur une personne.", NOON
    left.save()
    return to, {"membership": left.pk}


def group_invitation() -> Example:
    invitation = Invitation.objects.create(group=_group(), email="pair@example.org", created_by=person("animation"))
    invitation.expires_at = NOON
    invitation.save()
    return User(email="pair@example.org"), {"invitation": invitation.pk}


def _asked_group(**decided: Any) -> AskedGroup:
    values = {
        "name": "Mobilité en zone rurale",
        "summary": "Aller au travail sans voiture.",
        "purpose": "Partager ce qui marche : covoiturage, scooters.",
    }
    return AskedGroup.objects.create(asked_by=person("membre"), **values, **decided)


def group_asked() -> Example:
    return person("coordination"), {"asked": _asked_group().pk}


def group_asked_decided() -> Example:
    asked = _asked_group(
        reason="Le groupe « Encadrants techniques » en parle déjà : entrez-y.", decided_at=timezone.now()
    )
    return person("membre"), {"asked": asked.pk}


def group_without_facilitator() -> Example:
    Membership.objects.filter(group=_group()).update(role="member")
    return person("coordination"), {"group": _group().pk}


def _decision(**fields: Any) -> GroupDecision:
    values = {
        "group": _group(),
        "reason": "Pour que le Département lise nos besoins.",
        "proposed_by": person("coordination"),
        "ends_at": NOON,
    }
    return GroupDecision.objects.create(**(values | fields))


def _opening(**fields: Any) -> GroupDecision:
    return _decision(
        kind="opening",
        confidentiality="membres",
        admits_institutions=True,
        former_confidentiality="membres",
        **fields,
    )


def group_opening_asked() -> Example:
    return person("karim"), {"decision": _opening().pk}


def group_facilitator_asked() -> Example:
    return person("animation"), {"decision": _decision(kind="naming", person=person("membre")).pk}


def group_decision_told() -> Example:
    return person("karim"), {"decision": _opening(state="applied", decided_at=NOON).pk}


def _topic(**fields: Any) -> Topic:
    values = {"group": _group(), "author": person("membre"), "title": "Un lieu calme", "body": "Où ?"} | fields
    return Topic.objects.create(**values)


def topic_removed() -> Example:
    topic = _topic(is_removed=True, close_reason="On y reconnaît une salariée.", body="")
    return person("membre"), {"topic": topic.pk}


def question_moved() -> Example:
    return person("membre"), {"topic": _topic(origin_card=_card()).pk}


# Sessions


def _session(**fields: Any) -> Session:
    values = {
        "group": _group(), "title": "Garder le lien sans réseau", "format": "lean_coffee", "starts_at": NOON,
        "minutes": 60, "facilitator": person("animation"), "secretary": person("karim"), "state": "open",
        "objective": "Comparer nos appels.", "preparation": "Une situation, sans nom.", "place": "Salle relais, Pantin",
        "video_link": "https://visio.example.org/salon", "phone_number": "01 99 00 12 34", "phone_code": "4321",
    } | fields  # fmt: skip
    session = Session.objects.create(**values)
    AgendaItem.objects.create(session=session, title="Les appels du lundi", order=1, minutes=20)
    return session


def _placed(place: str = "registered", **fields: Any) -> Example:
    session = _session(**fields)
    Registration.objects.create(session=session, user=person("membre"), state=place)
    return person("membre"), {"session": session.pk}


def session_poll() -> Example:
    session = _session(state="polling", starts_at=None)
    for days in (0, 1):
        DateOption.objects.create(session=session, starts_at=NOON + datetime.timedelta(days=days))
    return person("membre"), {"session": session.pk}


def session_invitation() -> Example:
    return person("membre"), {"session": _session().pk}


def session_place() -> Example:
    return _placed("waiting")


def session_promoted() -> Example:
    return _placed()


def session_reminder() -> Example:
    return _placed()


def session_moved() -> Example:
    return _placed()


def session_cancelled() -> Example:
    return _placed(state="cancelled", state_reason="L’animatrice est malade.")


def _minutes() -> Minutes:
    session = _session(state="to_write_up")
    for name in ("animation", "karim", "membre"):
        Registration.objects.create(session=session, user=person(name), presence="telephone")
    values = {"session": session, "item": session.items.get(), "author": person("karim")}
    Note.objects.create(kind="note", text="Trois structures appellent le lundi.", **values)
    Note.objects.create(
        kind="action", text="Écrire la trame d’appel.", state="to_do", doer=person("membre"), due_on=DAY, **values
    )
    minutes = write_minutes(session=session, by=person("karim"))
    Minutes.objects.filter(pk=minutes.pk).update(state="in_review", summary="L’appel tient.", amendable_until=NOON)
    return Minutes.objects.get(pk=minutes.pk)


def minutes_to_read() -> Example:
    return person("membre"), {"minutes": _minutes().pk}


def amendment_decided() -> Example:
    minutes = _minutes()
    asked = Amendment.objects.create(
        minutes=minutes, line=minutes.lines.get(text__startswith="Trois"), author=person("membre"),
        text="Quatre structures appellent le lundi.", state="refused", answer="Trois étaient là ce jour-là.",
    )  # fmt: skip
    return person("membre"), {"amendment": asked.pk}


def minutes_to_validate() -> Example:
    return person("animation"), {"minutes": _minutes().pk}


def action_due() -> Example:
    return person("membre"), {"note": _minutes().session.notes.get(kind="action").pk}


def site_unwell() -> Example:
    """Neither a backup nor a drill was ever made."""
    return person("admin"), {}
