"""Groups: one on request, closed to institutions, that « membre », « edition » and « animation » (facilitator) are in."""

from . import APPROVED, BUTTON, Door, everyone, only

CLOSED = "/groupes/cip-ile-de-france/"
PEERS = "/groupes/paroles-de-permanents/"
# Who is in: a partner, the coordination and the administration are not.
TALK = everyone(404, visitor=302, attente=403, membre=200, animation=200, edition=200)
DECIDES = TALK | {"coordination": 200, "admin": 200}
LED = everyone(404, visitor=302, attente=403, animation=200)
WRITTEN = {200: 422}


def posted(statuses, **other):
    return {role: other.get(role or "visitor", WRITTEN.get(status, status)) for role, status in statuses.items()}


def _topic(end: str = "") -> str:
    from exchange_groups.models import Topic

    return Topic.objects.get(title__startswith="Des casques").get_absolute_url() + end


def _poll(end: str) -> str:
    from exchange_groups.models import Topic, TopicPoll

    topic = Topic.objects.get(title__startswith="Que faire quand une personne ne répond plus")
    TopicPoll.objects.get_or_create(
        topic=topic, defaults={"question": "Combien d’essais ?", "choices": ["Deux", "Trois"]}
    )
    return f"{topic.get_absolute_url()}sondage/{end}"


def _card(door: str) -> str:
    from practices.models import PracticePage

    return f"/groupes/{door}/{PracticePage.objects.get(slug='cafe-visio-du-jeudi').pk}/"


def _member(end: str) -> str:
    from exchange_groups.models import Membership

    membership = Membership.objects.get(group__slug="cip-ile-de-france", user__email="karim@example.org")
    return f"{CLOSED}animer/membres/{membership.pk}/{end}/"


def _request() -> str:
    from exchange_groups.models import JoinRequest

    return f"{CLOSED}animer/demandes/{JoinRequest.objects.get(group__slug='cip-ile-de-france').pk}/"


def _reply() -> str:
    from exchange_groups.models import UsefulReply

    useful = UsefulReply.objects.select_related("topic__group").filter(topic__group__slug="cip-ile-de-france").first()
    return f"{useful.topic.get_absolute_url()}reponses/{useful.comment_id}/"


DOORS = {
    "group_list": Door("/groupes/", everyone(200)),
    "support_group": Door("/groupes/appui/poursuite-des-parcours-d-accompagnement/", everyone(200)),
    "group_ask": Door("/groupes/demander/", APPROVED, post=everyone(422, visitor=302, attente=403)),
    "asked_groups": Door("/groupes/demandes/", only("coordination", "admin")),
    "group_figures": Door("/groupes/chiffres/", everyone(403, visitor=302, coordination=200, admin=200)),
    "talk_about": Door(lambda: _card("on-en-parle"), everyone(200)),
    "talk_start": Door(lambda: _card("en-parler"), everyone(200, visitor=302, attente=403, partenaire=302)),
    "group_page": Door(CLOSED, everyone(200)),
    # Members, and whoever may not ask, are led to the group.
    "group_join": Door(
        CLOSED + "entrer/",
        everyone(302, visitor=302, attente=403, coordination=200, admin=200),
        post=everyone(302, visitor=302, attente=403, coordination=303, admin=303),
    ),
    "group_withdraw": Door(CLOSED + "demande/retirer/", BUTTON, post=everyone(303, visitor=302, attente=403)),
    "group_charter": Door(
        CLOSED + "charte/", everyone(200), post=everyone(302, membre=303, animation=303, edition=303)
    ),
    "group_leave": Door(
        CLOSED + "quitter/",
        everyone(302, attente=403, membre=200, animation=200, edition=200),
        post=everyone(302, attente=403, membre=422, animation=422, edition=422),
    ),
    "group_members": Door(CLOSED + "membres/", TALK),
    # Its members and the coordination, which reads no talk but decides with them who leads.
    "group_decisions": Door(CLOSED + "decisions/", DECIDES),
    "group_confidentiality": Door(
        CLOSED + "decisions/confidentialite/",
        DECIDES | {"membre": 404, "edition": 404},
        post=posted(DECIDES, membre=404, edition=404),
    ),
    "group_naming": Door(
        CLOSED + "decisions/animation/",
        DECIDES | {"membre": 404, "edition": 404, "animation": 404},
        post=posted(DECIDES, membre=404, edition=404, animation=404),
    ),
    "topic_new": Door(CLOSED + "sujets/nouveau/", TALK, post=posted(TALK)),
    "topic_draft": Door(
        CLOSED + "sujets/brouillon/", BUTTON, post=posted(TALK, membre=204, animation=204, edition=204)
    ),
    "topic_page": Door(_topic, everyone(404, visitor=302, attente=404, membre=200, animation=200, edition=200)),
    # Its author has had a day to correct it.
    "topic_edit": Door(
        lambda: _topic("modifier/"),
        everyone(404, visitor=302, attente=403),
        post=everyone(404, visitor=302, attente=403),
    ),
    "topic_history": Door(
        lambda: _topic("historique/"), everyone(404, visitor=302, attente=403, animation=200, edition=200)
    ),
    "topic_react": Door(lambda: _topic("reagir/"), BUTTON, post=everyone(404, visitor=302, attente=403)),
    "group_people": Door(CLOSED + "sujets/personnes/", TALK),
    "topic_people": Door(lambda: _topic("personnes/"), TALK),
    "topic_report": Door(lambda: _topic("signaler/"), TALK, post=posted(TALK)),
    "reply_actions": Door(_reply, TALK, post=everyone(404, visitor=302, attente=403, membre=303, animation=303)),
    "topic_manage": Door(lambda: _topic("animer/"), LED, post=everyone(404, visitor=302, attente=403)),
    "topic_summary": Door(lambda: _topic("resume/"), LED, post=posted(LED, animation=303)),
    "topic_poll": Door(
        lambda: _topic("sondage/"),
        everyone(404, visitor=302, attente=404, animation=200, edition=200),
        post=everyone(404, visitor=302, attente=404, animation=422, edition=422),
    ),
    "poll_vote": Door(
        lambda: _poll("choisir/"),
        BUTTON,
        post=everyone(404, visitor=302, attente=403, membre=303, animation=303, edition=303),
    ),
    "poll_close": Door(lambda: _poll("clore/"), BUTTON, post=posted(LED, animation=303)),
    "topic_card": Door(lambda: _topic("fiche/"), LED, post=LED),
    "group_manage": Door(CLOSED + "animer/", LED, post=posted(LED)),
    "manage_members": Door(CLOSED + "animer/membres/", LED),
    "manage_role": Door(lambda: _member("role"), BUTTON, post=posted(LED, animation=303)),
    "manage_removal": Door(lambda: _member("retirer"), LED, post=posted(LED)),
    "manage_requests": Door(CLOSED + "animer/demandes/", LED),
    "manage_request": Door(_request, BUTTON, post=posted(LED)),
    "manage_invitations": Door(CLOSED + "animer/invitations/", LED, post=posted(LED)),
    "manage_charter": Door(CLOSED + "animer/charte/", LED, post=posted(LED)),
    "manage_diagnostic": Door(CLOSED + "animer/diagnostic/", LED, post=posted(LED, animation=303)),
    "manage_reports": Door(CLOSED + "animer/signalements/", LED),
}
# They need an object of their own: tests/exchange_groups/.
ELSEWHERE = {
    "asked_group",
    "decision_answer",
    "decision_withdraw",
    "topic_mask",
    "group_invitation",
    "topic_file",
    "manage_revocation",
    "manage_report",
    "credit_consent",
    "question_move",
}
