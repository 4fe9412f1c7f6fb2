"""Minutes: the draft of the past session of the CIP, run by « animation » (facilitator) and « edition » (secretary)."""

from . import BUTTON, Door, everyone

RUN = everyone(404, visitor=302, attente=403, animation=200, edition=200)
PUBLISH = everyone(404, visitor=302, attente=403, animation=200)


def posted(run: int, statuses=RUN):
    return {role: run if status == 200 else status for role, status in statuses.items()}


def session():
    from exchange_groups.sessions.models import Session

    return Session.objects.get(title__startswith="Lean coffee : garder")


def minutes(end: str = ""):
    from exchange_groups.minutes.services.writing import write_minutes

    return lambda: write_minutes(session=session(), by=None).get_absolute_url() + end


def _action() -> str:
    note = session().notes.filter(kind="action").first()
    return minutes(f"actions/{note.pk}/")()


def _open_to_all() -> str:
    """The public version of a session of the digital SIAE."""
    from exchange_groups.minutes.models import Minutes

    return Minutes.objects.public().get().get_public_url()


def _registration() -> str:
    own = session().registrations.get(user__email="membre@example.org")
    return f"{session().get_absolute_url()}attestations/{own.pk}/"


def _idea() -> str:
    start = minutes("idees/")()
    return f"{start}{session().written_minutes.lines.get(kind='idee').pk}/"


def _line() -> str:
    start = minutes("lignes/")()
    return f"{start}{session().written_minutes.lines.exclude(kind='point').first().pk}/deplacer/"


DOORS = {
    "public_minutes_list": Door("/seances/comptes-rendus/", everyone(200)),
    "public_minutes": Door(_open_to_all, everyone(200)),
    "public_minutes_file": Door(lambda: _open_to_all().rstrip("/") + ".docx", everyone(200)),
    "minutes_file": Door(lambda: minutes()().rstrip("/") + ".md", RUN),
    "minutes_redact": Door(minutes("version-publique/"), posted(302, PUBLISH), post=posted(302, PUBLISH)),
    "review_actions": Door(lambda: session().get_absolute_url() + "suivi-des-actions/", BUTTON, post=posted(303)),
    "minutes_card": Door(_idea, RUN, post=posted(422)),
    "minutes_tries": Door(minutes("essais/"), posted(302), post=posted(302)),
    "attendance_sheet": Door(lambda: session().get_absolute_url() + "emargement/", RUN),
    # One's own, and those of the sessions that one runs.
    "attendance_certificate": Door(_registration, RUN | {"membre": 200}),
    "my_actions": Door(
        "/seances/mes-actions/",
        everyone(200, visitor=302, attente=403),
        post=everyone(404, visitor=302, attente=403),
    ),
    "minutes_page": Door(minutes(), RUN),
    "minutes_write": Door(minutes("rediger/"), BUTTON, post=posted(303)),
    "minutes_summary": Door(minutes("synthese/"), RUN, post=posted(422)),
    "minutes_section": Door(minutes("points/0/"), RUN, post=posted(422)),
    "minutes_move": Door(_line, RUN, post=posted(422)),
    "minutes_restore": Door(minutes("lignes/1/reprendre/"), BUTTON, post=posted(303)),
    "minutes_action": Door(_action, RUN, post=posted(303)),
    "minutes_send": Door(minutes("relecture/"), RUN, post=posted(303)),
    "minutes_place": Door(minutes("lignes/1/placer/"), BUTTON, post=posted(303)),
    "minutes_undo": Door(minutes("defaire/"), BUTTON, post=posted(303)),
    "minutes_agree": Door(minutes("d-accord/"), BUTTON, post=posted(303)),
    "minutes_step": Door(minutes("etat/"), BUTTON, post=posted(404, PUBLISH)),
}
# They need an object of their own: tests/minutes/.
ELSEWHERE = {"minutes_amend", "minutes_decide", "action_by_link"}
